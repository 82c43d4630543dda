/*
 * libjpeg tells of a picture that cannot be read by a function that must not
 * come back, so it jumps; nothing of ours is left open by that. It makes a
 * picture smaller by two, four or eight while it reads it, which is a part of
 * the work: what is left to us is less than three times as wide as wanted.
 */
#include "picture/decoders.h"

#include <setjmp.h>
#include <stdio.h>

#include <jpeglib.h>

/* More than a picture in scans of SMALL_SOURCE_WHOLE pixels takes. */
enum { JPEG_MEMORY = 96 * 1024 * 1024 };

struct jpeg_reading {
	struct jpeg_decompress_struct info;
	struct jpeg_error_mgr errors;
	struct decoding *decoding;
	bool is_cut;
	jmp_buf back;
};

static _Noreturn void give_up(j_common_ptr info)
{
	struct jpeg_reading *reading = info->client_data;

	longjmp(reading->back, 1);
}

static void say_nothing(j_common_ptr info)
{
	(void)info;
}

static void be_quiet(j_common_ptr info, int level)
{
	(void)info;
	(void)level;
}

/* A picture that was cut off ends here. */
static boolean end_bytes(j_decompress_ptr info)
{
	static const JOCTET end[] = { 0xff, JPEG_EOI };
	struct jpeg_reading *reading = info->client_data;

	reading->is_cut = true;
	info->src->next_input_byte = end;
	info->src->bytes_in_buffer = sizeof(end);
	return TRUE;
}

/* The largest part that leaves it at least half as wide again. */
static unsigned choose_eighths(const struct jpeg_reading *reading)
{
	unsigned eighths = 1;

	while (eighths < 8 &&
	       (uint64_t)reading->info.image_width * eighths / 8 * 2 <
		       (uint64_t)reading->decoding->width * 3)
		eighths *= 2;
	while (eighths < 8 &&
	       (uint64_t)reading->info.image_height * eighths / 8 <
		       reading->decoding->height)
		eighths *= 2;
	return eighths;
}

static void take_colours(struct jpeg_reading *reading)
{
	unsigned size = 0;
	JOCTET *profile = NULL;

	if (!jpeg_read_icc_profile(&reading->info, &profile, &size))
		return;
	reading->decoding->colours = arena_copy(
		reading->decoding->arena, (str){ (const char *)profile, size });
	free(profile);
}

static void start(struct jpeg_reading *reading)
{
	struct jpeg_decompress_struct *info = &reading->info;

	jpeg_mem_src(info, (const unsigned char *)reading->decoding->bytes.data,
		     (unsigned long)reading->decoding->bytes.len);
	info->src->fill_input_buffer = end_bytes;
	jpeg_save_markers(info, JPEG_APP0 + 2, 0xffff);
	(void)jpeg_read_header(info, TRUE);
	take_colours(reading);
	info->out_color_space = JCS_RGB;
	info->dct_method = JDCT_ISLOW; /* the same on every machine */
	info->scale_num = choose_eighths(reading);
	info->scale_denom = 8;
	(void)jpeg_start_decompress(info);
}

static void read_rows(struct jpeg_reading *reading)
{
	struct jpeg_decompress_struct *info = &reading->info;
	struct decoding *decoding = reading->decoding;
	uint8_t *row;

	start(reading);
	row = arena_raw(decoding->arena, (size_t)info->output_width * 3);
	shrink_begin(&decoding->shrink, info->output_width, info->output_height,
		     decoding->width, decoding->height, 3, decoding->arena);
	while (info->output_scanline < info->output_height) {
		(void)jpeg_read_scanlines(info, &row, 1);
		shrink_row(&decoding->shrink, row);
	}
	decoding->is_whole = !reading->is_cut;
	(void)jpeg_finish_decompress(info);
}

void decode_jpeg(struct decoding *decoding)
{
	struct jpeg_reading *reading =
		arena_alloc(decoding->arena, sizeof(*reading));

	reading->decoding = decoding;
	reading->info.err = jpeg_std_error(&reading->errors);
	reading->info.client_data = reading;
	reading->errors.error_exit = give_up;
	reading->errors.output_message = say_nothing;
	reading->errors.emit_message = be_quiet;
	if (setjmp(reading->back) == 0) {
		jpeg_create_decompress(&reading->info);
		reading->info.client_data = reading;
		reading->info.mem->max_memory_to_use = JPEG_MEMORY;
		read_rows(reading);
	} else {
		decoding->is_whole = false;
	}
	jpeg_destroy_decompress(&reading->info);
}
