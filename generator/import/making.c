/*
 * The map has the first word on a field, then what is usual; the first that can
 * be a value of the field counts. Messages wait with the text, as a text that
 * leads to later ones is begun anew.
 */
#include "import/making.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>

#include "base/unicode.h"
#include "import/place_names.h"
#include "library/field_format.h"
#include "markup/file_kind.h"
#include "system/reason.h"

enum { SHOWN = 80 };

void import_say(struct import *import, enum import_event event, str from,
		str text)
{
	import->counts[event]++;
	import->tell(import->context, event, from, text);
}

void making_say(struct import_making *making, enum import_event event,
		const char *format, ...)
{
	struct making_note *note;
	va_list arguments;
	char text[1000];
	int length;

	va_start(arguments, format);
	length = vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	if (length < 0)
		length = 0;
	if ((size_t)length >= sizeof(text))
		length = sizeof(text) - 1;
	if (making->notes.item_size == 0)
		list_init(&making->notes, sizeof(*note));
	note = list_add(&making->notes, making->arena);
	note->event = event;
	note->text = arena_copy(making->arena, (str){ text, (size_t)length });
}

void making_tell(struct import_making *making)
{
	const struct making_note *notes = making->notes.items;

	for (size_t i = 0; i < making->notes.count; i++)
		import_say(making->import, notes[i].event, making->from,
			   notes[i].text);
	making->notes.count = 0;
}

/* --- its type ------------------------------------------------------------- */

static bool is_below(str path, str folder)
{
	return str_starts_with(path, folder) &&
	       (path.len == folder.len || path.data[folder.len] == '/');
}

static const struct resource_type *type_of(const struct import_making *making,
					   str folder)
{
	const struct import_map *map = making->import->map;
	const struct resource_type *type = NULL;
	size_t best = 0;

	for (size_t i = 0; i < map->types.count; i++) {
		const struct import_pair *pair = &map->types.items[i];

		if (pair->key.len < best || pair->count == 0 ||
		    (!is_below(folder, pair->key) &&
		     !str_equal(making->category, pair->key)))
			continue;
		best = pair->key.len;
		type = schema_find(making->import->schema, pair->values[0]);
	}
	if (type == NULL && map->type.len > 0)
		type = schema_find(making->import->schema, map->type);
	return type == NULL ? making->import->type : type;
}

static str find_category(struct import_making *making)
{
	static const char *const usual[] = { "categories", "category",
					     "channel", "栏目", "类别" };
	const struct import_pairs *asked = &making->import->map->categories;
	struct list values;

	list_init(&values, sizeof(str));
	for (size_t i = 0; asked->count > 0 && i < asked->items[0].count; i++)
		making->find(making->context, asked->items[0].values[i],
			     &values);
	for (size_t i = 0; asked->count == 0 && i < COUNT_OF(usual); i++)
		making->find(making->context, str_from_c(usual[i]), &values);
	return values.count > 0 ? unicode_trim(*(str *)values.items) : STR("");
}

void making_begin(struct import_making *making, str folder)
{
	const struct import_pairs *dates = &making->import->map->dates;

	making->category = find_category(making);
	new_resource_init(&making->resource, making->import->schema,
			  type_of(making, folder), making->arena);
	making->resource.offset = making->import->offset;
	if (dates->count > 0) {
		making->resource.date_formats = dates->items[0].values;
		making->resource.date_format_count = dates->items[0].count;
	}
}

/* --- old addresses -------------------------------------------------------- */

/* Without scheme and host, session and "#…". */
static str path_of_address(str address)
{
	size_t at = str_find(address, STR("://"));
	size_t end;

	if (at != STR_NONE) {
		address = str_from(address, at + 3);
		at = str_find_byte(address, '/');
		address = at == STR_NONE ? STR("/") : str_from(address, at);
	}
	end = str_find_byte(address, '#');
	if (end != STR_NONE)
		address.len = end;
	end = str_find(address, STR(";jsessionid="));
	if (end != STR_NONE)
		address.len = end;
	return address;
}

void making_add_alias(struct import_making *making, str address)
{
	struct diag_list ignored;
	str path = path_of_address(unicode_trim(address));

	diag_list_init(&ignored, making->arena);
	if (path.len == 0 || str_equal(path, STR("/")))
		return;
	if (path.data[0] != '/')
		path = arena_printf(making->arena, "/%.*s", STR_ARG(path));
	if (str_find_byte(path, '?') != STR_NONE) {
		making->redirect = path;
		return;
	}
	if (!field_format_check(FORMAT_SITE_PATH, path, span_none(),
				&ignored) ||
	    new_resource_add(&making->resource, STR("aliases"), path) !=
		    NEW_VALUE_SET)
		making_say(making, IMPORT_NOTE,
			   _("the old address “%.*s” cannot be one of "
			     "aliases"),
			   STR_ARG(unicode_prefix(path, SHOWN)));
}

static void set_aliases(struct import_making *making, const struct list *values)
{
	const str *items = values->items;

	for (size_t i = 0; i < values->count; i++)
		making_add_alias(making, items[i]);
}

/* --- fields --------------------------------------------------------------- */

static bool set_field(struct import_making *making, str key, str expression)
{
	struct list values;

	list_init(&values, sizeof(str));
	making->find(making->context, expression, &values);
	if (values.count == 0)
		return false;
	if (str_equal(key, STR("aliases"))) {
		set_aliases(making, &values);
		return true;
	}
	switch (new_resource_set(&making->resource, key, values.items,
				 values.count)) {
	case NEW_VALUE_SET:
		return true;
	case NEW_VALUE_WRONG:
		making_say(making, IMPORT_NOTE, _("“%.*s” cannot be the %.*s"),
			   STR_ARG(unicode_prefix(*(str *)values.items, SHOWN)),
			   STR_ARG(key));
		return false;
	default:
		return false;
	}
}

static void fill_mapped(struct import_making *making)
{
	const struct import_map *map = making->import->map;

	for (size_t i = 0; i < map->fields.count; i++) {
		const struct import_pair *pair = &map->fields.items[i];

		for (size_t k = 0; k < pair->count; k++)
			if (!str_equal(pair->key, STR("body")) &&
			    set_field(making, pair->key, pair->values[k]))
				break;
	}
	for (size_t i = 0; i < map->set.count; i++) {
		const struct import_pair *pair = &map->set.items[i];

		if (new_resource_set(&making->resource, pair->key, pair->values,
				     pair->count) == NEW_VALUE_WRONG)
			making_say(making, IMPORT_NOTE,
				   _("“%.*s” cannot be the %.*s"),
				   STR_ARG(pair->values[0]),
				   STR_ARG(pair->key));
	}
}

static void fill_usual(struct import_making *making)
{
	for (const struct making_usual *row = making->usual; row->field != NULL;
	     row++) {
		str rest = str_from_c(row->expressions);
		str key = str_from_c(row->field);
		str expression;

		if (import_pair_find(&making->import->map->fields, key) !=
			    NULL &&
		    new_resource_has(&making->resource, row->field))
			continue;
		while (!new_resource_has(&making->resource, row->field) &&
		       str_split_next(&rest, '|', &expression))
			(void)set_field(making, key, expression);
	}
}

static void set_one(struct import_making *making, const char *key, str value)
{
	(void)new_resource_set(&making->resource, str_from_c(key), &value, 1);
}

static bool is_archived(const struct import_making *making)
{
	return making->import->map->archive &&
	       !new_resource_has(&making->resource, "status");
}

void making_fill(struct import_making *making)
{
	struct new_resource *resource = &making->resource;
	struct buf day;
	str type = str_from_c(resource->type->name);

	fill_mapped(making);
	fill_usual(making);
	set_one(making, "type", type);
	set_one(making, "source", making->import->source);
	set_one(making, "imported", STR("true"));
	if (making->is_traditional)
		set_one(making, "lang", STR("zh-Hant"));
	if (is_archived(making)) {
		buf_init(&day, making->arena);
		moment_format(&day, making->import->archived, STR("%Y-%m-%d"));
		set_one(making, "status", STR("archived"));
		set_one(making, "archived_on",
			shelf_archived(&making->import->shelf, buf_str(&day)));
	}
	/* what was changed before it was published was not */
	if (new_resource_has(resource, "updated") &&
	    str_compare(new_resource_text(resource, "updated"),
			new_resource_text(resource, "date")) < 0)
		new_resource_clear(resource, "updated");
}

/* --- its place ------------------------------------------------------------ */

static str folder_of_map(const struct import_making *making, str old_path)
{
	const struct import_pairs *folders = &making->import->map->folders;
	const struct import_pair *pair =
		making->category.len > 0
			? import_pair_find(folders, making->category)
			: NULL;

	for (size_t i = 0; pair == NULL && i < folders->count; i++)
		if (is_below(old_path, folders->items[i].key))
			pair = &folders->items[i];
	return pair == NULL || pair->count == 0 ? STR("") : pair->values[0];
}

str making_place(struct import_making *making, str old_path)
{
	struct import *import = making->import;
	str folder = folder_of_map(making, old_path);
	str path = folder.len == 0
			   ? old_path
			   : arena_printf(making->arena, "%.*s/%.*s",
					  STR_ARG(folder),
					  STR_ARG(str_file_name(old_path)));
	str wanted =
		arena_printf(making->arena, "%.*s/%.*s", STR_ARG(import->in),
			     STR_ARG(place_of_page(path, making->arena)));

	return shelf_place(&import->shelf, making->from, wanted, STR(".md"));
}

bool making_check(struct import_making *making)
{
	static const struct {
		const char *key;
		const char *why;
	} needed[] = {
		{ "title", N_("no title is found") },
		{ "date", N_("no date is found") },
	};

	for (size_t i = 0; i < COUNT_OF(needed); i++)
		if (!new_resource_has(&making->resource, needed[i].key)) {
			making_say(making, IMPORT_LEFT_OUT, "%s",
				   _(needed[i].why));
			return false;
		}
	if (!making->resource.type->needs_text ||
	    unicode_trim(making->resource.body).len > 0)
		return true;
	making_say(making, IMPORT_LEFT_OUT, "%s", _("it has no text"));
	return false;
}

static void tell_result(struct import *import, enum shelf_result result,
			str from, str place)
{
	switch (result) {
	case SHELF_WRITTEN:
		import_say(import, IMPORT_WRITTEN, from, place);
		return;
	case SHELF_SAME:
		import_say(import, IMPORT_SAME, from, place);
		return;
	case SHELF_CHANGED:
		import_say(import, IMPORT_KEPT, from,
			   arena_printf(import->arena,
					_("%.*s was changed by hand"),
					STR_ARG(place)));
		return;
	case SHELF_REMOVED:
		import_say(import, IMPORT_KEPT, from,
			   arena_printf(import->arena,
					_("%.*s was removed by hand"),
					STR_ARG(place)));
		return;
	case SHELF_FOREIGN:
		import_say(import, IMPORT_KEPT, from,
			   arena_printf(import->arena,
					_("something else stands at %.*s"),
					STR_ARG(place)));
		return;
	case SHELF_FAILED:
		break;
	}
	diag_failure(import->diags, "import", _("cannot write %.*s: %s"),
		     STR_ARG(place), reason_text(errno));
}

void making_put(struct import_making *making, str place)
{
	struct import *import = making->import;
	str why = STR("");
	str text;

	if (!new_resource_write(&text, &making->resource, &why)) {
		making_say(making, IMPORT_LEFT_OUT, "%.*s", STR_ARG(why));
		return;
	}
	tell_result(import,
		    shelf_put(&import->shelf, making->from, place, text),
		    making->from, place);
	if (making->redirect.len > 0)
		making_say(making, IMPORT_NOTE,
			   _("for redirects.csv: %.*s,id:%.*s,301"),
			   STR_ARG(making->redirect),
			   STR_ARG(str_between(place, strlen("content/"),
					       place.len - strlen(".md"))));
}

bool import_put_file(struct import *import, str from, str place, str bytes)
{
	const struct file_allowance none = { 0 };
	struct file_kind kind;

	if (file_name_judge(&kind, str_file_name(place), &none) !=
		    FILE_NAME_FITS ||
	    !file_bytes_fit(kind.look, str_between(bytes, 0, FILE_HEAD)))
		return false;
	tell_result(import, shelf_put(&import->shelf, from, place, bytes), from,
		    place);
	return true;
}
