/* What is waived, and what it costs to find out. */
#include "audit/waivers.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

/* Two files, "a" and "b", whose text is 布署 and more. */
struct fixture {
	struct arena arena;
	struct diag_list diags;
	struct source_reader reader;
	struct waivers waivers;
	size_t reads;
};

static bool read_source(void *context, uint32_t number, struct source *out,
			struct arena *arena)
{
	struct fixture *fixture = context;

	fixture->reads++;
	*out = (struct source){ .number = number,
				.path = number == 0 ? STR("a") : STR("b"),
				.text = arena_copy(arena, STR("布署，布暑")) };
	return true;
}

static bool read_path(void *context, uint32_t number, str *out,
		      struct arena *arena)
{
	(void)context;
	(void)arena;
	*out = number == 0 ? STR("a") : STR("b");
	return true;
}

static int set_up(void **state)
{
	static struct fixture fixture;

	fixture = (struct fixture){ 0 };
	arena_init(&fixture.arena);
	diag_list_init(&fixture.diags, &fixture.arena);
	fixture.reader =
		(struct source_reader){ &fixture, read_source, read_path };
	*state = &fixture;
	return 0;
}

static int tear_down(void **state)
{
	arena_release(&((struct fixture *)*state)->arena);
	return 0;
}

/* Findings at both words of both files. */
static void find_all(struct fixture *fixture)
{
	for (uint32_t source = 0; source < 2; source++)
		for (size_t at = 0; at < 10; at += 9)
			diag_warning(&fixture->diags,
				     (struct span){ source, (uint32_t)at,
						    (uint32_t)at + 6 },
				     "wording-misspelt", "word");
	diag_resolve(&fixture->diags, &fixture->reader);
	diag_sort(&fixture->diags);
}

static size_t apply(struct fixture *fixture, struct waiver *items, size_t count)
{
	fixture->waivers = (struct waivers){ .items = items, .count = count };
	return waivers_apply(&fixture->waivers, &fixture->diags,
			     &fixture->reader, 0, &fixture->arena);
}

static void test_each_file_is_read_once(void **state)
{
	struct fixture *fixture = *state;
	struct waiver items[] = {
		{ .rule = STR("wording-misspelt"),
		  .path = STR("a"),
		  .words = STR("没有") },
		{ .rule = STR("wording-misspelt"),
		  .path = STR("a"),
		  .words = STR("布署") },
		{ .rule = STR("wording-misspelt"),
		  .path = STR("b"),
		  .words = STR("布暑") },
		{ .rule = STR("wording-misspelt"),
		  .path = STR("b"),
		  .words = STR("也没有") },
	};

	find_all(fixture);
	assert_int_equal(apply(fixture, items, COUNT_OF(items)), 2);
	assert_int_equal(fixture->reads, 2);
	assert_int_equal(fixture->diags.warning_count, 2);
}

static void test_nothing_is_read_without_words(void **state)
{
	struct fixture *fixture = *state;
	struct waiver items[] = {
		{ .rule = STR("wording-misspelt"), .path = STR("a") },
	};

	find_all(fixture);
	assert_int_equal(apply(fixture, items, COUNT_OF(items)), 2);
	assert_int_equal(fixture->reads, 0);
}

/* A finding of a page has no file: its address behind the domain counts. */
static void test_pages_are_waived(void **state)
{
	static const char *const pages[] = { "a.example.cn/index.html",
					     "b.example.cn/index.html" };
	struct fixture *fixture = *state;
	struct waiver items[] = {
		{ .rule = STR("page-heavy"), .path = STR("a.example.cn/") },
		{ .rule = STR("page-heavy"),
		  .path = STR("b.example.cn/"),
		  .words = STR("无") },
	};

	for (size_t i = 0; i < COUNT_OF(pages); i++)
		diag_warning(&fixture->diags, span_none(), "page-heavy",
			     "heavy")
			->path = str_from_c(pages[i]);
	diag_resolve(&fixture->diags, &fixture->reader);
	diag_sort(&fixture->diags);
	assert_int_equal(apply(fixture, items, COUNT_OF(items)), 1);
	assert_int_equal(items[0].used, 1);
	assert_int_equal(items[1].used, 0);
	assert_int_equal(fixture->diags.warning_count, 1);
}

static void test_what_waives_nothing_is_told(void **state)
{
	struct fixture *fixture = *state;
	struct waiver items[] = {
		{ .rule = STR("wording-misspelt"), .path = STR("a") },
		{ .rule = STR("wording-misspelt"), .path = STR("c") },
		{ .rule = STR("wording-misspelt"),
		  .path = STR("d"),
		  .is_over = true },
	};

	find_all(fixture);
	assert_int_equal(apply(fixture, items, COUNT_OF(items)), 2);
	assert_int_equal(items[0].used, 2);
	assert_true(
		waivers_tell_unused(&fixture->waivers, true, &fixture->diags));
	assert_int_equal(fixture->diags.warning_count, 3);
	assert_false(waivers_tell_unused(
		&(struct waivers){ .items = items, .count = 1 }, true,
		&fixture->diags));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_each_file_is_read_once,
						set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			test_nothing_is_read_without_words, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_pages_are_waived, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(
			test_what_waives_nothing_is_told, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
