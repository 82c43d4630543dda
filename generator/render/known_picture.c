#include "render/known_picture.h"

#include "picture/small_sizes.h"
#include "plan/small_pictures.h"

/*
 * What the attachments do not know: nothing smaller is made of it, or they are
 * those of a recalled plan. A large one has a width if something is made of it.
 */
static struct known_picture read_picture(const struct render_job *job,
					 size_t file, struct diag_list *diags)
{
	enum { READ_LIMIT = 8 * 1024 * 1024 };
	const struct attachments *attachments = job->context->plan->attachments;
	bool is_looked_at = attachments != NULL && attachments->states != NULL;
	struct known_picture known = { { 0, 0 }, false };
	struct arena arena;
	size_t count;
	str bytes;

	if (!snapshot_size(&count, job->reader, file, diags) ||
	    (is_looked_at && count > READ_LIMIT))
		return known;
	arena_init(&arena);
	if (snapshot_read(&bytes, job->reader, file, &arena, diags)) {
		known.has_small = small_source(&known.size, bytes);
		if (!known.has_small &&
		    (count > READ_LIMIT || !image_size(&known.size, bytes)))
			known.size = (struct image_size){ 0, 0 };
	}
	arena_release(&arena);
	return known;
}

struct known_picture known_picture_read(const struct render_job *job,
					size_t file, struct diag_list *diags)
{
	const struct attachment_picture *picture =
		attachments_picture(job->context->plan->attachments, file);

	return picture != NULL ? (struct known_picture){ picture->size, true }
			       : read_picture(job, file, diags);
}

struct value view_small_pictures(const struct render_job *job, size_t file,
				 str address)
{
	const struct page_plan *plan = job->context->plan;
	struct small_pictures small;
	struct known_picture known;
	struct value *items;

	/* one of another site is no picture of this page's host */
	if (!str_starts_with(address, STR("/")) ||
	    !small_pictures_may_be(snapshot_path(plan->snapshot, file)))
		return value_list(NULL, 0);
	known = known_picture_read(job, file, job->diags);
	if (!known.has_small)
		return value_list(NULL, 0);
	small_pictures_make(&small, plan->arrangement->cluster, plan->snapshot,
			    file, &known.size);
	items = arena_array(job->arena, small.sizes.count, sizeof(*items));
	for (size_t i = 0; i < small.sizes.count; i++) {
		const struct value values[SMALL_PICTURE_FIELDS] = {
			[SMALL_PICTURE_URL] = value_url(small_pictures_path(
				&small, i, address, job->arena)),
			[SMALL_PICTURE_WIDTH] =
				value_number(small.sizes.widths[i]),
		};

		items[i] = view_object(job, &small_picture_shape, values);
	}
	return value_list(items, small.sizes.count);
}
