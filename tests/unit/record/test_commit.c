/*
 * The commit protocol with files that are none: what it asks for is written
 * down, and it is refused at every step.
 */
#include "record/commit.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <unistd.h>

#include <cmocka.h>

#include "record/last_build.h"
#include "support/city.h"
#include "support/temporary.h"

enum { NEVER = 1000 };

/* The site jyj has pages, its record knows one more, two are staged. */
struct fixture {
	struct city city;
	const char *folder;
	struct store *store;
	struct page_work work;
	struct buf log; /* what was asked of the files */
	size_t calls;
	size_t refused; /* number of the call that fails */
};

static void reopen(struct fixture *fixture)
{
	struct city *city = &fixture->city;
	int parent = temporary_open(fixture->folder);

	if (fixture->store != NULL)
		store_close(fixture->store);
	fixture->store = store_open(parent, "record", (struct digest){ 1, 1 },
				    &city->arena, &city->diags);
	close(parent);
	assert_non_null(fixture->store);
}

/* --- the files --- */

static bool note(struct fixture *fixture, const char *what, str path)
{
	buf_printf(&fixture->log, "%s%s", fixture->calls == 0 ? "" : " ", what);
	if (path.len > 0)
		buf_printf(&fixture->log, ":%.*s", STR_ARG(path));
	if (fixture->calls++ != fixture->refused)
		return true;
	diag_failure(&fixture->city.diags, "refused", "refused");
	return false;
}

static bool begin(void *context, struct diag_list *diags)
{
	(void)diags;
	return note(context, "begin", STR(""));
}

static bool appear(void *context, const struct site_plan *site,
		   struct diag_list *diags)
{
	(void)diags;
	return note(context, "appear", site->site->id);
}

static bool sweep(void *context, const struct site_plan *site,
		  struct diag_list *diags)
{
	(void)diags;
	return note(context, "sweep", site->site->id);
}

static bool remove_page(void *context, str path, struct diag_list *diags)
{
	(void)diags;
	return note(context, "remove", path);
}

static bool move_page(void *context, size_t item, str path,
		      struct diag_list *diags)
{
	(void)item;
	(void)diags;
	return note(context, "move", path);
}

static bool finish(void *context, struct diag_list *diags)
{
	(void)diags;
	return note(context, "finish", STR(""));
}

/* --- the record --- */

static bool write_site(void *context, size_t number, struct arena *scratch,
		       struct diag_list *diags)
{
	struct fixture *fixture = context;

	return note(fixture, "record", STR("")) &&
	       commit_site_pages(&fixture->work, fixture->store, number,
				 scratch, diags);
}

static bool write_rest(void *context, struct diag_list *diags)
{
	struct fixture *fixture = context;
	const struct last_build last = { .pages = 7 };

	return note(fixture, "rest", STR("")) &&
	       last_build_write(fixture->store, &last, diags);
}

static bool run(struct fixture *fixture)
{
	const struct commit commit = {
		.work = &fixture->work,
		.store = fixture->store,
		.files = { fixture, begin, appear, sweep, remove_page,
			   move_page, finish },
		.record = { fixture, write_site, write_rest },
	};
	bool ok = commit_run(&commit, &fixture->city.diags);

	reopen(fixture);
	return ok;
}

/* --- the fixture --- */

static size_t site_number(const struct fixture *fixture, const char *id)
{
	return city_site(&fixture->city, id)->number;
}

static size_t item_of(const struct fixture *fixture, const char *path)
{
	size_t number = site_number(fixture, "jyj");
	const struct site_plan *plan = &fixture->work.plan->sites[number];
	const struct page *page = city_page(&fixture->city, "jyj", path);

	return fixture->work.site_starts[number] + (size_t)(page - plan->pages);
}

static const char *const staged[] = { "index.html", "xw/index.html" };
static const char old_page[] = "xw/old.html";
static const char last_name[] = "index.html";

static void record_before(struct fixture *fixture, const struct site_work *site)
{
	struct city *city = &fixture->city;
	struct arena scratch;
	struct build_record_writer writer = {
		.store = fixture->store,
		.domain = city_site(city, "jyj")->domain,
		.scratch = &scratch,
		.diags = &city->diags,
	};
	const struct last_build last = { .pages = 1 };

	arena_init(&scratch);
	assert_true(store_begin(fixture->store, &city->diags));
	for (size_t i = 0; i < site->known.count; i++)
		assert_true(build_record_add(&writer, &site->known.pages[i]));
	assert_true(build_record_end(&writer));
	assert_true(last_build_write(fixture->store, &last, &city->diags));
	assert_true(store_commit(fixture->store, &city->diags));
	arena_release(&scratch);
	reopen(fixture);
}

static void set_up(struct fixture *fixture)
{
	struct city *city = &fixture->city;
	struct recorded_page *known;
	struct site_work *site;

	*fixture = (struct fixture){ .refused = NEVER };
	city_open(city, "2024-06-01", NULL, 0);
	city_plan(city);
	fixture->folder = temporary_make(&city->arena);
	reopen(fixture);
	buf_init(&fixture->log, &city->arena);
	page_work_init(&fixture->work, &city->plan, &city->arena);
	site = &fixture->work.sites[site_number(fixture, "jyj")];
	known = arena_array(&city->arena, 2, sizeof(*known));
	known[0].path = str_from_c(last_name);
	known[1].path = str_from_c(old_page);
	*site = (struct site_work){ .is_wanted = true,
				    .is_recorded = true,
				    .known = { known, 2 } };
	list_init(&site->pending, sizeof(str));
	memset(fixture->work.states, WORK_UNCHANGED, fixture->work.count);
	for (size_t i = 0; i < COUNT_OF(staged); i++)
		fixture->work.states[item_of(fixture, staged[i])] = WORK_STAGED;
	record_before(fixture, site);
}

static void tear_down(struct fixture *fixture)
{
	store_close(fixture->store);
	temporary_remove(fixture->folder);
	city_close(&fixture->city);
}

static void expect_log(const struct fixture *fixture, const char *expected)
{
	str log = { fixture->log.data, fixture->log.len };

	if (!str_equal_c(log, expected))
		fail_msg("“%.*s” instead of “%s”", STR_ARG(log), expected);
}

static bool is_pending(struct fixture *fixture, const char *path)
{
	struct city *city = &fixture->city;
	struct list paths;
	const str *items;

	assert_true(build_record_pending(&paths, fixture->store,
					 city_site(city, "jyj")->domain,
					 &city->arena));
	items = paths.items;
	for (size_t i = 0; i < paths.count; i++)
		if (str_equal_c(items[i], path))
			return true;
	return false;
}

static size_t recorded_pages(struct fixture *fixture)
{
	struct city *city = &fixture->city;
	struct recorded_site site;

	return build_record_read(&site, fixture->store,
				 city_site(city, "jyj")->domain, &city->arena)
		       ? site.count
		       : 0;
}

/* --- the tests --- */

static void files_come_between_the_two_records(void **state)
{
	struct fixture fixture;
	struct last_build last;

	(void)state;
	set_up(&fixture);
	assert_true(run(&fixture));
	expect_log(&fixture, "begin remove:jyj.example.cn/xw/old.html "
			     "move:jyj.example.cn/index.html "
			     "move:jyj.example.cn/xw/index.html finish record "
			     "rest");
	assert_false(is_pending(&fixture, staged[0]));
	assert_int_equal(
		recorded_pages(&fixture),
		fixture.work.plan->sites[site_number(&fixture, "jyj")].count);
	assert_true(last_build_read(&last, fixture.store));
	assert_int_equal(last.pages, 7);
	tear_down(&fixture);
}

/* Whatever fails: the next build knows each page that may have changed. */
static void after_a_failure_all_that_may_have_changed_is_pending(void **state)
{
	enum { CALLS = 7 };

	(void)state;
	for (size_t i = 0; i < CALLS; i++) {
		bool is_noted = i > 0; /* the first call is before step 1 */
		struct fixture fixture;
		struct last_build last;

		set_up(&fixture);
		fixture.refused = i;
		assert_false(run(&fixture));
		assert_int_equal(fixture.calls, i + 1);
		assert_int_equal(is_pending(&fixture, staged[0]), is_noted);
		assert_int_equal(is_pending(&fixture, staged[1]), is_noted);
		assert_int_equal(is_pending(&fixture, old_page), is_noted);
		assert_int_equal(last_build_read(&last, fixture.store),
				 !is_noted);
		assert_int_equal(recorded_pages(&fixture), 2);
		tear_down(&fixture);
	}
}

static void what_was_pending_stays_so_until_the_end(void **state)
{
	struct fixture fixture;
	struct site_work *site;

	(void)state;
	set_up(&fixture);
	site = &fixture.work.sites[site_number(&fixture, "jyj")];
	*(str *)list_add(&site->pending, &fixture.city.arena) =
		str_from_c("sitemap.html");
	*(str *)list_add(&site->pending, &fixture.city.arena) =
		str_from_c("xw/stray.html");
	fixture.refused = 1;
	assert_false(run(&fixture));
	assert_true(is_pending(&fixture, "sitemap.html"));
	assert_true(is_pending(&fixture, "xw/stray.html"));
	fixture.refused = NEVER;
	assert_true(run(&fixture));
	assert_false(is_pending(&fixture, "sitemap.html"));
	tear_down(&fixture);
}

static void a_site_that_is_not_wanted_is_left_as_it_is(void **state)
{
	struct fixture fixture;

	(void)state;
	set_up(&fixture);
	fixture.work.sites[site_number(&fixture, "jyj")].is_wanted = false;
	assert_true(run(&fixture));
	expect_log(&fixture, "begin finish rest");
	assert_int_equal(recorded_pages(&fixture), 2);
	tear_down(&fixture);
}

static void a_site_that_is_not_there_appears_at_once(void **state)
{
	struct fixture fixture;
	struct site_work *site;

	(void)state;
	set_up(&fixture);
	site = &fixture.work.sites[site_number(&fixture, "jyj")];
	site->known = (struct recorded_site){ 0 };
	site->is_recorded = false;
	site->is_fresh = true;
	fixture.refused = 1;
	assert_false(run(&fixture));
	expect_log(&fixture, "begin appear:jyj");
	assert_int_equal(recorded_pages(&fixture), 0);
	tear_down(&fixture);
}

static void a_site_of_which_nothing_is_known_is_swept(void **state)
{
	struct fixture fixture;
	struct site_work *site;

	(void)state;
	set_up(&fixture);
	site = &fixture.work.sites[site_number(&fixture, "jyj")];
	site->known = (struct recorded_site){ 0 };
	site->is_recorded = false;
	assert_true(run(&fixture));
	expect_log(&fixture, "begin sweep:jyj move:jyj.example.cn/index.html "
			     "move:jyj.example.cn/xw/index.html finish record "
			     "rest");
	tear_down(&fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(files_come_between_the_two_records),
		cmocka_unit_test(
			after_a_failure_all_that_may_have_changed_is_pending),
		cmocka_unit_test(what_was_pending_stays_so_until_the_end),
		cmocka_unit_test(a_site_that_is_not_wanted_is_left_as_it_is),
		cmocka_unit_test(a_site_that_is_not_there_appears_at_once),
		cmocka_unit_test(a_site_of_which_nothing_is_known_is_swept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
