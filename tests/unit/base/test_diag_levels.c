/* What a platform makes of messages: levels, counts, whose word is the nearest.
 */
#include "base/diag_levels.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/diag_kind.h"

struct fixture {
	struct arena arena;
	struct diag_list diags;
	struct diag_levels levels;
	struct diag_unit_levels *unit; /* of files 10 to 19 */
};

static int set_up(void **state)
{
	static struct fixture fixture;

	arena_init(&fixture.arena);
	diag_list_init(&fixture.diags, &fixture.arena);
	diag_levels_init(&fixture.levels);
	fixture.levels.all = diag_words_new(&fixture.arena);
	fixture.levels.imported = diag_words_new(&fixture.arena);
	fixture.unit = list_add(&fixture.levels.units, &fixture.arena);
	*fixture.unit =
		(struct diag_unit_levels){ 10, 20,
					   diag_words_new(&fixture.arena) };
	*state = &fixture;
	return 0;
}

static int tear_down(void **state)
{
	arena_release(&((struct fixture *)*state)->arena);
	return 0;
}

static void say(diag_word *words, const char *id, enum diag_level level)
{
	words[diag_kind_find(id) - diag_kinds] = (diag_word)(level + 1);
}

static const struct diag *dead(struct fixture *fixture, uint32_t source)
{
	return diag_error(&fixture->diags, (struct span){ source, 1, 2 },
			  "link-dead", "dead");
}

static void test_as_given(void **state)
{
	struct fixture *fixture = *state;

	assert_int_equal(dead(fixture, 1)->level, DIAG_ERROR);
	diag_set_levels(&fixture->diags, &fixture->levels);
	assert_int_equal(dead(fixture, 2)->level, DIAG_ERROR);
	assert_int_equal(fixture->diags.error_count, 2);
}

/* What came before the settings were read is told by them too. */
static void test_before_and_after(void **state)
{
	struct fixture *fixture = *state;
	struct diag_list *diags = &fixture->diags;

	assert_false(diag_is_lowered(dead(fixture, 1)));
	diag_warning(diags, (struct span){ 1, 0, 1 }, "markdown-emoji", "x");
	say(fixture->levels.all, "link-dead", DIAG_WARNING);
	say(fixture->levels.all, "markdown-emoji", DIAG_ERROR);
	diag_set_levels(diags, &fixture->levels);
	assert_true(diag_is_lowered(dead(fixture, 2)));
	assert_int_equal(diags->lowered_count, 2);
	assert_int_equal(diags->raised_count, 1);
	assert_int_equal(diags->error_count, 1);
	diag_sort(diags);
	assert_int_equal(diags->lowered_count, 2);
	assert_int_equal(diags->warning_count, 2);
}

static void test_nearest_word(void **state)
{
	struct fixture *fixture = *state;
	struct diag_list *diags = &fixture->diags;

	say(fixture->levels.all, "link-dead", DIAG_WARNING);
	say(fixture->unit->words, "link-dead", DIAG_ERROR);
	diag_set_levels(diags, &fixture->levels);
	assert_true(diag_is_lowered(dead(fixture, 9)));
	assert_false(diag_is_lowered(dead(fixture, 10)));
	assert_false(diag_is_lowered(dead(fixture, 19)));
	assert_true(diag_is_lowered(dead(fixture, 20)));
	say(fixture->levels.imported, "link-dead", DIAG_ERROR);
	diags->is_imported = true;
	assert_false(diag_is_lowered(dead(fixture, 9)));
	say(fixture->unit->words, "link-dead", DIAG_WARNING);
	assert_true(diag_is_lowered(dead(fixture, 10)));
}

/* A part has the levels of the whole; joined, it counts the same. */
static void test_parts(void **state)
{
	struct fixture *fixture = *state;
	struct diag_list part;

	say(fixture->levels.all, "link-dead", DIAG_WARNING);
	fixture->diags.limit = 1;
	diag_set_levels(&fixture->diags, &fixture->levels);
	diag_list_init_part(&part, &fixture->arena, &fixture->diags);
	for (uint32_t i = 0; i < 5; i++)
		diag_error(&part, (struct span){ i, 1, 2 }, "link-dead",
			   "dead");
	diag_merge(&fixture->diags, &part);
	diag_sort(&fixture->diags);
	assert_int_equal(fixture->diags.lowered_count, 5);
	assert_int_equal(fixture->diags.error_count, 0);
	assert_int_equal(fixture->diags.marks.count, 4);
}

static void test_failures_stay(void **state)
{
	struct fixture *fixture = *state;

	say(fixture->levels.all, "output-write", DIAG_WARNING);
	diag_set_levels(&fixture->diags, &fixture->levels);
	diag_failure(&fixture->diags, "output-write", "full");
	assert_true(fixture->diags.failed);
	assert_int_equal(fixture->diags.error_count, 1);
}

/* Nothing that guards, or that a site or the build stands still for. */
static void test_may_be_lowered(void **state)
{
	static const struct {
		const char *id;
		bool may;
	} rows[] = {
		{ "link-dead", true },	    { "choice-invalid", true },
		{ "alias-taken", false },   { "link-scheme", false },
		{ "column-twice", false },  { "output-write", false },
		{ "setting-value", false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		assert_int_equal(
			diag_kind_may_be_lowered(diag_kind_find(rows[i].id)),
			rows[i].may);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_as_given, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_before_and_after, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_nearest_word, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_parts, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_failures_stay, set_up,
						tear_down),
		cmocka_unit_test(test_may_be_lowered),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
