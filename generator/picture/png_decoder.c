/*
 * libpng jumps, too (see jpeg_decoder.c). One that is stored in passes is kept
 * as a whole until the last has come.
 */
#include "picture/decoders.h"

#include <string.h>

#include <png.h>

#include "picture/image_size.h"

struct png_reading {
	struct decoding *decoding;
	png_structp png;
	png_infop info;
	size_t at;
	uint32_t width, height, channels;
	int passes;
};

enum { PNG_CHUNK_MEMORY = 8 * 1024 * 1024 };

static void give_bytes(png_structp png, png_bytep out, png_size_t size)
{
	struct png_reading *reading = png_get_io_ptr(png);
	str bytes = reading->decoding->bytes;

	if (size > bytes.len - reading->at)
		png_error(png, "the end");
	memcpy(out, bytes.data + reading->at, size);
	reading->at += size;
}

static _Noreturn void give_up(png_structp png, png_const_charp message)
{
	(void)message;
	png_longjmp(png, 1);
}

static void say_nothing(png_structp png, png_const_charp message)
{
	(void)png;
	(void)message;
}

static void take_colours(struct png_reading *reading)
{
	png_charp name;
	png_bytep profile;
	png_uint_32 size;
	int compression;

	if (png_get_iCCP(reading->png, reading->info, &name, &compression,
			 &profile, &size) == PNG_INFO_iCCP)
		reading->decoding->colours =
			arena_copy(reading->decoding->arena,
				   (str){ (const char *)profile, size });
}

/* RGB or RGBA of 8 bits, whatever it is stored as. */
static void start(struct png_reading *reading)
{
	png_structp png = reading->png;

	png_set_read_fn(png, reading, give_bytes);
	png_set_user_limits(png, IMAGE_SIDE_LIMIT, IMAGE_SIDE_LIMIT);
	png_set_chunk_malloc_max(png, PNG_CHUNK_MEMORY);
	png_read_info(png, reading->info);
	take_colours(reading);
	png_set_expand(png);
	png_set_scale_16(png);
	png_set_gray_to_rgb(png);
	reading->passes = png_set_interlace_handling(png);
	png_read_update_info(png, reading->info);
	reading->width = png_get_image_width(png, reading->info);
	reading->height = png_get_image_height(png, reading->info);
	reading->channels = png_get_channels(png, reading->info);
}

static void read_rows(struct png_reading *reading)
{
	struct decoding *decoding = reading->decoding;
	size_t size, kept;
	uint8_t *rows;

	start(reading);
	size = png_get_rowbytes(reading->png, reading->info);
	kept = reading->passes > 1 ? reading->height : 1;
	shrink_begin(&decoding->shrink, reading->width, reading->height,
		     decoding->width, decoding->height, reading->channels,
		     decoding->arena);
	rows = arena_array(decoding->arena, kept, size);
	for (int pass = 0; pass < reading->passes - 1; pass++)
		for (uint32_t y = 0; y < reading->height; y++)
			png_read_row(reading->png, rows + y * size, NULL);
	for (uint32_t y = 0; y < reading->height; y++) {
		uint8_t *row = rows + (kept > 1 ? y * size : 0);

		png_read_row(reading->png, row, NULL);
		shrink_row(&decoding->shrink, row);
	}
	decoding->is_whole = true;
}

void decode_png(struct decoding *decoding)
{
	struct png_reading *reading =
		arena_alloc(decoding->arena, sizeof(*reading));

	reading->decoding = decoding;
	reading->png = png_create_read_struct(PNG_LIBPNG_VER_STRING, NULL,
					      give_up, say_nothing);
	if (reading->png == NULL)
		arena_out_of_memory(0);
	reading->info = png_create_info_struct(reading->png);
	if (reading->info == NULL)
		arena_out_of_memory(0);
	if (setjmp(png_jmpbuf(reading->png)) == 0)
		read_rows(reading);
	png_destroy_read_struct(&reading->png, &reading->info, NULL);
}
