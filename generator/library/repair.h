/*
 * What an editor most likely meant: the right form of a date (repair_date.c), a
 * number or a 发文字号 that was written in one of the usual wrong ways, for
 * help lines.
 *
 * Always true: the answer is right in form, or empty when none can be told;
 * nothing is ever repaired silently.
 */
#ifndef JIYUE_LIBRARY_REPAIR_H
#define JIYUE_LIBRARY_REPAIR_H

#include "base/arena.h"
#include "base/date.h"
#include "base/str.h"

/* Full-width letters, digits and signs as half-width ones. */
str repair_width(str text, struct arena *arena);

/*
 * YYYY-MM-DD, of a spreadsheet's or a computer's number too, with HH:MM behind
 * it when `with_time` and one was written, in the zone `offset` (minutes east
 * of UTC), which also holds for a text that names none. Empty when any part of
 * the text is not understood, or may mean two things.
 */
str repair_date(str text, bool with_time, int32_t offset, struct arena *arena);

/* What no date has in a text that is understood otherwise. */
struct date_fault {
	enum date_fault_kind {
		DATE_FAULT_NONE, /* or the text is not understood */
		DATE_FAULT_MONTH,
		DATE_FAULT_DAY,
		DATE_FAULT_HOUR,
		DATE_FAULT_MINUTE,
		DATE_FAULT_SECOND,
		DATE_FAULT_ORDER, /* 03/05/2026: two days may be meant */
	} kind;
	int number; /* that there is not */
	int year, month, day;
	int days; /* of that month */
};

struct date_fault repair_date_fault(str text, struct arena *arena);

/* Whether the text is a 发文字号 in the form of rules.md J.3. */
bool doc_no_is_valid(str text);

str repair_doc_no(str text, struct arena *arena);

#endif
