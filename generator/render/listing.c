/*
 * The list pages of a column. index.html shows the newest; the others are
 * numbered from the oldest, so that their addresses and contents stay.
 */
#include "plan/hot_pages.h"
#include "plan/permalink.h"
#include "plan/pinned_rows.h"
#include "render/blocks.h"
#include "render/page_frame.h"

enum { PAGES_SHOWN = 4 };

/*
 * Addresses count from the oldest, which is 1; index.html is the last. For
 * readers index.html is page 1. Which page of theirs a numbered one is changes
 * when there are more, so it has no number and no numbers of others: what it
 * says must stay.
 */
static str page_url(const struct render_job *job, uint32_t page, uint32_t last)
{
	const struct column *column = job->page->column;
	str path = page == last ? permalink_column_path(column, job->arena)
				: arena_printf(job->arena, "%.*s/list-%u.html",
					       STR_ARG(column->path), page);

	return permalink_address(path, job->arena);
}

/* The newest pages, as readers count them; on index.html only. */
static struct value page_links(const struct render_job *job, uint32_t last)
{
	uint32_t count = last < PAGES_SHOWN ? last : PAGES_SHOWN;
	struct value *items = arena_array(job->arena, count, sizeof(*items));

	for (uint32_t i = 0; i < count; i++) {
		const struct value values[PAGER_LINK_FIELDS] = {
			[PAGER_LINK_NUMBER] = value_number(i + 1),
			[PAGER_LINK_URL] =
				value_url(page_url(job, last - i, last)),
			[PAGER_LINK_IS_CURRENT] = value_truth(i == 0),
		};

		items[i] = view_object(job, &pager_link_shape, values);
	}
	return value_list(items, count);
}

static struct value view_pagination(const struct render_job *job)
{
	size_t total = job->page->column->list.live_count;
	uint32_t last =
		list_page_count(total, view_platform(job)->page_size) + 1;
	bool is_index = job->page->number == 0;
	uint32_t current = is_index ? last : job->page->number;
	struct value none = value_url(STR(""));
	const struct value values[PAGINATION_FIELDS] = {
		[PAGINATION_NUMBER] = value_number(is_index ? 1 : 0),
		[PAGINATION_COUNT] = value_number(is_index ? last : 0),
		[PAGINATION_TOTAL] =
			value_number(is_index ? (int64_t)total : 0),
		[PAGINATION_NEWEST_URL] =
			is_index ? none : value_url(page_url(job, last, last)),
		[PAGINATION_NEWER_URL] =
			is_index ? none
				 : value_url(page_url(job, current + 1, last)),
		[PAGINATION_OLDER_URL] =
			current == 1
				? none
				: value_url(page_url(job, current - 1, last)),
		[PAGINATION_OLDEST_URL] =
			current == 1 ? none : value_url(page_url(job, 1, last)),
		[PAGINATION_PAGES] =
			is_index ? page_links(job, last) : value_list(NULL, 0),
	};

	return last == 1 ? value_none()
			 : view_object(job, &pagination_shape, values);
}

static struct value child_block(const struct render_job *job,
				const struct column *column)
{
	const struct home_block block = { .column = column, .kind = AS_LIST };

	return block_make(
		job, &block,
		site_lists_block(job->site->lists, column, CHILD_BLOCK_ITEMS));
}

/* A column with columns below it shows the newest of each on its first page. */
static struct value child_blocks(const struct render_job *job)
{
	const struct site *site = job->site->site;
	const struct column *top = job->page->column;
	struct value *items =
		arena_array(job->arena, top->child_count, sizeof(*items));
	size_t count = 0;

	for (size_t i = top->number + 1;
	     job->page->number == 0 && i < top->subtree_end;
	     i = site->columns[i].subtree_end)
		if (!site->columns[i].is_archived || top->is_archived)
			items[count++] = child_block(job, &site->columns[i]);
	return value_list(items, count);
}

static struct value view_hot_pages(const struct render_job *job)
{
	struct hot_pages pages = { .count = 0 };

	if (job->page->number == 0)
		hot_pages_of_column(&pages, job->site->site, job->site->lists,
				    job->context->plan->arrangement,
				    job->page->column, job->page->count);
	return view_items(job, pages.items, pages.count, NULL);
}

/* The page's rows; on the first page also what is pinned and older. */
static struct value view_rows(const struct render_job *job)
{
	const struct page *page = job->page;
	const struct column_list *rows = &page->column->list;
	struct column_newest pinned = { NULL, 0 };
	uint32_t *all;

	if (page->number == 0)
		pinned = pinned_rows(job->context->plan->arrangement,
				     page->column, page->count, job->arena);
	if (pinned.count == 0 ||
	    !view_trusts(job, rows->live + page->first, page->count))
		return view_column_items(job, rows->live + page->first,
					 page->count, page->column);
	all = arena_array(job->arena, page->count + pinned.count, sizeof(*all));
	for (size_t i = 0; i < page->count; i++)
		all[i] = rows->live[page->first + i];
	for (size_t i = 0; i < pinned.count; i++)
		all[page->count + i] = pinned.items[i];
	return view_column_items(job, all, page->count + pinned.count,
				 page->column);
}

bool render_listing(str *out, const struct render_job *job)
{
	const struct page *page = job->page;
	const struct column *column = page->column;
	struct value values[LISTING_FIELDS];
	struct page_frame spare;
	struct page_head head = {
		.title = column->name,
		.description = column->description,
		.stamp = view_column_stamp(job, column),
	};

	values[LISTING_COLUMN] = page_frame_of(job, &spare)->column_value;
	values[LISTING_ITEMS] = view_rows(job);
	values[LISTING_PAGINATION] = view_pagination(job);
	values[LISTING_BLOCKS] = child_blocks(job);
	values[LISTING_HOT_PAGES] = view_hot_pages(job);
	return view_render(out, job, &listing_shape, values, &head);
}
