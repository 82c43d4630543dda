/*
 * Where what is imported is put: a unit's folder below content/, with
 * its manifest (_imported.csv: path, SHA-256, what it was made from), by which
 * a run can be repeated.
 *
 * Always true: nothing is written outside the folder, and nothing through a
 * symbolic link; a file appears whole or not at all; a file that somebody
 * changed, removed or put there is left as it is. What has a place keeps it in
 * later runs, whatever comes to the old site.
 */
#ifndef JIYUE_IMPORT_SHELF_H
#define JIYUE_IMPORT_SHELF_H

#include "base/diag.h"
#include "base/file_digest.h"
#include "base/map.h"
#include "system/folder.h"

#define SHELF_MANIFEST "_imported.csv"

enum { SHELF_MANIFEST_LIMIT = 512 * 1024 * 1024 };

enum shelf_result {
	SHELF_WRITTEN,
	SHELF_SAME,    /* stands there already */
	SHELF_CHANGED, /* somebody changed it: kept */
	SHELF_REMOVED, /* somebody removed it: stays away */
	SHELF_FOREIGN, /* another file has the place: kept */
	SHELF_FAILED,  /* see errno */
};

struct shelf {
	struct arena *arena;
	struct folder way;
	str folder; /* "content/szf" */
	str label;  /* before all sources: imports of one unit are several */
	struct list rows; /* struct shelf_row * */
	struct map by_source;
	struct map by_path;
	struct map names; /* of texts, to the next number (unsigned *) */
	struct sha256_maker *digests;
	str archived;	 /* the day that the manifest says, or empty */
	bool is_changed; /* the manifest is to be written */
};

/* Arena, folder and label are set; `library` is the open root folder. */
MUST_USE bool shelf_open(struct shelf *shelf, int library,
			 struct diag_list *diags);

/* The day of the first run counts, so that a later one writes the same. */
str shelf_archived(struct shelf *shelf, str today);

/* Writes the manifest when it has changed. */
MUST_USE bool shelf_finish(struct shelf *shelf, struct diag_list *diags);
void shelf_close(struct shelf *shelf);

/*
 * The path below content/ for what is made from `source`: the one it had, or
 * `wanted` and `ending`, counted on ("-2") where others have it. Of texts (.md)
 * no two have the same name, whatever folders they are in, as the name is what
 * tells the addresses of one month apart.
 */
str shelf_place(struct shelf *shelf, str source, str wanted, str ending);

/* `path` is of shelf_place for the same source. */
enum shelf_result shelf_put(struct shelf *shelf, str source, str path,
			    str bytes);

#endif
