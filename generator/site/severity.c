/*
 * A word about a kind of message is a byte in an array of all kinds: one for
 * everywhere, one for what was imported, one for each unit that has words of
 * its own. Recording a message costs a look into at most three of them.
 */
#include "site/severity.h"

#include "base/diag_kind.h"

struct severity_reader {
	const struct snapshot *snapshot;
	struct arena *arena;
	struct diag_list *diags;
};

/* Keys beside the ids of messages: whose messages are meant. */
static const char *const scopes[] = { "imported", "units" };

static bool is_mapping(const struct yaml_node *node,
		       const struct severity_reader *reader)
{
	struct diag *diag;

	if (node->is_refused)
		return false;
	if (node->kind == YAML_MAPPING)
		return true;
	diag = diag_error(reader->diags, node->span, "setting-mapping",
			  _("settings are expected here: key: value"));
	diag_help(reader->diags, diag, _("for example: %s"),
		  "link-dead: warning");
	return false;
}

/* --- one kind ------------------------------------------------------------- */

static bool unknown_id(const struct yaml_pair *pair, bool has_scopes,
		       const struct severity_reader *reader)
{
	struct arena scratch;
	size_t count = 0;
	struct diag *diag;
	str *names;
	str nearest;

	arena_init(&scratch);
	names = arena_array(&scratch, diag_kind_count + COUNT_OF(scopes),
			    sizeof(*names));
	for (; count < diag_kind_count; count++)
		names[count] = str_from_c(diag_kinds[count].id);
	for (size_t i = 0; has_scopes && i < COUNT_OF(scopes); i++)
		names[count++] = str_from_c(scopes[i]);
	nearest =
		str_nearest(pair->key, names, count); /* a text of the table */
	arena_release(&scratch);
	diag = diag_error(reader->diags, pair->key_span, "severity-unknown",
			  _("there is no kind of message “%.*s”"),
			  STR_ARG(pair->key));
	if (nearest.len > 0)
		diag_help(reader->diags, diag, _("did you mean “%.*s”?"),
			  STR_ARG(nearest));
	else
		diag_help(reader->diags, diag,
			  _("each message ends with its kind: […]; `jiyue help "
			    "messages` lists them"));
	return false;
}

static bool guarded(const struct yaml_pair *pair, const struct diag_kind *kind,
		    const struct severity_reader *reader)
{
	struct diag *diag = diag_error(
		reader->diags, pair->value.span, "severity-guarded",
		_("“%s” must stay an error: %s"), kind->id, _(kind->about));

	if ((kind->flags & DIAG_GUARDS) != 0)
		diag_help(reader->diags, diag,
			  _("it keeps pages, addresses or readers safe; take "
			    "this line out"));
	else
		diag_help(reader->diags, diag,
			  _("a site or the build stands still for it; take "
			    "this line out"));
	return false;
}

static bool read_level(enum diag_level *out, const struct yaml_pair *pair,
		       const struct severity_reader *reader)
{
	const struct yaml_node *value = &pair->value;
	struct diag *diag;

	if (value->is_refused)
		return false;
	*out = str_equal_c(value->text, "warning") ? DIAG_WARNING : DIAG_ERROR;
	if (value->kind == YAML_SCALAR &&
	    (*out == DIAG_WARNING || str_equal_c(value->text, "error")))
		return true;
	diag = diag_error(reader->diags, value->span, "setting-choice",
			  _("“%.*s” is not a known value of “%.*s”"),
			  STR_ARG(value->text), STR_ARG(pair->key));
	diag_help(reader->diags, diag, _("choose one of: %s"),
		  "error, warning");
	return false;
}

static bool read_pair(diag_word *words, const struct yaml_pair *pair,
		      bool has_scopes, const struct severity_reader *reader)
{
	const struct diag_kind *kind =
		diag_kind_find(arena_c_string(reader->arena, pair->key));
	enum diag_level level;

	if (kind == NULL)
		return unknown_id(pair, has_scopes, reader);
	if (!read_level(&level, pair, reader))
		return false;
	if (level == DIAG_WARNING && !diag_kind_may_be_lowered(kind))
		return guarded(pair, kind, reader);
	words[kind - diag_kinds] = (diag_word)(level + 1);
	return true;
}

static bool read_words(diag_word **out, const struct yaml_node *node,
		       const struct severity_reader *reader)
{
	bool ok = true;

	if (!is_mapping(node, reader))
		return false;
	*out = diag_words_new(reader->arena);
	for (size_t i = 0; i < node->count; i++)
		ok &= read_pair(*out, &node->pairs[i], false, reader);
	return ok;
}

/* --- units ---------------------------------------------------------------- */

static bool unknown_unit(const struct yaml_pair *pair,
			 const struct severity_reader *reader)
{
	struct arena scratch;
	struct list names;
	size_t first, behind;
	str last = { "", 0 };
	struct diag *diag;
	str nearest;

	arena_init(&scratch);
	list_init(&names, sizeof(str));
	snapshot_range(reader->snapshot, STR("content/"), &first, &behind);
	for (size_t i = first; i < behind; i++) {
		str rest = str_from(snapshot_path(reader->snapshot, i), 8);
		size_t slash = str_find_byte(rest, '/');
		str unit = str_between(rest, 0, slash == STR_NONE ? 0 : slash);

		if (unit.len > 0 && !str_equal(unit, last))
			*(str *)list_add(&names, &scratch) = last = unit;
	}
	nearest = str_nearest(pair->key, names.items, names.count);
	arena_release(&scratch);
	diag = diag_error(reader->diags, pair->key_span, "severity-unknown",
			  _("there is no unit “%.*s”: content/%.*s/ has no "
			    "files"),
			  STR_ARG(pair->key), STR_ARG(pair->key));
	if (nearest.len > 0)
		diag_help(reader->diags, diag, _("did you mean “%.*s”?"),
			  STR_ARG(nearest));
	else
		diag_help(reader->diags, diag,
			  _("write the name of a folder below content/"));
	return false;
}

static bool read_unit(struct diag_levels *out, const struct yaml_pair *pair,
		      const struct severity_reader *reader)
{
	str folder = arena_printf(reader->arena, "content/%.*s/",
				  STR_ARG(pair->key));
	struct diag_unit_levels *unit;
	size_t first, behind;

	snapshot_range(reader->snapshot, folder, &first, &behind);
	if (first == behind)
		return unknown_unit(pair, reader);
	unit = list_add(&out->units, reader->arena);
	unit->first = (uint32_t)first;
	unit->behind = (uint32_t)behind;
	unit->words = diag_words_new(reader->arena);
	return read_words(&unit->words, &pair->value, reader);
}

static bool read_units(struct diag_levels *out, const struct yaml_node *node,
		       const struct severity_reader *reader)
{
	bool ok = true;

	if (!is_mapping(node, reader))
		return false;
	for (size_t i = 0; i < node->count; i++)
		ok &= read_unit(out, &node->pairs[i], reader);
	return ok;
}

bool severity_read(struct diag_levels *out, const struct yaml_node *node,
		   const struct snapshot *snapshot, struct arena *arena,
		   struct diag_list *diags)
{
	const struct severity_reader reader = { snapshot, arena, diags };
	bool ok = true;

	diag_levels_init(out);
	if (node == NULL)
		return true;
	if (!is_mapping(node, &reader))
		return false;
	out->all = diag_words_new(arena);
	for (size_t i = 0; i < node->count; i++) {
		const struct yaml_pair *pair = &node->pairs[i];

		if (str_equal_c(pair->key, "imported"))
			ok &= read_words(&out->imported, &pair->value, &reader);
		else if (str_equal_c(pair->key, "units"))
			ok &= read_units(out, &pair->value, &reader);
		else
			ok &= read_pair(out->all, pair, true, &reader);
	}
	return ok;
}
