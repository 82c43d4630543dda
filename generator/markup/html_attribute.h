/*
 * The attributes of one element as they may be written. Private to
 * markup/html*.c.
 */
#ifndef JIYUE_MARKUP_HTML_ATTRIBUTE_H
#define JIYUE_MARKUP_HTML_ATTRIBUTE_H

#include "base/map.h"
#include "markup/html.h"
#include "markup/html_allow.h"

/* What one call of html_clean knows while it goes through the fragment. */
struct html_filter {
	const struct html_options *options;
	struct html_removed removed;
	struct map ids; /* given away already */
	struct arena *arena;
};

/* Records one thing that was taken out. */
void html_filter_removed(struct html_filter *filter, str what);

/*
 * A copy of what libxml2 gives, without the characters that may not stand in a
 * page: control characters, and carriage returns, which nobody sees.
 */
str html_filter_text(struct html_filter *filter, str text);

/*
 * `attributes` are names and values as libxml2 gives them, decoded, up to a
 * NULL; `out` becomes the text behind the element's name. Returns false when a
 * required one is missing.
 */
MUST_USE bool html_attributes(str *out, struct html_filter *filter,
			      const struct html_element *element,
			      const unsigned char **attributes);

#endif
