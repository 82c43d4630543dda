/*
 * Archives resources, a column or a whole site: the date is written where
 * people would write it, and the library is planned before and afterwards.
 * Every address that readers could have must still be there; if one is not, or
 * anything else is wrong that was not, the files are put back.
 */
#include <stdio.h>

#include "base/diag.h"
#include "command/command.h"
#include "command/messages.h"
#include "command/options.h"
#include "command/work_tree.h"
#include "editor/relink.h"
#include "editor/settings_edit.h"

const struct command_usage usage_archive = {
	.name = "archive",
	.letters = "lh",
	.more = (const int[]){ OPTION_ON, 0 },
	.about = N_("Archives what WHAT names: a file or folder below "
		    "content/, a column (www/yw) or a site (www). It writes "
		    "the date, proves that every address stays, and prints "
		    "the files that it changes."),
	.arguments = "WHAT",
	.example = "content/jyj/tzgg/2020",
};

struct archiving {
	struct work_tree tree;
	const struct build *build;
	struct diag_list *diags;
	struct arena *arena;
	str date;
	size_t errors; /* before anything was done */
	size_t stay;   /* addresses */
};

static bool refuse(struct archiving *archiving, const char *message, str what,
		   const char *help)
{
	struct diag *diag = diag_error(archiving->diags, span_none(), "archive",
				       "%s: %.*s", message, STR_ARG(what));

	if (help != NULL)
		diag_help(archiving->diags, diag, "%s", help);
	return false;
}

/* --- resources ------------------------------------------------------------ */

static bool archive_resource(struct archiving *archiving, uint32_t number)
{
	const struct library *library = &archiving->build->library;
	struct source source = { .number = SOURCE_NONE };
	struct resource resource;
	str bytes, after;

	catalog_get(&resource, &library->catalog, number);
	source.path = resource.path;
	if (!work_tree_read(&bytes, &archiving->tree, resource.path,
			    archiving->arena))
		return false;
	source.text = work_tree_text(bytes, archiving->arena);
	return relink_add_field(&after, &source, bytes, STR("archived_on"),
				archiving->date, false, archiving->arena,
				archiving->diags) &&
	       work_tree_write(&archiving->tree, resource.path, bytes, after);
}

/* Readers see it, and it is not archived yet. */
static bool is_live(const struct library *library, uint32_t number)
{
	struct resource resource;

	catalog_get(&resource, &library->catalog, number);
	return resource.status == STATUS_PUBLISHED &&
	       !resource.archived_on.is_set;
}

static bool archive_path(struct archiving *archiving, str path)
{
	const struct library *library = &archiving->build->library;
	const struct catalog *catalog = &library->catalog;
	str below = arena_printf(archiving->arena, "%.*s/", STR_ARG(path));
	size_t count = 0;

	for (uint32_t i = 0; i < catalog->count; i++) {
		str own = snapshot_path(&library->snapshot,
					catalog_file(catalog, i));

		if ((!str_equal(own, path) && !str_starts_with(own, below)) ||
		    !is_live(library, i))
			continue;
		if (!archive_resource(archiving, i))
			return false;
		count++;
	}
	return count > 0 ||
	       refuse(archiving, _("nothing here can be archived"), path,
		      _("it names published resources that are not archived "
			"yet: content/jyj/tzgg/2020"));
}

/* --- settings ------------------------------------------------------------- */

static bool edit_settings(struct archiving *archiving, const struct site *site,
			  const struct column *column)
{
	const struct library *library = &archiving->build->library;
	str path = snapshot_path(&library->snapshot, site->file);
	struct source source = { .number = site->file, .path = path };
	str bytes, after;

	if (!work_tree_read(&bytes, &archiving->tree, path, archiving->arena))
		return false;
	source.text = work_tree_text(bytes, archiving->arena);
	if (!settings_edit_archive(&after, &source, bytes,
				   column == NULL ? NULL : &column->span,
				   archiving->date, archiving->arena))
		return refuse(archiving,
			      _("the date cannot be written into this file"),
			      path,
			      _("write archived_on: (and state: archived of a "
				"site) by hand, or take out what stands "
				"there"));
	return work_tree_write(&archiving->tree, path, bytes, after);
}

static bool archive_setting(struct archiving *archiving, str what)
{
	const struct cluster *cluster = &archiving->build->library.cluster;
	size_t slash = str_find_byte(what, '/');
	str id = str_between(what, 0, slash);

	for (size_t i = 0; i < cluster->count; i++) {
		const struct site *site = &cluster->sites[i];

		if (!str_equal(site->id, id) && !str_equal(site->domain, id))
			continue;
		if (slash == STR_NONE)
			return edit_settings(archiving, site, NULL);
		for (size_t j = 0; j < site->column_count; j++)
			if (str_equal(site->columns[j].path,
				      str_from(what, slash + 1)))
				return edit_settings(archiving, site,
						     &site->columns[j]);
	}
	return refuse(archiving, _("there is no such column or site"), what,
		      _("a column is its site and its path: www/yw; "
			"resources begin with content/"));
}

/* --- the proof ------------------------------------------------------------ */

/* Lists get shorter; what readers keep is texts, their files and columns. */
static bool is_kept(const struct page *page)
{
	return page->kind == PAGE_ARTICLE || page->kind == PAGE_COPY ||
	       page->kind == PAGE_ATTACHMENT || page->kind == PAGE_HOME ||
	       (page->kind == PAGE_LIST && page->number == 0);
}

static bool site_keeps(struct archiving *archiving,
		       const struct site_plan *before,
		       const struct site_plan *after)
{
	for (size_t i = 0; i < before->count; i++) {
		const struct page *page = &before->pages[i];

		if (!is_kept(page))
			continue;
		if (site_plan_find(after, page->path) == NULL)
			return refuse(
				archiving,
				_("this address would be lost; nothing "
				  "is archived"),
				arena_printf(archiving->arena, "%.*s/%.*s",
					     STR_ARG(before->site->domain),
					     STR_ARG(page->path)),
				NULL);
		archiving->stay++;
	}
	return true;
}

static bool judge(struct archiving *archiving, const struct build *after)
{
	const struct page_plan *old = &archiving->build->library.plan;
	const struct page_plan *new = &after->library.plan;

	if (after->diags.error_count > archiving->errors ||
	    old->count != new->count)
		return refuse(archiving,
			      _("this would be a mistake; nothing is archived"),
			      archiving->date, NULL);
	for (size_t i = 0; i < old->count; i++)
		if (!site_keeps(archiving, &old->sites[i], &new->sites[i]))
			return false;
	return true;
}

static bool prove(struct archiving *archiving,
		  const struct command_options *options)
{
	struct build after;
	bool ok =
		build_open(&after, &options->build) && judge(archiving, &after);

	if (!ok && after.diags.error_count > archiving->errors)
		messages_finish(&after);
	build_close(&after);
	return ok;
}

static void archive(struct archiving *archiving,
		    const struct command_options *options)
{
	str what = work_tree_path(options->argument);
	bool ok;

	archiving->errors = archiving->diags->error_count;
	if (!work_tree_open(&archiving->tree, options->build.library.folder,
			    archiving->arena, archiving->diags))
		return;
	ok = (str_starts_with(what, STR("content/"))
		      ? archive_path(archiving, what)
		      : archive_setting(archiving, what)) &&
	     prove(archiving, options);
	if (ok) {
		work_tree_print(&archiving->tree);
		printf(_("addresses that stay: %zu\n"), archiving->stay);
	} else {
		work_tree_undo(&archiving->tree);
	}
	work_tree_close(&archiving->tree);
}

/* Today, or the day that is asked for; a later one is planned for its day. */
static str date_of(struct command_options *options, const struct build *build,
		   struct arena *arena)
{
	struct buf text;

	if (options->on != NULL)
		return str_from_c(options->on);
	buf_init(&text, arena);
	moment_format(
		&text,
		moment_from_seconds(build->library.as_of.seconds,
				    build->library.cluster.platform.offset),
		STR("%Y-%m-%d"));
	return buf_str(&text);
}

int command_archive(int argc, char **argv)
{
	struct command_options options;
	struct moment on;
	struct build build;
	int code;

	if (!options_parse(&options, &usage_archive, argc, argv))
		return EXIT_FAILED;
	if (options.help)
		return EXIT_CLEAN;
	options.build.library.worktree = true;
	options.build.quiet = true; /* a check has the warnings */
	if (options.on != NULL &&
	    moment_parse(&on, str_from_c(options.on), 0) &&
	    moment_compare(on, options.build.library.as_of) > 0)
		options.build.library.as_of_text = options.on;
	if (build_open(&build, &options.build)) {
		struct archiving archiving = { .build = &build,
					       .diags = &build.diags,
					       .arena = &build.arena };

		archiving.date = date_of(&options, &build, &build.arena);
		archive(&archiving, &options);
	}
	code = messages_finish(&build);
	build_close(&build);
	return code;
}
