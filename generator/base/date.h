/*
 * Calendar dates and moments, without the C library's locale and time zone.
 *
 * A moment has the offset it is printed in: the one it was written with, until
 * front matter gives it the platform's. Years run from 1900 to 9999.
 */
#ifndef JIYUE_BASE_DATE_H
#define JIYUE_BASE_DATE_H

#include "base/buf.h"
#include "base/str.h"

enum { SECONDS_A_DAY = 24 * 60 * 60 };

struct date {
	int16_t year; /* 0: no date */
	uint8_t month;
	uint8_t day;
};

struct moment {
	int64_t seconds; /* since 1970-01-01 00:00 UTC */
	int32_t offset;	 /* minutes east of UTC */
	bool is_set;
	bool has_time; /* written with hours and minutes */
};

/* YYYY-MM-DD. False also for days that do not exist. */
MUST_USE bool date_parse(struct date *out, str text);
bool date_is_set(struct date date);
int date_compare(struct date a, struct date b);
int64_t date_day_number(struct date date); /* days since 1970-01-01 */
int64_t date_days_between(struct date from, struct date to);

/*
 * "YYYY-MM-DD", "YYYY-MM-DD HH:MM", "YYYY-MM-DD HH:MM:SS", with T for the
 * space and with Z or +HH:MM, also after a space, behind the time. Without an
 * offset the moment is in `offset` (minutes east of UTC); without a time it is
 * 00:00.
 */
MUST_USE bool moment_parse(struct moment *out, str text, int32_t offset);

/* "+08:00" and the like, in minutes. */
MUST_USE bool offset_parse(int32_t *out, str text);

struct moment moment_from_seconds(int64_t seconds, int32_t offset);
struct moment moment_from_date(struct date date, int32_t offset);
struct date moment_date(struct moment moment);

/* Whether bytes that came from elsewhere are a moment of the years above. */
bool moment_is_valid(const struct moment *moment);

/*
 * When something is over that lasts until `moment`: a day is over at its end,
 * in the moment's own zone.
 */
struct moment moment_end(struct moment moment);
int moment_compare(struct moment a, struct moment b);

/* Is it set, and not behind `as_of`? */
bool moment_has_passed(struct moment moment, struct moment as_of);

/* As feeds and JSON have it: 2026-03-02T09:00:00+08:00. */
str moment_iso(struct moment moment, struct arena *arena);

/*
 * %Y %m %d %H %M %S, %-m and %-d without leading zero, %z as +08:00, %%.
 * Returns false (and writes what it can) for anything else behind a %.
 */
bool moment_format(struct buf *out, struct moment moment, str format);

/*
 * The same in a language: %B is the name of the month, one of twelve that
 * `months` has with blanks between them.
 */
bool moment_format_in(struct buf *out, struct moment moment, str format,
		      str months);

#endif
