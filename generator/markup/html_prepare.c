/*
 * The text of a fragment before libxml2 sees it, and tags of ours before they
 * are put into one.
 */
#include "markup/html_prepare.h"

#include "base/unicode.h"
#include "markup/html.h"

/* Text behind an open body is not put into a paragraph by libxml2. */
static const char head[] = "<html><body>";

/*
 * Adds one character of the fragment. Control characters go (a NUL would end
 * the text for libxml2), line ends become what a browser sees.
 */
static void add_prepared(struct buf *out, uint32_t c)
{
	if (c == '\r')
		c = '\n';
	if (c == '\f')
		c = ' ';
	if (c != '\n' && c != '\t' && unicode_is_control(c))
		return;
	if ((c & 0xfffe) == 0xfffe)
		return;
	buf_add_utf8(out, c);
}

str html_prepare(str fragment, size_t *before, struct arena *arena)
{
	struct buf out;
	size_t at = 0;

	buf_init(&out, arena);
	buf_add_c(&out, head);
	*before = out.len;
	while (at < fragment.len) {
		uint32_t c = unicode_next(fragment, &at);

		if (c != '\r' || at == fragment.len ||
		    fragment.data[at] != '\n')
			add_prepared(&out, c);
	}
	return buf_str(&out);
}

void html_mark_tags(struct buf *out, str html, str mark)
{
	size_t from = 0;

	for (size_t i = 0; i + 1 < html.len; i++) {
		if (html.data[i] != '<' || html.data[i + 1] == '/')
			continue;
		for (i++;
		     i < html.len && html.data[i] != ' ' && html.data[i] != '>';
		     i++)
			;
		buf_add(out, str_between(html, from, i));
		buf_add_byte(out, ' ');
		buf_add(out, mark);
		from = i;
	}
	buf_add(out, str_from(html, from));
}
