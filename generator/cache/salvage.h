/* What is whole in a store that somebody copied, moved or damaged. */
#ifndef JIYUE_CACHE_SALVAGE_H
#define JIYUE_CACHE_SALVAGE_H

#include <stdbool.h>

enum { STORE_KEY_SIZE = 17, STORE_CHECK_SIZE = 8 };

/* Address space, not memory and not disk. */
#define STORE_MAP_SIZE ((size_t)64 << 30)

/*
 * Copies every value of the store in the folder `from` whose checksum is right
 * into a new store in the folder `to`, which must not be there. LMDB trusts its
 * file, so a damaged one may be the death of whoever reads it: a child process
 * does. False when it died, or could not do it; then `to` is of no use.
 */
bool salvage(const char *from, const char *to);

#endif
