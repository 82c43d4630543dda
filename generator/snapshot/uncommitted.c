/*
 * Git's own status says it, of the three folders that are read. It is asked
 * with the settings of the repository, which all else here has no use for: a
 * hint may depend on them.
 */
#include "snapshot/uncommitted.h"

#include "snapshot/location.h"
#include "snapshot/sparse.h"

#include <git2/status.h>

/* Of a sparse checkout what is not there is not missing. */
static void count(struct uncommitted *out, git_status_list *list,
		  const struct location *location, bool is_sparse,
		  struct arena *arena)
{
	size_t behind =
		location->folder.len == 0 ? 0 : location->folder.len + 1;

	for (size_t i = 0; i < git_status_list_entrycount(list); i++) {
		const git_status_entry *entry = git_status_byindex(list, i);
		const git_diff_delta *delta = entry->index_to_workdir != NULL
						      ? entry->index_to_workdir
						      : entry->head_to_index;

		if (is_sparse && entry->status == GIT_STATUS_WT_DELETED)
			continue;
		if (out->count++ == 0)
			out->first = arena_copy(
				arena,
				str_from(str_from_c(delta->new_file.path),
					 behind));
	}
}

static void look(struct uncommitted *out, git_repository *repository,
		 const struct location *location, bool is_sparse,
		 struct arena *arena)
{
	static const char *const roots[] = { "content", "sites", "themes" };
	char *paths[COUNT_OF(roots)];
	git_status_options options = {
		.version = GIT_STATUS_OPTIONS_VERSION,
		.show = GIT_STATUS_SHOW_INDEX_AND_WORKDIR,
		.flags = GIT_STATUS_OPT_INCLUDE_UNTRACKED |
			 GIT_STATUS_OPT_RECURSE_UNTRACKED_DIRS |
			 GIT_STATUS_OPT_EXCLUDE_SUBMODULES |
			 GIT_STATUS_OPT_NO_REFRESH |
			 GIT_STATUS_OPT_DISABLE_PATHSPEC_MATCH,
		.pathspec = { paths, COUNT_OF(paths) },
	};
	git_status_list *list = NULL;

	for (size_t i = 0; i < COUNT_OF(roots); i++)
		paths[i] =
			(char *)arena_printf(
				arena, "%.*s%s%s", STR_ARG(location->folder),
				location->folder.len == 0 ? "" : "/", roots[i])
				.data;
	if (git_status_list_new(&list, repository, &options) == 0)
		count(out, list, location, is_sparse, arena);
	git_status_list_free(list);
}

/* Of the library in the folder; NULL where there is no work tree. */
static git_repository *open_work_tree(struct location *location,
				      const char *directory,
				      struct arena *arena)
{
	git_repository *repository = NULL;
	struct diag_list ignored;

	diag_list_init(&ignored, arena);
	if (!location_find(location, directory, arena, &ignored) ||
	    git_repository_open_ext(&repository, location->repository,
				    GIT_REPOSITORY_OPEN_NO_SEARCH, NULL) < 0)
		return NULL;
	if (!git_repository_is_bare(repository))
		return repository;
	git_repository_free(repository);
	return NULL;
}

struct uncommitted uncommitted_find(const char *directory, struct arena *arena)
{
	struct uncommitted out = { 0 };
	struct location location;
	git_repository *repository =
		open_work_tree(&location, directory, arena);

	if (repository != NULL)
		look(&out, repository, &location,
		     sparse_is_set(directory, arena), arena);
	git_repository_free(repository);
	return out;
}

static str full_path(const struct location *location, str path,
		     struct arena *arena)
{
	return arena_printf(arena, "%.*s%s%.*s", STR_ARG(location->folder),
			    location->folder.len == 0 ? "" : "/",
			    STR_ARG(path));
}

bool uncommitted_is(const char *directory, str path, struct arena *arena)
{
	struct location location;
	git_repository *repository =
		open_work_tree(&location, directory, arena);
	unsigned flags = GIT_STATUS_CURRENT;
	str full;

	if (repository == NULL)
		return false;
	full = full_path(&location, path, arena);
	if (git_status_file(&flags, repository, full.data) < 0)
		flags = GIT_STATUS_CURRENT;
	git_repository_free(repository);
	return flags != GIT_STATUS_CURRENT;
}

str uncommitted_blob(const char *directory, str path, struct arena *arena)
{
	struct location location;
	git_repository *repository =
		open_work_tree(&location, directory, arena);
	str id = STR("");
	git_oid oid;

	if (repository == NULL)
		return id;
	if (git_repository_hashfile(&oid, repository,
				    full_path(&location, path, arena).data,
				    GIT_OBJECT_BLOB, NULL) == 0)
		id = arena_copy(arena,
				(str){ (const char *)oid.id, sizeof(oid.id) });
	git_repository_free(repository);
	return id;
}
