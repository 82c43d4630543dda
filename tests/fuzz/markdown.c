/* A body of Markdown: the guard, cmark, our passes, raw HTML, links. */
#include "markup/markdown.h"

#include "markup/page_facts.h"
#include "tests/fuzz/support/input.h"

static bool resolve(void *context, struct markdown_target *out, str destination,
		    bool is_image, struct span span, struct diag_list *diags)
{
	(void)context;
	*out = (struct markdown_target){ .address = destination };
	if (destination.len == 1) {
		diag_error(diags, span, "link-dead", "%s", "dead");
		return false;
	}
	out->is_outside = !is_image && destination.len % 2 == 0;
	if (destination.len % 3 == 0)
		out->note = STR("（PDF，1 KB）");
	return true;
}

static bool read_source(void *context, uint32_t number, struct source *out,
			struct arena *arena)
{
	const struct source *source = context;

	(void)arena;
	*out = *source;
	return number == source->number;
}

static void check(const struct markdown *markdown, struct arena *arena)
{
	struct page_facts facts;
	struct xml_problem problem;

	fuzz_require(fuzz_is_text(markdown->html), "the body is text");
	fuzz_require(fuzz_is_text(markdown->text), "the summary is text");
	for (size_t i = 0; i < markdown->heading_count; i++)
		fuzz_require(fuzz_is_text(markdown->headings[i].text) &&
				     markdown->headings[i].id.len > 0,
			     "headings are text and have an id");
	if (!page_facts_read(&facts, markdown->html, arena, &problem))
		return;
	for (size_t i = 0; i < facts.ids.count && i < 200; i++)
		for (size_t j = 0; j < i; j++)
			fuzz_require(!str_equal(((str *)facts.ids.items)[i],
						((str *)facts.ids.items)[j]),
				     "no two ids are the same");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct source source = { 1,
				 STR("content/a.md"),
				 { (const char *)data, size } };
	struct source_reader reader = { .context = &source,
					.read = read_source };
	struct markdown_options options = {
		.resolve = resolve,
		.raw_html = true,
		.footnotes_title = STR("注释"),
		.footnote_back = STR("返回正文"),
		.leave_prefix = STR("leave-"),
		.table_label = STR("表格"),
		.task_done = STR("已完成"),
		.task_open = STR("未完成"),
	};
	struct markdown markdown;
	struct diag_list diags;
	struct arena arena;

	if (!fuzz_is_text(source.text))
		return -1;
	arena_init(&arena);
	diag_list_init(&diags, &arena);
	if (markdown_render(&markdown, &source, 0, &options, &arena, &diags))
		check(&markdown, &arena);
	fuzz_print(&diags, &reader);
	arena_release(&arena);
	return 0;
}
