/*
 * HTML that strangers wrote, made safe: parsed by libxml2 into a tree, and
 * written again from an allow-list of elements, attributes and URL schemes.
 *
 * Always true: nothing that is not on the list survives, whatever encoding or
 * nesting it is written in: no script, style, event handler, form, frame,
 * object, SVG, MathML, comment, or address with a scheme other than http,
 * https, mailto, tel, or none.
 */
#ifndef JIYUE_MARKUP_HTML_H
#define JIYUE_MARKUP_HTML_H

#include "base/arena.h"
#include "base/buf.h"

enum { HTML_LIMIT = 1024 * 1024 }; /* bytes of a fragment; depth 256 */

/*
 * Called for each href, src and poster that is left, except "#…"; may replace
 * `*address`. Returns false to drop the attribute.
 */
typedef bool html_address(void *context, str *address, bool is_image);

struct html_options {
	html_address *address; /* may be NULL */
	void *context;
	str id_prefix; /* put before every id and in-page link: "user-" */
};

/* What was taken out, for a message. */
struct html_removed {
	str what; /* "script", "onclick", "javascript:" … ; empty: nothing */
	size_t count;
};

/*
 * A fragment to a safe fragment, well-formed. Returns false over limits: bytes,
 * nesting, 256 attributes in one tag. `removed` may be NULL.
 *
 * What comes out is read as the same tree by every parser, so cleaning it again
 * changes nothing (but for `id_prefix`, which is put before ids each time).
 */
MUST_USE bool html_clean(str *out, str fragment,
			 const struct html_options *options,
			 struct html_removed *removed, struct arena *arena);

/* Text and attribute escaping: & < > " ' */
void html_escape(struct buf *out, str text);

/* Percent-encodes what may not stand in a URL; leaves % alone. */
void html_escape_url(struct buf *out, str url);

/*
 * The scheme of an address as a browser sees it: entities are already
 * decoded; control characters and white space are ignored. Lower case,
 * without the colon; empty when relative; "https" for //host.
 */
str html_url_scheme(str address, struct arena *arena);

#endif
