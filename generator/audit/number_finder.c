/*
 * A candidate begins where a group of digits begins. Groups are taken one after
 * the other, and at the end of each the digits so far are held against every
 * kind. Between groups stand a space or a hyphen; phone numbers may have dots
 * there, and identity numbers, whose check digit decides, whatever people
 *write:
 *
 *	138-0013-8000       3, 4 and 4 digits: as phone numbers are written
 *	6103 0318 9901 …    groups of four: as cards are, and any number is
 */
#include "audit/number_finder.h"

#include "audit/broken_number.h"
#include "audit/figure_rows.h"
#include "audit/personal_number.h"
#include "base/unicode.h"

enum { GROUPS_LIMIT = CARD_MOST };

/* What is written before numbers that are none of a person. */
static const char *const number_names[] = {
	"编号", "文号",	  "单号",   "订单",   "代码",	"序号",	  "流水号",
	"条码", "备案",	  "安备",   "批号",   "许可",	"登记号", "发票",
	"案号", "索引",	  "标识码", "信用",   "合同",	"型号",	  "保单",
	"项目", "公告",	  "设备号", "档案",   "学号",	"图号",	  "isbn",
	"icp",	"http",	  "www.",   "编码",   "票号",	"准考证", "货号",
	"工号", "证书号", "考号",   "注册号", "监管号", "单元号", "qq",
	"群号", "gb",	  NULL
};

static const char *const card_names[] = { "卡号",   "账号", "帐号",   "银行卡",
					  "账户",   "帐户", "储蓄卡", "信用卡",
					  "工资卡", "存折", "一折通", "一卡通",
					  NULL };

/* A quantity is no number of a person. */
static const char *const units[] = { "元",   "万",   "亿",   "吨",   "平方",
				     "立方", "千瓦", "公里", "千克", "公斤",
				     "美元", "字节", "米",   "%",    "册",
				     "株",   "股",   "人次", "件",   "次",
				     "个",   NULL };

/* Letters right before a phone number that name it. */
static const char *const phone_names[] = { "tel", "phone", "mobile", NULL };

/* What says that the digits behind it are to be dialled. */
static const char *const call_names[] = { "电话",  "手机",   "联系",
					  "致电",  "拨打",   "tel",
					  "phone", "mobile", NULL };

/* What stands between groups, from what anybody writes to what few do. */
enum between { BETWEEN_USUAL, BETWEEN_DOTS, BETWEEN_OTHERS };

struct number_candidate {
	const struct text_points *text;
	struct figure_rows *rows;
	size_t start;
	size_t end; /* behind the last group so far */
	uint8_t digits[GROUPS_LIMIT + 1];
	size_t count;
	uint8_t groups[GROUPS_LIMIT + 1]; /* digits of each */
	size_t group_count;
	enum between between; /* the rarest so far */
};

/* --- text ----------------------------------------------------------------- */

static bool is_small_letter(uint32_t point)
{
	return point >= 'a' && point <= 'z';
}

static bool is_before_one(const struct text_points *text, size_t point,
			  const char *const *words)
{
	point += text_points_at(text, point) == ' ';
	return text_points_has_one(text, point, words);
}

/* --- what a candidate is -------------------------------------------------- */

/* In one piece, in a few groups, or in groups of one length. */
static bool is_written_together(const struct number_candidate *candidate)
{
	enum { FEW = 6 };

	if (candidate->group_count <= FEW)
		return true;
	for (size_t i = 1; i + 1 < candidate->group_count; i++)
		if (candidate->groups[i] != candidate->groups[0])
			return false;
	return true;
}

/* With an x behind 17 digits, which becomes a part of it. */
static bool is_identity(struct number_candidate *candidate)
{
	bool has_x = candidate->count == IDENTITY_DIGITS - 1;
	size_t end = candidate->end;

	if (has_x) {
		end += text_points_at(candidate->text, end) == ' ';
		if (text_points_at(candidate->text, end++) != 'x')
			return false;
		candidate->digits[candidate->count] = 10;
	} else if (candidate->count != IDENTITY_DIGITS) {
		return false;
	}
	if (is_small_letter(text_points_at(candidate->text, end)) ||
	    unicode_is_digit(text_points_at(candidate->text, end)) ||
	    !is_written_together(candidate) ||
	    !personal_number_is_identity(candidate->digits))
		return false;
	candidate->end = end;
	return true;
}

/* A part of a code, of a fraction, or a quantity. */
static bool is_other_number(const struct number_candidate *candidate)
{
	const struct text_points *text = candidate->text;
	uint32_t before = candidate->start == 0
				  ? '\n'
				  : text_points_at(text, candidate->start - 1);
	uint32_t behind = text_points_at(text, candidate->end);

	return (is_small_letter(before) &&
		!text_points_has_before(text, candidate->start, 6,
					phone_names)) ||
	       is_small_letter(behind) || behind == '_' || before == '_' ||
	       before == '/' || before == '=' || before == 0x3015 || /* 〕 */
	       (before == '-' && candidate->start > 1 &&
		unicode_is_digit(text_points_at(text, candidate->start - 2))) ||
	       (behind == '.' &&
		unicode_is_digit(text_points_at(text, candidate->end + 1))) ||
	       is_before_one(text, candidate->end, units) ||
	       text_points_has_before(text, candidate->start, 8, number_names);
}

static bool has_groups(const struct number_candidate *candidate, size_t from,
		       const char *sizes)
{
	for (size_t i = from; i < candidate->group_count; i++, sizes++)
		if (*sizes == '\0' || candidate->groups[i] != *sizes - 'a' + 1)
			return false;
	return *sizes == '\0';
}

/*
 * Numbers of pupils in the cells of a row, 520 1480 1260 760, have no check
 * digit that would tell them from a phone number in groups.
 */
static bool is_among_figures(const struct number_candidate *candidate)
{
	const struct text_points *text = candidate->text;

	return (candidate->start > 1 &&
		text_points_at(text, candidate->start - 1) == ' ' &&
		unicode_is_digit(text_points_at(text, candidate->start - 2))) ||
	       (text_points_at(text, candidate->end) == ' ' &&
		unicode_is_digit(text_points_at(text, candidate->end + 1)));
}

/* In groups that blanks part, none of which begins with 0 as no figure does. */
static bool is_spaced(const struct number_candidate *candidate)
{
	const struct text_points *text = candidate->text;
	bool has_blank = false;

	for (size_t at = candidate->start + 1; at < candidate->end; at++) {
		if (unicode_is_digit(text->points[at - 1]))
			continue;
		if (text->points[at] == '0')
			return false;
		has_blank |= text->points[at - 1] == ' ';
	}
	return has_blank;
}

static bool is_figure(const struct number_candidate *candidate)
{
	const struct figure_asked asked = { candidate->start, candidate->end,
					    is_spaced(candidate) };

	return (candidate->group_count > 1 && is_among_figures(candidate) &&
		!figure_rows_call(candidate->rows, candidate->start)) ||
	       figure_rows_have(candidate->rows, &asked);
}

/*
 * Sizes of groups as letters: a is one digit, k eleven. Few people write a
 * phone number as 4, 4 and 3 digits, many tables have such figures.
 */
static bool has_phone_form(const struct number_candidate *candidate,
			   size_t from)
{
	static const char *const forms[] = { "k", "cdd", "ch", "gd" };

	if (candidate->between == BETWEEN_DOTS)
		return has_groups(candidate, from, "cdd");
	for (size_t i = 0; i < COUNT_OF(forms); i++)
		if (has_groups(candidate, from, forms[i]))
			return true;
	return (has_groups(candidate, from, "ddc") ||
		has_groups(candidate, from, "dcd")) &&
	       text_points_has_before(candidate->text, candidate->start, 8,
				      call_names);
}

/* Digits of the country, "86" or "0086", before a number of that length. */
static size_t country_digits(const struct number_candidate *candidate)
{
	const uint8_t *digits = candidate->digits;
	size_t count = candidate->count - PHONE_DIGITS;
	size_t zeros = count == 4 ? 2 : 0;

	if (candidate->count < PHONE_DIGITS || (count != 2 && count != 4) ||
	    (zeros > 0 && (digits[0] != 0 || digits[1] != 0)) ||
	    digits[zeros] != 8 || digits[zeros + 1] != 6)
		return 0;
	return count;
}

static bool is_phone(const struct number_candidate *candidate)
{
	size_t skip = country_digits(candidate);
	bool is_apart = skip > 0 && candidate->groups[0] == skip;
	bool is_joined = skip > 0 && candidate->group_count == 1;

	return candidate->between != BETWEEN_OTHERS &&
	       candidate->count == PHONE_DIGITS + skip &&
	       personal_number_is_phone(candidate->digits + skip) &&
	       (is_joined || has_phone_form(candidate, is_apart)) &&
	       !is_other_number(candidate) && !is_figure(candidate);
}

static bool is_card(const struct number_candidate *candidate)
{
	bool is_named;

	if (candidate->between != BETWEEN_USUAL)
		return false;
	for (size_t i = 0; i + 1 < candidate->group_count; i++)
		if (candidate->groups[i] != 4 && candidate->groups[i] != 6)
			return false;
	is_named = text_points_has_before(candidate->text, candidate->start, 12,
					  card_names);
	return personal_number_is_card(candidate->digits, candidate->count,
				       is_named) &&
	       !is_other_number(candidate);
}

/* --- candidates ----------------------------------------------------------- */

/* False when the group makes it longer than any number is. */
static bool take_group(struct number_candidate *candidate, size_t point)
{
	size_t length = 0;

	for (; unicode_is_digit(text_points_at(candidate->text, point));
	     point++, length++) {
		if (candidate->count == CARD_MOST)
			return false;
		candidate->digits[candidate->count++] =
			(uint8_t)(candidate->text->points[point] - '0');
	}
	candidate->groups[candidate->group_count++] = (uint8_t)length;
	candidate->end = point;
	return true;
}

static bool judge_candidate(struct number_hit *out,
			    struct number_candidate *candidate)
{
	if (is_identity(candidate))
		out->kind = NUMBER_IDENTITY;
	else if (is_phone(candidate))
		out->kind = NUMBER_PHONE;
	else if (is_card(candidate))
		out->kind = NUMBER_CARD;
	else
		return false;
	out->start = candidate->start;
	out->end = candidate->end;
	return true;
}

static bool is_one_of(uint32_t point, const uint32_t *points, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (points[i] == point)
			return true;
	return false;
}

/* False where no group goes on; `next` comes to its first digit. */
static bool skip_between(struct number_candidate *candidate, size_t *next)
{
	static const uint32_t dots[] = { '.', 0xb7, 0x2022, 0x30fb };
	static const uint32_t others[] = { '_', '/', '*', 0x2013, 0x2014 };
	enum { MOST = 2 };
	const struct text_points *text = candidate->text;
	enum between between = BETWEEN_USUAL;
	size_t skipped = 0;

	for (; skipped < MOST; skipped++) {
		uint32_t point = text_points_at(text, *next + skipped);

		if (is_one_of(point, others, COUNT_OF(others)))
			between = BETWEEN_OTHERS;
		else if (is_one_of(point, dots, COUNT_OF(dots)))
			between =
				between < BETWEEN_DOTS ? BETWEEN_DOTS : between;
		else if (point != ' ' && point != '-')
			break;
	}
	if (skipped == MOST)
		between = BETWEEN_OTHERS;
	*next += skipped;
	if (between > candidate->between)
		candidate->between = between;
	return skipped > 0 && unicode_is_digit(text_points_at(text, *next));
}

/* The longest number that begins here. */
static bool find_number(struct number_hit *out, struct figure_rows *rows,
			size_t start)
{
	struct number_candidate candidate = { .text = rows->text,
					      .rows = rows,
					      .start = start };
	size_t next = start;
	bool found = false;

	while (take_group(&candidate, next)) {
		struct number_candidate so_far = candidate;

		found |= judge_candidate(out, &so_far);
		next = candidate.end;
		if (!skip_between(&candidate, &next))
			break;
	}
	return found;
}

/* --- hidden digits -------------------------------------------------------- */

static bool is_mask(uint32_t point)
{
	return point == '*' || point == 'x' || point == '#' || point == 0xd7 ||
	       point == 0xb7 || point == 0x2022 || point == 0x203b ||
	       point == 0x25cf || point == 0x25cb || point == 0x25a0 ||
	       point == 0x25a1 || point == 0x2588;
}

/* 18 digits and masks, the region in the open. */
static bool find_masked(struct number_hit *out, const struct text_points *text,
			size_t start)
{
	uint8_t digits[IDENTITY_DIGITS];
	size_t count = 0;
	size_t masked = 0;

	for (; count < IDENTITY_DIGITS; count++) {
		uint32_t point = text_points_at(text, start + count);

		/* the last x is the check digit */
		if (is_mask(point) &&
		    (point != 'x' || count + 1 < IDENTITY_DIGITS))
			masked++;
		else if (!unicode_is_digit(point) && point != 'x')
			return false;
		digits[count] = (uint8_t)(point - '0');
		if (masked > 0 && count < 6)
			return false;
	}
	if (masked == 0 ||
	    unicode_is_digit(text_points_at(text, start + count)) ||
	    is_mask(text_points_at(text, start + count)) ||
	    !personal_number_has_region(digits))
		return false;
	*out = (struct number_hit){ NUMBER_WEAKLY_MASKED, start, start + count,
				    masked };
	return true;
}

static bool find_broken(struct number_hit *out, const struct text_points *text,
			size_t start)
{
	*out = (struct number_hit){ NUMBER_IDENTITY, start, start, 0 };
	return broken_number_find(&out->end, text, start);
}

void number_finder_scan(struct list *out, const struct text_points *text,
			struct arena *arena)
{
	struct figure_rows rows = { .text = text };
	size_t point = 0;

	list_init(out, sizeof(struct number_hit));
	while (point < text->count) {
		struct number_hit hit = { 0 };

		if (!unicode_is_digit(text->points[point])) {
			point++;
			continue;
		}
		if (find_number(&hit, &rows, point) ||
		    find_masked(&hit, text, point) ||
		    find_broken(&hit, text, point)) {
			*(struct number_hit *)list_add(out, arena) = hit;
			point = hit.end;
		}
		while (unicode_is_digit(text_points_at(text, point)))
			point++;
	}
}
