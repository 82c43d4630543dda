#include "markup/html_help.h"

#include "base/diag.h"
#include "base/unicode.h"
#include "markup/html_allow.h"

enum { WIDTH = 76, INDENT = 2 };

/* Words in lines that are not too long. */
struct lines {
	struct buf *out;
	size_t used;
};

static void add_word(struct lines *lines, str word)
{
	size_t cells = unicode_cells(word);

	if (lines->used > 0 && lines->used + 1 + cells > WIDTH) {
		buf_add_byte(lines->out, '\n');
		lines->used = 0;
	}
	buf_add_c(lines->out, lines->used == 0 ? "  " : " ");
	lines->used += lines->used == 0 ? INDENT : 1;
	buf_add(lines->out, word);
	lines->used += cells;
}

static void end_lines(struct lines *lines)
{
	if (lines->used > 0)
		buf_add_byte(lines->out, '\n');
	lines->used = 0;
}

static bool stays(const struct html_element *element)
{
	return element->instead == NULL && !element->is_unwrapped &&
	       !element->is_dropped;
}

static bool is_unwrapped(const struct html_element *element)
{
	return element->is_unwrapped;
}

static bool is_dropped(const struct html_element *element)
{
	return element->is_dropped;
}

static void add_attributes(struct buf *out, const struct html_attribute *list,
			   size_t count)
{
	for (size_t i = 0; i < count; i++) {
		buf_printf(out, " %s", list[i].name);
		if (list[i].value == HTML_CHOICE)
			buf_printf(out, "=\"%s\"", list[i].choices);
	}
	buf_add_byte(out, '\n');
}

static void add_names(struct buf *out,
		      bool (*is_wanted)(const struct html_element *element),
		      const char *head)
{
	struct lines lines = { .out = out };

	buf_printf(out, "\n%s\n", head);
	for (size_t i = 0; i < html_element_count; i++)
		if (is_wanted(&html_elements[i]))
			add_word(&lines, str_from_c(html_elements[i].name));
	end_lines(&lines);
}

static void add_changed(struct buf *out)
{
	buf_printf(out, "\n%s\n", _("Written as another element:"));
	for (size_t i = 0; i < html_element_count; i++) {
		const struct html_element *row = &html_elements[i];

		if (row->instead == NULL)
			continue;
		buf_printf(out, "  %-12s %s", row->name, row->instead);
		if (row->class_name != NULL)
			buf_printf(out, " class=\"%s\"", row->class_name);
		buf_add_byte(out, '\n');
	}
}

void html_help(struct buf *out)
{
	const struct html_attribute *global;
	size_t count;

	buf_printf(out, "%s\n",
		   _("Raw HTML is cleaned by this list; no text is lost, and "
		     "what goes is named."));
	add_names(out, stays, _("These elements stay:"));
	buf_printf(out, "\n%s\n", _("Attributes that any element may have:"));
	buf_add_byte(out, ' ');
	global = html_global_attributes(&count);
	add_attributes(out, global, count);
	buf_printf(out, "\n%s\n", _("Attributes of single elements:"));
	for (size_t i = 0; i < html_element_count; i++) {
		const struct html_element *row = &html_elements[i];

		if (!stays(row) || row->attribute_count == 0)
			continue;
		buf_printf(out, "  %-12s", row->name);
		add_attributes(out, row->attributes, row->attribute_count);
	}
	add_changed(out);
	add_names(out, is_unwrapped,
		  _("Their tags go, what stands in them stays:"));
	add_names(out, is_dropped, _("They go with everything inside:"));
	buf_printf(out, "\n%s\n  %s\n  %s\n",
		   _("Classes: align-left align-center align-right "
		     "align-justify indent no-indent width-5 … width-100."),
		   _("`align`, `text-align`, `text-indent` and widths in "
		     "percent become such classes."),
		   _("A frame of a host in “frames” of sites/platform.yaml "
		     "becomes a link."));
}
