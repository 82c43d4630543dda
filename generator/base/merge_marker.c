#include "base/merge_marker.h"

enum { SIGNS = 7 }; /* of a marker, always */

struct scan {
	const struct source *source;
	struct diag_list *diags;
	bool is_open; /* <<<<<<< was there, >>>>>>> is not yet */
	str parting;  /* the last "=======" of which nothing is known */
	size_t found;
};

/* Seven of the sign and no eighth; behind them the name of a branch. */
static bool is_marker(str line, char sign)
{
	if (line.len < SIGNS)
		return false;
	for (size_t i = 0; i < SIGNS; i++)
		if (line.data[i] != sign)
			return false;
	return line.len == SIGNS || line.data[SIGNS] == ' ';
}

/* The quick way: most texts have no line that begins like this. */
static bool may_have(str text, char sign)
{
	size_t at = 0;

	while (at < text.len) {
		size_t next = str_find_byte(str_from(text, at), sign);

		if (next == STR_NONE)
			return false;
		at += next;
		if ((at == 0 || text.data[at - 1] == '\n') &&
		    is_marker(str_between(text, at,
					  at + SIGNS < text.len ? at + SIGNS
								: text.len),
			      sign))
			return true;
		at++;
	}
	return false;
}

static void report(struct scan *scan, str line)
{
	size_t start = (size_t)(line.data - scan->source->text.data);
	struct diag *diag = diag_error(
		scan->diags, span_of(scan->source, start, start + line.len),
		"merge-unfinished",
		_("a merge was not finished: Git left this line"));

	diag_help(scan->diags, diag, "%s",
		  _("two people changed this place: keep what is right of the "
		    "text between <<<<<<< and >>>>>>>, and delete the lines "
		    "with these signs"));
	scan->found++;
}

static bool is_quote(str line)
{
	return str_starts_with(line, STR(">"));
}

/* A marker, not the seventh answer in a letter that quotes letters. */
static bool is_end(const struct scan *scan, str before, str line, str behind)
{
	return is_marker(line, '>') &&
	       (scan->is_open || scan->parting.len > 0 ||
		(line.len > SIGNS && !is_quote(before) && !is_quote(behind)));
}

static void take_line(struct scan *scan, str before, str line, str behind)
{
	if (is_marker(line, '<')) {
		report(scan, line);
		scan->is_open = true;
		scan->parting = STR("");
	} else if (is_marker(line, '=') && line.len == SIGNS) {
		scan->parting = line;
		if (scan->is_open)
			report(scan, line);
	} else if (scan->is_open && is_marker(line, '|')) {
		report(scan, line);
	} else if (is_end(scan, before, line, behind)) {
		if (!scan->is_open && scan->parting.len > 0)
			report(scan, scan->parting);
		report(scan, line);
		scan->is_open = false;
		scan->parting = STR("");
	}
}

bool merge_marker_check(const struct source *source, struct diag_list *diags)
{
	struct scan scan = { .source = source, .diags = diags };
	str rest = source->text;
	str before = STR("");
	str line, behind;

	if (!may_have(rest, '<') && !may_have(rest, '>'))
		return true;
	if (!str_split_next(&rest, '\n', &line))
		return true;
	while (str_split_next(&rest, '\n', &behind)) {
		take_line(&scan, before, line, behind);
		before = line;
		line = behind;
	}
	take_line(&scan, before, line, STR(""));
	return scan.found == 0;
}
