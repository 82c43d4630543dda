/*
 * What a kind of snapshot does; private to this folder.
 *
 * A kind fills a struct snapshot with its files, one of these tables and a
 * state of its own that lives in the snapshot's arena.
 */
#ifndef JIYUE_SNAPSHOT_SNAPSHOT_OPERATIONS_H
#define JIYUE_SNAPSHOT_SNAPSHOT_OPERATIONS_H

#include "snapshot/snapshot.h"

/* One thread's way to the bytes. */
struct snapshot_reader {
	const struct snapshot *snapshot;
	struct arena arena; /* holds this struct and the handle's memory */
	void *handle;	    /* of the kind; NULL when it needs none */
	struct snapshot_reader *earlier; /* of snapshot->earlier, once needed */
};

/* What a caller wants to read. */
struct snapshot_wanted {
	size_t file;
	size_t limit;  /* bytes; a larger file is not loaded */
	bool is_early; /* it will be read again */
};

struct snapshot_operations {
	/* These four may be NULL: nothing to open, close or put in order. */
	bool (*open_reader)(struct snapshot_reader *reader,
			    struct diag_list *diags);
	void (*close_reader)(struct snapshot_reader *reader);
	void (*close)(struct snapshot *snapshot);
	void (*order)(struct snapshot_reader *reader, uint32_t *files,
		      size_t count);

	/* At most the limit, or it is reported. */
	bool (*size)(size_t *out, struct snapshot_reader *reader,
		     struct snapshot_wanted wanted, struct diag_list *diags);

	/* The slice lives in `arena` or as long as the snapshot. */
	bool (*read)(str *out, struct snapshot_reader *reader,
		     struct snapshot_wanted wanted, struct arena *arena,
		     struct diag_list *diags);
};

/* Records that a file of `size` bytes is above the limit. */
void snapshot_report_large(const struct snapshot *snapshot,
			   struct snapshot_wanted wanted, uint64_t size,
			   struct diag_list *diags);

#endif
