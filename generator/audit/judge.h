/*
 * Which resources and columns there are to be judged, and which of them were
 * judged before.
 *
 * What rules find of a subject is kept with the digest of everything that they
 * are given of it; rules that depend on the day apart, with the day. While that
 * is the same, the findings are said again, and neither a rule nor a body is
 * looked at (library/findings.h: a place in a file with other bytes, another
 * word of the platform or another language has it judged anew).
 *
 * Always true: what is said does not depend on what is kept, nor on threads.
 */
#ifndef JIYUE_AUDIT_JUDGE_H
#define JIYUE_AUDIT_JUDGE_H

#include "audit/rule.h"
#include "audit/text_twins.h"

struct judging {
	const struct page_plan *plan;
	const struct rule_book *book; /* NULL: a build */
	/* of an earlier check, between begin and commit; NULL: none is kept */
	struct store *store;
	size_t threads;
	struct arena *arena; /* for what is left of it */
	bool is_check;
	bool is_daily; /* with the rules of a daily check */

	/* what it took */
	size_t judged; /* subjects, each once a rule */
	size_t bodies; /* read for their words */

	/* of a check: one a resource with a page */
	struct sketched_texts texts;
};

/*
 * Judges all resources, columns and sites. False when the world fails, which is
 * said.
 */
MUST_USE bool judge_library(struct judging *judging, struct diag_list *diags);

#endif
