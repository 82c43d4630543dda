#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <zbar.h>

#include "base/buf.h"
#include "markup/xml_reader.h"
#include "render/qr_code.h"

enum { SIDE_LIMIT = 177 + 8 };

struct drawing {
	str view_box;
	str path;
	bool black[SIDE_LIMIT][SIDE_LIMIT];
};

static void on_element(void *context, const struct xml_element *element)
{
	struct drawing *drawing = context;

	assert_false(xml_element_attribute(element, "style", NULL));
	if (xml_element_is(element, "svg"))
		xml_element_attribute(element, "viewBox", &drawing->view_box);
	if (xml_element_is(element, "path"))
		xml_element_attribute(element, "d", &drawing->path);
}

/* Draws the path, whose pieces are "M<x> <y>h<run>v1h-<run>z". */
static void draw(struct drawing *drawing)
{
	const char *at = drawing->path.data;
	int x;
	int y;
	int run;
	int back;
	int used;

	while (sscanf(at, "M%d %dh%dv1h-%dz%n", &x, &y, &run, &back, &used) ==
	       4) {
		assert_int_equal(run, back);
		for (int i = 0; i < run; i++)
			drawing->black[y][x + i] = true;
		at += used;
	}
}

/* What a reader of codes makes of the picture: eight pixels a module. */
static void decode(const struct drawing *drawing, int side, str wanted)
{
	enum { SCALE = 8 };
	zbar_image_scanner_t *scanner = zbar_image_scanner_create();
	zbar_image_t *image = zbar_image_create();
	size_t width = (size_t)side * SCALE;
	unsigned char *pixels = malloc(width * width);
	const zbar_symbol_t *symbol;

	for (size_t y = 0; y < width; y++)
		for (size_t x = 0; x < width; x++)
			pixels[y * width + x] =
				drawing->black[y / SCALE][x / SCALE] ? 0 : 255;
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

/* The picture is the code, with its quiet zone. */
static void draws_the_code(void **state)
{
	static struct drawing drawing;
	static const char text[] = "https://jyj.shifan.gov.cn/a/202401/b.html";
	struct xml_visitor visitor = { .context = &drawing,
				       .open = on_element };
	struct xml_problem problem;
	struct arena arena;
	str svg;

	(void)state;
	arena_init(&arena);
	assert_true(qr_code_svg(&svg, str_from_c(text),
				STR("本页 <\"二维码\"> '&'"), &arena));
	assert_true(str_find(svg, STR("<title>本页 &lt;&quot;二维码&quot;&gt; "
				      "&#39;&amp;&#39;</title>")) != STR_NONE);
	assert_true(str_find(svg, STR("role=\"img\"")) != STR_NONE);
	assert_true(str_find(svg, STR("viewBox=\"0 0 37 37\"")) != STR_NONE);
	assert_true(xml_read(svg, XML_SYNTAX_XML, &visitor, &arena, &problem));
	draw(&drawing);
	decode(&drawing, 37, str_from_c(text));
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

	(void)state;
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		static struct drawing drawing;
		struct xml_visitor visitor = { .context = &drawing,
					       .open = on_element };
		struct xml_problem problem;
		struct arena arena;
		str svg;
		int side;

		drawing = (struct drawing){ 0 };
		arena_init(&arena);
		assert_true(qr_code_svg(&svg, str_from_c(texts[i]), STR("t"),
					&arena));
		assert_true(xml_read(svg, XML_SYNTAX_XML, &visitor, &arena,
				     &problem));
		assert_int_equal(sscanf(drawing.view_box.data, "0 0 %d", &side),
				 1);
		draw(&drawing);
		decode(&drawing, side, str_from_c(texts[i]));
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
	assert_true(qr_code_svg(&one, STR("中文 x"), STR("t"), &arena));
	assert_true(qr_code_svg(&two, STR("中文 x"), STR("t"), &arena));
	assert_true(str_equal(one, two));
	arena_release(&arena);
}

static void length_has_a_limit(void **state)
{
	struct arena arena;
	char *text;
	str svg;

	(void)state;
	arena_init(&arena);
	text = arena_alloc(&arena, 3000);
	memset(text, 'x', 2999);
	assert_true(qr_code_svg(&svg, (str){ text, 2331 }, STR("t"), &arena));
	assert_false(qr_code_svg(&svg, (str){ text, 2332 }, STR("t"), &arena));
	assert_int_equal(svg.len, 0);
	assert_false(qr_code_svg(&svg, STR(""), STR("t"), &arena));
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
