#include "plan/page_plan.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/pack.h"
#include "library/metadata_cache.h"
#include "plan/build_record.h"
#include "plan/fingerprint.h"
#include "plan/permalink.h"
#include "snapshot/changes.h"

struct planner {
	const struct plan_options *options;
	struct page_plan *plan;
	struct site_plan *site;
	struct list pages; /* struct page */
	struct arena *arena;
	struct diag_list *diags;
};

uint32_t list_page_count(size_t total, size_t page_size)
{
	return total < 2 * page_size ? 0 : (uint32_t)(total / page_size - 1);
}

static struct page *add(struct planner *planner, enum page_kind kind, str path)
{
	struct page *page = list_add(&planner->pages, planner->arena);

	page->kind = kind;
	page->path = path;
	page->resource = RESOURCE_NONE;
	return page;
}

/* --- pages every site has --- */

struct fixed_page {
	enum page_kind kind;
	const char *path;
};

static const struct fixed_page live_pages[] = {
	{ PAGE_HOME, "index.html" },
	{ PAGE_SITEMAP, "sitemap.html" },
	{ PAGE_ARCHIVE, "archive.html" },
	{ PAGE_SEARCH, "search.html" },
	{ PAGE_SEARCH_INDEX, "search.json" },
	{ PAGE_NOT_FOUND, "404.html" },
	{ PAGE_SITEMAP_INDEX, "sitemap.xml" },
	{ PAGE_SITEMAP_COLUMNS, "sitemap/columns.xml" },
	{ PAGE_ROBOTS, "robots.txt" },
	{ PAGE_REDIRECTS, "_redirects" },
};

static const struct fixed_page notice_pages[] = {
	{ PAGE_NOTICE, "index.html" },
	{ PAGE_NOT_FOUND, "404.html" },
	{ PAGE_ROBOTS, "robots.txt" },
};

static void add_fixed(struct planner *planner, const struct fixed_page *rows,
		      size_t count)
{
	for (size_t i = 0; i < count; i++)
		add(planner, rows[i].kind, str_from_c(rows[i].path));
}

/* --- columns --- */

static str below(const struct column *column, const char *name,
		 struct arena *arena)
{
	return arena_printf(arena, "%.*s/%s", STR_ARG(column->path), name);
}

static void add_list_page(struct planner *planner, const struct column *column,
			  uint32_t number, size_t first, size_t count)
{
	str path = number == 0
			   ? permalink_column_path(column, planner->arena)
			   : arena_printf(planner->arena, "%.*s/list-%u.html",
					  STR_ARG(column->path), number);
	struct page *page = add(planner, PAGE_LIST, path);

	page->column = column;
	page->number = number;
	page->first = (uint32_t)first;
	page->count = (uint32_t)count;
}

static void add_column(struct planner *planner, const struct column *column)
{
	const struct platform *platform =
		&planner->options->arrangement->cluster->platform;
	size_t size = platform->page_size;
	size_t total = column->list.live_count;
	uint32_t numbered = list_page_count(total, size);

	add_list_page(planner, column, 0, 0, total - numbered * size);
	for (uint32_t k = 1; k <= numbered; k++)
		add_list_page(planner, column, k, total - k * size, size);
	add(planner, PAGE_ATOM, below(column, "feed.xml", planner->arena))
		->column = column;
	add(planner, PAGE_JSON_FEED, below(column, "feed.json", planner->arena))
		->column = column;
}

/* --- articles, their copies and their files --- */

static bool is_attachment(str name)
{
	return !str_ends_with(name, STR(".md")) && name.len > 0 &&
	       name.data[0] != '_' && name.data[0] != '.' &&
	       str_find_byte(name, '/') == STR_NONE;
}

static void add_attachments(struct planner *planner,
			    const struct resource *resource,
			    const struct column *column)
{
	const struct snapshot *snapshot = planner->options->snapshot;
	str from = str_between(resource->path, 0,
			       resource->path.len - strlen("index.md"));
	str folder = permalink_folder(resource, column, planner->arena);
	size_t first, behind;

	snapshot_range(snapshot, from, &first, &behind);
	for (size_t i = first; i < behind; i++) {
		str name = str_from(snapshot_path(snapshot, i), from.len);
		str parts[2] = { folder, name };
		struct page *page;

		if (!is_attachment(name))
			continue;
		page = add(planner, PAGE_ATTACHMENT,
			   arena_join(planner->arena, parts, 2));
		page->first = (uint32_t)i;
		page->resource = resource->number;
	}
}

static void add_article(struct planner *planner, enum page_kind kind,
			const struct resource *resource,
			const struct column *column)
{
	struct page *page =
		add(planner, kind,
		    permalink_path(resource, column, planner->arena));

	page->resource = resource->number;
	page->column = column;
}

static void add_with_files(struct planner *planner, enum page_kind kind,
			   uint32_t number, const struct column *column)
{
	struct resource resource;

	catalog_get(&resource, planner->options->arrangement->catalog, number);
	add_article(planner, kind, &resource, column);
	if (resource.has_folder)
		add_attachments(planner, &resource, column);
}

static void add_articles(struct planner *planner)
{
	const struct arrangement *arrangement = planner->options->arrangement;
	const struct site_lists *lists = planner->site->lists;

	for (size_t i = 0; i < lists->owned_count; i++) {
		uint32_t number = lists->owned[i];

		add_with_files(planner, PAGE_ARTICLE, number,
			       arrangement_of(arrangement, number).column);
	}
}

/* `show: copy`: what other sites own is rendered here too. */
static void add_copies(struct planner *planner, const struct column *column)
{
	const struct arrangement *arrangement = planner->options->arrangement;

	if (column->show != SHOW_COPY)
		return;
	for (size_t i = 0; i < column->list.live_count; i++) {
		uint32_t number = column->list.live[i];

		if (arrangement_of(arrangement, number).site !=
		    planner->site->site)
			add_with_files(planner, PAGE_COPY, number, column);
	}
}

/* --- sitemap parts: one a column and year --- */

static str sitemap_part_path(struct planner *planner,
			     const struct column *column,
			     const struct sitemap_part *part)
{
	struct buf path;

	buf_init(&path, planner->arena);
	buf_add(&path, STR("sitemap/"));
	for (size_t i = 0; i < column->path.len; i++)
		buf_add(&path, column->path.data[i] == '/'
				       ? STR(".")
				       : str_between(column->path, i, i + 1));
	buf_printf(&path, ".%d", (int)part->year);
	if (part->number > 0)
		buf_printf(&path, ".%u", part->number + 1);
	buf_add(&path, STR(".xml"));
	return buf_str(&path);
}

static void add_sitemap_parts(struct planner *planner)
{
	const struct site_lists *lists = planner->site->lists;

	for (size_t i = 0; i < lists->part_count; i++) {
		const struct sitemap_part *part = &lists->parts[i];
		const struct column *column =
			&planner->site->site->columns[part->column];
		struct page *page =
			add(planner, PAGE_SITEMAP_PART,
			    sitemap_part_path(planner, column, part));

		page->column = column;
		page->first = part->first;
		page->count = part->count;
	}
}

/* --- assets --- */

static void add_assets(struct planner *planner)
{
	const struct theme *theme = planner->site->theme;

	for (size_t i = 0; i < theme->asset_count; i++)
		add(planner, PAGE_ASSET, theme->assets[i].output)->first =
			(uint32_t)i;
}

/* --- one site --- */

static int compare_pages(const void *left, const void *right)
{
	const struct page *a = left;
	const struct page *b = right;
	int order = str_compare(a->path, b->path);

	return order != 0 ? order : (a->kind > b->kind) - (a->kind < b->kind);
}

static struct span page_span(const struct planner *planner,
			     const struct page *page)
{
	struct resource resource;

	if (page->resource != RESOURCE_NONE) {
		catalog_get(&resource, planner->options->arrangement->catalog,
			    page->resource);
		return resource.slug_span;
	}
	if (page->column != NULL)
		return page->column->span;
	return planner->site->site->domain_span;
}

static str page_origin(const struct planner *planner, const struct page *page)
{
	const struct snapshot *snapshot = planner->options->snapshot;
	const struct catalog *catalog = planner->options->arrangement->catalog;

	if (page->kind == PAGE_ATTACHMENT)
		return snapshot_path(snapshot, page->first);
	if (page->resource != RESOURCE_NONE)
		return snapshot_path(snapshot, catalog->files[page->resource]);
	if (page->column != NULL)
		return arena_printf(planner->arena, "sites/%.*s/site.yaml",
				    STR_ARG(planner->site->site->id));
	return str_from_c(page_kinds[page->kind].name);
}

static void check_twins(struct planner *planner)
{
	struct site_plan *site = planner->site;

	for (size_t i = 1; i < site->count; i++) {
		const struct page *a = &site->pages[i - 1];
		const struct page *b = &site->pages[i];
		struct diag *diag;

		if (!str_equal(a->path, b->path))
			continue;
		diag = diag_error(
			planner->diags, page_span(planner, b), "address-twice",
			_("%.*s and %.*s have the same address: "
			  "/%.*s on %.*s"),
			STR_ARG(page_origin(planner, a)),
			STR_ARG(page_origin(planner, b)), STR_ARG(b->path),
			STR_ARG(site->site->domain));
		diag_help(planner->diags, diag,
			  _("rename one file, or give it another “slug”"));
		site->has_errors = true;
	}
}

static void check_alias(struct planner *planner,
			const struct resource *resource, str alias)
{
	const struct page *page =
		site_plan_find(planner->site, str_from(alias, 1));
	struct diag *diag;

	if (page == NULL)
		return;
	diag = diag_error(planner->diags, resource->aliases_span, "alias-taken",
			  _("the old address “%.*s” is a page of today"),
			  STR_ARG(alias));
	diag_help(planner->diags, diag,
		  _("take it out of “aliases”; it belongs to %.*s"),
		  STR_ARG(page_origin(planner, page)));
	planner->site->has_errors = true;
}

static void check_aliases(struct planner *planner)
{
	const struct catalog *catalog = planner->options->arrangement->catalog;
	const struct site_lists *lists = planner->site->lists;

	for (size_t i = 0; i < lists->owned_count; i++) {
		struct resource resource;
		str alias;

		catalog_get(&resource, catalog, lists->owned[i]);
		while (unpack_text(&alias, &resource.aliases))
			check_alias(planner, &resource, alias);
	}
}

static void plan_live_site(struct planner *planner)
{
	const struct site *site = planner->site->site;

	/* an article each, three files a column, and some more */
	list_reserve(&planner->pages,
		     planner->site->lists->owned_count * 9 / 8 +
			     site->column_count * 8 + 64,
		     planner->arena);
	add_fixed(planner, live_pages, COUNT_OF(live_pages));
	for (size_t i = 0; i < site->column_count; i++) {
		add_column(planner, &site->columns[i]);
		add_copies(planner, &site->columns[i]);
	}
	add_articles(planner);
	add_sitemap_parts(planner);
}

static void sort_pages(struct planner *planner)
{
	struct site_plan *site = planner->site;

	site->pages = planner->pages.items;
	site->count = planner->pages.count;
	qsort(site->pages, site->count, sizeof(struct page), compare_pages);
}

static void plan_site(struct planner *planner)
{
	list_init(&planner->pages, sizeof(struct page));
	if (!planner->site->theme->is_usable) {
		planner->site->has_errors = true;
		return;
	}
	if (site_is_notice_only(planner->site->site))
		add_fixed(planner, notice_pages, COUNT_OF(notice_pages));
	else
		plan_live_site(planner);
	add_assets(planner);
	sort_pages(planner);
	check_twins(planner);
	check_aliases(planner);
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
				   .count = cluster->count };
	out->sites = arena_array(arena, cluster->count, sizeof(*out->sites));
	relations_make(&out->relations, options->arrangement, arena, diags);
	for (size_t i = 0; i < cluster->count; i++) {
		prepare_site(&planner, i, &lists[i]);
		plan_site(&planner);
		out->page_count += planner.site->count;
	}
	fingerprint_fill(out, options->threads == 0 ? 1 : options->threads,
			 arena);
}

/* --- a plan of which most is in the record --- */

static void add_changed_article(struct planner *planner, uint32_t number)
{
	const struct arrangement *arrangement = planner->options->arrangement;
	const struct site *site = planner->site->site;
	struct placement placement = arrangement_of(arrangement, number);
	struct resource resource;

	if (placement.site != site ||
	    !arrangement_has_page(arrangement, number))
		return;
	catalog_get(&resource, arrangement->catalog, number);
	add_article(planner, PAGE_ARTICLE, &resource, placement.column);
}

static void add_changed_copies(struct planner *planner,
			       const struct column *column,
			       const bool *is_changed)
{
	const struct arrangement *arrangement = planner->options->arrangement;

	if (column->show != SHOW_COPY)
		return;
	for (size_t i = 0; i < column->list.live_count; i++) {
		uint32_t number = column->list.live[i];
		struct resource resource;

		if (!is_changed[number] ||
		    arrangement_of(arrangement, number).site ==
			    planner->site->site)
			continue;
		catalog_get(&resource, arrangement->catalog, number);
		add_article(planner, PAGE_COPY, &resource, column);
	}
}

static const struct fixed_page recalled_pages[] = {
	{ PAGE_SITEMAP_INDEX, "sitemap.xml" },
	{ PAGE_SITEMAP_COLUMNS, "sitemap/columns.xml" },
};

static void recall_site(struct planner *planner,
			const struct recall_options *options)
{
	const struct site *site = planner->site->site;

	list_init(&planner->pages, sizeof(struct page));
	planner->site->record = options->record;
	add_fixed(planner, recalled_pages, COUNT_OF(recalled_pages));
	for (size_t i = 0; i < options->resource_count; i++)
		add_changed_article(planner, options->resources[i].number);
	for (size_t i = 0; i < site->column_count; i++)
		add_changed_copies(planner, &site->columns[i],
				   options->is_changed);
	add_sitemap_parts(planner);
	sort_pages(planner);
}

void page_plan_recall(struct page_plan *out,
		      const struct recall_options *options, struct arena *arena,
		      struct diag_list *diags)
{
	const struct cluster *cluster = options->plan.arrangement->cluster;
	struct planner planner = { .options = &options->plan,
				   .plan = out,
				   .arena = arena,
				   .diags = diags };

	*out = (struct page_plan){ .arrangement = options->plan.arrangement,
				   .snapshot = options->plan.snapshot,
				   .relations = options->relations,
				   .rows = options->rows,
				   .history = options->plan.history,
				   .changes = options->changes->items,
				   .change_count = options->changes->count,
				   .count = cluster->count };
	out->sites = arena_array(arena, cluster->count, sizeof(*out->sites));
	for (size_t i = 0; i < cluster->count; i++) {
		prepare_site(&planner, i, &options->lists[i]);
		if (options->wanted[i])
			recall_site(&planner, options);
		out->page_count += planner.site->count;
	}
}

struct moment page_plan_changed(const struct page_plan *plan, uint32_t resource)
{
	uint32_t file = plan->arrangement->catalog->files[resource];

	for (size_t i = 0;
	     i < plan->change_count && plan->changes[i].patch.file <= file; i++)
		if (plan->changes[i].patch.file == file)
			return plan->changes[i].changed;
	return plan->history[file].changed;
}

struct special_template {
	const char *name;
	enum page_kind kind;
	int number; /* resource type or column layout */
};

static const struct special_template special_templates[] = {
	{ "article-news", PAGE_ARTICLE, TYPE_NEWS },
	{ "article-notice", PAGE_ARTICLE, TYPE_NOTICE },
	{ "article-policy", PAGE_ARTICLE, TYPE_POLICY },
	{ "article-interpretation", PAGE_ARTICLE, TYPE_INTERPRETATION },
	{ "article-service", PAGE_ARTICLE, TYPE_SERVICE },
	{ "article-profile", PAGE_ARTICLE, TYPE_PROFILE },
	{ "article-organ", PAGE_ARTICLE, TYPE_ORGAN },
	{ "article-leader", PAGE_ARTICLE, TYPE_LEADER },
	{ "article-topic_site", PAGE_ARTICLE, TYPE_TOPIC_SITE },
	{ "column-services", PAGE_LIST, LAYOUT_SERVICES },
	{ "column-leaders", PAGE_LIST, LAYOUT_LEADERS },
	{ "column-organs", PAGE_LIST, LAYOUT_ORGANS },
	{ "column-topics", PAGE_LIST, LAYOUT_TOPICS },
	{ "column-page", PAGE_LIST, LAYOUT_PAGE },
};

const char *page_template(const struct page *page,
			  const struct catalog *catalog,
			  const struct template_set *templates)
{
	enum page_kind kind =
		page->kind == PAGE_COPY ? PAGE_ARTICLE : page->kind;
	int number = -1;

	if (kind == PAGE_ARTICLE)
		number = catalog->types[page->resource];
	else if (kind == PAGE_LIST)
		number = page->column->layout;
	for (size_t i = 0; i < COUNT_OF(special_templates); i++) {
		const struct special_template *row = &special_templates[i];

		if (row->kind == kind && row->number == number &&
		    template_has(templates, str_from_c(row->name)))
			return row->name;
	}
	return page_kinds[kind].template_name;
}

bool site_plan_has(const struct site_plan *plan, str path)
{
	struct recorded_page page;
	struct arena scratch;
	size_t place;
	bool found = site_plan_find(plan, path) != NULL;

	if (found || plan->record == NULL)
		return found;
	arena_init(&scratch);
	found = build_record_find(&page, &place, plan->record,
				  plan->site->domain, path, &scratch);
	arena_release(&scratch);
	return found;
}

const struct page *site_plan_find(const struct site_plan *plan, str path)
{
	size_t low = 0;
	size_t high = plan->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = str_compare(plan->pages[middle].path, path);

		if (order == 0)
			return &plan->pages[middle];
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
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
