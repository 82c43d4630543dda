/*
 * What a page's bytes depend on, part by part: one function for each thing that
 * a kind of page shows, named in the table of plan/page.c. A part may cover
 * more than the page shows (then it is rendered once too often), but never
 * less.
 */
#include "plan/page_digests.h"

#include "base/pack.h"
#include "library/front_matter.h"
#include "library/resource_reader.h"
#include "library/stand_in.h"
#include "plan/exports.h"
#include "plan/hot_pages.h"
#include "plan/kiosk.h"
#include "plan/notices.h"
#include "plan/pinned_rows.h"

void digest_add_texts(struct digest *digest, const str *texts, size_t count)
{
	digest_add_number(digest, count);
	for (size_t i = 0; i < count; i++)
		digest_add(digest, texts[i]);
}

void digest_add_moment(struct digest *digest, struct moment moment)
{
	digest_add_number(digest, (uint64_t)moment.seconds);
	digest_add_number(digest, (uint64_t)moment.offset);
	digest_add_number(digest, moment.is_set);
}

/* --- rows of lists --- */

static uint64_t rows_digest(const struct fingerprinting *fingerprinting,
			    const uint32_t *items, size_t count)
{
	struct digest digest = { 0 };

	if (!snapshot_trusts(fingerprinting->plan->snapshot, items,
			     count * sizeof(*items)))
		return 1;
	digest_add_number(&digest, count);
	for (size_t i = 0; i < count; i++)
		digest_add_number(&digest,
				  items[i] == RESOURCE_NONE
					  ? 0
					  : page_plan_row(fingerprinting->plan,
							  items[i]));
	return digest.low | 1;
}

/* --- subjects --- */

uint64_t digest_of_row(const struct fingerprinting *fingerprinting,
		       const struct site_plan *site, const struct page *page)
{
	(void)site;
	return page_plan_row(fingerprinting->plan, page->resource) | 1;
}

static uint64_t column_digest(const struct fingerprinting *fingerprinting,
			      const struct column *column)
{
	uint32_t replacement = relations_find(
		fingerprinting->arrangement->catalog, column->replaced_by);
	struct digest digest = { 0 };
	const str texts[] = { column->path, column->name, column->description,
			      column->replaced_by };

	digest_add_texts(&digest, texts, COUNT_OF(texts));
	digest_add_texts(&digest, column->keywords.items,
			 column->keywords.count);
	digest_add_number(&digest, (uint64_t)column->class_number);
	digest_add(&digest, str_from_c(column->layout));
	digest_add_number(&digest, column->has_facets);
	digest_add_number(&digest, column->has_statistics);
	digest_add_moment(&digest, column->archived_since);
	if (replacement != RESOURCE_NONE)
		digest_add_number(&digest, page_plan_row(fingerprinting->plan,
							 replacement));
	return digest.low | 1;
}

/* A copy names the site of the original; damaged arrays may give none. */
static str owner_name(const struct fingerprinting *fingerprinting,
		      const struct page *page)
{
	const struct site *site =
		arrangement_of(fingerprinting->arrangement, page->resource)
			.site;

	return site == NULL ? STR("") : site->name;
}

/* The file itself, its type and what it inherits. */
static void add_resource(struct digest *digest,
			 const struct fingerprinting *fingerprinting,
			 uint32_t number)
{
	const struct snapshot *snapshot = fingerprinting->plan->snapshot;
	const struct catalog *catalog = fingerprinting->arrangement->catalog;
	uint32_t file = catalog_file(catalog, number);
	const struct stand_in *earlier = catalog_stand_in(catalog, file);

	digest_add(digest, snapshot_blob(snapshot, file));
	if (earlier != NULL)
		digest_add_digest(digest, earlier->key);
	digest_add_digest(digest, catalog_type(catalog, number)->digest);
	for (const struct defaults *defaults =
		     catalog_defaults(catalog, snapshot_path(snapshot, file));
	     defaults != NULL; defaults = defaults->parent)
		resource_reader_add_default_key(digest, defaults, snapshot);
}

/* How long an answer took depends on the holidays of a year. */
static void add_answer(struct digest *digest,
		       const struct fingerprinting *fingerprinting,
		       uint32_t number)
{
	const struct arrangement *arrangement = fingerprinting->arrangement;
	struct resource resource;
	int64_t days;

	catalog_get(&resource, arrangement->catalog, number);
	if (holidays_answer(&days, &arrangement->cluster->holidays, &resource))
		digest_add_number(digest, (uint64_t)days);
}

/* The same, and the column it is in. */
uint64_t digest_of_resource(const struct fingerprinting *fingerprinting,
			    const struct site_plan *site,
			    const struct page *page)
{
	struct digest digest = { 0 };

	(void)site;
	add_resource(&digest, fingerprinting, page->resource);
	if (page->kind == PAGE_COPY)
		digest_add(&digest, owner_name(fingerprinting, page));
	digest_add_number(&digest, column_digest(fingerprinting, page->column));
	digest_add_number(&digest,
			  page_plan_row(fingerprinting->plan, page->resource));
	add_answer(&digest, fingerprinting, page->resource);
	return digest.low | 1;
}

/* Others with what they say of this one, and the language of each. */
static void add_others(struct digest *digest,
		       const struct fingerprinting *fingerprinting,
		       const uint32_t *items, size_t count)
{
	const struct arrangement *arrangement = fingerprinting->arrangement;

	digest_add_number(digest, rows_digest(fingerprinting, items, count));
	for (size_t i = 0; i < count; i++) {
		struct placement place = arrangement_of(arrangement, items[i]);
		struct resource resource;

		if (!catalog_has(arrangement->catalog, items[i]))
			continue;
		catalog_get(&resource, arrangement->catalog, items[i]);
		digest_add(digest, resource.related);
		digest_add(digest, resource.interprets);
		digest_add(digest, resource.lang);
		digest_add(digest,
			   place.site == NULL ? STR("") : place.site->language);
	}
}

/* What a resource names, and what names that: translations of one text. */
static void add_named(struct digest *digest,
		      const struct fingerprinting *fingerprinting,
		      uint32_t number)
{
	const struct relations *relations = &fingerprinting->plan->relations;
	const struct catalog *catalog = fingerprinting->arrangement->catalog;
	str rest = catalog_text(catalog, number, RESOURCE_RELATED);
	str name;

	while (unpack_text(&name, &rest)) {
		uint32_t other =
			name.len < 2
				? RESOURCE_NONE
				: relations_find(catalog, str_from(name, 1));
		struct relation_list named;

		if (other == RESOURCE_NONE)
			continue;
		add_others(digest, fingerprinting, &other, 1);
		if (name.data[0] != RELATION_TRANSLATES)
			continue;
		named = relations_named(relations, other);
		add_others(digest, fingerprinting, named.items, named.count);
	}
}

uint64_t digest_of_relations(const struct fingerprinting *fingerprinting,
			     const struct site_plan *site,
			     const struct page *page)
{
	enum { POLICIES = 8 };
	const struct relations *relations = &fingerprinting->plan->relations;
	struct relation_list named = relations_named(relations, page->resource);
	uint32_t around[4] = { relations_newer(relations, page->resource),
			       relations_older(relations, page->resource),
			       relations_replacement(relations, page->resource),
			       relations_replaced(relations, page->resource) };
	uint32_t items[RELATED_LIMIT + POLICIES];
	struct digest digest = { 0 };
	size_t count = relations_related(relations, page->resource, items);

	(void)site;
	count += relations_policies(relations, page->resource, items + count,
				    POLICIES);
	digest_add_number(&digest, rows_digest(fingerprinting, around, 4));
	digest_add_number(&digest, rows_digest(fingerprinting, items, count));
	add_others(&digest, fingerprinting, named.items, named.count);
	add_named(&digest, fingerprinting, page->resource);
	return digest.low | 1;
}

/* --- lists by kind of page --- */

uint64_t digest_of_newest(const struct fingerprinting *fingerprinting,
			  const struct site_plan *site, const struct page *page)
{
	struct column_newest newest;
	struct arena arena;
	uint64_t digest;

	arena_init(&arena);
	newest = site_lists_feed(site->lists, site->site, page->column,
				 fingerprinting->arrangement, &arena);
	digest = rows_digest(fingerprinting, newest.items, newest.count);
	arena_release(&arena);
	return digest;
}

static uint64_t block_digest(const struct fingerprinting *fingerprinting,
			     const struct site_plan *site,
			     const struct column *column, size_t limit)
{
	struct column_newest rows =
		site_lists_block(site->lists, column, limit);

	return rows_digest(fingerprinting, rows.items, rows.count);
}

/* The sites of the cluster by name; the portal alone shows them. */
static uint64_t directory_digest(const struct fingerprinting *fingerprinting)
{
	const struct cluster *cluster = fingerprinting->arrangement->cluster;
	struct digest digest = { 0 };

	for (size_t i = 0; i < cluster->count; i++) {
		const struct site *other = &cluster->sites[i];

		digest_add(&digest, other->name);
		digest_add(&digest, other->short_name);
		digest_add(&digest, other->domain);
		digest_add(&digest, other->sponsor);
		digest_add_number(&digest, (uint64_t)other->kind);
		digest_add_number(&digest, (uint64_t)other->state);
	}
	return digest.low | 1;
}

/* The page of all sites says of each what it is for, too. */
uint64_t digest_of_sites(const struct fingerprinting *fingerprinting,
			 const struct site_plan *site, const struct page *page)
{
	const struct cluster *cluster = fingerprinting->arrangement->cluster;
	struct digest digest = { 0 };

	(void)site;
	(void)page;
	digest_add_number(&digest, directory_digest(fingerprinting));
	for (size_t i = 0; i < cluster->count; i++) {
		digest_add(&digest, cluster->sites[i].description);
		digest_add(&digest, cluster->sites[i].phone);
	}
	return digest.low | 1;
}

static void add_hot(struct digest *digest, const struct site *site)
{
	for (size_t i = 0; i < site->hot_count; i++) {
		digest_add(digest, site->hot[i].name);
		digest_add(digest, site->hot[i].url);
	}
}

/* What a message says of the file counts too. */
static void add_hot_pages(struct digest *digest,
			  const struct fingerprinting *fingerprinting,
			  const struct site_plan *site)
{
	const struct snapshot *snapshot = fingerprinting->plan->snapshot;
	struct hot_pages pages;

	if (site->site->hits.count == 0)
		return;
	hot_pages_of_home(&pages, site->site, site->lists,
			  fingerprinting->arrangement);
	digest_add_number(
		digest, rows_digest(fingerprinting, pages.items, pages.count));
	if (pages.gone == NULL)
		return;
	digest_add(digest, pages.gone->key);
	digest_add_number(digest, pages.gone_count);
	digest_add(digest, snapshot_path(snapshot, site->site->hits.file));
}

uint64_t digest_of_home(const struct fingerprinting *fingerprinting,
			const struct site_plan *site, const struct page *page)
{
	uint32_t notices[NOTICES_LIMIT];
	size_t notice_count =
		notices_of(fingerprinting->arrangement, site->site, notices);
	struct arena arena;
	const struct column_newest *rows;
	struct digest digest = { 0 };

	(void)page;
	if (site->site->kind == KIND_PORTAL)
		digest_add_number(&digest, directory_digest(fingerprinting));
	add_hot(&digest, site->site);
	add_hot_pages(&digest, fingerprinting, site);
	digest_add_number(&digest,
			  rows_digest(fingerprinting, notices, notice_count));
	arena_init(&arena);
	rows = site_lists_home(site->lists, site->site,
			       fingerprinting->plan->snapshot, &arena);
	for (size_t i = 0; i < site->site->block_count; i++) {
		const struct home_block *block = &site->site->blocks[i];

		digest_add(&digest, block->column->path);
		digest_add(&digest, block->name);
		digest_add_number(&digest, (uint64_t)block->kind);
		digest_add_number(&digest, block->limit);
		digest_add_number(&digest,
				  rows_digest(fingerprinting, rows[i].items,
					      rows[i].count));
	}
	arena_release(&arena);
	return digest.low | 1;
}

static uint64_t kiosk_digest(const struct fingerprinting *fingerprinting,
			     const struct column *column, size_t limit)
{
	size_t count = kiosk_count(column, &column->list);

	return rows_digest(fingerprinting, column->list.live,
			   count < limit ? count : limit);
}

uint64_t digest_of_kiosk(const struct fingerprinting *fingerprinting,
			 const struct site_plan *plan, const struct page *page)
{
	const struct site *site = plan->site;
	struct digest digest = { 0 };

	(void)page;
	for (size_t i = 0; i < site->column_count; i++) {
		const struct column *column = &site->columns[i];

		if (!kiosk_has(site, column))
			continue;
		digest_add(&digest, column->path);
		digest_add_number(&digest, (uint64_t)column->class_number);
		digest_add_number(&digest, kiosk_digest(fingerprinting, column,
							KIOSK_FIRST));
	}
	return digest.low | 1;
}

uint64_t digest_of_kiosk_list(const struct fingerprinting *fingerprinting,
			      const struct site_plan *site,
			      const struct page *page)
{
	(void)site;
	return kiosk_digest(fingerprinting, page->column, KIOSK_SERVICES);
}

/*
 * What the page says of the others: all of them on index.html, and on the
 * newest numbered page that index.html follows it.
 */
static uint64_t page_neighbours(const struct fingerprinting *fingerprinting,
				const struct page *page)
{
	size_t total = page->column->list.live_count;
	size_t size = fingerprinting->arrangement->cluster->platform.page_size;

	if (page->number == 0)
		return total + 2;
	return page->number == list_page_count(total, size);
}

static uint64_t column_hot_digest(const struct fingerprinting *fingerprinting,
				  const struct site_plan *site,
				  const struct page *page)
{
	struct hot_pages pages;

	if (page->number != 0)
		return 0;
	hot_pages_of_column(&pages, site->site, site->lists,
			    fingerprinting->arrangement, page->column,
			    page->count);
	return pages.count == 0
		       ? 0
		       : rows_digest(fingerprinting, pages.items, pages.count);
}

static uint64_t pinned_digest(const struct fingerprinting *fingerprinting,
			      const struct page *page)
{
	struct column_newest rows;
	struct arena arena;
	uint64_t digest;

	if (page->number != 0)
		return 0;
	arena_init(&arena);
	rows = pinned_rows(fingerprinting->arrangement, page->column,
			   page->count, &arena);
	digest = rows.count == 0
			 ? 0
			 : rows_digest(fingerprinting, rows.items, rows.count);
	arena_release(&arena);
	return digest;
}

uint64_t digest_of_list(const struct fingerprinting *fingerprinting,
			const struct site_plan *site, const struct page *page)
{
	const struct column *column = page->column;
	struct digest digest = { 0 };

	digest_add_number(&digest, rows_digest(fingerprinting,
					       column->list.live + page->first,
					       page->count));
	digest_add_number(&digest, page->number);
	digest_add_number(&digest, page_neighbours(fingerprinting, page));
	digest_add_number(
		&digest,
		fingerprinting->arrangement->cluster->platform.page_size);
	for (size_t i = column->number + 1;
	     page->number == 0 && i < column->subtree_end;
	     i = site->site->columns[i].subtree_end)
		digest_add_number(&digest, block_digest(fingerprinting, site,
							&site->site->columns[i],
							CHILD_BLOCK_ITEMS));
	digest_add_number(&digest,
			  column_hot_digest(fingerprinting, site, page));
	digest_add_number(&digest, pinned_digest(fingerprinting, page));
	return digest.low | 1;
}

/* Each file is read again: what it inherits counts too. */
uint64_t digest_of_export(const struct fingerprinting *fingerprinting,
			  const struct site_plan *site, const struct page *page)
{
	const uint32_t *numbers;
	size_t count = reads_exported(&numbers, site, page);
	struct digest digest = { 0 };

	digest_add(&digest, site->site->name);
	if (export_number_of(page) == 0)
		digest_add_number(
			&digest,
			list_page_count(export_list_of(site, page)->count,
					EXPORT_SIZE));
	for (size_t i = 0; i < count; i++) {
		add_resource(&digest, fingerprinting, numbers[i]);
		digest_add_number(&digest, page_plan_row(fingerprinting->plan,
							 numbers[i]));
	}
	return digest.low | 1;
}

uint64_t digest_of_facets(const struct fingerprinting *fingerprinting,
			  const struct site_plan *site, const struct page *page)
{
	(void)site;
	return rows_digest(fingerprinting, page->column->list.live,
			   facet_row_count(page->column));
}

/* When each message came, and how long its answer took. */
uint64_t digest_of_statistics(const struct fingerprinting *fingerprinting,
			      const struct site_plan *site,
			      const struct page *page)
{
	const struct catalog *catalog = fingerprinting->arrangement->catalog;
	const struct column_list *list = &page->column->list;
	struct digest digest = { 0, rows_digest(fingerprinting, list->live,
						list->live_count) };

	(void)site;
	for (size_t i = 0; i < list->live_count; i++) {
		struct resource message;

		if (!catalog_has(catalog, list->live[i]))
			continue;
		catalog_get(&message, catalog, list->live[i]);
		digest_add_moment(&digest, message.asked_at);
		add_answer(&digest, fingerprinting, list->live[i]);
	}
	return digest.low | 1;
}

/* A topic's sections collect by keyword; each shows the newest of its own. */
uint64_t digest_of_topic(const struct fingerprinting *fingerprinting,
			 const struct site_plan *site, const struct page *page)
{
	const struct catalog *catalog = fingerprinting->arrangement->catalog;
	struct digest digest = { 0 };
	struct resource resource;
	str keyword;

	(void)site;
	if (!resource_type_means(catalog_type(catalog, page->resource),
				 MEANS_SECTIONS))
		return 0;
	catalog_get(&resource, catalog, page->resource);
	while (unpack_text(&keyword, &resource.sections)) {
		uint32_t items[SECTION_ITEMS_LIMIT];
		size_t count = topics_items(&fingerprinting->plan->topics,
					    keyword, page->resource, items);

		digest_add_number(&digest,
				  rows_digest(fingerprinting, items, count));
	}
	return digest.low | 1;
}

/* Sitemaps say when each resource was changed. */
static uint64_t dated_digest(const struct fingerprinting *fingerprinting,
			     const uint32_t *items, size_t count)
{
	struct digest digest = { 0, rows_digest(fingerprinting, items, count) };

	for (size_t i = 0; i < count; i++)
		digest_add_number(&digest,
				  (uint64_t)page_plan_changed(
					  fingerprinting->plan, items[i])
					  .seconds);
	return digest.low | 1;
}

/* A column is as new as the newest it lists, whoever publishes that. */
uint64_t digest_of_column_dates(const struct fingerprinting *fingerprinting,
				const struct site_plan *site,
				const struct page *page)
{
	const struct site_lists *lists = site->lists;
	struct digest digest = { 0, dated_digest(fingerprinting, lists->owned,
						 lists->owned_count) };

	(void)page;
	for (size_t i = 0; i < site->site->column_count; i++)
		digest_add_number(&digest,
				  dated_digest(fingerprinting,
					       lists->newest[i].items,
					       lists->newest[i].count));
	return digest.low | 1;
}

uint64_t digest_of_site(const struct fingerprinting *fingerprinting,
			const struct site_plan *site, const struct page *page)
{
	(void)site;
	(void)page;
	return fingerprinting->site;
}

uint64_t digest_of_site_files(const struct fingerprinting *fingerprinting,
			      const struct site_plan *site,
			      const struct page *page)
{
	(void)site;
	(void)page;
	return fingerprinting->files;
}

/* Strings and templates are parts of the theme; its table is read apart. */
uint64_t digest_of_accessibility(const struct fingerprinting *fingerprinting,
				 const struct site_plan *site,
				 const struct page *page)
{
	(void)fingerprinting;
	(void)page;
	return site->theme->accessibility_digest.low | 1;
}

uint64_t digest_of_column(const struct fingerprinting *fingerprinting,
			  const struct site_plan *site, const struct page *page)
{
	(void)site;
	return page->column == NULL
		       ? 1
		       : column_digest(fingerprinting, page->column);
}

uint64_t digest_of_archived(const struct fingerprinting *fingerprinting,
			    const struct site_plan *site,
			    const struct page *page)
{
	(void)page;
	return rows_digest(fingerprinting, site->lists->archived,
			   site->lists->archived_count);
}

/* The search page leads to the years of every column. */
uint64_t digest_of_years(const struct fingerprinting *fingerprinting,
			 const struct site_plan *site, const struct page *page)
{
	const struct arrangement *arrangement = fingerprinting->arrangement;
	struct column_year years[COLUMN_YEARS_MOST];
	struct digest digest = { 0 };

	(void)page;
	for (size_t i = 0; i < site->site->column_count; i++) {
		const struct column *column = &site->site->columns[i];
		size_t count =
			column_years(years, column, arrangement->catalog,
				     arrangement->cluster->platform.page_size);

		digest_add_number(&digest, column->list.live_count > 0);
		digest_add_number(&digest, count);
		for (size_t j = 0; j < count; j++) {
			digest_add_number(&digest, (uint64_t)years[j].year);
			digest_add_number(&digest, years[j].page);
		}
	}
	return digest.low | 1;
}

/* What stands in the index's first file. */
uint64_t digest_of_blocks(const struct fingerprinting *fingerprinting,
			  const struct site_plan *site, const struct page *page)
{
	const struct site_lists *lists = site->lists;
	struct digest digest = { 0 };

	(void)page;
	digest_add_digest(
		&digest, fingerprinting->arrangement->cluster->synonyms.digest);
	digest_add_digest(
		&digest,
		fingerprinting->arrangement->cluster->traditional.digest);
	digest_add_number(&digest, search_shard_count(lists->searched_count));
	if (lists->block_count > 0)
		digest_add_number(&digest,
				  lists->blocks[lists->block_count - 1].number);
	return digest.low | 1;
}

/* Beside its text, where it stands; what columns are called is not found. */
static void add_found(struct digest *digest,
		      const struct arrangement *arrangement, uint32_t number)
{
	struct placement placement = arrangement_of(arrangement, number);
	struct resource resource;

	if (placement.column == NULL)
		return;
	catalog_get(&resource, arrangement->catalog, number);
	digest_add(digest, resource.slug);
	digest_add_moment(digest, resource.date);
	digest_add(digest, resource_validity(&resource, arrangement->as_of));
	digest_add_moment(digest, placement.archived_since);
	digest_add(digest, placement.site->domain);
	digest_add(digest, placement.site->short_name);
	digest_add(digest, placement.column->path);
}

/* The texts themselves. */
uint64_t digest_of_block_texts(const struct fingerprinting *fingerprinting,
			       const struct site_plan *site,
			       const struct page *page)
{
	const struct site_lists *lists = site->lists;
	struct digest digest = { 0 };

	for (uint32_t i = 0; i < page->count; i++) {
		uint32_t number = lists->searched[page->first + i];

		add_resource(&digest, fingerprinting, number);
		add_found(&digest, fingerprinting->arrangement, number);
	}
	return digest.low | 1;
}

uint64_t digest_of_part_dates(const struct fingerprinting *fingerprinting,
			      const struct site_plan *site,
			      const struct page *page)
{
	return dated_digest(fingerprinting, site->lists->owned + page->first,
			    page->count);
}

uint64_t digest_of_owned_dates(const struct fingerprinting *fingerprinting,
			       const struct site_plan *site,
			       const struct page *page)
{
	(void)page;
	return dated_digest(fingerprinting, site->lists->owned,
			    site->lists->owned_count);
}

/* --- plain copies --- */

uint64_t digest_of_file(const struct fingerprinting *fingerprinting,
			const struct site_plan *site, const struct page *page)
{
	struct digest digest = { 0 };

	(void)site;
	digest_add(&digest,
		   snapshot_blob(fingerprinting->plan->snapshot, page->first));
	return digest.low | 1;
}

uint64_t digest_of_picture(const struct fingerprinting *fingerprinting,
			   const struct site_plan *site,
			   const struct page *page)
{
	struct digest digest = { 0 };

	digest_add_number(&digest, digest_of_file(fingerprinting, site, page));
	digest_add_number(&digest, page->number);
	return digest.low | 1;
}

uint64_t digest_of_asset(const struct fingerprinting *fingerprinting,
			 const struct site_plan *site, const struct page *page)
{
	struct digest digest = { 0 };

	(void)fingerprinting;
	digest_add_digest(&digest, site->theme->assets[page->first].digest);
	return digest.low | 1;
}
