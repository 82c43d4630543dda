/*
 * In units in which a pixel of the picture is `width` wide, one of the small
 * picture is `from_width` wide, and both rows end at the same place; likewise
 * down. So every part of a pixel that falls into another is a whole number:
 *
 *     picture   |---|---|---|---|---|      5 pixels, each 3 units wide
 *     small     |-----|-----|-----|        3 pixels, each 5 units wide
 *
 * A sum has at most 65535 * 65535 parts of 255 * 255: it fits into 64 bits.
 */
#include "picture/shrink.h"

#include <string.h>

void shrink_begin(struct shrink *out, uint32_t from_width, uint32_t from_height,
		  uint32_t width, uint32_t height, uint32_t channels,
		  struct arena *arena)
{
	size_t size = (size_t)width * height * channels;

	*out = (struct shrink){ .from_width = from_width,
				.from_height = from_height,
				.width = width,
				.height = height,
				.channels = channels };
	out->pixels = arena_raw(arena, size);
	memset(out->pixels, 0xff, size);
	out->sums = arena_array(arena, (size_t)width * channels,
				sizeof(*out->sums));
}

static inline void add_pixel(uint64_t *sums, const uint8_t *pixel,
			     uint32_t channels, uint64_t weight)
{
	uint64_t seen = channels == 4 ? weight * pixel[3] : weight;

	sums[0] += seen * pixel[0];
	sums[1] += seen * pixel[1];
	sums[2] += seen * pixel[2];
	if (channels == 4)
		sums[3] += seen;
}

/* Adds the row to the sums, `down` parts of it. */
static void add_row(struct shrink *shrink, const uint8_t *row, uint64_t down)
{
	uint32_t channels = shrink->channels;
	uint64_t *sums = shrink->sums;
	uint64_t left = shrink->from_width; /* of the small pixel */

	for (uint32_t x = 0; x < shrink->from_width; x++, row += channels) {
		uint64_t width = shrink->width;

		if (width >= left) {
			add_pixel(sums, row, channels, left * down);
			width -= left;
			left = shrink->from_width;
			sums += channels;
		}
		if (width > 0)
			add_pixel(sums, row, channels, width * down);
		left -= width;
	}
}

static uint8_t mean(uint64_t sum, uint64_t parts)
{
	return parts == 0 ? 0 : (uint8_t)((sum + parts / 2) / parts);
}

static void end_row(struct shrink *shrink)
{
	uint32_t channels = shrink->channels;
	uint64_t area = (uint64_t)shrink->from_width * shrink->from_height;
	uint8_t *pixel =
		shrink->pixels + (size_t)shrink->row * shrink->width * channels;
	uint64_t *sums = shrink->sums;

	for (uint32_t x = 0; x < shrink->width; x++) {
		uint64_t seen = channels == 4 ? sums[3] : area;

		for (int i = 0; i < 3; i++)
			pixel[i] = mean(sums[i], seen);
		if (channels == 4)
			pixel[3] = mean(sums[3], area);
		pixel += channels;
		sums += channels;
	}
	memset(shrink->sums, 0,
	       (size_t)shrink->width * channels * sizeof(*shrink->sums));
	shrink->row++;
	shrink->covered = 0;
}

void shrink_row(struct shrink *shrink, const uint8_t *row)
{
	uint64_t height = shrink->height;
	uint64_t left = shrink->from_height - shrink->covered;

	if (shrink->row >= shrink->height)
		return;
	if (height >= left) {
		add_row(shrink, row, left);
		height -= left;
		end_row(shrink);
	}
	if (height > 0 && shrink->row < shrink->height) {
		add_row(shrink, row, height);
		shrink->covered += height;
	}
}
