/* Blocks of a home page or of a column with columns below it. */
#ifndef JIYUE_RENDER_BLOCKS_H
#define JIYUE_RENDER_BLOCKS_H

#include "render/view.h"

/* The newest of a column and all below it, as a block of this kind. */
struct value block_make(const struct render_job *job,
			const struct column *column, int kind, size_t limit);

#endif
