#include "snapshot/text_diff.h"

#include <git2/diff.h>
#include <git2/patch.h>

/* Lines from the first @@ on; the head is ours. */
static int add_line(const git_diff_delta *delta, const git_diff_hunk *hunk,
		    const git_diff_line *line, void *context)
{
	struct buf *out = context;

	(void)delta;
	(void)hunk;
	if (line->origin == GIT_DIFF_LINE_FILE_HDR)
		return 0;
	if (line->origin == GIT_DIFF_LINE_CONTEXT ||
	    line->origin == GIT_DIFF_LINE_ADDITION ||
	    line->origin == GIT_DIFF_LINE_DELETION)
		buf_add_byte(out, line->origin);
	buf_add(out, (str){ line->content, line->content_len });
	return 0;
}

bool text_diff_write(struct buf *out, const struct text_diff *diff)
{
	git_diff_options options = {
		.version = GIT_DIFF_OPTIONS_VERSION,
		.flags = GIT_DIFF_FORCE_TEXT,
		.context_lines = 3,
		.max_size = -1,
	};
	git_patch *patch = NULL;
	bool ok;

	if (str_equal(diff->before, diff->after))
		return true;
	if (git_patch_from_buffers(&patch, diff->before.data, diff->before.len,
				   NULL, diff->after.data, diff->after.len,
				   NULL, &options) < 0)
		return false;
	buf_printf(out, "--- %.*s\n+++ %.*s\n", STR_ARG(diff->before_name),
		   STR_ARG(diff->after_name));
	ok = git_patch_print(patch, add_line, out) == 0;
	git_patch_free(patch);
	return ok;
}
