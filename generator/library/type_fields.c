/*
 * Rows of `fields:` to struct field.
 *
 * A row whose key is not there yet is a new field. One whose key is there
 * refines it, and can only ask for more: so neither a type nor a platform can
 * switch off what those before it ask for, and all that C knows of a field
 * (its kind, its parts) stays true.
 */
#include "library/type_maker.h"

#include "library/field_check.h"

enum { KEY_LIMIT = 40, CHOICE_LIMIT = 500 };

static bool refuse(struct type_maker *maker, struct span span,
		   const char *message, const char *help)
{
	struct diag *diag =
		diag_error(maker->diags, span, "type-field", "%s", message);

	diag_help(maker->diags, diag, "%s", help);
	return false;
}

static const struct yaml_node *value_of(const struct yaml_node *row,
					const char *key)
{
	const struct yaml_node *node = yaml_get(row, str_from_c(key));

	return node == NULL || node->is_null ? NULL : node;
}

static bool is_true(const struct yaml_node *row, const char *key)
{
	const struct yaml_node *node = value_of(row, key);

	return node != NULL && str_equal_c(node->text, "true");
}

/* The value was checked: it is one of `names`, or not there. */
static int place_in(const char *const *names, const struct yaml_node *node)
{
	int place = 0;

	if (node != NULL)
		while (!str_equal_c(node->text, names[place]))
			place++;
	return place;
}

static const char *text_of(const struct yaml_node *row, const char *key,
			   struct arena *arena)
{
	const struct yaml_node *node = value_of(row, key);

	return node == NULL ? NULL : arena_c_string(arena, node->text);
}

/* --- keys --- */

static bool is_key(str text)
{
	if (text.len < 2 || text.len > KEY_LIMIT || text.data[0] < 'a' ||
	    text.data[0] > 'z')
		return false;
	for (size_t i = 0; i < text.len; i++) {
		char c = text.data[i];

		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
		      c == '_'))
			return false;
	}
	return true;
}

static struct field *find(const struct list *fields, str key)
{
	struct field *items = fields->items;

	for (size_t i = 0; i < fields->count; i++)
		if (str_equal_c(key, items[i].key))
			return &items[i];
	return NULL;
}

/* --- choices --- */

struct choices {
	const char **values;
	const char **labels;
	size_t count;
};

/* A sequence of values, or a mapping of values to what pages show. */
static bool take_choice(struct choices *out, const struct yaml_node *node,
			size_t number, struct arena *arena)
{
	const struct yaml_node *label = node->kind == YAML_MAPPING
						? &node->pairs[number].value
						: &node->items[number];
	str value = node->kind == YAML_MAPPING ? node->pairs[number].key
					       : label->text;

	if (label->kind != YAML_SCALAR || label->text.len == 0 ||
	    value.len == 0)
		return false;
	for (size_t i = 0; i < out->count; i++)
		if (str_equal_c(value, out->values[i]))
			return false;
	out->values[out->count] = arena_c_string(arena, value);
	out->labels[out->count++] = arena_c_string(arena, label->text);
	return true;
}

static bool read_choices(struct choices *out, struct type_maker *maker,
			 const struct yaml_node *node)
{
	size_t count = node->kind == YAML_SCALAR ? 0 : node->count;
	bool ok = count > 0 && count <= CHOICE_LIMIT;

	*out = (struct choices){
		arena_array(maker->arena, count + 1, sizeof(*out->values)),
		arena_array(maker->arena, count + 1, sizeof(*out->labels)), 0
	};
	for (size_t i = 0; ok && i < count; i++)
		ok = take_choice(out, node, i, maker->arena);
	return ok || refuse(maker, node->span,
			    _("\"choices\" is a list of texts of which no two "
			      "are the same"),
			    _("write choices: [通知, 公告], or with what pages "
			      "show: {survey: 网上调查}"));
}

static bool set_choices(struct field *field, struct type_maker *maker,
			const struct yaml_node *row)
{
	const struct yaml_node *node = value_of(row, "choices");
	struct choices choices;

	if (node == NULL)
		return field->kind != FIELD_CHOICE ||
		       field->meaning == MEANS_TYPE ||
		       refuse(maker, row->span,
			      _("a field of kind choice needs its choices"),
			      _("add choices: [通知, 公告]"));
	if (field->kind != FIELD_CHOICE)
		return refuse(maker, node->span,
			      _("only a field of kind choice has choices"),
			      _("add kind: choice, or remove \"choices\""));
	if (!read_choices(&choices, maker, node))
		return false;
	field->choices = choices.values;
	field->choice_labels = choices.labels;
	return true;
}

/* --- records --- */

static bool read_row(struct type_maker *maker, struct list *fields,
		     const struct yaml_node *row, bool is_part);

static bool check_part(struct type_maker *maker, const struct yaml_node *row)
{
	static const char *const refused[] = { "means", "inherited", "record" };

	for (size_t i = 0; i < COUNT_OF(refused); i++) {
		const struct yaml_node *node = value_of(row, refused[i]);

		if (node != NULL)
			return refuse(maker, node->span,
				      _("what stands inside a record has none "
					"of means, inherited and record"),
				      _("remove this line"));
	}
	return true;
}

static bool set_record(struct field *field, struct type_maker *maker,
		       const struct yaml_node *row)
{
	const struct yaml_node *node = value_of(row, "record");
	bool wants =
		field->kind == FIELD_RECORD || field->kind == FIELD_RECORDS;
	struct list parts;
	bool ok = true;

	if (!wants && node == NULL)
		return true;
	if (!wants || node == NULL || node->count == 0 ||
	    node->count > TYPE_PART_LIMIT)
		return refuse(maker, node == NULL ? row->span : node->span,
			      _("fields of kind record and records, and no "
				"others, have \"record\": the fields inside"),
			      _("write kind: records and below it record: with "
				"a line a field inside"));
	list_init(&parts, sizeof(struct field));
	for (size_t i = 0; i < node->count; i++)
		ok &= node->items[i].kind == YAML_MAPPING &&
		      read_row(maker, &parts, &node->items[i], true);
	list_add(&parts, maker->arena); /* the row without key */
	field->record = parts.items;
	return ok;
}

/* --- meanings --- */

static bool has_parts(const struct field *field, const char *const *parts)
{
	for (; parts != NULL && *parts != NULL; parts++)
		if (field_find(field->record, str_from_c(*parts)) == NULL)
			return false;
	return true;
}

static bool has_choice(const struct field *field, const char *value)
{
	for (size_t i = 0; field->choices[i] != NULL; i++)
		if (strcmp(field->choices[i], value) == 0)
			return true;
	return false;
}

/* What the program asks about must be a value that the field can have. */
static bool check_choices(struct type_maker *maker, const struct field *field,
			  const struct yaml_node *row)
{
	const char *const *wanted = field_meaning_rows[field->meaning].choices;
	struct diag *diag;

	for (; wanted != NULL && *wanted != NULL; wanted++) {
		if (has_choice(field, *wanted))
			continue;
		diag = diag_error(maker->diags, value_of(row, "means")->span,
				  "type-meaning",
				  _("a field that means “%s” to the program "
				    "must have the choice “%s”"),
				  field_meanings[field->meaning], *wanted);
		diag_help(maker->diags, diag,
			  _("add it to \"choices\", or remove \"means\""));
		return false;
	}
	return true;
}

static bool check_meaning(struct type_maker *maker, const struct field *field,
			  const struct yaml_node *row)
{
	const struct field_meaning_row *meaning =
		&field_meaning_rows[field->meaning];
	struct diag *diag;

	if (field->meaning == MEANS_NOTHING ||
	    (field->kind == (enum field_kind)meaning->kind &&
	     has_parts(field, meaning->parts)))
		return check_choices(maker, field, row);
	diag = diag_error(
		maker->diags, value_of(row, "means")->span, "type-meaning",
		_("a field that means “%s” to the program must be "
		  "of kind “%s”"),
		field_meanings[field->meaning], field_kinds[meaning->kind]);
	diag_help(maker->diags, diag,
		  _("change its kind, or remove \"means\"; records need the "
		    "same fields inside as the program's own type"));
	return false;
}

/* --- new fields --- */

static bool check_format(struct type_maker *maker, const struct field *field,
			 const struct yaml_node *row)
{
	return field->format == FORMAT_ANY || field->kind == FIELD_TEXT ||
	       field->kind == FIELD_TEXT_LIST ||
	       refuse(maker, value_of(row, "format")->span,
		      _("only texts have a format"),
		      _("write kind: text or kind: texts, or remove "
			"\"format\""));
}

static bool add_field(struct type_maker *maker, struct list *fields,
		      const struct yaml_node *row)
{
	struct arena *arena = maker->arena;
	struct field *field;
	struct field made = {
		.key = text_of(row, "key", arena),
		.label = text_of(row, "label", arena),
		.kind = (enum field_kind)place_in(field_kinds,
						  value_of(row, "kind")),
		.format = (enum field_format)place_in(field_formats,
						      value_of(row, "format")),
		.meaning = (enum field_meaning)place_in(field_meanings,
							value_of(row, "means")),
		.required = is_true(row, "required"),
		.not_inherited = value_of(row, "inherited") != NULL &&
				 !is_true(row, "inherited"),
		.example = text_of(row, "example", arena),
		.form = ++*maker->next_form,
	};

	if (made.label == NULL)
		return refuse(maker, value_of(row, "key")->span,
			      _("a new field needs a label"),
			      _("add label: with the words that pages and "
				"messages show"));
	if (!set_choices(&made, maker, row) || !set_record(&made, maker, row) ||
	    !check_format(maker, &made, row) ||
	    !check_meaning(maker, &made, row))
		return false;
	field = list_add(fields, arena);
	*field = made;
	return true;
}

/* --- fields that are there already --- */

static bool narrows(const struct field *field, const struct choices *choices)
{
	for (size_t i = 0; i < choices->count; i++) {
		const char *const *old = field->choices;

		while (*old != NULL && strcmp(*old, choices->values[i]) != 0)
			old++;
		if (*old == NULL)
			return false;
	}
	return true;
}

static bool refine_choices(struct type_maker *maker, struct field *field,
			   const struct yaml_node *node)
{
	struct choices choices;

	if (field->kind != FIELD_CHOICE || field->meaning == MEANS_TYPE)
		return refuse(maker, node->span,
			      _("only a field of kind choice has choices"),
			      _("remove \"choices\""));
	if (!read_choices(&choices, maker, node))
		return false;
	if (!narrows(field, &choices))
		return refuse(maker, node->span,
			      _("the choices of a field that is there already "
				"can only become fewer"),
			      _("take those that were there, or give a field "
				"of your own another key"));
	field->choices = choices.values;
	field->choice_labels = choices.labels;
	field->form = ++*maker->next_form;
	return true;
}

static bool check_refinement(struct type_maker *maker,
			     const struct field *field,
			     const struct yaml_node *row)
{
	static const char *const allowed[] = { "key", "label", "required",
					       "choices", "example" };

	for (size_t i = 0; i < row->count; i++) {
		const struct yaml_pair *pair = &row->pairs[i];
		size_t at = 0;

		while (at < COUNT_OF(allowed) &&
		       !str_equal_c(pair->key, allowed[at]))
			at++;
		if (at == COUNT_OF(allowed))
			return refuse(
				maker, pair->key_span,
				_("this field is there already; only label, "
				  "required, choices and example can be said "
				  "anew"),
				_("remove this line, or give a field of your "
				  "own another key"));
	}
	if (field->required && value_of(row, "required") != NULL &&
	    !is_true(row, "required"))
		return refuse(maker, value_of(row, "required")->span,
			      _("what is required cannot be made optional"),
			      _("remove this line"));
	return true;
}

static bool refine_field(struct type_maker *maker, struct field *field,
			 const struct yaml_node *row)
{
	const struct yaml_node *choices = value_of(row, "choices");
	const char *label = text_of(row, "label", maker->arena);
	const char *example = text_of(row, "example", maker->arena);

	if (!check_refinement(maker, field, row) ||
	    (choices != NULL && !refine_choices(maker, field, choices)))
		return false;
	if (label != NULL)
		field->label = label;
	if (example != NULL)
		field->example = example;
	field->required |= is_true(row, "required");
	return true;
}

/* --- rows --- */

static bool read_row(struct type_maker *maker, struct list *fields,
		     const struct yaml_node *row, bool is_part)
{
	const struct yaml_node *key = value_of(row, "key");
	struct field *there = find(fields, key->text);

	if (!is_key(key->text))
		return refuse(maker, key->span, _("this is no key for a field"),
			      _("take small letters a-z, digits and _, 2 to 40 "
				"of them, a letter first"));
	if (is_part && !check_part(maker, row))
		return false;
	if (is_part && there != NULL)
		return refuse(maker, key->span,
			      _("two fields of the record have this key"),
			      _("remove one of them"));
	return there == NULL ? add_field(maker, fields, row)
			     : refine_field(maker, there, row);
}

bool type_fields_add(struct type_maker *maker, const struct yaml_node *rows)
{
	bool ok = true;

	for (size_t i = 0; i < rows->count; i++) {
		if (maker->fields.count >= TYPE_FIELD_LIMIT)
			return refuse(maker, rows->items[i].span,
				      _("a type has at most 200 fields"),
				      _("remove fields that no page shows"));
		ok &= read_row(maker, &maker->fields, &rows->items[i], false);
	}
	return ok;
}
