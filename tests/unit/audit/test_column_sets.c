/* Each of the five sets broken in turn is found. */
#include "audit/column_sets.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "render/render.h"
#include "support/city.h"

/* Renders pages, with one text of one page replaced. */
struct fake {
	struct city *city;
	const char *path;
	const char *text;
	const char *replacement;
	size_t replaced;
	size_t read; /* pages */
	struct digest *notes;
	const char *changed; /* the only page that is not kept */
};

static bool read_page(void *context, const struct site *site, str path,
		      str *out, struct arena *arena, struct diag_list *diags)
{
	struct fake *fake = context;
	struct render_context rendering = { .plan = &fake->city->plan };
	struct diag_list ignored;
	struct render_job job = {
		.context = &rendering,
		.site = &fake->city->plan.sites[site->number],
		.reader = fake->city->reader,
		.arena = arena,
		.diags = &ignored,
	};
	struct buf changed;
	size_t at;

	fake->read++;
	diag_list_init(&ignored, arena);
	job.page = site_plan_find(job.site, path);
	if (job.page == NULL || !render_page(out, &job))
		return false;
	if (fake->path == NULL || !str_equal_c(path, fake->path))
		return true;
	if (fake->text == NULL && fake->replacement != NULL)
		diag_failure(diags, "output-read", "%s", fake->replacement);
	if (fake->text == NULL)
		return false;
	buf_init(&changed, arena);
	while ((at = str_find(*out, str_from_c(fake->text))) != STR_NONE) {
		buf_add(&changed, str_between(*out, 0, at));
		buf_add_c(&changed, fake->replacement);
		*out = str_from(*out, at + strlen(fake->text));
		fake->replaced++;
	}
	buf_add(&changed, *out);
	*out = buf_str(&changed);
	return true;
}

static bool is_kept(void *context, const struct site *site, str path)
{
	const struct fake *fake = context;

	(void)site;
	return fake->changed != NULL && !str_equal_c(path, fake->changed);
}

static bool check(struct city *city, struct fake *fake)
{
	struct column_sets_options options = {
		.sets = (1u << COLUMN_SET_COUNT) - 1,
		.plan = &city->plan.sites[city_site(city, "jyj")->number],
		.read = read_page,
		.is_kept = is_kept,
		.context = fake,
		.notes = fake->notes,
	};

	fake->city = city;
	diag_list_init(&city->diags, &city->arena);
	return column_sets_check(&options, &city->arena, &city->diags);
}

/* A disk that says no is no mistake of the columns. */
static void unreadable(void **state)
{
	struct city city;
	struct fake fake = { .path = "sitemap.html",
			     .replacement = "the disk says no" };
	const struct diag *items;

	(void)state;
	city_open(&city, "2024-06-01", NULL, 0);
	city_plan(&city);
	assert_false(check(&city, &fake));
	items = city.diags.items.items;
	assert_int_equal(city.diags.items.count, 1);
	assert_string_equal(items[0].id, "output-read");
	city_close(&city);
}

static void found(const char *path, const char *text, const char *replacement,
		  const char *message)
{
	struct city city;
	struct fake fake = { .path = path,
			     .text = text,
			     .replacement = replacement };
	const struct diag *items;
	bool is_there = false;

	city_open(&city, "2024-06-01", NULL, 0);
	city_plan(&city);
	assert_false(check(&city, &fake));
	if (text != NULL)
		assert_true(fake.replaced > 0);
	items = city.diags.items.items;
	for (size_t i = 0; i < city.diags.items.count; i++) {
		assert_string_equal(items[i].id, "column-sets");
		is_there |= str_find(items[i].message, str_from_c(message)) !=
			    STR_NONE;
	}
	if (!is_there)
		fail_msg("not found: %s", message);
	city_close(&city);
}

static void test_equal(void **state)
{
	struct city city;
	struct fake fake = { 0 };

	(void)state;
	city_open(&city, "2024-06-01", NULL, 0);
	city_plan(&city);
	assert_true(check(&city, &fake));
	assert_int_equal(city.diags.items.count, 0);
	city_close(&city);
}

/* sitemap.html, sitemap.xml and the part with the columns are always read. */
enum { ALWAYS_READ = 3 };

/* Only the page that changed is read; all, when it adds something else. */
static void test_notes(void **state)
{
	struct city city;
	struct fake fake = { .changed = "xw/index.html" };
	size_t count, columns;

	(void)state;
	city_open(&city, "2024-06-01", NULL, 0);
	city_plan(&city);
	count = column_sets_note_count(city_site(&city, "jyj"));
	columns = city_site(&city, "jyj")->column_count;
	fake.notes = arena_array(&city.arena, count, sizeof(*fake.notes));
	assert_true(check(&city, &fake));
	for (size_t i = 0; i < count; i++)
		assert_true(fake.notes[i].low != 0);

	fake.read = 0;
	assert_true(check(&city, &fake));
	assert_int_equal(fake.read, ALWAYS_READ + 1);

	fake.read = 0;
	fake.path = "xw/index.html";
	fake.text = "href=\"/gk/\"";
	fake.replacement = "href=\"/gv/\"";
	assert_false(check(&city, &fake));
	assert_true(fake.read > ALWAYS_READ + columns);

	fake.path = NULL;
	fake.read = 0;
	assert_true(check(&city, &fake));
	assert_true(fake.read > ALWAYS_READ + columns);
	city_close(&city);
}

static void test_sitemap_page(void **state)
{
	(void)state;
	found("sitemap.html", "href=\"/gk/zc/\"", "href=\"/gk/zb/\"",
	      "the column “/gk/zc/” is missing from the 网站地图 page");
	found("sitemap.html", "href=\"/gk/zc/\"", "href=\"/gk/zb/\"",
	      "“/gk/zb/” is no column, but stands in the 网站地图 page");
}

static void test_sitemap_xml(void **state)
{
	(void)state;
	found("sitemap/columns.xml", "https://jyj.example.cn/xw/",
	      "https://jyj.example.cn/xv/",
	      "the column “/xw/” is missing from sitemap.xml");
	found("sitemap/columns.xml", "https://jyj.example.cn/xw/",
	      "https://jyj.example.cn/xv/",
	      "“/xv/” is no column, but stands in sitemap.xml");
}

static void test_navigation(void **state)
{
	(void)state;
	found("index.html", "href=\"/xw/\"", "href=\"/xv/\"",
	      "“/xv/” is no column, but stands in the navigation");
}

static void test_feeds(void **state)
{
	(void)state;
	found("xw/feed.xml", "<feed", "<feeds",
	      "the column “/xw/” is missing from the feeds");
	found("xw/feed.xml", NULL, NULL,
	      "the page “/xw/feed.xml” cannot be read back");
	/* its articles have addresses that begin like the column's */
	found("xw/feed.xml", "\"https://jyj.example.cn/xw/\"",
	      "\"https://jyj.example.cn/gk/\"",
	      "the column “/xw/” is missing from the feeds");
}

static void test_breadcrumbs(void **state)
{
	(void)state;
	found("gk/zc/index.html", "href=\"/gk/\"", "href=\"/xw/\"",
	      "the breadcrumbs of the column “/gk/zc/”");
}

static void test_broken_pages(void **state)
{
	(void)state;
	found("sitemap.html", NULL, NULL,
	      "the page “/sitemap.html” cannot be read back");
	found("sitemap.xml", "</sitemapindex>", "", "is not well formed");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_equal),
		cmocka_unit_test(test_notes),
		cmocka_unit_test(test_sitemap_page),
		cmocka_unit_test(test_sitemap_xml),
		cmocka_unit_test(test_navigation),
		cmocka_unit_test(test_feeds),
		cmocka_unit_test(test_breadcrumbs),
		cmocka_unit_test(test_broken_pages),
		cmocka_unit_test(unreadable),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
