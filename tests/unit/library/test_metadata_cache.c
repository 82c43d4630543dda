/*
 * Metadata of the last build: found again by path and key as long as nothing
 * of the file changed, whatever came and went beside it.
 */
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

/* With one more in the folder of the file at `place`. */
static struct metadata_file *with(struct metadata_fixture *fixture,
				  const struct metadata_file *files,
				  size_t place)
{
	struct metadata_file *copy = metadata_copy_files(fixture, files);
	str stem = str_between(files[place].path, 0, files[place].path.len - 3);

	copy[METADATA_FILES] = (struct metadata_file){
		arena_printf(&fixture->arena, "%.*s-x.md", STR_ARG(stem)), 9999,
		false, false
	};
	qsort(copy, METADATA_FILES + 1, sizeof(*copy), metadata_compare_files);
	return copy;
}

/* --- finding --- */

static void what_is_noted_is_found_again(void **state)
{
	struct metadata_fixture fixture;
	struct metadata_file *files = metadata_build_library(&fixture);

	(void)state;
	assert_int_equal(metadata_find_all(&fixture, files, METADATA_FILES),
			 METADATA_FILES);
	assert_int_equal(metadata_build(&fixture, files, METADATA_FILES),
			 METADATA_FILES);
	assert_int_equal(metadata_find_all(&fixture, files, METADATA_FILES),
			 METADATA_FILES);
	metadata_tear_down(&fixture);
}

static void an_empty_store_has_nothing(void **state)
{
	struct metadata_fixture fixture;
	struct metadata_file *files;

	(void)state;
	metadata_set_up(&fixture);
	metadata_open_store(&fixture);
	files = metadata_make_files(&fixture.arena);
	assert_int_equal(metadata_find_all(&fixture, files, METADATA_FILES), 0);
	metadata_tear_down(&fixture);
}

static void another_key_is_not_found(void **state)
{
	struct metadata_fixture fixture;
	struct metadata_file *files = metadata_build_library(&fixture);

	(void)state;
	for (size_t i = 0; i < METADATA_FILES; i++) {
		uint64_t key = files[i].key;

		files[i].key = key + 100000;
		assert_int_equal(
			metadata_find_all(&fixture, files, METADATA_FILES),
			METADATA_FILES - 1);
		assert_false(files[i].is_found);
		files[i].key = key;
	}
	metadata_tear_down(&fixture);
}

static void a_changed_file_is_found_from_then_on(void **state)
{
	struct metadata_fixture fixture;
	struct metadata_file *files = metadata_build_library(&fixture);

	(void)state;
	files[METADATA_FILES / 2].key = 777777;
	assert_int_equal(metadata_build(&fixture, files, METADATA_FILES),
			 METADATA_FILES - 1);
	assert_int_equal(metadata_find_all(&fixture, files, METADATA_FILES),
			 METADATA_FILES);
	files[METADATA_FILES / 2].key = 777778;
	assert_int_equal(metadata_find_all(&fixture, files, METADATA_FILES),
			 METADATA_FILES - 1);
	metadata_tear_down(&fixture);
}

/* --- files that come and go --- */

/*
 * Most files begin no chunk: nothing else is lost with them. One that does,
 * one in 64, costs the rest of its chunk.
 */
struct losses {
	size_t files; /* that cost others */
	size_t others;
};

static void count_loss(struct losses *losses, size_t others)
{
	losses->files += others > 0;
	losses->others += others;
}

static void expect_few(const struct losses *losses)
{
	assert_true(losses->files <= METADATA_FILES / 16);
	assert_true(losses->others <= 4 * METADATA_FILES);
}

static void removing_a_file_leaves_the_others(void **state)
{
	struct metadata_fixture fixture;
	struct metadata_file *files = metadata_build_library(&fixture);
	struct losses losses = { 0 };

	(void)state;
	for (size_t i = 0; i < METADATA_FILES; i++) {
		struct metadata_file *rest =
			metadata_without(&fixture, files, i);

		count_loss(&losses,
			   METADATA_FILES - 1 -
				   metadata_find_all(&fixture, rest,
						     METADATA_FILES - 1));
	}
	expect_few(&losses);
	metadata_tear_down(&fixture);
}

static void adding_a_file_leaves_the_others(void **state)
{
	struct metadata_fixture fixture;
	struct metadata_file *files = metadata_build_library(&fixture);
	struct losses losses = { 0 };

	(void)state;
	for (size_t i = 0; i < METADATA_FILES; i++) {
		struct metadata_file *more = with(&fixture, files, i);

		count_loss(&losses,
			   METADATA_FILES -
				   metadata_find_all(&fixture, more,
						     METADATA_FILES + 1));
	}
	expect_few(&losses);
	metadata_tear_down(&fixture);
}

/* To a name at the end of the folder that the library ends with. */
static void renaming_a_file_leaves_the_others(void **state)
{
	struct metadata_fixture fixture;
	struct metadata_file *files = metadata_build_library(&fixture);
	struct losses losses = { 0 };

	(void)state;
	for (size_t i = 0; i < METADATA_FILES; i++) {
		struct metadata_file *renamed =
			metadata_without(&fixture, files, i);

		renamed[METADATA_FILES - 1] = files[i];
		renamed[METADATA_FILES - 1].path =
			arena_printf(&fixture.arena, "content/b/c/d/z.md");
		count_loss(&losses, METADATA_FILES - 1 -
					    metadata_find_all(&fixture, renamed,
							      METADATA_FILES));
		assert_false(renamed[METADATA_FILES - 1].is_found);
	}
	expect_few(&losses);
	metadata_tear_down(&fixture);
}

/* Whatever the edit, the build behind it has all, and the next one finds it. */
static void every_edit_is_complete_with_one_build(void **state)
{
	enum { STEP = 37 };
	struct metadata_fixture fixture;
	struct metadata_file *files = metadata_build_library(&fixture);

	(void)state;
	for (size_t i = 0; i < METADATA_FILES; i += STEP) {
		struct metadata_file *rest =
			metadata_without(&fixture, files, i);
		struct metadata_file *more = with(&fixture, files, i);

		metadata_build(&fixture, rest, METADATA_FILES - 1);
		assert_int_equal(
			metadata_find_all(&fixture, rest, METADATA_FILES - 1),
			METADATA_FILES - 1);
		metadata_build(&fixture, more, METADATA_FILES + 1);
		assert_int_equal(
			metadata_find_all(&fixture, more, METADATA_FILES + 1),
			METADATA_FILES + 1);
	}
	metadata_tear_down(&fixture);
}

static void a_folder_goes_on_behind_one_inside_it(void **state)
{
	struct metadata_file files[] = {
		{ STR("content/a/b.md"), 1, false, false },
		{ STR("content/a/c/d.md"), 2, false, false },
		{ STR("content/a/c/e/f.md"), 3, false, false },
		{ STR("content/a/c/g.md"), 4, false, false },
		{ STR("content/a/h.md"), 5, false, false },
	};
	struct metadata_fixture fixture;

	(void)state;
	metadata_set_up(&fixture);
	metadata_build(&fixture, files, COUNT_OF(files));
	assert_int_equal(metadata_find_all(&fixture, files, COUNT_OF(files)),
			 5);
	assert_int_equal(metadata_find_all(&fixture, files + 1, 4), 4);
	files[1].key = 20;
	assert_int_equal(metadata_build(&fixture, files, COUNT_OF(files)), 4);
	assert_int_equal(metadata_find_all(&fixture, files, COUNT_OF(files)),
			 5);
	assert_int_equal(metadata_build(&fixture, files + 1, 4), 4);
	assert_int_equal(metadata_find_all(&fixture, files + 1, 4), 4);
	assert_int_equal(metadata_find_all(&fixture, files, COUNT_OF(files)),
			 4);
	metadata_tear_down(&fixture);
}

static bool has_name(const struct metadata_index *index, str name)
{
	for (size_t i = 0; i < index->count; i++)
		if (str_equal(index->names[i], name))
			return true;
	return false;
}

/* Asserts that the store has these chunks, and how many of them. */
static size_t count_kept(struct metadata_fixture *fixture,
			 const struct metadata_index *before)
{
	struct metadata_index now = metadata_index_of(fixture);
	size_t kept = 0;

	for (size_t i = 0; i < before->count; i++) {
		str bytes = store_get(fixture->store, 'm', before->names[i]);

		assert_int_equal(bytes.len > 0,
				 has_name(&now, before->names[i]));
		kept += bytes.len > 0;
	}
	return kept;
}

static void chunks_that_are_gone_are_removed(void **state)
{
	struct metadata_fixture fixture;
	struct metadata_file *files = metadata_build_library(&fixture);
	struct metadata_index before = metadata_index_of(&fixture);

	(void)state;
	assert_true(before.count > 8);
	for (size_t i = 0; i < before.count; i++)
		before.names[i] = arena_copy(&fixture.arena, before.names[i]);
	assert_int_equal(count_kept(&fixture, &before), before.count);
	metadata_build(&fixture, files + METADATA_FILES / 3,
		       METADATA_FILES / 3);
	assert_true(count_kept(&fixture, &before) < before.count);
	metadata_build(&fixture, files, 1);
	assert_int_equal(count_kept(&fixture, &before), 1);
	metadata_tear_down(&fixture);
}

static void names_of_chunks_are_in_order(void **state)
{
	struct metadata_fixture fixture;
	struct metadata_index index;

	(void)state;
	metadata_build_library(&fixture);
	index = metadata_index_of(&fixture);
	for (size_t i = 1; i < index.count; i++)
		assert_true(str_compare(index.names[i - 1], index.names[i]) <
			    0);
	metadata_tear_down(&fixture);
}

/* A changed file that has a warning now. */
static void a_file_not_noted_is_forgotten(void **state)
{
	struct metadata_fixture fixture;
	struct metadata_file *files = metadata_build_library(&fixture);
	struct metadata_file *file = &files[METADATA_FILES / 2];
	uint64_t key = file->key;

	(void)state;
	file->key = 777777;
	file->is_left_out = true;
	assert_int_equal(metadata_build(&fixture, files, METADATA_FILES),
			 METADATA_FILES - 1);
	assert_int_equal(metadata_find_all(&fixture, files, METADATA_FILES),
			 METADATA_FILES - 1);
	file->key = key;
	assert_int_equal(metadata_find_all(&fixture, files, METADATA_FILES),
			 METADATA_FILES - 1);
	metadata_tear_down(&fixture);
}

/* --- damage --- */

/* How many are found and not merely other texts: those must be readable. */
static size_t find_readable(struct metadata_fixture *fixture,
			    const struct metadata_file *files)
{
	struct metadata_cache cache;
	struct resource resource;
	size_t found = 0;
	struct metadata metadata;

	metadata_cache_init(&cache, fixture->store, &fixture->arena);
	for (size_t i = 0; i < METADATA_THREE; i++) {
		if (!metadata_cache_find(&metadata, &cache, files[i].path,
					 metadata_key_of(files[i].key)))
			continue;
		assert_true(resource_unpack(&resource, metadata.packed,
					    files[i].path, 0));
		assert_true(resource.title.len <= metadata.packed.len);
		found++;
	}
	return found;
}

static void a_chunk_cut_short_is_not_believed(void **state)
{
	enum { STEP = 7 };
	struct metadata_fixture fixture;
	struct metadata_file *files = metadata_build_three(&fixture);
	str bytes = metadata_only_chunk(&fixture);

	(void)state;
	for (size_t length = 0; length < bytes.len; length += STEP) {
		metadata_put_chunk(&fixture, str_between(bytes, 0, length));
		assert_true(metadata_find_all(&fixture, files, 3) < 3);
		assert_false(files[2].is_found);
	}
	metadata_put_chunk(&fixture, bytes);
	assert_int_equal(metadata_find_all(&fixture, files, 3), 3);
	metadata_tear_down(&fixture);
}

static void a_chunk_with_wrong_bytes_is_not_believed(void **state)
{
	enum { STEP = 3 };
	struct metadata_fixture fixture;
	struct metadata_file *files = metadata_build_three(&fixture);
	str bytes = metadata_only_chunk(&fixture);
	char *copy = arena_c_string(&fixture.arena, bytes);
	size_t lost = 0;

	(void)state;
	for (size_t i = 0; i < bytes.len; i += STEP) {
		copy[i] = (char)~copy[i];
		metadata_put_chunk(&fixture, (str){ copy, bytes.len });
		lost += find_readable(&fixture, files) < 3;
		copy[i] = bytes.data[i];
	}
	assert_true(lost > 0);
	metadata_tear_down(&fixture);
}

/* What stands in the entry of one file is no resource; the others are. */
static void an_entry_of_no_resource_is_not_believed(void **state)
{
	struct metadata_fixture fixture;
	struct metadata_file *files = metadata_build_three(&fixture);
	str bytes = metadata_only_chunk(&fixture);
	str second =
		metadata_packed_of(&fixture.arena, files[1].path, files[1].key);
	char *copy = arena_c_string(&fixture.arena, bytes);
	size_t place = str_find(bytes, second);

	(void)state;
	assert_true(place != STR_NONE);
	memset(copy + place, 0xff, second.len);
	metadata_put_chunk(&fixture, (str){ copy, bytes.len });
	assert_int_equal(metadata_find_all(&fixture, files, 3), 2);
	assert_false(files[1].is_found);
	assert_int_equal(metadata_build(&fixture, files, 3), 2);
	assert_int_equal(metadata_find_all(&fixture, files, 3), 3);
	metadata_tear_down(&fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_noted_is_found_again),
		cmocka_unit_test(an_empty_store_has_nothing),
		cmocka_unit_test(another_key_is_not_found),
		cmocka_unit_test(a_changed_file_is_found_from_then_on),
		cmocka_unit_test(removing_a_file_leaves_the_others),
		cmocka_unit_test(adding_a_file_leaves_the_others),
		cmocka_unit_test(renaming_a_file_leaves_the_others),
		cmocka_unit_test(every_edit_is_complete_with_one_build),
		cmocka_unit_test(a_folder_goes_on_behind_one_inside_it),
		cmocka_unit_test(chunks_that_are_gone_are_removed),
		cmocka_unit_test(names_of_chunks_are_in_order),
		cmocka_unit_test(a_file_not_noted_is_forgotten),
		cmocka_unit_test(a_chunk_cut_short_is_not_believed),
		cmocka_unit_test(a_chunk_with_wrong_bytes_is_not_believed),
		cmocka_unit_test(an_entry_of_no_resource_is_not_believed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
