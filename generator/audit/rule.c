/*
 * The loop around the table of rules. Which subjects there are and what they
 * are made from is known here; what is wrong with one, a rule knows alone.
 */
#include "audit/rule.h"

#include <stdarg.h>
#include <stdio.h>

#define RULE(id, scope, level, when, function, ...)                            \
	rule_function rule_##function;
#include "base/rule_rows.h"
#undef RULE

#define RULE(id, scope, level, when, function, cost, flags, basis, title)      \
	{ id,	 RULE_##scope, DIAG_##level, RULE_##when, rule_##function,     \
	  basis, title },
const struct rule rules[] = {
#include "base/rule_rows.h"
};
#undef RULE

const size_t rule_count = COUNT_OF(rules);

const char *rule_scope_name(enum rule_scope scope)
{
	static const char *const names[] = {
		[RULE_RESOURCE] = N_("a resource"),
		[RULE_COLUMN] = N_("a column"),
		[RULE_SITE] = N_("a site"),
		[RULE_PAGE] = N_("a page"),
		[RULE_CLUSTER] = N_("the cluster"),
	};

	return _(names[scope]);
}

struct diag *finding_add(struct finding_log *log, struct span span,
			 const char *format, ...)
{
	char text[DIAG_TEXT_LIMIT];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	return log->rule->level == DIAG_WARNING
		       ? diag_warning(log->diags, span, log->rule->id, "%s",
				      text)
		       : diag_error(log->diags, span, log->rule->id, "%s",
				    text);
}

void rules_judge_subject(struct rule_run *run, enum rule_scope scope,
			 struct diag_list *diags)
{
	for (size_t i = 0; i < rule_count; i++) {
		struct finding_log log = { &rules[i], diags };

		if (rules[i].scope != scope ||
		    (!run->is_check && !(rules[i].when & RULE_BUILD)))
			continue;
		run->judged++;
		rules[i].judge(&run->input, &log);
	}
}

static bool has_rules(const struct rule_run *run, enum rule_scope scope)
{
	for (size_t i = 0; i < rule_count; i++)
		if (rules[i].scope == scope &&
		    (run->is_check || rules[i].when & RULE_BUILD))
			return true;
	return false;
}

static void judge_columns(struct rule_run *run, struct diag_list *diags)
{
	const struct page_plan *plan = run->input.plan;

	for (size_t i = 0; i < plan->count; i++) {
		const struct site *site = plan->sites[i].site;

		run->input.site = &plan->sites[i];
		for (size_t k = 0; k < site->column_count; k++) {
			run->input.column = &site->columns[k];
			rules_judge_subject(run, RULE_COLUMN, diags);
			arena_reset(run->input.arena);
		}
	}
	run->input.site = NULL;
	run->input.column = NULL;
}

static void judge_resources(struct rule_run *run, struct diag_list *diags)
{
	const struct arrangement *arrangement = run->input.plan->arrangement;

	for (uint32_t i = 0; i < arrangement->catalog->count; i++) {
		if (!arrangement_has_page(arrangement, i))
			continue;
		run->input.resource = i;
		rules_judge_subject(run, RULE_RESOURCE, diags);
		arena_reset(run->input.arena);
	}
	run->input.resource = RESOURCE_NONE;
}

void rules_judge_library(struct rule_run *run, struct diag_list *diags)
{
	run->input.resource = RESOURCE_NONE;
	if (has_rules(run, RULE_RESOURCE))
		judge_resources(run, diags);
	if (has_rules(run, RULE_COLUMN))
		judge_columns(run, diags);
	rules_judge_subject(run, RULE_CLUSTER, diags);
	arena_reset(run->input.arena);
}
