/*
 * cmark's text has no backslashes any more, but whether a tilde was escaped
 * decides what it means. So the tildes of the tree are counted off against
 * those of the source, which is read once beside it. Openers wait on a stack
 * and are closed by the next mark that can.
 */
#include "markup/markdown_marks.h"

#include <cmark.h>

#include "base/unicode.h"

/* A "~~" that may open and still waits, with the place it belongs to. */
struct opener {
	struct markdown_mark *mark;
};

struct search {
	const struct markdown_text *text;
	struct arena *arena;
	struct list openers; /* struct opener */
	struct list floors;  /* size_t: openers when each parent began */
	size_t link_depth;
};

/* --- addresses ------------------------------------------------------------ */

static bool is_address_byte(char c)
{
	return c > ' ' && c < 0x7f &&
	       str_find_byte(STR("<>\"`{}|\\^"), c) == STR_NONE;
}

/* Stops of a sentence and a bracket too many do not belong to an address. */
static size_t without_stops(str address)
{
	size_t open = 0;
	size_t close = 0;
	size_t end = address.len;

	for (size_t i = 0; i < address.len; i++) {
		open += address.data[i] == '(';
		close += address.data[i] == ')';
	}
	while (end > 0) {
		char last = address.data[end - 1];

		if (last == ')' && close > open)
			close--;
		else if (str_find_byte(STR("?!.,:;*_~'\""), last) == STR_NONE)
			break;
		end--;
	}
	return end;
}

size_t markdown_address_length(str text)
{
	size_t head = str_starts_with(text, STR("https://"))  ? 8
		      : str_starts_with(text, STR("http://")) ? 7
							      : 0;
	size_t end = head;

	if (head == 0)
		return 0;
	while (end < text.len && is_address_byte(text.data[end]))
		end++;
	end = without_stops(str_between(text, 0, end));
	return end > head ? end : 0;
}

/* --- one run of text ------------------------------------------------------ */

static struct markdown_mark *add_mark(struct search *search, cmark_node *node,
				      enum markdown_mark_kind kind, size_t at,
				      size_t length)
{
	struct markdown_marks *marks = cmark_node_get_user_data(node);
	struct markdown_mark *mark = arena_alloc(search->arena, sizeof(*mark));

	if (marks == NULL) {
		marks = arena_alloc(search->arena, sizeof(*marks));
		cmark_node_set_user_data(node, marks);
	}
	*mark = (struct markdown_mark){ .kind = kind,
					.at = at,
					.length = length };
	if (marks->last == NULL)
		marks->first = mark;
	else
		marks->last->next = mark;
	marks->last = mark;
	return mark;
}

static size_t floor_of(const struct search *search)
{
	const size_t *floors = search->floors.items;

	return search->floors.count == 0 ? 0 : floors[search->floors.count - 1];
}

/*
 * Opens before text, closes behind text; in doubt it closes. One tilde is
 * never a mark: "10~20" is a range in Chinese.
 */
static void add_tildes(struct search *search, cmark_node *node, str text,
		       size_t at)
{
	bool opens = at + 2 < text.len ? !byte_is_space(text.data[at + 2])
				       : cmark_node_next(node) != NULL;
	bool closes = at > 0 ? !byte_is_space(text.data[at - 1])
			     : cmark_node_previous(node) != NULL;
	struct opener *openers = search->openers.items;

	if (closes && search->openers.count > floor_of(search)) {
		openers[--search->openers.count].mark->kind =
			MARKDOWN_MARK_DELETED;
		add_mark(search, node, MARKDOWN_MARK_DELETED_END, at, 2);
	} else if (opens) {
		struct markdown_mark *mark =
			add_mark(search, node, MARKDOWN_MARK_NONE, at, 2);
		struct opener *opener =
			list_add(&search->openers, search->arena);

		opener->mark = mark;
	}
}

static bool starts_word(str text, size_t at)
{
	unsigned char before = at > 0 ? (unsigned char)text.data[at - 1] : ' ';

	return before >= 0x80 || !unicode_is_word(before);
}

static size_t tilde_run(str text, size_t at)
{
	size_t end = at;

	while (end < text.len && text.data[end] == '~')
		end++;
	return end - at;
}

/* The next byte that scan_run() looks at. What cmark gives ends with NUL. */
static size_t next_sign(str text, size_t at)
{
	return at + strcspn(text.data + at, "~h");
}

/* `escaped` says by byte which tildes stand behind a backslash. */
static void scan_run(struct search *search, cmark_node *node, str text,
		     const bool *escaped)
{
	size_t at = next_sign(text, 0);

	while (at < text.len) {
		size_t run = tilde_run(text, at);
		size_t address = 0;

		if (text.data[at] == 'h' && search->link_depth == 0 &&
		    starts_word(text, at))
			address = markdown_address_length(str_from(text, at));
		if (address > 0)
			add_mark(search, node, MARKDOWN_MARK_ADDRESS, at,
				 address);
		else if (run == 2 &&
			 !(escaped != NULL && (escaped[at] || escaped[at + 1])))
			add_tildes(search, node, text, at);
		at += address > 0 ? address : run > 0 ? run : 1;
		at = next_sign(text, at);
	}
}

static size_t entity_length(str text)
{
	static const char *const entities[] = { "&#126;", "&#x7e;", "&#x7E;",
						"&#X7e;", "&#X7E;" };

	for (size_t i = 0; i < COUNT_OF(entities); i++)
		if (str_starts_with(text, str_from_c(entities[i])))
			return str_from_c(entities[i]).len;
	return 0;
}

/* What the node was made from: always part of one line. */
static str written_text(const struct search *search, cmark_node *node)
{
	struct markdown_spot spot = markdown_text_spot(search->text, node);

	if (spot.line < 1 || spot.column < 1 || spot.end_column < spot.column ||
	    (size_t)spot.line > search->text->lines.count)
		return STR("");
	return str_between(
		markdown_text_line(search->text, (size_t)spot.line - 1),
		(size_t)spot.column - 1, (size_t)spot.end_column);
}

/* Goes behind the next tilde as written; false when it is escaped or gone. */
static bool next_tilde(str written, size_t *at)
{
	while (*at < written.len) {
		size_t entity = entity_length(str_from(written, *at));
		bool slash = written.data[*at] == '\\' && *at + 1 < written.len;

		if (!slash && written.data[*at] == '~') {
			(*at)++;
			return true;
		}
		*at += entity > 0 ? entity : slash ? 2 : 1;
		if (entity > 0 || (slash && written.data[*at - 1] == '~'))
			return false;
	}
	return false;
}

/*
 * cmark's text has no backslashes any more, so its tildes are counted off
 * against those in the text as written.
 */
static const bool *find_escapes(const struct search *search, cmark_node *node,
				str text)
{
	bool *escaped =
		arena_array(search->arena, text.len + 1, sizeof(*escaped));
	str written = written_text(search, node);
	size_t at = 0;

	for (size_t i = 0; i < text.len; i++)
		if (text.data[i] == '~')
			escaped[i] = !next_tilde(written, &at);
	return escaped;
}

static bool is_text(cmark_node *node)
{
	return cmark_node_get_type(node) == CMARK_NODE_TEXT;
}

static void search_node(struct search *search, cmark_node *node)
{
	str text = str_from_c(cmark_node_get_literal(node));
	const bool *escaped = NULL;

	if (str_find(text, STR("~~")) != STR_NONE)
		escaped = find_escapes(search, node, text);
	scan_run(search, node, text, escaped);
}

/* --- the tree ------------------------------------------------------------- */

static void enter(struct search *search, cmark_node *node)
{
	cmark_node_type type = cmark_node_get_type(node);
	size_t *floor = list_add(&search->floors, search->arena);

	*floor = search->openers.count;
	search->link_depth +=
		type == CMARK_NODE_LINK || type == CMARK_NODE_IMAGE;
}

static void leave(struct search *search, cmark_node *node)
{
	cmark_node_type type = cmark_node_get_type(node);

	search->openers.count = floor_of(search);
	search->floors.count--;
	search->link_depth -=
		type == CMARK_NODE_LINK || type == CMARK_NODE_IMAGE;
}

void markdown_marks_find(struct cmark_node *tree,
			 const struct markdown_text *text, struct arena *arena)
{
	struct search search = { .text = text, .arena = arena };
	cmark_iter *iter = cmark_iter_new(tree);
	cmark_event_type event;

	list_init(&search.openers, sizeof(struct opener));
	list_init(&search.floors, sizeof(size_t));
	while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(iter);

		if (is_text(node))
			search_node(&search, node);
		else if (cmark_node_first_child(node) == NULL)
			continue;
		else if (event == CMARK_EVENT_ENTER)
			enter(&search, node);
		else
			leave(&search, node);
	}
	cmark_iter_free(iter);
}
