/*
 * The YAML reader: the public YAML suite, the slips of editors with their
 * messages, positions in Chinese text, limits and linear time.
 */
#include "markup/yaml.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>
#include <jansson.h>

#include "support/text_case.h"

static bool parse(struct yaml_node *out, struct text_case *test)
{
	return yaml_parse(out, &test->source, 0, test->source.text.len,
			  YAML_SETTINGS_LIMIT, &test->arena, &test->diags);
}

/* --- the public suite ----------------------------------------------------- */

/* Mappings that the product refuses by design, or libyaml cannot read. */
static const struct {
	const char *id;
	const char *reason;
} refused[] = {
	{ "26DV", "alias" },
	{ "2SXE", "alias" },
	{ "3GZX", "alias" },
	{ "6KGN", "alias" },
	{ "7BUB", "alias" },
	{ "CUP7", "alias" },
	{ "E76Z", "alias" },
	{ "HMQ5", "alias" },
	{ "JS2J", "alias" },
	{ "UGM3", "alias" },
	{ "W5VH", "alias" },
	{ "7BMT", "anchor" },
	{ "BU8L", "anchor" },
	{ "SKE5", "anchor" },
	{ "U3XV", "anchor" },
	{ "Y2GN", "anchor" },
	{ "ZH7C", "anchor" },
	{ "ZWK4", "anchor" },
	{ "2XXW", "tag" },
	{ "565N", "tag" },
	{ "57H4", "tag" },
	{ "6JWB", "tag" },
	{ "74H7", "tag" },
	{ "7FWL", "tag" },
	{ "EHF6", "tag" },
	{ "L94M", "tag" },
	{ "M5C3", "tag" },
	{ "WZ62", "tag" },
	{ "Z67P", "tag" },
	{ "4MUZ-00", "libyaml: flow colon" },
	{ "4MUZ-01", "libyaml: flow colon" },
	{ "4MUZ-02", "libyaml: flow colon" },
	{ "58MP", "libyaml: flow colon" },
	{ "5MUD", "libyaml: flow colon" },
	{ "K3WX", "libyaml: flow colon" },
	{ "VJP3-01", "libyaml: flow colon" },
	{ "96NN-00", "libyaml: tab" },
	{ "96NN-01", "libyaml: tab" },
	{ "A2M4", "libyaml: tab" },
	{ "DK95-00", "libyaml: tab" },
	{ "DK95-03", "libyaml: tab" },
	{ "DK95-04", "libyaml: tab" },
	{ "Q5MG", "libyaml: tab" },
	{ "Y79Y-001", "libyaml: tab" },
	{ "G4RS", "control characters" },
};

/* Mappings that libyaml reads with another value, in corners nobody writes. */
static const struct {
	const char *id;
	const char *reason;
} differing[] = {
	{ "652Z", "libyaml: \"?\" in braces begins a key without a space" },
	{ "L24T-01", "libyaml: a last line of spaces without its end" },
};

/* Errors of the suite that libyaml reads without harm. */
static const struct {
	const char *id;
	const char *reason;
} tolerated[] = {
	{ "9C9N", "a list in brackets goes on at the margin" },
	{ "DK95-01", "a tab inside a quoted text" },
	{ "QB6E", "a quoted text goes on at the margin" },
	{ "S98Z", "an empty text with deeper blank lines" },
	{ "SU5Z", "a comment without a space before it" },
	{ "X4QW", "a comment without a space before it" },
};

static json_t *load(const char *name)
{
	const char *folder = getenv("JIYUE_SPEC");
	char path[1024];

	snprintf(path, sizeof(path), "%s/yaml/%s",
		 folder != NULL ? folder : "../shared/spec", name);
	return json_load_file(path, 0, NULL);
}

static bool is_refused(const char *id)
{
	for (size_t i = 0; i < COUNT_OF(refused); i++)
		if (strcmp(refused[i].id, id) == 0)
			return true;
	return false;
}

static bool is_differing(const char *id)
{
	for (size_t i = 0; i < COUNT_OF(differing); i++)
		if (strcmp(differing[i].id, id) == 0)
			return true;
	return false;
}

static bool is_tolerated(const char *id)
{
	for (size_t i = 0; i < COUNT_OF(tolerated); i++)
		if (strcmp(tolerated[i].id, id) == 0)
			return true;
	return false;
}

static bool same(const struct yaml_node *node, const json_t *json);

static bool same_number(str text, double wanted)
{
	char copy[64];
	char *end;

	if (text.len >= sizeof(copy))
		return false;
	memcpy(copy, text.data, text.len);
	copy[text.len] = '\0';
	return strtod(copy, &end) == wanted && *end == '\0';
}

static bool same_scalar(const struct yaml_node *node, const json_t *json)
{
	switch (json_typeof(json)) {
	case JSON_STRING:
		return str_equal(node->text, (str){ json_string_value(json),
						    json_string_length(json) });
	case JSON_INTEGER:
	case JSON_REAL:
		return same_number(node->text, json_number_value(json));
	case JSON_TRUE:
		return str_equal(node->text, STR("true"));
	case JSON_FALSE:
		return str_equal(node->text, STR("false"));
	default:
		return json_is_null(json) && node->is_null;
	}
}

static bool same_mapping(const struct yaml_node *node, const json_t *json)
{
	if (!json_is_object(json) || json_object_size(json) != node->count)
		return false;
	for (size_t i = 0; i < node->count; i++) {
		const json_t *value = json_object_getn(
			json, node->pairs[i].key.data, node->pairs[i].key.len);

		if (value == NULL || !same(&node->pairs[i].value, value))
			return false;
	}
	return true;
}

static bool same(const struct yaml_node *node, const json_t *json)
{
	if (node->kind == YAML_SCALAR)
		return same_scalar(node, json);
	if (node->kind == YAML_MAPPING)
		return same_mapping(node, json);
	if (!json_is_array(json) || json_array_size(json) != node->count)
		return false;
	for (size_t i = 0; i < node->count; i++)
		if (!same(&node->items[i], json_array_get(json, i)))
			return false;
	return true;
}

static const char *field_of(const json_t *item, const char *key)
{
	return json_string_value(json_object_get(item, key));
}

/* Every span lies in the text, parents around their children. */
static void check_spans(const struct yaml_node *node, size_t len)
{
	assert_true(node->span.start <= node->span.end);
	assert_true(node->span.end <= len);
	for (size_t i = 0; i < node->count; i++) {
		const struct yaml_node *child = node->kind == YAML_MAPPING
							? &node->pairs[i].value
							: &node->items[i];

		assert_true(child->span.start >= node->span.start);
		assert_true(child->span.end <= node->span.end);
		check_spans(child, len);
	}
}

static void test_suite_mappings(void **state)
{
	json_t *suite = load("mappings.json");
	size_t read = 0;
	size_t i;
	json_t *item;

	(void)state;
	if (suite == NULL)
		skip();
	json_array_foreach(suite, i, item)
	{
		const char *id = field_of(item, "id");
		struct text_case test;
		struct yaml_node node;
		bool ok;

		text_case_init(&test, id, str_from_c(field_of(item, "yaml")));
		ok = parse(&node, &test);
		if (ok == is_refused(id) ||
		    (ok && same(&node, json_object_get(item, "json")) ==
				   is_differing(id)))
			fail_msg("%s: %s", id, field_of(item, "yaml"));
		if (ok)
			check_spans(&node, test.source.text.len);
		assert_true(ok == (test.diags.error_count == 0));
		read += ok;
		text_case_release(&test);
	}
	print_message("%zu mappings read, %zu refused by design\n", read,
		      COUNT_OF(refused));
	json_decref(suite);
}

static void test_suite_errors(void **state)
{
	json_t *suite = load("errors.json");
	size_t i;
	json_t *item;

	(void)state;
	if (suite == NULL)
		skip();
	json_array_foreach(suite, i, item)
	{
		const char *id = field_of(item, "id");
		struct text_case test;
		struct yaml_node node;

		text_case_init(&test, id, str_from_c(field_of(item, "yaml")));
		if (parse(&node, &test) != is_tolerated(id))
			fail_msg("%s: %s", id, field_of(item, "yaml"));
		if (!is_tolerated(id))
			assert_true(test.diags.error_count > 0);
		text_case_release(&test);
	}
	json_decref(suite);
}

/* Nothing at all, or comments alone, is an empty mapping. */
static bool is_empty_text(str text)
{
	str line;

	while (str_split_next(&text, '\n', &line)) {
		line = str_trim(line);
		if (line.len > 0 && line.data[0] != '#' &&
		    !str_equal(line, STR("---")) &&
		    !str_equal(line, STR("...")) &&
		    !str_starts_with(line, STR("--- #")))
			return false;
	}
	return true;
}

static void test_suite_not_single_mapping(void **state)
{
	json_t *suite = load("not-single-mapping.json");
	size_t i;
	json_t *item;

	(void)state;
	if (suite == NULL)
		skip();
	json_array_foreach(suite, i, item)
	{
		const char *id = field_of(item, "id");
		const char *yaml = field_of(item, "yaml");
		struct text_case test;
		struct yaml_node node;

		text_case_init(&test, id, str_from_c(yaml));
		if (parse(&node, &test) &&
		    (!is_empty_text(test.source.text) || node.count > 0))
			fail_msg("%s: %s", id, yaml);
		text_case_release(&test);
	}
	json_decref(suite);
}

/* --- slips ---------------------------------------------------------------- */

static const struct {
	const char *text;
	const char *id;
	const char *marked;
} slips[] = {
	{ "title：关于\ntype: news\n", "yaml-wide-colon", "：" },
	{ "type: news\ntitle：关于\n", "yaml-wide-colon", "：" },
	{ "标题：关于\n", "yaml-wide-colon", "：" },
	{ "title:关于\ntype: news\n", "yaml-colon-space", ":" },
	{ "extra:\n\ta: b\n", "yaml-tab", "\t" },
	{ "title: \"关于\ntype: news\n", "yaml-quote-open", "\"" },
	{ "title: \"关于\nsource: \"市政府\"\n", "yaml-quote-open", "\"" },
	{ "title: \"关于\"的通知\n", "yaml-quote-text", "的通知" },
	{ "title: [转载] 通知\n", "yaml-bracket-text", "通知" },
	{ "title: *重要*通知\n", "yaml-reserved", "*" },
	{ "title: @市民\n", "yaml-reserved", "@" },
	{ "title: 关于: 开学\n", "yaml-value-colon", ":" },
	{ "title: “关于: 开学”\n", "yaml-value-colon", ":" },
	{ "title: \"C:\\文件\"\n", "yaml-backslash", "文" },
	{ "keywords: [教育, 招生\ntype: news\n", "yaml-bracket-open", "[" },
	{ "title: 关于\n  type: news\n", "yaml-indent", ": news" },
	{ "extra:\n    a: 1\n  b: 2\n", "yaml-indent", "b: 2" },
	{ "keywords: - a\n  - b\n", "yaml-dash", "- a" },
	{ "type: news\n题目\n", "yaml-no-colon", "题目" },
	{ "- a\n", "yaml-mapping", "- a" },
	{ "[a]: b\n", "yaml-key", "[a]" },
	{ "a: &b c\n", "yaml-anchor", "&b c" },
	{ "a: *b\n", "yaml-alias", "*b" },
	{ "a: !b c\n", "yaml-tag", "!b c" },
	{ "a: ! c\n", "yaml-tag", "! c" },
	{ "题: 一\n题: 二\n", "yaml-duplicate", "题" },
	{ "a: b\n---\nc: d\n", "yaml-documents", "---" },
	{ "a: b\n...\nc\n", "yaml-documents", "c" },
	{ "%YAML 1.1\n---\na: b\n", "yaml-directive", "%YAML 1.1\n---" },
	{ "题: 一\x01\n", "text-control", "\x01" },
	{ "题: \"一\\u202e二\"\n", "text-control", "\\u202e" },
	{ "题: \"\\n\\\\0一\\0\"\n", "text-control", "\\0" },
	{ "题: \"\\x7F\"\n", "text-control", "\\x7F" },
	{ "题: \"\\U0010FFFF\"\n", "text-control", "\\U0010FFFF" },
	{ "题: \"一\\N二\"\n", "text-control", "\\N" },
	{ "题: \"\\ufeff\"\n", "text-control", "\\ufeff" },
	{ "\"题\\e\": 一\n", "text-control", "\\e" },
	{ "extra: {a: [\"\\u2066\"]}\n", "text-control", "\\u2066" },
};

static void test_slips(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(slips); i++) {
		struct text_case test;
		struct yaml_node node;
		str marked;

		text_case_init(&test, "x.md", str_from_c(slips[i].text));
		assert_false(parse(&node, &test));
		marked = text_case_marked(&test, slips[i].id);
		if (test.diags.items.count != 1 ||
		    (!str_equal_c(marked, slips[i].marked) &&
		     strcmp(slips[i].id, "yaml-backslash") != 0 &&
		     strcmp(slips[i].id, "yaml-directive") != 0))
			fail_msg("%s%.*s", slips[i].text,
				 STR_ARG(text_case_print(&test)));
		assert_true(text_case_help(&test, slips[i].id).len > 0);
		text_case_release(&test);
	}
}

static void test_message(void **state)
{
	struct text_case test;
	struct yaml_node node;

	(void)state;
	text_case_init(&test, "content/jyj/a.md",
		       STR("type: news\ntitle：开学通知\n"));
	assert_false(parse(&node, &test));
	assert_string_equal(
		text_case_print(&test).data,
		"content/jyj/a.md:2:6: error: a full-width colon stands "
		"behind \"title\" (costs this resource) "
		"[yaml-wide-colon]\n"
		"   2 | title：开学通知\n"
		"     |      ^^\n"
		"  help: use the half-width colon and a space: title: "
		"开学通知\n");
	text_case_release(&test);
}

/* --- positions, limits, time ---------------------------------------------- */

static str text_at(const struct text_case *test, struct span span)
{
	return str_between(test->source.text, span.start, span.end);
}

static void test_spans(void **state)
{
	struct text_case test;
	struct yaml_node node;
	const struct yaml_node *list;

	(void)state;
	text_case_init(&test, "x.md",
		       STR("---\n标题: 关于𠮷的通知  # 注\n关键词:\n"
			   "  - 教育\n  - \"招 生\"\n摘要: |\n  一行\n  二行\n"
			   "空:\n流: [甲, {乙: 丙}]\n---\n正文"));
	assert_true(yaml_parse(&node, &test.source, 4,
			       str_find(test.source.text, STR("---\n正文")),
			       YAML_FRONT_MATTER_LIMIT, &test.arena,
			       &test.diags));
	assert_int_equal(node.count, 5);
	assert_true(
		str_equal_c(text_at(&test, node.pairs[0].key_span), "标题"));
	assert_true(str_equal_c(text_at(&test, node.pairs[0].value.span),
				"关于𠮷的通知"));
	list = yaml_get(&node, STR("关键词"));
	assert_int_equal(list->count, 2);
	assert_false(list->is_flow);
	assert_true(
		str_equal_c(text_at(&test, list->items[1].span), "\"招 生\""));
	assert_true(str_equal_c(list->items[1].text, "招 生"));
	assert_true(str_equal_c(text_at(&test, node.pairs[2].value.span),
				"|\n  一行\n  二行"));
	assert_true(node.pairs[3].value.is_null);
	assert_true(str_equal_c(text_at(&test, node.pairs[4].value.span),
				"[甲, {乙: 丙}]"));
	assert_true(node.pairs[4].value.is_flow);
	assert_null(yaml_get(&node, STR("无")));
	text_case_release(&test);
}

/* A byte order mark is a character like others for the marks. */
static void test_byte_order_mark(void **state)
{
	struct text_case test;
	struct yaml_node node;

	(void)state;
	text_case_init(&test, "x.md", STR("\xef\xbb\xbf题: 一\n"));
	assert_true(parse(&node, &test));
	assert_true(str_equal_c(text_at(&test, node.pairs[0].key_span), "题"));
	text_case_release(&test);
}

static str repeated(struct arena *arena, const char *part, size_t count)
{
	struct buf out;

	buf_init(&out, arena);
	while (count-- > 0)
		buf_add_c(&out, part);
	return buf_str(&out);
}

static void test_limits(void **state)
{
	struct text_case test;
	struct yaml_node node;
	size_t many = 100;

	(void)state;
	text_case_init(&test, "x.md", STR(""));
	assert_true(parse(&node, &test));
	assert_int_equal(node.kind, YAML_MAPPING);
	assert_int_equal(node.count, 0);
	test.source.text = repeated(&test.arena, "a: b\n", 20000);
	assert_false(yaml_parse(&node, &test.source, 0, test.source.text.len,
				YAML_FRONT_MATTER_LIMIT, &test.arena,
				&test.diags));
	assert_int_equal(text_case_count(&test, "yaml-size"), 1);
	test.source.text =
		arena_printf(&test.arena, "a: %.*s%.*s\n",
			     STR_ARG(repeated(&test.arena, "[", many)),
			     STR_ARG(repeated(&test.arena, "]", many)));
	assert_false(parse(&node, &test));
	assert_int_equal(text_case_count(&test, "yaml-depth"), 1);
	test.source.text = repeated(&test.arena, "a: b\n", 20000);
	assert_false(parse(&node, &test));
	assert_true(text_case_count(&test, "yaml-duplicate") <= 20);
	text_case_release(&test);
}

static double seconds_for(const char *part, size_t bytes)
{
	struct timespec before, after;
	struct text_case test;
	struct yaml_node node;
	bool ok;

	text_case_init(&test, "x.yaml", STR(""));
	test.source.text = repeated(&test.arena, part, bytes / strlen(part));
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &before);
	ok = parse(&node, &test);
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &after);
	(void)ok;
	text_case_release(&test);
	return (double)(after.tv_sec - before.tv_sec) +
	       (double)(after.tv_nsec - before.tv_nsec) / 1e9;
}

/* Four times the text may take about four times the time, not sixteen. */
static void test_linear(void **state)
{
	static const char *const parts[] = {
		"键: 值\n",    "a: b\n", "- ",	    "[",	"{",	 "[{",
		"? ",	       "\"",	 "'",	    "a: [b,\n", "# x\n", ": ",
		"a: \"b\"c\n", "题：\n", "  \n",    "a:\n ",	"!",	 "&a ",
		"*a\n",	       "|\n",	 "{a: b, ", "%A\n",	"\t",	 "甲 ",
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(parts); i++) {
		double small = seconds_for(parts[i], 250000);
		double large = seconds_for(parts[i], 1000000);

		if (large > 0.2 && large > small * 9)
			fail_msg("\"%s\": %.3f s, then %.3f s", parts[i], small,
				 large);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_suite_mappings),
		cmocka_unit_test(test_suite_errors),
		cmocka_unit_test(test_suite_not_single_mapping),
		cmocka_unit_test(test_slips),
		cmocka_unit_test(test_message),
		cmocka_unit_test(test_spans),
		cmocka_unit_test(test_byte_order_mark),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_linear),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
