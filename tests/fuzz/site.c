/* One site.yaml. The types are read once, so that many inputs are tried. */
#include "site/site.h"

#include "support/schema_fixture.h"
#include "tests/fuzz/support/input.h"

static bool read_text(void *context, uint32_t number, struct source *out,
		      struct arena *arena)
{
	(void)number;
	(void)arena;
	*out = *(const struct source *)context;
	return true;
}

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

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct source source = { 0,
				 STR("sites/jyj/site.yaml"),
				 { (const char *)data, size } };
	const struct source_reader reader = { .context = &source,
					      .read = read_text };
	struct site_context context = { .source = &source,
					.id = STR("jyj"),
					.language = STR("zh-CN"),
					.theme = STR("default") };
	struct diag_list diags;
	struct arena arena;
	struct site site = { 0 };

	if (!fuzz_is_text(source.text))
		return -1;
	arena_init(&arena);
	diag_list_init(&diags, &arena);
	context.reader = (struct settings_reader){ .schema = types(),
						   .offset = 8 * 60,
						   .arena = &arena,
						   .diags = &diags };
	if (!site_read(&site, &context))
		fuzz_require(diags.error_count > 0, "a refusal says why");
	fuzz_print(&diags, &reader);
	arena_release(&arena);
	return 0;
}
