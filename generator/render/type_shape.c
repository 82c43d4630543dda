#include "render/type_shape.h"

#include <string.h>

#include "base/arena.h"

static enum value_kind kind_of(enum field_kind kind)
{
	switch (kind) {
	case FIELD_TRUTH:
		return VALUE_TRUTH;
	case FIELD_URL:
		return VALUE_URL;
	case FIELD_RECORD:
		return VALUE_OBJECT;
	default:
		return VALUE_LIST;
	}
}

/* Inside a record a value is a text, several are a list. */
static enum value_kind kind_of_part(enum field_kind kind)
{
	switch (kind) {
	case FIELD_URL:
		return VALUE_URL;
	case FIELD_PARAGRAPHS:
	case FIELD_TEXT_LIST:
		return VALUE_LIST;
	default:
		return VALUE_TEXT;
	}
}

static struct shape *make_shape(const char *name, struct shape_field *fields,
				size_t count, struct arena *arena)
{
	struct shape *shape = arena_alloc(arena, sizeof(*shape));

	*shape = (struct shape){ .name = name,
				 .fields = fields,
				 .count = count };
	return shape;
}

static const struct shape *parts_shape(const struct field *field,
				       struct arena *arena)
{
	const struct field *parts = field->record;
	struct shape_field *fields;
	size_t count = 0;

	while (parts[count].key != NULL)
		count++;
	fields = arena_array(arena, count, sizeof(*fields));
	for (size_t i = 0; i < count; i++)
		fields[i] = (struct shape_field){ parts[i].key,
						  kind_of_part(parts[i].kind),
						  NULL, parts[i].label };
	return make_shape(field->key, fields, count, arena);
}

/* `extra` has no names that are known. */
static const struct shape *record_shape(const struct resource_type *type,
					struct arena *arena)
{
	struct shape_field *fields =
		arena_array(arena, type->field_count, sizeof(*fields));
	size_t count = 0;

	for (size_t i = 0; i < type->field_count; i++) {
		const struct field *field = &type->fields[i];

		if (field->kind == FIELD_FREE)
			continue;
		fields[count++] = (struct shape_field){
			.name = field->key,
			.kind = kind_of(field->kind),
			.of = field->record == NULL ? NULL
						    : parts_shape(field, arena),
			.help = field->label,
		};
	}
	return make_shape(arena_printf(arena, "%s.record", type->name).data,
			  fields, count, arena);
}

/* A copy of `base` in which the field `number` holds objects of `of`. */
static const struct shape *with_field(const struct shape *base, size_t number,
				      const struct shape *of,
				      struct arena *arena)
{
	struct shape_field *fields =
		arena_array(arena, base->count, sizeof(*fields));
	struct shape *shape;

	memcpy(fields, base->fields, base->count * sizeof(*fields));
	fields[number].of = of;
	shape = make_shape(base->name, fields, base->count, arena);
	shape->of_site = base->of_site;
	shape->of_column = base->of_column;
	return shape;
}

const struct shape *type_shape_make(const struct resource_type *type,
				    struct arena *arena)
{
	const struct shape *article =
		with_field(&article_shape, ARTICLE_RECORD,
			   record_shape(type, arena), arena);

	return with_field(&detail_shape, DETAIL_ARTICLE, article, arena);
}

const struct shape *type_shape_article(const struct shape *detail)
{
	return detail->fields[DETAIL_ARTICLE].of;
}

const struct shape *type_shape_record(const struct shape *detail)
{
	return type_shape_article(detail)->fields[ARTICLE_RECORD].of;
}
