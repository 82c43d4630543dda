#include "support/json_cases.h"

#include <stdlib.h>

#include <jansson.h>

static str text_of(const json_t *object, const char *key, struct arena *arena)
{
	const json_t *value = json_object_get(object, key);

	if (!json_is_string(value))
		return STR("");
	return arena_copy(arena, (str){ json_string_value(value),
					json_string_length(value) });
}

bool json_cases_load(struct json_cases *out, const char *name,
		     struct arena *arena)
{
	const char *folder = getenv("JIYUE_SPEC");
	str path =
		arena_printf(arena, "%s/%s",
			     folder == NULL ? "../shared/spec" : folder, name);
	json_t *all = json_load_file(path.data, JSON_ALLOW_NUL, NULL);
	struct json_case *items;

	if (all == NULL)
		return false;
	items = arena_array(arena, json_array_size(all) + 1, sizeof(*items));
	for (size_t i = 0; i < json_array_size(all); i++) {
		const json_t *object = json_array_get(all, i);

		items[i].markdown = text_of(object, "markdown", arena);
		items[i].html = text_of(object, "html", arena);
		items[i].section = text_of(object, "section", arena);
		items[i].example = (size_t)json_integer_value(
			json_object_get(object, "example"));
	}
	*out = (struct json_cases){ items, json_array_size(all) };
	json_decref(all);
	return true;
}
