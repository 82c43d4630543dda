/*
 * What a help says is done to the letter: titles as people write them, with
 * quotation marks, colons, "#", brackets and the like, are put behind "title:";
 * when YAML does not read one as it stands, the line that the help gives is
 * put in its place, and the file has to pass.
 */
#include "library/front_matter.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/unicode.h"
#include "support/schema_fixture.h"
#include "support/text_case.h"

enum { ROUNDS = 30000, PARTS = 7 };

static const char *const parts[] = {
	"关于", "通知", "放管服", "3", "a",   " ",	"'",	  "\"",
	"''",	"'",	"\"",	  ":", ": ",  "#",	" #",	  "[",
	"]",	"{",	"}",	  "%", "@",   "-",	"- ",	  "\\",
	"!",	"&",	"*",	  "|", ">",   "?",	"? ",	  ",",
	", ",	"`",	"~",	  "“", "”",   "：",	"（",	  "…",
	"$",	"=",	"<",	  ".", "\\n", "\u3000", "\u00a0",
};

/* xorshift: the same titles on every machine. */
static uint32_t draw(uint32_t *state, size_t below)
{
	*state ^= *state << 13;
	*state ^= *state >> 17;
	*state ^= *state << 5;
	return *state % (uint32_t)below;
}

static str make_title(struct arena *arena, uint32_t *state)
{
	size_t count = 1 + draw(state, PARTS);
	struct buf out;

	buf_init(&out, arena);
	for (size_t i = 0; i < count; i++)
		buf_add_c(&out, parts[draw(state, COUNT_OF(parts))]);
	return buf_str(&out);
}

/* What stands between key and value, right and wrong. */
static const char *const forms[] = { "title: ",	 "title:",  "title：",
				     "title:  ", "title :", "title: " };

static void open_case(struct text_case *test, str line)
{
	struct buf text;
	struct arena arena;

	arena_init(&arena);
	buf_init(&text, &arena);
	buf_printf(&text,
		   "---\ntype: news\ndate: 2024-01-02\n%.*s\nsource: 市府\n"
		   "---\n正文\n",
		   STR_ARG(line));
	text_case_init(test, "content/jyj/a.md", buf_str(&text));
	test->source.text = arena_copy(&test->arena, test->source.text);
	arena_release(&arena);
}

/* Made once: it is the same for all files. */
static const struct schema *schema;

static bool parse(struct front_matter *out, struct text_case *test)
{
	struct front_matter_options options = { .schema = schema,
						.offset = 480 };

	return front_matter_parse(out, &test->source, &options, &test->arena,
				  &test->diags);
}

static str line_of(const struct diag *diag)
{
	str help = diag->help;
	str found = { "", 0 };
	size_t at;

	while ((at = str_find(help, STR("title: "))) != STR_NONE) {
		found = str_from(help, at);
		help = str_from(found, 1);
	}
	return strcmp(diag->id, "field-missing") == 0 ? STR("") : found;
}

/* The line that the first help ends in which has one. */
static str line_of_help(struct text_case *test)
{
	const struct diag *items = test->diags.items.items;
	str line = { "", 0 };

	diag_sort(&test->diags);
	for (size_t i = 0; i < test->diags.items.count && line.len == 0; i++)
		line = line_of(&items[i]);
	return line;
}

/* No text at all, or one that stands on the lines below. */
static bool is_hopeless(str title)
{
	str text = unicode_trim(title);

	if (text.len > 0 && (text.data[0] == '|' || text.data[0] == '>')) {
		text = unicode_trim(str_from(text, 1));
		return text.len == 0 || text.data[0] == '#' ||
		       str_equal(text, STR("-"));
	}
	return text.len == 0 || str_equal(text, STR("~")) ||
	       str_equal(text, STR("''")) || str_equal(text, STR("\"\""));
}

/* Messages that a line may have although its help was followed. */
static bool may_lack(const struct text_case *test)
{
	const char *id = text_case_id(test);

	/* a comment behind a date, a number or a name; a key in brackets that
	 * has odd spaces; "\n" between double quotes; no value at all */
	return test->diags.items.count == 1 &&
	       (strcmp(id, "yaml-comment") == 0 ||
		strcmp(id, "yaml-space") == 0 ||
		strcmp(id, "text-line-break") == 0 ||
		strcmp(id, "field-missing") == 0);
}

/* What is published is what was written, unless it had signs of YAML. */
static void check_meaning(str line, const struct front_matter *matter)
{
	str written = unicode_trim(str_from(line, STR("title:").len));
	str title = front_matter_value(matter, STR("title"))->text;

	if (!str_starts_with(line, STR("title: ")) || written.len == 0 ||
	    strchr("'\"[{", written.data[0]) != NULL)
		return;
	if (!str_equal(title, written))
		fail_msg("%.*s\nbecame %.*s", STR_ARG(line), STR_ARG(title));
}

/*
 * Follows the help. A line whose colon was wrong, or that has brackets and
 * commas, may turn out to be a list then, so that its second help is followed,
 * too; no other may.
 */
static void follow(struct arena *arena, str line, struct text_case *was,
		   size_t steps)
{
	str repaired = line_of_help(was);
	bool may_be_list =
		text_case_count(was, "yaml-wide-colon") +
				text_case_count(was, "yaml-colon-space") >
			0 ||
		str_starts_with(repaired, STR("title: ["));
	struct front_matter matter;
	struct text_case test;

	if (repaired.len == 0 && may_lack(was))
		return;
	if (repaired.len == 0 || steps == 0)
		fail_msg("%.*s\n%.*s", STR_ARG(line),
			 STR_ARG(text_case_print(was)));
	repaired = arena_copy(arena, repaired);
	open_case(&test, repaired);
	if (!parse(&matter, &test) || test.diags.items.count > 0)
		follow(arena, repaired, &test, may_be_list ? steps - 1 : 0);
	else if (was->diags.items.count == 1)
		check_meaning(line, &matter);
	text_case_release(&test);
}

static void test_helps(void **state)
{
	uint32_t seed = 20260302;
	size_t wrong = 0;
	struct arena lasting;

	(void)state;
	arena_init(&lasting);
	schema = schema_fixture(&lasting);
	for (size_t i = 0; i < ROUNDS; i++) {
		struct front_matter matter;
		struct text_case test;
		struct arena arena;
		str title;
		str line;

		arena_init(&arena);
		title = make_title(&arena, &seed);
		line = arena_printf(&arena, "%s%.*s",
				    forms[draw(&seed, COUNT_OF(forms))],
				    STR_ARG(title));
		open_case(&test, line);
		if (!is_hopeless(title) &&
		    (!parse(&matter, &test) || test.diags.items.count > 0)) {
			wrong++;
			follow(&arena, line, &test, 3);
		} else if (!is_hopeless(title)) {
			check_meaning(line, &matter);
		}
		text_case_release(&test);
		arena_release(&arena);
	}
	print_message("%zu of %d titles need a help\n", wrong, (int)ROUNDS);
	assert_true(wrong > ROUNDS / 4);
	arena_release(&lasting);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_helps),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
