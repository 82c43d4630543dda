/*
 * Since which commit the words that a finding is about have stood in their
 * file without a gap (article 34: problems with the date they were first seen).
 *
 * Always true: only findings that the words of a file decide have one; what
 * depends on the day, on columns or on finished pages is dated by the trend
 * (report/trend.h). One walk answers for all findings, each version of a file
 * is read once, and the walk ends when FIRST_SEEN_WORK is used up: what is not
 * dated then stays so.
 */
#ifndef JIYUE_REPORT_FIRST_SEEN_H
#define JIYUE_REPORT_FIRST_SEEN_H

#include "report/report.h"
#include "snapshot/snapshot.h"

enum { FIRST_SEEN_WORK = 1000 * 1000 }; /* files looked up */

struct first_seen {
	str commit;	    /* 40 hex digits; empty: it is not known */
	struct moment time; /* of the commit */
};

struct first_seen_sources {
	const struct snapshot *snapshot;
	const struct source_reader *reader;
	const char *folder; /* of the library */
	int32_t offset;	    /* of times */
};

/* One item a message, in its order. */
const struct first_seen *first_seen_find(const struct report *found,
					 const struct first_seen_sources *from,
					 struct arena *arena);

#endif
