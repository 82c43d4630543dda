/*
 * A theme that the library never had is a slip in the file that names it: that
 * file counts in its newest version whose theme there is or was. Where it has
 * none, or the theme was there and is gone, the theme itself is looked for when
 * it is loaded (pipeline/themes.c).
 */
#include "site/cluster_reader.h"

#include "theme/theme.h"

static bool is_inside(const struct version_sought *item,
		      const struct version *version)
{
	size_t first, behind;

	snapshot_range(version->snapshot, item->path, &first, &behind);
	return first != behind;
}

static struct digest key_of(void *context, const struct version_sought *item,
			    const struct version *version)
{
	(void)context;
	return digest_of(is_inside(item, version) ? STR("there") : STR(""));
}

static bool take(void *context, struct version_sought *item,
		 const struct version *version)
{
	(void)context;
	return is_inside(item, version);
}

static bool was_there(const struct cluster_reader *reader, str name)
{
	struct version_sought item = {
		.path = arena_printf(reader->arena, "themes/%.*s/",
				     STR_ARG(name)),
		.is_elsewhere = true,
	};
	struct version_search search = {
		.snapshot = reader->snapshot,
		.folder = reader->sources->folder,
		.memory = reader->sources->memory,
		.items = &item,
		.count = 1,
		.key = key_of,
		.take = take,
	};

	version_search_run(&search, reader->arena);
	return item.is_found;
}

bool cluster_had_theme(const struct cluster_reader *reader, str name)
{
	return theme_is_there(reader->snapshot, name) ||
	       was_there(reader, name);
}

/* False when no file has an earlier version. */
static bool find_earlier(struct cluster_reader *reader, struct list *files)
{
	size_t count = files->count;

	reader->wants_theme = true;
	cluster_mend(reader, files);
	reader->wants_theme = false;
	return files->count < count;
}

void cluster_check_theme(struct cluster_reader *reader)
{
	const struct platform *platform = &reader->cluster->platform;
	struct diag_list ignored;
	struct list files;

	if (cluster_had_theme(reader, platform->theme))
		return;
	theme_report_missing(reader->snapshot, platform->theme,
			     platform->theme_span, reader->diags);
	list_init(&files, sizeof(uint32_t));
	cluster_add_file(&files, platform->theme_span.source, reader->arena);
	if (!find_earlier(reader, &files))
		return;
	diag_list_init(&ignored, reader->arena);
	(void)!cluster_read_platform(reader->cluster, reader, reader->snapshot,
				     reader->files, &ignored);
}

bool cluster_check_site_themes(struct cluster_reader *reader)
{
	const struct cluster *cluster = reader->cluster;
	struct list files;

	list_init(&files, sizeof(uint32_t));
	for (size_t i = 0; i < cluster->count; i++) {
		const struct site *site = &cluster->sites[i];

		if (site->theme_span.source != site->file ||
		    cluster_had_theme(reader, site->theme))
			continue;
		theme_report_missing(reader->snapshot, site->theme,
				     site->theme_span, reader->diags);
		cluster_add_file(&files, site->file, reader->arena);
	}
	return files.count == 0 || !find_earlier(reader, &files);
}
