#include "support/pictures.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>
#include <png.h>

static uint32_t grain(uint32_t x, uint32_t y)
{
	uint32_t hash = (x / 3) * 0x9e3779b1u ^ (y / 3) * 0x85ebca6bu;

	return (hash ^ hash >> 15) % 48;
}

static void fill_row(uint8_t *row, const struct picture_form *form, uint32_t y)
{
	static const uint8_t quarters[4][3] = {
		{ 200, 0, 0 }, { 0, 200, 0 }, { 0, 0, 200 }, { 200, 200, 200 }
	};

	for (uint32_t x = 0; x < form->width; x++) {
		size_t quarter = (y >= form->height / 2 ? 2 : 0) +
				 (x >= form->width / 2 ? 1 : 0);

		for (int i = 0; i < 3; i++)
			*row++ = (uint8_t)(quarters[quarter][i] + grain(x, y));
		if (form->has_alpha)
			*row++ = quarter % 2 == 1 ? 128 : 255;
	}
}

static void write_orientation(struct jpeg_compress_struct *info,
			      uint32_t orientation)
{
	uint8_t exif[] = "Exif\0\0MM\0\x2a\0\0\0\x08\0\x01"
			 "\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0";

	exif[25] = (uint8_t)orientation;
	jpeg_write_marker(info, JPEG_APP0 + 1, exif, sizeof(exif) - 1);
}

static void write_rows(struct jpeg_compress_struct *info,
		       const struct picture_form *form, struct arena *arena)
{
	uint8_t *row = arena_alloc(arena, (size_t)form->width * 4);

	while (info->next_scanline < info->image_height) {
		fill_row(row, form, info->next_scanline);
		if (form->is_grey)
			for (uint32_t x = 0; x < form->width; x++)
				row[x] = row[(size_t)x * 3];
		(void)jpeg_write_scanlines(info, &row, 1);
	}
}

str picture_jpeg(const struct picture_form *form, struct arena *arena)
{
	struct jpeg_compress_struct info;
	struct jpeg_error_mgr errors;
	unsigned long size = 0;
	uint8_t *bytes = NULL;
	str out;

	info.err = jpeg_std_error(&errors);
	jpeg_create_compress(&info);
	jpeg_mem_dest(&info, &bytes, &size);
	info.image_width = form->width;
	info.image_height = form->height;
	info.input_components = form->is_for_print ? 4 : form->is_grey ? 1 : 3;
	info.in_color_space = form->is_for_print ? JCS_CMYK
			      : form->is_grey	 ? JCS_GRAYSCALE
						 : JCS_RGB;
	jpeg_set_defaults(&info);
	jpeg_set_quality(&info, 90, TRUE);
	if (form->in_scans)
		jpeg_simple_progression(&info);
	jpeg_start_compress(&info, TRUE);
	if (form->orientation > 0)
		write_orientation(&info, form->orientation);
	if (form->colours.len > 0)
		jpeg_write_icc_profile(&info,
				       (const JOCTET *)form->colours.data,
				       (unsigned)form->colours.len);
	write_rows(&info, form, arena);
	jpeg_finish_compress(&info);
	jpeg_destroy_compress(&info);
	out = arena_copy(arena, (str){ (char *)bytes, size });
	free(bytes);
	return out;
}

struct png_bytes {
	struct arena *arena;
	char *data;
	size_t len, room;
};

static void take(png_structp png, png_bytep bytes, png_size_t size)
{
	struct png_bytes *out = png_get_io_ptr(png);

	if (out->len + size > out->room) {
		char *data = arena_alloc(out->arena, 2 * (out->len + size));

		if (out->len > 0)
			memcpy(data, out->data, out->len);
		out->data = data;
		out->room = 2 * (out->len + size);
	}
	memcpy(out->data + out->len, bytes, size);
	out->len += size;
}

static void nothing(png_structp png)
{
	(void)png;
}

str picture_png(const struct picture_form *form, struct arena *arena)
{
	png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL,
						  NULL, NULL);
	png_infop info = png_create_info_struct(png);
	struct png_bytes out = { arena, NULL, 0, 0 };
	uint8_t *row = arena_alloc(arena, (size_t)form->width * 4);
	int passes;

	png_set_write_fn(png, &out, take, nothing);
	png_set_IHDR(png, info, form->width, form->height, 8,
		     form->has_alpha ? PNG_COLOR_TYPE_RGB_ALPHA
				     : PNG_COLOR_TYPE_RGB,
		     form->in_scans ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE,
		     PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
	png_write_info(png, info);
	passes = png_set_interlace_handling(png);
	for (int pass = 0; pass < passes; pass++)
		for (uint32_t y = 0; y < form->height; y++) {
			fill_row(row, form, y);
			png_write_row(png, row);
		}
	png_write_end(png, info);
	png_destroy_write_struct(&png, &info);
	return (str){ out.data, out.len };
}
