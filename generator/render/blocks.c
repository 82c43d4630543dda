#include "render/blocks.h"

#include "plan/permalink.h"

struct value block_make(const struct render_job *job,
			const struct column *column, int kind, size_t limit)
{
	struct column_newest rows =
		site_lists_block(job->site->lists, column, limit);
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
		[BLOCK_ITEMS] = view_items(job, rows.items, rows.count, column),
		[BLOCK_COLUMNS] = view_columns(job, column, false),
	};

	return view_object(job, &block_shape, values);
}
