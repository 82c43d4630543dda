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
 * All raw pieces below one parent are cleaned together. Between blocks, an
 * empty element with a mark that no text can know stands in the place of each
 * slice of ours; the cleaner puts the slice there, or its phrases alone where
 * no block may stand:
 *
 *	<details><summary>甲</summary><div MARK="0"></div></details>
 *
 * In a paragraph, a heading or a cell, where raw tags and ours are inside each
 * other, all of it goes through the cleaner, our tags with the mark: it leaves
 * them as they are, and ends a paragraph where a browser would end it:
 *
 *	<p MARK>甲<div>乙</div></p>        gives <p>甲</p><div>乙</div>
 *
 * So no text is ever lost, however odd the HTML around it is. Ids in raw HTML
 * get a prefix; the ids of ours are not touched.
 */
#include "markup/markdown_raw.h"

#include <string.h>

#include <cmark.h>

#include "base/digest.h"
#include "markup/html.h"

enum { HTML_ADDRESS_REACH = 2000 }; /* bytes of an attribute */

struct frame {
	cmark_node *parent;
	size_t start; /* in `out` */
	size_t first_piece;
	bool is_leaf; /* of text, with the tags of the parent itself */
};

void markdown_raw_init(struct markdown_writer *writer)
{
	list_init(&writer->frames, sizeof(struct frame));
	list_init(&writer->pieces, sizeof(struct markdown_piece));
	map_init(&writer->raw_ids, writer->arena);
	markdown_remarks_init(writer);
}

static bool is_leaf(cmark_node *node)
{
	return cmark_node_get_type(node) == CMARK_NODE_PARAGRAPH ||
	       cmark_node_get_type(node) == CMARK_NODE_HEADING;
}

static bool has_frame(cmark_node *node)
{
	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_DOCUMENT:
	case CMARK_NODE_BLOCK_QUOTE:
	case CMARK_NODE_LIST:
	case CMARK_NODE_ITEM:
	case CMARK_NODE_CUSTOM_BLOCK:
		return true;
	default:
		return is_leaf(node);
	}
}

/* The line that a block starts is no part of it. */
static size_t behind_breaks(const struct markdown_writer *writer, size_t at)
{
	while (at < writer->out.len && writer->out.data[at] == '\n')
		at++;
	return at;
}

void markdown_raw_begin(struct markdown_writer *writer, cmark_node *parent,
			size_t start)
{
	struct frame *frame;

	if (!has_frame(parent))
		return;
	frame = list_add(&writer->frames, writer->arena);
	*frame = (struct frame){ .parent = parent,
				 .start = writer->out.len,
				 .first_piece = writer->pieces.count,
				 .is_leaf = is_leaf(parent) };
	if (frame->is_leaf)
		frame->start = behind_breaks(writer, start);
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
	struct markdown_piece *piece;
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
	*piece = (struct markdown_piece){ .node = node,
					  .at = writer->out.len,
					  .html = html };
}

/* --- what would swallow the text behind it -------------------------------- */

/* The end of the tag that starts here, as libxml2 reads it, or STR_NONE. */
static size_t tag_end(str html, size_t at)
{
	bool is_value = false;

	for (; at < html.len; at++) {
		char c = html.data[at];

		if (c == '>')
			return at + 1;
		if (is_value && (c == '"' || c == '\'')) {
			size_t end = str_find_byte(str_from(html, at + 1), c);

			if (end == STR_NONE)
				return STR_NONE;
			at += end + 1;
		}
		is_value = c == '=' || (is_value && byte_is_space(c));
	}
	return STR_NONE;
}

/* Of a comment, an instruction, a declaration or a tag; STR_NONE: open. */
static size_t token_end(str html, size_t at)
{
	str rest = str_from(html, at);
	bool is_long = str_starts_with(rest, STR("<!--"));
	size_t end;

	if (rest.len < 2)
		return at + 1;
	if (is_long || rest.data[1] == '!' || rest.data[1] == '?') {
		end = str_find(rest, is_long ? STR("-->") : STR(">"));
		return end == STR_NONE ? end : at + end + (is_long ? 3 : 1);
	}
	if (byte_is_letter(rest.data[1]) || rest.data[1] == '/')
		return tag_end(html, at);
	return at + 1;
}

/* "script" of <script> and <style>, whose contents are no HTML. */
static str code_element(str tag)
{
	static const str names[] = { STR("script"), STR("style") };

	for (size_t i = 0; i < COUNT_OF(names); i++)
		if (str_equal_ignoring_case(
			    str_between(tag, 1, 1 + names[i].len), names[i]) &&
		    (tag.len <= 1 + names[i].len ||
		     !byte_is_letter(tag.data[1 + names[i].len])))
			return names[i];
	return STR("");
}

static bool closes(str html, str element)
{
	for (size_t i = 0; i + 2 + element.len <= html.len; i++)
		if (html.data[i] == '<' && html.data[i + 1] == '/' &&
		    str_equal_ignoring_case(
			    str_between(html, i + 2, i + 2 + element.len),
			    element))
			return true;
	return false;
}

/* In a line, the end of a script is a piece of its own. */
static bool is_closed(const struct markdown_assembly *assembly, size_t piece,
		      size_t at, str element)
{
	const struct markdown_piece *pieces = assembly->pieces;

	if (closes(str_from(pieces[piece].html, at), element))
		return true;
	for (size_t i = piece + 1;
	     assembly->is_leaf && i < assembly->piece_count; i++)
		if (closes(pieces[i].html, element))
			return true;
	return false;
}

/* Where in the piece something begins that does not end; or its length. */
static size_t find_open(const struct markdown_assembly *assembly, size_t piece)
{
	str html = assembly->pieces[piece].html;
	size_t at = 0;

	while (at < html.len) {
		size_t start = at + str_find_byte(str_from(html, at), '<');
		str element;

		if (str_find_byte(str_from(html, at), '<') == STR_NONE)
			break;
		at = token_end(html, start);
		if (at == STR_NONE)
			return start;
		element = code_element(str_between(html, start, at));
		if (element.len > 0 && !is_closed(assembly, piece, at, element))
			return start;
	}
	return html.len;
}

/*
 * A comment, tag or script that is open where its piece ends would take all
 * that is behind it with it. Of a comment the opening goes and its text is
 * seen; of the others all that is left of the piece.
 */
static void cut_open(struct markdown_assembly *assembly)
{
	for (size_t i = 0; i < assembly->piece_count; i++) {
		struct markdown_piece *piece = &assembly->pieces[i];
		size_t at = find_open(assembly, i);
		str rest = str_from(piece->html, at);

		if (rest.len == 0)
			continue;
		markdown_remark_open(assembly, i, at);
		if (str_starts_with(rest, STR("<!")) ||
		    str_starts_with(rest, STR("<?"))) {
			/* blanks, so that what follows keeps its place */
			str parts[3] = { str_between(piece->html, 0, at),
					 STR("    "), str_from(rest, 4) };

			parts[1].len =
				rest.len < 4 || rest.data[2] != '-' ? 2 : 4;
			parts[2] = str_from(rest, parts[1].len);

			piece->html =
				arena_join(assembly->writer->arena, parts, 3);
		} else {
			piece->html = str_between(piece->html, 0, at);
		}
	}
}

static void put(char *to, str text)
{
	memcpy(to, text.data, text.len);
}

/*
 * Word's "<![if !supportLists]>" is text to libxml2 and a comment to browsers:
 * a comment it becomes, of the same length, so that all keeps its place.
 */
static void comment_conditions(struct markdown_piece *piece,
			       struct arena *arena)
{
	str rest = piece->html;
	str sign = STR("<![");
	char *data;

	if (str_find(rest, sign) == STR_NONE)
		return;
	data = arena_c_string(arena, piece->html);
	for (size_t at = 0; at < rest.len;) {
		size_t start = str_find_byte(str_from(rest, at), '<');
		size_t end;

		if (start == STR_NONE)
			break;
		start += at;
		end = token_end(rest, start);
		if (end == STR_NONE)
			break;
		at = end;
		if (!str_starts_with(str_from(rest, start), sign) ||
		    end - start < STR("<!---->").len)
			continue;
		memset(data + start, 'x', end - start);
		put(data + start, STR("<!--"));
		put(data + end - STR("-->").len, STR("-->"));
	}
	piece->html.data = data;
}

/* --- addresses ------------------------------------------------------------ */

/* The address itself, as written. */
static struct span address_span(struct markdown_assembly *assembly, size_t at,
				str address)
{
	const struct source *source = assembly->writer->tree->text.source;
	struct span span = markdown_raw_span(assembly, at, HTML_ADDRESS_REACH);
	size_t found;

	if (span.source == SOURCE_NONE)
		return span;
	found = str_find(str_between(source->text, span.start, span.end),
			 address);
	if (found == STR_NONE || address.len == 0)
		return markdown_raw_span(assembly, at, 1);
	return span_of(source, span.start + found,
		       span.start + found + address.len);
}

static bool is_frame_allowed(const struct markdown_options *options,
			     str address)
{
	return options->frame != NULL &&
	       options->frame(options->context, address);
}

bool markdown_raw_address(void *context, struct html_target *target,
			  enum html_use use, size_t at)
{
	struct markdown_assembly *assembly = context;
	struct markdown_writer *writer = assembly->writer;
	const struct markdown_options *options = writer->options;
	struct span span = address_span(assembly, at, target->address);
	struct markdown_target found = { .address = target->address };

	/* as those who offer players write it for copying */
	if (use == HTML_USE_FRAME && str_starts_with(found.address, STR("//")))
		found.address = arena_printf(writer->arena, "https:%.*s",
					     STR_ARG(found.address));
	if (use == HTML_USE_FRAME && !is_frame_allowed(options, found.address))
		return false;
	if (use == HTML_USE_LINK && str_starts_with(found.address, STR("#")))
		found.address = markdown_jump_add(
			writer, str_from(found.address, 1), span);
	else if (options->resolve != NULL &&
		 !options->resolve(options->context, &found,
				   arena_copy(writer->arena, found.address),
				   use == HTML_USE_IMAGE, span, writer->diags))
		return false;
	target->address = found.address;
	target->size = markdown_size_attributes(writer, &found);
	if (found.is_outside && use != HTML_USE_IMAGE)
		target->attributes = markdown_outside_attributes(
			writer, found.address, &target->address);
	return true;
}

/* --- one fragment --------------------------------------------------------- */

/* Our slice before piece `number`; the last one is behind all pieces. */
static str slice_of(const struct markdown_assembly *assembly, size_t number)
{
	size_t start = assembly->start;
	size_t from = number == 0 ? start : assembly->pieces[number - 1].at;
	size_t to = number == assembly->piece_count
			    ? start + assembly->written.len
			    : assembly->pieces[number].at;

	return str_between(assembly->written, from - start, to - start);
}

static void add_slice(struct buf *fragment, struct markdown_assembly *assembly,
		      size_t number)
{
	str slice = slice_of(assembly, number);
	str mark = assembly->writer->raw_mark;

	if (assembly->is_leaf) {
		html_mark_tags(fragment, slice, mark);
	} else if (str_trim(slice).len == 0) {
		buf_add(fragment, slice);
	} else {
		assembly->places[number] = slice;
		buf_printf(fragment, "<div %.*s=\"%zu\"></div>", STR_ARG(mark),
			   number);
	}
}

static str make_fragment(struct markdown_assembly *assembly)
{
	struct buf fragment;

	buf_init(&fragment, assembly->writer->arena);
	for (size_t i = 0; i <= assembly->piece_count; i++) {
		add_slice(&fragment, assembly, i);
		if (i == assembly->piece_count)
			break;
		assembly->pieces[i].fragment_at = fragment.len;
		buf_add(&fragment, assembly->pieces[i].html);
	}
	return buf_str(&fragment);
}

static bool clean(struct markdown_assembly *assembly)
{
	struct markdown_writer *writer = assembly->writer;
	struct html_options options = {
		.joins_lines = true,
		.address = markdown_raw_address,
		.report = markdown_remark,
		.context = assembly,
		.id_prefix = STR("user-"),
		.ids = &writer->raw_ids,
		.frame_label = writer->options->frame_label,
		.mark = writer->raw_mark,
		.place_count = assembly->piece_count + 1,
	};
	str cleaned;

	assembly->places =
		arena_array(writer->arena, options.place_count, sizeof(str));
	options.places = assembly->places;
	if (!html_clean(&cleaned, make_fragment(assembly), &options,
			writer->arena))
		return false;
	writer->out.len = assembly->start;
	buf_add(&writer->out, cleaned);
	return true;
}

/* Raw HTML that is beyond a limit: its text, between ours as it is. */
static void write_text(const struct markdown_assembly *assembly)
{
	struct markdown_writer *writer = assembly->writer;

	writer->out.len = assembly->start;
	for (size_t i = 0; i <= assembly->piece_count; i++) {
		str html;
		size_t at = 0;

		buf_add(&writer->out, slice_of(assembly, i));
		if (i == assembly->piece_count)
			break;
		html = assembly->pieces[i].html;
		while (at < html.len) {
			size_t end = html.data[at] == '<' ? token_end(html, at)
							  : at + 1;

			if (html.data[at] != '<')
				markdown_write_text(writer,
						    str_between(html, at, end));
			at = end == STR_NONE ? html.len : end;
		}
	}
}

/*
 * A digest of the whole text: nobody can write it into the text it is of.
 */
str markdown_raw_mark(struct markdown_writer *writer)
{
	struct buf mark;

	if (writer->raw_mark.len > 0)
		return writer->raw_mark;
	buf_init(&mark, writer->arena);
	buf_add_c(&mark, "place-");
	digest_print(&mark, digest_of(buf_str(&writer->tree->text.bytes)));
	writer->raw_mark = buf_str(&mark);
	return writer->raw_mark;
}

static void end_frame(struct markdown_writer *writer)
{
	struct frame *frames = writer->frames.items;
	struct frame frame = frames[--writer->frames.count];
	struct markdown_piece *pieces = writer->pieces.items;
	struct markdown_assembly assembly = {
		.writer = writer,
		.start = frame.start,
		.is_leaf = frame.is_leaf,
		.pieces = pieces + frame.first_piece,
		.piece_count = writer->pieces.count - frame.first_piece,
	};

	if (assembly.piece_count == 0)
		return;
	(void)markdown_raw_mark(writer);
	assembly.written = arena_copy(
		writer->arena, str_from(buf_str(&writer->out), frame.start));
	cut_open(&assembly);
	for (size_t i = 0; i < assembly.piece_count; i++)
		comment_conditions(&assembly.pieces[i], writer->arena);
	if (!clean(&assembly)) {
		write_text(&assembly);
		markdown_remark_limit(&assembly);
	}
	writer->pieces.count = frame.first_piece;
}

static bool is_open(const struct markdown_writer *writer, cmark_node *parent,
		    bool of_leaf)
{
	const struct frame *frames = writer->frames.items;
	size_t count = writer->frames.count;

	return count > 0 && frames[count - 1].parent == parent &&
	       frames[count - 1].is_leaf == of_leaf;
}

void markdown_raw_end(struct markdown_writer *writer, cmark_node *parent)
{
	if (is_open(writer, parent, false))
		end_frame(writer);
}

void markdown_raw_closed(struct markdown_writer *writer, cmark_node *parent)
{
	if (is_open(writer, parent, true))
		end_frame(writer);
}
