/*
 * Read and made smaller as it is stored, then turned as it is shown: Exif says
 * which side is up, and a WebP that is shown by a browser has no such say.
 */
#include "picture/small.h"

#include <string.h>

#include "picture/decoders.h"
#include "picture/picture_bytes.h"
#include "picture/small_sizes.h"

static bool is_jpeg(str bytes)
{
	return str_starts_with(bytes, STR("\xff\xd8"));
}

static void decode(struct decoding *decoding)
{
	if (is_jpeg(decoding->bytes))
		decode_jpeg(decoding);
	else if (str_starts_with(decoding->bytes, STR("RIFF")))
		decode_webp(decoding);
	else
		decode_png(decoding);
}

/* Where the pixel at (x, y) of what is shown is stored. */
static size_t stored_at(const struct decoding *decoding, uint32_t orientation,
			uint32_t x, uint32_t y)
{
	uint32_t right = decoding->width - 1, bottom = decoding->height - 1;
	uint32_t column = orientation >= 5 ? y : x;
	uint32_t row = orientation >= 5 ? x : y;

	if (orientation == 2 || orientation == 3 || orientation == 7 ||
	    orientation == 8)
		column = right - column;
	if (orientation == 3 || orientation == 4 || orientation == 6 ||
	    orientation == 7)
		row = bottom - row;
	return (size_t)row * decoding->width + column;
}

static const uint8_t *turn(const struct decoding *decoding,
			   uint32_t orientation, uint32_t width,
			   uint32_t height)
{
	const uint8_t *from = decoding->shrink.pixels;
	uint8_t *pixels, *to;

	if (orientation == 1)
		return from;
	pixels = to = arena_raw(decoding->arena, (size_t)width * height * 3);
	for (uint32_t y = 0; y < height; y++)
		for (uint32_t x = 0; x < width; x++, to += 3)
			memcpy(to,
			       from + stored_at(decoding, orientation, x, y) *
					       3,
			       3);
	return pixels;
}

bool small_picture(str *out, bool *is_damaged, str bytes, uint32_t width,
		   struct arena *arena)
{
	uint32_t orientation = is_jpeg(bytes) ? jpeg_orientation(bytes) : 1;
	struct decoding decoding = { .bytes = bytes, .arena = arena };
	struct image_size size;
	uint32_t height;

	if (!image_size(&size, bytes))
		return false;
	height = small_height(&size, width);
	decoding.width = orientation >= 5 ? height : width;
	decoding.height = orientation >= 5 ? width : height;
	decode(&decoding);
	if (is_damaged != NULL)
		*is_damaged = !decoding.is_whole;
	if (decoding.shrink.pixels == NULL) /* its head cannot be read */
		shrink_begin(&decoding.shrink, 1, 1, decoding.width,
			     decoding.height, 3, arena);
	return encode_webp(out, turn(&decoding, orientation, width, height),
			   width, height, decoding.shrink.channels,
			   decoding.colours, arena);
}
