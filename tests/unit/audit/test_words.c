/* Words and numbers that rules look for, on texts in memory. */
#include "audit/scanned_text.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "audit/catalogue.h"
#include "audit/pdf_lines.h"
#include "audit/rule_book.h"
#include "audit/traditional.h"
#include "base/diag_kind.h"
#include "base/unicode.h"

struct fixture {
	struct arena arena;
	struct rule_book book;
};

static int set_up(void **state)
{
	static struct fixture fixture;
	const struct rule_book_sources own = { 0 };
	struct diag_list diags;

	arena_init(&fixture.arena);
	diag_list_init(&diags, &fixture.arena);
	rule_book_read(&fixture.book, &own, &fixture.arena, &diags);
	*state = &fixture;
	return 0;
}

static int tear_down(void **state)
{
	arena_release(&((struct fixture *)*state)->arena);
	return 0;
}

/* What is found, with blanks between. */
static str words_of(struct fixture *fixture, const char *text)
{
	struct text_points folded;
	struct list hits;
	struct buf out;

	buf_init(&out, &fixture->arena);
	text_points_fold(&folded, str_from_c(text), &fixture->arena);
	word_book_scan(&hits, &fixture->book.words, &folded, &fixture->arena);
	for (size_t i = 0; i < hits.count; i++)
		buf_printf(&out, "%s%.*s", i == 0 ? "" : " ",
			   STR_ARG(((struct word_hit *)hits.items)[i].found));
	return buf_str(&out);
}

static void expect(struct fixture *fixture, const char *text, const char *words)
{
	assert_string_equal(
		arena_c_string(&fixture->arena, words_of(fixture, text)),
		words);
}

static void test_words(void **state)
{
	expect(*state, "各校要布署开学工作。", "布署");
	expect(*state, "公布署名文章。", "");
	expect(*state, "请登陆报名平台。台风登陆以后，平台停用。", "登陆");
	expect(*state, "机关健康步道；关健环节。", "关健");
	expect(*state, "攻\u200b府",
	       "攻\u200b府"); /* nobody sees what is between */
}

/* 内 部 资 料 is a word, 海关 健康 are two. */
static void test_blanks(void **state)
{
	expect(*state, "内 部 资 料", "内 部 资 料");
	expect(*state, "内部　资料不得 外传", "内部　资料 不得 外传");
	expect(*state, "绝密 ★ 一年", "绝密 ★");
	expect(*state, "攻 府", "攻 府");
	expect(*state, "各级攻 府要重视。", "攻 府");
	expect(*state, "主攻 府学巷", "");
	expect(*state, "海关 健康申报，网上办理。", "");
	expect(*state, "国务 员印发规划", "国务 员");
	expect(*state, "中华 人民 共和国", "");
	expect(*state, "布署\n内 部\n资 料", "布署");
}

static void test_near_misses(void **state)
{
	expect(*state, "中华人民共和国", "");
	expect(*state, "中华人共和国", "中华人共和国");
	expect(*state, "中华人民民共和国", "中华人民民共和国");
	expect(*state, "中华人民和共国", "中华人民和共国");
	expect(*state, "申华人民共和国", "申华人民共和国");
	expect(*state, "中华人民共和园", "中华人民共和园");
	expect(*state, "某国共产党和中国共产党", "");
	expect(*state, "人民代表和政协委员", "");
	expect(*state, "朝阳人民共和广场", "");
}

static void add_points(struct word_finder *finder, const char *word)
{
	uint32_t points[8];
	size_t count = 0;

	for (; word[count] != '\0'; count++)
		points[count] = (uint32_t)word[count];
	word_finder_add(finder, points, count);
}

static void note(void *context, size_t word, size_t start, size_t end)
{
	buf_printf(context, "%zu:%zu-%zu ", word, start, end);
}

static void test_finder(void **state)
{
	struct fixture *fixture = *state;
	struct word_finder finder;
	uint32_t text[] = { 'u', 's', 'h', 'e', 'r', 's' };
	struct buf out;

	word_finder_init(&finder, &fixture->arena);
	add_points(&finder, "he");
	add_points(&finder, "she");
	add_points(&finder, "hers");
	add_points(&finder, "he");
	add_points(&finder, "");
	word_finder_freeze(&finder);
	buf_init(&out, &fixture->arena);
	word_finder_scan(&finder, text, COUNT_OF(text), note, &out);
	assert_string_equal(arena_c_string(&fixture->arena, buf_str(&out)),
			    "1:1-4 3:2-4 0:2-4 2:2-6 ");
}

static str numbers_of(struct fixture *fixture, const char *text)
{
	static const char *const kinds = "ipcm";
	struct text_points folded;
	struct list hits;
	struct buf out;

	buf_init(&out, &fixture->arena);
	text_points_fold(&folded, str_from_c(text), &fixture->arena);
	number_finder_scan(&hits, &folded, &fixture->arena);
	for (size_t i = 0; i < hits.count; i++) {
		const struct number_hit *hit =
			(struct number_hit *)hits.items + i;

		buf_printf(&out, "%c:%.*s ", kinds[hit->kind],
			   STR_ARG(text_points_slice(&folded, hit->start,
						     hit->end)));
	}
	return buf_str(&out);
}

static void expect_numbers(struct fixture *fixture, const char *text,
			   const char *numbers)
{
	assert_string_equal(
		arena_c_string(&fixture->arena, numbers_of(fixture, text)),
		numbers);
}

/* Regions that there are not, births in 1899. */
static void test_numbers(void **state)
{
	expect_numbers(*state, "证号61999918990203001X。",
		       "i:61999918990203001X ");
	expect_numbers(*state, "６１９９９９１８９９０２０３００１Ｘ",
		       "i:６１９９９９１８９９０２０３００１Ｘ ");
	expect_numbers(*state, "1 619999 18990203 001X 2",
		       "i:619999 18990203 001X ");
	expect_numbers(*state, "619999189902030011", "");
	expect_numbers(*state, "061999918990203001X", "");
	expect_numbers(*state, "61999918990203001x，", "i:61999918990203001x ");
	expect_numbers(*state, "+86 138-0000-0000", "p:86 138-0000-0000 ");
	expect_numbers(*state, "合同金额13800000000元", "");
	expect_numbers(*state, "编号：13800000000", "");
	expect_numbers(*state, "0917-13800000000", "");
	expect_numbers(*state, "6222000000000000012", "c:6222000000000000012 ");
	expect_numbers(*state, "138****0000", "");
	expect_numbers(*state, "61999918990203****", "m:61999918990203**** ");
}

/* The number of test_numbers in pieces. */
static void test_broken_numbers(void **state)
{
	expect_numbers(*state, "前段 619999\n后段 18990203001X",
		       "i:619999\n后段 18990203001X ");
	expect_numbers(*state, "证件\n1 619999189 上\n2 90203001x 下",
		       "i:619999189 上\n2 90203001x ");
	expect_numbers(*state, "1 619999189 上\n2 90203001x 下", "");
	expect_numbers(*state, "身份证前六位619999，后四位001X", "");
	expect_numbers(*state, "前段 619999\n后段 189902030011", "");
	expect_numbers(*state, "邮编619999，编号18990203，共001X", "");
}

/* What is dialled, and what is counted. */
static void test_figures(void **state)
{
	expect_numbers(*state, "手机 138 1234 5678 139 1234 5678",
		       "p:138 1234 5678 p:139 1234 5678 ");
	expect_numbers(*state, "138 0000 0000", "p:138 0000 0000 ");
	expect_numbers(*state, "学校 小学 初中 高中\n一中 138 1480 1260", "");
	expect_numbers(*state, "姓名 电话\n一中 138 1480 1260",
		       "p:138 1480 1260 ");
	expect_numbers(*state, "年度 收入（元）\n本年 13812345678", "");
	expect_numbers(*state, "姓名 补贴（元） 手机\n李某 3000 13812345678",
		       "p:13812345678 ");
	expect_numbers(*state, "访问量13812345678、13912345678", "");
	expect_numbers(*state, "13812345678、13912345678次", "");
	expect_numbers(*state, "年度 收入（元）\n说明。\n13812345678",
		       "p:13812345678 ");
}

static void expect_joined(struct fixture *fixture, const char *text,
			  const char *joined)
{
	assert_string_equal(arena_c_string(&fixture->arena,
					   pdf_lines_joined(str_from_c(text),
							    &fixture->arena)),
			    joined);
}

/* Lines of paragraphs go on; headings, rows and sentences end. */
static void test_pdf_lines(void **state)
{
	expect_joined(*state,
		      "各县区要高度重视春季安全生产工作切实加强攻\n府值班",
		      "各县区要高度重视春季安全生产工作切实加强攻府值班");
	expect_joined(*state, "关于开展检查的通知\n各县区",
		      "关于开展检查的通知\n各县区");
	expect_joined(*state,
		      "各县区要高度重视春季安全生产工作切实加强。\n附件",
		      "各县区要高度重视春季安全生产工作切实加强。\n附件");
	expect_joined(*state, "一中 示范路一号院内东侧教学楼二层会议室\n二中",
		      "一中 示范路一号院内东侧教学楼二层会议室\n二中");
	expect_joined(*state,
		      "各县区要高度重视春季安全生产工作切实加强\n\n附件",
		      "各县区要高度重视春季安全生产工作切实加强\n\n附件");
}

static void test_catalogue(void **state)
{
	(void)state;
	assert_int_equal(catalogue_count, 191);
	for (size_t i = 0; i < catalogue_count; i++) {
		str rest = str_from_c(catalogue[i].messages);
		struct arena arena;
		str id;

		arena_init(&arena);
		while (rest.len > 0 && str_split_next(&rest, ' ', &id))
			if (diag_kind_find(arena_c_string(&arena, id)) == NULL)
				fail_msg("%s: no message %.*s", catalogue[i].id,
					 STR_ARG(id));
		arena_release(&arena);
		assert_int_equal(catalogue[i].state == CATALOGUE_DECIDED ||
					 catalogue[i].state ==
						 CATALOGUE_WITH_FILE,
				 catalogue[i].messages[0] != '\0');
	}
}

static void test_limits(void **state)
{
	const struct fixture *fixture = *state;

	for (int i = 0; i < LIMIT_COUNT; i++) {
		assert_true(fixture->book.limits[i].value > 0);
		assert_true(fixture->book.limits[i].source.len > 0);
	}
}

/* They are searched by halves, so each must stand behind the one before. */
static void test_traditional(void **state)
{
	str all = str_from_c(traditional_characters);
	uint32_t before = 0;
	size_t at = 0;

	(void)state;
	while (at < all.len) {
		uint32_t here = unicode_next(all, &at);

		assert_true(here > before);
		assert_true(traditional_has(here));
		before = here;
	}
	assert_false(traditional_has(0x4eec)); /* 们 */
	assert_false(traditional_has('a'));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_words, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_blanks, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_near_misses, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_broken_numbers, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_figures, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_finder, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_numbers, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_pdf_lines, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_limits, set_up, tear_down),
		cmocka_unit_test(test_catalogue),
		cmocka_unit_test(test_traditional),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
