/* The home page, and the notice that stands for a site that is closed. */
#include "plan/hot_pages.h"
#include "plan/notices.h"
#include "render/blocks.h"

static struct value view_hot(const struct render_job *job,
			     struct page_head *head)
{
	const struct site *site = job->site->site;
	struct value *items =
		arena_array(job->arena, site->hot_count, sizeof(*items));

	for (size_t i = 0; i < site->hot_count; i++)
		items[i] = view_link(
			job, site->hot[i].name,
			leaves_guard(&head->leaves, job, site->hot[i].url));
	return value_list(items, site->hot_count);
}

static struct value view_notices(const struct render_job *job)
{
	uint32_t numbers[NOTICES_LIMIT];
	size_t count = notices_of(job->context->plan->arrangement,
				  job->site->site, numbers);

	return view_items(job, numbers, count, NULL);
}

static void tell_gone(const struct render_job *job,
		      const struct hot_pages *pages)
{
	const struct span span = { job->site->site->hits.file, 0, 0 };

	if (pages->gone == NULL)
		return;
	diag_help(job->diags,
		  diag_warning(job->diags, span, "hits-gone",
			       _("%zu of the addresses asked for most are no "
				 "text of the site any more and are left out "
				 "of its hot list: “/%.*s”"),
			       pages->gone_count, STR_ARG(pages->gone->key)),
		  _("a text that has moved or was taken down counts again when "
		    "newer statistics have its address of today"));
}

static struct value view_hot_pages(const struct render_job *job)
{
	struct hot_pages pages;

	hot_pages_of_home(&pages, job->site->site, job->site->lists,
			  job->context->plan->arrangement);
	tell_gone(job, &pages);
	return view_items(job, pages.items, pages.count, NULL);
}

bool render_home(str *out, const struct render_job *job)
{
	const struct site *site = job->site->site;
	struct value values[HOME_FIELDS];
	struct page_head head = { .description = site->description };
	struct value *blocks =
		arena_array(job->arena, site->block_count, sizeof(*blocks));
	const struct column_newest *rows =
		site_lists_home(job->site->lists, site,
				job->context->plan->snapshot, job->arena);
	size_t count = 0;

	for (size_t i = 0; i < site->block_count; i++) {
		const struct home_block *block = &site->blocks[i];

		/* what others have shown leaves some with nothing */
		if (block->kind == AS_SHORTCUT ? !block->column->is_archived
					       : rows[i].count > 0)
			blocks[count++] = block_make(job, block, rows[i]);
	}
	values[HOME_DIRECTORY] =
		site->kind == KIND_PORTAL ? view_directory(job) : value_none();
	values[HOME_BLOCKS] = value_list(blocks, count);
	values[HOME_HOT] = view_hot(job, &head);
	values[HOME_HOT_PAGES] = view_hot_pages(job);
	values[HOME_NOTICES] = view_notices(job);
	return view_render(out, job, &home_shape, values, &head);
}

bool render_notice(str *out, const struct render_job *job)
{
	struct value values[ROOT_FIELDS];
	struct page_head head = {
		.description = job->site->site->state_note,
	};

	return view_render(out, job, &plain_shape, values, &head);
}

bool render_not_found(str *out, const struct render_job *job)
{
	struct value values[ROOT_FIELDS];
	struct page_head head = { .title = view_string(job, "not_found",
						       "title") };

	return view_render(out, job, &plain_shape, values, &head);
}
