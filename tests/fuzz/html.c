/* Raw HTML: cleaned, and what comes out is clean. */
#include "markup/html.h"

#include "tests/fuzz/support/input.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct html_options options = { .id_prefix = { "", 0 } };
	str fragment = { (const char *)data, size };
	struct arena arena;
	str once;
	str twice;

	if (!fuzz_is_text(fragment))
		return -1;
	arena_init(&arena);
	if (html_clean(&once, fragment, &options, &arena)) {
		fuzz_require(fuzz_is_text(once), "clean HTML is text");
		fuzz_require(html_clean(&twice, once, &options, &arena),
			     "clean HTML can be cleaned again");
		fuzz_require(str_equal(once, twice),
			     "clean HTML stays as it is");
	}
	arena_release(&arena);
	return 0;
}
