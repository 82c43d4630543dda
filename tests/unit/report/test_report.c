/* Reports of what was found: hostile texts, lost texts, equal findings. */
#include "report/report.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define PATH "a:b/市 \"1\".md"
#define HOSTILE                                                                \
	"\"<&>'\n::error::\r%{0}\t\x01\x1b"                                    \
	"中文 ]]>"

struct fixture {
	struct arena arena;
	struct diag_list diags;
	str text; /* of the only source */
	size_t reads;
	struct source_reader reader;
};

static bool read_source(void *context, uint32_t number, struct source *out,
			struct arena *arena)
{
	struct fixture *fixture = context;

	(void)arena;
	fixture->reads++;
	*out = (struct source){ number, STR(PATH), fixture->text };
	return number == 0;
}

static int set_up(void **state)
{
	static struct fixture fixture;

	arena_init(&fixture.arena);
	diag_list_init(&fixture.diags, &fixture.arena);
	fixture.text = STR("一行\n第二行 字\n字\n\n");
	fixture.reads = 0;
	fixture.reader = (struct source_reader){ &fixture, read_source, NULL };
	*state = &fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;

	arena_release(&fixture->arena);
	return 0;
}

static struct span span_at(struct fixture *fixture, const char *part)
{
	const char *found = strstr(fixture->text.data, part);
	size_t start = (size_t)(found - fixture->text.data);

	return (struct span){ 0, (uint32_t)start,
			      (uint32_t)(start + strlen(part)) };
}

static struct report report_of(struct fixture *fixture, bool with_warnings)
{
	struct report report;

	diag_resolve(&fixture->diags, &fixture->reader);
	diag_sort(&fixture->diags);
	fixture->reads = 0;
	report_make(&report, &fixture->diags, &fixture->reader, with_warnings,
		    &fixture->arena);
	return report;
}

static str written(struct fixture *fixture, const char *format)
{
	struct report report = report_of(fixture, true);
	struct buf out;

	buf_init(&out, &fixture->arena);
	report_format_find(format)->write(&out, &report);
	return arena_copy(&fixture->arena, buf_str(&out));
}

static void assert_has(str text, const char *part)
{
	if (strstr(text.data, part) == NULL)
		fail_msg("no “%s” in\n%s", part, text.data);
}

static void add_hostile(struct fixture *fixture)
{
	diag_error(&fixture->diags, span_at(fixture, "第二行"), "link-dead",
		   "%s", HOSTILE);
}

static void test_places(void **state)
{
	struct fixture *fixture = *state;
	struct report report;

	diag_warning(&fixture->diags, span_at(fixture, " 字\n字"), "link-dead",
		     "two lines");
	add_hostile(fixture);
	report = report_of(fixture, true);
	assert_int_equal(report.count, 2);
	assert_int_equal(fixture->reads, 1);
	assert_int_equal(report.messages[0].start.line, 2);
	assert_int_equal(report.messages[0].end.column, 4);
	assert_int_equal(report.messages[1].start.column, 4);
	assert_int_equal(report.messages[1].end.line, 3);
	assert_int_equal(report.messages[1].end.column, 2);
}

static void test_warnings_left_out(void **state)
{
	struct fixture *fixture = *state;
	struct report report;

	diag_warning(&fixture->diags, span_at(fixture, "字"), "link-dead", "w");
	report = report_of(fixture, false);
	assert_int_equal(report.count, 0);
	assert_int_equal(report.warnings, 1);
}

static void test_json(void **state)
{
	struct fixture *fixture = *state;

	add_hostile(fixture);
	assert_has(written(fixture, "json"),
		   "\"\\\"\\u003c\\u0026\\u003e'\\n::error::\\u000d%{0}\\t"
		   "\\u0001\\u001b中文 ]]\\u003e\"");
}

static void test_sarif(void **state)
{
	struct fixture *fixture = *state;
	str text;

	add_hostile(fixture);
	text = written(fixture, "sarif");
	assert_has(text, "%{{0}}");
	assert_has(text, "\"uri\":\"./a:b/%E5%B8%82%20%221%22.md\"");
}

static void test_github(void **state)
{
	struct fixture *fixture = *state;
	str text;

	add_hostile(fixture);
	text = written(fixture, "github");
	assert_has(text, "::error file=a%3Ab/市 \"1\".md,line=2,col=1,"
			 "title=link-dead::\"<&>'%0A::error::%0D%25{0}???"
			 "中文 ]]>");
	assert_ptr_equal(strchr(text.data, '\n'), text.data + text.len - 1);
}

static void test_junit(void **state)
{
	struct fixture *fixture = *state;
	str text;

	add_hostile(fixture);
	text = written(fixture, "junit");
	assert_has(text, "name=\"a:b/市 &quot;1&quot;.md\"");
	assert_null(strchr(text.data, '\x01'));
	assert_null(strchr(text.data, '\x1b'));
	assert_null(strstr(text.data, "]]>"));
}

static void test_of_no_file(void **state)
{
	struct fixture *fixture = *state;

	diag_failure(&fixture->diags, "snapshot-revision", "no such");
	assert_has(written(fixture, "json"), "\"severity\":\"failure\"");
	assert_has(written(fixture, "sarif"), "\"executionSuccessful\":false");
	assert_has(written(fixture, "sarif"), "\"locations\":[]");
	assert_has(written(fixture, "junit"), "<error type=");
	assert_has(written(fixture, "github"), "::error title=");
	assert_has(written(fixture, "gitlab"),
		   "\"location\":{\"path\":\".\",\"lines\":{\"begin\":1}}");
}

/* A limit keeps one text; the report has what the kind is about for others. */
static void test_lost_texts(void **state)
{
	struct fixture *fixture = *state;
	struct report report;

	fixture->diags.limit = 1;
	add_hostile(fixture);
	diag_error(&fixture->diags, span_at(fixture, " 字"), "link-dead", "2");
	diag_error(&fixture->diags, span_at(fixture, "字\n字"), "link-dead",
		   "3");
	report = report_of(fixture, true);
	assert_int_equal(report.count, 3);
	assert_int_equal(report.errors, 3);
	assert_string_equal(report.messages[0].path.data, PATH);
	assert_int_equal(report.messages[2].start.column, 5);
	assert_true(report.messages[2].diag->message.len > 1);
}

/* The same words at two places are two findings, wherever they stand. */
static void test_fingerprints(void **state)
{
	struct fixture *fixture = *state;
	struct digest before[2];
	struct report report;

	for (size_t round = 0; round < 2; round++) {
		struct span first = span_at(fixture, "字");
		struct span second = span_at(fixture, "字\n\n");

		second.end = second.start + (first.end - first.start);
		diag_list_init(&fixture->diags, &fixture->arena);
		diag_error(&fixture->diags, first, "link-dead", "line %zu",
			   round);
		diag_error(&fixture->diags, second, "link-dead", "line %zu",
			   round + 1);
		report = report_of(fixture, true);
		for (size_t i = 0; i < 2 && round == 0; i++)
			before[i] = report.messages[i].fingerprint;
		for (size_t i = 0; i < 2; i++)
			assert_true(digest_equal(report.messages[i].fingerprint,
						 before[i]));
		fixture->text = STR("前言\n一行\n第二行 字\n字\n\n");
	}
	assert_false(digest_equal(before[0], before[1]));
}

/* What was taken so far, and the most of it that was taken at once. */
struct taken {
	struct buf text;
	size_t most;
};

static void take(struct buf *out, void *context)
{
	struct taken *taken = context;

	taken->most = out->len > taken->most ? out->len : taken->most;
	buf_add(&taken->text, buf_str(out));
	out->len = 0;
}

/* However many messages there are, only a part of the report is in memory. */
static void test_large(void **state)
{
	enum { MESSAGES = 4000, PART = 2 * 64 * 1024 };
	struct fixture *fixture = *state;
	struct report report;
	struct buf lines;

	buf_init(&lines, &fixture->arena);
	for (uint32_t i = 0; i < MESSAGES; i++) {
		buf_add_c(&lines, "ab\n");
		diag_error(&fixture->diags,
			   (struct span){ 0, i * 3, i * 3 + 2 }, "link-dead",
			   "%u", i);
	}
	fixture->text = buf_str(&lines);
	report = report_of(fixture, true);
	for (size_t i = 0; i < report_format_count; i++) {
		struct taken taken = { .most = 0 };
		struct buf out;

		buf_init(&out, &fixture->arena);
		buf_init(&taken.text, &fixture->arena);
		report.take = take;
		report.context = &taken;
		report_formats[i].write(&out, &report);
		assert_true(taken.most > 0 && taken.most < PART);
		take(&out, &taken);
		report.take = NULL;
		report_formats[i].write(&out, &report);
		assert_true(str_equal(buf_str(&out), buf_str(&taken.text)));
	}
}

static void test_names(void **state)
{
	(void)state;
	assert_null(report_format_find("xml"));
	assert_null(report_format_find("JSON"));
	assert_string_equal(report_format_find("gitlab")->name, "gitlab");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_places, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_warnings_left_out, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_json, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_sarif, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_github, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_junit, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_of_no_file, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_lost_texts, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_fingerprints, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_large, set_up, tear_down),
		cmocka_unit_test(test_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
