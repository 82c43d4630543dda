/*
 * Files with metadata in a record on the disk, for tests of
 * library/metadata_cache.h.
 */
#ifndef JIYUE_TESTS_SUPPORT_METADATA_FIXTURE_H
#define JIYUE_TESTS_SUPPORT_METADATA_FIXTURE_H

#include "base/diag.h"
#include "library/metadata_cache.h"

enum { METADATA_FILES = 504, METADATA_THREE = 3 };

/* A file of a library, and what is to become of it. */
struct metadata_file {
	str path;
	uint64_t key;
	bool is_left_out; /* asked for, but not noted */
	bool is_found;
};

struct metadata_fixture {
	struct arena arena;
	struct diag_list diags;
	const char *folder;
	struct store *store; /* open or NULL */
};

/* By path, for qsort. */
int metadata_compare_files(const void *left, const void *right);

/* METADATA_FILES in nested folders, sorted; room for one more. */
struct metadata_file *metadata_make_files(struct arena *arena);

struct digest metadata_key_of(uint64_t key);

/* The packed resource of a file: another one for each path and key. */
str metadata_packed_of(struct arena *arena, str path, uint64_t key);
bool metadata_is_whole(str packed, const struct metadata_file *file);

void metadata_set_up(struct metadata_fixture *fixture);

void metadata_tear_down(struct metadata_fixture *fixture);

/* The next opening, as the next build has it. */
void metadata_open_store(struct metadata_fixture *fixture);

/* Asks for all files; how many were found. What is found is always right. */
size_t metadata_ask(struct metadata_cache *cache,
		    struct metadata_fixture *fixture,
		    struct metadata_file *files, size_t count,
		    struct arena *arena);

/* The same in an opening of its own, and without leaving anything. */
size_t metadata_find_all(struct metadata_fixture *fixture,
			 struct metadata_file *files, size_t count);

void metadata_note_all(struct metadata_cache *cache,
		       const struct metadata_file *files, size_t count,
		       struct arena *arena);

/* A build of a library; how many of its files were found. */
size_t metadata_build(struct metadata_fixture *fixture,
		      struct metadata_file *files, size_t count);

struct metadata_file *metadata_build_library(struct metadata_fixture *fixture);

/* Names of all chunks, as the index of the present record has them. */
struct metadata_index metadata_index_of(struct metadata_fixture *fixture);

struct metadata_file *metadata_build_three(struct metadata_fixture *fixture);

struct metadata_file *metadata_copy_files(struct metadata_fixture *fixture,
					  const struct metadata_file *files);

/* Without the file at `place`. */
struct metadata_file *metadata_without(struct metadata_fixture *fixture,
				       const struct metadata_file *files,
				       size_t place);

str metadata_only_chunk(struct metadata_fixture *fixture);

/* With a checksum that is right, as another program may put it. */
void metadata_put_chunk(struct metadata_fixture *fixture, str bytes);

#endif
