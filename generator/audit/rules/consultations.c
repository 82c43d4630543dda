/* What becomes of a consultation when it is over (rules.md R-INT-15). */
#include "audit/rule.h"

rule_function rule_result_missing;

void rule_result_missing(const struct rule_input *input,
			 struct finding_log *log)
{
	const struct resource *resource = input->resource;
	uint32_t limit = rule_book_limit(input->book, LIMIT_RESULT_DAYS);
	struct buf day;

	if (!resource->closes_on.is_set || resource->feedback_on.is_set ||
	    resource->result.len > 0 ||
	    date_days_between(moment_date(resource->closes_on), input->today) <=
		    limit)
		return;
	buf_init(&day, input->arena);
	(void)!moment_format(&day, resource->closes_on, STR("%Y-%m-%d"));
	diag_help(log->diags,
		  finding_add(log, resource->title_span,
			      _("the consultation closed on %.*s, and %u days "
				"later there is no result"),
			      STR_ARG(buf_str(&day)), limit),
		  "%s",
		  _("fill in “feedback_on:”, or name the text that tells the "
		    "result in “feedback_id:”"));
}
