/*
 * Real Git repositories for tests, made by the git command in a fresh folder,
 * with fixed authors and dates and without the machine's config.
 *
 *	repository_init(&repository, REPOSITORY_BARE);
 *	repository_put(&repository, "content/a.md", STR("text\n"));
 *	repository_commit(&repository, 1700000000);
 *	...
 *	repository_release(&repository);
 *
 * Changes gather until repository_commit, which adds them to the branch.
 * Nothing is checked out. Anything that fails, fails the test.
 */
#ifndef JIYUE_TESTS_SUPPORT_REPOSITORY_H
#define JIYUE_TESTS_SUPPORT_REPOSITORY_H

#include "base/buf.h"

enum repository_kind { REPOSITORY_BARE, REPOSITORY_ORDINARY };

struct repository {
	struct arena arena;
	const char *folder;    /* temporary; more may be put beside */
	const char *directory; /* the repository, or its work tree */
	const char *branch;    /* where commits go; "main" at first */
	struct buf changes;    /* as git fast-import reads them */
};

void repository_init(struct repository *repository, enum repository_kind kind);
void repository_release(struct repository *repository);

void repository_put(struct repository *repository, const char *path, str data);
void repository_put_link(struct repository *repository, const char *path,
			 const char *target);
void repository_put_submodule(struct repository *repository, const char *path);
void repository_delete(struct repository *repository, const char *path);

/* Puts a tree that repository_object has made. */
void repository_put_tree(struct repository *repository, const char *path,
			 const char *id);

/* One entry of a tree object, for repository_object; `id` is 40 digits. */
void repository_add_entry(struct buf *tree, const char *mode, str name,
			  const char *id);

/* Writes an object without any check; its id as 40 digits. */
const char *repository_object(struct repository *repository, const char *type,
			      str data);

/* Commits the changes at that time of committer, +08:00; the commit's id. */
const char *repository_commit(struct repository *repository, int64_t seconds);

/* Commits the changes as a merge of another branch. */
const char *repository_merge(struct repository *repository, const char *branch,
			     int64_t seconds);

/* Makes `branch` at the head of the present one, and commits there. */
void repository_branch(struct repository *repository, const char *branch);

/* Runs git with the arguments up to NULL; what it printed, trimmed. */
const char *repository_git(struct repository *repository,
			   const char *const *arguments, str input);

#endif
