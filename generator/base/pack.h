/*
 * Values as bytes, for records that only this program on this machine reads
 * again: as they stand in memory, texts with their length before them.
 */
#ifndef JIYUE_BASE_PACK_H
#define JIYUE_BASE_PACK_H

#include <string.h>

#include "base/buf.h"

void pack_bytes(struct buf *out, const void *bytes, size_t size);
void pack_text(struct buf *out, str text);

/* Each takes its value off the front of `*rest`; false when it is too short. */
MUST_USE bool unpack_text(str *out, str *rest); /* a slice of `*rest` */

/* Here, so that a size that is known at the call costs one move. */
MUST_USE static inline bool unpack_bytes(void *out, size_t size, str *rest)
{
	if (rest->len < size)
		return false;
	memcpy(out, rest->data, size);
	rest->data += size;
	rest->len -= size;
	return true;
}

#endif
