/*
 * How large a picture is that a page shows, and whether there are smaller ones
 * of it: what the attachments know, or else its bytes.
 */
#ifndef JIYUE_RENDER_KNOWN_PICTURE_H
#define JIYUE_RENDER_KNOWN_PICTURE_H

#include "picture/image_size.h"
#include "render/view.h"

struct known_picture {
	struct image_size size; /* {0, 0}: not known */
	bool has_small;
};

/* Of a file of the snapshot that is a picture by its name. */
struct known_picture known_picture_read(const struct render_job *job,
					size_t file, struct diag_list *diags);

/*
 * The smaller ones of a picture that stands at this address of the job's site:
 * a list of `small_picture`, empty where there are none.
 */
struct value view_small_pictures(const struct render_job *job, size_t file,
				 str address);

#endif
