/* The home page, and the notice that stands for a site that is closed. */
#include "render/blocks.h"

bool render_home(str *out, const struct render_job *job)
{
	const struct site *site = job->site->site;
	struct value values[HOME_FIELDS];
	struct page_head head = { .description = site->description };
	struct value *blocks =
		arena_array(job->arena, site->block_count, sizeof(*blocks));
	size_t count = 0;

	for (size_t i = 0; i < site->block_count; i++) {
		const struct home_block *block = &site->blocks[i];

		if (!block->column->is_archived ||
		    site->state == STATE_ARCHIVED)
			blocks[count++] = block_make(job, block->column,
						     block->kind, block->limit);
	}
	values[HOME_DIRECTORY] =
		site->kind == KIND_PORTAL ? view_directory(job) : value_none();
	values[HOME_BLOCKS] = value_list(blocks, count);
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
