/*
 * The manual of the template language, tests/template/: every example in it is
 * run. An example is a row of fenced blocks:
 *
 *	```mustache name     the template; the name is "page" when left out
 *	```partials          others, each behind a line "== name"
 *	```budget            steps, depth and bytes
 *	```json              the data; ends the input
 *	```html or ```error  what comes out
 *
 * UPDATE=1 writes what comes out into the manual.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <dirent.h>

#include "support/json_value.h"
#include "theme/template.h"

enum { EXAMPLE_SOURCES = 16 };

#define MANUAL "tests/template"

static const struct template_budget usual_budget = { 10000, 0, 20, 100000,
						     NULL };

struct example {
	struct arena *arena;
	str names[EXAMPLE_SOURCES];
	struct source sources[EXAMPLE_SOURCES];
	size_t count;
	struct template_budget budget;
	str data;
};

struct manual {
	const char *path;
	struct arena *arena;
	struct buf out; /* the file as it should be */
	struct example example;
	size_t line;
	size_t examples;
	size_t failures;
};

static bool read_source(void *context, uint32_t number, struct source *out,
			struct arena *arena)
{
	const struct example *example = context;

	(void)arena;
	if (number >= example->count)
		return false;
	*out = example->sources[number];
	return true;
}

static void add_source(struct example *example, str name, str text)
{
	size_t number = example->count++;
	bool has_type = str_find_byte(name, '.') != STR_NONE;

	assert_true(number < EXAMPLE_SOURCES);
	example->names[number] = name;
	example->sources[number] = (struct source){
		.number = (uint32_t)number,
		.path = arena_join(
			example->arena,
			(str[]){ name, has_type ? STR("") : STR(".html") }, 2),
		.text = text,
	};
}

static void add_partials(struct example *example, str text)
{
	while (text.len > 0) {
		size_t end = str_find_byte(text, '\n');
		str name = str_trim(str_between(text, 3, end));
		size_t next;

		assert_true(str_starts_with(text, STR("== ")));
		text = str_from(text, end + 1);
		next = str_starts_with(text, STR("== "))
			       ? 0
			       : str_find(text, STR("\n== "));
		next = next == STR_NONE ? text.len : next + (next > 0);
		add_source(example, name, str_between(text, 0, next));
		text = str_from(text, next);
	}
}

static void read_budget(struct example *example, str text)
{
	uint64_t numbers[3] = { 0 };
	str line;

	for (size_t i = 0; i < 3 && str_split_next(&text, ' ', &line); i++)
		assert_true(str_to_u64(&numbers[i], str_trim(line)));
	example->budget = (struct template_budget){ numbers[0], 0, numbers[1],
						    numbers[2], NULL };
}

static bool make_page(struct buf *out, struct example *example,
		      struct diag_list *diags)
{
	struct template_set *set =
		template_set_new(TEMPLATE_STRICT, example->arena);
	struct value data;

	for (size_t i = 0; i < example->count; i++)
		template_add(set, example->names[i], &example->sources[i],
			     diags);
	assert_true(json_value_read(&data, example->data, JSON_SHAPE_SHARED,
				    example->arena));
	assert_int_equal(data.kind, VALUE_OBJECT);
	return template_set_freeze(set, diags) && diags->error_count == 0 &&
	       template_check(set, example->names[0], data.as.object->shape,
			      diags) &&
	       template_render(out, set, example->names[0], data.as.object,
			       &example->budget, diags);
}

/* What the example gives: the page, or else the messages. */
static str run_example(struct example *example, bool *ok)
{
	struct source_reader reader = { example, read_source, NULL };
	struct diag_list diags;
	struct buf out;

	diag_list_init(&diags, example->arena);
	buf_init(&out, example->arena);
	*ok = make_page(&out, example, &diags);
	if (*ok)
		return buf_str(&out);
	assert_true(diags.error_count > 0);
	diag_resolve(&diags, &reader);
	diag_sort(&diags);
	buf_init(&out, example->arena);
	diag_print(&out, &diags, &reader);
	return buf_str(&out);
}

static void check_result(struct manual *manual, bool is_page, str wanted)
{
	bool ok;
	str got = run_example(&manual->example, &ok);

	if (got.len > 0 && got.data[got.len - 1] != '\n')
		got = arena_join(manual->arena, (str[]){ got, STR("\n") }, 2);
	manual->examples++;
	if (ok != is_page || !str_equal(got, wanted)) {
		print_error("%s:%zu: got\n%.*s", manual->path, manual->line,
			    STR_ARG(got));
		manual->failures++;
	}
	buf_add(&manual->out, ok == is_page ? got : wanted);
}

static void add_block(struct manual *manual, str info, str text)
{
	struct example *example = &manual->example;
	str kind;
	str name = info;

	str_split_next(&name, ' ', &kind);
	name = name.data == NULL ? STR("page") : str_trim(name);
	if (str_equal_c(kind, "html") || str_equal_c(kind, "error")) {
		check_result(manual, str_equal_c(kind, "html"), text);
		return;
	}
	if (str_equal_c(kind, "mustache")) {
		*example = (struct example){ .arena = manual->arena,
					     .budget = usual_budget };
		add_source(example, name, text);
	} else if (str_equal_c(kind, "partials")) {
		add_partials(example, text);
	} else if (str_equal_c(kind, "budget")) {
		read_budget(example, text);
	} else if (str_equal_c(kind, "json")) {
		example->data = text;
	}
	buf_add(&manual->out, text);
}

static str next_line(struct manual *manual, str *rest)
{
	size_t end = str_find_byte(*rest, '\n');
	str line = str_between(*rest, 0, end == STR_NONE ? end : end + 1);

	*rest = str_from(*rest, line.len);
	manual->line++;
	return line;
}

static void run_manual(struct manual *manual, str text)
{
	while (text.len > 0) {
		str line = next_line(manual, &text);
		str block = { text.data, 0 };

		buf_add(&manual->out, line);
		if (!str_starts_with(line, STR("```")))
			continue;
		while (text.len > 0 && !str_starts_with(text, STR("```")))
			block.len += next_line(manual, &text).len;
		add_block(manual, str_trim(str_from(line, 3)), block);
		buf_add(&manual->out, next_line(manual, &text));
	}
}

static str read_file(const char *path, struct arena *arena)
{
	FILE *file = fopen(path, "rb");
	struct buf text;
	char part[4096];
	size_t len;

	assert_non_null(file);
	buf_init(&text, arena);
	while ((len = fread(part, 1, sizeof(part), file)) > 0)
		buf_add(&text, (str){ part, len });
	fclose(file);
	return buf_str(&text);
}

static void update(const struct manual *manual)
{
	FILE *file;

	if (getenv("UPDATE") == NULL || manual->failures == 0)
		return;
	file = fopen(manual->path, "wb");
	assert_non_null(file);
	fwrite(manual->out.data, 1, manual->out.len, file);
	fclose(file);
}

static size_t run_file(const char *name, size_t *examples)
{
	struct arena arena;
	struct manual manual = { .arena = &arena };

	arena_init(&arena);
	manual.path = arena_printf(&arena, "%s/%s", MANUAL, name).data;
	buf_init(&manual.out, &arena);
	run_manual(&manual, read_file(manual.path, &arena));
	update(&manual);
	*examples += manual.examples;
	arena_release(&arena);
	return manual.failures;
}

static int is_page_of_manual(const struct dirent *entry)
{
	return str_ends_with(str_from_c(entry->d_name), STR(".md"));
}

static void test_every_example(void **state)
{
	struct dirent **entries;
	int count = scandir(MANUAL, &entries, is_page_of_manual, alphasort);
	size_t failures = 0;
	size_t examples = 0;

	(void)state;
	assert_true(count > 0);
	for (int i = 0; i < count; i++) {
		failures += run_file(entries[i]->d_name, &examples);
		free(entries[i]);
	}
	free(entries);
	assert_int_equal(failures, 0);
	assert_true(examples >= 60);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_example),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
