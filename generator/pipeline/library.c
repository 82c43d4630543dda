#include "pipeline/library.h"

#include "library/metadata_cache.h"
#include "record/history_record.h"

void library_init(struct library *library,
		  const struct library_options *options)
{
	*library = (struct library){ .options = options };
	arena_init(&library->arena);
}

void library_close(struct library *library)
{
	snapshot_reader_close(library->written_reader);
	snapshot_reader_close(library->reader);
	snapshot_close(&library->snapshot);
	arena_release(&library->arena);
}

/* --- open, read --- */

static bool open_snapshot(struct library *library, struct diag_list *diags)
{
	const struct library_options *options = library->options;

	return options->worktree
		       ? snapshot_open_directory(&library->snapshot,
						 options->folder,
						 &library->arena, diags)
		       : snapshot_open_revision(
				 &library->snapshot, options->folder,
				 options->revision, &library->arena, diags);
}

bool library_list(struct library *library, int spool, struct diag_list *diags)
{
	if (!open_snapshot(library, diags)) {
		library->snapshot.operations = NULL;
		return false;
	}
	if (spool >= 0)
		snapshot_spool(&library->snapshot, spool, &library->arena);
	library->reader = snapshot_reader_open(&library->snapshot, diags);
	return library->reader != NULL;
}

static bool check_attachments(struct library *library,
			      const struct metadata_cache *known,
			      struct diag_list *diags)
{
	const struct text_list *allowed =
		&library->cluster.platform.attachments;
	const struct attachments_options options = {
		.snapshot = &library->snapshot,
		.allowed = { allowed->items, allowed->count },
		.threads = library->options->threads,
		.store = known == NULL ? NULL : known->store,
	};

	return attachments_check(&library->attachments, &options,
				 &library->arena, diags);
}

/* Messages are about what was written, whatever stands in for it. */
static bool keep_written(struct library *library, struct diag_list *diags)
{
	if (library->snapshot.patch_count == 0)
		return true;
	library->written_reader =
		snapshot_reader_open(&library->written, diags);
	return library->written_reader != NULL;
}

bool library_read(struct library *library, struct metadata_cache *known,
		  struct diag_list *diags)
{
	struct catalog_options options = {
		.snapshot = &library->snapshot,
		.folder = library->options->folder,
		.threads = library->options->threads,
		.cache = known,
	};

	library->written = library->snapshot;
	if (!cluster_read(&library->cluster, &library->snapshot,
			  library->reader, &library->arena, diags))
		return false;
	options.schema = &library->cluster.schema;
	options.offset = library->cluster.platform.offset;
	return catalog_read(&library->catalog, &options, &library->arena,
			    diags) &&
	       keep_written(library, diags) &&
	       check_attachments(library, known, diags);
}

/* Without a history the dates of the front matter stand in sitemaps. */
bool library_read_history(struct library *library, const struct store *store,
			  struct diag_list *diags)
{
	const struct library_options *options = library->options;
	int32_t offset = library->cluster.platform.offset;
	struct history_known known = { 0 };

	if (options->front_matter_dates || options->worktree) {
		library->history = arena_array(&library->arena,
					       library->snapshot.count + 1,
					       sizeof(*library->history));
		return true;
	}
	if (store != NULL)
		history_record_read(&known, store, offset, &library->arena);
	return history_read(&library->history, &library->snapshot, &known,
			    offset, &library->arena, diags);
}

/* A day means its end: what is published on that day is seen. */
void library_settle_as_of(struct library *library)
{
	enum { LAST_SECOND = 86399 };
	const struct library_options *options = library->options;

	library->as_of = options->as_of;
	if (options->as_of_text == NULL ||
	    !moment_parse(&library->as_of, str_from_c(options->as_of_text),
			  library->cluster.platform.offset))
		return;
	if (!library->as_of.has_time)
		library->as_of.seconds += LAST_SECOND;
}

/* --- arrange, plan --- */

static bool has_own_theme(const struct library *library,
			  const struct site *site)
{
	char folder[SNAPSHOT_PATH_LIMIT];
	size_t first, behind;
	int length = snprintf(folder, sizeof(folder), "sites/%.*s/theme/",
			      STR_ARG(site->id));

	snapshot_range(&library->snapshot, (str){ folder, (size_t)length },
		       &first, &behind);
	return first != behind;
}

/* An earlier site that shows everything with the same theme, or NULL. */
static const struct theme *find_theme(const struct library *library,
				      const struct site *site)
{
	if (has_own_theme(library, site))
		return NULL;
	for (size_t i = 0; i < site->number; i++) {
		const struct site *other = &library->cluster.sites[i];

		if (str_equal(other->theme, site->theme) &&
		    str_equal(other->language, site->language) &&
		    library->themes[i].is_usable &&
		    !has_own_theme(library, other))
			return &library->themes[i];
	}
	return NULL;
}

void library_load_theme(struct library *library, const struct site *site,
			struct diag_list *diags)
{
	struct theme *theme = &library->themes[site->number];
	const struct theme *same = find_theme(library, site);
	struct theme_options options = {
		.snapshot = &library->snapshot,
		.reader = library->reader,
		.site_id = site->id,
		.theme_name = site->theme,
		.language = site->language,
	};

	if (same != NULL) {
		*theme = *same;
		return;
	}
	options.pages = render_pages(&options.page_count,
				     &library->cluster.schema, &library->arena);
	theme->is_usable = theme_load(theme, &options, &library->arena, diags);
}

void library_load_themes(struct library *library, struct diag_list *diags)
{
	const struct cluster *cluster = &library->cluster;

	library->themes = arena_array(&library->arena, cluster->count,
				      sizeof(*library->themes));
	for (size_t i = 0; i < cluster->count; i++)
		library_load_theme(library, &cluster->sites[i], diags);
}

void library_arrange(struct library *library, struct diag_list *diags)
{
	const struct arrange_options options = {
		.catalog = &library->catalog,
		.cluster = &library->cluster,
		.as_of = library->as_of,
	};

	arrange(&library->arrangement, &options, &library->arena, diags);
}

void library_plan(struct library *library, struct diag_list *diags)
{
	const struct plan_options options = {
		.arrangement = &library->arrangement,
		.snapshot = &library->snapshot,
		.themes = library->themes,
		.history = library->history,
		.attachments = &library->attachments,
		.threads = library->options->threads,
	};

	page_plan_make(&library->plan, &options, &library->arena, diags);
}

/* --- messages --- */

static bool read_source(void *context, uint32_t number, struct source *out,
			struct arena *arena)
{
	struct library *library = context;
	struct snapshot_reader *reader;

	if (number >= SOURCE_TYPES)
		return schema_builtin_source(out, number, arena);
	if (number >= library->snapshot.count)
		return theme_builtin_source(out, number,
					    library->snapshot.count, arena);
	reader = library->written_reader != NULL ? library->written_reader
						 : library->reader;
	return reader != NULL &&
	       snapshot_source_read(reader, number, out, arena);
}

static bool read_path(void *context, uint32_t number, str *out,
		      struct arena *arena)
{
	const struct library *library = context;
	struct source source;

	if (number < library->snapshot.count)
		*out = snapshot_path(&library->snapshot, number);
	else if (theme_builtin_source(&source, number, library->snapshot.count,
				      arena))
		*out = source.path;
	else
		return false;
	return true;
}

struct source_reader library_source_reader(struct library *library)
{
	return (struct source_reader){ library, read_source, read_path };
}
