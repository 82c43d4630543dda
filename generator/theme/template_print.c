#include "theme/template_print.h"

enum {
	KINDS_PLAIN = 1u << VALUE_NONE | 1u << VALUE_TEXT | 1u << VALUE_URL |
		      1u << VALUE_NUMBER | 1u << VALUE_TRUTH |
		      1u << VALUE_MOMENT,
	KINDS_ADDRESS = 1u << VALUE_NONE | 1u << VALUE_URL | 1u << VALUE_NUMBER,
	KINDS_MARKUP = 1u << VALUE_NONE | 1u << VALUE_HTML,
};

unsigned template_printable(const struct node *node)
{
	if (node->is_raw)
		return KINDS_MARKUP;
	return node->context == PRINT_URL ? KINDS_ADDRESS : KINDS_PLAIN;
}

void template_report_kind(const struct template *template,
			  const struct node *node, enum value_kind kind,
			  struct diag_list *diags)
{
	struct span span = node_span(template, node);
	str name = node->text;
	struct diag *diag;

	if (kind == VALUE_LIST || kind == VALUE_OBJECT) {
		diag = diag_error(diags, span, "template-kind",
				  _("\"%.*s\" is %s and cannot be printed"),
				  STR_ARG(name), value_kind_name(kind));
		diag_help(diags, diag,
			  _("open it with {{#%.*s}} and print what is in it"),
			  STR_ARG(name));
	} else if (node->is_raw) {
		diag = diag_error(diags, span, "template-markup",
				  _("\"%.*s\" is %s; three braces and & are "
				    "for markup only"),
				  STR_ARG(name), value_kind_name(kind));
		diag_help(diags, diag, _("write {{%.*s}}"), STR_ARG(name));
	} else if (kind == VALUE_HTML) {
		diag = diag_error(diags, span, "template-markup",
				  _("\"%.*s\" is markup"), STR_ARG(name));
		diag_help(diags, diag,
			  _("write {{{%.*s}}} with three braces, in text"),
			  STR_ARG(name));
	} else {
		diag = diag_error(diags, span, "template-url",
				  _("\"%.*s\" is %s and not an address"),
				  STR_ARG(name), value_kind_name(kind));
		diag_help(diags, diag,
			  _("write {{%.*s | url}} to make it a part of one"),
			  STR_ARG(name));
	}
}

void template_report_unknown(const struct template *template, str part,
			     const str *names, size_t count,
			     struct diag_list *diags)
{
	struct diag *diag = diag_error(
		diags, span_of_part(&template->source, part),
		"template-unknown", _("unknown name \"%.*s\""), STR_ARG(part));
	str nearest = str_nearest(part, names, count);

	if (nearest.len > 0)
		diag_help(diags, diag, _("did you mean \"%.*s\"?"),
			  STR_ARG(nearest));
}

str template_path_part(const struct node *node, size_t number)
{
	str rest = node->text;
	str part = rest;

	for (size_t i = 0; i <= number; i++)
		if (!str_split_next(&rest, '.', &part))
			return node->text;
	return part;
}
