/* The proof of article 13 as a rule; how it goes is in audit/column_sets.c. */
#include "audit/column_sets.h"
#include "audit/rule.h"

rule_function rule_column_sets;

void rule_column_sets(const struct rule_input *input, struct finding_log *log)
{
	const struct column_sets_options options = {
		.plan = input->site_plan,
		.sets = input->facts->sets,
		.read = input->facts->read_page,
		.is_kept = input->facts->is_kept,
		.context = input->facts->context,
		.notes = input->facts->notes,
	};

	/* what differs, and whether a page cannot be read, is in the log */
	(void)!column_sets_check(&options, input->arena, log->diags);
}
