/*
 * Of each version that differs, the types are read when they are not those of
 * today, the defaults when a file below them is looked for, and then the file.
 */
#include "library/version_reader.h"

#include "library/resource_reader.h"

void version_reader_init(struct version_reader *reader,
			 const struct catalog *today, struct arena *arena,
			 const struct diag_list *diags)
{
	*reader = (struct version_reader){ .today = today,
					   .arena = arena,
					   .diags = diags };
	arena_init(&reader->scratch);
	arena_init(&reader->talk);
}

void version_reader_release(struct version_reader *reader)
{
	arena_release(&reader->talk);
	arena_release(&reader->scratch);
}

void version_reader_forget(struct version_reader *reader)
{
	arena_reset(&reader->scratch);
	arena_reset(&reader->talk);
}

bool version_reader_needs(void *context, str path)
{
	(void)context;
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
static const struct schema *read_schema(struct version_reader *reader,
					const struct version *version)
{
	const struct schema_sources sources = {
		.builtin = builtin_type_files,
		.snapshot = version->snapshot,
		.reader = version->reader,
		.gone = reader->today->schema->gone,
		.gone_count = reader->today->schema->gone_count,
	};
	struct schema *schema = arena_alloc(reader->arena, sizeof(*schema));
	struct diag_list ignored;

	diag_list_init_part(&ignored, &reader->talk, reader->diags);
	return schema_read(schema, &sources, reader->arena, &ignored) ? schema
								      : NULL;
}

void version_reader_begin(struct version_reader *reader,
			  const struct version *version)
{
	struct catalog *catalog = arena_alloc(reader->arena, sizeof(*catalog));

	catalog->snapshot = version->snapshot;
	catalog->schema = reader->today->schema;
	if (!has_same_types(reader->today->snapshot, version->snapshot))
		catalog->schema = read_schema(reader, version);
	reader->has_types = catalog->schema != NULL;
	map_init(&catalog->defaults, reader->arena);
	reader->version = catalog;
}

static struct resource_reader reader_of(struct version_reader *reader,
					const struct version *version,
					struct diag_list *ignored)
{
	diag_list_init_part(ignored, &reader->talk, reader->diags);
	return (struct resource_reader){
		.catalog = reader->version,
		.files = version->reader,
		.offset = reader->today->offset,
		.arena = reader->arena,
		.scratch = &reader->scratch,
		.diags = ignored,
		.today = reader->today,
	};
}

struct digest version_reader_key(struct version_reader *reader,
				 const struct version_sought *item,
				 const struct version *version)
{
	struct diag_list ignored;
	const struct resource_reader files =
		reader_of(reader, version, &ignored);

	if (!reader->has_types)
		return (struct digest){ 0 };
	resource_reader_add_above(&files, item->path);
	return resource_reader_key(
		reader->version, reader->today->offset,
		(uint32_t)snapshot_find(version->snapshot, item->path));
}

bool version_reader_read(struct resource *out, struct version_reader *reader,
			 const struct version_sought *item,
			 const struct version *version)
{
	struct diag_list ignored;
	struct resource_reader files = reader_of(reader, version, &ignored);
	uint32_t file = (uint32_t)snapshot_find(version->snapshot, item->path);

	reader->lacking = STR("");
	files.lacking = &reader->lacking;
	return reader->has_types &&
	       resource_reader_read(out, &files, file, item->file,
				    reader->today->schema);
}

struct digest version_reader_context(const struct catalog *today,
				     struct digest verdicts, str path)
{
	const struct defaults *defaults = catalog_defaults(today, path);
	struct digest context = verdicts;

	for (; defaults != NULL; defaults = defaults->parent) {
		digest_add(&context, defaults->folder);
		resource_reader_add_default_key(&context, defaults,
						today->snapshot);
	}
	return context;
}
