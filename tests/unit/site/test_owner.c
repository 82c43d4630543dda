/* Whose a domain or a unit is that two sites claim: who has had it for longest.
 */
#include "site/cluster.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <git2/commit.h>

#include "support/repository.h"
#include "support/snapshot_fixture.h"

/*
 * Every step back in a history asks for a parent; the library's own is replaced
 * by this one, which counts.
 */
static size_t steps;

int git_commit_parent(git_commit **out, const git_commit *commit, unsigned n)
{
	steps++;
	return git_commit_lookup(out, git_commit_owner(commit),
				 git_commit_parent_id(commit, n));
}

struct past {
	struct repository repository;
	struct snapshot_fixture fixture;
	struct cluster cluster;
	int64_t time;
};

/* sites/<id>/site.yaml as it comes to be with the next commit. */
static void put_site(struct past *past, const char *id, const char *domain,
		     const char *units)
{
	char path[64];
	str text = arena_printf(
		&past->repository.arena,
		"kind: department\nname: %s局\ndomain: %s.example.cn\n"
		"identity_code: \"6199000001\"\nsponsor: 办公室\n"
		"phone: \"1\"\nicp: 示1号\npolice_record: 示2号\n"
		"description: 网站\nunits: [%s]\ncolumns:\n"
		"  - {id: xw, name: xw, class: news, description: 栏目,\n"
		"     keywords: [栏目], owner_unit: 办公室, editors: {a: 甲, "
		"b: 乙},\n     select: {type: news}}\n",
		id, domain, units);

	snprintf(path, sizeof(path), "sites/%s/site.yaml", id);
	repository_put(&past->repository, path, text);
}

static void commit(struct past *past)
{
	past->time += 3600;
	repository_commit(&past->repository, past->time);
}

static void open_past(struct past *past)
{
	past->time = 1700000000;
	repository_init(&past->repository, REPOSITORY_BARE);
	snapshot_fixture_init(&past->fixture);
	repository_put(&past->repository, "sites/platform.yaml",
		       STR("name: 市\nportal: a\n"));
}

static void close_past(struct past *past)
{
	snapshot_fixture_release(&past->fixture);
	repository_release(&past->repository);
}

static void read_cluster(struct past *past)
{
	struct snapshot_fixture *fixture = &past->fixture;
	struct cluster_sources sources = { .snapshot = &fixture->snapshot };
	struct renames renames;

	snapshot_fixture_revision(fixture, past->repository.directory, NULL);
	renames_init(&renames, &fixture->arena);
	assert_true(history_read(&sources.history, &renames, &fixture->snapshot,
				 NULL, 480, &fixture->arena, &fixture->diags));
	sources.reader =
		snapshot_reader_open(&fixture->snapshot, &fixture->diags);
	assert_non_null(sources.reader);
	assert_true(cluster_read(&past->cluster, &sources, &fixture->arena,
				 &fixture->diags));
	snapshot_reader_close(sources.reader);
}

/* The id of the site at a domain, or "". */
static void is_at(const struct past *past, const char *host, const char *id)
{
	const struct site *site =
		cluster_site_at(&past->cluster, str_from_c(host));

	assert_true(site == NULL ? id[0] == '\0' : str_equal_c(site->id, id));
}

static void owns(const struct past *past, const char *unit, const char *id)
{
	const struct site *site =
		cluster_owner(&past->cluster, str_from_c(unit));

	assert_non_null(site);
	assert_true(str_equal_c(site->id, id));
}

/* The older file takes the domain of the newer one. */
static void test_older_file(void **state)
{
	struct past past;

	(void)state;
	open_past(&past);
	put_site(&past, "a", "a", "a");
	commit(&past);
	put_site(&past, "b", "b", "b");
	commit(&past);
	put_site(&past, "a", "b", "a");
	commit(&past);
	read_cluster(&past);
	is_at(&past, "b.example.cn", "b");
	is_at(&past, "a.example.cn", "a");
	assert_int_equal(past.fixture.diags.error_count, 1);
	close_past(&past);
}

static void test_from_the_start(void **state)
{
	struct past past;

	(void)state;
	open_past(&past);
	put_site(&past, "b", "b", "b");
	commit(&past);
	put_site(&past, "a", "b", "a");
	commit(&past);
	read_cluster(&past);
	is_at(&past, "b.example.cn", "b");
	assert_int_equal(past.cluster.count, 1);
	close_past(&past);
}

/* What the version that stands in has may be another one's by now. */
static void test_chain(void **state)
{
	struct past past;

	(void)state;
	open_past(&past);
	put_site(&past, "a", "a", "a");
	put_site(&past, "b", "b", "b");
	commit(&past);
	put_site(&past, "b", "c", "b");
	commit(&past);
	put_site(&past, "c", "b", "c");
	commit(&past);
	put_site(&past, "b", "a", "b");
	commit(&past);
	read_cluster(&past);
	is_at(&past, "a.example.cn", "a");
	is_at(&past, "b.example.cn", "c");
	is_at(&past, "c.example.cn", "b");
	close_past(&past);
}

static void test_places_changed(void **state)
{
	struct past past;

	(void)state;
	open_past(&past);
	put_site(&past, "a", "a", "a");
	put_site(&past, "b", "b", "b");
	commit(&past);
	put_site(&past, "a", "b", "a");
	put_site(&past, "b", "a", "b");
	commit(&past);
	read_cluster(&past);
	is_at(&past, "a.example.cn", "b");
	is_at(&past, "b.example.cn", "a");
	assert_int_equal(past.fixture.diags.error_count, 0);
	close_past(&past);
}

static void test_units(void **state)
{
	struct past past;

	(void)state;
	open_past(&past);
	put_site(&past, "a", "a", "a");
	commit(&past);
	put_site(&past, "b", "b", "b");
	commit(&past);
	put_site(&past, "a", "a", "a, b");
	commit(&past);
	read_cluster(&past);
	owns(&past, "b", "b");
	owns(&past, "a", "a");
	assert_int_equal(past.cluster.count, 2);
	assert_int_equal(past.fixture.diags.error_count, 1);
	close_past(&past);
}

/* Some got each unit before the other, by turns; all was there before. */
static size_t steps_of_many(size_t units)
{
	char both[400] = "";
	struct past past;
	size_t before = steps;

	open_past(&past);
	put_site(&past, "a", "a", "a");
	put_site(&past, "b", "b", "b");
	commit(&past);
	for (size_t i = 0; i < units; i++)
		snprintf(both + strlen(both), sizeof(both) - strlen(both),
			 ", u%zu", i);
	for (size_t i = 0; i < 12; i++) {
		char first[400];

		snprintf(first, sizeof(first), "%s%.*s", i % 2 == 0 ? "a" : "b",
			 i < 6 ? 4 : (int)strlen(both), both);
		put_site(&past, i % 2 == 0 ? "a" : "b", i % 2 == 0 ? "a" : "b",
			 first);
		commit(&past);
	}
	read_cluster(&past);
	owns(&past, "u0", "a");
	owns(&past, "u1", "a");
	assert_int_equal(past.fixture.diags.error_count, units);
	close_past(&past);
	return steps - before;
}

/* However many units are claimed twice, the history is walked once for them. */
static void test_many_units(void **state)
{
	(void)state;
	assert_int_equal(steps_of_many(2), steps_of_many(40));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_older_file),
		cmocka_unit_test(test_from_the_start),
		cmocka_unit_test(test_chain),
		cmocka_unit_test(test_places_changed),
		cmocka_unit_test(test_units),
		cmocka_unit_test(test_many_units),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
