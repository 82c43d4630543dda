/*
 * Dates as other programs and people write them: 2018年3月2日 9:05, 2018/3/2,
 * 02 Jan 2018 15:04:05 +0800, seconds since 1970, or any form that a map says.
 */
#ifndef JIYUE_IMPORT_FOREIGN_DATE_H
#define JIYUE_IMPORT_FOREIGN_DATE_H

#include "base/date.h"

/*
 * Tries the formats (%Y %m %d %H %M %S %b %y %p, %z; "*" for anything up to
 * the next sign), then the forms that nobody can take for another: the year
 * first, or a month in letters. "02/03/2018" needs a format.
 */
MUST_USE bool foreign_date(struct moment *out, str text, const str *formats,
			   size_t format_count, int32_t offset);

#endif
