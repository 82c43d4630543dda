/* theme.yaml, strings, a style sheet and a template of one theme. */
#include "theme/theme.h"

#include "tests/fuzz/support/input.h"

static const struct shape_field page_fields[] = {
	{ "title", VALUE_TEXT, NULL, "" },
};
static const struct shape page_shape = { "page", page_fields, 1, false, 0, 0 };
static const struct theme_page pages[] = {
	{ .template_name = "test-page", .shape = &page_shape },
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const paths[FUZZ_PARTS] = {
		"themes/city/theme.yaml",
		"themes/city/strings.zh-CN.yaml",
		"themes/city/assets/style.css",
		"themes/city/templates/test-page.html",
	};
	struct fuzz_input input = fuzz_split(data, size);
	struct memory_file files[FUZZ_PARTS];
	struct theme_options options = {
		.theme_name = STR("city"),
		.name_span = span_none(),
		.pages = pages,
		.page_count = COUNT_OF(pages),
	};
	struct snapshot snapshot;
	struct diag_list diags;
	struct arena arena;
	struct theme theme;
	struct source_reader reader;

	arena_init(&arena);
	diag_list_init(&diags, &arena);
	for (size_t i = 0; i < input.count; i++)
		files[i] = (struct memory_file){ paths[i], input.parts[i] };
	fuzz_require(snapshot_open_memory(&snapshot, files, input.count, &arena,
					  &diags),
		     "the files can be listed");
	options.snapshot = &snapshot;
	options.reader = snapshot_reader_open(&snapshot, &diags);
	(void)!theme_load(&theme, &options, &arena, &diags);
	reader = (struct source_reader){ .context = options.reader,
					 .read = snapshot_source_read };
	fuzz_print(&diags, &reader);
	snapshot_reader_close(options.reader);
	snapshot_close(&snapshot);
	arena_release(&arena);
	return 0;
}
