/* Where texts are taken from (rules.md R-SRC-02). */
#include "audit/rule.h"

rule_function rule_source_unlisted;

static bool is_listed(const struct source_book *book, str name)
{
	for (size_t i = 0; i < book->names.count; i++)
		if (str_equal(name, book->names.items[i]))
			return true;
	for (size_t i = 0; i < book->endings.count; i++)
		if (str_ends_with(name, book->endings.items[i]))
			return true;
	return false;
}

void rule_source_unlisted(const struct rule_input *input,
			  struct finding_log *log)
{
	str name = str_trim(input->resource->source_name);

	if (!input->resource->is_reprint || name.len == 0 ||
	    is_listed(&input->book->sources, name))
		return;
	diag_help(log->diags,
		  finding_add(log, rule_place(input, name),
			      _("“%.*s” is not listed as a source that texts "
				"may be taken from"),
			      STR_ARG(name)),
		  "%s",
		  _("take texts from Party and government platforms, or have "
		    "the source listed in sites/rules/sources.yaml"));
}
