#include "support/metadata_fixture.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <unistd.h>

#include <cmocka.h>

#include "library/resource.h"
#include "support/temporary.h"

void metadata_set_up(struct metadata_fixture *fixture)
{
	*fixture = (struct metadata_fixture){ 0 };
	arena_init(&fixture->arena);
	diag_list_init(&fixture->diags, &fixture->arena);
	fixture->folder = temporary_make(&fixture->arena);
}

static void metadata_close_store(struct metadata_fixture *fixture)
{
	if (fixture->store != NULL)
		store_close(fixture->store);
	fixture->store = NULL;
}

void metadata_tear_down(struct metadata_fixture *fixture)
{
	metadata_close_store(fixture);
	temporary_remove(fixture->folder);
	arena_release(&fixture->arena);
}

/* The next opening, as the next build has it. */
void metadata_open_store(struct metadata_fixture *fixture)
{
	int parent = temporary_open(fixture->folder);

	metadata_close_store(fixture);
	fixture->store = store_open(parent, "record", (struct digest){ 1, 1 },
				    &fixture->arena, &fixture->diags);
	close(parent);
	assert_non_null(fixture->store);
}

struct digest metadata_key_of(uint64_t key)
{
	return (struct digest){ key, ~key };
}

/* The packed resource of a file: another one for each path and key. */
str metadata_packed_of(struct arena *arena, str path, uint64_t key)
{
	struct resource resource = { .file = 7,
				     .type = 3,
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

bool metadata_is_whole(str packed, const struct metadata_file *file)
{
	struct arena arena;
	bool same;

	arena_init(&arena);
	same = str_equal(packed,
			 metadata_packed_of(&arena, file->path, file->key));
	arena_release(&arena);
	return same;
}

/* Asks for all files; how many were found. What is found is always right. */
size_t metadata_ask(struct metadata_cache *cache,
		    struct metadata_fixture *fixture,
		    struct metadata_file *files, size_t count,
		    struct arena *arena)
{
	size_t found = 0;

	metadata_cache_init(cache, fixture->store, arena);
	for (size_t i = 0; i < count; i++) {
		struct metadata found_one;

		files[i].is_found =
			metadata_cache_find(&found_one, cache, files[i].path,
					    metadata_key_of(files[i].key));
		if (files[i].is_found)
			assert_true(
				metadata_is_whole(found_one.packed, &files[i]));
		found += files[i].is_found;
	}
	return found;
}

/* The same in an opening of its own, and without leaving anything. */
size_t metadata_find_all(struct metadata_fixture *fixture,
			 struct metadata_file *files, size_t count)
{
	struct metadata_cache cache;
	struct arena arena;
	size_t found;

	arena_init(&arena);
	found = metadata_ask(&cache, fixture, files, count, &arena);
	arena_release(&arena);
	return found;
}

void metadata_note_all(struct metadata_cache *cache,
		       const struct metadata_file *files, size_t count,
		       struct arena *arena)
{
	for (size_t i = 0; i < count; i++)
		if (!files[i].is_left_out)
			metadata_cache_note(
				cache, files[i].path,
				(struct metadata){
					metadata_key_of(files[i].key),
					metadata_packed_of(arena, files[i].path,
							   files[i].key),
					0 });
}

/* A build of a library; how many of its files were found. */
size_t metadata_build(struct metadata_fixture *fixture,
		      struct metadata_file *files, size_t count)
{
	struct metadata_cache cache;
	size_t found;

	metadata_open_store(fixture);
	found = metadata_ask(&cache, fixture, files, count, &fixture->arena);
	metadata_note_all(&cache, files, count, &fixture->arena);
	assert_true(store_begin(fixture->store, &fixture->diags));
	assert_true(
		metadata_cache_write(&cache, fixture->store, &fixture->diags));
	assert_true(store_commit(fixture->store, &fixture->diags));
	metadata_open_store(fixture);
	return found;
}

/* --- a library of nested folders --- */

int metadata_compare_files(const void *left, const void *right)
{
	const struct metadata_file *a = left;
	const struct metadata_file *b = right;

	return str_compare(a->path, b->path);
}

/* Folders go on behind folders inside them. Room for one more file. */
struct metadata_file *metadata_make_files(struct arena *arena)
{
	static const char *const folders[] = {
		"content/a/",	 "content/a/m/", "content/a/m/q/",
		"content/a/m/z", "content/a/z",	 "content/b/c/d/"
	};
	struct metadata_file *files =
		arena_array(arena, METADATA_FILES + 1, sizeof(*files));

	for (size_t i = 0; i < METADATA_FILES; i++) {
		files[i].path = arena_printf(arena, "%s%03zu.md",
					     folders[i % COUNT_OF(folders)],
					     i / COUNT_OF(folders));
		files[i].key = i + 1;
	}
	qsort(files, METADATA_FILES, sizeof(*files), metadata_compare_files);
	return files;
}

struct metadata_file *metadata_build_library(struct metadata_fixture *fixture)
{
	struct metadata_file *files;

	metadata_set_up(fixture);
	files = metadata_make_files(&fixture->arena);
	assert_int_equal(metadata_build(fixture, files, METADATA_FILES), 0);
	return files;
}

/* Names of all chunks, as the index of the present record has them. */
struct metadata_index metadata_index_of(struct metadata_fixture *fixture)
{
	struct metadata_index index;

	assert_true(
		metadata_index_open(&index, fixture->store, &fixture->arena));
	return index;
}

static const struct metadata_file three[METADATA_THREE] = {
	{ STR("content/a/1.md"), 1, false, false },
	{ STR("content/a/2.md"), 2, false, false },
	{ STR("content/a/3.md"), 3, false, false },
};

struct metadata_file *metadata_build_three(struct metadata_fixture *fixture)
{
	struct metadata_file *files;

	metadata_set_up(fixture);
	files = arena_array(&fixture->arena, METADATA_THREE, sizeof(*files));
	memcpy(files, three, sizeof(three));
	metadata_build(fixture, files, METADATA_THREE);
	assert_int_equal(metadata_index_of(fixture).count, 1);
	return files;
}

struct metadata_file *metadata_copy_files(struct metadata_fixture *fixture,
					  const struct metadata_file *files)
{
	struct metadata_file *copy = arena_array(
		&fixture->arena, METADATA_FILES + 1, sizeof(*files));

	memcpy(copy, files, METADATA_FILES * sizeof(*files));
	return copy;
}

/* Without the file at `place`. */
struct metadata_file *metadata_without(struct metadata_fixture *fixture,
				       const struct metadata_file *files,
				       size_t place)
{
	struct metadata_file *copy = metadata_copy_files(fixture, files);

	memmove(copy + place, files + place + 1,
		(METADATA_FILES - place - 1) * sizeof(*files));
	return copy;
}

str metadata_only_chunk(struct metadata_fixture *fixture)
{
	str name = metadata_index_of(fixture).names[0];

	return arena_copy(&fixture->arena,
			  store_get(fixture->store, 'm', name));
}

/* With a checksum that is right, as another program may put it. */
void metadata_put_chunk(struct metadata_fixture *fixture, str bytes)
{
	str name = metadata_index_of(fixture).names[0];

	assert_true(store_begin(fixture->store, &fixture->diags));
	assert_true(
		store_put(fixture->store, 'm', name, bytes, &fixture->diags));
	assert_true(store_commit(fixture->store, &fixture->diags));
	metadata_open_store(fixture);
}
