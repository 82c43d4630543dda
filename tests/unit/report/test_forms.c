/*
 * Forms: what settings know is filled in, what somebody wrote down is more, and
 * what nobody knows is empty and says where it is to be written.
 */
#include "report/forms.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define PATH "sites/jyj/records/domain.yaml"

enum { FIELD, LABEL, VALUE, FROM, COLUMNS };

struct desk {
	struct arena arena;
	struct diag_list diags;
	struct snapshot snapshot;
	struct record_source from;
	struct column columns[2];
	struct site site;
	struct sheet sheet;
};

static void open_desk(struct desk *desk, const char *written)
{
	const struct memory_file file = { PATH, str_from_c(written) };

	*desk = (struct desk){ .from = { .offset = 480 } };
	arena_init(&desk->arena);
	diag_list_init(&desk->diags, &desk->arena);
	assert_true(snapshot_open_memory(&desk->snapshot, &file,
					 written[0] != '\0', &desk->arena,
					 &desk->diags));
	desk->from.snapshot = &desk->snapshot;
	desk->from.reader = snapshot_reader_open(&desk->snapshot, &desk->diags);
	desk->from.arena = &desk->arena;
	desk->from.diags = &desk->diags;
	desk->columns[0] =
		(struct column){ .path = STR("xw"), .name = STR("新闻") };
	desk->columns[1] =
		(struct column){ .path = STR("xw/tp"), .name = STR("图片") };
	desk->site = (struct site){ .id = STR("jyj"),
				    .name = STR("示范市教育局"),
				    .domain = STR("jyj.example.cn"),
				    .sponsor = STR("示范市教育局"),
				    .columns = desk->columns,
				    .column_count = 2,
				    .kind = KIND_DEPARTMENT };
}

static void close_desk(struct desk *desk)
{
	snapshot_reader_close(desk->from.reader);
	snapshot_close(&desk->snapshot);
	arena_release(&desk->arena);
}

static void fill(struct desk *desk, const char *name)
{
	const struct form *form = form_find(name);

	assert_non_null(form);
	assert_true(form_make(&desk->sheet, form, &desk->site, &desk->from));
}

static const str *row_of(const struct desk *desk, const char *key)
{
	const struct sheet_table *table = desk->sheet.tables.items;
	const str *cells = table->cells.items;

	for (size_t i = 0; i + COLUMNS <= table->cells.count; i += COLUMNS)
		if (str_equal_c(cells[i + FIELD], key))
			return &cells[i];
	fail_msg("there is no field %s", key);
	return NULL;
}

static void assert_field(const struct desk *desk, const char *key,
			 const char *value, const char *from)
{
	const str *row = row_of(desk, key);

	if (!str_equal_c(row[VALUE], value) || !str_equal_c(row[FROM], from))
		fail_msg("%s: “%.*s” (%.*s) instead of “%s” (%s)", key,
			 STR_ARG(row[VALUE]), STR_ARG(row[FROM]), value, from);
}

static str fact_of(const struct desk *desk, const char *key)
{
	const struct sheet_fact *facts = desk->sheet.facts.items;

	for (size_t i = 0; i < desk->sheet.facts.count; i++)
		if (strcmp(facts[i].key, key) == 0)
			return facts[i].value;
	fail_msg("there is no fact %s", key);
	return STR("");
}

static void settings_fill_in_what_they_know(void **state)
{
	struct desk desk;

	(void)state;
	open_desk(&desk, "");
	fill(&desk, "domain");
	assert_field(&desk, "applicant", "示范市教育局", "站点设置");
	assert_field(&desk, "years", "", "待填写：" PATH);
	assert_field(&desk, "seal", "", ""); /* room for a seal */
	assert_true(str_equal_c(row_of(&desk, "contact_phone")[LABEL],
				"域名联系人联系电话"));
	assert_int_equal(fact_of(&desk, "approved_on").len, 0);
	assert_int_equal(desk.diags.count, 0);
	fill(&desk, "site");
	assert_field(&desk, "home_url", "https://jyj.example.cn/", "站点设置");
	assert_field(&desk, "site_kind", "部门网站", "站点设置");
	assert_field(&desk, "columns", "2", "站点设置");
	assert_field(&desk, "main_columns", "新闻", "站点设置");
	close_desk(&desk);
}

static void what_is_written_is_more(void **state)
{
	struct desk desk;

	(void)state;
	open_desk(&desk, "years: \"5\"\napplicant: 示范市教育局\n"
			 "holder: 示范市教育信息中心\nseal: 同意\n"
			 "approved_on: 2026-04-01\n"
			 "approved_by: 示范市人民政府办公室\n");
	fill(&desk, "domain");
	assert_field(&desk, "years", "5", PATH);
	assert_field(&desk, "applicant", "示范市教育局", PATH);
	assert_field(&desk, "holder", "示范市教育信息中心",
		     PATH "（与站点设置不一致：示范市教育局）");
	assert_field(&desk, "seal", "同意", PATH);
	assert_true(str_equal_c(fact_of(&desk, "approved_by"),
				"示范市人民政府办公室"));
	assert_int_equal(desk.diags.count, 0);
	/* of another form nothing is written */
	fill(&desk, "platform");
	assert_field(&desk, "online_on", "",
		     "待填写：sites/jyj/records/platform.yaml");
	close_desk(&desk);
}

/* A slip costs the file, is told, and nothing is guessed. */
static void mistakes_count_for_nothing(void **state)
{
	struct desk desk;
	const struct diag *diag;

	(void)state;
	open_desk(&desk, "yeers: \"5\"\nholder: 示范市教育信息中心\n");
	fill(&desk, "domain");
	assert_field(&desk, "holder", "示范市教育局", "站点设置");
	assert_int_equal(desk.diags.count, 1);
	diag = desk.diags.items.items;
	assert_string_equal(diag->id, "setting-unknown");
	close_desk(&desk);
}

/* No two fields of a form share a key; each form is found by its name. */
static void forms_are_whole(void **state)
{
	(void)state;
	assert_int_equal(form_count, 5);
	assert_null(form_find("licence"));
	for (size_t i = 0; i < form_count; i++) {
		const struct form *form = &forms[i];

		assert_ptr_equal(form_find(form->name), form);
		for (size_t k = 0; k < form->count; k++)
			for (size_t m = 0; m < k; m++)
				assert_string_not_equal(form->fields[k].key,
							form->fields[m].key);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(settings_fill_in_what_they_know),
		cmocka_unit_test(what_is_written_is_more),
		cmocka_unit_test(mistakes_count_for_nothing),
		cmocka_unit_test(forms_are_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
