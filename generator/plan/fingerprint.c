/*
 * A page's fingerprint says what its bytes depend on, part by part. A part
 * may cover more than the page shows (then it is rendered once too often), but
 * never less.
 */
#include "plan/fingerprint.h"

#include "library/front_matter.h"
#include "plan/page_plan.h"
#include "system/workers.h"

struct filler {
	struct page_plan *plan;
	const struct arrangement *arrangement;
	const uint64_t *rows; /* digest of each resource as a list shows it */
	uint64_t platform;
	struct arena *arena;
};

static void add_texts(struct digest *digest, const str *texts, size_t count)
{
	digest_add_number(digest, count);
	for (size_t i = 0; i < count; i++)
		digest_add(digest, texts[i]);
}

static void add_moment(struct digest *digest, struct moment moment)
{
	digest_add_number(digest, (uint64_t)moment.seconds);
	digest_add_number(digest, (uint64_t)moment.offset);
	digest_add_number(digest, moment.is_set);
}

/* --- rows of lists --- */

/* A pin ends by time alone, so it is the pin of the build's date. */
static bool is_pinned(const struct resource *resource, struct moment as_of)
{
	return resource->is_pinned &&
	       (!resource->pin_until.is_set ||
		resource->pin_until.seconds > as_of.seconds);
}

static uint64_t row_digest(const struct arrangement *arrangement,
			   const struct resource *resource)
{
	struct placement placement =
		arrangement_of(arrangement, resource->number);
	struct digest digest = { 0 };
	const str texts[] = { resource->title,
			      resource->id,
			      resource->slug,
			      resource->summary,
			      resource->image,
			      resource->source_name,
			      resource->doc_no,
			      resource->validity,
			      resource->updated.is_set ? STR("u") : STR("") };

	if (placement.column == NULL)
		return 0;
	add_texts(&digest, texts, COUNT_OF(texts));
	digest_add(&digest, resource->keywords);
	add_moment(&digest, resource->date);
	add_moment(&digest, resource->updated);
	add_moment(&digest, placement.archived_since);
	digest_add_number(&digest, resource->type);
	digest_add_number(&digest, is_pinned(resource, arrangement->as_of));
	digest_add_number(&digest, placement.visibility);
	digest_add(&digest, placement.site->domain);
	digest_add(&digest, placement.site->short_name);
	digest_add(&digest, placement.column->path);
	digest_add(&digest, placement.column->name);
	return digest.low | 1;
}

/* A stamp names what replaces the resource, and links to it. */
static uint64_t add_replacement(const struct catalog *catalog,
				const struct resource *resource,
				const uint64_t *rows)
{
	uint32_t number = relations_find(catalog, resource->replaced_by);
	struct digest digest = { 0, rows[resource->number] };
	struct resource other;

	digest_add(&digest, resource->replaced_by);
	if (number != RESOURCE_NONE) {
		catalog_get(&other, catalog, number);
		digest_add(&digest, other.title);
		digest_add(&digest, other.slug);
		add_moment(&digest, other.date);
		digest_add_number(&digest, rows[number]);
	}
	return digest.low | 1;
}

static void make_rows(struct filler *filler)
{
	const struct arrangement *arrangement = filler->arrangement;
	const struct catalog *catalog = arrangement->catalog;
	uint64_t *rows =
		arena_array(filler->arena, catalog->count, sizeof(*rows));
	struct resource resource;

	for (uint32_t i = 0; i < catalog->count; i++) {
		catalog_get(&resource, catalog, i);
		rows[i] = row_digest(arrangement, &resource);
	}
	for (uint32_t i = 0; i < catalog->count; i++) {
		catalog_get(&resource, catalog, i);
		if (resource.replaced_by.len > 0 && rows[i] != 0)
			rows[i] = add_replacement(catalog, &resource, rows);
	}
	filler->rows = rows;
}

static uint64_t rows_digest(const struct filler *filler, const uint32_t *items,
			    size_t count)
{
	struct digest digest = { 0 };

	digest_add_number(&digest, count);
	for (size_t i = 0; i < count; i++)
		digest_add_number(&digest, items[i] == RESOURCE_NONE
						   ? 0
						   : filler->rows[items[i]]);
	return digest.low | 1;
}

/* --- the site, as every page shows it --- */

static uint64_t platform_digest(const struct cluster *cluster)
{
	const struct platform *platform = &cluster->platform;
	struct digest digest = { 0 };
	const str texts[] = { platform->name, platform->portal,
			      platform->archive_stamp, platform->notice };

	add_texts(&digest, texts, COUNT_OF(texts));
	add_texts(&digest, platform->leave_exempt.items,
		  platform->leave_exempt.count);
	for (size_t i = 0; i < cluster->count; i++) {
		const struct site *site = &cluster->sites[i];

		digest_add(&digest, site->name);
		digest_add(&digest, site->short_name);
		digest_add(&digest, site->domain);
		digest_add_number(&digest, (uint64_t)site->kind);
		digest_add_number(&digest, (uint64_t)site->state);
	}
	return digest.low;
}

static void add_settings(struct digest *digest, const struct site *site)
{
	const str texts[] = {
		site->name,	      site->short_name,	   site->domain,
		site->chinese_domain, site->identity_code, site->moved_to,
		site->state_note,     site->theme,	   site->language,
		site->sponsor,	      site->operator_name, site->phone,
		site->address,	      site->postcode,	   site->icp,
		site->police_record,  site->conac,	   site->description
	};

	add_texts(digest, texts, COUNT_OF(texts));
	add_texts(digest, site->keywords.items, site->keywords.count);
	digest_add_number(digest, (uint64_t)site->kind);
	digest_add_number(digest, (uint64_t)site->state);
	digest_add_number(digest, site->ipv6);
	add_moment(digest, site->archived_on);
	for (size_t i = 0; i < site->link_count; i++) {
		digest_add(digest, site->links[i].name);
		digest_add(digest, site->links[i].url);
	}
}

static uint64_t site_digest(const struct filler *filler,
			    const struct site *site)
{
	struct digest digest = { 0 };

	digest_add_number(&digest, filler->platform);
	add_settings(&digest, site);
	for (size_t i = 0; i < site->column_count; i++) {
		const struct column *column = &site->columns[i];

		digest_add(&digest, column->name);
		digest_add(&digest, column->path);
		digest_add(&digest, column->description);
		digest_add_number(&digest, column->is_archived);
		digest_add_number(&digest, (uint64_t)column->show);
	}
	return digest.low | 1;
}

/* --- subjects --- */

static uint64_t column_digest(const struct filler *filler,
			      const struct column *column)
{
	uint32_t replacement = relations_find(filler->arrangement->catalog,
					      column->replaced_by);
	struct digest digest = { 0 };
	const str texts[] = { column->path, column->name, column->description,
			      column->replaced_by };

	add_texts(&digest, texts, COUNT_OF(texts));
	add_texts(&digest, column->keywords.items, column->keywords.count);
	digest_add_number(&digest, (uint64_t)column->class_number);
	digest_add_number(&digest, (uint64_t)column->layout);
	add_moment(&digest, column->archived_since);
	if (replacement != RESOURCE_NONE)
		digest_add_number(&digest, filler->rows[replacement]);
	return digest.low | 1;
}

/* The file itself, what it inherits and the column it stands in. */
static uint64_t resource_digest(const struct filler *filler,
				const struct page *page)
{
	const struct snapshot *snapshot = filler->plan->snapshot;
	const struct catalog *catalog = filler->arrangement->catalog;
	uint32_t file = catalog->files[page->resource];
	struct digest digest = { 0 };

	digest_add(&digest, snapshot_blob(snapshot, file));
	for (const struct defaults *defaults =
		     catalog_defaults(catalog, snapshot_path(snapshot, file));
	     defaults != NULL; defaults = defaults->parent)
		digest_add(&digest, snapshot_blob(snapshot, defaults->file));
	digest_add_number(&digest, column_digest(filler, page->column));
	digest_add_number(&digest, filler->rows[page->resource]);
	return digest.low | 1;
}

static uint64_t article_links(const struct filler *filler, uint32_t number)
{
	enum { POLICIES = 8 };
	const struct relations *relations = &filler->plan->relations;
	struct relation_list interpretations =
		relations_interpretations(relations, number);
	uint32_t around[4] = { relations_newer(relations, number),
			       relations_older(relations, number),
			       relations->replacements[number],
			       relations->replaced[number] };
	uint32_t items[RELATED_LIMIT + POLICIES];
	struct digest digest = { 0 };
	size_t count = relations_related(relations, number, items);

	count += relations_policies(relations, number, items + count, POLICIES);
	digest_add_number(&digest, rows_digest(filler, around, 4));
	digest_add_number(&digest, rows_digest(filler, items, count));
	digest_add_number(&digest, rows_digest(filler, interpretations.items,
					       interpretations.count));
	return digest.low | 1;
}

/* --- lists by kind of page --- */

static uint64_t newest_digest(const struct filler *filler,
			      const struct site_plan *site,
			      const struct column *column)
{
	const struct column_newest *newest =
		&site->lists->newest[column->number];

	return rows_digest(filler, newest->items, newest->count);
}

static uint64_t block_digest(const struct filler *filler,
			     const struct site_plan *site,
			     const struct column *column, size_t limit)
{
	struct column_newest rows =
		site_lists_block(site->lists, column, limit);

	return rows_digest(filler, rows.items, rows.count);
}

static uint64_t blocks_digest(const struct filler *filler,
			      const struct site_plan *site)
{
	struct digest digest = { 0 };

	for (size_t i = 0; i < site->site->block_count; i++) {
		const struct home_block *block = &site->site->blocks[i];

		digest_add(&digest, block->column->path);
		digest_add_number(&digest, (uint64_t)block->kind);
		digest_add_number(&digest, block->limit);
		digest_add_number(&digest,
				  block_digest(filler, site, block->column,
					       block->limit));
	}
	return digest.low | 1;
}

/*
 * What the page says of the others: all of them on index.html, and on the
 * newest numbered page that index.html follows it.
 */
static uint64_t page_neighbours(const struct filler *filler,
				const struct page *page)
{
	size_t total = page->column->list.live_count;
	size_t size = filler->arrangement->cluster->platform.page_size;

	if (page->number == 0)
		return total + 2;
	return page->number == list_page_count(total, size);
}

static uint64_t list_digest(const struct filler *filler,
			    const struct site_plan *site,
			    const struct page *page)
{
	const struct column *column = page->column;
	struct digest digest = { 0 };

	digest_add_number(&digest,
			  rows_digest(filler, column->list.live + page->first,
				      page->count));
	digest_add_number(&digest, page->number);
	digest_add_number(&digest, page_neighbours(filler, page));
	digest_add_number(&digest,
			  filler->arrangement->cluster->platform.page_size);
	for (size_t i = column->number + 1;
	     page->number == 0 && i < column->subtree_end;
	     i = site->site->columns[i].subtree_end)
		digest_add_number(&digest, block_digest(filler, site,
							&site->site->columns[i],
							CHILD_BLOCK_ITEMS));
	return digest.low | 1;
}

/* A topic's sections collect by keyword from the whole library. */
static uint64_t topic_digest(const struct filler *filler,
			     const struct page *page)
{
	const struct catalog *catalog = filler->arrangement->catalog;

	if (catalog->types[page->resource] != TYPE_TOPIC_SITE)
		return 0;
	return rows_digest(filler, catalog->by_date, catalog->count);
}

/* Sitemaps say when each resource was changed. */
static uint64_t dated_digest(const struct filler *filler, const uint32_t *items,
			     size_t count)
{
	struct digest digest = { 0, rows_digest(filler, items, count) };

	for (size_t i = 0; i < count; i++)
		digest_add_number(&digest, (uint64_t)page_plan_changed(
						   filler->plan, items[i])
						   .seconds);
	return digest.low | 1;
}

/* A column is as new as the newest it lists, whoever publishes that. */
static uint64_t columns_digest(const struct filler *filler,
			       const struct site_plan *site)
{
	const struct site_lists *lists = site->lists;
	struct digest digest = { 0, dated_digest(filler, lists->owned,
						 lists->owned_count) };

	for (size_t i = 0; i < site->site->column_count; i++)
		digest_add_number(&digest,
				  dated_digest(filler, lists->newest[i].items,
					       lists->newest[i].count));
	return digest.low | 1;
}

/* Old addresses of what is published here, and what is gone from here. */
static uint64_t redirects_digest(const struct filler *filler,
				 const struct site_plan *site)
{
	const struct arrangement *arrangement = filler->arrangement;
	const struct catalog *catalog = arrangement->catalog;
	struct digest digest = { 0 };

	for (uint32_t i = 0; i < catalog->count; i++) {
		const struct stored_placement *place = &arrangement->places[i];
		struct resource resource;

		if (place->site != site->site->number + 1)
			continue;
		catalog_get(&resource, catalog, i);
		if (resource.aliases.len == 0 &&
		    place->visibility != VISIBLE_GONE)
			continue;
		digest_add_number(&digest, filler->rows[i]);
		digest_add(&digest, resource.aliases);
	}
	return digest.low | 1;
}

static uint64_t lists_part(const struct filler *filler,
			   const struct site_plan *site,
			   const struct page *page)
{
	const struct site_lists *lists = site->lists;

	switch (page->kind) {
	case PAGE_HOME:
		return blocks_digest(filler, site);
	case PAGE_LIST:
		return list_digest(filler, site, page);
	case PAGE_ATOM:
	case PAGE_JSON_FEED:
		return newest_digest(filler, site, page->column);
	case PAGE_ARTICLE:
	case PAGE_COPY:
		return topic_digest(filler, page);
	case PAGE_ARCHIVE:
		return rows_digest(filler, lists->archived,
				   lists->archived_count);
	case PAGE_SITEMAP_PART:
		return dated_digest(filler, lists->owned + page->first,
				    page->count);
	case PAGE_SITEMAP_INDEX:
		return dated_digest(filler, lists->owned, lists->owned_count);
	case PAGE_SITEMAP_COLUMNS:
		return columns_digest(filler, site);
	case PAGE_SEARCH_INDEX:
		return rows_digest(filler, lists->searched,
				   lists->searched_count);
	case PAGE_REDIRECTS:
		return redirects_digest(filler, site);
	default:
		return 0;
	}
}

static uint64_t subject_part(const struct filler *filler,
			     const struct site_plan *site,
			     const struct page *page)
{
	struct digest digest = { 0 };

	switch (page->kind) {
	case PAGE_ARTICLE:
	case PAGE_COPY:
		return resource_digest(filler, page);
	case PAGE_ATTACHMENT:
		digest_add(&digest,
			   snapshot_blob(filler->plan->snapshot, page->first));
		return digest.low | 1;
	case PAGE_ASSET:
		digest_add_digest(&digest,
				  site->theme->assets[page->first].digest);
		return digest.low | 1;
	default:
		return page->column == NULL
			       ? 0
			       : column_digest(filler, page->column);
	}
}

/* A template's digest walks all it can reach: once a template, not a page. */
static uint64_t theme_part(const struct filler *filler, struct map *digests,
			   const struct site_plan *site,
			   const struct page *page)
{
	const char *name = page_template(page, filler->arrangement->catalog,
					 site->theme->templates);
	struct digest *digest;

	if (name == NULL)
		return 0;
	digest = map_get(digests, str_from_c(name));
	if (digest == NULL) {
		digest = arena_alloc(digests->arena, sizeof(*digest));
		*digest = template_digest(site->theme->templates,
					  str_from_c(name));
		map_add(digests, str_from_c(name), digest);
	}
	return digest->low | 1;
}

static bool is_plain_copy(const struct page *page)
{
	return page->kind == PAGE_ASSET || page->kind == PAGE_ATTACHMENT;
}

static void fill_page(const struct filler *filler, const struct site_plan *site,
		      uint64_t site_part, struct page *page)
{
	uint64_t *parts = page->fingerprint.parts;

	parts[PART_SITE] = is_plain_copy(page) ? 0 : site_part;
	parts[PART_SUBJECT] = subject_part(filler, site, page);
	parts[PART_LISTS] = lists_part(filler, site, page);
	if (page->kind == PAGE_ARTICLE || page->kind == PAGE_COPY)
		parts[PART_LINKS] = article_links(filler, page->resource);
}

/* One thread's share: whole sites. */
struct filling {
	struct page_plan *plan;
	struct filler *fillers; /* one a thread */
};

static void fill_site(void *context, size_t thread, size_t number)
{
	struct filling *filling = context;
	const struct filler *filler = &filling->fillers[thread];
	const struct site_plan *site = &filling->plan->sites[number];
	uint64_t site_part = site_digest(filler, site->site);
	struct map digests;

	map_init(&digests, filler->arena);
	for (size_t i = 0; i < site->count; i++) {
		struct page *page = &site->pages[i];

		fill_page(filler, site, site_part, page);
		page->fingerprint.parts[PART_THEME] =
			theme_part(filler, &digests, site, page);
	}
	arena_reset(filler->arena);
}

void fingerprint_fill(struct page_plan *plan, size_t threads,
		      struct arena *arena)
{
	struct filler filler = { .plan = plan,
				 .arrangement = plan->arrangement,
				 .arena = arena };
	struct filling filling = { plan, NULL };
	struct arena *scratches =
		arena_array(arena, threads, sizeof(*scratches));

	make_rows(&filler);
	plan->rows = filler.rows;
	filler.platform = platform_digest(plan->arrangement->cluster);
	filling.fillers = arena_array(arena, threads, sizeof(filler));
	for (size_t i = 0; i < threads; i++) {
		arena_init(&scratches[i]);
		filling.fillers[i] = filler;
		filling.fillers[i].arena = &scratches[i];
	}
	workers_run(threads, plan->count, fill_site, &filling);
	for (size_t i = 0; i < threads; i++)
		arena_release(&scratches[i]);
}

void fingerprint_fill_page(struct page_plan *plan, const struct site_plan *site,
			   struct page *page, struct arena *arena)
{
	struct filler filler = { .plan = plan,
				 .arrangement = plan->arrangement,
				 .rows = plan->rows,
				 .arena = arena };
	struct map digests;

	map_init(&digests, arena);
	filler.platform = platform_digest(plan->arrangement->cluster);
	fill_page(&filler, site, site_digest(&filler, site->site), page);
	page->fingerprint.parts[PART_THEME] =
		theme_part(&filler, &digests, site, page);
}
