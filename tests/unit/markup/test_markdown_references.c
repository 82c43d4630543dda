/* Character references that stand for what no text may have. */
#include "markup/markdown.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/unicode.h"
#include "support/text_case.h"

static bool resolve(void *context, struct markdown_target *out, str destination,
		    bool is_image, struct span span, struct diag_list *diags)
{
	(void)context, (void)is_image, (void)span, (void)diags;
	out->address = destination;
	return true;
}

static bool render(struct markdown *out, struct text_case *test)
{
	static const struct markdown_options options = {
		.resolve = resolve,
		.raw_html = true,
		.footnotes_title = { "注释", 6 },
		.footnote_back = { "返回正文", 12 },
		.leave_prefix = { "leave-", 6 },
		.table_label = { "表格", 6 },
		.task_done = { "已完成", 9 },
		.task_open = { "未完成", 9 },
	};

	return markdown_render(out, &test->source, 0, &options, &test->arena,
			       &test->diags);
}

static const struct {
	const char *text;
	const char *html;   /* a part of it */
	const char *marked; /* of the first message; NULL: none */
} cases[] = {
	{ "甲&#xFFFE;乙", "<p>甲�乙</p>", "&#xFFFE;" },
	{ "甲&#65535;乙", "<p>甲�乙</p>", "&#65535;" },
	{ "甲&#0;乙", "<p>甲�乙</p>", "&#0;" },
	{ "甲&#xD800;乙", "<p>甲�乙</p>", "&#xD800;" },
	{ "甲&#x202e;乙", "<p>甲�乙</p>", "&#x202e;" },
	{ "甲&#150;乙", "<p>甲–乙</p>", "&#150;" },
	{ "甲&#13;\n乙", "<p>甲 ", "&#13;" },
	{ "> - 甲&#X85;乙", "甲…乙", "&#X85;" },
	{ "[甲](/a&#xfeff;b)", "href=\"/a%EF%BF%BDb\"", "&#xfeff;" },
	{ "[甲](/a \"题&#8238;目\")", "title=\"题�目\"", "&#8238;" },
	{ "![甲&#x2028;](/a.png)", "alt=\"甲�\"", "&#x2028;" },
	{ "# 一&#x2066;二\n", ">一�二</h2>", "&#x2066;" },
	{ "```a&#x1fffe;\n```\n", "a�", "&#x1fffe;" },
	{ "甲[^1]\n\n[^1]: 乙&#xfdd0;\n", "乙�", "&#xfdd0;" },
	{ "|甲|\n|-|\n|乙&#x7f;|\n", "乙�", "&#x7f;" },
	{ "<p title=\"甲&#8238\">乙</p>\n", "甲�", "&#8238" },
	{ "<p>甲<b>&#x000000000202e;</b></p>\n", "<b>�</b>",
	  "&#x000000000202e;" },
	{ "[甲]\n\n[甲]: /a&#xffff;\n", "/a%EF%BF%BD", "[甲]" },
	{ "`&#x202e;` &amp;#x202e; \\&#x202e; &#x202e", "<code>&amp;#x202e;",
	  NULL },
	{ "    &#0;\n", "&amp;#0;", NULL },
	{ "甲&#9;乙&#x4e2d;�", "甲\t乙中�", NULL },
	{ "<!-- &#0; -->\n", "", NULL },
};

static void test_cases(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct text_case test;
		struct markdown out;
		bool found;

		text_case_init(&test, "a.md", str_from_c(cases[i].text));
		assert_true(render(&out, &test));
		found = str_find(out.html, str_from_c(cases[i].html)) !=
			STR_NONE;
		found &= cases[i].marked == NULL
				 ? test.diags.items.count == 0
				 : str_equal_c(
					   text_case_marked(
						   &test, "reference-control"),
					   cases[i].marked);
		if (!found)
			fail_msg("%s\n%.*s%.*s", cases[i].text,
				 STR_ARG(out.html),
				 STR_ARG(text_case_print(&test)));
		text_case_release(&test);
	}
}

/* Where a reference may stand. */
static const char *const places[] = {
	"甲%s乙",
	"# %s",
	"[%s](/a%s \"%s\")",
	"![%s](/%s.png)",
	"<b title='%s'>%s</b>",
	"<p>%s</p>",
	"``` %s\n%s\n```",
	"- %s\n- [x] %s",
	"|%s|\n|-|\n|%s|",
	"甲[^%s]\n\n[^%s]: %s",
	"<https://a.cn/%s>",
	"**%s** *%s* ~~%s~~",
	"<div id=\"%s\">\n\n%s\n\n</div>",
};

static void fill(struct buf *out, const char *form, str reference)
{
	for (const char *at = form; *at != '\0'; at++) {
		if (at[0] == '%' && at[1] == 's') {
			buf_add(out, reference);
			at++;
		} else {
			buf_add_byte(out, *at);
		}
	}
}

static void check_safe(str text, str body)
{
	size_t at = unicode_unsafe_at(text, 0);

	if (at != STR_NONE)
		fail_msg("%.*s\ngives\n%.*s", STR_ARG(body), STR_ARG(text));
}

/* Nothing that is made of a body is unsafe, whatever it refers to. */
static void check_reference(str reference, const char *form)
{
	struct text_case test;
	struct markdown out;
	struct arena arena;
	struct buf body;

	arena_init(&arena);
	buf_init(&body, &arena);
	fill(&body, form, reference);
	text_case_init(&test, "a.md", buf_str(&body));
	assert_true(render(&out, &test));
	check_safe(out.html, buf_str(&body));
	check_safe(out.text, buf_str(&body));
	for (size_t k = 0; k < out.heading_count; k++) {
		check_safe(out.headings[k].text, buf_str(&body));
		check_safe(out.headings[k].id, buf_str(&body));
	}
	text_case_release(&test);
	arena_release(&arena);
}

static void check_code_point(uint32_t code_point, const char *form)
{
	char reference[24];

	snprintf(reference, sizeof(reference), "&#%u;", code_point);
	check_reference(str_from_c(reference), form);
	snprintf(reference, sizeof(reference), "&#%u", code_point);
	check_reference(str_from_c(reference), form);
	snprintf(reference, sizeof(reference), "&#x%x;", code_point);
	check_reference(str_from_c(reference), form);
	snprintf(reference, sizeof(reference), "&#X0%X;", code_point);
	check_reference(str_from_c(reference), form);
}

static void test_everywhere(void **state)
{
	static const uint32_t others[] = {
		0x100,	  0x1ffe,   0x2027,   0x2028,	0x2029,	  0x202a,
		0x202b,	  0x202c,   0x202d,   0x202e,	0x2066,	  0x2067,
		0x2068,	  0x2069,   0xd800,   0xdfff,	0xfdd0,	  0xfdef,
		0xfeff,	  0xfffd,   0xfffe,   0xffff,	0x1fffe,  0x1ffff,
		0x10fffe, 0x10ffff, 0x110000, 0xffffff, 0x989680, UINT32_MAX
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(places); i++) {
		for (uint32_t c = 0; c < 0xa1; c++)
			check_code_point(c, places[i]);
		for (size_t k = 0; k < COUNT_OF(others); k++)
			check_code_point(others[k], places[i]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_everywhere),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
