/*
 * A check beside an output folder says what a check of everything says, and
 * judges and reads what the edit touches. Counted are subjects, bodies and
 * pages, so that the number of texts in the library shows when it counts.
 */
#include "pipeline/build.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/libraries.h"
#include "support/repository.h"
#include "support/temporary.h"

#define SITE(kind, name, domain, code)                                         \
	"kind: " kind "\nname: " name "\ndomain: " domain                      \
	"\nidentity_code: \"" code "\"\nsponsor: 办公室\n"                  \
	"phone: \"0000-0000000\"\nicp: 示1号\npolice_record: 示2号\n"      \
	"description: 网站\n"
#define COLUMN(id, name, select)                                               \
	"  - {id: " id ", name: " name ", class: news, description: 栏目,\n" \
	"     keywords: [栏目], owner_unit: 办公室,\n"                    \
	"     editors: {a: 甲岗, b: 乙岗}, select: {" select "}}\n"

static const char *const platforms[] = {
	"name: 示范市\nportal: www\n",
	"name: 示范市\nportal: www\nseverity: {title-twice: error}\n",
	"name: 示范市\nportal: www\nseverity: {placeholder-text: error, "
	"result-missing: error}\n",
};
static const char www[] =
	SITE("portal", "示范市人民政府", "www.example.cn",
	     "6199000001") "units: [szf]\ncolumns:\n" COLUMN("yw", "要闻",
							     "unit: szf")
		COLUMN("bm", "部门", "unit: jyj");
static const char *const departments[] = {
	SITE("department", "市教育局", "jyj.example.cn",
	     "6199000002") "columns:\n" COLUMN("xw", "新闻",
					       "unit: jyj, type: news")
		COLUMN("zj", "征集", "unit: jyj, type: consultation"),
	SITE("department", "市教育局", "jyj.example.cn",
	     "6199000002") "columns:\n" COLUMN("xw", "教育新闻",
					       "unit: jyj, type: news")
		COLUMN("zj", "征集", "unit: jyj, type: consultation"),
	SITE("department", "市教育局", "jyj.example.cn",
	     "6199000002") "columns:\n" COLUMN("all", "全部", "unit: jyj"),
};

enum { START = 1700000000, FEW = 5, MANY = 40 };

struct bench {
	struct repository repository;
	const char *out;
	int64_t time;
	const char *as_of;
	struct build_result found; /* of the last check */
	size_t whole;		   /* judgements of a check of everything */
	size_t warnings;
	size_t errors;
};

/* --- the library ---------------------------------------------------------- */

static void put(struct bench *bench, const char *path, const char *text)
{
	repository_put(&bench->repository, path, str_from_c(text));
}

static const char *path_of(struct bench *bench, const char *unit, int number)
{
	return arena_printf(&bench->repository.arena, "content/%s/t%02d.md",
			    unit, number)
		.data;
}

static void put_text(struct bench *bench, const char *unit, int number,
		     int title, const char *body)
{
	put(bench, path_of(bench, unit, number),
	    arena_printf(&bench->repository.arena,
			 "---\ntitle: 第%d条\ntype: news\n"
			 "date: 2024-01-%02d\nsource: 办公室\n---\n%s\n",
			 title, number % 28 + 1, body)
		    .data);
}

static void put_consultation(struct bench *bench, int number, int month,
			     const char *more)
{
	put(bench, path_of(bench, "jyj", 100 + number),
	    arena_printf(
		    &bench->repository.arena,
		    "---\ntitle: 征集%d\ntype: consultation\n"
		    "kind: solicitation\nunit: 市教育局\n"
		    "date: 2024-01-02\nsource: 办公室\n"
		    "opens_on: 2024-01-02\ncloses_on: 2024-%02d-10\n"
		    "draft: 办法。\nchannels: [{name: 信函, note: 邮寄。}]\n"
		    "%s---\n征求意见。\n",
		    number, month, more)
		    .data);
}

static void set_up(struct bench *bench, int texts)
{
	*bench = (struct bench){ .time = START, .as_of = "2024-06-01" };
	repository_init(&bench->repository, REPOSITORY_BARE);
	bench->out = temporary_path(&bench->repository.arena,
				    bench->repository.folder, "out");
	put(bench, "sites/platform.yaml", platforms[0]);
	put(bench, "sites/www/site.yaml", www);
	put(bench, "sites/jyj/site.yaml", departments[0]);
	for (int i = 0; i < texts; i++) {
		put_text(bench, "szf", i, i, "## 一、总则\n\n正文。");
		put_text(bench, "jyj", i, i, "## 一、总则\n\n正文。");
	}
}

static void tear_down(struct bench *bench)
{
	repository_release(&bench->repository);
}

static void commit(struct bench *bench)
{
	bench->time += 60;
	repository_commit(&bench->repository, bench->time);
}

/* --- building and checking ------------------------------------------------ */

static struct build_options options_of(const struct bench *bench,
				       const char *out, bool check)
{
	return (struct build_options){
		.library = { .folder = bench->repository.directory,
			     .as_of_text = bench->as_of,
			     .threads = 2 },
		.out = out,
		.check = check,
	};
}

static void build(struct bench *bench)
{
	const struct build_options options =
		options_of(bench, bench->out, false);
	struct build work;

	assert_true(build_open(&work, &options) && build_run(&work));
	build_close(&work);
}

static str run_check(struct bench *bench, const char *out)
{
	const struct build_options options = options_of(bench, out, true);
	struct arena *arena = &bench->repository.arena;
	struct source_reader reader;
	struct build work;
	struct buf text;

	assert_true(build_open(&work, &options) && build_run(&work));
	reader = library_source_reader(&work.library);
	buf_init(&text, arena);
	diag_resolve(&work.diags, &reader);
	diag_sort(&work.diags);
	diag_print(&text, &work.diags, &reader);
	buf_printf(&text, "pages: %zu, sites: %zu\n", work.result.pages,
		   work.result.sites);
	bench->found = work.result;
	bench->warnings = work.diags.warning_count;
	bench->errors = work.diags.error_count;
	build_close(&work);
	return buf_str(&text);
}

/* Says what a check of everything says. */
static void check(struct bench *bench)
{
	str wanted = run_check(bench, NULL), found;

	bench->whole = bench->found.judged;
	found = run_check(bench, bench->out);

	if (!str_equal(found, wanted))
		fail_msg("said: %.*s\nof everything: %.*s", STR_ARG(found),
			 STR_ARG(wanted));
}

/* --- what an edit costs --------------------------------------------------- */

static void a_check_reads_what_was_edited(void **state)
{
	(void)state;
	for (int i = 0; i < 2; i++) {
		struct bench bench;
		int texts = i == 0 ? FEW : MANY;

		set_up(&bench, texts);
		commit(&bench);
		build(&bench);
		check(&bench);
		assert_int_equal(bench.found.bodies, 2 * texts);
		assert_true(bench.found.read > (size_t)(2 * texts));
		check(&bench);
		assert_int_equal(bench.found.judged, 0);
		assert_int_equal(bench.found.bodies, 0);
		assert_int_equal(bench.found.read, 0);
		assert_true(bench.found.fresh > (size_t)(2 * texts));

		put_text(&bench, "jyj", 3, 3, "## 一、总则\n\n改了。");
		commit(&bench);
		build(&bench);
		check(&bench);
		assert_int_equal(bench.found.bodies, 1);
		assert_int_equal(bench.found.read, 1);
		tear_down(&bench);
	}
}

/* What was not built is made in memory, and not read. */
static void a_check_comes_before_the_build_too(void **state)
{
	struct bench bench;

	(void)state;
	set_up(&bench, FEW);
	commit(&bench);
	build(&bench);
	check(&bench);
	put_text(&bench, "jyj", 3, 3, "## 一、总则\n\n改了。");
	commit(&bench);
	check(&bench);
	assert_int_equal(bench.found.bodies, 1);
	assert_int_equal(bench.found.read, 0);
	build(&bench);
	check(&bench);
	assert_int_equal(bench.found.bodies, 0);
	assert_int_equal(bench.found.read, 1);
	tear_down(&bench);
}

/* A day that passes has the rules judge that depend on it, and reads none. */
static void a_day_that_passes_reads_no_body(void **state)
{
	struct bench bench;
	size_t resources;

	(void)state;
	set_up(&bench, FEW);
	put_consultation(&bench, 1, 5, "");
	commit(&bench);
	build(&bench);
	check(&bench);
	assert_int_equal(bench.warnings, 0);
	resources = bench.found.bodies;
	bench.as_of = "2024-06-09";
	check(&bench);
	assert_int_equal(bench.warnings, 0);
	assert_int_equal(bench.found.bodies, 0);
	assert_int_equal(bench.found.judged, resources);
	bench.as_of = "2024-06-10";
	check(&bench);
	assert_int_equal(bench.warnings, 1);
	check(&bench);
	assert_int_equal(bench.found.judged, 0);
	assert_int_equal(bench.warnings, 1);
	tear_down(&bench);
}

/* A setting may be a rule's: everything is judged, from what is kept. */
static void a_setting_has_all_judged_and_reads_no_body(void **state)
{
	struct bench bench;
	size_t judged;

	(void)state;
	set_up(&bench, FEW);
	commit(&bench);
	build(&bench);
	check(&bench);
	judged = bench.found.judged;
	put(&bench, "sites/jyj/site.yaml", departments[1]);
	commit(&bench);
	build(&bench);
	check(&bench);
	assert_int_equal(bench.found.judged, judged);
	assert_int_equal(bench.found.bodies, 0);
	tear_down(&bench);
}

/* What a rule found by other figures and words is not said again. */
static void a_rule_goes_by_todays_figures_and_words(void **state)
{
	static const struct {
		const char *path;
		const char *text;
		bool is_found;
	} rules[] = {
		{ "sites/rules/limits.yaml", "title_characters: 2\n", true },
		{ "sites/rules/limits.yaml", "title_characters: 9\n", false },
		{ "sites/rules/words.yaml", "forbidden: {words: [总则]}\n",
		  true },
		{ "sites/rules/words.yaml", "forbidden: {words: [细则]}\n",
		  false },
	};
	struct bench bench;
	size_t judged;

	(void)state;
	set_up(&bench, FEW);
	commit(&bench);
	build(&bench);
	check(&bench);
	judged = bench.found.judged;
	for (size_t i = 0; i < COUNT_OF(rules); i++) {
		size_t found;

		put(&bench, rules[i].path, rules[i].text);
		commit(&bench);
		build(&bench);
		check(&bench);
		found = bench.warnings + bench.errors;
		assert_int_equal(found > 0, rules[i].is_found);
		assert_int_equal(bench.found.judged, judged);
		check(&bench);
		assert_int_equal(bench.warnings + bench.errors, found);
		assert_int_equal(bench.found.judged, 0);
	}
	tear_down(&bench);
}

/* --- any history ---------------------------------------------------------- */

static uint32_t draw(uint32_t *seed, uint32_t below)
{
	*seed = *seed * 1664525U + 1013904223U;
	return (*seed >> 16) % below;
}

static void change(struct bench *bench, uint32_t *seed)
{
	static const char *const bodies[] = {
		"正文。",
		"此处填写正文。",
		"## 一、总则\n\n[去](#二)",
		"[教育](../jyj/t01.md#一总则)",
		"## 一、总则\n\n（待补充）",
		"[没有](no.md)",
		"<p id=\"x\">段</p>\n\n[回](#x)",
	};
	static const char *const days[] = { "2024-03-01", "2024-06-01",
					    "2024-06-09", "2024-06-10",
					    "2024-09-01" };
	static const char *const results[] = { "", "feedback_id: jyj/t01\n",
					       "status: draft\n",
					       "kind: mistake\n" };
	const char *unit = draw(seed, 2) == 0 ? "szf" : "jyj";
	int number = (int)draw(seed, FEW + 2);

	switch (draw(seed, 9)) {
	case 0:
		repository_delete(&bench->repository,
				  path_of(bench, unit, number));
		break;
	case 1:
		bench->as_of = days[draw(seed, COUNT_OF(days))];
		break;
	case 2:
		put(bench, "sites/platform.yaml",
		    platforms[draw(seed, COUNT_OF(platforms))]);
		break;
	case 3:
		put(bench, "sites/jyj/site.yaml",
		    departments[draw(seed, COUNT_OF(departments))]);
		break;
	case 4:
	case 5:
		put_consultation(bench, (int)draw(seed, 3),
				 (int)draw(seed, 6) + 2,
				 results[draw(seed, COUNT_OF(results))]);
		break;
	default: /* some of them with the same title */
		put_text(bench, unit, number, (int)draw(seed, 3),
			 bodies[draw(seed, COUNT_OF(bodies))]);
	}
}

static void any_history_is_checked_as_a_whole(void **state)
{
	uint32_t seed = 11;
	size_t warnings = 0, errors = 0, repeated = 0;
	struct bench bench;

	(void)state;
	set_up(&bench, FEW);
	for (int i = 0; i < 40; i++) {
		size_t edits = 1 + draw(&seed, 3);

		for (size_t k = 0; k < edits; k++)
			change(&bench, &seed);
		commit(&bench);
		if (draw(&seed, 3) > 0)
			build(&bench);
		check(&bench);
		warnings += bench.warnings;
		errors += bench.errors;
		repeated += bench.found.judged < bench.whole / 2;
	}
	/* it was about something */
	assert_true(warnings > 60 && errors > 10 && repeated > 10);
	tear_down(&bench);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_check_reads_what_was_edited),
		cmocka_unit_test(a_check_comes_before_the_build_too),
		cmocka_unit_test(a_day_that_passes_reads_no_body),
		cmocka_unit_test(a_setting_has_all_judged_and_reads_no_body),
		cmocka_unit_test(a_rule_goes_by_todays_figures_and_words),
		cmocka_unit_test(any_history_is_checked_as_a_whole),
	};

	return cmocka_run_group_tests(tests, set_up_libraries, NULL);
}
