/*
 * Slips of typing: signs, doubled words, dates that no calendar has (rules.md
 * R-TXT-04 to R-TXT-08, R-TXT-11). All of it is decided in one line of the text
 * at a time, as its writer typed it.
 */
#include "audit/rule.h"
#include "audit/traditional.h"
#include "base/unicode.h"

rule_function rule_punctuation_slip, rule_word_doubled, rule_character_form,
	rule_date_impossible, rule_weekday_wrong, rule_figure_slip,
	rule_title_long;

/* The next line of the text, as its writer typed it. */
static bool next_line(struct text_points *out, const struct rule_input *input,
		      size_t *next)
{
	const struct text_points *typed = &rule_scanned(input)->typed;
	struct text_line line;

	if (!text_points_next(&line, typed, next))
		return false;
	*out = (struct text_points){ typed->text, typed->points + line.start,
				     typed->places + line.start,
				     line.end - line.start };
	return true;
}

static str part(const struct text_points *line, size_t start, size_t end)
{
	return text_points_slice(line, start,
				 end < line->count ? end : line->count);
}

static struct span place_of(const struct rule_input *input,
			    const struct text_points *line, size_t start,
			    size_t end)
{
	return rule_place(input, part(line, start, end));
}

/* --- signs ---------------------------------------------------------------- */

/* A half-width sign between two Chinese characters. */
static bool is_narrow(const struct text_points *line, size_t i)
{
	uint32_t point = text_points_at(line, i);

	return (point == ',' || point == ';' || point == ':' || point == '?' ||
		point == '!') &&
	       i > 0 && unicode_is_ideograph(text_points_at(line, i - 1)) &&
	       unicode_is_ideograph(text_points_at(line, i + 1));
}

/* 、。，；： twice, or two of them: exclamations and dots may be doubled. */
static bool is_stop(uint32_t point)
{
	return point == 0x3001 || point == 0x3002 || point == 0xff0c ||
	       point == 0xff1b || point == 0xff1a;
}

static const struct {
	uint32_t open, close, narrow_open, narrow_close;
} brackets[] = {
	{ 0x300a, 0x300b, 0, 0 },     /* 《》 */
	{ 0xff08, 0xff09, '(', ')' }, /* （） */
	{ 0x3010, 0x3011, 0, 0 },     /* 【】 */
	{ 0x3014, 0x3015, 0, 0 },     /* 〔〕 */
};

/* "1）" and "一）" number entries of a list: no bracket opens before them. */
static bool is_number_sign(const struct text_points *line, size_t i)
{
	return i <= 3 || unicode_is_digit(text_points_at(line, i - 1)) ||
	       unicode_is_among(text_points_at(line, i - 1),
				"一二三四五六七八九十①②③④⑤");
}

/* The place of a bracket that has no other one, or SIZE_MAX. */
static size_t lonely_bracket(const struct text_points *line, size_t kind)
{
	size_t open = SIZE_MAX;
	size_t depth = 0;

	for (size_t i = 0; i < line->count; i++) {
		uint32_t point = line->points[i];

		if (point == brackets[kind].open ||
		    (point != 0 && point == brackets[kind].narrow_open)) {
			open = depth++ == 0 ? i : open;
		} else if (point == brackets[kind].close ||
			   (point != 0 &&
			    point == brackets[kind].narrow_close)) {
			if (depth > 0)
				depth--;
			else if (!is_number_sign(line, i))
				return i;
		}
	}
	return depth > 0 ? open : SIZE_MAX;
}

static void say_sign(const struct rule_input *input, struct finding_log *log,
		     const struct text_points *line, size_t i, const char *help)
{
	size_t start = i > 0 ? i - 1 : 0;

	diag_help(log->diags,
		  finding_add(log, place_of(input, line, start, i + 2),
			      _("a sign is not as it should be: “%.*s”"),
			      STR_ARG(part(line, start, i + 2))),
		  "%s", help);
}

static void judge_signs(const struct rule_input *input, struct finding_log *log,
			const struct text_points *line)
{
	for (size_t i = 0; i < line->count; i++) {
		if (is_narrow(line, i)) {
			say_sign(input, log, line, i,
				 _("between Chinese characters signs are wide "
				   "ones: ，；：？！"));
			break;
		}
		if (is_stop(line->points[i]) &&
		    is_stop(text_points_at(line, i + 1))) {
			say_sign(input, log, line, i,
				 _("one of the two signs is too many"));
			break;
		}
	}
	for (size_t kind = 0; kind < COUNT_OF(brackets); kind++) {
		size_t lonely = lonely_bracket(line, kind);

		if (lonely != SIZE_MAX)
			say_sign(input, log, line, lonely,
				 _("a bracket has no other one in its "
				   "paragraph"));
	}
}

void rule_punctuation_slip(const struct rule_input *input,
			   struct finding_log *log)
{
	struct text_points line;
	size_t next = 0;

	while (next_line(&line, input, &next))
		judge_signs(input, log, &line);
}

/* --- doubled words -------------------------------------------------------- */

/* Small words that no sentence has twice, but for these. */
static const char *const small_words[] = { "的", "了", "是", "在", "和",
					   "与", "及", "将", "被", "把" };
static const char *const doubled[] = { "进行", "开展", "加强", "推进",
				       "关于", "以及", "通知", "为了",
				       "工作", "公告", "组织", "实施" };
static const char *const rightly_doubled[] = {
	"目的的", "的的确确", "了了解",	  "不了了之", "是是非非", "除了了",
	"的的士", "为了了",   "了了然",	  "实在在",   "存在在",	  "在在校",
	"在在建", "和和气气", "和和美美", "和和睦睦", "是是否",	  "工作工作"
};

static bool is_right_doubled(const struct text_points *line, size_t i)
{
	for (size_t k = 0; k < COUNT_OF(rightly_doubled); k++)
		for (size_t back = 0; back <= 2 && back <= i; back++)
			if (text_points_has(line, i - back,
					    str_from_c(rightly_doubled[k])))
				return true;
	return false;
}

/* Characters of what stands here twice; 0: nothing does. */
static size_t doubled_at(const struct text_points *line, size_t i)
{
	if (!unicode_is_ideograph(line->points[i]))
		return 0;
	if (text_points_at(line, i) == text_points_at(line, i + 1))
		for (size_t k = 0; k < COUNT_OF(small_words); k++)
			if (text_points_has(line, i,
					    str_from_c(small_words[k])))
				return is_right_doubled(line, i) ? 0 : 1;
	if (text_points_at(line, i) == text_points_at(line, i + 2) &&
	    text_points_at(line, i + 1) == text_points_at(line, i + 3))
		for (size_t k = 0; k < COUNT_OF(doubled); k++)
			if (text_points_has(line, i, str_from_c(doubled[k])))
				return is_right_doubled(line, i) ? 0 : 2;
	return 0;
}

void rule_word_doubled(const struct rule_input *input, struct finding_log *log)
{
	struct text_points line;
	size_t next = 0;

	while (next_line(&line, input, &next))
		for (size_t i = 0; i + 1 < line.count; i++) {
			size_t length = doubled_at(&line, i);

			if (length == 0)
				continue;
			diag_help(log->diags,
				  finding_add(log,
					      place_of(input, &line, i,
						       i + 2 * length),
					      _("a word stands here twice: "
						"“%.*s”"),
					      STR_ARG(part(&line, i,
							   i + 2 * length))),
				  "%s", _("take one of them out"));
			break;
		}
}

/* --- characters ----------------------------------------------------------- */

static bool is_broken_sign(uint32_t point)
{
	return point == 0xfffd || (point >= 0xe000 && point <= 0xf8ff);
}

void rule_character_form(const struct rule_input *input,
			 struct finding_log *log)
{
	struct text_points line;
	size_t next = 0;
	bool is_chinese = input->resource->lang.len == 0 ||
			  str_equal_c(input->resource->lang, "zh-CN");

	while (next_line(&line, input, &next))
		for (size_t i = 0; i < line.count; i++) {
			bool is_broken = is_broken_sign(line.points[i]);

			if (!is_broken &&
			    !(is_chinese && traditional_has(line.points[i])))
				continue;
			diag_help(log->diags,
				  finding_add(
					  log, place_of(input, &line, i, i + 1),
					  is_broken
						  ? _("a sign that no font "
						      "shows: “%.*s”")
						  : _("a traditional character "
						      "in a simplified text: "
						      "“%.*s”"),
					  STR_ARG(part(&line, i, i + 1))),
				  "%s",
				  is_broken ? _("type the character that was "
						"meant")
					    : _("write the simplified one; a "
						"text in traditional ones has "
						"“lang: zh-Hant”"));
			return;
		}
}

/* --- dates ---------------------------------------------------------------- */

/* Digits that end before `end`; false when there are none or too many. */
static bool number_before(int *out, size_t *start,
			  const struct text_points *line, size_t end,
			  size_t most)
{
	*start = end;
	while (*start > 0 && unicode_is_digit(line->points[*start - 1]))
		(*start)--;
	*out = 0;
	if (*start == end || end - *start > most)
		return false;
	for (size_t i = *start; i < end; i++)
		*out = *out * 10 + (int)(line->points[i] - '0');
	return true;
}

struct written_date {
	int year; /* 0: none is written */
	int month;
	int day;
	size_t start;
	size_t end;
};

/* "2024年2月30日", found at "日". */
static bool date_at(struct written_date *out, const struct text_points *line,
		    size_t end)
{
	size_t day, month, year;

	*out = (struct written_date){ .end = end + 1 };
	if (line->points[end] != 0x65e5 ||
	    !number_before(&out->day, &day, line, end, 2) || day == 0 ||
	    line->points[day - 1] != 0x6708 ||
	    !number_before(&out->month, &month, line, day - 1, 2))
		return false;
	out->start = month;
	if (month > 0 && line->points[month - 1] == 0x5e74 &&
	    number_before(&out->year, &year, line, month - 1, 4) &&
	    month - 1 - year == 4)
		out->start = year;
	else
		out->year = 0;
	return true;
}

static bool is_day(const struct written_date *date, struct date *out,
		   struct arena *arena)
{
	struct buf text;

	buf_init(&text, arena);
	buf_add_number(&text, date->year == 0 ? 2024 : (uint64_t)date->year, 4);
	buf_add_byte(&text, '-');
	buf_add_number(&text, (uint64_t)date->month, 2);
	buf_add_byte(&text, '-');
	buf_add_number(&text, (uint64_t)date->day, 2);
	return date_parse(out, buf_str(&text));
}

/* Years that dates know; the calendar of a history book is its own. */
static bool has_known_year(const struct written_date *date)
{
	return date->year == 0 || date->year >= 1900;
}

void rule_date_impossible(const struct rule_input *input,
			  struct finding_log *log)
{
	struct written_date date;
	struct date day;
	struct text_points line;
	size_t next = 0;

	while (next_line(&line, input, &next))
		for (size_t i = 0; i < line.count; i++) {
			if (!date_at(&date, &line, i) ||
			    !has_known_year(&date) ||
			    is_day(&date, &day, input->arena))
				continue;
			diag_help(log->diags,
				  finding_add(log,
					      place_of(input, &line, date.start,
						       date.end),
					      _("there is no day “%.*s”"),
					      STR_ARG(part(&line, date.start,
							   date.end))),
				  "%s", _("write the day that was meant"));
		}
}

/* 0 for Monday; -1: it says none. */
static int weekday_at(const struct text_points *line, size_t i)
{
	static const char *const days[] = { "一", "二", "三", "四",
					    "五", "六", "日", "天" };
	static const char *const weeks[] = { "星期", "周", "礼拜" };

	i += text_points_at(line, i) == 0xff08 ||
	     text_points_at(line, i) == '(' || text_points_at(line, i) == ' ';
	for (size_t k = 0; k < COUNT_OF(weeks); k++)
		for (size_t day = 0; day < COUNT_OF(days); day++) {
			size_t length = unicode_count(str_from_c(weeks[k]));

			if (text_points_has(line, i, str_from_c(weeks[k])) &&
			    text_points_has(line, i + length,
					    str_from_c(days[day])))
				return day == 7 ? 6 : (int)day;
		}
	return -1;
}

void rule_weekday_wrong(const struct rule_input *input, struct finding_log *log)
{
	static const char *const names[] = { "一", "二", "三", "四",
					     "五", "六", "日" };
	struct written_date date;
	struct date day;
	struct text_points line;
	size_t next = 0;

	while (next_line(&line, input, &next))
		for (size_t i = 0; i < line.count; i++) {
			int said;
			int right;

			if (!date_at(&date, &line, i) || date.year < 1900 ||
			    !is_day(&date, &day, input->arena))
				continue;
			said = weekday_at(&line, date.end);
			/* 1970-01-01 was a Thursday */
			right = (int)((date_day_number(day) % 7 + 7 + 3) % 7);
			if (said < 0 || said == right)
				continue;
			diag_help(log->diags,
				  finding_add(log,
					      place_of(input, &line, date.start,
						       date.end),
					      _("“%.*s” is another day of the "
						"week"),
					      STR_ARG(part(&line, date.start,
							   date.end))),
				  _("it is 星期%s; correct the date or the "
				    "day"),
				  names[right]);
		}
}

/* --- figures -------------------------------------------------------------- */

/* `counts` where a digit follows: "增长——" only makes a pause. */
static const struct {
	const char *text;
	bool counts;
} figure_slips[] = {
	{ "万%", false },   { "亿%", false },	{ "万元%", false },
	{ "亿元%", false }, { "%%", false },	{ "百分之%", false },
	{ "增长-", true },  { "增长－", true }, { "下降-", true },
	{ "下降－", true },
};

/* Where it is wrong, or STR_NONE. */
static size_t find_slip(str text, size_t number)
{
	str slip = str_from_c(figure_slips[number].text);
	size_t start = 0;

	for (;;) {
		size_t found = str_find(str_from(text, start), slip);
		size_t behind = start + found + slip.len;

		if (found == STR_NONE)
			return STR_NONE;
		if (!figure_slips[number].counts ||
		    (behind < text.len &&
		     unicode_is_digit((unsigned char)text.data[behind])))
			return start + found;
		start = behind;
	}
}

void rule_figure_slip(const struct rule_input *input, struct finding_log *log)
{
	struct text_points line;
	size_t next = 0;

	while (next_line(&line, input, &next))
		for (size_t i = 0; i < COUNT_OF(figure_slips); i++) {
			str slip = str_from_c(figure_slips[i].text);

			if (find_slip(part(&line, 0, line.count), i) ==
			    STR_NONE)
				continue;
			diag_help(
				log->diags,
				finding_add(log,
					    input->text->find(
						    input->text->context, slip),
					    _("no figure is written like "
					      "this: “%s”"),
					    figure_slips[i].text),
				"%s",
				_("a fall is “下降3.2个百分点”, and a unit "
				  "stands once"));
		}
}

void rule_title_long(const struct rule_input *input, struct finding_log *log)
{
	size_t count = unicode_count(input->resource->title);
	uint32_t most = rule_book_limit(input->book, LIMIT_TITLE_CHARACTERS);

	if (count <= most)
		return;
	diag_help(log->diags,
		  finding_add(log, input->resource->title_span,
			      _("the title has %zu characters"), count),
		  _("lists show at most %u; what is more belongs into the "
		    "subtitle"),
		  most);
}
