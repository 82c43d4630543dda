/*
 * What the pages of one site, and of one column, show alike: the site, the
 * navigation. A thread makes it once and not for every page; pages come column
 * after column, so it keeps the newest.
 *
 * Always true: the values are those that would be made for the page itself.
 */
#ifndef JIYUE_RENDER_PAGE_FRAME_H
#define JIYUE_RENDER_PAGE_FRAME_H

#include "render/shapes.h"
#include "theme/value.h"

struct arena;
struct column;
struct template_memory;
struct render_job;
struct site_plan;

struct page_frame {
	/* hold the values; emptied for the next site, and the next column */
	struct arena *site_arena;
	struct arena *column_arena;
	const struct site_plan *site; /* NULL: nothing was made yet */
	const struct column *column;
	struct value site_values[SITE_FIELDS]; /* without SITE_LINKS */
	struct value navigation;
	struct value column_value; /* none without a column */
	/* of what templates make of them; or NULL */
	struct template_memory *site_memory, *memory;
};

/* The arenas are the frame's alone, and two. */
void page_frame_init(struct page_frame *frame, struct arena *site_arena,
		     struct arena *column_arena);

/* The frame for the job's page: the job's own brought up to date, or `spare`.
 */
const struct page_frame *page_frame_of(const struct render_job *job,
				       struct page_frame *spare);

#endif
