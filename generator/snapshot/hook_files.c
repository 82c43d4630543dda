#include "snapshot/hook_files.h"

#include <git2/config.h>

#include "snapshot/location.h"

static const char *named_folder(const char *settings, bool *is_bare,
				struct arena *arena)
{
	git_config *config = NULL;
	git_buf value = { 0 };
	const char *named = NULL;
	int bare = 0;

	if (git_config_open_ondisk(&config, settings) < 0)
		return NULL;
	if (git_config_get_string_buf(&value, config, "core.hooksPath") == 0)
		named = arena_c_string(arena, (str){ value.ptr, value.size });
	if (git_config_get_bool(&bare, config, "core.bare") == 0)
		*is_bare = bare != 0;
	git_buf_dispose(&value);
	git_config_free(config);
	return named;
}

bool hook_folder_find(struct hook_folder *out, const char *directory,
		      struct arena *arena, struct diag_list *diags)
{
	struct location location;

	*out = (struct hook_folder){ 0 };
	if (!location_find(&location, directory, arena, diags))
		return false;
	out->library = location.folder;
	out->path = arena_printf(arena, "%s/hooks", location.common).data;
	out->named = named_folder(
		arena_printf(arena, "%s/config", location.common).data,
		&out->is_bare, arena);
	return true;
}
