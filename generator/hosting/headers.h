/*
 * What every web server says of a file beside its bytes, whichever it is: one
 * table, so that two servers cannot differ.
 *
 * Always true: no value has a straight quote, a backslash or a "$" in it; each
 * stands between straight quotes of a configuration as it is.
 */
#ifndef JIYUE_HOSTING_HEADERS_H
#define JIYUE_HOSTING_HEADERS_H

#include <stddef.h>

struct hosting_header {
	const char *name;
	const char *value;
};

/* Of every answer. */
extern const struct hosting_header hosting_headers[];
extern const size_t hosting_header_count;

/* Content-Security-Policy: of pages, and of a drawing opened by itself. */
extern const char hosting_policy[];
extern const char hosting_policy_drawing[];

/* Extensions, as an expression, of what is saved and not opened. */
extern const char hosting_saved[];

/* Types, beside text/html, that are said to be UTF-8. */
extern const char *const hosting_charset_types[];
extern const size_t hosting_charset_type_count;

/* Extensions, as an expression, of what is looked at anew every minute. */
extern const char hosting_texts[];

/* An address below which names change with their bytes, as an expression. */
extern const char hosting_immutable[];

/* Cache-Control: of those, of texts, of all else. */
extern const char hosting_cache_immutable[];
extern const char hosting_cache_text[];
extern const char hosting_cache_other[];

#endif
