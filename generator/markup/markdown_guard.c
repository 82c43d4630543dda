/*
 * Why these limits are enough.
 *
 * cmark reads a line once for every open container (quote, list item). A
 * container is opened by a marker, and stays open over a line that is not
 * empty only if the line spends two columns of indent or one ">" on it. So
 * where a marker stands, the containers around it are at most the markers
 * before it on the line plus half the columns of white space before it: that
 * sum is the limit. A line that passes it is refused unless it is code or HTML,
 * which a parse of the text without the markers too many tells.
 *
 * Inside a paragraph cmark walks back over open "![" at each link, over open
 * emphasis at each closing run in unlucky orders, and to the end of the
 * paragraph for a "<!" or "<?" that nobody closes. A paragraph never spans an
 * empty line, so the counts start anew there. Signs in code are counted too:
 * knowing what is code would take the parser this guard stands before.
 *
 * A node of cmark's tree has 144 bytes, whatever it is a node for, and what
 * follows (our own tree, values of the template, bytes of the page) comes to as
 * much: a line "a" costs 400 bytes, while a byte of plain text costs 7. So no
 * number of bytes a byte of the body holds for every text, and the sum is
 * limited instead: what each sign can cost at most was measured on texts that
 * have nothing else (tests/soak/page_memory.py measures it again).
 *
 * A page has at most 8 MiB, and what of a text is certainly on it is counted
 * here too: letters beyond ASCII, and quotation marks, which HTML writes with
 * six bytes. That is certain only where nothing can take a text out: no raw
 * HTML, no link definition, no title of a link, no word behind a fence.
 */
#include "markup/markdown_guard.h"

#include <limits.h>

#include <cmark.h>

#include "base/list.h"
#include "markup/markdown_text.h"

/* A line with more markers than may stand inside each other, unless it is code.
 */
struct suspect {
	size_t line; /* from 0 */
	size_t at;   /* byte of the source: the first marker too many */
	size_t end;  /* behind the last */
};

struct scan {
	const struct source *source;
	struct diag_list *diags;
	struct arena arena;   /* of the suspects */
	struct list suspects; /* struct suspect */
	size_t line;
	size_t images;
	size_t declarations;
	size_t emphasis;
	size_t brackets; /* "]" in the whole text */
	size_t memory;	 /* bytes that all so far may take */
	size_t memory_limit;
	size_t shown;	 /* bytes of HTML that all so far makes at least */
	size_t shown_at; /* where that passed the limit, or STR_NONE */
	bool may_hide;	 /* a sign was there that can take text out */
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

/*
 * Bytes of a list marker or ">" at the start of `rest`, or 0. A list marker
 * has white space behind it: "-----" is none.
 */
static size_t marker_length(str rest)
{
	size_t length = 0;

	if (rest.len == 0)
		return 0;
	if (rest.data[0] == '>')
		return 1;
	while (length < rest.len && length < 9 && rest.data[length] >= '0' &&
	       rest.data[length] <= '9')
		length++;
	if (length < rest.len &&
	    str_find_byte(length > 0 ? STR(".)") : STR("-+*"),
			  rest.data[length]) != STR_NONE)
		length++;
	else
		return 0;
	return length == rest.len || rest.data[length] == ' ' ||
			       rest.data[length] == '\t'
		       ? length
		       : 0;
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

/*
 * Notes the line when it has too many; what kind of line it is, is asked when
 * all others are known.
 */
static void check_nesting(struct scan *scan, str line, size_t offset)
{
	const size_t limit = MARKDOWN_NESTING_LIMIT;
	size_t rule = rule_start(line);
	struct suspect *suspect = NULL;
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
			return;
		markers++;
		if (suspect == NULL &&
		    (markers + columns / 2 > 2 * limit || markers > limit)) {
			suspect = list_add(&scan->suspects, &scan->arena);
			suspect->line = scan->line;
			suspect->at = offset + at;
		}
		at += length;
		if (suspect != NULL)
			suspect->end = offset + at;
	}
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

/* --- memory --- */

enum { COST_BYTE = 7, COST_LINE = 520, COST_HEADING = 1800 };

/* What a sign may begin: nodes, marks, places for messages. */
static const uint16_t sign_costs[UCHAR_MAX + 1] = {
	['*'] = 350, ['_'] = 350, ['['] = 220, [']'] = 700,  ['<'] = 600,
	['>'] = 250, ['&'] = 200, ['`'] = 220, ['\\'] = 220, ['|'] = 260,
	['!'] = 200, ['^'] = 200, ['~'] = 100, ['='] = 40,   ['-'] = 250,
	['+'] = 250, ['@'] = 900, ['$'] = 100, [':'] = 150,
};

/* An address without signs around it becomes a link, too. */
static bool begins_address(str line, size_t at)
{
	return str_starts_with(str_from(line, at), STR("://")) ||
	       str_starts_with(str_from(line, at), STR("www"));
}

static bool is_underline(str line)
{
	for (size_t i = 0; i < line.len; i++)
		if (line.data[i] != '-' && line.data[i] != '=' &&
		    line.data[i] != ' ')
			return false;
	return line.len > 0;
}

/* What one look at the bytes of a line tells. */
struct line_signs {
	size_t memory; /* that its signs may cost */
	size_t shown;  /* bytes of HTML at least */
	bool may_hide;
	bool has_counted; /* signs that count_byte() asks about */
	bool has_bracket; /* "]" */
	bool has_fence;	  /* signs of which fences are */
};

static void note_sign(struct line_signs *signs, str line, size_t at)
{
	char next = str_at(line, at + 1);
	char byte = line.data[at];

	signs->memory += sign_costs[(unsigned char)byte];
	switch (byte) {
	case '"':
		signs->shown += strlen("&quot;");
		break;
	case ':':
	case 'w':
		if (begins_address(line, at))
			signs->memory += sign_costs['@'];
		break;
	case '<':
		signs->may_hide = true;
		signs->has_counted = true;
		break;
	case ']':
		signs->may_hide |= next == ':' || next == '(';
		signs->has_bracket = true;
		signs->has_counted = true;
		break;
	case '!':
	case '*':
	case '_':
		signs->has_counted = true;
		break;
	case '`':
	case '~':
		signs->has_fence = true;
		break;
	default:
		break;
	}
}

/* Most bytes of most texts are of Chinese characters, which are no signs. */
static struct line_signs find_signs(str line)
{
	struct line_signs signs = { 0 };

	for (size_t i = 0; i < line.len; i++)
		if ((unsigned char)line.data[i] >= 0x80)
			signs.shown++;
		else
			note_sign(&signs, line, i);
	return signs;
}

static bool count_memory(struct scan *scan, const struct line_signs *signs,
			 str line, size_t offset)
{
	str text = str_trim(line);
	size_t cost = signs->memory + COST_BYTE * line.len +
		      (text.len > 0 ? COST_LINE : 0);

	if (str_starts_with(text, STR("#")) || is_underline(text))
		cost += COST_HEADING;
	scan->memory += cost;
	return scan->memory <= scan->memory_limit ||
	       too_many(scan, offset,
			_("bytes of memory for the page of this text"),
			scan->memory_limit,
			_("split the text into several resources"));
}

/* --- bytes of the page --- */

static void count_shown(struct scan *scan, const struct line_signs *signs,
			str line, size_t offset)
{
	scan->may_hide |= signs->may_hide;
	if (signs->has_fence && (str_find(line, STR("```")) != STR_NONE ||
				 str_find(line, STR("~~~")) != STR_NONE))
		return;
	scan->shown += signs->shown;
	if (scan->shown > MARKDOWN_HTML_LIMIT && scan->shown_at == STR_NONE)
		scan->shown_at = offset;
}

static bool check_shown(struct scan *scan)
{
	return scan->may_hide || scan->shown_at == STR_NONE ||
	       too_many(scan, scan->shown_at,
			_("bytes of HTML on the page of this text"),
			MARKDOWN_HTML_LIMIT,
			_("split the text into several resources"));
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

static bool count_signs(struct scan *scan, str line, size_t offset)
{
	for (size_t i = 0; i < line.len; i++)
		if (!count_byte(scan, line, i, offset))
			return false;
	return true;
}

static bool check_line(struct scan *scan, const struct line_signs *signs,
		       str line, size_t offset)
{
	if (line.len > MARKDOWN_LINE_LIMIT)
		return too_many(scan, offset + MARKDOWN_LINE_LIMIT,
				_("bytes in one line"), MARKDOWN_LINE_LIMIT,
				_("break the line"));
	if (!count_memory(scan, signs, line, offset))
		return false;
	count_shown(scan, signs, line, offset);
	if (str_is_blank(line)) {
		scan->images = 0;
		scan->declarations = 0;
		scan->emphasis = 0;
		return true;
	}
	check_nesting(scan, line, offset);
	return !signs->has_counted || count_signs(scan, line, offset);
}

/*
 * Bytes that one definition may have by the end of this line, given those by
 * the end of the line before. A definition starts at "]:" and ends before the
 * next line that starts with "[" and has "]:" too, unless a title may be
 * open.
 */
static size_t definition_bytes(struct scan *scan,
			       const struct line_signs *signs, str line,
			       size_t before)
{
	size_t colon =
		signs->has_bracket ? str_find(line, STR("]:")) : STR_NONE;
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

static bool check_lines(struct scan *scan, size_t start)
{
	str text = scan->source->text;
	size_t definition = 0;

	for (size_t at = start; at < text.len; scan->line++) {
		size_t end = markdown_text_line_end(text, at);
		str line = str_between(text, at, end);
		struct line_signs signs = find_signs(line);

		if (!check_line(scan, &signs, line, at))
			return false;
		definition = str_is_blank(line)
				     ? 0
				     : definition_bytes(scan, &signs, line,
							definition);
		if (!check_expansion(scan, definition, at))
			return false;
		at = end + 1;
		if (end + 1 < text.len && text.data[end] == '\r' &&
		    text.data[end + 1] == '\n')
			at++;
	}
	return true;
}

/* --- lines with too many markers ------------------------------------------ */

/*
 * The text without the markers that are too many: it is safe to parse, and
 * its blocks of code and HTML are those of the text, for what is taken out
 * cannot end one.
 */
static str without_surplus(struct scan *scan, size_t start)
{
	const struct suspect *suspects = scan->suspects.items;
	str text = scan->source->text;
	struct buf out;

	buf_init(&out, &scan->arena);
	for (size_t i = 0; i < scan->suspects.count; i++) {
		buf_add(&out, str_between(text, start, suspects[i].at));
		start = suspects[i].end;
	}
	buf_add(&out, str_from(text, start));
	return buf_str(&out);
}

/* Rulers and drawings inside code and HTML are no lists. */
static bool check_suspects(struct scan *scan, size_t start)
{
	const struct suspect *suspects = scan->suspects.items;
	str text = without_surplus(scan, start);
	cmark_node *tree =
		cmark_parse_document(text.data, text.len, CMARK_OPT_DEFAULT);
	const bool *literal =
		markdown_text_literal(tree, scan->line, &scan->arena);
	bool ok = true;

	for (size_t i = 0; ok && i < scan->suspects.count; i++)
		if (!literal[suspects[i].line])
			ok = too_many(scan, suspects[i].at,
				      _("lists and quotes inside each other"),
				      MARKDOWN_NESTING_LIMIT,
				      _("write the text as sections with "
					"headings"));
	cmark_node_free(tree);
	return ok;
}

bool markdown_guard(const struct source *source, size_t start, size_t memory,
		    struct diag_list *diags)
{
	struct scan scan = { .source = source,
			     .diags = diags,
			     .memory_limit = memory,
			     .shown_at = STR_NONE };
	bool ok;

	if (source->text.len - start > MARKDOWN_BODY_LIMIT)
		return too_many(&scan, start, _("bytes of text"),
				MARKDOWN_BODY_LIMIT,
				_("split the text into several resources"));
	arena_init(&scan.arena);
	list_init(&scan.suspects, sizeof(struct suspect));
	ok = check_lines(&scan, start) && check_shown(&scan) &&
	     (scan.suspects.count == 0 || check_suspects(&scan, start));
	arena_release(&scan.arena);
	return ok;
}
