/* Pieces of old pages, and the Markdown that they become. */
#include "import/html_body.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/schema_fixture.h"

static const struct {
	const char *html;
	const char *markdown;
} rows[] = {
	{ "<P>甲\n乙<P>丙 丁", "甲乙\n\n丙 丁\n" },
	{ "<font><b>甲 </b>乙</font>*丙*", "**甲** 乙\\*丙\\*\n" },
	{ "<p>1. 甲<p>- 乙<p># 丙", "1\\. 甲\n\n\\- 乙\n\n\\# 丙\n" },
	{ "<ul><li>甲<ol><li>乙</ol><li>丙</ul>", "- 甲\n\n  1) 乙\n- 丙\n" },
	{ "<table><tr><td>甲<td>乙<tr><td>丙|<td>丁</table>",
	  "| 甲 | 乙 |\n| --- | --- |\n| 丙\\| | 丁 |\n" },
	/* what a cell may have */
	{ "<table><tr><th>甲<th>乙<tr><td><p>一<p>二<td>"
	  "<a href='https://a.cn/|'>丙 <i>丁</i></a><br>戊</table>",
	  "| 甲 | 乙 |\n| --- | --- |\n"
	  "| 一 二 | [丙 *丁*](<https://a.cn/%7C>) 戊 |\n" },
	{ "<table><tr><td colspan=2>甲<b> 乙</b><tr><td>丙<td>"
	  "<a href='https://a.cn/?a&b'>&lt;丁&gt;</a></table>",
	  "<table>\n<tr><td colspan=\"2\">甲<strong> 乙</strong></td></tr>\n"
	  "<tr><td>丙</td><td><a href=\"https://a.cn/?a&amp;b\">"
	  "&lt;丁&gt;</a></td></tr>\n</table>\n" },
	/* tables that only put things beside each other */
	{ "<table><tr><td>甲</table>", "甲\n" },
	{ "<table><tr><td>甲<td><ul><li>乙</ul><tr><td>丙<td>丁</table>",
	  "甲\n\n- 乙\n\n丙\n\n丁\n" },
	{ "<a href='javascript:x()'>甲</a><a href=\"/x\">乙</a>", "甲乙\n" },
	{ "H<sub>2</sub>O", "H<sub>2</sub>O\n" },
	{ "", "" },
};

static void each_becomes_its_markdown(void **state)
{
	struct arena arena;
	const struct schema *schema;

	(void)state;
	arena_init(&arena);
	schema = schema_fixture(&arena);
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct import_making making = { .arena = &arena };
		str text;

		new_resource_init(&making.resource, schema,
				  schema_find(schema, STR("news")), &arena);
		text = html_body_of_fragment(&making, str_from_c(rows[i].html));
		if (!str_equal_c(text, rows[i].markdown))
			fail_msg("%s: %.*s", rows[i].html, STR_ARG(text));
	}
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_becomes_its_markdown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
