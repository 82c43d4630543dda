#include "report/annual_sums.h"

#include "library/field.h"

enum { PARTS_MOST = 4 };

/* Parts that are all there is of the whole, by the sections of rules.md F. */
static const struct {
	const char *whole;
	const char *parts[PARTS_MOST];
} sums[] = {
	{ "interp_total",
	  { "interp_material", "interp_product", "interp_comment" } },
	{ "cases_total", { "cases_person", "cases_legal" } },
	{ "sites_total",
	  { "sites_portal", "sites_department", "sites_county",
	    "sites_other" } },
	{ "checked_total",
	  { "checked_q1", "checked_q2", "checked_q3", "checked_q4" } },
	{ "failed_total",
	  { "failed_q1", "failed_q2", "failed_q3", "failed_q4" } },
	{ "jiucuo_received",
	  { "jiucuo_in_time", "jiucuo_late", "jiucuo_open" } },
};

static const struct sheet_column sum_columns[] = {
	{ .key = "site", .label = "站点", .is_short = true },
	{ .key = "part", .label = "项目" },
	{ .key = "part_value", .label = "数值", .is_number = true },
	{ .key = "relation", .label = "应", .is_short = true },
	{ .key = "whole", .label = "项目" },
	{ .key = "whole_value", .label = "数值", .is_number = true },
};

struct sheet_table *annual_sums_table(struct sheet *out)
{
	return sheet_add_table(out, "sums", "数字不相符之处", sum_columns,
			       COUNT_OF(sum_columns));
}

static void add_row(struct sheet *out, struct sheet_table *table,
		    const str cells[COUNT_OF(sum_columns)])
{
	for (size_t i = 0; i < COUNT_OF(sum_columns); i++)
		sheet_add_cell(out, table, cells[i]);
}

static void add_orders(struct sheet *out, struct sheet_table *table, str site,
		       const struct resource_type *type, const str *values)
{
	for (size_t i = 0; i < type->rule_count; i++) {
		const struct field_rule *rule = &type->rules[i];
		uint64_t part, whole;

		if (rule->kind != FIELD_RULE_ORDER ||
		    !str_to_u64(&part, values[rule->field]) ||
		    !str_to_u64(&whole, values[rule->other]) || part <= whole)
			continue;
		add_row(out, table,
			(const str[]){
				site,
				str_from_c(type->fields[rule->field].label),
				values[rule->field], STR("不大于"),
				str_from_c(type->fields[rule->other].label),
				values[rule->other] });
	}
}

/* What the parts come to, and their names; false when one is not known. */
static bool add_up(uint64_t *sum, str *names, size_t number,
		   const struct resource_type *type, const str *values,
		   struct arena *arena)
{
	struct buf joined;

	*sum = 0;
	buf_init(&joined, arena);
	for (size_t i = 0; i < PARTS_MOST && sums[number].parts[i] != NULL;
	     i++) {
		uint16_t field = resource_type_field(
			type, str_from_c(sums[number].parts[i]));
		uint64_t part;

		if (field == FIELD_NONE || !str_to_u64(&part, values[field]))
			return false;
		*sum += part;
		buf_printf(&joined, "%s%s", i > 0 ? " + " : "",
			   type->fields[field].label);
	}
	*names = buf_str(&joined);
	return true;
}

void annual_sums_add(struct sheet *out, struct sheet_table *table, str site,
		     const struct resource_type *type, const str *values)
{
	add_orders(out, table, site, type, values);
	for (size_t i = 0; i < COUNT_OF(sums); i++) {
		uint16_t field =
			resource_type_field(type, str_from_c(sums[i].whole));
		uint64_t whole, sum;
		str names;

		if (field == FIELD_NONE || !str_to_u64(&whole, values[field]) ||
		    !add_up(&sum, &names, i, type, values, out->arena) ||
		    sum == whole)
			continue;
		add_row(out, table,
			(const str[]){ site, names,
				       arena_printf(out->arena, "%llu",
						    (unsigned long long)sum),
				       STR("等于"),
				       str_from_c(type->fields[field].label),
				       values[field] });
	}
}
