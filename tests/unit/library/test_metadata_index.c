/* Metadata of the last build by the number of the resource. */
#include "library/metadata_cache.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/pack.h"
#include "library/resource.h"
#include "support/metadata_fixture.h"

static void it_is_complete_when_all_are_noted(void **state)
{
	struct metadata_cache cache;
	struct metadata_fixture fixture;
	struct metadata_file *files;

	(void)state;
	metadata_set_up(&fixture);
	metadata_open_store(&fixture);
	files = metadata_make_files(&fixture.arena);
	metadata_ask(&cache, &fixture, files, METADATA_FILES, &fixture.arena);
	assert_true(metadata_cache_is_complete(&cache, 0));
	metadata_note_all(&cache, files, METADATA_FILES - 1, &fixture.arena);
	assert_false(metadata_cache_is_complete(&cache, METADATA_FILES));
	assert_true(metadata_cache_is_complete(&cache, METADATA_FILES - 1));
	metadata_note_all(&cache, files + METADATA_FILES - 1, 1,
			  &fixture.arena);
	assert_true(metadata_cache_is_complete(&cache, METADATA_FILES));
	assert_false(metadata_cache_is_complete(&cache, METADATA_FILES + 1));
	metadata_tear_down(&fixture);
}

/* Asserts that the index gives all files that were noted, by number. */
static void expect_numbers(struct metadata_fixture *fixture,
			   const struct metadata_file *files, size_t count,
			   bool is_backwards)
{
	struct metadata_index index = metadata_index_of(fixture);
	uint32_t numbers = 0;

	for (size_t i = 0; i < count; i++)
		numbers += !files[i].is_left_out;
	for (size_t i = 0, number = 0; i < count; i++) {
		size_t place = is_backwards ? count - 1 - i : i;

		if (files[place].is_left_out)
			continue;
		assert_true(metadata_is_whole(
			metadata_index_get(
				&index,
				(uint32_t)(is_backwards ? numbers - 1 - number
							: number)),
			&files[place]));
		number++;
	}
	assert_int_equal(metadata_index_get(&index, numbers).len, 0);
	assert_int_equal(metadata_index_get(&index, UINT32_MAX).len, 0);
}

static void every_number_gives_what_was_noted(void **state)
{
	struct metadata_fixture fixture;
	struct metadata_file *files = metadata_build_library(&fixture);
	struct metadata_file *rest =
		metadata_without(&fixture, files, METADATA_FILES / 2);

	(void)state;
	expect_numbers(&fixture, files, METADATA_FILES, false);
	expect_numbers(&fixture, files, METADATA_FILES, true);
	metadata_build(&fixture, rest, METADATA_FILES - 1);
	expect_numbers(&fixture, rest, METADATA_FILES - 1, false);
	metadata_tear_down(&fixture);
}

/* Numbers are those of what was noted, also where that is nothing. */
static void what_is_not_noted_has_no_number(void **state)
{
	struct metadata_fixture fixture;
	struct metadata_file *files;

	(void)state;
	metadata_set_up(&fixture);
	files = metadata_make_files(&fixture.arena);
	for (size_t i = 0; i < METADATA_FILES; i++)
		files[i].is_left_out =
			i < 40 || i % 5 == 0 || (i > 150 && i < 350) || i > 480;
	metadata_build(&fixture, files, METADATA_FILES);
	expect_numbers(&fixture, files, METADATA_FILES, false);
	expect_numbers(&fixture, files, METADATA_FILES, true);
	metadata_tear_down(&fixture);
}

static void an_empty_record_has_no_index(void **state)
{
	struct metadata_index index;
	struct metadata_fixture fixture;

	(void)state;
	metadata_set_up(&fixture);
	metadata_open_store(&fixture);
	assert_false(
		metadata_index_open(&index, fixture.store, &fixture.arena));
	metadata_tear_down(&fixture);
}

static void a_chunk_that_is_gone_has_no_metadata(void **state)
{
	struct metadata_fixture fixture;
	struct metadata_index index;
	struct metadata_file *files = metadata_build_three(&fixture);

	(void)state;
	assert_true(store_begin(fixture.store, &fixture.diags));
	assert_true(store_remove(fixture.store, 'm',
				 metadata_index_of(&fixture).names[0],
				 &fixture.diags));
	assert_true(store_commit(fixture.store, &fixture.diags));
	metadata_open_store(&fixture);
	index = metadata_index_of(&fixture);
	for (uint32_t i = 0; i < 3; i++)
		assert_int_equal(metadata_index_get(&index, i).len, 0);
	assert_int_equal(metadata_find_all(&fixture, files, 3), 0);
	metadata_tear_down(&fixture);
}

static void update(struct metadata_fixture *fixture,
		   const struct metadata_change *changes, size_t count)
{
	struct metadata_index index = metadata_index_of(fixture);

	assert_true(store_begin(fixture->store, &fixture->diags));
	assert_true(
		metadata_index_update(&index, changes, count, &fixture->diags));
	assert_true(store_commit(fixture->store, &fixture->diags));
	metadata_open_store(fixture);
}

/* Whether the new key, or the old one, finds the metadata of the old one. */
static bool has_key(struct metadata_fixture *fixture,
		    struct metadata_file *files, size_t place, uint64_t key)
{
	struct metadata_cache cache;
	bool found = false;
	struct metadata metadata;

	metadata_cache_init(&cache, fixture->store, &fixture->arena);
	for (size_t i = 0; i <= place; i++)
		found = metadata_cache_find(
			&metadata, &cache, files[i].path,
			metadata_key_of(i == place ? key : files[i].key));
	if (found)
		assert_true(metadata_is_whole(metadata.packed, &files[place]));
	return found;
}

static void an_update_changes_the_keys(void **state)
{
	static const uint32_t numbers[] = { 0,	 1,   100,
					    101, 300, METADATA_FILES - 1 };
	struct metadata_change changes[COUNT_OF(numbers)];
	struct metadata_fixture fixture;
	struct metadata_file *files = metadata_build_library(&fixture);

	(void)state;
	for (size_t i = 0; i < COUNT_OF(numbers); i++)
		changes[i] = (struct metadata_change){
			numbers[i], metadata_key_of(100000 + numbers[i]), 0,
			STR("")
		};
	update(&fixture, changes, COUNT_OF(changes));
	assert_int_equal(metadata_find_all(&fixture, files, METADATA_FILES),
			 METADATA_FILES - COUNT_OF(numbers));
	for (size_t i = 0; i < COUNT_OF(numbers); i++) {
		assert_true(has_key(&fixture, files, numbers[i],
				    100000 + numbers[i]));
		assert_false(has_key(&fixture, files, numbers[i],
				     files[numbers[i]].key));
	}
	expect_numbers(&fixture, files, METADATA_FILES, false);
	metadata_tear_down(&fixture);
}

/* Given from then on, and written with the update; the others stay. */
static void other_metadata_is_given_before_it_is_written(void **state)
{
	struct metadata_change changes[2] = {
		{ 100, metadata_key_of(7), 0, STR("other") },
		{ METADATA_FILES - 1, metadata_key_of(8), 0, STR("words") },
	};
	struct metadata_fixture fixture;
	struct metadata_index index, again;
	str beside;

	(void)state;
	metadata_build_library(&fixture);
	index = metadata_index_of(&fixture);
	beside = arena_copy(&fixture.arena, metadata_index_get(&index, 101));
	metadata_index_overlay(&index, changes, COUNT_OF(changes));
	for (int i = 0; i < 2; i++) {
		struct metadata_index *of = i == 0 ? &index : &again;

		assert_true(
			str_equal(metadata_index_get(of, 100), STR("other")));
		assert_true(
			str_equal(metadata_index_get(of, METADATA_FILES - 1),
				  STR("words")));
		assert_true(str_equal(metadata_index_get(of, 101), beside));
		update(&fixture, changes, COUNT_OF(changes));
		again = metadata_index_of(&fixture);
	}
	metadata_tear_down(&fixture);
}

static void an_update_of_nothing_leaves_all(void **state)
{
	struct metadata_fixture fixture;
	struct metadata_file *files = metadata_build_library(&fixture);

	(void)state;
	update(&fixture, NULL, 0);
	assert_int_equal(metadata_find_all(&fixture, files, METADATA_FILES),
			 METADATA_FILES);
	metadata_tear_down(&fixture);
}

/* Found, and then another file was given its id: it is broken now. */
static void a_file_found_and_not_noted_is_forgotten(void **state)
{
	struct metadata_fixture fixture;
	struct metadata_file *files = metadata_build_library(&fixture);
	struct metadata_file *file = &files[METADATA_FILES / 2];

	(void)state;
	file->is_left_out = true;
	assert_int_equal(metadata_build(&fixture, files, METADATA_FILES),
			 METADATA_FILES);
	assert_int_equal(metadata_find_all(&fixture, files, METADATA_FILES),
			 METADATA_FILES - 1);
	metadata_tear_down(&fixture);
}

static void what_was_found_and_not_noted_has_no_number(void **state)
{
	struct metadata_fixture fixture;
	struct metadata_file *files = metadata_build_library(&fixture);

	(void)state;
	files[METADATA_FILES / 2].is_left_out = true;
	metadata_build(&fixture, files, METADATA_FILES);
	expect_numbers(&fixture, files, METADATA_FILES, false);
	metadata_tear_down(&fixture);
}

static void an_update_of_a_chunk_that_is_gone_fails(void **state)
{
	struct metadata_change change = { 1, metadata_key_of(5), 0, STR("") };
	struct metadata_fixture fixture;
	struct metadata_index index;

	(void)state;
	metadata_build_three(&fixture);
	metadata_put_chunk(&fixture, STR("what is this?"));
	index = metadata_index_of(&fixture);
	assert_true(store_begin(fixture.store, &fixture.diags));
	assert_false(metadata_index_update(&index, &change, 1, &fixture.diags));
	store_abort(fixture.store);
	metadata_tear_down(&fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_is_complete_when_all_are_noted),
		cmocka_unit_test(every_number_gives_what_was_noted),
		cmocka_unit_test(what_is_not_noted_has_no_number),
		cmocka_unit_test(an_empty_record_has_no_index),
		cmocka_unit_test(a_chunk_that_is_gone_has_no_metadata),
		cmocka_unit_test(an_update_changes_the_keys),
		cmocka_unit_test(other_metadata_is_given_before_it_is_written),
		cmocka_unit_test(an_update_of_nothing_leaves_all),
		cmocka_unit_test(a_file_found_and_not_noted_is_forgotten),
		cmocka_unit_test(what_was_found_and_not_noted_has_no_number),
		cmocka_unit_test(an_update_of_a_chunk_that_is_gone_fails),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
