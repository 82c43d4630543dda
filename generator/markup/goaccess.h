/*
 * How often each address was asked for, from the JSON report of GoAccess
 * (jansson): the entries of its panel `requests`.
 *
 *	{"requests": {"data": [{"hits": {"count": 31}, "data": "/jyxw/"}]}}
 *
 * Always true: texts are valid UTF-8. Limits: 32 levels, 400,000 values, so
 * that what a report takes in memory follows from its length.
 */
#ifndef JIYUE_MARKUP_GOACCESS_H
#define JIYUE_MARKUP_GOACCESS_H

#include "base/arena.h"
#include "base/str.h"

enum { GOACCESS_VALUES_LIMIT = 400000 };

/* `address` is as browsers asked for it, and valid during the call. */
typedef void goaccess_take(void *context, str address, uint64_t hits);

struct goaccess_report {
	bool has_panel;
	size_t unreadable; /* entries of it without address or number */
	str why;	   /* it cannot be read: what jansson says */
	size_t at;	   /* where, in bytes */
};

/* False: it is no such report, or one beyond the limits; see `why`. */
MUST_USE bool goaccess_read(struct goaccess_report *out, str text,
			    goaccess_take *take, void *context,
			    struct arena *arena);

#endif
