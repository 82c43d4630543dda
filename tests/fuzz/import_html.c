/*
 * A page of an old site, in bytes of any encoding: what comes out of it is
 * text, the same every time, and Markdown within the limits.
 */
#include "import/charset.h"
#include "import/html_body.h"
#include "markup/markdown_guard.h"

#include "support/schema_fixture.h"
#include "tests/fuzz/support/input.h"

static const struct schema *types(void)
{
	static const struct schema *schema;
	static struct arena arena;

	if (schema == NULL) {
		arena_init(&arena);
		schema = schema_fixture(&arena);
	}
	return schema;
}

static str take(str page, struct arena *arena)
{
	const struct schema *schema = types();
	struct import_making making = { .arena = arena };

	new_resource_init(&making.resource, schema,
			  schema_find(schema, STR("news")), arena);
	return html_body_of_fragment(&making, page);
}

static void look(str page, struct arena *arena)
{
	str once = take(page, arena);
	struct source source = { .number = SOURCE_NONE, .text = once };
	struct diag_list diags;

	diag_list_init(&diags, arena);
	fuzz_require(fuzz_is_text(once), "what is taken is text");
	fuzz_require(str_equal(once, take(page, arena)),
		     "the same page gives the same text");
	(void)!markdown_guard(&source, 0, MARKDOWN_MEMORY_LIMIT, &diags);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	str bytes = { (const char *)data, size };
	struct charset_reader reader;
	struct decoded decoded;
	struct arena arena;

	arena_init(&arena);
	charset_open(&reader);
	if (charset_decode(&decoded, &reader, bytes, true, &arena)) {
		fuzz_require(fuzz_is_text(decoded.text),
			     "what is decoded is text");
		look(decoded.text, &arena);
	}
	charset_close(&reader);
	arena_release(&arena);
	return 0;
}
