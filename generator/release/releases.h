/*
 * A folder of releases, DIR: two trees of files, and a link that says which of
 * them is served.
 *
 *	DIR/live		-> a or b
 *	DIR/a/<domain>/…	a document root; DIR/b/ likewise
 *	DIR/.releases/lock	one process changes anything at a time
 *	DIR/.releases/list	the numbers of the releases that were live
 *	DIR/.releases/a, b	which release the tree is; while it is being
 *				changed, from which to which
 *	DIR/.releases/a-untouched, b-untouched
 *				since when nobody wrote into it
 *	DIR/.releases/<n>/	manifest, its signature, what it changed
 *	DIR/.releases/parts/	parts of manifests, by SHA-256
 *	DIR/.releases/old/	files of kept releases that stand in no tree
 *	DIR/.releases/new/	what is being made; emptied by whoever comes
 *
 * Always true: nothing outside DIR is written; no link in it is followed but
 * `live`, which leads to `a` or `b` or is refused; the tree that is live is
 * never written to.
 */
#ifndef JIYUE_RELEASE_RELEASES_H
#define JIYUE_RELEASE_RELEASES_H

#include <time.h>

#include "output/claim.h"
#include "release/manifest.h"

enum { RELEASE_TREES = 2, RELEASE_KEEP = 10, RELEASE_KEEP_LIMIT = 1000 };

/* What a tree has in it. Numbers are 0 where there is nothing. */
struct tree_state {
	uint64_t release;
	uint64_t target; /* it is being changed to this; 0: it is whole */
};

struct releases {
	struct claim claim; /* `lock` is -1 when it is only read */
	int parts;
	int old;
	int staging;
	int source; /* borrowed: an output folder with the same files, or -1 */
	struct tree_state trees[RELEASE_TREES];
	int live;		   /* the tree that is served; -1: none yet */
	struct list list;	   /* uint64_t, ascending */
	struct timespec untouched; /* see release/touched.h */
	struct file_digest_maker *maker;
	struct arena *arena;
};

enum releases_use {
	RELEASES_READ,	 /* without the lock */
	RELEASES_CHANGE, /* there must be some */
	RELEASES_MAKE,	 /* the folder is made when it is missing */
};

/* False with a failure. What an interrupted process left is put right. */
MUST_USE bool releases_open(struct releases *out, const char *directory,
			    enum releases_use use, struct arena *arena,
			    struct diag_list *diags);
void releases_close(struct releases *releases);

/* "a" or "b". */
const char *releases_tree_name(int tree);

/* Which tree `live` leads to now; -1: it is not there; -2: it is odd. */
int releases_live_tree(const struct releases *releases);

/* Is the tree noted, on the disk, as this release, or as becoming it? */
bool releases_is_tree(const struct releases *releases, int tree,
		      uint64_t number);

/* The release that is served; 0: none. */
uint64_t releases_live(const struct releases *releases);

/* Is it one that was live and is kept? */
bool releases_has(const struct releases *releases, uint64_t number);

/* Says that there is no such release (0: before the live one); false. */
bool releases_refuse(const struct releases *releases, uint64_t number,
		     struct diag_list *diags);

/* The releases that have a folder, whether they were live or not. */
MUST_USE bool releases_folders(struct list *out,
			       const struct releases *releases,
			       struct diag_list *diags);

/* A number that no release ever had here. */
uint64_t releases_next_number(const struct releases *releases);

/* A file of a release: "manifest" and the like. False with a failure. */
MUST_USE bool releases_read_file(str *out, const struct releases *releases,
				 uint64_t number, const char *name,
				 struct diag_list *diags);

/* The same; a missing one is empty. */
str releases_try_file(const struct releases *releases, uint64_t number,
		      const char *name);

MUST_USE bool releases_manifest(struct manifest *out,
				const struct releases *releases,
				uint64_t number, struct diag_list *diags);

/* The files of a part: struct manifest_file, in `arena`. */
MUST_USE bool releases_part(struct list *out, const struct releases *releases,
			    const struct manifest_part *part,
			    struct arena *arena, struct diag_list *diags);

/* Replaces a file of the state folder, and has it on the disk. */
MUST_USE bool releases_put(const struct releases *releases, int folder,
			   const char *name, str bytes,
			   struct diag_list *diags);

/* Notes what a tree is, or is becoming; on the disk when it returns. */
MUST_USE bool releases_note_tree(struct releases *releases, int tree,
				 struct tree_state state,
				 struct diag_list *diags);

/* Notes which releases there are. */
MUST_USE bool releases_note_list(struct releases *releases,
				 struct diag_list *diags);

/* A number as the name of a file. */
struct release_name {
	char text[32];
};
struct release_name releases_name(uint64_t number);

/* Everything written below DIR is on the disk when it returns. */
MUST_USE bool releases_sync(const struct releases *releases,
			    struct diag_list *diags);

/* Where an output folder has a file of a release. */
str releases_source_path(const struct releases *releases, str path);

/* Beside the document roots: what servers answer at old addresses. */
#define RELEASES_REDIRECTS STR("redirects.json")

/* Says that a release cannot be trusted any more; always false. */
bool releases_damaged(struct diag_list *diags, const char *what, str name);

#endif
