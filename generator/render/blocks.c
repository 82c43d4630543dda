#include "render/blocks.h"

#include "plan/permalink.h"

/* Ordered columns (leaders, services) keep their order in a block. */
static struct value block_items(const struct render_job *job,
				const struct column *column, size_t limit)
{
	const struct column_newest *newest =
		&job->site->lists->newest[column->number];
	const uint32_t *items = newest->items;
	size_t count = newest->count;

	if (column->has_query && column->child_count == 0) {
		items = column->list.live;
		count = column->list.live_count;
	}
	return view_items(job, items, count < limit ? count : limit, column);
}

struct value block_make(const struct render_job *job,
			const struct column *column, int kind, size_t limit)
{
	const struct value values[BLOCK_FIELDS] = {
		[BLOCK_NAME] = value_text(column->name),
		[BLOCK_URL] = value_url(permalink_address(
			permalink_column_path(column, job->arena), job->arena)),
		[BLOCK_DESCRIPTION] = value_text(column->description),
		[BLOCK_IS_LEAD] = value_truth(kind == AS_LEAD),
		[BLOCK_IS_LIST] = value_truth(kind == AS_LIST),
		[BLOCK_IS_SERVICES] = value_truth(kind == AS_SERVICES),
		[BLOCK_IS_POLICIES] = value_truth(kind == AS_POLICIES),
		[BLOCK_IS_TOPICS] = value_truth(kind == AS_TOPICS),
		[BLOCK_IS_PROFILE] = value_truth(kind == AS_PROFILE),
		[BLOCK_ITEMS] = block_items(job, column, limit),
		[BLOCK_COLUMNS] = view_columns(job, column, false),
	};

	return view_object(job, &block_shape, values);
}
