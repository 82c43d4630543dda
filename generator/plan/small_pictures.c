#include "plan/small_pictures.h"

void small_pictures_make(struct small_pictures *out,
			 const struct cluster *cluster,
			 const struct snapshot *snapshot, size_t file,
			 const struct image_size *size)
{
	const struct width_list *widths = &cluster->platform.picture_widths;
	struct digest digest = { 0 };

	small_sizes(&out->sizes, size, widths->items, widths->count);
	digest_add(&digest, snapshot_blob(snapshot, file));
	digest_add(&digest, str_file_name(snapshot_path(snapshot, file)));
	out->name = digest.low;
}

bool small_pictures_may_be(str path)
{
	static const struct file_allowance none = { 0 };
	struct file_kind kind;

	return file_name_judge(&kind, str_file_name(path), &none) ==
		       FILE_NAME_FITS &&
	       (kind.look == LOOK_JPEG || kind.look == LOOK_PNG ||
		kind.look == LOOK_WEBP);
}

void small_pictures_of(struct small_pictures *out,
		       const struct plan_options *options, size_t file)
{
	const struct attachment_picture *picture =
		attachments_picture(options->attachments, file);

	out->sizes.count = 0;
	if (picture != NULL)
		small_pictures_make(out, options->arrangement->cluster,
				    options->snapshot, file, &picture->size);
}

str small_pictures_path(const struct small_pictures *small, size_t number,
			str path, struct arena *arena)
{
	size_t folder = path.len - str_file_name(path).len;

	return arena_printf(arena, "%.*s%012llx-%u.webp",
			    STR_ARG(str_between(path, 0, folder)),
			    (unsigned long long)(small->name >> 16),
			    (unsigned)small->sizes.widths[number]);
}
