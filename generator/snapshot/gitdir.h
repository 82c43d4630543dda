/*
 * The folder of a Git repository, before libgit2 opens anything in it: where it
 * lies, whether its files are files, and what its settings ask for.
 *
 * libgit2 reads whatever stands in the place of a file: a pipe would make it
 * wait for ever. And it names a setting that it does not know, but not what to
 * do about it. So both are looked at first.
 *
 * Always true: what is looked at is limited in number and depth; nothing is
 * written and nothing is run.
 */
#ifndef JIYUE_SNAPSHOT_GITDIR_H
#define JIYUE_SNAPSHOT_GITDIR_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/list.h"

enum {
	GITDIR_ENTRY_LIMIT = 2 * 1000 * 1000, /* files and folders looked at */
	GITDIR_DEPTH_LIMIT = 32,
	GITDIR_TEXT_LIMIT = 64 * 1024,	     /* bytes of a file of paths */
	GITDIR_SETTINGS_LIMIT = 1024 * 1024, /* bytes of its settings */
	GITDIR_ALTERNATE_LIMIT = 5, /* stores behind each other, as in Git */
};

/* Real paths, without a slash at the end. */
struct gitdir {
	const char *path;   /* the repository, or that of one work tree */
	const char *common; /* with objects and branches; mostly the same */
	const char *top;    /* the folder whose .git leads there; or NULL */
};

/*
 * The repository that holds the folder `real`, found as Git finds it: the
 * nearest folder upwards that has a .git or is a repository. `directory` is
 * how the user calls it. False with a failure when there is none, or when the
 * nearest .git is of no use: then Git would go on to a repository outside,
 * which is hardly meant.
 */
MUST_USE bool gitdir_find(struct gitdir *out, const char *real,
			  const char *directory, struct arena *arena,
			  struct diag_list *diags);

/* Records that a folder is in no repository. */
void gitdir_report_none(const char *directory, struct diag_list *diags);

/* What is of use to know when an object is not there. */
struct gitdir_objects {
	const char *lost; /* another store that is named and not there; NULL */
	bool is_partial;  /* some were left out when it was cloned */
	struct list stores; /* const char *: the other stores, all of them */
};

/* Everything that may be opened is a file or a folder. */
MUST_USE bool gitdir_check(struct gitdir_objects *objects,
			   const struct gitdir *gitdir, struct arena *arena,
			   struct diag_list *diags);

/*
 * The settings ask for nothing that we cannot do. `*work` is the folder that
 * core.worktree names, or NULL.
 */
MUST_USE bool gitdir_settings(const char **work, struct gitdir_objects *objects,
			      const struct gitdir *gitdir, struct arena *arena,
			      struct diag_list *diags);

/* Tells libgit2 which settings it need not refuse. */
MUST_USE bool gitdir_allow_extensions(void);

#endif
