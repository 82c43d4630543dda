/*
 * One search for all files with mistakes. Of each version that differs, the
 * types are read when they are not those of today, the defaults when a file
 * below them is looked for, and then the file.
 */
#include "library/stand_in.h"

#include <stdlib.h>

#include "library/resource_reader.h"

/* What reading the files of a version needs. */
struct stand_ins {
	struct stand_in_search *search;
	struct catalog *version; /* of the commit that is looked at */
	bool has_types;		 /* false: the types of the commit are broken */
	struct list found;	 /* struct stand_in */
	struct snapshot_reader *today;
	struct arena *arena;
	struct arena scratch; /* of one file */
	struct arena talk;    /* of messages about the past: nobody hears them */
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
	};
}

static struct digest key(void *context, const struct version_sought *item,
			 const struct version *version)
{
	struct stand_ins *all = context;
	struct diag_list ignored;
	const struct resource_reader reader =
		reader_of(all, version, &ignored);

	if (!all->has_types)
		return (struct digest){ 0 };
	resource_reader_add_above(&reader, item->path);
	return resource_reader_key(
		all->version, all->search->offset,
		(uint32_t)snapshot_find(version->snapshot, item->path));
}

/* --- what the file of today still says ------------------------------------ */

/* Of a line "key: value  # remark". */
static str value_of(str line)
{
	size_t remark = str_find(line, STR(" #"));
	str value = str_trim(
		str_between(line, 0, remark == STR_NONE ? line.len : remark));
	char quote = value.len > 1 ? value.data[0] : '\0';

	if ((quote == '"' || quote == '\'') &&
	    value.data[value.len - 1] == quote)
		value = str_between(value, 1, value.len - 1);
	return value;
}

/* Whatever the mistakes are: the lines of the head that can be made out. */
static str written_value(str text, str key)
{
	str line;

	if (text.len > YAML_FRONT_MATTER_LIMIT)
		text.len = YAML_FRONT_MATTER_LIMIT;
	for (size_t i = 0; str_split_next(&text, '\n', &line); i++) {
		str rest = str_from(line, key.len);

		if (i > 0 && str_equal(str_trim(line), STR("---")))
			break;
		if (!str_starts_with(line, key))
			continue;
		rest = str_trim(rest);
		if (str_starts_with(rest, STR(":")))
			return value_of(str_from(rest, 1));
		if (str_starts_with(rest, STR("：")))
			return value_of(str_from(rest, STR("：").len));
	}
	return STR("");
}

static str inherited_value(const struct catalog *catalog, str path,
			   const char *key)
{
	const struct defaults *defaults = catalog_defaults(catalog, path);

	for (; defaults != NULL; defaults = defaults->parent) {
		str text = yaml_text(&defaults->mapping, key);

		if (text.len > 0)
			return text;
	}
	return STR("");
}

static str value_today(const struct stand_ins *all,
		       const struct version_sought *item, str text,
		       enum field_meaning meaning)
{
	const struct catalog *catalog = all->search->catalog;
	const struct resource_type *any = &catalog->schema->any;
	const char *name = any->fields[any->meanings[meaning]].key;
	str value = written_value(text, str_from_c(name));

	return value.len > 0 ? value
			     : inherited_value(catalog, item->path, name);
}

/* Drafts and what is withdrawn stay so, and are so from today. */
static void take_over(struct resource *resource, struct stand_ins *all,
		      const struct version_sought *item)
{
	struct diag_list ignored;
	enum resource_status status;
	struct moment expires_on;
	str text;

	diag_list_init(&ignored, &all->talk);
	if (!snapshot_read(&text, all->today, item->file, &all->scratch,
			   &ignored))
		return;
	if (resource_status_find(&status,
				 value_today(all, item, text, MEANS_STATUS)) &&
	    status != STATUS_PUBLISHED && status != STATUS_ARCHIVED)
		resource->status = status;
	if (moment_parse(&expires_on,
			 value_today(all, item, text, MEANS_EXPIRES_ON),
			 all->search->offset))
		resource->expires_on = expires_on;
}

/* --- a file --------------------------------------------------------------- */

static bool take(void *context, const struct version_sought *item,
		 const struct version *version)
{
	struct stand_ins *all = context;
	struct diag_list ignored;
	const struct resource_reader reader =
		reader_of(all, version, &ignored);
	uint32_t file =
		(uint32_t)snapshot_find(version->snapshot, item->path);
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
