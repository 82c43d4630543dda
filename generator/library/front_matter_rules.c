#include "library/front_matter_rules.h"

/* When `key` has the value `value`, `needed` must be there. */
static const struct {
	const char *key;
	const char *value;
	const char *needed;
} needs[] = {
	{ "origin", "reprint", "source_url" },
	{ "status", "archived", "archived_on" },
	{ "notice_kind", "公示", "valid_from" },
	{ "notice_kind", "公示", "valid_to" },
	{ "notice_kind", "公示", "objection_channel" },
	{ "validity", "已废止", "repealed_on" },
	{ "online", "true", "online_url" },
};

/* When `key` has the value `value`, `other` must not be there. */
static const struct {
	const char *key;
	const char *value;
	const char *other;
} exclusions[] = {
	{ "status", "draft", "archived_on" },
	{ "status", "in_review", "archived_on" },
	{ "status", "withdrawn", "archived_on" },
};

/* `earlier` must not be later than `later`; days when either is a day. */
static const struct {
	const char *earlier;
	const char *later;
} orders[] = {
	{ "written_on", "date" },
	{ "written_on", "repealed_on" },
	{ "written_on", "valid_until" },
	{ "effective_on", "valid_until" },
	{ "effective_on", "repealed_on" },
	{ "valid_from", "valid_to" },
	{ "date", "archived_on" },
	{ "date", "expires_on" },
	{ "date", "updated" },
	{ "publish_at", "expires_on" },
	{ "appointed_on", "left_on" },
	{ "opened_on", "ended_on" },
};

void front_matter_report_missing(const struct field *field, struct span place,
				 struct diag_list *diags)
{
	struct diag *diag = diag_error(diags, place, "field-missing",
				       _("the field \"%s\" (%s) is missing"),
				       field->key, field->label);

	diag_help(diags, diag, _("add a line such as: %s: %s"), field->key,
		  field->example != NULL ? field->example : "…");
}

/* An empty value is the better place to point at. */
static struct span place_of(const struct field_value *value, struct span head)
{
	return value->key_span.end > 0 ? value->key_span : head;
}

bool front_matter_check_required(const struct front_matter *matter,
				 struct span head, struct diag_list *diags)
{
	uint32_t type = FIELD_TYPE(matter->type);
	bool ok = true;

	for (size_t i = 0; i < field_count; i++) {
		const struct field_value *value = &matter->values[i];

		if ((field_table[i].required & type) == 0 ||
		    value->node != NULL)
			continue;
		front_matter_report_missing(&field_table[i],
					    place_of(value, head), diags);
		ok = false;
	}
	return ok;
}

static bool has_value(const struct field_value *value, const char *text)
{
	return value->node != NULL && str_equal_c(value->node->text, text);
}

static bool check_needs(const struct front_matter *matter, struct span head,
			struct diag_list *diags)
{
	bool ok = true;

	for (size_t i = 0; i < COUNT_OF(needs); i++) {
		const struct field *field;
		const struct field_value *value;
		struct diag *diag;

		if (!has_value(front_matter_get(matter, needs[i].key),
			       needs[i].value))
			continue;
		field = &field_table[field_number(needs[i].needed)];
		value = &matter->values[field - field_table];
		if (value->node != NULL)
			continue;
		ok = false;
		diag = diag_error(diags, place_of(value, head), "field-missing",
				  _("the field \"%s\" (%s) is missing: %s: %s "
				    "needs it"),
				  field->key, field->label, needs[i].key,
				  needs[i].value);
		diag_help(diags, diag, _("add a line such as: %s: %s"),
			  field->key,
			  field->example != NULL ? field->example : "…");
	}
	return ok;
}

static bool check_exclusions(const struct front_matter *matter,
			     struct diag_list *diags)
{
	bool ok = true;

	for (size_t i = 0; i < COUNT_OF(exclusions); i++) {
		const struct field_value *other =
			front_matter_get(matter, exclusions[i].other);
		struct diag *diag;

		if (other->node == NULL ||
		    !has_value(front_matter_get(matter, exclusions[i].key),
			       exclusions[i].value))
			continue;
		ok = false;
		diag = diag_error(diags, other->key_span, "field-conflict",
				  _("\"%s\" cannot stand beside %s: %s"),
				  exclusions[i].other, exclusions[i].key,
				  exclusions[i].value);
		diag_help(diags, diag,
			  _("remove \"%s\", or write %s: archived"),
			  exclusions[i].other, exclusions[i].key);
	}
	return ok;
}

static bool is_later(struct moment a, struct moment b)
{
	if (a.has_time && b.has_time)
		return moment_compare(a, b) > 0;
	return date_compare(moment_date(a), moment_date(b)) > 0;
}

static bool check_orders(const struct front_matter *matter,
			 struct diag_list *diags)
{
	bool ok = true;

	for (size_t i = 0; i < COUNT_OF(orders); i++) {
		const struct field_value *earlier =
			front_matter_get(matter, orders[i].earlier);
		const struct field_value *later =
			front_matter_get(matter, orders[i].later);
		struct diag *diag;

		if (earlier->node == NULL || later->node == NULL ||
		    !is_later(earlier->moment, later->moment))
			continue;
		ok = false;
		diag = diag_error(
			diags, earlier->node->span, "field-order",
			_("\"%s\" (%s) is later than \"%s\" (%s), %.*s"),
			orders[i].earlier,
			field_table[field_number(orders[i].earlier)].label,
			orders[i].later,
			field_table[field_number(orders[i].later)].label,
			STR_ARG(later->node->text));
		diag_help(diags, diag, _("correct one of the two dates"));
	}
	return ok;
}

static bool check_days(const struct front_matter *matter,
		       struct diag_list *diags)
{
	const struct field_value *promised =
		front_matter_get(matter, "promised_days");
	const struct field_value *legal =
		front_matter_get(matter, "legal_days");
	struct diag *diag;

	if (promised->node == NULL || legal->node == NULL ||
	    promised->number <= legal->number)
		return true;
	diag = diag_error(diags, promised->node->span, "field-order",
			  _("the promised time (承诺时限) of %.*s days is "
			    "longer than the legal one (法定时限) of %.*s"),
			  STR_ARG(promised->node->text),
			  STR_ARG(legal->node->text));
	diag_help(diags, diag,
		  _("\"promised_days\" is at most \"legal_days\""));
	return false;
}

bool front_matter_check_rules(const struct front_matter *matter,
			      struct span head, struct diag_list *diags)
{
	bool ok = check_needs(matter, head, diags);

	ok &= check_exclusions(matter, diags);
	ok &= check_orders(matter, diags);
	ok &= check_days(matter, diags);
	return ok;
}
