/*
 * One walk over the tree feeds characters to a small writer, which knows the
 * last character and what stands between it and the next: nothing, a line
 * break of the editor's, white space, or the end of a block.
 *
 * Raised figures need care: 10<sup>8</sup> is not 108. Behind a Latin letter
 * or a digit they become ⁸, as in m²; elsewhere (第<sup>2</sup>条), and when
 * lowered (CO<sub>2</sub>), plain figures say the same.
 */
#include "markup/markdown_plain.h"

#include <cmark.h>

#include "base/unicode.h"
#include "markup/markdown_marks.h"
#include "markup/markdown_writer.h"

enum gap {
	GAP_NONE,
	GAP_BREAK, /* of a line: nothing inside Chinese */
	GAP_BLOCK, /* nothing beside Chinese punctuation */
	GAP_SPACE,
	GAP_LINE, /* a line ends */
};

enum { CONTEXT_LIMIT = 8 }; /* signs to look over for their script */

struct plain {
	struct buf text;
	const struct markdown_footnotes *footnotes;
	enum gap gap;
	uint32_t last;	 /* character written */
	uint32_t letter; /* the last that has a script of its own */
	size_t deleted;	 /* inside so many <del> */
	size_t raised;	 /* <sup> */
	bool is_struck;	 /* ~~ */
};

/* --- characters ----------------------------------------------------------- */

static bool is_wide_sign(uint32_t code_point)
{
	return (unicode_is_cjk(code_point) && !unicode_is_word(code_point)) ||
	       unicode_is_ambiguous(code_point);
}

/* Signs without a script follow the letters beside them. */
static bool joins(uint32_t before, uint32_t letter, uint32_t after)
{
	return unicode_joins(before, after) ||
	       (unicode_is_ambiguous(before) && unicode_is_ambiguous(after) &&
		unicode_joins(letter, letter));
}

static bool needs_space(const struct plain *plain, uint32_t next)
{
	switch (plain->gap) {
	case GAP_NONE:
		return false;
	case GAP_BREAK:
		return !joins(plain->last, plain->letter, next);
	case GAP_BLOCK:
		return !is_wide_sign(plain->last) && !is_wide_sign(next);
	case GAP_SPACE:
	case GAP_LINE:
		return true;
	}
	return true;
}

static void add_gap(struct plain *plain, enum gap gap)
{
	if (plain->text.len > 0 && gap > plain->gap)
		plain->gap = gap;
}

static uint32_t raised(uint32_t code_point)
{
	static const uint32_t figures[] = { 0x2070, 0xb9,   0xb2,   0xb3,
					    0x2074, 0x2075, 0x2076, 0x2077,
					    0x2078, 0x2079 };

	if (code_point >= '0' && code_point <= '9')
		return figures[code_point - '0'];
	if (code_point == '-')
		return 0x207b;
	return code_point;
}

static bool takes_raised(uint32_t last)
{
	return (last < 0x80 && unicode_is_word(last)) || last == ')' ||
	       last == 0x207b || raised('1') == last ||
	       (last >= 0x2070 && last <= 0x2079) || last == 0xb2 ||
	       last == 0xb3;
}

static void add_character(struct plain *plain, uint32_t code_point)
{
	if (code_point <= ' ' || code_point == 0xa0) {
		add_gap(plain, GAP_SPACE);
		return;
	}
	if (needs_space(plain, code_point))
		buf_add_byte(&plain->text, plain->gap == GAP_LINE ? '\n' : ' ');
	else if (plain->raised > 0 && takes_raised(plain->last))
		code_point = raised(code_point);
	plain->gap = GAP_NONE;
	plain->last = code_point;
	if (!unicode_is_ambiguous(code_point))
		plain->letter = code_point;
	buf_add_utf8(&plain->text, code_point);
}

static void add_text(struct plain *plain, str text)
{
	size_t at = 0;

	if (plain->deleted > 0 || plain->is_struck)
		return;
	while (at < text.len)
		add_character(plain, unicode_next(text, &at));
}

/* --- nodes ---------------------------------------------------------------- */

static void add_text_node(struct plain *plain, cmark_node *node)
{
	str text = str_from_c(cmark_node_get_literal(node));
	const struct markdown_marks *marks = cmark_node_get_user_data(node);
	const struct markdown_mark *mark = marks == NULL ? NULL : marks->first;
	size_t at = markdown_is_task_text(node) ? 3 : 0;

	for (; mark != NULL; mark = mark->next) {
		if (mark->kind != MARKDOWN_MARK_DELETED &&
		    mark->kind != MARKDOWN_MARK_DELETED_END)
			continue;
		add_text(plain, str_between(text, at, mark->at));
		plain->is_struck = mark->kind == MARKDOWN_MARK_DELETED;
		at = mark->at + mark->length;
	}
	add_text(plain, str_from(text, at));
}

static bool is_tag(str html, const char *name, bool *closes)
{
	str rest = str_from(html, 1);
	str wanted = str_from_c(name);

	*closes = rest.len > 0 && rest.data[0] == '/';
	if (*closes)
		rest = str_from(rest, 1);
	return rest.len > wanted.len &&
	       str_equal_ignoring_case(str_between(rest, 0, wanted.len),
				       wanted) &&
	       str_find_byte(STR(" \t\n/>"), rest.data[wanted.len]) != STR_NONE;
}

static void count_tag(size_t *depth, bool closes)
{
	if (!closes)
		(*depth)++;
	else if (*depth > 0)
		(*depth)--;
}

static void add_tag(struct plain *plain, str html)
{
	static const char *const struck[] = { "del", "s", "strike" };
	bool closes;

	for (size_t i = 0; i < COUNT_OF(struck); i++)
		if (is_tag(html, struck[i], &closes))
			count_tag(&plain->deleted, closes);
	if (is_tag(html, "sup", &closes))
		count_tag(&plain->raised, closes);
	if (is_tag(html, "br", &closes))
		add_gap(plain, GAP_BLOCK);
}

static bool is_footnote(const struct plain *plain, cmark_node *node)
{
	return markdown_footnote_of(plain->footnotes,
				    str_from_c(cmark_node_get_url(node))) !=
	       NULL;
}

static void end_block(struct plain *plain)
{
	add_gap(plain, GAP_BLOCK);
	plain->deleted = 0;
	plain->raised = 0;
	plain->is_struck = false;
}

/* False when what is below the node is not wanted. */
static bool add_node(struct plain *plain, cmark_node *node)
{
	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_TEXT:
		add_text_node(plain, node);
		return true;
	case CMARK_NODE_CODE:
		add_text(plain, str_from_c(cmark_node_get_literal(node)));
		return true;
	case CMARK_NODE_HTML_INLINE:
		add_tag(plain, str_from_c(cmark_node_get_literal(node)));
		return true;
	case CMARK_NODE_SOFTBREAK:
		add_gap(plain, GAP_BREAK);
		return true;
	case CMARK_NODE_LINEBREAK:
		add_gap(plain, GAP_BLOCK);
		return true;
	case CMARK_NODE_LINK:
	case CMARK_NODE_IMAGE:
		return !is_footnote(plain, node);
	case CMARK_NODE_PARAGRAPH:
		end_block(plain);
		return true;
	default:
		return true;
	}
}

str markdown_plain_text(cmark_node *node,
			const struct markdown_footnotes *footnotes,
			struct arena *arena)
{
	struct plain plain = { .footnotes = footnotes };
	cmark_iter *iter = cmark_iter_new(node);

	buf_init(&plain.text, arena);
	while (cmark_iter_next(iter) != CMARK_EVENT_DONE) {
		cmark_node *part = cmark_iter_get_node(iter);

		if (part != node && !add_node(&plain, part))
			cmark_iter_reset(iter, part, CMARK_EVENT_EXIT);
	}
	cmark_iter_free(iter);
	return buf_str(&plain.text);
}

str markdown_plain_summary(cmark_node *root,
			   const struct markdown_footnotes *footnotes,
			   size_t characters, struct arena *arena)
{
	struct plain plain = { .footnotes = footnotes };
	cmark_iter *iter = cmark_iter_new(root);

	buf_init(&plain.text, arena);
	while (plain.text.len < characters * 4 &&
	       cmark_iter_next(iter) != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(iter);
		cmark_node_type type = cmark_node_get_type(node);

		if (type == CMARK_NODE_HEADING || type == CMARK_NODE_IMAGE ||
		    !add_node(&plain, node))
			cmark_iter_reset(iter, node, CMARK_EVENT_EXIT);
	}
	cmark_iter_free(iter);
	return unicode_prefix(buf_str(&plain.text), characters);
}

/* --- a whole page --------------------------------------------------------- */

struct piece {
	str start; /* of a tag, or all of it */
	str end;
};

static const struct piece *piece_at(const struct piece *table, size_t count,
				    str html)
{
	for (size_t i = 0; i < count; i++)
		if (str_starts_with(html, table[i].start))
			return &table[i];
	return NULL;
}

/* The characters that html_escape writes as names. */
static void add_escaped(struct plain *plain, str html)
{
	static const struct piece names[] = {
		{ STR("&amp;"), STR("&") }, { STR("&lt;"), STR("<") },
		{ STR("&gt;"), STR(">") },  { STR("&quot;"), STR("\"") },
		{ STR("&#39;"), STR("'") },
	};
	size_t at;

	while ((at = str_find_byte(html, '&')) != STR_NONE) {
		const struct piece *name;

		add_text(plain, str_between(html, 0, at));
		html = str_from(html, at);
		name = piece_at(names, COUNT_OF(names), html);
		add_text(plain, name == NULL ? STR("&") : name->end);
		html = str_from(html, name == NULL ? 1 : name->start.len);
	}
	add_text(plain, html);
}

static bool is_one_of(str tag, const char *const *names)
{
	bool closes;

	for (; *names != NULL; names++)
		if (is_tag(tag, *names, &closes))
			return true;
	return false;
}

/* What stands in a line with others; all else begins and ends lines. */
static enum gap gap_of(str tag)
{
	static const char *const words[] = {
		"a",	 "abbr", "b",	   "bdi",    "bdo",  "cite", "code",
		"del",	 "dfn",	 "em",	   "i",	     "ins",  "kbd",  "mark",
		"q",	 "s",	 "samp",   "span",   "sub",  "sup",  "time",
		"small", "u",	 "strong", "img",    "ruby", "rb",   "var",
		"wbr",	 "big",	 "font",   "strike", NULL
	};
	static const char *const cells[] = { "td", "th", "rt", "rp", NULL };

	if (is_one_of(tag, words))
		return GAP_NONE;
	return is_one_of(tag, cells) ? GAP_SPACE : GAP_LINE;
}

static void add_picture(struct plain *plain, str tag)
{
	size_t at = str_find(tag, STR(" alt=\""));
	str text;

	if (at == STR_NONE)
		return;
	text = str_from(tag, at + STR(" alt=\"").len);
	add_gap(plain, GAP_SPACE);
	add_escaped(plain, str_between(text, 0, str_find_byte(text, '"')));
	add_gap(plain, GAP_SPACE);
}

/* The mark of a footnote, and the way back from it; up to its end. */
static size_t unread_length(str html)
{
	static const struct piece marks[] = {
		{ STR("<sup class=\"footnote-ref\">"), STR("</sup>") },
	};
	static const str way_back = STR(" class=\"footnote-back\"");
	const struct piece *mark = piece_at(marks, COUNT_OF(marks), html);
	str tag = str_between(html, 0, str_find_byte(html, '>'));
	str end = mark != NULL ? mark->end : STR("</a>");
	size_t at;

	if (mark == NULL && (!str_starts_with(tag, STR("<a ")) ||
			     str_find(tag, way_back) == STR_NONE))
		return 0;
	at = str_find(html, end);
	return at == STR_NONE ? 0 : at + end.len;
}

/* One tag, or what is left out with it; how long it is. */
static size_t add_page_tag(struct plain *plain, str html)
{
	size_t length = unread_length(html);
	size_t end = str_find_byte(html, '>');
	bool closes;
	str tag;

	if (length > 0)
		return length;
	length = end == STR_NONE ? html.len : end + 1;
	tag = str_between(html, 0, length);
	if (is_tag(tag, "br", &closes))
		add_gap(plain, GAP_BLOCK);
	else
		add_gap(plain, gap_of(tag));
	if (is_tag(tag, "img", &closes))
		add_picture(plain, tag);
	add_tag(plain, tag);
	return length;
}

str markdown_plain_page(str html, struct arena *arena)
{
	struct plain plain = { 0 };

	buf_init(&plain.text, arena);
	while (html.len > 0) {
		size_t open = str_find_byte(html, '<');

		add_escaped(&plain, str_between(html, 0, open));
		if (open == STR_NONE)
			break;
		html = str_from(html, open);
		html = str_from(html, add_page_tag(&plain, html));
	}
	return buf_str(&plain.text);
}

/* --- soft breaks ---------------------------------------------------------- */

/* The characters beside a break: the nearest, and the nearest with a script. */
struct beside {
	uint32_t nearest;
	uint32_t letter;
};

static bool is_wrapper(cmark_node *node)
{
	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_EMPH:
	case CMARK_NODE_STRONG:
	case CMARK_NODE_LINK:
		return true;
	default:
		return false;
	}
}

static str text_of(cmark_node *node)
{
	cmark_node_type type = cmark_node_get_type(node);

	if (type != CMARK_NODE_TEXT && type != CMARK_NODE_CODE)
		return STR("");
	return str_from_c(cmark_node_get_literal(node));
}

static bool is_tilde(str text, size_t at)
{
	return at < text.len && text.data[at] == '~';
}

static struct beside first_of(str text)
{
	struct beside beside = { 0 };
	size_t at = 0;

	while (is_tilde(text, at))
		at++;
	for (int i = 0; i < CONTEXT_LIMIT && at < text.len; i++) {
		uint32_t code_point = unicode_next(text, &at);

		if (beside.nearest == 0)
			beside.nearest = code_point;
		beside.letter = code_point;
		if (!unicode_is_ambiguous(code_point))
			break;
	}
	return beside;
}

static struct beside last_of(str text)
{
	struct beside beside = { 0 };
	size_t at = text.len;

	while (at > 0 && is_tilde(text, at - 1))
		at--;
	for (int i = 0; i < CONTEXT_LIMIT && at > 0; i++) {
		uint32_t code_point;
		size_t next;

		do {
			at--;
		} while (at > 0 &&
			 ((unsigned char)text.data[at] & 0xc0) == 0x80);
		next = at;
		code_point = unicode_next(text, &next);
		if (beside.nearest == 0)
			beside.nearest = code_point;
		beside.letter = code_point;
		if (!unicode_is_ambiguous(code_point))
			break;
	}
	return beside;
}

/* Whether nothing stands between the two sides of a line break. */
static bool are_joined(struct beside before, struct beside after)
{
	if (before.nearest == 0 || after.nearest == 0)
		return false;
	return joins(before.nearest, before.letter, after.nearest) ||
	       joins(before.nearest, after.letter, after.nearest);
}

static bool is_gap(char byte)
{
	return byte == ' ' || byte == '\t' || byte == '\n';
}

str markdown_plain_joined(str text, struct arena *arena)
{
	struct buf out;
	size_t done = 0;
	size_t at;

	buf_init(&out, arena);
	while ((at = str_find_byte(str_from(text, done), '\n')) != STR_NONE) {
		size_t start = done + at;
		size_t end = start + 1;

		while (start > done && is_gap(text.data[start - 1]))
			start--;
		while (end < text.len && is_gap(text.data[end]))
			end++;
		buf_add(&out, str_between(text, done, start));
		if (!are_joined(last_of(str_between(text, 0, start)),
				first_of(str_from(text, end))))
			buf_add(&out, str_between(text, start, end));
		done = end;
	}
	buf_add(&out, str_from(text, done));
	return buf_str(&out);
}

static cmark_node *step(cmark_node *node, bool back)
{
	return back ? cmark_node_previous(node) : cmark_node_next(node);
}

/* The next node in this direction, out of emphasis and links. */
static cmark_node *leave(cmark_node *node, bool back)
{
	while (step(node, back) == NULL) {
		node = cmark_node_parent(node);
		if (node == NULL || !is_wrapper(node))
			return NULL;
	}
	return step(node, back);
}

/* What stands beside the break, up to the break after it. */
static struct beside look(cmark_node *node, bool back,
			  const struct markdown_footnotes *footnotes)
{
	struct beside beside = { 0 };
	struct plain plain = { .footnotes = footnotes };

	node = leave(node, back);
	while (node != NULL) {
		cmark_node *child = back ? cmark_node_last_child(node)
					 : cmark_node_first_child(node);
		str text = text_of(node);

		if (is_wrapper(node) && child != NULL &&
		    !is_footnote(&plain, node)) {
			node = child;
			continue;
		}
		beside = back ? last_of(text) : first_of(text);
		if (beside.nearest != 0)
			return beside;
		if (text.len == 0 && !is_wrapper(node) &&
		    cmark_node_get_type(node) != CMARK_NODE_HTML_INLINE)
			return beside;
		node = leave(node, back);
	}
	return beside;
}

bool markdown_plain_is_joined(cmark_node *soft_break,
			      const struct markdown_footnotes *footnotes)
{
	return are_joined(look(soft_break, true, footnotes),
			  look(soft_break, false, footnotes));
}
