/*
 * Git has a list of what to keep beside the index, and a setting by which it
 * counts. The setting is looked for as text: only a warning depends on it.
 */
#include "snapshot/sparse.h"

#include "snapshot/location.h"
#include "system/folder.h"

enum { LIST_LIMIT = 1024 * 1024 };

static bool read_file(str *out, const char *folder, const char *name,
		      struct arena *arena)
{
	return folder_read_path(out,
				arena_printf(arena, "%s/%s", folder, name).data,
				LIST_LIMIT, arena);
}

static bool is_set(str settings)
{
	str name = STR("sparsecheckout = true");

	for (size_t i = 0; i + name.len <= settings.len; i++)
		if (str_equal_ignoring_case(
			    str_between(settings, i, i + name.len), name))
			return true;
	return false;
}

bool sparse_is_set(const char *directory, struct arena *arena)
{
	struct location location;
	struct diag_list ignored;
	str text;

	diag_list_init(&ignored, arena);
	return location_find(&location, directory, arena, &ignored) &&
	       read_file(&text, location.repository, "info/sparse-checkout",
			 arena) &&
	       ((read_file(&text, location.repository, "config.worktree",
			   arena) &&
		 is_set(text)) ||
		(read_file(&text, location.common, "config", arena) &&
		 is_set(text)));
}

void sparse_warn(const char *directory, struct arena *arena,
		 struct diag_list *diags)
{
	struct diag *diag;

	if (!sparse_is_set(directory, arena))
		return;
	diag = diag_warning(diags, span_none(), "worktree-sparse",
			    _("the work tree has only some of the files (a "
			      "sparse checkout): what leads to the others "
			      "seems dead"));
	diag_help(diags, diag, "%s",
		  _("git sparse-checkout disable brings them back; without "
		    "--worktree all files of the commit are read"));
}
