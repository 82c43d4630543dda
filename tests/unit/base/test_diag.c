/* Messages: how they are printed, sorted and merged. */
#include "base/diag.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/unicode.h"

/* The sources of the messages: number 0 and 1. */
struct library {
	struct source sources[2];
};

static bool read_source(void *context, uint32_t number, struct source *out,
			struct arena *arena)
{
	const struct library *library = context;

	(void)arena;
	if (number >= COUNT_OF(library->sources))
		return false;
	*out = library->sources[number];
	return true;
}

struct fixture {
	struct arena arena;
	struct diag_list diags;
	struct library library;
	struct source_reader reader;
};

static int set_up(void **state)
{
	static struct fixture fixture;

	arena_init(&fixture.arena);
	diag_list_init(&fixture.diags, &fixture.arena);
	fixture.library = (struct library){
		{ { 0, STR("content/b.md"), STR("") },
		  { 1, STR("content/a.md"), STR("") } },
	};
	fixture.reader =
		(struct source_reader){ &fixture.library, read_source };
	*state = &fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;

	arena_release(&fixture->arena);
	return 0;
}

static str printed(struct fixture *fixture)
{
	struct buf out;

	buf_init(&out, &fixture->arena);
	diag_print(&out, &fixture->diags, &fixture->reader);
	return buf_str(&out);
}

/* One message about bytes [start, end) of `text`. */
static str print_one(struct fixture *fixture, const char *text, uint32_t start,
		     uint32_t end)
{
	fixture->library.sources[0].text = str_from_c(text);
	diag_list_init(&fixture->diags, &fixture->arena);
	diag_error(&fixture->diags, (struct span){ 0, start, end }, "some-id",
		   "wrong");
	return printed(fixture);
}

static void test_form(void **state)
{
	struct fixture *fixture = *state;
	struct diag *diag;

	fixture->library.sources[0].text =
		STR("title: x\nissued: 2024-13-01\n");
	diag = diag_error(&fixture->diags, (struct span){ 0, 17, 27 },
			  "date-invalid", "\"%s\" is not a date", "2024-13-01");
	diag_help(&fixture->diags, diag, "write %s", "YYYY-MM-DD");
	assert_string_equal(
		printed(fixture).data,
		"content/b.md:2:9: error: \"2024-13-01\" is not a date "
		"[date-invalid]\n"
		"   2 | issued: 2024-13-01\n"
		"     |         ^^^^^^^^^^\n"
		"  help: write YYYY-MM-DD\n");
}

static void test_caret_under_chinese(void **state)
{
	assert_string_equal(print_one(*state, "标题：政务\n", 9, 15).data,
			    "content/b.md:1:4: error: wrong [some-id]\n"
			    "   1 | 标题：政务\n"
			    "     |       ^^^^\n");
}

static void test_caret_under_tabs_and_controls(void **state)
{
	assert_string_equal(print_one(*state, "\ta\x01:\tb\n", 5, 6).data,
			    "content/b.md:1:6: error: wrong [some-id]\n"
			    "   1 |  a?: b\n"
			    "     |      ^\n");
}

static void test_caret_stays_on_its_line(void **state)
{
	assert_string_equal(print_one(*state, "ab\ncd\n", 1, 6).data,
			    "content/b.md:1:2: error: wrong [some-id]\n"
			    "   1 | ab\n"
			    "     |  ^\n");
}

static void test_carriage_return(void **state)
{
	assert_string_equal(print_one(*state, "ab\r\ncd\r\n", 4, 6).data,
			    "content/b.md:2:1: error: wrong [some-id]\n"
			    "   2 | cd\n"
			    "     | ^^\n");
	assert_string_equal(print_one(*state, "ab\r\ncd", 2, 4).data,
			    "content/b.md:1:3: error: wrong [some-id]\n"
			    "   1 | ab\n"
			    "     |   ^\n");
}

static void test_end_of_file(void **state)
{
	assert_string_equal(print_one(*state, "ab\n", 3, 3).data,
			    "content/b.md:2:1: error: wrong [some-id]\n"
			    "   2 | \n"
			    "     | ^\n");
	assert_string_equal(print_one(*state, "", 0, 0).data,
			    "content/b.md:1:1: error: wrong [some-id]\n");
}

/* The caret line of a printed message, and the text above the carets. */
static str above_carets(str message)
{
	str line, text = { "", 0 }, carets = { "", 0 };
	size_t from;

	while (str_split_next(&message, '\n', &line))
		if (str_find_byte(line, '^') != STR_NONE) {
			carets = line;
			break;
		} else {
			text = line;
		}
	from = str_find_byte(carets, '^');
	assert_true(from != STR_NONE);
	return str_between(text, from, carets.len);
}

/* Of a long line, the part with the mistake is shown. */
static void test_long_lines(void **state)
{
	static const uint32_t starts[] = { 0, 50, 60, 61, 100, 500, 996 };
	char text[1001];

	memset(text, '.', sizeof(text));
	text[1000] = '\0';
	for (size_t i = 0; i < COUNT_OF(starts); i++) {
		str message;

		memcpy(text + starts[i], "here", 4);
		message = print_one(*state, text, starts[i], starts[i] + 4);
		assert_true(str_equal_c(above_carets(message), "here"));
		assert_true(message.len < 400);
		memset(text + starts[i], '.', 4);
	}
}

static void test_long_chinese_lines(void **state)
{
	struct fixture *fixture = *state;
	struct buf text;
	str message;

	buf_init(&text, &fixture->arena);
	for (int i = 0; i < 300; i++)
		buf_add_c(&text, i == 200 ? "错误" : "政");
	message = print_one(fixture, text.data, 600, 606);
	assert_true(str_find(message, STR("错误")) != STR_NONE);
	assert_true(str_find(message, STR(" ^^^^\n")) != STR_NONE);
	assert_int_equal(unicode_invalid_at(message), STR_NONE);
	assert_true(message.len < 800);
}

static void test_no_place(void **state)
{
	struct fixture *fixture = *state;
	struct diag *diag =
		diag_failure(&fixture->diags, "git", "no repository");

	assert_string_equal(printed(fixture).data,
			    "jiyue: error: no repository [git]\n");
	diag->path = STR("sites/x");
	assert_string_equal(printed(fixture).data,
			    "sites/x: error: no repository [git]\n");
	diag->span = (struct span){ 7, 0, 0 };
	assert_string_equal(printed(fixture).data,
			    "sites/x: error: no repository [git]\n");
}

static void test_no_reader(void **state)
{
	struct fixture *fixture = *state;
	struct buf out;

	diag_warning(&fixture->diags, span_none(), "x", "careful");
	buf_init(&out, &fixture->arena);
	diag_print(&out, &fixture->diags, NULL);
	assert_string_equal(out.data, "jiyue: warning: careful [x]\n");
}

static void test_counts(void **state)
{
	struct fixture *fixture = *state;
	struct diag_list *diags = &fixture->diags;

	diag_error(diags, span_none(), "a", "1");
	diag_warning(diags, span_none(), "a", "2");
	assert_false(diags->failed);
	diag_failure(diags, "a", "3");
	assert_true(diags->failed);
	assert_int_equal(diags->error_count, 2);
	assert_int_equal(diags->warning_count, 1);
}

static void add(struct fixture *fixture, uint32_t source, uint32_t start,
		const char *id)
{
	diag_error(&fixture->diags, (struct span){ source, start, start }, id,
		   "m");
}

/* By path (not by number), offset, id; the same one once. */
static void test_sort(void **state)
{
	static const char *const expected[] = { "a1", "a2", "b1", "b2" };
	struct fixture *fixture = *state;
	const struct diag *items;

	add(fixture, 0, 9, "b2");
	add(fixture, 1, 5, "a2");
	add(fixture, 0, 9, "b1");
	add(fixture, 1, 3, "a1");
	add(fixture, 1, 5, "a2");
	diag_resolve(&fixture->diags, &fixture->reader);
	diag_sort(&fixture->diags);
	items = fixture->diags.items.items;
	assert_int_equal(fixture->diags.items.count, 4);
	assert_int_equal(fixture->diags.error_count, 4);
	for (size_t i = 0; i < 4; i++)
		assert_string_equal(items[i].id, expected[i]);
}

static void test_sort_of_none(void **state)
{
	struct fixture *fixture = *state;

	diag_sort(&fixture->diags);
	assert_int_equal(fixture->diags.items.count, 0);
	assert_int_equal(printed(fixture).len, 0);
}

static void test_merge_copies(void **state)
{
	struct fixture *fixture = *state;
	struct arena scratch;
	struct diag_list page;
	const struct diag *copy;
	struct diag *diag;

	arena_init(&scratch);
	diag_list_init(&page, &scratch);
	diag_warning(&page, span_none(), "w", "first");
	diag = diag_failure(&page, "f", "%s", "second");
	diag_help(&page, diag, "%s", "help");
	diag->path = STR("p");
	diag_merge(&fixture->diags, &page);
	arena_release(&scratch);
	copy = (const struct diag *)fixture->diags.items.items + 1;
	assert_int_equal(fixture->diags.items.count, 2);
	assert_true(fixture->diags.failed);
	assert_int_equal(fixture->diags.error_count, 1);
	assert_int_equal(fixture->diags.warning_count, 1);
	assert_true(str_equal_c(copy->message, "second"));
	assert_true(str_equal_c(copy->help, "help"));
	assert_true(str_equal_c(copy->path, "p"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_form, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_caret_under_chinese,
						set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			test_caret_under_tabs_and_controls, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_caret_stays_on_its_line,
						set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_carriage_return, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_end_of_file, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_long_lines, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_long_chinese_lines, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_no_place, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_no_reader, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_counts, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_sort, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_sort_of_none, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_merge_copies, set_up,
						tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
