/*
 * Writes the draft of a resource into the work tree: where the resources of its
 * type lie (command/new_folder.h), by a name made from its title. A file that
 * is there is never touched: the name is counted on.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <unistd.h>

#include "base/diag.h"
#include "command/command.h"
#include "command/messages.h"
#include "command/new_folder.h"
#include "command/options.h"
#include "editor/draft.h"
#include "editor/slug.h"
#include "library/field_format.h"
#include "system/folder.h"
#include "system/reason.h"

enum { NAMES_TRIED = 100 };

const struct command_usage usage_new = {
	.name = "new",
	.letters = "lGUah",
	.about = N_("Writes the draft of a resource: TYPE as “jiyue help "
		    "fields” has it "
		    "(notice, or 通知公告), SITE as its folder below sites/. "
		    "It prints "
		    "the file."),
	.arguments = "TYPE SITE TITLE",
	.example = "notice www 关于春节放假安排的通知",
};

struct making {
	const struct command_options *options;
	struct library *library;
	struct diag_list *diags;
	struct arena *arena;
	const struct resource_type *type;
	const struct site *site;
};

/* --- what is meant -------------------------------------------------------- */

/* 新闻 for 新闻动态, notic for notice; or NULL. */
static const struct resource_type *near_type(const struct making *making,
					     str wanted)
{
	const struct schema *schema = &making->library->cluster.schema;
	size_t count = schema->type_count;
	str *labels = arena_array(making->arena, count, sizeof(*labels));
	str near =
		str_nearest(wanted, schema_names(schema, making->arena), count);
	size_t found;

	for (size_t i = 0; i < count; i++)
		labels[i] = str_from_c(schema->types[i].label);
	found = str_part_of(wanted, labels, count);
	if (found != STR_NONE)
		return &schema->types[found];
	return near.len > 0 ? schema_find(schema, near) : NULL;
}

static bool no_type(const struct making *making, str wanted)
{
	const struct schema *schema = &making->library->cluster.schema;
	const struct resource_type *near = near_type(making, wanted);
	struct buf names;
	struct diag *diag =
		diag_error(making->diags, span_none(), "new",
			   _("there is no type “%.*s”"), STR_ARG(wanted));

	buf_init(&names, making->arena);
	for (size_t i = 0; i < schema->type_count; i++)
		buf_printf(&names, "%s%s (%s)", i == 0 ? "" : ", ",
			   schema->types[i].name, schema->types[i].label);
	if (near == NULL)
		diag_help(making->diags, diag, _("the types are: %.*s"),
			  STR_ARG(buf_str(&names)));
	else
		diag_help(making->diags, diag,
			  _("did you mean %s (%s)? The types are: %.*s"),
			  near->name, near->label, STR_ARG(buf_str(&names)));
	return false;
}

static bool find_type(struct making *making)
{
	const struct schema *schema = &making->library->cluster.schema;
	str wanted = str_from_c(making->options->argument);

	for (size_t i = 0; i < schema->type_count; i++) {
		const struct resource_type *type = &schema->types[i];

		if (str_equal_c(wanted, type->name) ||
		    str_equal_c(wanted, type->label)) {
			making->type = type;
			return true;
		}
	}
	return no_type(making, wanted);
}

/* Its settings are there and have mistakes: those are told. */
static bool has_broken_settings(const struct making *making)
{
	str path = arena_printf(making->arena, "sites/%s/site.yaml",
				making->options->argument_2);

	return making->diags->error_count > 0 &&
	       snapshot_find(&making->library->snapshot, path) != STR_NONE;
}

static bool find_site(struct making *making)
{
	const struct cluster *cluster = &making->library->cluster;
	str wanted = str_from_c(making->options->argument_2);
	struct buf names;

	for (size_t i = 0; i < cluster->count; i++) {
		const struct site *site = &cluster->sites[i];

		if (str_equal(wanted, site->id) ||
		    str_equal(wanted, site->name) ||
		    str_equal(wanted, site->domain)) {
			making->site = site;
			return true;
		}
	}
	if (has_broken_settings(making)) {
		struct diag *diag = diag_error(
			making->diags, span_none(), "new",
			_("the site “%s” has mistakes in its settings"),
			making->options->argument_2);

		diag->path = arena_printf(making->arena, "sites/%s/site.yaml",
					  making->options->argument_2);
		diag_help(making->diags, diag, "%s",
			  _("mend them first, then write the draft"));
		return false;
	}
	buf_init(&names, making->arena);
	for (size_t i = 0; i < cluster->count; i++)
		buf_printf(&names, "%s%.*s", i == 0 ? "" : ", ",
			   STR_ARG(cluster->sites[i].id));
	diag_help(making->diags,
		  diag_error(making->diags, span_none(), "new",
			     _("there is no site “%s”"),
			     making->options->argument_2),
		  _("the sites are: %.*s"), STR_ARG(buf_str(&names)));
	return false;
}

/* --- where it goes -------------------------------------------------------- */

static str read_text(struct making *making, size_t file)
{
	struct source source;

	return snapshot_read_text(&source, making->library->reader, file,
				  making->arena, making->diags)
		       ? source.text
		       : STR("");
}

static bool choose_folder(struct making *making, str *out)
{
	const struct new_place place = {
		.library = making->library,
		.type = making->type,
		.site = making->site,
		.diags = making->diags,
		.arena = making->arena,
	};

	if (making->options->in != NULL) {
		*out = arena_printf(making->arena, "content/%s",
				    making->options->in);
		return true;
	}
	if (making->site->units.count == 0) {
		diag_error(
			making->diags, span_none(), "new",
			_("the site “%s” has no units, and so no articles of "
			  "its own"),
			making->options->argument_2);
		return false;
	}
	return new_folder_choose(out, &place);
}

/* Of all _defaults.yaml from content/ down to the folder. */
static str inherited(struct making *making, str folder)
{
	const struct snapshot *snapshot = &making->library->snapshot;
	struct buf all;

	buf_init(&all, making->arena);
	for (size_t i = 0; i <= folder.len; i++) {
		size_t file;

		if (i < folder.len && folder.data[i] != '/')
			continue;
		file = snapshot_find(
			snapshot,
			arena_printf(making->arena, "%.*s/_defaults.yaml",
				     STR_ARG(str_between(folder, 0, i))));
		if (file == STR_NONE)
			continue;
		buf_add(&all, read_text(making, file));
		buf_add_byte(&all, '\n');
	}
	return buf_str(&all);
}

/* --- writing -------------------------------------------------------------- */

/* False (errno says why) when no name is free, or none can be made. */
static bool write_new(str *out, struct making *making, str folder, str slug,
		      str text)
{
	int root = open(making->library->options->folder,
			O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct folder way;
	char name[256];
	bool ok = false;
	int reason;

	*out = folder;
	if (root < 0)
		return false;
	folder_init(&way, root);
	errno = EEXIST;
	for (unsigned i = 1; !ok && errno == EEXIST && i <= NAMES_TRIED; i++) {
		str end = i == 1 ? STR("")
				 : arena_printf(making->arena, "-%u", i);

		*out = arena_printf(making->arena, "%.*s/%.*s%.*s.md",
				    STR_ARG(folder), STR_ARG(slug),
				    STR_ARG(end));
		ok = folder_of(&way, *out, true, name) &&
		     folder_write(way.descriptor, name, text);
	}
	reason = errno;
	folder_release(&way);
	close(root);
	errno = reason;
	return ok;
}

static void write_draft(struct making *making, str folder)
{
	str title = str_from_c(making->options->title);
	str slug =
		making->options->slug != NULL
			? str_from_c(making->options->slug)
			: slug_from_title(title, str_from_c(making->type->name),
					  making->arena);
	const struct draft draft = {
		.type = making->type,
		.title = title,
		.date = moment_from_seconds(
			making->library->as_of.seconds,
			making->library->cluster.platform.offset),
		.inherited = inherited(making, folder),
	};
	struct buf text;
	str path;

	buf_init(&text, making->arena);
	draft_write(&text, &draft, making->arena);
	if (write_new(&path, making, folder, slug, buf_str(&text))) {
		printf("%.*s\n", STR_ARG(path));
		return;
	}
	diag_failure(making->diags, "new", _("cannot write %.*s: %s"),
		     STR_ARG(path), reason_text(errno));
}

static bool is_path(const char *text)
{
	str rest = str_from_c(text);
	str part;

	while (str_split_next(&rest, '/', &part))
		if (part.len == 0 || part.data[0] == '.')
			return false;
	return true;
}

static void make(struct making *making)
{
	str folder;

	if (making->options->slug != NULL &&
	    !field_format_check(FORMAT_SLUG, str_from_c(making->options->slug),
				span_none(), making->diags))
		return;
	if (making->options->in != NULL && !is_path(making->options->in)) {
		diag_help(making->diags,
			  diag_error(making->diags, span_none(), "new",
				     _("“%s” is no folder below content/"),
				     making->options->in),
			  _("write it without content/ and without a slash at "
			    "its ends: jyj/tzgg"));
		return;
	}
	if (!library_read_settings(making->library, making->diags))
		return;
	library_settle_as_of(making->library);
	if (find_type(making) && find_site(making) &&
	    choose_folder(making, &folder))
		write_draft(making, folder);
}

int command_new(int argc, char **argv)
{
	struct command_options options;
	struct build build;
	int code;

	if (!options_parse(&options, &usage_new, argc, argv))
		return EXIT_FAILED;
	if (options.help)
		return EXIT_CLEAN;
	options.build.library.worktree = true;
	if (build_open_library(&build, &options.build)) {
		struct making making = { .options = &options,
					 .library = &build.library,
					 .diags = &build.diags,
					 .arena = &build.arena };

		make(&making);
	}
	code = messages_finish(&build);
	build_close(&build);
	return code;
}
