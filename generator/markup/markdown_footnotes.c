/*
 * The definitions are found by lines before cmark reads anything, since only
 * there is it known what stands at the margin. They are moved and never parsed
 * here: whatever Markdown is in them, cmark reads it like any other text.
 */
#include "markup/markdown_footnotes.h"

#include <cmark.h>

#include "base/map.h"
#include "markup/markdown_guard.h"
#include "markup/markdown_signs.h"

enum { LABEL_LIMIT = 100 };

struct move {
	struct markdown_text *text;
	struct arena *arena;
	str mark;
	const bool *literal; /* by line: inside code or HTML */
	bool *defined;	     /* by line: part of a definition */
	struct list items;   /* struct markdown_footnote */
	struct list starts;  /* size_t: line of each */
	struct map labels;
};

str markdown_footnote_label(str text)
{
	size_t end = 2;

	if (!str_starts_with(text, STR("[^")))
		return STR("");
	while (end < text.len && end < LABEL_LIMIT && text.data[end] != ']') {
		if (str_find_byte(STR(" \t\n[^\\"), text.data[end]) != STR_NONE)
			return STR("");
		end++;
	}
	if (end >= text.len || text.data[end] != ']')
		return STR("");
	return str_between(text, 2, end);
}

static size_t indent_of(str line)
{
	size_t at = 0;

	while (at < line.len && line.data[at] == ' ')
		at++;
	return at;
}

/* The label that the line defines, and where its text starts. */
static str definition_label(str line, size_t *content)
{
	size_t indent = indent_of(line);
	str label;

	if (indent > 3)
		return STR("");
	label = markdown_footnote_label(str_from(line, indent));
	*content = indent + label.len + 4;
	if (label.len == 0 || *content > line.len ||
	    line.data[*content - 1] != ':')
		return STR("");
	return label;
}

/* "    text" and "\ttext" go on with the footnote also behind a gap. */
static size_t continuation_indent(str line)
{
	if (line.len > 0 && line.data[0] == '\t')
		return 1;
	return indent_of(line) >= 4 ? 4 : 0;
}

/* Whether a line at the margin goes on with a paragraph above it. */
static bool is_lazy(str line)
{
	str rest = str_from(line, indent_of(line));
	size_t digits = 0;

	if (str_is_blank(line) ||
	    str_find_byte(STR("#>`~|<=+*-"), rest.data[0]) != STR_NONE)
		return false;
	while (digits < rest.len && rest.data[digits] >= '0' &&
	       rest.data[digits] <= '9')
		digits++;
	return digits == 0 || digits == rest.len ||
	       (rest.data[digits] != '.' && rest.data[digits] != ')');
}

/* The line behind a definition that starts at `line`. */
static size_t definition_end(const struct move *move, size_t line)
{
	size_t count = move->text->lines.count;
	size_t end = line + 1;
	bool gap = false;
	size_t content;

	for (size_t i = line + 1; i < count; i++) {
		str text = markdown_text_line(move->text, i);

		if (str_is_blank(text)) {
			gap = true;
			continue;
		}
		if (continuation_indent(text) == 0 &&
		    (gap || !is_lazy(text) ||
		     definition_label(text, &content).len > 0))
			break;
		gap = false;
		end = i + 1;
	}
	return end;
}

static void add_definition(struct move *move, size_t line, str label,
			   struct diag_list *diags)
{
	const struct source *source = move->text->source;
	size_t indent = indent_of(markdown_text_line(move->text, line));
	size_t start = markdown_text_origin(move->text, line, indent);
	struct span span = span_of(source, start, start + label.len + 3);
	struct markdown_footnote *footnote;
	size_t *start_line;

	if (!map_add(&move->labels, label, "")) {
		struct diag *diag =
			diag_error(diags, span, "footnote-duplicate",
				   _("the footnote \"%.*s\" is there twice"),
				   STR_ARG(label));

		diag_help(diags, diag, _("give one of them another label"));
	}
	footnote = list_add(&move->items, move->arena);
	*footnote = (struct markdown_footnote){ .label = label, .span = span };
	start_line = list_add(&move->starts, move->arena);
	*start_line = line;
}

static bool find_definitions(struct move *move, struct diag_list *diags)
{
	size_t line = 0;

	while (line < move->text->lines.count) {
		size_t content = 0;
		str label = STR("");
		size_t end;

		if (!move->literal[line])
			label = definition_label(
				markdown_text_line(move->text, line), &content);
		if (label.len == 0) {
			line++;
			continue;
		}
		add_definition(move, line, label, diags);
		if (move->items.count > MARKDOWN_FOOTNOTE_LIMIT) {
			struct markdown_footnote *items = move->items.items;

			markdown_limit_error(
				diags, items[move->items.count - 1].span,
				_("footnotes"), MARKDOWN_FOOTNOTE_LIMIT,
				_("split the text into several resources"));
			return false;
		}
		end = definition_end(move, line);
		while (line < end)
			move->defined[line++] = true;
	}
	return true;
}

static void add_part(struct markdown_text *out, const struct move *move,
		     size_t line, size_t from)
{
	markdown_text_add(out, STR("> "),
			  str_from(markdown_text_line(move->text, line), from),
			  markdown_text_origin(move->text, line, from));
}

static void write_definition(struct markdown_text *out, const struct move *move,
			     size_t number)
{
	const size_t *starts = move->starts.items;
	size_t line = starts[number];
	size_t content = 0;
	str label = definition_label(markdown_text_line(move->text, line),
				     &content);
	str first;

	markdown_text_add(out, STR(""),
			  arena_printf(move->arena, "[^%.*s]: <%.*s%zu>",
				       STR_ARG(label), STR_ARG(move->mark),
				       number),
			  markdown_text_origin(move->text, line, 0));
	markdown_text_add(out, STR(""), STR(""), 0);
	first = str_from(markdown_text_line(move->text, line), content);
	add_part(out, move, line, content + indent_of(first));
	for (line++;
	     line < move->text->lines.count && move->defined[line] &&
	     (number + 1 == move->starts.count || line != starts[number + 1]);
	     line++)
		add_part(out, move, line,
			 continuation_indent(
				 markdown_text_line(move->text, line)));
	markdown_text_add(out, STR(""), STR(""), 0);
}

static void rewrite(struct move *move)
{
	struct markdown_text out;

	markdown_text_init(&out, move->text->source, move->arena);
	for (size_t i = 0; i < move->starts.count; i++)
		write_definition(&out, move, i);
	for (size_t i = 0; i < move->text->lines.count; i++) {
		if (move->defined[i])
			markdown_text_add(
				&out, STR(""), STR(""),
				markdown_text_origin(move->text, i, 0));
		else
			markdown_text_copy(&out, move->text, i);
	}
	*move->text = out;
}

bool markdown_footnotes_move(struct markdown_footnotes *out,
			     struct markdown_text *text,
			     struct cmark_node *tree, struct diag_list *diags)
{
	struct arena *arena = text->arena;
	size_t count = text->lines.count;
	struct move move = { .text = text, .arena = arena };

	/* characters of no text: an address with one means a footnote */
	static const str marks = STR("\ufdd0\ufdd6\ufdd7\ufdd8\ufdd9");

	*out = (struct markdown_footnotes){ 0 };
	if (str_find(buf_str(&text->bytes), STR("[^")) == STR_NONE)
		return true;
	move.mark = markdown_free_sign(buf_str(&text->bytes), marks);
	if (move.mark.len == 0)
		return true;
	list_init(&move.items, sizeof(struct markdown_footnote));
	list_init(&move.starts, sizeof(size_t));
	map_init(&move.labels, arena);
	move.literal = markdown_text_literal(tree, count, arena);
	move.defined = arena_array(arena, count + 1, sizeof(bool));
	if (!find_definitions(&move, diags))
		return false;
	if (move.items.count > 0)
		rewrite(&move);
	out->items = move.items.items;
	out->count = move.items.count;
	out->mark = move.mark;
	return true;
}

struct markdown_footnote *
markdown_footnote_of(const struct markdown_footnotes *footnotes, str url)
{
	uint64_t number;

	if (footnotes->count == 0 || !str_starts_with(url, footnotes->mark) ||
	    !str_to_u64(&number, str_from(url, footnotes->mark.len)) ||
	    number >= footnotes->count)
		return NULL;
	return &footnotes->items[number];
}
