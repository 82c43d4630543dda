#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <qrencode.h>

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

static void compare(const struct drawing *drawing, const char *text)
{
	QRcode *code =
		QRcode_encodeData((int)strlen(text),
				  (const unsigned char *)text, 0, QR_ECLEVEL_M);

	assert_non_null(code);
	for (int y = 0; y < code->width + 8; y++)
		for (int x = 0; x < code->width + 8; x++) {
			bool inside = x >= 4 && y >= 4 && x < code->width + 4 &&
				      y < code->width + 4;
			bool black =
				inside &&
				(code->data[(y - 4) * code->width + x - 4] & 1);

			assert_int_equal(drawing->black[y][x], black);
		}
	QRcode_free(code);
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
	compare(&drawing, text);
	arena_release(&arena);
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
		cmocka_unit_test(same_text_same_bytes),
		cmocka_unit_test(length_has_a_limit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
