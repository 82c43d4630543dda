/* What is whole in a store that somebody copied, moved or damaged. */
#ifndef JIYUE_CACHE_SALVAGE_H
#define JIYUE_CACHE_SALVAGE_H

#include <stdbool.h>

enum { STORE_KEY_SIZE = 17, STORE_CHECK_SIZE = 8 };

/* Address space, not memory and not disk. */
#define STORE_MAP_SIZE ((size_t)16 << 30)

/*
 * LMDB knows a folder by its path: this is the one of an open folder. The
 * system must have /proc.
 */
enum { STORE_PATH_SIZE = 32 };
const char *salvage_path(char out[STORE_PATH_SIZE], int folder);

/*
 * Copies every value of the store in the folder `from` whose checksum is right
 * into a new store in the empty folder `to`. Its file must be an ordinary one.
 * LMDB trusts that file, so a damaged one may be the death of whoever reads
 * it, or lead it in a circle: a child process does, and its time is limited.
 * False when it died, or could not do it; then `to` is of no use.
 */
bool salvage(int from, int to);

#endif
