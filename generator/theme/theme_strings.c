/*
 * Strings of a theme: strings.<language>.yaml, one level of groups:
 *
 *	home: 首页
 *	article:
 *	  source: 来源
 *
 * Names are ASCII, for templates; those of the group "values" are values that
 * the program writes, such as 有效, and no template asks for one by its name.
 *
 * The site's language is looked up in all layers first, then the theme's first
 * language, so that a translation may lack strings without leaving a gap.
 */
#include "theme/theme_layer.h"

/* A string, or a group when `group` is set. */
struct string_entry {
	str text;
	struct map *group;
	struct span span; /* of its name, where it counts */
};

struct strings {
	struct theme_loader *loader;
	struct map entries;
	str path; /* of the file that is read */
};

static bool is_string_name(str name)
{
	for (size_t i = 0; i < name.len; i++) {
		unsigned char c = (unsigned char)name.data[i];

		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		      (c >= '0' && c <= '9') || c == '_' || c == '-'))
			return false;
	}
	return name.len > 0;
}

static void report(struct strings *strings, struct span span,
		   const char *message)
{
	diag_error(strings->loader->diags, span, "theme-string", "%s", message);
}

/*
 * The stronger file was read first; it is the one to be changed. Templates are
 * written for the weaker one, so that one counts: nothing more is said.
 */
static void report_other_form(struct strings *strings,
			      const struct string_entry *entry)
{
	bool is_group = entry->group != NULL;
	struct diag *diag = diag_error(
		strings->loader->diags, entry->span, "theme-string", "%s",
		is_group ? _("this is a text and not a group of texts")
			 : _("this is a group of texts and not a text"));

	diag_help(strings->loader->diags, diag,
		  is_group ? _("write it as “name: text”, as in %.*s")
			   : _("write the texts below it, as in %.*s"),
		  STR_ARG(strings->path));
}

static struct string_entry *add_entry(struct strings *strings, struct map *map,
				      const struct yaml_pair *pair)
{
	struct string_entry *entry =
		arena_alloc(strings->loader->arena, sizeof(*entry));

	entry->span = pair->key_span;
	map_add(map, pair->key, entry);
	return entry;
}

static struct map *new_group(struct strings *strings)
{
	struct map *group = arena_alloc(strings->loader->arena, sizeof(*group));

	map_init(group, strings->loader->arena);
	return group;
}

static void add_text(struct strings *strings, struct map *map,
		     const struct yaml_pair *pair, bool is_value)
{
	struct string_entry *entry;

	if (!is_value && !is_string_name(pair->key)) {
		report(strings, pair->key_span,
		       _("use letters, digits, _ and - in the name of a "
			 "string"));
		return;
	}
	if (pair->value.kind != YAML_SCALAR) {
		report(strings, pair->value.span,
		       _("only a text may stand here"));
		return;
	}
	entry = map_get(map, pair->key);
	if (entry != NULL && entry->group == NULL)
		return;
	if (entry == NULL)
		entry = add_entry(strings, map, pair);
	else
		report_other_form(strings, entry);
	entry->group = NULL;
	entry->text = pair->value.text;
}

static void add_pair(struct strings *strings, const struct yaml_pair *pair)
{
	struct string_entry *entry;

	if (pair->value.kind != YAML_MAPPING || !is_string_name(pair->key)) {
		add_text(strings, &strings->entries, pair, false);
		return;
	}
	entry = map_get(&strings->entries, pair->key);
	if (entry == NULL)
		entry = add_entry(strings, &strings->entries, pair);
	else if (entry->group == NULL)
		report_other_form(strings, entry);
	if (entry->group == NULL)
		entry->group = new_group(strings);
	for (size_t i = 0; i < pair->value.count; i++)
		add_text(strings, entry->group, &pair->value.pairs[i],
			 str_equal(pair->key, STR("values")));
}

static void read_layer(struct strings *strings, const struct theme_layer *layer,
		       str language)
{
	struct theme_loader *loader = strings->loader;
	str name = arena_join(
		loader->arena,
		(str[]){ STR("strings."), language, STR(".yaml") }, 3);
	size_t number = theme_find_file(loader, layer, name);
	struct yaml_node root;
	struct source source;

	if (number == STR_NONE ||
	    !theme_read_file(&source, loader, layer, number) ||
	    !yaml_parse(&root, &source, 0, source.text.len, YAML_SETTINGS_LIMIT,
			loader->arena, loader->diags))
		return;
	strings->path = source.path;
	for (size_t i = 0; i < root.count; i++)
		add_pair(strings, &root.pairs[i]);
}

static const struct object *make_object(const char *name, const struct map *map,
					struct arena *arena)
{
	struct list fields;
	struct list values;

	list_init(&fields, sizeof(struct shape_field));
	list_init(&values, sizeof(struct value));
	for (size_t i = 0; i < map->count; i++) {
		const char *key = arena_c_string(arena, map->entries[i].key);
		const struct string_entry *entry = map->entries[i].value;

		theme_add_field(&fields, &values, key,
				entry->group == NULL
					? value_text(entry->text)
					: value_object(make_object(
						  key, entry->group, arena)),
				arena);
	}
	return theme_make_object(name, &fields, &values, arena);
}

static str first_language(const struct theme_loader *loader)
{
	for (size_t i = 0; i < loader->layer_count; i++)
		if (loader->layers[i].settings.language_count > 0)
			return loader->layers[i].settings.languages[0];
	return STR("zh-CN");
}

const struct object *theme_make_strings(struct theme_loader *loader)
{
	struct strings strings = { .loader = loader };
	str first = first_language(loader);
	str wanted = loader->options->language;

	map_init(&strings.entries, loader->arena);
	loader->theme->language = wanted.len > 0 ? wanted : first;
	loader->theme->first_language = first;
	for (size_t i = 0; i < loader->layer_count; i++)
		read_layer(&strings, &loader->layers[i],
			   loader->theme->language);
	for (size_t i = 0; i < loader->layer_count; i++)
		if (!str_equal(first, loader->theme->language))
			read_layer(&strings, &loader->layers[i], first);
	return make_object("strings", &strings.entries, loader->arena);
}
