/*
 * The order of the phases is written down once, here, and each phase hands
 * const results to the next. Today's bytes are kept as `written` beside the
 * snapshot, which has earlier versions where they stand in: messages are about
 * what people wrote, pages about what counts.
 */
#include "pipeline/library.h"

#include "library/asked_types.h"
#include "library/findings.h"
#include "library/loose_files.h"
#include "library/metadata_cache.h"
#include "record/history_record.h"
#include "site/gone_types.h"
#include "site/reviews.h"
#include "snapshot/sparse.h"

void library_init(struct library *library,
		  const struct library_options *options)
{
	*library = (struct library){ .options = options };
	arena_init(&library->arena);
	renames_init(&library->renames, &library->arena);
	list_init(&library->gone_types, sizeof(struct gone_type));
}

void library_close(struct library *library)
{
	snapshot_reader_close(library->written_reader);
	snapshot_reader_close(library->reader);
	snapshot_close(&library->snapshot);
	for (size_t i = 0; i < library->theme_arena_count; i++)
		arena_release(&library->theme_arenas[i]);
	arena_release(&library->arena);
}

/* --- open, read --- */

static bool open_snapshot(struct library *library, struct diag_list *diags)
{
	const struct library_options *options = library->options;

	return options->worktree
		       ? snapshot_open_directory(
				 &library->snapshot, options->folder,
				 options->files, &library->arena, diags)
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
	if (library->options->worktree)
		sparse_warn(library->options->folder, &library->arena, diags);
	if (spool >= 0)
		snapshot_spool(&library->snapshot, spool, &library->arena);
	library->reader = snapshot_reader_open(&library->snapshot, diags);
	return library->reader != NULL;
}

static bool check_attachments(struct library *library,
			      const struct metadata_cache *known,
			      const uint8_t *withheld, struct diag_list *diags)
{
	const struct text_list *allowed =
		&library->cluster.platform.attachments;
	const struct attachments_options options = {
		.snapshot = &library->snapshot,
		.allowed = { allowed->items, allowed->count },
		.threads = library->options->threads,
		.store = known == NULL ? NULL : known->store,
		.withheld = withheld,
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

/* A file of sites/types/ that is gone counts while something names it. */
static bool finds_types(struct library *library, struct list *names,
			struct diag_list *diags)
{
	const struct gone_types_sources sources = {
		.snapshot = &library->written,
		.folder = library->options->folder,
		.offset = library->cluster.platform.offset,
		.memory = library->memory,
	};

	return names->count > 0 &&
	       gone_types_find(&library->gone_types, names, &sources,
			       &library->arena, diags);
}

static bool read_settings(struct library *library, struct diag_list *diags)
{
	const struct cluster_sources sources = {
		.snapshot = &library->snapshot,
		.reader = library->reader,
		.memory = library->memory,
		.folder = library->options->folder,
		.history = library->history,
		.gone_types = &library->gone_types,
	};

	return cluster_read(&library->cluster, &sources, &library->arena,
			    diags);
}

/* As a plan is recalled when it is the same: of what cannot be compared none
 * is. */
static uint64_t told_digest(const struct library *library,
			    const struct diag_list *said)
{
	struct arena scratch;
	struct buf packed;
	uint64_t digest = SETTINGS_UNKNOWN;

	if (said->count == 0)
		return 0;
	arena_init(&scratch);
	buf_init(&packed, &scratch);
	if (findings_pack(&packed, said, &library->snapshot))
		digest = findings_digest(buf_str(&packed));
	arena_release(&scratch);
	return digest;
}

/* What was said with the levels of the platform's own settings. */
static void keep_said(struct diag_list *out, const struct diag_list *said)
{
	if (said->levels != NULL)
		diag_set_levels(out, said->levels);
	diag_merge(out, said);
}

bool library_read_settings(struct library *library, struct diag_list *diags)
{
	struct diag_list said;
	bool ok;

	library->written = library->snapshot;
	do {
		library->snapshot = library->written;
		diag_list_init_part(&said, &library->arena, diags);
		ok = read_settings(library, &said);
	} while (ok &&
		 finds_types(library, &library->cluster.unknown_types, diags));
	library->settings_told = told_digest(library, &said);
	keep_said(diags, &said);
	gone_types_tell(&library->gone_types, diags);
	return ok;
}

/* The history is there before the settings, which have the time zone. */
static void set_offset(struct library *library)
{
	int32_t offset = library->cluster.platform.offset;

	for (size_t i = 0; i < library->snapshot.count; i++) {
		library->history[i].changed.offset = offset;
		library->history[i].created.offset = offset;
	}
}

static bool read_catalog(struct library *library, struct metadata_cache *known,
			 struct diag_list *diags, struct diag_list *told)
{
	const struct catalog_options options = {
		.snapshot = &library->snapshot,
		.folder = library->options->folder,
		.history = library->history,
		.memory = library->memory,
		.verdicts = library->cluster.verdicts,
		.gate = reviews_gate(library->reviews),
		.schema = &library->cluster.schema,
		.offset = library->cluster.platform.offset,
		.is_preview = library->options->drafts,
		.threads = library->options->threads,
		.cache = known,
		.known = library->known,
		.told = told,
	};

	set_offset(library);
	told->levels = diags->levels;
	if (known != NULL)
		metadata_cache_init(known, known->store, &library->arena);
	loose_files_check_readmes(&library->snapshot, library->reader, told);
	return catalog_read(&library->catalog, &options, &library->arena,
			    diags);
}

/*
 * A work tree shows what its files are: nobody reviews what is not committed.
 */
bool library_read_reviews(struct library *library, struct diag_list *diags)
{
	struct review_log *log = library->review_log;
	const struct reviews_sources sources = {
		.snapshot = &library->written,
		.cluster = &library->cluster,
		.log = log != NULL ? log
				   : arena_alloc(&library->arena,
						 sizeof(struct review_log)),
	};

	library->reviews = NULL;
	if (library->options->worktree || !reviews_are_asked(&library->cluster))
		return true;
	if (log == NULL)
		review_log_init(sources.log, &library->arena);
	if (!reviews_read(&library->reviews, &sources, &library->arena, diags))
		return false;
	library->cluster.reviews = library->reviews;
	return true;
}

/* Texts may be of types that are gone, too. */
static bool lacks_types(struct library *library, const struct diag_list *said,
			const struct diag_list *told, struct diag_list *diags)
{
	struct list *names = &library->cluster.unknown_types;
	struct snapshot_reader *reader;

	if (said->error_count + told->error_count == 0 &&
	    library->catalog.broken_count + library->catalog.stand_in_count ==
		    0)
		return false;
	reader = snapshot_reader_open(&library->written, diags);
	if (reader == NULL)
		return false;
	asked_types_add(names, &library->catalog, reader, &library->arena);
	snapshot_reader_close(reader);
	return finds_types(library, names, diags);
}

static bool read_all(struct library *library, struct metadata_cache *known,
		     struct diag_list *diags)
{
	struct diag_list *told = library->told != NULL ? library->told : diags;
	struct diag_list said, said_of_files;
	bool ok;

	do {
		library->snapshot = library->written;
		diag_list_init_part(&said, &library->arena, diags);
		diag_list_init_part(&said_of_files, &library->arena, told);
		ok = read_settings(library, &said);
		library->settings_told = told_digest(library, &said);
		ok = ok && library_read_reviews(library, &said) &&
		     read_catalog(library, known, &said, &said_of_files);
	} while (ok && lacks_types(library, &said, &said_of_files, diags));
	keep_said(diags, &said);
	keep_said(told, &said_of_files);
	gone_types_tell(&library->gone_types, diags);
	return ok;
}

bool library_read(struct library *library, struct metadata_cache *known,
		  struct diag_list *diags)
{
	uint8_t *withheld = NULL;
	bool ok;

	library->written = library->snapshot;
	ok = read_all(library, known, diags);
	if (ok && library->reviews != NULL)
		reviews_hold_beside(library->reviews, &library->snapshot,
				    &withheld, &library->arena, diags);
	return keep_written(library, diags) && ok &&
	       check_attachments(library, known, withheld, diags);
}

/*
 * Without a history the dates of the front matter stand in sitemaps, and paths
 * say who was first.
 */
bool library_read_history(struct library *library, const struct store *store,
			  struct diag_list *diags)
{
	const struct library_options *options = library->options;
	const struct file_history *items = NULL;
	struct history_known known = { 0 };
	bool ok;

	if (options->front_matter_dates) {
		library->history = arena_array(&library->arena,
					       library->snapshot.count + 1,
					       sizeof(*library->history));
		return true;
	}
	if (store != NULL)
		history_record_read(&known, store, 0, &library->arena);
	if (options->worktree) {
		history_read_created(&items, &library->renames,
				     &library->snapshot, options->folder,
				     &known, &library->arena);
		library->history = (struct file_history *)items;
		return true;
	}
	ok = history_read(&items, &library->renames, &library->snapshot, &known,
			  0, &library->arena, diags);
	library->history = (struct file_history *)items;
	return ok;
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

void library_arrange(struct library *library, struct diag_list *diags)
{
	const struct arrange_options options = {
		.catalog = &library->catalog,
		.cluster = &library->cluster,
		.as_of = library->as_of,
		.left_out = library->left_out,
		.drafts = library->options->drafts,
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
		.renames = &library->renames,
		.attachments = &library->attachments,
		.threads = library->options->threads,
	};

	page_plan_make(&library->plan, &options, &library->arena, diags);
}

bool library_leave_out_losers(struct library *library)
{
	const struct list *losers = &library->plan.losers;
	const uint32_t *numbers = losers->items;

	if (losers->count == 0)
		return false;
	if (library->left_out == NULL)
		library->left_out =
			arena_array(&library->arena, library->catalog.count, 1);
	for (size_t i = 0; i < losers->count; i++)
		library->left_out[numbers[i]] = true;
	return true;
}

/* --- messages --- */

static bool read_source(void *context, uint32_t number, struct source *out,
			struct arena *arena)
{
	struct library *library = context;
	struct snapshot_reader *reader;

	if (number >= SOURCE_TYPES)
		return schema_builtin_source(out, number, arena);
	if (source_is_earlier(number))
		return library->reader != NULL &&
		       snapshot_source_read(library->reader,
					    source_file(number), out, arena);
	if (number >= SOURCE_THEME)
		return theme_builtin_source(out, number, arena);
	reader = library->written_reader != NULL ? library->written_reader
						 : library->reader;
	return reader != NULL && number < library->snapshot.count &&
	       snapshot_source_read(reader, number, out, arena);
}

static bool read_path(void *context, uint32_t number, str *out,
		      struct arena *arena)
{
	const struct library *library = context;
	struct source source;

	if (source_file(number) < library->snapshot.count)
		*out = snapshot_path(&library->snapshot, source_file(number));
	else if (theme_builtin_source(&source, number, arena))
		*out = source.path;
	else
		return false;
	return true;
}

struct source_reader library_source_reader(struct library *library)
{
	return (struct source_reader){ library, read_source, read_path };
}
