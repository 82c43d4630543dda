/*
 * cmark has no such blocks, and giving it signs of our own would change what
 * it makes of the text in them. So the finished tree is changed: nodes are
 * moved and marked with user data, and the sign that named the shape is taken
 * out of its text.
 */
#include "markup/markdown_shapes.h"

#include <cmark.h>

#include "base/unicode.h"

const char *const markdown_callout_names[MARKDOWN_CALLOUT_KINDS] = {
	[MARKDOWN_CALLOUT_NOTE] = "note",
	[MARKDOWN_CALLOUT_TIP] = "tip",
	[MARKDOWN_CALLOUT_IMPORTANT] = "important",
	[MARKDOWN_CALLOUT_WARNING] = "warning",
	[MARKDOWN_CALLOUT_CAUTION] = "caution",
};

struct shaping {
	const struct markdown_text *text;
	struct arena *arena;
	struct diag_list *diags;
};

static bool is_kind(cmark_node *node, cmark_node_type type)
{
	return node != NULL && cmark_node_get_type(node) == type;
}

static bool is_break(cmark_node *node)
{
	return is_kind(node, CMARK_NODE_SOFTBREAK) ||
	       is_kind(node, CMARK_NODE_LINEBREAK);
}

static str literal_of(cmark_node *node)
{
	return is_kind(node, CMARK_NODE_TEXT)
		       ? str_from_c(cmark_node_get_literal(node))
		       : STR("");
}

static void remove_node(cmark_node *node)
{
	cmark_node_unlink(node);
	cmark_node_free(node);
}

/* Whether the node begins with this sign in the source, too: no backslash. */
static bool is_written(const struct shaping *shaping, cmark_node *node,
		       char sign)
{
	struct markdown_spot spot = markdown_text_spot(shaping->text, node);
	size_t column = spot.column < 0 ? 0 : (size_t)spot.column;
	str text;

	if (spot.line < 1 || (size_t)spot.line > shaping->text->lines.count)
		return false;
	text = markdown_text_line(shaping->text, (size_t)spot.line - 1);
	/* columns are wrong where a line is indented more than the first */
	while (column > 0 && column <= text.len &&
	       str_find_byte(STR(" \t>"), text.data[column - 1]) != STR_NONE)
		column++;
	return column > 0 && column <= text.len &&
	       text.data[column - 1] == sign;
}

/* --- callouts ------------------------------------------------------------- */

/* "NOTE" of "[!NOTE]"; empty: the text does not begin so. */
static str callout_word(str text)
{
	size_t end = 2;

	if (!str_starts_with(text, STR("[!")))
		return STR("");
	while (end < text.len && text.data[end] != ']' &&
	       text.data[end] != '[' && end < 40)
		end++;
	return end < text.len && text.data[end] == ']'
		       ? str_between(text, 2, end)
		       : STR("");
}

static void report_kind(const struct shaping *shaping, cmark_node *node,
			str word)
{
	str names[MARKDOWN_CALLOUT_KINDS];
	char *lower = arena_c_string(shaping->arena, word);
	struct span span = markdown_text_span(shaping->text, node);
	struct diag *diag;
	str near;

	for (size_t i = 0; i < COUNT_OF(names); i++)
		names[i] = str_from_c(markdown_callout_names[i]);
	for (size_t i = 0; i < word.len; i++)
		lower[i] = (char)unicode_lower((unsigned char)lower[i] < 0x80
						       ? (uint32_t)lower[i]
						       : ' ');
	near = str_nearest((str){ lower, word.len }, names, COUNT_OF(names));
	diag = diag_warning(shaping->diags, span, "markdown-callout",
			    _("there is no callout \"%.*s\""), STR_ARG(word));
	if (near.len > 0)
		diag_help(shaping->diags, diag, _("write [!%.*s]"),
			  STR_ARG(near));
	else
		diag_help(shaping->diags, diag,
			  _("write [!note], [!tip], [!important], [!warning] "
			    "or [!caution]"));
}

static bool find_kind(enum markdown_callout_kind *kind, str word)
{
	for (size_t i = 0; i < MARKDOWN_CALLOUT_KINDS; i++) {
		*kind = (enum markdown_callout_kind)i;
		if (str_equal_ignoring_case(
			    word, str_from_c(markdown_callout_names[i])))
			return true;
	}
	return false;
}

/* Takes "[!NOTE] title" out of the paragraph, and an empty paragraph away. */
static void take_head(cmark_node *paragraph, cmark_node *text, str rest,
		      struct arena *arena)
{
	cmark_node *next = cmark_node_next(text);

	if (rest.len > 0) {
		cmark_node_set_literal(text, arena_c_string(arena, rest));
		return;
	}
	remove_node(text);
	if (is_break(next))
		remove_node(next);
	if (cmark_node_first_child(paragraph) == NULL)
		remove_node(paragraph);
}

static void shape_quote(const struct shaping *shaping, cmark_node *quote)
{
	cmark_node *paragraph = cmark_node_first_child(quote);
	cmark_node *text;
	struct markdown_callout *callout;
	enum markdown_callout_kind kind;
	bool is_alone;
	str rest;
	str word;

	if (!is_kind(paragraph, CMARK_NODE_PARAGRAPH))
		return;
	text = cmark_node_first_child(paragraph);
	word = callout_word(literal_of(text));
	if (word.len == 0 || !is_written(shaping, text, '['))
		return;
	if (!find_kind(&kind, word)) {
		report_kind(shaping, text, word);
		return;
	}
	callout = arena_alloc(shaping->arena, sizeof(*callout));
	callout->kind = kind;
	rest = str_from(literal_of(text), word.len + 3);
	/* other programs fold it: [!note]- is closed, [!note]+ is open */
	if (rest.len > 0 && (rest.data[0] == '-' || rest.data[0] == '+'))
		rest = str_from(rest, 1);
	rest = str_trim(rest);
	is_alone = cmark_node_next(text) == NULL ||
		   is_break(cmark_node_next(text));
	if (is_alone)
		callout->title = arena_copy(shaping->arena, rest);
	cmark_node_set_user_data(quote, callout);
	take_head(paragraph, text, is_alone ? STR("") : rest, shaping->arena);
}

const struct markdown_callout *markdown_callout_of(cmark_node *quote)
{
	return cmark_node_get_user_data(quote);
}

/* --- terms ---------------------------------------------------------------- */

static const enum markdown_term term = MARKDOWN_TERM;
static const enum markdown_term term_text = MARKDOWN_TERM_TEXT;

/* ": 说明" at the start of a line. */
static bool begins_text(const struct shaping *shaping, cmark_node *node)
{
	str text = literal_of(node);

	return text.len > 2 && text.data[0] == ':' &&
	       (text.data[1] == ' ' || text.data[1] == '\t') &&
	       is_written(shaping, node, ':');
}

static bool has_text_line(const struct shaping *shaping, cmark_node *paragraph)
{
	cmark_node *node = cmark_node_first_child(paragraph);

	for (; node != NULL; node = cmark_node_next(node))
		if (is_break(node) && cmark_node_next(node) != NULL &&
		    begins_text(shaping, cmark_node_next(node)))
			return true;
	return false;
}

/* The paragraph inside a new term or text. */
static cmark_node *new_part(cmark_node *list, const enum markdown_term *kind)
{
	cmark_node *part = cmark_node_new(CMARK_NODE_CUSTOM_BLOCK);
	cmark_node *paragraph = cmark_node_new(CMARK_NODE_PARAGRAPH);

	/* user data is never written to: it only says which of the two */
	cmark_node_set_user_data(part, (void *)(uintptr_t)kind);
	cmark_node_append_child(part, paragraph);
	cmark_node_append_child(list, part);
	return paragraph;
}

/* Moves one line, without its ":", into a part of the list. */
static cmark_node *move_line(const struct shaping *shaping, cmark_node *list,
			     cmark_node *node)
{
	bool is_text = begins_text(shaping, node);
	cmark_node *part = new_part(list, is_text ? &term_text : &term);

	if (is_text) {
		str rest = str_trim(str_from(literal_of(node), 2));

		cmark_node_set_literal(node,
				       arena_c_string(shaping->arena, rest));
	}
	while (node != NULL && !is_break(node)) {
		cmark_node *next = cmark_node_next(node);

		cmark_node_append_child(part, node);
		node = next;
	}
	return node;
}

static void move_lines(const struct shaping *shaping, cmark_node *list,
		       cmark_node *paragraph)
{
	cmark_node *node = cmark_node_first_child(paragraph);

	while (node != NULL) {
		cmark_node *end = move_line(shaping, list, node);

		node = end == NULL ? NULL : cmark_node_next(end);
		if (end != NULL)
			remove_node(end);
	}
	remove_node(paragraph);
}

static bool is_list(cmark_node *node)
{
	return is_kind(node, CMARK_NODE_CUSTOM_BLOCK) &&
	       markdown_term_of(node) == NULL;
}

/* The list that the paragraph belongs to: the one before it, or a new one. */
static cmark_node *list_before(cmark_node *paragraph)
{
	cmark_node *list = cmark_node_previous(paragraph);

	if (is_list(list))
		return list;
	list = cmark_node_new(CMARK_NODE_CUSTOM_BLOCK);
	cmark_node_insert_before(paragraph, list);
	return list;
}

static bool has_one_line(cmark_node *paragraph)
{
	cmark_node *node = cmark_node_first_child(paragraph);

	while (node != NULL && !is_break(node))
		node = cmark_node_next(node);
	return node == NULL;
}

/*
 * Lines of terms and texts in one paragraph, or a text behind an empty line:
 * then its term is the paragraph before it.
 */
static void shape_paragraph(const struct shaping *shaping,
			    cmark_node *paragraph)
{
	bool is_first = begins_text(shaping, cmark_node_first_child(paragraph));
	cmark_node *before = cmark_node_previous(paragraph);

	if (is_first && is_kind(before, CMARK_NODE_PARAGRAPH) &&
	    has_one_line(before)) {
		cmark_node *list = list_before(before);

		move_lines(shaping, list, before);
		move_lines(shaping, list, paragraph);
	} else if (is_first ? is_list(before)
			    : has_text_line(shaping, paragraph)) {
		move_lines(shaping, list_before(paragraph), paragraph);
	}
}

const enum markdown_term *markdown_term_of(cmark_node *part)
{
	return is_kind(part, CMARK_NODE_CUSTOM_BLOCK)
		       ? cmark_node_get_user_data(part)
		       : NULL;
}

/* --- the tree ------------------------------------------------------------- */

static bool may_have_shapes(str text)
{
	return str_find(text, STR("[!")) != STR_NONE ||
	       str_find(text, STR(": ")) != STR_NONE ||
	       str_find(text, STR(":\t")) != STR_NONE;
}

/* Blocks are left before they change, so the iterator never stands on one. */
void markdown_shapes_find(cmark_node *tree, const struct markdown_text *text,
			  struct diag_list *diags)
{
	struct shaping shaping = { text, text->arena, diags };
	cmark_iter *iter;
	cmark_event_type event;

	if (!may_have_shapes(buf_str(&text->bytes)))
		return;
	iter = cmark_iter_new(tree);
	event = cmark_iter_next(iter);
	while (event != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(iter);
		bool is_end = event == CMARK_EVENT_EXIT;

		event = cmark_iter_next(iter);
		if (is_end && is_kind(node, CMARK_NODE_PARAGRAPH))
			shape_paragraph(&shaping, node);
		else if (is_end && is_kind(node, CMARK_NODE_BLOCK_QUOTE))
			shape_quote(&shaping, node);
	}
	cmark_iter_free(iter);
}
