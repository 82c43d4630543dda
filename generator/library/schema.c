/*
 * The files of the program are in it as they are read (type_tables.h), so that
 * a build does not begin with that. All files are there first, then each type
 *is made once those that it builds on are made:
 *
 *	common.yaml ── notice.yaml ── sites/types/notice.yaml
 *	         └ sites/types/common.yaml      └ sites/types/auction.yaml
 *	                                          (like: notice)
 *
 * The program's files have no mistakes (the Makefile stops at them), so
 *whatever is wrong is the platform's, and marks one type as broken.
 */
#include "library/schema.h"

#include <stdlib.h>

#include "base/map.h"
#include "library/type_maker.h"

enum { NAME_LIMIT = 40 };

enum entry_state { ENTRY_WAITS, ENTRY_IN_WORK, ENTRY_MADE };

/* A type while it is made; also common.yaml. */
struct type_entry {
	str name;
	const struct type_file *builtin;  /* or NULL */
	const struct type_file *platform; /* or NULL */
	enum entry_state state;
	struct type_maker maker;
	struct resource_type type;
};

struct reading {
	const struct schema_sources *sources;
	struct map entries; /* struct type_entry *, by name */
	struct type_entry *common;
	uint32_t next_form;
	struct arena *arena;
	struct diag_list *diags;
};

/* --- the files --- */

static struct type_entry *entry_of(struct reading *reading, str name)
{
	struct type_entry *entry = map_get(&reading->entries, name);

	if (entry != NULL)
		return entry;
	entry = arena_alloc(reading->arena, sizeof(*entry));
	entry->name = name;
	map_add(&reading->entries, name, entry);
	return entry;
}

bool schema_builtin_source(struct source *out, uint32_t number,
			   struct arena *arena)
{
	const struct builtin_file *file = builtin_types;

	if (number < SOURCE_TYPES)
		return false;
	for (number -= SOURCE_TYPES; number > 0 && file->path != NULL; number--)
		file++;
	if (file->path == NULL)
		return false;
	*out = (struct source){
		.path = arena_printf(arena, "library/types/%s (built in)",
				     file->path),
		.text = { file->data, (size_t)(file->end - file->data) },
	};
	return true;
}

bool schema_read_builtin(struct type_file **out,
			 const struct builtin_file *files, struct arena *arena,
			 struct diag_list *diags)
{
	struct type_file *all;
	uint32_t count = 0;
	bool ok = true;

	while (files[count].path != NULL)
		count++;
	all = arena_array(arena, count + 1, sizeof(*all));
	for (uint32_t i = 0; i < count; i++) {
		const struct source source = {
			.number = SOURCE_TYPES + i,
			.path = str_from_c(files[i].path),
			.text = { files[i].data,
				  (size_t)(files[i].end - files[i].data) },
		};

		all[i].name = str_between(source.path, 0,
					  source.path.len - strlen(".yaml"));
		ok &= type_file_read(&all[i], &source, arena, diags);
	}
	*out = all;
	return ok;
}

static void take_builtin(struct reading *reading)
{
	const struct type_file *file = reading->sources->builtin;

	for (; file->name.len > 0; file++)
		entry_of(reading, file->name)->builtin = file;
}

bool schema_is_type_name(str name)
{
	if (name.len == 0 || name.len > NAME_LIMIT || name.data[0] < 'a' ||
	    name.data[0] > 'z')
		return false;
	for (size_t i = 0; i < name.len; i++) {
		char c = name.data[i];

		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
		      c == '_' || c == '-'))
			return false;
	}
	return true;
}

static void refuse_name(struct reading *reading, uint32_t number)
{
	struct diag *diag = diag_error(
		reading->diags, (struct span){ number, 0, 0 }, "type-name",
		_("the name of this file is no name for a type"));

	diag_help(reading->diags, diag,
		  _("name it sites/types/<type>.yaml, the type in small "
		    "letters a-z, digits, _ and -, at most 40 of them"));
}

/* Broken until it is read. */
static struct type_file *add_file(struct reading *reading, str name,
				  uint32_t number, str blob)
{
	struct type_file *file = arena_alloc(reading->arena, sizeof(*file));

	file->name = name;
	file->is_broken = true;
	file->head = (struct span){ number, 0, 0 };
	file->digest = digest_of(blob);
	entry_of(reading, name)->platform = file;
	return file;
}

static void read_platform_file(struct reading *reading, size_t number, str name)
{
	const struct snapshot *snapshot = reading->sources->snapshot;
	struct type_file *file = add_file(
		reading, name, (uint32_t)number + snapshot->source_base,
		snapshot_blob(snapshot, number));
	struct source source;

	if (snapshot_read_text(&source, reading->sources->reader, number,
			       reading->arena, reading->diags) &&
	    !type_file_read(file, &source, reading->arena, reading->diags))
		file->is_broken = true;
}

/* They had no mistakes when they were there. */
static void read_gone(struct reading *reading, struct digest *digest)
{
	for (size_t i = 0; i < reading->sources->gone_count; i++) {
		const struct gone_type *gone = &reading->sources->gone[i];
		struct type_file *file;

		if (entry_of(reading, gone->name)->platform != NULL)
			continue; /* an earlier commit has it */
		file = add_file(reading, gone->name, gone->source.number,
				gone->blob);

		digest_add(digest, gone->source.path);
		digest_add(digest, gone->blob);
		if (!type_file_read(file, &gone->source, reading->arena,
				    reading->diags))
			file->is_broken = true;
	}
}

static bool is_left_out(const struct schema_sources *sources, size_t file)
{
	for (size_t i = 0; i < sources->left_out_count; i++)
		if (sources->left_out[i] == file)
			return true;
	return false;
}

/* Remarks for people (README.md) may stand beside the types. */
static void read_platform(struct reading *reading, struct digest *digest)
{
	const struct snapshot *snapshot = reading->sources->snapshot;
	str folder = STR("sites/types/");
	size_t first, behind;

	if (snapshot == NULL)
		return;
	snapshot_range(snapshot, folder, &first, &behind);
	for (size_t i = first; i < behind; i++) {
		str name = str_from(snapshot_path(snapshot, i), folder.len);

		if (str_ends_with(name, STR(".md")) ||
		    is_left_out(reading->sources, i))
			continue;
		digest_add(digest, name);
		digest_add(digest, snapshot_blob(snapshot, i));
		if (str_ends_with(name, STR(".yaml")) &&
		    schema_is_type_name(str_between(name, 0, name.len - 5)))
			read_platform_file(reading, i,
					   str_between(name, 0, name.len - 5));
		else
			refuse_name(reading,
				    (uint32_t)i + snapshot->source_base);
	}
}

/* --- one type --- */

static bool refuse(struct reading *reading, struct span span,
		   const char *message, const char *help)
{
	struct diag *diag =
		diag_error(reading->diags, span, "type-like", "%s", message);

	diag_help(reading->diags, diag, "%s", help);
	return false;
}

static str nearest_type(const struct reading *reading, str wanted)
{
	size_t count = reading->entries.count;
	str *names = arena_array(reading->arena, count, sizeof(*names));

	for (size_t i = 0; i < count; i++)
		names[i] = reading->entries.entries[i].key;
	return str_nearest(wanted, names, count);
}

static bool make(struct reading *reading, struct type_entry *entry);

/* The type that `file` is like, made; NULL after a message, or if broken. */
static struct type_entry *find_like(struct reading *reading,
				    const struct type_file *file)
{
	struct type_entry *like = map_get(&reading->entries, file->like);
	str nearest;
	struct diag *diag;

	if (like != NULL && like != reading->common) {
		if (like->state != ENTRY_IN_WORK)
			return make(reading, like) ? like : NULL;
		refuse(reading, file->like_span,
		       _("this type is like itself, by way of others"),
		       _("let \"like\" lead to a type of the program"));
		return NULL;
	}
	if (reading->sources->unknown != NULL)
		*(str *)list_add(reading->sources->unknown, reading->arena) =
			file->like;
	diag = diag_error(reading->diags, file->like_span, "type-like",
			  _("there is no type “%.*s” that this one could be "
			    "like"),
			  STR_ARG(file->like));
	nearest = nearest_type(reading, file->like);
	if (nearest.len > 0)
		diag_help(reading->diags, diag, _("did you mean “%.*s”?"),
			  STR_ARG(nearest));
	return NULL;
}

/* What it builds on: the common one when that is not to be had (false). */
static bool find_base(struct reading *reading, const struct type_entry *entry,
		      struct type_entry **out)
{
	const struct type_file *file =
		entry->builtin != NULL ? entry->builtin : entry->platform;
	const struct type_file *platform = entry->platform;
	struct type_entry *like;

	*out = reading->common;
	if (entry->builtin != NULL && platform != NULL &&
	    platform->like.len > 0) {
		refuse(reading, platform->like_span,
		       _("a type of the program is like no other"),
		       _("remove this line; its own fields stay, the file "
			 "adds to them"));
		return false;
	}
	if (file->like.len == 0)
		return true;
	like = find_like(reading, file);
	if (like != NULL)
		*out = like;
	return like != NULL;
}

static void take_settings(struct resource_type *type,
			  const struct type_file *file, struct arena *arena)
{
	if (file->label.len > 0)
		type->label = arena_c_string(arena, file->label);
	if (file->layout.len > 0) {
		type->layout = arena_c_string(arena, file->layout);
		type->layout_span = file->layout_span;
	}
	type->found_everywhere |= file->found_everywhere;
	type->needs_text |= file->needs_text;
	digest_add_digest(&type->digest, file->digest);
}

static const char *template_of(const struct type_file *file,
			       struct arena *arena)
{
	return file->template_name.len > 0
		       ? arena_c_string(arena, file->template_name)
		       : arena_printf(arena, "article-%.*s",
				      STR_ARG(file->name))
				 .data;
}

/* Its own, the program's, those of what it is like, the one for all. */
static void take_templates(struct resource_type *type,
			   const struct type_entry *entry,
			   const struct type_entry *base, struct arena *arena)
{
	const char *const *more = base->type.templates;
	const char **names;
	size_t count = 0;

	while (more[count] != NULL)
		count++;
	names = arena_array(arena, count + 3, sizeof(*names));
	count = 0;
	if (entry->platform != NULL)
		names[count++] = template_of(entry->platform, arena);
	if (entry->builtin != NULL)
		names[count++] = template_of(entry->builtin, arena);
	for (; *more != NULL; more++)
		names[count++] = *more;
	type->templates = names;
	type->template_span = entry->platform != NULL
				      ? entry->platform->template_span
				      : span_none();
}

static bool apply(struct reading *reading, struct type_entry *entry,
		  const struct type_file *file)
{
	if (file == NULL)
		return true;
	if (file->is_broken || !type_maker_add(&entry->maker, file))
		return false;
	take_settings(&entry->type, file, reading->arena);
	return true;
}

static bool check_label(struct reading *reading, const struct type_entry *entry)
{
	if (entry->builtin == NULL && entry->platform->label.len == 0 &&
	    !entry->platform->is_broken) {
		type_file_report_label(entry->platform, reading->diags);
		return false;
	}
	return true;
}

static bool build(struct reading *reading, struct type_entry *entry,
		  const struct type_entry *base)
{
	const char *name = arena_c_string(reading->arena, entry->name);

	entry->type = base->type;
	entry->type.layout_span = span_none();
	entry->type.name = name;
	entry->type.label = name;
	type_maker_init(&entry->maker, &base->maker);
	take_templates(&entry->type, entry, base, reading->arena);
	return !base->type.is_broken && apply(reading, entry, entry->builtin) &&
	       apply(reading, entry, entry->platform) &&
	       check_label(reading, entry);
}

/* False when it is broken. It is there all the same, under its name. */
static bool make(struct reading *reading, struct type_entry *entry)
{
	struct type_entry *base;
	bool has_base;

	if (entry->state == ENTRY_MADE)
		return !entry->type.is_broken;
	entry->state = ENTRY_IN_WORK;
	entry->maker = (struct type_maker){ .next_form = &reading->next_form,
					    .arena = reading->arena,
					    .diags = reading->diags };
	has_base = find_base(reading, entry, &base);
	entry->type.is_broken = !build(reading, entry, base) || !has_base;
	entry->state = ENTRY_MADE;
	return !entry->type.is_broken;
}

/* --- what all have --- */

/* The program's own mistake: whoever changes its types sees it at once. */
static bool has_needed(struct reading *reading, const struct type_entry *common)
{
	const struct field *fields = common->maker.fields.items;
	bool is_there[FIELD_MEANING_COUNT] = { false };
	bool ok = true;

	for (size_t i = 0; i < common->maker.fields.count; i++)
		is_there[fields[i].meaning] = true;
	for (size_t i = 0; i < FIELD_MEANING_COUNT; i++) {
		if (is_there[i] || !field_meaning_rows[i].is_needed)
			continue;
		diag_error(reading->diags, common->builtin->head, "type-needed",
			   _("common.yaml has no field that means “%s”, which "
			     "the program needs"),
			   field_meanings[i]);
		ok = false;
	}
	return ok;
}

static bool make_common(struct reading *reading)
{
	static const char *const templates[] = { "article", NULL };
	struct type_entry *common = entry_of(reading, STR("common"));

	reading->common = common;
	common->state = ENTRY_MADE;
	common->type.templates = templates;
	common->maker = (struct type_maker){ .next_form = &reading->next_form,
					     .arena = reading->arena,
					     .diags = reading->diags };
	type_maker_init(&common->maker, NULL);
	if (common->builtin == NULL ||
	    !apply(reading, common, common->builtin) ||
	    !has_needed(reading, common))
		return false;
	common->type.is_broken = !apply(reading, common, common->platform);
	return true;
}

/* --- all of them --- */

static int compare_entries(const void *left, const void *right)
{
	const struct type_entry *const *a = left;
	const struct type_entry *const *b = right;

	return str_compare((*a)->name, (*b)->name);
}

/* Without common.yaml, and no more than have numbers. */
static struct type_entry **sort_entries(struct reading *reading, size_t *count)
{
	struct map_entry *all = reading->entries.entries;
	struct type_entry **entries = arena_array(
		reading->arena, reading->entries.count, sizeof(*entries));

	for (size_t i = 0; i < reading->entries.count; i++)
		if (all[i].value != reading->common)
			entries[(*count)++] = all[i].value;
	qsort(entries, *count, sizeof(*entries), compare_entries);
	return entries;
}

static bool check_count(struct reading *reading, size_t count)
{
	struct diag *diag;

	if (count <= RESOURCE_TYPE_LIMIT)
		return true;
	diag = diag_error(reading->diags, span_none(), "type-limit",
			  _("a library has at most %d types of resources"),
			  RESOURCE_TYPE_LIMIT);
	diag_help(reading->diags, diag,
		  _("remove files from sites/types/ that no resource needs"));
	return false;
}

/* `type:` is one of all names, in every type. */
static void set_type_choices(struct type_entry **entries, size_t count,
			     struct arena *arena)
{
	const char **names = arena_array(arena, count + 1, sizeof(*names));
	const char **labels = arena_array(arena, count + 1, sizeof(*labels));

	for (size_t i = 0; i < count; i++) {
		names[i] = entries[i]->type.name;
		labels[i] = entries[i]->type.label;
	}
	for (size_t i = 0; i < count; i++) {
		struct field *fields = entries[i]->maker.fields.items;

		for (size_t j = 0; j < entries[i]->maker.fields.count; j++)
			if (fields[j].meaning == MEANS_TYPE) {
				fields[j].choices = names;
				fields[j].choice_labels = labels;
			}
	}
}

static void make_any(struct reading *reading, struct resource_type *out,
		     struct type_entry **entries, size_t count)
{
	struct type_maker maker = { .next_form = &reading->next_form,
				    .arena = reading->arena,
				    .diags = reading->diags };
	struct map keys;

	map_init(&keys, reading->arena);
	type_maker_init(&maker, NULL);
	for (size_t i = 0; i < count; i++) {
		const struct field *fields = entries[i]->maker.fields.items;

		for (size_t j = 0; j < entries[i]->maker.fields.count; j++)
			if (map_add(&keys, str_from_c(fields[j].key), reading))
				*(struct field *)list_add(&maker.fields,
							  reading->arena) =
					fields[j];
	}
	type_maker_finish(out, &maker);
}

/* Those that need no type, and what the types ask for, each once. */
static void list_layouts(struct schema *schema, struct arena *arena)
{
	const char **layouts =
		arena_array(arena, schema->type_count + 3, sizeof(*layouts));
	size_t count = 0;

	layouts[count++] = LAYOUT_LIST;
	layouts[count++] = LAYOUT_PAGE;
	for (size_t i = 0; i < schema->type_count; i++) {
		const char *wanted = schema->types[i].layout;
		size_t at = 0;

		while (at < count && wanted != NULL &&
		       strcmp(layouts[at], wanted) != 0)
			at++;
		if (at == count)
			layouts[count++] = wanted;
	}
	schema->layouts = layouts;
	schema->layout_count = count;
}

static void finish(struct schema *out, struct reading *reading,
		   struct type_entry **entries, size_t count)
{
	struct resource_type *types =
		arena_array(reading->arena, count, sizeof(*types));

	set_type_choices(entries, count, reading->arena);
	for (size_t i = 0; i < count; i++) {
		entries[i]->type.number = (uint32_t)i;
		type_maker_finish(&entries[i]->type, &entries[i]->maker);
		types[i] = entries[i]->type;
	}
	make_any(reading, &out->any, entries, count);
	out->types = types;
	out->type_count = count;
	list_layouts(out, reading->arena);
}

bool schema_read(struct schema *out, const struct schema_sources *sources,
		 struct arena *arena, struct diag_list *diags)
{
	struct reading reading = { .sources = sources,
				   .arena = arena,
				   .diags = diags };
	struct type_entry **entries;
	size_t count = 0;
	bool ok = true;

	*out = (struct schema){ .gone = sources->gone,
				.gone_count = sources->gone_count };
	map_init(&reading.entries, arena);
	take_builtin(&reading);
	read_platform(&reading, &out->digest);
	read_gone(&reading, &out->digest);
	if (!make_common(&reading))
		return false;
	entries = sort_entries(&reading, &count);
	if (!check_count(&reading, count))
		return false;
	for (size_t i = 0; i < count; i++)
		ok &= make(&reading, entries[i]) ||
		      entries[i]->builtin == NULL ||
		      entries[i]->platform != NULL;
	finish(out, &reading, entries, count);
	return ok;
}

/* --- questions --- */

const struct resource_type *schema_find(const struct schema *schema, str name)
{
	size_t low = 0;
	size_t high = schema->type_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct resource_type *type = &schema->types[middle];
		int order = str_compare(str_from_c(type->name), name);

		if (order == 0)
			return type;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

const struct resource_type *schema_type(const struct schema *schema,
					uint32_t number)
{
	return &schema->types[number < schema->type_count ? number : 0];
}

const str *schema_names(const struct schema *schema, struct arena *arena)
{
	str *names = arena_array(arena, schema->type_count, sizeof(*names));

	for (size_t i = 0; i < schema->type_count; i++)
		names[i] = str_from_c(schema->types[i].name);
	return names;
}
