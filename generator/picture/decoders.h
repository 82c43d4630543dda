/*
 * What reads the formats for small.c: one function for each. A row or two are
 * in memory at a time, where the format lets them be read so.
 */
#ifndef JIYUE_PICTURE_DECODERS_H
#define JIYUE_PICTURE_DECODERS_H

#include "picture/shrink.h"
#include "base/str.h"

struct decoding {
	str bytes;
	uint32_t width, height; /* wanted, as the picture is stored */
	struct arena *arena;
	struct shrink shrink; /* gets the picture; no pixels: nothing came */
	str colours;	      /* its ICC profile, or empty */
	bool is_whole;	      /* was read to its end */
};

void decode_jpeg(struct decoding *decoding);
void decode_png(struct decoding *decoding);
void decode_webp(struct decoding *decoding);

/* As WebP, with the profile. False: it could not be written. */
MUST_USE bool encode_webp(str *out, const uint8_t *pixels, uint32_t width,
			  uint32_t height, uint32_t channels, str colours,
			  struct arena *arena);

#endif
