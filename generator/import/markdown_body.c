/*
 * One pass over the text, no parser: only addresses are replaced, so that all
 * else stays as its author wrote it. Code between fences is passed over, and
 * brackets do not reach over an empty line, as in Markdown.
 */
#include "import/markdown_body.h"

#include "base/unicode.h"

enum { DESTINATION_LIMIT = 2000, NAME_LIMIT = 60, BRACKETS = 64 };

struct rewriting {
	struct markdown_body *body;
	struct buf out;
	str text;
	size_t at;
	size_t brackets[BRACKETS]; /* of "[" that are open, in `out` */
	size_t depth;
	char fence; /* of the code that is open, or 0 */
	struct map shortcodes;
};

/* --- shortcodes ----------------------------------------------------------- */

/* The name in {{< name … >}}, {{% name %}}, {% name %}; empty: none. */
static str shortcode_at(str rest)
{
	static const char *const opens[] = { "{{<", "{{%", "{%" };
	size_t end = 0;

	for (size_t i = 0; i < COUNT_OF(opens); i++) {
		if (!str_starts_with(rest, str_from_c(opens[i])))
			continue;
		rest = str_from(rest, strlen(opens[i]));
		while (rest.len > 0 &&
		       (rest.data[0] == ' ' || rest.data[0] == '/' ||
			rest.data[0] == '-'))
			rest = str_from(rest, 1);
		while (end < rest.len && !byte_is_space(rest.data[end]) &&
		       rest.data[end] != '>' && rest.data[end] != '%' &&
		       rest.data[end] != '}' && end < NAME_LIMIT)
			end++;
		return str_between(rest, 0, end);
	}
	return STR("");
}

static void look_for_shortcode(struct rewriting *rewriting)
{
	str name = shortcode_at(str_from(rewriting->text, rewriting->at));

	if (name.len > 0 && map_add(&rewriting->shortcodes, name, rewriting))
		making_say(rewriting->body->making, IMPORT_NOTE,
			   _("the shortcode “%.*s” stands in the text"),
			   STR_ARG(name));
}

/* --- addresses ------------------------------------------------------------ */

static enum address_result find(struct rewriting *rewriting, str *out,
				str address)
{
	struct markdown_body *body = rewriting->body;
	enum address_result result;

	*out = address;
	if (body->book == NULL || address.len == 0 || address.data[0] == '#')
		return ADDRESS_OUTSIDE;
	result = link_book_find(out, body->book, body->file, body->place,
				address, body->making->arena);
	if (result == ADDRESS_LATER)
		body->is_late = true;
	if (result == ADDRESS_NOWHERE)
		making_say(body->making, IMPORT_NOTE,
			   _("“%.*s” leads nowhere and is text now"),
			   STR_ARG(unicode_prefix(address, NAME_LIMIT)));
	return result;
}

/* "[text" becomes "text", "![text" too. */
static void drop_bracket(struct rewriting *rewriting, size_t open)
{
	char *data = rewriting->out.data;
	size_t from = open + 1;
	size_t to = open > 0 && data[open - 1] == '!' ? open - 1 : open;

	memmove(data + to, data + from, rewriting->out.len - from);
	rewriting->out.len -= from - to;
}

static bool is_destination_end(char c, bool is_pointed)
{
	return is_pointed ? c == '>' || c == '\n'
			  : c == ')' || byte_is_space(c);
}

/* Behind "](": gives the destination and where it ends. */
static str destination(const struct rewriting *rewriting, size_t *end)
{
	str text = rewriting->text;
	size_t start = rewriting->at + 2;
	bool is_pointed = str_at(text, start) == '<';
	size_t depth = 0;
	size_t i;

	start += is_pointed;
	for (i = start; i < text.len && i - start < DESTINATION_LIMIT; i++) {
		if (!is_pointed && text.data[i] == '(')
			depth++;
		else if (depth > 0 && text.data[i] == ')')
			depth--;
		else if (is_destination_end(text.data[i], is_pointed))
			break;
	}
	*end = i + is_pointed;
	return str_between(text, start, i);
}

static void write_destination(struct buf *out, str address)
{
	bool is_plain = str_find_byte(address, ' ') == STR_NONE &&
			str_find_byte(address, '(') == STR_NONE &&
			str_find_byte(address, ')') == STR_NONE;

	buf_printf(out, is_plain ? "](%.*s" : "](<%.*s>", STR_ARG(address));
}

/* "](…)", with the "[" before it. */
static void take_link(struct rewriting *rewriting)
{
	size_t open = rewriting->brackets[--rewriting->depth];
	size_t end;
	str address = destination(rewriting, &end);
	size_t close = str_find_byte(str_from(rewriting->text, end), ')');
	bool is_link = close != STR_NONE && close <= DESTINATION_LIMIT;
	str found = address;

	if (!is_link || find(rewriting, &found, address) != ADDRESS_NOWHERE) {
		write_destination(&rewriting->out, found);
		rewriting->at = end;
		return;
	}
	drop_bracket(rewriting, open);
	rewriting->at = end + close + 1;
}

/* src="…" and href="…" of raw HTML. */
static bool take_attribute(struct rewriting *rewriting)
{
	static const char *const names[] = { "src=\"", "href=\"" };
	str rest = str_from(rewriting->text, rewriting->at);

	for (size_t i = 0; i < COUNT_OF(names); i++) {
		str name = str_from_c(names[i]);
		size_t end;
		str found;

		if (!str_starts_with(rest, name))
			continue;
		rest = str_from(rest, name.len);
		end = str_find_byte(rest, '"');
		if (end == STR_NONE || end > DESTINATION_LIMIT)
			return false;
		(void)find(rewriting, &found, str_between(rest, 0, end));
		buf_add(&rewriting->out, name);
		buf_add(&rewriting->out, found);
		rewriting->at += name.len + end;
		return true;
	}
	return false;
}

/* --- the text ------------------------------------------------------------- */

/* At the start of a line: does code begin or end here? */
static void look_at_line(struct rewriting *rewriting)
{
	str rest = str_from(rewriting->text, rewriting->at);
	char c;

	while (str_at(rest, 0) == ' ')
		rest = str_from(rest, 1);
	c = str_at(rest, 0);
	if ((c != '`' && c != '~') || str_at(rest, 1) != c ||
	    str_at(rest, 2) != c)
		return;
	if (rewriting->fence == 0)
		rewriting->fence = c;
	else if (rewriting->fence == c)
		rewriting->fence = 0;
}

static bool take_sign(struct rewriting *rewriting, char c)
{
	if (c == '[' && rewriting->depth < BRACKETS) {
		rewriting->brackets[rewriting->depth++] = rewriting->out.len;
	} else if (c == ']' && rewriting->depth > 0) {
		if (str_at(rewriting->text, rewriting->at + 1) == '(') {
			take_link(rewriting);
			return true;
		}
		rewriting->depth--;
	} else if (c == '{') {
		look_for_shortcode(rewriting);
	} else if (c == 's' || c == 'h') {
		return take_attribute(rewriting);
	}
	return false;
}

/* The text in `lines` up to its end, so that lines are looked at once. */
static bool is_line_start(const struct rewriting *rewriting)
{
	return rewriting->at == 0 ||
	       rewriting->text.data[rewriting->at - 1] == '\n';
}

str markdown_body_take(struct markdown_body *body, str text)
{
	struct arena *arena = body->making->arena;
	struct rewriting rewriting = { .body = body, .text = text };

	buf_init(&rewriting.out, arena);
	map_init(&rewriting.shortcodes, arena);
	while (rewriting.at < text.len) {
		char c = text.data[rewriting.at];

		if (is_line_start(&rewriting))
			look_at_line(&rewriting);
		if (c == '\n' && str_at(text, rewriting.at + 1) == '\n')
			rewriting.depth = 0;
		if (rewriting.fence == 0 && take_sign(&rewriting, c))
			continue;
		buf_add_byte(&rewriting.out, c);
		rewriting.at++;
	}
	return buf_str(&rewriting.out);
}
