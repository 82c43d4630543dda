#include "library/front_matter.h"

#include <string.h>

#include "library/field_check.h"
#include "library/front_matter_rules.h"

enum { UNKNOWN_LIMIT = 20 }; /* wrong keys reported in one file */

/* --- where it stands ------------------------------------------------------ */

/* The line that begins at `start`, without its end. */
static str line_from(str text, size_t start)
{
	str rest = str_from(text, start);
	size_t end = str_find_byte(rest, '\n');

	return str_between(rest, 0, end == STR_NONE ? rest.len : end);
}

static bool is_fence(str line)
{
	return str_starts_with(line, STR("---")) && str_trim(line).len == 3;
}

static const char *help_missing(str text)
{
	str line = str_trim(line_from(text, 0));

	if (str_equal(line, STR("+++")))
		return _("write YAML between two lines of \"---\", not TOML "
			 "between \"+++\"");
	if (str_starts_with(line, STR("－")) ||
	    str_starts_with(line, STR("—")) ||
	    str_starts_with(line, STR("–")) ||
	    str_starts_with(line, STR("----")))
		return _("the first line must be three half-width hyphens: "
			 "---");
	if (str_starts_with(str_trim(text), STR("---")))
		return _("remove the empty lines above \"---\": it must be "
			 "the first line");
	return _("begin the file with a line of \"---\", then title:, type:, "
		 "date: and source:, then again a line of \"---\"");
}

static void report_missing(const struct source *source, struct diag_list *diags)
{
	str line = line_from(source->text, 0);
	struct diag *diag = diag_error(
		diags, span_of(source, 0, line.len), "front-matter-missing",
		_("the file has no front matter (the lines on its "
		  "title, type, date and source)"));

	diag_help(diags, diag, "%s", help_missing(source->text));
}

static void report_unclosed(const struct source *source,
			    struct diag_list *diags)
{
	struct diag *diag = diag_error(
		diags, span_of(source, 0, 3), "front-matter-unclosed",
		_("the front matter that begins here has no end"));

	diag_help(diags, diag,
		  _("put a line of \"---\" between the front matter and the "
		    "text; the front matter may have %d KiB"),
		  YAML_FRONT_MATTER_LIMIT / 1024);
}

bool front_matter_find(size_t *start, size_t *end, size_t *body,
		       const struct source *source, struct diag_list *diags)
{
	str text = source->text;
	str line = line_from(text, 0);
	size_t at;

	if (!is_fence(line)) {
		report_missing(source, diags);
		return false;
	}
	*start = line.len < text.len ? line.len + 1 : line.len;
	for (at = *start;
	     at < text.len && at - *start <= YAML_FRONT_MATTER_LIMIT;
	     at += line.len + 1) {
		line = line_from(text, at);
		if (!is_fence(line))
			continue;
		*end = at;
		*body = at + line.len < text.len ? at + line.len + 1 : text.len;
		return true;
	}
	report_unclosed(source, diags);
	return false;
}

/* --- reading -------------------------------------------------------------- */

/* Types every pair of the mapping. False after a mistake. */
static bool read_pairs(struct field_value *values,
		       const struct yaml_node *mapping,
		       const struct field_context *context)
{
	size_t unknown = 0;
	bool ok = true;

	for (size_t i = 0; i < mapping->count && unknown < UNKNOWN_LIMIT; i++) {
		const struct yaml_pair *pair = &mapping->pairs[i];
		const struct field *field = field_find(field_table, pair->key);

		if (field == NULL) {
			field_report_unknown(field_table, pair->key,
					     pair->key_span, context->diags);
			unknown++;
			ok = false;
		} else if (!field_read(&values[field - field_table], field,
				       &pair->value, pair->key_span, context)) {
			ok = false;
		}
	}
	return ok;
}

/* An own empty value stays: it switches an inherited one off. */
static bool is_written(const struct field_value *value)
{
	return value->key_span.end > 0;
}

/* Fills the gaps from the chain, nearest first. False when it is broken. */
static bool inherit(struct field_value *values, const struct defaults *nearest)
{
	const struct defaults *defaults;
	bool ok = true;

	for (defaults = nearest; defaults != NULL;
	     defaults = defaults->parent) {
		ok &= !defaults->is_broken;
		if (defaults->values == NULL)
			continue;
		for (size_t i = 0; i < field_count; i++)
			if (!is_written(&values[i]))
				values[i] = defaults->values[i];
	}
	return ok;
}

static void report_type(const struct field *field,
			const struct field_value *value,
			enum resource_type type, struct diag_list *diags)
{
	struct diag *diag;
	struct buf types;

	buf_init(&types, diags->arena);
	for (size_t i = 0; i < RESOURCE_TYPE_COUNT; i++)
		if ((field->types & FIELD_TYPE(i)) != 0)
			buf_printf(&types, "%s%s (%s)",
				   types.len > 0 ? ", " : "",
				   resource_types[i].name,
				   resource_types[i].label);
	diag = diag_error(diags, value->key_span, "field-type",
			  _("a resource of type %s (%s) has no field \"%s\" "
			    "(%s)"),
			  resource_types[type].name, resource_types[type].label,
			  field->key, field->label);
	diag_help(diags, diag, _("it belongs to %.*s"),
		  STR_ARG(buf_str(&types)));
}

/*
 * Own fields must be of the type; inherited ones of other types are left
 * out, so that one _defaults.yaml serves a folder of several types.
 */
static bool check_types(struct front_matter *matter, uint32_t source,
			struct diag_list *diags)
{
	uint32_t type = FIELD_TYPE(matter->type);
	bool ok = true;

	for (size_t i = 0; i < field_count; i++) {
		struct field_value *value = &matter->values[i];

		if ((field_table[i].types & type) != 0 || !is_written(value))
			continue;
		if (value->key_span.source == source) {
			report_type(&field_table[i], value, matter->type,
				    diags);
			ok = false;
		}
		*value = (struct field_value){ 0 };
	}
	return ok;
}

/* The type, or false with a message when there is none. */
static bool find_type(struct front_matter *matter, struct span head,
		      bool inherited, struct diag_list *diags)
{
	const struct field_value *value = front_matter_get(matter, "type");

	if (value->node != NULL)
		return resource_type_find(&matter->type, value->text);
	if (inherited)
		front_matter_report_missing(
			&field_table[field_number("type")],
			is_written(value) ? value->key_span : head, diags);
	return false;
}

bool front_matter_parse(struct front_matter *out, const struct source *source,
			const struct defaults *defaults, int32_t offset,
			struct arena *arena, struct diag_list *diags)
{
	struct field_context context = { offset, arena, diags };
	struct span head = span_of(source, 0, 3);
	struct yaml_node mapping;
	size_t start, end, body;
	bool inherited;
	bool ok;

	if (!front_matter_find(&start, &end, &body, source, diags))
		return false;
	ok = yaml_parse(&mapping, source, start, end, YAML_FRONT_MATTER_LIMIT,
			arena, diags);
	if (!ok && mapping.count == 0)
		return false;
	*out = (struct front_matter){
		.values = arena_array(arena, field_count, sizeof(*out->values)),
		.span = span_of(source, start, end),
		.body_start = body,
	};
	ok &= read_pairs(out->values, &mapping, &context);
	inherited = inherit(out->values, defaults);
	if (!find_type(out, head, inherited, diags))
		return false;
	ok &= check_types(out, source->number, diags);
	if (inherited)
		ok &= front_matter_check_required(out, head, diags);
	if (ok)
		ok = front_matter_check_rules(out, head, diags);
	return ok && inherited;
}

const struct field_value *front_matter_get(const struct front_matter *matter,
					   const char *key)
{
	return &matter->values[field_number(key)];
}

/* --- _defaults.yaml ------------------------------------------------------- */

static bool check_inheritable(const struct field_value *values,
			      struct diag_list *diags)
{
	bool ok = true;

	for (size_t i = 0; i < field_count; i++) {
		struct diag *diag;

		if (!field_table[i].not_inherited || !is_written(&values[i]))
			continue;
		ok = false;
		diag = diag_error(diags, values[i].key_span, "field-defaults",
				  _("\"%s\" (%s) cannot be inherited"),
				  field_table[i].key, field_table[i].label);
		diag_help(diags, diag,
			  _("write it in each file it belongs to"));
	}
	return ok;
}

bool defaults_parse(struct defaults *out, const struct source *source,
		    int32_t offset, struct arena *arena,
		    struct diag_list *diags)
{
	struct field_context context = { offset, arena, diags };
	size_t slash = str_find_last_byte(source->path, '/');
	struct field_value *values =
		arena_array(arena, field_count, sizeof(*values));
	bool ok;

	*out = (struct defaults){
		.folder = arena_copy(
			arena, str_between(source->path, 0,
					   slash == STR_NONE ? 0 : slash + 1)),
		.is_broken = true,
	};
	ok = yaml_parse(&out->mapping, source, 0, source->text.len,
			YAML_FRONT_MATTER_LIMIT, arena, diags);
	if (!ok && out->mapping.count == 0)
		return false;
	ok &= read_pairs(values, &out->mapping, &context);
	ok &= check_inheritable(values, diags);
	out->is_broken = !ok;
	if (ok)
		out->values = values;
	return ok;
}
