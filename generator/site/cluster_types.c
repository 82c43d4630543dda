/*
 * The types of resources: those of the program with what sites/types/ adds.
 * Files with mistakes count in their newest version without. A file that is
 * gone while something is still of its type counts as it was before, too:
 * otherwise one `git rm` would take all resources of the type away.
 */
#include "site/cluster_reader.h"

#include "site/gone_types.h"
#include "snapshot/version_search.h"

/* Does any of the errors stand in the file? */
static bool has_error_in(const struct diag_list *diags, size_t file)
{
	for (size_t i = 0; i < diag_total(diags); i++) {
		struct diag_mark mark = diag_at(diags, i);

		if (mark.level == DIAG_ERROR && mark.span.source == file)
			return true;
	}
	return false;
}

static bool read_types(struct schema *out, const struct cluster_reader *reader,
		       const struct list *without, struct diag_list *diags)
{
	const struct list *gone = reader->sources->gone_types;
	const struct schema_sources sources = {
		.builtin = builtin_type_files,
		.snapshot = reader->snapshot,
		.reader = reader->files,
		.left_out = without == NULL ? NULL : without->items,
		.left_out_count = without == NULL ? 0 : without->count,
		.gone = gone == NULL ? NULL : gone->items,
		.gone_count = gone == NULL ? 0 : gone->count,
		.unknown = reader->unknown_types,
	};

	return schema_read(out, &sources, reader->arena, diags);
}

/* A type that the file is like is read with it, as it was then. */
static bool is_correct_type(const struct version *version, size_t file,
			    struct arena *arena, struct diag_list *ignored)
{
	const struct schema_sources sources = {
		.builtin = builtin_type_files,
		.snapshot = version->snapshot,
		.reader = version->reader,
	};
	struct schema schema;

	return schema_read(&schema, &sources, arena, ignored) &&
	       !has_error_in(ignored, file + version->snapshot->source_base);
}

bool cluster_can_read_type(const struct cluster_reader *reader,
			   const struct version *version, size_t file,
			   struct diag_list *ignored)
{
	return is_correct_type(version, file, reader->arena, ignored);
}

/* What the platform adds to a type of the program. */
static bool is_builtin_type(str path)
{
	str name = str_from(path, STR("sites/types/").len);

	if (!str_ends_with(name, STR(".yaml")))
		return false;
	name = str_between(name, 0, name.len - STR(".yaml").len);
	for (const struct type_file *file = builtin_type_files;
	     file->name.len > 0; file++)
		if (str_equal(name, file->name))
			return true;
	return false;
}

bool cluster_misses_type(str path)
{
	return str_starts_with(path, STR("sites/types/")) &&
	       !is_builtin_type(path);
}

/*
 * Of a type of the program what the platform adds is left out. One of the
 * platform's own stays, as a broken one, so that its resources are not blamed.
 */
static void keep_own_types(const struct cluster_reader *reader,
			   struct list *files)
{
	uint32_t *numbers = files->items;
	size_t kept = 0;

	for (size_t i = 0; i < files->count; i++)
		if (is_builtin_type(
			    snapshot_path(reader->snapshot, numbers[i])))
			numbers[kept++] = numbers[i];
	files->count = kept;
}

bool cluster_find_types(struct cluster_reader *reader)
{
	struct schema *schema = &reader->cluster->schema;
	struct diag_list found;
	struct list files;
	size_t first, behind;
	bool ok;

	diag_list_init_part(&found, reader->arena, reader->diags);
	ok = read_types(schema, reader, NULL, &found);
	diag_merge(reader->diags, &found);
	if (!ok || found.error_count == 0)
		return ok;
	list_init(&files, sizeof(uint32_t));
	snapshot_range(reader->snapshot, STR("sites/types/"), &first, &behind);
	for (; first < behind; first++)
		if (has_error_in(&found, first))
			cluster_add_file(&files, first, reader->arena);
	if (files.count == 0)
		return true;
	cluster_mend(reader, &files);
	keep_own_types(reader, &files);
	diag_list_init_part(&found, reader->arena, reader->diags);
	return read_types(schema, reader, &files, &found);
}

/* --- files that are gone -------------------------------------------------- */

struct gone_search {
	struct list *out;
	struct arena *arena;
	const struct diag_list *diags;
};

static bool take(void *context, struct version_sought *item,
		 const struct version *version)
{
	struct gone_search *search = context;
	size_t file = snapshot_find(version->snapshot, item->path);
	struct gone_type *type;
	struct diag_list ignored;
	struct arena scratch;
	struct source source;
	bool ok;

	if (file == STR_NONE)
		return false;
	arena_init(&scratch);
	diag_list_init_part(&ignored, &scratch, search->diags);
	ok = is_correct_type(version, file, &scratch, &ignored) &&
	     snapshot_read_text(&source, version->reader, file, &scratch,
				&ignored);
	if (ok) {
		type = list_add(search->out, search->arena);
		*type = (struct gone_type){
			.name = *(const str *)item->subject,
			.source = { SOURCE_NONE, item->path,
				    arena_copy(search->arena, source.text) },
			.blob = arena_copy(
				search->arena,
				snapshot_blob(version->snapshot, file)),
			.commit = version->snapshot->revision,
			.time = version->snapshot->time,
		};
	}
	arena_release(&scratch);
	return ok;
}

static bool is_among(const struct list *types, str name)
{
	const struct gone_type *items = types->items;

	for (size_t i = 0; i < types->count; i++)
		if (str_equal(items[i].name, name))
			return true;
	return false;
}

/* Of the names, sorted, those that are asked for the first time. */
static size_t list_items(struct version_sought *items, struct list *names,
			 const struct list *known, struct arena *arena)
{
	str *all = names->items;
	size_t count = 0;

	if (names->count > 0)
		qsort(all, names->count, sizeof(*all), str_compare_items);
	for (size_t i = 0; i < names->count; i++) {
		if ((i > 0 && str_equal(all[i], all[i - 1])) ||
		    !schema_is_type_name(all[i]) || is_among(known, all[i]))
			continue;
		items[count++] = (struct version_sought){
			.path = arena_printf(arena, "sites/types/%.*s.yaml",
					     STR_ARG(all[i])),
			.subject = &all[i],
			.is_elsewhere = true,
		};
	}
	return count;
}

bool gone_types_find(struct list *out, struct list *names,
		     const struct gone_types_sources *sources,
		     struct arena *arena, struct diag_list *diags)
{
	struct gone_search gone = { out, arena, diags };
	struct version_search search = {
		.snapshot = sources->snapshot,
		.folder = sources->folder,
		.offset = sources->offset,
		.memory = sources->memory,
		.items =
			arena_array(arena, names->count, sizeof(*search.items)),
		.context = &gone,
		.needs = cluster_types_need,
		.key = cluster_version_key,
		.take = take,
	};
	size_t before = out->count;

	search.count = list_items(search.items, names, out, arena);
	if (search.count > 0)
		version_search_run(&search, arena);
	return out->count > before;
}

void gone_types_tell(const struct list *types, struct diag_list *diags)
{
	enum { COMMIT_DIGITS = 10 };
	const struct gone_type *items = types->items;

	for (size_t i = 0; i < types->count; i++) {
		str commit = str_between(items[i].commit, 0, COMMIT_DIGITS);
		struct diag *diag = diag_error(
			diags, span_none(), "type-gone",
			_("this file is gone, and columns or texts are still "
			  "of its type: readers see them with it as it was in "
			  "commit %.*s"),
			STR_ARG(commit));

		diag->path = items[i].source.path;
		diag_help(diags, diag,
			  _("git checkout %.*s -- %.*s brings it back; or "
			    "write a type that there is in its place"),
			  STR_ARG(commit), STR_ARG(items[i].source.path));
	}
}

bool cluster_types_need(void *context, str path)
{
	(void)context;
	return str_starts_with(path, STR("sites/types/"));
}
