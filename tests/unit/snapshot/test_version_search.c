/*
 * Which earlier version of a file is the newest that is correct, and that a
 * search that remembers ends like one that does not, its bounds included. Here
 * a text is correct when it has "+" in it.
 */
#include "snapshot/version_search.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "support/repository.h"
#include "support/snapshot_fixture.h"

struct past {
	struct repository repository;
	struct arena arena; /* of what is remembered */
	str remembered;
	int64_t time;
	size_t read; /* versions, in the last search */
};

static void open_past(struct past *past)
{
	*past = (struct past){ .time = 1700000000 };
	arena_init(&past->arena);
	repository_init(&past->repository, REPOSITORY_BARE);
}

static void close_past(struct past *past)
{
	repository_release(&past->repository);
	arena_release(&past->arena);
}

static void put(struct past *past, const char *path, const char *text)
{
	repository_put(&past->repository, path, str_from_c(text));
}

static str commit(struct past *past)
{
	past->time += 3600;
	return str_from_c(repository_commit(&past->repository, past->time));
}

static str commit_text(struct past *past, const char *text)
{
	put(past, "content/jyj/a.md", text);
	return commit(past);
}

static struct digest key(void *context, const struct version_sought *item,
			 const struct version *version)
{
	struct digest key = { 0 };

	(void)context;
	(void)version;
	digest_add(&key,
		   (str){ (const char *)item->blob_id, SNAPSHOT_ID_SIZE });
	return key;
}

static bool take(void *context, struct version_sought *item,
		 const struct version *version)
{
	struct past *past = context;
	size_t file = snapshot_find(version->snapshot, item->path);
	struct diag_list diags;
	struct arena arena;
	bool ok;
	str text;

	arena_init(&arena);
	diag_list_init(&diags, &arena);
	past->read++;
	assert_true(file != STR_NONE);
	assert_true(
		snapshot_read(&text, version->reader, file, &arena, &diags));
	ok = str_find_byte(text, '+') != STR_NONE;
	arena_release(&arena);
	return ok;
}

struct answer {
	bool is_found;
	enum version_end end;
	str commit; /* in the arena of the past */
};

/* `memory`: NULL, or what is remembered, and what comes to be. */
static struct answer search_with(struct past *past, const char *path,
				 struct version_memory *memory,
				 uint64_t context)
{
	struct snapshot_fixture fixture;
	struct version_sought item = { .path = str_from_c(path),
				       .context = { context, 0 } };
	struct version_search search = {
		.snapshot = &fixture.snapshot,
		.memory = memory,
		.items = &item,
		.count = 1,
		.context = past,
		.key = key,
		.take = take,
	};
	struct answer answer;

	past->read = 0;
	snapshot_fixture_init(&fixture);
	snapshot_fixture_revision(&fixture, past->repository.directory, NULL);
	version_search_run(&search, &fixture.arena);
	if (memory != NULL) {
		struct buf bytes;

		buf_init(&bytes, &past->arena);
		version_memory_pack(&bytes, memory);
		past->remembered = buf_str(&bytes);
	}
	answer = (struct answer){ item.is_found, item.end,
				  arena_copy(&past->arena, item.commit) };
	snapshot_fixture_release(&fixture);
	return answer;
}

static struct answer search(struct past *past)
{
	return search_with(past, "content/jyj/a.md", NULL, 1);
}

/* As the next build does; the same must come of it. */
static struct answer search_again(struct past *past, uint64_t context)
{
	struct answer clean =
		search_with(past, "content/jyj/a.md", NULL, context);
	struct version_memory memory;
	struct answer answer;

	version_memory_init(&memory, &past->arena);
	version_memory_unpack(&memory, past->remembered);
	answer = search_with(past, "content/jyj/a.md", &memory, context);
	assert_int_equal(answer.is_found, clean.is_found);
	assert_true(str_equal(answer.commit, clean.commit));
	if (!answer.is_found)
		assert_int_equal(answer.end, clean.end);
	return answer;
}

static void test_newest(void **state)
{
	struct past past;
	struct answer answer;
	str wanted;

	(void)state;
	open_past(&past);
	commit_text(&past, "+1");
	wanted = commit_text(&past, "+2");
	commit_text(&past, "3");
	put(&past, "content/jyj/b.md", "beside");
	commit(&past);
	commit_text(&past, "4");
	answer = search(&past);
	assert_true(answer.is_found);
	assert_true(str_equal(answer.commit, wanted));
	assert_int_equal(past.read, 2);
	close_past(&past);
}

/* What was removed does not come back. */
static void test_removed(void **state)
{
	struct past past;
	struct answer answer;

	(void)state;
	open_past(&past);
	commit_text(&past, "+1");
	repository_delete(&past.repository, "content/jyj/a.md");
	put(&past, "content/jyj/b.md", "beside");
	commit(&past);
	commit_text(&past, "2");
	answer = search(&past);
	assert_false(answer.is_found);
	assert_int_equal(answer.end, VERSION_END_FIRST);
	assert_int_equal(past.read, 0);
	close_past(&past);
}

/* The next search reads the version that stands in, and no other one. */
static void test_memory(void **state)
{
	struct past past;

	(void)state;
	open_past(&past);
	commit_text(&past, "+1");
	for (int i = 0; i < 5; i++)
		commit_text(&past, i % 2 == 0 ? "2" : "3");
	assert_true(search_again(&past, 1).is_found);
	assert_int_equal(past.read, 5);
	assert_true(search_again(&past, 1).is_found);
	assert_int_equal(past.read, 1);
	commit_text(&past, "4");
	commit_text(&past, "5");
	assert_true(search_again(&past, 1).is_found);
	assert_int_equal(past.read, 2); /* "4", and the one that is known */
	assert_true(search_again(&past, 2).is_found); /* other settings */
	assert_int_equal(past.read, 7);
	commit_text(&past, "+6");
	commit_text(&past, "7");
	assert_true(search_again(&past, 2).is_found);
	assert_int_equal(past.read, 1);
	close_past(&past);
}

static void test_memory_of_nothing(void **state)
{
	struct past past;

	(void)state;
	open_past(&past);
	put(&past, "content/jyj/b.md", "beside");
	commit(&past);
	for (int i = 0; i < 4; i++)
		commit_text(&past, i % 2 == 0 ? "2" : "3");
	assert_false(search_again(&past, 1).is_found);
	assert_int_equal(past.read, 3);
	commit_text(&past, "4");
	assert_false(search_again(&past, 1).is_found);
	assert_int_equal(past.read, 0);
	close_past(&past);
}

/* A rewritten history has other commits. */
static void test_other_branch(void **state)
{
	static const char *const to_other[] = { "symbolic-ref", "HEAD",
						"refs/heads/other", NULL };
	static const str no_input = { "", 0 };
	struct past past;

	(void)state;
	open_past(&past);
	commit_text(&past, "+1");
	repository_branch(&past.repository, "other");
	past.repository.branch = "main";
	commit_text(&past, "+2");
	commit_text(&past, "3");
	assert_true(search_again(&past, 1).is_found);
	repository_git(&past.repository, to_other, no_input);
	past.repository.branch = "other";
	commit_text(&past, "4");
	assert_true(search_again(&past, 1).is_found);
	close_past(&past);
}

/* One version too far back: a search that remembers does not find it either. */
static void test_bounds(void **state)
{
	struct past past;
	char text[16];

	(void)state;
	open_past(&past);
	commit_text(&past, "+");
	for (int i = 0; i < VERSION_TRY_LIMIT; i++) {
		(void)snprintf(text, sizeof(text), "%d", i);
		commit_text(&past, text);
	}
	assert_true(search_again(&past, 1).is_found);
	assert_true(search_again(&past, 1).is_found);
	commit_text(&past, "one more");
	assert_false(search_again(&past, 1).is_found);
	assert_int_equal(search(&past).end, VERSION_END_LIMIT);
	commit_text(&past, "and one more");
	assert_false(search_again(&past, 1).is_found);
	close_past(&past);
}

/* Whatever stands in a record, a search ends. */
static void test_damaged(void **state)
{
	struct past past;
	str whole;

	(void)state;
	open_past(&past);
	commit_text(&past, "+1");
	commit_text(&past, "2");
	assert_true(search_again(&past, 1).is_found);
	whole = past.remembered;
	for (size_t i = 0; i < whole.len; i++) {
		past.remembered = str_between(whole, 0, i);
		assert_true(search_again(&past, 1).is_found);
	}
	close_past(&past);
}

/* --- many files --- */

enum { MANY = 40 };

/* What a search of many files looked at, and what it answered. */
struct looked {
	size_t listed; /* files, over all versions */
	struct version_sought items[MANY];
	struct snapshot_fixture fixture;
};

struct many {
	struct past past; /* first: `take` is given it */
	struct looked *looked;
};

static void count_listed(void *context, const struct version *version)
{
	((struct many *)context)->looked->listed += version->snapshot->count;
}

static void search_many(struct looked *out, struct many *many, size_t count,
			bool is_by_file)
{
	struct version_search search = {
		.snapshot = &out->fixture.snapshot,
		.items = out->items,
		.count = count,
		.context = many,
		.begin = count_listed,
		.key = key,
		.take = take,
		.is_by_file = is_by_file,
	};

	many->looked = out;
	out->listed = 0;
	snapshot_fixture_init(&out->fixture);
	snapshot_fixture_revision(&out->fixture,
				  many->past.repository.directory, NULL);
	for (size_t i = 0; i < count; i++)
		out->items[i] = (struct version_sought){
			.path = arena_printf(&out->fixture.arena,
					     "content/jyj/%02zu.md", i),
		};
	version_search_run(&search, &out->fixture.arena);
}

static void put_many(struct many *many, size_t first, size_t end,
		     const char *text)
{
	for (size_t i = first; i < end; i++) {
		char path[32];

		(void)snprintf(path, sizeof(path), "content/jyj/%02zu.md", i);
		put(&many->past, path, text);
	}
	(void)commit(&many->past);
}

static void assert_same_answers(const struct looked *a, const struct looked *b,
				size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct version_sought *one = &a->items[i];
		const struct version_sought *other = &b->items[i];

		assert_int_equal(one->is_done, other->is_done);
		assert_int_equal(one->is_found, other->is_found);
		assert_int_equal(one->end, other->end);
		assert_true(str_equal(one->commit, other->commit));
		assert_true(one->changed.seconds == other->changed.seconds);
		assert_int_equal(one->cost.steps, other->cost.steps);
		assert_int_equal(one->cost.tries, other->cost.tries);
	}
}

/*
 * Files with mistakes, and a commit for each with its last correct bytes. Some
 * were slips from the first commit on, some got theirs one by one.
 */
static size_t listed_of(size_t count)
{
	static struct looked by_file, plain;
	struct many many;
	size_t third = count / 3;

	open_past(&many.past);
	put_many(&many, 0, third, "first");
	put_many(&many, third, count, "+");
	for (size_t i = third; i < count; i++)
		put_many(&many, i, i + 1, "+ corrected");
	for (size_t i = third; i < 2 * third; i++)
		put_many(&many, i, i + 1, "broken");
	put_many(&many, 2 * third, count, "broken");
	put_many(&many, 0, count, "broken again");
	search_many(&by_file, &many, count, true);
	search_many(&plain, &many, count, false);
	assert_same_answers(&by_file, &plain, count);
	snapshot_fixture_release(&by_file.fixture);
	snapshot_fixture_release(&plain.fixture);
	close_past(&many.past);
	return by_file.listed;
}

/* All at the first version, then each where it was another one. */
static void many_cost_what_commits_changed(void **state)
{
	(void)state;
	assert_true(listed_of(MANY / 2) <= 3 * (MANY / 2));
	assert_true(listed_of(MANY) <= 3 * MANY);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_newest),
		cmocka_unit_test(test_removed),
		cmocka_unit_test(test_memory),
		cmocka_unit_test(test_memory_of_nothing),
		cmocka_unit_test(test_other_branch),
		cmocka_unit_test(test_bounds),
		cmocka_unit_test(test_damaged),
		cmocka_unit_test(many_cost_what_commits_changed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
