/* What a message says that it costs, by its kind, its level and its file. */
#include "base/diag_cost.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char *cost(const char *id, enum diag_level level,
			enum diag_level given, const char *path)
{
	struct diag diag = { .id = id, .level = level, .given = given };

	return diag_cost_text(&diag, str_from_c(path));
}

static void test_by_file(void **state)
{
	static const struct {
		const char *id;
		const char *path;
		const char *text;
	} rows[] = {
		{ "yaml-tab", "content/jyj/a.md", "costs this resource" },
		{ "yaml-tab", "content/jyj/A.MD", "costs this resource" },
		{ "yaml-tab", "content/jyj/_defaults.yaml",
		  "costs the resources below it" },
		{ "yaml-tab", "sites/jyj/site.yaml", "costs this site" },
		{ "yaml-tab", "sites/types/a.yaml", "costs this type" },
		{ "yaml-tab", "sites/vocabulary/synonyms.yaml",
		  "costs words of the search" },
		{ "yaml-tab", "sites/platform.yaml", "costs all sites" },
		{ "yaml-tab", "themes/a/theme.yaml",
		  "costs the looks of the sites with it" },
		{ "yaml-tab", "", "costs this resource" },
		{ "snapshot-large", "content/jyj/a/b.zip", "costs this file" },
		{ "attachment-kind", "content/jyj/a/b.zip", "costs this file" },
		{ "alias-invalid", "content/jyj/a.md", "costs this resource" },
		{ "alias-invalid", "sites/jyj/redirects.csv",
		  "costs the old address" },
		{ "alias-taken", "content/jyj/a.md", "costs the old address" },
		{ "csv-quote", "sites/jyj/redirects.csv",
		  "costs the old addresses of this file" },
		{ "setting-unknown", "sites/jyj/statistics/2026.yaml",
		  "costs this value of the report" },
		{ "yaml-tab", "sites/jyj/statistics/2026.yaml",
		  "costs what it says of the report" },
		{ "setting-unknown", "sites/statistics/site.yaml",
		  "costs this site" },
		{ "version-earlier", "sites/jyj/theme/",
		  "costs the looks of this site" },
		{ "theme-none", "sites/jyj/site.yaml",
		  "costs the looks of this site" },
		{ "theme-missing", "sites/jyj/site.yaml", "costs this site" },
		{ "template-steps",
		  "themes/default/templates/a.html (built in)",
		  "costs the pages that need it" },
		{ "link-dead", "content/jyj/a.md", "costs this link" },
		{ "table-bar", "content/jyj/a.md", "costs this place" },
		{ "title-twice", "content/jyj/a.md", "published as it stands" },
		{ "column-sets", "sites/jyj/site.yaml", "costs nothing" },
		{ "template-tag", "sites/jyj/theme/templates/a.html",
		  "costs the looks of this site" },
		{ "platform-none", "sites/platform.yaml", "costs this run" },
		{ "page-link-dead", "jyj.example.cn/a.html",
		  "published as it stands" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		assert_string_equal(
			cost(rows[i].id, DIAG_ERROR, DIAG_ERROR, rows[i].path),
			rows[i].text);
}

static void test_by_level(void **state)
{
	(void)state;
	/* something right to go on with */
	assert_string_equal(cost("date-invalid", DIAG_WARNING, DIAG_ERROR,
				 "content/jyj/a.md"),
			    "costs nothing");
	assert_string_equal(
		cost("folder-near", DIAG_WARNING, DIAG_WARNING, "contents/"),
		"costs nothing");
	/* nothing right to go on with: only the exit code is another */
	assert_string_equal(cost("front-matter-missing", DIAG_WARNING,
				 DIAG_ERROR, "content/jyj/a.md"),
			    "costs this resource");
	assert_string_equal(cost("record", DIAG_FAILURE, DIAG_FAILURE, ""),
			    "costs this run");
}

/* Types that are in the program; text that a test made up. */
static void test_elsewhere(void **state)
{
	(void)state;
	assert_null(cost("yaml-tab", DIAG_ERROR, DIAG_ERROR, "page.html"));
	assert_null(cost("no-such-kind", DIAG_ERROR, DIAG_ERROR, ""));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_by_file),
		cmocka_unit_test(test_by_level),
		cmocka_unit_test(test_elsewhere),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
