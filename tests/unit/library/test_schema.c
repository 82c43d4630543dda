/*
 * The types of resources: those in the program are whole and their examples
 * right; a platform adds to them, and a mistake costs one type.
 */
#include "library/schema.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "library/field_check.h"
#include "support/schema_fixture.h"
#include "support/text_case.h"

/* --- the program's own --- */

static void check_field(const struct field *field)
{
	bool needs_record =
		field->kind == FIELD_RECORDS || field->kind == FIELD_RECORD;

	assert_true(strlen(field->label) > 0);
	assert_true(needs_record == (field->record != NULL));
	assert_true((field->kind == FIELD_CHOICE) == (field->choices != NULL));
	if (field->required)
		assert_non_null(field->example);
	for (const struct field *part = field->record;
	     part != NULL && part->key != NULL; part++) {
		assert_ptr_equal(
			field_find(field->record, str_from_c(part->key)), part);
		check_field(part);
	}
}

static void test_types(void **state)
{
	const struct schema *schema;
	struct arena arena;

	(void)state;
	arena_init(&arena);
	schema = schema_fixture(&arena);
	assert_true(schema->type_count >= 9);
	for (size_t i = 0; i < schema->type_count; i++) {
		const struct resource_type *type = &schema->types[i];

		assert_ptr_equal(schema_find(schema, str_from_c(type->name)),
				 type);
		assert_ptr_equal(schema_type(schema, type->number), type);
		assert_true(strlen(type->label) > 0);
		assert_string_not_equal(type->label, type->name);
		assert_false(type->is_broken);
		for (uint16_t k = 0; k < type->field_count; k++) {
			str key = str_from_c(type->fields[k].key);

			check_field(&type->fields[k]);
			assert_int_equal(resource_type_field(type, key), k);
			assert_int_not_equal(
				resource_type_field(&schema->any, key),
				FIELD_NONE);
		}
		assert_null(type->fields[type->field_count].key);
	}
	assert_null(schema_find(schema, STR("")));
	assert_null(schema_find(schema, STR("new")));
	assert_null(schema_find(schema, STR("common")));
	assert_int_equal(resource_type_field(&schema->any, STR("titl")),
			 FIELD_NONE);
	assert_ptr_equal(schema_type(schema, UINT32_MAX), schema->types);
	arena_release(&arena);
}

static size_t types_that_mean(const struct schema *schema,
			      enum field_meaning meaning)
{
	size_t count = 0;

	for (size_t i = 0; i < schema->type_count; i++)
		count += resource_type_means(&schema->types[i], meaning);
	return count;
}

/* What C names is there, in each type or in one of them. */
static void test_meanings(void **state)
{
	const struct schema *schema;
	struct arena arena;

	(void)state;
	arena_init(&arena);
	schema = schema_fixture(&arena);
	for (size_t i = MEANS_NOTHING + 1; i < FIELD_MEANING_COUNT; i++) {
		size_t count = types_that_mean(schema, (enum field_meaning)i);

		assert_non_null(field_meanings[i]);
		if (count == 0)
			fail_msg("no field means %s", field_meanings[i]);
		if (field_meaning_rows[i].is_needed)
			assert_int_equal(count, schema->type_count);
	}
	assert_null(field_meanings[FIELD_MEANING_COUNT]);
	arena_release(&arena);
}

static void check_example(const struct field *field)
{
	struct text_case test;
	struct yaml_node node;
	struct field_value value;
	struct field_context context;

	if (field->example == NULL)
		return;
	text_case_init(&test, "x.md", STR(""));
	test.source.text = arena_printf(&test.arena, "%s: %s\n", field->key,
					field->example);
	context = (struct field_context){ 480, &test.arena, &test.diags };
	if (!yaml_parse(&node, &test.source, 0, test.source.text.len,
			YAML_FRONT_MATTER_LIMIT, &test.arena, &test.diags) ||
	    !field_read(&value, field, &node.pairs[0].value,
			node.pairs[0].key_span, &context))
		fail_msg("%.*s", STR_ARG(text_case_print(&test)));
	text_case_release(&test);
}

/* What a help line tells the editor to write is accepted. */
static void test_examples(void **state)
{
	const struct schema *schema;
	struct arena arena;

	(void)state;
	arena_init(&arena);
	schema = schema_fixture(&arena);
	for (size_t i = 0; i < schema->type_count; i++)
		for (size_t k = 0; k < schema->types[i].field_count; k++)
			check_example(&schema->types[i].fields[k]);
	arena_release(&arena);
}

/* Every bit of a set is a type of its own. */
static void test_sets(void **state)
{
	struct type_set set = { 0 };

	(void)state;
	assert_true(type_set_is_empty(&set));
	for (uint32_t i = 0; i < RESOURCE_TYPE_LIMIT; i++) {
		assert_false(type_set_has(&set, i));
		type_set_add(&set, i);
		assert_true(type_set_has(&set, i));
	}
	assert_false(type_set_is_empty(&set));
}

/* --- a program whose files are wrong --- */

static bool read_builtin(const char *common, const char *news,
			 const char **first)
{
	const struct builtin_file files[] = {
		{ "common.yaml", common, common + strlen(common) },
		{ "news.yaml", news, news + strlen(news) },
		{ NULL, NULL, NULL },
	};
	struct schema_sources sources = { 0 };
	static struct text_case test;
	struct type_file *read;
	struct schema schema;
	bool ok;

	text_case_init(&test, "", STR(""));
	ok = schema_read_builtin(&read, files, &test.arena, &test.diags);
	sources.builtin = read;
	ok = ok && schema_read(&schema, &sources, &test.arena, &test.diags);
	*first = text_case_id(&test);
	text_case_release(&test);
	return ok;
}

static void test_builtin_mistakes(void **state)
{
	const struct builtin_file *common = builtin_types;
	const char *first;
	char *whole;

	(void)state;
	while (strcmp(common->path, "common.yaml") != 0)
		common++;
	whole = strndup(common->data, (size_t)(common->end - common->data));
	assert_true(read_builtin(whole, "label: 新闻\n", &first));
	assert_false(read_builtin(whole, "label: [\n", &first));
	assert_false(read_builtin(whole, "label: 新闻\nfacts: [x1]\n", &first));
	assert_string_equal(first, "field-unknown");
	/* a field that the program needs */
	assert_false(read_builtin("fields:\n  - {key: title, label: 标题, "
				  "means: title}\n",
				  "label: 新闻\n", &first));
	assert_string_equal(first, "type-needed");
	assert_false(read_builtin("fields: []\n", "label: 新闻\n", &first));
	free(whole);
}

/* --- the tables that compile_types.c writes --- */

static void assert_same_text(str a, str b)
{
	assert_int_equal(a.len, b.len);
	assert_int_equal(str_compare(a, b), 0);
}

static void assert_same_span(struct span a, struct span b)
{
	assert_int_equal(a.source, b.source);
	assert_int_equal(a.start, b.start);
	assert_int_equal(a.end, b.end);
}

static void assert_same_node(const struct yaml_node *a,
			     const struct yaml_node *b)
{
	assert_true((a == NULL) == (b == NULL));
	if (a == NULL)
		return;
	assert_int_equal(a->kind, b->kind);
	assert_same_span(a->span, b->span);
	assert_same_text(a->text, b->text);
	assert_true(a->is_plain == b->is_plain && a->is_null == b->is_null &&
		    a->is_flow == b->is_flow && a->is_refused == b->is_refused);
	assert_int_equal(a->count, b->count);
	for (size_t i = 0; i < a->count; i++)
		if (a->kind == YAML_MAPPING) {
			assert_same_text(a->pairs[i].key, b->pairs[i].key);
			assert_same_span(a->pairs[i].key_span,
					 b->pairs[i].key_span);
			assert_same_node(&a->pairs[i].value,
					 &b->pairs[i].value);
		} else {
			assert_same_node(&a->items[i], &b->items[i]);
		}
}

static void assert_same_file(const struct type_file *a,
			     const struct type_file *b)
{
	assert_same_text(a->name, b->name);
	assert_same_text(a->label, b->label);
	assert_same_text(a->template_name, b->template_name);
	assert_same_span(a->template_span, b->template_span);
	assert_same_text(a->layout, b->layout);
	assert_same_span(a->layout_span, b->layout_span);
	assert_same_text(a->like, b->like);
	assert_same_span(a->like_span, b->like_span);
	assert_same_span(a->head, b->head);
	assert_true(!a->is_broken && !b->is_broken);
	assert_true(a->found_everywhere == b->found_everywhere);
	assert_same_node(a->facts, b->facts);
	assert_same_node(a->parts, b->parts);
	assert_same_node(a->fields, b->fields);
	assert_same_node(a->needs, b->needs);
	assert_same_node(a->excludes, b->excludes);
	assert_same_node(a->orders, b->orders);
}

static void test_builtin_tables(void **state)
{
	struct type_file *files;
	struct text_case test;
	size_t i = 0;

	(void)state;
	text_case_init(&test, "", STR(""));
	assert_true(schema_read_builtin(&files, builtin_types, &test.arena,
					&test.diags));
	for (; files[i].name.len > 0; i++)
		assert_same_file(&builtin_type_files[i], &files[i]);
	assert_int_equal(builtin_type_files[i].name.len, 0);
	assert_true(i > 0);
	text_case_release(&test);
}

/* --- a platform --- */

struct platform {
	struct text_case test;
	struct snapshot snapshot;
	struct snapshot_reader *reader;
	struct schema schema;
};

static void open_platform(struct platform *platform,
			  const struct memory_file *files, size_t count)
{
	struct schema_sources sources = { .builtin = builtin_type_files,
					  .snapshot = &platform->snapshot };
	struct arena *arena = &platform->test.arena;

	text_case_init(&platform->test, "", STR(""));
	assert_true(snapshot_open_memory(&platform->snapshot, files, count,
					 arena, &platform->test.diags));
	platform->reader = snapshot_reader_open(&platform->snapshot,
						&platform->test.diags);
	sources.reader = platform->reader;
	assert_true(schema_read(&platform->schema, &sources, arena,
				&platform->test.diags));
}

static void close_platform(struct platform *platform)
{
	snapshot_reader_close(platform->reader);
	snapshot_close(&platform->snapshot);
	text_case_release(&platform->test);
}

static const struct resource_type *type_of(const struct platform *platform,
					   const char *name)
{
	const struct resource_type *type =
		schema_find(&platform->schema, str_from_c(name));

	assert_non_null(type);
	return type;
}

static bool has_field(const struct resource_type *type, const char *key)
{
	return resource_type_field(type, str_from_c(key)) != FIELD_NONE;
}

#define NOTICE                                                                 \
	"fields:\n"                                                            \
	"  - {key: approval_no, label: 批准文号, required: true,"          \
	" example: 示批1}\n"                                                 \
	"  - {key: author, required: true, example: 甲}\n"                    \
	"  - {key: notice_kind, choices: [通知, 公告]}\n"                  \
	"facts: [approval_no]\n"
#define AUCTION                                                                \
	"label: 拍卖公告\nlike: notice\n"                                  \
	"fields:\n"                                                            \
	"  - {key: lot, label: 标的, kind: texts}\n"                         \
	"  - key: bids\n    label: 竞价\n    kind: records\n"                \
	"    record: [{key: bidder, label: 竞买人}]\n"                      \
	"needs: [{field: lot, needs: bids}]\n"

static void test_platform(void **state)
{
	static const struct memory_file files[] = {
		{ "sites/types/README.md", STR("类型") },
		{ "sites/types/auction.yaml", STR(AUCTION) },
		{ "sites/types/common.yaml",
		  STR("fields: [{key: hotline, label: 热线}]\n") },
		{ "sites/types/notice.yaml", STR(NOTICE) },
	};
	struct platform platform;
	const struct resource_type *notice, *auction, *news;

	(void)state;
	open_platform(&platform, files, COUNT_OF(files));
	assert_string_equal(text_case_id(&platform.test), "");
	notice = type_of(&platform, "notice");
	auction = type_of(&platform, "auction");
	news = type_of(&platform, "news");
	assert_string_equal(notice->label, "通知公告");
	assert_string_equal(auction->label, "拍卖公告");
	assert_true(has_field(notice, "approval_no"));
	assert_true(has_field(auction, "approval_no"));
	assert_true(has_field(news, "hotline"));
	assert_false(has_field(news, "approval_no"));
	assert_false(has_field(notice, "lot"));
	assert_true(notice->fields[notice->meanings[MEANS_AUTHOR]].required);
	assert_false(news->fields[news->meanings[MEANS_AUTHOR]].required);
	assert_int_equal(auction->rule_count, notice->rule_count + 1);
	assert_int_equal(auction->fact_count, notice->fact_count);
	assert_string_equal(auction->templates[0], "article-auction");
	assert_string_equal(auction->templates[1], "article-notice");
	assert_string_equal(news->templates[1], "article");
	assert_false(digest_equal(notice->digest, auction->digest));
	close_platform(&platform);
}

static const struct {
	const char *text; /* of sites/types/auction.yaml */
	const char *id;
	const char *marked;
} wrong[] = {
	{ "labl: x\n", "field-unknown", "labl" },
	{ "fields: []\n", "field-missing", "" },
	{ "label: x\nlike: notic\n", "type-like", "notic" },
	{ "label: x\nlike: common\n", "type-like", "common" },
	{ "label: x\nlike: auction\n", "type-like", "auction" },
	{ "label: x\nfields: [{label: y}]\n", "field-missing", "{" },
	{ "label: x\nfields: [{key: aa}]\n", "type-field", "aa" },
	{ "label: x\nfields: [{key: Aa, label: y}]\n", "type-field", "Aa" },
	{ "label: x\nfields: [{key: aa, label: y, kind: txt}]\n",
	  "choice-invalid", "txt" },
	{ "label: x\nfields: [{key: aa, label: y, kind: choice}]\n",
	  "type-field", "{key: aa, label: y, kind: choice}" },
	{ "label: x\nfields: [{key: aa, label: y, choices: [a]}]\n",
	  "type-field", "[a]" },
	{ "label: x\nfields: [{key: aa, label: y, kind: choice, "
	  "choices: [a, a]}]\n",
	  "type-field", "[a, a]" },
	{ "label: x\nfields: [{key: aa, label: y, kind: records}]\n",
	  "type-field", "{key: aa, label: y, kind: records}" },
	{ "label: x\nfields: [{key: aa, label: y, record: [bb]}]\n",
	  "type-field", "[bb]" },
	{ "label: x\nfields: [{key: aa, label: y, kind: record, "
	  "record: [{key: bb, label: z, means: title}]}]\n",
	  "type-field", "title" },
	{ "label: x\nfields: [{key: aa, label: y, kind: date, format: id}]\n",
	  "type-field", "id" },
	{ "label: x\nfields: [{key: aa, label: y, means: pin}]\n",
	  "type-meaning", "pin" },
	{ "label: x\nfields: [{key: title, kind: text}]\n", "type-field",
	  "kind" },
	{ "label: x\nfields: [{key: title, required: false}]\n", "type-field",
	  "false" },
	{ "label: x\nfields: [{key: status, choices: [draft, done]}]\n",
	  "type-field", "[draft, done]" },
	{ "label: x\nfacts: [titel]\n", "field-unknown", "titel" },
	{ "label: x\nneeds: [{field: status, is: done, needs: author}]\n",
	  "type-rule", "done" },
	{ "label: x\nneeds: [{field: status, needs: autor}]\n", "field-unknown",
	  "autor" },
	{ "label: x\norders: [{field: title, at_most: date}]\n", "type-rule",
	  "{field: title, at_most: date}" },
};

/* Nothing else is broken by it, and the type is there under its name. */
static void test_platform_mistakes(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		const struct memory_file file = { "sites/types/auction.yaml",
						  str_from_c(wrong[i].text) };
		struct platform platform;

		open_platform(&platform, &file, 1);
		platform.test.source.text = file.data;
		if (strcmp(text_case_id(&platform.test), wrong[i].id) != 0 ||
		    !str_equal_c(text_case_marked(&platform.test, wrong[i].id),
				 wrong[i].marked))
			fail_msg("%s%.*s", wrong[i].text,
				 STR_ARG(text_case_print(&platform.test)));
		for (size_t k = 0; k < platform.schema.type_count; k++) {
			const struct resource_type *type =
				&platform.schema.types[k];

			assert_true(type->is_broken ==
				    (strcmp(type->name, "auction") == 0));
		}
		close_platform(&platform);
	}
}

/* Each says its own; what builds on a broken one is broken without a word. */
static void test_broken_bases(void **state)
{
	static const struct memory_file files[] = {
		{ "sites/types/a.yaml", STR("label: 甲\nlike: b\n") },
		{ "sites/types/b.yaml", STR("label: 乙\nlike: c\n") },
		{ "sites/types/c.yaml", STR("label: 丙\nfacts: [x9]\n") },
		{ "sites/types/d.yaml", STR("label: 丁\nlike: e\n") },
		{ "sites/types/e.yaml", STR("label: 戊\nlike: d\n") },
		{ "sites/types/news.yaml", STR("like: notice\n") },
		{ "sites/types/名称.yaml", STR("label: 己\n") },
	};
	static const char *const broken[] = { "a", "b", "c", "d", "e", "news" };
	struct platform platform;

	(void)state;
	open_platform(&platform, files, COUNT_OF(files));
	assert_int_equal(platform.test.diags.items.count, 4);
	assert_int_equal(text_case_count(&platform.test, "field-unknown"), 1);
	assert_int_equal(text_case_count(&platform.test, "type-like"), 2);
	assert_int_equal(text_case_count(&platform.test, "type-name"), 1);
	for (size_t i = 0; i < COUNT_OF(broken); i++)
		assert_true(type_of(&platform, broken[i])->is_broken);
	assert_false(type_of(&platform, "notice")->is_broken);
	close_platform(&platform);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_types),
		cmocka_unit_test(test_meanings),
		cmocka_unit_test(test_examples),
		cmocka_unit_test(test_sets),
		cmocka_unit_test(test_builtin_mistakes),
		cmocka_unit_test(test_builtin_tables),
		cmocka_unit_test(test_platform),
		cmocka_unit_test(test_platform_mistakes),
		cmocka_unit_test(test_broken_bases),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
