/*
 * Rules are rows of the type's file and not code: needs, excludes, orders. One
 * loop goes over them when all values are typed, so a new rule of a type is a
 * line of YAML. A message points at the value that an editor would change,
 * which is seldom the one that is missing.
 */
#include "library/front_matter_rules.h"

#include "library/field_check.h"

static const char *example_of(const struct field *field)
{
	return field->example != NULL ? field->example : "…";
}

/* Whoever follows it to the letter must not write the key a second time. */
static void help_value(struct diag_list *diags, struct diag *diag,
		       const struct field *field, struct span key_span)
{
	diag_help(diags, diag,
		  key_span.end > 0
			  ? _("write a value behind it, such as: %s: %s")
			  : _("add a line such as: %s: %s"),
		  field->key, example_of(field));
}

bool front_matter_report_missing(const struct field *field,
				 struct span key_span, struct span head,
				 struct diag_list *diags)
{
	bool is_empty = key_span.end > 0;
	struct diag *diag =
		diag_error(diags, is_empty ? key_span : head, "field-missing",
			   is_empty ? _("the field \"%s\" (%s) has no value")
				    : _("the field \"%s\" (%s) is missing"),
			   field->key, field->label);

	help_value(diags, diag, field, key_span);
	return diag_is_lowered(diag);
}

/* Nobody sees it, and it is written to be filled in. */
static bool is_draft(const struct front_matter *matter)
{
	return str_equal_c(front_matter_get(matter, MEANS_STATUS)->text,
			   "draft");
}

static void warn_draft(const struct field *field, struct span key_span,
		       struct span head, struct diag_list *diags)
{
	help_value(diags,
		   diag_warning(diags, key_span.end > 0 ? key_span : head,
				"draft-incomplete",
				_("the draft still needs “%s” (%s)"),
				field->key, field->label),
		   field, key_span);
}

/* An empty value is the better place to point at. */
static struct span place_of(const struct field_value *value, struct span head)
{
	return value->key_span.end > 0 ? value->key_span : head;
}

/* What no page can do without: its name, its time, what it is. */
static bool is_vital(const struct field *field)
{
	return field->meaning == MEANS_TITLE || field->meaning == MEANS_DATE ||
	       field->meaning == MEANS_TYPE;
}

/* A field of the same meaning does as well: `image:` for a banner. */
static bool is_there(const struct front_matter *matter,
		     const struct field *field, const struct field_value *value)
{
	return value->node != NULL ||
	       (field->meaning != MEANS_NOTHING &&
		front_matter_get(matter, field->meaning)->node != NULL);
}

bool front_matter_check_required(const struct front_matter *matter,
				 const struct yaml_node *unknown,
				 struct span head, struct diag_list *diags)
{
	const struct resource_type *type = matter->type;
	bool may_wait = is_draft(matter);
	bool ok = true;

	for (size_t i = 0; i < type->field_count; i++) {
		const struct field_value *value = &matter->values[i];
		const struct field *field = &type->fields[i];

		if (!field->required || is_there(matter, field, value))
			continue;
		if (field_is_meant(type->fields, field, unknown))
			ok = false;
		else if (may_wait && !is_vital(field))
			warn_draft(field, value->key_span, head, diags);
		else
			ok &= front_matter_report_missing(
				      field, value->key_span, head, diags) &&
			      !is_vital(field);
	}
	return ok;
}

/* A rule that holds for this front matter: what it says of what. */
struct case_of_rule {
	const struct front_matter *matter;
	const struct field_rule *rule;
	const struct field *field;
	const struct field *other;
	const struct field_value *value;
	const struct field_value *other_value;
	const char *meant; /* the value that makes it hold, or NULL: any */
	struct span head;
	struct diag_list *diags;
};

static bool check_need(const struct case_of_rule *at)
{
	struct diag *diag;

	if (at->other_value->node != NULL)
		return true;
	if (is_draft(at->matter)) {
		warn_draft(at->other, at->other_value->key_span, at->head,
			   at->diags);
		return true;
	}
	if (at->meant != NULL)
		diag = diag_error(at->diags,
				  place_of(at->other_value, at->head),
				  "field-missing",
				  _("the field \"%s\" (%s) is missing: %s: %s "
				    "needs it"),
				  at->other->key, at->other->label,
				  at->field->key, at->meant);
	else
		diag = diag_error(at->diags,
				  place_of(at->other_value, at->head),
				  "field-missing",
				  _("the field \"%s\" (%s) is missing: \"%s\" "
				    "(%s) needs it"),
				  at->other->key, at->other->label,
				  at->field->key, at->field->label);
	help_value(at->diags, diag, at->other, at->other_value->key_span);
	return diag_is_lowered(diag);
}

static bool check_exclusion(const struct case_of_rule *at)
{
	struct span span = at->other_value->key_span;
	struct diag *diag;

	if (at->other_value->node == NULL)
		return true;
	if (at->meant != NULL)
		diag = diag_error(at->diags, span, "field-conflict",
				  _("\"%s\" cannot stand beside %s: %s"),
				  at->other->key, at->field->key, at->meant);
	else
		diag = diag_error(at->diags, span, "field-conflict",
				  _("\"%s\" cannot stand beside \"%s\""),
				  at->other->key, at->field->key);
	if (at->rule->instead != NULL)
		diag_help(at->diags, diag, _("remove \"%s\", or write %s: %s"),
			  at->other->key, at->field->key, at->rule->instead);
	else
		diag_help(at->diags, diag, _("remove one of the two"));
	return diag_is_lowered(diag);
}

static bool is_later(struct moment a, struct moment b)
{
	if (a.has_time && b.has_time)
		return moment_compare(a, b) > 0;
	return date_compare(moment_date(a), moment_date(b)) > 0;
}

static bool check_numbers(const struct case_of_rule *at)
{
	struct diag *diag;

	if (at->value->number <= at->other_value->number)
		return true;
	diag = diag_error(at->diags, at->value->node->span, "field-order",
			  _("\"%s\" (%s) is more than \"%s\" (%s), %.*s"),
			  at->field->key, at->field->label, at->other->key,
			  at->other->label,
			  STR_ARG(at->other_value->node->text));
	diag_help(at->diags, diag, _("\"%s\" is at most \"%s\""),
		  at->field->key, at->other->key);
	return diag_is_lowered(diag);
}

/* Days when either is a day. */
static bool check_order(const struct case_of_rule *at)
{
	struct diag *diag;

	if (at->other_value->node == NULL)
		return true;
	if (at->field->kind == FIELD_NUMBER)
		return check_numbers(at);
	if (!is_later(at->value->moment, at->other_value->moment))
		return true;
	diag = diag_error(at->diags, at->value->node->span, "field-order",
			  _("\"%s\" (%s) is later than \"%s\" (%s), %.*s"),
			  at->field->key, at->field->label, at->other->key,
			  at->other->label,
			  STR_ARG(at->other_value->node->text));
	diag_help(at->diags, diag, _("correct one of the two dates"));
	return diag_is_lowered(diag);
}

static bool (*const checks[])(const struct case_of_rule *at) = {
	[FIELD_RULE_NEEDS] = check_need,
	[FIELD_RULE_EXCLUDES] = check_exclusion,
	[FIELD_RULE_ORDER] = check_order,
};

/* Whether the field has one of the rule's values, and which. */
static bool applies(struct case_of_rule *at)
{
	const char *const *values = at->rule->values;

	at->meant = NULL;
	if (at->value->node == NULL)
		return false;
	if (values == NULL)
		return true;
	while (*values != NULL && !str_equal_c(at->value->node->text, *values))
		values++;
	at->meant = *values;
	return at->meant != NULL;
}

bool front_matter_check_rules(const struct front_matter *matter,
			      struct span head, struct diag_list *diags)
{
	const struct resource_type *type = matter->type;
	bool ok = true;

	for (size_t i = 0; i < type->rule_count; i++) {
		const struct field_rule *rule = &type->rules[i];
		struct case_of_rule at = {
			.matter = matter,
			.rule = rule,
			.field = &type->fields[rule->field],
			.other = &type->fields[rule->other],
			.value = &matter->values[rule->field],
			.other_value = &matter->values[rule->other],
			.head = head,
			.diags = diags,
		};

		if (applies(&at))
			ok &= checks[rule->kind](&at);
	}
	return ok;
}
