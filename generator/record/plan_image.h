/*
 * The plan of the last build as it lies in the record: the list of files, the
 * catalogue's order, the arrangement, the lists of columns and sites, and what
 * belongs together.
 *
 * All of it is a function of metadata, settings and date. While none of these
 * change, a build maps it and computes nothing of it again, so that a commit
 * that corrects a text costs what that text costs, in a library of any size.
 *
 * An array is not read when it is opened, so its checksum is not compared: the
 * checksums of its blocks stand beside it, and each block is compared when
 * something of it is used.
 *
 * Always true: the arrays fit together, because a build removes the head of
 * the image before it writes any of them and puts it back behind them; what is
 * read are slices of the store.
 */
#ifndef JIYUE_RECORD_PLAN_IMAGE_H
#define JIYUE_RECORD_PLAN_IMAGE_H

#include "cache/store.h"
#include "library/metadata_cache.h"
#include "plan/page_plan.h"
#include "snapshot/changes.h"

enum { PLAN_IMAGE_CHANGES = 256 }; /* files that differ from the image */

/*
 * Who leads where, backwards. A name is a digest of what bodies depend on
 * (record/references.h), so that more may be found than leads there.
 */
struct plan_edge {
	uint32_t name;
	uint32_t resource; /* whose body leads there */
};

struct plan_references {
	const uint8_t *named; /* one a resource: another's metadata names it */
	const uint64_t *aliases; /* sorted digests of old addresses */
	size_t alias_count;
	const struct plan_edge *edges; /* sorted by name, then resource */
	size_t edge_count;
};

/* When time alone changes resources, the next of each; sorted. */
struct plan_dates {
	const struct dated_change *items;
	size_t count;
};

/* The first of them, or when the first column is archived. */
int64_t plan_dates_next(const struct plan_dates *dates,
			const struct arrangement *arrangement);

/* Before anything of the image, or of what it is made from, is written. */
MUST_USE bool plan_image_forget(struct store *store, struct diag_list *diags);

/* All of it, as of this plan; between store_begin and store_commit. */
MUST_USE bool plan_image_write(struct store *store,
			       const struct page_plan *plan,
			       const struct plan_references *references,
			       const struct plan_dates *dates,
			       struct diag_list *diags);

/* The edges alone; between store_begin and store_commit. */
MUST_USE bool plan_image_write_edges(struct store *store,
				     const struct plan_edge *edges,
				     size_t count, struct diag_list *diags);

/*
 * The image of before with these files changed (struct snapshot_change), and
 * with other `rows` unless they are NULL.
 */
MUST_USE bool plan_image_update(struct store *store, const struct list *changes,
				const uint64_t *rows, struct diag_list *diags);

/*
 * The list of files, without operations; false when there is no image. What is
 * read of the image is looked at when it is read: when the trust is lost, all
 * that was made is of no use (snapshot_trusts). It must be there as long as the
 * snapshot.
 */
MUST_USE bool plan_image_list(struct snapshot *out, const struct store *store,
			      struct trust *trust, struct arena *arena);

/* The files that changed since the image was written. */
MUST_USE bool plan_image_changes(struct list *out,
				 const struct snapshot *snapshot,
				 const struct store *store,
				 struct arena *arena);

/* The arrays by name, for tests; NULL behind the last. */
const char *plan_image_array(size_t number);

/* What the image gives; the cluster's columns get their lists. */
struct plan_image {
	struct catalog *catalog;	 /* filled */
	struct arrangement *arrangement; /* filled */
	struct relations relations;
	struct topics topics;
	struct site_lists *lists; /* one a site */
	const uint64_t *rows;
	const struct file_history *history;
	struct plan_references references;
	struct plan_dates dates;
	struct metadata_index *index;
};

struct plan_image_options {
	const struct snapshot *snapshot;
	struct cluster *cluster; /* settings are those of the image */
	struct moment as_of;
	bool drafts; /* what is not published yet is shown */
	struct store *store;
};

/* `out->catalog` and `out->arrangement` are the caller's. */
MUST_USE bool plan_image_read(struct plan_image *out,
			      const struct plan_image_options *options,
			      struct arena *arena);

#endif
