/* Cards: lines of a title, and the same bytes each time. */
#include "picture/card.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <png.h>

#include <cmocka.h>

#include "base/buf.h"

#define GROUND 0x14508f

static const char *const titles[] = {
	"公告",
	"关于做好2026年冬季供热工作的通知",
	"示范市人民政府办公室关于印发《示范市2026年优化营商环境工作要点（第二版"
	"）"
	"》的通知",
	"",
	"A-very-long-word-that-has-no-place-to-break-anywhere-in-it-at-all-"
	"0123456"
	"789",
};

/* One more than may be: the last line ends in "…". */
static str long_title(struct arena *arena)
{
	struct buf text;

	buf_init(&text, arena);
	for (int i = 0; i < 200; i++)
		buf_add_c(&text, "很长的标题，");
	return buf_str(&text);
}

static uint8_t *pixels_of(str bytes, struct arena *arena)
{
	png_image image = { .version = PNG_IMAGE_VERSION };
	uint8_t *pixels;

	assert_true(png_image_begin_read_from_memory(&image, bytes.data,
						     bytes.len));
	assert_int_equal(image.width, CARD_WIDTH);
	assert_int_equal(image.height, CARD_HEIGHT);
	image.format = PNG_FORMAT_RGB;
	pixels = arena_alloc(arena, PNG_IMAGE_SIZE(image));
	assert_true(png_image_finish_read(&image, NULL, pixels, 0, NULL));
	return pixels;
}

static bool is_ground(const uint8_t *pixel)
{
	return (pixel[0] << 16 | pixel[1] << 8 | pixel[2]) == GROUND;
}

/* Nothing is drawn in the margins, and something inside when there is text. */
static void look_at(const uint8_t *pixels, bool has_title)
{
	size_t drawn = 0;

	for (size_t y = 0; y < CARD_HEIGHT; y++)
		for (size_t x = 0; x < CARD_WIDTH; x++) {
			const uint8_t *pixel =
				pixels + (y * CARD_WIDTH + x) * 3;
			bool is_inside = x >= 80 && x < CARD_WIDTH - 80 &&
					 y >= 40 && y < CARD_HEIGHT - 60;

			if (!is_ground(pixel)) {
				assert_true(is_inside);
				drawn += y < 450;
			}
		}
	assert_int_equal(drawn > 0, has_title);
}

static void a_card_has_its_title(void **state)
{
	struct arena arena;

	(void)state;
	assert_non_null(card_font());
	arena_init(&arena);
	for (size_t i = 0; i <= COUNT_OF(titles); i++) {
		str title = i < COUNT_OF(titles) ? str_from_c(titles[i])
						 : long_title(&arena);
		struct card card = { title, STR("示范市人民政府"), GROUND,
				     0xffffff };
		str bytes, again;

		assert_true(card_draw(&bytes, &card, &arena));
		assert_true(card_draw(&again, &card, &arena));
		assert_true(str_equal(bytes, again));
		look_at(pixels_of(bytes, &arena), title.len > 0);
	}
	arena_release(&arena);
}

static void colours(void **state)
{
	uint32_t colour;

	(void)state;
	assert_true(card_colour(&colour, STR("#14508f")));
	assert_int_equal(colour, GROUND);
	assert_false(card_colour(&colour, STR("#14508")));
	assert_false(card_colour(&colour, STR("rgb(1,2,3)")));
	assert_false(card_colour(&colour, STR("#14508g")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_card_has_its_title),
		cmocka_unit_test(colours),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
