#include "markup/markdown_hint_scan.h"

#include "base/unicode.h"

enum { SHOWN_CHARACTERS = 24 };

size_t markdown_hint_skip(str text, size_t at, const char *characters)
{
	while (at < text.len) {
		size_t next = at;

		if (!unicode_is_among(unicode_next(text, &next), characters))
			break;
		at = next;
	}
	return at;
}

/* Behind a backslash, which is not behind another. */
static bool is_escaped(const struct markdown_scan *scan, str place)
{
	size_t at = (size_t)(place.data - scan->line.data);
	size_t count = 0;

	while (at > count && scan->line.data[at - count - 1] == '\\')
		count++;
	return count % 2 == 1;
}

str markdown_scan_place(struct markdown_scan *scan, str part)
{
	size_t at = str_find(scan->source, part);
	str place;

	if (scan->budget == 0)
		return STR("");
	scan->budget--;
	if (at == STR_NONE) {
		/* cmark's columns may be wrong behind the first line */
		scan->source = scan->line;
		at = str_find(scan->source, part);
	}
	if (at == STR_NONE)
		return STR("");
	place = str_between(scan->source, at, at + part.len);
	scan->source = str_from(scan->source, at + part.len);
	return is_escaped(scan, place) ? STR("") : place;
}

bool markdown_scan_report(struct markdown_scan *scan, str part, const char *id,
			  str message, str help)
{
	struct diag_list *diags = scan->hints->diags;
	str place = markdown_scan_place(scan, part);
	struct diag *diag;

	if (place.len == 0)
		return false;
	diag = diag_warning(diags, markdown_hint_span(scan->hints, place), id,
			    "%.*s", STR_ARG(message));
	diag_help(diags, diag, "%.*s", STR_ARG(help));
	return true;
}

str markdown_scan_shown(str text)
{
	return unicode_prefix(text, SHOWN_CHARACTERS);
}

size_t markdown_scan_within(str text, size_t at, const char *end, size_t limit)
{
	size_t found =
		str_find(str_between(text, at, at + limit), str_from_c(end));

	return found == STR_NONE ? STR_NONE : at + found;
}
