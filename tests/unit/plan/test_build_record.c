/*
 * The record of the last build: what was written is read again, page by page
 * or as a whole, and tells why a page is stale.
 */
#include "plan/build_record.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <string.h>

#include <unistd.h>

#include <cmocka.h>

#include "support/city.h"
#include "support/temporary.h"

/* The most pages that a record has here. */
enum { PAGES = 1000 };

static const str domain = STR("jyj.example.cn");

struct fixture {
	struct arena arena;
	struct arena scratch; /* of writing */
	struct diag_list diags;
	const char *folder;
	struct store *store;
	struct recorded_page *pages;
};

/* The next opening, as the next build has it. */
static void reopen(struct fixture *fixture)
{
	int parent = temporary_open(fixture->folder);

	if (fixture->store != NULL)
		store_close(fixture->store);
	fixture->store = store_open(parent, "record", (struct digest){ 1, 1 },
				    &fixture->arena, &fixture->diags);
	close(parent);
	assert_non_null(fixture->store);
}

static struct dependency_list some_names(struct arena *arena, size_t number)
{
	static const char letters[] = "rifp";
	size_t count = number % 5;
	str *names = arena_array(arena, count + 1, sizeof(*names));

	for (size_t i = 0; i < count; i++)
		names[i] = arena_printf(arena, "%c content/%zu/%zu", letters[i],
					number, i);
	return (struct dependency_list){ count == 0 ? NULL : names, count };
}

/* A page with values of its own in all members. */
static struct recorded_page page_of(struct arena *arena, size_t number)
{
	struct recorded_page page = {
		.path = arena_printf(arena, "xw/%05zu/新.html", number),
		.reasons = (uint32_t)(number % 2 == 0 ? REASON_NEW : number),
		.dependencies = some_names(arena, number),
	};

	for (size_t i = 0; i < PART_COUNT; i++)
		page.fingerprint.parts[i] = number * 1000003 + i;
	memset(page.revision, 'a' + (int)(number % 26), sizeof(page.revision));
	page.size = number * 1000 + 7;
	return page;
}

static void set_up(struct fixture *fixture)
{
	*fixture = (struct fixture){ 0 };
	arena_init(&fixture->arena);
	arena_init(&fixture->scratch);
	diag_list_init(&fixture->diags, &fixture->arena);
	fixture->folder = temporary_make(&fixture->arena);
	fixture->pages =
		arena_array(&fixture->arena, PAGES, sizeof(*fixture->pages));
	for (size_t i = 0; i < PAGES; i++)
		fixture->pages[i] = page_of(&fixture->arena, i);
	reopen(fixture);
}

static void tear_down(struct fixture *fixture)
{
	store_close(fixture->store);
	temporary_remove(fixture->folder);
	arena_release(&fixture->scratch);
	arena_release(&fixture->arena);
}

static void begin(struct fixture *fixture)
{
	assert_true(store_begin(fixture->store, &fixture->diags));
}

static void commit(struct fixture *fixture)
{
	assert_true(store_commit(fixture->store, &fixture->diags));
	reopen(fixture);
}

/* The first `count` pages as the record of a domain. */
static void write_pages(struct fixture *fixture, str name, size_t count)
{
	struct build_record_writer writer = { .store = fixture->store,
					      .domain = name,
					      .scratch = &fixture->scratch,
					      .diags = &fixture->diags };

	begin(fixture);
	for (size_t i = 0; i < count; i++)
		assert_true(build_record_add(&writer, &fixture->pages[i]));
	assert_true(build_record_end(&writer));
	commit(fixture);
	arena_reset(&fixture->scratch);
}

static void expect_page(const struct recorded_page *page,
			const struct recorded_page *expected)
{
	assert_true(str_equal(page->path, expected->path));
	assert_memory_equal(&page->fingerprint, &expected->fingerprint,
			    sizeof(page->fingerprint));
	assert_int_equal(page->reasons, expected->reasons);
	assert_int_equal(page->size, expected->size);
	assert_memory_equal(page->revision, expected->revision,
			    sizeof(page->revision));
	assert_int_equal(page->dependencies.count,
			 expected->dependencies.count);
	for (size_t i = 0; i < page->dependencies.count; i++)
		assert_true(str_equal(page->dependencies.names[i],
				      expected->dependencies.names[i]));
}

static void expect_pages(struct fixture *fixture, str name, size_t count)
{
	struct recorded_site site;

	assert_true(build_record_read(&site, fixture->store, name,
				      &fixture->arena));
	assert_int_equal(site.count, count);
	for (size_t i = 0; i < count; i++)
		expect_page(&site.pages[i], &fixture->pages[i]);
}

static bool is_readable(struct fixture *fixture, str name)
{
	struct recorded_site site;

	return build_record_read(&site, fixture->store, name, &fixture->arena);
}

static str chunk(struct fixture *fixture, size_t number)
{
	return store_get(fixture->store, 'q',
			 arena_printf(&fixture->arena, "%.*s/%zu",
				      STR_ARG(domain), number));
}

/* --- writing and reading --- */

static const size_t counts[] = { 0, 1, 127, 128, 129, 256, 1000 };

static void what_is_written_is_read_again(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(counts); i++) {
		struct fixture fixture;

		set_up(&fixture);
		assert_false(is_readable(&fixture, domain));
		write_pages(&fixture, domain, counts[i]);
		expect_pages(&fixture, domain, counts[i]);
		tear_down(&fixture);
	}
}

static void sites_have_records_of_their_own(void **state)
{
	struct fixture fixture;

	(void)state;
	set_up(&fixture);
	write_pages(&fixture, domain, 300);
	write_pages(&fixture, STR("www.example.cn"), 2);
	expect_pages(&fixture, domain, 300);
	expect_pages(&fixture, STR("www.example.cn"), 2);
	assert_false(is_readable(&fixture, STR("www.example")));
	tear_down(&fixture);
}

/* From each number of pages to each other. */
static void no_chunk_is_left_of_pages_that_are_gone(void **state)
{
	struct fixture fixture;

	(void)state;
	set_up(&fixture);
	for (size_t i = 0; i < COUNT_OF(counts); i++)
		for (size_t k = 0; k < COUNT_OF(counts); k++) {
			write_pages(&fixture, domain, counts[i]);
			write_pages(&fixture, domain, counts[k]);
			expect_pages(&fixture, domain, counts[k]);
			for (size_t n = 0; n < 10; n++)
				assert_int_equal(chunk(&fixture, n).len > 0,
						 n * 128 < counts[k]);
		}
	tear_down(&fixture);
}

static void a_missing_chunk_makes_the_record_unusable(void **state)
{
	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct fixture fixture;

		set_up(&fixture);
		write_pages(&fixture, domain, 300);
		begin(&fixture);
		assert_true(
			store_remove(fixture.store, 'q',
				     arena_printf(&fixture.arena, "%.*s/%zu",
						  STR_ARG(domain), i),
				     &fixture.diags));
		commit(&fixture);
		assert_false(is_readable(&fixture, domain));
		tear_down(&fixture);
	}
}

static void a_chunk_cut_short_makes_the_record_unusable(void **state)
{
	struct fixture fixture;
	str whole;

	(void)state;
	set_up(&fixture);
	write_pages(&fixture, domain, 5);
	whole = arena_copy(&fixture.arena, chunk(&fixture, 0));
	for (size_t length = 0; length < whole.len; length += 11) {
		begin(&fixture);
		assert_true(store_put(
			fixture.store, 'q',
			arena_printf(&fixture.arena, "%.*s/0", STR_ARG(domain)),
			str_between(whole, 0, length), &fixture.diags));
		commit(&fixture);
		assert_false(is_readable(&fixture, domain));
	}
	tear_down(&fixture);
}

static void a_forgotten_record_is_unusable_until_written(void **state)
{
	struct fixture fixture;

	(void)state;
	set_up(&fixture);
	write_pages(&fixture, domain, 300);
	write_pages(&fixture, STR("www.example.cn"), 2);
	begin(&fixture);
	assert_true(build_record_forget(fixture.store, domain, &fixture.diags));
	commit(&fixture);
	assert_false(is_readable(&fixture, domain));
	expect_pages(&fixture, STR("www.example.cn"), 2);
	write_pages(&fixture, domain, 129);
	expect_pages(&fixture, domain, 129);
	tear_down(&fixture);
}

/* --- one page --- */

static bool find(struct fixture *fixture, struct recorded_page *page,
		 size_t *place, str path)
{
	return build_record_find(page, place, fixture->store, domain, path,
				 &fixture->scratch);
}

static void every_page_is_found_at_its_place(void **state)
{
	struct recorded_page page;
	size_t place;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(counts); i++) {
		struct fixture fixture;

		set_up(&fixture);
		write_pages(&fixture, domain, counts[i]);
		for (size_t k = 0; k < counts[i]; k++) {
			assert_true(find(&fixture, &page, &place,
					 fixture.pages[k].path));
			assert_int_equal(place, k);
			expect_page(&page, &fixture.pages[k]);
			arena_reset(&fixture.scratch);
		}
		tear_down(&fixture);
	}
}

/* Before, between, behind and like the pages that are there. */
static void no_other_path_is_found(void **state)
{
	struct recorded_page page;
	struct fixture fixture;
	size_t place;

	(void)state;
	set_up(&fixture);
	assert_false(find(&fixture, &page, &place, fixture.pages[0].path));
	write_pages(&fixture, domain, 600);
	assert_false(find(&fixture, &page, &place, STR("")));
	assert_false(find(&fixture, &page, &place, STR("a")));
	assert_false(find(&fixture, &page, &place, STR("zz")));
	for (size_t i = 0; i < 600; i++) {
		str path = fixture.pages[i].path;
		str more = arena_printf(&fixture.arena, "%.*s/", STR_ARG(path));

		assert_false(find(&fixture, &page, &place, more));
		assert_false(find(&fixture, &page, &place,
				  str_between(path, 0, path.len - 1)));
	}
	for (size_t i = 600; i < PAGES; i++)
		assert_false(
			find(&fixture, &page, &place, fixture.pages[i].path));
	tear_down(&fixture);
}

/* --- some pages anew --- */

static void update(struct fixture *fixture, const struct recorded_place *places,
		   size_t count)
{
	begin(fixture);
	assert_true(build_record_update(fixture->store, domain, places, count,
					&fixture->scratch, &fixture->diags));
	commit(fixture);
	arena_reset(&fixture->scratch);
}

/* Longer, shorter, first and last entries, and a whole row of them. */
static void an_update_replaces_its_pages_and_no_others(void **state)
{
	static const size_t numbers[] = { 0,   1,   126, 127, 128, 300,
					  511, 512, 513, 998, 999 };
	struct recorded_place places[COUNT_OF(numbers)];
	struct fixture fixture;

	(void)state;
	set_up(&fixture);
	write_pages(&fixture, domain, PAGES);
	for (size_t i = 0; i < COUNT_OF(numbers); i++) {
		struct recorded_page *page = &fixture.pages[numbers[i]];
		str path = page->path;

		*page = page_of(&fixture.arena, 5000 + numbers[i] * 3);
		page->path = path;
		places[i] = (struct recorded_place){ numbers[i], *page };
	}
	update(&fixture, places, COUNT_OF(places));
	expect_pages(&fixture, domain, PAGES);
	update(&fixture, NULL, 0);
	expect_pages(&fixture, domain, PAGES);
	tear_down(&fixture);
}

static void a_short_last_chunk_can_be_updated(void **state)
{
	struct recorded_place place;
	struct fixture fixture;

	(void)state;
	set_up(&fixture);
	write_pages(&fixture, domain, 129);
	fixture.pages[128].reasons = 1 << PART_LINKS;
	place = (struct recorded_place){ 128, fixture.pages[128] };
	update(&fixture, &place, 1);
	expect_pages(&fixture, domain, 129);
	assert_int_equal(chunk(&fixture, 2).len, 0);
	tear_down(&fixture);
}

static void without_a_record_there_is_nothing_to_update(void **state)
{
	struct recorded_place place;
	struct fixture fixture;

	(void)state;
	set_up(&fixture);
	place = (struct recorded_place){ 0, fixture.pages[0] };
	begin(&fixture);
	assert_false(build_record_update(fixture.store, domain, &place, 1,
					 &fixture.scratch, &fixture.diags));
	store_abort(fixture.store);
	tear_down(&fixture);
}

/* --- why a page is stale --- */

static const char policy[] = "gk/zc/202401/p1.html";

static const struct site_plan *plan_of(const struct city *city)
{
	return &city->plan.sites[city_site(city, "jyj")->number];
}

static void open_city(struct city *city, const struct memory_file *edits,
		      size_t count)
{
	city_open(city, "2024-06-01", edits, count);
	city_plan(city);
	assert_int_equal(city->diags.error_count, 0);
}

/* The policy's fingerprint when its body leads to `name`. */
static struct fingerprint fingerprint_with(const struct city *city, str name)
{
	struct dependency_list names = { &name, 1 };

	return build_record_fingerprint(
		&city->plan, plan_of(city), city_page(city, "jyj", policy),
		name.len > 0 ? &names : &(struct dependency_list){ 0 });
}

/* The policy as it is recorded when its body leads to `name`. */
static struct recorded_page recorded(const struct city *city, const str *name)
{
	return (struct recorded_page){
		.path = str_from_c(policy),
		.fingerprint = fingerprint_with(city, *name),
		.dependencies = { name, name->len > 0 },
	};
}

static struct page_comparison compare(const struct city *city,
				      const struct recorded_page *known)
{
	return build_record_compare(&city->plan, plan_of(city),
				    city_page(city, "jyj", policy), known);
}

static void a_page_as_recorded_is_fresh(void **state)
{
	static const str names[] = { STR(""), STR("r content/szf/a1.md") };
	struct city city;

	(void)state;
	open_city(&city, NULL, 0);
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		struct recorded_page known = recorded(&city, &names[i]);
		struct page_comparison found = compare(&city, &known);

		assert_int_equal(found.freshness, FRESHNESS_SAME);
		assert_int_equal(found.reasons, 0);
	}
	city_close(&city);
}

static void a_page_that_is_not_recorded_is_new(void **state)
{
	struct page_comparison found;
	struct city city;

	(void)state;
	open_city(&city, NULL, 0);
	found = compare(&city, NULL);
	assert_int_equal(found.freshness, FRESHNESS_NEW);
	assert_int_equal(found.reasons, REASON_NEW);
	city_close(&city);
}

static void each_part_that_differs_is_a_reason(void **state)
{
	static const str name = STR("r content/szf/a1.md");
	struct city city;

	(void)state;
	open_city(&city, NULL, 0);
	for (uint32_t reasons = 1; reasons < REASON_NEW; reasons++) {
		struct recorded_page known = recorded(&city, &name);
		struct page_comparison found;

		for (size_t i = 0; i < PART_COUNT; i++)
			known.fingerprint.parts[i] ^= reasons >> i & 1 ? 6 : 0;
		found = compare(&city, &known);
		assert_int_equal(found.freshness, FRESHNESS_STALE);
		assert_int_equal(found.reasons, reasons);
	}
	city_close(&city);
}

/* --- what a body leads to --- */

#define NEWS(title, body)                                                      \
	STR("---\ntitle: " title "\ntype: news\ndate: 2024-01-04"              \
	    "\nsource: 市府\n---\n" body "\n")

/* What is edited, by how, and whether a body that leads to `name` sees it. */
struct edit_case {
	struct memory_file edit;
	str name;
	bool is_seen;
};

/* The city before has a table beside an index.md, and one that has none. */
static const struct memory_file tables[] = {
	{ "content/szf/zt/index.md", NEWS("专题", "正文") },
	{ "content/szf/zt/a.csv", STR("1,2\n") },
	{ "content/szf/b.csv", STR("1,2\n") },
};

static void open_edited(struct city *city, const struct memory_file *edit)
{
	struct memory_file files[COUNT_OF(tables) + 1];
	size_t count = 0;

	for (size_t i = 0; i < COUNT_OF(tables); i++)
		if (edit == NULL || strcmp(tables[i].path, edit->path) != 0)
			files[count++] = tables[i];
	if (edit != NULL)
		files[count++] = *edit;
	open_city(city, files, count);
}

/* The page itself is as before: the difference is what its body leads to. */
static void check_edit(const struct edit_case *row)
{
	struct city before, after;
	struct recorded_page known;
	struct page_comparison found;

	open_edited(&before, NULL);
	open_edited(&after, &row->edit);
	known = recorded(&before, &(str){ "", 0 });
	assert_int_equal(compare(&after, &known).freshness, FRESHNESS_SAME);
	known = recorded(&before, &row->name);
	found = compare(&after, &known);
	if (found.reasons != (row->is_seen ? UINT32_C(1) << PART_LINKS : 0))
		fail_msg("%s changed, \"%.*s\": reasons %x", row->edit.path,
			 STR_ARG(row->name), found.reasons);
	city_close(&before);
	city_close(&after);
}

#define GONE                                                                   \
	{                                                                      \
		NULL, 0                                                        \
	}

static const struct edit_case resource_cases[] = {
	{ { "content/szf/a1.md", NEWS("新", "正文") },
	  STR("r content/szf/a1.md"),
	  true },
	{ { "content/szf/a1.md", GONE }, STR("r content/szf/a1.md"), true },
	{ { "content/szf/a1.md", NEWS("市一", "改") },
	  STR("r content/szf/a1.md"),
	  false },
	{ { "content/szf/a2.md", GONE }, STR("r content/szf/a1.md"), false },
	{ { "content/szf/new.md", NEWS("新", "正文") },
	  STR("r content/szf/new.md"),
	  true },
};

static const struct edit_case id_cases[] = {
	{ { "content/szf/a1.md", NEWS("新", "正文") }, STR("i szf/a1"), true },
	{ { "content/szf/a1.md", GONE }, STR("i szf/a1"), true },
	{ { "content/szf/a1.md", NEWS("市一", "改") }, STR("i szf/a1"), false },
	{ { "content/szf/new.md", NEWS("新", "正文") },
	  STR("i szf/new"),
	  true },
	{ { "content/szf/new.md", NEWS("新", "正文") },
	  STR("i szf/none"),
	  false },
};

static const struct edit_case file_cases[] = {
	{ { "content/szf/zt/a.csv", STR("1,3\n") },
	  STR("f content/szf/zt/a.csv"),
	  true },
	{ { "content/szf/zt/a.csv", GONE },
	  STR("f content/szf/zt/a.csv"),
	  true },
	{ { "content/szf/zt/index.md", NEWS("新", "正文") },
	  STR("f content/szf/zt/a.csv"),
	  true },
	{ { "content/szf/zt/index.md", GONE },
	  STR("f content/szf/zt/a.csv"),
	  true },
	{ { "content/szf/zt/b.csv", STR("1,2\n") },
	  STR("f content/szf/zt/a.csv"),
	  false },
	{ { "content/szf/zt/b.csv", STR("1,2\n") },
	  STR("f content/szf/zt/b.csv"),
	  true },
	{ { "content/szf/b.csv", STR("1,3\n") },
	  STR("f content/szf/b.csv"),
	  true },
};

static const struct edit_case page_cases[] = {
	{ { "content/jyj/n3.md", GONE }, STR("p xw/202401/n3.html"), true },
	{ { "content/jyj/n3.md", NEWS("新", "改") },
	  STR("p xw/202401/n3.html"),
	  false },
	{ { "content/jyj/n3.md", GONE }, STR("p xw/202401/n2.html"), false },
	{ { "content/jyj/n4.md", NEWS("四", "正文") },
	  STR("p xw/202401/n4.html"),
	  true },
	{ { "content/szf/a1.md", GONE }, STR("p none.html"), false },
};

static void check_edits(const struct edit_case *rows, size_t count)
{
	for (size_t i = 0; i < count; i++)
		check_edit(&rows[i]);
}

static void a_resource_by_path_is_seen(void **state)
{
	(void)state;
	check_edits(resource_cases, COUNT_OF(resource_cases));
}

static void a_resource_by_id_is_seen(void **state)
{
	(void)state;
	check_edits(id_cases, COUNT_OF(id_cases));
}

static void a_file_beside_an_index_is_seen(void **state)
{
	(void)state;
	check_edits(file_cases, COUNT_OF(file_cases));
}

static void a_page_of_the_site_is_seen(void **state)
{
	(void)state;
	check_edits(page_cases, COUNT_OF(page_cases));
}

/* Whatever leads somewhere has a part of its own for that. */
static void dependencies_change_the_links_alone(void **state)
{
	struct fingerprint with, without;
	struct city city;

	(void)state;
	open_city(&city, NULL, 0);
	without = fingerprint_with(&city, STR(""));
	with = fingerprint_with(&city, STR("r content/szf/a1.md"));
	for (size_t i = 0; i < PART_COUNT; i++)
		assert_int_equal(with.parts[i] != without.parts[i],
				 i == PART_LINKS);
	city_close(&city);
}

static void forget(struct fixture *fixture)
{
	begin(fixture);
	assert_true(
		build_record_forget(fixture->store, domain, &fixture->diags));
	commit(fixture);
}

/* A build that was killed forgot the record; the next one has fewer pages. */
static void no_chunk_is_left_behind_a_killed_build(void **state)
{
	struct fixture fixture;

	(void)state;
	set_up(&fixture);
	write_pages(&fixture, domain, 300);
	forget(&fixture);
	write_pages(&fixture, domain, 1);
	assert_int_equal(chunk(&fixture, 1).len, 0);
	tear_down(&fixture);
}

static void no_page_is_found_in_a_record_without_pages(void **state)
{
	struct recorded_page page;
	struct fixture fixture;
	size_t place;

	(void)state;
	set_up(&fixture);
	write_pages(&fixture, domain, 300);
	forget(&fixture);
	write_pages(&fixture, domain, 0);
	assert_false(find(&fixture, &page, &place, fixture.pages[0].path));
	tear_down(&fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_written_is_read_again),
		cmocka_unit_test(sites_have_records_of_their_own),
		cmocka_unit_test(no_chunk_is_left_of_pages_that_are_gone),
		cmocka_unit_test(a_missing_chunk_makes_the_record_unusable),
		cmocka_unit_test(a_chunk_cut_short_makes_the_record_unusable),
		cmocka_unit_test(a_forgotten_record_is_unusable_until_written),
		cmocka_unit_test(every_page_is_found_at_its_place),
		cmocka_unit_test(no_other_path_is_found),
		cmocka_unit_test(an_update_replaces_its_pages_and_no_others),
		cmocka_unit_test(a_short_last_chunk_can_be_updated),
		cmocka_unit_test(without_a_record_there_is_nothing_to_update),
		cmocka_unit_test(a_page_as_recorded_is_fresh),
		cmocka_unit_test(a_page_that_is_not_recorded_is_new),
		cmocka_unit_test(each_part_that_differs_is_a_reason),
		cmocka_unit_test(a_resource_by_path_is_seen),
		cmocka_unit_test(a_resource_by_id_is_seen),
		cmocka_unit_test(a_file_beside_an_index_is_seen),
		cmocka_unit_test(a_page_of_the_site_is_seen),
		cmocka_unit_test(dependencies_change_the_links_alone),
		cmocka_unit_test(no_chunk_is_left_behind_a_killed_build),
		cmocka_unit_test(no_page_is_found_in_a_record_without_pages),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
