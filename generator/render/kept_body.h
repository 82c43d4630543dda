/*
 * What a body was rendered to, kept for the next build (cache/kept_bytes.h): a
 * theme, a menu or a notice makes all pages again and no body another one.
 *
 * Always true: what is found is what markdown_write would give. It is kept
 * with a digest of all that goes in but the links, and with every link that was
 * asked about and what it led to; they are followed again, so that the page
 * depends on them as if it had been rendered, and if one leads elsewhere now,
 * or there is anything to be said of the body, it is rendered. A body with any
 * message is not kept.
 */
#ifndef JIYUE_RENDER_KEPT_BODY_H
#define JIYUE_RENDER_KEPT_BODY_H

#include "markup/markdown.h"
#include "render/body_links.h"

/* The name that the body of a page is kept by. */
uint64_t kept_body_name(const struct site *site, str path, struct arena *arena);

/*
 * As markdown_write, with `options->context` a struct body_links that nobody
 * used yet; of the result, `anchors` is empty when it was kept, and then the
 * reading was not touched.
 */
MUST_USE bool kept_body_write(struct markdown *out,
			      struct markdown_reading *reading,
			      const struct markdown_options *options,
			      struct body_links *links);

#endif
