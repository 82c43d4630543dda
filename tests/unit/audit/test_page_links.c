/* What pages lead to is told the same way, whatever page was read first. */
#include "audit/page_links.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

enum { PAGES = 2 };

struct fixture {
	struct arena arena;
	struct site site;
	struct page pages[PAGES];
	struct site_plan plan_of_site;
	struct page_plan plan;
};

static void set_up(struct fixture *fixture)
{
	*fixture = (struct fixture){
		.site = { .domain = STR("www.example.cn") },
		.pages = { { .path = STR("a.html"), .kind = PAGE_ASSET },
			   { .path = STR("b.html"), .kind = PAGE_ASSET } },
	};
	arena_init(&fixture->arena);
	fixture->plan_of_site.site = &fixture->site;
	fixture->plan_of_site.pages = fixture->pages;
	fixture->plan_of_site.count = PAGES;
	fixture->plan.sites = &fixture->plan_of_site;
	fixture->plan.count = 1;
}

static void note(struct fixture *fixture, struct page_links *part, size_t page,
		 str href)
{
	const struct page_marks marks = { .links = &href, .link_count = 1 };

	page_links_note(part, &fixture->plan_of_site, &fixture->pages[page],
			&marks, &fixture->arena);
}

static void expect_first(struct fixture *fixture,
			 const struct page_links *parts, size_t count)
{
	struct page_links_found found = { 0 };

	page_links_judge(&found, parts, count, &fixture->arena);
	assert_int_equal(found.host_count, 1);
	assert_int_equal(found.hosts[0].pages, 2);
	assert_true(
		str_equal(found.hosts[0].path, STR("www.example.cn/a.html")));
	assert_true(str_equal(found.hosts[0].href,
			      STR("https://reading.example.org/a")));
}

/* The address that is told of a host is one that the page has. */
static void a_host_has_the_first_pages_address(void **state)
{
	const str hrefs[PAGES] = { STR("https://reading.example.org/a"),
				   STR("https://reading.example.org/b") };

	(void)state;
	for (size_t first = 0; first < PAGES; first++)
		for (size_t apart = 0; apart < 2; apart++) {
			struct page_links parts[2];
			struct fixture fixture;

			set_up(&fixture);
			page_links_init(&parts[0], &fixture.plan);
			page_links_init(&parts[1], &fixture.plan);
			note(&fixture, &parts[0], first, hrefs[first]);
			note(&fixture, &parts[apart], 1 - first,
			     hrefs[1 - first]);
			expect_first(&fixture, parts, 2);
			page_links_release(&parts[0]);
			page_links_release(&parts[1]);
			arena_release(&fixture.arena);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_host_has_the_first_pages_address),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
