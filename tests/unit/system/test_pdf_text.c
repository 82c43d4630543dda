/*
 * The words of a PDF: what the program behind it may take, shown by programs of
 * the same name that take more.
 */
#include "system/pdf_text.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>

#include <cmocka.h>

#include <stdlib.h>
#include <sys/stat.h>

#include "support/temporary.h"
#include "system/clock.h"

struct place {
	struct arena arena;
	const char *folder;
	str path; /* as it was */
};

static void open_place(struct place *place)
{
	const char *path = getenv("PATH");
	str first;

	arena_init(&place->arena);
	place->folder = temporary_make(&place->arena);
	place->path = arena_printf(&place->arena, "%s",
				   path == NULL ? "/bin:/usr/bin" : path);
	first = arena_printf(&place->arena, "%s:%.*s", place->folder,
			     STR_ARG(place->path));
	setenv("PATH", first.data, 1);
}

static void close_place(struct place *place)
{
	setenv("PATH", place->path.data, 1);
	temporary_remove(place->folder);
	arena_release(&place->arena);
}

/* A `pdftotext` that is these lines of the shell. */
static void put_program(struct place *place, const char *lines)
{
	temporary_write(place->folder, "pdftotext",
			arena_printf(&place->arena, "#!/bin/sh\n%s\n", lines));
	assert_int_equal(
		chmod(temporary_path(&place->arena, place->folder, "pdftotext"),
		      0755),
		0);
}

static enum pdf_text read_pdf(str *out, struct place *place,
			      const struct pdf_text_limits *limits)
{
	return pdf_text_read(out, STR("%PDF-1.7 words"), limits, &place->arena);
}

/* It is given the bytes and nothing else, and its words are taken. */
static void test_words(void **state)
{
	struct place place;
	str text;

	(void)state;
	open_place(&place);
	put_program(&place, "cat");
	assert_int_equal(read_pdf(&text, &place, &pdf_text_limits),
			 PDF_TEXT_READ);
	assert_true(str_equal_c(text, "%PDF-1.7 words"));
	put_program(&place, "echo \"$@\"");
	assert_int_equal(read_pdf(&text, &place, &pdf_text_limits),
			 PDF_TEXT_READ);
	assert_true(str_equal_c(text, "-q -enc UTF-8 - -\n"));
	close_place(&place);
}

static void test_fails(void **state)
{
	struct place place;
	str text;

	(void)state;
	open_place(&place);
	put_program(&place, "echo half; exit 1");
	assert_int_equal(read_pdf(&text, &place, &pdf_text_limits),
			 PDF_TEXT_BROKEN);
	put_program(&place, "kill -9 $$");
	assert_int_equal(read_pdf(&text, &place, &pdf_text_limits),
			 PDF_TEXT_BROKEN);
	setenv("PATH", "/nowhere", 1);
	assert_int_equal(read_pdf(&text, &place, &pdf_text_limits),
			 PDF_TEXT_NO_PROGRAM);
	close_place(&place);
}

/* One that waits, and one that works for ever. */
static void test_time(void **state)
{
	struct pdf_text_limits limits = pdf_text_limits;
	int64_t start = clock_milliseconds();
	struct place place;
	str text;

	(void)state;
	open_place(&place);
	limits.milliseconds = 200;
	put_program(&place, "exec sleep 60");
	assert_int_equal(read_pdf(&text, &place, &limits), PDF_TEXT_BROKEN);
	limits.milliseconds = 30 * 1000;
	limits.seconds = 1;
	put_program(&place, "while :; do :; done");
	assert_int_equal(read_pdf(&text, &place, &limits), PDF_TEXT_BROKEN);
	assert_true(clock_milliseconds() - start < 20 * 1000);
	close_place(&place);
}

/* A shell doubles a text until there is no room. */
static void test_memory(void **state)
{
	static const char lines[] =
		"a=0123456789abcdef\n"
		"for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; "
		"do a=$a$a; done\n"
		"echo done";
	struct pdf_text_limits limits = pdf_text_limits;
	struct place place;
	str text;

	(void)state;
	open_place(&place);
	put_program(&place, lines);
	assert_int_equal(read_pdf(&text, &place, &limits), PDF_TEXT_READ);
	limits.memory = 16 << 20;
	assert_int_equal(read_pdf(&text, &place, &limits), PDF_TEXT_BROKEN);
	close_place(&place);
}

static void test_output(void **state)
{
	struct pdf_text_limits limits = pdf_text_limits;
	struct place place;
	str text;

	(void)state;
	open_place(&place);
	limits.text = 64 * 1024;
	put_program(&place, "exec head -c 65536 /dev/zero");
	assert_int_equal(read_pdf(&text, &place, &limits), PDF_TEXT_READ);
	assert_int_equal(text.len, 64 * 1024);
	put_program(&place, "exec head -c 65537 /dev/zero");
	assert_int_equal(read_pdf(&text, &place, &limits), PDF_TEXT_BROKEN);
	close_place(&place);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_words),  cmocka_unit_test(test_fails),
		cmocka_unit_test(test_time),   cmocka_unit_test(test_memory),
		cmocka_unit_test(test_output),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
