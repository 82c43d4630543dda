/*
 * Standalone tags. A line that holds white space and one tag that prints
 * nothing by itself belongs to the tag and not to the text:
 *
 *	"a\n", "  ", {{#b}}, "\nc"   becomes   "a\n", {{#b}}, "c"
 *
 * Inheritance asks for more: tags of parents and blocks may share such a line,
 * as in {{<layout}}{{$main}}. Only a block that begins and ends in one line
 * is text, since the end of its line is not its own.
 */
#include "theme/template_lexer.h"
#include "theme/template_tree.h"

/* The white space at the end of a text, back to the last line end. */
static str blank_tail(str text)
{
	size_t at = text.len;

	while (at > 0 && byte_is_blank(text.data[at - 1]))
		at--;
	return str_from(text, at);
}

/*
 * Does token `number` begin its line, and after which white space? The source
 * is asked, since the text before may have been taken already.
 */
static bool begins_line(const struct token *tokens, size_t number, str source,
			str *indent)
{
	size_t at = tokens[number].start;

	*indent = (str){ "", 0 };
	if (number > 0 && tokens[number - 1].kind == TOKEN_TEXT)
		*indent = blank_tail(tokens[number - 1].text);
	at -= indent->len;
	if (at == 0 || source.data[at - 1] == '\n')
		return true;
	*indent = (str){ "", 0 };
	return false;
}

/* Bytes of a text up to and with its first line end, if all are blank. */
static size_t blank_head(str text, bool is_last)
{
	size_t at = 0;

	while (at < text.len && byte_is_blank(text.data[at]))
		at++;
	if (at == text.len)
		return is_last ? at : STR_NONE;
	if (text.data[at] == '\r')
		at++;
	return at < text.len && text.data[at] == '\n' ? at + 1 : STR_NONE;
}

static bool is_blank_text(const struct token *token)
{
	return token->kind == TOKEN_TEXT &&
	       blank_tail(token->text).len == token->text.len;
}

/* A row of tags with nothing but white space between them. */
struct row {
	size_t first;
	size_t last;
	size_t tags;
};

static struct row find_row(const struct token *tokens, size_t count,
			   size_t first)
{
	struct row row = { first, first, 1 };

	for (size_t i = first + 1; i < count; i++) {
		if (tokens[i].kind != TOKEN_TEXT) {
			row.last = i;
			row.tags++;
		} else if (!is_blank_text(&tokens[i])) {
			break;
		}
	}
	return row;
}

static bool may_share_line(const struct token *tokens, struct row row)
{
	size_t parents = 0;

	for (size_t i = row.first; i <= row.last; i++) {
		const struct token *token = &tokens[i];

		if (token->kind == TOKEN_TEXT)
			continue;
		if (token->kind == TOKEN_PARENT)
			parents++;
		else if (token->kind == TOKEN_CLOSE && token->is_block) {
			if (tokens[token->partner].kind == TOKEN_BLOCK &&
			    token->partner >= row.first && parents == 0)
				return false;
		} else if (token->kind != TOKEN_BLOCK)
			return false;
	}
	return true;
}

static bool may_stand_alone(const struct token *tokens, struct row row)
{
	if (row.tags > 1)
		return may_share_line(tokens, row);
	return tokens[row.first].kind != TOKEN_VALUE &&
	       tokens[row.first].kind != TOKEN_RAW;
}

static void take_row(struct token *tokens, size_t count, struct row row,
		     size_t head)
{
	if (row.first > 0)
		tokens[row.first - 1].text.len -= tokens[row.first].indent.len;
	for (size_t i = row.first; i <= row.last; i++) {
		tokens[i].opens = true;
		if (tokens[i].kind == TOKEN_TEXT)
			tokens[i].text.len = 0;
	}
	tokens[row.last].ends = true;
	if (row.last + 1 < count)
		tokens[row.last + 1].text =
			str_from(tokens[row.last + 1].text, head);
}

static bool row_ends_line(const struct token *tokens, size_t count,
			  struct row row, size_t *head)
{
	*head = 0;
	if (row.last + 1 < count)
		*head = blank_head(tokens[row.last + 1].text,
				   row.last + 2 == count);
	return *head != STR_NONE;
}

/* Pairs opening and closing tags as far as they fit. */
static void find_partners(struct token *tokens, size_t count)
{
	size_t open[TEMPLATE_NESTING_LIMIT + 1];
	size_t depth = 0;

	for (size_t i = 0; i < count; i++) {
		struct token *token = &tokens[i];

		if (token->kind == TOKEN_CLOSE && depth > 0) {
			const struct token *opening = &tokens[open[--depth]];

			token->partner = open[depth];
			token->is_block = opening->kind == TOKEN_BLOCK ||
					  opening->kind == TOKEN_PARENT;
		} else if (token->kind == TOKEN_SECTION ||
			   token->kind == TOKEN_INVERTED ||
			   token->kind == TOKEN_PARENT ||
			   token->kind == TOKEN_BLOCK) {
			if (depth == COUNT_OF(open))
				return;
			open[depth++] = i;
		}
	}
}

void template_take_lines(struct list *list, str source)
{
	struct token *tokens = list->items;
	size_t i = 0;

	find_partners(tokens, list->count);
	while (i < list->count) {
		struct row row;
		size_t head;

		if (tokens[i].kind == TOKEN_TEXT ||
		    !begins_line(tokens, i, source, &tokens[i].indent)) {
			i++;
			continue;
		}
		row = find_row(tokens, list->count, i);
		if (row_ends_line(tokens, list->count, row, &head) &&
		    may_stand_alone(tokens, row))
			take_row(tokens, list->count, row, head);
		i = row.last + 1;
	}
}
