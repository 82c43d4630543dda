#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "markup/html.h"
#include "markup/html_allow.h"
#include "markup/xml_reader.h"
#include "support/html_attacks.h"
#include "support/html_judge.h"

static const struct html_options plain = { 0 };

static str clean(const char *fragment, struct arena *arena)
{
	str out;

	assert_true(html_clean(&out, str_from_c(fragment), &plain, arena));
	return out;
}

static void assert_text(str got, const char *expected)
{
	if (!str_equal_c(got, expected))
		fail_msg("got      %.*s\nexpected %s", STR_ARG(got), expected);
}

/* --- libxml2 must find only what was meant ------------------------------- */

struct found {
	size_t elements;
};

static void on_element(void *context, const struct xml_element *element)
{
	struct found *found = context;
	str name = xml_element_name(element);

	found->elements++;
	if (!html_judge_knows(name) && !str_equal_c(name, "html") &&
	    !str_equal_c(name, "body"))
		fail_msg("libxml2 finds <%.*s>", STR_ARG(name));
}

static size_t count_tags(str text)
{
	size_t count = 0;

	for (size_t i = 0; i + 1 < text.len; i++)
		count += text.data[i] == '<' && text.data[i + 1] != '/';
	return count;
}

static void assert_reads_back(str text, struct arena *arena)
{
	struct found found = { 0 };
	struct xml_visitor visitor = { .context = &found, .open = on_element };
	struct xml_problem problem;
	str page = arena_printf(arena, "<html><body>%.*s</body></html>",
				STR_ARG(text));

	assert_true(xml_read(page, XML_SYNTAX_HTML, &visitor, arena, &problem));
	assert_int_equal(found.elements, count_tags(text) + 2);
}

static void assert_stable(str text, struct arena *arena)
{
	str again;

	assert_true(html_clean(&again, text, &plain, arena));
	if (!str_equal(again, text))
		fail_msg("once  %.*s\ntwice %.*s", STR_ARG(text),
			 STR_ARG(again));
}

static void assert_good(str fragment, struct arena *arena)
{
	str out;

	assert_true(html_clean(&out, fragment, &plain, arena));
	html_judge_safe(out);
	assert_reads_back(out, arena);
	assert_stable(out, arena);
}

/* --- attacks ------------------------------------------------------------- */

static void attacks_fail(void **state)
{
	struct arena arena;

	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < html_attack_count; i++) {
		assert_good(str_from_c(html_attacks[i]), &arena);
		assert_good(
			arena_printf(&arena, "<p>a %s b</p>", html_attacks[i]),
			&arena);
		assert_good(arena_printf(&arena, "<table><tr><td><a href=x>%s",
					 html_attacks[i]),
			    &arena);
		assert_good(arena_printf(&arena, "<b><custom><svg></svg>%s",
					 html_attacks[i]),
			    &arena);
		arena_reset(&arena);
	}
	arena_release(&arena);
}

/* Attacks behind each other: an earlier one may open what hides a later. */
static void attacks_in_pairs_fail(void **state)
{
	struct arena arena;

	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < html_attack_count; i++)
		for (size_t j = i % 11; j < html_attack_count; j += 11) {
			str out;

			assert_true(html_clean(&out,
					       arena_printf(&arena, "%s%s",
							    html_attacks[i],
							    html_attacks[j]),
					       &plain, &arena));
			html_judge_safe(out);
			arena_reset(&arena);
		}
	arena_release(&arena);
}

static void null_bytes(void **state)
{
	static const char *const texts[] = {
		"<scr\0ipt>alert(1)</scr\0ipt>x",
		"<a href='java\0script:alert(1)'>xxxx</a>",
		"<img src=x on\0error=alert(1)>xxxxxxxxx",
		"\0\0<p>\0x</p>xxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
	};
	struct arena arena;

	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < COUNT_OF(texts); i++)
		assert_good((str){ texts[i], 28 }, &arena);
	arena_release(&arena);
}

/* --- exact results ------------------------------------------------------- */

static const struct {
	const char *in;
	const char *out;
} results[] = {
	{ "", "" },
	{ "plain & text", "plain &amp; text" },
	{ "<p class=\"indent\">text <strong>b</strong></p>",
	  "<p class=\"indent\">text <strong>b</strong></p>" },
	{ "<p class='stamp indent footer'>x</p>", "<p class=\"indent\">x</p>" },
	{ "<p align=CENTER>甲</p><td style='text-align:right;width:33%'>乙",
	  "<p class=\"align-center\">甲</p><table><tbody><tr>"
	  "<td class=\"align-right width-35\">乙</td></tr></tbody></table>" },
	{ "<ol style='list-style-type: upper-roman'><li>甲</ol>",
	  "<ol type=\"I\"><li>甲</li></ol>" },
	{ "<span style='text-decoration:line-through;font-weight:bold'>10元"
	  "</span>5元",
	  "<span><b><s>10元</s></b></span>5元" },
	{ "<p style='text-indent:2em'>甲</p>", "<p class=\"indent\">甲</p>" },
	{ "<table width='100%'><tr><td width=200>x</table>",
	  "<table class=\"width-100\"><tbody><tr><td>x</td></tr></tbody>"
	  "</table>" },
	{ "<a name=x></a><a name=y id=z>b</a>",
	  "<a id=\"x\"></a><a id=\"y\"><span id=\"z\"></span>b</a>" },
	{ "<a href=x></a><p></p>y", "y" },
	{ "a</br>b", "a<br>b" },
	{ "<select><option>甲<option>乙</select>", "  甲  乙  " },
	{ "<colgroup>甲<col></colgroup>",
	  "<table><colgroup><col></colgroup></table>甲" },
	{ "<embed src=a.swf>甲<param>乙<basefont>丙<frame>丁", "甲乙丙丁" },
	{ "<noscript>甲</noscript><object><param>乙</object>", "甲乙" },
	{ "<p>甲<table><tr><td>乙</table>丙</p>丁",
	  "<p>甲</p><table><tbody><tr><td>乙</td></tr></tbody></table>丙丁" },
	{ "a<br>b<hr/>c", "a<br>b<hr>c" },
	{ "<script>x</script>y", "y" },
	{ "<font color=red>x</font>", "x" },
	{ "<h1>x</h1>", "<h2>x</h2>" },
	{ "<center>x</center>", "<div class=\"align-center\">x</div>" },
	{ "<a href='/x?a=1&b=2' target=_blank rel='nofollow noopener'>y</a>",
	  "<a href=\"/x?a=1&amp;b=2\" rel=\"nofollow noopener\">y</a>" },
	{ "<a href=\"javascript:x\">y</a>", "<a>y</a>" },
	{ "<a href='附件 1.pdf'>y</a>",
	  "<a href=\"%E9%99%84%E4%BB%B6%201.pdf\">y</a>" },
	{ "<a href='http://[::1]/'>y</a>", "<a href=\"http://[::1]/\">y</a>" },
	{ "<a href='mailto:a@b.c'>m</a><a href='tel:+86-1'>t</a>",
	  "<a href=\"mailto:a@b.c\">m</a><a href=\"tel:+86-1\">t</a>" },
	{ "<img src=a.png alt='x \"y\"' width=10 height=5px>",
	  "<img src=\"a.png\" alt=\"x &quot;y&quot;\" width=\"10\""
	  " height=\"5\">" },
	{ "<img alt=x>", "x" },
	{ "<p>a<section>b</section>c", "<div>a<section>b</section>c</div>" },
	{ "<span><div>a</div></span>", "<div><div>a</div></div>" },
	{ "<b><section>a</section></b>", "<section>a</section>" },
	{ "<a href=x><div>a</div></a>", "<a href=\"x\"><div>a</div></a>" },
	{ "<h2><div>a</div><div>b</div></h2>", "<h2>a b</h2>" },
	{ "<ul>a<li>b</li></ul>", "<ul><li>a</li><li>b</li></ul>" },
	{ "<li>a</li><li>b</li>c", "<ul><li>a</li><li>b</li></ul>c" },
	{ "<table><tr><td>a<td>b</table>",
	  "<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>" },
	{ "<td>a</td>", "<table><tbody><tr><td>a</td></tr></tbody></table>" },
	{ "<table><col><tr><th scope=row>a</table>",
	  "<table><colgroup><col></colgroup><tbody><tr><th scope=\"row\">a"
	  "</th></tr></tbody></table>" },
	{ "<a href=x>a<a href=y>b</a></a>",
	  "<a href=\"x\">a</a><a href=\"y\">b</a>" },
	{ "<a href=x>a<i><a href=y>b</a></i></a>",
	  "<a href=\"x\">a<i>b</i></a>" },
	{ "<video controls><source src=a.mp4 type=video/mp4><track "
	  "src=a.vtt kind=captions srclang=zh label=中文>no</video>",
	  "<video controls=\"\"><source src=\"a.mp4\" type=\"video/mp4\">"
	  "<track src=\"a.vtt\" kind=\"captions\" srclang=\"zh\" "
	  "label=\"中文\">no</video>" },
	{ "<input type=checkbox disabled checked> x",
	  "<input type=\"checkbox\" disabled=\"\" checked=\"\"> x" },
	{ "<input type=checkbox> x", " x" },
	{ "<p id=a>1</p><p id=a>2</p>", "<p id=\"a\">1</p><p>2</p>" },
	{ "<p tabindex=0>1</p><p tabindex=5>2</p>",
	  "<p tabindex=\"0\">1</p><p>2</p>" },
	{ "<ruby>汉<rp>(</rp><rt>han</rt><rp>)</rp></ruby>",
	  "<ruby>汉<rp>(</rp><rt>han</rt><rp>)</rp></ruby>" },
	{ "<pre>\n\nx</pre>", "<pre>\n\nx</pre>" },
	{ "a\r\nb\rc\fd", "a\nb\nc d" },
	{ "&nbsp;&hellip;&eacute;&#39;", "\xc2\xa0…é&#39;" },
	{ "</body></html>after", "<p>after</p>" },
	{ "<ol start=-3 type=a><li>x</ol>",
	  "<ol start=\"-3\" type=\"a\"><li>x</li></ol>" },
};

static void exact_results(void **state)
{
	struct arena arena;

	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < COUNT_OF(results); i++) {
		assert_text(clean(results[i].in, &arena), results[i].out);
		assert_good(str_from_c(results[i].in), &arena);
	}
	arena_release(&arena);
}

/* --- what is told ----------------------------------------------------------
 */

struct told {
	struct buf text;
	str fragment;
};

/* "reason element attribute value @place" for each remark. */
static void tell(void *context, const struct html_remark *remark)
{
	static const char *const reasons[HTML_REASON_COUNT] = {
		"active", "head",     "look",	   "signs",  "form",  "frame",
		"embed",  "word",     "unknown",   "no-use", "value", "scheme",
		"class",  "missing",  "hidden",	   "twice",  "title", "nested",
		"stray",  "unclosed", "swallowed",
	};
	struct told *told = context;

	buf_printf(&told->text, "%s %.*s", reasons[remark->reason],
		   STR_ARG(remark->element));
	if (remark->attribute.len > 0)
		buf_printf(&told->text, ".%.*s", STR_ARG(remark->attribute));
	if (remark->value.len > 0)
		buf_printf(&told->text, "=%.*s", STR_ARG(remark->value));
	buf_printf(&told->text, "%s @%.*s;", remark->has_gone ? "!" : "",
		   STR_ARG(str_between(told->fragment, remark->start,
				       remark->end)));
}

static const struct {
	const char *in;
	const char *told;
} remarks[] = {
	{ "<p>x</p><!-- x --><br/>", "" },
	{ "<script>x</script><style></style>",
	  "active script! @<script;look style! @<style;" },
	{ "<p onclick=x>y</p>", "active p.onclick @onclick=x;" },
	{ "<a href=JavaScript:x>y</a>",
	  "scheme a.href=javascript: @href=JavaScript:x;" },
	{ "<p style='x:y; COLOR: red'>y</p><font>z</font>",
	  "look p.style=x @style='x:y; COLOR: red';"
	  "look p.style=color @style='x:y; COLOR: red';look font @<font;" },
	{ "<font face='Webdings'>a</font><i style='font-family: wingdings 2'>b",
	  "signs font @<font face='Webdings';"
	  "signs i.style=font-family @style='font-family: wingdings 2';"
	  "unclosed i @<i;" },
	{ "甲<o:p>乙</o:p><P CLASS=MsoNormal STYLE='mso-a:b'>丙",
	  "word o:p @<o:p;word p.class=MsoNormal @CLASS=MsoNormal;"
	  "word p.style=mso-a @STYLE='mso-a:b';" },
	{ "<p title=\"a onclick=b\" onclick = 'c'>x",
	  "active p.onclick @onclick = 'c';" },
	{ "<div class='banner align-left'>x</div>",
	  "class div.class=banner @class='banner align-left';" },
	{ "<b>x", "unclosed b @<b;" },
	{ "<ul><li>x<li>y</ul><table><tr><td>z</table><p>q", "" },
	{ "x</div></b></p></font>", "stray div @</div>;stray b @</b>;" },
	{ "<a href=x>1<a href=y>2</a>", "nested a @<a;" },
	{ "<a name=x>1<a name=y>2</a>", "" },
	{ "<img alt=x>", "missing img @<img alt=x;" },
	{ "<p id=a>1</p><p id=a>2</p>", "twice p.id=a @id=a;" },
	{ "<a id=a name=a>1</a><a id=b name=c>2</a>", "" },
	{ "x<script>y", "active script! @<script;swallowed script! @<script;" },
	{ "<iframe src=https://a.cn/>x</iframe>",
	  "frame iframe! @<iframe src=https://a.cn/;" },
	{ "<select><option>甲<option>乙</select>",
	  "form select @<select;form option @<option;form option @<option;" },
	{ "<p style=display:none>x</p>",
	  "hidden p.style=display @style=display:none;" },
	{ "<img src=x width=10em>", "value img.width=10em @width=10em;" },
};

static void what_is_told(void **state)
{
	struct arena arena;

	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < COUNT_OF(remarks); i++) {
		struct told told = { .fragment = str_from_c(remarks[i].in) };
		struct html_options options = { .report = tell,
						.context = &told };
		str out;

		buf_init(&told.text, &arena);
		assert_true(html_clean(&out, told.fragment, &options, &arena));
		assert_text(buf_str(&told.text), remarks[i].told);
	}
	arena_release(&arena);
}

/* --- addresses -------------------------------------------------------------
 */

static bool rewrite(void *context, struct html_target *target,
		    enum html_use use, size_t at)
{
	(void)context;
	(void)at;
	if (str_equal_c(target->address, "gone"))
		return false;
	if (str_equal_c(target->address, "trick"))
		target->address = STR("javascript:x");
	else if (str_starts_with(target->address, STR("#")))
		target->address = STR("#z");
	else
		target->address = use == HTML_USE_LINK	  ? STR("/a?b&c")
				  : use == HTML_USE_IMAGE ? STR("/i")
							  : STR("/f");
	if (use == HTML_USE_FRAME)
		target->attributes = STR(" class=\"outside\"");
	return true;
}

static void addresses_are_resolved(void **state)
{
	struct html_options options = { .address = rewrite,
					.id_prefix = STR("user-"),
					.frame_label = STR("视频") };
	struct arena arena;
	str out;

	(void)state;
	arena_init(&arena);
	assert_true(html_clean(
		&out,
		STR("<a href=x id=q>1</a><img src=x><a href=gone>2</a>"
		    "<a href=trick>3</a><a href='#q'>4</a>"
		    "<img srcset='a.png 1x, gone 2x,c.png' alt=甲>"
		    "<img src=gone alt=乙><iframe src=x></iframe>"
		    "<video poster=p><source src=v><track src=t></video>"),
		&options, &arena));
	assert_text(out, "<a href=\"/a?b&amp;c\" id=\"user-q\">1</a>"
			 "<img src=\"/i\"><span class=\"dead-link\">2</span>"
			 "<a>3</a><a href=\"#z\">4</a>"
			 "<img srcset=\"/i 1x, /i\" alt=\"甲\">乙"
			 "<a href=\"/f\" class=\"outside\">视频</a>"
			 "<video poster=\"/i\"><source src=\"/i\">"
			 "<track src=\"/i\"></video>");
	arena_release(&arena);
}

static void schemes(void **state)
{
	static const struct {
		const char *address;
		const char *scheme;
	} rows[] = {
		{ "", "" },
		{ "a/b", "" },
		{ "/a:b", "" },
		{ "?a:b", "" },
		{ "HTTP://x", "http" },
		{ "//x", "https" },
		{ "/\\x", "https" },
		{ " \x01\tjava\nscript:x", "javascript" },
		{ "1a:b", "" },
		{ "附件1:名单.pdf", "" },
		{ "a+b-c.d:x", "a+b-c.d" },
		{ ":x", "" },
	};
	struct arena arena;

	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		assert_text(
			html_url_scheme(str_from_c(rows[i].address), &arena),
			rows[i].scheme);
	arena_release(&arena);
}

static void escaping(void **state)
{
	struct arena arena;
	struct buf out;

	(void)state;
	arena_init(&arena);
	buf_init(&out, &arena);
	html_escape(&out, STR("a<b>&\"'c"));
	assert_text(buf_str(&out), "a&lt;b&gt;&amp;&quot;&#39;c");
	buf_init(&out, &arena);
	html_escape_url(&out, STR("http://x/é %20[\"]\\?a=b&c#d"));
	assert_text(buf_str(&out), "http://x/%C3%A9%20%20%5B%22%5D%5C?a=b&c#d");
	arena_release(&arena);
}

/* --- limits -------------------------------------------------------------- */

static str repeat(str part, size_t bytes, struct arena *arena)
{
	struct buf out;

	buf_init(&out, arena);
	while (out.len + part.len <= bytes)
		buf_add(&out, part);
	return buf_str(&out);
}

static double seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void limits_are_refusals(void **state)
{
	struct arena arena;
	struct buf tag;
	str out;

	(void)state;
	arena_init(&arena);
	assert_true(html_clean(&out, repeat(STR("x"), HTML_LIMIT, &arena),
			       &plain, &arena));
	assert_false(html_clean(&out, repeat(STR("x"), HTML_LIMIT + 1, &arena),
				&plain, &arena));
	assert_true(html_clean(&out, repeat(STR("<div>"), 5 * 250, &arena),
			       &plain, &arena));
	/* each cell gets <tbody> and <tr> around it, which count too */
	assert_true(html_clean(&out,
			       repeat(STR("<div><table><td>"), 16 * 50, &arena),
			       &plain, &arena));
	assert_reads_back(out, &arena);
	assert_false(html_clean(
		&out, repeat(STR("<div><table><td>"), 16 * 60, &arena), &plain,
		&arena));
	assert_false(html_clean(&out, repeat(STR("<div>"), 5 * 300, &arena),
				&plain, &arena));
	buf_init(&tag, &arena);
	buf_add(&tag, STR("<!-- <a title=\" --><p"));
	for (int i = 0; i < 1000; i++)
		buf_printf(&tag, " a%d", i);
	buf_add(&tag, STR(" title=\">\">"));
	assert_false(html_clean(&out, buf_str(&tag), &plain, &arena));
	arena_release(&arena);
}

/* Shapes that made parsers slow; quadratic time would be minutes. */
static void time_is_linear(void **state)
{
	static const char *const parts[] = {
		"<",	   "<a ",      "<p>",	      "<!--",	  "&",
		"&#",	   "&lt;",     "</p>",	      "<b></i>",  "<a href='",
		"<li>",	   "<p><a>",   "<table>x",    "]]>",	  "<script>",
		"<td>",	   "<?",       "<!DOCTYPE ",  "<x a=1>",  "x ",
		"\n",	   "<svg><p>", "<img src=x>", "<p id=a>", "<br>",
		"<h2><p>", "</x>",     "<p title=\"", "&hellip;", "<dd><dt>",
	};
	struct arena arena;

	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < COUNT_OF(parts); i++) {
		double start;
		str out;
		str text =
			repeat(str_from_c(parts[i]), 1024 * 1024 / 2, &arena);

		start = seconds();
		if (html_clean(&out, text, &plain, &arena))
			html_judge_safe(out);
		if (seconds() - start > 10)
			fail_msg("%s took %.1f s", parts[i], seconds() - start);
		arena_reset(&arena);
	}
	arena_release(&arena);
}

/* --- random fragments ---------------------------------------------------- */

static const char *const pieces[] = {
	"<",
	">",
	"\"",
	"'",
	"=",
	" ",
	"/",
	"x",
	"中",
	"&",
	"&lt;",
	"&#x3c;",
	"\n",
	"<!--",
	"-->",
	"<![CDATA[",
	"]]>",
	"<?x",
	"<a href=x>",
	"</a>",
	"<b>",
	"</b>",
	"<i title='",
	"<p>",
	"</p>",
	"<div>",
	"</div>",
	"<ul>",
	"<li>",
	"</ul>",
	"<table>",
	"<tr>",
	"<td>",
	"</table>",
	"<caption>",
	"<col>",
	"<dl>",
	"<dt>",
	"<dd>",
	"<pre>",
	"<svg>",
	"</svg>",
	"<math>",
	"<style>",
	"</style>",
	"<script>",
	"</script>",
	"<noscript>",
	"</noscript>",
	"<select>",
	"<template>",
	"<textarea>",
	"</textarea>",
	"<custom>",
	"</custom>",
	"<img src=x onerror=y>",
	"<details>",
	"<summary>",
	"</details>",
	"<figure>",
	"<figcaption>",
	"<ruby>",
	"<rt>",
	"</ruby>",
	"<video>",
	"<source src=x>",
	"</video>",
	"<section>",
	"</section>",
	"<h1>",
	"</h1>",
	"<h3>",
	"</h3>",
	"<form>",
	"<span>",
	"</span>",
	"<ins>",
	"</ins>",
	"<blockquote>",
	"<hr>",
	"<br/>",
	"<font>",
	"</font>",
	"</body>",
	"<body onload=x>",
	"<thead>",
	"<tfoot>",
	"<tbody>",
	"</td>",
	"<a href=javascript:x>",
	"onclick=x",
	"<nobr>",
	"<colgroup>",
	"</li>",
	"</tr>",
	"<article>",
	"</article>",
	"<rp>",
	"<input type=checkbox disabled>",
	"<center>",
	"</dl>",
	"<q>",
	"</q>",
	"<small>",
	"</small>",
	"<s>",
	"</pre>",
};

static uint32_t next_random(uint64_t *seed)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(*seed >> 33);
}

static void random_fragments(void **state)
{
	uint64_t seed = 20241123;
	struct arena arena;

	(void)state;
	arena_init(&arena);
	for (int i = 0; i < 6000; i++) {
		struct buf text;
		uint32_t count = next_random(&seed) % 24;

		buf_init(&text, &arena);
		while (count-- > 0)
			buf_add_c(
				&text,
				pieces[next_random(&seed) % COUNT_OF(pieces)]);
		assert_good(buf_str(&text), &arena);
		arena_reset(&arena);
	}
	arena_release(&arena);
}

static void table_is_sound(void **state)
{
	(void)state;
	for (size_t i = 0; i < html_element_count; i++) {
		const struct html_element *element = &html_elements[i];

		assert_ptr_equal(html_element_find(element->name), element);
		if (element->home != NULL)
			assert_non_null(html_element_find(element->home));
		if (element->instead != NULL)
			assert_non_null(html_element_find(element->instead));
		else if (!element->is_dropped && !element->is_unwrapped)
			assert_true(
				html_judge_knows(str_from_c(element->name)));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(table_is_sound),
		cmocka_unit_test(exact_results),
		cmocka_unit_test(attacks_fail),
		cmocka_unit_test(attacks_in_pairs_fail),
		cmocka_unit_test(null_bytes),
		cmocka_unit_test(what_is_told),
		cmocka_unit_test(addresses_are_resolved),
		cmocka_unit_test(schemes),
		cmocka_unit_test(escaping),
		cmocka_unit_test(limits_are_refusals),
		cmocka_unit_test(time_is_linear),
		cmocka_unit_test(random_fragments),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
