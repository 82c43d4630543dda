/*
 * One half of the name stands there, so the slip is in the other one. That half
 * is compared from the known one outwards: forwards behind the first half,
 * backwards before the second. The outermost character is held against another
 * one only: were it missing, what stands there is the next word. And that one
 * has to be one that it is mistaken for, by its sound or its form: 全面依法治市
 * is no slip of 全面依法治国, but 全面依法治囯 is.
 */
#include "audit/near_miss.h"

#include "base/unicode.h"

/* The unknown half, from the known one outwards. */
struct half {
	const struct word_entry *entry;
	const struct text_points *text;
	size_t from; /* point of the text beside the known half */
	size_t count;
	bool is_behind;
};

/* 0: the text ends here. */
static uint32_t text_at(const struct half *half, size_t i)
{
	if (half->is_behind)
		return half->from + i < half->text->count
			       ? half->text->points[half->from + i]
			       : 0;
	return i < half->from ? half->text->points[half->from - 1 - i] : 0;
}

static uint32_t name_at(const struct half *half, size_t i)
{
	return half->entry->name[half->is_behind ? half->entry->piece_count + i
						 : half->count - 1 - i];
}

/* Whether the name from `i` on stands in the text from `at` on. */
static bool is_rest(const struct half *half, size_t i, size_t at)
{
	for (; i < half->count; i++, at++)
		if (text_at(half, at) != name_at(half, i))
			return false;
	return true;
}

/* The outermost characters of names, and what is written for them. */
static const struct {
	const char *right;
	const char *wrong;
} mistaken[] = {
	{ "国", "囯图园围果过郭囤圈固" },
	{ "党", "觉挡谠当堂档尝常" },
	{ "义", "意议仪艺又叉乂益异" },
	{ "会", "回汇绘惠合令金全悔" },
	{ "军", "车均君运冢" },
	{ "队", "对兑坠从认" },
	{ "府", "俯付腐附符俘" },
	{ "院", "完员远愿垸垣皖阮缘元" },
	{ "观", "关官馆规欢冠现" },
	{ "兴", "新心星行性幸型形欣" },
	{ "化", "花划话华比代货" },
	{ "区", "曲驱去趋巨匹叵屈" },
	{ "识", "只试示式织帜时实" },
	{ "体", "休本提题替" },
	{ "想", "响象相向像箱息" },
	{ "家", "嫁佳加稼" },
	{ "中", "仲忠钟种重巾申冲" },
	{ "全", "金权泉余会拳" },
	{ "最", "再罪醉嘴" },
	{ "社", "设射舍涉杜祉" },
	{ "香", "乡相箱杳" },
	{ "澳", "奥噢" },
	{ "粤", "越月奥" },
	{ "新", "心兴辛薪欣" },
	{ "人", "入八仁" },
	{ "政", "正证征郑" },
};

/* A platform's own names may end in any: of those nothing is known. */
static bool is_mistaken(uint32_t right, uint32_t wrong)
{
	for (size_t i = 0; i < COUNT_OF(mistaken); i++)
		if (unicode_is_among(right, mistaken[i].right))
			return unicode_is_among(wrong, mistaken[i].wrong);
	return true;
}

/* Points of the text that stand for the half with one slip; 0: they do not. */
static size_t slip_length(const struct half *half, size_t same)
{
	uint32_t here = text_at(half, same);
	uint32_t next = text_at(half, same + 1);
	bool is_last = same + 1 == half->count;

	if (!unicode_is_ideograph(here) ||
	    (is_last && !is_mistaken(name_at(half, same), here)))
		return 0;
	if (!is_last && here == name_at(half, same + 1) &&
	    next == name_at(half, same) && is_rest(half, same + 2, same + 2))
		return half->count;
	if (is_rest(half, same + 1, same + 1))
		return half->count;
	if (!is_last && is_rest(half, same + 1, same))
		return half->count - 1;
	if (same > 0 && here == name_at(half, same - 1) &&
	    is_rest(half, same, same + 1))
		return half->count + 1;
	return 0;
}

/* Of a short name the first character makes it another name. */
static bool is_another(const struct half *half, size_t same)
{
	return !half->is_behind && half->count < 3 && same + 1 == half->count;
}

bool near_miss_find(size_t *start, size_t *end, const struct word_entry *entry,
		    const struct text_points *text)
{
	struct half half = { .entry = entry,
			     .text = text,
			     .from = entry->piece_start == 0 ? *end : *start,
			     .count = entry->name_count - entry->piece_count,
			     .is_behind = entry->piece_start == 0 };
	size_t same = 0;
	size_t length;

	while (same < half.count &&
	       text_at(&half, same) == name_at(&half, same))
		same++;
	if (same == half.count || is_another(&half, same))
		return false;
	length = slip_length(&half, same);
	if (half.is_behind)
		*end += length;
	else
		*start -= length;
	return length > 0;
}
