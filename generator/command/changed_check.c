#include "command/changed_check.h"

#include "command/command.h"
#include "command/messages.h"
#include "system/workers.h"

/* What others wrote was let in before, with its mistakes. */
static void keep_changed(struct build *build,
			 const struct changed_files *changed)
{
	struct diag_list *diags = &build->diags;
	const struct diag *items = diags->items.items;
	bool *is_out = arena_array(&build->arena, diag_total(diags) + 1, 1);

	for (size_t i = 0; i < diags->items.count; i++)
		is_out[i] = items[i].level != DIAG_FAILURE &&
			    items[i].path.len > 0 &&
			    !map_has(&changed->paths, items[i].path);
	diag_take_out(diags, is_out, 0);
}

int changed_check(const char *directory, const struct changed_files *changed)
{
	struct build_options options = {
		.library = { .folder = directory,
			     .front_matter_dates = true,
			     .threads = workers_available() },
		.quiet = true,
	};
	struct arena arena;
	struct build build;
	int code;

	if (changed->count == 0 || changed->tree.len == 0)
		return EXIT_CLEAN;
	arena_init(&arena);
	options.library.revision = arena_c_string(&arena, changed->tree);
	if (build_open_library(&build, &options) &&
	    library_read_history(&build.library, NULL, &build.diags))
		(void)!library_read(&build.library, NULL, &build.diags);
	messages_sort(&build);
	keep_changed(&build, changed);
	code = messages_tell(&build);
	build_close(&build);
	arena_release(&arena);
	return code;
}
