/* Links of a text that do not say where they lead (rules.md R-LINK-07). */
#include "audit/rule.h"
#include "base/unicode.h"

rule_function rule_link_unclear;

static bool is_sign(uint32_t point)
{
	return unicode_is_opening(point) || unicode_is_closing(point) ||
	       point == ' ' || point == '.' || point == '>' || point == ':' ||
	       point == 0xff1a /* ： */ || point == 0x3002 /* 。 */ ||
	       point == 0x2192 /* → */ || point == 0x00bb /* » */;
}

/* What is left of a text without the signs around it. */
static str without_signs(str text)
{
	size_t start = STR_NONE;
	size_t end = 0;

	for (size_t at = 0; at < text.len;) {
		size_t before = at;

		if (is_sign(unicode_next(text, &at)))
			continue;
		start = start == STR_NONE ? before : start;
		end = at;
	}
	return start == STR_NONE ? STR("") : str_between(text, start, end);
}

static bool is_vague(const struct text_list *words, str text)
{
	for (size_t i = 0; i < words->count; i++)
		if (str_equal_ignoring_case(words->items[i], text))
			return true;
	return text.len == 0;
}

static struct diag *tell(const struct rule_input *input,
			 struct finding_log *log, str address, str text)
{
	struct span span = rule_place(input, address);

	return text.len == 0
		       ? finding_add(log, span, "%s", _("the link has no text"))
		       : finding_add(log, span,
				     _("the text of the link, “%.*s”, does not "
				       "say where it leads"),
				     STR_ARG(text));
}

void rule_link_unclear(const struct rule_input *input, struct finding_log *log)
{
	str rest = input->text->extract(input->text->context)->links;
	str address, text;

	while (extract_next_link(&address, &text, &rest)) {
		if (!is_vague(&input->book->sources.vague_links,
			      without_signs(text)))
			continue;
		diag_help(log->diags, tell(input, log, address, text), "%s",
			  _("write what stands behind it: [春季招生办法](…)"));
	}
}
