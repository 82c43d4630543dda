/* An edit changes the fingerprints of the pages that show it, and of no others.
 */
#include "plan/fingerprint.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/city.h"

#define NEWS(title, date, body)                                                \
	STR("---\ntitle: " title "\ntype: news\ndate: " date                   \
	    "\nsource: 市府\n---\n" body "\n")

/* "site part,part /path" of every page that differs, a line each. */
static void compare_page(struct buf *out, const struct city *before,
			 const struct site_plan *site, const struct page *page)
{
	const struct site_plan *old = &before->plan.sites[site->site->number];
	const struct page *was = site_plan_find(old, page->path);
	const char *separator = " ";
	size_t length = out->len;

	buf_printf(out, "%.*s /%.*s", STR_ARG(site->site->id),
		   STR_ARG(page->path));
	if (was == NULL) {
		buf_add_c(out, " new\n");
		return;
	}
	for (size_t i = 0; i < PART_COUNT; i++)
		if (was->fingerprint.parts[i] != page->fingerprint.parts[i]) {
			buf_printf(out, "%s%s", separator,
				   fingerprint_parts[i]);
			separator = ",";
		}
	if (*separator == ' ') {
		out->len = length;
		out->data[length] = '\0';
	} else {
		buf_add_byte(out, '\n');
	}
}

/* Both cities have the same sites. */
static void check_edit(const struct memory_file *edit, const char *expected)
{
	struct city before, after;
	struct buf found;

	city_open(&before, "2024-06-01", NULL, 0);
	city_plan(&before);
	city_open(&after, "2024-06-01", edit, 1);
	city_plan(&after);
	assert_int_equal(after.diags.error_count, 0);
	buf_init(&found, &after.arena);
	for (size_t i = 0; i < after.plan.count; i++)
		for (size_t j = 0; j < after.plan.sites[i].count; j++)
			compare_page(&found, &before, &after.plan.sites[i],
				     &after.plan.sites[i].pages[j]);
	assert_string_equal(buf_str(&found).data, expected);
	city_close(&before);
	city_close(&after);
}

static void test_no_edit(void **state)
{
	const struct memory_file edit = { "content/jyj/n2.md",
					  NEWS("二", "2024-01-02", "正文") };

	(void)state;
	check_edit(&edit, "");
}

static void test_body(void **state)
{
	const struct memory_file edit = { "content/jyj/n2.md",
					  NEWS("二", "2024-01-02", "改") };

	(void)state;
	check_edit(&edit, "jyj /search/b/b0ea0.txt lists\n"
			  "jyj /xw/202401/n2.html subject\n"
			  "www /search/b/b0e90.txt lists\n");
}

/*
 * Its own page, its neighbours, and every list, feed and sitemap that shows
 * it; on the portal it is on a numbered page.
 */
static void test_title(void **state)
{
	const struct memory_file edit = { "content/jyj/n2.md",
					  NEWS("新", "2024-01-02", "正文") };

	(void)state;
	check_edit(&edit, "jyj /feed.json lists\n"
			  "jyj /feed.xml lists\n"
			  "jyj /index.html lists\n"
			  "jyj /rss.xml lists\n"
			  "jyj /search/b/b0ea0.txt lists\n"
			  "jyj /sitemap.xml lists\n"
			  "jyj /sitemap/columns.xml lists\n"
			  "jyj /sitemap/xw.2024.xml lists\n"
			  "jyj /xw/202401/n1.html links\n"
			  "jyj /xw/202401/n2.html subject\n"
			  "jyj /xw/202401/n3.html links\n"
			  "jyj /xw/feed.json lists\n"
			  "jyj /xw/feed.xml lists\n"
			  "jyj /xw/index.html lists\n"
			  "jyj /xw/rss.xml lists\n"
			  "www /feed.json lists\n"
			  "www /feed.xml lists\n"
			  "www /index.html lists\n"
			  "www /rss.xml lists\n"
			  "www /search/b/b0e90.txt lists\n"
			  "www /sitemap/columns.xml lists\n"
			  "www /yw/feed.json lists\n"
			  "www /yw/feed.xml lists\n"
			  "www /yw/index.html lists\n"
			  "www /yw/rss.xml lists\n");
}

static void test_template(void **state)
{
	const struct memory_file edit = {
		"sites/jyj/theme/templates/archive.html",
		STR("<!DOCTYPE "
		    "html><html><body>{{page.title}}</body></html>")
	};

	(void)state;
	check_edit(&edit, "jyj /archive.html theme\n");
}

static void test_template_that_is_shared(void **state)
{
	const struct memory_file edit = {
		"sites/jyj/theme/templates/pagination.html", STR("")
	};

	(void)state;
	check_edit(&edit, "jyj /gk/index.html theme\n"
			  "jyj /gk/zc/index.html theme\n"
			  "jyj /xw/index.html theme\n");
}

/* Copies of files, and what a site writes without menu and footer. */
static bool is_bare(enum page_kind kind)
{
	return kind == PAGE_ASSET || kind == PAGE_TEXT || kind == PAGE_EXPORT ||
	       kind == PAGE_SITEMAP_PART || kind == PAGE_SEARCH_INDEX ||
	       kind == PAGE_SEARCH_BLOCK || kind == PAGE_SEARCH_SHARD;
}

/* A setting that only the site itself shows: its pages, but no files. */
static void test_setting(void **state)
{
	struct city before, after;
	size_t copies = 0;
	struct memory_file edit = { "sites/gone/site.yaml", { NULL, 0 } };
	str text;

	(void)state;
	city_open(&before, "2024-06-01", NULL, 0);
	city_plan(&before);
	assert_true(snapshot_read(&text, before.reader,
				  city_site(&before, "jyj")->file,
				  &before.arena, &before.diags));
	edit.path = "sites/jyj/site.yaml";
	edit.data = arena_printf(&before.arena, "address: 一号\n%.*s",
				 STR_ARG(text));
	city_open(&after, "2024-06-01", &edit, 1);
	city_plan(&after);
	for (size_t i = 0; i < after.plan.count; i++) {
		const struct site_plan *site = &after.plan.sites[i];
		bool is_own = str_equal_c(site->site->id, "jyj");

		assert_int_equal(site->count, before.plan.sites[i].count);
		for (size_t j = 0; j < site->count; j++) {
			const uint64_t *now = site->pages[j].fingerprint.parts;
			const uint64_t *was =
				before.plan.sites[i].pages[j].fingerprint.parts;
			bool bare = is_bare(site->pages[j].kind);

			copies += bare;
			for (size_t k = 0; k < PART_COUNT; k++)
				assert_int_equal(now[k] != was[k],
						 k == PART_SITE && is_own &&
							 !bare);
		}
	}
	assert_true(copies > 0);
	city_close(&before);
	city_close(&after);
}

static void test_defaults(void **state)
{
	const struct memory_file edit = { "content/jyj/_defaults.yaml",
					  STR("editor: 编辑岗\n") };

	(void)state;
	check_edit(&edit, "jyj /gk/zc/202401/p1.html subject\n"
			  "jyj /gk/zc/202401/p1.txt subject\n"
			  "jyj /policies.json lists\n"
			  "jyj /search/b/b0ea0.txt lists\n"
			  "jyj /xw/202401/n1.html subject\n"
			  "jyj /xw/202401/n2.html subject\n"
			  "jyj /xw/202401/n3.html subject\n"
			  "www /policies.json lists\n"
			  "www /search/b/b0e90.txt lists\n");
}

/* The same instant, written with another offset, is shown alike. */
static void test_offset(void **state)
{
	const struct memory_file edit = {
		"content/szf/a2.md", NEWS("市二", "2023-12-30 16:00Z", "正文")
	};
	struct city before, after;

	(void)state;
	city_open(&before, "2024-06-01", NULL, 0);
	city_plan(&before);
	city_open(&after, "2024-06-01", &edit, 1);
	city_plan(&after);
	/* the oldest row is on the first numbered page */
	assert_true(city_page(&before, "www", "yw/list-1.html")
			    ->fingerprint.parts[PART_LISTS] ==
		    city_page(&after, "www", "yw/list-1.html")
			    ->fingerprint.parts[PART_LISTS]);
	city_close(&before);
	city_close(&after);
}

/* Every page links to the portal. */
static void test_portal(void **state)
{
	const struct memory_file edit = {
		"sites/platform.yaml",
		STR("name: 示范市\nportal: jyj\npage_size: 2\nfeed_size: "
		    "3\n")
	};
	struct city before, after;

	(void)state;
	city_open(&before, "2024-06-01", NULL, 0);
	city_plan(&before);
	city_open(&after, "2024-06-01", &edit, 1);
	city_plan(&after);
	assert_true(city_page(&before, "jyj", "index.html")
			    ->fingerprint.parts[PART_SITE] !=
		    city_page(&after, "jyj", "index.html")
			    ->fingerprint.parts[PART_SITE]);
	city_close(&before);
	city_close(&after);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_no_edit),
		cmocka_unit_test(test_body),
		cmocka_unit_test(test_title),
		cmocka_unit_test(test_template),
		cmocka_unit_test(test_template_that_is_shared),
		cmocka_unit_test(test_setting),
		cmocka_unit_test(test_defaults),
		cmocka_unit_test(test_offset),
		cmocka_unit_test(test_portal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
