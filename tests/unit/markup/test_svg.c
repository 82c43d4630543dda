/*
 * Drawings: what draws is kept, what runs or loads is not, whatever form it is
 * written in; and what cannot be read at all.
 */
#include "markup/svg.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "markup/library.h"
#include "markup/xml_data.h"

#define OPEN "<svg xmlns=\"http://www.w3.org/2000/svg\">"
#define XLINK " xmlns:xlink=\"http://www.w3.org/1999/xlink\""

struct row {
	const char *inside; /* of <svg> */
	const char *wanted; /* inside, too */
	const char *removed;
};

static const struct row rows[] = {
	/* kept */
	{ "<path d=\"M0 0h9\" fill=\"#fff\"/>",
	  "<path d=\"M0 0h9\" fill=\"#fff\"/>", "" },
	{ "<text>字 &lt; &amp; &#x56FE;</text>",
	  "<text>字 &lt; &amp; 图</text>", "" },
	{ "<g fill=\"url(#a)\" filter='url( \"#b\" )'/>",
	  "<g fill=\"url(#a)\" filter=\"url( &quot;#b&quot; )\"/>", "" },
	{ "<style>.a{fill:url(#b)}</style>", "<style>.a{fill:url(#b)}</style>",
	  "" },
	{ "<style><![CDATA[.a>b{fill:red}]]></style>",
	  "<style>.a&gt;b{fill:red}</style>", "" },
	{ "<use href=\"#a\" xlink:href=\"#a\"" XLINK "/>",
	  "<use" XLINK " xlink:href=\"#a\"/>", "" },
	{ "<use xlink:href=\"#b\" href=\"#a\"" XLINK "/>",
	  "<use" XLINK " xlink:href=\"#a\"/>", "" },
	{ "<use href=\"#a\"/>", "<use" XLINK " xlink:href=\"#a\"/>", "" },
	{ "<image href=\"data:image/png;base64,AA==\"/>",
	  "<image" XLINK " xlink:href=\"data:image/png;base64,AA==\"/>", "" },
	{ "<title>题</title><desc>说明</desc>",
	  "<title>题</title><desc>说明</desc>", "" },
	{ "<g aria-label=\"图\" xml:space=\"preserve\" data-x=\"1\"/>",
	  "<g aria-label=\"图\" xml:space=\"preserve\"/>", "" },
	/* notes of editors */
	{ "<!-- a --><?b c?><metadata><x/></metadata>", "", "" },
	{ "<i:x xmlns:i=\"http://inkscape.org/\" i:y=\"1\"/>", "", "" },
	{ "<g xmlns:i=\"urn:i\" i:label=\"x\"/>", "<g/>", "" },
	/* scripts */
	{ "<script>alert(1)</script>", "", "<script>" },
	{ "<script href=\"a.js\"/>", "", "<script>" },
	{ "<s:script xmlns:s=\"http://www.w3.org/2000/svg\">1</s:script>", "",
	  "<script>" },
	{ "<h:script xmlns:h=\"http://www.w3.org/1999/xhtml\">1</h:script>", "",
	  "<script>" },
	{ "<script xmlns=\"http://www.w3.org/1999/xhtml\">1</script>", "",
	  "<script>" },
	{ "<g onclick=\"alert(1)\" onLoad=\"1\"/>", "<g/>", "onclick, onLoad" },
	{ "<handler type=\"a\">1</handler>", "", "<handler>" },
	{ "<foreignObject><b xmlns=\"http://www.w3.org/1999/xhtml\" "
	  "onclick=\"1\"/></foreignObject>",
	  "", "<foreignObject>" },
	{ "<iframe/>", "", "<iframe>" },
	/* links */
	{ "<a href=\"https://a.cn/\"><text>x</text></a>",
	  "<g><text>x</text></g>", "<a>, href" },
	{ "<a xlink:href=\"javascript:alert(1)\"" XLINK "/>", "<g/>",
	  "<a>, href" },
	{ "<use href=\"a.svg#b\"/>", "<use/>", "href" },
	{ "<use href=\"data:image/svg+xml;base64,AA==#a\"/>", "<use/>",
	  "href" },
	{ "<image href=\"https://a.cn/a.png\"/>", "<image/>", "href" },
	{ "<image href=\"data:image/svg+xml;base64,AA==\"/>", "<image/>",
	  "href" },
	{ "<image href=\"data:text/html,x\"/>", "<image/>", "href" },
	{ "<image href=\"data:image/png;base64,AA&quot;onload=\"/>", "<image/>",
	  "href" },
	{ "<feImage href=\"#a\"/>", "", "<feImage>" },
	{ "<path href=\"#a\"/>", "<path/>", "href" },
	/* styles */
	{ "<g fill=\"url(https://a.cn/#a)\"/>", "<g/>", "fill" },
	{ "<g fill=\"URL( 'a.svg#a' )\"/>", "<g/>", "fill" },
	{ "<g fill=\"url(#a) url(//a.cn)\"/>", "<g/>", "fill" },
	{ "<g fill=\"\\75rl(//a.cn)\"/>", "<g/>", "fill" },
	{ "<g style=\"fill:url(//a.cn)\"/>", "<g/>", "style" },
	{ "<g style=\"behavior:url(#a)\"/>", "<g/>", "style" },
	{ "<g cursor=\"image-set('a.png' 1x)\"/>", "<g/>", "cursor" },
	{ "<style>@import 'a.css';</style>", "<style/>", "<style>" },
	{ "<style>@\\69mport 'a.css';</style>", "<style/>", "<style>" },
	{ "<style>@import<!-- a --> 'a.css'</style>", "<style/>", "<style>" },
	{ "<style><g/>@import 'a.css';</style>", "<style/>", "<g>, <style>" },
	{ "<style>a{}</style><style>.b{fill:url(x)}</style>",
	  "<style>a{}</style><style/>", "<style>" },
	/* animation */
	{ "<animate attributeName=\"href\" to=\"javascript:1\"/>", "",
	  "<animate>" },
	{ "<set attributeName=\"onclick\" to=\"1\"/>", "", "<set>" },
	{ "<animateTransform/><animateMotion><mpath/></animateMotion>", "",
	  "<animateTransform>, <animateMotion>" },
	/* others */
	{ "<?xml-stylesheet href=\"a.css\"?>", "", "<?xml-stylesheet?>" },
	{ "<g tabindex=\"1\" xml:base=\"https://a.cn/\"/>", "<g/>",
	  "tabindex" },
};

static str inside(const char *text, struct arena *arena)
{
	return arena_printf(arena, OPEN "%s</svg>", text);
}

static void test_clean(void **state)
{
	struct arena arena;

	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct svg_report report;
		str wanted =
			arena_printf(&arena, OPEN "%s</svg>\n", rows[i].wanted);
		str out, again;

		if (rows[i].wanted[0] == '\0')
			wanted = STR("<svg xmlns=\"http://www.w3.org/2000/svg\""
				     "/>\n");
		assert_true(svg_clean(&out, &report,
				      inside(rows[i].inside, &arena), &arena));
		assert_string_equal(arena_c_string(&arena, out),
				    arena_c_string(&arena, wanted));
		assert_string_equal(arena_c_string(&arena, report.removed),
				    rows[i].removed);
		/* what was written stays as it is */
		assert_true(svg_clean(&again, &report, out, &arena));
		assert_int_equal(report.kinds, 0);
		assert_string_equal(arena_c_string(&arena, again),
				    arena_c_string(&arena, out));
	}
	arena_release(&arena);
}

/* Twenty lines that would be a million shapes. */
static str bomb(struct arena *arena)
{
	struct buf out;

	buf_init(&out, arena);
	buf_add_c(&out, OPEN "<g id=\"a0\"><path/></g>");
	for (int i = 1; i <= 20; i++)
		buf_printf(&out,
			   "<g id=\"a%d\"><use href=\"#a%d\"/>"
			   "<use href=\"#a%d\"/></g>",
			   i, i - 1, i - 1);
	buf_add_c(&out, "</svg>");
	return buf_str(&out);
}

static str deep(struct arena *arena, size_t depth)
{
	struct buf out;

	buf_init(&out, arena);
	buf_add_c(&out, OPEN);
	for (size_t i = 1; i < depth; i++)
		buf_add_c(&out, "<g>");
	for (size_t i = 1; i < depth; i++)
		buf_add_c(&out, "</g>");
	buf_add_c(&out, "</svg>");
	return buf_str(&out);
}

static void refused(str bytes, const char *why, struct arena *arena)
{
	struct svg_report report;
	str out;

	assert_false(svg_clean(&out, &report, bytes, arena));
	assert_non_null(strstr(arena_c_string(arena, report.problem), why));
}

static void test_refused(void **state)
{
	struct svg_report report;
	struct arena arena;
	str out;

	(void)state;
	arena_init(&arena);
	refused(STR(""), "", &arena);
	refused(STR("<svg/>"), "no drawing", &arena);
	refused(STR("<html xmlns=\"http://www.w3.org/1999/xhtml\"/>"),
		"no drawing", &arena);
	refused(STR(OPEN "<g></svg>"), "mismatch", &arena);
	refused(STR(OPEN "<g/></svg><script/>"), "", &arena);
	refused(STR("<!DOCTYPE svg [<!ENTITY a \"b\">]>" OPEN "&a;</svg>"),
		"declares", &arena);
	refused(STR(OPEN "&a;</svg>"), "entities", &arena);
	refused(STR("<!DOCTYPE svg SYSTEM \"a.dtd\">" OPEN "&a;</svg>"),
		"entities", &arena);
	refused(STR("<!DOCTYPE svg SYSTEM \"a.dtd\">" OPEN
		    "<g id=\"&a;\"/></svg>"),
		"entities", &arena);
	refused(STR(OPEN "\xff</svg>"), "UTF-8", &arena);
	refused(bomb(&arena), "100,000", &arena);
	refused(deep(&arena, SVG_DEPTH + 1), "128", &arena);
	assert_true(svg_clean(&out, &report, deep(&arena, SVG_DEPTH), &arena));
	/* a drawing that uses itself is never drawn */
	assert_true(svg_clean(&out, &report,
			      STR(OPEN "<g id=\"a\"><use href=\"#a\"/></g>"
				       "</svg>"),
			      &arena));
	/* as old programs write it */
	assert_true(svg_clean(
		&out, &report,
		STR("<?xml version=\"1.0\" encoding=\"GBK\"?><!DOCTYPE svg "
		    "PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/"
		    "Graphics/SVG/1.1/DTD/svg11.dtd\">" OPEN "</svg>"),
		&arena));
	assert_int_equal(report.kinds, 0);
	arena_release(&arena);
}

struct data {
	const char *bytes;
	enum xml_data wanted;
};

static void test_data(void **state)
{
	static const struct data data[] = {
		{ "<a/>", XML_DATA_FITS },
		{ "\xef\xbb\xbf<?xml version=\"1.0\" encoding=\"utf-8\"?><a>"
		  "图</a>",
		  XML_DATA_FITS },
		{ "<kml xmlns=\"http://www.opengis.net/kml/2.2\"/>",
		  XML_DATA_FITS },
		{ "<?pi?><a/>", XML_DATA_FITS },
		{ "<a>", XML_DATA_BROKEN },
		{ "", XML_DATA_BROKEN },
		{ "<a>&b;</a>", XML_DATA_BROKEN },
		{ "<?xml version=\"1.0\" encoding=\"UTF-7\"?><a/>",
		  XML_DATA_BROKEN },
		{ "<?xml version='1.0' encoding='UTF-16'?><a/>",
		  XML_DATA_BROKEN },
		{ "<a x=\"\xff\"/>", XML_DATA_BROKEN },
		{ "<?xml-stylesheet href=\"a\"?><a/>", XML_DATA_ACTIVE },
		{ "<a/><?xml-stylesheet href=\"a\"?>", XML_DATA_ACTIVE },
		{ "<!DOCTYPE a><a/>", XML_DATA_ACTIVE },
		{ "<a xmlns:h=\"http://www.w3.org/1999/xhtml\"/>",
		  XML_DATA_ACTIVE },
		{ "<a><b xmlns=\"http://www.w3.org/2000/svg\"/></a>",
		  XML_DATA_ACTIVE },
		{ "<a xmlns:x=\"http://www.w3.org/1999/XSL/Transform\"/>",
		  XML_DATA_ACTIVE },
	};
	struct xml_problem problem;
	struct arena arena;

	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < COUNT_OF(data); i++) {
		assert_int_equal(xml_data_check(str_from_c(data[i].bytes),
						&problem, &arena),
				 data[i].wanted);
		assert_int_equal(problem.message.len > 0,
				 data[i].wanted != XML_DATA_FITS);
	}
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_clean),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_data),
	};
	int failed;

	markup_library_init();
	failed = cmocka_run_group_tests_name("markup/svg", tests, NULL, NULL);
	markup_library_shutdown();
	return failed;
}
