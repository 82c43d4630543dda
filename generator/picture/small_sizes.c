#include "picture/small_sizes.h"

#include "picture/picture_bytes.h"

/* A JPEG in several scans is kept as a whole until the last has come. */
struct jpeg_form {
	bool is_known; /* 8 bits, grey or with three colours */
	bool has_scans;
	size_t scans;
};

static void read_frame(struct jpeg_form *out,
		       const struct jpeg_segment *segment)
{
	uint32_t colours = picture_byte(segment->data, 5);

	out->has_scans = segment->marker == 0xc2;
	out->is_known = segment->marker <= 0xc2 &&
			picture_byte(segment->data, 0) == 8 &&
			(colours == 1 || colours == 3);
}

static struct jpeg_form read_jpeg(str bytes)
{
	struct jpeg_form form = { false, false, 0 };
	struct jpeg_segment segment;
	size_t at = 2;

	while (jpeg_next(&segment, bytes, &at)) {
		if (segment.marker >= 0xc0 && segment.marker <= 0xcf &&
		    segment.marker != 0xc4 && segment.marker != 0xc8 &&
		    segment.marker != 0xcc)
			read_frame(&form, &segment);
		form.scans += segment.marker == JPEG_START_OF_SCAN;
	}
	form.has_scans |= form.scans > 1;
	return form;
}

static uint64_t jpeg_limit(str bytes)
{
	struct jpeg_form form = read_jpeg(bytes);

	if (!form.is_known || form.scans == 0 || form.scans > SMALL_SCANS)
		return 0;
	return form.has_scans ? SMALL_SOURCE_WHOLE : SMALL_SOURCE_ROWS;
}

/* What stands before the first IDAT says whether it moves. */
static bool png_moves(str bytes)
{
	size_t at = 8;

	while (at + 8 <= bytes.len) {
		str name = str_between(bytes, at + 4, at + 8);
		size_t size = picture_big32(bytes, at);

		if (str_equal(name, STR("acTL")))
			return true;
		if (str_equal(name, STR("IDAT")) || size > bytes.len)
			return false;
		at += size + 12;
	}
	return false;
}

static uint64_t png_limit(str bytes)
{
	enum { INTERLACED = 28 };

	if (png_moves(bytes))
		return 0;
	return picture_byte(bytes, INTERLACED) != 0 ? SMALL_SOURCE_WHOLE
						    : SMALL_SOURCE_ROWS;
}

static uint64_t webp_limit(str bytes)
{
	enum { FLAGS = 20, MOVES = 2 };
	bool is_long = str_equal(str_between(bytes, 12, 16), STR("VP8X"));

	if (is_long && (picture_byte(bytes, FLAGS) & MOVES) != 0)
		return 0;
	return SMALL_SOURCE_WHOLE;
}

/* How many pixels it may have; 0: nothing is made of such a picture. */
static uint64_t source_limit(str bytes)
{
	if (str_starts_with(bytes, STR("\xff\xd8")))
		return jpeg_limit(bytes);
	if (str_starts_with(bytes, STR("\x89PNG\r\n\x1a\n")))
		return png_limit(bytes);
	if (str_starts_with(bytes, STR("RIFF")))
		return webp_limit(bytes);
	return 0;
}

uint32_t small_height(const struct image_size *size, uint32_t width)
{
	uint64_t height = ((uint64_t)size->height * width + size->width / 2) /
			  size->width;

	return height == 0 ? 1 : (uint32_t)height;
}

static void add_width(struct small_sizes *out, const struct image_size *size,
		      uint32_t width)
{
	uint64_t height = (uint64_t)size->height * width / size->width + 1;

	if (out->count < SMALL_WIDTHS && height <= SMALL_HEIGHT &&
	    height * width <= SMALL_PIXELS)
		out->widths[out->count++] = width;
}

bool small_source(struct image_size *size, str bytes)
{
	return bytes.len >= SMALL_LEAST_BYTES && image_size(size, bytes) &&
	       (uint64_t)size->width * size->height <= source_limit(bytes);
}

void small_sizes(struct small_sizes *out, const struct image_size *size,
		 const uint32_t *wanted, size_t count)
{
	uint32_t widest;

	out->count = 0;
	if (count == 0 || size->width < SMALL_WIDTH_LEAST)
		return;
	widest = wanted[count - 1] < size->width ? wanted[count - 1]
						 : size->width;
	/* one that is nearly as wide as the widest gains nothing */
	for (size_t i = 0; i < count && wanted[i] + wanted[i] / 4 <= widest;
	     i++)
		add_width(out, size, wanted[i]);
	add_width(out, size, widest);
}
