/*
 * What belongs to a policy, the parts of 政府信息公开, and texts that have had
 * their day (rules.md E.3, E.2).
 */
#include "audit/rule.h"

rule_function rule_disclosure_parts, rule_figures_old, rule_interpretation_late,
	rule_policy_unexplained, rule_review_overdue, rule_topic_ended;

/* --- policies ------------------------------------------------------------- */

typedef void policy_judge(const struct rule_input *input,
			  const struct resource *policy,
			  struct finding_log *log);

static void each_major_policy(const struct rule_input *input,
			      policy_judge *judge, struct finding_log *log)
{
	const struct arrangement *arrangement = input->plan->arrangement;
	const struct catalog *catalog = arrangement->catalog;
	struct resource resource;

	for (uint32_t i = 0; i < catalog->count; i++) {
		if (!resource_type_means(catalog_type(catalog, i),
					 MEANS_MAJOR) ||
		    !arrangement_has_page(arrangement, i))
			continue;
		catalog_get(&resource, catalog, i);
		if (resource.is_major)
			judge(input, &resource, log);
	}
}

static void judge_unexplained(const struct rule_input *input,
			      const struct resource *policy,
			      struct finding_log *log)
{
	if (relations_interpretations(&input->plan->relations, policy->number,
				      input->arena)
		    .count > 0)
		return;
	diag_help(log->diags,
		  finding_add(log, policy->title_span,
			      _("an important policy has no interpretation")),
		  "%s",
		  _("publish one: “type: interpretation”, “interprets: "
		    "[its id]”; both pages link to each other then"));
}

void rule_policy_unexplained(const struct rule_input *input,
			     struct finding_log *log)
{
	each_major_policy(input, judge_unexplained, log);
}

/* The first of them counts. */
static void judge_late(const struct rule_input *input,
		       const struct resource *policy, struct finding_log *log)
{
	const struct catalog *catalog = input->plan->arrangement->catalog;
	struct relation_list list = relations_interpretations(
		&input->plan->relations, policy->number, input->arena);
	uint32_t limit =
		rule_book_limit(input->book, LIMIT_INTERPRETATION_DAYS);
	struct resource first;
	int64_t days;

	if (list.count == 0)
		return;
	catalog_get(&first, catalog, list.items[list.count - 1]);
	days = date_days_between(moment_date(policy->date),
				 moment_date(first.date));
	if (days <= limit)
		return;
	diag_help(log->diags,
		  finding_add(log, first.title_span,
			      _("the interpretation is %lld days later than "
				"its policy"),
			      (long long)days),
		  "%s", _("publish both together"));
}

void rule_interpretation_late(const struct rule_input *input,
			      struct finding_log *log)
{
	each_major_policy(input, judge_late, log);
}

/* --- 政府信息公开 ----------------------------------------------------------
 */

/* Any of these words in the name of a column is the part. */
static const struct {
	const char *name;
	const char *words[3];
} parts[] = {
	{ "政府信息公开指南", { "公开指南", NULL } },
	{ "政府信息公开制度", { "公开制度", NULL } },
	{ "法定主动公开内容", { "主动公开", "公开目录", NULL } },
	{ "政府信息公开年报", { "公开年报", "年度报告", NULL } },
	{ "依申请公开", { "依申请公开", NULL } },
};

static bool has_part(const struct site *site, size_t part)
{
	for (size_t i = 0; i < site->column_count; i++)
		for (const char *const *word = parts[part].words; *word != NULL;
		     word++)
			if (str_find(site->columns[i].name,
				     str_from_c(*word)) != STR_NONE)
				return true;
	return false;
}

void rule_disclosure_parts(const struct rule_input *input,
			   struct finding_log *log)
{
	const struct site *site = input->site;
	struct buf missing;

	if (site->state != STATE_LIVE || site->kind == KIND_FOREIGN)
		return;
	buf_init(&missing, input->arena);
	for (size_t i = 0; i < COUNT_OF(parts); i++)
		if (!has_part(site, i))
			buf_printf(&missing, "%s%s",
				   missing.len > 0 ? "、" : "", parts[i].name);
	if (missing.len == 0)
		return;
	diag_help(log->diags,
		  finding_add(log, site->domain_span,
			      _("政府信息公开 has not all of its parts: %.*s"),
			      STR_ARG(buf_str(&missing))),
		  "%s", _("give each a column of that name"));
}

/* --- days of texts -------------------------------------------------------- */

static bool is_over(const struct rule_input *input,
		    const struct field_value *value)
{
	return value != NULL && value->node != NULL && value->moment.is_set &&
	       date_compare(moment_date(value->moment), input->today) < 0;
}

/* Texts that stand for long; news have no day of review. */
static bool is_lasting(const struct rule_input *input)
{
	return input->column->class_number == CLASS_STATIC ||
	       input->column->class_number == CLASS_KNOWLEDGE ||
	       input->column->class_number == CLASS_SERVICE;
}

void rule_review_overdue(const struct rule_input *input,
			 struct finding_log *log)
{
	const struct field_value *value;

	if (input->column == NULL || !is_lasting(input) ||
	    input->resource->archived_on.is_set)
		return;
	value = rule_field(input, STR("review_by"));
	if (!is_over(input, value))
		return;
	diag_help(log->diags,
		  finding_add(log, value->node->span,
			      _("the text was to be looked at again by this "
				"day")),
		  "%s",
		  _("see whether it still holds, then write the next day"));
}

/* Of a text that stands for long: a report of a year stays what it is. */
void rule_figures_old(const struct rule_input *input, struct finding_log *log)
{
	uint32_t limit = rule_book_limit(input->book, LIMIT_PROFILE_YEARS);
	const struct field_value *year;

	if (input->column == NULL ||
	    input->column->class_number != CLASS_STATIC ||
	    !rule_type_has(input, STR("data_year")) ||
	    input->resource->archived_on.is_set)
		return;
	year = rule_field(input, STR("data_year"));
	if (year == NULL || year->node == NULL ||
	    (int64_t)input->today.year - (int64_t)year->number <= limit)
		return;
	diag_help(log->diags,
		  finding_add(log, year->node->span,
			      _("the figures are of %lld; more than %u years "
				"is too old"),
			      (long long)year->number, limit),
		  "%s", _("write those of the last year"));
}

void rule_topic_ended(const struct rule_input *input, struct finding_log *log)
{
	const struct field_value *value;

	if (!rule_type_has(input, STR("ended_on")) ||
	    input->resource->archived_on.is_set)
		return;
	value = rule_field(input, STR("ended_on"));
	if (!is_over(input, value))
		return;
	diag_help(log->diags,
		  finding_add(log, value->node->span,
			      _("the topic has ended, and is not archived")),
		  "%s", _("jiyue archive does it; its address stays"));
}
