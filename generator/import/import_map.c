/*
 * A key is a row with a function, so that a new one is one more. All mistakes
 * of a map are told at once; types and fields are looked up here, so that
 * whoever follows the map later finds them all.
 */
#include "import/import_map.h"

#include <stdarg.h>

#include "base/list.h"
#include "markup/yaml.h"

struct reading {
	struct import_map *out;
	const struct schema *schema;
	struct arena *arena;
	struct diag_list *diags;
};

const struct import_pair *import_pair_find(const struct import_pairs *pairs,
					   str key)
{
	for (size_t i = 0; i < pairs->count; i++)
		if (str_equal(pairs->items[i].key, key))
			return &pairs->items[i];
	return NULL;
}

__attribute__((format(printf, 3, 4))) static bool
refuse(const struct reading *reading, struct span span, const char *format, ...)
{
	va_list arguments;
	char text[1000];

	va_start(arguments, format);
	vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	diag_error(reading->diags, span, "import-map", "%s", text);
	return false;
}

/* A text, or a list of texts. */
static bool read_values(struct import_pair *out, const struct reading *reading,
			const struct yaml_node *node)
{
	size_t count = node->kind == YAML_SEQUENCE ? node->count : 1;
	str *values = arena_array(reading->arena, count, sizeof(str));

	for (size_t i = 0; i < count; i++) {
		const struct yaml_node *item =
			node->kind == YAML_SEQUENCE ? &node->items[i] : node;

		if (item->kind != YAML_SCALAR)
			return refuse(reading, item->span,
				      _("“%.*s” needs a text or a list of "
					"texts"),
				      STR_ARG(out->key));
		values[i] = item->text;
	}
	out->values = values;
	out->count = count;
	return true;
}

static bool read_pairs(struct import_pairs *out, const struct reading *reading,
		       const struct yaml_pair *pair)
{
	const struct yaml_node *node = &pair->value;
	struct import_pair *items;

	if (node->kind != YAML_MAPPING)
		return refuse(reading, node->span,
			      _("“%.*s” needs a mapping: {name: value}"),
			      STR_ARG(pair->key));
	items = arena_array(reading->arena, node->count, sizeof(*items));
	for (size_t i = 0; i < node->count; i++) {
		items[i].key = node->pairs[i].key;
		if (!read_values(&items[i], reading, &node->pairs[i].value))
			return false;
	}
	*out = (struct import_pairs){ items, node->count };
	return true;
}

/* --- one function a key --------------------------------------------------- */

typedef bool read_key(const struct reading *reading,
		      const struct yaml_pair *pair);

static bool is_type(const struct reading *reading, str name, struct span span)
{
	return schema_find(reading->schema, name) != NULL ||
	       refuse(reading, span,
		      _("there is no type “%.*s”; jiyue help fields lists "
			"them"),
		      STR_ARG(name));
}

static bool read_type(const struct reading *reading,
		      const struct yaml_pair *pair)
{
	reading->out->type = pair->value.text;
	return is_type(reading, pair->value.text, pair->value.span);
}

static bool read_types(const struct reading *reading,
		       const struct yaml_pair *pair)
{
	bool ok = read_pairs(&reading->out->types, reading, pair);

	for (size_t i = 0; ok && i < pair->value.count; i++)
		ok = is_type(reading, pair->value.pairs[i].value.text,
			     pair->value.pairs[i].value.span);
	return ok;
}

static bool read_folders(const struct reading *reading,
			 const struct yaml_pair *pair)
{
	return read_pairs(&reading->out->folders, reading, pair);
}

static bool are_fields(const struct reading *reading,
		       const struct yaml_pair *pair)
{
	bool ok = true;

	for (size_t i = 0; i < pair->value.count; i++) {
		str key = pair->value.pairs[i].key;

		if (resource_type_field(&reading->schema->any, key) ==
			    FIELD_NONE &&
		    !str_equal(key, STR("body")))
			ok = refuse(reading, pair->value.pairs[i].key_span,
				    _("no type has a field “%.*s”; jiyue help "
				      "fields lists them"),
				    STR_ARG(key));
	}
	return ok;
}

static bool read_fields(const struct reading *reading,
			const struct yaml_pair *pair)
{
	return read_pairs(&reading->out->fields, reading, pair) &&
	       are_fields(reading, pair);
}

static bool read_set(const struct reading *reading,
		     const struct yaml_pair *pair)
{
	return read_pairs(&reading->out->set, reading, pair) &&
	       are_fields(reading, pair);
}

static bool read_one(struct import_pairs *out, const struct reading *reading,
		     const struct yaml_pair *pair)
{
	struct import_pair *item =
		arena_alloc(reading->arena, sizeof(struct import_pair));

	item->key = pair->key;
	*out = (struct import_pairs){ item, 1 };
	return read_values(item, reading, &pair->value);
}

static bool read_category(const struct reading *reading,
			  const struct yaml_pair *pair)
{
	return read_one(&reading->out->categories, reading, pair);
}

static bool read_dates(const struct reading *reading,
		       const struct yaml_pair *pair)
{
	return read_one(&reading->out->dates, reading, pair);
}

static bool read_body(const struct reading *reading,
		      const struct yaml_pair *pair)
{
	str text = pair->value.text;

	reading->out->body = str_equal(text, STR("html"))
				     ? IMPORT_BODY_HTML
				     : IMPORT_BODY_MARKDOWN;
	return reading->out->body == IMPORT_BODY_HTML ||
	       str_equal(text, STR("markdown")) ||
	       refuse(reading, pair->value.span,
		      _("“%.*s” is neither markdown nor html"), STR_ARG(text));
}

static bool read_archive(const struct reading *reading,
			 const struct yaml_pair *pair)
{
	str text = pair->value.text;

	reading->out->archive = str_equal(text, STR("true"));
	reading->out->says_archive = true;
	return reading->out->archive || str_equal(text, STR("false")) ||
	       refuse(reading, pair->value.span,
		      _("“%.*s” is neither true nor false"), STR_ARG(text));
}

static const struct {
	const char *key;
	read_key *read;
} keys[] = {
	{ "type", read_type },	     { "types", read_types },
	{ "folders", read_folders }, { "category", read_category },
	{ "fields", read_fields },   { "dates", read_dates },
	{ "body", read_body },	     { "set", read_set },
	{ "archive", read_archive },
};

static bool read_pair(const struct reading *reading,
		      const struct yaml_pair *pair)
{
	str names[COUNT_OF(keys)];
	struct diag *diag;
	str nearest;

	for (size_t i = 0; i < COUNT_OF(keys); i++) {
		if (str_equal_c(pair->key, keys[i].key))
			return keys[i].read(reading, pair);
		names[i] = str_from_c(keys[i].key);
	}
	diag = diag_error(reading->diags, pair->key_span, "import-map",
			  _("a map has no key “%.*s”"), STR_ARG(pair->key));
	nearest = str_nearest(pair->key, names, COUNT_OF(names));
	if (nearest.len > 0)
		diag_help(reading->diags, diag, _("did you mean “%.*s”?"),
			  STR_ARG(nearest));
	return false;
}

bool import_map_read(struct import_map *out, const struct source *source,
		     const struct schema *schema, struct arena *arena,
		     struct diag_list *diags)
{
	const struct reading reading = {
		.out = out, .schema = schema, .arena = arena, .diags = diags
	};
	struct yaml_node mapping;
	bool ok = true;

	*out = (struct import_map){ 0 };
	if (!yaml_parse(&mapping, source, 0, source->text.len, IMPORT_MAP_LIMIT,
			arena, diags))
		return false;
	for (size_t i = 0; i < mapping.count; i++)
		ok &= read_pair(&reading, &mapping.pairs[i]);
	return ok;
}
