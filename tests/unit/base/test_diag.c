/* Messages: how they are printed, sorted and merged. */
#include "base/diag.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/unicode.h"

/* The sources of the messages: number 0 and 1. */
struct library {
	struct source sources[2];
	size_t reads;
	size_t paths;
};

static bool read_source(void *context, uint32_t number, struct source *out,
			struct arena *arena)
{
	struct library *library = context;

	(void)arena;
	library->reads++;
	if (number >= COUNT_OF(library->sources))
		return false;
	*out = library->sources[number];
	return true;
}

static bool read_path(void *context, uint32_t number, str *out,
		      struct arena *arena)
{
	struct library *library = context;

	(void)arena;
	library->paths++;
	*out = library->sources[number].path;
	return true;
}

struct fixture {
	struct arena arena;
	struct diag_list diags;
	struct library library;
	struct source_reader reader;
};

static int set_up(void **state)
{
	static struct fixture fixture;

	arena_init(&fixture.arena);
	diag_list_init(&fixture.diags, &fixture.arena);
	fixture.library = (struct library){
		{ { 0, STR("content/b.md"), STR("") },
		  { 1, STR("content/a.md"), STR("") } },
		0,
		0,
	};
	fixture.reader =
		(struct source_reader){ &fixture.library, read_source, NULL };
	*state = &fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;

	arena_release(&fixture->arena);
	return 0;
}

static str printed(struct fixture *fixture)
{
	struct buf out;

	buf_init(&out, &fixture->arena);
	diag_print(&out, &fixture->diags, &fixture->reader);
	return buf_str(&out);
}

/* One message about bytes [start, end) of `text`. */
static str print_one(struct fixture *fixture, const char *text, uint32_t start,
		     uint32_t end)
{
	fixture->library.sources[0].text = str_from_c(text);
	diag_list_init(&fixture->diags, &fixture->arena);
	diag_error(&fixture->diags, (struct span){ 0, start, end }, "some-id",
		   "wrong");
	return printed(fixture);
}

static void test_form(void **state)
{
	struct fixture *fixture = *state;
	struct diag *diag;

	fixture->library.sources[0].text =
		STR("title: x\nissued: 2024-13-01\n");
	diag = diag_error(&fixture->diags, (struct span){ 0, 17, 27 },
			  "date-invalid", "\"%s\" is not a date", "2024-13-01");
	diag_help(&fixture->diags, diag, "write %s", "YYYY-MM-DD");
	assert_string_equal(
		printed(fixture).data,
		"content/b.md:2:9: error: \"2024-13-01\" is not a date "
		"(costs this resource) [date-invalid]\n"
		"   2 | issued: 2024-13-01\n"
		"     |         ^^^^^^^^^^\n"
		"  help: write YYYY-MM-DD\n");
}

static void test_caret_under_chinese(void **state)
{
	assert_string_equal(print_one(*state, "标题：政务\n", 9, 15).data,
			    "content/b.md:1:4: error: wrong [some-id]\n"
			    "   1 | 标题：政务\n"
			    "     |       ^^^^\n");
}

static void test_caret_under_tabs_and_controls(void **state)
{
	assert_string_equal(print_one(*state, "\ta\x01:\tb\n", 5, 6).data,
			    "content/b.md:1:6: error: wrong [some-id]\n"
			    "   1 |  a?: b\n"
			    "     |      ^\n");
}

static void test_caret_stays_on_its_line(void **state)
{
	assert_string_equal(print_one(*state, "ab\ncd\n", 1, 6).data,
			    "content/b.md:1:2: error: wrong [some-id]\n"
			    "   1 | ab\n"
			    "     |  ^\n");
}

static void test_carriage_return(void **state)
{
	assert_string_equal(print_one(*state, "ab\r\ncd\r\n", 4, 6).data,
			    "content/b.md:2:1: error: wrong [some-id]\n"
			    "   2 | cd\n"
			    "     | ^^\n");
	assert_string_equal(print_one(*state, "ab\r\ncd", 2, 4).data,
			    "content/b.md:1:3: error: wrong [some-id]\n"
			    "   1 | ab\n"
			    "     |   ^\n");
}

static void test_end_of_file(void **state)
{
	assert_string_equal(print_one(*state, "ab\n", 3, 3).data,
			    "content/b.md:2:1: error: wrong [some-id]\n"
			    "   2 | \n"
			    "     | ^\n");
	assert_string_equal(print_one(*state, "", 0, 0).data,
			    "content/b.md:1:1: error: wrong [some-id]\n");
}

/* The caret line of a printed message, and the text above the carets. */
static str above_carets(str message)
{
	str line, text = { "", 0 }, carets = { "", 0 };
	size_t from;

	while (str_split_next(&message, '\n', &line))
		if (str_find_byte(line, '^') != STR_NONE) {
			carets = line;
			break;
		} else {
			text = line;
		}
	from = str_find_byte(carets, '^');
	assert_true(from != STR_NONE);
	return str_between(text, from, carets.len);
}

/* Of a long line, the part with the mistake is shown. */
static void test_long_lines(void **state)
{
	static const uint32_t starts[] = { 0, 50, 60, 61, 100, 500, 996 };
	char text[1001];

	memset(text, '.', sizeof(text));
	text[1000] = '\0';
	for (size_t i = 0; i < COUNT_OF(starts); i++) {
		str message;

		memcpy(text + starts[i], "here", 4);
		message = print_one(*state, text, starts[i], starts[i] + 4);
		assert_true(str_equal_c(above_carets(message), "here"));
		assert_true(message.len < 400);
		memset(text + starts[i], '.', 4);
	}
}

static void test_long_chinese_lines(void **state)
{
	struct fixture *fixture = *state;
	struct buf text;
	str message;

	buf_init(&text, &fixture->arena);
	for (int i = 0; i < 300; i++)
		buf_add_c(&text, i == 200 ? "错误" : "政");
	message = print_one(fixture, text.data, 600, 606);
	assert_true(str_find(message, STR("错误")) != STR_NONE);
	assert_true(str_find(message, STR(" ^^^^\n")) != STR_NONE);
	assert_int_equal(unicode_invalid_at(message), STR_NONE);
	assert_true(message.len < 800);
}

static void test_no_place(void **state)
{
	struct fixture *fixture = *state;
	struct diag *diag =
		diag_failure(&fixture->diags, "git", "no repository");

	assert_string_equal(printed(fixture).data,
			    "jiyue: error: no repository [git]\n");
	diag->path = STR("sites/x");
	assert_string_equal(printed(fixture).data,
			    "sites/x: error: no repository [git]\n");
	diag->span = (struct span){ 7, 0, 0 };
	assert_string_equal(printed(fixture).data,
			    "sites/x: error: no repository [git]\n");
}

static void test_no_reader(void **state)
{
	struct fixture *fixture = *state;
	struct buf out;

	diag_warning(&fixture->diags, span_none(), "x", "careful");
	buf_init(&out, &fixture->arena);
	diag_print(&out, &fixture->diags, NULL);
	assert_string_equal(out.data, "jiyue: warning: careful [x]\n");
}

static void test_counts(void **state)
{
	struct fixture *fixture = *state;
	struct diag_list *diags = &fixture->diags;

	diag_error(diags, span_none(), "a", "1");
	diag_warning(diags, span_none(), "a", "2");
	assert_false(diags->failed);
	diag_failure(diags, "a", "3");
	assert_true(diags->failed);
	assert_int_equal(diags->error_count, 2);
	assert_int_equal(diags->warning_count, 1);
}

static void add(struct fixture *fixture, uint32_t source, uint32_t start,
		const char *id)
{
	diag_error(&fixture->diags, (struct span){ source, start, start }, id,
		   "m");
}

/* By path (not by number), offset, id; the same one once. */
static void test_sort(void **state)
{
	static const char *const expected[] = { "a1", "a2", "b1", "b2" };
	struct fixture *fixture = *state;
	const struct diag *items;

	add(fixture, 0, 9, "b2");
	add(fixture, 1, 5, "a2");
	add(fixture, 0, 9, "b1");
	add(fixture, 1, 3, "a1");
	add(fixture, 1, 5, "a2");
	diag_resolve(&fixture->diags, &fixture->reader);
	diag_sort(&fixture->diags);
	items = fixture->diags.items.items;
	assert_int_equal(fixture->diags.items.count, 4);
	assert_int_equal(fixture->diags.error_count, 4);
	for (size_t i = 0; i < 4; i++)
		assert_string_equal(items[i].id, expected[i]);
}

static void test_sort_of_none(void **state)
{
	struct fixture *fixture = *state;

	diag_sort(&fixture->diags);
	assert_int_equal(fixture->diags.items.count, 0);
	assert_int_equal(printed(fixture).len, 0);
}

static void test_merge_copies(void **state)
{
	struct fixture *fixture = *state;
	struct arena scratch;
	struct diag_list page;
	const struct diag *copy;
	struct diag *diag;

	arena_init(&scratch);
	diag_list_init(&page, &scratch);
	diag_warning(&page, span_none(), "w", "first");
	diag = diag_failure(&page, "f", "%s", "second");
	diag_help(&page, diag, "%s", "help");
	diag->path = STR("p");
	diag_merge(&fixture->diags, &page);
	arena_release(&scratch);
	copy = (const struct diag *)fixture->diags.items.items + 1;
	assert_int_equal(fixture->diags.items.count, 2);
	assert_true(fixture->diags.failed);
	assert_int_equal(fixture->diags.error_count, 1);
	assert_int_equal(fixture->diags.warning_count, 1);
	assert_true(str_equal_c(copy->message, "second"));
	assert_true(str_equal_c(copy->help, "help"));
	assert_true(str_equal_c(copy->path, "p"));
}

/* --- bounds --- */

/* A text of `count` lines "x\n", each with one message. */
static void record_lines(struct diag_list *diags, uint32_t source, size_t count)
{
	for (uint32_t i = 0; i < count; i++) {
		struct diag *diag = diag_error(
			diags, (struct span){ source, 2 * i, 2 * i + 1 },
			"link-dead", "the link %u leads nowhere", i);

		diag_help(diags, diag, "take the link number %u out", i);
	}
}

static str lines(struct arena *arena, size_t count)
{
	struct buf text;

	buf_init(&text, arena);
	for (size_t i = 0; i < count; i++)
		buf_add_c(&text, "x\n");
	return buf_str(&text);
}

/* Bytes of memory that so many messages about one file take, until printed. */
static size_t memory_of(struct fixture *fixture, size_t count, size_t limit)
{
	struct arena arena, out_arena;
	struct diag_list diags;
	struct buf out;
	size_t total;

	fixture->library.sources[0].text = lines(&fixture->arena, count);
	fixture->library.reads = 0;
	fixture->library.paths = 0;
	arena_init(&arena);
	arena_init(&out_arena);
	diag_list_init(&diags, &arena);
	diags.limit = limit;
	record_lines(&diags, 0, count);
	diag_resolve(&diags, &fixture->reader);
	diag_sort(&diags);
	buf_init(&out, &out_arena);
	diag_print(&out, &diags, &fixture->reader);
	assert_int_equal(diags.error_count, count);
	assert_true(out.len < DIAG_FILE_LIMIT * 200);
	total = arena.total + out_arena.total;
	arena_release(&arena);
	arena_release(&out_arena);
	return total;
}

/* A file with many mistakes is read once, and each costs a mark at most. */
static void test_many_in_one_file(void **state)
{
	static const size_t limits[] = { 0, 20, 1000 };
	struct fixture *fixture = *state;

	fixture->reader.path = read_path;
	for (size_t i = 0; i < COUNT_OF(limits); i++) {
		size_t few = memory_of(fixture, 10000, limits[i]);
		size_t many = memory_of(fixture, 40000, limits[i]);

		assert_int_equal(fixture->library.reads, 1);
		assert_int_equal(fixture->library.paths, 1);
		assert_true(many - few < 30000 * 4 * sizeof(struct diag_mark));
	}
}

/* What is found again for each page counts once, and takes no more room. */
static void test_many_times_the_same(void **state)
{
	enum { SAME = 3000 };
	size_t totals[2];

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct diag_list diags;
		struct arena arena;

		arena_init(&arena);
		diag_list_init(&diags, &arena);
		diags.limit = 20;
		for (size_t k = 0; k < (i == 0 ? 4 : 40); k++)
			record_lines(&diags, 0, SAME);
		diag_sort(&diags);
		assert_int_equal(diags.error_count, SAME);
		totals[i] = arena.total;
		arena_release(&arena);
	}
	assert_int_equal(totals[1], totals[0]);
}

/* Without a function for paths, a source is read once more for its own. */
static void test_path_by_reading(void **state)
{
	struct fixture *fixture = *state;

	fixture->reader.path = NULL;
	(void)memory_of(fixture, 1000, 20);
	assert_int_equal(fixture->library.reads, 2);
}

static void test_rest_of_file(void **state)
{
	struct fixture *fixture = *state;
	str text;

	fixture->library.sources[0].text = lines(&fixture->arena, 12000);
	record_lines(&fixture->diags, 0, 12000);
	diag_resolve(&fixture->diags, &fixture->reader);
	diag_sort(&fixture->diags);
	text = printed(fixture);
	assert_int_equal(fixture->diags.items.count, DIAG_FILE_LIMIT);
	assert_int_equal(diag_total(&fixture->diags), 12000);
	assert_true(str_ends_with(
		text, STR("content/b.md: … and 11800 more in this file\n")));
	assert_true(str_find(text, STR("content/b.md:200:1: error: the link "
				       "199 leads nowhere")) != STR_NONE);
	assert_true(str_find(text, STR("content/b.md:201:")) == STR_NONE);
}

/* Of a kind the first by place are kept, whatever the order they come in. */
static void test_first_of_a_kind(void **state)
{
	enum { COUNT = 100, LIMIT = 7 };
	struct fixture *fixture = *state;
	struct diag_list *diags = &fixture->diags;
	const struct diag *items;

	diags->limit = LIMIT;
	for (uint32_t i = 0; i < COUNT; i++) {
		uint32_t at = (i * 37 + 11) % COUNT; /* each once */

		diag_error(diags, (struct span){ at % 2, at / 2, at / 2 + 1 },
			   "link-dead", "message %u", at);
		diag_error(diags, (struct span){ at % 2, at / 2, at / 2 + 1 },
			   "link-dead", "message %u", at);
	}
	diag_warning(diags, (struct span){ 1, 9, 9 }, "html-removed", "w");
	assert_int_equal(diags->count, 2 * COUNT + 1);
	diag_resolve(diags, &fixture->reader);
	diag_sort(diags);
	items = diags->items.items;
	assert_int_equal(diags->items.count, LIMIT + 1);
	assert_string_equal(items[0].id, "html-removed");
	for (size_t i = 0; i < LIMIT; i++) {
		assert_int_equal(items[i + 1].span.source, 0);
		assert_int_equal(items[i + 1].span.start, i);
	}
	assert_int_equal(diags->error_count, COUNT);
	assert_int_equal(diags->warning_count, 1);
	assert_int_equal(diags->marks.count, COUNT - LIMIT);
}

/* Names that have no place are told apart by their paths. */
static void test_names_of_a_kind(void **state)
{
	struct fixture *fixture = *state;
	struct diag_list *diags = &fixture->diags;
	const struct diag *items;

	diags->limit = 3;
	for (int i = 9; i >= 0; i--)
		diag_error(diags, span_none(), "snapshot-symlink", "a link")
			->path = arena_printf(&fixture->arena, "link%d", i);
	diag_failure(diags, "output-write", "disk full");
	diag_sort(diags);
	items = diags->items.items;
	assert_int_equal(diags->items.count, 4);
	assert_int_equal(diags->error_count, 11);
	assert_string_equal(items[0].id, "output-write");
	assert_true(str_equal_c(items[3].path, "link2"));
}

/* What is told after others were taken out has texts of its own. */
static void test_told_after_a_sort(void **state)
{
	struct fixture *fixture = *state;
	struct diag_list *diags = &fixture->diags;
	const bool is_out[] = { true, false, false };
	const struct diag *items;

	for (int i = 0; i < 3; i++) {
		struct diag *diag = diag_error(diags, span_none(), "link-dead",
					       "number %d", i);

		diag_help(diags, diag, "help %d", i);
	}
	diag_sort(diags);
	diag_take_out(diags, is_out, 0);
	diag_help(diags,
		  diag_error(diags, span_none(), "link-dead", "number 3"),
		  "help 3");
	items = diags->items.items;
	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(items[i].message.data[7], '1' + i);
		assert_int_equal(items[i].help.data[5], '1' + i);
	}
}

/* The text of a message that is pushed out makes room for another. */
static void test_memory_of_slots(void **state)
{
	struct fixture *fixture = *state;
	size_t before;

	fixture->diags.limit = 5;
	for (uint32_t i = 20000; i > 19000; i--)
		add(fixture, 0, i, "link-dead");
	before = fixture->arena.total;
	for (uint32_t i = 19000; i > 1000; i--)
		add(fixture, 0, i, "link-dead");
	assert_true(fixture->arena.total - before <
		    18000 * 4 * sizeof(struct diag_mark));
}

static str joined(struct fixture *fixture, struct diag_list *parts,
		  const size_t *order, size_t count)
{
	diag_list_init(&fixture->diags, &fixture->arena);
	fixture->diags.limit = 20;
	for (size_t i = 0; i < count; i++)
		diag_merge(&fixture->diags, &parts[order[i]]);
	diag_resolve(&fixture->diags, &fixture->reader);
	diag_sort(&fixture->diags);
	return printed(fixture);
}

/* Parts that several threads have filled give the same in any order. */
static void test_merge_in_any_order(void **state)
{
	static const size_t orders[][3] = { { 0, 1, 2 },
					    { 2, 0, 1 },
					    { 1, 2, 0 } };
	struct fixture *fixture = *state;
	struct diag_list parts[3];
	size_t warnings = 0;
	str first = { "", 0 };

	fixture->diags.limit = 20;
	for (uint32_t i = 0; i < 3; i++) {
		diag_list_init_part(&parts[i], &fixture->arena,
				    &fixture->diags);
		for (uint32_t k = 0; k < 100; k++)
			diag_warning(&parts[i],
				     (struct span){ k % 2, (k * 3 + i) % 150,
						    (k * 3 + i) % 150 + 1 },
				     k % 3 == 0 ? "link-dead" : "html-removed",
				     "m%u", k % 5);
	}
	for (size_t i = 0; i < COUNT_OF(orders); i++) {
		str text = joined(fixture, parts, orders[i], 3);

		if (i == 0) {
			first = text;
			warnings = fixture->diags.warning_count;
		}
		assert_true(str_equal(first, text));
		assert_int_equal(fixture->diags.warning_count, warnings);
		assert_int_equal(fixture->diags.items.count, 40);
	}
}

/* A message is as long as a reader can bear, and whole characters. */
static void test_long_message(void **state)
{
	struct fixture *fixture = *state;
	const struct diag *diag;
	struct buf text;

	buf_init(&text, &fixture->arena);
	for (int i = 0; i < 2000; i++)
		buf_add_c(&text, "政");
	diag = diag_error(&fixture->diags, span_none(), "x", "a%s", text.data);
	assert_true(diag->message.len < DIAG_TEXT_LIMIT);
	assert_true(diag->message.len > DIAG_TEXT_LIMIT - 20);
	assert_true(str_ends_with(diag->message, STR("政…")));
	assert_int_equal(unicode_invalid_at(diag->message), STR_NONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_form, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_caret_under_chinese,
						set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			test_caret_under_tabs_and_controls, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_caret_stays_on_its_line,
						set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_carriage_return, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_end_of_file, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_long_lines, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_long_chinese_lines, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_no_place, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_no_reader, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_counts, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_sort, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_sort_of_none, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_merge_copies, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_many_in_one_file, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_path_by_reading, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_rest_of_file, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_many_times_the_same,
						set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_first_of_a_kind, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_names_of_a_kind, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_told_after_a_sort, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_memory_of_slots, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_merge_in_any_order, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_long_message, set_up,
						tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
