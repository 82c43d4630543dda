#include "library/body_anchors.h"

#include "library/front_matter.h"

/* A thread has 160 MiB, its own page up to MARKDOWN_MEMORY_LIMIT of them. */
enum { ANCHOR_MEMORY_LIMIT = 32 * 1024 * 1024 };

struct markdown_options body_markdown_options(void)
{
	static const str reserved_ids[] = { { "main", 4 } };

	return (struct markdown_options){
		.raw_html = true,
		.leave_prefix = STR("leave-"),
		.reserved_ids = reserved_ids,
		.reserved_id_count = COUNT_OF(reserved_ids),
	};
}

bool body_anchors_read(struct anchors *out, struct snapshot_reader *reader,
		       size_t file, struct arena *arena)
{
	struct markdown_options options = body_markdown_options();
	struct diag_list untold;
	struct markdown body;
	struct source source;
	size_t start;
	size_t end;
	size_t at;

	options.memory = ANCHOR_MEMORY_LIMIT;
	options.quiet = true;
	diag_list_init(&untold, arena);
	if (!snapshot_read_text(&source, reader, file, arena, &untold) ||
	    !front_matter_find(&start, &end, &at, &source, &untold) ||
	    !markdown_render(&body, &source, at, &options, arena, &untold))
		return false;
	*out = body.anchors;
	return true;
}
