/* An attachment that says it is an office file, of whichever format. */
#include "base/unicode.h"
#include "markup/office_text.h"

#include "tests/fuzz/support/input.h"

static void look(str path, str bytes)
{
	struct arena arena;
	str once, twice;
	bool is_read;

	arena_init(&arena);
	is_read = office_text_read(&once, path, bytes, &arena);
	fuzz_require(is_read == office_text_read(&twice, path, bytes, &arena) &&
			     str_equal(once, twice),
		     "the same file gives the same text");
	fuzz_require(unicode_invalid_at(once) == STR_NONE, "its text is UTF-8");
	arena_release(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const str names[] = { STR("a.docx"), STR("a.xlsx"),
				     STR("a.pptx"), STR("a.odt"),
				     STR("a.ods"),  STR("a.odp") };
	const str bytes = { (const char *)data, size };

	for (size_t i = 0; i < COUNT_OF(names); i++)
		look(names[i], bytes);
	return 0;
}
