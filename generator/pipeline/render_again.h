/*
 * A page that is made once more, for a proof: what was said of it, was said.
 */
#ifndef JIYUE_PIPELINE_RENDER_AGAIN_H
#define JIYUE_PIPELINE_RENDER_AGAIN_H

#include "render/render.h"

/* False when it has mistakes; or when the world fails, which is said. */
MUST_USE bool render_again(str *out, const struct page_plan *plan,
			   const struct site_plan *site,
			   const struct page *page,
			   struct snapshot_reader *reader, struct arena *arena,
			   struct diag_list *diags);

#endif
