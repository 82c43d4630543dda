#include "markup/goaccess.h"

#include <jansson.h>

#include "base/diag.h"
#include "markup/json_guard.h"

static void take_entry(struct goaccess_report *out, const json_t *entry,
		       goaccess_take *take, void *context)
{
	const json_t *address = json_object_get(entry, "data");
	const json_t *count =
		json_object_get(json_object_get(entry, "hits"), "count");

	if (!json_is_string(address) || !json_is_integer(count) ||
	    json_integer_value(count) < 0) {
		out->unreadable++;
		return;
	}
	take(context,
	     (str){ json_string_value(address), json_string_length(address) },
	     (uint64_t)json_integer_value(count));
}

static void refuse(struct goaccess_report *out, const char *why,
		   struct arena *arena)
{
	out->why = arena_copy(arena, str_from_c(why));
}

bool goaccess_read(struct goaccess_report *out, str text, goaccess_take *take,
		   void *context, struct arena *arena)
{
	json_error_t error;
	json_t *root, *entries;
	const json_t *entry;
	size_t i;

	*out = (struct goaccess_report){ 0 };
	if (!json_guard_allows(text, GOACCESS_VALUES_LIMIT)) {
		refuse(out, _("nested too deeply, or too many values"), arena);
		return false;
	}
	root = json_loadb(text.data, text.len, 0, &error);
	if (root == NULL) {
		refuse(out, error.text, arena);
		out->at = (size_t)error.position;
		return false;
	}
	entries = json_object_get(json_object_get(root, "requests"), "data");
	out->has_panel = json_is_array(entries);
	json_array_foreach(entries, i, entry)
		take_entry(out, entry, take, context);
	json_decref(root);
	return true;
}
