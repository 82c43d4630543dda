/*
 * The catalogue (资源目录): every resource of the library, indexed.
 *
 * Always true once read: frozen; resources are sorted by path; ids are
 * unique; by_date lists all resources newest first, ties by path. A resource
 * with mistakes is there in its newest version without (library/stand_in.h), or
 * not at all: `broken` names those files.
 */
#ifndef JIYUE_LIBRARY_CATALOG_H
#define JIYUE_LIBRARY_CATALOG_H

#include "base/map.h"
#include "library/findings.h"
#include "library/resource.h"
#include "library/schema.h"
#include "snapshot/history.h"
#include "snapshot/snapshot.h"

enum { RESOURCE_NONE = UINT32_MAX };

struct catalog {
	const struct snapshot *snapshot;
	const struct schema *schema;
	int32_t offset;	   /* the platform's time zone, minutes */
	bool is_preview;   /* files with mistakes as far as they can be read */
	const str *packed; /* by resource number: library/resource.h */
	struct metadata_index *index; /* where they are, if `packed` is NULL */
	const uint32_t *files;	      /* by resource number: of the snapshot */
	size_t count;
	const uint32_t *by_date; /* resource numbers */
	const uint32_t *ranks;	 /* by resource number: place in by_date */
	const uint8_t *types;	 /* by resource number: of the schema */
	const uint32_t *numbers; /* by file of the snapshot, or RESOURCE_NONE */
	struct map own_ids;	 /* number + 1 of those whose id is written */
	struct map defaults;	 /* struct defaults *, key: folder with slash */
	const uint32_t *broken;	 /* numbers of files with errors */
	size_t broken_count;
	const struct stand_in *stand_ins; /* library/stand_in.h; by file */
	size_t stand_in_count;
	struct list asked_types;  /* library/asked_types.h: str */
	struct findings findings; /* by path: of resources that are noted */
	const struct claim_sources *claims; /* library/claim.h; or NULL */
};

/* Is a file with this path, which is below content/, a resource? */
bool catalog_is_resource_path(str path);

struct review_gate;
struct stand_in;
struct version_memory;
struct metadata_cache;

struct catalog_options {
	struct snapshot *snapshot; /* gets the bytes of earlier versions */
	const char *folder;	   /* where a work tree has its repository */
	const struct file_history *history; /* who was there first; or NULL */
	struct version_memory *memory;	    /* of earlier versions; or NULL */
	struct digest verdicts; /* of all settings that a verdict depends on */
	const struct review_gate *gate; /* NULL: nothing is reviewed */
	const struct schema *schema;
	int32_t offset;	 /* the platform's time zone, minutes */
	bool is_preview; /* what has mistakes is shown as it is today */
	size_t threads;
	struct metadata_cache *cache; /* NULL: read everything */
	const struct findings *known; /* what was said of these; with a cache */
	struct diag_list *told; /* what is said of one file; NULL: diags */
};

/*
 * Reads and checks every .md file below content/. False only when the world
 * fails; mistakes in resources are recorded and the rest goes on. What is a
 * function of one file and what it inherits goes to `options->told`.
 */
MUST_USE bool catalog_read(struct catalog *out,
			   const struct catalog_options *options,
			   struct arena *arena, struct diag_list *diags);

/*
 * One resource's bytes as they are now, packed, with the key of what they are
 * made from: for a catalogue whose metadata comes from the record. False when
 * they have mistakes, or cannot be had; `diags` has what else is to be said.
 */
struct metadata;
MUST_USE bool catalog_read_one(struct metadata *out, struct catalog *catalog,
			       struct snapshot_reader *reader, uint32_t number,
			       struct arena *arena, struct diag_list *diags);

/*
 * The same for a resource that did not change and is read again: what it
 * inherits is there then. What is said of that was said before.
 */
void catalog_read_above(struct catalog *catalog, struct snapshot_reader *reader,
			uint32_t number, struct arena *arena);

/*
 * A _defaults.yaml that changed, and those above it. False when there is
 * anything to be said of one of them.
 */
MUST_USE bool catalog_read_defaults(struct catalog *catalog,
				    struct snapshot_reader *reader,
				    uint32_t file, struct arena *arena);

/* The resource of that number, as long as the catalogue lives. */
void catalog_get(struct resource *out, const struct catalog *catalog,
		 uint32_t number);

/*
 * One text of the resource, or packed texts: when all resources are gone
 * through for what few of them have.
 */
str catalog_text(const struct catalog *catalog, uint32_t number,
		 enum resource_text text);

/* The type of the resource of that number. */
const struct resource_type *catalog_type(const struct catalog *catalog,
					 uint32_t number);

/*
 * The resource's file, and the resource of a file or RESOURCE_NONE. Numbers of
 * a record that lead nowhere damage the snapshot (snapshot_damaged), and so
 * does every other question about them.
 */
uint32_t catalog_file(const struct catalog *catalog, uint32_t number);
uint32_t catalog_number(const struct catalog *catalog, size_t file);

static inline bool catalog_has(const struct catalog *catalog, uint32_t number)
{
	if (number < catalog->count)
		return true;
	snapshot_damaged(catalog->snapshot);
	return false;
}

/* Of an array with an item of `size` bytes a resource: is there that item? */
static inline bool catalog_has_item(const struct catalog *catalog,
				    const void *items, size_t size,
				    uint32_t number)
{
	return catalog_has(catalog, number) &&
	       snapshot_trusts(catalog->snapshot,
			       (const char *)items + number * size, size);
}

/* Numbers, or RESOURCE_NONE. */
uint32_t catalog_find_id(const struct catalog *catalog, str id);
uint32_t catalog_find_path(const struct catalog *catalog, str path);

/* The defaults that hold for a file, or NULL. */
struct defaults;
const struct defaults *catalog_defaults(const struct catalog *catalog,
					str path);

/* For qsort_r of numbers of resources: the newest first. */
int catalog_compare_newest(const void *left, const void *right, void *catalog);

#endif
