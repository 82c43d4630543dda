/*
 * Where a library lies: in which Git repository, and in which folder of its
 * trees.
 *
 * Always true: only objects, references and the repository's own config are
 * read; nothing in the work tree, no hook and no config of the machine.
 */
#ifndef JIYUE_SNAPSHOT_LOCATION_H
#define JIYUE_SNAPSHOT_LOCATION_H

#include "snapshot/gitdir.h"
#include "snapshot/snapshot.h"

#include <git2/commit.h>
#include <git2/errors.h>
#include <git2/repository.h>
#include <git2/tree.h>

struct location {
	const char *repository; /* its folder, or that of one work tree */
	const char *common;	/* the folder with the objects */
	str folder;		/* of the trees; empty for their root */
	struct gitdir_objects objects;
};

/* What is said to be unreadable, and whose it is. */
struct location_object {
	const git_oid *id;
	str path;
};

/* The library in `directory`. Strings live in `arena`. */
MUST_USE bool location_find(struct location *out, const char *directory,
			    struct arena *arena, struct diag_list *diags);

/* A handle of the caller's own, or NULL with a failure. */
git_repository *location_open(const struct location *location,
			      struct diag_list *diags);

/*
 * The library's folder in a tree: 0, GIT_ENOTFOUND when the tree has none, or
 * another error, which is recorded. Names are compared as NFC.
 */
MUST_USE int location_tree(git_tree **out, const struct location *location,
			   const git_tree *root, struct diag_list *diags);

/*
 * Whether libgit2 computes the id of every object it reads again; it does by
 * default. For the whole process, so only while nothing else reads.
 */
void location_verify_objects(bool verify);

/* Why the last call of libgit2 failed. */
const char *location_reason(void);

/*
 * When the last call of libgit2 failed as no file can be opened any more:
 * records that, of the path, and is true.
 */
bool location_report_no_files(str path, struct diag_list *diags);

/* Records that an object cannot be read; `error` is what libgit2 gave. */
void location_report_object(const struct location *location,
			    struct location_object object, int error,
			    struct diag_list *diags);

#endif
