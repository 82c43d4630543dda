#include "pipeline/kept_bodies.h"

#include "library/extracts.h"
#include "render/kept_body.h"

static const char file_name[] = "bodies";

/* A page has a body of its own and its text an extract; copies have a body. */
static size_t count_names(const struct page_plan *plan)
{
	size_t count = plan->arrangement->catalog->count;

	for (size_t i = 0; i < plan->count; i++)
		for (size_t k = 0; k < plan->sites[i].count; k++) {
			enum page_kind kind = plan->sites[i].pages[k].kind;

			count += kind == PAGE_ARTICLE || kind == PAGE_COPY;
		}
	return count;
}

void kept_bodies_remove(const struct build *build)
{
	kept_bytes_remove(build->output.state, file_name);
}

void kept_bodies_open(struct build *build)
{
	if (build->options->no_body_cache)
		return;
	build->kept = kept_bytes_open(
		build->output.state, file_name,
		store_get(build->store, STORE_KEPT_BYTES, STR("index")),
		count_names(&build->library.plan), &build->arena);
}

static void want_all(struct build *build)
{
	const struct page_plan *plan = &build->library.plan;
	const struct catalog *catalog = plan->arrangement->catalog;
	struct arena scratch;

	arena_init(&scratch);
	for (uint32_t i = 0; i < catalog->count; i++)
		kept_bytes_want(
			build->kept,
			extracts_name(snapshot_path(plan->snapshot,
						    catalog_file(catalog, i))));
	for (size_t i = 0; i < plan->count; i++) {
		for (size_t k = 0; k < plan->sites[i].count; k++)
			kept_bytes_want(
				build->kept,
				kept_body_name(plan->sites[i].site,
					       plan->sites[i].pages[k].path,
					       &scratch));
		arena_reset(&scratch);
	}
	arena_release(&scratch);
}

bool kept_bodies_write(struct build *build, struct diag_list *diags)
{
	struct kept_bytes *kept = build->kept;

	if (kept == NULL)
		return store_remove(build->store, STORE_KEPT_BYTES,
				    STR("index"), diags);
	if (kept_bytes_is_due(kept)) {
		want_all(build);
		kept_bytes_settle(kept);
	}
	build->result.kept = kept_bytes_size(kept);
	if (!kept_bytes_has_changed(kept))
		return true;
	return store_keep(build->store, STORE_KEPT_BYTES, STR("index"),
			  kept_bytes_index(kept), diags);
}
