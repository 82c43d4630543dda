/*
 * What stands before libxml2's parsers: they compare every attribute of a tag
 * with all others of it, so a tag with a hundred thousand of them would take
 * minutes.
 */
#ifndef JIYUE_MARKUP_HTML_GUARD_H
#define JIYUE_MARKUP_HTML_GUARD_H

#include "base/str.h"

enum {
	HTML_GUARD_ATTRIBUTES = 256,
	HTML_GUARD_DEPTH = 256, /* for the readers, who count it themselves */
};

/* False when a tag may have more than HTML_GUARD_ATTRIBUTES attributes. */
MUST_USE bool html_guard_attributes(str text);

#endif
