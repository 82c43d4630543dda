/* Which program a record belongs to. */
#ifndef JIYUE_RECORD_VERSION_H
#define JIYUE_RECORD_VERSION_H

#include "base/digest.h"

/*
 * Of the format of the record, of the program and of the libraries that are
 * loaded with it: what one of them made, another might make otherwise.
 */
struct digest record_version(void);

#endif
