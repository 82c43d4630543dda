/*
 * Defaults are read before any resource, so their search comes first and is
 * one of its own. What the text of today says of drafts and expiry is written
 * over the pairs of the earlier version; then the bytes that count and their
 * digest are others, and what is below is read again.
 */
#include "library/defaults_version.h"

#include <stdlib.h>

#include "library/asked_types.h"
#include "library/resource_reader.h"
#include "library/takedown.h"
#include "snapshot/version_search.h"

struct finder {
	struct catalog *catalog;
	const struct catalog_options *options;
	struct version_search search;
	struct snapshot_reader *today;
	struct arena *arena;
	struct arena scratch;
	struct diag_list *diags;
};

/* Mistakes of the past are no message of today. */
static bool is_correct(void *context, struct version_sought *item,
		       const struct version *version)
{
	struct finder *finder = context;
	const struct front_matter_options options = {
		.schema = finder->catalog->schema,
		.offset = finder->options->offset,
	};
	struct defaults tried = { 0 };
	struct diag_list ignored;
	struct source source;
	str type;
	bool ok;

	diag_list_init_part(&ignored, &finder->scratch, finder->diags);
	ok = snapshot_read_text(&source, version->reader,
				snapshot_find(version->snapshot, item->path),
				&finder->scratch, &ignored);
	source.number = item->file; /* a unit may have words of its own */
	ok = ok && defaults_parse(&tried, &source, &options, &finder->scratch,
				  &ignored);
	type = ok ? STR("")
		  : asked_types_lacking(&tried, options.schema, &ignored);
	if (type.len > 0)
		asked_types_note(finder->catalog, type, item, finder->arena);
	arena_reset(&finder->scratch);
	return ok;
}

/* What the text of today takes down, whatever else it says. */
static size_t overlay_of(const struct yaml_pair **pairs, struct finder *finder,
			 uint32_t file)
{
	const struct schema *schema = finder->catalog->schema;
	const struct span head = { file, 0, 3 };
	struct takedown takedown;
	struct diag_list ignored;
	size_t count;
	str text;

	diag_list_init(&ignored, &finder->scratch);
	if (!snapshot_read(&text, finder->today, file, &finder->scratch,
			   &ignored))
		return 0;
	takedown = takedown_written(text, schema);
	takedown_check(&takedown, finder->options->offset);
	count = takedown_pairs(pairs, &takedown, schema, head, finder->arena);
	arena_reset(&finder->scratch);
	return count;
}

/* The pairs of today first: reading it again gives it other bytes. */
static void settle(struct finder *finder, const struct version_sought *item,
		   const struct yaml_pair *pairs, size_t count)
{
	struct diag_list ignored;
	const struct resource_reader reader = {
		.catalog = finder->catalog,
		.files = finder->today,
		.offset = finder->options->offset,
		.arena = finder->arena,
		.scratch = &finder->scratch,
		.diags = &ignored,
		.overlay = pairs,
		.overlay_count = count,
	};
	struct defaults *defaults = item->subject;

	diag_list_init_part(&ignored, finder->arena, finder->diags);
	if (item->is_found)
		(void)resource_reader_add_defaults(&reader, item->file);
	else if (count > 0)
		defaults_overlay(defaults, pairs, count, finder->arena);
}

static void run(struct finder *finder)
{
	struct version_search *search = &finder->search;
	size_t count = search->count;
	const struct yaml_pair **pairs = arena_array(
		finder->arena, count, sizeof(const struct yaml_pair *));
	size_t *counts = arena_array(finder->arena, count, sizeof(*counts));

	for (size_t i = 0; i < count; i++)
		counts[i] =
			overlay_of(&pairs[i], finder, search->items[i].file);
	version_search_run(search, finder->arena);
	version_search_patch(finder->options->snapshot, search, finder->arena);
	for (size_t i = 0; i < count; i++)
		settle(finder, &search->items[i], pairs[i], counts[i]);
	version_search_tell(search, finder->diags);
}

static int compare_files(const void *left, const void *right)
{
	const struct version_sought *a = left;
	const struct version_sought *b = right;

	return (a->file > b->file) - (a->file < b->file);
}

/* Files are sorted by path. */
static void collect(struct finder *finder)
{
	const struct map *all = &finder->catalog->defaults;
	struct version_sought *items =
		arena_array(finder->arena, all->count, sizeof(*items));
	size_t count = 0;

	for (size_t i = 0; i < all->count; i++) {
		struct defaults *defaults = all->entries[i].value;

		if (defaults->is_broken)
			items[count++] = (struct version_sought){
				.path = snapshot_path(finder->options->snapshot,
						      defaults->file),
				.context = finder->options->verdicts,
				.file = defaults->file,
				.subject = defaults,
			};
	}
	if (count > 0)
		qsort(items, count, sizeof(*items), compare_files);
	finder->search.items = items;
	finder->search.count = count;
}

void defaults_versions_find(struct catalog *catalog,
			    const struct catalog_options *options,
			    struct arena *arena, struct diag_list *diags)
{
	struct finder finder = {
		.catalog = catalog,
		.options = options,
		.search = {
			.snapshot = options->snapshot,
			.folder = options->folder,
			.offset = options->offset,
			.memory = options->memory,
			.key = version_key_bytes,
			.take = is_correct,
		},
		.arena = arena,
		.diags = diags,
	};

	finder.search.context = &finder;
	collect(&finder);
	if (finder.search.count == 0)
		return;
	finder.today = snapshot_reader_open(options->snapshot, diags);
	if (finder.today == NULL)
		return;
	arena_init(&finder.scratch);
	run(&finder);
	arena_release(&finder.scratch);
	snapshot_reader_close(finder.today);
}
