/* The output folder: staging, committing, sweeping, and no way out. */
#include "output/output.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/temporary.h"

struct fixture {
	struct arena arena;
	struct diag_list diags;
	const char *top; /* the folder around the output folder */
	const char *directory;
	struct output output;
	struct output_hand hand;
};

static int set_up(void **state)
{
	static struct fixture fixture;

	arena_init(&fixture.arena);
	diag_list_init(&fixture.diags, &fixture.arena);
	fixture.top = temporary_make(&fixture.arena);
	fixture.directory =
		temporary_path(&fixture.arena, fixture.top, "deep/out");
	temporary_write(fixture.top, "outside/keep", STR("mine"));
	assert_true(output_open(&fixture.output, fixture.directory,
				&fixture.arena, &fixture.diags));
	output_hand_init(&fixture.hand, &fixture.output);
	*state = &fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;

	output_hand_release(&fixture->hand);
	output_close(&fixture->output);
	temporary_remove(fixture->top);
	arena_release(&fixture->arena);
	return 0;
}

static const char *full(struct fixture *fixture, const char *path)
{
	return temporary_path(&fixture->arena, fixture->directory, path);
}

static bool exists(struct fixture *fixture, const char *path)
{
	struct stat status;

	return lstat(full(fixture, path), &status) == 0;
}

static enum output_result stage(struct fixture *fixture, const char *path,
				const char *bytes)
{
	return output_stage(&fixture->hand, 1, str_from_c(path),
			    str_from_c(bytes), &fixture->diags);
}

static bool commit(struct fixture *fixture, const char *path)
{
	return output_commit(&fixture->hand, 1, str_from_c(path),
			     &fixture->diags);
}

static void put(struct fixture *fixture, const char *path, const char *bytes)
{
	assert_int_equal(stage(fixture, path, bytes), OUTPUT_STAGED);
	assert_true(commit(fixture, path));
	assert_true(str_equal_c(
		temporary_read(&fixture->arena, full(fixture, path)), bytes));
}

static void assert_outside_is_untouched(struct fixture *fixture)
{
	const char *folder =
		temporary_path(&fixture->arena, fixture->top, "outside");
	struct stat status;

	assert_true(str_equal_c(
		temporary_read(&fixture->arena,
			       temporary_path(&fixture->arena, folder, "keep")),
		"mine"));
	assert_int_equal(stat(folder, &status), 0);
	/* "keep" is the only name in it */
	assert_int_equal(
		unlink(temporary_path(&fixture->arena, folder, "keep")), 0);
	assert_int_equal(rmdir(folder), 0);
	temporary_write(fixture->top, "outside/keep", STR("mine"));
}

static void test_staging_is_invisible(void **state)
{
	struct fixture *fixture = *state;
	str bytes;

	assert_int_equal(stage(fixture, "a.cn/x/page.html", "one"),
			 OUTPUT_STAGED);
	assert_false(exists(fixture, "a.cn"));
	assert_true(commit(fixture, "a.cn/x/page.html"));
	assert_true(output_read(&bytes, &fixture->output,
				STR("a.cn/x/page.html"), &fixture->arena,
				&fixture->diags));
	assert_true(str_equal_c(bytes, "one"));
	assert_false(output_read(&bytes, &fixture->output, STR("a.cn/none"),
				 &fixture->arena, &fixture->diags));
	assert_false(fixture->diags.failed);
}

/* What is there and cannot be read is no page that is missing. */
static void test_unreadable_is_a_failure(void **state)
{
	struct fixture *fixture = *state;
	const struct diag *items;
	str bytes;

	temporary_write(fixture->directory, "a.cn/page.html/file", STR("x"));
	assert_false(output_read(&bytes, &fixture->output,
				 STR("a.cn/page.html"), &fixture->arena,
				 &fixture->diags));
	items = fixture->diags.items.items;
	assert_int_equal(fixture->diags.items.count, 1);
	assert_string_equal(items[0].id, "output-read");
	assert_true(fixture->diags.failed);
}

/* A site that is new is made aside and appears at once. */
static void test_fresh_site(void **state)
{
	struct fixture *fixture = *state;
	str bytes;

	assert_int_equal(output_stage_fresh(&fixture->hand,
					    STR("b.cn/x/y/page.html"),
					    STR("one"), &fixture->diags),
			 OUTPUT_STAGED);
	assert_int_equal(output_stage_fresh(&fixture->hand,
					    STR("b.cn/index.html"), STR("two"),
					    &fixture->diags),
			 OUTPUT_STAGED);
	assert_false(exists(fixture, "b.cn"));
	assert_true(output_read_fresh(&bytes, &fixture->output,
				      STR("b.cn/x/y/page.html"),
				      &fixture->arena, &fixture->diags));
	assert_true(str_equal_c(bytes, "one"));
	/* what stands there is no folder, so it is none of ours */
	temporary_write(fixture->directory, "b.cn", STR("a file"));
	assert_true(output_commit_fresh(&fixture->output, STR("b.cn"),
					&fixture->diags));
	assert_true(exists(fixture, "b.cn/x/y/page.html"));
	assert_true(exists(fixture, "b.cn/index.html"));
	assert_false(output_commit_fresh(&fixture->output, STR("b.cn"),
					 &fixture->diags));
}

static void test_unchanged_is_not_touched(void **state)
{
	const struct timespec old[2] = { { 1000, 1 }, { 1000, 1 } };
	struct fixture *fixture = *state;
	struct stat before, after;

	put(fixture, "a.cn/page.html", "one");
	assert_int_equal(
		utimensat(AT_FDCWD, full(fixture, "a.cn/page.html"), old, 0),
		0);
	assert_int_equal(stat(full(fixture, "a.cn/page.html"), &before), 0);
	assert_int_equal(stage(fixture, "a.cn/page.html", "one"),
			 OUTPUT_UNCHANGED);
	assert_int_equal(stat(full(fixture, "a.cn/page.html"), &after), 0);
	assert_int_equal(before.st_ino, after.st_ino);
	assert_int_equal(after.st_mtim.tv_sec, 1000);
	assert_int_equal(after.st_mtim.tv_nsec, 1);
	put(fixture, "a.cn/page.html", "two");
	assert_int_equal(stat(full(fixture, "a.cn/page.html"), &after), 0);
	assert_true(before.st_ino != after.st_ino);
}

static void test_foreign_folder(void **state)
{
	struct fixture *fixture = *state;
	struct output other;
	const struct diag *diag;
	const char *outside =
		temporary_path(&fixture->arena, fixture->top, "outside");

	assert_false(
		output_open(&other, outside, &fixture->arena, &fixture->diags));
	diag = fixture->diags.items.items;
	assert_string_equal(diag->id, "output-foreign");
	assert_outside_is_untouched(fixture);
}

static void test_lock(void **state)
{
	struct fixture *fixture = *state;
	struct output other;
	const struct diag *diag;
	str process = arena_printf(&fixture->arena, "%ld", (long)getpid());

	assert_false(output_open(&other, fixture->directory, &fixture->arena,
				 &fixture->diags));
	diag = fixture->diags.items.items;
	assert_string_equal(diag->id, "output-locked");
	assert_true(str_find(diag->message, process) != STR_NONE);
	output_close(&fixture->output);
	assert_true(output_open(&fixture->output, fixture->directory,
				&fixture->arena, &fixture->diags));
	output_hand_release(&fixture->hand);
	output_hand_init(&fixture->hand, &fixture->output);
}

/* What a killed build staged is gone with the next one. */
static void test_interrupted_build(void **state)
{
	struct fixture *fixture = *state;

	assert_int_equal(stage(fixture, "a.cn/x", "one"), OUTPUT_STAGED);
	assert_true(exists(fixture, ".jiyue/new/1"));
	output_close(&fixture->output);
	assert_true(output_open(&fixture->output, fixture->directory,
				&fixture->arena, &fixture->diags));
	output_hand_release(&fixture->hand);
	output_hand_init(&fixture->hand, &fixture->output);
	assert_false(exists(fixture, ".jiyue/new/1"));
	put(fixture, "a.cn/x", "two");
}

static void test_something_in_the_way(void **state)
{
	struct fixture *fixture = *state;

	put(fixture, "a.cn/x/deep/page", "one");
	put(fixture, "a.cn/x", "now a file");
	put(fixture, "a.cn/x/deep/page", "and back");
	put(fixture, "a.cn/x/deep/page/more", "deeper");
	temporary_write(fixture->directory, "b.cn", STR("a file"));
	put(fixture, "b.cn/index.html", "home");
	assert_int_equal(fixture->diags.items.count, 0);
}

static void link_to(struct fixture *fixture, const char *target,
		    const char *path)
{
	assert_int_equal(symlink(target, full(fixture, path)), 0);
}

static void test_links_are_replaced_not_followed(void **state)
{
	struct fixture *fixture = *state;

	link_to(fixture, "../../outside", "a.cn");
	put(fixture, "a.cn/keep", "page");
	put(fixture, "b.cn/x/page", "page");
	link_to(fixture, "../../../outside", "b.cn/y");
	put(fixture, "b.cn/y/keep", "page");
	link_to(fixture, "../../../outside/keep", "b.cn/z");
	put(fixture, "b.cn/z", "page");
	assert_outside_is_untouched(fixture);
}

static void test_paths_that_lead_out(void **state)
{
	struct fixture *fixture = *state;

	assert_int_equal(stage(fixture, "../outside/keep", "x"), OUTPUT_STAGED);
	assert_false(commit(fixture, "../outside/keep"));
	assert_false(commit(fixture, "a.cn/../../outside/new"));
	assert_outside_is_untouched(fixture);
}

static bool is_planned(void *context, str path)
{
	(void)context;
	return str_equal_c(path, "keep.html") ||
	       str_equal_c(path, "x/keep.html");
}

static bool sweep(struct fixture *fixture, const char *domain, size_t *removed)
{
	*removed = 0;
	return output_sweep(&fixture->output, str_from_c(domain), is_planned,
			    NULL, removed, &fixture->diags);
}

static void test_sweep(void **state)
{
	struct fixture *fixture = *state;
	size_t removed;

	put(fixture, "a.cn/keep.html", "1");
	put(fixture, "a.cn/x/keep.html", "2");
	put(fixture, "a.cn/x/gone.html", "3");
	put(fixture, "a.cn/y/z/gone.html", "4");
	put(fixture, "a.cn/y/keep.html", "5");
	assert_true(sweep(fixture, "a.cn", &removed));
	assert_int_equal(removed, 3);
	assert_true(exists(fixture, "a.cn/keep.html"));
	assert_true(exists(fixture, "a.cn/x/keep.html"));
	assert_false(exists(fixture, "a.cn/x/gone.html"));
	assert_false(exists(fixture, "a.cn/y"));
	assert_true(sweep(fixture, "a.cn", &removed));
	assert_int_equal(removed, 0);
	assert_true(sweep(fixture, "none.cn", &removed));
	assert_int_equal(removed, 0);
}

/* A link of a planned name is no page; what it leads to stays. */
static void test_sweep_removes_links(void **state)
{
	struct fixture *fixture = *state;
	size_t removed;

	put(fixture, "a.cn/keep.html", "1");
	link_to(fixture, "../../../outside", "a.cn/x");
	link_to(fixture, "../../../outside/keep", "a.cn/y");
	assert_true(sweep(fixture, "a.cn", &removed));
	assert_int_equal(removed, 2);
	assert_false(exists(fixture, "a.cn/x"));
	assert_outside_is_untouched(fixture);
}

static void keep(struct fixture *fixture, const char *first, const char *second)
{
	const str domains[] = { str_from_c(first), str_from_c(second) };
	size_t removed = 0;

	assert_true(output_keep_domains(&fixture->output, domains, 2, &removed,
					&fixture->diags));
}

/* Only document roots of an earlier build are removed. */
static void test_domains(void **state)
{
	struct fixture *fixture = *state;

	put(fixture, "a.cn/x", "1");
	put(fixture, "b.cn/x", "2");
	put(fixture, "c.cn/x", "3");
	keep(fixture, "a.cn", "b.cn");
	assert_true(exists(fixture, "c.cn/x"));
	keep(fixture, "b.cn", "d.cn");
	assert_false(exists(fixture, "a.cn"));
	assert_true(exists(fixture, "b.cn/x"));
	assert_true(exists(fixture, "c.cn/x"));
}

/* The list could have been written by anybody. */
static void test_domains_that_lead_out(void **state)
{
	struct fixture *fixture = *state;

	temporary_write(fixture->directory, ".jiyue/domains",
			STR("..\n.jiyue\n../outside\n\n/etc\n"));
	put(fixture, "a.cn/x", "1");
	keep(fixture, "a.cn", "b.cn");
	assert_true(exists(fixture, ".jiyue/lock"));
	assert_outside_is_untouched(fixture);
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_staging_is_invisible),
		CASE(test_unreadable_is_a_failure),
		CASE(test_fresh_site),
		CASE(test_unchanged_is_not_touched),
		CASE(test_foreign_folder),
		CASE(test_lock),
		CASE(test_interrupted_build),
		CASE(test_something_in_the_way),
		CASE(test_links_are_replaced_not_followed),
		CASE(test_paths_that_lead_out),
		CASE(test_sweep),
		CASE(test_sweep_removes_links),
		CASE(test_domains),
		CASE(test_domains_that_lead_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
