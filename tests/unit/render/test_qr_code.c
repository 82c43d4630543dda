#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <png.h>
#include <stdlib.h>
#include <string.h>
#include <zbar.h>

#include "base/buf.h"
#include "markup/xml_reader.h"
#include "render/qr_code.h"

enum { SIDE_LIMIT = 177 + 8 };

struct picture {
	str alt;
	int side;
	unsigned char pixels[SIDE_LIMIT * SIDE_LIMIT]; /* 0 is black */
};

static int digit_of(char c)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmn"
				     "opqrstuvwxyz0123456789+/";
	const char *at = strchr(digits, c);

	return at == NULL || c == '\0' ? -1 : (int)(at - digits);
}

static size_t decode_base64(unsigned char *out, str text)
{
	size_t count = 0;
	uint32_t bits = 0;

	assert_int_equal(text.len % 4, 0);
	for (size_t i = 0; i < text.len; i++) {
		int digit = digit_of(text.data[i]);

		assert_true(digit >= 0 ||
			    (text.data[i] == '=' && i + 2 >= text.len));
		bits = bits << 6 | (uint32_t)(digit < 0 ? 0 : digit);
		if (i % 4 != 3)
			continue;
		out[count++] = (unsigned char)(bits >> 16);
		out[count++] = (unsigned char)(bits >> 8);
		out[count++] = (unsigned char)bits;
	}
	while (text.len > 0 && text.data[text.len - 1] == '=') {
		text.len--;
		count--;
	}
	return count;
}

/* As libpng reads it. */
static void read_png(struct picture *picture, str address)
{
	static unsigned char bytes[16 * 1024];
	str base64 = str_from(address, STR("data:image/png;base64,").len);
	png_image image = { .version = PNG_IMAGE_VERSION };
	size_t size;

	assert_true(str_starts_with(address, STR("data:image/png;base64,")));
	assert_true(base64.len < sizeof(bytes));
	size = decode_base64(bytes, base64);
	assert_true(png_image_begin_read_from_memory(&image, bytes, size));
	assert_int_equal(image.width, picture->side);
	assert_int_equal(image.height, picture->side);
	image.format = PNG_FORMAT_GRAY;
	assert_true(
		png_image_finish_read(&image, NULL, picture->pixels, 0, NULL));
	assert_int_equal(image.warning_or_error, 0);
}

static void on_element(void *context, const struct xml_element *element)
{
	struct picture *picture = context;
	str text;

	if (!xml_element_is(element, "img"))
		return; /* <html> and <body> are put around it */
	assert_false(xml_element_attribute(element, "style", NULL));
	assert_true(xml_element_attribute(element, "width", &text));
	assert_int_equal(sscanf(text.data, "%d", &picture->side), 1);
	assert_true(xml_element_attribute(element, "alt", &picture->alt));
	assert_true(xml_element_attribute(element, "src", &text));
	read_png(picture, text);
}

/* What a reader of codes makes of the picture: eight pixels a module. */
static void decode(const struct picture *picture, str wanted)
{
	enum { SCALE = 8 };
	zbar_image_scanner_t *scanner = zbar_image_scanner_create();
	zbar_image_t *image = zbar_image_create();
	size_t side = (size_t)picture->side;
	size_t width = side * SCALE;
	unsigned char *pixels = malloc(width * width);
	const zbar_symbol_t *symbol;

	for (size_t y = 0; y < width; y++)
		for (size_t x = 0; x < width; x++)
			pixels[y * width + x] =
				picture->pixels[y / SCALE * side + x / SCALE];
	zbar_image_set_format(image, zbar_fourcc('Y', '8', '0', '0'));
	zbar_image_set_size(image, (unsigned)width, (unsigned)width);
	zbar_image_set_data(image, pixels, width * width, NULL);
	assert_int_equal(zbar_scan_image(scanner, image), 1);
	symbol = zbar_image_first_symbol(image);
	assert_int_equal(zbar_symbol_get_type(symbol), ZBAR_QRCODE);
	assert_true(str_equal((str){ zbar_symbol_get_data(symbol),
				     zbar_symbol_get_data_length(symbol) },
			      wanted));
	zbar_image_destroy(image);
	zbar_image_scanner_destroy(scanner);
	free(pixels);
}

static void read_image(struct picture *picture, str text, str title,
		       struct arena *arena)
{
	struct xml_visitor visitor = { .context = picture, .open = on_element };
	struct xml_problem problem;
	str image;

	*picture = (struct picture){ 0 };
	assert_true(qr_code_image(&image, text, title, arena));
	assert_true(
		xml_read(image, XML_SYNTAX_HTML, &visitor, arena, &problem));
}

/* The picture is the code, with its quiet zone. */
static void draws_the_code(void **state)
{
	static struct picture picture;
	str text = STR("https://jyj.shifan.gov.cn/a/202401/b.html");
	struct arena arena;

	(void)state;
	arena_init(&arena);
	read_image(&picture, text, STR("本页 <\"二维码\"> '&'"), &arena);
	assert_true(str_equal(picture.alt, STR("本页 <\"二维码\"> '&'")));
	assert_int_equal(picture.side, 37);
	for (size_t i = 0; i < 4 * 37; i++)
		assert_int_equal(picture.pixels[i], 255);
	decode(&picture, text);
	arena_release(&arena);
}

/* From the smallest version to large ones, and Chinese names as they are. */
static void readers_find_the_text(void **state)
{
	static const char *const texts[] = {
		"/a",
		"https://www.shifan.gov.cn/",
		"https://fgw.shifan.gov.cn/gk/zcwj/202611/20261119-dongji.html",
		"https://jyj.shifan.gov.cn/中小学/202601/开学通知.html",
		"https://jyj.shifan.gov.cn/xxgk/fdzdgknr/zcwj/202601/"
		"%E5%BC%80%E5%AD%A6%E9%80%9A%E7%9F%A5%E5%BC%80%E5%AD%A6.html",
	};
	static struct picture picture;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		struct arena arena;

		arena_init(&arena);
		read_image(&picture, str_from_c(texts[i]), STR("t"), &arena);
		decode(&picture, str_from_c(texts[i]));
		arena_release(&arena);
	}
}

static void same_text_same_bytes(void **state)
{
	struct arena arena;
	str one;
	str two;

	(void)state;
	arena_init(&arena);
	assert_true(qr_code_image(&one, STR("中文 x"), STR("t"), &arena));
	assert_true(qr_code_image(&two, STR("中文 x"), STR("t"), &arena));
	assert_true(str_equal(one, two));
	arena_release(&arena);
}

static void length_has_a_limit(void **state)
{
	struct arena arena;
	char *text;
	str image;

	(void)state;
	arena_init(&arena);
	text = arena_alloc(&arena, 3000);
	memset(text, 'x', 2999);
	assert_true(
		qr_code_image(&image, (str){ text, 2331 }, STR("t"), &arena));
	assert_false(
		qr_code_image(&image, (str){ text, 2332 }, STR("t"), &arena));
	assert_int_equal(image.len, 0);
	assert_false(qr_code_image(&image, STR(""), STR("t"), &arena));
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(draws_the_code),
		cmocka_unit_test(readers_find_the_text),
		cmocka_unit_test(same_text_same_bytes),
		cmocka_unit_test(length_has_a_limit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
