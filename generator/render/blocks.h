/* Blocks of a home page or of a column with columns below it. */
#ifndef JIYUE_RENDER_BLOCKS_H
#define JIYUE_RENDER_BLOCKS_H

#include "render/view.h"

/* What a block shows of its column: these rows, in this way. */
struct value block_make(const struct render_job *job,
			const struct home_block *block,
			struct column_newest rows);

#endif
