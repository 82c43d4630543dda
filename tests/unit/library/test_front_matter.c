/* Front matter: every mistake has its id, its place and a help. */
#include "library/front_matter.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "support/schema_fixture.h"
#include "support/text_case.h"

#define NEWS "title: 开学\ntype: news\ndate: 2024-01-02 09:00\nsource: 市府\n"
#define NOTICE                                                                 \
	"title: 开学\ntype: notice\ndate: 2024-01-02\nsource: 市府\n"      \
	"notice_kind: 通知\n"
#define POLICY                                                                 \
	"title: 通知\ntype: policy\ndate: 2024-01-02\nsource: 市府\n"      \
	"topic: 综合政务\nmajor: false\ndisclosure: 主动公开\n"        \
	"issuer: 市人民政府\ndoc_no: 示政发〔2024〕1号\n"           \
	"written_on: 2024-01-01\npolicy_kind: 其他\n"
#define SERVICE                                                                    \
	"title: 入学\ntype: service\ndate: 2024-01-02\nsource: 市府\n"         \
	"themes: [教育]\n"                                                       \
	"service_kind: 公共服务\nlegal_basis: 法\nconditions: 本市户籍\n" \
	"materials: [户口簿, {name: 照片, copies: '2'}]\n"                    \
	"places: [大厅]\noffice_hours: 工作日\nphones: '12345'\n"             \
	"steps: [申请, 受理]\nlegal_days: 20\nfees: 不收费\n"               \
	"audience: 自然人\nunit: 市教育局\n"

static bool parse(struct front_matter *out, struct text_case *test,
		  const char *text, const struct defaults *defaults)
{
	text_case_init(test, "content/jyj/a.md", STR(""));
	test->source.text =
		arena_printf(&test->arena, "---\n%s---\n正文\n", text);
	return front_matter_parse(
		out, &test->source,
		&(struct front_matter_options){
			.schema = schema_fixture(&test->arena),
			.defaults = defaults,
			.offset = 480 },
		&test->arena, &test->diags);
}

static const char *const right[] = {
	NEWS,
	NEWS "aliases: [/old/a.html, /旧/]\nslug: 开学-2024\nid: jyj/x\n",
	NEWS "extra: {a: [b, {c: d}]}\nauthor:\nkeywords: []\n",
	NEWS "summary: |\n  一\n  二\nlead: >\n  三\n",
	NEWS "image: a.jpg\nsource_url: https://www.gov.cn/a?b=c\n",
	NEWS "status: archived\narchived_on: 2024-05-01\n",
	NEWS "archived_on: 2024-05-01\n",
	NOTICE "valid_from: 2024-01-02\nvalid_to: 2024-01-02\n",
	POLICY "validity: 有效\nrelations: {replaces: jyj/old}\n",
	POLICY "validity: 已废止\nrepealed_on: 2024-02-01\n",
	SERVICE "promised_days: 20\nonline: false\n",
	SERVICE "promised_days: 5\nonline: true\nonline_url: /x\n"
		"online_level: 全程网办\n",
};

static void test_right(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(right); i++) {
		struct text_case test;
		struct front_matter matter;

		if (!parse(&matter, &test, right[i], NULL) ||
		    test.diags.items.count > 0)
			fail_msg("%s%.*s", right[i],
				 STR_ARG(text_case_print(&test)));
		text_case_release(&test);
	}
}

static const struct {
	const char *text;
	const char *id;
	const char *marked;
	const char *help; /* part of it */
} wrong[] = {
	{ "type: news\ndate: 2024-01-02\nsource: x\n", "field-missing", "---",
	  "title: " },
	{ "title:\ntype: news\ndate: 2024-01-02\nsource: x\n", "field-missing",
	  "title", "title: " },
	{ "title: x\n", "field-missing", "---", "type: news" },
	{ NEWS "keywrds: x\n", "field-unknown", "keywrds", "keywords" },
	{ NEWS "关键词: x\n", "field-unknown", "关键词", "keywords" },
	{ NEWS "tags: x\n", "field-unknown", "tags", "keywords" },
	{ NEWS "issuer: x\n", "field-type", "issuer", "policy" },
	{ NEWS "review_by: 2024-13-01\n", "date-invalid", "2024-13-01",
	  "01 to 12" },
	{ NEWS "review_by: 2024-2-30\n", "date-invalid", "2024-2-30", "29" },
	{ NEWS "review_by: 2024年1月2日\n", "date-invalid", "2024年1月2日",
	  "2024-01-02" },
	{ NEWS "review_by: “2024-01-02”\n", "quote-wide", "“2024-01-02”",
	  "review_by: 2024-01-02" },
	{ NEWS "status: done\n", "choice-invalid", "done", "withdrawn" },
	{ NEWS "weight: 3个\n", "number-invalid", "3个", "10" },
	{ NEWS "weight: １０\n", "number-invalid", "１０", "write 10" },
	{ NEWS "pin: 是\n", "truth-invalid", "是", "true" },
	{ NEWS "author: [a, b]\n", "text-expected", "[a, b]", "author" },
	{ NEWS "author: \"a\\nb\"\n", "text-line-break", "\"a\\nb\"", "line" },
	{ NEWS "author: ' a'\n", "text-space", "' a'", "author: a" },
	{ NEWS "author: a　\n", "text-space", "a　", "author: a" },
	{ NEWS "author: \"a\\u202Eb\"\n", "text-control", "\\u202E", "delete" },
	{ NEWS "author: \"a\\tb\"\n", "text-tab", "\"a\\tb\"", "space" },
	{ NEWS "summary: \"\\0\\a\"\n", "text-control", "\\0", "delete" },
	{ NEWS "extra: {a: \"\\u2029\"}\n", "text-control", "\\u2029",
	  "backslash" },
	{ NEWS "keywords: {a: b}\n", "list-expected", "{a: b}", "keywords" },
	{ NEWS "keywords: [[a]]\n", "text-expected", "[a]", "keywords" },
	{ NEWS "keywords: [教育，招生]\n", "list-wide-comma", "教育，招生",
	  ", " },
	{ NEWS "attachments: a.pdf\n", "list-expected", "a.pdf", "attach" },
	{ NEWS "attachments: [[a]]\n", "record-expected", "[a]", "attach" },
	{ NEWS "attachments: [{titel: x}]\n", "field-unknown", "titel",
	  "title" },
	{ NEWS "secrecy_review: x\n", "record-expected", "x", "secrecy" },
	{ NEWS "source_url: javascript:x\n", "url-invalid", "javascript:x",
	  "https" },
	{ NEWS "source_url: //a.cn/\n", "url-invalid", "//a.cn/", "https" },
	{ NEWS "source_url: https:/a\n", "url-invalid", "https:/a", "https" },
	{ NEWS "aliases: old.html\n", "alias-invalid", "old.html", "/" },
	{ NEWS "aliases: /../x\n", "alias-invalid", "/../x", ".." },
	{ NEWS "aliases: /a?b=c\n", "alias-invalid", "/a?b=c", "?" },
	{ NEWS "slug: a/b\n", "slug-invalid", "a/b", "letters" },
	{ NEWS "slug: ..\n", "slug-invalid", "..", "dot" },
	{ NEWS "id: /a\n", "id-invalid", "/a", "none of them empty" },
	{ NEWS "id: a b\n", "id-invalid", "a b", "space" },
	{ NEWS "lang: 中文\n", "language-invalid", "中文", "zh-CN" },
	{ NEWS "origin: reprint\n", "field-missing", "---", "source_url" },
	{ NEWS "status: archived\n", "field-missing", "---", "archived_on" },
	{ NEWS "status: draft\narchived_on: 2024-05-01\n", "field-conflict",
	  "archived_on", "archived" },
	{ NEWS "archived_on: 2023-05-01\n", "field-order", "2024-01-02 09:00",
	  "dates" },
	{ NOTICE "doc_no: 示政发[2024]01号\n", "doc-no-invalid",
	  "示政发[2024]01号", "示政发〔2024〕1号" },
	{ NOTICE "valid_from: 2024-02-02\nvalid_to: 2024-01-02\n",
	  "field-order", "2024-02-02", "dates" },
	{ POLICY "validity: 已废止\n", "field-missing", "---", "repealed_on" },
	{ SERVICE "promised_days: 21\nonline: false\n", "field-order", "21",
	  "legal_days" },
	{ SERVICE "promised_days: 5\nonline: true\n", "field-missing", "---",
	  "online_url" },
};

static void test_wrong(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		struct text_case test;
		struct front_matter matter;
		str help;

		assert_false(parse(&matter, &test, wrong[i].text, NULL));
		help = text_case_help(&test, wrong[i].id);
		if (!str_equal_c(text_case_marked(&test, wrong[i].id),
				 wrong[i].marked) ||
		    str_find(help, str_from_c(wrong[i].help)) == STR_NONE)
			fail_msg("%s%.*s", wrong[i].text,
				 STR_ARG(text_case_print(&test)));
		text_case_release(&test);
	}
}

/* 公示 needs three fields; all are named in one run. */
static void test_all_missing_at_once(void **state)
{
	struct text_case test;
	struct front_matter matter;

	(void)state;
	assert_false(parse(&matter, &test,
			   "title: x\ntype: notice\ndate: 2024-01-02\n"
			   "source: x\nnotice_kind: 公示\n",
			   NULL));
	assert_int_equal(text_case_count(&test, "field-missing"), 3);
	text_case_release(&test);
}

static const struct {
	const char *text;
	const char *id;
	const char *help;
} heads[] = {
	{ "", "front-matter-missing", "---" },
	{ "正文", "front-matter-missing", "begin the file" },
	{ "\n---\ntitle: x\n---\n", "front-matter-missing", "empty lines" },
	{ "———\ntitle: x\n———\n", "front-matter-missing", "half-width" },
	{ "+++\ntitle = 1\n+++\n", "front-matter-missing", "TOML" },
	{ "---\ntitle: x\n", "front-matter-unclosed", "---" },
	{ "---", "front-matter-unclosed", "---" },
	{ "---\ntitle: x\n----\n", "front-matter-unclosed", "---" },
};

static void test_heads(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(heads); i++) {
		struct text_case test;
		struct front_matter matter;

		text_case_init(&test, "a.md", str_from_c(heads[i].text));
		assert_false(front_matter_parse(
			&matter, &test.source,
			&(struct front_matter_options){
				.schema = schema_fixture(&test.arena),
				.defaults = NULL,
				.offset = 480 },
			&test.arena, &test.diags));
		assert_string_equal(text_case_id(&test), heads[i].id);
		assert_true(str_find(text_case_help(&test, heads[i].id),
				     str_from_c(heads[i].help)) != STR_NONE);
		text_case_release(&test);
	}
}

static void test_values(void **state)
{
	struct text_case test;
	struct front_matter matter;
	const struct field_value *value;

	(void)state;
	assert_true(parse(&matter, &test,
			  SERVICE "promised_days: 5\nonline: false\n", NULL));
	assert_string_equal(matter.type->name, "service");
	assert_true(str_equal_c(str_from(test.source.text, matter.body_start),
				"正文\n"));
	assert_int_equal(front_matter_value(&matter, STR("legal_days"))->number,
			 20);
	assert_int_equal(front_matter_value(&matter, STR("online"))->number, 0);
	assert_non_null(front_matter_value(&matter, STR("online"))->node);
	assert_null(front_matter_value(&matter, STR("summary"))->node);
	value = front_matter_value(&matter, STR("phones"));
	assert_int_equal(value->item_count, 1);
	assert_true(str_equal_c(value->items[0], "12345"));
	value = front_matter_value(&matter, STR("materials"));
	assert_int_equal(value->node->count, 2);
	assert_true(str_equal_c(
		yaml_get(&value->node->items[0], STR("name"))->text, "户口簿"));
	text_case_release(&test);
}

static bool parse_defaults(struct defaults *out, struct text_case *test,
			   const char *path, const char *text)
{
	text_case_init(test, path, str_from_c(text));
	test->source.number = 1; /* another file than the resource */
	return defaults_parse(out, &test->source,
			      &(struct front_matter_options){
				      .schema = schema_fixture(&test->arena),
				      .defaults = NULL,
				      .offset = 480 },
			      &test->arena, &test->diags);
}

static void test_defaults(void **state)
{
	struct text_case outer_test, inner_test, test;
	struct defaults outer, inner;
	struct front_matter matter;

	(void)state;
	assert_true(parse_defaults(&outer, &outer_test,
				   "content/_defaults.yaml",
				   "type: news\nsource: 市府\nauthor: 甲\n"
				   "issuer: 市府\neditor: 丙\n"));
	assert_true(parse_defaults(&inner, &inner_test,
				   "content/jyj/_defaults.yaml",
				   "source: 教育局\n"));
	assert_true(str_equal_c(inner.folder, "content/jyj/"));
	inner.parent = &outer;
	assert_true(parse(&matter, &test,
			  "title: x\ndate: 2024-01-02\nauthor:\n"
			  "editor: 乙\n",
			  &inner));
	assert_true(str_equal_c(
		front_matter_value(&matter, STR("source"))->text, "教育局"));
	assert_true(str_equal_c(
		front_matter_value(&matter, STR("editor"))->text, "乙"));
	assert_null(front_matter_value(&matter, STR("author"))->node);
	assert_null(front_matter_value(&matter, STR("issuer"))->node);
	text_case_release(&test);
	text_case_release(&inner_test);
	text_case_release(&outer_test);
}

/* A broken file is blamed once; what inherits from it is not blamed. */
static void test_broken_defaults(void **state)
{
	struct text_case defaults_test, test;
	struct defaults defaults;
	struct front_matter matter;

	(void)state;
	assert_false(parse_defaults(&defaults, &defaults_test,
				    "content/_defaults.yaml",
				    "sorce: 市府\nslug: x\nstatus: y\n"));
	assert_int_equal(text_case_count(&defaults_test, "field-unknown"), 1);
	assert_int_equal(text_case_count(&defaults_test, "field-defaults"), 1);
	assert_int_equal(text_case_count(&defaults_test, "choice-invalid"), 1);
	assert_false(parse(&matter, &test,
			   "title: x\ndate: 2024-01-02\ntype: news\n",
			   &defaults));
	assert_int_equal(test.diags.items.count, 0);
	text_case_release(&test);
	text_case_release(&defaults_test);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_right),
		cmocka_unit_test(test_wrong),
		cmocka_unit_test(test_all_missing_at_once),
		cmocka_unit_test(test_heads),
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_defaults),
		cmocka_unit_test(test_broken_defaults),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
