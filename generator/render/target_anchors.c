#include "render/target_anchors.h"

#include "library/body_anchors.h"

/* Bytes that a thread keeps: some thousand texts with headings. */
enum { KEPT_LIMIT = 2 * 1024 * 1024 };

void target_anchors_init(struct target_anchors *targets)
{
	*targets = (struct target_anchors){ 0 };
	arena_init(&targets->lasting);
	arena_init(&targets->scratch);
	map_init(&targets->known, &targets->lasting);
}

void target_anchors_release(struct target_anchors *targets)
{
	arena_release(&targets->scratch);
	arena_release(&targets->lasting);
}

/* Without what the body's HTML took. */
static struct anchors *keep(struct target_anchors *targets,
			    const struct anchors *found)
{
	struct arena *arena = &targets->lasting;
	struct anchors *kept = arena_alloc(arena, sizeof(*kept));

	anchors_init(kept, found->reserved_prefix, arena);
	for (size_t i = 0; i < found->ids.count; i++)
		anchors_add(kept, arena_copy(arena, found->ids.entries[i].key));
	return kept;
}

const struct anchors *target_anchors_of(struct target_anchors *targets,
					const struct render_job *job,
					uint32_t resource)
{
	const struct page_plan *plan = job->context->plan;
	uint32_t file = catalog_file(plan->arrangement->catalog, resource);
	str path = snapshot_path(plan->snapshot, file);
	struct anchors *known = map_get(&targets->known, path);
	struct anchors found;
	bool ok;

	if (known != NULL)
		return known;
	if (targets->lasting.total > KEPT_LIMIT) {
		arena_reset(&targets->lasting);
		map_init(&targets->known, &targets->lasting);
	}
	ok = body_anchors_read(&found, job->reader, file, &targets->scratch);
	if (ok) {
		known = keep(targets, &found);
		map_add(&targets->known, path, known);
	}
	arena_reset(&targets->scratch);
	return known;
}
