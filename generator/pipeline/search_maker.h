/*
 * The shards of the search index, which are made from its blocks when these are
 * made (render/search_shard.h).
 *
 * Where the last build left an index, a shard is its file with the postings of
 * the blocks that changed; what a block had is in its file. Both are compared
 * with the digests in the record, which keeps nothing else for the search. At
 * any doubt all blocks are read again, with the same result.
 */
#ifndef JIYUE_PIPELINE_SEARCH_MAKER_H
#define JIYUE_PIPELINE_SEARCH_MAKER_H

#include "pipeline/page_maker.h"

/*
 * Stages the shards of all wanted sites and settles their states. False when
 * the world fails, and when a recalled plan does not do.
 */
MUST_USE bool search_shards_make(struct build *build,
				 const struct page_maker *maker,
				 struct diag_list *diags);

#endif
