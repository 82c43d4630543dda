/* Rows of `needs:`, `excludes:` and `orders:` to struct field_rule. */
#include "library/type_maker.h"

#include "library/field_check.h"

static const char *const other_keys[] = {
	[FIELD_RULE_NEEDS] = "needs",
	[FIELD_RULE_EXCLUDES] = "excludes",
	[FIELD_RULE_ORDER] = "at_most",
};

static const struct field *field_at(const struct type_maker *maker,
				    uint16_t number)
{
	return &((const struct field *)maker->fields.items)[number];
}

/* A value that the field can never have would be a rule that never holds. */
static bool can_have(const struct field *field, str value)
{
	if (field->kind == FIELD_TRUTH)
		return str_equal_c(value, "true") ||
		       str_equal_c(value, "false");
	if (field->kind != FIELD_CHOICE || field->choices == NULL)
		return true;
	for (size_t i = 0; field->choices[i] != NULL; i++)
		if (str_equal_c(value, field->choices[i]))
			return true;
	return false;
}

static bool refuse_value(struct type_maker *maker, const struct field *field,
			 const struct yaml_node *node)
{
	struct diag *diag = diag_error(maker->diags, node->span, "type-rule",
				       _("“%s” never has the value “%.*s”"),
				       field->key, STR_ARG(node->text));

	diag_help(maker->diags, diag, _("take one of its choices"));
	return false;
}

static bool read_values(struct field_rule *rule, struct type_maker *maker,
			const struct yaml_node *row)
{
	const struct yaml_node *node = yaml_get(row, STR("is"));
	const struct yaml_node *instead = yaml_get(row, STR("instead"));
	const struct field *field = field_at(maker, rule->field);
	const char **values;

	if (instead != NULL)
		rule->instead = arena_c_string(maker->arena, instead->text);
	if (node == NULL)
		return true;
	values = arena_array(maker->arena, type_item_count(node) + 1,
			     sizeof(*values));
	for (size_t i = 0; i < type_item_count(node); i++) {
		const struct yaml_node *item = type_item(node, i);

		if (!can_have(field, item->text))
			return refuse_value(maker, field, item);
		values[i] = arena_c_string(maker->arena, item->text);
	}
	rule->values = values;
	return true;
}

static bool is_day(enum field_kind kind)
{
	return kind == FIELD_DATE || kind == FIELD_MOMENT;
}

static bool check_order(struct type_maker *maker, const struct field_rule *rule,
			const struct yaml_node *row)
{
	enum field_kind left = field_at(maker, rule->field)->kind;
	enum field_kind right = field_at(maker, rule->other)->kind;
	struct diag *diag;

	if ((is_day(left) && is_day(right)) ||
	    (left == FIELD_NUMBER && right == FIELD_NUMBER))
		return true;
	diag = diag_error(maker->diags, row->span, "type-rule",
			  _("only two dates or two numbers have an order"));
	diag_help(maker->diags, diag, _("remove the rule"));
	return false;
}

static bool add_rule(struct type_maker *maker, const struct field_rule *rule,
		     const struct yaml_node *other, const struct yaml_node *row)
{
	struct field_rule made = *rule;

	if (!type_maker_find(&made.other, maker, other) ||
	    (rule->kind == FIELD_RULE_ORDER && !check_order(maker, &made, row)))
		return false;
	*(struct field_rule *)list_add(&maker->rules, maker->arena) = made;
	return true;
}

static bool read_row(struct type_maker *maker, enum rule_kind kind,
		     const struct yaml_node *row)
{
	const struct yaml_node *others =
		yaml_get(row, str_from_c(other_keys[kind]));
	struct field_rule rule = { .kind = kind };
	bool ok = true;

	if (!type_maker_find(&rule.field, maker, yaml_get(row, STR("field"))) ||
	    !read_values(&rule, maker, row))
		return false;
	for (size_t i = 0; i < type_item_count(others); i++)
		ok &= add_rule(maker, &rule, type_item(others, i), row);
	return ok;
}

static bool has_room(struct type_maker *maker, enum rule_kind kind,
		     const struct yaml_node *row)
{
	const struct yaml_node *others =
		yaml_get(row, str_from_c(other_keys[kind]));
	struct diag *diag;

	if (type_item_count(others) <= TYPE_RULE_LIMIT - maker->rules.count)
		return true;
	diag = diag_error(maker->diags, row->span, "type-rule",
			  _("a type has at most %d rules"), TYPE_RULE_LIMIT);
	diag_help(maker->diags, diag, _("remove rules that say the same"));
	return false;
}

bool type_rules_add(struct type_maker *maker, enum rule_kind kind,
		    const struct yaml_node *rows)
{
	bool ok = true;

	for (size_t i = 0; rows != NULL && i < rows->count; i++) {
		if (!has_room(maker, kind, &rows->items[i]))
			return false;
		ok &= read_row(maker, kind, &rows->items[i]);
	}
	return ok;
}
