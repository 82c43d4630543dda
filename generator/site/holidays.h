/*
 * Working days: sites/holidays/<year>.yaml has the holidays of a year and the
 * weekends that are worked for them (调休).
 *
 *	basis: 国务院办公厅关于2026年部分节假日安排的通知
 *	confidence: C
 *	holidays:
 *	  - {name: 元旦, from: 2026-01-01, to: 2026-01-03}
 *	working_days: [2026-01-04]
 *
 * Source: rules.md 0.2: weekends are not enough. `confidence` is its mark:
 * C read in the text or in two published copies, L in one local document, U
 * not compared with the text, P our own.
 *
 * Always true once read: every day is a working day or not, of whatever year;
 * in a year without a file those of Monday to Friday are. Days of a file lie
 * in its year, or in the December before or the January behind it; where two
 * files name a day, that of the later year counts. A span of any length costs
 * the same.
 */
#ifndef JIYUE_SITE_HOLIDAYS_H
#define JIYUE_SITE_HOLIDAYS_H

#include "base/list.h"
#include "library/resource.h"
#include "site/settings.h"

#define HOLIDAYS_FOLDER "sites/holidays/"

enum {
	HOLIDAY_ROWS = 100, /* holidays of a year; worked days of it */
	HOLIDAY_DAYS = 31,  /* of one holiday */
};

/* A day that is not what its place in the week says. */
struct holiday_shift {
	int64_t day;	 /* date_day_number */
	int32_t total;	 /* working days more (or fewer) up to it */
	int16_t year;	 /* of the file */
	bool is_working; /* a weekend that is worked */
};

struct holidays {
	struct list shifts; /* struct holiday_shift: by day, none twice */
	struct list years;  /* int16_t: that have a file */
};

/* No file: weekends alone. */
void holidays_init(struct holidays *holidays);

/* "sites/holidays/2026.yaml" -> 2026; false when the name is no year's. */
MUST_USE bool holidays_path_year(int16_t *out, str path);

/*
 * Adds a file, whose path says the year. False after any mistake: then it
 * counts as a whole not, and nothing was added.
 */
MUST_USE bool holidays_read(struct holidays *holidays,
			    const struct source *source, struct arena *arena,
			    struct diag_list *diags);

/* After the last file, before anything is asked. */
void holidays_freeze(struct holidays *holidays);

bool holidays_is_working(const struct holidays *holidays, struct date day);

/*
 * Working days behind `from` up to and with `to`: what is answered on the day
 * it was asked took 0, on the next working day 1. Negative when `to` is before.
 */
int64_t holidays_between(const struct holidays *holidays, struct date from,
			 struct date to);

/*
 * How long the answer to a message took; false when there is none. When it was
 * asked and answered is seen in the platform's zone.
 */
MUST_USE bool holidays_answer(int64_t *days, const struct holidays *holidays,
			      const struct resource *resource);

/* Has the year a file? */
bool holidays_has_year(const struct holidays *holidays, int16_t year);

/* For help; ends with a row without rows. */
extern const struct setting_table holiday_settings[];

#endif
