/* Numbers that Word draws: what is counted, how it is written, what begins
 * anew. */
#include "import/word_numbering.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

static const char numbering[] =
	"<n><abstractNum abstractNumId='0'>"
	"<lvl ilvl='0'><start val='1'/><numFmt val='chineseCounting'/>"
	"<lvlText val='第%1章'/></lvl>"
	"<lvl ilvl='1'><start val='1'/><numFmt val='decimal'/><isLgl/>"
	"<lvlText val='%1.%2'/></lvl>"
	"<lvl ilvl='2'><start val='1'/><numFmt val='lowerRoman'/>"
	"<lvlText val='%3.'/></lvl>"
	"<lvl ilvl='3'><start val='2'/><numFmt val='decimal'/>"
	"<lvlText val='%4)'/></lvl>"
	"<lvl ilvl='4'><start val='1'/><numFmt "
	"val='decimalEnclosedCircleChinese'/><lvlText val='%5'/></lvl>"
	"<lvl ilvl='5'><start val='1'/><numFmt val='upperLetter'/>"
	"<lvlText val='%6、'/></lvl>"
	"<lvl ilvl='6'><numFmt val='bullet'/><lvlText val='•'/></lvl>"
	"</abstractNum>"
	"<num numId='1'><abstractNumId val='0'/></num>"
	"<num numId='2'><abstractNumId val='0'/><lvlOverride ilvl='0'>"
	"<startOverride val='21'/></lvlOverride></num></n>";

static const char styles[] =
	"<s><style styleId='1'><name val='heading 1'/><pPr><numPr><numId "
	"val='1'/></numPr></pPr></style>"
	"<style styleId='b'><basedOn val='1'/><pPr><outlineLvl "
	"val='2'/></pPr></style>"
	"<style styleId='c'><name val='标题 4'/></style>"
	"<style styleId='9'><name val='Table Grid 9'/></style>"
	"<style styleId='l'><basedOn val='m'/></style>"
	"<style styleId='m'><basedOn val='l'/></style></s>";

struct opened {
	struct arena arena;
	struct page_tree *trees[2];
	struct word_numbering numbering;
};

static void open_all(struct opened *out)
{
	arena_init(&out->arena);
	out->trees[0] = page_tree_open_xml(str_from_c(numbering));
	out->trees[1] = page_tree_open_xml(str_from_c(styles));
	word_numbering_open(&out->numbering, out->trees[0], out->trees[1],
			    &out->arena);
}

static void close_all(struct opened *opened)
{
	page_tree_close(opened->trees[0]);
	page_tree_close(opened->trees[1]);
	arena_release(&opened->arena);
}

static struct word_number next(struct opened *opened, const char *properties)
{
	struct page_tree *tree = page_tree_open_xml(str_from_c(properties));
	struct word_number number;

	word_numbering_next(&number, &opened->numbering, page_tree_root(tree));
	number.label = arena_copy(&opened->arena, number.label);
	page_tree_close(tree);
	return number;
}

static struct word_number item(struct opened *opened, const char *list,
			       unsigned level)
{
	return next(opened,
		    arena_c_string(&opened->arena,
				   arena_printf(&opened->arena,
						"<p><numPr><ilvl val='%u'/>"
						"<numId val='%s'/></numPr></p>",
						level, list)));
}

static void assert_label(struct word_number number, const char *label)
{
	assert_true(str_equal_c(number.label, label));
}

static void levels_count_below_each_other(void **state)
{
	struct opened opened;

	(void)state;
	open_all(&opened);
	assert_label(item(&opened, "1", 0), "第一章");
	assert_label(item(&opened, "1", 1), "1.1");
	assert_label(item(&opened, "1", 1), "1.2");
	assert_label(item(&opened, "1", 0), "第二章");
	assert_label(item(&opened, "1", 1), "2.1");
	assert_label(item(&opened, "1", 2), "i.");
	for (int i = 0; i < 7; i++)
		(void)item(&opened, "1", 2);
	assert_label(item(&opened, "1", 2), "ix.");
	assert_label(item(&opened, "1", 4), "①");
	assert_label(item(&opened, "1", 5), "A、");
	close_all(&opened);
}

static void a_list_may_begin_anew(void **state)
{
	struct opened opened;

	(void)state;
	open_all(&opened);
	assert_label(item(&opened, "1", 0), "第一章");
	assert_label(item(&opened, "2", 0), "第二十一章");
	assert_label(item(&opened, "2", 0), "第二十二章");
	assert_label(item(&opened, "1", 0), "第二十三章");
	close_all(&opened);
}

static void plain_numbers_are_numbers(void **state)
{
	struct opened opened;
	struct word_number number;

	(void)state;
	open_all(&opened);
	number = item(&opened, "1", 3);
	assert_int_equal(number.mark, WORD_MARK_NUMBER);
	assert_int_equal(number.number, 2);
	assert_int_equal(number.ending, ')');
	assert_int_equal(item(&opened, "1", 6).mark, WORD_MARK_BULLET);
	assert_int_equal(item(&opened, "1", 0).mark, WORD_MARK_LABEL);
	assert_int_equal(item(&opened, "0", 0).mark, WORD_MARK_NONE);
	assert_int_equal(item(&opened, "1", 9).mark, WORD_MARK_NONE);
	assert_int_equal(item(&opened, "99", 0).mark, WORD_MARK_BULLET);
	close_all(&opened);
}

static void styles_number_and_are_headings(void **state)
{
	static const struct {
		const char *properties;
		int heading;
	} rows[] = {
		{ "<p><pStyle val='1'/></p>", 1 },
		{ "<p><pStyle val='b'/></p>", 3 },
		{ "<p><pStyle val='c'/></p>", 4 },
		{ "<p><pStyle val='9'/></p>", 0 },
		{ "<p><pStyle val='l'/></p>", 0 }, /* in a ring */
		{ "<p><pStyle val='Heading2'/></p>", 2 },
		{ "<p><outlineLvl val='9'/></p>", 0 },
		{ "<p/>", 0 },
	};
	struct opened opened;

	(void)state;
	open_all(&opened);
	assert_label(next(&opened, "<p><pStyle val='b'/></p>"), "第一章");
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct page_tree *tree =
			page_tree_open_xml(str_from_c(rows[i].properties));

		assert_int_equal(word_style_heading(&opened.numbering,
						    page_tree_root(tree)),
				 rows[i].heading);
		page_tree_close(tree);
	}
	close_all(&opened);
}

static void figures_are_those_of_official_texts(void **state)
{
	struct opened opened;
	str label = STR("");

	(void)state;
	open_all(&opened);
	for (int i = 0; i < 110; i++)
		label = item(&opened, "1", 0).label;
	assert_true(str_equal_c(label, "第一百一十章"));
	for (int i = 0; i < 895; i++)
		label = item(&opened, "1", 0).label;
	assert_true(str_equal_c(label, "第一千零五章"));
	close_all(&opened);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(levels_count_below_each_other),
		cmocka_unit_test(a_list_may_begin_anew),
		cmocka_unit_test(plain_numbers_are_numbers),
		cmocka_unit_test(styles_number_and_are_headings),
		cmocka_unit_test(figures_are_those_of_official_texts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
