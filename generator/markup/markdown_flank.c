/*
 * The decision for one run of signs, in this order: what is certainly no
 * emphasis (a product, a hidden name or number, a blank to fill in); then, in
 * Chinese surroundings, what the brackets and stops beside it allow; and
 * everywhere else CommonMark.
 *
 * Where CommonMark would let a run beside Chinese punctuation do only one of
 * the two, we let it do both, and cmark pairs the runs as they come. What no
 * writer means is taken out again: to close behind "（", to open before "，".
 */
#include "markup/markdown_flank.h"

#include "base/unicode.h"

enum {
	LOOK_THROUGH = 4,    /* signs between a run and what it belongs to */
	UNIT_LETTERS = 3,    /* 平方米 */
	OPERAND_LETTERS = 2, /* 宽4米 */
	FORMULA_BYTES = 90,
	FILE_NAME_BYTES = 120,
	BLANK_SIGNS = 4, /* from here "____" is a blank to fill in */
};

/* What stands on both sides; 0 at the ends of the line and for white space. */
struct sides {
	const struct markdown_run *run;
	size_t length;
	uint32_t before;
	uint32_t after;
	size_t before_start; /* of the character */
	size_t after_end;
};

/* --- characters ----------------------------------------------------------- */

static uint32_t step_on(str line, size_t *at)
{
	return *at < line.len ? unicode_next(line, at) : 0;
}

/* Behind what no emphasis begins: the end of a clause or a bracket. */
static bool ends_clause(uint32_t code_point)
{
	return unicode_is_among(code_point, "、，。；：！？…,.;:!?") ||
	       unicode_is_closing(code_point);
}

static bool is_boundary(uint32_t code_point)
{
	return unicode_is_gap(code_point) ||
	       (unicode_is_punctuation(code_point) && code_point != '*');
}

static struct sides sides_of(const struct markdown_run *run)
{
	struct sides sides = { .run = run,
			       .length = run->end - run->start,
			       .before_start = run->start,
			       .after_end = run->end };

	sides.before = unicode_previous(run->line, &sides.before_start);
	sides.after = step_on(run->line, &sides.after_end);
	return sides;
}

bool markdown_run_is_first(const struct markdown_run *run)
{
	return unicode_is_gap(sides_of(run).before);
}

bool markdown_run_is_last(const struct markdown_run *run)
{
	return unicode_is_gap(sides_of(run).after);
}

/* --- CommonMark ----------------------------------------------------------- */

static enum markdown_flank flank_from(bool opens, bool closes)
{
	if (opens)
		return closes ? MARKDOWN_FLANK_BOTH : MARKDOWN_FLANK_OPENS;
	return closes ? MARKDOWN_FLANK_CLOSES : MARKDOWN_FLANK_NONE;
}

/* The specification's answer for "*", section 6.2. */
static enum markdown_flank native_star(const struct sides *sides)
{
	bool before = unicode_is_punctuation(sides->before);
	bool after = unicode_is_punctuation(sides->after);
	bool opens = !unicode_is_gap(sides->after) &&
		     (!after || before || unicode_is_gap(sides->before));
	bool closes = !unicode_is_gap(sides->before) &&
		      (!before || after || unicode_is_gap(sides->after));

	return flank_from(opens, closes);
}

/* --- Chinese around a run ------------------------------------------------- */

/*
 * The first letter before or behind the run, over a few signs. Signs of full
 * width are as Chinese as letters: **《ABC》**PDF版.
 */
static bool is_cjk_beside(const struct sides *sides, bool before)
{
	size_t at = before ? sides->run->start : sides->run->end;

	for (int i = 0; i < LOOK_THROUGH; i++) {
		uint32_t code_point =
			before ? unicode_previous(sides->run->line, &at)
			       : step_on(sides->run->line, &at);

		if (unicode_is_cjk(code_point) ||
		    unicode_is_among(code_point,
				     "“”‘’《》〈〉（）【】〔〕「」『』"
				     "、，。；：！？…—·"))
			return true;
		if (!unicode_is_punctuation(code_point))
			return false;
	}
	return false;
}

/* --- multiplication ------------------------------------------------------- */

/* A number, perhaps with its unit: 24, 24小时, 30平方米. */
static bool is_quantity_before(const struct sides *sides)
{
	size_t at = sides->run->start;

	for (int i = 0; i <= UNIT_LETTERS; i++) {
		uint32_t code_point = unicode_previous(sides->run->line, &at);

		if (unicode_is_digit(code_point))
			return true;
		if (!unicode_is_ideograph(code_point))
			return false;
	}
	return false;
}

/* A number, perhaps with its name: 24小时, 宽4米. */
static bool is_quantity_behind(const struct sides *sides)
{
	size_t at = sides->run->end;

	for (int i = 0; i <= OPERAND_LETTERS; i++) {
		uint32_t code_point = step_on(sides->run->line, &at);

		if (unicode_is_digit(code_point))
			return true;
		if (!unicode_is_ideograph(code_point))
			return false;
	}
	return false;
}

/* "=" in the same clause: 税额=单价*数量*税率, 单价*数量*税率=税额. */
static bool is_in_formula(const struct sides *sides, bool before)
{
	size_t start = before ? sides->run->start : sides->run->end;
	size_t at = start;

	while (at > 0 && at < sides->run->line.len &&
	       (before ? start - at : at - start) < FORMULA_BYTES) {
		uint32_t code_point =
			before ? unicode_previous(sides->run->line, &at)
			       : step_on(sides->run->line, &at);

		if (unicode_is_among(code_point, "=＝"))
			return true;
		if (unicode_is_gap(code_point) ||
		    unicode_is_among(code_point, "，。；：、！？"))
			return false;
	}
	return false;
}

/* 长*宽*高 */
static bool is_between_measures(const struct sides *sides)
{
	static const char measures[] = "长宽高厚深底径";

	return unicode_is_among(sides->before, measures) &&
	       unicode_is_among(sides->after, measures);
}

/* A letter, a number or a bracket around numbers: what may be multiplied. */
static bool is_operand_end(const struct sides *sides)
{
	size_t at = sides->before_start;

	return unicode_is_word(sides->before) ||
	       unicode_is_among(sides->before, "%％") ||
	       (unicode_is_among(sides->before, ")）") &&
		unicode_is_word(unicode_previous(sides->run->line, &at)));
}

static bool is_operand_start(const struct sides *sides)
{
	size_t at = sides->after_end;

	return unicode_is_word(sides->after) ||
	       (unicode_is_among(sides->after, "(（") &&
		unicode_is_word(step_on(sides->run->line, &at)));
}

/* (1+2)*3, 3*(4+5): a number beside a bracket that a number touches. */
static bool is_bracket_product(const struct sides *sides)
{
	size_t back = sides->before_start;
	size_t on = sides->after_end;
	uint32_t last = unicode_previous(sides->run->line, &back);
	uint32_t first = step_on(sides->run->line, &on);

	return (unicode_is_among(sides->before, ")）") &&
		unicode_is_latin(last) && unicode_is_digit(sides->after)) ||
	       (unicode_is_among(sides->after, "(（") &&
		unicode_is_latin(first) && unicode_is_digit(sides->before));
}

static bool is_product(const struct sides *sides)
{
	if (unicode_is_latin(sides->before) && unicode_is_latin(sides->after))
		return true;
	if (!is_operand_end(sides) || !is_operand_start(sides))
		return false;
	return (!unicode_is_digit(sides->before) && is_quantity_before(sides) &&
		is_quantity_behind(sides)) ||
	       is_bracket_product(sides) || is_between_measures(sides) ||
	       is_in_formula(sides, true) || is_in_formula(sides, false);
}

/* 带*号的, 标*的: the sign itself is spoken of. */
static bool is_spoken_of(const struct sides *sides)
{
	return sides->after == 0x53f7 /* 号 */ ||
	       (unicode_is_among(sides->before, "带标加注打有") &&
		unicode_is_among(sides->after, "的者项处部为"));
}

/* --- hidden names and numbers --------------------------------------------- */

/* Surnames that are not also words of grammar (和, 于, 向 and so on are). */
static const char surnames[] =
	"王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁谢宋唐许韩邓冯曹彭曾肖田董"
	"潘袁蔡蒋余杜叶程魏苏吕丁任卢姚沈姜崔钟谭陆汪范廖石金贾韦夏付方邹熊白"
	"孟秦邱侯江尹薛阎段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔汤康易乔赖"
	"樊殷施庄温芦俞葛柴翟欧岳齐耿涂鲁倪焦詹阮柯梅辛霍尚舒柳凌管费聂"
	"祝蒲邢骆路裴翁甘鲍宁阳冉纪申卓关占席瞿柏窦沙谷项苗盛童褚萧闫";

/* 王*, 李**（男）, 张*明、: a name of which a part is hidden. */
static bool is_hidden_name(const struct sides *sides)
{
	str line = sides->run->line;
	size_t at = sides->before_start;
	size_t next = sides->after_end;
	bool begins = is_boundary(unicode_previous(line, &at));

	if (sides->length > 3 || !unicode_is_among(sides->before, surnames))
		return false;
	if (begins &&
	    (ends_clause(sides->after) || unicode_is_opening(sides->after) ||
	     unicode_is_among(sides->after, "等某同先女和与及诉")))
		return true;
	return (begins || sides->length == 1) &&
	       unicode_is_ideograph(sides->after) &&
	       is_boundary(step_on(line, &next)) &&
	       !str_starts_with(str_from(line, sides->after_end), STR("*"));
}

/* 138****5678, 川A***12, 6101****，: a number of which a part is hidden. */
static bool is_hidden_number(const struct sides *sides)
{
	if (sides->length < 2)
		return false;
	if (unicode_is_digit(sides->before) && unicode_is_digit(sides->after))
		return true;
	if (sides->length == 2)
		return false;
	return (unicode_is_latin(sides->before) &&
		unicode_is_latin(sides->after)) ||
	       (unicode_is_latin(sides->before) && ends_clause(sides->after)) ||
	       (sides->length > 3 && (unicode_is_word(sides->before) &&
				      unicode_is_word(sides->after)));
}

static const char date_units[] = "年月日时分秒";

/* 年**月: behind the unit that is behind the run another run and its unit. */
static bool is_start_of_date(const struct sides *sides)
{
	str line = sides->run->line;
	size_t at = sides->after_end;

	while (str_at(line, at) == '*')
		at++;
	return at > sides->after_end &&
	       unicode_is_among(step_on(line, &at), date_units);
}

/* A figure that no stars begin, before `at`: 20, not **5. */
static bool is_figure_before(str line, size_t at)
{
	uint32_t code_point = unicode_previous(line, &at);
	bool is_figure = unicode_is_digit(code_point);

	while (unicode_is_digit(code_point))
		code_point = unicode_previous(line, &at);
	return is_figure && code_point != '*';
}

/* Behind 2026年 or **年, but not behind 每月. */
static bool is_behind_date(const struct sides *sides)
{
	str line = sides->run->line;
	size_t at = sides->before_start;

	return unicode_is_among(sides->before, date_units) &&
	       (is_figure_before(line, at) ||
		unicode_previous(line, &at) == '*');
}

/* 20**年*月*日, ****年**月**日, 第*条: figures that are left open. */
static bool is_hidden_count(const struct sides *sides)
{
	if (unicode_is_among(sides->before, "第"))
		return unicode_is_among(sides->after, "条款项章节号批次期届页");
	return unicode_is_among(sides->after, date_units) &&
	       (is_figure_before(sides->run->line, sides->run->start) ||
		is_behind_date(sides) || is_start_of_date(sides));
}

/* --- both signs ----------------------------------------------------------- */

static bool may_open(const struct sides *sides)
{
	if (unicode_is_gap(sides->after))
		return false;
	if (!ends_clause(sides->after))
		return true;
	/* 注意**：请携带** as a text program writes it */
	return sides->length > 1 && !unicode_is_latin(sides->before) &&
	       !unicode_is_opening(sides->before);
}

static bool may_close(const struct sides *sides)
{
	return !unicode_is_gap(sides->before) &&
	       !unicode_is_opening(sides->before);
}

static enum markdown_flank star(const struct sides *sides)
{
	enum markdown_flank wanted;

	if (is_hidden_count(sides))
		return MARKDOWN_FLANK_NONE;
	if (unicode_is_gap(sides->before) || unicode_is_gap(sides->after))
		return MARKDOWN_FLANK_NATIVE;
	if (sides->length == 1 && (is_product(sides) || is_spoken_of(sides)))
		return MARKDOWN_FLANK_NONE;
	if (is_hidden_name(sides) || is_hidden_number(sides))
		return MARKDOWN_FLANK_NONE;
	if (!is_cjk_beside(sides, true) && !is_cjk_beside(sides, false))
		return MARKDOWN_FLANK_NATIVE;
	wanted = flank_from(may_open(sides), may_close(sides));
	return wanted == native_star(sides) ? MARKDOWN_FLANK_NATIVE : wanted;
}

/* 附件_《条例》_终稿.docx: the end of the word is the end of a file's name. */
static bool is_in_file_name(const struct sides *sides)
{
	str rest = str_from(sides->run->line, sides->run->end);
	size_t dot = STR_NONE;
	size_t at = 0;

	while (at < rest.len && at < FILE_NAME_BYTES) {
		size_t start = at;
		uint32_t code_point = unicode_next(rest, &at);

		if (code_point == '.')
			dot = start;
		else if (unicode_is_gap(code_point) ||
			 unicode_is_among(code_point, "，。；、！？：）"))
			break;
		else if (!unicode_is_latin(code_point))
			dot = STR_NONE;
	}
	return dot != STR_NONE;
}

/*
 * __（一）__范围: the run before stands where a word begins, so that this one
 * can only be its other half. A form has a letter before its first blank:
 * 人民币__（大写）__元.
 */
static bool is_opened_at_edge(const struct sides *sides)
{
	str line = sides->run->line;
	size_t at = sides->run->start;
	size_t end;
	size_t next;
	uint32_t before;

	while (at > 0 && line.data[at - 1] != '_' &&
	       sides->run->start - at < FILE_NAME_BYTES)
		at--;
	if (at == 0 || line.data[at - 1] != '_')
		return false;
	end = next = at;
	while (at > 0 && line.data[at - 1] == '_')
		at--;
	if (end - at != sides->length || unicode_is_gap(step_on(line, &next)))
		return false;
	before = unicode_previous(line, &at);
	return unicode_is_gap(before) ||
	       unicode_is_among(before, "。；，、！？（“");
}

/*
 * Beside stars it is as strong as they: 甲_**乙**_丙.
 */
static enum markdown_flank beside_stars(const struct sides *sides)
{
	if (sides->after == '*' && unicode_is_cjk(sides->before))
		return MARKDOWN_FLANK_OPENS;
	if (sides->before == '*' && unicode_is_cjk(sides->after))
		return MARKDOWN_FLANK_CLOSES;
	return MARKDOWN_FLANK_NATIVE;
}

/*
 * Between Chinese letters "_" stays what it is to CommonMark: 2026年__月__日
 * is a form and 附件_说明 a name. It opens before a quotation mark, not before
 * a round bracket: 人民币__（大写）__元 is a form too.
 */
static enum markdown_flank low_line(const struct sides *sides)
{
	static const char opening[] = "“‘《〈「『【〔";
	static const char closing[] = "”’》〉」』】〕";
	bool edge =
		unicode_is_gap(sides->before) || unicode_is_gap(sides->after);

	if (sides->length >= BLANK_SIGNS)
		return MARKDOWN_FLANK_NONE;
	if (edge)
		return MARKDOWN_FLANK_NATIVE;
	if (sides->length == BLANK_SIGNS - 1)
		return is_cjk_beside(sides, true) || is_cjk_beside(sides, false)
			       ? MARKDOWN_FLANK_NONE
			       : MARKDOWN_FLANK_NATIVE;
	if (unicode_is_among(sides->after, opening) &&
	    unicode_is_cjk(sides->before) && !is_in_file_name(sides))
		return MARKDOWN_FLANK_OPENS;
	if (unicode_is_cjk(sides->after) && !is_in_file_name(sides) &&
	    (unicode_is_among(sides->before, closing) ||
	     (unicode_is_closing(sides->before) && is_opened_at_edge(sides))))
		return MARKDOWN_FLANK_CLOSES;
	return beside_stars(sides);
}

enum markdown_flank markdown_flank_of(const struct markdown_run *run)
{
	struct sides sides = sides_of(run);

	return run->line.data[run->start] == '*' ? star(&sides)
						 : low_line(&sides);
}
