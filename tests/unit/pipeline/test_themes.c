/*
 * What each site is shown with: the newest version of its theme that loads,
 * that in the program, and versions that could not make all pages set aside.
 */
#include "pipeline/theme_trials.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "markup/library.h"
#include "pipeline/library.h"
#include "support/no_sync.h"
#include "support/repository.h"

#define SITE(name, domain, code, more)                                             \
	"kind: department\nname: " name "\ndomain: " domain                        \
	"\nidentity_code: \"" code "\"\nsponsor: 办公室\n"                      \
	"phone: \"0000-0000000\"\nicp: 示1号\npolice_record: 示2号\n"          \
	"description: 网站\n" more                                                 \
	"columns:\n  - {id: xw, name: xw, class: news, description: 栏目,\n"     \
	"     keywords: [栏目], owner_unit: 办公室, editors: {a: 甲岗, b: " \
	"乙岗},\n     select: {type: news}}\n"
#define FOOTER "themes/city/templates/footer.html"
#define BROKEN "{{no_such_name}}"

struct bench {
	struct repository repository;
	struct library_options options;
	struct library library;
	struct arena arena;
	struct diag_list diags;
	int64_t time;
};

static str commit(struct bench *bench)
{
	bench->time += 3600;
	return str_from_c(repository_commit(&bench->repository, bench->time));
}

/* With a footer in the theme of both sites; each put is a commit. */
static str put(struct bench *bench, const char *path, const char *text)
{
	repository_put(&bench->repository, path, str_from_c(text));
	return commit(bench);
}

static void open_bench(struct bench *bench)
{
	*bench = (struct bench){ .time = 1700000000 };
	repository_init(&bench->repository, REPOSITORY_BARE);
	repository_put(&bench->repository, "sites/platform.yaml",
		       STR("name: 示范市\nportal: a\ntheme: city\n"));
	repository_put(&bench->repository, "sites/a/site.yaml",
		       STR(SITE("甲局", "a.example.cn", "6199000001", "")));
	repository_put(&bench->repository, "sites/b/site.yaml",
		       STR(SITE("乙局", "b.example.cn", "6199000002", "")));
	repository_put(&bench->repository, "themes/city/theme.yaml",
		       STR("title: 市\n"));
}

static void load(struct bench *bench, struct theme_trials *trials)
{
	struct library *library = &bench->library;

	arena_init(&bench->arena);
	diag_list_init(&bench->diags, &bench->arena);
	bench->options = (struct library_options){
		.folder = bench->repository.directory,
		.threads = 1,
	};
	library_init(library, &bench->options);
	library->trials = trials;
	assert_true(library_list(library, -1, &bench->diags));
	assert_true(library_read_history(library, NULL, &bench->diags));
	assert_true(library_read(library, NULL, &bench->diags));
	library_load_themes(library, &bench->diags);
}

static void unload(struct bench *bench)
{
	library_close(&bench->library);
	arena_release(&bench->arena);
}

static void close_bench(struct bench *bench)
{
	unload(bench);
	repository_release(&bench->repository);
}

static const struct theme *theme_of(const struct bench *bench, size_t site)
{
	assert_true(bench->library.themes[site].is_usable);
	return &bench->library.themes[site];
}

static bool says(const struct bench *bench, const char *id)
{
	const struct diag *items = bench->diags.items.items;

	for (size_t i = 0; i < bench->diags.items.count; i++)
		if (str_equal_c(str_from_c(items[i].id), id))
			return true;
	return false;
}

static void test_today(void **state)
{
	struct bench bench;

	(void)state;
	open_bench(&bench);
	put(&bench, FOOTER, "<p>一</p>");
	load(&bench, NULL);
	assert_null(theme_of(&bench, 0)->earlier);
	/* sites with the same theme share it */
	assert_ptr_equal(theme_of(&bench, 0)->templates,
			 theme_of(&bench, 1)->templates);
	assert_int_equal(bench.diags.error_count, 0);
	close_bench(&bench);
}

static void test_earlier(void **state)
{
	struct bench bench;
	str correct;

	(void)state;
	open_bench(&bench);
	put(&bench, FOOTER, "<p>一</p>");
	correct = put(&bench, FOOTER, "<p>二</p>");
	put(&bench, FOOTER, BROKEN);
	put(&bench, "themes/city/templates/header.html", BROKEN);
	load(&bench, NULL);
	assert_true(str_equal(theme_of(&bench, 0)->earlier->revision, correct));
	assert_ptr_equal(theme_of(&bench, 0)->templates,
			 theme_of(&bench, 1)->templates);
	assert_true(says(&bench, "version-earlier"));
	close_bench(&bench);
}

/* Of a site's own files alone: the other has today's. */
static void test_own_files(void **state)
{
	struct bench bench;

	(void)state;
	open_bench(&bench);
	put(&bench, FOOTER, "<p>一</p>");
	put(&bench, "sites/b/theme/templates/footer.html", BROKEN);
	load(&bench, NULL);
	assert_null(theme_of(&bench, 0)->earlier);
	assert_non_null(theme_of(&bench, 1)->earlier);
	close_bench(&bench);
}

static void test_never(void **state)
{
	struct bench bench;

	(void)state;
	open_bench(&bench);
	put(&bench, FOOTER, BROKEN);
	load(&bench, NULL);
	/* that in the program, which has no files in the library */
	assert_int_equal(theme_of(&bench, 0)->earlier->count, 0);
	assert_true(says(&bench, "theme-none"));
	close_bench(&bench);
}

static struct theme_trial *add_trial(struct theme_trials *trials,
				     const char *site)
{
	struct theme_trial *trial = list_add(&trials->items, &trials->arena);

	*trial = (struct theme_trial){ .site = str_from_c(site), .count = 1 };
	trial->versions[0] = STR("");
	return trial;
}

/* It loads, and could not make all pages of one site. */
static void test_trials(void **state)
{
	struct theme_trials trials;
	struct theme_trial *trial;
	struct bench bench;
	str first, second;

	(void)state;
	open_bench(&bench);
	theme_trials_init(&trials);
	trial = add_trial(&trials, "a");
	first = put(&bench, FOOTER, "<p>一</p>");
	second = put(&bench, FOOTER, "<p>二</p>");
	put(&bench, FOOTER, "<p>三</p>");
	load(&bench, &trials);
	assert_true(str_equal(theme_of(&bench, 0)->earlier->revision, second));
	assert_null(theme_of(&bench, 1)->earlier);
	unload(&bench);
	trial->versions[trial->count++] = second;
	load(&bench, &trials);
	assert_true(str_equal(theme_of(&bench, 0)->earlier->revision, first));
	unload(&bench);
	/* nothing is left: today's counts, without the pages */
	trial->versions[trial->count++] = first;
	load(&bench, &trials);
	assert_true(trial->is_over);
	assert_null(theme_of(&bench, 0)->earlier);
	close_bench(&bench);
	theme_trials_release(&trials);
}

static int start(void **state)
{
	struct diag_list diags;
	struct arena arena;
	bool ok;

	(void)state;
	arena_init(&arena);
	diag_list_init(&diags, &arena);
	no_sync();
	markup_library_init();
	ok = snapshot_library_init(&diags);
	arena_release(&arena);
	return ok ? 0 : -1;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_today),
		cmocka_unit_test(test_earlier),
		cmocka_unit_test(test_own_files),
		cmocka_unit_test(test_never),
		cmocka_unit_test(test_trials),
	};

	return cmocka_run_group_tests(tests, start, NULL);
}
