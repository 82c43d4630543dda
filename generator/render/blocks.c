#include "render/blocks.h"

#include "plan/permalink.h"

/* The first item with a picture on this site stands for the block. */
static struct value find_picture(struct value items)
{
	for (size_t i = 0; i < items.as.list.count; i++) {
		struct value item = items.as.list.items[i];

		if (str_starts_with(item.as.object->values[ITEM_IMAGE].as.text,
				    STR("/")))
			return item;
	}
	return value_none();
}

static struct value block_items(const struct render_job *job,
				const struct home_block *block,
				struct column_newest rows)
{
	bool is_pictured = block->kind == AS_LEAD || block->kind == AS_TOPICS ||
			   block->kind == AS_PROFILE ||
			   block->kind == AS_PEOPLE;

	return is_pictured ? view_pictured_items(job, rows.items, rows.count,
						 block->column)
			   : view_column_items(job, rows.items, rows.count,
					       block->column);
}

struct value block_make(const struct render_job *job,
			const struct home_block *block,
			struct column_newest rows)
{
	const struct column *column = block->column;
	int kind = block->kind;
	struct value items = block_items(job, block, rows);
	const struct value values[BLOCK_FIELDS] = {
		[BLOCK_NAME] = value_text(block->name.len > 0 ? block->name
							      : column->name),
		[BLOCK_URL] = value_url(permalink_address(
			permalink_column_path(column, job->arena), job->arena)),
		[BLOCK_DESCRIPTION] = value_text(column->description),
		[BLOCK_IS_LEAD] = value_truth(kind == AS_LEAD),
		[BLOCK_IS_LIST] = value_truth(kind == AS_LIST),
		[BLOCK_IS_SERVICES] = value_truth(kind == AS_SERVICES),
		[BLOCK_IS_POLICIES] = value_truth(kind == AS_POLICIES),
		[BLOCK_IS_TOPICS] = value_truth(kind == AS_TOPICS),
		[BLOCK_IS_PROFILE] = value_truth(kind == AS_PROFILE),
		[BLOCK_IS_SHORTCUT] = value_truth(kind == AS_SHORTCUT),
		[BLOCK_IS_PEOPLE] = value_truth(kind == AS_PEOPLE),
		[BLOCK_IS_FIGURES] = value_truth(kind == AS_FIGURES),
		[BLOCK_ITEMS] = items,
		[BLOCK_PICTURE] = find_picture(items),
		[BLOCK_COLUMNS] = view_columns(job, column, false),
	};

	return view_object(job, &block_shape, values);
}
