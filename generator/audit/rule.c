/*
 * The table of rules, and what goes through it for one subject. Which subjects
 * there are, audit/judge.c knows; what is wrong with one, a rule knows alone.
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
		[RULE_PAGES] = N_("the pages of a site"),
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

static bool is_chosen(const struct rule *rule, const struct rule_choice *choice)
{
	unsigned date = rule->when & RULE_DATED ? RULES_DATED : RULES_UNDATED;

	if (rule->scope != choice->scope || !(choice->dates & date))
		return false;
	return rule->when & RULE_BUILD ||
	       (rule->when & RULE_CHECK && choice->is_check) ||
	       ((rule->when & RULE_DAILY) == RULE_DAILY && choice->is_daily);
}

bool rules_has(const struct rule_choice *choice)
{
	for (size_t i = 0; i < rule_count; i++)
		if (is_chosen(&rules[i], choice))
			return true;
	return false;
}

size_t rules_judge(const struct rule_input *input,
		   const struct rule_choice *choice, struct diag_list *diags)
{
	size_t judged = 0;

	for (size_t i = 0; i < rule_count; i++) {
		struct finding_log log = { &rules[i], diags };

		if (!is_chosen(&rules[i], choice))
			continue;
		judged++;
		rules[i].judge(input, &log);
	}
	return judged;
}
