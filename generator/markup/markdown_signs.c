/*
 * Two passes: over the lines before cmark reads them, and over its tree.
 *
 * The first one finds runs of "*" and "_" that are not behind a backslash,
 * and addresses with a blank. It does not know code, HTML and addresses; it
 * need not, because a sign between a run and its neighbour has no meaning
 * there. At the start of a line nothing is put before a run, so that list
 * markers and rules stay what they are.
 */
#include "markup/markdown_signs.h"

#include <cmark.h>

#include "base/unicode.h"
#include "markup/markdown_flank.h"
#include "markup/markdown_footnotes.h"
#include "markup/markdown_plain.h"

enum { ADDRESS_LIMIT = 1024, MARK_LIMIT = 512, EXTENSION_LIMIT = 5 };

/* --- free characters ------------------------------------------------------ */

/* The number of a reference "&#…;" at the start, or 0. */
static uint32_t reference_number(str text)
{
	uint32_t number = 0;
	size_t at = 2;
	bool hex = at < text.len && (text.data[at] | 0x20) == 'x';

	for (at += hex; at < text.len && at < 10; at++) {
		char byte = text.data[at];
		char low = (char)(byte | 0x20);

		if (byte >= '0' && byte <= '9')
			number = number * (hex ? 16 : 10) +
				 (uint32_t)(byte - '0');
		else if (hex && low >= 'a' && low <= 'f')
			number = number * 16 + (uint32_t)(low - 'a') + 10;
		else
			break;
	}
	return number;
}

static bool has_reference(str text, uint32_t code_point)
{
	size_t at;

	while ((at = str_find(text, STR("&#"))) != STR_NONE) {
		text = str_from(text, at);
		if (reference_number(text) == code_point)
			return true;
		text = str_from(text, 2);
	}
	return false;
}

str markdown_free_sign(str text, str candidates)
{
	size_t at = 0;

	while (at < candidates.len) {
		size_t start = at;
		uint32_t code_point = unicode_next(candidates, &at);
		str sign = str_between(candidates, start, at);

		if (str_find(text, sign) == STR_NONE &&
		    !has_reference(text, code_point))
			return sign;
	}
	return STR("");
}

/*
 * Hyphens and full stops of scripts that no Chinese page has (punctuation to
 * CommonMark), spaces of other widths, and characters that are none.
 */
static bool choose(struct markdown_signs *signs, str text)
{
	signs->punctuation = markdown_free_sign(
		text, STR("\u1400\u166e\u1735\u1736\u1802\ua4fe"));
	signs->space =
		markdown_free_sign(text, STR("\u1680\u2001\u2000\u2004\u2006"));
	signs->blank =
		markdown_free_sign(text, STR("\ufdd1\ufdd2\ufdd3\ufdd4\ufdd5"));
	return signs->punctuation.len > 0 && signs->space.len > 0 &&
	       signs->blank.len > 0;
}

/* --- putting in ----------------------------------------------------------- */

struct put {
	struct markdown_text *text;
	const struct markdown_signs *signs;
	str line;
	size_t done; /* bytes of the line that were written */
	bool is_chinese;
	bool has_word_marks; /* and the line is no code */
	bool is_raw;	     /* it begins with a tag of HTML */
	bool *is_cdata;	     /* between its marks; NULL: the text has none */
};

static void put_sign(struct put *put, size_t at, str sign, size_t replaced)
{
	markdown_text_part(put->text, str_between(put->line, put->done, at));
	markdown_text_sign(put->text, sign, replaced);
	put->done = at + replaced;
}

/* Only white space and ">" before: the start of what a block holds. */
static size_t content_start(str line)
{
	size_t at = 0;

	while (at < line.len &&
	       str_find_byte(STR(" \t>"), line.data[at]) != STR_NONE)
		at++;
	return at;
}

/* "***" and "* * *" are rules, and "* " starts an item. */
static bool is_structure(str line, size_t at)
{
	char sign = line.data[at];
	size_t i = at;

	if (sign == '*' && (at + 1 == line.len || line.data[at + 1] == ' ' ||
			    line.data[at + 1] == '\t'))
		return true;
	while (i < line.len && (line.data[i] == sign || line.data[i] == ' ' ||
				line.data[i] == '\t'))
		i++;
	return i == line.len;
}

static void put_flank(struct put *put, const struct markdown_run *run,
		      enum markdown_flank flank)
{
	const struct markdown_signs *signs = put->signs;
	bool both = flank == MARKDOWN_FLANK_BOTH;
	str sign = both ? signs->punctuation : signs->space;

	if (both || flank == MARKDOWN_FLANK_OPENS ||
	    (flank == MARKDOWN_FLANK_NONE && !markdown_run_is_first(run)))
		put_sign(put, run->start, sign, 0);
	if (both || flank == MARKDOWN_FLANK_CLOSES ||
	    (flank == MARKDOWN_FLANK_NONE && !markdown_run_is_last(run)))
		put_sign(put, run->end, sign, 0);
}

static size_t put_run(struct put *put, size_t at, size_t start)
{
	struct markdown_run run = { str_from(put->line, start), at - start,
				    at - start };
	enum markdown_flank flank;
	size_t end;

	while (run.end < run.line.len &&
	       run.line.data[run.end] == put->line.data[at])
		run.end++;
	end = run.end + start;
	if (at == start && is_structure(put->line, at))
		return end;
	flank = markdown_flank_of(&run);
	run = (struct markdown_run){ put->line, at, end };
	if (at == start && flank != MARKDOWN_FLANK_NATIVE)
		put_sign(put, end, put->signs->space, 0);
	else if (flank != MARKDOWN_FLANK_NATIVE)
		put_flank(put, &run, flank);
	return end;
}

/* The end of a path: ".pdf", ".docx". */
static bool has_extension(str path)
{
	size_t dot = str_find_last_byte(path, '.');

	if (dot == STR_NONE || dot + 1 == path.len ||
	    path.len - dot - 1 > EXTENSION_LIMIT)
		return false;
	for (size_t i = dot + 1; i < path.len; i++)
		if ((unsigned char)path.data[i] >= 0x80 ||
		    !unicode_is_word((unsigned char)path.data[i]))
			return false;
	return true;
}

/*
 * The path of "(path with blanks.png)" or "(path with blanks.png "title")"
 * whose bracket opens before `at`; empty when it has no blank or is no path.
 */
static str blank_path(str line, size_t at)
{
	str rest = str_between(line, at, at + ADDRESS_LIMIT);
	size_t end = STR_NONE;
	size_t depth = 0;
	str path;

	for (size_t i = 0; i < rest.len; i++) {
		char byte = rest.data[i];

		if (byte == '<' || byte == '\\' || byte == '[' || byte == '`')
			return STR("");
		if (byte == '"' && i > 0 && rest.data[i - 1] == ' ' &&
		    end == STR_NONE)
			end = i;
		if (end != STR_NONE && byte != ')')
			continue;
		if (byte == '(')
			depth++;
		if (byte == ')' && depth == 0) {
			end = end == STR_NONE ? i : end;
			break;
		}
		depth -= byte == ')';
		if (i + 1 == rest.len)
			return STR("");
	}
	path = str_trim(str_between(rest, 0, end));
	if (end == STR_NONE || !has_extension(path) ||
	    (str_find_byte(path, ' ') == STR_NONE &&
	     str_find_byte(path, '\t') == STR_NONE))
		return STR("");
	return path;
}

/* `at` is behind "](". */
static void put_blanks(struct put *put, size_t at)
{
	str path = blank_path(put->line, at);
	size_t start;

	if (path.len == 0)
		return;
	start = (size_t)(path.data - put->line.data);
	for (size_t i = 0; i < path.len; i++)
		if (path.data[i] == ' ')
			put_sign(put, start + i, put->signs->blank, 1);
}

/* Prefixes of names that Word gives to tags; none is the scheme of a link. */
static const str word_prefixes[] = {
	{ "o:", 2 },	   { "v:", 2 },	      { "w:", 2 },    { "m:", 2 },
	{ "st1:", 4 },	   { "st2:", 4 },     { "?xml:", 5 }, { "![if ", 5 },
	{ "![endif]", 8 }, { "![CDATA[", 8 },
};

/* "p>", "place w:st": letters, and then the end of the name. */
static bool is_tag_name(str text)
{
	size_t length = 0;

	while (length < text.len && (text.data[length] | 0x20) >= 'a' &&
	       (text.data[length] | 0x20) <= 'z')
		length++;
	return length > 0 && length < text.len &&
	       str_find_byte(STR(" />"), text.data[length]) != STR_NONE;
}

/*
 * The length of a mark of Word's at the start, or 0: "<o:p>", "</st1:place>",
 * "<![endif]>", "<?xml:namespace prefix = o ns = "…" />". To CommonMark they
 * are text, but for the last, which ends without a "?" and so goes on to the
 * end of the text: everything behind it would be raw HTML.
 */
static size_t word_mark_length(str text, bool is_raw)
{
	size_t end = str_find_byte(str_between(text, 0, MARK_LIMIT), '>');
	str name = str_from(text, str_starts_with(text, STR("</")) ? 2 : 1);

	if (end == STR_NONE || text.data[end - 1] == '?' ||
	    str_find_byte(str_between(text, 1, end), '<') != STR_NONE)
		return 0;
	for (size_t i = 0; i < COUNT_OF(word_prefixes); i++)
		if (str_starts_with(name, word_prefixes[i]) &&
		    (!is_raw || name.data[0] == '?') &&
		    (name.data[0] == '!'
			     ? text.data[end - 1] == ']'
			     : is_tag_name(
				       str_from(name, word_prefixes[i].len))))
			return end + 1;
	return 0;
}

/* It says nothing: it is left out, and what follows is what was written. */
static size_t skip_word_mark(struct put *put, size_t at)
{
	size_t length = word_mark_length(str_from(put->line, at), put->is_raw);

	if (length > 0)
		put_sign(put, at, STR(""), length);
	return at + length;
}

/*
 * "<![CDATA[" and "]]>" of a feed or of XHTML: browsers would show nothing of
 * what stands between them. The marks say nothing and are left out.
 */
static size_t skip_cdata(struct put *put, size_t at)
{
	static const str marks[] = { { "<![CDATA[", 9 }, { "]]>", 3 } };
	const str *mark = &marks[put->is_cdata != NULL && *put->is_cdata];

	if (put->is_cdata == NULL ||
	    !str_starts_with(str_from(put->line, at), *mark))
		return at;
	put_sign(put, at, STR(""), mark->len);
	*put->is_cdata = !*put->is_cdata;
	return at + mark->len;
}

/* {{<figure>}}: a shortcode of Hugo's, and no tag. */
static size_t put_shortcode(struct put *put, size_t at)
{
	size_t behind = at + STR("{{<").len;

	if (!str_starts_with(str_from(put->line, at), STR("{{<")))
		return at + 1;
	put_sign(put, behind, put->signs->punctuation, 0);
	return behind;
}

/* Behind the label of a footnote, which may be a star: [^*]. */
static size_t behind_label(str line, size_t at)
{
	str label = markdown_footnote_label(str_from(line, at));

	return at + 1 + (label.len == 0 ? 0 : label.len + 2);
}

static bool is_fence(str line, size_t start)
{
	str text = str_from(line, start);

	return str_starts_with(text, STR("```")) ||
	       str_starts_with(text, STR("~~~"));
}

static size_t skip_mark(struct put *put, size_t at)
{
	if (!put->has_word_marks)
		return at;
	if (put->line.data[at] == ']')
		return skip_cdata(put, at);
	if (put->line.data[at] != '<')
		return at;
	return str_starts_with(str_from(put->line, at), STR("<![CDATA["))
		       ? skip_cdata(put, at)
		       : skip_word_mark(put, at);
}

static void put_line(struct put *put)
{
	str line = put->line;
	size_t start = content_start(line);
	size_t at = start;

	put->is_raw = start < line.len && line.data[start] == '<' &&
		      word_mark_length(str_from(line, start), false) == 0;
	while (at < line.len) {
		char byte = line.data[at];
		size_t behind = skip_mark(put, at);

		start = at == start ? behind : start;
		if (behind > at) {
			at = behind;
			continue;
		}
		if (byte == '[') {
			at = behind_label(line, at);
			continue;
		}
		if (byte == '{') {
			at = put_shortcode(put, at);
			continue;
		}
		if (put->is_chinese && (byte == '*' || byte == '_')) {
			at = put_run(put, at, start);
			continue;
		}
		if (byte == '(' && at > 0 && line.data[at - 1] == ']')
			put_blanks(put, at + 1);
		at += byte == '\\' ? 2 : 1;
	}
	markdown_text_part(put->text, str_from(line, put->done));
}

static bool has_word_mark(str text)
{
	for (size_t at = 0; at < text.len; at++) {
		size_t next = str_find_byte(str_from(text, at), '<');

		if (next == STR_NONE)
			return false;
		at += next;
		for (size_t i = 0; i < COUNT_OF(word_prefixes); i++)
			if (str_starts_with(str_from(text, at + 1),
					    word_prefixes[i]))
				return true;
	}
	return false;
}

static bool may_need_signs(str text)
{
	return str_find_byte(text, '*') != STR_NONE ||
	       str_find_byte(text, '_') != STR_NONE ||
	       str_find(text, STR("](")) != STR_NONE ||
	       str_find(text, STR("{{<")) != STR_NONE || has_word_mark(text);
}

/* One character is enough: a text without any is CommonMark's alone. */
static bool is_chinese(str text)
{
	size_t at = 0;

	while (at < text.len)
		if (unicode_is_cjk(unicode_next(text, &at)))
			return true;
	return false;
}

void markdown_signs_put(struct markdown_signs *out, struct markdown_text *text)
{
	const struct markdown_line *lines = text->lines.items;
	bool chinese = is_chinese(buf_str(&text->bytes));
	bool marked = has_word_mark(buf_str(&text->bytes));
	bool cdata =
		str_find(buf_str(&text->bytes), STR("<![CDATA[")) != STR_NONE;
	bool is_cdata = false;
	bool is_code = false;
	struct markdown_text rewritten;

	if (!may_need_signs(buf_str(&text->bytes)) ||
	    !choose(out, buf_str(&text->bytes)))
		return;
	markdown_text_init(&rewritten, text->source, text->arena);
	for (size_t i = 0; i < text->lines.count; i++) {
		struct put put = { .text = &rewritten,
				   .signs = out,
				   .line = markdown_text_line(text, i),
				   .is_chinese = chinese,
				   .is_cdata = cdata ? &is_cdata : NULL };

		is_code ^= is_fence(put.line, content_start(put.line));
		put.has_word_marks = marked && !is_code &&
				     !str_starts_with(put.line, STR("    ")) &&
				     !str_starts_with(put.line, STR("\t")) &&
				     str_find_byte(put.line, '`') == STR_NONE;
		put_line(&put);
		markdown_text_end(&rewritten, &lines[i]);
	}
	out->used = rewritten.inserts.count > 0;
	if (out->used)
		*text = rewritten;
}

/* --- taking out ----------------------------------------------------------- */

struct take {
	const struct markdown_signs *signs;
	struct arena *arena;
	struct buf out;
	bool is_html; /* the text is read by a parser of HTML */
};

/* The length of the sign at the start of the text, or 0. */
static size_t sign_length(const struct markdown_signs *signs, str text)
{
	if (str_starts_with(text, signs->punctuation))
		return signs->punctuation.len;
	if (str_starts_with(text, signs->space))
		return signs->space.len;
	return 0;
}

/* The next byte that a sign may begin with. What cmark gives ends with NUL. */
static size_t next_sign(const struct markdown_signs *signs, str text, size_t at)
{
	const char first[] = { signs->punctuation.data[0], signs->space.data[0],
			       signs->blank.data[0], '\0' };

	return at + strcspn(text.data + at, first);
}

/*
 * The "<" of a shortcode in raw HTML is text. What stands for it is as long as
 * it and its sign, so that all behind it keeps its place.
 */
static bool is_shortcode(const struct take *take, str before)
{
	return take->is_html && str_ends_with(before, STR("{{<"));
}

static void write_less_than(struct buf *out)
{
	out->len--;
	buf_add(out, STR("&lt;"));
}

/* NULL: the text stays as it is. The result lives until the next call. */
static const char *without_signs(struct take *take, str text)
{
	const struct markdown_signs *signs = take->signs;
	size_t done = 0;
	bool found = false;

	take->out.len = 0;
	for (size_t at = next_sign(signs, text, 0); at < text.len;
	     at = next_sign(signs, text, at + 1)) {
		str rest = str_from(text, at);
		bool blank = str_starts_with(rest, signs->blank);
		size_t length =
			blank ? signs->blank.len : sign_length(signs, rest);

		if (length == 0)
			continue;
		buf_add(&take->out, str_between(text, done, at));
		if (blank)
			buf_add_byte(&take->out, ' ');
		else if (is_shortcode(take, str_between(text, 0, at)))
			write_less_than(&take->out);
		done = at + length;
		at = done - 1;
		found = true;
	}
	if (!found)
		return NULL;
	buf_add(&take->out, str_from(text, done));
	return take->out.len == 0 ? "" : take->out.data;
}

typedef const char *getter(cmark_node *node);
typedef int setter(cmark_node *node, const char *text);

static void clean(struct take *take, cmark_node *node, getter *get, setter *set)
{
	const char *cleaned = without_signs(take, str_from_c(get(node)));

	if (cleaned != NULL)
		set(node, cleaned);
}

static void take_signs(struct take *take, cmark_node *node)
{
	cmark_node_type type = cmark_node_get_type(node);

	take->is_html =
		type == CMARK_NODE_HTML_INLINE || type == CMARK_NODE_HTML_BLOCK;
	switch (type) {
	case CMARK_NODE_TEXT:
	case CMARK_NODE_CODE:
	case CMARK_NODE_HTML_INLINE:
	case CMARK_NODE_HTML_BLOCK:
		clean(take, node, cmark_node_get_literal,
		      cmark_node_set_literal);
		break;
	case CMARK_NODE_CODE_BLOCK:
		clean(take, node, cmark_node_get_literal,
		      cmark_node_set_literal);
		clean(take, node, cmark_node_get_fence_info,
		      cmark_node_set_fence_info);
		break;
	case CMARK_NODE_LINK:
	case CMARK_NODE_IMAGE:
		clean(take, node, cmark_node_get_url, cmark_node_set_url);
		clean(take, node, cmark_node_get_title, cmark_node_set_title);
		break;
	default:
		break;
	}
}

/* A title of several lines, in one. */
static void join_title(struct take *take, cmark_node *node)
{
	cmark_node_type type = cmark_node_get_type(node);
	str title = str_from_c(cmark_node_get_title(node));

	if ((type != CMARK_NODE_LINK && type != CMARK_NODE_IMAGE) ||
	    str_find_byte(title, '\n') == STR_NONE)
		return;
	title = markdown_plain_joined(title, take->arena);
	cmark_node_set_title(node, arena_c_string(take->arena, title));
}

void markdown_signs_take(const struct markdown_signs *signs,
			 struct cmark_node *tree, struct arena *arena)
{
	struct take take = { .signs = signs, .arena = arena };
	cmark_iter *iter;
	cmark_event_type event;

	if (signs->plain)
		return;
	iter = cmark_iter_new(tree);
	buf_init(&take.out, arena);
	while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(iter);

		if (event != CMARK_EVENT_ENTER)
			continue;
		if (signs->used)
			take_signs(&take, node);
		join_title(&take, node);
	}
	cmark_iter_free(iter);
}
