/* Every kind of page renders from a small city with the built-in theme. */
#include "render/render.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/builtin.h"
#include "markup/page_facts.h"
#include "render/redirects.h"
#include "../../support/city.h"
#include "../../support/pictures.h"
#include "../../support/schema_fixture.h"

#define NEWS(more)                                                             \
	STR("---\ntitle: 新\ntype: news\nsource: 市府\n" more "---\n")

static const struct memory_file files[] = {
	{ "content/jyj/f/index.md",
	  STR("---\ntitle: 夹\ntype: news\ndate: 2024-02-01\nsource: 市府\n"
	      "aliases: [/old/x.html]\nsummary: 摘要<b>\n---\n"
	      "[表](表.pdf) <b>&amp;</b>\n") },
	{ "content/jyj/f/表.pdf", STR("%PDF") },
	{ "content/jyj/gone.md",
	  NEWS("date: 2024-02-02\nstatus: withdrawn\n") },
	{ "content/jyj/old.md",
	  NEWS("date: 2024-02-03\narchived_on: 2024-03-01\n") },
	{ "content/szf/t.md",
	  STR("---\ntitle: 题\ntype: topic_site\ndate: 2024-02-04\n"
	      "source: 市府\nintro: 简介\nopened_on: 2024-02-04\n"
	      "banner: https://www.example.org/b.svg\n"
	      "sections:\n  - {name: 节, keyword: 教育}\n---\n") },
};

#define PICTURE "content/jyj/f/图.png"

static const struct picture_form picture_form = { .width = 900, .height = 600 };

struct fixture {
	struct city city;
	struct arena pictures;
	struct attachments attachments;
	struct render_context context;
	struct render_job job;
};

/* As the check of attachments would find it. */
static void know_picture(struct fixture *fixture)
{
	struct attachment_picture *picture;
	struct city *city = &fixture->city;

	list_init(&fixture->attachments.pictures, sizeof(*picture));
	picture = list_add(&fixture->attachments.pictures, &city->arena);
	picture->file = (uint32_t)snapshot_find(&city->snapshot, STR(PICTURE));
	picture->size =
		(struct image_size){ picture_form.width, picture_form.height };
	city->attachments = &fixture->attachments;
}

static int set_up(void **state)
{
	static struct fixture fixture;
	struct memory_file all[COUNT_OF(files) + 1];
	struct city *city = &fixture.city;

	arena_init(&fixture.pictures);
	memcpy(all, files, sizeof(files));
	all[COUNT_OF(files)] =
		(struct memory_file){ PICTURE, picture_png(&picture_form,
							   &fixture.pictures) };
	city_open(city, "2024-06-01", all, COUNT_OF(all));
	know_picture(&fixture);
	city->cluster.platform.cards = CARDS_TEXTS;
	/* the portal shows copies, so that there is a page of every kind */
	city_column(city, "www", "yw")->show = 1;
	for (size_t i = 0; i < city->cluster.count; i++)
		city->cluster.sites[i].kiosk = true;
	city_plan(city);
	fixture.context = (struct render_context){ .plan = &city->plan };
	*state = &fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;

	city_close(&fixture->city);
	arena_release(&fixture->pictures);
	return 0;
}

static bool render(struct fixture *fixture, const struct site_plan *site,
		   const struct page *page, str *out)
{
	struct render_job job = {
		.context = &fixture->context,
		.site = site,
		.page = page,
		.reader = fixture->city.reader,
		.arena = &fixture->city.arena,
		.diags = &fixture->city.diags,
	};

	return render_page(out, &job);
}

static str render_path(struct fixture *fixture, const char *id,
		       const char *path)
{
	const struct site *site = city_site(&fixture->city, id);
	str bytes;

	assert_true(render(fixture, &fixture->city.plan.sites[site->number],
			   city_page(&fixture->city, id, path), &bytes));
	return bytes;
}

static bool has(str bytes, const char *text)
{
	return str_find(bytes, str_from_c(text)) != STR_NONE;
}

static void check_syntax(struct fixture *fixture, const struct page *page,
			 str bytes)
{
	struct page_facts facts;
	struct xml_problem problem;
	struct list addresses;
	struct arena *arena = &fixture->city.arena;

	if (page_kinds[page->kind].template_name != NULL)
		assert_true(page_facts_read(&facts, bytes, arena, &problem));
	if (page->kind == PAGE_SITEMAP_INDEX ||
	    page->kind == PAGE_SITEMAP_COLUMNS ||
	    page->kind == PAGE_SITEMAP_PART)
		assert_true(sitemap_read(&addresses, bytes, arena, &problem));
	if (page->kind == PAGE_ATOM)
		assert_true(feed_read(&addresses, bytes, arena, &problem));
}

static void test_every_kind(void **state)
{
	struct fixture *fixture = *state;
	const struct page_plan *plan = &fixture->city.plan;
	bool seen[PAGE_KIND_COUNT] = { false };

	for (size_t i = 0; i < plan->count; i++)
		for (size_t j = 0; j < plan->sites[i].count; j++) {
			const struct page *page = &plan->sites[i].pages[j];
			str bytes;

			assert_true(
				render(fixture, &plan->sites[i], page, &bytes));
			check_syntax(fixture, page, bytes);
			seen[page->kind] = true;
		}
	for (size_t i = 0; i < PAGE_KIND_COUNT; i++)
		if (!seen[i])
			fail_msg("no page of kind %s", page_kinds[i].name);
	assert_int_equal(fixture->city.diags.error_count, 0);
}

/* The same bytes again: nothing is left over from a page before. */
static void test_twice(void **state)
{
	struct fixture *fixture = *state;
	const struct page_plan *plan = &fixture->city.plan;

	for (size_t i = 0; i < plan->count; i++)
		for (size_t j = 0; j < plan->sites[i].count; j++) {
			const struct page *page = &plan->sites[i].pages[j];
			str once, again;

			assert_true(
				render(fixture, &plan->sites[i], page, &once));
			assert_true(
				render(fixture, &plan->sites[i], page, &again));
			assert_true(str_equal(once, again));
		}
}

static void test_copy_names_the_original(void **state)
{
	str bytes = render_path(*state, "www", "yw/202401/n1.html");

	assert_true(has(bytes, "<link rel=\"canonical\" href=\"https://"
			       "jyj.example.cn/xw/202401/n1.html\""));
}

static void test_archived_page_has_its_stamp(void **state)
{
	str bytes = render_path(*state, "jyj", "xw/202402/old.html");
	size_t title = str_find(bytes, STR("<title>"));
	size_t end = str_find(bytes, STR("</title>"));

	assert_true(has(bytes, "内容已保存"));
	assert_true(has(str_between(bytes, title, end), "内容已保存"));
	assert_true(has(str_between(bytes, title, end), "2024-03-01"));
	assert_true(has(render_path(*state, "jyj", "archive.html"),
			"/xw/202402/old.html"));
	assert_true(has(render_path(*state, "jyj", "search/b/b0ea0.txt"),
			"内容已保存 2024-03-01"));
}

static void test_redirects(void **state)
{
	struct fixture *fixture = *state;
	const struct page_plan *plan = &fixture->city.plan;
	struct arena *arena = &fixture->city.arena;
	struct redirect_rules *rules =
		arena_array(arena, plan->count, sizeof(*rules));
	struct redirect_rules again;
	struct buf packed;
	str bytes;

	for (size_t i = 0; i < plan->count; i++)
		redirects_collect(&rules[i], plan, &plan->sites[i], arena);
	bytes = redirects_render(plan->arrangement->cluster, rules, arena);
	assert_true(has(bytes, "{\"from\":\"/old/x.html\","
			       "\"to\":\"/xw/202402/f.html\",\"code\":301}"));
	assert_true(has(bytes, "\"gone\":[\n\"/xw/202402/gone.html\"]"));
	for (size_t i = 0; i < plan->count; i++) {
		buf_init(&packed, arena);
		redirects_pack(&packed, &rules[i]);
		assert_true(redirects_unpack(&again, buf_str(&packed), arena));
		assert_false(redirects_unpack(
			&again,
			str_between(buf_str(&packed), 0, packed.len - 1),
			arena));
		redirects_change(&rules[i], STR("/Old/X.html"), STR(""), arena);
		redirects_change(&rules[i], STR("/lao/"), STR("/a.html"),
				 arena);
	}
	bytes = redirects_render(plan->arrangement->cluster, rules, arena);
	assert_false(has(bytes, "/old/x.html"));
	assert_true(has(bytes, "{\"from\":\"/lao/index.html\","
			       "\"to\":\"/a.html\",\"code\":301}"));
}

static void test_front_matter_is_escaped(void **state)
{
	assert_false(
		has(render_path(*state, "jyj", "xw/202402/f.html"), "摘要<b>"));
	assert_false(has(render_path(*state, "jyj", "xw/feed.xml"), "摘要<b>"));
}

static void test_attachment_bytes(void **state)
{
	assert_true(str_equal_c(
		render_path(*state, "jyj", "xw/202402/f/表.pdf"), "%PDF"));
}

static void test_closed_site(void **state)
{
	assert_true(has(render_path(*state, "gone", "index.html"), "已关停"));
	assert_false(has(render_path(*state, "gone", "robots.txt"), "Sitemap"));
}

static bool is_checked(const struct theme_page *pages, size_t count,
		       const char *name)
{
	for (size_t i = 0; i < count; i++) {
		const char *const *more = pages[i].names;

		if (strcmp(pages[i].template_name, name) == 0)
			return true;
		for (; more != NULL && *more != NULL; more++)
			if (strcmp(*more, name) == 0)
				return true;
	}
	return false;
}

/* Each template that can be asked for is checked when a theme loads. */
static void test_templates_are_checked(void **state)
{
	const struct theme_page *pages;
	struct arena arena;
	size_t count;

	(void)state;
	arena_init(&arena);
	pages = render_pages(&count, schema_fixture(&arena), &arena);
	for (size_t i = 0; i < PAGE_KIND_COUNT; i++) {
		const char *name = page_kinds[i].template_name;

		if (name != NULL && !is_checked(pages, count, name))
			fail_msg("%s is not checked", name);
	}
	arena_release(&arena);
}

static bool is_in_theme(const char *name)
{
	char path[100];

	assert_true(snprintf(path, sizeof(path), "templates/%s.html", name) <
		    (int)sizeof(path));
	for (size_t i = 0; builtin_theme[i].path != NULL; i++)
		if (strcmp(builtin_theme[i].path, path) == 0)
			return true;
	return false;
}

/* What the program's types ask for, the program's theme has. */
static void test_layouts_are_there(void **state)
{
	const struct theme_page *pages;
	const struct schema *schema;
	struct arena arena;
	size_t count;

	(void)state;
	arena_init(&arena);
	schema = schema_fixture(&arena);
	pages = render_pages(&count, schema, &arena);
	assert_true(schema->layout_count > 2);
	for (size_t i = schema->type_count; i < count; i++)
		if (!is_in_theme(pages[i].template_name))
			fail_msg("no template %s", pages[i].template_name);
	arena_release(&arena);
}

/* The block of the search that has these words, or NULL. */
static const struct page *find_block(struct fixture *fixture,
				     const struct site_plan *site,
				     const char *words, str *out)
{
	for (size_t i = 0; i < site->count; i++)
		if (site->pages[i].kind == PAGE_SEARCH_BLOCK &&
		    render(fixture, site, &site->pages[i], out) &&
		    str_find(*out, str_from_c(words)) != STR_NONE)
			return &site->pages[i];
	return NULL;
}

static str render_after(struct fixture *fixture, const struct site_plan *site,
			const struct page *page, str before)
{
	struct render_job job = {
		.context = &fixture->context,
		.site = site,
		.page = page,
		.reader = fixture->city.reader,
		.arena = &fixture->city.arena,
		.diags = &fixture->city.diags,
		.before = before,
	};
	str out;

	assert_true(render_page(&out, &job));
	return out;
}

/* What a text says comes from the block as it was, unless the text changed. */
static void test_blocks_have_what_they_had(void **state)
{
	struct fixture *fixture = *state;
	const struct site_plan *site =
		&fixture->city.plan
			 .sites[city_site(&fixture->city, "jyj")->number];
	size_t count = fixture->city.plan.arrangement->catalog->count;
	bool *is_changed = arena_array(&fixture->city.arena, count, 1);
	const struct page *page;
	char *bytes;
	str now, before, after;
	size_t at;

	page = find_block(fixture, site, "表.pdf", &now);
	assert_non_null(page);
	before = arena_copy(&fixture->city.arena, now);
	bytes = (char *)before.data;
	at = str_find(before, STR("表.pdf"));
	memcpy(bytes + at, "书", strlen("书"));

	/* of a plan that is not recalled nothing is taken from it */
	after = render_after(fixture, site, page, before);
	assert_true(str_equal(after, now));
	fixture->context.is_changed = is_changed;
	after = render_after(fixture, site, page, before);
	assert_true(str_equal(after, before));
	memset(is_changed, true, count);
	after = render_after(fixture, site, page, before);
	assert_true(str_equal(after, now));
	fixture->context.is_changed = NULL;
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_every_kind),
		CASE(test_twice),
		CASE(test_copy_names_the_original),
		CASE(test_archived_page_has_its_stamp),
		CASE(test_redirects),
		CASE(test_front_matter_is_escaped),
		CASE(test_attachment_bytes),
		CASE(test_closed_site),
		CASE(test_blocks_have_what_they_had),
		cmocka_unit_test(test_templates_are_checked),
		cmocka_unit_test(test_layouts_are_there),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
