/*
 * Numbers in the bytes of pictures, and the two parts of a JPEG that are walked
 * through by whoever looks for its size or for what a camera wrote into it.
 * Nothing is read behind the end of what is given.
 */
#ifndef JIYUE_PICTURE_PICTURE_BYTES_H
#define JIYUE_PICTURE_PICTURE_BYTES_H

#include "base/str.h"

static inline uint32_t picture_byte(str bytes, size_t at)
{
	return (unsigned char)str_at(bytes, at);
}

static inline uint32_t picture_big16(str bytes, size_t at)
{
	return picture_byte(bytes, at) << 8 | picture_byte(bytes, at + 1);
}

static inline uint32_t picture_big32(str bytes, size_t at)
{
	return picture_big16(bytes, at) << 16 | picture_big16(bytes, at + 2);
}

static inline uint32_t picture_little16(str bytes, size_t at)
{
	return picture_byte(bytes, at) | picture_byte(bytes, at + 1) << 8;
}

static inline uint32_t picture_little32(str bytes, size_t at)
{
	return picture_little16(bytes, at) | picture_little16(bytes, at + 2)
						     << 16;
}

enum {
	JPEG_START_OF_SCAN = 0xda,
	JPEG_END = 0xd9,
	JPEG_APP1 = 0xe1,
};

struct jpeg_segment {
	uint32_t marker;
	str whole; /* with marker and size; a scan with the picture behind it */
	str data;
};

/*
 * The segment at `*at`, which begins at 2 and moves behind it. False where
 * there is none, or what there is cannot be one. One that is cut off ends where
 * the bytes do.
 */
MUST_USE bool jpeg_next(struct jpeg_segment *out, str bytes, size_t *at);

/* What Exif says in the data of an APP1. */
struct exif {
	uint32_t orientation; /* 1 to 8; 0: it does not say */
	bool has_position;    /* where the picture was taken */
};

/* False: it is no Exif. */
MUST_USE bool exif_read(struct exif *out, str data);

/*
 * How a JPEG is turned when it is shown, from 1 (not at all) to 8: what the
 * first Exif before its picture says that says it.
 */
uint32_t jpeg_orientation(str bytes);

#endif
