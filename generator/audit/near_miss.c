/*
 * One half of the name stands there, so the slip is in the other one. That half
 * is compared from the known one outwards: forwards behind the first half,
 * backwards before the second. The outermost character is held against another
 * one only: were it missing, what stands there is the next word.
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

/* Points of the text that stand for the half with one slip; 0: they do not. */
static size_t slip_length(const struct half *half, size_t same)
{
	uint32_t here = text_at(half, same);
	uint32_t next = text_at(half, same + 1);
	bool is_last = same + 1 == half->count;

	if (!unicode_is_ideograph(here))
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
