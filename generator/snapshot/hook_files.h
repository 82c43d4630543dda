/* Where a repository has its hooks. */
#ifndef JIYUE_SNAPSHOT_HOOK_FILES_H
#define JIYUE_SNAPSHOT_HOOK_FILES_H

#include "base/arena.h"
#include "base/diag.h"

struct hook_folder {
	const char *path;
	const char *named; /* by core.hooksPath; NULL: it is the usual one */
	bool is_bare;	   /* nobody commits in it, it is pushed to */
	str library;	   /* its folder in the repository; empty: the root */
};

MUST_USE bool hook_folder_find(struct hook_folder *out, const char *directory,
			       struct arena *arena, struct diag_list *diags);

#endif
