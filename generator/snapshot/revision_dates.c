#include "snapshot/revision_dates.h"

#include "snapshot/revision_snapshot.h"

#include <git2/revparse.h>

/* NULL where there is none. */
static git_commit *open_commit(git_repository *repository,
			       const struct revision *revision)
{
	git_object *object = NULL;
	git_object *commit = NULL;

	if (revision != NULL)
		(void)!git_object_lookup(&object, repository, &revision->id,
					 GIT_OBJECT_ANY);
	else
		(void)!git_revparse_single(&object, repository, "HEAD");
	if (object != NULL)
		(void)!git_object_peel(&commit, object, GIT_OBJECT_COMMIT);
	git_object_free(object);
	return (git_commit *)commit;
}

/* Answers all whose moment the commit is not behind. */
static void answer(struct revision_dates *dates, size_t *next,
		   const git_commit *commit, struct arena *arena)
{
	struct moment time =
		revision_commit_time(commit, dates->items[*next].until.offset);
	char hex[GIT_OID_HEXSZ + 1];

	if (!time.is_set)
		return;
	dates->first = time;
	git_oid_tostr(hex, sizeof(hex), git_commit_id(commit));
	while (*next < dates->count &&
	       moment_compare(time, dates->items[*next].until) <= 0)
		dates->items[(*next)++].revision =
			arena_copy(arena, str_from_c(hex));
}

/* Takes over `commit` and frees it. */
static void walk(struct revision_dates *dates, git_commit *commit,
		 struct arena *arena)
{
	size_t next = 0;

	for (size_t steps = 0; commit != NULL && next < dates->count &&
			       steps < VERSION_COMMIT_LIMIT;
	     steps++) {
		git_commit *parent = NULL;

		answer(dates, &next, commit, arena);
		if (git_commit_parentcount(commit) == 0 ||
		    git_commit_parent(&parent, commit, 0) < 0)
			parent = NULL;
		git_commit_free(commit);
		commit = parent;
	}
	git_commit_free(commit);
}

void revision_dates_find(struct revision_dates *dates,
			 const struct snapshot *snapshot, const char *folder,
			 struct arena *arena)
{
	const struct revision *revision = revision_of(snapshot);
	git_repository *repository;
	struct location location;
	struct diag_list ignored;

	diag_list_init(&ignored, arena);
	if (revision != NULL)
		location = revision->location;
	else if (!location_find(&location, folder, arena, &ignored))
		return;
	repository = location_open(&location, &ignored);
	if (repository == NULL)
		return;
	walk(dates, open_commit(repository, revision), arena);
	git_repository_free(repository);
}
