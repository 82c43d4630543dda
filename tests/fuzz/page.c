/*
 * Everything from the file to the page: an article and what its body leads
 * to, with an attachment beside it, rendered with the theme in the program.
 */
#include "support/city.h"

#include "markup/library.h"
#include "markup/page_facts.h"
#include "render/render.h"
#include "tests/fuzz/support/input.h"

static void render(struct city *city, const struct site_plan *site,
		   const struct page *page)
{
	struct render_context context = { &city->plan };
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

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const paths[FUZZ_PARTS] = {
		"content/jyj/a/index.md",
		"content/jyj/a/附件 #1.csv",
		"content/jyj/n1.md",
		"content/jyj/_defaults.yaml",
	};
	struct fuzz_input input = fuzz_split(data, size);
	struct memory_file files[FUZZ_PARTS];
	struct source_reader reader;
	struct city city;

	markup_library_init();
	for (size_t i = 0; i < input.count; i++)
		files[i] = (struct memory_file){ paths[i], input.parts[i] };
	city_open(&city, "2024-06-01", files, input.count);
	city_plan(&city);
	for (size_t i = 0; i < city.plan.count; i++)
		for (size_t j = 0; j < city.plan.sites[i].count; j++)
			render(&city, &city.plan.sites[i],
			       &city.plan.sites[i].pages[j]);
	reader = (struct source_reader){ .context = city.reader,
					 .read = snapshot_source_read };
	fuzz_print(&city.diags, &reader);
	city_close(&city);
	return 0;
}
