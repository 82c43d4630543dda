/*
 * What a column says of itself: a name that everybody understands, what a
 * channel for citizens is for, and no column too deep to be found (rules.md
 * R-A11Y-09, R-INT-20, R-NAV-02).
 */
#include "audit/rule.h"
#include "base/unicode.h"

rule_function rule_column_jargon, rule_column_levels, rule_column_unexplained;

void rule_column_jargon(const struct rule_input *input, struct finding_log *log)
{
	const struct column *column = input->column;
	str word =
		text_list_word_in(&input->book->sources.jargon, column->name);

	if (word.len == 0)
		return;
	diag_help(log->diags,
		  finding_add(log, column->span,
			      _("the name “%.*s” has a word that not "
				"everybody understands: %.*s"),
			      STR_ARG(column->name), STR_ARG(word)),
		  "%s", _("say plainly what is in the column"));
}

static bool is_channel(const struct column *column)
{
	return column->has_query && !column->is_archived &&
	       (column->class_number == CLASS_MESSAGE ||
		column->class_number == CLASS_CONSULT ||
		column->class_number == CLASS_SURVEY ||
		column->class_number == CLASS_INTERVIEW);
}

void rule_column_unexplained(const struct rule_input *input,
			     struct finding_log *log)
{
	const struct column *column = input->column;
	uint32_t least =
		rule_book_limit(input->book, LIMIT_DESCRIPTION_CHARACTERS);

	if (!is_channel(column) || unicode_count(column->description) >= least)
		return;
	diag_help(log->diags,
		  finding_add(log, column->span,
			      _("“%.*s” does not say what it is for and how "
				"to take part"),
			      STR_ARG(column->name)),
		  "%s", _("say it in “description:” of the column"));
}

/* The home page is the first level, a text one more than its column. */
void rule_column_levels(const struct rule_input *input, struct finding_log *log)
{
	const struct column *column = input->column;
	size_t levels = column->depth + 3;
	uint32_t most = rule_book_limit(input->book, LIMIT_COLUMN_LEVELS);

	if (!column->has_query || column->is_archived || levels <= most)
		return;
	diag_help(log->diags,
		  finding_add(log, column->span,
			      _("texts of “%.*s” are %zu levels from the home "
				"page; %u are the most"),
			      STR_ARG(column->name), levels, most),
		  "%s", _("put the column higher up"));
}
