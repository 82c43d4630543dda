/* Files read back: pages, sitemaps, feeds. The bytes can be anything. */
#include "markup/page_facts.h"
#include "tests/fuzz/support/input.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	str file = { (const char *)data, size };
	struct xml_problem problem;
	struct page_facts facts;
	struct list addresses;
	struct arena arena;

	arena_init(&arena);
	(void)!page_facts_read(&facts, file, &arena, &problem);
	(void)!sitemap_read(&addresses, file, &arena, &problem);
	(void)!feed_read(&addresses, file, &arena, &problem);
	arena_release(&arena);
	return 0;
}
