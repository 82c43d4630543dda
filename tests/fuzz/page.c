/*
 * Everything from the file to the page: an article and what its body leads
 * to, with an attachment beside it, rendered with the theme in the program.
 */
#include "tests/fuzz/support/city_input.h"

#include "markup/page_facts.h"
#include "render/render.h"

static const char *const paths[FUZZ_PARTS] = {
	"content/jyj/a/index.md",
	"content/jyj/a/附件 #1.csv",
	"content/jyj/n1.md",
	"content/jyj/_defaults.yaml",
};

static void render(struct city *city, const struct site_plan *site,
		   const struct page *page)
{
	struct render_context context = { .plan = &city->plan };
	struct list dependencies;
	struct page_facts facts;
	struct xml_problem problem;
	struct render_job job = {
		.context = &context,
		.site = site,
		.page = page,
		.reader = city->reader,
		.arena = &city->arena,
		.diags = &city->diags,
		.dependencies = &dependencies,
	};
	str bytes;

	list_init(&dependencies, sizeof(str));
	if (!render_page(&bytes, &job))
		return;
	if (!str_ends_with(page->path, STR(".html")))
		return;
	fuzz_require(fuzz_is_text(bytes), "a page is text");
	fuzz_require(page_facts_read(&facts, bytes, &city->arena, &problem),
		     "a page can be read back");
}

/* What no text can change is the same for each input. */
static bool shows_texts(const struct page *page)
{
	const struct page_kind_row *row = &page_kinds[page->kind];

	return row->lists != NULL || row->links != NULL ||
	       page->kind == PAGE_ATTACHMENT;
}

static void render_site(struct city *city, const struct site_plan *site)
{
	for (size_t i = 0; i < site->count; i++)
		if (shows_texts(&site->pages[i]))
			render(city, site, &site->pages[i]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct city city;

	city_input_open(&city, paths, data, size);
	city_input_plan(&city);
	for (size_t i = 0; i < city.plan.count; i++)
		render_site(&city, &city.plan.sites[i]);
	city_input_close(&city);
	return 0;
}
