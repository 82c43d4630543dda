/*
 * The front matter of a resource below a _defaults.yaml. The types are read
 * once, so that many inputs are tried; tests/fuzz/city.c plans what comes out.
 */
#include "library/front_matter.h"

#include "support/schema_fixture.h"
#include "tests/fuzz/support/input.h"

struct texts {
	struct source sources[2];
};

static bool read_text(void *context, uint32_t number, struct source *out,
		      struct arena *arena)
{
	const struct texts *texts = context;

	(void)arena;
	*out = texts->sources[number % 2];
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
	struct fuzz_input input = fuzz_split(data, size);
	struct texts texts = { { { 0, STR("content/jyj/a.md"), input.parts[0] },
				 { 1, STR("content/jyj/_defaults.yaml"),
				   input.parts[1] } } };
	const struct source_reader reader = { .context = &texts,
					      .read = read_text };
	struct front_matter_options options = { .schema = types(),
						.offset = 8 * 60 };
	struct front_matter matter;
	struct defaults defaults = { .folder = STR("content/jyj/") };
	struct diag_list diags;
	struct arena arena;

	if (!fuzz_is_text(input.parts[0]) || !fuzz_is_text(input.parts[1]))
		return -1; /* snapshot/text.h refuses it before */
	arena_init(&arena);
	diag_list_init(&diags, &arena);
	if (!defaults_parse(&defaults, &texts.sources[1], &options, &arena,
			    &diags))
		defaults.is_broken = true;
	options.defaults = &defaults;
	if (front_matter_parse(&matter, &texts.sources[0], &options, &arena,
			       &diags))
		fuzz_require(matter.body_start <= input.parts[0].len,
			     "the body is in the file");
	fuzz_print(&diags, &reader);
	arena_release(&arena);
	return 0;
}
