/*
 * A paragraph is gathered in one buffer and written when it is complete,
 * because only then it is known whether it has text, where its marks of
 * emphasis stand beside white space, and what its lines begin with. The prefix
 * of a line is that of all lists and quotes around it; the first line of an
 * item has its sign.
 */
#include "import/markdown_out.h"

#include <string.h>

#include "base/unicode.h"

enum { LINE_WISH = 8 * 1024, LINE_MOST = 32 * 1024 };

void markdown_out_init(struct markdown_out *writer, struct buf *out,
		       struct arena *arena)
{
	*writer = (struct markdown_out){ .out = out,
					 .arena = arena,
					 .last_heading = 1 };
	buf_init(&writer->prefix, arena);
	buf_init(&writer->first, arena);
	buf_init(&writer->line, arena);
}

/* --- signs ---------------------------------------------------------------- */

static bool means_something(char c)
{
	return c != '\0' && strchr("\\`*_[]<>&|~{}$", c) != NULL;
}

void markdown_out_escape(struct buf *out, str text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (means_something(text.data[i]))
			buf_add_byte(out, '\\');
		buf_add_byte(out, text.data[i]);
	}
}

/*
 * What a line may not begin with, as it would be a heading, a list, a term's
 * meaning or a ruler: one "\" before it makes it text.
 */
static size_t sign_at_start(str line)
{
	size_t digits = 0;
	char c = str_at(line, 0);

	if (c == '-' || c == '+' || c == '=' || c == ':' || c == '#')
		return 0;
	while (byte_is_digit(str_at(line, digits)))
		digits++;
	c = str_at(line, digits);
	return digits > 0 && (c == '.' || c == ')') ? digits : STR_NONE;
}

static void close_marks(struct markdown_out *writer);

/* --- lines ---------------------------------------------------------------- */

static void begin_line(struct markdown_out *writer)
{
	if (writer->first.len > 0) {
		buf_add(writer->out, str_between(buf_str(&writer->prefix), 0,
						 writer->first_from));
		buf_add(writer->out, buf_str(&writer->first));
		writer->first.len = 0;
		return;
	}
	buf_add(writer->out, buf_str(&writer->prefix));
}

static void write_line(struct markdown_out *writer, str line, bool is_text)
{
	size_t sign = is_text ? sign_at_start(line) : STR_NONE;

	begin_line(writer);
	if (sign != STR_NONE) {
		buf_add(writer->out, str_between(line, 0, sign));
		buf_add_byte(writer->out, '\\');
		line = str_from(line, sign);
	}
	buf_add(writer->out, line);
	buf_add_byte(writer->out, '\n');
}

static void empty_line(struct markdown_out *writer)
{
	str prefix = str_trim(buf_str(&writer->prefix));

	if (writer->first.len > 0 || writer->out->len == 0)
		return;
	if (prefix.len > 0)
		buf_add(writer->out, buf_str(&writer->prefix));
	buf_add_byte(writer->out, '\n');
}

/* Between two Chinese characters; the end when there is no such place. */
static size_t joint_behind(str text, size_t at)
{
	uint32_t before = 0;

	while (at < text.len && ((unsigned char)text.data[at] & 0xc0) == 0x80)
		at++;
	while (at < text.len) {
		size_t start = at;
		uint32_t code = unicode_next(text, &at);

		if (unicode_is_ideograph(before) && unicode_is_ideograph(code))
			return start;
		before = code;
	}
	return text.len;
}

/* Behind a full stop a line may end: no gap is seen there. */
static size_t line_end(str text)
{
	size_t newline = str_find_byte(text, '\n');
	str head = str_between(text, 0, newline);
	size_t at;

	if (head.len <= LINE_WISH)
		return head.len;
	at = str_find(str_between(head, LINE_WISH, LINE_MOST), STR("。"));
	return at != STR_NONE ? LINE_WISH + at + strlen("。")
			      : joint_behind(head, LINE_WISH);
}

static void write_paragraph(struct markdown_out *writer, str text)
{
	while (text.len > 0) {
		size_t end = line_end(text);

		write_line(writer, str_between(text, 0, end), true);
		text = str_from(text, end + (str_at(text, end) == '\n'));
	}
}

static void write_heading(struct markdown_out *writer, str text)
{
	int level = writer->heading < 2 ? 2 : writer->heading;
	struct buf line;

	if (level > writer->last_heading + 1)
		level = writer->last_heading + 1;
	writer->last_heading = level;
	buf_init(&line, writer->arena);
	for (int i = 0; i < level; i++)
		buf_add_byte(&line, '#');
	buf_add_byte(&line, ' ');
	for (size_t i = 0; i < text.len; i++)
		if (text.data[i] != '\n')
			buf_add_byte(&line, text.data[i]);
		else if (line.data[line.len - 1] == '\\')
			line.data[line.len - 1] = ' ';
	write_line(writer, buf_str(&line), false);
}

void markdown_out_end(struct markdown_out *writer)
{
	str text;

	writer->wanted = 0;
	if (writer->is_cell) {
		close_marks(writer);
		writer->gap = writer->line.len > 0;
		writer->gap_is_line = false;
		return;
	}
	markdown_out_settle(writer);
	text = unicode_trim(buf_str(&writer->line));
	while (str_ends_with(text, STR("\\")) &&
	       !str_ends_with(text, STR("\\\\")))
		text = unicode_trim(str_between(text, 0, text.len - 1));
	if (text.len > 0) {
		empty_line(writer);
		if (writer->heading > 0 && writer->depth == 0)
			write_heading(writer, text);
		else
			write_paragraph(writer, text);
	}
	writer->line.len = 0;
	writer->gap = false;
}

void markdown_out_block(struct markdown_out *writer, str lines)
{
	str line;

	markdown_out_end(writer);
	if (writer->is_cell) /* a ruler */
		return;
	empty_line(writer);
	while (str_split_next(&lines, '\n', &line))
		write_line(writer, line, false);
}

/* --- text ----------------------------------------------------------------- */

static void add_marks(struct markdown_out *writer, unsigned flags)
{
	if (flags & MARKDOWN_OUT_STRONG)
		buf_add_c(&writer->line, "**");
	if (flags & MARKDOWN_OUT_EMPHASIS)
		buf_add_c(&writer->line, "*");
}

static void close_marks(struct markdown_out *writer)
{
	if (writer->flags & MARKDOWN_OUT_EMPHASIS)
		buf_add_c(&writer->line, "*");
	if (writer->flags & MARKDOWN_OUT_STRONG)
		buf_add_c(&writer->line, "**");
	writer->flags = 0;
}

/*
 * Old editors broke lines in the middle of Chinese, where browsers showed a gap
 * that nobody meant.
 */
static void write_gap(struct markdown_out *writer, uint32_t next)
{
	bool is_gap = writer->gap && writer->line.len > 0 &&
		      writer->line.data[writer->line.len - 1] != '\n';

	if (is_gap &&
	    !(writer->gap_is_line && unicode_joins(writer->last, next)))
		buf_add_byte(&writer->line, ' ');
	writer->gap = false;
}

void markdown_out_settle(struct markdown_out *writer)
{
	close_marks(writer);
	write_gap(writer, writer->last);
}

static void begin_text(struct markdown_out *writer, uint32_t next)
{
	if (writer->flags != writer->wanted)
		close_marks(writer);
	write_gap(writer, next);
	writer->last = next;
	if (writer->flags == writer->wanted)
		return;
	writer->flags = writer->wanted;
	add_marks(writer, writer->flags);
}

static void note_gap(struct markdown_out *writer, uint32_t code)
{
	bool is_line = code == '\n' ||
		       (code == ' ' && writer->gap && writer->gap_is_line);

	writer->gap_is_line = is_line && (writer->gap_is_line || !writer->gap);
	writer->gap |= unicode_is_space(code) || code == 0xa0;
}

/* White space in front of emphasis stands before its marks. */
void markdown_out_text(struct markdown_out *writer, str text)
{
	size_t at = 0;

	while (at < text.len) {
		size_t start = at;
		uint32_t code = unicode_next(text, &at);

		if (unicode_is_blank(code)) {
			note_gap(writer, code);
			continue;
		}
		begin_text(writer, code);
		markdown_out_escape(&writer->line,
				    str_between(text, start, at));
	}
}

void markdown_out_raw(struct markdown_out *writer, str text)
{
	buf_add(&writer->line, text);
}

/* Two of them end the paragraph, as people wrote then. */
void markdown_out_break(struct markdown_out *writer)
{
	str line;

	close_marks(writer);
	if (writer->is_cell) {
		writer->gap = true;
		writer->gap_is_line = false;
		return;
	}
	writer->gap = false;
	line = buf_str(&writer->line);
	if (str_is_blank(line))
		return;
	if (str_ends_with(line, STR("\\\n"))) {
		unsigned wanted = writer->wanted;

		writer->line.len -= 2;
		markdown_out_end(writer);
		writer->wanted = wanted;
		return;
	}
	buf_add_c(&writer->line, "\\\n");
}

/* --- inside lists and quotes ---------------------------------------------- */

bool markdown_out_enter(struct markdown_out *writer, str first, str rest,
			bool is_next, size_t *mark)
{
	markdown_out_end(writer);
	if (writer->is_cell || writer->depth >= MARKDOWN_OUT_NESTING)
		return false;
	*mark = writer->prefix.len;
	if (!is_next)
		empty_line(writer);
	if (writer->first.len == 0)
		writer->first_from = writer->prefix.len;
	buf_add(&writer->first, first);
	buf_add(&writer->prefix, rest);
	writer->depth++;
	return true;
}

void markdown_out_leave(struct markdown_out *writer, size_t mark)
{
	markdown_out_end(writer);
	if (writer->first.len > 0) /* nothing stood in it */
		writer->first.len = 0;
	writer->prefix.len = mark;
	writer->depth--;
}

/* --- cells ---------------------------------------------------------------- */

void markdown_out_begin_cell(struct markdown_out *writer,
			     struct markdown_out *kept)
{
	*kept = *writer;
	buf_init(&writer->line, writer->arena);
	writer->flags = 0;
	writer->wanted = 0;
	writer->gap = false;
	writer->heading = 0;
	writer->is_cell = true;
}

void markdown_out_end_cell(struct buf *out, struct markdown_out *writer,
			   const struct markdown_out *kept)
{
	close_marks(writer);
	buf_add(out, unicode_trim(buf_str(&writer->line)));
	*writer = *kept;
}
