/*
 * The anchors of the pages that links with a "#" lead to.
 *
 * Texts refer to the same few others again and again, so a thread keeps what
 * it found of them; it forgets all of it when that has become much.
 */
#ifndef JIYUE_RENDER_TARGET_ANCHORS_H
#define JIYUE_RENDER_TARGET_ANCHORS_H

#include "base/map.h"
#include "render/render.h"

struct target_anchors {
	struct arena lasting;
	struct arena scratch; /* one body */
	struct map known;     /* path of the file to struct anchors */
};

void target_anchors_init(struct target_anchors *targets);
void target_anchors_release(struct target_anchors *targets);

/*
 * The anchors of the body of a resource, or NULL when it cannot be read. Valid
 * until the next call. `targets` are the job's own, or any.
 */
const struct anchors *target_anchors_of(struct target_anchors *targets,
					const struct render_job *job,
					uint32_t resource);

#endif
