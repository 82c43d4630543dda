#include "theme/value.h"

struct value value_none(void)
{
	return (struct value){ .kind = VALUE_NONE };
}

struct value value_text(str text)
{
	return (struct value){ .kind = VALUE_TEXT, .as.text = text };
}

struct value value_html(str html)
{
	return (struct value){ .kind = VALUE_HTML, .as.text = html };
}

struct value value_url(str url)
{
	return (struct value){ .kind = VALUE_URL, .as.text = url };
}

struct value value_number(int64_t number)
{
	return (struct value){ .kind = VALUE_NUMBER, .as.number = number };
}

struct value value_truth(bool truth)
{
	return (struct value){ .kind = VALUE_TRUTH, .as.truth = truth };
}

struct value value_moment(struct moment moment)
{
	return (struct value){ .kind = VALUE_MOMENT, .as.moment = moment };
}

struct value value_list(const struct value *items, size_t count)
{
	return (struct value){ .kind = VALUE_LIST,
			       .as.list = { items, count } };
}

struct value value_object(const struct object *object)
{
	return (struct value){ .kind = VALUE_OBJECT, .as.object = object };
}

bool value_is_true(struct value value)
{
	switch (value.kind) {
	case VALUE_NONE:
		return false;
	case VALUE_TEXT:
	case VALUE_HTML:
	case VALUE_URL:
		return value.as.text.len > 0;
	case VALUE_NUMBER:
		return value.as.number != 0;
	case VALUE_TRUTH:
		return value.as.truth;
	case VALUE_MOMENT:
		return value.as.moment.is_set;
	case VALUE_LIST:
		return value.as.list.count > 0;
	case VALUE_OBJECT:
		return value.as.object != NULL;
	}
	return false;
}

struct value object_member(const struct object *object, const char *name)
{
	const struct shape *shape = object->shape;

	for (size_t i = 0; i < shape->count; i++)
		if (shape->fields[i].name[0] == name[0] &&
		    strcmp(shape->fields[i].name, name) == 0)
			return object->values[i];
	return value_none();
}
