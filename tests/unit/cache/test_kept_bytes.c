/* Bytes from one build to the next: none but those that were put. */
#include "cache/kept_bytes.h"

#include "base/pack.h"
#include "support/temporary.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static const struct digest key = { 1, 2 };
static const struct digest other_key = { 1, 3 };

struct fixture {
	struct arena arena;
	const char *path;
	int folder;
	struct kept_bytes *kept;
};

static int begin(void **state)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));

	arena_init(&fixture->arena);
	fixture->path = temporary_make(&fixture->arena);
	fixture->folder = temporary_open(fixture->path);
	fixture->kept = kept_bytes_open(fixture->folder, "bodies", STR(""), 100,
					&fixture->arena);
	*state = fixture;
	return fixture->kept == NULL;
}

static int end(void **state)
{
	struct fixture *fixture = *state;

	if (fixture->kept != NULL)
		kept_bytes_close(fixture->kept);
	close(fixture->folder);
	temporary_remove(fixture->path);
	arena_release(&fixture->arena);
	free(fixture);
	return 0;
}

static bool has(struct fixture *fixture, uint64_t name, struct digest wanted,
		const char *bytes)
{
	str found;

	return kept_bytes_get(&found, fixture->kept, name, wanted,
			      &fixture->arena) &&
	       str_equal_c(found, bytes);
}

static str index_of(struct fixture *fixture)
{
	return arena_copy(&fixture->arena, kept_bytes_index(fixture->kept));
}

/* The next build. */
static void open_again(struct fixture *fixture, str index)
{
	kept_bytes_close(fixture->kept);
	fixture->kept = kept_bytes_open(fixture->folder, "bodies", index, 100,
					&fixture->arena);
	assert_non_null(fixture->kept);
}

static void overwrite(const struct fixture *fixture, off_t at)
{
	int file = openat(fixture->folder, "bodies", O_WRONLY);

	assert_true(file >= 0);
	assert_int_equal(pwrite(file, "!", 1, at), 1);
	close(file);
}

static void what_was_put_is_there(void **state)
{
	struct fixture *fixture = *state;

	assert_true(kept_bytes_put(fixture->kept, 7, key, STR("甲")));
	assert_true(kept_bytes_put(fixture->kept, 0, key, STR("乙")));
	assert_true(has(fixture, 7, key, "甲"));
	open_again(fixture, index_of(fixture));
	assert_false(kept_bytes_has_changed(fixture->kept));
	assert_true(has(fixture, 7, key, "甲"));
	assert_true(has(fixture, 0, key, "乙"));
	assert_false(has(fixture, 8, key, "甲"));
}

static void another_key_is_another_text(void **state)
{
	struct fixture *fixture = *state;

	assert_true(kept_bytes_put(fixture->kept, 7, key, STR("甲")));
	assert_false(has(fixture, 7, other_key, "甲"));
	assert_true(kept_bytes_put(fixture->kept, 7, other_key, STR("丙")));
	assert_true(has(fixture, 7, other_key, "丙"));
	assert_false(has(fixture, 7, key, "甲"));
}

static void a_build_that_was_killed_changes_nothing(void **state)
{
	struct fixture *fixture = *state;
	str before;

	assert_true(kept_bytes_put(fixture->kept, 7, key, STR("甲")));
	before = index_of(fixture);
	open_again(fixture, before);
	assert_true(kept_bytes_put(fixture->kept, 7, other_key, STR("丙")));
	open_again(fixture, before);
	assert_true(has(fixture, 7, key, "甲"));
}

/* Every byte of the file in turn, and a file that is cut. */
static void what_is_damaged_is_not_there(void **state)
{
	struct fixture *fixture = *state;
	off_t size;
	int file;

	assert_true(kept_bytes_put(fixture->kept, 7, key, STR("abc")));
	size = (off_t)kept_bytes_size(fixture->kept);
	for (off_t at = 0; at < size; at++) {
		assert_true(kept_bytes_put(fixture->kept, 9, key, STR("abc")));
		overwrite(fixture, size + at);
		assert_false(has(fixture, 9, key, "abc"));
		open_again(fixture, str_between(index_of(fixture), 0, 24));
		assert_true(has(fixture, 7, key, "abc"));
	}
	file = openat(fixture->folder, "bodies", O_WRONLY);
	assert_int_equal(ftruncate(file, size - 1), 0);
	close(file);
	assert_false(has(fixture, 7, key, "abc"));
}

/* Rows that lead behind the file, around it, to nobody, and half of one. */
static void an_index_is_not_believed(void **state)
{
	static const uint64_t rows[][3] = {
		{ 1, 0, UINT32_MAX }, { 2, UINT64_MAX - 10, 60 },
		{ 3, 1, 60 },	      { 0, 0, 60 },
		{ 4, 0, 1 },	      { 7, 0, 60 },
	};
	struct fixture *fixture = *state;
	struct buf index;

	assert_true(kept_bytes_put(fixture->kept, 7, key,
				   STR("as long as a row wants it to be")));
	buf_init(&index, &fixture->arena);
	pack_bytes(&index, rows, sizeof(rows));
	buf_add(&index, STR("half"));
	open_again(fixture, buf_str(&index));
	for (uint64_t name = 0; name < 10; name++)
		assert_false(has(fixture, name, key,
				 "as long as a row wants it to be"));
}

static void what_nobody_wants_goes(void **state)
{
	enum { ROUNDS = 40, SIZE = 100 * 1000 };
	struct fixture *fixture = *state;
	char *data = arena_alloc(&fixture->arena, SIZE);
	const str bytes = { data, SIZE };
	str found;

	for (uint64_t i = 0; i < ROUNDS; i++)
		assert_true(kept_bytes_put(fixture->kept, 7,
					   (struct digest){ i, 0 }, bytes));
	assert_true(kept_bytes_put(fixture->kept, 8, key, bytes));
	assert_true(kept_bytes_is_due(fixture->kept));
	kept_bytes_want(fixture->kept, 7);
	kept_bytes_want(fixture->kept, 99);
	kept_bytes_settle(fixture->kept);
	assert_false(kept_bytes_is_due(fixture->kept));
	assert_true(kept_bytes_size(fixture->kept) < 2 * SIZE);
	assert_true(kept_bytes_get(&found, fixture->kept, 7,
				   (struct digest){ ROUNDS - 1, 0 },
				   &fixture->arena));
	assert_false(
		kept_bytes_get(&found, fixture->kept, 8, key, &fixture->arena));
	open_again(fixture, index_of(fixture));
	assert_true(kept_bytes_get(&found, fixture->kept, 7,
				   (struct digest){ ROUNDS - 1, 0 },
				   &fixture->arena));
}

static void it_is_bounded(void **state)
{
	struct fixture *fixture = *state;
	char *data = arena_alloc(&fixture->arena, KEPT_BYTES_ITEM);
	size_t put = 0;

	assert_false(kept_bytes_put(fixture->kept, 1, key,
				    (str){ data, KEPT_BYTES_ITEM }));
	for (uint64_t i = 1; i < 5000; i++)
		put += kept_bytes_put(fixture->kept, i, key, STR("a"));
	assert_true(put >= 100 && put < 1024);
	assert_true(kept_bytes_is_due(fixture->kept));
	assert_true(kept_bytes_put(fixture->kept, 1, other_key, STR("b")));
	assert_true(has(fixture, 1, other_key, "b"));
}

/* What is in its place is left alone, and the file is a new one. */
static void a_link_is_not_followed(void **state)
{
	struct fixture *fixture = *state;
	struct stat status;

	assert_true(kept_bytes_put(fixture->kept, 7, key, STR("甲")));
	assert_int_equal(renameat(fixture->folder, "bodies", fixture->folder,
				  "elsewhere"),
			 0);
	assert_int_equal(symlinkat("elsewhere", fixture->folder, "bodies"), 0);
	open_again(fixture, index_of(fixture));
	assert_false(has(fixture, 7, key, "甲"));
	assert_true(kept_bytes_put(fixture->kept, 7, key, STR("乙")));
	assert_int_equal(fstatat(fixture->folder, "bodies", &status,
				 AT_SYMLINK_NOFOLLOW),
			 0);
	assert_true(S_ISREG(status.st_mode));
	assert_int_equal(fstatat(fixture->folder, "elsewhere", &status, 0), 0);
	assert_true(status.st_size > 0);
	kept_bytes_remove(fixture->folder, "bodies");
	assert_int_not_equal(fstatat(fixture->folder, "bodies", &status, 0), 0);
}

#define KEPT_TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		KEPT_TEST(what_was_put_is_there),
		KEPT_TEST(another_key_is_another_text),
		KEPT_TEST(a_build_that_was_killed_changes_nothing),
		KEPT_TEST(what_is_damaged_is_not_there),
		KEPT_TEST(an_index_is_not_believed),
		KEPT_TEST(what_nobody_wants_goes),
		KEPT_TEST(it_is_bounded),
		KEPT_TEST(a_link_is_not_followed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
