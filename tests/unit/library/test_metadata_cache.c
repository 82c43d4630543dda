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

#include "library/resource.h"
#include "support/temporary.h"

/* A file of a library, and what is to become of it. */
struct file {
	str path;
	uint64_t key;
	bool is_left_out; /* asked for, but not noted */
	bool is_found;
};

struct fixture {
	struct arena arena;
	struct diag_list diags;
	const char *folder;
	struct store *store; /* open or NULL */
};

static void set_up(struct fixture *fixture)
{
	*fixture = (struct fixture){ 0 };
	arena_init(&fixture->arena);
	diag_list_init(&fixture->diags, &fixture->arena);
	fixture->folder = temporary_make(&fixture->arena);
}

static void close_store(struct fixture *fixture)
{
	if (fixture->store != NULL)
		store_close(fixture->store);
	fixture->store = NULL;
}

static void tear_down(struct fixture *fixture)
{
	close_store(fixture);
	temporary_remove(fixture->folder);
	arena_release(&fixture->arena);
}

/* The next opening, as the next build has it. */
static void open_store(struct fixture *fixture)
{
	const char *path =
		temporary_path(&fixture->arena, fixture->folder, "record");

	close_store(fixture);
	fixture->store = store_open(path, (struct digest){ 1, 1 },
				    &fixture->arena, &fixture->diags);
	assert_non_null(fixture->store);
}

static struct digest key_of(uint64_t key)
{
	return (struct digest){ key, ~key };
}

/* The packed resource of a file: another one for each path and key. */
static str packed_of(struct arena *arena, str path, uint64_t key)
{
	struct resource resource = { .file = 7,
				     .type = TYPE_NEWS,
				     .status = STATUS_PUBLISHED,
				     .path = path,
				     .title = path,
				     .author = STR("甲"),
				     .id = STR("own/id"),
				     .weight = (uint32_t)key };
	struct buf bytes;

	buf_init(&bytes, arena);
	resource_pack(&bytes, &resource);
	return buf_str(&bytes);
}

static bool is_whole(str packed, const struct file *file)
{
	struct arena arena;
	bool same;

	arena_init(&arena);
	same = str_equal(packed, packed_of(&arena, file->path, file->key));
	arena_release(&arena);
	return same;
}

/* Asks for all files; how many were found. What is found is always right. */
static size_t ask(struct metadata_cache *cache, struct fixture *fixture,
		  struct file *files, size_t count, struct arena *arena)
{
	size_t found = 0;

	metadata_cache_init(cache, fixture->store, arena);
	for (size_t i = 0; i < count; i++) {
		str packed;

		files[i].is_found = metadata_cache_find(
			&packed, cache, files[i].path, key_of(files[i].key));
		if (files[i].is_found)
			assert_true(is_whole(packed, &files[i]));
		found += files[i].is_found;
	}
	return found;
}

/* The same in an opening of its own, and without leaving anything. */
static size_t find_all(struct fixture *fixture, struct file *files,
		       size_t count)
{
	struct metadata_cache cache;
	struct arena arena;
	size_t found;

	arena_init(&arena);
	found = ask(&cache, fixture, files, count, &arena);
	arena_release(&arena);
	return found;
}

static void note_all(struct metadata_cache *cache, const struct file *files,
		     size_t count, struct arena *arena)
{
	for (size_t i = 0; i < count; i++)
		if (!files[i].is_left_out)
			metadata_cache_note(
				cache, files[i].path,
				(struct metadata){ key_of(files[i].key),
						   packed_of(arena,
							     files[i].path,
							     files[i].key) });
}

/* A build of a library; how many of its files were found. */
static size_t build(struct fixture *fixture, struct file *files, size_t count)
{
	struct metadata_cache cache;
	size_t found;

	open_store(fixture);
	found = ask(&cache, fixture, files, count, &fixture->arena);
	note_all(&cache, files, count, &fixture->arena);
	assert_true(store_begin(fixture->store, &fixture->diags));
	assert_true(
		metadata_cache_write(&cache, fixture->store, &fixture->diags));
	assert_true(store_commit(fixture->store, &fixture->diags));
	open_store(fixture);
	return found;
}

/* --- a library of nested folders --- */

enum { FILES = 504 };

static int compare_files(const void *left, const void *right)
{
	const struct file *a = left;
	const struct file *b = right;

	return str_compare(a->path, b->path);
}

/* Folders go on behind folders inside them. Room for one more file. */
static struct file *make_files(struct arena *arena)
{
	static const char *const folders[] = {
		"content/a/",	 "content/a/m/", "content/a/m/q/",
		"content/a/m/z", "content/a/z",	 "content/b/c/d/"
	};
	struct file *files = arena_array(arena, FILES + 1, sizeof(*files));

	for (size_t i = 0; i < FILES; i++) {
		files[i].path = arena_printf(arena, "%s%03zu.md",
					     folders[i % COUNT_OF(folders)],
					     i / COUNT_OF(folders));
		files[i].key = i + 1;
	}
	qsort(files, FILES, sizeof(*files), compare_files);
	return files;
}

static struct file *build_library(struct fixture *fixture)
{
	struct file *files;

	set_up(fixture);
	files = make_files(&fixture->arena);
	assert_int_equal(build(fixture, files, FILES), 0);
	return files;
}

static struct file *copy_files(struct fixture *fixture,
			       const struct file *files)
{
	struct file *copy =
		arena_array(&fixture->arena, FILES + 1, sizeof(*files));

	memcpy(copy, files, FILES * sizeof(*files));
	return copy;
}

/* Without the file at `place`. */
static struct file *without(struct fixture *fixture, const struct file *files,
			    size_t place)
{
	struct file *copy = copy_files(fixture, files);

	memmove(copy + place, files + place + 1,
		(FILES - place - 1) * sizeof(*files));
	return copy;
}

/* With one more in the folder of the file at `place`. */
static struct file *with(struct fixture *fixture, const struct file *files,
			 size_t place)
{
	struct file *copy = copy_files(fixture, files);
	str stem = str_between(files[place].path, 0, files[place].path.len - 3);

	copy[FILES] = (struct file){ arena_printf(&fixture->arena, "%.*s-x.md",
						  STR_ARG(stem)),
				     9999, false, false };
	qsort(copy, FILES + 1, sizeof(*copy), compare_files);
	return copy;
}

/* --- finding --- */

static void what_is_noted_is_found_again(void **state)
{
	struct fixture fixture;
	struct file *files = build_library(&fixture);

	(void)state;
	assert_int_equal(find_all(&fixture, files, FILES), FILES);
	assert_int_equal(build(&fixture, files, FILES), FILES);
	assert_int_equal(find_all(&fixture, files, FILES), FILES);
	tear_down(&fixture);
}

static void an_empty_store_has_nothing(void **state)
{
	struct fixture fixture;
	struct file *files;

	(void)state;
	set_up(&fixture);
	open_store(&fixture);
	files = make_files(&fixture.arena);
	assert_int_equal(find_all(&fixture, files, FILES), 0);
	tear_down(&fixture);
}

static void another_key_is_not_found(void **state)
{
	struct fixture fixture;
	struct file *files = build_library(&fixture);

	(void)state;
	for (size_t i = 0; i < FILES; i++) {
		uint64_t key = files[i].key;

		files[i].key = key + 100000;
		assert_int_equal(find_all(&fixture, files, FILES), FILES - 1);
		assert_false(files[i].is_found);
		files[i].key = key;
	}
	tear_down(&fixture);
}

static void a_changed_file_is_found_from_then_on(void **state)
{
	struct fixture fixture;
	struct file *files = build_library(&fixture);

	(void)state;
	files[FILES / 2].key = 777777;
	assert_int_equal(build(&fixture, files, FILES), FILES - 1);
	assert_int_equal(find_all(&fixture, files, FILES), FILES);
	files[FILES / 2].key = 777778;
	assert_int_equal(find_all(&fixture, files, FILES), FILES - 1);
	tear_down(&fixture);
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
	assert_true(losses->files <= FILES / 16);
	assert_true(losses->others <= 4 * FILES);
}

static void removing_a_file_leaves_the_others(void **state)
{
	struct fixture fixture;
	struct file *files = build_library(&fixture);
	struct losses losses = { 0 };

	(void)state;
	for (size_t i = 0; i < FILES; i++) {
		struct file *rest = without(&fixture, files, i);

		count_loss(&losses,
			   FILES - 1 - find_all(&fixture, rest, FILES - 1));
	}
	expect_few(&losses);
	tear_down(&fixture);
}

static void adding_a_file_leaves_the_others(void **state)
{
	struct fixture fixture;
	struct file *files = build_library(&fixture);
	struct losses losses = { 0 };

	(void)state;
	for (size_t i = 0; i < FILES; i++) {
		struct file *more = with(&fixture, files, i);

		count_loss(&losses,
			   FILES - find_all(&fixture, more, FILES + 1));
	}
	expect_few(&losses);
	tear_down(&fixture);
}

/* To a name at the end of the folder that the library ends with. */
static void renaming_a_file_leaves_the_others(void **state)
{
	struct fixture fixture;
	struct file *files = build_library(&fixture);
	struct losses losses = { 0 };

	(void)state;
	for (size_t i = 0; i < FILES; i++) {
		struct file *renamed = without(&fixture, files, i);

		renamed[FILES - 1] = files[i];
		renamed[FILES - 1].path =
			arena_printf(&fixture.arena, "content/b/c/d/z.md");
		count_loss(&losses,
			   FILES - 1 - find_all(&fixture, renamed, FILES));
		assert_false(renamed[FILES - 1].is_found);
	}
	expect_few(&losses);
	tear_down(&fixture);
}

/* Whatever the edit, the build behind it has all, and the next one finds it. */
static void every_edit_is_complete_with_one_build(void **state)
{
	enum { STEP = 37 };
	struct fixture fixture;
	struct file *files = build_library(&fixture);

	(void)state;
	for (size_t i = 0; i < FILES; i += STEP) {
		struct file *rest = without(&fixture, files, i);
		struct file *more = with(&fixture, files, i);

		build(&fixture, rest, FILES - 1);
		assert_int_equal(find_all(&fixture, rest, FILES - 1),
				 FILES - 1);
		build(&fixture, more, FILES + 1);
		assert_int_equal(find_all(&fixture, more, FILES + 1),
				 FILES + 1);
	}
	tear_down(&fixture);
}

static void a_folder_goes_on_behind_one_inside_it(void **state)
{
	struct file files[] = {
		{ STR("content/a/b.md"), 1, false, false },
		{ STR("content/a/c/d.md"), 2, false, false },
		{ STR("content/a/c/e/f.md"), 3, false, false },
		{ STR("content/a/c/g.md"), 4, false, false },
		{ STR("content/a/h.md"), 5, false, false },
	};
	struct fixture fixture;

	(void)state;
	set_up(&fixture);
	build(&fixture, files, COUNT_OF(files));
	assert_int_equal(find_all(&fixture, files, COUNT_OF(files)), 5);
	assert_int_equal(find_all(&fixture, files + 1, 4), 4);
	files[1].key = 20;
	assert_int_equal(build(&fixture, files, COUNT_OF(files)), 4);
	assert_int_equal(find_all(&fixture, files, COUNT_OF(files)), 5);
	assert_int_equal(build(&fixture, files + 1, 4), 4);
	assert_int_equal(find_all(&fixture, files + 1, 4), 4);
	assert_int_equal(find_all(&fixture, files, COUNT_OF(files)), 4);
	tear_down(&fixture);
}

/* Names of all chunks, as the index of the present record has them. */
static struct metadata_index index_of(struct fixture *fixture)
{
	struct metadata_index index;

	assert_true(
		metadata_index_open(&index, fixture->store, &fixture->arena));
	return index;
}

static bool has_name(const struct metadata_index *index, str name)
{
	for (size_t i = 0; i < index->count; i++)
		if (str_equal(index->names[i], name))
			return true;
	return false;
}

/* Asserts that the store has these chunks, and how many of them. */
static size_t count_kept(struct fixture *fixture,
			 const struct metadata_index *before)
{
	struct metadata_index now = index_of(fixture);
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
	struct fixture fixture;
	struct file *files = build_library(&fixture);
	struct metadata_index before = index_of(&fixture);

	(void)state;
	assert_true(before.count > 8);
	for (size_t i = 0; i < before.count; i++)
		before.names[i] = arena_copy(&fixture.arena, before.names[i]);
	assert_int_equal(count_kept(&fixture, &before), before.count);
	build(&fixture, files + FILES / 3, FILES / 3);
	assert_true(count_kept(&fixture, &before) < before.count);
	build(&fixture, files, 1);
	assert_int_equal(count_kept(&fixture, &before), 1);
	tear_down(&fixture);
}

static void names_of_chunks_are_in_order(void **state)
{
	struct fixture fixture;
	struct metadata_index index;

	(void)state;
	build_library(&fixture);
	index = index_of(&fixture);
	for (size_t i = 1; i < index.count; i++)
		assert_true(str_compare(index.names[i - 1], index.names[i]) <
			    0);
	tear_down(&fixture);
}

/* A changed file that has a warning now. */
static void a_file_not_noted_is_forgotten(void **state)
{
	struct fixture fixture;
	struct file *files = build_library(&fixture);
	struct file *file = &files[FILES / 2];
	uint64_t key = file->key;

	(void)state;
	file->key = 777777;
	file->is_left_out = true;
	assert_int_equal(build(&fixture, files, FILES), FILES - 1);
	assert_int_equal(find_all(&fixture, files, FILES), FILES - 1);
	file->key = key;
	assert_int_equal(find_all(&fixture, files, FILES), FILES - 1);
	tear_down(&fixture);
}

/* --- damage --- */

static const struct file three[] = {
	{ STR("content/a/1.md"), 1, false, false },
	{ STR("content/a/2.md"), 2, false, false },
	{ STR("content/a/3.md"), 3, false, false },
};

static struct file *build_three(struct fixture *fixture)
{
	struct file *files;

	set_up(fixture);
	files = arena_array(&fixture->arena, COUNT_OF(three), sizeof(*files));
	memcpy(files, three, sizeof(three));
	build(fixture, files, COUNT_OF(three));
	assert_int_equal(index_of(fixture).count, 1);
	return files;
}

static str only_chunk(struct fixture *fixture)
{
	str name = index_of(fixture).names[0];

	return arena_copy(&fixture->arena,
			  store_get(fixture->store, 'm', name));
}

/* With a checksum that is right, as another program may put it. */
static void put_chunk(struct fixture *fixture, str bytes)
{
	str name = index_of(fixture).names[0];

	assert_true(store_begin(fixture->store, &fixture->diags));
	assert_true(
		store_put(fixture->store, 'm', name, bytes, &fixture->diags));
	assert_true(store_commit(fixture->store, &fixture->diags));
	open_store(fixture);
}

/* How many are found and not merely other texts: those must be readable. */
static size_t find_readable(struct fixture *fixture, const struct file *files)
{
	struct metadata_cache cache;
	struct resource resource;
	size_t found = 0;
	str packed;

	metadata_cache_init(&cache, fixture->store, &fixture->arena);
	for (size_t i = 0; i < COUNT_OF(three); i++) {
		if (!metadata_cache_find(&packed, &cache, files[i].path,
					 key_of(files[i].key)))
			continue;
		assert_true(
			resource_unpack(&resource, packed, files[i].path, 0));
		assert_true(resource.title.len <= packed.len);
		found++;
	}
	return found;
}

static void a_chunk_cut_short_is_not_believed(void **state)
{
	enum { STEP = 7 };
	struct fixture fixture;
	struct file *files = build_three(&fixture);
	str bytes = only_chunk(&fixture);

	(void)state;
	for (size_t length = 0; length < bytes.len; length += STEP) {
		put_chunk(&fixture, str_between(bytes, 0, length));
		assert_true(find_all(&fixture, files, 3) < 3);
		assert_false(files[2].is_found);
	}
	put_chunk(&fixture, bytes);
	assert_int_equal(find_all(&fixture, files, 3), 3);
	tear_down(&fixture);
}

static void a_chunk_with_wrong_bytes_is_not_believed(void **state)
{
	enum { STEP = 3 };
	struct fixture fixture;
	struct file *files = build_three(&fixture);
	str bytes = only_chunk(&fixture);
	char *copy = arena_c_string(&fixture.arena, bytes);
	size_t lost = 0;

	(void)state;
	for (size_t i = 0; i < bytes.len; i += STEP) {
		copy[i] = (char)~copy[i];
		put_chunk(&fixture, (str){ copy, bytes.len });
		lost += find_readable(&fixture, files) < 3;
		copy[i] = bytes.data[i];
	}
	assert_true(lost > 0);
	tear_down(&fixture);
}

/* What stands in the entry of one file is no resource; the others are. */
static void an_entry_of_no_resource_is_not_believed(void **state)
{
	struct fixture fixture;
	struct file *files = build_three(&fixture);
	str bytes = only_chunk(&fixture);
	str second = packed_of(&fixture.arena, files[1].path, files[1].key);
	char *copy = arena_c_string(&fixture.arena, bytes);
	size_t place = str_find(bytes, second);

	(void)state;
	assert_true(place != STR_NONE);
	memset(copy + place, 0xff, second.len);
	put_chunk(&fixture, (str){ copy, bytes.len });
	assert_int_equal(find_all(&fixture, files, 3), 2);
	assert_false(files[1].is_found);
	assert_int_equal(build(&fixture, files, 3), 2);
	assert_int_equal(find_all(&fixture, files, 3), 3);
	tear_down(&fixture);
}

/* --- by number --- */

static void it_is_complete_when_all_are_noted(void **state)
{
	struct metadata_cache cache;
	struct fixture fixture;
	struct file *files;

	(void)state;
	set_up(&fixture);
	open_store(&fixture);
	files = make_files(&fixture.arena);
	ask(&cache, &fixture, files, FILES, &fixture.arena);
	assert_true(metadata_cache_is_complete(&cache, 0));
	note_all(&cache, files, FILES - 1, &fixture.arena);
	assert_false(metadata_cache_is_complete(&cache, FILES));
	assert_true(metadata_cache_is_complete(&cache, FILES - 1));
	note_all(&cache, files + FILES - 1, 1, &fixture.arena);
	assert_true(metadata_cache_is_complete(&cache, FILES));
	assert_false(metadata_cache_is_complete(&cache, FILES + 1));
	tear_down(&fixture);
}

/* Asserts that the index gives all files that were noted, by number. */
static void expect_numbers(struct fixture *fixture, const struct file *files,
			   size_t count, bool is_backwards)
{
	struct metadata_index index = index_of(fixture);
	uint32_t numbers = 0;

	for (size_t i = 0; i < count; i++)
		numbers += !files[i].is_left_out;
	for (size_t i = 0, number = 0; i < count; i++) {
		size_t place = is_backwards ? count - 1 - i : i;

		if (files[place].is_left_out)
			continue;
		assert_true(is_whole(
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
	struct fixture fixture;
	struct file *files = build_library(&fixture);
	struct file *rest = without(&fixture, files, FILES / 2);

	(void)state;
	expect_numbers(&fixture, files, FILES, false);
	expect_numbers(&fixture, files, FILES, true);
	build(&fixture, rest, FILES - 1);
	expect_numbers(&fixture, rest, FILES - 1, false);
	tear_down(&fixture);
}

/* Numbers are those of what was noted, also where that is nothing. */
static void what_is_not_noted_has_no_number(void **state)
{
	struct fixture fixture;
	struct file *files;

	(void)state;
	set_up(&fixture);
	files = make_files(&fixture.arena);
	for (size_t i = 0; i < FILES; i++)
		files[i].is_left_out =
			i < 40 || i % 5 == 0 || (i > 150 && i < 350) || i > 480;
	build(&fixture, files, FILES);
	expect_numbers(&fixture, files, FILES, false);
	expect_numbers(&fixture, files, FILES, true);
	tear_down(&fixture);
}

static void an_empty_record_has_no_index(void **state)
{
	struct metadata_index index;
	struct fixture fixture;

	(void)state;
	set_up(&fixture);
	open_store(&fixture);
	assert_false(
		metadata_index_open(&index, fixture.store, &fixture.arena));
	tear_down(&fixture);
}

static void a_chunk_that_is_gone_has_no_metadata(void **state)
{
	struct fixture fixture;
	struct metadata_index index;
	struct file *files = build_three(&fixture);

	(void)state;
	assert_true(store_begin(fixture.store, &fixture.diags));
	assert_true(store_remove(fixture.store, 'm',
				 index_of(&fixture).names[0], &fixture.diags));
	assert_true(store_commit(fixture.store, &fixture.diags));
	open_store(&fixture);
	index = index_of(&fixture);
	for (uint32_t i = 0; i < 3; i++)
		assert_int_equal(metadata_index_get(&index, i).len, 0);
	assert_int_equal(find_all(&fixture, files, 3), 0);
	tear_down(&fixture);
}

static void update(struct fixture *fixture,
		   const struct metadata_change *changes, size_t count)
{
	struct metadata_index index = index_of(fixture);

	assert_true(store_begin(fixture->store, &fixture->diags));
	assert_true(
		metadata_index_update(&index, changes, count, &fixture->diags));
	assert_true(store_commit(fixture->store, &fixture->diags));
	open_store(fixture);
}

/* Whether the new key, or the old one, finds the metadata of the old one. */
static bool has_key(struct fixture *fixture, struct file *files, size_t place,
		    uint64_t key)
{
	struct metadata_cache cache;
	bool found = false;
	str packed;

	metadata_cache_init(&cache, fixture->store, &fixture->arena);
	for (size_t i = 0; i <= place; i++)
		found = metadata_cache_find(
			&packed, &cache, files[i].path,
			key_of(i == place ? key : files[i].key));
	if (found)
		assert_true(is_whole(packed, &files[place]));
	return found;
}

static void an_update_changes_the_keys(void **state)
{
	static const uint32_t numbers[] = { 0, 1, 100, 101, 300, FILES - 1 };
	struct metadata_change changes[COUNT_OF(numbers)];
	struct fixture fixture;
	struct file *files = build_library(&fixture);

	(void)state;
	for (size_t i = 0; i < COUNT_OF(numbers); i++)
		changes[i] =
			(struct metadata_change){ numbers[i],
						  key_of(100000 + numbers[i]) };
	update(&fixture, changes, COUNT_OF(changes));
	assert_int_equal(find_all(&fixture, files, FILES),
			 FILES - COUNT_OF(numbers));
	for (size_t i = 0; i < COUNT_OF(numbers); i++) {
		assert_true(has_key(&fixture, files, numbers[i],
				    100000 + numbers[i]));
		assert_false(has_key(&fixture, files, numbers[i],
				     files[numbers[i]].key));
	}
	expect_numbers(&fixture, files, FILES, false);
	tear_down(&fixture);
}

static void an_update_of_nothing_leaves_all(void **state)
{
	struct fixture fixture;
	struct file *files = build_library(&fixture);

	(void)state;
	update(&fixture, NULL, 0);
	assert_int_equal(find_all(&fixture, files, FILES), FILES);
	tear_down(&fixture);
}

/* Found, and then another file was given its id: it is broken now. */
static void a_file_found_and_not_noted_is_forgotten(void **state)
{
	struct fixture fixture;
	struct file *files = build_library(&fixture);
	struct file *file = &files[FILES / 2];

	(void)state;
	file->is_left_out = true;
	assert_int_equal(build(&fixture, files, FILES), FILES);
	assert_int_equal(find_all(&fixture, files, FILES), FILES - 1);
	tear_down(&fixture);
}

static void what_was_found_and_not_noted_has_no_number(void **state)
{
	struct fixture fixture;
	struct file *files = build_library(&fixture);

	(void)state;
	files[FILES / 2].is_left_out = true;
	build(&fixture, files, FILES);
	expect_numbers(&fixture, files, FILES, false);
	tear_down(&fixture);
}

static void an_update_of_a_chunk_that_is_gone_fails(void **state)
{
	struct metadata_change change = { 1, key_of(5) };
	struct fixture fixture;
	struct metadata_index index;

	(void)state;
	build_three(&fixture);
	put_chunk(&fixture, STR("what is this?"));
	index = index_of(&fixture);
	assert_true(store_begin(fixture.store, &fixture.diags));
	assert_false(metadata_index_update(&index, &change, 1, &fixture.diags));
	store_abort(fixture.store);
	tear_down(&fixture);
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
		cmocka_unit_test(it_is_complete_when_all_are_noted),
		cmocka_unit_test(every_number_gives_what_was_noted),
		cmocka_unit_test(what_is_not_noted_has_no_number),
		cmocka_unit_test(an_empty_record_has_no_index),
		cmocka_unit_test(a_chunk_that_is_gone_has_no_metadata),
		cmocka_unit_test(an_update_changes_the_keys),
		cmocka_unit_test(an_update_of_nothing_leaves_all),
		cmocka_unit_test(a_file_found_and_not_noted_is_forgotten),
		cmocka_unit_test(what_was_found_and_not_noted_has_no_number),
		cmocka_unit_test(an_update_of_a_chunk_that_is_gone_fails),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
