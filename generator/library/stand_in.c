/*
 * One search for all files with mistakes. Of each version that differs, the
 * types are read when they are not those of today, the defaults when a file
 * below them is looked for, and then the file.
 */
#include "library/stand_in.h"

#include <stdlib.h>

#include "library/resource_reader.h"
#include "library/takedown.h"

/* What reading the files of a version needs. */
struct stand_ins {
	struct stand_in_search *search;
	struct catalog *version; /* of the commit that is looked at */
	bool has_types;		 /* false: the types of the commit are broken */
	struct list found;	 /* struct stand_in */
	struct snapshot_reader *today;
	struct arena *arena;
	struct arena scratch; /* of one file */
	struct arena talk; /* of messages about the past: nobody hears them */
	struct diag_list *diags;
};

/* --- a version ------------------------------------------------------------ */

static bool needs(void *context, str path)
{
	const struct stand_ins *all = context;

	(void)all;
	return str_equal(path, STR("sites/")) ||
	       str_starts_with(path, STR("sites/types/")) ||
	       (str_starts_with(path, STR("content/")) &&
		str_ends_with(path, STR("/_defaults.yaml")));
}

static bool has_same_types(const struct snapshot *a, const struct snapshot *b)
{
	size_t first, behind, other, other_behind;

	snapshot_range(a, STR("sites/types/"), &first, &behind);
	snapshot_range(b, STR("sites/types/"), &other, &other_behind);
	if (behind - first != other_behind - other)
		return false;
	for (; first < behind; first++, other++)
		if (!str_equal(snapshot_path(a, first),
			       snapshot_path(b, other)) ||
		    !str_equal(snapshot_blob(a, first),
			       snapshot_blob(b, other)))
			return false;
	return true;
}

/* Mistakes of the past are no message of today. */
static const struct schema *read_schema(struct stand_ins *all,
					const struct version *version)
{
	const struct schema_sources sources = { builtin_type_files,
						version->snapshot,
						version->reader, NULL, 0 };
	struct schema *schema = arena_alloc(all->arena, sizeof(*schema));
	struct diag_list ignored;

	diag_list_init_part(&ignored, &all->talk, all->diags);
	return schema_read(schema, &sources, all->arena, &ignored) ? schema
								   : NULL;
}

static void begin(void *context, const struct version *version)
{
	struct stand_ins *all = context;
	struct catalog *catalog = arena_alloc(all->arena, sizeof(*catalog));

	catalog->snapshot = version->snapshot;
	catalog->schema = all->search->catalog->schema;
	if (!has_same_types(all->search->snapshot, version->snapshot))
		catalog->schema = read_schema(all, version);
	all->has_types = catalog->schema != NULL;
	map_init(&catalog->defaults, all->arena);
	all->version = catalog;
}

static struct resource_reader reader_of(struct stand_ins *all,
					const struct version *version,
					struct diag_list *ignored)
{
	diag_list_init_part(ignored, &all->talk, all->diags);
	return (struct resource_reader){
		.catalog = all->version,
		.files = version->reader,
		.offset = all->search->offset,
		.arena = all->arena,
		.scratch = &all->scratch,
		.diags = ignored,
		.today = all->search->catalog,
	};
}

static struct digest key(void *context, const struct version_sought *item,
			 const struct version *version)
{
	struct stand_ins *all = context;
	struct diag_list ignored;
	const struct resource_reader reader = reader_of(all, version, &ignored);

	if (!all->has_types)
		return (struct digest){ 0 };
	resource_reader_add_above(&reader, item->path);
	return resource_reader_key(
		all->version, all->search->offset,
		(uint32_t)snapshot_find(version->snapshot, item->path));
}

/* --- what the file of today still says ------------------------------------ */

static struct takedown inherited(const struct catalog *catalog, str path)
{
	const struct defaults *defaults = catalog_defaults(catalog, path);
	struct takedown all = { STR(""), STR(""), STR("") };

	for (; defaults != NULL; defaults = defaults->parent) {
		struct takedown one =
			takedown_inherited(&defaults->mapping, catalog->schema);

		takedown_inherit(&all, &one);
	}
	return all;
}

/* Drafts and what is withdrawn stay so, and are so from today. */
static void take_over(struct resource *resource, struct stand_ins *all,
		      const struct version_sought *item)
{
	const struct catalog *catalog = all->search->catalog;
	struct takedown above = inherited(catalog, item->path);
	struct takedown takedown;
	struct diag_list ignored;
	str text;

	diag_list_init(&ignored, &all->talk);
	if (!snapshot_read(&text, all->today, item->file, &all->scratch,
			   &ignored))
		return;
	takedown = takedown_written(text, catalog->schema);
	takedown_inherit(&takedown, &above);
	takedown_check(&takedown, all->search->offset);
	takedown_apply(resource, &takedown, all->search->offset);
}

/* --- a file --------------------------------------------------------------- */

static bool take(void *context, const struct version_sought *item,
		 const struct version *version)
{
	struct stand_ins *all = context;
	struct diag_list ignored;
	const struct resource_reader reader = reader_of(all, version, &ignored);
	uint32_t file = (uint32_t)snapshot_find(version->snapshot, item->path);
	struct resource resource;
	struct stand_in *found;
	struct buf bytes;
	bool ok = all->has_types &&
		  resource_reader_read(&resource, &reader, file, item->file,
				       all->search->catalog->schema);

	if (ok) {
		take_over(&resource, all, item);
		resource_forget_spans(&resource, item->file);
		buf_init(&bytes, all->arena);
		resource_pack(&bytes, &resource);
		*(str *)item->subject = buf_str(&bytes);
		found = list_add(&all->found, all->arena);
		*found = (struct stand_in){
			.file = item->file,
			.schema = all->version->schema,
			.defaults = catalog_defaults(all->version, item->path),
			.key = item->key,
		};
	}
	arena_reset(&all->scratch);
	arena_reset(&all->talk);
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
}

/* A version whose defaults were broken is read with those of today. */
static struct digest context_of(const struct stand_in_search *search, str path)
{
	const struct defaults *defaults =
		catalog_defaults(search->catalog, path);
	struct digest context = search->verdicts;

	for (; defaults != NULL; defaults = defaults->parent) {
		digest_add(&context, defaults->folder);
		resource_reader_add_default_key(&context, defaults,
						search->snapshot);
	}
	return context;
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
		.needs = needs,
		.begin = begin,
		.key = key,
		.take = take,
	};

	for (size_t i = 0; i < search->count; i++) {
		struct version_sought *item = &versions.items[i];

		item->file = search->files[i];
		item->path = snapshot_path(search->snapshot, item->file);
		item->context = context_of(search, item->path);
		item->subject = &search->packed[i];
	}
	list_init(&all.found, sizeof(struct stand_in));
	all.today = snapshot_reader_open(search->snapshot, diags);
	if (all.today == NULL)
		return;
	arena_init(&all.scratch);
	arena_init(&all.talk);
	search_all(&all, &versions);
	arena_release(&all.talk);
	arena_release(&all.scratch);
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
