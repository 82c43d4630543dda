/*
 * The public suites: CommonMark 0.30, and GitHub's tables, task lists and
 * struck text, in the mode without rules of our own.
 */
#include "markup/markdown.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/json_cases.h"

struct explained {
	size_t example;
	const char *reason;
};

static const char address_encoded[] =
	"addresses in raw HTML are percent-encoded; an element left open is "
	"closed";
static const char closed[] =
	"an element left open is closed, an end tag alone is taken out";
static const char not_allowed[] =
	"elements and attributes that are not on the allow-list are taken out; "
	"an element left open is closed";
static const char spelled[] = "names in lower case, ids with the prefix of "
			      "strangers, one space between attributes";
static const char table[] =
	"the table gets the body and the cells that a browser adds";
static const char comment[] = "comments, declarations, CDATA and processing "
			      "instructions are taken out or become text";
static const char across[] = "<pre> opens in a block and closes in a "
			     "paragraph: does not fit, left out";
static const char single_tilde[] =
	"one tilde is a range in Chinese (10~20), only two strike text";
static const char addresses_off[] =
	"bare addresses become links, but not in plain mode; www. and mail "
	"addresses without a scheme never do";
static const char footnote_shape[] =
	"footnotes have numbers for ids, and a section with a heading";

static const char newer[] =
	"the suite is of a newer cmark than Debian's 0.30.2, on which we stand";

static const char info_attribute[] =
	"words behind the language of code are an option of GitHub's program";
static const char label_is_text[] =
	"a reference to a footnote that is not there is text with its marks";

struct suite {
	const char *file;
	size_t count; /* of all examples */
	const struct explained *differences;
	size_t difference_count;
};

/* `from` becomes `to` everywhere: spelling that says the same. */
static str replace(str text, const char *from, const char *to,
		   struct arena *arena)
{
	str wanted = str_from_c(from);
	struct buf out;
	size_t at;

	buf_init(&out, arena);
	while ((at = str_find(text, wanted)) != STR_NONE) {
		buf_add(&out, str_between(text, 0, at));
		buf_add_c(&out, to);
		text = str_from(text, at + wanted.len);
	}
	buf_add(&out, text);
	return buf_str(&out);
}

static str same_spelling(str html, struct arena *arena)
{
	static const char *const spellings[][2] = {
		{ " />", ">" },
		{ "&#39;", "'" },
		{ "&#x27;", "'" },
		{ "<section class=\"table-wrapper\" tabindex=\"0\""
		  " aria-label=\"\">\n",
		  "" },
		{ "</table>\n</section>\n", "</table>\n" },
		{ " scope=\"col\"", "" },
		{ "class=\"align-", "align=\"" },
		{ "style=\"text-align: ", "align=\"" },
		{ "<input checked=\"\" disabled=\"\" type=\"checkbox\">",
		  "<input type=\"checkbox\" disabled checked>" },
		{ "<input disabled=\"\" type=\"checkbox\">",
		  "<input type=\"checkbox\" disabled>" },
		{ "<input type=\"checkbox\" checked=\"\" disabled=\"\">",
		  "<input type=\"checkbox\" disabled checked>" },
		{ "<input type=\"checkbox\" disabled=\"\">",
		  "<input type=\"checkbox\" disabled>" },
	};

	for (size_t i = 0; i < COUNT_OF(spellings); i++)
		html = replace(html, spellings[i][0], spellings[i][1], arena);
	return html;
}

static const char *reason_of(const struct suite *suite, size_t example)
{
	for (size_t i = 0; i < suite->difference_count; i++)
		if (suite->differences[i].example == example)
			return suite->differences[i].reason;
	return NULL;
}

static bool passes(const struct json_case *item, struct arena *arena, str *html)
{
	static const struct markdown_options options = { .plain = true,
							 .raw_html = true };
	struct source source = { .path = STR("spec.md"),
				 .text = item->markdown };
	struct diag_list diags;
	struct markdown out;

	diag_list_init(&diags, arena);
	*html = STR("");
	if (!markdown_render(&out, &source, 0, &options, arena, &diags))
		return false;
	*html = out.html;
	if (str_starts_with(item->html, STR("<IGNORE>")))
		return true; /* only must not crash */
	return str_equal(same_spelling(out.html, arena),
			 same_spelling(item->html, arena));
}

static void run(const struct suite *suite)
{
	struct json_cases cases;
	struct arena arena;
	size_t failed = 0;
	size_t passed = 0;
	str html;

	arena_init(&arena);
	if (!json_cases_load(&cases, suite->file, &arena)) {
		arena_release(&arena);
		print_message("skipped: %s is not there\n", suite->file);
		skip();
	}
	assert_int_equal(cases.count, suite->count);
	for (size_t i = 0; i < cases.count; i++) {
		const struct json_case *item = &cases.items[i];
		const char *reason = reason_of(suite, item->example);
		bool ok = passes(item, &arena, &html);

		passed += ok;
		if (ok == (reason == NULL))
			continue;
		failed++;
		print_message(
			"%s %zu (%.*s): %s\n%.*s---\n%.*s---\n%.*s\n",
			suite->file, item->example, STR_ARG(item->section),
			ok ? "passes, but has a reason not to" : "differs",
			STR_ARG(item->markdown), STR_ARG(html),
			STR_ARG(item->html));
	}
	print_message("%s: %zu of %zu the same, %zu explained\n", suite->file,
		      passed, cases.count, suite->difference_count);
	arena_release(&arena);
	assert_int_equal(failed, 0);
}

static void test_commonmark(void **state)
{
	static const struct explained differences[] = {
		{ 21, address_encoded },  { 31, address_encoded },
		{ 148, across },	  { 149, table },
		{ 150, closed },	  { 151, closed },
		{ 152, spelled },	  { 153, spelled },
		{ 154, spelled },	  { 155, closed },
		{ 156, not_allowed },	  { 157, not_allowed },
		{ 158, not_allowed },	  { 160, table },
		{ 163, not_allowed },	  { 164, not_allowed },
		{ 165, closed },	  { 169, not_allowed },
		{ 170, not_allowed },	  { 171, not_allowed },
		{ 172, not_allowed },	  { 173, not_allowed },
		{ 174, closed },	  { 175, closed },
		{ 176, not_allowed },	  { 177, comment },
		{ 178, not_allowed },	  { 179, comment },
		{ 180, comment },	  { 181, comment },
		{ 182, comment },	  { 183, comment },
		{ 184, closed },	  { 187, closed },
		{ 190, table },		  { 191, table },
		{ 201, not_allowed },	  { 308, comment },
		{ 309, comment },	  { 344, address_encoded },
		{ 474, closed },	  { 475, closed },
		{ 476, closed },	  { 490, closed },
		{ 493, closed },	  { 523, not_allowed },
		{ 535, not_allowed },	  { 612, closed },
		{ 613, not_allowed },	  { 614, not_allowed },
		{ 615, not_allowed },	  { 616, not_allowed },
		{ 622, closed },	  { 624, comment },
		{ 627, comment },	  { 628, comment },
		{ 629, comment },	  { 630, address_encoded },
		{ 631, address_encoded }, { 642, address_encoded },
		{ 643, address_encoded },
	};
	static const struct suite suite = {
		.file = "commonmark/spec-0.30.json",
		.count = 652,
		.differences = differences,
		.difference_count = COUNT_OF(differences),
	};

	(void)state;
	run(&suite);
}

/* The newer specification, as far as cmark 0.30.2 knows it. */
static void test_commonmark_newer(void **state)
{
	static const struct explained differences[] = {
		{ 21, address_encoded },  { 31, address_encoded },
		{ 148, across },	  { 149, table },
		{ 150, closed },	  { 151, closed },
		{ 152, spelled },	  { 153, spelled },
		{ 154, spelled },	  { 155, closed },
		{ 156, not_allowed },	  { 157, not_allowed },
		{ 158, not_allowed },	  { 160, table },
		{ 163, not_allowed },	  { 164, not_allowed },
		{ 165, closed },	  { 169, not_allowed },
		{ 170, not_allowed },	  { 171, not_allowed },
		{ 172, not_allowed },	  { 173, not_allowed },
		{ 174, closed },	  { 175, closed },
		{ 176, not_allowed },	  { 177, comment },
		{ 178, not_allowed },	  { 179, comment },
		{ 180, comment },	  { 181, comment },
		{ 182, comment },	  { 183, comment },
		{ 184, closed },	  { 187, closed },
		{ 190, table },		  { 191, table },
		{ 201, not_allowed },	  { 308, comment },
		{ 309, comment },	  { 344, address_encoded },
		{ 354, newer },		  { 475, closed },
		{ 476, closed },	  { 477, closed },
		{ 491, closed },	  { 494, closed },
		{ 524, not_allowed },	  { 536, not_allowed },
		{ 613, closed },	  { 614, not_allowed },
		{ 615, not_allowed },	  { 616, not_allowed },
		{ 617, not_allowed },	  { 623, closed },
		{ 625, comment },	  { 626, comment },
		{ 627, comment },	  { 628, comment },
		{ 629, comment },	  { 630, comment },
		{ 631, address_encoded }, { 642, address_encoded },
		{ 643, address_encoded },
	};
	static const struct suite suite = {
		.file = "commonmark/spec-0.31.2.json",
		.count = 652,
		.differences = differences,
		.difference_count = COUNT_OF(differences),
	};

	(void)state;
	run(&suite);
}

static void test_commonmark_regression(void **state)
{
	static const struct explained differences[] = {
		{ 3, spelled },	     { 6, not_allowed },  { 8, not_allowed },
		{ 11, not_allowed }, { 14, not_allowed }, { 17, comment },
		{ 18, comment },     { 19, newer },	  { 21, comment },
		{ 23, comment },     { 24, newer },	  { 25, newer },
		{ 26, comment },
	};
	static const struct suite suite = {
		.file = "commonmark/regression.json",
		.count = 26,
		.differences = differences,
		.difference_count = COUNT_OF(differences),
	};

	(void)state;
	run(&suite);
}

static void test_github_regression(void **state)
{
	static const struct explained differences[] = {
		{ 3, spelled },		{ 6, not_allowed },
		{ 9, not_allowed },	{ 10, single_tilde },
		{ 11, single_tilde },	{ 13, footnote_shape },
		{ 14, not_allowed },	{ 17, not_allowed },
		{ 20, footnote_shape }, { 21, footnote_shape },
		{ 22, footnote_shape }, { 23, label_is_text },
		{ 24, label_is_text },
	};
	static const struct suite suite = {
		.file = "gfm/regression.json",
		.count = 26,
		.differences = differences,
		.difference_count = COUNT_OF(differences),
	};

	(void)state;
	run(&suite);
}

static void test_github_addresses(void **state)
{
	static const struct explained differences[] = {
		{ 621, addresses_off }, { 622, addresses_off },
		{ 623, addresses_off }, { 624, addresses_off },
		{ 625, addresses_off }, { 626, addresses_off },
		{ 627, addresses_off }, { 628, addresses_off },
		{ 629, addresses_off }, { 630, addresses_off },
		{ 631, addresses_off },
	};
	static const struct suite suite = {
		.file = "gfm/autolink.json",
		.count = 11,
		.differences = differences,
		.difference_count = COUNT_OF(differences),
	};

	(void)state;
	run(&suite);
}

static void test_github_tags(void **state)
{
	static const struct explained differences[] = { { 653, not_allowed } };
	static const struct suite suite = {
		.file = "gfm/tagfilter.json",
		.count = 1,
		.differences = differences,
		.difference_count = COUNT_OF(differences),
	};

	(void)state;
	run(&suite);
}

static void test_github_table_style(void **state)
{
	static const struct suite suite = {
		.file = "gfm/extensions-table-style.json",
		.count = 1,
	};

	(void)state;
	run(&suite);
}

static void test_github_info_string(void **state)
{
	static const struct explained differences[] = {
		{ 2, info_attribute },
		{ 3, info_attribute },
		{ 4, info_attribute },
	};
	static const struct suite suite = {
		.file = "gfm/extensions-full-info-string.json",
		.count = 4,
		.differences = differences,
		.difference_count = COUNT_OF(differences),
	};

	(void)state;
	run(&suite);
}

static void test_tables(void **state)
{
	static const struct suite suite = { .file = "gfm/tables.json",
					    .count = 8 };

	(void)state;
	run(&suite);
}

static void test_strikethrough(void **state)
{
	static const struct suite suite = { .file = "gfm/strikethrough.json",
					    .count = 2 };

	(void)state;
	run(&suite);
}

static void test_task_lists(void **state)
{
	static const struct suite suite = { .file = "gfm/tasklist.json",
					    .count = 2 };

	(void)state;
	run(&suite);
}

static void test_extensions(void **state)
{
	static const struct explained differences[] = {
		{ 17, single_tilde },	{ 18, single_tilde },
		{ 19, addresses_off },	{ 22, comment },
		{ 23, footnote_shape }, { 24, footnote_shape },
		{ 25, footnote_shape }, { 26, addresses_off },
		{ 27, addresses_off },
	};
	static const struct suite suite = {
		.file = "gfm/extensions.json",
		.count = 30,
		.differences = differences,
		.difference_count = COUNT_OF(differences),
	};

	(void)state;
	run(&suite);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_commonmark),
		cmocka_unit_test(test_commonmark_newer),
		cmocka_unit_test(test_commonmark_regression),
		cmocka_unit_test(test_github_regression),
		cmocka_unit_test(test_github_addresses),
		cmocka_unit_test(test_github_tags),
		cmocka_unit_test(test_github_table_style),
		cmocka_unit_test(test_github_info_string),
		cmocka_unit_test(test_tables),
		cmocka_unit_test(test_strikethrough),
		cmocka_unit_test(test_task_lists),
		cmocka_unit_test(test_extensions),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
