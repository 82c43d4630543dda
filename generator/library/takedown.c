/*
 * A text with mistakes is not parsed: its lines are looked at, since a slip
 * anywhere must not undo what takes it down. So a line counts wherever it
 * stands in the front matter, and a value as it is written there.
 */
#include "library/takedown.h"

#include "markup/yaml.h"

/* Of a line "key: value  # remark". */
static str value_of(str line)
{
	size_t remark = str_find(line, STR(" #"));
	str value = str_trim(
		str_between(line, 0, remark == STR_NONE ? line.len : remark));
	char quote = str_at(value, 0);

	if (value.len > 1 && (quote == '"' || quote == '\'') &&
	    value.data[value.len - 1] == quote)
		value = str_between(value, 1, value.len - 1);
	return value;
}

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

static const char *key_of(const struct schema *schema,
			  enum field_meaning meaning)
{
	return schema->any.fields[schema->any.meanings[meaning]].key;
}

str takedown_type(str text, const struct schema *schema)
{
	return written_value(text, str_from_c(key_of(schema, MEANS_TYPE)));
}

/* A type that has no consent may have a field of that name. */
static str written_consent(str text, const struct schema *schema)
{
	const struct resource_type *type =
		schema_find(schema, takedown_type(text, schema));

	return type != NULL && !resource_type_means(type, MEANS_PUBLIC)
		       ? STR("")
		       : written_value(text, STR("public"));
}

struct takedown takedown_written(str text, const struct schema *schema)
{
	return (struct takedown){
		written_value(text, str_from_c(key_of(schema, MEANS_STATUS))),
		written_value(text,
			      str_from_c(key_of(schema, MEANS_EXPIRES_ON))),
		written_value(text,
			      str_from_c(key_of(schema, MEANS_DISCLOSURE))),
		written_consent(text, schema),
	};
}

str takedown_date(str text, const struct schema *schema)
{
	return written_value(text, str_from_c(key_of(schema, MEANS_DATE)));
}

str takedown_title(str text, const struct schema *schema)
{
	return written_value(text, str_from_c(key_of(schema, MEANS_TITLE)));
}

struct takedown takedown_inherited(const struct yaml_node *mapping,
				   const struct schema *schema)
{
	return (struct takedown){
		yaml_text(mapping, key_of(schema, MEANS_STATUS)),
		yaml_text(mapping, key_of(schema, MEANS_EXPIRES_ON)),
		yaml_text(mapping, key_of(schema, MEANS_DISCLOSURE)),
		yaml_text(mapping, "public"),
	};
}

/* A value as it would stand in the file. */
static void add_pair(struct list *pairs, const char *key, str value,
		     struct span span, struct arena *arena)
{
	if (value.len > 0)
		*(struct yaml_pair *)list_add(pairs, arena) =
			(struct yaml_pair){
				.key = str_from_c(key),
				.key_span = span,
				.value = { .kind = YAML_SCALAR,
					   .span = span,
					   .text = arena_copy(arena, value) }
			};
}

size_t takedown_pairs(const struct yaml_pair **out,
		      const struct takedown *takedown,
		      const struct schema *schema, struct span span,
		      struct arena *arena)
{
	struct list pairs;

	list_init(&pairs, sizeof(struct yaml_pair));
	add_pair(&pairs, key_of(schema, MEANS_STATUS), takedown->status, span,
		 arena);
	add_pair(&pairs, key_of(schema, MEANS_EXPIRES_ON), takedown->expires_on,
		 span, arena);
	add_pair(&pairs, key_of(schema, MEANS_DISCLOSURE), takedown->disclosure,
		 span, arena);
	add_pair(&pairs, "public", takedown->consent, span, arena);
	*out = pairs.items;
	return pairs.count;
}

void takedown_inherit(struct takedown *takedown, const struct takedown *above)
{
	if (takedown->status.len == 0)
		takedown->status = above->status;
	if (takedown->expires_on.len == 0)
		takedown->expires_on = above->expires_on;
	if (takedown->disclosure.len == 0)
		takedown->disclosure = above->disclosure;
	if (takedown->consent.len == 0)
		takedown->consent = above->consent;
}

void takedown_check(struct takedown *takedown, int32_t offset)
{
	enum resource_status status;
	struct moment moment;

	if (!resource_status_find(&status, takedown->status) ||
	    status == STATUS_PUBLISHED || status == STATUS_ARCHIVED)
		takedown->status = STR("");
	if (!moment_parse(&moment, takedown->expires_on, offset))
		takedown->expires_on = STR("");
	if (!resource_is_closed(takedown->disclosure))
		takedown->disclosure = STR("");
	if (!str_equal_c(takedown->consent, "false"))
		takedown->consent = STR("");
}

void takedown_apply(struct resource *resource, const struct takedown *takedown,
		    int32_t offset)
{
	if (takedown->status.len > 0)
		(void)!resource_status_find(&resource->status,
					    takedown->status);
	if (takedown->disclosure.len + takedown->consent.len > 0 &&
	    resource->status != STATUS_WITHDRAWN)
		resource->status = STATUS_DRAFT;
	if (takedown->expires_on.len > 0)
		(void)!moment_parse(&resource->expires_on, takedown->expires_on,
				    offset);
}
