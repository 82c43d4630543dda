/*
 * Headings of raw HTML belong to the contents and can be linked to like those
 * of Markdown. They are known only when all is written: then one pass over the
 * page gives an id to each that has none, and puts all into their order.
 *
 * What is read here is our own HTML: "<" stands only where a tag begins.
 */
#include "markup/markdown_writer.h"

#include "base/unicode.h"

struct heading_pass {
	struct markdown_writer *writer;
	const struct markdown_heading *known; /* of Markdown, in order */
	size_t known_count;
	struct list all; /* struct markdown_heading */
	struct buf out;
};

/* --- text ----------------------------------------------------------------- */

/* What html_escape writes, as text again. */
static void add_unescaped(struct buf *out, str html)
{
	static const str names[] = { STR("&amp;"), STR("&lt;"), STR("&gt;"),
				     STR("&quot;"), STR("&#39;") };
	static const char characters[] = "&<>\"'";
	size_t at = 0;

	while (at < html.len) {
		size_t i = 0;

		while (i < COUNT_OF(names) &&
		       !str_starts_with(str_from(html, at), names[i]))
			i++;
		if (i == COUNT_OF(names)) {
			buf_add_byte(out, html.data[at++]);
			continue;
		}
		buf_add_byte(out, characters[i]);
		at += names[i].len;
	}
}

/* What no contents show: struck text and the marks of footnotes. */
static str end_of_unshown(str tag)
{
	static const str parts[][2] = {
		{ STR("<del>"), STR("</del>") },
		{ STR("<s>"), STR("</s>") },
		{ STR("<sup class=\"footnote-ref\">"), STR("</sup>") },
	};

	for (size_t i = 0; i < COUNT_OF(parts); i++)
		if (str_starts_with(tag, parts[i][0]))
			return parts[i][1];
	return STR(">");
}

/* The text of what stands between the tags of a heading. */
static str plain_text(str html, struct arena *arena)
{
	struct buf out;

	buf_init(&out, arena);
	while (html.len > 0) {
		size_t open = str_find_byte(html, '<');
		str end;
		size_t at;

		add_unescaped(&out, str_between(html, 0, open));
		if (open == STR_NONE)
			break;
		html = str_from(html, open);
		end = end_of_unshown(html);
		at = str_find(html, end);
		html = at == STR_NONE ? STR("") : str_from(html, at + end.len);
	}
	return unicode_trim(buf_str(&out));
}

/* --- one heading ---------------------------------------------------------- */

static bool is_open_tag(str html)
{
	return html.len > 4 && html.data[1] == 'h' && html.data[2] >= '2' &&
	       html.data[2] <= '6' &&
	       (html.data[3] == '>' || html.data[3] == ' ');
}

static str id_of(str tag)
{
	size_t at = str_find(tag, STR(" id=\""));

	if (at == STR_NONE)
		return STR("");
	tag = str_from(tag, at + 5);
	return str_between(tag, 0, str_find_byte(tag, '"'));
}

static void add_heading(struct heading_pass *pass, int level, str id, str text)
{
	struct markdown_heading *heading =
		list_add(&pass->all, pass->writer->arena);

	*heading = (struct markdown_heading){ .level = level,
					      .id = id,
					      .text = text };
}

/* The heading whose tag `html` begins with; the tag is written, with its id. */
static void take_heading(struct heading_pass *pass, str html)
{
	struct arena *arena = pass->writer->arena;
	size_t end = str_find_byte(html, '>');
	str tag = str_between(html, 0, end + 1);
	int level = html.data[2] - '0';
	str close = arena_printf(arena, "</h%d>", level);
	str inside = str_between(html, end + 1, str_find(html, close));
	str id = id_of(tag);
	str text;

	if (pass->known_count > 0 && str_equal(id, pass->known->id)) {
		*(struct markdown_heading *)list_add(&pass->all, arena) =
			*pass->known++;
		pass->known_count--;
		buf_add(&pass->out, tag);
		return;
	}
	text = plain_text(inside, arena);
	if (text.len == 0 || str_equal_c(id, "footnotes-title")) {
		buf_add(&pass->out, tag);
		return;
	}
	if (id.len == 0) {
		id = heading_ids_make(&pass->writer->ids, text);
		buf_printf(&pass->out, "<h%d id=\"%.*s\"%.*s", level,
			   STR_ARG(id), STR_ARG(str_from(tag, 3)));
	} else {
		buf_add(&pass->out, tag);
	}
	add_heading(pass, level, id, text);
}

/* --- the page ------------------------------------------------------------- */

void markdown_headings_join(struct markdown_writer *writer)
{
	struct heading_pass pass = { .writer = writer,
				     .known = writer->headings.items,
				     .known_count = writer->headings.count };
	str rest = buf_str(&writer->out);
	size_t at;

	if (writer->raw_mark.len == 0)
		return; /* there is no raw HTML */
	list_init(&pass.all, sizeof(struct markdown_heading));
	buf_init(&pass.out, writer->arena);
	while ((at = str_find(rest, STR("<h"))) != STR_NONE) {
		buf_add(&pass.out, str_between(rest, 0, at));
		rest = str_from(rest, at);
		if (!is_open_tag(rest)) {
			buf_add(&pass.out, str_between(rest, 0, 2));
			rest = str_from(rest, 2);
			continue;
		}
		take_heading(&pass, rest);
		rest = str_from(rest, str_find_byte(rest, '>') + 1);
	}
	buf_add(&pass.out, rest);
	writer->out = pass.out;
	writer->headings = pass.all;
}
