/*
 * Reading depends on more than the file: types, defaults above it, the time
 * zone. All that is in the key of what was read, so that a resource from the
 * record is what reading it again would give. The search for earlier versions
 * comes the same way with the files of its commit.
 */
#include "library/resource_reader.h"

#include "library/stand_in.h"
#include "markup/markdown.h"

/* --- _defaults.yaml ------------------------------------------------------- */

void resource_reader_link_defaults(struct catalog *catalog)
{
	for (size_t i = 0; i < catalog->defaults.count; i++) {
		struct defaults *defaults = catalog->defaults.entries[i].value;
		str above = defaults->folder;

		above.len--; /* so that its own folder is not found */
		defaults->parent = catalog_defaults(catalog, above);
	}
}

/* A unit may have words of its own about messages. */
static uint32_t number_today(const struct catalog *today,
			     const struct source *source)
{
	size_t file = snapshot_find(today->snapshot, source->path);

	return file == STR_NONE ? source->number : (uint32_t)file;
}

bool resource_reader_add_defaults(const struct resource_reader *reader,
				  size_t file)
{
	struct catalog *catalog = reader->catalog;
	struct defaults *defaults =
		arena_alloc(reader->arena, sizeof(*defaults));
	str path = snapshot_path(catalog->snapshot, file);
	const struct front_matter_options options = {
		.schema = catalog->schema,
		.offset = reader->offset,
		.overlay = reader->overlay,
		.overlay_count = reader->overlay_count,
	};
	struct source source = { 0 };
	bool ok;

	defaults->is_broken = true;
	ok = snapshot_read_text(&source, reader->files, file, reader->scratch,
				reader->diags);
	if (ok && reader->today != NULL)
		source.number = number_today(reader->today, &source);
	ok = ok && defaults_parse(defaults, &source, &options, reader->arena,
				  reader->diags);
	defaults->is_broken = !ok;
	defaults->folder =
		str_between(path, 0, path.len - STR("_defaults.yaml").len);
	defaults->file = (uint32_t)file;
	map_set(&catalog->defaults, defaults->folder, defaults);
	arena_reset(reader->scratch);
	return ok;
}

static void add_today(const struct resource_reader *reader, str folder,
		      size_t file)
{
	const struct catalog *today = reader->today;
	const struct defaults *defaults =
		today == NULL || today->schema != reader->catalog->schema
			? NULL
			: map_get(&today->defaults, folder);
	struct defaults *copy = map_get(&reader->catalog->defaults, folder);

	if (defaults == NULL || defaults->is_broken)
		return;
	*copy = *defaults;
	copy->file = (uint32_t)file;
}

void resource_reader_add_above(const struct resource_reader *reader, str path)
{
	struct catalog *catalog = reader->catalog;
	size_t known = catalog->defaults.count;

	for (size_t i = 0; i < path.len; i++) {
		const str parts[] = { str_between(path, 0, i + 1),
				      STR("_defaults.yaml") };
		size_t file;

		if (path.data[i] != '/' ||
		    map_has(&catalog->defaults, parts[0]))
			continue;
		file = snapshot_find(catalog->snapshot,
				     arena_join(reader->arena, parts, 2));
		if (file != STR_NONE &&
		    !resource_reader_add_defaults(reader, file))
			add_today(reader, parts[0], file);
	}
	if (catalog->defaults.count > known)
		resource_reader_link_defaults(catalog);
}

/* --- a resource ----------------------------------------------------------- */

bool front_matter_translate(struct front_matter *matter,
			    const struct schema *schema, struct arena *arena)
{
	const struct resource_type *from = matter->type;
	const struct resource_type *to =
		schema_find(schema, str_from_c(from->name));
	struct field_value *values;

	if (to == from)
		return true;
	if (to == NULL || to->is_broken)
		return false;
	values = arena_array(arena, to->field_count, sizeof(*values));
	for (size_t i = 0; i < to->field_count; i++) {
		const struct field *field = &to->fields[i];
		uint16_t number =
			resource_type_field(from, str_from_c(field->key));

		if (number != FIELD_NONE &&
		    from->fields[number].kind == field->kind)
			values[i] = matter->values[number];
	}
	matter->type = to;
	matter->values = values;
	return true;
}

/* What is right but for that is right when the type turns out to be gone. */
static void note_lacking(const struct resource_reader *reader,
			 const struct schema *schema,
			 const struct front_matter *matter)
{
	str name = str_from_c(matter->type->name);

	if (reader->lacking != NULL && schema_find(schema, name) == NULL)
		*reader->lacking = name;
}

static bool translate(struct front_matter *matter,
		      const struct resource_reader *reader,
		      const struct schema *schema)
{
	if (front_matter_translate(matter, schema, reader->scratch))
		return true;
	note_lacking(reader, schema, matter);
	return false;
}

bool resource_reader_read(struct resource *out,
			  const struct resource_reader *reader, uint32_t file,
			  uint32_t number, const struct schema *schema)
{
	const struct catalog *catalog = reader->catalog;
	str path = snapshot_path(catalog->snapshot, file);
	const struct front_matter_options options = {
		.schema = catalog->schema,
		.defaults = catalog_defaults(catalog, path),
		.offset = reader->offset,
		.is_preview = catalog->is_preview,
	};
	struct front_matter matter;
	struct source source;

	reader->diags->is_imported = false; /* nobody knows yet */
	if (!snapshot_read_text(&source, reader->files, file, reader->scratch,
				reader->diags))
		return false;
	source.number = number;
	return front_matter_parse(&matter, &source, &options, reader->scratch,
				  reader->diags) &&
	       markdown_check(&source, matter.body_start, reader->scratch,
			      reader->diags) &&
	       translate(&matter, reader, schema) &&
	       resource_build(out, &source, path, &matter, reader->scratch,
			      reader->diags);
}

bool resource_reader_matter(struct front_matter *out, struct source *source,
			    const struct catalog *catalog,
			    struct snapshot_reader *reader, uint32_t file,
			    struct arena *arena, struct diag_list *diags)
{
	const struct stand_in *earlier = catalog_stand_in(catalog, file);
	struct front_matter_options options = {
		.schema = catalog->schema,
		.offset = catalog->offset,
	};

	if (earlier != NULL) {
		options.schema = earlier->schema;
		options.defaults = earlier->defaults;
	} else {
		options.is_preview = catalog->is_preview;
		options.defaults = catalog_defaults(
			catalog, snapshot_path(catalog->snapshot, file));
	}
	return snapshot_read_text(source, reader, file, arena, diags) &&
	       front_matter_parse(out, source, &options, arena, diags) &&
	       front_matter_translate(out, catalog->schema, arena);
}

bool resource_reader_matter_again(struct front_matter *out,
				  const struct catalog *catalog,
				  struct snapshot_reader *reader, uint32_t file,
				  struct arena *arena)
{
	struct diag_list told;
	struct source source;

	diag_list_init(&told, arena);
	return resource_reader_matter(out, &source, catalog, reader, file,
				      arena, &told);
}

void resource_reader_add_default_key(struct digest *key,
				     const struct defaults *defaults,
				     const struct snapshot *snapshot)
{
	digest_add(key, snapshot_blob(snapshot, defaults->file));
	if (defaults->overlay.low != 0 || defaults->overlay.high != 0)
		digest_add_digest(key, defaults->overlay);
}

struct digest resource_reader_key(const struct catalog *catalog, int32_t offset,
				  uint32_t file)
{
	const struct snapshot *snapshot = catalog->snapshot;
	const struct defaults *defaults =
		catalog_defaults(catalog, snapshot_path(snapshot, file));
	struct digest key = { 0 };

	digest_add_number(&key, (uint64_t)(uint32_t)offset);
	digest_add_digest(&key, catalog->schema->digest);
	digest_add(&key, snapshot_blob(snapshot, file));
	for (; defaults != NULL; defaults = defaults->parent)
		resource_reader_add_default_key(&key, defaults, snapshot);
	return key;
}
