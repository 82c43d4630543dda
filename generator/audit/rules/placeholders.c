/* Texts in which something is still to be written (rules.md R-TXT-09). */
#include "audit/rule.h"

rule_function rule_placeholder_text;

/*
 * Nothing that a finished text says. Signs in the place of digits are none:
 * with them names and numbers of persons are hidden.
 */
static const char *const placeholders[] = {
	"Lorem ipsum", "lorem ipsum", "此处填写",   "此处输入",
	"（待补充）",  "(待补充)",    "（待填写）", "(待填写)",
	"XXXX年",      "××××年",      "XX月XX日",   "××月××日",
};

void rule_placeholder_text(const struct rule_input *input,
			   struct finding_log *log)
{
	const struct extract *extract =
		input->text->extract(input->text->context);

	for (size_t i = 0; i < COUNT_OF(placeholders); i++) {
		str words = str_from_c(placeholders[i]);

		if (str_find(extract->body, words) == STR_NONE &&
		    str_find(extract->fields, words) == STR_NONE)
			continue;
		diag_help(log->diags,
			  finding_add(log,
				      input->text->find(input->text->context,
							words),
				      _("“%s” stands where something is still "
					"to be written"),
				      placeholders[i]),
			  "%s",
			  _("write what belongs there, or take the sentence "
			    "out"));
	}
}
