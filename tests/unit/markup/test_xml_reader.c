#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "markup/page_facts.h"

static void assert_text(str got, const char *expected)
{
	if (!str_equal_c(got, expected))
		fail_msg("got      %.*s\nexpected %s", STR_ARG(got), expected);
}

static str text_at(const struct list *list, size_t at)
{
	assert_true(at < list->count);
	return ((const str *)list->items)[at];
}

/* --- the visitor ---------------------------------------------------------- */

struct trace {
	struct buf text;
};

static void on_open(void *context, const struct xml_element *element)
{
	struct trace *trace = context;
	const struct xml_element *parent = xml_element_parent(element);
	str value;

	buf_printf(&trace->text, "<%.*s", STR_ARG(xml_element_name(element)));
	if (parent != NULL)
		buf_printf(&trace->text, "^%.*s",
			   STR_ARG(xml_element_name(parent)));
	if (xml_element_attribute(element, "k", &value))
		buf_printf(&trace->text, " k=%.*s", STR_ARG(value));
	buf_add_byte(&trace->text, '>');
}

static void on_text(void *context, const struct xml_element *element, str text)
{
	struct trace *trace = context;

	buf_printf(&trace->text, "[%.*s:%.*s]",
		   STR_ARG(xml_element_name(element)), STR_ARG(text));
}

static void visits(void **state)
{
	struct arena arena;
	struct trace trace;
	struct xml_visitor visitor = { &trace, on_open, on_text, "b c" };
	struct xml_problem problem;

	(void)state;
	arena_init(&arena);
	buf_init(&trace.text, &arena);
	assert_true(xml_read(
		STR("<a k='1&amp;2'>x<b>y<c k=''>z&lt;&#20013;</c>w</b>"
		    "<n:d/><b><![CDATA[<q>]]></b></a>"),
		XML_SYNTAX_XML, &visitor, &arena, &problem));
	assert_text(buf_str(&trace.text),
		    "<a k=1&2><b^a><c^b k=>[c:z<中][b:yz<中w]<n:d^a><b^a>"
		    "[b:<q>]");
	arena_release(&arena);
}

static bool is_read(str file, struct arena *arena, struct xml_problem *problem)
{
	struct xml_visitor visitor = { 0 };

	return xml_read(file, XML_SYNTAX_XML, &visitor, arena, problem);
}

static void bad_xml_is_refused(void **state)
{
	static const struct {
		const char *file;
		size_t line;
		const char *message;
	} rows[] = {
		{ "", 0, "the file is empty" },
		{ "<a>\n<b>\n</a>", 3, "tag mismatch" },
		{ "<a>", 1, "Premature end" },
		{ "<a>&nbsp;</a>", 1, "nbsp" },
		{ "<a b='1' b='2'/>", 1, "redefined" },
		{ "<a>\x01</a>", 1, "" },
		{ "<a>\xff</a>", 1, "" },
		{ "<a/><b/>", 1, "" },
	};
	struct arena arena;

	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct xml_problem problem;

		assert_false(
			is_read(str_from_c(rows[i].file), &arena, &problem));
		if (problem.line != rows[i].line || problem.message.len == 0 ||
		    str_find(problem.message, str_from_c(rows[i].message)) ==
			    STR_NONE)
			fail_msg("%s: line %zu: %.*s", rows[i].file,
				 problem.line, STR_ARG(problem.message));
	}
	arena_release(&arena);
}

/* Nothing is declared, so nothing can be expanded or fetched. */
static void entities_are_refused(void **state)
{
	static const char *const files[] = {
		"<!DOCTYPE a [<!ENTITY l 'lol'><!ENTITY m '&l;&l;&l;&l;&l;'>"
		"<!ENTITY n '&m;&m;&m;&m;&m;'><!ENTITY o '&n;&n;&n;&n;&n;'>"
		"]><a>&o;</a>",
		"<!DOCTYPE a [<!ENTITY l '&l;'>]><a>&l;</a>",
		"<!DOCTYPE a [<!ENTITY l SYSTEM 'file:///etc/passwd'>]><a>&l;"
		"</a>",
		"<!DOCTYPE a SYSTEM 'http://127.0.0.1:1/x.dtd'><a/>",
		"<!DOCTYPE a [<!ENTITY % l SYSTEM 'file:///x'> %l;]><a/>",
	};
	struct arena arena;

	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < COUNT_OF(files); i++) {
		struct xml_problem problem;

		assert_false(is_read(str_from_c(files[i]), &arena, &problem));
		assert_text(problem.message,
			    "a document type declaration is not allowed here");
	}
	arena_release(&arena);
}

static str repeat(const char *part, size_t count, struct arena *arena)
{
	struct buf out;

	buf_init(&out, arena);
	while (count-- > 0)
		buf_add_c(&out, part);
	return buf_str(&out);
}

static void limits(void **state)
{
	struct xml_problem problem;
	struct arena arena;
	struct buf tag;

	(void)state;
	arena_init(&arena);
	assert_false(is_read(repeat("<a>", 100000, &arena), &arena, &problem));
	assert_true(problem.message.len > 0);
	buf_init(&tag, &arena);
	buf_add(&tag, STR("<a"));
	for (int i = 0; i < 300; i++)
		buf_printf(&tag, " a%d=''", i);
	buf_add(&tag, STR("/>"));
	assert_false(is_read(buf_str(&tag), &arena, &problem));
	assert_text(problem.message, "a tag has too many attributes");
	assert_false(is_read((str){ "", XML_LIMIT_XML + 1 }, &arena, &problem));
	assert_text(problem.message, "the file is too large");
	arena_release(&arena);
}

/* A sitemap of 20 MiB takes the memory of its list, not of a tree. */
static void memory_is_bounded(void **state)
{
	struct xml_problem problem;
	struct arena arena;
	struct arena scratch;
	struct list found;
	struct buf out;
	size_t before;

	(void)state;
	arena_init(&arena);
	arena_init(&scratch);
	buf_init(&out, &arena);
	buf_add(&out, STR("<urlset>"));
	while (out.len < 20 * 1024 * 1024)
		buf_add(&out, STR("<url><loc>https://x.cn/</loc><lastmod k='v'"
				  ">2024-01-01</lastmod><note>a long text "
				  "nobody asked for</note></url>"));
	buf_add(&out, STR("</urlset>"));
	before = scratch.total;
	assert_true(sitemap_read(&found, buf_str(&out), &scratch, &problem));
	assert_true(found.count > 150000);
	assert_true(scratch.total - before < 24u * 1024 * 1024);
	arena_release(&scratch);
	arena_release(&arena);
}

/* --- sitemaps and feeds -------------------------------------------------- */

static void sitemaps(void **state)
{
	struct xml_problem problem;
	struct arena arena;
	struct list found;

	(void)state;
	arena_init(&arena);
	assert_true(sitemap_read(
		&found,
		STR("<?xml version='1.0'?><urlset xmlns='http://www.sitemaps."
		    "org/schemas/sitemap/0.9' xmlns:i='u'><url><loc> https://x"
		    "/?a&amp;b </loc><i:image><i:loc>no</i:loc></i:image>"
		    "</url><url><loc>https://y/</loc></url></urlset>"),
		&arena, &problem));
	assert_int_equal(found.count, 2);
	assert_text(text_at(&found, 0), "https://x/?a&b");
	assert_text(text_at(&found, 1), "https://y/");
	assert_true(sitemap_read(
		&found,
		STR("<sitemapindex><sitemap><loc>https://x/1.xml</loc>"
		    "</sitemap></sitemapindex>"),
		&arena, &problem));
	assert_int_equal(found.count, 1);
	arena_release(&arena);
}

static void feeds(void **state)
{
	struct xml_problem problem;
	struct arena arena;
	struct list found;

	(void)state;
	arena_init(&arena);
	assert_true(feed_read(
		&found,
		STR("<feed xmlns='http://www.w3.org/2005/Atom'><link href="
		    "'self'/><entry><link rel='alternate' href='a'/><link rel="
		    "'enclosure' href='no'/></entry><entry><link href='b'/>"
		    "</entry></feed>"),
		&arena, &problem));
	assert_int_equal(found.count, 2);
	assert_text(text_at(&found, 0), "a");
	assert_text(text_at(&found, 1), "b");
	arena_release(&arena);
}

/* --- pages --------------------------------------------------------------- */

static const char page[] =
	"<!DOCTYPE html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\">"
	"<title>标题 &amp;\n 示范市</title>"
	"<meta name=\"SiteName\" content=\"示范市\">"
	"<meta property=\"og:title\" content=\"x\">"
	"<link rel=\"canonical\" href=\"https://x/a.html\">"
	"<script type=\"application/ld+json\">{\"a\":\"<a href=x>\"}</script>"
	"</head><body id=\"top\">"
	"<a href=\"#main\">skip</a>"
	"<header><a href=\"/\"><img src=\"l.svg\" alt=\"\"></a>"
	"<nav aria-label=\"栏目\"><ul><li><a href=\"/n/\">新 闻</a></li></ul>"
	"</nav></header>"
	"<nav aria-label=\"面包屑\"><a href=\"/b\">首页</a></nav>"
	"<main id=\"main\"><div class=\"the-breadcrumb\"><a href=\"/c\">c</a>"
	"</div><article><header><h1>大 <b>标题</b></h1></header>"
	"<p>x <a rel=\"nofollow\" href=\"/d?a=1&amp;b=2\">d <b>e</b>\n f</a>"
	"<a name=x>no link</a></p><video><source src=\"v\"></video>"
	"<section><nav><a href=\"/toc\">toc</a></nav></section>"
	"<img src=\"i.png\" alt=\"图\"><img src=\"j.png\">"
	"<footer><a href=\"/source\">s</a></footer></article></main>"
	"<footer><nav><a href=\"/f\" aria-label=\"F\">f</a></nav></footer>"
	"</body></html>";

static const struct {
	const char *href;
	const char *text;
	enum landmark part;
} links[] = {
	{ "#main", "skip", LANDMARK_NONE },
	{ "/", "", LANDMARK_HEADER },
	{ "/n/", "新 闻", LANDMARK_NAVIGATION },
	{ "/b", "首页", LANDMARK_BREADCRUMB },
	{ "/c", "c", LANDMARK_BREADCRUMB },
	{ "/d?a=1&b=2", "d e f", LANDMARK_MAIN },
	{ "/toc", "toc", LANDMARK_SIDE },
	{ "/source", "s", LANDMARK_MAIN },
	{ "/f", "f", LANDMARK_FOOTER },
};

static void check_links(const struct page_facts *facts)
{
	assert_int_equal(facts->links.count, COUNT_OF(links));
	for (size_t i = 0; i < COUNT_OF(links); i++) {
		const struct page_link *link =
			&((const struct page_link *)facts->links.items)[i];

		assert_text(link->href, links[i].href);
		assert_text(link->text, links[i].text);
		assert_int_equal(link->part, links[i].part);
	}
}

static void facts_of_a_page(void **state)
{
	const struct page_image *images;
	const struct page_meta *metas;
	struct xml_problem problem;
	struct page_facts facts;
	struct arena arena;

	(void)state;
	arena_init(&arena);
	assert_true(
		page_facts_read(&facts, str_from_c(page), &arena, &problem));
	assert_text(facts.title, "标题 & 示范市");
	assert_text(facts.language, "zh-CN");
	assert_text(facts.canonical, "https://x/a.html");
	check_links(&facts);
	assert_text(((struct page_link *)facts.links.items)[5].rel, "nofollow");
	assert_text(((struct page_link *)facts.links.items)[8].label, "F");
	images = facts.images.items;
	assert_int_equal(facts.images.count, 3);
	assert_true(images[0].has_alt);
	assert_text(images[1].alt, "图");
	assert_false(images[2].has_alt);
	metas = facts.metas.items;
	assert_int_equal(facts.metas.count, 2);
	assert_text(metas[0].name, "SiteName");
	assert_text(metas[0].content, "示范市");
	assert_text(metas[1].name, "og:title");
	assert_int_equal(facts.ids.count, 2);
	assert_text(text_at(&facts.ids, 1), "main");
	assert_int_equal(facts.headings.count, 1);
	assert_text(text_at(&facts.headings, 0), "大 标题");
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(visits),
		cmocka_unit_test(bad_xml_is_refused),
		cmocka_unit_test(entities_are_refused),
		cmocka_unit_test(limits),
		cmocka_unit_test(memory_is_bounded),
		cmocka_unit_test(sitemaps),
		cmocka_unit_test(feeds),
		cmocka_unit_test(facts_of_a_page),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
