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

static bool is_no_break(str text, size_t at)
{
	return at + 1 < text.len && (unsigned char)text.data[at] == 0xc2 &&
	       (unsigned char)text.data[at + 1] == 0xa0;
}

static size_t word_length(str text)
{
	size_t at = 0;

	while (at < text.len && (unsigned char)text.data[at] > ' ' &&
	       !is_no_break(text, at))
		at++;
	return at;
}

/* What the next character will be put beside. */
static void note_last(struct plain *plain, str word)
{
	size_t at = word.len;
	uint32_t code_point = unicode_previous(word, &at);

	plain->last = code_point;
	while (unicode_is_ambiguous(code_point) && at > 0)
		code_point = unicode_previous(word, &at);
	if (!unicode_is_ambiguous(code_point))
		plain->letter = code_point;
}

/*
 * Words as they are: with no gap before it and not raised, a character stands
 * for itself.
 */
static void add_word(struct plain *plain, str word)
{
	size_t at = 0;

	while (at < word.len && (plain->gap != GAP_NONE || plain->raised > 0))
		add_character(plain, unicode_next(word, &at));
	if (at == word.len)
		return;
	word = str_from(word, at);
	buf_add(&plain->text, word);
	note_last(plain, word);
}

static void add_text(struct plain *plain, str text)
{
	if (plain->deleted > 0 || plain->is_struck)
		return;
	while (text.len > 0) {
		size_t length = word_length(text);

		add_word(plain, str_between(text, 0, length));
		if (length < text.len)
			add_gap(plain, GAP_SPACE);
		text = str_from(text, length + 1 + is_no_break(text, length));
	}
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

enum tag_role {
	TAG_LINE, /* begins and ends lines */
	TAG_CELL, /* stands beside others on a line */
	TAG_WORD, /* stands in a line: nothing */
	TAG_BREAK,
	TAG_PICTURE,
	TAG_DELETED,
	TAG_RAISED,
	TAG_LINK,
};

/* All that are not here are of blocks. */
static const struct tag {
	str name;
	enum tag_role role;
} tags[] = {
	{ STR("a"), TAG_LINK },	     { STR("strong"), TAG_WORD },
	{ STR("em"), TAG_WORD },     { STR("code"), TAG_WORD },
	{ STR("span"), TAG_WORD },   { STR("td"), TAG_CELL },
	{ STR("th"), TAG_CELL },     { STR("br"), TAG_BREAK },
	{ STR("img"), TAG_PICTURE }, { STR("del"), TAG_DELETED },
	{ STR("s"), TAG_DELETED },   { STR("strike"), TAG_DELETED },
	{ STR("sup"), TAG_RAISED },  { STR("sub"), TAG_WORD },
	{ STR("b"), TAG_WORD },	     { STR("i"), TAG_WORD },
	{ STR("u"), TAG_WORD },	     { STR("abbr"), TAG_WORD },
	{ STR("bdi"), TAG_WORD },    { STR("bdo"), TAG_WORD },
	{ STR("big"), TAG_WORD },    { STR("cite"), TAG_WORD },
	{ STR("dfn"), TAG_WORD },    { STR("font"), TAG_WORD },
	{ STR("ins"), TAG_WORD },    { STR("kbd"), TAG_WORD },
	{ STR("mark"), TAG_WORD },   { STR("q"), TAG_WORD },
	{ STR("ruby"), TAG_WORD },   { STR("rb"), TAG_WORD },
	{ STR("rp"), TAG_CELL },     { STR("rt"), TAG_CELL },
	{ STR("samp"), TAG_WORD },   { STR("small"), TAG_WORD },
	{ STR("time"), TAG_WORD },   { STR("var"), TAG_WORD },
	{ STR("wbr"), TAG_WORD },
};

/* The characters that html_escape writes as names. */
static const struct {
	str name;
	str character;
} escapes[] = {
	{ STR("&amp;"), STR("&") }, { STR("&lt;"), STR("<") },
	{ STR("&gt;"), STR(">") },  { STR("&quot;"), STR("\"") },
	{ STR("&#39;"), STR("'") },
};

static void add_escaped(struct plain *plain, str html)
{
	size_t at;

	while ((at = str_find_byte(html, '&')) != STR_NONE) {
		size_t i = 0;

		add_text(plain, str_between(html, 0, at));
		html = str_from(html, at);
		while (i < COUNT_OF(escapes) &&
		       !str_starts_with(html, escapes[i].name))
			i++;
		add_text(plain, i < COUNT_OF(escapes) ? escapes[i].character
						      : STR("&"));
		html = str_from(
			html, i < COUNT_OF(escapes) ? escapes[i].name.len : 1);
	}
	add_text(plain, html);
}

static enum tag_role role_of(str tag, bool *closes)
{
	size_t end;

	*closes = tag.len > 1 && tag.data[1] == '/';
	tag = str_from(tag, *closes ? 2 : 1);
	end = 0;
	while (end < tag.len && tag.data[end] >= '0' && tag.data[end] != '>')
		end++;
	tag.len = end;
	for (size_t i = 0; i < COUNT_OF(tags); i++)
		if (str_equal(tags[i].name, tag))
			return tags[i].role;
	return TAG_LINE;
}

static void add_picture(struct plain *plain, str tag)
{
	str start = STR(" alt=\"");
	size_t at = str_find(tag, start);
	str text;

	if (at == STR_NONE)
		return;
	text = str_from(tag, at + start.len);
	add_gap(plain, GAP_SPACE);
	add_escaped(plain, str_between(text, 0, str_find_byte(text, '"')));
	add_gap(plain, GAP_SPACE);
}

/* The mark of a footnote, and the way back from it; up to its end. */
static size_t unread_length(str html, str tag, enum tag_role role)
{
	str name = role == TAG_LINK ? STR(" class=\"footnote-back\"")
				    : STR(" class=\"footnote-ref\"");
	str end = role == TAG_LINK ? STR("</a>") : STR("</sup>");
	size_t at;

	if ((role != TAG_LINK && role != TAG_RAISED) ||
	    str_find(tag, name) == STR_NONE)
		return 0;
	at = str_find(html, end);
	return at == STR_NONE ? 0 : at + end.len;
}

static void take_tag(struct plain *plain, str tag, enum tag_role role,
		     bool closes)
{
	switch (role) {
	case TAG_LINE:
		add_gap(plain, GAP_LINE);
		return;
	case TAG_CELL:
		add_gap(plain, GAP_SPACE);
		return;
	case TAG_BREAK:
		add_gap(plain, GAP_BLOCK);
		return;
	case TAG_PICTURE:
		add_picture(plain, tag);
		return;
	case TAG_DELETED:
		count_tag(&plain->deleted, closes);
		return;
	case TAG_RAISED:
		count_tag(&plain->raised, closes);
		return;
	case TAG_WORD:
	case TAG_LINK:
		return;
	}
}

/* One tag, or what is left out with it; how long it is. */
static size_t add_page_tag(struct plain *plain, str html)
{
	size_t end = str_find_byte(html, '>');
	size_t length = end == STR_NONE ? html.len : end + 1;
	str tag = str_between(html, 0, length);
	bool closes;
	enum tag_role role = role_of(tag, &closes);
	size_t unread = unread_length(html, tag, role);

	if (unread > 0)
		return unread;
	take_tag(plain, tag, role, closes);
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
		uint32_t code_point = unicode_previous(text, &at);

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
