/*
 * Inputs that cost a parser without limits more than linear time. What is
 * checked is work and not time: every text is either refused with
 * "markdown-limit", or all that cmark multiplies its length with stays below
 * the limits, and the output is no longer than a constant times the input.
 */
#include "markup/markdown_guard.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "markup/markdown.h"

enum { SMALL = 16 * 1024, GROWTH = 4, OUTPUT_FACTOR = 64, LINE = 60000 };

struct shape {
	const char *head;
	const char *repeated;
	const char *tail; /* repeated as often */
	bool is_refused;  /* at the larger size */
};

static const struct shape shapes[] = {
	{ "", "- ", "", false }, /* a rule */
	{ "", "- + ", "", true },
	{ "", "> ", "", true },
	{ "", "> - 1. ", "", true },
	{ "", "1. ", "\n", true },
	{ "", "\t", "- a\n", false }, /* code */
	{ "", "- \n\n", "", false },
	{ "", "- a\n\n", "", false },
	{ "", "[", "", false },
	{ "", "[", "]", false },
	{ "", "![", "", true },
	{ "", "![[]()", "", true },
	{ "", "*a ", "", true },
	{ "", "**a ", "", false },
	{ "", "_a ", "", true },
	{ "", "*a ", "a* ", true },
	{ "", "a**b c* ", "", false },
	{ "", "*_", "", true },
	{ "a", "<!--", "", true },
	{ "a", "<!A ", "", true },
	{ "a", "<?", "", true },
	{ "a", "<![CDATA[", "", true },
	{ "", "<a ", "", false },
	{ "", "[a](<b", "", false },
	{ "", "[a](b \"", "", false },
	{ "", "[a][b", "", false },
	{ "", "&", "", false },
	{ "", "&amp;", "", false },
	{ "", "~~a ", "~~", false },
	{ "", "https://a.cn/))) ", "", false },
	{ "", "[^a]", "", false },
	{ "", "[^a]: x\n", "", true },
	{ "", "[a]: /u\n", "[a]\n", false },
	{ "[a]: /" /* and 600 bytes */, "uuuu", "[a]", true },
	{ "", "|a", "|-", false },
	{ "|a|b|\n|-|-|\n", "|c|d|\n", "", false },
	{ "", "a|b\n", "-|-\n", false },
	{ "", "## 同\n\n", "", false },
	{ "", "```\n", "", false },
	{ "", "<div>\n\n", "", false },
	{ "", "[a]: u\n===\n", "", false },
};

/* Lines end before the limit for lines hides the shape. */
static void add_repeated(struct buf *out, const char *text, size_t count,
			 size_t *column)
{
	for (size_t i = 0; i < count; i++) {
		str piece = str_from_c(text);

		buf_add(out, piece);
		*column = str_find_byte(piece, '\n') == STR_NONE
				  ? *column + piece.len
				  : 0;
		if (*column > LINE) {
			buf_add_byte(out, '\n');
			*column = 0;
		}
	}
}

static str make_text(const struct shape *shape, size_t size,
		     struct arena *arena)
{
	size_t unit =
		str_from_c(shape->repeated).len + str_from_c(shape->tail).len;
	struct buf out;
	size_t column = 0;

	buf_init(&out, arena);
	buf_add_c(&out, shape->head);
	add_repeated(&out, shape->repeated, size / unit, &column);
	if (shape->tail[0] != '\0' && shape->repeated[0] != '\t')
		buf_add_byte(&out, '\n');
	add_repeated(&out, shape->tail, size / unit, &column);
	return buf_str(&out);
}

/* Returns false when the text is refused; nothing else may happen to it. */
static bool render(str text, size_t *length)
{
	struct markdown_options options = { .raw_html = true,
					    .leave_prefix = STR("leave-") };
	struct source source = { .path = STR("a.md"), .text = text };
	struct arena arena;
	struct diag_list diags;
	struct markdown out;
	bool refused = false;
	bool ok;

	arena_init(&arena);
	diag_list_init(&diags, &arena);
	ok = markdown_render(&out, &source, 0, &options, &arena, &diags);
	for (size_t i = 0; i < diags.items.count; i++) {
		const struct diag *items = diags.items.items;

		refused |= str_equal_c(str_from_c(items[i].id),
				       "markdown-limit") &&
			   items[i].help.len > 0;
	}
	assert_true(ok != refused);
	*length = out.html.len;
	arena_release(&arena);
	return ok;
}

static void test_shapes(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(shapes); i++) {
		struct arena arena;
		size_t length;
		str small;
		str large;
		bool ok;

		arena_init(&arena);
		small = make_text(&shapes[i], SMALL, &arena);
		large = make_text(&shapes[i], SMALL * GROWTH, &arena);
		if (render(small, &length))
			assert_true(length <= small.len * OUTPUT_FACTOR);
		ok = render(large, &length);
		assert_true(length <= large.len * OUTPUT_FACTOR);
		if (ok == shapes[i].is_refused)
			fail_msg("\"%s\" \"%s\" is %s", shapes[i].repeated,
				 shapes[i].tail, ok ? "accepted" : "refused");
		arena_release(&arena);
	}
}

static void test_counts(void **state)
{
	struct arena arena;
	struct buf text;
	size_t length;

	(void)state;
	arena_init(&arena);
	buf_init(&text, &arena);
	for (size_t i = 0; i < 50000; i++)
		buf_add_c(&text, "[^a]: x\n\n");
	assert_false(render(buf_str(&text), &length)); /* footnotes */
	buf_init(&text, &arena);
	for (size_t i = 0; i < 260000; i++)
		buf_add_c(&text, "a\n");
	assert_false(render(buf_str(&text), &length)); /* memory */
	assert_true(render(str_between(buf_str(&text), 0, 400000), &length));
	buf_init(&text, &arena);
	for (size_t i = 0; i < 30000; i++)
		buf_add_c(&text, "|a");
	buf_add_byte(&text, '\n');
	for (size_t i = 0; i < 30000; i++)
		buf_add_c(&text, "|-");
	assert_false(render(buf_str(&text), &length)); /* columns */
	buf_init(&text, &arena);
	for (size_t i = 0; i < 50000; i++)
		buf_add_c(&text, "## 同\n\n");
	assert_true(render(buf_str(&text), &length)); /* headings */
	for (size_t i = 0; i < MARKDOWN_LINE_LIMIT; i++)
		buf_add_byte(&text, 'a');
	assert_true(render(buf_str(&text), &length));
	buf_add_byte(&text, 'a');
	assert_false(render(buf_str(&text), &length)); /* line */
	arena_release(&arena);
}

/* --- bytes of the page --- */

struct rendering {
	bool is_made;
	bool is_too_long; /* said so, at a place */
	size_t memory;	  /* bytes of the arena */
};

static struct rendering render_long(str head, const char *line, size_t count)
{
	struct rendering rendering;
	struct markdown_options options = { .raw_html = true };
	struct source source = { .path = STR("a.md") };
	struct arena texts, arena;
	struct markdown markdown;
	struct diag_list diags;
	struct buf text;

	arena_init(&texts);
	arena_init(&arena);
	buf_init(&text, &texts);
	buf_add(&text, head);
	for (size_t i = 0; i < count; i++)
		buf_add_c(&text, line);
	source.text = buf_str(&text);
	diag_list_init(&diags, &arena);
	rendering.is_made = markdown_render(&markdown, &source, 0, &options,
					    &arena, &diags);
	rendering.is_too_long = false;
	for (size_t i = 0; i < diags.items.count; i++) {
		const struct diag *diag =
			&((const struct diag *)diags.items.items)[i];

		rendering.is_too_long |=
			strcmp(diag->id, "markdown-limit") == 0 &&
			str_starts_with(diag->message, STR("bytes of HTML")) &&
			diag->span.source == 0;
	}
	if (rendering.is_made)
		assert_true(markdown.html.len <= MARKDOWN_HTML_LIMIT);
	rendering.memory = arena.total;
	arena_release(&texts);
	arena_release(&arena);
	return rendering;
}

#define QUOTES_10 "\"\"\"\"\"\"\"\"\"\""
#define QUOTES QUOTES_10 QUOTES_10 QUOTES_10 QUOTES_10 QUOTES_10 "\n\n"

enum { QUOTES_IN_LINE = 50, ESCAPED = 6 /* bytes of &quot; */ };

/* What is certainly too long is refused without a parse: no memory goes. */
static void test_too_long_for_certain(void **state)
{
	size_t lines = MARKDOWN_HTML_LIMIT / (QUOTES_IN_LINE * ESCAPED) + 1;
	struct rendering rendering = render_long(STR(""), QUOTES, lines);

	(void)state;
	assert_false(rendering.is_made);
	assert_true(rendering.is_too_long);
	assert_true(rendering.memory < 1024 * 1024);
	/* a word behind a fence is not shown: nothing is certain of it */
	rendering = render_long(STR("``` "), QUOTES, 1);
	assert_true(rendering.is_made);
}

/* What is not certain stops as soon as it passes the limit. */
static void test_too_long_while_written(void **state)
{
	size_t lines = MARKDOWN_HTML_LIMIT / (QUOTES_IN_LINE * ESCAPED) + 1;
	struct rendering once = render_long(STR("<b>a</b>\n\n"), QUOTES, lines);
	struct rendering much =
		render_long(STR("<b>a</b>\n\n"), QUOTES, 3 * lines);

	(void)state;
	assert_false(once.is_made);
	assert_true(once.is_too_long);
	assert_false(much.is_made);
	assert_true(much.is_too_long);
	/* three pages, of which one is written: the rest is the text itself */
	assert_true(much.memory < (size_t)7 * MARKDOWN_HTML_LIMIT);
	/* a table, whose cells are written one by one */
	assert_true(render_long(STR("<b>a</b>\n\n|a|\n|-|\n"),
				"|" QUOTES_10 QUOTES_10 "|\n", 70500)
			    .is_too_long);
	assert_true(
		render_long(STR("<b>a</b>\n\n"), QUOTES, lines - 1000).is_made);
}

/* What authors write stays far below the limits. */
static void test_ordinary(void **state)
{
	struct arena arena;
	struct buf text;
	size_t length;

	(void)state;
	arena_init(&arena);
	buf_init(&text, &arena);
	for (size_t i = 0; i < 10; i++)
		buf_printf(&text, "%*s- 层\n", (int)(2 * i), "");
	buf_add_c(&text, "\n- - - - - - - - - - - - - - - - - - - - - - - - - "
			 "- - - - - - - - - - - - - - - - - - - - - - - - - -"
			 "\n\n```\n");
	for (size_t i = 0; i < 3000; i++)
		buf_add_c(&text, "[[1, 2], [*3*, \"&\"]]\n");
	buf_add_c(&text, "```\n\n| 名 | 值 |\n|---|---|\n");
	for (size_t i = 0; i < 1500; i++)
		buf_printf(&text, "| **a** | [表%zu](t%zu.pdf) |\n", i, i);
	assert_true(render(buf_str(&text), &length));
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_shapes),
		cmocka_unit_test(test_counts),
		cmocka_unit_test(test_too_long_for_certain),
		cmocka_unit_test(test_too_long_while_written),
		cmocka_unit_test(test_ordinary),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
