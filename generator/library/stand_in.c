/*
 * One search for all files with mistakes, whose versions are read by
 * library/version_reader.h: their histories are walked together, so that a
 * commit is looked at once and not once a file.
 */
#include "library/stand_in.h"

#include <stdlib.h>

#include "library/asked_types.h"
#include "library/resource_reader.h"
#include "library/takedown.h"
#include "library/version_reader.h"

/* What reading the files of a version needs. */
struct stand_ins {
	struct stand_in_search *search;
	struct version_reader reader;
	struct list found; /* struct stand_in */
	struct snapshot_reader *today;
	bool *is_down; /* of each file: readers see nothing of it anyway */
	struct arena *arena;
	struct diag_list *diags;
};

/* --- a version ------------------------------------------------------------ */

static void begin(void *context, const struct version *version)
{
	struct stand_ins *all = context;

	version_reader_begin(&all->reader, version);
}

static struct digest key(void *context, const struct version_sought *item,
			 const struct version *version)
{
	struct stand_ins *all = context;

	return version_reader_key(&all->reader, item, version);
}

/* Which of the files that are looked for it is. */
static size_t number_of(const struct stand_ins *all,
			const struct version_sought *item)
{
	return (size_t)((const str *)item->subject - all->search->packed);
}

/* --- what the file of today still says ------------------------------------ */

static struct takedown inherited(const struct catalog *catalog, str path)
{
	const struct defaults *defaults = catalog_defaults(catalog, path);
	struct takedown all = { .status = STR("") };

	for (; defaults != NULL; defaults = defaults->parent) {
		struct takedown one =
			takedown_inherited(&defaults->mapping, catalog->schema);

		takedown_inherit(&all, &one);
	}
	return all;
}

/*
 * Drafts and what is withdrawn stay so, and are so from today. The key has what
 * is taken over: the page that says so changes with it, while the earlier
 * version is the same.
 */
static void take_over(struct resource *resource, struct digest *key,
		      struct stand_ins *all, const struct version_sought *item)
{
	const struct catalog *catalog = all->search->catalog;
	struct takedown above = inherited(catalog, item->path);
	struct takedown takedown;
	struct diag_list ignored;
	str text;

	diag_list_init(&ignored, &all->reader.talk);
	if (!snapshot_read(&text, all->today, item->file, &all->reader.scratch,
			   &ignored))
		return;
	takedown = takedown_written(text, catalog->schema);
	takedown_inherit(&takedown, &above);
	takedown_check(&takedown, all->search->offset);
	takedown_apply(resource, &takedown, all->search->offset);
	all->is_down[number_of(all, item)] = takedown.status.len > 0;
	digest_add(key, takedown.status);
	digest_add(key, takedown.expires_on);
	digest_add(key, takedown.disclosure);
	digest_add(key, takedown.consent);
}

/* --- reviews ---------------------------------------------------------------
 */

static bool is_asked(const struct stand_in_search *search, str path)
{
	return search->gate != NULL &&
	       search->gate->asks(search->gate->context, path);
}

static bool passes(const struct stand_in_search *search,
		   const struct version_sought *item,
		   const struct version *version)
{
	const str blob = { (const char *)item->blob_id, SNAPSHOT_ID_SIZE };

	return !is_asked(search, item->path) ||
	       search->gate->passes(search->gate->context, item->path, blob,
				    version->snapshot->revision);
}

/* What is reviewed later makes other versions right. */
static struct digest context_of(const struct stand_in_search *search, str path)
{
	struct digest context =
		version_reader_context(search->catalog, search->verdicts, path);

	if (is_asked(search, path))
		digest_add_digest(&context, search->gate->digest);
	return context;
}

static void tell_waiting(const struct stand_ins *all,
			 const struct version_search *versions)
{
	const struct review_gate *gate = all->search->gate;

	for (size_t i = 0; i < versions->count; i++)
		if (versions->items[i].is_waiting)
			gate->wait(gate->context, &versions->items[i],
				   all->is_down[i], all->diags);
}

/* --- a file --------------------------------------------------------------- */

static bool take(void *context, struct version_sought *item,
		 const struct version *version)
{
	struct stand_ins *all = context;
	struct digest made_from = item->key;
	struct resource resource;
	struct stand_in *found;
	struct buf bytes;
	bool ok = passes(all->search, item, version) &&
		  version_reader_read(&resource, &all->reader, item, version);

	if (ok) {
		take_over(&resource, &made_from, all, item);
		resource_forget_spans(&resource, item->file);
		buf_init(&bytes, all->arena);
		resource_pack(&bytes, &resource);
		*(str *)item->subject = buf_str(&bytes);
		found = list_add(&all->found, all->arena);
		*found = (struct stand_in){
			.file = item->file,
			.schema = all->reader.version->schema,
			.defaults = catalog_defaults(all->reader.version,
						     item->path),
			.key = made_from,
		};
	}
	if (!ok && all->reader.lacking.len > 0)
		asked_types_note(all->search->catalog, all->reader.lacking,
				 item, all->arena);
	version_reader_forget(&all->reader);
	return ok;
}

static int compare_files(const void *left, const void *right)
{
	const struct stand_in *a = left;
	const struct stand_in *b = right;

	return (a->file > b->file) - (a->file < b->file);
}

static void search_all(struct stand_ins *all, struct version_search *versions)
{
	struct stand_in_search *search = all->search;
	struct catalog *catalog = search->catalog;

	version_search_run(versions, all->arena);
	if (all->found.count > 0)
		qsort(all->found.items, all->found.count,
		      sizeof(struct stand_in), compare_files);
	catalog->stand_ins = all->found.items;
	catalog->stand_in_count = all->found.count;
	version_search_patch(search->snapshot, versions, all->arena);
	version_search_tell(versions, all->diags);
	tell_waiting(all, versions);
}

void stand_ins_find(struct stand_in_search *search, struct arena *arena,
		    struct diag_list *diags)
{
	struct stand_ins all = { .search = search,
				 .arena = arena,
				 .diags = diags };
	struct version_search versions = {
		.snapshot = search->snapshot,
		.folder = search->folder,
		.offset = search->offset,
		.memory = search->memory,
		.items = arena_array(arena, search->count,
				     sizeof(*versions.items)),
		.count = search->count,
		.context = &all,
		.needs = version_reader_needs,
		.begin = begin,
		.key = key,
		.take = take,
		.is_by_file = true,
	};

	for (size_t i = 0; i < search->count; i++) {
		struct version_sought *item = &versions.items[i];

		item->file = search->files[i];
		item->path = snapshot_path(search->snapshot, item->file);
		item->context = context_of(search, item->path);
		item->is_waiting = search->is_waiting[i];
		item->subject = &search->packed[i];
	}
	list_init(&all.found, sizeof(struct stand_in));
	all.is_down = arena_array(arena, search->count, 1);
	all.today = snapshot_reader_open(search->snapshot, diags);
	if (all.today == NULL)
		return;
	version_reader_init(&all.reader, search->catalog, arena, diags);
	search_all(&all, &versions);
	version_reader_release(&all.reader);
	snapshot_reader_close(all.today);
}

const struct stand_in *catalog_stand_in(const struct catalog *catalog,
					uint32_t file)
{
	const struct stand_in wanted = { .file = file };

	return catalog->stand_in_count == 0
		       ? NULL
		       : bsearch(&wanted, catalog->stand_ins,
				 catalog->stand_in_count, sizeof(wanted),
				 compare_files);
}
