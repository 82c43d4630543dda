/*
 * A tree object with any bytes, as the root of a library and as a folder in
 * it. The first byte says which.
 */
#include <git2/odb.h>
#include <git2/oid.h>
#include <git2/repository.h>
#include <stdlib.h>

#include "snapshot/snapshot.h"
#include "support/temporary.h"
#include "tests/fuzz/support/input.h"

/* One repository for all inputs; each adds an object or two. */
struct bench {
	struct arena arena;
	const char *folder;
	git_repository *repository;
};

static struct bench *bench_of_all(void)
{
	static struct bench bench;

	if (bench.repository != NULL)
		return &bench;
	arena_init(&bench.arena);
	bench.folder = temporary_make(&bench.arena);
	fuzz_require(git_repository_init(&bench.repository, bench.folder, 1) ==
			     0,
		     "there is a repository");
	return &bench;
}

static git_oid write_tree(git_odb *odb, str bytes)
{
	git_oid id;

	fuzz_require(git_odb_write(&id, odb, bytes.data, bytes.len,
				   GIT_OBJECT_TREE) == 0,
		     "the object can be written");
	return id;
}

/* The tree below content/ of another one. */
static git_oid write_below(git_odb *odb, git_oid inner)
{
	char bytes[sizeof("40000 content") + GIT_OID_RAWSZ];
	size_t head = sizeof("40000 content"); /* with its NUL */

	memcpy(bytes, "40000 content", head);
	memcpy(bytes + head, inner.id, GIT_OID_RAWSZ);
	return write_tree(odb, (str){ bytes, sizeof(bytes) });
}

static void open_tree(const struct bench *bench, git_oid id)
{
	char name[GIT_OID_HEXSZ + 1];
	struct snapshot snapshot;
	struct diag_list diags;
	struct arena arena;

	arena_init(&arena);
	diag_list_init(&diags, &arena);
	git_oid_tostr(name, sizeof(name), &id);
	if (snapshot_open_revision(&snapshot, bench->folder, name, &arena,
				   &diags))
		snapshot_close(&snapshot);
	fuzz_print(&diags, NULL);
	arena_release(&arena);
}

static void remove_object(const struct bench *bench, git_oid id)
{
	char name[GIT_OID_HEXSZ + 1];

	git_oid_tostr(name, sizeof(name), &id);
	(void)remove(arena_printf((struct arena *)&bench->arena,
				  "%s/objects/%.2s/%s", bench->folder, name,
				  name + 2)
			     .data);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bench *bench = bench_of_all();
	git_odb *odb = NULL;
	git_oid inner;
	git_oid outer;

	if (size == 0)
		return -1;
	fuzz_require(git_repository_odb(&odb, bench->repository) == 0,
		     "there are objects");
	inner = write_tree(odb, (str){ (const char *)data + 1, size - 1 });
	outer = (data[0] & 1) == 0 ? inner : write_below(odb, inner);
	open_tree(bench, outer);
	remove_object(bench, outer);
	remove_object(bench, inner);
	git_odb_free(odb);
	return 0;
}
