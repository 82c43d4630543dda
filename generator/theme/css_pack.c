#include "theme/css_pack.h"

#include "base/buf.h"
#include "theme/css_pieces.h"

/* What stands for a row of comments and blanks. */
struct gap {
	bool has_blank;
	bool has_break;
	bool has_comment;
};

static size_t skip_gap(struct gap *gap, str css, size_t at, struct buf *out)
{
	while (at < css.len) {
		size_t behind = at + 1;

		if (byte_is_space(css.data[at])) {
			gap->has_blank = true;
			gap->has_break |= css.data[at] == '\n';
		} else if (css_is_comment(css, at)) {
			behind = css_skip_closed(css, at);
			gap->has_comment = true;
			if (str_at(css, at + 2) == '!')
				buf_add(out, str_between(css, at, behind));
		} else {
			break;
		}
		at = behind;
	}
	return at;
}

/* Without a comment between them two words might be one, or with a blank two.
 */
static bool parts_words(str css, size_t start, size_t end)
{
	return start > 0 && end < css.len && css.data[start - 1] != '{' &&
	       css.data[start - 1] != '}' && css.data[start - 1] != ';';
}

static size_t add_gap(struct buf *out, str css, size_t at)
{
	struct gap gap = { 0 };
	size_t end = skip_gap(&gap, css, at, out);
	bool is_edge = at == 0 || end == css.len;

	if (gap.has_break)
		buf_add_c(out, is_edge ? "" : "\n");
	else if (gap.has_blank)
		buf_add_c(out, is_edge ? "" : " ");
	else if (gap.has_comment && parts_words(css, at, end))
		buf_add_c(out, "/**/");
	return end;
}

/* A byte behind "\\" belongs to it, a blank too. */
static size_t add_other(struct buf *out, str css, size_t at)
{
	size_t behind = css_skip_closed(css, at);

	if (behind == at)
		behind = at + (css.data[at] == '\\' ? 2 : 1);
	buf_add(out, str_between(css, at, behind));
	return behind;
}

str css_pack(str css, struct arena *arena)
{
	struct buf out;
	size_t at = 0;

	buf_init(&out, arena);
	while (at < css.len)
		at = byte_is_space(css.data[at]) || css_is_comment(css, at)
			     ? add_gap(&out, css, at)
			     : add_other(&out, css, at);
	return buf_str(&out);
}
