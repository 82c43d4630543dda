/*
 * Findings are counted in one pass, a number for each site and each check of
 * the score book; scores and verdicts follow from these numbers alone.
 */
#include "report/tally.h"

#include "report/owner.h"

enum {
	/* bodies without services: 75 points are counted as 100 (MH19) */
	SERVICES_TENTHS = 250,
};

#define SERVICES_ITEM STR("办事服务")

const struct score_check *tallies_check(const struct tallies *tallies,
					size_t check)
{
	return (const struct score_check *)tallies->scores->checks.items +
	       check;
}

static const struct score_item *item_at(const struct tallies *tallies,
					size_t item)
{
	return (const struct score_item *)tallies->scores->items.items + item;
}

const struct score_item *tallies_item(const struct tallies *tallies,
				      const struct score_check *check)
{
	return item_at(tallies, check->item);
}

/* --- whose a finding is --------------------------------------------------- */

const struct site *tallies_owner(const struct tallies *tallies, str path)
{
	return finding_owner(tallies->arrangement, path, span_none()).site;
}

struct site_tally *tallies_of(const struct tallies *tallies,
			      const struct site *site)
{
	return &tallies->items[site == NULL ? tallies->cluster->count
					    : site->number];
}

/* --- counting ------------------------------------------------------------- */

static void count_finding(const struct tallies *tallies,
			  const struct report_message *message)
{
	struct site_tally *tally =
		tallies_of(tallies, tallies_owner(tallies, message->path));
	const struct score_check *check =
		score_book_find(tallies->scores, message->diag->id);

	if (message->diag->level == DIAG_WARNING)
		tally->warnings++;
	else
		tally->errors++;
	if (check != NULL)
		tally->counts[check - tallies_check(tallies, 0)]++;
}

void tallies_make(struct tallies *out, const struct page_plan *plan,
		  const struct rule_book *book, const struct report *found,
		  struct arena *arena)
{
	size_t count = plan->arrangement->cluster->count + 1;

	*out = (struct tallies){
		.arrangement = plan->arrangement,
		.cluster = plan->arrangement->cluster,
		.scores = &book->scores,
		.items = arena_array(arena, count, sizeof(struct site_tally)),
	};
	for (size_t i = 0; i < count; i++) {
		if (i < out->cluster->count)
			out->items[i].site = &out->cluster->sites[i];
		out->items[i].counts = arena_array(
			arena, book->scores.checks.count, sizeof(size_t));
	}
	for (size_t i = 0; i < found->count; i++)
		count_finding(out, &found->messages[i]);
}

/* --- what follows --------------------------------------------------------- */

size_t tally_vetoes(const struct tallies *tallies,
		    const struct site_tally *tally)
{
	size_t count = 0;

	for (size_t i = 0; i < tallies->scores->checks.count; i++)
		count += tallies_check(tallies, i)->effect == SCORE_VETO &&
			 tally->counts[i] > 0;
	return count;
}

int64_t tally_taken_off(const struct tallies *tallies,
			const struct site_tally *tally, size_t check)
{
	const struct score_check *row = tallies_check(tallies, check);

	return row->effect == SCORE_DEDUCTION
		       ? (int64_t)tally->counts[check] * row->tenths
		       : 0;
}

int64_t tally_item_taken_off(const struct tallies *tallies,
			     const struct site_tally *tally, size_t item)
{
	int64_t most = item_at(tallies, item)->tenths;
	int64_t sum = 0;

	for (size_t i = 0; i < tallies->scores->checks.count; i++) {
		const struct score_check *check = tallies_check(tallies, i);

		if (check->effect == SCORE_DEDUCTION && check->item == item)
			sum += tally_taken_off(tallies, tally, i);
	}
	return sum < most ? sum : most;
}

int64_t tally_score(const struct tallies *tallies,
		    const struct site_tally *tally)
{
	bool skips = tally->site->no_services;
	int64_t score = skips ? FULL_TENTHS - SERVICES_TENTHS : FULL_TENTHS;

	for (size_t i = 0; i < tallies->scores->items.count; i++)
		if (!skips ||
		    !str_equal(item_at(tallies, i)->name, SERVICES_ITEM))
			score -= tally_item_taken_off(tallies, tally, i);
	return skips ? score * FULL_TENTHS / (FULL_TENTHS - SERVICES_TENTHS)
		     : score;
}

/* The national table scores portals alone; others are held to its vetoes. */
str tally_verdict(const struct tallies *tallies, const struct site_tally *tally)
{
	if (tally->site->state != STATE_LIVE)
		return STR("未运行，不检查");
	if (tally_vetoes(tallies, tally) > 0)
		return STR("不合格（单项否决）");
	if (tally->site->kind == KIND_PORTAL &&
	    tally_score(tallies, tally) < PASS_TENTHS)
		return STR("参考得分低于60分");
	return STR("未触发单项否决");
}
