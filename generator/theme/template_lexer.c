/*
 * One pass, which looks for the delimiter and then for its end; tags of the
 * three forms that need another end ({{{ }}}, {{= =}}, comments) are told by
 * the mark behind it. What is wrong is told at the tag, and the rest goes on
 * as text, so that one slip gives one message.
 */
#include "theme/template_lexer.h"

struct lexer {
	const struct source *source;
	size_t at;
	str open;  /* {{ at first */
	str close; /* }} at first */
	struct list *tokens;
	struct arena *arena;
	struct diag_list *diags;
};

/* The marks behind the opening delimiter. */
static enum token_kind kind_of_mark(char mark)
{
	switch (mark) {
	case '{':
	case '&':
		return TOKEN_RAW;
	case '#':
		return TOKEN_SECTION;
	case '^':
		return TOKEN_INVERTED;
	case '/':
		return TOKEN_CLOSE;
	case '>':
		return TOKEN_PARTIAL;
	case '<':
		return TOKEN_PARENT;
	case '$':
		return TOKEN_BLOCK;
	case '!':
		return TOKEN_COMMENT;
	case '=':
		return TOKEN_DELIMITERS;
	default:
		return TOKEN_VALUE;
	}
}

static struct token *add(struct lexer *lexer, enum token_kind kind,
			 size_t start, size_t end)
{
	struct token *token = list_add(lexer->tokens, lexer->arena);

	token->kind = kind;
	token->start = (uint32_t)start;
	token->end = (uint32_t)end;
	token->partner = STR_NONE;
	return token;
}

static void add_text(struct lexer *lexer, size_t end)
{
	struct token *token;

	if (end == lexer->at)
		return;
	token = add(lexer, TOKEN_TEXT, lexer->at, end);
	token->text = str_between(lexer->source->text, lexer->at, end);
	lexer->at = end;
}

/*
 * How far behind `start` the tag ends, and how long what closes it is: } or =
 * stands before the closing delimiter of tags that began with { or =.
 */
static size_t find_end(const struct lexer *lexer, size_t start, char mark,
		       size_t *close_len)
{
	str rest = str_from(lexer->source->text, start);
	size_t at = str_find(rest, lexer->close);
	char wanted = mark == '{' ? '}' : '=';

	*close_len = lexer->close.len;
	if ((mark != '{' && mark != '=') || at == STR_NONE)
		return at;
	*close_len += 1;
	if (at > 0 && rest.data[at - 1] == wanted)
		return at - 1;
	/* In "}}}" the delimiter is found one byte early. */
	if (rest.data[at] == wanted &&
	    str_starts_with(str_from(rest, at + 1), lexer->close))
		return at;
	return STR_NONE;
}

static bool is_delimiter(str text)
{
	return text.len > 0 && text.len <= 8 &&
	       str_find_byte(text, '=') == STR_NONE;
}

static bool set_delimiters(struct lexer *lexer, const struct token *token)
{
	size_t middle = 0;
	str open;
	str close;

	while (middle < token->text.len &&
	       (unsigned char)token->text.data[middle] > ' ')
		middle++;
	open = str_between(token->text, 0, middle);
	close = str_trim(str_from(token->text, middle));
	for (size_t i = 0; i < close.len; i++)
		if ((unsigned char)close.data[i] <= ' ')
			close.len = 0;
	if (is_delimiter(open) && is_delimiter(close)) {
		lexer->open = open;
		lexer->close = close;
		return true;
	}
	diag_help(lexer->diags,
		  diag_error(lexer->diags,
			     span_of(lexer->source, token->start, token->end),
			     "template-delimiters",
			     _("these are not two delimiters")),
		  _("write them with a space between: %s"), "{{=<% %>=}}");
	return false;
}

static bool read_tag(struct lexer *lexer)
{
	str text = lexer->source->text;
	size_t start = lexer->at;
	size_t inside = start + lexer->open.len;
	char mark = '\0';
	enum token_kind kind;
	struct token *token;
	size_t close_len;
	size_t end;

	if (inside < text.len)
		mark = text.data[inside];
	kind = kind_of_mark(mark);
	inside += kind != TOKEN_VALUE;
	end = find_end(lexer, inside, mark, &close_len);
	if (end == STR_NONE) {
		diag_error(lexer->diags, span_of(lexer->source, start, inside),
			   "template-tag", _("this tag is never closed"));
		return false;
	}
	end += inside;
	token = add(lexer, kind, start, end + close_len);
	token->text = str_trim(str_between(text, inside, end));
	lexer->at = end + close_len;
	return kind != TOKEN_DELIMITERS || set_delimiters(lexer, token);
}

bool template_lex(struct list *tokens, const struct source *source,
		  struct arena *arena, struct diag_list *diags)
{
	struct lexer lexer = {
		.source = source,
		.open = STR("{{"),
		.close = STR("}}"),
		.tokens = tokens,
		.arena = arena,
		.diags = diags,
	};

	list_init(tokens, sizeof(struct token));
	for (;;) {
		size_t next =
			str_find(str_from(source->text, lexer.at), lexer.open);

		if (next == STR_NONE)
			break;
		add_text(&lexer, lexer.at + next);
		if (!read_tag(&lexer))
			return false;
	}
	add_text(&lexer, source->text.len);
	template_take_lines(tokens, source->text);
	return true;
}
