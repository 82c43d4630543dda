/*
 * Why these limits are enough.
 *
 * cmark reads a line once for every open container (quote, list item). A
 * container is opened by a marker, and stays open over a line that is not
 * empty only if the line spends two columns of indent or one ">" on it. So
 * where a marker stands, the containers around it are at most the markers
 * before it on the line plus half the columns of white space before it: that
 * sum is the limit, and no line of code without a marker is ever refused.
 *
 * Inside a paragraph cmark walks back over open "![" at each link, over open
 * emphasis at each closing run in unlucky orders, and to the end of the
 * paragraph for a "<!" or "<?" that nobody closes. A paragraph never spans an
 * empty line, so the counts start anew there. Signs in code are counted too:
 * knowing what is code would take the parser this guard stands before.
 */
#include "markup/markdown_guard.h"

struct scan {
	const struct source *source;
	struct diag_list *diags;
	size_t images;
	size_t declarations;
	size_t emphasis;
	size_t brackets;	/* "]" in the whole text */
	size_t definition_size; /* at most, of the longest link definition */
	bool has_title;		/* the definition being read may have one */
};

void markdown_limit_error(struct diag_list *diags, struct span span,
			  const char *what, size_t limit, const char *help)
{
	struct diag *diag = diag_error(diags, span, "markdown-limit",
				       _("%s: more than %zu"), what, limit);

	diag_help(diags, diag, "%s", help);
}

static bool too_many(struct scan *scan, size_t at, const char *what,
		     size_t limit, const char *help)
{
	markdown_limit_error(scan->diags,
			     span_of(scan->source, at,
				     at < scan->source->text.len ? at + 1 : at),
			     what, limit, help);
	return false;
}

/* Bytes of a list marker or ">" at the start of `rest`, or 0. */
static size_t marker_length(str rest)
{
	size_t digits = 0;

	if (rest.len == 0)
		return 0;
	if (rest.data[0] == '>')
		return 1;
	while (digits < rest.len && digits < 9 && rest.data[digits] >= '0' &&
	       rest.data[digits] <= '9')
		digits++;
	if (digits > 0)
		return digits < rest.len && (rest.data[digits] == '.' ||
					     rest.data[digits] == ')')
			       ? digits + 1
			       : 0;
	return rest.data[0] == '-' || rest.data[0] == '+' ||
	       rest.data[0] == '*';
}

/*
 * Where a rule such as "- - - -" starts: from there the line has only one
 * sign and white space, which cmark reads as a rule and not as a nest of
 * lists.
 */
static size_t rule_start(str line)
{
	size_t at = line.len;
	char sign = '\0';

	while (at > 0) {
		char byte = line.data[at - 1];

		if (byte != ' ' && byte != '\t') {
			if (byte != '-' && byte != '*')
				break;
			if (sign != '\0' && byte != sign)
				break;
			sign = byte;
		}
		at--;
	}
	return at;
}

static bool check_nesting(struct scan *scan, str line, size_t offset)
{
	size_t rule = rule_start(line);
	const size_t limit = MARKDOWN_NESTING_LIMIT;
	size_t columns = 0;
	size_t markers = 0;
	size_t at = 0;

	while (at < rule) {
		char byte = line.data[at];
		size_t length;

		if (byte == ' ' || byte == '\t') {
			columns += byte == '\t' ? 4 : 1;
			at++;
			continue;
		}
		length = marker_length(str_from(line, at));
		if (length == 0)
			return true;
		markers++;
		if (markers + columns / 2 > 2 * limit || markers > limit)
			return too_many(
				scan, offset + at,
				_("lists and quotes inside each other"), limit,
				_("write the text as sections with headings"));
		at += length;
	}
	return true;
}

static bool count_byte(struct scan *scan, str line, size_t at, size_t offset)
{
	char next = '\0';

	if (at + 1 < line.len)
		next = line.data[at + 1];
	switch (line.data[at]) {
	case '!':
		if (next == '[' && ++scan->images > MARKDOWN_IMAGE_LIMIT)
			return too_many(
				scan, offset + at, _("images in one paragraph"),
				MARKDOWN_IMAGE_LIMIT,
				_("put an empty line between the images"));
		return true;
	case '<':
		if ((next == '!' || next == '?') &&
		    ++scan->declarations > MARKDOWN_DECLARATION_LIMIT)
			return too_many(
				scan, offset + at,
				_("\"<!\" and \"<?\" in one paragraph"),
				MARKDOWN_DECLARATION_LIMIT,
				_("put the text into a code block with empty "
				  "lines"));
		return true;
	case '*':
	case '_':
		if (next != line.data[at] &&
		    ++scan->emphasis > MARKDOWN_EMPHASIS_LIMIT)
			return too_many(
				scan, offset + at,
				_("emphasis signs in one paragraph"),
				MARKDOWN_EMPHASIS_LIMIT,
				_("put empty lines between paragraphs"));
		return true;
	case ']':
		scan->brackets++;
		return true;
	default:
		return true;
	}
}

static bool is_blank(str line)
{
	for (size_t i = 0; i < line.len; i++)
		if (line.data[i] != ' ' && line.data[i] != '\t')
			return false;
	return true;
}

/* Each "]" may write the longest definition once more. */
static bool check_expansion(struct scan *scan, size_t definition, size_t at)
{
	if (definition > scan->definition_size)
		scan->definition_size = definition;
	if (scan->definition_size > 0 &&
	    scan->brackets > MARKDOWN_EXPANSION_LIMIT / scan->definition_size)
		return too_many(scan, at,
				_("bytes written by link definitions"),
				MARKDOWN_EXPANSION_LIMIT,
				_("shorten the addresses that are used many "
				  "times"));
	return true;
}

static bool check_line(struct scan *scan, str line, size_t offset)
{
	if (line.len > MARKDOWN_LINE_LIMIT)
		return too_many(scan, offset + MARKDOWN_LINE_LIMIT,
				_("bytes in one line"), MARKDOWN_LINE_LIMIT,
				_("break the line"));
	if (is_blank(line)) {
		scan->images = 0;
		scan->declarations = 0;
		scan->emphasis = 0;
		return true;
	}
	if (!check_nesting(scan, line, offset))
		return false;
	for (size_t i = 0; i < line.len; i++)
		if (!count_byte(scan, line, i, offset))
			return false;
	return true;
}

/*
 * Bytes that one definition may have by the end of this line, given those by
 * the end of the line before. A definition starts at "]:" and ends before the
 * next line that starts with "[" and has "]:" too, unless a title may be
 * open.
 */
static size_t definition_bytes(struct scan *scan, str line, size_t before)
{
	size_t colon = str_find(line, STR("]:"));
	str start = str_trim(line);
	bool starts = colon != STR_NONE && start.data[0] == '[';

	if (before == 0 || (starts && !scan->has_title)) {
		before = 0;
		scan->has_title = false;
		if (colon == STR_NONE)
			return 0;
		line = str_from(line, colon);
	}
	for (size_t i = 0; i < line.len; i++)
		scan->has_title |= line.data[i] == '"' ||
				   line.data[i] == '\'' || line.data[i] == '(';
	return before + line.len;
}

static size_t line_end(str text, size_t at)
{
	while (at < text.len && text.data[at] != '\n' && text.data[at] != '\r')
		at++;
	return at;
}

bool markdown_guard(const struct source *source, size_t start,
		    struct diag_list *diags)
{
	struct scan scan = { .source = source, .diags = diags };
	str text = source->text;
	size_t definition = 0;

	if (text.len - start > MARKDOWN_BODY_LIMIT)
		return too_many(&scan, start, _("bytes of text"),
				MARKDOWN_BODY_LIMIT,
				_("split the text into several resources"));
	for (size_t at = start; at < text.len;) {
		size_t end = line_end(text, at);
		str line = str_between(text, at, end);

		if (!check_line(&scan, line, at))
			return false;
		definition = is_blank(line) ? 0
					    : definition_bytes(&scan, line,
							       definition);
		if (!check_expansion(&scan, definition, at))
			return false;
		at = end + 1;
	}
	return true;
}
