/*
 * How text is made harmless where a template prints it.
 *
 * Always true: the output of template_escape_html() has none of & < > " ' in
 * a meaning of its own, so it is safe as text and in quoted attributes; that
 * of template_escape_url() has unreserved characters and % only; that of
 * template_escape_json() is a JSON value without < > & and is safe in <script>.
 */
#ifndef JIYUE_THEME_TEMPLATE_ESCAPE_H
#define JIYUE_THEME_TEMPLATE_ESCAPE_H

#include "base/buf.h"
#include "base/str.h"

/* Control characters, which neither HTML nor XML can hold, are left out. */
void template_escape_html(struct buf *out, str text);

void template_escape_url(struct buf *out, str text);

/* With its quotes. */
void template_escape_json(struct buf *out, str text);

/*
 * May this address stand in a link? Relative ones and those of the schemes
 * http, https, mailto and tel may.
 */
bool template_url_is_safe(str url);

/* Is `scheme` (without the colon) one of those? */
bool template_scheme_is_safe(str scheme);

#endif
