/*
 * Raw HTML between Markdown.
 *
 * An element may open in one HTML node and close in a later one, with
 * Markdown in between:
 *
 *	<details><summary>甲</summary>     raw
 *	                                   our <p>…</p>, a whole slice of `out`
 *	</details>                         raw
 *
 * All raw pieces below one parent are cleaned together, with an empty element
 * of a class that no text can know in the place of each slice of ours:
 *
 *	<details><summary>甲</summary><div class="MARK-0"></div></details>
 *
 * In the cleaned fragment "<" is escaped wherever it does not start a tag, so
 * where `<div class="MARK-0"></div>` is found a whole slice may stand, and
 * both halves stay well-formed. If the places are not all there, once and in
 * order, the raw pieces are left out. Ids in raw HTML get a prefix; ours never
 * pass through the cleaner.
 */
#include "markup/markdown_writer.h"

#include <cmark.h>

#include "base/digest.h"
#include "markup/html.h"

struct frame {
	cmark_node *parent;
	size_t start; /* in `out` */
	size_t first_piece;
	bool has_raw;
	bool in_line; /* below a paragraph, heading, emphasis or link */
};

struct piece {
	cmark_node *node;
	size_t at; /* in `out` */
	str html;
};

struct assembly {
	struct markdown_writer *writer;
	const struct frame *frame;
	const struct piece *pieces;
	size_t piece_count;
	str written; /* ours, since the frame's start */
	struct span span;
	bool has_link; /* raw <a> */
};

void markdown_raw_init(struct markdown_writer *writer)
{
	list_init(&writer->frames, sizeof(struct frame));
	list_init(&writer->pieces, sizeof(struct piece));
}

static bool is_in_line(cmark_node *parent)
{
	switch (cmark_node_get_type(parent)) {
	case CMARK_NODE_DOCUMENT:
	case CMARK_NODE_BLOCK_QUOTE:
	case CMARK_NODE_LIST:
	case CMARK_NODE_ITEM:
		return false;
	default:
		return true;
	}
}

void markdown_raw_begin(struct markdown_writer *writer, cmark_node *parent)
{
	struct frame *frame = list_add(&writer->frames, writer->arena);

	*frame = (struct frame){ .parent = parent,
				 .start = writer->out.len,
				 .first_piece = writer->pieces.count,
				 .in_line = is_in_line(parent) };
}

static bool is_comment(str html)
{
	html = str_trim(html);
	return str_starts_with(html, STR("<!--")) &&
	       str_find(html, STR("-->")) == html.len - 3;
}

void markdown_raw_add(struct markdown_writer *writer, cmark_node *node)
{
	str html = str_from_c(cmark_node_get_literal(node));
	struct frame *frames = writer->frames.items;
	struct piece *piece;
	struct diag *diag;

	if (is_comment(html))
		return;
	if (!writer->options->raw_html) {
		diag = diag_error(writer->diags,
				  markdown_text_span(&writer->tree->text, node),
				  "markdown-html",
				  _("HTML is not allowed in this text"));
		diag_help(writer->diags, diag,
			  _("write it in Markdown, or put a \\ before the <"));
		return;
	}
	piece = list_add(&writer->pieces, writer->arena);
	*piece = (struct piece){ .node = node,
				 .at = writer->out.len,
				 .html = html };
	frames[writer->frames.count - 1].has_raw = true;
}

static const char *place_tag(const struct frame *frame)
{
	return frame->in_line ? "span" : "div";
}

static str place_of(const struct assembly *assembly, size_t number)
{
	const char *tag = place_tag(assembly->frame);

	return arena_printf(assembly->writer->arena,
			    "<%s class=\"%.*s-%zu\"></%s>", tag,
			    STR_ARG(assembly->writer->raw_mark), number, tag);
}

/* Our slice before piece `number`; the last one is behind all pieces. */
static str slice_of(const struct assembly *assembly, size_t number)
{
	size_t start = assembly->frame->start;
	size_t from = number == 0 ? start : assembly->pieces[number - 1].at;
	size_t to = number == assembly->piece_count
			    ? start + assembly->written.len
			    : assembly->pieces[number].at;

	return str_between(assembly->written, from - start, to - start);
}

/* White space between blocks needs no place. */
static bool has_place(const struct assembly *assembly, str slice)
{
	return assembly->frame->in_line ? slice.len > 0
					: str_trim(slice).len > 0;
}

static str wrapper_of(const struct assembly *assembly)
{
	return arena_printf(assembly->writer->arena, "<%s class=\"%.*s-all\">",
			    place_tag(assembly->frame),
			    STR_ARG(assembly->writer->raw_mark));
}

static str make_fragment(const struct assembly *assembly)
{
	struct buf fragment;

	buf_init(&fragment, assembly->writer->arena);
	buf_add(&fragment, wrapper_of(assembly));
	for (size_t i = 0; i <= assembly->piece_count; i++) {
		str slice = slice_of(assembly, i);

		buf_add(&fragment, has_place(assembly, slice)
					   ? place_of(assembly, i)
					   : slice);
		if (i < assembly->piece_count)
			buf_add(&fragment, assembly->pieces[i].html);
	}
	buf_printf(&fragment, "</%s>", place_tag(assembly->frame));
	return buf_str(&fragment);
}

static bool has_nested_link(const struct assembly *assembly)
{
	return assembly->has_link &&
	       (assembly->writer->link.is_open ||
		str_find(assembly->written, STR("<a ")) != STR_NONE);
}

/* Puts our slices into their places; false when the places are not as made. */
static bool fill_places(struct buf *out, const struct assembly *assembly,
			str cleaned)
{
	str wrapper = wrapper_of(assembly);
	const char *tag = place_tag(assembly->frame);
	str end = arena_printf(assembly->writer->arena, "</%s>", tag);

	if (!str_starts_with(cleaned, wrapper) || !str_ends_with(cleaned, end))
		return false;
	cleaned = str_between(cleaned, wrapper.len, cleaned.len - end.len);
	for (size_t i = 0; i <= assembly->piece_count; i++) {
		str slice = slice_of(assembly, i);
		str place = place_of(assembly, i);
		size_t at;

		if (!has_place(assembly, slice))
			continue;
		at = str_find(cleaned, place);
		if (at == STR_NONE)
			return false;
		buf_add(out, str_between(cleaned, 0, at));
		buf_add(out, slice);
		cleaned = str_from(cleaned, at + place.len);
	}
	if (str_find(cleaned, assembly->writer->raw_mark) != STR_NONE)
		return false;
	buf_add(out, cleaned);
	return true;
}

static bool resolve_address(void *context, str *address, bool is_image)
{
	struct assembly *assembly = context;
	const struct markdown_options *options = assembly->writer->options;
	struct markdown_target target = { .address = *address };

	assembly->has_link |= !is_image;
	if (options->resolve == NULL)
		return true;
	if (!options->resolve(options->context, &target, *address, is_image,
			      assembly->span, assembly->writer->diags))
		return false;
	*address = target.address;
	if (target.is_outside)
		*address =
			arena_printf(assembly->writer->arena, "#%.*s",
				     STR_ARG(markdown_notice(assembly->writer,
							     target.address)));
	return true;
}

static void report_removed(const struct assembly *assembly,
			   const struct html_removed *removed)
{
	struct diag_list *diags = assembly->writer->diags;
	struct diag *diag;

	if (removed->count == 0)
		return;
	diag = diag_warning(diags, assembly->span, "html-removed",
			    _("taken out of the HTML: %.*s (%zu in all)"),
			    STR_ARG(removed->what), removed->count);
	diag_help(diags, diag, _("pages hold no scripts, styles and frames"));
}

static size_t count_of(str html, str wanted)
{
	size_t count = 0;
	size_t at;

	while ((at = str_find(html, wanted)) != STR_NONE) {
		html = str_from(html, at + wanted.len);
		count++;
	}
	return count;
}

/*
 * The piece that most likely does not fit: the one that closes the element
 * around the fragment, or the link that has another inside; else the first.
 */
static size_t find_broken(const struct assembly *assembly)
{
	const struct piece *pieces = assembly->pieces;
	const char *tag = place_tag(assembly->frame);
	str opening = arena_printf(assembly->writer->arena, "<%s", tag);
	str closing = arena_printf(assembly->writer->arena, "</%s", tag);
	bool is_link = has_nested_link(assembly);
	size_t opened = 0;
	size_t closed = 0;

	for (size_t i = 0; i < assembly->piece_count; i++) {
		opened += count_of(pieces[i].html, opening);
		closed += count_of(pieces[i].html, closing);
		if (closed > opened ||
		    (is_link &&
		     str_find(pieces[i].html, STR("<a ")) != STR_NONE))
			return i;
	}
	return 0;
}

static void report_dropped(const struct assembly *assembly)
{
	struct diag_list *diags = assembly->writer->diags;
	const struct piece *broken = &assembly->pieces[find_broken(assembly)];
	struct diag *diag = diag_error(
		diags,
		markdown_text_span(&assembly->writer->tree->text, broken->node),
		"html-unbalanced",
		_("this HTML does not fit the text around it; left out"));

	diag_help(diags, diag,
		  _("close each tag in the paragraph that opens it, and keep "
		    "blocks out of paragraphs and links out of links"));
}

static bool clean(struct assembly *assembly)
{
	struct markdown_writer *writer = assembly->writer;
	struct html_options options = { .address = resolve_address,
					.context = assembly,
					.id_prefix = STR("user-") };
	struct html_removed removed = { 0 };
	struct buf out;
	str cleaned;

	if (!html_clean(&cleaned, make_fragment(assembly), &options, &removed,
			writer->arena))
		return false;
	report_removed(assembly, &removed);
	buf_init(&out, writer->arena);
	if (has_nested_link(assembly) || !fill_places(&out, assembly, cleaned))
		return false;
	writer->out.len = assembly->frame->start;
	buf_add(&writer->out, buf_str(&out));
	return true;
}

/*
 * A digest of the whole text: nobody can write it into the text it is of. And
 * if somebody could, the places would be there twice and nothing would stay.
 */
static str make_mark(const struct markdown_writer *writer)
{
	struct buf mark;

	buf_init(&mark, writer->arena);
	buf_add_c(&mark, "place-");
	digest_print(&mark, digest_of(buf_str(&writer->tree->text.bytes)));
	return buf_str(&mark);
}

void markdown_raw_end(struct markdown_writer *writer, cmark_node *parent)
{
	struct frame *frames = writer->frames.items;
	struct frame frame = frames[--writer->frames.count];
	const struct piece *pieces = writer->pieces.items;
	struct assembly assembly = { .writer = writer, .frame = &frame };

	(void)parent;
	if (!frame.has_raw)
		return;
	if (writer->raw_mark.len == 0)
		writer->raw_mark = make_mark(writer);
	assembly.pieces = pieces + frame.first_piece;
	assembly.piece_count = writer->pieces.count - frame.first_piece;
	assembly.written = arena_copy(
		writer->arena, str_from(buf_str(&writer->out), frame.start));
	assembly.span = markdown_text_span(&writer->tree->text,
					   assembly.pieces[0].node);
	if (!clean(&assembly))
		report_dropped(&assembly);
	writer->pieces.count = frame.first_piece;
}
