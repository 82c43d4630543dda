/* Smaller pictures: which are made, how they look, and what they may cost. */
#include "picture/small.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <webp/decode.h>
#include <webp/mux.h>

#include <cmocka.h>

#include "picture/small_sizes.h"
#include "support/pictures.h"
#include "picture/shrink.h"

static const uint32_t usual[] = { 640, 1280 };

struct sizes_row {
	struct image_size size;
	uint32_t wanted[SMALL_WIDTHS];
};

static void which_are_made(void **state)
{
	static const struct sizes_row rows[] = {
		{ { 3000, 2000 }, { 640, 1280 } },
		{ { 1281, 800 }, { 640, 1280 } },
		{ { 1280, 800 }, { 640, 1280 } },
		{ { 1000, 800 }, { 640, 1000 } },
		{ { 799, 800 }, { 799 } }, /* 640 would gain nothing */
		{ { 800, 800 }, { 640, 800 } },
		{ { 300, 800 }, { 300 } },
		{ { 159, 800 }, { 0 } },
		/* a long picture, as 图解 are: what would be too large is left
		 */
		{ { 1080, 10000 }, { 640 } },
		{ { 1080, 60000 }, { 0 } },
		{ { 1280, 1 }, { 640, 1280 } },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct small_sizes sizes;
		size_t count = 0;

		small_sizes(&sizes, &rows[i].size, usual, COUNT_OF(usual));
		while (count < SMALL_WIDTHS && rows[i].wanted[count] > 0)
			count++;
		assert_int_equal(sizes.count, count);
		for (size_t k = 0; k < count; k++)
			assert_int_equal(sizes.widths[k], rows[i].wanted[k]);
		small_sizes(&sizes, &rows[i].size, usual, 0);
		assert_int_equal(sizes.count, 0);
	}
}

static bool is_source(str bytes)
{
	struct image_size size;

	return small_source(&size, bytes);
}

/* The head of a picture of so many pixels, with enough behind it. */
static str with_size(str bytes, size_t at, uint32_t width, uint32_t height,
		     struct arena *arena)
{
	char *copy = arena_c_string(arena, bytes);

	for (int i = 0; i < 4; i++) {
		copy[at + (size_t)i] = (char)(width >> (24 - 8 * i));
		copy[at + 4 + (size_t)i] = (char)(height >> (24 - 8 * i));
	}
	return (str){ copy, bytes.len };
}

/* Before the first IDAT: this picture moves. */
static str moving(str png, struct arena *arena)
{
	str parts[] = { str_between(png, 0, 33),
			STR("\0\0\0\x08"
			    "acTL\0\0\0\x02\0\0\0\0sum4"),
			str_from(png, 33) };

	return arena_join(arena, parts, COUNT_OF(parts));
}

static void of_what_they_are_made(void **state)
{
	struct picture_form form = { .width = 900, .height = 600 };
	struct arena arena;
	str png, jpeg, many;

	(void)state;
	arena_init(&arena);
	png = picture_png(&form, &arena);
	jpeg = picture_jpeg(&form, &arena);
	assert_true(is_source(png));
	assert_true(is_source(jpeg));
	assert_false(is_source(str_between(png, 0, SMALL_LEAST_BYTES - 1)));
	assert_false(is_source(moving(png, &arena)));
	/* read row by row, then as a whole */
	assert_true(is_source(with_size(png, 16, 16384, 8192, &arena)));
	assert_false(is_source(with_size(png, 16, 16385, 8192, &arena)));
	form.in_scans = true;
	png = picture_png(&form, &arena);
	assert_true(is_source(with_size(png, 16, 4096, 3072, &arena)));
	assert_false(is_source(with_size(png, 16, 4097, 3072, &arena)));
	jpeg = picture_jpeg(&form, &arena);
	assert_true(is_source(jpeg));
	many = jpeg;
	for (int i = 0; i < SMALL_SCANS; i++) {
		str parts[] = { str_between(many, 0, many.len - 2),
				STR("\xff\xda\0\x08\x01\x01\0\0\x3f\0\x12\xff"
				    "\xd9") };

		many = arena_join(&arena, parts, 2);
	}
	assert_false(is_source(many));
	form = (struct picture_form){ 900, 600, .is_for_print = true };
	assert_false(is_source(picture_jpeg(&form, &arena)));
	arena_release(&arena);
}

static str small_of(str bytes, uint32_t width, bool damaged,
		    struct arena *arena)
{
	bool is_damaged;
	str out, again;

	assert_true(small_picture(&out, &is_damaged, bytes, width, arena));
	assert_int_equal(is_damaged, damaged);
	assert_true(small_picture(&again, NULL, bytes, width, arena));
	assert_true(str_equal(out, again));
	return out;
}

enum quarter { RED, GREEN, BLUE, WHITE };

static enum quarter colour_of(const uint8_t *pixel)
{
	if (pixel[0] > 150 && pixel[1] > 150)
		return WHITE;
	return pixel[0] > 150 ? RED : pixel[1] > 150 ? GREEN : BLUE;
}

/* The colours of the quarters, as they are read. */
static void expect_quarters(str webp, int width, int height,
			    const enum quarter *quarters)
{
	int is_width, is_height;
	uint8_t *pixels = WebPDecodeRGB((const uint8_t *)webp.data, webp.len,
					&is_width, &is_height);

	assert_non_null(pixels);
	assert_int_equal(is_width, width);
	assert_int_equal(is_height, height);
	for (int i = 0; i < 4; i++) {
		int x = width / 4 + i % 2 * width / 2;
		int y = height / 4 + i / 2 * height / 2;

		assert_int_equal(colour_of(pixels + (y * width + x) * 3),
				 quarters[i]);
	}
	WebPFree(pixels);
}

static const enum quarter as_is[4] = { RED, GREEN, BLUE, WHITE };

static void every_form(void **state)
{
	struct picture_form form = { .width = 900, .height = 600 };
	struct arena arena;
	str webp;

	(void)state;
	arena_init(&arena);
	for (int i = 0; i < 2; i++) {
		form.in_scans = i == 1;
		expect_quarters(small_of(picture_jpeg(&form, &arena), 640,
					 false, &arena),
				640, 427, as_is);
		expect_quarters(small_of(picture_png(&form, &arena), 640, false,
					 &arena),
				640, 427, as_is);
		expect_quarters(small_of(picture_jpeg(&form, &arena), 160,
					 false, &arena),
				160, 107, as_is);
		expect_quarters(small_of(picture_jpeg(&form, &arena), 900,
					 false, &arena),
				900, 600, as_is);
	}
	webp = small_of(picture_png(&form, &arena), 900, false, &arena);
	expect_quarters(small_of(webp, 320, false, &arena), 320, 213, as_is);
	form.is_grey = true;
	(void)small_of(picture_jpeg(&form, &arena), 640, false, &arena);
	arena_release(&arena);
}

/* As Exif has it, and as browsers show the picture itself. */
static void the_right_side_is_up(void **state)
{
	static const enum quarter turned[9][4] = {
		{ RED, GREEN, BLUE, WHITE }, { RED, GREEN, BLUE, WHITE },
		{ GREEN, RED, WHITE, BLUE }, { WHITE, BLUE, GREEN, RED },
		{ BLUE, WHITE, RED, GREEN }, { RED, BLUE, GREEN, WHITE },
		{ BLUE, RED, WHITE, GREEN }, { WHITE, GREEN, BLUE, RED },
		{ GREEN, WHITE, RED, BLUE },
	};
	struct arena arena;

	(void)state;
	arena_init(&arena);
	for (uint32_t i = 0; i <= 8; i++) {
		struct picture_form form = { .width = 900,
					     .height = 600,
					     .orientation = i };
		str bytes = picture_jpeg(&form, &arena);
		struct image_size size;

		assert_true(small_source(&size, bytes));
		assert_int_equal(size.width, i >= 5 ? 600 : 900);
		expect_quarters(small_of(bytes, 320, false, &arena), 320,
				i >= 5 ? 480 : 213, turned[i]);
	}
	arena_release(&arena);
}

static void what_is_seen_through(void **state)
{
	struct picture_form form = { .width = 900,
				     .height = 600,
				     .has_alpha = true };
	struct arena arena;
	uint8_t *pixels;
	int width, height;
	str webp;

	(void)state;
	arena_init(&arena);
	webp = small_of(picture_png(&form, &arena), 320, false, &arena);
	pixels = WebPDecodeRGBA((const uint8_t *)webp.data, webp.len, &width,
				&height);
	assert_non_null(pixels);
	assert_int_equal(pixels[(50 * width + 80) * 4 + 3], 255);
	assert_int_equal(pixels[(50 * width + 240) * 4 + 3], 128);
	assert_int_equal(colour_of(pixels + (50 * width + 240) * 4), GREEN);
	WebPFree(pixels);
	arena_release(&arena);
}

/* Each small pixel is the mean of what it covers. */
static void a_mean_is_a_mean(void **state)
{
	static const uint8_t rows[2][15] = {
		{ 0, 0, 0, 30, 30, 30, 60, 60, 60, 90, 90, 90, 120, 120, 120 },
		{ 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 },
	};
	struct shrink shrink;
	struct arena arena;

	(void)state;
	arena_init(&arena);
	shrink_begin(&shrink, 5, 2, 3, 1, 3, &arena);
	shrink_row(&shrink, rows[0]);
	shrink_row(&shrink, rows[1]);
	shrink_row(&shrink, rows[1]);
	/* 5/3 of a pixel each: (0 + 30 * 2/3) / 5/3 = 12, of two rows 6 */
	assert_int_equal(shrink.pixels[0], 6);
	assert_int_equal(shrink.pixels[3], 30);
	assert_int_equal(shrink.pixels[6], 54);
	arena_release(&arena);
}

/* Up to the damage it is the picture; a head alone is white. */
static void a_damaged_picture(void **state)
{
	struct picture_form form = { .width = 900, .height = 600 };
	static const enum quarter upper[4] = { RED, GREEN, WHITE, WHITE };
	static const enum quarter none[4] = { WHITE, WHITE, WHITE, WHITE };
	struct arena arena;
	str png, broken;

	(void)state;
	arena_init(&arena);
	png = picture_png(&form, &arena);
	expect_quarters(
		small_of(str_between(png, 0, png.len / 2), 320, true, &arena),
		320, 213, upper);
	expect_quarters(small_of(str_between(png, 0, 40), 320, true, &arena),
			320, 213, none);
	broken = picture_jpeg(&form, &arena);
	(void)small_of(str_between(broken, 0, broken.len / 2), 320, true,
		       &arena);
	broken = small_of(png, 900, false, &arena);
	(void)small_of(str_between(broken, 0, broken.len / 2), 320, true,
		       &arena);
	arena_release(&arena);
}

static void colours_keep_their_meaning(void **state)
{
	struct picture_form form = { .width = 900,
				     .height = 600,
				     .colours = STR("what the colours mean") };
	struct arena arena;
	WebPData data, profile;
	WebPMux *mux;
	str webp;

	(void)state;
	arena_init(&arena);
	webp = small_of(picture_jpeg(&form, &arena), 640, false, &arena);
	webp = small_of(webp, 320, false, &arena);
	expect_quarters(webp, 320, 214, as_is);
	data = (WebPData){ (const uint8_t *)webp.data, webp.len };
	mux = WebPMuxCreate(&data, 0);
	assert_int_equal(WebPMuxGetChunk(mux, "ICCP", &profile), WEBP_MUX_OK);
	assert_memory_equal(profile.bytes, form.colours.data, profile.size);
	WebPMuxDelete(mux);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(which_are_made),
		cmocka_unit_test(of_what_they_are_made),
		cmocka_unit_test(every_form),
		cmocka_unit_test(the_right_side_is_up),
		cmocka_unit_test(what_is_seen_through),
		cmocka_unit_test(a_mean_is_a_mean),
		cmocka_unit_test(a_damaged_picture),
		cmocka_unit_test(colours_keep_their_meaning),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
