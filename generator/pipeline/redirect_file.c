#include "pipeline/redirect_file.h"

#include "record/moved_aliases.h"
#include "record/recall.h"
#include "render/redirects.h"

static str name_of(const struct build *build, size_t site)
{
	return build->library.cluster.sites[site].domain;
}

static bool read_all(struct build *build)
{
	size_t count = build->library.cluster.count;

	build->redirects =
		arena_array(&build->arena, count, sizeof(*build->redirects));
	for (size_t i = 0; i < count; i++)
		if (!redirects_unpack(&build->redirects[i],
				      store_get(build->store, STORE_REDIRECTS,
						name_of(build, i)),
				      &build->arena))
			return false;
	return true;
}

/* What is no more comes first, so that one may take the place of another. */
bool redirect_file_recall(struct build *build)
{
	const struct list *aliases = &build->recall->aliases;
	const struct moved_alias *moved = aliases->items;

	if (aliases->count == 0)
		return true;
	if (!read_all(build))
		return false;
	for (size_t i = 0; i < aliases->count; i++)
		redirects_change(&build->redirects[moved[i].site->number],
				 moved[i].written, moved[i].to, &build->arena);
	return true;
}

void redirect_file_make(struct build *build)
{
	const struct page_plan *plan = &build->library.plan;

	build->redirects = arena_array(&build->arena, plan->count,
				       sizeof(*build->redirects));
	for (size_t i = 0; i < plan->count; i++)
		redirects_collect(&build->redirects[i], plan, &plan->sites[i],
				  &build->arena);
}

bool redirect_file_put(struct build *build, bool *changed,
		       struct diag_list *diags)
{
	struct arena scratch;
	bool ok;

	if (build->redirects == NULL)
		return true;
	arena_init(&scratch);
	ok = output_put_own(&build->output, "redirects.json",
			    redirects_render(&build->library.cluster,
					     build->redirects, &scratch),
			    changed, diags);
	arena_release(&scratch);
	return ok;
}

bool redirect_file_write(struct build *build, struct diag_list *diags)
{
	struct arena scratch;
	bool ok = true;

	if (build->redirects == NULL)
		return true;
	arena_init(&scratch);
	for (size_t i = 0; ok && i < build->library.cluster.count; i++) {
		struct buf packed;

		buf_init(&packed, &scratch);
		redirects_pack(&packed, &build->redirects[i]);
		ok = store_keep(build->store, STORE_REDIRECTS,
				name_of(build, i), buf_str(&packed), diags);
		arena_reset(&scratch);
	}
	arena_release(&scratch);
	return ok;
}
