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
};

struct strings {
	struct theme_loader *loader;
	struct map entries;
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

static struct string_entry *find_entry(struct strings *strings, struct map *map,
				       str key)
{
	struct string_entry *entry = map_get(map, key);

	if (entry != NULL)
		return entry;
	entry = arena_alloc(strings->loader->arena, sizeof(*entry));
	map_add(map, key, entry);
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
	if (map_has(map, pair->key)) {
		entry = map_get(map, pair->key);
		if (entry->group != NULL)
			report(strings, pair->key_span,
			       _("this string is a group in another file"));
		return;
	}
	find_entry(strings, map, pair->key)->text = pair->value.text;
}

static void add_pair(struct strings *strings, const struct yaml_pair *pair)
{
	struct string_entry *entry;

	if (pair->value.kind != YAML_MAPPING || !is_string_name(pair->key)) {
		add_text(strings, &strings->entries, pair, false);
		return;
	}
	if (!map_has(&strings->entries, pair->key))
		find_entry(strings, &strings->entries, pair->key)->group =
			new_group(strings);
	entry = map_get(&strings->entries, pair->key);
	if (entry->group == NULL) {
		report(strings, pair->key_span,
		       _("this group is a string in another file"));
		return;
	}
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
	for (size_t i = 0; i < loader->layer_count; i++)
		read_layer(&strings, &loader->layers[i],
			   loader->theme->language);
	for (size_t i = 0; i < loader->layer_count; i++)
		if (!str_equal(first, loader->theme->language))
			read_layer(&strings, &loader->layers[i], first);
	return make_object("strings", &strings.entries, loader->arena);
}
