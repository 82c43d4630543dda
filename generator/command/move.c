/*
 * Moves a resource in the work tree: its file (or the folder of its index.md),
 * the links that lead to it and those that it has, its old address as an
 * alias. Its id stays, as other resources and settings may name it.
 *
 * Everything is done, or nothing: the library is planned again afterwards, and
 * when something is wrong that was not wrong before, all is put back.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/diag.h"
#include "command/command.h"
#include "command/messages.h"
#include "command/options.h"
#include "command/work_tree.h"
#include "editor/relink.h"
#include "markup/url_path.h"
#include "plan/near_file.h"
#include "plan/permalink.h"
#include "system/reason.h"

const struct command_usage usage_move = {
	.name = "move",
	.letters = "lh",
	.about = N_("Moves a resource of the work tree: FROM is its file (or "
		    "the folder of its index.md), TO the new file or folder. "
		    "Links of other resources follow, its old address leads "
		    "to the new one, and its id stays. It prints the files "
		    "that it changes."),
	.arguments = "FROM TO",
	.example = "content/jyj/tzgg/kaixue.md content/jyj/zcwj/kaixue.md",
};

struct moving {
	struct work_tree tree;
	struct library *library;
	struct diag_list *diags;
	struct arena *arena;
	str from; /* the file */
	str to;
	str from_folder; /* of an index.md, with the slash; or empty */
	str to_folder;
	uint32_t number;
	str id;
	const struct site *site; /* NULL: it has no address */
	str address;		 /* "jyxw/202603/x.html" */
	str new_address;	 /* when it is another one */
	size_t errors;		 /* before anything was done */
};

/* --- what is meant -------------------------------------------------------- */

static bool refuse(struct moving *moving, const char *message, str path,
		   const char *help)
{
	struct diag *diag = diag_error(moving->diags, span_none(), "move",
				       "%s: %.*s", message, STR_ARG(path));

	if (help != NULL)
		diag_help(moving->diags, diag, "%s", help);
	return false;
}

static bool find_from(struct moving *moving, const char *text)
{
	const struct catalog *catalog = &moving->library->catalog;
	str path = work_tree_path(text);
	str index = arena_printf(moving->arena, "%.*s/index.md", STR_ARG(path));

	moving->number = catalog_find_path(catalog, path);
	if (moving->number == RESOURCE_NONE) {
		moving->number = catalog_find_path(catalog, index);
		path = index;
	}
	if (moving->number == RESOURCE_NONE)
		return refuse(moving,
			      _("there is no resource here that can "
				"be moved"),
			      str_from_c(text),
			      _("write its path as messages do: "
				"content/jyj/tzgg/kaixue.md; what has "
				"mistakes is mended first"));
	moving->from = path;
	if (str_ends_with(path, STR("/index.md")))
		moving->from_folder =
			str_between(path, 0, path.len - strlen("index.md"));
	return true;
}

static bool is_folder(const struct moving *moving, str path)
{
	size_t first, behind;

	snapshot_range(&moving->library->snapshot,
		       arena_printf(moving->arena, "%.*s/", STR_ARG(path)),
		       &first, &behind);
	return first < behind;
}

static bool is_below_content(str path)
{
	str part;

	if (!str_starts_with(path, STR("content/")))
		return false;
	while (str_split_next(&path, '/', &part))
		if (part.len == 0 || part.data[0] == '.')
			return false;
	return true;
}

/* A folder that is there takes the file, or the folder, into it. */
static bool find_to(struct moving *moving, const char *text)
{
	str path = work_tree_path(text);
	bool is_alone = moving->from_folder.len == 0;
	str moved = is_alone ? moving->from
			     : str_between(moving->from_folder, 0,
					   moving->from_folder.len - 1);

	if (is_folder(moving, path))
		path = arena_printf(moving->arena, "%.*s/%.*s", STR_ARG(path),
				    STR_ARG(str_file_name(moved)));
	if (!is_alone && str_ends_with(path, STR("/index.md")))
		path.len -= strlen("/index.md");
	if (!is_below_content(path) ||
	    is_alone != str_ends_with(path, STR(".md")))
		return refuse(moving, _("this is no place for it"), path,
			      is_alone ? _("write a folder below content/ that "
					   "is there, or a path that ends "
					   "in .md")
				       : _("it has files beside it: write a "
					   "folder below content/"));
	moving->to = path;
	if (!is_alone) {
		moving->to_folder =
			arena_printf(moving->arena, "%.*s/", STR_ARG(path));
		moving->to = arena_printf(moving->arena, "%.*s/index.md",
					  STR_ARG(path));
		if (str_starts_with(moving->to_folder, moving->from_folder))
			return refuse(moving,
				      _("a folder cannot be moved into itself"),
				      path, NULL);
	}
	return true;
}

/* --- where everything is afterwards --------------------------------------- */

static str place_after(const struct moving *moving, str path,
		       struct arena *arena)
{
	if (str_equal(path, moving->from))
		return moving->to;
	if (moving->from_folder.len > 0 &&
	    str_starts_with(path, moving->from_folder))
		return arena_printf(
			arena, "%.*s%.*s", STR_ARG(moving->to_folder),
			STR_ARG(str_from(path, moving->from_folder.len)));
	return path;
}

struct seen_from {
	const struct moving *moving;
	str path; /* of the file that has the link, before */
};

static bool change(void *context, str path, str *out, struct arena *arena)
{
	const struct seen_from *seen = context;
	const struct moving *moving = seen->moving;
	str own = place_after(moving, seen->path, arena);
	str target, after;

	if (!url_path_join(&target, seen->path, path, arena) ||
	    snapshot_find(&moving->library->snapshot, target) == STR_NONE)
		return false;
	after = place_after(moving, target, arena);
	if (str_equal(own, seen->path) && str_equal(after, target))
		return false;
	*out = near_file_relative(own, after, arena);
	return !str_equal(*out, near_file_relative(seen->path, target, arena));
}

static bool relink_one(struct moving *moving, uint32_t number,
		       struct arena *scratch)
{
	uint32_t file = catalog_file(&moving->library->catalog, number);
	str path = snapshot_path(&moving->library->snapshot, file);
	struct seen_from seen = { moving, path };
	struct relink relink = { .context = &seen, .change = change };
	str after;

	if (!work_tree_read(&relink.bytes, &moving->tree, path, scratch))
		return false;
	if (!snapshot_read_text(&relink.source, moving->library->reader, file,
				scratch, moving->diags) ||
	    !relink_file(&after, &relink, scratch, moving->diags))
		return false;
	return str_equal(after, relink.bytes) ||
	       work_tree_write(&moving->tree, path, relink.bytes, after);
}

/* All of it is looked at, and the files in question are written. */
static bool relink_all(struct moving *moving)
{
	struct arena scratch;
	bool ok = true;

	arena_init(&scratch);
	for (uint32_t i = 0; ok && i < moving->library->catalog.count; i++) {
		ok = relink_one(moving, i, &scratch);
		arena_reset(&scratch);
	}
	arena_release(&scratch);
	return ok;
}

/* --- the file itself ------------------------------------------------------ */

static bool add_field(struct moving *moving, const char *key, str value,
		      bool is_list)
{
	struct source source = { .number = SOURCE_NONE, .path = moving->to };
	str bytes, after;

	if (!work_tree_read(&bytes, &moving->tree, moving->to, moving->arena))
		return false;
	source.text = work_tree_text(bytes, moving->arena);
	return relink_add_field(&after, &source, bytes, str_from_c(key), value,
				is_list, moving->arena, moving->diags) &&
	       work_tree_write(&moving->tree, moving->to, bytes, after);
}

/* The path was its id as long as nothing else was written. */
static bool keep_id(struct moving *moving)
{
	struct resource resource;
	str by_path = str_between(moving->from, strlen("content/"),
				  moving->from.len - strlen(".md"));

	catalog_get(&resource, &moving->library->catalog, moving->number);
	if (str_ends_with(by_path, STR("/index")))
		by_path.len -= strlen("/index");
	return !str_equal(resource.id, by_path) ||
	       add_field(moving, "id", resource.id, false);
}

static str without_slash(str folder)
{
	return str_between(folder, 0, folder.len - 1);
}

static bool move_file(struct moving *moving)
{
	if (moving->from_folder.len > 0)
		return work_tree_rename(&moving->tree,
					without_slash(moving->from_folder),
					without_slash(moving->to_folder));
	return work_tree_rename(&moving->tree, moving->from, moving->to);
}

/* --- its address ---------------------------------------------------------- */

/* Where the resource with this path has its page; site NULL: nowhere. */
static void find_address(const struct library *library, uint32_t number,
			 const struct site **site, str *address,
			 struct arena *arena)
{
	struct placement placement =
		arrangement_of(&library->arrangement, number);
	struct resource resource;

	*site = placement.column == NULL ? NULL : placement.site;
	if (*site == NULL)
		return;
	catalog_get(&resource, &library->catalog, number);
	*address = arena_copy(
		arena, permalink_path(&resource, placement.column, arena));
}

static bool has_files(const struct moving *moving)
{
	size_t first, behind;

	if (moving->from_folder.len == 0)
		return false;
	snapshot_range(&moving->library->snapshot, moving->from_folder, &first,
		       &behind);
	return behind - first > 1;
}

/* `after` is the library planned anew, with the new address. */
static bool judge(struct moving *moving, const struct build *after,
		  str *old_address)
{
	const struct library *library = &after->library;
	uint32_t number = catalog_find_path(&library->catalog, moving->to);
	const struct site *site = NULL;
	str address = STR("");

	*old_address = STR("");
	if (number == RESOURCE_NONE ||
	    after->diags.error_count > moving->errors)
		return refuse(moving,
			      _("this would be a mistake there; nothing is "
				"moved"),
			      moving->to, NULL);
	find_address(library, number, &site, &address, moving->arena);
	if (moving->site == NULL)
		return true;
	if (site == NULL || !str_equal(site->id, moving->site->id))
		return refuse(moving,
			      _("its page would leave its site; nothing is "
				"moved"),
			      moving->to,
			      _("an old address on another site is a row of "
				"sites/<id>/redirects.csv: copy the text, "
				"withdraw this one, and add the row"));
	if (str_equal(address, moving->address))
		return true;
	if (has_files(moving))
		return refuse(moving,
			      _("the addresses of the files beside it would "
				"be lost; nothing is moved"),
			      moving->from_folder,
			      _("move it inside its column, without another "
				"name"));
	*old_address =
		arena_printf(moving->arena, "/%.*s", STR_ARG(moving->address));
	moving->new_address = address;
	return true;
}

static bool plan_again(struct moving *moving,
		       const struct command_options *options, str *old_address)
{
	struct build after;
	bool ok = build_open(&after, &options->build) &&
		  judge(moving, &after, old_address);

	if (!ok && after.diags.error_count > moving->errors)
		messages_finish(&after);
	build_close(&after);
	return ok;
}

static bool do_it(struct moving *moving, const struct command_options *options)
{
	str old_address;

	if (!relink_all(moving) || !move_file(moving) || !keep_id(moving) ||
	    !plan_again(moving, options, &old_address))
		return false;
	if (old_address.len == 0)
		return true;
	return add_field(moving, "aliases", old_address, true) &&
	       plan_again(moving, options, &old_address);
}

static void move(struct moving *moving, const struct command_options *options)
{
	if (!find_from(moving, options->argument) ||
	    !find_to(moving, options->argument_2))
		return;
	moving->errors = moving->diags->error_count;
	find_address(moving->library, moving->number, &moving->site,
		     &moving->address, moving->arena);
	if (!work_tree_open(&moving->tree, options->build.library.folder,
			    moving->arena, moving->diags))
		return;
	if (!do_it(moving, options)) {
		work_tree_undo(&moving->tree);
	} else {
		work_tree_print(&moving->tree);
		if (moving->new_address.len > 0)
			printf("%.*s/%.*s -> /%.*s\n",
			       STR_ARG(moving->site->domain),
			       STR_ARG(moving->address),
			       STR_ARG(moving->new_address));
	}
	work_tree_close(&moving->tree);
}

int command_move(int argc, char **argv)
{
	struct command_options options;
	struct build build;
	int code;

	if (!options_parse(&options, &usage_move, argc, argv))
		return EXIT_FAILED;
	if (options.help)
		return EXIT_CLEAN;
	options.build.library.worktree = true;
	options.build.quiet = true; /* a check has the warnings */
	if (build_open(&build, &options.build)) {
		struct moving moving = { .library = &build.library,
					 .diags = &build.diags,
					 .arena = &build.arena };

		move(&moving, &options);
	}
	code = messages_finish(&build);
	build_close(&build);
	return code;
}
