/*
 * Where the smaller pictures of a picture stand: beside it, with a name made of
 * its bytes, its own name and their width. So a picture that is changed has
 * others, and what a browser keeps of one is never old.
 */
#ifndef JIYUE_PLAN_SMALL_PICTURES_H
#define JIYUE_PLAN_SMALL_PICTURES_H

#include "picture/small_sizes.h"
#include "plan/page_plan.h"

struct small_pictures {
	struct small_sizes sizes; /* count 0: there are none */
	uint64_t name;
};

/* Of a published file of the snapshot, as the attachments know it. */
void small_pictures_of(struct small_pictures *out,
		       const struct plan_options *options, size_t file);

/* By its name: may there be smaller ones of it, with the right bytes? */
bool small_pictures_may_be(str path);

/* The same of a picture of this size. */
void small_pictures_make(struct small_pictures *out,
			 const struct cluster *cluster,
			 const struct snapshot *snapshot, size_t file,
			 const struct image_size *size);

/* Of the one with this number; `path` is where the picture itself stands. */
str small_pictures_path(const struct small_pictures *small, size_t number,
			str path, struct arena *arena);

#endif
