/*
 * What the last build knew, on disk: named values in LMDB (memory-mapped,
 * crash-safe). Losing it costs time and nothing else.
 *
 * Always true: what store_get gives is a slice of the map and lives until
 * store_close; every value carries its own checksum, so that a damaged one is
 * not there; values of another version of the program are not there. What is
 * put is on the disk when store_commit returns. A build that ends before may
 * leave some of its values and not others, each whole: whoever needs several
 * to fit together removes one of them first, commits, and puts it last.
 */
#ifndef JIYUE_CACHE_STORE_H
#define JIYUE_CACHE_STORE_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/digest.h"
#include "cache/store_keys.h"

struct store;

/*
 * Opens or makes the store in the folder `name` below the open folder
 * `parent`. It belongs to the store alone: a damaged one is made anew, and so
 * is one that has a link, a pipe or anything but ordinary files in the places
 * of its own. NULL with a failure when the disk says no.
 */
struct store *store_open(int parent, const char *name, struct digest version,
			 struct arena *arena, struct diag_list *diags);
void store_close(struct store *store);

/* `kind` tells the users of the store apart. Empty when it is not there. */
str store_get(const struct store *store, char kind, str name);

/*
 * The same without reading all of it: the checksum is not compared. For large
 * values of which little is needed.
 */
str store_map(const struct store *store, char kind, str name);

/* Has what store_map gave its checksum? For any thread. */
bool store_is_whole(str value);

/* Whether anything of this version was there when the store was opened. */
bool store_is_new(const struct store *store);

/*
 * Whether the store is as the last build closed it. If not (after a crash or a
 * power cut, or copied) its values are whole, but files beside it may be older
 * than they say.
 */
bool store_is_intact(const struct store *store);

/* One transaction: begin, any number of put and remove, commit. */
MUST_USE bool store_begin(struct store *store, struct diag_list *diags);
MUST_USE bool store_put(struct store *store, char kind, str name, str value,
			struct diag_list *diags);
MUST_USE bool store_remove(struct store *store, char kind, str name,
			   struct diag_list *diags);
/* Nothing is not kept: an empty value is removed. */
MUST_USE bool store_keep(struct store *store, char kind, str name, str value,
			 struct diag_list *diags);
/* Records that what must be changed cannot be read; always false. */
bool store_damaged(struct diag_list *diags);
MUST_USE bool store_commit(struct store *store, struct diag_list *diags);
void store_abort(struct store *store);

#endif
