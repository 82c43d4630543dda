/* Which program a record belongs to. */
#ifndef JIYUE_RECORD_VERSION_H
#define JIYUE_RECORD_VERSION_H

#include "base/digest.h"

/*
 * Of the format of the record and of the program: a record of another build of
 * it is not used.
 */
struct digest record_version(void);

#endif
