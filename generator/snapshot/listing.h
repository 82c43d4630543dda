/*
 * The list of files while a snapshot is opened: which names are allowed, in
 * which order they stand, and which collide. The same rules hold for a Git
 * tree, a folder and memory.
 *
 * Always true: what is not allowed is recorded and left out, so the walkers
 * only walk. The number of entries is limited: a small Git repository can
 * describe a tree of billions of files.
 */
#ifndef JIYUE_SNAPSHOT_LISTING_H
#define JIYUE_SNAPSHOT_LISTING_H

#include "snapshot/snapshot.h"

struct listing {
	struct arena *arena; /* of the snapshot */
	struct diag_list *diags;
	struct arena scratch; /* until listing_release */
	struct list items;    /* struct listing_item, in `scratch` */
	size_t seen;	      /* entries of any sort */
	size_t refused;	      /* messages about names, told or not */
};

/* A file or folder under examination. The root has no path and depth 0. */
struct listing_entry {
	str path;     /* NFC */
	str raw_path; /* as it was stored; the same slice when it is NFC */
	size_t depth;
};

struct listing_item {
	str path;
	uint8_t blob_id[SNAPSHOT_ID_SIZE];
	str raw_path;
	size_t tag; /* of the walker */
};

void listing_init(struct listing *listing, struct arena *arena,
		  struct diag_list *diags);
void listing_release(struct listing *listing);

/* The folders of a library at the root; nothing else there is looked at. */
bool listing_is_root_folder(str name);

/* The same; a name that is nearly one of them gets a warning. */
MUST_USE bool listing_takes_root(struct listing *listing, str name);

/* The limit was hit: the walker stops; listing_finish says why. */
bool listing_is_full(const struct listing *listing);

/*
 * The entry `name` in the folder `parent`. False when it is to be left out:
 * ignored, or not allowed and recorded.
 */
MUST_USE bool listing_enter(struct listing_entry *out, struct listing *listing,
			    const struct listing_entry *parent, str name);

/* Adds a file. The caller sets its blob id and tag. */
struct listing_item *listing_add(struct listing *listing,
				 const struct listing_entry *entry);

/* Leave out an entry that is no file and no folder. */
void listing_refuse_link(struct listing *listing,
			 const struct listing_entry *entry);
void listing_refuse_submodule(struct listing *listing,
			      const struct listing_entry *entry);
void listing_refuse_special(struct listing *listing,
			    const struct listing_entry *entry);

/*
 * Records that `directory` has neither of the folders a library needs; a sparse
 * checkout may have left them out.
 */
void listing_report_no_library(const char *directory, bool may_be_sparse,
			       struct diag_list *diags);

/*
 * Sorts the items, removes the second of two with the same path, warns of
 * names that differ in case alone, and sets the snapshot's files.
 */
MUST_USE bool listing_finish(struct snapshot *out, struct listing *listing);

#endif
