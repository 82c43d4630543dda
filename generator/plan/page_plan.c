/*
 * Pages are added kind by kind (page_sources.c), with room reserved for all at
 * once, then sorted by path: what several kinds need in order comes from one
 * sort. Fingerprints are filled in last, when every list and link that they
 * cover is there.
 */
#include "plan/page_plan.h"

#include <inttypes.h>
#include <stddef.h>
#include <stdlib.h>

#include "markup/url_path.h"
#include "plan/address_check.h"
#include "plan/gone_pages.h"
#include "plan/build_record.h"
#include "plan/fingerprint.h"
#include "plan/page_sources.h"
#include "plan/redirects.h"
#include "plan/unowned_files.h"
#include "snapshot/changes.h"

/* --- one site --- */

static int compare_pages(const void *left, const void *right)
{
	const struct page *a = left;
	const struct page *b = right;
	int order = str_compare(a->path, b->path);

	return order != 0 ? order : (a->kind > b->kind) - (a->kind < b->kind);
}

/* An article each, three files a column, and some more. */
static void reserve_pages(struct planner *planner)
{
	list_init(&planner->pages, sizeof(struct page));
	list_reserve(&planner->pages,
		     planner->site->lists->owned_count * 9 / 8 +
			     planner->site->site->column_count * 8 + 64,
		     planner->arena);
}

void recall_fixed(struct planner *planner)
{
	planner_add(planner, planner->kind,
		    str_from_c(page_kinds[planner->kind].path));
}

static void add_kind(struct planner *planner, enum page_kind kind)
{
	const struct page_kind_row *row = &page_kinds[kind];
	page_source *source = row->path != NULL ? recall_fixed : row->source;

	planner->kind = kind;
	if (planner->recall != NULL)
		source = row->recall;
	if (source != NULL)
		source(planner);
}

static void sort_pages(struct planner *planner)
{
	struct site_plan *site = planner->site;

	site->pages = planner->pages.items;
	site->count = planner->pages.count;
	qsort(site->pages, site->count, sizeof(struct page), compare_pages);
}

static void add_pages(struct planner *planner)
{
	const struct site *settings = planner->site->site;
	unsigned site = ON_NOTICE;

	if (!site_is_notice_only(settings))
		site = settings->kind == KIND_PORTAL ? ON_LIVE | ON_PORTAL
						     : ON_LIVE;

	for (size_t i = 0; i < PAGE_KIND_COUNT; i++)
		if (page_kinds[i].sites & site)
			add_kind(planner, (enum page_kind)i);
	sort_pages(planner);
}

static void plan_site(struct planner *planner)
{
	if (!planner->site->theme->is_usable)
		return;
	reserve_pages(planner);
	add_pages(planner);
	address_check_twins(planner->plan, planner->site, planner->arena,
			    planner->diags);
	address_check_aliases(planner->plan, planner->site, planner->arena,
			      planner->diags);
}

static void prepare_site(struct planner *planner, size_t number,
			 const struct site_lists *lists)
{
	const struct plan_options *options = planner->options;

	planner->site = &planner->plan->sites[number];
	planner->site->site = &options->arrangement->cluster->sites[number];
	planner->site->theme = &options->themes[number];
	planner->site->lists = lists;
}

void page_plan_make(struct page_plan *out, const struct plan_options *options,
		    struct arena *arena, struct diag_list *diags)
{
	const struct cluster *cluster = options->arrangement->cluster;
	struct planner planner = {
		.options = options, .plan = out, .arena = arena, .diags = diags
	};
	struct site_lists *lists = site_lists_make(
		options->arrangement, cluster->platform.feed_size, arena);

	*out = (struct page_plan){ .arrangement = options->arrangement,
				   .snapshot = options->snapshot,
				   .history = options->history,
				   .renames = options->renames,
				   .attachments = options->attachments,
				   .count = cluster->count };
	list_init(&out->losers, sizeof(uint32_t));
	out->sites = arena_array(arena, cluster->count, sizeof(*out->sites));
	relations_make(&out->relations, options->arrangement, arena, diags);
	topics_make(&out->topics, options->arrangement, arena);
	gone_pages_find(out, arena);
	for (size_t i = 0; i < cluster->count; i++) {
		prepare_site(&planner, i, &lists[i]);
		plan_site(&planner);
		out->page_count += planner.site->count;
	}
	unowned_files_report(options, arena, diags);
	redirects_settle(out, arena, diags);
	gone_pages_settle(out, arena);
	fingerprint_fill(out, options->threads == 0 ? 1 : options->threads,
			 arena);
}

/* --- a plan of which most is in the record --- */

void page_plan_recall(struct page_plan *out,
		      const struct recall_options *options, struct arena *arena,
		      struct diag_list *diags)
{
	const struct cluster *cluster = options->plan.arrangement->cluster;
	struct planner planner = { .options = &options->plan,
				   .recall = options,
				   .plan = out,
				   .arena = arena,
				   .diags = diags };

	*out = (struct page_plan){ .arrangement = options->plan.arrangement,
				   .snapshot = options->plan.snapshot,
				   .relations = options->relations,
				   .topics = options->topics,
				   .rows = options->rows,
				   .history = options->plan.history,
				   .renames = options->plan.renames,
				   .changes = options->changes->items,
				   .change_count = options->changes->count,
				   .count = cluster->count };
	out->sites = arena_array(arena, cluster->count, sizeof(*out->sites));
	for (size_t i = 0; i < cluster->count; i++) {
		prepare_site(&planner, i, &options->lists[i]);
		planner.site->record = options->record;
		list_init(&planner.pages, sizeof(struct page));
		if (options->wanted[i])
			add_pages(&planner);
		out->page_count += planner.site->count;
	}
}

static int compare_change(const void *key, const void *item)
{
	uint32_t file = *(const uint32_t *)key;
	const struct snapshot_change *change = item;

	return (file > change->patch.file) - (file < change->patch.file);
}

static const struct snapshot_change *find_change(const struct page_plan *plan,
						 uint32_t file)
{
	return plan->change_count == 0
		       ? NULL
		       : bsearch(&file, plan->changes, plan->change_count,
				 sizeof(*plan->changes), compare_change);
}

struct moment page_plan_changed(const struct page_plan *plan, uint32_t resource)
{
	uint32_t file = catalog_file(plan->arrangement->catalog, resource);
	struct moment earlier = snapshot_patched_since(plan->snapshot, file);

	const struct snapshot_change *change = find_change(plan, file);

	if (change != NULL)
		return change->changed;
	if (snapshot_trusts(plan->snapshot, &plan->history[file],
			    sizeof(plan->history[file])) &&
	    moment_is_valid(&plan->history[file].changed))
		return earlier.is_set && plan->history[file].changed.is_set
			       ? earlier
			       : plan->history[file].changed;
	snapshot_damaged(plan->snapshot);
	return (struct moment){ 0 };
}

const char *page_template(const struct page *page,
			  const struct catalog *catalog,
			  const struct template_set *templates)
{
	const struct page_kind_row *row = &page_kinds[page->kind];
	const char *name = row->special == NULL
				   ? NULL
				   : row->special(page, catalog, templates);

	return name != NULL ? name : row->template_name;
}

bool site_plan_has(const struct site_plan *plan, str path)
{
	struct recorded_page page;
	struct arena scratch;
	size_t place;
	bool found = site_plan_find(plan, path) != NULL;

	if (found || plan->record == NULL ||
	    sorted_find(&plan->left, path) != NULL)
		return found;
	arena_init(&scratch);
	found = build_record_find(&page, &place, plan->record,
				  plan->site->domain, path, &scratch);
	arena_release(&scratch);
	return found;
}

struct sorted_rows site_plan_rows(const struct site_plan *plan)
{
	return (struct sorted_rows){ plan->pages, plan->count,
				     sizeof(*plan->pages),
				     offsetof(struct page, path) };
}

const struct page *site_plan_find(const struct site_plan *plan, str path)
{
	const struct sorted_rows pages = site_plan_rows(plan);

	return sorted_find(&pages, path);
}

uint32_t page_plan_file_owner(const struct page_plan *plan, str path)
{
	const struct catalog *catalog = plan->arrangement->catalog;
	str index = STR("index.md");
	char owner[SNAPSHOT_PATH_LIMIT];
	size_t length = str_find_last_byte(path, '/') + 1;

	if (length + index.len > sizeof(owner))
		return RESOURCE_NONE;
	memcpy(owner, path.data, length);
	memcpy(owner + length, index.data, index.len);
	return catalog_find_path(catalog, (str){ owner, length + index.len });
}

const struct site_plan *page_plan_shared_file(const struct page_plan *plan,
					      str path, str *at,
					      struct arena *arena)
{
	const struct site_plan *site_plan;
	const struct site *site;
	const struct page *page;
	str unit;
	str parts[2] = { STR("files/") };

	if (!attachment_is_shared(path, &unit, &parts[1]))
		return NULL;
	site = cluster_owner(plan->arrangement->cluster, unit);
	if (site == NULL)
		return NULL;
	site_plan = &plan->sites[site->number];
	*at = arena_join(arena, parts, 2);
	page = site_plan_find(site_plan, *at);
	if (page == NULL)
		return site_plan_has(site_plan, *at) ? site_plan : NULL;
	return str_equal(snapshot_path(plan->snapshot, page->first), path)
		       ? site_plan
		       : NULL;
}

/*
 * The file of this name as seen from the resource; STR_NONE when it is not
 * published beside the resource or below a unit's `_files/`.
 */
static size_t find_picture(const struct page_plan *plan,
			   const struct resource *resource, str name,
			   struct arena *scratch)
{
	str own = resource->path;
	str path, at;
	size_t file;
	bool is_beside;

	if (!url_path_join(&path, own, name, scratch))
		return STR_NONE;
	is_beside =
		resource->has_folder &&
		str_equal(str_between(path, 0, str_find_last_byte(path, '/')),
			  str_between(own, 0, str_find_last_byte(own, '/')));
	if (!is_beside &&
	    page_plan_shared_file(plan, path, &at, scratch) == NULL)
		return STR_NONE;
	file = snapshot_find(plan->snapshot, path);
	return file != STR_NONE && attachments_state(plan->attachments,
						     plan->snapshot, file) ==
					   ATTACHMENT_PUBLISHED
		       ? file
		       : STR_NONE;
}

bool page_plan_has_address(const struct page_plan *plan,
			   const struct site *site, str address)
{
	size_t end = str_find_byte(address, '#');
	struct arena scratch;
	bool is_there;

	address = str_between(address, 0, end);
	address = str_between(address, 0, str_find_byte(address, '?'));
	arena_init(&scratch);
	is_there =
		site_plan_has(&plan->sites[site->number],
			      url_path_decode(str_from(address, 1), &scratch));
	arena_release(&scratch);
	return is_there;
}

size_t page_plan_image(const struct page_plan *plan,
		       const struct resource *resource)
{
	str image = resource->image;
	struct arena scratch;
	size_t file;

	if (image.len == 0 || image.data[0] == '/')
		return STR_NONE;
	arena_init(&scratch);
	file = find_picture(plan, resource, image, &scratch);
	if (file == STR_NONE)
		file = find_picture(plan, resource,
				    url_path_decode(image, &scratch), &scratch);
	arena_release(&scratch);
	return file;
}

void page_plan_print(struct buf *out, const struct page_plan *plan)
{
	for (size_t i = 0; i < plan->count; i++) {
		const struct site_plan *site = &plan->sites[i];

		for (size_t j = 0; j < site->count; j++) {
			const struct page *page = &site->pages[j];

			buf_printf(out, "%.*s %s /%.*s",
				   STR_ARG(site->site->id),
				   page_kinds[page->kind].name,
				   STR_ARG(page->path));
			for (size_t k = 0; k < PART_COUNT; k++)
				if (page->fingerprint.parts[k] != 0)
					buf_printf(out, " %s=%016" PRIx64,
						   fingerprint_parts[k],
						   page->fingerprint.parts[k]);
			buf_add_byte(out, '\n');
		}
	}
}

size_t facet_row_count(const struct column *column)
{
	enum { FACET_ROWS = 120 }; /* each stands there four times */

	return column->list.live_count < FACET_ROWS ? column->list.live_count
						    : FACET_ROWS;
}
