/*
 * Pictures: whose they are, and maps, which need an approval number (rules.md
 * R-SRC-04, E.8). A picture is a map when its file or its description says so.
 */
#include "audit/rule.h"
#include "base/unicode.h"

rule_function rule_image_rights, rule_map_number, rule_map_unapproved;

/* What a text says in the field, without blanks around; or empty. */
static str said(const struct rule_input *input, const char *key)
{
	const struct field_value *value = rule_field(input, str_from_c(key));

	return value == NULL || value->node == NULL ? STR("")
						    : str_trim(value->text);
}

static const struct extract *extract_of_text(const struct rule_input *input)
{
	return input->text->extract(input->text->context);
}

void rule_image_rights(const struct rule_input *input, struct finding_log *log)
{
	if ((input->resource->image.len == 0 &&
	     extract_of_text(input)->pictures.len == 0) ||
	    said(input, "image_rights").len > 0)
		return;
	diag_help(log->diags,
		  finding_add(log, input->resource->title_span,
			      _("it is not said whose the pictures are")),
		  "%s",
		  _("write who made them, or by whose leave they are shown: "
		    "“image_rights: 本单位拍摄”; for a whole folder in "
		    "_defaults.yaml"));
}

/* --- maps ----------------------------------------------------------------- */

static bool is_map(const struct rule_input *input, str name)
{
	const struct source_book *sources = &input->book->sources;

	return text_list_word_in(&sources->map_words, name).len > 0 &&
	       text_list_word_in(&sources->map_exceptions, name).len == 0;
}

/* The first name of a picture that is one of a map. */
static bool find_map(str *out, const struct rule_input *input)
{
	str rest = extract_of_text(input)->pictures;

	while (str_split_next(&rest, '\n', out))
		if (is_map(input, *out))
			return true;
	*out = str_file_name(input->resource->image);
	return is_map(input, *out);
}

void rule_map_unapproved(const struct rule_input *input,
			 struct finding_log *log)
{
	str name;

	if (!find_map(&name, input) || said(input, "map_approval_no").len > 0)
		return;
	diag_help(log->diags,
		  finding_add(log, rule_place(input, name),
			      _("“%.*s” is a map without an approval number"),
			      STR_ARG(name)),
		  "%s",
		  _("write the number that stands on it: “map_approval_no: "
		    "GS(2019)1234号”; a map without one may not be "
		    "published"));
}

static bool take_ideograph(str *rest)
{
	size_t at = 0;

	if (rest->len == 0 || !unicode_is_ideograph(unicode_next(*rest, &at)))
		return false;
	*rest = str_from(*rest, at);
	return true;
}

/* GS(2019)1234号, GS京(2022)0001号, 陕S(2023)012号 (rules.md J.5) */
static bool is_approval_number(str text)
{
	enum { LEAST = 3, MOST = 6, YEAR = 4 };
	size_t digits;

	if (str_take(&text, STR("GS")))
		(void)!take_ideograph(&text);
	else if (!take_ideograph(&text) || !str_take(&text, STR("S")))
		return false;
	if ((!str_take(&text, STR("(")) && !str_take(&text, STR("（"))) ||
	    str_take_digits(&text).len != YEAR ||
	    (!str_take(&text, STR(")")) && !str_take(&text, STR("）"))))
		return false;
	digits = str_take_digits(&text).len;
	return digits >= LEAST && digits <= MOST && str_equal_c(text, "号");
}

void rule_map_number(const struct rule_input *input, struct finding_log *log)
{
	str number = said(input, "map_approval_no");

	if (number.len == 0 || is_approval_number(number))
		return;
	diag_help(log->diags,
		  finding_add(log, rule_place(input, number),
			      _("“%.*s” has not the form of an approval "
				"number of a map"),
			      STR_ARG(number)),
		  "%s", _("it reads GS(2019)1234号 or 陕S(2023)012号"));
}
