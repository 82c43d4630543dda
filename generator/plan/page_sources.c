/*
 * Where the pages of each kind come from: one function a kind, named in the
 * table of plan/page.c. The order in which they are called means nothing: a
 * site's pages are sorted by path behind them.
 */
#include "plan/page_sources.h"

#include "plan/exports.h"
#include "plan/gone_pages.h"
#include "plan/kiosk.h"
#include "plan/permalink.h"
#include "plan/small_pictures.h"

struct page *planner_add(struct planner *planner, enum page_kind kind, str path)
{
	struct page *page = list_add(&planner->pages, planner->arena);

	page->kind = kind;
	page->path = path;
	page->resource = RESOURCE_NONE;
	return page;
}

uint32_t list_page_count(size_t total, size_t page_size)
{
	return total < 2 * page_size ? 0 : (uint32_t)(total / page_size - 1);
}

static const struct site *site_of(const struct planner *planner)
{
	return planner->site->site;
}

/* --- columns --- */

str list_page_path(const struct column *column, uint32_t number,
		   struct arena *arena)
{
	return arena_printf(arena, "%.*s/list-%u.html", STR_ARG(column->path),
			    number);
}

static void add_list_page(struct planner *planner, const struct column *column,
			  uint32_t number, size_t first, size_t count)
{
	str path = number == 0 ? permalink_column_path(column, planner->arena)
			       : list_page_path(column, number, planner->arena);
	struct page *page = planner_add(planner, PAGE_LIST, path);

	page->column = column;
	page->number = number;
	page->first = (uint32_t)first;
	page->count = (uint32_t)count;
}

static void add_lists(struct planner *planner, const struct column *column)
{
	const struct platform *platform =
		&planner->options->arrangement->cluster->platform;
	size_t size = platform->page_size;
	size_t total = column->list.live_count;
	uint32_t numbered = list_page_count(total, size);

	add_list_page(planner, column, 0, 0, total - numbered * size);
	for (uint32_t k = 1; k <= numbered; k++)
		add_list_page(planner, column, k, total - k * size, size);
}

void source_lists(struct planner *planner)
{
	const struct site *site = site_of(planner);

	for (size_t i = 0; i < site->column_count; i++)
		add_lists(planner, &site->columns[i]);
}

/* --- articles, their copies and their files --- */

/* Calls for each resource that has a page of the kind on the site. */
typedef void add_resource(struct planner *planner, enum page_kind kind,
			  uint32_t number, const struct column *column);

static void add_article(struct planner *planner, enum page_kind kind,
			uint32_t number, const struct column *column)
{
	struct resource resource;
	struct page *page;

	catalog_get(&resource, planner->options->arrangement->catalog, number);
	page = planner_add(planner, kind,
			   permalink_path(&resource, column, planner->arena));
	page->resource = number;
	page->column = column;
}

static void for_owned(struct planner *planner, add_resource *add)
{
	const struct arrangement *arrangement = planner->options->arrangement;
	const struct site_lists *lists = planner->site->lists;

	for (size_t i = 0; i < lists->owned_count; i++) {
		uint32_t number = lists->owned[i];

		add(planner, PAGE_ARTICLE, number,
		    arrangement_of(arrangement, number).column);
	}
}

/* `show: copy`: what other sites own is rendered here too. */
static void for_copies_of(struct planner *planner, const struct column *column,
			  add_resource *add)
{
	const struct arrangement *arrangement = planner->options->arrangement;

	if (column->show != SHOW_COPY)
		return;
	if (!snapshot_trusts(planner->options->snapshot, column->list.live,
			     column->list.live_count * sizeof(uint32_t)))
		return;
	for (size_t i = 0; i < column->list.live_count; i++) {
		uint32_t number = column->list.live[i];

		if (arrangement_of(arrangement, number).site !=
		    site_of(planner))
			add(planner, PAGE_COPY, number, column);
	}
}

static void for_copies(struct planner *planner, add_resource *add)
{
	const struct site *site = site_of(planner);

	for (size_t i = 0; i < site->column_count; i++)
		for_copies_of(planner, &site->columns[i], add);
}

void source_articles(struct planner *planner)
{
	for_owned(planner, add_article);
}

/* Of the file beside an article's page; NULL: it has none. */
static const char *ending_of(enum page_kind kind,
			     const struct resource_type *type)
{
	if (kind == PAGE_CARD)
		return "png";
	if (kind == PAGE_TEXT)
		return type_has_text_file(type) ? "txt" : NULL;
	return resource_type_means(type, MEANS_SECTIONS) ? "xml" : NULL;
}

static void add_beside(struct planner *planner, enum page_kind kind,
		       uint32_t number, const struct column *column)
{
	const struct catalog *catalog = planner->options->arrangement->catalog;
	const struct resource_type *type = catalog_type(catalog, number);
	const char *ending = ending_of(planner->kind, type);
	struct resource resource;
	struct page *page;

	(void)kind;
	if (ending == NULL)
		return;
	catalog_get(&resource, catalog, number);
	page = planner_add(
		planner, planner->kind,
		permalink_beside(&resource, column, ending, planner->arena));
	page->resource = number;
	page->column = column;
}

void source_beside(struct planner *planner)
{
	for_owned(planner, add_beside);
}

static void add_gone_page(struct planner *planner, uint32_t number)
{
	const struct arrangement *arrangement = planner->options->arrangement;
	struct placement placement = arrangement_of(arrangement, number);
	struct resource resource;
	struct page *page;

	if (placement.site != site_of(planner))
		return;
	catalog_get(&resource, arrangement->catalog, number);
	page = planner_add(
		planner, PAGE_GONE,
		gone_pages_path(&resource, placement.column, planner->arena));
	page->resource = number;
	page->column = placement.column;
}

/* Of several that had one address the first answers. */
void source_gone_pages(struct planner *planner)
{
	const struct map *gone = &planner->plan->gone;

	for (size_t i = 0; i < gone->count; i++)
		add_gone_page(planner, *(uint32_t *)gone->entries[i].value);
}

void source_copies(struct planner *planner)
{
	for_copies(planner, add_article);
}

/* Files of folders inside are not its own. */
static bool is_published(const struct planner *planner, size_t file, str name)
{
	return str_find_byte(name, '/') == STR_NONE &&
	       attachments_state(planner->options->attachments,
				 planner->options->snapshot,
				 file) == ATTACHMENT_PUBLISHED;
}

/* The file itself, or the smaller pictures of it that are made. */
static void add_file(struct planner *planner, size_t file, uint32_t resource,
		     str path)
{
	struct small_pictures small;
	struct page *page;

	if (planner->kind == PAGE_ATTACHMENT) {
		page = planner_add(planner, PAGE_ATTACHMENT, path);
		page->first = (uint32_t)file;
		page->resource = resource;
		return;
	}
	small_pictures_of(&small, planner->options, file);
	for (size_t i = 0; i < small.sizes.count; i++) {
		page = planner_add(
			planner, PAGE_PICTURE,
			small_pictures_path(&small, i, path, planner->arena));
		page->first = (uint32_t)file;
		page->resource = resource;
		page->number = small.sizes.widths[i];
	}
}

static void add_attachments(struct planner *planner, enum page_kind kind,
			    uint32_t number, const struct column *column)
{
	const struct catalog *catalog = planner->options->arrangement->catalog;
	const struct snapshot *snapshot = planner->options->snapshot;
	struct resource resource;
	size_t first, behind;
	str folder, from;

	(void)kind;
	if (!str_ends_with(
		    snapshot_path(snapshot, catalog_file(catalog, number)),
		    STR("/index.md")))
		return;
	catalog_get(&resource, catalog, number);
	if (!resource.has_folder)
		return;
	from = str_between(resource.path, 0,
			   resource.path.len - STR("index.md").len);
	folder = permalink_folder(&resource, column, planner->arena);
	snapshot_range(snapshot, from, &first, &behind);
	for (size_t i = first; i < behind; i++) {
		str name = str_from(snapshot_path(snapshot, i), from.len);
		str parts[2] = { folder, name };

		if (is_published(planner, i, name))
			add_file(planner, i, number,
				 arena_join(planner->arena, parts, 2));
	}
}

/* content/<unit>/_files/a/b.pdf is /files/a/b.pdf. */
static void add_shared_files(struct planner *planner, str unit)
{
	const struct snapshot *snapshot = planner->options->snapshot;
	str folder = arena_printf(planner->arena, "content/%.*s/_files/",
				  STR_ARG(unit));
	size_t first, behind;

	snapshot_range(snapshot, folder, &first, &behind);
	for (; first < behind; first++) {
		const str parts[2] = { STR("files/"),
				       str_from(snapshot_path(snapshot, first),
						folder.len) };

		if (attachments_state(planner->options->attachments, snapshot,
				      first) == ATTACHMENT_PUBLISHED)
			add_file(planner, first, RESOURCE_NONE,
				 arena_join(planner->arena, parts, 2));
	}
}

static void add_all_shared_files(struct planner *planner)
{
	const struct site *site = site_of(planner);
	const struct cluster *cluster = planner->options->arrangement->cluster;

	if (planner->options->attachments == NULL)
		return;
	for (size_t i = 0; i < site->units.count; i++)
		if (cluster_owner(cluster, site->units.items[i]) == site)
			add_shared_files(planner, site->units.items[i]);
}

void source_attachments(struct planner *planner)
{
	add_all_shared_files(planner);
	for_owned(planner, add_attachments);
	for_copies(planner, add_attachments);
}

void source_pictures(struct planner *planner)
{
	const struct attachments *attachments = planner->options->attachments;

	if (attachments != NULL && attachments->pictures.count > 0)
		source_attachments(planner);
}

/* --- sitemap parts: one a column and year --- */

str sitemap_part_path(const struct column *column,
		      const struct sitemap_part *part, struct arena *arena)
{
	struct buf path;

	buf_init(&path, arena);
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

static void add_sitemap_part(struct planner *planner,
			     const struct sitemap_part *part)
{
	const struct site *site = site_of(planner);
	size_t owned = planner->site->lists->owned_count;
	const struct column *column;
	struct page *page;

	if (!snapshot_trusts(planner->options->snapshot, part, sizeof(*part)) ||
	    part->column >= site->column_count || part->first > owned ||
	    part->count > owned - part->first) {
		snapshot_damaged(planner->options->snapshot);
		return;
	}
	column = &site->columns[part->column];
	page = planner_add(planner, PAGE_SITEMAP_PART,
			   sitemap_part_path(column, part, planner->arena));
	page->column = column;
	page->first = part->first;
	page->count = part->count;
}

void source_sitemap_parts(struct planner *planner)
{
	const struct site_lists *lists = planner->site->lists;

	for (size_t i = 0; i < lists->part_count; i++)
		add_sitemap_part(planner, &lists->parts[i]);
}

/* --- assets --- */

void source_assets(struct planner *planner)
{
	const struct theme *theme = planner->site->theme;

	for (size_t i = 0; i < theme->asset_count; i++)
		if (kiosk_wants_asset(site_of(planner), theme->assets[i].name))
			planner_add(planner, PAGE_ASSET,
				    theme->assets[i].output)
				->first = (uint32_t)i;
}

/* --- search --- */

static void add_search_block(struct planner *planner, uint32_t place)
{
	const struct search_block *block = &planner->site->lists->blocks[place];
	struct page *page =
		planner_add(planner, PAGE_SEARCH_BLOCK,
			    search_block_path(block->number, planner->arena));

	page->number = place;
	page->first = block->first;
	page->count = block->count;
}

void source_search_blocks(struct planner *planner)
{
	for (size_t i = 0; i < planner->site->lists->block_count; i++)
		add_search_block(planner, (uint32_t)i);
}

void source_search_shards(struct planner *planner)
{
	uint32_t count =
		search_shard_count(planner->site->lists->searched_count);

	for (uint32_t i = 0; i < count; i++)
		planner_add(planner, PAGE_SEARCH_SHARD,
			    search_shard_path(i, planner->arena))
			->number = i;
}

/* --- of these, what may show a changed text --- */

static void recall_article(struct planner *planner, uint32_t number)
{
	const struct arrangement *arrangement = planner->options->arrangement;
	struct placement placement = arrangement_of(arrangement, number);

	if (placement.site == site_of(planner) &&
	    arrangement_has_page(arrangement, number))
		add_article(planner, PAGE_ARTICLE, number, placement.column);
}

void recall_articles(struct planner *planner)
{
	const struct recall_options *recall = planner->recall;

	for (size_t i = 0; i < recall->shown_count; i++)
		recall_article(planner, recall->shown[i]);
}

void recall_beside(struct planner *planner)
{
	const struct recall_options *recall = planner->recall;
	const struct arrangement *arrangement = planner->options->arrangement;

	for (size_t i = 0; i < recall->shown_count; i++) {
		uint32_t number = recall->shown[i];
		struct placement placement =
			arrangement_of(arrangement, number);

		if (placement.site == site_of(planner) &&
		    arrangement_has_page(arrangement, number))
			add_beside(planner, planner->kind, number,
				   placement.column);
	}
}

static void add_shown(struct planner *planner, enum page_kind kind,
		      uint32_t number, const struct column *column)
{
	const struct catalog *catalog = planner->options->arrangement->catalog;

	if (catalog_has(catalog, number) && planner->recall->is_shown[number])
		add_article(planner, kind, number, column);
}

void recall_copies(struct planner *planner)
{
	for_copies(planner, add_shown);
}

/* --- lists that say other words --- */

/* NULL: the list is what it was. */
static const struct list_change *change_of(const struct planner *planner,
					   const struct column *column)
{
	const struct list_change *const *all = planner->recall->lists_changed;
	const struct list_change *change;

	if (all == NULL)
		return NULL;
	change = &all[site_of(planner)->number][column->number];
	return change->is_other ? change : NULL;
}

/* Of a list that is another any row may be; it may have none left. */
static bool is_changed(const struct planner *planner, const uint32_t *numbers)
{
	const struct site *site = site_of(planner);

	for (size_t i = 0;
	     planner->recall->lists_changed != NULL && i < site->column_count;
	     i++)
		if (site->columns[i].list.live == numbers &&
		    change_of(planner, &site->columns[i]) != NULL)
			return true;
	return false;
}

bool planner_has_new_row(const struct planner *planner, const uint32_t *numbers,
			 size_t count)
{
	const struct catalog *catalog = planner->options->arrangement->catalog;

	if (is_changed(planner, numbers))
		return true;
	if (!snapshot_trusts(catalog->snapshot, numbers,
			     count * sizeof(*numbers)))
		return false;
	for (size_t i = 0; i < count; i++)
		if (catalog_has(catalog, numbers[i]) &&
		    planner->recall->has_new_row[numbers[i]])
			return true;
	return false;
}

/*
 * The first numbered page that may be another: pages count from the oldest, so
 * those before it are not. Of the newest one its neighbour is index.html.
 */
static uint32_t first_changed(const struct list_change *change,
			      const struct column *column, size_t size)
{
	uint32_t now = list_page_count(column->list.live_count, size);
	uint32_t before = list_page_count(change->before, size);
	uint32_t first = (uint32_t)(change->oldest / size + 1);
	uint32_t fewer = now < before ? now : before;

	if (now != before && fewer < first)
		first = fewer;
	return first == 0 ? 1 : first;
}

static uint32_t recall_changed(struct planner *planner,
			       const struct column *column, size_t size)
{
	const struct list_change *change = change_of(planner, column);
	size_t total = column->list.live_count;
	uint32_t first;

	if (change == NULL)
		return UINT32_MAX;
	first = first_changed(change, column, size);
	for (uint32_t k = first; k <= list_page_count(total, size); k++)
		add_list_page(planner, column, k, total - k * size, size);
	return first;
}

/* Each page of the column's list that has one; several are on one page. */
static bool recall_numbered(struct planner *planner,
			    const struct column *column)
{
	const struct catalog *catalog = planner->options->arrangement->catalog;
	size_t size =
		planner->options->arrangement->cluster->platform.page_size;
	size_t total = column->list.live_count;
	size_t newest = total - list_page_count(total, size) * size;
	size_t last = SIZE_MAX;
	uint32_t changed = recall_changed(planner, column, size);
	bool found = changed != UINT32_MAX;

	if (!planner_has_new_row(planner, column->list.live, total))
		return found;
	for (size_t i = 0; i < total; i++) {
		size_t page = (total - i + size - 1) / size;

		if (!catalog_has(catalog, column->list.live[i]) ||
		    !planner->recall->has_new_row[column->list.live[i]])
			continue;
		found = true;
		if (i < newest || page == last || page >= changed)
			continue;
		last = page;
		add_list_page(planner, column, (uint32_t)page,
			      total - page * size, size);
	}
	return found;
}

bool planner_lists_new_row(const struct planner *planner)
{
	return planner->recall->lists_new_row[site_of(planner)->number];
}

/* A column's first page shows the newest of the columns below it too. */
void recall_lists(struct planner *planner)
{
	const struct site *site = site_of(planner);
	bool *has_row;

	if (!planner_lists_new_row(planner))
		return;
	has_row = arena_array(planner->arena, site->column_count,
			      sizeof(*has_row));
	for (size_t i = 0; i < site->column_count; i++)
		has_row[i] = recall_numbered(planner, &site->columns[i]);
	for (size_t i = 0; i < site->column_count; i++) {
		const struct column *column = &site->columns[i];
		size_t total = column->list.live_count;
		size_t size = planner->options->arrangement->cluster->platform
				      .page_size;
		bool shows = false;

		for (size_t j = i; j < column->subtree_end; j++)
			shows |= has_row[j];
		if (shows)
			add_list_page(planner, column, 0, 0,
				      total - list_page_count(total, size) *
						      size);
	}
}

bool planner_has_change_below(const struct planner *planner,
			      const struct column *column)
{
	const struct site *site = site_of(planner);

	for (size_t i = column->number; i < column->subtree_end; i++)
		if (change_of(planner, &site->columns[i]) != NULL)
			return true;
	return false;
}

/* Is the block another than before? */
static bool is_cut(const struct search_cut *cut, size_t place)
{
	return cut != NULL && place >= cut->first && place < cut->end;
}

/* Is one of the texts changed, in its words or its body? */
static bool has_changed(const struct planner *planner,
			const struct search_block *block)
{
	const struct catalog *catalog = planner->options->arrangement->catalog;
	const uint32_t *numbers = planner->site->lists->searched + block->first;

	for (uint32_t i = 0; i < block->count; i++)
		if (catalog_has(catalog, numbers[i]) &&
		    (planner->recall->is_changed[numbers[i]] ||
		     planner->recall->has_new_row[numbers[i]]))
			return true;
	return false;
}

void recall_search_blocks(struct planner *planner)
{
	const struct site_lists *lists = planner->site->lists;
	const struct search_cut *cuts = planner->recall->searches;
	const struct search_cut *cut =
		cuts == NULL ? NULL : &cuts[site_of(planner)->number];

	if (!site_lists_trust_search(lists, planner->options->snapshot))
		return;
	for (size_t i = 0; i < lists->block_count; i++)
		if (is_cut(cut, i) || has_changed(planner, &lists->blocks[i]))
			add_search_block(planner, (uint32_t)i);
}

/* --- does a page show one? --- */

/* Its source adds no other. */
bool shows_always(const struct changed_texts *texts,
		  const struct site_plan *site, const struct page *page)
{
	(void)texts;
	(void)site;
	(void)page;
	return true;
}

bool shows_rows(const struct changed_texts *texts, const struct site_plan *site,
		const struct page *page)
{
	(void)site;
	(void)page;
	return texts->lists_new_row;
}

bool shows_moved(const struct changed_texts *texts,
		 const struct site_plan *site, const struct page *page)
{
	(void)site;
	(void)page;
	return texts->has_moved;
}

bool shows_edit(const struct changed_texts *texts, const struct site_plan *site,
		const struct page *page)
{
	(void)site;
	(void)page;
	return texts->has_edit;
}

bool shows_never(const struct changed_texts *texts,
		 const struct site_plan *site, const struct page *page)
{
	(void)texts;
	(void)site;
	(void)page;
	return false;
}

bool shows_block_texts(const struct changed_texts *texts,
		       const struct site_plan *site, const struct page *page)
{
	const uint32_t *numbers = site->lists->searched + page->first;

	if (is_cut(texts->search, page->number))
		return true;
	for (size_t i = 0; i < page->count; i++)
		if (catalog_has(texts->catalog, numbers[i]) &&
		    (texts->is_changed[numbers[i]] ||
		     texts->has_new_row[numbers[i]]))
			return true;
	return false;
}

bool shows_text(const struct changed_texts *texts, const struct site_plan *site,
		const struct page *page)
{
	(void)site;
	return texts->is_shown[page->resource];
}

bool shows_part_dates(const struct changed_texts *texts,
		      const struct site_plan *site, const struct page *page)
{
	const uint32_t *numbers = site->lists->owned + page->first;

	if (texts->has_moved)
		return true;
	if (!snapshot_trusts(texts->catalog->snapshot, numbers,
			     page->count * sizeof(*numbers)))
		return false;
	for (size_t i = 0; i < page->count; i++)
		if (catalog_has(texts->catalog, numbers[i]) &&
		    texts->is_changed[numbers[i]])
			return true;
	return false;
}

bool shows_owned_dates(const struct changed_texts *texts,
		       const struct site_plan *site, const struct page *page)
{
	(void)site;
	(void)page;
	return texts->is_owner;
}

bool shows_column_dates(const struct changed_texts *texts,
			const struct site_plan *site, const struct page *page)
{
	(void)site;
	(void)page;
	return texts->is_owner || texts->dates_columns;
}
