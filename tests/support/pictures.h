/*
 * Pictures for tests, made by the libraries that programs for pictures use:
 * red above and blue below in the left half, green above and white below in
 * the right, so that every turn shows; with a grain, so that they have bytes.
 */
#ifndef JIYUE_TESTS_SUPPORT_PICTURES_H
#define JIYUE_TESTS_SUPPORT_PICTURES_H

#include "base/arena.h"
#include "base/str.h"

struct picture_form {
	uint32_t width, height;
	bool in_scans;	      /* progressive; interlaced */
	bool is_grey;	      /* JPEG */
	bool is_for_print;    /* JPEG: CMYK */
	bool has_alpha;	      /* PNG: the right half is half seen through */
	uint32_t orientation; /* JPEG: 1 to 8; 0: it does not say */
	str colours;	      /* an ICC profile, or empty */
};

str picture_jpeg(const struct picture_form *form, struct arena *arena);
str picture_png(const struct picture_form *form, struct arena *arena);

#endif
