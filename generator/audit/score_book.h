/*
 * How an inspection counts findings: sites/rules/scores.yaml laid over what the
 * program knows (audit/defaults/scores.yaml).
 *
 *	items:
 *	  办事服务: {points: "25", mark: C}
 *	checks:
 *	  R-HOME-01: {effect: veto}
 *	  R-SVC-14: {effect: deduction, item: 办事服务, points: "2", mark: L}
 *	  R-INT-17: {effect: bonus, item: 互动交流, at_least: 6, mark: L}
 *
 * Always true once read: each check is one of the catalogue, no two rows are of
 * one check, and the item of a deduction or bonus is there. Points are in
 *tenths.
 */
#ifndef JIYUE_AUDIT_SCORE_BOOK_H
#define JIYUE_AUDIT_SCORE_BOOK_H

#include "audit/catalogue.h"
#include "base/list.h"
#include "site/settings.h"

enum score_effect {
	SCORE_VETO,
	SCORE_DEDUCTION,
	SCORE_NOTHING,
	SCORE_BONUS,
};

struct score_item {
	str name;
	uint32_t tenths; /* at most that many are taken off */
	int mark;	 /* enum rule_mark */
	str source;
};

struct score_check {
	const struct catalogue_entry *entry;
	int effect;	   /* enum score_effect */
	uint32_t item;	   /* of a deduction or bonus */
	uint32_t tenths;   /* for each finding; of a bonus: 0 when unknown */
	uint32_t at_least; /* of a bonus: how many earn it */
	int mark;
	str source;
};

struct score_book {
	struct list items;  /* struct score_item */
	struct list checks; /* struct score_check */
};

void score_book_init(struct score_book *book);

/* Adds what a file says, in the place of what it says too; false: mistakes. */
MUST_USE bool score_book_add(struct score_book *book,
			     const struct yaml_node *root,
			     const struct settings_reader *reader);

/* The first check that a message of the kind counts for, or NULL. */
const struct score_check *score_book_find(const struct score_book *book,
					  const char *kind);

extern const struct setting_table score_settings[];

#endif
