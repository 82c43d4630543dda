/*
 * tests/text/: what editors write, with the HTML and the messages that are
 * right for it. Its README says what a file looks like.
 *
 * UPDATE=1 writes the parts behind each input anew; the diff is to be read.
 */
#include "markup/markdown.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <dirent.h>

#include <cmocka.h>

#include "support/text_case.h"

enum { LEAST_ROWS = 300, FILES = 64, FILE_BYTES = 4 * 1024 * 1024 };

static const char folder[] = "tests/text";

/* One row of a file: slices of its text. */
struct row {
	str reason;
	str input;
	str parts; /* "--- html" and so on, as they stand */
};

struct table {
	str name;
	str text;
	struct list rows; /* struct row */
	str head;	  /* what stands before the first row */
};

struct reading {
	struct arena arena;
	size_t rows;
	size_t failed;
	bool updating;
};

/* --- reading -------------------------------------------------------------- */

static str read_file(const char *path, struct arena *arena)
{
	char *bytes = arena_raw(arena, FILE_BYTES);
	FILE *file = fopen(path, "rb");
	size_t len;

	assert_non_null(file);
	len = fread(bytes, 1, FILE_BYTES, file);
	assert_true(len < FILE_BYTES);
	fclose(file);
	return (str){ bytes, len };
}

/* The start of the next line that begins with `mark`, or the end. */
static size_t next_mark(str text, size_t at, str mark)
{
	while (at < text.len && !str_starts_with(str_from(text, at), mark)) {
		size_t end = str_find_byte(str_from(text, at), '\n');

		at = end == STR_NONE ? text.len : at + end + 1;
	}
	return at;
}

static void read_rows(struct table *table, struct arena *arena)
{
	str text = table->text;
	size_t at = next_mark(text, 0, STR("=== "));

	list_init(&table->rows, sizeof(struct row));
	table->head = str_between(text, 0, at);
	while (at < text.len) {
		size_t end = next_mark(text, at + 4, STR("=== "));
		str block = str_between(text, at, end);
		size_t line = str_find_byte(block, '\n');
		struct row *row = list_add(&table->rows, arena);
		size_t parts;

		assert_true(line != STR_NONE);
		row->reason = str_between(block, 4, line);
		parts = next_mark(block, line + 1, STR("--- "));
		row->input = str_between(block, line + 1, parts);
		while (str_ends_with(row->input, STR("\n")))
			row->input.len--;
		row->parts = str_from(block, parts);
		at = end;
	}
}

/* --- one row -------------------------------------------------------------- */

/*
 * "file:" addresses are attachments, http leaves the site, "lost:" leads
 * nowhere.
 */
static bool resolve(void *context, struct markdown_target *out, str destination,
		    bool is_image, struct span span, struct diag_list *diags)
{
	(void)context;
	if (str_starts_with(destination, STR("lost:"))) {
		diag_error(diags, span, "link-dead", "nowhere");
		return false;
	}
	out->address = destination;
	out->is_outside =
		!is_image && str_starts_with(destination, STR("http"));
	return true;
}

static const struct markdown_options options = {
	.resolve = resolve,
	.raw_html = true,
	.footnotes_title = STR("注释"),
	.footnote_back = STR("返回正文"),
	.leave_prefix = STR("leave-"),
	.table_label = STR("表格"),
	.task_done = STR("已完成"),
	.task_open = STR("未完成"),
	.callouts = { STR("说明"), STR("提示"), STR("重要"), STR("注意"),
		      STR("警告") },
};

static void add_part(struct buf *out, const char *name, str text)
{
	if (text.len == 0)
		return;
	buf_printf(out, "--- %s\n", name);
	buf_add(out, text);
	if (text.data[text.len - 1] != '\n')
		buf_add_byte(out, '\n');
}

static str contents_of(const struct markdown *body, struct arena *arena)
{
	struct buf out;

	buf_init(&out, arena);
	for (size_t i = 0; i < body->heading_count; i++)
		buf_printf(&out, "%d %.*s | %.*s\n", body->headings[i].level,
			   STR_ARG(body->headings[i].id),
			   STR_ARG(body->headings[i].text));
	return buf_str(&out);
}

/* Each message as "line:column what is marked | id", and its help below. */
static str messages_of(struct text_case *test)
{
	struct buf out;

	buf_init(&out, &test->arena);
	for (size_t i = 0; i < test->diags.items.count; i++) {
		const struct diag *diag = test->diags.items.items;
		struct place place;

		diag += i;
		place = source_place(test->source.text, diag->span.start);
		buf_printf(
			&out, "%zu:%zu %s %s \"%.*s\"\n", place.line,
			place.column,
			diag->level == DIAG_ERROR ? "error" : "warning",
			diag->id,
			STR_ARG(str_between(test->source.text, diag->span.start,
					    diag->span.end)));
		buf_printf(&out, "  %.*s\n  %.*s\n", STR_ARG(diag->message),
			   STR_ARG(diag->help));
	}
	return buf_str(&out);
}

/* All parts of a row as they are now. */
static str run_row(struct text_case *test, const struct row *row)
{
	struct markdown body;
	struct buf out;
	bool ok;

	text_case_init(test, "a.md", row->input);
	ok = markdown_render(&body, &test->source, 0, &options, &test->arena,
			     &test->diags);
	diag_sort(&test->diags);
	buf_init(&out, &test->arena);
	add_part(&out, "html", ok ? body.html : STR(""));
	add_part(&out, "text", body.text);
	add_part(&out, "contents", contents_of(&body, &test->arena));
	add_part(&out, "messages", messages_of(test));
	return buf_str(&out);
}

/* The part with this name, with its head; empty: the row does not have it. */
static str part_of(str parts, const char *name)
{
	size_t at = 0;

	while (at < parts.len) {
		size_t end = next_mark(parts, at + 4, STR("--- "));
		str part = str_between(parts, at, end);
		str head = str_between(part, 4, str_find_byte(part, '\n'));

		if (str_equal_c(head, name))
			return str_trim(part);
		at = end;
	}
	return STR("");
}

/* Messages always count; other parts where the row has them. */
static bool is_right(const struct row *row, str found)
{
	static const char *const names[] = { "html", "text", "contents" };

	for (size_t i = 0; i < COUNT_OF(names); i++) {
		str wanted = part_of(row->parts, names[i]);

		if (wanted.len > 0 &&
		    !str_equal(wanted, part_of(found, names[i])))
			return false;
	}
	return str_equal(part_of(row->parts, "messages"),
			 part_of(found, "messages"));
}

/* With UPDATE=1: the parts that the row has, or all when it has none. */
static void update_row(struct buf *out, const struct row *row, str found)
{
	static const char *const names[] = { "html", "text", "contents",
					     "messages" };

	buf_printf(out, "=== %.*s\n%.*s\n", STR_ARG(row->reason),
		   STR_ARG(row->input));
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		str part = part_of(found, names[i]);
		bool is_wanted = part_of(row->parts, names[i]).len > 0 ||
				 str_equal_c(str_from_c(names[i]), "messages");

		if (row->parts.len == 0)
			is_wanted |= str_equal_c(str_from_c(names[i]), "html");
		if (part.len > 0 && is_wanted)
			buf_printf(out, "%.*s\n", STR_ARG(part));
	}
	buf_add_byte(out, '\n');
}

static void run_table(struct reading *reading, const struct table *table)
{
	const struct row *rows = table->rows.items;
	struct buf updated;

	buf_init(&updated, &reading->arena);
	buf_add(&updated, table->head);
	for (size_t i = 0; i < table->rows.count; i++) {
		struct text_case test;
		str found = run_row(&test, &rows[i]);

		reading->rows++;
		if (reading->updating) {
			update_row(&updated, &rows[i], found);
		} else if (!is_right(&rows[i], found)) {
			reading->failed++;
			print_message("%.*s: %.*s\n%.*s\nis wanted to give\n"
				      "%.*sand gives\n%.*s\n",
				      STR_ARG(table->name),
				      STR_ARG(rows[i].reason),
				      STR_ARG(rows[i].input),
				      STR_ARG(rows[i].parts), STR_ARG(found));
		}
		text_case_release(&test);
	}
	if (reading->updating) {
		FILE *file = fopen(table->name.data, "wb");

		assert_non_null(file);
		fwrite(updated.data, 1, updated.len - 1, file);
		fclose(file);
	}
}

static int compare_names(const void *a, const void *b)
{
	return str_compare(*(const str *)a, *(const str *)b);
}

static size_t list_files(str *names, struct arena *arena)
{
	DIR *entries = opendir(folder);
	const struct dirent *entry;
	size_t count = 0;

	assert_non_null(entries);
	while ((entry = readdir(entries)) != NULL) {
		if (!str_ends_with(str_from_c(entry->d_name), STR(".txt")))
			continue;
		assert_true(count < FILES);
		names[count++] =
			arena_printf(arena, "%s/%s", folder, entry->d_name);
	}
	closedir(entries);
	qsort(names, count, sizeof(*names), compare_names);
	return count;
}

static void test_tables(void **state)
{
	const char *update = getenv("UPDATE");
	struct reading reading = { .updating = update != NULL &&
					       update[0] != '\0' &&
					       update[0] != '0' };
	str names[FILES];
	size_t count;

	(void)state;
	arena_init(&reading.arena);
	count = list_files(names, &reading.arena);
	for (size_t i = 0; i < count; i++) {
		struct table table = { .name = names[i] };

		table.text = read_file(names[i].data, &reading.arena);
		read_rows(&table, &reading.arena);
		run_table(&reading, &table);
	}
	print_message("%s: %zu rows, %zu wrong\n", folder, reading.rows,
		      reading.failed);
	arena_release(&reading.arena);
	assert_int_equal(reading.failed, 0);
	assert_true(reading.rows >= LEAST_ROWS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tables),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
