/*
 * A build says what a full build says and makes what the edit touches, with
 * warnings everywhere: in bodies, in front matter, beside the texts. Counted
 * are pages, so that the number of texts in the library shows when it counts.
 */
#include "pipeline/build.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <unistd.h>

#include <cmocka.h>

#include "cache/kept_bytes.h"
#include "record/version.h"
#include "support/libraries.h"
#include "support/repository.h"
#include "support/temporary.h"

#define IDENTITY                                                               \
	"sponsor: 办公室\nphone: \"0000-0000000\"\nicp: 示1号\n"          \
	"police_record: 示2号\ndescription: 网站\n"
#define COLUMN(id, unit)                                                        \
	"  - {id: " id ", name: " id ", class: news, description: 栏目,\n"    \
	"     keywords: [栏目], owner_unit: 办公室, editors: {a: 甲岗, " \
	"b: 乙岗},\n     select: {unit: " unit ", type: news}}\n"

static const char platform[] = "name: 示范市\nportal: www\n";
static const char www[] =
	"kind: portal\nname: 示范市人民政府\ndomain: www.example.cn\n"
	"identity_code: \"6199000001\"\nunits: [szf]\n" IDENTITY
	"columns:\n" COLUMN("yw", "szf") COLUMN("bm", "jyj");
static const char jyj[] =
	"kind: department\nname: 市教育局\ndomain: jyj.example.cn\n"
	"identity_code: \"6199000002\"\nunits: [jyj]\n" IDENTITY
	"columns:\n" COLUMN("xw", "jyj");

enum { START = 1700000000, TEXTS_A_MONTH = 28 };

struct bench {
	struct repository repository;
	const char *out;
	const char *clean;
	int64_t time;
	/* of the last build of what changed */
	bool is_recalled;
	bool keeps_more; /* bodies or extracts, than before */
	size_t made;	 /* pages */
	size_t warnings;
	size_t errors;
};

/* --- the library --- */

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
		     const char *body)
{
	str text = arena_printf(&bench->repository.arena,
				"---\ntitle: %s第%d条\ntype: news\n"
				"date: 2024-01-%02d\nsource: 办公室 # 室\n"
				"---\n%s\n",
				unit, number, number % TEXTS_A_MONTH + 1, body);

	put(bench, path_of(bench, unit, number), text.data);
}

/* No column selects it; it has a warning in its front matter too. */
static void put_orphan(struct bench *bench, int number, const char *body)
{
	str text = arena_printf(&bench->repository.arena,
				"---\ntitle: 第%d号\ntype: notice\n"
				"notice_kind: 公告\ndate: 2024-01-01\n"
				"source: 办公室 # 室\n---\n%s\n",
				number, body);

	put(bench, path_of(bench, "jyj", 500 + number), text.data);
}

/* Each text has a warning in its front matter, and one in its body. */
static void put_library(struct bench *bench, int texts)
{
	put(bench, "sites/platform.yaml", platform);
	put(bench, "sites/www/site.yaml", www);
	put(bench, "sites/jyj/site.yaml", jyj);
	put(bench, "content/szf/公告.md.txt", "落下的文件\n");
	for (int i = 0; i < texts; i++) {
		put_text(bench, "szf", i, "##一、总则\n\n正文。");
		put_text(bench, "jyj", i, "##一、总则\n\n正文。");
	}
}

static void set_up(struct bench *bench, int texts)
{
	*bench = (struct bench){ .time = START };
	repository_init(&bench->repository, REPOSITORY_BARE);
	bench->out = temporary_path(&bench->repository.arena,
				    bench->repository.folder, "out");
	bench->clean = temporary_path(&bench->repository.arena,
				      bench->repository.folder, "clean");
	put_library(bench, texts);
}

static void tear_down(struct bench *bench)
{
	repository_release(&bench->repository);
}

/* --- building --- */

/* All messages as they are printed. */
static str print(struct build *work, struct arena *arena)
{
	struct source_reader reader = library_source_reader(&work->library);
	struct buf text;

	buf_init(&text, arena);
	diag_resolve(&work->diags, &reader);
	diag_sort(&work->diags);
	diag_print(&text, &work->diags, &reader);
	return buf_str(&text);
}

static str run(struct bench *bench, const char *out, size_t limit)
{
	const struct build_options options = {
		.library = { .folder = bench->repository.directory,
			     .as_of_text = "2024-06-01",
			     .threads = 2 },
		.out = out,
		.message_limit = limit,
	};
	struct build work;
	str text;

	assert_true(build_open(&work, &options) && build_run(&work));
	text = print(&work, &bench->repository.arena);
	bench->is_recalled = work.recall != NULL;
	bench->keeps_more =
		work.kept != NULL && kept_bytes_has_changed(work.kept);
	bench->made = work.result.pages - work.result.fresh;
	bench->warnings = work.diags.warning_count;
	bench->errors = work.diags.error_count;
	build_close(&work);
	return text;
}

static void commit(struct bench *bench)
{
	bench->time += 60;
	repository_commit(&bench->repository, bench->time);
}

/* Commits; what is said of what changed is what a clean build says. */
static void build_limited(struct bench *bench, size_t limit)
{
	str wanted, found;

	commit(bench);
	wanted = run(bench, bench->clean, limit);
	temporary_remove(bench->clean);
	found = run(bench, bench->out, limit);
	if (!str_equal(found, wanted))
		fail_msg("said: %.*s\nclean: %.*s", STR_ARG(found),
			 STR_ARG(wanted));
}

static void build(struct bench *bench)
{
	build_limited(bench, 0);
}

/* --- tests --- */

enum { FEW = 5, MANY = 40 };

static void a_corrected_text_costs_what_it_touches(void **state)
{
	size_t made[2];

	(void)state;
	for (int i = 0; i < 2; i++) {
		struct bench bench;
		int texts = i == 0 ? FEW : MANY;

		set_up(&bench, texts);
		build(&bench);
		assert_int_equal(bench.errors, 0);
		assert_int_equal(bench.warnings, 4 * texts + 1);
		put_text(&bench, "jyj", 3, "##一、总则\n\n改了。");
		build(&bench);
		assert_true(bench.is_recalled);
		assert_int_equal(bench.warnings, 4 * texts + 1);
		made[i] = bench.made;
		tear_down(&bench);
	}
	/*
	 * In a small one the text is among the newest of its column, too; in a
	 * large one its block is in shards of both searches, of which its two
	 * other terms touch one each at most.
	 */
	assert_true(made[1] <= made[0] + 2 * 2);
}

static void put_title(struct bench *bench, const char *unit, int number,
		      const char *title)
{
	str text = arena_printf(&bench->repository.arena,
				"---\ntitle: %s\ntype: news\n"
				"date: 2024-01-%02d\nsource: 办公室 # 室\n"
				"---\n正文。\n",
				title, number % TEXTS_A_MONTH + 1);

	put(bench, path_of(bench, unit, number), text.data);
}

/* What lists say of a text is found in them; the rest is not looked at. */
static void another_title_costs_what_shows_it(void **state)
{
	size_t made[2];

	(void)state;
	for (int i = 0; i < 2; i++) {
		struct bench bench;

		set_up(&bench, i == 0 ? FEW : MANY);
		build(&bench);
		put_title(&bench, "jyj", 3, "更正后的题目");
		build(&bench);
		assert_true(bench.is_recalled);
		made[i] = bench.made;
		/* once more: the record has what was made of it */
		put_title(&bench, "jyj", 3, "再次更正");
		put_title(&bench, "szf", 4, "也更正了");
		build(&bench);
		assert_true(bench.is_recalled);
		/* and all of it is planned anew on top of that */
		put(&bench, "content/jyj/new/a.md",
		    "---\ntitle: 新\ntype: news\ndate: 2024-03-01\n"
		    "source: 办\n---\n正文。\n");
		build(&bench);
		assert_false(bench.is_recalled);
		tear_down(&bench);
	}
	assert_true(made[1] <= made[0]);
}

/* Each of these leads to more than lists can tell. */
static void what_is_more_than_words_is_planned_anew(void **state)
{
	static const char *const lines[] = {
		"status: withdrawn",	  "aliases: [/old.html]",
		"image: /index.html",	  "image: /index.html\nsubtitle: 副题",
		"publish_at: 2024-07-01",
	};
	struct bench bench;

	(void)state;
	set_up(&bench, FEW);
	build(&bench);
	for (size_t i = 0; i < COUNT_OF(lines); i++) {
		str text = arena_printf(&bench.repository.arena,
					"---\ntitle: 第三条\ntype: news\n"
					"date: 2024-01-04\nsource: 办公室\n"
					"%s\n---\n正文。\n",
					lines[i]);

		put(&bench, path_of(&bench, "jyj", 3), text.data);
		build(&bench);
		assert_false(bench.is_recalled);
	}
	tear_down(&bench);
}

/* Neither in the same words, nor at the same place. */
static void what_is_mended_is_not_said_again(void **state)
{
	struct bench bench;

	(void)state;
	set_up(&bench, FEW);
	build(&bench);
	put_text(&bench, "jyj", 3, "## 一、总则\n\n正文。");
	build(&bench);
	assert_true(bench.is_recalled);
	assert_int_equal(bench.warnings, 4 * FEW);
	put_text(&bench, "jyj", 3, "前言。\n\n##一、总则\n\n正文。");
	put_text(&bench, "szf", 1, "前言。\n\n##一、总则\n\n##二、分则\n");
	build(&bench);
	assert_true(bench.is_recalled);
	assert_int_equal(bench.warnings, 4 * FEW + 2);
	build(&bench);
	assert_int_equal(bench.made, 0);
	assert_int_equal(bench.warnings, 4 * FEW + 2);
	tear_down(&bench);
}

/* A new text moves the numbers of all files behind it. */
static void a_new_text_leaves_others_alone(void **state)
{
	size_t made[2];

	(void)state;
	for (int i = 0; i < 2; i++) {
		struct bench bench;

		set_up(&bench, i == 0 ? FEW : MANY);
		put_text(&bench, "jyj", 90, "正文。");
		build(&bench);
		put(&bench, "content/jyj/a.md",
		    "---\ntitle: 新\ntype: news\ndate: 2024-03-01\n"
		    "source: 办\n---\n##二、新的\n");
		build(&bench);
		assert_true(bench.is_recalled);
		made[i] = bench.made;
		tear_down(&bench);
	}
	assert_true(made[1] <= made[0] + 2); /* a list page, a feed */
}

static void put_dated(struct bench *bench, int number, const char *more)
{
	str text = arena_printf(&bench->repository.arena,
				"---\ntitle: 新%d\ntype: news\n"
				"date: 2024-03-01\nsource: 办\n%s---\n正文。\n",
				number, more);

	put(bench, path_of(bench, "jyj", 200 + number), text.data);
}

/* What a new text makes, in a library with so many that are like it. */
static size_t made_of_new(const char *portal, const char *more, int texts)
{
	struct bench bench;
	size_t made;

	set_up(&bench, FEW);
	put(&bench, "sites/www/site.yaml", portal);
	for (int i = 0; i < texts; i++)
		put_dated(&bench, i, more);
	build(&bench);
	put_dated(&bench, texts, more);
	build(&bench);
	made = bench.made;
	assert_true(made > 0);
	tear_down(&bench);
	return made;
}

/* Each text has a page of its own on both sites: the others' stay. */
static void a_new_text_makes_its_copy_alone(void **state)
{
	static const char copying[] =
		"kind: portal\nname: 示范市人民政府\ndomain: www.example.cn\n"
		"identity_code: \"6199000001\"\nunits: [szf]\n" IDENTITY
		"columns:\n" COLUMN(
			"yw",
			"szf") "  - {id: bm, name: bm, class: news, "
			       "description: 栏目,\n"
			       "     keywords: [栏目], owner_unit: 办公室,\n"
			       "     editors: {a: 甲岗, b: 乙岗}, show: copy,\n"
			       "     select: {unit: jyj, type: news}}\n";

	(void)state;
	assert_true(made_of_new(copying, "", MANY) <=
		    made_of_new(copying, "", FEW) + 3);
}

static void a_new_archived_text_makes_what_lists_it(void **state)
{
	static const char more[] = "archived_on: 2024-04-01\n";

	(void)state;
	assert_true(made_of_new(www, more, MANY) <=
		    made_of_new(www, more, FEW) + 3);
}

static void a_mistake_is_said_until_it_is_mended(void **state)
{
	struct bench bench;

	(void)state;
	set_up(&bench, FEW);
	build(&bench);
	put_text(&bench, "jyj", 3, "[没有](no.md)");
	build(&bench);
	assert_int_equal(bench.errors, 1);
	put_text(&bench, "szf", 3, "别的。");
	build(&bench);
	assert_int_equal(bench.errors, 1);
	/* its page and files of two searches; there are 4 * FEW texts */
	assert_true(bench.made < 2 * FEW);
	put_text(&bench, "jyj", 3, "有了。");
	build(&bench);
	assert_int_equal(bench.errors, 0);
	put_text(&bench, "jyj", 3, "有了，改了。");
	build(&bench);
	assert_true(bench.is_recalled);
	tear_down(&bench);
}

/* Why a link leads nowhere is no part of the page, and yet said. */
static void the_reason_of_a_dead_link_is_that_of_today(void **state)
{
	static const char *const states[] = { "draft", "withdrawn", "draft" };
	struct bench bench;

	(void)state;
	set_up(&bench, FEW);
	put_text(&bench, "szf", 1, "[教育](../jyj/x.md)");
	for (size_t i = 0; i < COUNT_OF(states); i++) {
		put(&bench, "content/jyj/x.md",
		    arena_printf(&bench.repository.arena,
				 "---\ntitle: 教\ntype: news\n"
				 "date: 2024-01-02\nsource: 办\nstatus: %s\n"
				 "---\n正文。\n",
				 states[i])
			    .data);
		build(&bench);
	}
	tear_down(&bench);
}

/* What the platform makes of a kind holds at once. */
static void another_word_of_the_platform_holds_at_once(void **state)
{
	struct bench bench;

	(void)state;
	set_up(&bench, FEW);
	build(&bench);
	put(&bench, "sites/platform.yaml",
	    "name: 示范市\nportal: www\nseverity: {markdown-heading-form: "
	    "error}\n");
	build(&bench);
	assert_int_equal(bench.errors, 2 * FEW);
	put(&bench, "sites/platform.yaml", platform);
	build(&bench);
	assert_int_equal(bench.errors, 0);
	tear_down(&bench);
}

static void put_notice(struct bench *bench, const char *words)
{
	put(bench, "sites/platform.yaml",
	    arena_printf(&bench->repository.arena,
			 "name: 示范市\nportal: www\nnotice: %s\n", words)
		    .data);
}

/* What is rendered is kept, so whoever keeps nothing more rendered nothing. */
static void another_notice_renders_no_body(void **state)
{
	struct bench bench;

	(void)state;
	set_up(&bench, FEW);
	put_text(&bench, "szf", 0,
		 "见[教育局](/content/jyj/t01.md)、[首页](/)和"
		 "[外站](https://www.example.org/)。\n\n## 一、总则\n\n正文。");
	for (int i = 1; i < FEW; i++)
		put_text(&bench, "szf", i, "正文。");
	for (int i = 0; i < FEW; i++)
		put_text(&bench, "jyj", i, "正文。");
	build(&bench);
	assert_true(bench.keeps_more);
	put_notice(&bench, "试运行。");
	build(&bench);
	assert_false(bench.is_recalled);
	assert_true(bench.made > 2 * FEW);
	assert_false(bench.keeps_more);
	put_notice(&bench, "正式运行。");
	put_text(&bench, "jyj", 1, "改了。");
	build(&bench);
	assert_true(bench.keeps_more);
	tear_down(&bench);
}

/* Of a kind with many messages the first ones are shown, whoever says them. */
static void the_texts_shown_are_those_of_a_clean_build(void **state)
{
	struct bench bench;

	(void)state;
	set_up(&bench, MANY);
	build_limited(&bench, 20);
	put_text(&bench, "jyj", 0, "## 一、总则\n\n正文。");
	build_limited(&bench, 20);
	assert_true(bench.is_recalled);
	put_text(&bench, "jyj", 0, "##一、总则\n\n正文。");
	build_limited(&bench, 20);
	build_limited(&bench, 3);
	tear_down(&bench);
}

/* --- what the record says of the files --- */

static void compare_site(struct bench *bench, const struct store *store,
			 const char *domain)
{
	struct arena *arena = &bench->repository.arena;
	struct sha256_maker *maker = sha256_open();
	struct recorded_site known;

	assert_true(
		build_record_read(&known, store, str_from_c(domain), arena));
	assert_true(known.count > FEW);
	for (size_t i = 0; i < known.count; i++) {
		const struct recorded_page *page = &known.pages[i];
		str path = arena_printf(arena, "%s/%s/%.*s", bench->out, domain,
					STR_ARG(page->path));
		str bytes = temporary_read(arena, path.data);
		struct sha256 sum = sha256_of(maker, bytes);

		assert_int_equal(page->size, bytes.len);
		assert_memory_equal(&page->sha256, &sum, sizeof(sum));
	}
	sha256_close(maker);
}

static void compare_sums(struct bench *bench)
{
	struct arena *arena = &bench->repository.arena;
	struct diag_list diags;
	struct store *store;
	int state = temporary_open(temporary_path(arena, bench->out, ".jiyue"));

	diag_list_init(&diags, arena);
	store = store_open(state, "record", record_version(), arena, &diags);
	assert_non_null(store);
	compare_site(bench, store, "www.example.cn");
	compare_site(bench, store, "jyj.example.cn");
	store_close(store);
	close(state);
}

/* More than have room for their texts; they are counted, and told again. */
static void many_warnings_of_a_kind_are_kept(void **state)
{
	enum { ORPHANS = 230 };
	struct bench bench;

	(void)state;
	set_up(&bench, FEW);
	for (int i = 0; i < ORPHANS; i++)
		put_orphan(&bench, i, "正文。");
	build_limited(&bench, 20);
	assert_int_equal(bench.errors, 0);
	assert_int_equal(bench.warnings, 4 * FEW + 1 + 2 * ORPHANS);
	put_text(&bench, "jyj", 3, "##一、总则\n\n改了。");
	build_limited(&bench, 20);
	assert_true(bench.is_recalled);
	assert_int_equal(bench.warnings, 4 * FEW + 1 + 2 * ORPHANS);
	/* whoever wants to read all of them is told all of them */
	put_text(&bench, "jyj", 3, "##一、总则\n\n又改了。");
	build_limited(&bench, 0);
	assert_false(bench.is_recalled);
	/* one of them is among those without text */
	put_orphan(&bench, 220, "改了。");
	build_limited(&bench, 20);
	tear_down(&bench);
}

/* Of all pages, made now or kept, planned or recalled. */
static void the_record_has_the_sum_of_every_file(void **state)
{
	struct bench bench;

	(void)state;
	set_up(&bench, FEW);
	build(&bench);
	compare_sums(&bench);
	put_text(&bench, "jyj", 3, "改了。");
	build(&bench);
	assert_true(bench.is_recalled);
	compare_sums(&bench);
	put_text(&bench, "jyj", 99, "新的。");
	build(&bench);
	compare_sums(&bench);
	tear_down(&bench);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_corrected_text_costs_what_it_touches),
		cmocka_unit_test(another_title_costs_what_shows_it),
		cmocka_unit_test(what_is_more_than_words_is_planned_anew),
		cmocka_unit_test(what_is_mended_is_not_said_again),
		cmocka_unit_test(a_new_text_leaves_others_alone),
		cmocka_unit_test(a_new_text_makes_its_copy_alone),
		cmocka_unit_test(a_new_archived_text_makes_what_lists_it),
		cmocka_unit_test(a_mistake_is_said_until_it_is_mended),
		cmocka_unit_test(the_reason_of_a_dead_link_is_that_of_today),
		cmocka_unit_test(another_word_of_the_platform_holds_at_once),
		cmocka_unit_test(another_notice_renders_no_body),
		cmocka_unit_test(the_texts_shown_are_those_of_a_clean_build),
		cmocka_unit_test(many_warnings_of_a_kind_are_kept),
		cmocka_unit_test(the_record_has_the_sum_of_every_file),
	};

	return cmocka_run_group_tests(tests, set_up_libraries, NULL);
}
