#include "support/json_value.h"

#include <jansson.h>

#include "base/buf.h"
#include "base/list.h"

struct reader {
	enum json_shapes shapes;
	struct arena *arena;
	bool has_code;
};

/* A kind without a form in JSON: an object with this one key. */
static const struct {
	const char *key;
	enum value_kind kind;
} special_kinds[] = {
	{ "$html", VALUE_HTML },
	{ "$url", VALUE_URL },
	{ "$date", VALUE_MOMENT },
};

static const json_t *special_of(const json_t *json, enum value_kind *kind)
{
	for (size_t i = 0; i < COUNT_OF(special_kinds); i++) {
		const json_t *text =
			json_object_get(json, special_kinds[i].key);

		*kind = special_kinds[i].kind;
		if (text != NULL)
			return text;
	}
	return NULL;
}

static enum value_kind kind_of(const json_t *json)
{
	enum value_kind kind;

	switch (json_typeof(json)) {
	case JSON_OBJECT:
		return special_of(json, &kind) != NULL ? kind : VALUE_OBJECT;
	case JSON_ARRAY:
		return VALUE_LIST;
	case JSON_INTEGER:
		return VALUE_NUMBER;
	case JSON_TRUE:
	case JSON_FALSE:
		return VALUE_TRUTH;
	default:
		return VALUE_TEXT;
	}
}

static const struct shape *shape_of(struct reader *reader,
				    const struct list *samples);

static void add_sample(struct list *samples, struct arena *arena,
		       const json_t *json)
{
	*(const json_t **)list_add(samples, arena) = json;
}

static void add_items(struct list *samples, struct arena *arena,
		      const json_t *array)
{
	for (size_t i = 0; i < json_array_size(array); i++) {
		const json_t *item = json_array_get(array, i);

		if (kind_of(item) == VALUE_OBJECT)
			add_sample(samples, arena, item);
	}
}

/* One field from all objects that have it. */
static struct shape_field field_of(struct reader *reader, const char *name,
				   const struct list *samples)
{
	struct shape_field field = { .name = name, .kind = VALUE_NONE };
	struct list inner;

	list_init(&inner, sizeof(json_t *));
	for (size_t i = 0; i < samples->count; i++) {
		const json_t *value = json_object_get(
			((const json_t **)samples->items)[i], name);

		if (value == NULL || json_is_null(value))
			continue;
		if (field.kind == VALUE_NONE)
			field.kind = kind_of(value);
		if (kind_of(value) == VALUE_LIST)
			add_items(&inner, reader->arena, value);
		else if (kind_of(value) == VALUE_OBJECT)
			add_sample(&inner, reader->arena, value);
	}
	if (field.kind == VALUE_NONE)
		field.kind = VALUE_TEXT;
	if (inner.count > 0)
		field.of = shape_of(reader, &inner);
	return field;
}

static bool has_name(const struct list *names, const char *name)
{
	for (size_t i = 0; i < names->count; i++)
		if (strcmp(((const char **)names->items)[i], name) == 0)
			return true;
	return false;
}

static const struct shape *shape_of(struct reader *reader,
				    const struct list *samples)
{
	struct shape *shape = arena_alloc(reader->arena, sizeof(*shape));
	struct shape_field *fields;
	struct list names;

	list_init(&names, sizeof(char *));
	for (size_t i = 0; i < samples->count; i++) {
		json_t *json = ((json_t **)samples->items)[i];
		const char *name;
		json_t *value;

		json_object_foreach(json, name,
				    value) if (!has_name(&names, name)) *
			(const char **)list_add(&names, reader->arena) =
			arena_c_string(reader->arena, str_from_c(name));
	}
	fields = arena_array(reader->arena, names.count, sizeof(*fields));
	for (size_t i = 0; i < names.count; i++)
		fields[i] = field_of(reader, ((const char **)names.items)[i],
				     samples);
	*shape = (struct shape){ .name = "json",
				 .fields = fields,
				 .count = names.count };
	return shape;
}

static struct value convert(struct reader *reader, const json_t *json,
			    const struct shape *shape);

static struct value convert_list(struct reader *reader, const json_t *json,
				 const struct shape *of)
{
	size_t count = json_array_size(json);
	struct value *items = arena_array(reader->arena, count, sizeof(*items));

	for (size_t i = 0; i < count; i++)
		items[i] = convert(reader, json_array_get(json, i), of);
	return value_list(items, count);
}

static struct value convert_special(const json_t *text, enum value_kind kind,
				    struct arena *arena)
{
	str copy = arena_copy(arena, str_from_c(json_string_value(text)));
	struct moment moment = { 0 };

	if (kind == VALUE_HTML)
		return value_html(copy);
	if (kind == VALUE_URL)
		return value_url(copy);
	if (!moment_parse(&moment, copy, 480))
		return value_none();
	return value_moment(moment);
}

static struct value convert_object(struct reader *reader, const json_t *json,
				   const struct shape *shape)
{
	struct object *object = arena_alloc(reader->arena, sizeof(*object));
	enum value_kind kind;
	const json_t *special = special_of(json, &kind);
	struct value *values;

	if (special != NULL)
		return convert_special(special, kind, reader->arena);
	reader->has_code |= json_object_get(json, "__tag__") != NULL;
	if (shape == NULL || reader->shapes == JSON_SHAPE_EACH) {
		struct list samples;

		list_init(&samples, sizeof(json_t *));
		add_sample(&samples, reader->arena, json);
		shape = shape_of(reader, &samples);
	}
	values = arena_array(reader->arena, shape->count, sizeof(*values));
	for (size_t i = 0; i < shape->count; i++) {
		const json_t *value =
			json_object_get(json, shape->fields[i].name);

		if (value != NULL)
			values[i] = convert(reader, value, shape->fields[i].of);
	}
	*object = (struct object){ .shape = shape, .values = values };
	return value_object(object);
}

static struct value convert(struct reader *reader, const json_t *json,
			    const struct shape *shape)
{
	switch (json_typeof(json)) {
	case JSON_OBJECT:
		return convert_object(reader, json, shape);
	case JSON_ARRAY:
		return convert_list(reader, json, shape);
	case JSON_STRING:
		return value_text(arena_copy(
			reader->arena, (str){ json_string_value(json),
					      json_string_length(json) }));
	case JSON_INTEGER:
		return value_number(json_integer_value(json));
	case JSON_REAL:
		return value_text(arena_printf(reader->arena, "%g",
					       json_real_value(json)));
	case JSON_TRUE:
		return value_truth(true);
	case JSON_FALSE:
		return value_truth(false);
	default:
		return value_none();
	}
}

bool json_value_read(struct value *out, str json, enum json_shapes shapes,
		     struct arena *arena)
{
	struct reader reader = { .shapes = shapes, .arena = arena };
	json_t *root = json_loadb(json.data, json.len, JSON_DECODE_ANY, NULL);

	if (root == NULL)
		return false;
	*out = convert(&reader, root, NULL);
	json_decref(root);
	return !reader.has_code;
}
