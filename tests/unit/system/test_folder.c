/* Paths below an open folder never leave it. */
#include "system/folder.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/temporary.h"

struct fixture {
	struct arena arena;
	const char *directory;
	int root;
	struct folder folder;
};

static int set_up(void **state)
{
	static struct fixture fixture;

	arena_init(&fixture.arena);
	fixture.directory = temporary_make(&fixture.arena);
	temporary_write(fixture.directory, "outside/secret", STR("s"));
	temporary_write(fixture.directory, "root/a/b/file", STR("data"));
	fixture.root =
		open(temporary_path(&fixture.arena, fixture.directory, "root"),
		     O_RDONLY | O_DIRECTORY);
	assert_true(fixture.root >= 0);
	folder_init(&fixture.folder, fixture.root);
	*state = &fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;

	folder_release(&fixture->folder);
	close(fixture->root);
	temporary_remove(fixture->directory);
	arena_release(&fixture->arena);
	return 0;
}

static bool find(struct fixture *fixture, const char *path, bool create)
{
	char name[256];

	return folder_of(&fixture->folder, str_from_c(path), create, name);
}

static void test_read(void **state)
{
	struct fixture *fixture = *state;
	char name[256];
	str bytes;

	assert_true(folder_of(&fixture->folder, STR("a/b/file"), false, name));
	assert_string_equal(name, "file");
	assert_true(folder_read(&bytes, fixture->folder.descriptor, name,
				&fixture->arena));
	assert_true(str_equal_c(bytes, "data"));
	/* its neighbour, from the folder that is open */
	assert_true(folder_of(&fixture->folder, STR("a/b/other"), false, name));
	assert_false(folder_read(&bytes, fixture->folder.descriptor, name,
				 &fixture->arena));
	assert_int_equal(errno, ENOENT);
}

static void test_missing_folders(void **state)
{
	struct fixture *fixture = *state;

	assert_false(find(fixture, "x/y/file", false));
	assert_int_equal(errno, ENOENT);
	assert_true(find(fixture, "x/y/file", true));
	assert_true(find(fixture, "x/y/file", false));
	assert_true(find(fixture, "top", false));
}

static void test_ways_out(void **state)
{
	static const char *const paths[] = {
		"",
		".",
		"..",
		"../outside/secret",
		"a/../a/f",

		"a/./f",
		"/etc/passwd",
		"a/b/",
		"a/..",
		"a/b/../../../outside/secret",
	};
	struct fixture *fixture = *state;

	for (size_t i = 0; i < COUNT_OF(paths); i++) {
		assert_false(find(fixture, paths[i], false));
		assert_false(find(fixture, paths[i], true));
	}
}

static void test_links_are_not_followed(void **state)
{
	struct fixture *fixture = *state;
	char name[256];
	str bytes;

	assert_int_equal(symlinkat("../outside", fixture->root, "link"), 0);
	assert_int_equal(symlinkat("../../outside", fixture->root, "a/link"),
			 0);
	assert_int_equal(symlinkat("b/file", fixture->root, "a/file"), 0);
	assert_false(find(fixture, "link/secret", false));
	assert_false(find(fixture, "link/new", true));
	assert_false(find(fixture, "a/link/secret", false));
	assert_true(folder_of(&fixture->folder, STR("a/file"), false, name));
	assert_false(folder_read(&bytes, fixture->folder.descriptor, name,
				 &fixture->arena));
	assert_false(
		folder_is_same(fixture->folder.descriptor, name, STR("data")));
	assert_false(folder_write(fixture->folder.descriptor, name, STR("x")));
}

static void test_long_names(void **state)
{
	struct fixture *fixture = *state;
	char path[6000];

	memset(path, 'a', sizeof(path));
	path[255] = '\0';
	assert_true(find(fixture, path, false));
	path[255] = 'a';
	path[256] = '\0';
	assert_false(find(fixture, path, true));
	for (size_t i = 2; i < sizeof(path); i += 3)
		path[i] = '/';
	path[256] = 'a';
	path[5999] = '\0';
	path[5998] = 'a';
	assert_false(find(fixture, path, false));
	assert_int_equal(errno, ENAMETOOLONG);
}

static void test_nul_in_a_name(void **state)
{
	struct fixture *fixture = *state;
	char name[256];

	assert_false(
		folder_of(&fixture->folder, (str){ "a\0b", 3 }, false, name));
	assert_false(
		folder_of(&fixture->folder, (str){ "a\0b/c", 5 }, false, name));
}

static void test_write_makes_new_files_only(void **state)
{
	struct fixture *fixture = *state;
	str bytes;

	assert_true(folder_write(fixture->root, "new", STR("")));
	assert_true(folder_read(&bytes, fixture->root, "new", &fixture->arena));
	assert_int_equal(bytes.len, 0);
	assert_false(folder_write(fixture->root, "new", STR("x")));
	assert_int_equal(errno, EEXIST);
	assert_true(folder_is_same(fixture->root, "new", STR("")));
}

static void test_same(void **state)
{
	enum { LARGE = 3 * 64 * 1024 + 5 };
	struct fixture *fixture = *state;
	char *data = arena_alloc(&fixture->arena, LARGE);
	str bytes = { data, LARGE };

	assert_true(folder_write(fixture->root, "large", bytes));
	assert_true(folder_is_same(fixture->root, "large", bytes));
	data[LARGE - 1] = 'x';
	assert_false(folder_is_same(fixture->root, "large", bytes));
	data[LARGE - 1] = '\0';
	bytes.len--;
	assert_false(folder_is_same(fixture->root, "large", bytes));
	assert_false(folder_is_same(fixture->root, "missing", STR("")));
	assert_false(folder_is_same(fixture->root, "a", STR("")));
}

/* A pipe in the way must not make a build wait for ever. */
static void test_pipe(void **state)
{
	struct fixture *fixture = *state;
	str bytes;

	assert_int_equal(mkfifoat(fixture->root, "pipe", 0666), 0);
	assert_false(
		folder_read(&bytes, fixture->root, "pipe", &fixture->arena));
	assert_false(folder_is_same(fixture->root, "pipe", STR("")));
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_read),
		CASE(test_missing_folders),
		CASE(test_ways_out),
		CASE(test_links_are_not_followed),
		CASE(test_long_names),
		CASE(test_nul_in_a_name),
		CASE(test_write_makes_new_files_only),
		CASE(test_same),
		CASE(test_pipe),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
