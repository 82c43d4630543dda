/*
 * What a block of the search has of terms now that it did not have before, and
 * the other way round (render/search_block.h has its form).
 */
#ifndef JIYUE_RENDER_SEARCH_DIFFERENCE_H
#define JIYUE_RENDER_SEARCH_DIFFERENCE_H

#include "base/list.h"
#include "render/search_shard.h"

/*
 * Adds struct search_change, sorted, in `arena`. Either text may be empty: the
 * block was not there, or is there no more.
 */
void search_difference(struct list *out, str before, str now, uint64_t block,
		       struct arena *arena, struct arena *scratch);

#endif
