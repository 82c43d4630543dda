#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "theme/theme.h"

static const struct shape_field page_fields[] = {
	{ "title", VALUE_TEXT, NULL, "" },
};

static const struct shape page_shape = { "page", page_fields, 1, false, 0, 0 };

static const struct theme_page pages[] = {
	{ .template_name = "test-page", .shape = &page_shape },
};

static const struct template_budget budget = { 10000, 0, 20, 100000, NULL };

struct fixture {
	struct arena arena;
	struct diag_list diags;
	struct snapshot snapshot;
	struct snapshot_reader *reader;
	struct theme theme;
	bool ok;
};

/* Files that most tests start from. */
#define PAGE_FILE                                                              \
	{                                                                      \
		"themes/city/templates/test-page.html",                        \
			STR("<p>{{title}}</p>")                                \
	}

static void open_theme(struct fixture *fixture, const struct memory_file *files,
		       size_t count, const char *language)
{
	struct theme_options options = {
		.snapshot = &fixture->snapshot,
		.site_id = STR("jyj"),
		.theme_name = STR("city"),
		.name_span = span_none(),
		.language = str_from_c(language),
		.pages = pages,
		.page_count = COUNT_OF(pages),
	};

	arena_init(&fixture->arena);
	diag_list_init(&fixture->diags, &fixture->arena);
	assert_true(snapshot_open_memory(&fixture->snapshot, files, count,
					 &fixture->arena, &fixture->diags));
	fixture->reader =
		snapshot_reader_open(&fixture->snapshot, &fixture->diags);
	assert_non_null(fixture->reader);
	options.reader = fixture->reader;
	fixture->ok = theme_load(&fixture->theme, &options, &fixture->arena,
				 &fixture->diags);
}

static void close_theme(struct fixture *fixture)
{
	snapshot_reader_close(fixture->reader);
	snapshot_close(&fixture->snapshot);
	arena_release(&fixture->arena);
}

static bool read_source(void *context, uint32_t number, struct source *out,
			struct arena *arena)
{
	struct fixture *fixture = context;
	struct diag_list ignored;

	diag_list_init(&ignored, arena);
	if (number >= SOURCE_THEME)
		return theme_builtin_source(out, number, arena);
	return snapshot_read_text(out, fixture->reader, number, arena,
				  &ignored);
}

static str messages(struct fixture *fixture)
{
	struct source_reader reader = { fixture, read_source, NULL };
	struct buf out;

	buf_init(&out, &fixture->arena);
	diag_resolve(&fixture->diags, &reader);
	diag_sort(&fixture->diags);
	diag_print(&out, &fixture->diags, &reader);
	return buf_str(&out);
}

static str page(struct fixture *fixture, const char *name)
{
	struct value value = value_text(STR("T"));
	struct object data = { &page_shape, &value };
	struct buf out;

	if (!fixture->ok)
		fail_msg("%.*s", STR_ARG(messages(fixture)));
	buf_init(&out, &fixture->arena);
	assert_true(template_render(&out, fixture->theme.templates,
				    str_from_c(name), &data, &budget,
				    &fixture->diags));
	return buf_str(&out);
}

static void expect(str got, const char *wanted)
{
	if (!str_equal_c(got, wanted))
		fail_msg("got: %.*s", STR_ARG(got));
}

static void test_strongest_wins(void **state)
{
	static const struct memory_file files[] = {
		{ "themes/base/templates/card.html", STR("[base]") },
		{ "themes/base/templates/test-page.html",
		  STR("{{$main}}base{{/main}}") },
		{ "themes/city/theme.yaml",
		  STR("title: City\nparent: base\n") },
		{ "themes/city/templates/test-page.html",
		  STR("{{<parent/test-page}}{{$main}}city {{>card}}{{/main}}"
		      "{{/parent/test-page}}") },
		{ "sites/jyj/theme/templates/card.html", STR("[{{title}}]") },
	};
	struct fixture fixture;

	(void)state;
	open_theme(&fixture, files, COUNT_OF(files), "");
	expect(page(&fixture, "test-page"), "city [T]");
	expect(fixture.theme.title, "City");
	close_theme(&fixture);
}

static void test_strings_fall_back(void **state)
{
	static const struct memory_file files[] = {
		{ "themes/city/theme.yaml", STR("languages: [zh-CN, en]\n") },
		{ "themes/city/strings.zh-CN.yaml",
		  STR("home1: 首页\nmore1: 更多\narticle1:\n  source: "
		      "来源\n") },
		{ "themes/city/strings.en.yaml", STR("home1: Home\n") },
		{ "sites/jyj/theme/strings.zh-CN.yaml", STR("more1: 全部\n") },
		{ "themes/city/templates/test-page.html",
		  STR("{{strings.home1}} {{strings.more1}} "
		      "{{strings.article1.source}}") },
	};
	struct fixture fixture;

	(void)state;
	open_theme(&fixture, files, COUNT_OF(files), "en");
	expect(page(&fixture, "test-page"), "Home 全部 来源");
	expect(fixture.theme.language, "en");
	close_theme(&fixture);
	open_theme(&fixture, files, COUNT_OF(files), "");
	expect(page(&fixture, "test-page"), "首页 全部 来源");
	close_theme(&fixture);
}

static void test_unknown_string(void **state)
{
	static const struct memory_file files[] = {
		{ "themes/city/strings.zh-CN.yaml", STR("homepage: 首页\n") },
		{ "themes/city/templates/test-page.html",
		  STR("{{strings.homepgae}}") },
	};
	struct fixture fixture;

	(void)state;
	open_theme(&fixture, files, COUNT_OF(files), "");
	assert_false(fixture.ok);
	expect(messages(&fixture),
	       "themes/city/templates/test-page.html:1:11: error: unknown "
	       "name \"homepgae\" (costs the looks of the sites with it) "
	       "[template-unknown]\n"
	       "   1 | {{strings.homepgae}}\n"
	       "     |           ^^^^^^^^\n"
	       "  help: did you mean \"homepage\"?\n");
	close_theme(&fixture);
}

static void test_tokens(void **state)
{
	static const struct memory_file files[] = {
		{ "themes/city/theme.yaml",
		  STR("tokens:\n  x-b: 1.5rem\n  x-a: \"#1a5fb4\"\n"
		      "dark:\n  x-a: \"#99c1f1\"\n") },
		{ "sites/jyj/theme/theme.yaml", STR("tokens: {x-b: 2rem}\n") },
		{ "themes/city/templates/test-page.html",
		  STR("{{tokens.x_b}}") },
	};
	struct fixture fixture;
	str css;

	(void)state;
	open_theme(&fixture, files, COUNT_OF(files), "");
	expect(page(&fixture, "test-page"), "2rem");
	css = fixture.theme.tokens_css;
	assert_true(str_find(css, STR("--x-a:#1a5fb4;--x-b:2rem;")) !=
		    STR_NONE);
	assert_true(str_find(css, STR(":root[data-scheme=\"dark\"]{")) !=
		    STR_NONE);
	assert_true(str_find(css, STR("--x-a:#99c1f1;")) != STR_NONE);
	close_theme(&fixture);
}

static void test_bad_tokens(void **state)
{
	static const char *const bad[] = {
		"tokens: {Color: red}",	   "tokens: {a: \"red;}\"}",
		"tokens: {a: \"url(x)\"}", "tokens: {a: \"#12345\"}",
		"tokens: {a: \"'x\"}",	   "tokens: {a: [1]}",
		"dark: {a: \"</style>\"}", "tokns: {}",
		"languages: [zh_CN]",	   "title: [a]",
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		const struct memory_file files[] = {
			{ "themes/city/theme.yaml", str_from_c(bad[i]) },
			PAGE_FILE,
		};
		struct fixture fixture;

		open_theme(&fixture, files, COUNT_OF(files), "");
		if (fixture.ok)
			fail_msg("accepted: %s", bad[i]);
		close_theme(&fixture);
	}
}

static void test_assets(void **state)
{
	static const struct memory_file files[] = {
		{ "themes/city/assets/x/a.css", STR("p{}") },
		{ "themes/city/assets/x/a.woff2", STR("wOF2") },
		{ "themes/city/templates/test-page.html",
		  STR("<link href=\"{{assets.x_a_css}}\"><a "
		      "href=\"{{assets.x_a_woff2}}\">") },
	};
	const struct theme_asset *asset;
	struct fixture fixture;
	str wanted;

	(void)state;
	open_theme(&fixture, files, COUNT_OF(files), "");
	asset = theme_find_asset(&fixture.theme, STR("x/a.css"));
	assert_non_null(asset);
	assert_int_equal(asset->output.len, STR("assets/x/a.12345678.css").len);
	wanted = arena_printf(&fixture.arena,
			      "<link href=\"/%.*s\"><a "
			      "href=\"/assets/x/a.woff2\">",
			      STR_ARG(asset->output));
	expect(page(&fixture, "test-page"), wanted.data);
	assert_non_null(theme_find_asset(&fixture.theme, STR("tokens.css")));
	assert_null(theme_find_asset(&fixture.theme, STR("none.css")));
	close_theme(&fixture);
}

static void test_assets_with_one_name(void **state)
{
	static const struct memory_file files[] = {
		{ "themes/city/assets/x-a.png", STR("\x89PNG\r\n\x1a\n") },
		{ "themes/city/assets/x_a.png", STR("\x89PNG\r\n\x1a\n2") },
		PAGE_FILE,
	};
	struct fixture fixture;

	(void)state;
	open_theme(&fixture, files, COUNT_OF(files), "");
	assert_false(fixture.ok);
	assert_true(str_find(messages(&fixture), STR("[theme-asset]")) !=
		    STR_NONE);
	close_theme(&fixture);
}

static void test_parents_in_a_circle(void **state)
{
	static const struct memory_file files[] = {
		{ "themes/city/theme.yaml", STR("parent: base\n") },
		{ "themes/base/theme.yaml", STR("parent: city\n") },
	};
	struct fixture fixture;

	(void)state;
	open_theme(&fixture, files, COUNT_OF(files), "");
	assert_false(fixture.ok);
	expect(messages(&fixture),
	       "themes/base/theme.yaml:1:9: error: the theme \"city\" is among "
	       "its own parents (costs the looks of the sites with it) "
	       "[theme-parent]\n"
	       "   1 | parent: city\n"
	       "     |         ^^^^\n");
	close_theme(&fixture);
}

/* However many tokens a theme has, each is known to those above it. */
static void test_many_tokens(void **state)
{
	enum { TOKENS = 700 };
	struct arena arena;
	struct buf base, city;
	struct memory_file files[] = {
		PAGE_FILE,
		{ "themes/base/theme.yaml", STR("") },
		{ "themes/city/theme.yaml", STR("") },
	};
	struct fixture fixture;

	(void)state;
	arena_init(&arena);
	buf_init(&base, &arena);
	buf_init(&city, &arena);
	buf_add(&base, STR("tokens:\n"));
	for (int i = 0; i < TOKENS; i++)
		buf_printf(&base, "  grau-%d: 1rem\n", i);
	buf_printf(&city, "parent: base\ntokens:\n  grau-%d: 2rem\n",
		   TOKENS - 1);
	files[1].data = buf_str(&base);
	files[2].data = buf_str(&city);
	open_theme(&fixture, files, COUNT_OF(files), "zh-CN");
	expect(messages(&fixture), "");
	assert_true(fixture.ok);
	close_theme(&fixture);
	arena_release(&arena);
}

static void test_missing_parent_and_template(void **state)
{
	static const struct memory_file missing[] = {
		{ "themes/city/theme.yaml", STR("parent: citi\n") },
	};
	static const struct memory_file empty[] = {
		{ "themes/city/theme.yaml", STR("title: x\n") },
	};
	struct fixture fixture;

	(void)state;
	open_theme(&fixture, missing, COUNT_OF(missing), "");
	assert_false(fixture.ok);
	assert_true(str_find(messages(&fixture), STR("[theme-missing]")) !=
		    STR_NONE);
	close_theme(&fixture);
	open_theme(&fixture, empty, COUNT_OF(empty), "");
	assert_false(fixture.ok);
	assert_true(str_find(messages(&fixture), STR("[theme-template]")) !=
		    STR_NONE);
	close_theme(&fixture);
}

static void test_strings_of_two_kinds(void **state)
{
	static const struct memory_file files[] = {
		{ "themes/city/strings.zh-CN.yaml", STR("zz: {a: b}\n") },
		{ "sites/jyj/theme/strings.zh-CN.yaml", STR("zz: b\n") },
		PAGE_FILE,
	};
	struct fixture fixture;

	(void)state;
	open_theme(&fixture, files, COUNT_OF(files), "");
	assert_false(fixture.ok);
	assert_true(str_find(messages(&fixture), STR("[theme-string]")) !=
		    STR_NONE);
	close_theme(&fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_strongest_wins),
		cmocka_unit_test(test_strings_fall_back),
		cmocka_unit_test(test_unknown_string),
		cmocka_unit_test(test_tokens),
		cmocka_unit_test(test_bad_tokens),
		cmocka_unit_test(test_assets),
		cmocka_unit_test(test_assets_with_one_name),
		cmocka_unit_test(test_parents_in_a_circle),
		cmocka_unit_test(test_many_tokens),
		cmocka_unit_test(test_missing_parent_and_template),
		cmocka_unit_test(test_strings_of_two_kinds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
