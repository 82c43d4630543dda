/*
 * The HTML of a body is our own writer's, so blocks are found by their tags,
 * line by line and without a parser: the page is parsed once already. Only
 * what stands at the top level is looked at, and the class is put into the tag
 * as the text is copied, so that all of the rest stays byte for byte.
 */
#include "render/official_form.h"

#include "base/buf.h"
#include "base/unicode.h"

#include <string.h>

/* Longer ones are sentences; more of them are a list. */
enum { ADDRESSED_LIMIT = 200, SIGNED_LIMIT = 40, SIGNERS_LIMIT = 12 };

struct official_form {
	str html;
	str title;
	struct buf out;
	size_t copied;		       /* of `html` that is in `out` */
	size_t depth;		       /* of lists, quotes and the like */
	size_t signers[SIGNERS_LIMIT]; /* paragraphs right before, from here */
	size_t signer_count;
};

static bool has_any(str text, const char *const *marks)
{
	for (size_t i = 0; marks[i] != NULL; i++)
		if (str_find(text, str_from_c(marks[i])) != STR_NONE)
			return true;
	return false;
}

/* A sentence that introduces what follows ends in ：, too. */
static bool is_addressed(str text)
{
	static const char *const sentence[] = { "<",	"。",	"；",	"？",
						"！",	"如下", "以下", "下列",
						"现将", "现就", NULL };

	return str_ends_with(text, STR("：")) && !has_any(text, sentence) &&
	       unicode_count(text) <= ADDRESSED_LIMIT;
}

static bool is_signer(str text)
{
	static const char *const sentence[] = { "<",  "。", "；", "，",
						"：", "？", "！", NULL };

	return text.len > 0 && !has_any(text, sentence) &&
	       unicode_count(text) <= SIGNED_LIMIT;
}

/* --- dates: 2026年11月1日, 二〇二六年十一月一日 --- */

static size_t figures(str text, size_t at, size_t most)
{
	static const str wide[] = {
		STR("〇"), STR("○"),  STR("零"), STR("一"), STR("二"),
		STR("三"), STR("四"), STR("五"), STR("六"), STR("七"),
		STR("八"), STR("九"), STR("十"),
	};
	size_t start = at;

	for (size_t count = 0; count < most && at < text.len; count++) {
		size_t before = at;

		if (text.data[at] >= '0' && text.data[at] <= '9')
			at++;
		for (size_t i = 0; at == before && i < COUNT_OF(wide); i++)
			if (str_starts_with(str_from(text, at), wide[i]))
				at += wide[i].len;
		if (at == before)
			break;
	}
	return at - start;
}

static bool is_date(str text)
{
	static const struct {
		size_t most;
		str unit;
	} parts[] = { { 4, STR("年") }, { 3, STR("月") }, { 3, STR("日") } };
	size_t at = 0;

	for (size_t i = 0; i < COUNT_OF(parts); i++) {
		size_t len = figures(text, at, parts[i].most);

		if (len == 0 ||
		    !str_starts_with(str_from(text, at + len), parts[i].unit))
			return false;
		at += len + parts[i].unit.len;
	}
	return at == text.len;
}

/* --- marking --- */

/* The class goes behind the name of the tag, which is `name_len` long. */
static void mark(struct official_form *form, size_t tag, size_t name_len,
		 str name)
{
	size_t behind = tag + 1 + name_len;

	buf_add(&form->out, str_between(form->html, form->copied, behind));
	buf_add(&form->out, STR(" class=\""));
	buf_add(&form->out, name);
	buf_add_byte(&form->out, '"');
	form->copied = behind;
}

static void sign(struct official_form *form, size_t tag)
{
	for (size_t i = 0; i < form->signer_count; i++)
		mark(form, form->signers[i], 1, STR("official-sign"));
	mark(form, tag, 1, STR("official-sign"));
	form->signer_count = 0;
}

/* Who signed and when in one paragraph, a line each. */
static bool is_signature(str text)
{
	const str line_break = STR("<br />\n");
	size_t at = str_find(text, line_break);
	bool has_signer = false;

	while (at != STR_NONE) {
		if (!is_signer(str_between(text, 0, at)))
			return false;
		has_signer = true;
		text = str_from(text, at + line_break.len);
		at = str_find(text, line_break);
	}
	return has_signer && is_date(text);
}

static void read_paragraph(struct official_form *form, size_t tag, str text)
{
	if (tag == 0 && is_addressed(text)) {
		mark(form, tag, 1, STR("official-to"));
	} else if ((form->signer_count > 0 && is_date(text)) ||
		   is_signature(text)) {
		if (!is_date(text))
			form->signer_count = 0;
		sign(form, tag);
	} else if (is_signer(text) && form->signer_count < SIGNERS_LIMIT) {
		form->signers[form->signer_count++] = tag;
	} else {
		form->signer_count = 0;
	}
}

/* Whether `text` stands in the title marks of the title: 《text》. */
static bool is_issued(const struct official_form *form, str text)
{
	str opening = STR("《");
	str rest = form->title;
	size_t at;

	if (text.len == 0)
		return false;
	while ((at = str_find(rest, opening)) != STR_NONE) {
		rest = str_from(rest, at + opening.len);
		if (str_starts_with(rest, text) &&
		    str_starts_with(str_from(rest, text.len), STR("》")))
			return true;
	}
	return false;
}

static void read_heading(struct official_form *form, size_t tag, str line)
{
	size_t open = str_find_byte(line, '>');
	size_t end = str_find(line, STR("</h"));

	if (open != STR_NONE && end != STR_NONE && end > open &&
	    is_issued(form, str_between(line, open + 1, end)))
		mark(form, tag, 2, STR("official-title"));
}

/* --- reading --- */

/* How deep a line that opens or ends a list or the like leads. */
static void change_depth(struct official_form *form, str line)
{
	static const char *const names[] = { "ul",	"ol",	  "table",
					     "div",	"dl",	  "blockquote",
					     "section", "figure", NULL };
	bool is_end = str_starts_with(line, STR("</"));
	str name = str_from(line, is_end ? 2 : 1);

	for (size_t i = 0; names[i] != NULL; i++) {
		str rest = str_from(name, strlen(names[i]));

		if (!str_starts_with(name, str_from_c(names[i])) ||
		    (rest.len > 0 && rest.data[0] != '>' &&
		     rest.data[0] != ' '))
			continue;
		if (!is_end && str_find(line, STR("</")) == STR_NONE)
			form->depth++;
		else if (is_end && form->depth > 0)
			form->depth--;
		return;
	}
}

/* Returns where the next line of markup begins. */
static size_t read_block(struct official_form *form, size_t at)
{
	const str ending = STR("</p>");
	str rest = str_from(form->html, at);
	size_t end = str_find_byte(rest, '\n');
	str line = end == STR_NONE ? rest : str_between(rest, 0, end);

	if (str_starts_with(rest, STR("<p>")) && form->depth == 0) {
		size_t close = str_find(rest, ending);

		if (close != STR_NONE) {
			read_paragraph(form, at, str_between(rest, 3, close));
			return at + close + ending.len;
		}
	} else if (line.len > 0) {
		form->signer_count = 0;
		if (str_starts_with(line, STR("<h")) && form->depth == 0)
			read_heading(form, at, line);
		change_depth(form, line);
	}
	return at + line.len;
}

str official_form(str html, str title, struct arena *arena)
{
	struct official_form form = { .html = html, .title = title };
	size_t at = 0;

	buf_init(&form.out, arena);
	while (at < html.len) {
		if (html.data[at] == '\n')
			at++;
		else
			at = read_block(&form, at);
	}
	if (form.copied == 0)
		return html;
	buf_add(&form.out, str_from(html, form.copied));
	return buf_str(&form.out);
}
