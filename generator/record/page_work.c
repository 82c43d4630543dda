#include "record/page_work.h"
#include "base/sorted.h"

_Static_assert(REASON_NEW <= UINT8_MAX, "reasons are kept in a byte");

void page_work_init(struct page_work *work, const struct page_plan *plan,
		    struct arena *arena)
{
	*work = (struct page_work){ .plan = plan,
				    .count = plan->page_count,
				    .item_count = plan->page_count };
	work->site_starts =
		arena_array(arena, plan->count, sizeof(*work->site_starts));
	work->sites = arena_array(arena, plan->count, sizeof(*work->sites));
	for (size_t i = 1; i < plan->count; i++)
		work->site_starts[i] =
			work->site_starts[i - 1] + plan->sites[i - 1].count;
	work->known = arena_array(arena, work->count, sizeof(*work->known));
	work->states = arena_array(arena, work->count, 1);
	work->reasons = arena_array(arena, work->count, 1);
	work->sizes = arena_array(arena, work->count, sizeof(*work->sizes));
	work->sha256s = arena_array(arena, work->count, sizeof(*work->sha256s));
	work->dependencies =
		arena_array(arena, work->count, sizeof(*work->dependencies));
	work->told = arena_array(arena, work->count, 1);
	work->is_beyond = arena_array(arena, work->count, 1);
	list_init(&work->findings, sizeof(struct page_findings));
}

/* The last site that does not begin behind the page: the others are empty. */
size_t page_work_site(const struct page_work *work, size_t item)
{
	const struct sorted_numbers starts =
		SORTED_NUMBERS(work->site_starts, work->plan->count);
	size_t to = sorted_rows_to(&starts, (int64_t)item);

	return to == 0 ? 0 : to - 1;
}

const struct page *page_work_page(const struct page_work *work, size_t item)
{
	size_t site = page_work_site(work, item);

	return &work->plan->sites[site].pages[item - work->site_starts[site]];
}

bool page_work_is_settled(const struct page_work *work, size_t site)
{
	return work->sites[site].is_wanted;
}

bool page_work_has(const struct page_work *work, size_t site, str path)
{
	const struct site_plan *plan = &work->plan->sites[site];
	const struct page *page = site_plan_find(plan, path);

	return page != NULL &&
	       work->states[work->site_starts[site] +
			    (size_t)(page - plan->pages)] != WORK_FAILED;
}

size_t page_work_first_findings(const struct page_work *work, size_t item)
{
	const struct sorted_numbers items =
		SORTED_BY(work->findings.items, work->findings.count,
			  struct page_findings, item);

	return sorted_rows_below(&items, (int64_t)item);
}

str page_work_findings(const struct page_work *work, size_t item)
{
	const struct page_findings *items = work->findings.items;

	return work->told[item] == TOLD_KEPT
		       ? items[page_work_first_findings(work, item)].packed
		       : STR("");
}

const struct dependency_list *
page_work_dependencies(const struct page_work *work, size_t item)
{
	return work->states[item] == WORK_KEPT && work->known[item] != NULL
		       ? &work->known[item]->dependencies
		       : &work->dependencies[item];
}

str page_findings_group(const struct site *site, struct arena *arena)
{
	return arena_printf(arena, "pages %.*s", STR_ARG(site->domain));
}

str page_output_path(const struct site *site, str path, struct arena *arena)
{
	str parts[3] = { site->domain, STR("/"), path };

	return arena_join(arena, parts, 3);
}
