/*
 * Links inside the text: [见附则](#附则).
 *
 * They may lead to what comes later, so they are written with a word that no
 * text can know, and get their ids when all is written.
 */
#include "markup/markdown_writer.h"

#include "markup/html.h"

str markdown_jump_add(struct markdown_writer *writer, str fragment,
		      struct span span)
{
	struct markdown_jump *jump;

	if (fragment.len == 0)
		return STR("#");
	jump = list_add(&writer->jumps, writer->arena);
	*jump = (struct markdown_jump){
		.fragment = arena_copy(writer->arena, fragment), .span = span
	};
	return arena_printf(writer->arena, "#%.*s-jump-%zu",
			    STR_ARG(markdown_raw_mark(writer)),
			    writer->jumps.count - 1);
}

/* --- what there is -------------------------------------------------------- */

static void add_all(struct markdown_writer *writer, const struct map *ids)
{
	for (size_t i = 0; i < ids->count; i++)
		anchors_add(&writer->anchors, ids->entries[i].key);
}

/* A heading of raw HTML may have an id that is not made of its text. */
static void add_headings(struct markdown_writer *writer)
{
	const struct markdown_heading *headings = writer->headings.items;

	for (size_t i = 0; i < writer->headings.count; i++)
		if (str_starts_with(headings[i].id, writer->anchors.raw_prefix))
			anchors_add_name(&writer->anchors, headings[i].text,
					 headings[i].id);
}

static void find_anchors(struct markdown_writer *writer)
{
	anchors_init(&writer->anchors, writer->options->leave_prefix,
		     writer->arena);
	add_all(writer, &writer->ids.taken);
	add_all(writer, &writer->raw_ids);
	for (size_t i = 1; i <= writer->footnote_order.count; i++)
		anchors_add(&writer->anchors,
			    arena_printf(writer->arena, "fn-%zu", i));
	add_headings(writer);
}

/* --- putting them in ------------------------------------------------------ */

/* What was meant is looked for as long as messages of a file are kept. */
static void report_dead(struct markdown_writer *writer,
			const struct markdown_jump *jump)
{
	str near = writer->dead_jumps++ >= DIAG_FILE_LIMIT
			   ? STR("")
			   : anchors_nearest(&writer->anchors, jump->fragment,
					     writer->arena);
	struct diag *diag = diag_error(writer->diags, jump->span, "link-dead",
				       _("the link “#%.*s” leads nowhere"),
				       STR_ARG(jump->fragment));

	if (near.len > 0)
		diag_help(writer->diags, diag, _("did you mean “#%.*s”?"),
			  STR_ARG(near));
	else
		diag_help(writer->diags, diag,
			  _("no heading on the page has this text, and no "
			    "<a name>"));
}

static void keep_id(struct buf *out, str part)
{
	size_t at = str_find(part, STR(" id=\""));
	size_t end;

	if (at == STR_NONE)
		return;
	part = str_from(part, at);
	end = str_find_byte(str_from(part, 5), '"');
	buf_add(out, str_between(part, 0, 5 + end + 1));
}

/*
 * The link becomes text: `open` is where its tag begins in `out`, and `rest`
 * is behind what was to be its address. Of the tag only an id stays.
 */
static void write_dead(struct buf *out, size_t open, str *rest)
{
	str before = str_from(buf_str(out), open);
	size_t end = str_find_byte(*rest, '>');
	size_t close = str_find(*rest, STR("</a>"));
	struct buf tag;

	buf_init(&tag, out->arena);
	keep_id(&tag, before);
	keep_id(&tag, str_between(*rest, 0, end));
	out->len = open;
	buf_printf(out, "<span class=\"dead-link\"%.*s>",
		   STR_ARG(buf_str(&tag)));
	buf_add(out, str_between(*rest, end + 1, close));
	buf_add_c(out, "</span>");
	*rest = str_from(*rest, close + STR("</a>").len);
}

/* The number at the start, up to its quote. */
static size_t take_number(str *rest)
{
	size_t number = 0;

	while (rest->len > 0 && rest->data[0] >= '0' && rest->data[0] <= '9') {
		number = number * 10 + (size_t)(rest->data[0] - '0');
		*rest = str_from(*rest, 1);
	}
	return number;
}

static void write_jump(struct markdown_writer *writer, struct buf *out,
		       str *rest)
{
	const struct markdown_jump *jumps = writer->jumps.items;
	const struct markdown_jump *jump = &jumps[take_number(rest)];
	str id = anchors_find(&writer->anchors, jump->fragment, writer->arena);

	if (id.len > 0) {
		html_escape_url(out, str_equal_c(id, "top") ? STR("") : id);
		return;
	}
	report_dead(writer, jump);
	write_dead(out, str_find_last_byte(buf_str(out), '<'), rest);
}

void markdown_jumps_end(struct markdown_writer *writer)
{
	str rest = buf_str(&writer->out);
	str mark;
	struct buf out;
	size_t at;

	find_anchors(writer);
	if (writer->jumps.count == 0)
		return;
	mark = arena_printf(writer->arena, "%.*s-jump-",
			    STR_ARG(markdown_raw_mark(writer)));
	buf_init(&out, writer->arena);
	while ((at = str_find(rest, mark)) != STR_NONE) {
		buf_add(&out, str_between(rest, 0, at));
		rest = str_from(rest, at + mark.len);
		write_jump(writer, &out, &rest);
	}
	buf_add(&out, rest);
	writer->out = out;
}
