/* Settings read by tables: each kind, and what is refused. */
#include "site/settings.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/schema_fixture.h"

struct settings {
	str text;
	struct text_list texts;
	struct moment date;
	uint32_t number;
	uint32_t days;
	bool truth;
	int choice;
	int32_t offset;
	str id;
	const struct yaml_node *node;
};

static const char *const choices[] = { "first", "second", NULL };

#define AT(member) offsetof(struct settings, member)

static const struct setting rows[] = {
	{ "text", SETTING_TEXT, AT(text), NULL, NULL, NULL },
	{ "texts", SETTING_TEXTS, AT(texts), NULL, NULL, NULL },
	{ "date", SETTING_DATE, AT(date), NULL, NULL, NULL },
	{ "number", SETTING_NUMBER, AT(number), NULL, NULL, NULL },
	{ "days", SETTING_DAYS, AT(days), NULL, NULL, NULL },
	{ "truth", SETTING_TRUTH, AT(truth), NULL, NULL, NULL },
	{ "choice", SETTING_CHOICE, AT(choice), NULL, choices, NULL },
	{ "offset", SETTING_OFFSET, AT(offset), NULL, NULL, NULL },
	{ "id", SETTING_ID, AT(id), NULL, NULL, NULL },
	{ "node", SETTING_NODE, AT(node), NULL, NULL, NULL },
};

static const struct setting required_rows[] = {
	{ "text", SETTING_TEXT, AT(text), "a", NULL, NULL },
	{ "node", SETTING_NODE, AT(node), "b", NULL, NULL },
};

struct fixture {
	struct arena arena;
	struct diag_list diags;
	struct settings settings;
};

static int set_up(void **state)
{
	static struct fixture fixture;

	fixture = (struct fixture){ 0 };
	arena_init(&fixture.arena);
	diag_list_init(&fixture.diags, &fixture.arena);
	*state = &fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;

	arena_release(&fixture->arena);
	return 0;
}

static bool read(struct fixture *fixture, const char *text,
		 const struct setting *table, size_t count)
{
	struct source source = { 0, STR("sites/x/site.yaml"),
				 str_from_c(text) };
	struct settings_reader reader = { schema_fixture(&fixture->arena),
					  480,
					  &fixture->arena,
					  &fixture->diags,
					  NULL,
					  NULL };
	struct yaml_node root;

	diag_list_init(&fixture->diags, &fixture->arena);
	assert_true(yaml_parse(&root, &source, 0, source.text.len, 65536,
			       &fixture->arena, &fixture->diags));
	return settings_read(&fixture->settings, &root, table, count, &reader);
}

static void good(struct fixture *fixture, const char *text)
{
	assert_true(read(fixture, text, rows, COUNT_OF(rows)));
	assert_int_equal(fixture->diags.items.count, 0);
}

/* Refused with this id, at these bytes. */
static void bad(struct fixture *fixture, const char *text, const char *id,
		const char *at)
{
	const struct diag *diag;

	assert_false(read(fixture, text, rows, COUNT_OF(rows)));
	assert_int_equal(fixture->diags.items.count, 1);
	diag = fixture->diags.items.items;
	assert_string_equal(diag->id, id);
	assert_true(str_equal_c(
		str_between(str_from_c(text), diag->span.start, diag->span.end),
		at));
}

static void test_texts(void **state)
{
	struct fixture *fixture = *state;
	struct settings *settings = &fixture->settings;

	good(fixture, "text: 市教育局\ntexts: one\nid: jyj-2\n");
	assert_true(str_equal_c(settings->text, "市教育局"));
	assert_int_equal(settings->texts.count, 1);
	assert_true(str_equal_c(settings->id, "jyj-2"));
	good(fixture, "texts: [a, 乙]\n");
	assert_int_equal(settings->texts.count, 2);
	assert_true(str_equal_c(settings->texts.items[1], "乙"));
	/* a member without a key keeps its value */
	assert_true(str_equal_c(settings->text, "市教育局"));
}

static void test_numbers(void **state)
{
	struct fixture *fixture = *state;
	struct settings *settings = &fixture->settings;

	good(fixture, "number: 1000000\ndays: 6m\ntruth: true\n"
		      "choice: second\noffset: \"-03:30\"\n");
	assert_int_equal(settings->number, 1000000);
	assert_int_equal(settings->days, 180);
	assert_true(settings->truth);
	assert_int_equal(settings->choice, 1);
	assert_int_equal(settings->offset, -210);
	good(fixture, "number: 1\ndays: 14d\ntruth: false\nchoice: first\n");
	assert_int_equal(settings->days, 14);
	assert_false(settings->truth);
	assert_int_equal(settings->choice, 0);
	good(fixture, "days: 1y\n");
	assert_int_equal(settings->days, 365);
}

/* At midnight in the platform's zone. */
static void test_dates(void **state)
{
	struct fixture *fixture = *state;
	struct moment midnight;

	good(fixture, "date: 2024-02-29\n");
	assert_true(moment_parse(&midnight, STR("2024-02-28 16:00Z"), 0));
	assert_int_equal(moment_compare(fixture->settings.date, midnight), 0);
	assert_int_equal(fixture->settings.date.offset, 480);
}

static void test_node(void **state)
{
	struct fixture *fixture = *state;

	good(fixture, "node: [a, {b: c}]\n");
	assert_int_equal(fixture->settings.node->kind, YAML_SEQUENCE);
}

static void test_refusals(void **state)
{
	bad(*state, "text: [a]\n", "setting-value", "[a]");
	bad(*state, "texts: {a: b}\n", "setting-value", "{a: b}");
	bad(*state, "texts: [a, [b]]\n", "setting-value", "[b]");
	bad(*state, "texts: [a, \"\"]\n", "setting-value", "\"\"");
	bad(*state, "number: 0\n", "setting-value", "0");
	bad(*state, "number: -1\n", "setting-value", "-1");
	bad(*state, "number: 1000001\n", "setting-value", "1000001");
	bad(*state, "days: 14\n", "setting-value", "14");
	bad(*state, "days: 0d\n", "setting-value", "0d");
	bad(*state, "days: d\n", "setting-value", "d");
	bad(*state, "days: 10001d\n", "setting-value", "10001d");
	bad(*state, "truth: yes\n", "setting-value", "yes");
	bad(*state, "choice: third\n", "setting-choice", "third");
	bad(*state, "offset: 8\n", "setting-value", "8");
	bad(*state, "date: 2024-02-30\n", "setting-value", "2024-02-30");
}

/* "at 00:00": an hour would be a promise that nobody keeps */
static void test_date_has_no_time(void **state)
{
	bad(*state, "date: 2024-02-03 10:00\n", "setting-value",
	    "2024-02-03 10:00");
}

static void test_ids(void **state)
{
	bad(*state, "id: -a\n", "setting-value", "-a");
	bad(*state, "id: Jyj\n", "setting-value", "Jyj");
	bad(*state, "id: a/b\n", "setting-value", "a/b");
	bad(*state, "id: 教育\n", "setting-value", "教育");
	bad(*state, "id: ..\n", "setting-value", "..");
	bad(*state, "id: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n",
	    "setting-value", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
	good(*state, "id: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n");
}

static void test_unknown_key(void **state)
{
	struct fixture *fixture = *state;
	const struct diag *diag;

	bad(fixture, "nubmer: 1\n", "setting-unknown", "nubmer");
	diag = fixture->diags.items.items;
	assert_true(str_find(diag->help, STR("number")) != STR_NONE);
	bad(fixture, "department: 1\n", "setting-unknown", "department");
	diag = fixture->diags.items.items;
	assert_true(str_find(diag->help, STR(", number, ")) != STR_NONE);
}

static void test_missing_keys(void **state)
{
	struct fixture *fixture = *state;
	const struct diag *items;

	assert_false(read(fixture, "x: 1\n", required_rows, 2));
	items = fixture->diags.items.items;
	assert_int_equal(fixture->diags.items.count, 3);
	assert_string_equal(items[1].id, "setting-missing");
	assert_string_equal(items[2].id, "setting-missing");
	assert_true(str_find(items[2].message, STR("node")) != STR_NONE);
	assert_true(read(fixture, "text: a\nnode: b\n", required_rows, 2));
}

/* All mistakes of a file in one go. */
static void test_all_mistakes(void **state)
{
	struct fixture *fixture = *state;

	assert_false(read(fixture, "number: x\ntruth: y\nz: 1\n", rows,
			  COUNT_OF(rows)));
	assert_int_equal(fixture->diags.items.count, 3);
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_texts),	 CASE(test_numbers),
		CASE(test_dates),	 CASE(test_node),
		CASE(test_refusals),	 CASE(test_date_has_no_time),
		CASE(test_ids),		 CASE(test_unknown_key),
		CASE(test_missing_keys), CASE(test_all_mistakes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
