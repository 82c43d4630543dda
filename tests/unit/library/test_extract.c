/* What the search and the rules are given of a resource. */
#include "library/extract.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/unicode.h"
#include "support/schema_fixture.h"

struct library {
	struct arena arena;
	struct diag_list diags;
	struct snapshot snapshot;
	struct catalog catalog;
	struct snapshot_reader *reader;
};

static void open_library(struct library *library,
			 const struct memory_file *files, size_t count)
{
	struct catalog_options options = { .snapshot = &library->snapshot,
					   .offset = 480,
					   .threads = 1 };

	arena_init(&library->arena);
	options.schema = schema_fixture(&library->arena);
	diag_list_init(&library->diags, &library->arena);
	assert_true(snapshot_open_memory(&library->snapshot, files, count,
					 &library->arena, &library->diags));
	assert_true(catalog_read(&library->catalog, &options, &library->arena,
				 &library->diags));
	library->reader =
		snapshot_reader_open(&library->snapshot, &library->diags);
}

static void close_library(struct library *library)
{
	snapshot_reader_close(library->reader);
	snapshot_close(&library->snapshot);
	arena_release(&library->arena);
}

static struct extract read_one(struct library *library, const char *path)
{
	struct extract extract;
	uint32_t number =
		catalog_find_path(&library->catalog, str_from_c(path));

	assert_true(number != RESOURCE_NONE);
	assert_true(extract_read(&extract, &library->catalog, library->reader,
				 number, &library->arena));
	return extract;
}

static void assert_text(str text, const char *expected)
{
	if (!str_equal_c(text, expected))
		fail_msg("is:\n%.*s\nshould be:\n%s", STR_ARG(text), expected);
}

#define HEAD                                                                      \
	"---\ntitle: 一\ntype: news\ndate: 2024-01-02\nsource: 市府\n"         \
	"summary: 摘要不在其中\nreviews: [{step: final, account: 甲一,\n" \
	"  date: 2024-01-01}]\n"

static const struct memory_file files[] = {
	{ "content/jyj/a.md",
	  STR(HEAD
	      "lead: |\n  导语一。\n\n  导语 二。\n"
	      "media: [{file: v.mp4, kind: 视频, title: 录像}]\n"
	      "attachments: [{file: 表.xlsx, title: 报名表}, b.pdf]\n---\n"
	      "## 一、总则\n\n第一段，\n换行 and\nwords。**粗**`代码`&amp;<br>"
	      "下\n\n~~删去~~留下[^1]，10<sup>8</sup>，10 m<sup>2</sup>。\n\n"
	      "| 甲 | 乙 |\n|---|---|\n| 一 | 二 |\n\n- 项一\n- [x] 项二\n\n"
	      "见[附件](%E9%99%84%20%E4%BB%B6.pdf)、[又](b.pdf#page=2)、"
	      "[页](../jyj/a.md)、[外](https://a.cn/c.pdf)。\n\n"
	      "![图 & \"说\"](p.png)\n\n> [!NOTE]\n> 提醒\n\n"
	      "<table><tr><td>原<b>粗</b><td>后</table>\n\n"
	      "<!-- 注 -->\n\n[^1]: 脚注文字\n") },
	{ "content/jyj/empty.md", STR(HEAD "---\n") },
	{ "content/jyj/service.md",
	  STR("---\ntitle: 办证\ntype: service\ndate: 2024-01-02\nthemes: "
	      "[教育]\n"
	      "source: 市府\nservice_kind: 行政许可\nlegal_basis: [某法]\n"
	      "conditions: [年满十八周岁]\naudience: [自然人]\n"
	      "materials: [户口簿, {name: 身份证, notes: \"原件\\n核验\","
	      " blank_form: f.doc}]\n"
	      "places: [{name: 大厅, phone: 0000-1}]\nphones: [0000-2]\n"
	      "office_hours: 工作日\nsteps: [申请, {title: 受理, days: 2}]\n"
	      "legal_days: 20\npromised_days: 5\nfees: 不收费\nunit: 某局\n"
	      "online: false\nconsulted_units: [内部单位]\n---\n正文\n") },
};

static void test_body(void **state)
{
	struct library library;
	struct extract extract;

	(void)state;
	open_library(&library, files, COUNT_OF(files));
	extract = read_one(&library, "content/jyj/a.md");
	assert_text(extract.body,
		    "一、总则\n第一段，换行 and words。粗代码& 下\n"
		    "留下，10⁸，10 m²。\n甲 乙\n一 二\n项一\n项二\n"
		    "见附件、又、页、外。\n图 & \"说\"\n提醒\n原粗 后\n"
		    "脚注文字");
	assert_text(extract.fields, "导语一。\n导语 二。\n视频 录像");
	assert_text(extract.files, "附 件.pdf\nb.pdf\n表.xlsx\n报名表");
	extract = read_one(&library, "content/jyj/empty.md");
	assert_text(extract.body, "");
	assert_text(extract.fields, "");
	assert_text(extract.files, "");
	close_library(&library);
}

/* What no page shows (who reviewed it, who was asked) is not in it. */
static void test_fields(void **state)
{
	struct library library;

	(void)state;
	open_library(&library, files, COUNT_OF(files));
	assert_text(read_one(&library, "content/jyj/service.md").fields,
		    "行政许可\n某局\n自然人\n不收费\n工作日\n大厅 0000-1\n"
		    "0000-2\n某法\n年满十八周岁\n户口簿\n身份证 原件 核验\n"
		    "申请\n受理\n教育");
	close_library(&library);
}

/* Cut between characters. */
static void test_limit(void **state)
{
	struct memory_file file = { .path = "content/jyj/a.md" };
	struct library library;
	struct extract extract;
	struct arena arena;
	struct buf text;

	(void)state;
	arena_init(&arena);
	buf_init(&text, &arena);
	buf_add_c(&text, HEAD "---\n");
	for (size_t i = 0; i < 20000; i++)
		buf_add_c(&text, "一二三四五六七八九十一二三四五六七八九\n\n");
	file.data = buf_str(&text);
	open_library(&library, &file, 1);
	extract = read_one(&library, "content/jyj/a.md");
	assert_true(extract.body.len <= EXTRACT_LIMIT);
	assert_true(extract.body.len > EXTRACT_LIMIT - 4);
	assert_true(unicode_invalid_at(extract.body) == STR_NONE);
	close_library(&library);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_body),
		cmocka_unit_test(test_fields),
		cmocka_unit_test(test_limit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
