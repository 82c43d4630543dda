/*
 * What stays of `style="…"`.
 *
 * A style says mostly how an old page looked, and a little of what its text
 * means: bold, struck, raised, centred, counted with letters. What means
 * something becomes what says it today (an element inside, a class of the
 * closed list, the type of a list); all else is told by its kind, so that
 * whoever pasted from a word processor is told once and not once a property.
 */
#include <string.h>

#include "markup/html_value.h"
#include "markup/html_writing.h"

const char *const html_style_elements[] = { "b", "i", "s", "u", "sup", "sub" };
const size_t html_style_element_count = COUNT_OF(html_style_elements);

enum { BOLD, ITALIC, STRUCK, UNDERLINED, RAISED, LOWERED };

static const struct {
	const char *property;
	const char *value; /* a word of it */
	unsigned element;  /* of html_style_elements */
} meanings[] = {
	{ "font-weight", "bold", BOLD },
	{ "font-weight", "bolder", BOLD },
	{ "font-weight", "600", BOLD },
	{ "font-weight", "700", BOLD },
	{ "font-weight", "800", BOLD },
	{ "font-weight", "900", BOLD },
	{ "font-style", "italic", ITALIC },
	{ "text-decoration", "line-through", STRUCK },
	{ "text-decoration-line", "line-through", STRUCK },
	{ "text-decoration", "underline", UNDERLINED },
	{ "text-decoration-line", "underline", UNDERLINED },
	{ "vertical-align", "super", RAISED },
	{ "vertical-align", "sub", LOWERED },
};

static bool has_meaning(struct html_writing *writing, str property, str value)
{
	bool found = false;
	str word;

	/* a heading is bold by itself */
	if (writing->element->content == HTML_VOID ||
	    str_starts_with(str_from_c(writing->element->name), STR("h")))
		return false;
	while (str_next_word(&value, &word))
		for (size_t i = 0; i < COUNT_OF(meanings); i++)
			if (str_equal_c(property, meanings[i].property) &&
			    str_equal_c(word, meanings[i].value)) {
				writing->out->inside |= 1u
							<< meanings[i].element;
				found = true;
			}
	return found;
}

static bool add_list_type(struct html_writing *writing, str value)
{
	static const struct {
		const char *value;
		const char *type;
	} rows[] = {
		{ "decimal", "1" },	{ "lower-alpha", "a" },
		{ "lower-latin", "a" }, { "upper-alpha", "A" },
		{ "upper-latin", "A" }, { "lower-roman", "i" },
		{ "upper-roman", "I" },
	};

	if (strcmp(writing->element->name, "ol") != 0)
		return false;
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		if (str_equal_c(value, rows[i].value)) {
			buf_printf(&writing->text, " type=\"%s\"",
				   rows[i].type);
			return true;
		}
	return false;
}

static bool is_of_word(str property)
{
	static const char *const names[] = {
		"layout-grid",	  "layout-grid-mode", "punctuation-wrap",
		"tab-stops",	  "text-autospace",   "text-justify",
		"word-break",	  "page-break-after", "page-break-before",
		"text-underline",
	};

	for (size_t i = 0; i < COUNT_OF(names); i++)
		if (str_equal_c(property, names[i]))
			return true;
	return str_starts_with(property, STR("mso-")) ||
	       str_starts_with(property, STR("panose-"));
}

static bool is_hiding(str property, str value)
{
	return (str_equal_c(property, "display") &&
		str_equal_c(value, "none")) ||
	       (str_equal_c(property, "visibility") &&
		str_equal_c(value, "hidden")) ||
	       str_equal_c(property, "mso-hide");
}

/* Two ems are a first line of Chinese; other measures are a matter of looks. */
static bool add_indent(struct html_writing *writing, str value)
{
	if (!html_writing_takes(writing, HTML_ALIGN))
		return false;
	if (str_starts_with(value, STR("0")) &&
	    str_find_byte(value, '.') == STR_NONE)
		html_writing_add_class(writing, STR("no-indent"));
	else if (!str_starts_with(value, STR("-")))
		html_writing_add_class(writing, STR("indent"));
	else
		return false;
	return true;
}

static enum html_reason reason_of(str property, str value)
{
	if (is_hiding(property, value))
		return HTML_REASON_HIDDEN;
	if (html_value_names_signs(value) &&
	    str_starts_with(property, STR("font")))
		return HTML_REASON_SIGNS;
	return is_of_word(property) ? HTML_REASON_WORD : HTML_REASON_LOOK;
}

static bool keep_style(struct html_writing *writing, str property, str value)
{
	if (str_equal_c(property, "text-align"))
		return html_writing_add_align(writing, value);
	if (str_equal_c(property, "text-indent"))
		return add_indent(writing, value);
	if (str_equal_c(property, "width"))
		return html_writing_add_width(writing, value);
	if (str_equal_c(property, "list-style-type") ||
	    str_equal_c(property, "list-style"))
		return add_list_type(writing, value);
	return has_meaning(writing, property, value);
}

void html_style_add(struct html_writing *writing, const char *attribute,
		    str value)
{
	struct arena *arena = writing->filter->arena;
	str rest = html_value_in_lower_case(value, arena);
	str part;

	while (str_split_next(&rest, ';', &part)) {
		size_t colon = str_find_byte(part, ':');
		str property;
		str content;

		if (colon == STR_NONE)
			continue;
		property = str_trim(str_between(part, 0, colon));
		content = str_trim(str_from(part, colon + 1));
		if (!keep_style(writing, property, content))
			html_filter_remark(writing->filter,
					   reason_of(property, content),
					   attribute, property);
	}
}
