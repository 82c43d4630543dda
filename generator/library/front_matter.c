/*
 * The block is cut off first, by lines alone, so that YAML sees nothing of the
 * body and its limit holds. The type decides which fields there are, so it is
 * read before all others. Inherited values keep the span of the
 * _defaults.yaml: a message about one is about the line that somebody can
 * mend.
 */
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

/* Nothing but a path: "../jyj/banfa.md", without an end of the line. */
static bool is_link_text(str text)
{
	return text.len < 1024 && str_find_byte(text, '\n') == STR_NONE &&
	       str_find_byte(text, ' ') == STR_NONE &&
	       str_find_byte(text, '/') != STR_NONE &&
	       str_ends_with(text, STR(".md"));
}

static const char *help_missing(str text)
{
	str line = str_trim(line_from(text, 0));

	if (str_equal(line, STR("+++")))
		return _("write YAML between two lines of \"---\", not TOML "
			 "between \"+++\"");
	if (is_link_text(text))
		return _("this is a symbolic link, as Git writes it where "
			 "links are not allowed: put a copy of the file in its "
			 "place");
	if (str_starts_with(line, STR("{")))
		return _("write YAML between two lines of \"---\", not JSON");
	if (str_starts_with(line, STR("－")) ||
	    str_starts_with(line, STR("—")) ||
	    str_starts_with(line, STR("–")) ||
	    str_starts_with(line, STR("----")))
		return _("the first line must be three half-width hyphens: "
			 "---");
	if (str_equal(line, STR("---")))
		return _("remove the blanks before \"---\": it must begin its "
			 "line");
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
		    "text"));
}

/* Is there a line of "---" behind the limit? */
static bool is_long(str text, size_t at)
{
	while (at < text.len) {
		str line = line_from(text, at);

		if (is_fence(line))
			return true;
		at += line.len + 1;
	}
	return false;
}

static void report_long(const struct source *source, struct diag_list *diags)
{
	struct diag *diag = diag_error(
		diags, span_of(source, 0, 3), "front-matter-long",
		_("the front matter that begins here is longer than %d KiB"),
		YAML_FRONT_MATTER_LIMIT / 1024);

	diag_help(diags, diag, _("move long text into the body of the page"));
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
	if (is_long(text, at))
		report_long(source, diags);
	else
		report_unclosed(source, diags);
	return false;
}

/* --- reading -------------------------------------------------------------- */

/* What is read, of which type, and where messages go. */
struct reading {
	const struct schema *schema;
	const struct resource_type *type; /* NULL: not known */
	const struct defaults *defaults;
	struct field_value *values; /* by field of the type */
	struct field_context context;
	bool is_preview;
};

/* Whether work can go on without the field. */
static bool report_type(const struct reading *reading,
			const struct field *field, struct span key_span)
{
	const struct resource_type *type = reading->type;
	struct diag_list *diags = reading->context.diags;
	const struct schema *schema = reading->schema;
	str key = str_from_c(field->key);
	struct diag *diag;
	struct buf types;

	buf_init(&types, diags->arena);
	for (size_t i = 0; i < schema->type_count; i++)
		if (resource_type_field(&schema->types[i], key) != FIELD_NONE)
			buf_printf(
				&types, "%s%s (%s)", types.len > 0 ? ", " : "",
				schema->types[i].name, schema->types[i].label);
	diag = diag_error(diags, key_span, "field-type",
			  _("a resource of type %s (%s) has no field \"%s\" "
			    "(%s)"),
			  type->name, type->label, field->key, field->label);
	if (str_equal_c(key, "draft")) /* as other generators have it */
		diag_help(diags, diag, "%s",
			  _("what is not finished says status: draft"));
	else
		diag_help(diags, diag, _("it belongs to %.*s"),
			  STR_ARG(buf_str(&types)));
	return diag_is_lowered(diag);
}

/* A key that the type does not have. */
static bool read_foreign(const struct reading *reading,
			 const struct yaml_pair *pair)
{
	const struct resource_type *any = &reading->schema->any;
	const struct resource_type *type =
		reading->type != NULL ? reading->type : any;
	uint16_t number = resource_type_field(any, pair->key);
	struct field_value ignored;
	bool ok;

	if (number == FIELD_NONE)
		return field_report_unknown(type->fields, true, pair->key,
					    pair->key_span,
					    reading->context.diags);
	ok = field_read(&ignored, &any->fields[number], &pair->value,
			pair->key_span, &reading->context);
	if (reading->type == NULL)
		return ok;
	return report_type(reading, &any->fields[number], pair->key_span) && ok;
}

/* Whether and where a page is published hangs on it. */
static bool decides_publication(const struct field *field)
{
	switch (field->meaning) {
	case MEANS_TITLE:
	case MEANS_TYPE:
	case MEANS_DATE:
	case MEANS_ID:
	case MEANS_SLUG:
	case MEANS_ALIASES:
	case MEANS_STATUS:
	case MEANS_PUBLISH_AT:
	case MEANS_EXPIRES_ON:
	case MEANS_ARCHIVED_ON:
		return true;
	default:
		return false;
	}
}

/*
 * A value whose mistakes are all warnings to the platform is left out, and the
 * page goes on without it.
 */
static bool read_value(const struct reading *reading, uint16_t number,
		       const struct yaml_node *node, struct span key_span)
{
	const struct field *field = &reading->type->fields[number];
	const struct diag_list *diags = reading->context.diags;
	struct field_value *value = &reading->values[number];
	size_t errors = diags->error_count;

	bool ok = field_read(value, field, node, key_span, &reading->context);

	if (ok)
		return true;
	ok = !node->is_refused && diags->error_count == errors &&
	     !decides_publication(field);
	if (ok || reading->is_preview)
		*value = (struct field_value){ 0 };
	return ok;
}

/* Types every pair of the mapping. False after a mistake. */
static bool read_pairs(const struct reading *reading,
		       const struct yaml_node *mapping)
{
	size_t wrong = 0;
	bool ok = true;

	for (size_t i = 0; i < mapping->count && wrong < UNKNOWN_LIMIT; i++) {
		const struct yaml_pair *pair = &mapping->pairs[i];
		uint16_t number =
			reading->type == NULL
				? FIELD_NONE
				: resource_type_field(reading->type, pair->key);

		if (number == FIELD_NONE) {
			bool is_right = read_foreign(reading, pair);

			wrong += !is_right;
			ok &= is_right;
		} else {
			ok &= read_value(reading, number, &pair->value,
					 pair->key_span);
		}
	}
	return ok;
}

/* An own empty value stays: it switches an inherited one off. */
static bool is_written(const struct field_value *value)
{
	return value->key_span.end > 0;
}

static const struct default_form *form_of(const struct default_value *value,
					  const struct field *field)
{
	const struct default_form *form = value->forms;

	while (form != NULL && form->form != field->form)
		form = form->next;
	return form;
}

/*
 * What is right for other types only is read again for the message, which is
 * then about the line of the _defaults.yaml. Fields of other types are left
 * out, so that one _defaults.yaml serves a folder of several types.
 */
static bool inherit_value(const struct reading *reading,
			  const struct default_value *value)
{
	uint16_t number = resource_type_field(reading->type, value->key);
	const struct field *field = &reading->type->fields[number];
	const struct default_form *form;

	if (number == FIELD_NONE || is_written(&reading->values[number]) ||
	    field->not_inherited)
		return true;
	form = form_of(value, field);
	if (form == NULL || !form->is_right)
		return read_value(reading, number, value->node,
				  value->key_span);
	reading->values[number] = form->value;
	return true;
}

static bool inherit(const struct reading *reading)
{
	const struct defaults *defaults;
	bool ok = true;

	for (defaults = reading->defaults; defaults != NULL;
	     defaults = defaults->parent)
		for (size_t i = 0; i < defaults->value_count; i++)
			ok &= inherit_value(reading, &defaults->values[i]);
	return ok;
}

/* False when one of the files to inherit from cannot be used. */
static bool has_whole_defaults(const struct defaults *defaults)
{
	for (; defaults != NULL; defaults = defaults->parent)
		if (defaults->is_broken)
			return false;
	return true;
}

/* --- the type ------------------------------------------------------------- */

/* Of one that every type has. */
static const struct field *common_field(const struct schema *schema,
					enum field_meaning meaning)
{
	return &schema->any.fields[schema->any.meanings[meaning]];
}

static const struct field *type_field(const struct schema *schema)
{
	return common_field(schema, MEANS_TYPE);
}

static const struct default_value *find_default(const struct defaults *defaults,
						str key)
{
	for (; defaults != NULL; defaults = defaults->parent)
		for (size_t i = 0; i < defaults->value_count; i++)
			if (str_equal(defaults->values[i].key, key))
				return &defaults->values[i];
	return NULL;
}

/*
 * Where the type is written: in the file itself or in the nearest file it
 * inherits from. An own empty one counts. The span is of the key, or empty.
 */
static const struct yaml_node *find_type_node(struct span *key_span,
					      const struct reading *reading,
					      const struct yaml_node *mapping)
{
	str key = str_from_c(type_field(reading->schema)->key);
	const struct default_value *inherited;

	*key_span = (struct span){ 0 };
	for (size_t i = 0; i < mapping->count; i++) {
		if (!str_equal(mapping->pairs[i].key, key))
			continue;
		*key_span = mapping->pairs[i].key_span;
		return &mapping->pairs[i].value;
	}
	inherited = find_default(reading->defaults, key);
	if (inherited == NULL)
		return NULL;
	*key_span = inherited->key_span;
	return inherited->node;
}

static void find_type(struct reading *reading, const struct yaml_node *mapping)
{
	struct span ignored;
	const struct yaml_node *node =
		find_type_node(&ignored, reading, mapping);

	if (node != NULL && node->kind == YAML_SCALAR)
		reading->type = schema_find(reading->schema, node->text);
}

/* Its messages have the levels of what was imported. */
static bool is_imported(const struct reading *reading,
			const struct yaml_node *mapping)
{
	str key =
		str_from_c(common_field(reading->schema, MEANS_IMPORTED)->key);
	const struct yaml_node *own = yaml_get(mapping, key);
	const struct default_value *inherited =
		find_default(reading->defaults, key);

	if (own == NULL && inherited != NULL)
		own = inherited->node;
	return own != NULL && own->kind == YAML_SCALAR &&
	       str_equal(own->text, STR("true"));
}

/* Of the mapping, the pairs whose keys no type has. */
static struct yaml_node unknown_pairs(const struct reading *reading,
				      const struct yaml_node *mapping)
{
	const struct resource_type *any = &reading->schema->any;
	struct yaml_pair *pairs = arena_array(reading->context.arena,
					      mapping->count, sizeof(*pairs));
	struct yaml_node unknown = { .kind = YAML_MAPPING, .pairs = pairs };

	for (size_t i = 0; i < mapping->count; i++)
		if (resource_type_field(any, mapping->pairs[i].key) ==
		    FIELD_NONE)
			pairs[unknown.count++] = mapping->pairs[i];
	return unknown;
}

/* A wrong one was refused as its value was read. */
static void report_missing_type(const struct reading *reading,
				const struct yaml_node *mapping,
				struct span head)
{
	const struct field *type = type_field(reading->schema);
	struct yaml_node unknown = unknown_pairs(reading, mapping);
	struct span key_span;
	const struct yaml_node *node =
		find_type_node(&key_span, reading, mapping);

	if (node == NULL &&
	    field_is_meant(reading->schema->any.fields, type, &unknown))
		return; /* that was told of its key */
	if (node == NULL || (node->kind == YAML_SCALAR &&
			     (node->is_null || node->text.len == 0)))
		front_matter_report_missing(type, key_span, head,
					    reading->context.diags);
}

/* There is something to show, and a place for it. */
static bool can_be_previewed(const struct front_matter *matter)
{
	return front_matter_get(matter, MEANS_TITLE)->text.len > 0 &&
	       front_matter_get(matter, MEANS_DATE)->moment.is_set;
}

static bool check_required(const struct front_matter *matter,
			   const struct reading *reading,
			   const struct yaml_node *mapping, struct span head,
			   bool ok)
{
	struct yaml_node unknown = { 0 };

	if (!ok)
		unknown = unknown_pairs(reading, mapping);
	return front_matter_check_required(matter, &unknown, head,
					   reading->context.diags) &&
	       ok;
}

static bool read_typed(struct front_matter *out, const struct reading *reading,
		       const struct yaml_node *mapping, struct span head,
		       bool ok)
{
	bool inherited = has_whole_defaults(reading->defaults);
	struct diag_list *diags = reading->context.diags;

	if (reading->type != NULL && reading->type->is_broken)
		return false; /* that was said of the type's own file */
	ok &= read_pairs(reading, mapping);
	if (reading->type == NULL) {
		if (inherited)
			report_missing_type(reading, mapping, head);
		return false;
	}
	ok &= inherit(reading);
	if (inherited)
		ok = check_required(out, reading, mapping, head, ok);
	if (ok)
		ok = front_matter_check_rules(out, head, diags);
	return (ok && inherited) ||
	       (reading->is_preview && can_be_previewed(out));
}

bool front_matter_parse(struct front_matter *out, const struct source *source,
			const struct front_matter_options *options,
			struct arena *arena, struct diag_list *diags)
{
	struct reading reading = {
		.schema = options->schema,
		.defaults = options->defaults,
		.context = { options->offset, arena, diags },
		.is_preview = options->is_preview,
	};
	struct yaml_node mapping;
	size_t start, end, body;
	bool ok;

	diags->is_imported = false;
	if (!front_matter_find(&start, &end, &body, source, diags))
		return false;
	ok = yaml_parse(&mapping, source, start, end, YAML_FRONT_MATTER_LIMIT,
			arena, diags);
	if (!ok && mapping.count == 0)
		return false;
	find_type(&reading, &mapping);
	diags->is_imported = is_imported(&reading, &mapping);
	if (reading.type != NULL)
		reading.values = arena_array(arena, reading.type->field_count,
					     sizeof(*reading.values));
	*out = (struct front_matter){
		.type = reading.type,
		.values = reading.values,
		.span = span_of(source, start, end),
		.body_start = body,
	};
	return read_typed(out, &reading, &mapping, span_of(source, 0, 3), ok);
}

static const struct field_value no_value;

const struct field_value *front_matter_get(const struct front_matter *matter,
					   enum field_meaning meaning)
{
	const struct resource_type *type = matter->type;
	uint16_t number = type->meanings[meaning];

	for (; number != FIELD_NONE; number = type->same_meaning[number])
		if (matter->values[number].node != NULL)
			return &matter->values[number];
	return &no_value;
}

const struct field_value *front_matter_value(const struct front_matter *matter,
					     str key)
{
	uint16_t number = resource_type_field(matter->type, key);

	return number == FIELD_NONE ? &no_value : &matter->values[number];
}

/* --- _defaults.yaml ------------------------------------------------------- */

/* What is wrong with one way to read a value shows only if all are wrong. */
static void read_form(struct default_value *value, const struct field *field,
		      const struct reading *reading)
{
	struct field_context context = reading->context;
	struct default_form *form;
	struct diag_list ignored;

	if (field->not_inherited || form_of(value, field) != NULL)
		return;
	diag_list_init(&ignored, context.arena);
	context.diags = &ignored;
	form = arena_alloc(context.arena, sizeof(*form));
	form->form = field->form;
	form->is_right = field_read(&form->value, field, value->node,
				    value->key_span, &context);
	form->next = value->forms;
	value->forms = form;
}

/* The one that a message is about: of the type of this file, or the first. */
static const struct field *field_to_show(const struct reading *reading, str key)
{
	const struct resource_type *any = &reading->schema->any;
	uint16_t number = reading->type == NULL
				  ? FIELD_NONE
				  : resource_type_field(reading->type, key);

	if (number != FIELD_NONE)
		return &reading->type->fields[number];
	return &any->fields[resource_type_field(any, key)];
}

static bool report_not_inherited(const struct reading *reading,
				 const struct field *field,
				 const struct default_value *value)
{
	struct diag_list *diags = reading->context.diags;
	struct diag *diag = diag_error(diags, value->key_span, "field-defaults",
				       _("\"%s\" (%s) cannot be inherited"),
				       field->key, field->label);

	diag_help(diags, diag, _("write it in each file it belongs to"));
	return false;
}

/* False when no type can inherit the value, or read it in any way. */
static bool check_default(const struct default_value *value,
			  const struct reading *reading)
{
	const struct field *field = field_to_show(reading, value->key);
	struct field_value ignored;

	for (const struct default_form *form = value->forms; form != NULL;
	     form = form->next)
		if (form->is_right)
			return true;
	if (!field_read(&ignored, field, value->node, value->key_span,
			&reading->context))
		return false;
	return value->forms != NULL ||
	       report_not_inherited(reading, field, value);
}

/* `count` grows by the value; an unknown key may be let through without one. */
static bool read_default(struct default_value *values, size_t *count,
			 const struct reading *reading,
			 const struct yaml_pair *pair)
{
	const struct schema *schema = reading->schema;
	struct default_value *out;

	if (resource_type_field(&schema->any, pair->key) == FIELD_NONE)
		return field_report_unknown(schema->any.fields, true, pair->key,
					    pair->key_span,
					    reading->context.diags);
	out = &values[(*count)++];
	*out = (struct default_value){ .key = pair->key,
				       .key_span = pair->key_span,
				       .node = &pair->value };
	for (size_t i = 0; i < schema->type_count; i++) {
		const struct resource_type *type = &schema->types[i];
		uint16_t number = resource_type_field(type, pair->key);

		if (number != FIELD_NONE)
			read_form(out, &type->fields[number], reading);
	}
	return check_default(out, reading);
}

static bool read_defaults(struct defaults *out, struct reading *reading)
{
	const struct yaml_node *mapping = &out->mapping;
	struct default_value *values = arena_array(
		reading->context.arena, mapping->count, sizeof(*values));
	size_t wrong = 0;
	size_t count = 0;

	find_type(reading, mapping);
	for (size_t i = 0; i < mapping->count && wrong < UNKNOWN_LIMIT; i++)
		wrong += !read_default(values, &count, reading,
				       &mapping->pairs[i]);
	if (wrong > 0)
		return false;
	out->values = values;
	out->value_count = count;
	return true;
}

static bool has_key(const struct yaml_pair *pairs, size_t count, str key)
{
	for (size_t i = 0; i < count; i++)
		if (str_equal(pairs[i].key, key))
			return true;
	return false;
}

void defaults_overlay(struct defaults *defaults, const struct yaml_pair *pairs,
		      size_t count, struct arena *arena)
{
	struct yaml_node *mapping = &defaults->mapping;
	struct yaml_pair *all =
		arena_array(arena, mapping->count + count, sizeof(*all));
	size_t kept = 0;

	for (size_t i = 0; i < count; i++) {
		all[kept++] = pairs[i];
		digest_add(&defaults->overlay, pairs[i].key);
		digest_add(&defaults->overlay, pairs[i].value.text);
	}
	for (size_t i = 0; i < mapping->count; i++)
		if (!has_key(pairs, count, mapping->pairs[i].key))
			all[kept++] = mapping->pairs[i];
	mapping->pairs = all;
	mapping->count = kept;
}

bool defaults_parse(struct defaults *out, const struct source *source,
		    const struct front_matter_options *options,
		    struct arena *arena, struct diag_list *diags)
{
	struct reading reading = {
		.schema = options->schema,
		.context = { options->offset, arena, diags },
	};
	size_t slash = str_find_last_byte(source->path, '/');
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
	if (options->overlay_count > 0)
		defaults_overlay(out, options->overlay, options->overlay_count,
				 arena);
	ok &= read_defaults(out, &reading);
	out->is_broken = !ok;
	return ok;
}
