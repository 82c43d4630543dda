/*
 * What a check found, counted as the score book says (rules.md E.13): for each
 * site a number for each check of the book, and what follows from them.
 *
 * Always true: a finding counts once, for the first check of the score book
 * that has it; what is taken off for one item is never more than its points.
 * Points are in tenths.
 */
#ifndef JIYUE_REPORT_TALLY_H
#define JIYUE_REPORT_TALLY_H

#include "audit/rule_book.h"
#include "plan/page_plan.h"
#include "report/report.h"

enum {
	PASS_TENTHS = 600,
	BONUS_TENTHS = 800, /* above it, what a portal does beyond counts */
	FULL_TENTHS = 1000,
};

/* What was found of one site. */
struct site_tally {
	const struct site *site; /* NULL: of none */
	size_t *counts;		 /* one a check of the score book */
	size_t errors;
	size_t warnings;
	size_t soon; /* columns that turn stale next */
};

struct tallies {
	const struct arrangement *arrangement;
	const struct cluster *cluster;
	const struct score_book *scores;
	struct site_tally *items; /* one a site, and behind them that of none */
};

void tallies_make(struct tallies *out, const struct page_plan *plan,
		  const struct rule_book *book, const struct report *found,
		  struct arena *arena);

/* Whose a finding is: by its file, or by the address of a page; or NULL. */
const struct site *tallies_owner(const struct tallies *tallies, str path);

/* That of a site; of none for NULL. */
struct site_tally *tallies_of(const struct tallies *tallies,
			      const struct site *site);

const struct score_check *tallies_check(const struct tallies *tallies,
					size_t check);
const struct score_item *tallies_item(const struct tallies *tallies,
				      const struct score_check *check);

/* Checks with a finding that is a veto. */
size_t tally_vetoes(const struct tallies *tallies,
		    const struct site_tally *tally);

/* What one check takes off before it is held against its item. */
int64_t tally_taken_off(const struct tallies *tallies,
			const struct site_tally *tally, size_t check);
int64_t tally_item_taken_off(const struct tallies *tallies,
			     const struct site_tally *tally, size_t item);
int64_t tally_score(const struct tallies *tallies,
		    const struct site_tally *tally);

/* In Chinese, as the reports have it. */
str tally_verdict(const struct tallies *tallies,
		  const struct site_tally *tally);

#endif
