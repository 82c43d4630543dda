#include "record/compare.h"

#include <stdlib.h>

/* Such a page may be half of this and half of that: it is made again. */
static bool is_pending(const struct site_work *site, str path)
{
	return site->pending.count > 0 &&
	       bsearch(&path, site->pending.items, site->pending.count,
		       sizeof(path), str_compare_items) != NULL;
}

static void read_site(struct site_work *site, const struct site *plan,
		      const struct compare_options *options)
{
	str domain = plan->domain;

	site->is_fresh = !options->has_site(options->context, domain);
	site->is_recorded = !site->is_fresh &&
			    build_record_read(&site->known, options->store,
					      domain, options->arena) &&
			    build_record_pending(&site->pending, options->store,
						 domain, options->arena);
	if (site->is_recorded)
		findings_read(&site->findings, options->store,
			      page_findings_group(plan, options->arena),
			      options->arena);
	if (!site->is_recorded) {
		site->known = (struct recorded_site){ 0 };
		list_init(&site->pending, sizeof(str));
	}
	if (site->pending.count > 0)
		qsort(site->pending.items, site->pending.count, sizeof(str),
		      str_compare_items);
}

/* A page that a power cut has emptied is made again. */
static bool is_there(const struct site_plan *plan,
		     const struct recorded_page *page,
		     const struct compare_options *options)
{
	return options->has_page == NULL ||
	       options->has_page(
		       options->context,
		       page_output_path(plan->site, page->path, options->arena),
		       page->size);
}

/* Both are sorted by path: one step forward for each. */
static void match_site(struct page_work *work, size_t number,
		       const struct compare_options *options)
{
	const struct site_plan *plan = &work->plan->sites[number];
	const struct site_work *site = &work->sites[number];
	size_t first = work->site_starts[number];
	size_t at = 0;

	for (size_t i = 0; i < plan->count; i++) {
		str path = plan->pages[i].path;
		int order = -1;

		while (at < site->known.count &&
		       (order = str_compare(site->known.pages[at].path, path)) <
			       0)
			at++;
		if (order == 0 && at < site->known.count &&
		    !is_pending(site, path) &&
		    is_there(plan, &site->known.pages[at], options))
			work->known[first + i] = &site->known.pages[at];
	}
}

void record_compare(struct page_work *work,
		    const struct compare_options *options)
{
	for (size_t i = 0; i < work->plan->count; i++)
		if (work->sites[i].is_wanted) {
			read_site(&work->sites[i], work->plan->sites[i].site,
				  options);
			match_site(work, i, options);
		}
}

/*
 * Pages of the last build, and of an interrupted one, that no plan has, or that
 * cannot be made.
 */
static struct list gone_paths(const struct page_work *work, size_t number,
			      struct arena *arena)
{
	const struct site_work *site = &work->sites[number];
	const str *pending = site->pending.items;
	struct list gone;

	list_init(&gone, sizeof(str));
	for (size_t i = 0; i < site->known.count; i++)
		if (!page_work_has(work, number, site->known.pages[i].path))
			*(str *)list_add(&gone, arena) =
				site->known.pages[i].path;
	for (size_t i = 0; i < site->gone.count; i++)
		*(str *)list_add(&gone, arena) =
			((const str *)site->gone.items)[i];
	for (size_t i = 0; i < site->pending.count; i++)
		if (!page_work_has(work, number, pending[i]))
			*(str *)list_add(&gone, arena) = pending[i];
	return gone;
}

struct site_change record_site_change(const struct page_work *work,
				      size_t number, struct arena *arena)
{
	const struct site_plan *plan = &work->plan->sites[number];
	const struct site_work *site = &work->sites[number];
	struct site_change change = { .gone = gone_paths(work, number, arena) };

	change.is_file = change.gone.count > 0 || !site->is_recorded;
	for (size_t i = 0; i < plan->count; i++) {
		uint8_t state = work->states[work->site_starts[number] + i];

		change.is_any |= state != WORK_KEPT;
		change.is_file |= state == WORK_STAGED;
	}
	change.is_any |= change.is_file || site->pending.count > 0;
	return change;
}
