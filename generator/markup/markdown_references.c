/*
 * Cleaning is done in the strings of the tree, because only cmark knows what is
 * a reference and what is code. The messages point into the source: when a
 * block had something to clean, the references in its lines are looked for
 * again, each line once.
 *
 * HTML is different: cmark passes it on as it is written, and the reader of
 * HTML would decode the references later. So they are replaced as text.
 */
#include "markup/markdown_references.h"

#include <cmark.h>

#include "base/unicode.h"
#include "base/unsafe_text.h"
#include "markup/markdown_writer.h"

enum {
	DIGIT_LIMIT = 7, /* of a reference in Markdown */
	CODE_POINT_LIMIT = 0x10ffff,
	REPLACEMENT = 0xfffd,
};

/* One reference as written. */
struct reference {
	size_t start; /* bytes of a line or a literal */
	size_t end;
	uint32_t code_point;
};

struct cleaner {
	const struct markdown_tree *tree;
	const struct markdown_text *text;
	struct diag_list *diags;
	struct arena *arena;
	cmark_node *reported; /* the last block whose lines were looked at */
};

/* --- references as text --------------------------------------------------- */

static int digit_value(char c, int base)
{
	int value = 99;

	if (c >= '0' && c <= '9')
		value = c - '0';
	else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
		value = (c | 0x20) - 'a' + 10;
	return value < base ? value : -1;
}

/* HTML needs no ";" and takes any number of digits. */
static bool read_reference(struct reference *out, str text, size_t start,
			   bool is_html)
{
	size_t at = start + 2;
	int base = 10;
	size_t first;

	if (!str_starts_with(str_from(text, start), STR("&#")))
		return false;
	if (at < text.len && (text.data[at] | 0x20) == 'x') {
		base = 16;
		at++;
	}
	*out = (struct reference){ .start = start };
	first = at;
	for (; at < text.len && digit_value(text.data[at], base) >= 0; at++)
		if (out->code_point <= CODE_POINT_LIMIT)
			out->code_point =
				out->code_point * (uint32_t)base +
				(uint32_t)digit_value(text.data[at], base);
	out->end = at + (at < text.len && text.data[at] == ';');
	return at > first &&
	       (is_html || (out->end > at && at - first <= DIGIT_LIMIT));
}

static bool is_refused(uint32_t code_point)
{
	return code_point == 0 || code_point > CODE_POINT_LIMIT ||
	       (code_point >= 0xd800 && code_point <= 0xdfff) ||
	       unicode_is_unsafe(code_point);
}

/* The next one from `from` on that stands for a refused character. */
static bool next_refused(struct reference *out, str text, size_t from,
			 bool is_html)
{
	for (size_t at = from; at < text.len; at++)
		if (text.data[at] == '&' &&
		    read_reference(out, text, at, is_html) &&
		    is_refused(out->code_point))
			return true;
	return false;
}

/*
 * What a page shows in its place. Old pages mean the characters of
 * windows-1252 when they write &#149;, and browsers take them so (HTML
 * standard, 13.2.5.80).
 */
static uint32_t replacement(uint32_t code_point)
{
	static const uint16_t windows[32] = {
		0x20ac, 0,	0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
		0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0,	0x017d, 0,
		0,	0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
		0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,	0x017e, 0x0178,
	};

	if (code_point == '\r')
		return ' ';
	if (code_point >= 0x80 && code_point < 0xa0 &&
	    windows[code_point - 0x80] != 0)
		return windows[code_point - 0x80];
	return REPLACEMENT;
}

/* --- messages ------------------------------------------------------------- */

static void report(const struct cleaner *cleaner, struct span span,
		   uint32_t code_point)
{
	struct diag *diag = diag_warning(
		cleaner->diags, span, "reference-control",
		_("a reference to a character that no text may have: U+%04X "
		  "%s"),
		code_point, unsafe_text_name(code_point));
	struct buf shown;

	buf_init(&shown, cleaner->diags->arena);
	buf_add_utf8(&shown, replacement(code_point));
	diag_help(cleaner->diags, diag,
		  _("delete it or write what you mean: the page shows \"%.*s\" "
		    "in its place"),
		  STR_ARG(buf_str(&shown)));
}

static size_t report_line(const struct cleaner *cleaner, size_t number,
			  bool is_html)
{
	const struct markdown_text *text = cleaner->text;
	str line = markdown_text_line(text, number);
	struct reference reference = { 0 };
	size_t count = 0;

	while (next_refused(&reference, line, reference.end, is_html)) {
		report(cleaner,
		       span_of(text->source,
			       markdown_text_origin(text, number,
						    reference.start),
			       markdown_text_origin(text, number,
						    reference.end)),
		       reference.code_point);
		count++;
	}
	return count;
}

static cmark_node *block_of(cmark_node *node)
{
	while (cmark_node_get_type(node) > CMARK_NODE_LAST_BLOCK)
		node = cmark_node_parent(node);
	return node;
}

static bool is_html(cmark_node *node)
{
	return cmark_node_get_type(node) == CMARK_NODE_HTML_BLOCK ||
	       cmark_node_get_type(node) == CMARK_NODE_HTML_INLINE;
}

/* cmark does not say where a block of HTML ends that closes itself. */
static size_t last_line(cmark_node *block, size_t first)
{
	size_t last = (size_t)cmark_node_get_end_line(block);
	const char *literal;

	if (cmark_node_get_type(block) != CMARK_NODE_HTML_BLOCK)
		return last;
	literal = cmark_node_get_literal(block);
	for (last = first; *literal != '\0'; literal++)
		last += literal[0] == '\n' && literal[1] != '\0';
	return last;
}

/* All in the block's lines; false when none is written there. */
static bool report_block(struct cleaner *cleaner, cmark_node *node)
{
	cmark_node *block = block_of(node);
	size_t first = (size_t)cmark_node_get_start_line(block);
	size_t last = last_line(block, first);
	size_t count = 0;

	if (block == cleaner->reported)
		return true;
	cleaner->reported = block;
	if (last > cleaner->text->lines.count)
		last = cleaner->text->lines.count;
	for (size_t line = first; line > 0 && line <= last; line++)
		count += report_line(cleaner, line - 1, is_html(node));
	return count > 0;
}

/* --- the strings of the tree ---------------------------------------------- */

/* cmark writes two noncharacters as one byte each. */
static uint32_t next_character(str text, size_t *at)
{
	unsigned char byte = (unsigned char)text.data[*at];
	uint32_t code_point = unicode_next(text, at);

	return byte >= 0xfe ? 0xff00u + byte : code_point;
}

/* The text with a replacement for each character that is refused. */
static bool replaced(struct buf *out, str text, uint32_t *last)
{
	size_t at = unicode_unsafe_at(text, 0);
	size_t done = 0;

	if (at == STR_NONE)
		return false;
	for (; at != STR_NONE; at = unicode_unsafe_at(text, done)) {
		buf_add(out, str_between(text, done, at));
		done = at;
		*last = next_character(text, &done);
		buf_add_utf8(out, replacement(*last));
	}
	buf_add(out, str_from(text, done));
	return true;
}

/* The same in HTML, where the characters are still references. */
static bool replaced_html(struct buf *out, str text, uint32_t *last)
{
	struct reference reference = { 0 };
	size_t done = 0;

	while (next_refused(&reference, text, done, true)) {
		buf_add(out, str_between(text, done, reference.start));
		buf_add_utf8(out, replacement(reference.code_point));
		done = reference.end;
		*last = reference.code_point;
	}
	buf_add(out, str_from(text, done));
	return done > 0;
}

/* A string of a node that the author can write. */
struct node_string {
	const char *(*get)(cmark_node *node);
	int (*set)(cmark_node *node, const char *text);
};

static void clean_string(struct cleaner *cleaner, cmark_node *node,
			 struct node_string string)
{
	str text = str_from_c(string.get(node));
	uint32_t last = 0;
	struct buf out;

	buf_init(&out, cleaner->arena);
	if (is_html(node) ? replaced_html(&out, text, &last)
			  : replaced(&out, text, &last)) {
		if (!report_block(cleaner, node))
			report(cleaner, markdown_text_span(cleaner->text, node),
			       last);
		string.set(node, out.data);
	} else if (str_find(text, STR("\ufffd")) != STR_NONE) {
		/* what cmark makes of &#0; */
		(void)report_block(cleaner, node);
	}
}

static bool is_footnote(const struct cleaner *cleaner, cmark_node *node)
{
	return markdown_footnote_of(&cleaner->tree->footnotes,
				    str_from_c(cmark_node_get_url(node))) !=
	       NULL;
}

/* It is left out of the page. */
static bool is_comment(cmark_node *html)
{
	str text = str_trim(str_from_c(cmark_node_get_literal(html)));

	return str_starts_with(text, STR("<!--")) &&
	       str_find(text, STR("-->")) == text.len - 3;
}

static void clean_node(struct cleaner *cleaner, cmark_node *node)
{
	static const struct node_string literal = { cmark_node_get_literal,
						    cmark_node_set_literal };
	static const struct node_string url = { cmark_node_get_url,
						cmark_node_set_url };
	static const struct node_string title = { cmark_node_get_title,
						  cmark_node_set_title };
	static const struct node_string info = { cmark_node_get_fence_info,
						 cmark_node_set_fence_info };

	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_HTML_BLOCK:
	case CMARK_NODE_HTML_INLINE:
		if (!is_comment(node))
			clean_string(cleaner, node, literal);
		break;
	case CMARK_NODE_TEXT:
		clean_string(cleaner, node, literal);
		break;
	case CMARK_NODE_CODE_BLOCK:
		clean_string(cleaner, node, info);
		break;
	case CMARK_NODE_LINK:
	case CMARK_NODE_IMAGE:
		if (!is_footnote(cleaner, node))
			clean_string(cleaner, node, url);
		clean_string(cleaner, node, title);
		break;
	default: /* code has no references */
		break;
	}
}

void markdown_references_clean(const struct markdown_tree *tree,
			       struct diag_list *diags)
{
	struct cleaner cleaner = { .tree = tree,
				   .text = &tree->text,
				   .diags = diags,
				   .arena = tree->text.arena };
	cmark_iter *iter;

	/* nearly no body has any */
	if (str_find(buf_str(&tree->text.bytes), STR("&#")) == STR_NONE)
		return;
	iter = cmark_iter_new(tree->root);
	while (cmark_iter_next(iter) != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(iter);

		clean_node(&cleaner, node);
	}
	cmark_iter_free(iter);
}
