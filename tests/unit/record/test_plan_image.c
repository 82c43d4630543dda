/*
 * The image of the plan with wrong bytes in it. Bytes that are not those that
 * were written are seen: the plan is made anew, and the pages are right. Bytes
 * that were forged together with their checksums may make wrong pages, but
 * nothing is read that is not there.
 */
#include "record/plan_image.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/trust.h"
#include "markup/library.h"
#include "support/kept_build.h"
#include "support/no_sync.h"

/* Puts a copy of what it was with `size` other bytes at `at`. */
static str changed(const struct kept_value *value, size_t at, str bytes,
		   struct arena *arena)
{
	str before = value->before;
	struct buf copy;

	buf_init(&copy, arena);
	buf_add(&copy, str_between(before, 0, at));
	buf_add(&copy, bytes);
	buf_add(&copy, str_from(before, at + bytes.len));
	return buf_str(&copy);
}

struct edit {
	const struct kept_value *value;
	size_t at;
	str bytes;
	bool is_forged; /* its checksums are right */
};

/* Whether the build with the edited record recalled its plan. */
static bool build_with(struct kept_build *kept, const struct edit *edit)
{
	struct diag_list diags;
	struct arena arena;
	struct store *store;
	str bytes;

	arena_init(&arena);
	diag_list_init(&diags, &arena);
	store = kept_build_edit(kept, &arena, &diags);
	bytes = changed(edit->value, edit->at, edit->bytes, &arena);
	assert_true(store_put(store, edit->value->kind, edit->value->name,
			      bytes, &diags));
	if (edit->is_forged)
		assert_true(store_put(store, STORE_PLAN_SUMS, edit->value->name,
				      trust_sums(bytes, &arena), &diags));
	kept_build_edited(store, &diags);
	arena_release(&arena);
	return kept_build_run(kept);
}

/* Every array is in use when nothing is wrong. */
static void test_whole(void **state)
{
	struct kept_build *kept = *state;
	struct edit edit = { .value = &kept->values[0], .bytes = STR("") };

	for (size_t i = 0; i < 2; i++) {
		assert_true(build_with(kept, &edit));
		assert_true(kept_build_is_right(kept));
	}
}

/* A byte of each array, near and far. */
static void test_damaged(void **state)
{
	enum { PLACES = 2 };
	struct kept_build *kept = *state;
	size_t seen = 0, tried = 0;

	for (size_t i = 0; i < kept->value_count; i++) {
		const struct kept_value *value = &kept->values[i];

		for (size_t k = 0; value->is_array && k < PLACES; k++) {
			str before = value->before;
			char byte;
			struct edit edit = { .value = value,
					     .at = before.len * k / PLACES,
					     .bytes = { &byte, 1 } };

			if (before.len == 0)
				break;
			byte = (char)(before.data[edit.at] ^ 1 << k);
			seen += !build_with(kept, &edit);
			tried++;
			if (!kept_build_is_right(kept))
				fail_msg("wrong pages: %c %.*s, byte %zu",
					 value->kind, STR_ARG(value->name),
					 edit.at);
		}
	}
	assert_true(seen > tried / 2); /* the others were not used */
}

static void try_forged(struct kept_build *kept, const struct kept_value *value,
		       size_t at, uint32_t number)
{
	const struct edit edit = {
		.value = value,
		.at = at,
		.bytes = { (const char *)&number, sizeof(number) },
		.is_forged = true,
	};

	build_with(kept, &edit);
	kept_build_mend(kept);
}

static uint32_t number_at(str bytes, size_t at)
{
	uint32_t number;

	memcpy(&number, bytes.data + at, sizeof(number));
	return number;
}

/* Numbers of each array lead far out, or a little. */
static void test_forged(void **state)
{
	enum { TRIES = 3 }; /* of an array */
	struct kept_build *kept = *state;

	for (size_t i = 0; i < kept->value_count; i++) {
		const struct kept_value *value = &kept->values[i];
		size_t count = value->before.len / sizeof(uint32_t);
		size_t step = count / TRIES + 1;

		if (value->kind != STORE_PLAN_IMAGE || !value->is_array)
			continue;
		for (size_t k = 0; k < count; k += step) {
			size_t at = k * sizeof(uint32_t);
			uint32_t number = number_at(value->before, at);

			try_forged(kept, value, at,
				   k % 2 == 0 ? UINT32_MAX - 1 : number + 7);
		}
	}
}

/* The values in front of the arrays, with bytes that are not theirs. */
static void test_forged_heads(void **state)
{
	struct kept_build *kept = *state;

	for (size_t i = 0; i < kept->value_count; i++) {
		const struct kept_value *value = &kept->values[i];

		if (value->is_array || value->kind == STORE_LAST_BUILD)
			continue;
		for (size_t at = 0; at + 4 <= value->before.len;
		     at += value->before.len / 6 + 1)
			try_forged(kept, value, at, UINT32_MAX);
	}
}

static int set_up(void **state)
{
	static struct kept_build kept;
	struct diag_list diags;
	struct arena arena;

	no_sync();
	arena_init(&arena);
	diag_list_init(&diags, &arena);
	assert_true(snapshot_library_init(&diags));
	arena_release(&arena);
	markup_library_init();
	kept_build_init(&kept);
	*state = &kept;
	return 0;
}

static int tear_down(void **state)
{
	kept_build_release(*state);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_whole),
		cmocka_unit_test(test_damaged),
		cmocka_unit_test(test_forged),
		cmocka_unit_test(test_forged_heads),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
