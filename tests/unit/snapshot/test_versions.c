/*
 * The walk back through the commits: where it stops, what it lists there, and
 * what it says of the commits between. And files that get other bytes.
 */
#include "snapshot/versions.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/repository.h"
#include "support/snapshot_fixture.h"

enum { START = 1700000000, HOUR = 3600 };

struct past {
	struct repository repository;
	struct snapshot_fixture fixture;
	int commits;
};

static void open_past(struct past *past)
{
	past->commits = 0;
	repository_init(&past->repository, REPOSITORY_BARE);
	snapshot_fixture_init(&past->fixture);
}

static void close_past(struct past *past)
{
	snapshot_fixture_release(&past->fixture);
	repository_release(&past->repository);
}

/* The first is made at START, each other an hour later. */
static str put(struct past *past, const char *path, const char *text)
{
	repository_put(&past->repository, path, str_from_c(text));
	return str_from_c(repository_commit(&past->repository,
					    START + HOUR * past->commits++));
}

static bool wants_a(void *context, str path)
{
	(void)context;
	return str_equal_c(path, "content/") ||
	       str_equal_c(path, "content/jyj/") ||
	       str_equal_c(path, "content/jyj/a.md");
}

static struct version_walk *walk_of(struct past *past)
{
	const struct version_walk_options options = {
		.snapshot = &past->fixture.snapshot,
		.offset = 480,
		.wants = wants_a,
	};

	snapshot_fixture_revision(&past->fixture, past->repository.directory,
				  NULL);
	return version_walk_open(&options, &past->fixture.arena);
}

static void test_stops(void **state)
{
	struct version_walk *walk;
	struct snapshot version;
	struct past past;
	str second;

	(void)state;
	open_past(&past);
	put(&past, "content/jyj/a.md", "1");
	second = put(&past, "content/jyj/b.md", "b");
	put(&past, "content/jyj/a.md", "2");
	put(&past, "content/other/c.md", "c");
	walk = walk_of(&past);
	/* the commit before the one that changed it, and only what is wanted */
	assert_true(version_walk_next(&version, walk));
	assert_true(str_equal(version.revision, second));
	assert_int_equal(version.count, 1);
	assert_int_equal(version.time.seconds, START + HOUR);
	assert_int_equal(version_walk_newer(walk).seconds, START + 2 * HOUR);
	assert_int_equal(version_walk_steps(walk), 2);
	assert_true(version.source_base == SOURCE_ELSEWHERE);
	/* it was there from the first commit on */
	assert_false(version_walk_next(&version, walk));
	assert_int_equal(version_walk_end(walk), VERSION_END_FIRST);
	assert_int_equal(version_walk_time(walk).seconds, START);
	version_walk_close(walk);
	close_past(&past);
}

static void test_gone(void **state)
{
	struct version_walk *walk;
	struct snapshot version;
	struct past past;

	(void)state;
	open_past(&past);
	put(&past, "content/jyj/a.md", "1");
	repository_delete(&past.repository, "content/jyj/a.md");
	put(&past, "content/jyj/b.md", "b");
	put(&past, "content/jyj/a.md", "2");
	walk = walk_of(&past);
	assert_true(version_walk_next(&version, walk));
	assert_int_equal(version.count, 0);
	assert_true(version_walk_next(&version, walk));
	assert_int_equal(version.count, 1);
	assert_false(version_walk_next(&version, walk));
	version_walk_close(walk);
	close_past(&past);
}

static void test_look(void **state)
{
	struct version_walk *walk;
	struct snapshot version;
	struct past past;
	str first;

	(void)state;
	open_past(&past);
	first = put(&past, "content/jyj/a.md", "1");
	put(&past, "content/jyj/a.md", "2");
	walk = walk_of(&past);
	assert_true(version_walk_look(&version, walk, first));
	assert_true(str_equal(version.revision, first));
	assert_int_equal(version_walk_steps(walk), 0);
	assert_false(version_walk_look(
		&version, walk,
		STR("0123456789012345678901234567890123456789")));
	assert_false(version_walk_look(&version, walk, STR("x")));
	version_walk_close(walk);
	close_past(&past);
}

static void test_nothing(void **state)
{
	const struct memory_file file = { "content/jyj/a.md", STR("1") };
	struct version_walk_options options = { .wants = wants_a };
	struct version_walk *walk;
	struct snapshot_fixture fixture;
	struct snapshot version;

	(void)state;
	snapshot_fixture_init(&fixture);
	assert_true(snapshot_open_memory(&fixture.snapshot, &file, 1,
					 &fixture.arena, &fixture.diags));
	options.snapshot = &fixture.snapshot;
	walk = version_walk_open(&options, &fixture.arena);
	assert_false(version_walk_next(&version, walk));
	assert_int_equal(version_walk_end(walk), VERSION_END_NOTHING);
	assert_int_equal(version_walk_commit(walk).len, 0);
	version_walk_close(walk);
	snapshot_fixture_release(&fixture);
}

static void test_patch(void **state)
{
	struct snapshot_patch patch = { 0 };
	struct snapshot *snapshot;
	struct version_walk *walk;
	struct snapshot version;
	struct past past;

	(void)state;
	open_past(&past);
	put(&past, "content/jyj/a.md", "1");
	put(&past, "content/jyj/b.md", "b");
	put(&past, "content/jyj/a.md", "2");
	walk = walk_of(&past);
	snapshot = &past.fixture.snapshot;
	snapshot_fixture_bytes(&past.fixture, "content/jyj/a.md", "2");
	assert_false(snapshot_patched_since(snapshot, 0).is_set);
	assert_true(version_walk_next(&version, walk));
	memcpy(patch.blob_id, snapshot_blob(&version, 0).data,
	       SNAPSHOT_ID_SIZE);
	patch.changed = version.time;
	snapshot_patch(snapshot, &patch, 1, NULL, &past.fixture.arena);
	snapshot_fixture_bytes(&past.fixture, "content/jyj/a.md", "1");
	snapshot_fixture_bytes(&past.fixture, "content/jyj/b.md", "b");
	assert_true(snapshot_is_patched(snapshot, 0));
	assert_false(snapshot_is_patched(snapshot, 1));
	assert_int_equal(snapshot_patched_since(snapshot, 0).seconds,
			 START + HOUR);
	version_walk_close(walk);
	close_past(&past);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_stops), cmocka_unit_test(test_gone),
		cmocka_unit_test(test_look),  cmocka_unit_test(test_nothing),
		cmocka_unit_test(test_patch),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
