/* Memory snapshots, and with them what all kinds share: names, order, text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/snapshot_fixture.h"

static void open_files(struct snapshot_fixture *fixture,
		       const struct memory_file *files, size_t count)
{
	snapshot_fixture_init(fixture);
	assert_true(snapshot_open_memory(&fixture->snapshot, files, count,
					 &fixture->arena, &fixture->diags));
}

static void test_sorted(void **state)
{
	static const struct memory_file files[] = {
		{ "sites/b/site.yaml", STR("") },
		{ "content/a/b.md", STR("b") },
		{ "content/a.md", STR("a") },
		{ "content/a-b.md", STR("ab") },
		{ "README.md", STR("not of the library") },
		{ "content", STR("no folder") },
		{ "themes/default/x", { NULL, 0 } },
	};
	struct snapshot_fixture fixture;

	(void)state;
	open_files(&fixture, files, COUNT_OF(files));
	snapshot_fixture_files(&fixture,
			       "content/a-b.md\ncontent/a.md\ncontent/a/b.md\n"
			       "sites/b/site.yaml\nthemes/default/x\n");
	snapshot_fixture_bytes(&fixture, "content/a/b.md", "b");
	snapshot_fixture_bytes(&fixture, "themes/default/x", "");
	assert_true(str_equal_c(fixture.snapshot.revision, "memory"));
	assert_false(fixture.snapshot.time.is_set);
	snapshot_fixture_release(&fixture);
}

static void test_blob_id(void **state)
{
	/* git hash-object of "hello\n" */
	static const uint8_t wanted[20] = { 0xce, 0x01, 0x36, 0x25, 0x03,
					    0x0b, 0xa8, 0xdb, 0xa9, 0x06,
					    0xf7, 0x56, 0x96, 0x7f, 0x9e,
					    0x9c, 0xa3, 0x94, 0x46, 0x4a };
	static const struct memory_file files[] = {
		{ "content/a.md", STR("hello\n") },
	};
	struct snapshot_fixture fixture;

	(void)state;
	open_files(&fixture, files, COUNT_OF(files));
	assert_memory_equal(snapshot_blob(&fixture.snapshot, 0).data, wanted,
			    20);
	snapshot_fixture_release(&fixture);
}

static void test_find_and_range(void **state)
{
	static const struct memory_file files[] = {
		{ "content/a.md", STR("") },
		{ "content/a/1.md", STR("") },
		{ "content/a/2.md", STR("") },
		{ "content/ab/1.md", STR("") },
		{ "sites/a/site.yaml", STR("") },
	};
	struct snapshot_fixture fixture;
	size_t first;
	size_t behind;

	(void)state;
	open_files(&fixture, files, COUNT_OF(files));
	for (size_t i = 0; i < COUNT_OF(files); i++)
		assert_int_equal(snapshot_find(&fixture.snapshot,
					       str_from_c(files[i].path)),
				 i);
	assert_true(snapshot_find(&fixture.snapshot, STR("content/a")) ==
		    STR_NONE);
	assert_true(snapshot_find(&fixture.snapshot, STR("x")) == STR_NONE);
	snapshot_range(&fixture.snapshot, STR("content/a/"), &first, &behind);
	assert_int_equal(first, 1);
	assert_int_equal(behind, 3);
	snapshot_range(&fixture.snapshot, STR("content/"), &first, &behind);
	assert_int_equal(first, 0);
	assert_int_equal(behind, 4);
	snapshot_range(&fixture.snapshot, STR("themes/"), &first, &behind);
	assert_int_equal(first, behind);
	snapshot_fixture_release(&fixture);
}

/* A path that is left out, with the message that says so. */
struct bad_path {
	const char *path;
	const char *id;
	const char *shown;
};

static void test_bad_paths(void **state)
{
	static const struct bad_path bad[] = {
		{ "content/../../etc/passwd", "snapshot-name-reserved",
		  "content/.." },
		{ "content/./a.md", "snapshot-name-reserved", "content/." },
		{ "content//a.md", "snapshot-name-reserved", "content/" },
		{ "content/a\\b.md", "snapshot-name-character",
		  "content/a\\u{5c}b.md" },
		{ "content/a\nb.md", "snapshot-name-character",
		  "content/a\\u{a}b.md" },
		{ "content/a\xe2\x80\xae.md", "snapshot-name-character",
		  "content/a\\u{202e}.md" },
		{ "content/\xbd\xcc.md", "snapshot-name-encoding",
		  "content/\\xbd\\xcc.md" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		struct memory_file files[] = { { bad[i].path, STR("") },
					       { "content/ok.md", STR("") } };
		struct snapshot_fixture fixture;
		const struct diag *diag;

		open_files(&fixture, files, COUNT_OF(files));
		snapshot_fixture_files(&fixture, "content/ok.md\n");
		diag = snapshot_fixture_message(&fixture, bad[i].id);
		snapshot_fixture_says(diag, bad[i].shown);
		assert_int_equal(diag->level, DIAG_ERROR);
		assert_int_equal(diag->span.source, SOURCE_NONE);
		assert_true(diag->path.len > 0 && diag->help.len > 0);
		snapshot_fixture_release(&fixture);
	}
}

static void test_limits_of_paths(void **state)
{
	char deep[2 * 33 + sizeof("content/")];
	char deepest[2 * 32 + sizeof("content/")];
	char longest[1024 + 1];
	char longer[1025 + 1];
	struct memory_file files[] = { { deep, STR("") },
				       { deepest, STR("") },
				       { longer, STR("") },
				       { longest, STR("") } };
	struct snapshot_fixture fixture;
	const struct diag *diags;

	(void)state;
	/* "content" and 31 names more are 32, with one of 32 "a" too many. */
	snprintf(deepest, sizeof(deepest), "content");
	for (size_t i = 0; i < 31; i++)
		snprintf(deepest + 7 + 2 * i, 3, "/a");
	snprintf(deep, sizeof(deep), "%s/b", deepest);
	deepest[strlen(deepest) - 1] = 'c';
	snprintf(longer, sizeof(longer), "content/%01017d", 0);
	snprintf(longest, sizeof(longest), "content/%01016d", 0);
	open_files(&fixture, files, COUNT_OF(files));
	diags = fixture.diags.items.items;
	assert_int_equal(fixture.snapshot.count, 2);
	assert_int_equal(snapshot_path(&fixture.snapshot, 0).len, 1024);
	assert_int_equal(fixture.diags.items.count, 2);
	assert_string_equal(diags[0].id, "snapshot-depth");
	assert_string_equal(diags[1].id, "snapshot-path-long");
	assert_true(diags[1].message.len < 400);
	snapshot_fixture_release(&fixture);
}

/* A thousand messages are enough; the rest is counted. */
static void test_many_messages(void **state)
{
	enum { BAD_COUNT = 1007 };
	struct memory_file files[BAD_COUNT];
	char paths[BAD_COUNT][24];
	struct snapshot_fixture fixture;
	const struct diag *diags;

	(void)state;
	for (size_t i = 0; i < BAD_COUNT; i++) {
		snprintf(paths[i], sizeof(paths[i]), "content/\t%zu", i);
		files[i] = (struct memory_file){ paths[i], STR("") };
	}
	open_files(&fixture, files, BAD_COUNT);
	diags = fixture.diags.items.items;
	assert_int_equal(fixture.diags.items.count, 1001);
	assert_string_equal(diags[1000].id, "snapshot-more");
	snapshot_fixture_says(&diags[1000], "7 more");
	snapshot_fixture_release(&fixture);
}

static void test_ignored(void **state)
{
	static const struct memory_file files[] = {
		{ "content/.gitkeep", STR("") },
		{ "content/.git/config", STR("") },
		{ "content/.hidden", STR("") },
	};
	struct snapshot_fixture fixture;

	(void)state;
	open_files(&fixture, files, COUNT_OF(files));
	snapshot_fixture_files(&fixture, "content/.hidden\n");
	assert_int_equal(fixture.diags.items.count, 0);
	snapshot_fixture_release(&fixture);
}

/* What desktops and editors leave behind, in whatever case. */
static void test_junk(void **state)
{
	static const char *const names[] = {
		"content/.DS_Store",   "content/a.md~",
		"content/.a.md.swp",   "content/THUMBS.DB",
		"content/Desktop.ini", "content/~$a.docx",
		"content/a.docx.bak",  "content/a.md.orig",
		"content/._a.docx",    "content/.~lock.a.docx#",
		"sites/www/x.TMP",
	};
	static const char *const kept[] = { "content/thumbs.dbx", "content/bak",
					    "content/~a.md" };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(names) + COUNT_OF(kept); i++) {
		bool is_junk = i < COUNT_OF(names);
		const struct memory_file file = {
			is_junk ? names[i] : kept[i - COUNT_OF(names)], STR("")
		};
		struct snapshot_fixture fixture;

		open_files(&fixture, &file, 1);
		assert_int_equal(fixture.snapshot.count, !is_junk);
		if (is_junk)
			snapshot_fixture_says(
				snapshot_fixture_message(&fixture, "file-junk"),
				names[i]);
		assert_int_equal(fixture.diags.items.count, 0);
		snapshot_fixture_release(&fixture);
	}
}

/* The name stored as NFC wins, whatever the order. */
static void test_normal_form(void **state)
{
	static const struct memory_file files[] = {
		{ "content/e\xcc\x81.md", STR("decomposed") },
		{ "content/\xc3\xa9.md", STR("composed") },
		{ "content/u\xcc\x88/\xe6\x95\x99.md", STR("alone") },
	};
	struct snapshot_fixture fixture;

	(void)state;
	open_files(&fixture, files, COUNT_OF(files));
	snapshot_fixture_message(&fixture, "snapshot-duplicate");
	snapshot_fixture_files(&fixture, "content/\xc3\xa9.md\n"
					 "content/\xc3\xbc/\xe6\x95\x99.md\n");
	snapshot_fixture_bytes(&fixture, "content/\xc3\xa9.md", "composed");
	snapshot_fixture_bytes(&fixture, "content/\xc3\xbc/\xe6\x95\x99.md",
			       "alone");
	snapshot_fixture_release(&fixture);
}

struct case_pair {
	const char *a;
	const char *b;
	size_t warnings;
};

static void test_case(void **state)
{
	static const struct case_pair pairs[] = {
		{ "content/README.md", "content/readme.md", 1 },
		{ "content/README.md", "content/Readme.md", 1 },
		{ "content/A/x.md", "content/a/y.md", 1 },
		{ "content/A/x.md", "content/A/X.md", 1 },
		{ "content/A/x.md", "content/B/X.md", 0 },
		{ "content/README.md", "content/README.txt", 0 },
		{ "content/\xc3\x89.md", "content/\xc3\xa9.md", 1 },
		{ "content/\xef\xbc\xa1.md", "content/\xef\xbd\x81.md", 1 },
		{ "content/\xe6\x95\x99.md", "content/\xe8\x82\xb2.md", 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(pairs); i++) {
		struct memory_file files[] = { { pairs[i].a, STR("") },
					       { pairs[i].b, STR("") } };
		struct snapshot_fixture fixture;

		open_files(&fixture, files, COUNT_OF(files));
		assert_int_equal(fixture.snapshot.count, 2);
		assert_int_equal(fixture.diags.warning_count,
				 pairs[i].warnings);
		assert_int_equal(fixture.diags.error_count, 0);
		snapshot_fixture_release(&fixture);
	}
}

static void test_too_large(void **state)
{
	struct memory_file files[] = {
		{ "content/a.md", { NULL, SNAPSHOT_TEXT_LIMIT } },
		{ "content/b.md", { NULL, SNAPSHOT_TEXT_LIMIT + 1 } },
		{ "content/c.pdf", { NULL, SNAPSHOT_BLOB_LIMIT + 1 } },
	};
	struct snapshot_fixture fixture;
	struct source source;
	char *spaces = malloc(SNAPSHOT_BLOB_LIMIT + 1);

	(void)state;
	assert_non_null(spaces);
	memset(spaces, ' ', SNAPSHOT_BLOB_LIMIT + 1);
	for (size_t i = 0; i < COUNT_OF(files); i++)
		files[i].data.data = spaces;
	open_files(&fixture, files, COUNT_OF(files));
	snapshot_fixture_says(snapshot_fixture_bad_text(&fixture,
							"content/b.md",
							"snapshot-large"),
			      "8388609");
	snapshot_fixture_bad_file(&fixture, "content/c.pdf", "snapshot-large");
	assert_true(snapshot_read_text(&source, fixture.reader, 0,
				       &fixture.arena, &fixture.diags));
	snapshot_fixture_release(&fixture);
	free(spaces);
}

static void test_source_reader(void **state)
{
	static const struct memory_file files[] = {
		{ "content/a.md", STR("a\r\nb") },
		{ "content/b.md", STR("\xff") },
	};
	struct snapshot_fixture fixture;
	struct source source;

	(void)state;
	open_files(&fixture, files, COUNT_OF(files));
	snapshot_fixture_bytes(&fixture, "content/a.md", "a\r\nb");
	assert_true(snapshot_source_read(fixture.reader, 0, &source,
					 &fixture.arena));
	assert_true(str_equal_c(source.text, "a\nb"));
	assert_true(snapshot_source_read(fixture.reader, 1, &source,
					 &fixture.arena));
	assert_int_equal(source.number, 1);
	assert_true(str_equal_c(source.path, "content/b.md"));
	assert_true(str_equal_c(source.text, "?"));
	assert_false(snapshot_source_read(fixture.reader, 2, &source,
					  &fixture.arena));
	assert_int_equal(fixture.diags.items.count, 0);
	snapshot_fixture_release(&fixture);
}

static void test_empty(void **state)
{
	struct snapshot_fixture fixture;
	size_t first;
	size_t behind;

	(void)state;
	open_files(&fixture, NULL, 0);
	assert_int_equal(fixture.snapshot.count, 0);
	assert_true(snapshot_find(&fixture.snapshot, STR("a")) == STR_NONE);
	snapshot_range(&fixture.snapshot, STR("a/"), &first, &behind);
	assert_int_equal(first, behind);
	snapshot_fixture_release(&fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sorted),
		cmocka_unit_test(test_blob_id),
		cmocka_unit_test(test_find_and_range),
		cmocka_unit_test(test_bad_paths),
		cmocka_unit_test(test_limits_of_paths),
		cmocka_unit_test(test_many_messages),
		cmocka_unit_test(test_ignored),
		cmocka_unit_test(test_junk),
		cmocka_unit_test(test_normal_form),
		cmocka_unit_test(test_case),
		cmocka_unit_test(test_too_large),
		cmocka_unit_test(test_source_reader),
		cmocka_unit_test(test_empty),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
