/* Markdown with the rules of this product: what pages get, what is refused. */
#include "markup/markdown.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

struct fixture {
	struct arena arena;
	struct diag_list diags;
	struct source source;
	struct markdown out;
	bool ok;
};

/* "file:" is an attachment, "lost:" cannot be found, http leaves the site. */
static bool resolve(void *context, struct markdown_target *out, str destination,
		    bool is_image, struct span span, struct diag_list *diags)
{
	(void)context;
	if (str_starts_with(destination, STR("lost:"))) {
		diag_error(diags, span, "link-missing", "not found");
		return false;
	}
	out->address = destination;
	out->is_outside =
		!is_image && str_starts_with(destination, STR("http"));
	if (str_ends_with(destination, STR(".pdf"))) {
		out->note = STR("（PDF）");
		out->download = STR("表.pdf");
	}
	return true;
}

static void render_with(struct fixture *fixture, const char *text, size_t start,
			bool raw_html)
{
	static const str reserved[] = { STR("main") };
	struct markdown_options options = { .resolve = resolve,
					    .raw_html = raw_html,
					    .footnotes_title = STR("注释"),
					    .footnote_back = STR("返回正文"),
					    .leave_prefix = STR("leave-"),
					    .table_label = STR("表格"),
					    .task_done = STR("已完成"),
					    .task_open = STR("未完成"),
					    .reserved_ids = reserved,
					    .reserved_id_count = 1 };

	arena_init(&fixture->arena);
	diag_list_init(&fixture->diags, &fixture->arena);
	fixture->source = (struct source){ .path = STR("a.md"),
					   .text = str_from_c(text) };
	fixture->ok =
		markdown_render(&fixture->out, &fixture->source, start,
				&options, &fixture->arena, &fixture->diags);
}

static void expect(const char *text, const char *html)
{
	struct fixture fixture;

	render_with(&fixture, text, 0, true);
	assert_true(fixture.ok);
	if (!str_equal_c(fixture.out.html, html))
		fail_msg("%s\ngives\n%.*s\nnot\n%s", text,
			 STR_ARG(fixture.out.html), html);
	arena_release(&fixture.arena);
}

/* The only message has this id, at this text of the source. */
static void expect_message(const char *text, const char *id, const char *place)
{
	struct fixture fixture;
	const struct diag *diag;
	str found;

	render_with(&fixture, text, 0, false);
	assert_int_equal(fixture.diags.items.count, 1);
	diag = fixture.diags.items.items;
	assert_string_equal(diag->id, id);
	found = str_between(fixture.source.text, diag->span.start,
			    diag->span.end);
	if (!str_equal_c(found, place))
		fail_msg("%s: at \"%.*s\", not \"%s\"", id, STR_ARG(found),
			 place);
	arena_release(&fixture.arena);
}

static void test_headings(void **state)
{
	struct fixture fixture;

	(void)state;
	expect("## 一、总则 Web\n\n## 一、总则 Web\n\n### 一-总则-web-2\n\n"
	       "## ！\n\n## main\n\n## fn-1\n",
	       "<h2 id=\"一-总则-web\">一、总则 Web</h2>\n"
	       "<h2 id=\"一-总则-web-2\">一、总则 Web</h2>\n"
	       "<h3 id=\"一-总则-web-2-2\">一-总则-web-2</h3>\n"
	       "<h2 id=\"section\">！</h2>\n"
	       "<h2 id=\"main-2\">main</h2>\n"
	       "<h2 id=\"section-fn-1\">fn-1</h2>\n");
	expect_message("文\n\n# 题\n", "markdown-h1", "# 题");
	expect_message("## 题\n\n#### 四\n", "markdown-heading-jump",
		       "#### 四");
	render_with(&fixture, "## *甲*\n\n### 乙\n", 0, false);
	assert_int_equal(fixture.out.heading_count, 2);
	assert_true(str_equal_c(fixture.out.headings[0].text, "甲"));
	assert_int_equal(fixture.out.headings[1].level, 3);
	arena_release(&fixture.arena);
}

static void test_tables(void **state)
{
	(void)state;
	expect("- | 甲 | 乙 |\n  |:-:|---|\n  | **a** |\n- 丙\n",
	       "<ul>\n<li>\n<section class=\"table-wrapper\" tabindex=\"0\""
	       " aria-label=\"表格\">\n<table>\n<thead>\n<tr>\n"
	       "<th scope=\"col\" class=\"align-center\">甲</th>\n"
	       "<th scope=\"col\">乙</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n"
	       "<td class=\"align-center\"><strong>a</strong></td>\n"
	       "<td></td>\n</tr>\n</tbody>\n</table>\n</section>\n</li>\n"
	       "<li>丙</li>\n</ul>\n");
	expect("> 文\n> a|b\n> -|-\n---\n",
	       "<blockquote>\n<p>文</p>\n<section class=\"table-wrapper\""
	       " tabindex=\"0\" aria-label=\"表格\">\n<table>\n"
	       "<thead>\n<tr>\n<th scope=\"col\">a</th>\n"
	       "<th "
	       "scope=\"col\">b</th>\n</tr>\n</thead>\n</table>\n</section>\n"
	       "</blockquote>\n<hr>\n");
	expect_message("|a|b|\n|-|-|\n|x|[y](javascript:z)|\n", "link-scheme",
		       "javascript:z");
}

static void test_inline(void **state)
{
	(void)state;
	expect("~~删~~ \\~~留~~ &#126;~留~~ 10~20~30 ~~a *b~~*\n",
	       "<p><del>删</del> ~~留~~ ~~留~~ 10~20~30 ~~a "
	       "<em>b~~</em></p>\n");
	expect("- [x] 甲\n- [ ] 乙\n- \\[ ] 丙\n",
	       "<ul>\n<li><input type=\"checkbox\" disabled checked"
	       " aria-label=\"已完成\"> 甲</li>\n"
	       "<li><input type=\"checkbox\" disabled aria-label=\"未完成\">"
	       " 乙</li>\n<li>[ ] 丙</li>\n</ul>\n");
	expect("&#1;\x01``` <&>\n", "<p>\xef\xbf\xbd\xef\xbf\xbd``` &lt;&amp;"
				    "&gt;</p>\n");
}

static void test_links(void **state)
{
	struct fixture fixture;

	(void)state;
	expect("[文件](a.pdf)。[丢](lost:x)\n",
	       "<p><a href=\"a.pdf\" download=\"表.pdf\">文件</a>"
	       "<span class=\"file-note\">（PDF）</span>。"
	       "<span class=\"dead-link\">丢</span></p>\n");
	expect("见https://a.cn/x_y?a=1&b=2）。又[甲][1]\n\n[1]: "
	       "https://a.cn/z\n",
	       "<p>见<a href=\"#leave-1\" class=\"outside\""
	       " rel=\"external nofollow\" id=\"leave-1-link\">"
	       "https://<wbr>a.cn/<wbr>x_y<wbr>?a=1<wbr>&amp;b=2</a>）。又<a "
	       "href=\"#leave-2\""
	       " class=\"outside\" rel=\"external nofollow\""
	       " id=\"leave-2-link\">甲</a></p>\n");
	render_with(&fixture, "[a](http://x) [b](http://x) [c](http://y)", 0,
		    false);
	assert_int_equal(fixture.out.outside_count, 2);
	assert_true(str_equal_c(fixture.out.outside[1].address, "http://y"));
	assert_true(str_equal_c(fixture.out.outside[1].id, "leave-2"));
	arena_release(&fixture.arena);
}

static void test_schemes(void **state)
{
	static const char *const bad[] = {
		"[x](javascript:a)",
		"[x](JaVaScRiPt:a)",
		"[x](java&#115;cript:a)",
		"[x](<java&#10;script:a>)",
		"<javascript:a>",
		"[x]\n\n[x]: vbscript:a",
		"![x](data:image/png;base64,AA)",
		"[x](javascript&colon;a)",
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		struct fixture fixture;
		const struct diag *diag;

		render_with(&fixture, bad[i], 0, false);
		assert_int_equal(fixture.diags.items.count, 1);
		diag = fixture.diags.items.items;
		assert_string_equal(diag->id, "link-scheme");
		assert_int_equal(str_find(fixture.out.html, STR("href")),
				 STR_NONE);
		assert_int_equal(str_find(fixture.out.html, STR("src")),
				 STR_NONE);
		arena_release(&fixture.arena);
	}
}

static void test_images(void **state)
{
	struct fixture fixture;

	(void)state;
	expect("![大厅](a.png \"题\")\n\n文![b](c.png \"d\")\n",
	       "<figure><img src=\"a.png\" alt=\"大厅\" loading=\"lazy\""
	       " decoding=\"async\"><figcaption>题</figcaption></figure>\n"
	       "<p>文<img src=\"c.png\" alt=\"b\" title=\"d\""
	       " loading=\"lazy\" decoding=\"async\"></p>\n");
	expect_message("文![](a.png)\n", "markdown-image-alt", "![](a.png)");
	render_with(&fixture, "![a](1.png) ![b](2.png)", 0, false);
	assert_true(str_equal_c(fixture.out.first_image, "1.png"));
	arena_release(&fixture.arena);
}

static void test_footnotes(void **state)
{
	(void)state;
	expect("甲[^1][^乙]`[^1]`\\[^1]\n\n[^1]: 数据[^乙]\n[^乙]: 二\n    "
	       "续\n",
	       "<p>甲<sup class=\"footnote-ref\"><a href=\"#fn-1\""
	       " id=\"fnref-1\">1</a></sup><sup class=\"footnote-ref\">"
	       "<a href=\"#fn-2\" id=\"fnref-2\">2</a></sup>"
	       "<code>[^1]</code>[^1]</p>\n"
	       "<section class=\"footnotes\""
	       " aria-labelledby=\"footnotes-title\">\n"
	       "<h2 id=\"footnotes-title\">注释</h2>\n<ol>\n<li id=\"fn-1\">\n"
	       "<p>数据<sup class=\"footnote-ref\"><a href=\"#fn-2\""
	       " id=\"fnref-2-2\">2</a></sup> <a href=\"#fnref-1\""
	       " class=\"footnote-back\" aria-label=\"返回正文 1\">↩</a></p>\n"
	       "</li>\n<li id=\"fn-2\">\n<p>二续 <a href=\"#fnref-2\""
	       " class=\"footnote-back\" aria-label=\"返回正文 2-1\">↩</a>"
	       " <a href=\"#fnref-2-2\" class=\"footnote-back\""
	       " aria-label=\"返回正文 2-2\">↩</a></p>\n</li>\n</ol>\n"
	       "</section>\n");
	expect("```\n[^1]: 码\n```\n", "<pre><code>[^1]: 码\n</code></pre>\n");
	expect_message("文\n\n[^a]: 无\n", "footnote-unused", "[^a]");
	expect_message("文[^b]\n", "footnote-missing", "[^b]");
}

static void test_duplicate_footnote(void **state)
{
	struct fixture fixture;
	const struct diag *diag;

	(void)state;
	render_with(&fixture, "[^a]\n\n[^a]: 一\n\n[^a]: 二\n", 0, false);
	assert_true(fixture.diags.items.count > 0);
	diag = fixture.diags.items.items;
	assert_string_equal(diag->id, "footnote-duplicate");
	arena_release(&fixture.arena);
}

static void test_raw_html(void **state)
{
	(void)state;
	expect("<details><summary>甲</summary>\n\n## 题\n\n</details>\n\n"
	       "H<sub>2</sub>O <u id=\"题\">*e*</u><!-- 注 -->\n",
	       "<details><summary>甲</summary>\n<h2 id=\"题\">题</h2>\n"
	       "</details>\n<p>H<sub>2</sub>O <u id=\"user-题\"><em>e</em></u>"
	       "</p>\n");
	expect("<a href=\"x\">[y](z)</a>\n", "<p><a href=\"z\">y</a></p>\n");
	expect("甲<div>乙</div>\n", "<p>甲</p><div>乙</div>\n");
	expect("<script>alert(1)</script>\n\n<p onclick=a>b</p>\n",
	       "\n<p>b</p>\n");
	expect_message("甲<b>乙\n", "markdown-html", "<b>");
}

/* A link beside a link is right, and one inside another loses one of them. */
static void test_raw_links(void **state)
{
	(void)state;
	expect("<div>\n<a href=\"a.md\">A</a>\n</div>\n\n[B](b.md)\n",
	       "<div>\n<a href=\"a.md\">A</a>\n</div>\n"
	       "<p><a href=\"b.md\">B</a></p>\n");
	expect("[B](b.md)<a href=c.md>C</a> <A NAME=x></A>\n",
	       "<p><a href=\"b.md\">B</a><a href=\"c.md\">C</a> "
	       "<a id=\"user-x\"></a></p>\n");
	expect("<a href=c.md>见[B](b.md)里</a>\n",
	       "<p><a href=\"c.md\">见</a><a href=\"b.md\">B</a>里</p>\n");
	expect("<a href=c.md>见 *[B](b.md)* 里</a>\n",
	       "<p><span>见 <em><a href=\"b.md\">B</a></em> 里</span></p>\n");
	expect("[甲<a href=c.md>乙</a>丙](b.md)\n",
	       "<p><a href=\"b.md\">甲</a><a href=\"c.md\">乙</a>丙</p>\n");
	expect("<a href=c.md>\n\n见[B](b.md)里\n\n</a>\n",
	       "<a href=\"c.md\">\n<p>见B里</p>\n</a>\n");
	expect("<a href=lost:x id=q>丢</a><img src=lost:y alt=图>\n",
	       "<p><span id=\"user-q\" class=\"dead-link\">丢</span>图</p>\n");
	expect("<img src=http://a.cn/i.png><a href=http://b.cn/>乙</a>\n",
	       "<p><img src=\"http://a.cn/i.png\"><a href=\"#leave-1\""
	       " class=\"outside\" rel=\"external nofollow\""
	       " id=\"leave-1-link\">乙</a></p>\n");
}

/* No text is lost, whatever stands around it. */
static void test_raw_legacy(void **state)
{
	(void)state;
	expect("|甲|\n|-|\n|<ul><li>1</li></ul>|\n",
	       "<section class=\"table-wrapper\" tabindex=\"0\""
	       " aria-label=\"表格\">\n<table>\n<thead>\n<tr>\n"
	       "<th scope=\"col\">甲</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n"
	       "<td><ul><li>1</li></ul></td>\n</tr>\n</tbody>\n</table>\n"
	       "</section>\n");
	expect("<p>甲\n<p>乙\n\n丙**丁**\n\n</div>\n",
	       "<p>甲\n</p><p>乙\n</p><p>丙<strong>丁</strong></p>\n\n");
	expect("甲</p><p>乙<br>丙</br>丁\n",
	       "<p>甲</p><p>乙<br>丙<br>丁</p>\n");
	expect("<table>\n<tr><td>\n\n- 甲\n\n<td>乙\n</table>\n",
	       "<table>\n<tbody><tr><td>\n<ul>\n<li>甲</li>\n</ul>\n</td>"
	       "<td>乙\n</td></tr></tbody></table>\n");
	expect("<summary>\n\n**甲**\n\n</summary>\n",
	       "<details><summary>\n<strong>甲</strong> \n</summary></details>"
	       "\n");
	expect("表：<table><tr><td>甲</table>后*文*\n",
	       "<p>表：</p><table><tbody><tr><td>甲</td></tr></tbody></table>后"
	       "<em>文</em>\n");
	expect("**<span>甲**乙</span>\n",
	       "<p><strong><span>甲</span></strong>乙</p>\n");
	expect("<div>\n\n<script>\nvar a;\n\nb\n\n</div>\n\n丙\n",
	       "<div>\n</div>");
	expect("<CENTER><FONT COLOR=red>甲</FONT></CENTER>\n",
	       "<div class=\"align-center\">甲</div>\n");
	expect("> <div>甲\n> \n> 乙\n\n丙</div>\n",
	       "<blockquote>\n<div>甲\n<p>乙</p>\n</div>\n</blockquote>\n"
	       "<p>丙</p>\n");
}

/* Anchors: as the heading reads, as <a name>, encoded, before and behind. */
static void test_jumps(void **state)
{
	(void)state;
	expect("[一](#一、总则)[二](#%E9%99%84%E5%88%99)[三](#x)[四](#)\n\n"
	       "## 一、总则\n\n## 附则\n\n<a name=x></a><a href=#附则>五</a>\n",
	       "<p><a href=\"#%E4%B8%80-%E6%80%BB%E5%88%99\">一</a>"
	       "<a href=\"#%E9%99%84%E5%88%99\">二</a>"
	       "<a href=\"#user-x\">三</a><a href=\"#\">四</a></p>\n"
	       "<h2 id=\"一-总则\">一、总则</h2>\n<h2 id=\"附则\">附则</h2>\n"
	       "<p><a id=\"user-x\"></a>"
	       "<a href=\"#%E9%99%84%E5%88%99\">五</a></p>\n");
	expect("[*一*](#无 \"题\")<a id=y href=#z>二</a>三\n",
	       "<p><span class=\"dead-link\"><em>一</em></span>"
	       "<span class=\"dead-link\" id=\"user-y\">二</span>三</p>\n");
	expect_message("文\n\n[一](#无)\n", "link-dead", "#无");
	expect("## 附则\n\n## 附则\n\n[二](#附则-2)[一](#附则)\n",
	       "<h2 id=\"附则\">附则</h2>\n<h2 id=\"附则-2\">附则</h2>\n"
	       "<p><a href=\"#%E9%99%84%E5%88%99-2\">二</a>"
	       "<a href=\"#%E9%99%84%E5%88%99\">一</a></p>\n");
}

/* Each message once, at its own place. */
static void test_raw_messages(void **state)
{
	static const struct {
		const char *text;
		const char *id;
		const char *place;
		const char *message;
	} rows[] = {
		{ "> 甲\n> <div>\n>  <font color=red>乙</font></div>\n",
		  "html-removed", "<font color=red",
		  "<font> is left out; the text around it and in it stays" },
		{ "文<span style='color:red'>乙</span>\n", "html-removed",
		  "style='color:red'",
		  "“color” in “style” of <span> is left out" },
		{ "文<b onclick=a>乙</b><b onclick=b>\n丙</b>\n",
		  "html-removed", "onclick=a",
		  "“onclick” of <b> is left out (2 in all)" },
		{ "<p class=MsoNormal>乙<o:p></o:p>\n", "html-removed",
		  "class=MsoNormal",
		  "“MsoNormal” of a word processor is left out (2 in all)" },
		{ "甲</div>乙\n", "html-unbalanced", "</div>",
		  "</div> closes nothing" },
		{ "| 甲 |\n|-|\n| x<b>乙 |\n", "html-unbalanced", "<b",
		  "<b> is not closed in the text that opened it" },
		{ "甲\n\n<div>\n<!-- 乙\n\n丙\n\n</div>\n", "html-unclosed",
		  "<!--", "“<!--” is never closed" },
		{ "甲<a href=b>[乙](c)</a>\n", "html-link-nested", "<a",
		  "a link stands inside this link, which ends before it" },
		{ "<a href='lost:x'>y</a>\n", "link-missing", "lost:x",
		  "not found" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct fixture fixture;
		const struct diag *diag;
		str place;

		render_with(&fixture, rows[i].text, 0, true);
		diag = fixture.diags.items.items;
		if (fixture.diags.items.count != 1 ||
		    strcmp(diag->id, rows[i].id) != 0 ||
		    !str_equal_c(diag->message, rows[i].message))
			fail_msg("%s: %zu messages, %s: %.*s", rows[i].text,
				 fixture.diags.items.count,
				 diag == NULL ? "" : diag->id,
				 STR_ARG(diag == NULL ? STR("")
						      : diag->message));
		place = str_between(fixture.source.text, diag->span.start,
				    diag->span.end);
		if (!str_equal_c(place, rows[i].place))
			fail_msg("%s: at %.*s", rows[i].text, STR_ARG(place));
		arena_release(&fixture.arena);
	}
}

/* The mark of the places cannot be used to move our HTML around. */
static void test_forged_place(void **state)
{
	struct fixture fixture;

	(void)state;
	render_with(&fixture,
		    "<b>*x*</b> <i title='<span class=\"place-0\"></span>'>y"
		    "</i>\n",
		    0, true);
	assert_int_equal(str_find(fixture.out.html, STR("title='")), STR_NONE);
	assert_true(str_find(fixture.out.html,
			     STR("&lt;span class=&quot;place-0&quot;&gt;")) !=
		    STR_NONE);
	arena_release(&fixture.arena);
}

static void test_front_matter_offset(void **state)
{
	const char *text = "---\ntitle: 题\n---\r\n\r\n> - 甲\r\n>   ![](x)\n";
	struct fixture fixture;
	const struct diag *diag;

	(void)state;
	render_with(&fixture, text, str_find(str_from_c(text), STR("\r\n\r\n")),
		    false);
	assert_int_equal(fixture.diags.items.count, 1);
	diag = fixture.diags.items.items;
	assert_true(str_equal_c(str_between(fixture.source.text,
					    diag->span.start, diag->span.end),
				"![](x)"));
	arena_release(&fixture.arena);
}

static void test_summary(void **state)
{
	struct fixture fixture;

	(void)state;
	render_with(&fixture,
		    "## 题\n\n第一行\n第二行 *强* Web\nsite[^1] ~~无~~\n\n"
		    "- [x] 完\n\n[^1]: 注\n",
		    0, false);
	/* struck text is left out; a space that was typed stays */
	assert_true(
		str_equal_c(fixture.out.text, "第一行第二行 强 Web site 完"));
	arena_release(&fixture.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_headings),
		cmocka_unit_test(test_tables),
		cmocka_unit_test(test_inline),
		cmocka_unit_test(test_links),
		cmocka_unit_test(test_schemes),
		cmocka_unit_test(test_images),
		cmocka_unit_test(test_footnotes),
		cmocka_unit_test(test_duplicate_footnote),
		cmocka_unit_test(test_raw_html),
		cmocka_unit_test(test_raw_links),
		cmocka_unit_test(test_raw_legacy),
		cmocka_unit_test(test_raw_messages),
		cmocka_unit_test(test_jumps),
		cmocka_unit_test(test_forged_place),
		cmocka_unit_test(test_front_matter_offset),
		cmocka_unit_test(test_summary),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
