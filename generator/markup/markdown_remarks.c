/*
 * What is told about raw HTML: each thing that was not kept once a page, where
 * it stands first, with its number and the reason that fits.
 *
 * A page that came out of a word processor has a thousand attributes and one
 * message.
 */
#include "base/sorted.h"
#include "markup/markdown_raw.h"

#include <cmark.h>

struct remark {
	enum html_reason reason;
	str element;
	str attribute;
	str value;
	bool has_gone;
	struct span span;
	size_t count;
};

void markdown_remarks_init(struct markdown_writer *writer)
{
	list_init(&writer->remarks, sizeof(struct remark));
	map_init(&writer->remark_numbers, writer->arena);
}

/* --- places --------------------------------------------------------------- */

/* The piece with this byte of the fragment; the first one if it is ours. */
static struct markdown_piece *piece_at(struct markdown_assembly *assembly,
				       size_t at)
{
	const struct sorted_numbers starts =
		SORTED_BY(assembly->pieces, assembly->piece_count,
			  struct markdown_piece, fragment_at);
	size_t to = sorted_rows_to(&starts, (int64_t)at);

	return &assembly->pieces[to == 0 ? 0 : to - 1];
}

/* A line of a piece has a thousand remarks, and is looked for once. */
struct raw_line {
	size_t start;  /* in `html` */
	str given;     /* as cmark gave it */
	size_t before; /* bytes of the text's line before that; STR_NONE: ? */
	bool is_found;
};

static void add_line(struct markdown_piece *piece, size_t at, str literal,
		     struct arena *arena)
{
	str given = str_from(literal, at);
	size_t end = str_find_byte(given, '\n');

	*(struct raw_line *)list_add(&piece->lines, arena) = (struct raw_line){
		.start = at,
		.given = end == STR_NONE ? given : str_between(given, 0, end),
	};
}

static void find_lines(struct markdown_piece *piece, struct arena *arena)
{
	str literal = str_from_c(cmark_node_get_literal(piece->node));
	size_t at = 0;

	if (piece->lines.count > 0)
		return;
	list_init(&piece->lines, sizeof(struct raw_line));
	add_line(piece, 0, literal, arena);
	while (at < piece->html.len) {
		size_t end = str_find_byte(str_from(piece->html, at), '\n');

		if (end == STR_NONE)
			return;
		at += end + 1;
		add_line(piece, at, literal, arena);
	}
}

static size_t line_of(const struct markdown_piece *piece, size_t at)
{
	const struct sorted_numbers starts = SORTED_BY(
		piece->lines.items, piece->lines.count, struct raw_line, start);

	return sorted_rows_to(&starts, (int64_t)at) - 1; /* one starts at 0 */
}

/* The signs of quotes and lists stand before what cmark gives of a line. */
static size_t find_before(size_t line, int column, str given, str whole)
{
	size_t at;

	if (line == 0 && column > 0 &&
	    str_starts_with(str_from(whole, (size_t)column - 1), given))
		return (size_t)column - 1;
	at = str_find(whole, given);
	/* the "<" of a shortcode stands there in another form */
	if (at == STR_NONE && whole.len >= given.len &&
	    str_find(given, STR("{{&lt;")) != STR_NONE)
		at = whole.len - given.len;
	return at;
}

static struct span span_in_line(struct markdown_assembly *assembly,
				const struct markdown_piece *piece, size_t at,
				size_t len)
{
	const struct markdown_text *text = &assembly->writer->tree->text;
	struct markdown_spot spot = markdown_text_spot(text, piece->node);
	int start = spot.line;
	size_t number = (size_t)start - 1 + line_of(piece, at);
	struct raw_line *line =
		(struct raw_line *)piece->lines.items + line_of(piece, at);
	size_t byte = at - line->start;

	if (start < 1 || number >= text->lines.count)
		return markdown_text_span(text, piece->node);
	if (!line->is_found)
		line->before = find_before(line_of(piece, at), spot.column,
					   line->given,
					   markdown_text_line(text, number));
	line->is_found = true;
	if (line->before == STR_NONE)
		return markdown_text_span(text, piece->node);
	at = markdown_text_origin(text, number, line->before + byte);
	return span_of(
		text->source, at,
		markdown_text_origin(text, number, line->before + byte + len));
}

struct span markdown_raw_span(struct markdown_assembly *assembly, size_t at,
			      size_t len)
{
	struct markdown_piece *piece = piece_at(assembly, at);
	size_t offset = at - piece->fragment_at;

	if (at < piece->fragment_at || offset > piece->html.len)
		offset = len = 0;
	find_lines(piece, assembly->writer->arena);
	return span_in_line(assembly, piece, offset, len);
}

/* --- gathering ------------------------------------------------------------ */

/* Things with one key are one message. */
static str key_of(const struct html_remark *remark, struct arena *arena)
{
	bool is_by_value = remark->reason == HTML_REASON_CLASS ||
			   remark->reason == HTML_REASON_SCHEME ||
			   remark->reason == HTML_REASON_VALUE ||
			   remark->reason == HTML_REASON_TWICE;

	if (remark->reason == HTML_REASON_WORD)
		return STR("word");
	return arena_printf(arena, "%d %.*s %.*s %.*s", (int)remark->reason,
			    STR_ARG(remark->reason == HTML_REASON_CLASS
					    ? STR("")
					    : remark->element),
			    STR_ARG(remark->attribute),
			    STR_ARG(is_by_value ? remark->value : STR("")));
}

static void gather(struct markdown_writer *writer,
		   const struct html_remark *told, struct span span)
{
	str key = key_of(told, writer->arena);
	struct remark *remarks = writer->remarks.items;
	const size_t *known = map_get(&writer->remark_numbers, key);
	struct remark *remark;
	size_t *number;

	if (known != NULL) {
		remarks[*known].count++;
		return;
	}
	number = arena_alloc(writer->arena, sizeof(*number));
	*number = writer->remarks.count;
	map_add(&writer->remark_numbers, key, number);
	remark = list_add(&writer->remarks, writer->arena);
	*remark = (struct remark){
		.reason = told->reason,
		.element = arena_copy(writer->arena, told->element),
		.attribute = arena_copy(writer->arena, told->attribute),
		.value = arena_copy(writer->arena, told->value),
		.has_gone = told->has_gone,
		.span = span,
		.count = 1,
	};
}

void markdown_remark(void *context, const struct html_remark *remark)
{
	struct markdown_assembly *assembly = context;

	gather(assembly->writer, remark,
	       markdown_raw_span(assembly, remark->start,
				 remark->end - remark->start));
}

/* "div" of "<div …", "!--" of a comment. */
static str name_of(str token)
{
	size_t end = 1;

	if (str_starts_with(token, STR("<!--")))
		return STR("!--");
	while (end < token.len &&
	       str_find_byte(STR(" \t\n>/=\"'"), token.data[end]) == STR_NONE)
		end++;
	return str_between(token, 1, end);
}

void markdown_remark_open(struct markdown_assembly *assembly, size_t piece,
			  size_t at)
{
	struct markdown_piece *found = &assembly->pieces[piece];
	str name = name_of(str_from(found->html, at));
	struct html_remark remark = { .reason = HTML_REASON_SWALLOWED,
				      .element = name };

	find_lines(found, assembly->writer->arena);
	gather(assembly->writer, &remark,
	       span_in_line(assembly, found, at, name.len + 1));
}

void markdown_remark_limit(struct markdown_assembly *assembly)
{
	struct diag_list *diags = assembly->writer->diags;
	struct diag *diag = diag_error(
		diags,
		markdown_text_span(&assembly->writer->tree->text,
				   assembly->pieces[0].node),
		"html-limit",
		_("the HTML from here on is too large, or has too many "
		  "elements inside each other or attributes in one tag; only "
		  "its text is shown"));

	diag_help(diags, diag,
		  _("write the text in Markdown, or divide the page"));
}

/* --- telling -------------------------------------------------------------- */

struct reason {
	const char *id;
	enum diag_level level;
	const char *help;
};

static const struct reason reasons[HTML_REASON_COUNT] = {
	[HTML_REASON_ACTIVE] = { "html-removed", DIAG_WARNING,
				 N_("pages hold no scripts and nothing that "
				    "needs "
				    "one") },
	[HTML_REASON_HEAD] = { "html-removed", DIAG_WARNING,
			       N_("what belongs into the head of a page comes "
				  "from "
				  "the front matter and the theme") },
	[HTML_REASON_LOOK] = { "html-removed", DIAG_WARNING,
			       N_("how a page looks is the theme's; classes "
				  "for texts "
				  "are align-center, align-right, indent, "
				  "width-50 "
				  "and their like") },
	[HTML_REASON_SIGNS] = { "html-removed", DIAG_WARNING,
				N_("in this font letters are seen as signs, "
				   "and without it as letters: write the sign "
				   "itself, such as • or ✓, or a list") },
	[HTML_REASON_FORM] = { "html-removed", DIAG_WARNING,
			       N_("pages hold no forms; link to the service "
				  "that has "
				  "one") },
	[HTML_REASON_FRAME] = { "html-removed", DIAG_WARNING,
				N_("a player becomes a link when its host "
				   "stands in "
				   "“frames” of sites/platform.yaml; of "
				   "anything else "
				   "write the address as a link") },
	[HTML_REASON_EMBED] = { "html-removed", DIAG_WARNING,
				N_("use a picture, or link to the file") },
	[HTML_REASON_WORD] = { "html-removed", DIAG_WARNING,
			       N_("it is the word processor's own; paste "
				  "without "
				  "formats to be rid of it") },
	[HTML_REASON_UNKNOWN] = { "html-removed", DIAG_WARNING,
				  N_("texts have no use for it; if it is text, "
				     "write "
				     "&lt; for the <") },
	[HTML_REASON_NO_USE] = { "html-removed", DIAG_WARNING,
				 N_("texts have no use for it: delete it") },
	[HTML_REASON_VALUE] = { "html-removed", DIAG_WARNING,
				N_("the attribute cannot have this value") },
	[HTML_REASON_SCHEME] = { "html-removed", DIAG_WARNING,
				 N_("use https:, mailto:, tel:, or a path in "
				    "the "
				    "library") },
	[HTML_REASON_CLASS] = { "html-removed", DIAG_WARNING,
				N_("classes for texts are align-left, "
				   "align-center, "
				   "align-right, align-justify, indent, "
				   "no-indent, "
				   "and width-5 to width-100") },
	[HTML_REASON_MISSING] = { "html-removed", DIAG_WARNING,
				  N_("say what is shown: src=\"…\"; pages that "
				     "load "
				     "pictures late have the address in "
				     "data-src or data-original") },
	[HTML_REASON_HIDDEN] = { "html-removed", DIAG_WARNING,
				 N_("what was hidden is seen now; delete it if "
				    "nobody "
				    "is to see it") },
	[HTML_REASON_TWICE] = { "html-removed", DIAG_WARNING,
				N_("each id stands once on a page; give this "
				   "one "
				   "another") },
	[HTML_REASON_TITLE] = { "html-h1", DIAG_WARNING,
				N_("write <h2> for the headings in the "
				   "text") },
	[HTML_REASON_LINK_IN_LINK] = { "html-link-nested", DIAG_WARNING,
				       N_("close the outer link with </a> "
					  "before the "
					  "inner one, or take one of them "
					  "out") },
	[HTML_REASON_STRAY] = { "html-unbalanced", DIAG_WARNING,
				N_("open and close each element in the same "
				   "paragraph, "
				   "list item or cell, or take the tag out") },
	[HTML_REASON_UNCLOSED] = { "html-unbalanced", DIAG_WARNING,
				   N_("open and close each element in the same "
				      "paragraph, list item or cell, or take "
				      "the tag "
				      "out") },
	[HTML_REASON_SWALLOWED] = { "html-unclosed", DIAG_ERROR,
				    N_("close it before the next blank line; "
				       "if it is "
				       "text, write &lt; for the <") },
};

/* What has become of the thing, in words. */
static str describe(const struct remark *remark, struct arena *arena)
{
	str element = remark->element;

	switch (remark->reason) {
	case HTML_REASON_STRAY:
		return arena_printf(arena, _("</%.*s> closes nothing"),
				    STR_ARG(element));
	case HTML_REASON_UNCLOSED:
		return arena_printf(
			arena,
			_("<%.*s> is not closed in the text that opened it"),
			STR_ARG(element));
	case HTML_REASON_TITLE:
		return str_from_c(_("<h1> is the page's title, which comes "
				    "from \"title\"; this one becomes <h2>"));
	case HTML_REASON_LINK_IN_LINK:
		return str_from_c(_("a link stands inside this link, which "
				    "ends before it"));
	case HTML_REASON_SWALLOWED:
		return arena_printf(arena, _("“<%.*s” is never closed"),
				    STR_ARG(element));
	case HTML_REASON_WORD:
		return arena_printf(
			arena, _("“%.*s” of a word processor is left out"),
			STR_ARG(remark->value.len > 0	    ? remark->value
				: remark->attribute.len > 0 ? remark->attribute
							    : element));
	default:
		break;
	}
	if (remark->attribute.len == 0)
		return arena_printf(
			arena,
			remark->has_gone
				? _("<%.*s> is left out with all that is in it")
				: _("<%.*s> is left out; the text around it "
				    "and in it stays"),
			STR_ARG(element));
	if (remark->value.len == 0)
		return arena_printf(arena, _("“%.*s” of <%.*s> is left out"),
				    STR_ARG(remark->attribute),
				    STR_ARG(element));
	return arena_printf(arena, _("“%.*s” in “%.*s” of <%.*s> is left out"),
			    STR_ARG(remark->value), STR_ARG(remark->attribute),
			    STR_ARG(element));
}

void markdown_remarks_tell(struct markdown_writer *writer)
{
	const struct remark *remarks = writer->remarks.items;

	for (size_t i = 0; i < writer->remarks.count; i++) {
		const struct remark *remark = &remarks[i];
		const struct reason *reason = &reasons[remark->reason];
		str text = describe(remark, writer->arena);
		struct diag *diag;

		if (remark->count > 1)
			text = arena_printf(writer->arena,
					    _("%.*s (%zu in all)"),
					    STR_ARG(text), remark->count);
		diag = reason->level == DIAG_ERROR
			       ? diag_error(writer->diags, remark->span,
					    reason->id, "%.*s", STR_ARG(text))
			       : diag_warning(writer->diags, remark->span,
					      reason->id, "%.*s",
					      STR_ARG(text));
		diag_help(writer->diags, diag, "%s", _(reason->help));
	}
}
