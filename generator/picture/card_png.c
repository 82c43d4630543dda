#include "picture/card_png.h"

#include <png.h>

struct writing {
	struct buf bytes;
};

static void take_bytes(png_structp png, png_bytep bytes, png_size_t size)
{
	struct writing *writing = png_get_io_ptr(png);

	buf_add(&writing->bytes, (str){ (const char *)bytes, size });
}

static void nothing(png_structp png)
{
	(void)png;
}

static uint8_t between(uint32_t ground, uint32_t ink, int shift, uint32_t step)
{
	uint32_t from = ground >> shift & 0xff, to = ink >> shift & 0xff;

	return (uint8_t)((from * (255 - step) + to * step + 127) / 255);
}

static void set_palette(png_structp png, png_infop info,
			const struct card *card)
{
	png_color palette[256];

	for (uint32_t step = 0; step < 256; step++)
		palette[step] =
			(png_color){ between(card->ground, card->ink, 16, step),
				     between(card->ground, card->ink, 8, step),
				     between(card->ground, card->ink, 0,
					     step) };
	png_set_PLTE(png, info, palette, 256);
}

static void write_all(png_structp png, png_infop info, const uint8_t *steps,
		      const struct card *card)
{
	png_set_IHDR(png, info, CARD_WIDTH, CARD_HEIGHT, 8,
		     PNG_COLOR_TYPE_PALETTE, PNG_INTERLACE_NONE,
		     PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
	png_set_filter(png, 0, PNG_FILTER_NONE);
	set_palette(png, info, card);
	png_write_info(png, info);
	for (size_t y = 0; y < CARD_HEIGHT; y++)
		png_write_row(png, steps + y * CARD_WIDTH);
	png_write_end(png, info);
}

bool card_png(str *out, const uint8_t *steps, const struct card *card,
	      struct arena *arena)
{
	struct writing *writing = arena_alloc(arena, sizeof(*writing));
	png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL,
						  NULL, NULL);
	png_infop info = png == NULL ? NULL : png_create_info_struct(png);

	if (info == NULL)
		arena_out_of_memory(0);
	buf_init(&writing->bytes, arena);
	if (setjmp(png_jmpbuf(png)) != 0) {
		png_destroy_write_struct(&png, &info);
		return false;
	}
	png_set_write_fn(png, writing, take_bytes, nothing);
	write_all(png, info, steps, card);
	png_destroy_write_struct(&png, &info);
	*out = buf_str(&writing->bytes);
	return true;
}
