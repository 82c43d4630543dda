#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "markup/page_facts.h"
#include "markup/xml_writer.h"

static void assert_text(str got, const char *expected)
{
	if (!str_equal_c(got, expected))
		fail_msg("got      %.*s\nexpected %s", STR_ARG(got), expected);
}

static void small_sitemap(void **state)
{
	struct xml_writer writer;
	struct arena arena;
	struct buf out;

	(void)state;
	arena_init(&arena);
	buf_init(&out, &arena);
	xml_begin(&writer, &out);
	xml_open(&writer, "urlset");
	xml_attribute(&writer, "xmlns", STR("http://example/s?a&\"<b>\n中"));
	xml_open(&writer, "url");
	xml_element(&writer, "loc", STR("https://x/?a=1&b=<2>"));
	xml_close(&writer, "url");
	xml_line(&writer);
	xml_open(&writer, "empty");
	xml_attribute(&writer, "a", STR(""));
	xml_close(&writer, "empty");
	xml_element(&writer, "none", STR(""));
	xml_close(&writer, "urlset");
	xml_end(&writer);
	assert_text(buf_str(&out),
		    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		    "<urlset xmlns=\"http://example/s?a&amp;&quot;&lt;b&gt;"
		    "&#10;中\"><url><loc>https://x/?a=1&amp;b=&lt;2&gt;</loc>\n"
		    "</url>\n<empty a=\"\"/><none/>\n</urlset>\n");
	arena_release(&arena);
}

static void forbidden_characters(void **state)
{
	struct xml_writer writer;
	struct arena arena;
	struct buf out;

	(void)state;
	arena_init(&arena);
	buf_init(&out, &arena);
	xml_begin(&writer, &out);
	xml_open(&writer, "a");
	xml_text(&writer, (str){ "x\0\x01\x0b\r\x1f\n\ty\xef\xbf\xbe"
				 "\xff中]]>",
				 19 });
	xml_close(&writer, "a");
	xml_end(&writer);
	assert_text(str_from(buf_str(&out), 39),
		    "<a>x\n\ty\xef\xbf\xbd中]]&gt;</a>\n");
	arena_release(&arena);
}

/* What was written is what is read. */
static void full_sitemap(void **state)
{
	struct xml_problem problem;
	struct xml_writer writer;
	struct list found;
	struct arena arena;
	struct buf out;

	(void)state;
	arena_init(&arena);
	buf_init(&out, &arena);
	xml_begin(&writer, &out);
	xml_open(&writer, "urlset");
	for (int i = 0; i < 50000; i++) {
		xml_open(&writer, "url");
		xml_element(&writer, "loc",
			    arena_printf(&arena, "https://x.cn/%d?a&b", i));
		xml_close(&writer, "url");
	}
	xml_close(&writer, "urlset");
	xml_end(&writer);
	assert_true(sitemap_read(&found, buf_str(&out), &arena, &problem));
	assert_int_equal(found.count, 50000);
	for (int i = 0; i < 50000; i += 777)
		assert_text(
			((str *)found.items)[i],
			arena_printf(&arena, "https://x.cn/%d?a&b", i).data);
	arena_release(&arena);
}

/* A full buffer is told once, and the library's writer is still released. */
static void limit_of_the_buffer(void **state)
{
	struct xml_writer writer;
	struct arena arena;
	struct buf out;

	(void)state;
	arena_init(&arena);
	buf_init_limited(&out, &arena, 50);
	xml_begin(&writer, &out);
	xml_open(&writer, "a");
	xml_text(&writer, STR("a text that is longer than what is left here"));
	xml_close(&writer, "a");
	xml_end(&writer);
	assert_true(out.full);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(small_sitemap),
		cmocka_unit_test(forbidden_characters),
		cmocka_unit_test(full_sitemap),
		cmocka_unit_test(limit_of_the_buffer),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
