#include "audit/pdf_lines.h"

#include "base/buf.h"
#include "base/unicode.h"

enum { PARAGRAPH_LEAST = 16 }; /* characters; rows of tables have fewer */

/* Does the line break off in a paragraph? */
static bool goes_on(str line)
{
	size_t end = line.len;

	return unicode_count(line) >= PARAGRAPH_LEAST &&
	       str_find_byte(line, ' ') == STR_NONE &&
	       unicode_is_ideograph(unicode_previous(line, &end));
}

str pdf_lines_joined(str text, struct arena *arena)
{
	bool was_open = false;
	struct buf out;
	str line;

	buf_init(&out, arena);
	while (str_split_next(&text, '\n', &line)) {
		line = str_trim(line);
		if (out.len > 0 &&
		    !(was_open && unicode_is_ideograph(unicode_at(line, 0))))
			buf_add_byte(&out, '\n');
		buf_add(&out, line);
		was_open = goes_on(line);
	}
	return buf_str(&out);
}
