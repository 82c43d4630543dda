/*
 * A small city in Git that is built again and again in one folder, from its
 * first revision to the second, which differs in some bodies. So each build
 * recalls its plan, unless something is wrong with the record: kept_build_edit
 * puts folder and record back to the first revision, and more can be changed.
 */
#ifndef JIYUE_TESTS_SUPPORT_KEPT_BUILD_H
#define JIYUE_TESTS_SUPPORT_KEPT_BUILD_H

#include "base/diag.h"
#include "cache/store.h"
#include "support/repository.h"

/* A value of the record. */
struct kept_value {
	char kind;
	str name;
	bool is_array; /* of the plan's image: damage to it is always seen */
	str before;    /* its bytes at the first revision */
};

struct kept_build {
	struct repository repository;
	struct arena *arena; /* of the repository */
	const char *out;
	const char *revisions[2];
	str trees[2]; /* what a clean build of each makes */
	struct kept_value *values;
	size_t value_count;
	int state;	 /* the folder .jiyue */
	bool has_failed; /* the last build */
};

void kept_build_init(struct kept_build *kept);
void kept_build_release(struct kept_build *kept);

/* As it was at the first revision; a transaction of the record has begun. */
struct store *kept_build_edit(struct kept_build *kept, struct arena *arena,
			      struct diag_list *diags);

/* Commits and closes it. */
void kept_build_edited(struct store *store, struct diag_list *diags);

/* Whether this build recalled its plan, to the end. */
bool kept_build_run(struct kept_build *kept);

/* Is the folder what a clean build of the second revision makes? */
bool kept_build_is_right(const struct kept_build *kept);

/* Paths and bytes of all that stands in an output folder, but the record. */
str kept_build_tree(const char *folder, struct arena *arena);

/* Makes all of it anew, when it is not. */
void kept_build_mend(struct kept_build *kept);

#endif
