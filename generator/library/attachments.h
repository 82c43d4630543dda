/*
 * The files below content/ that are no texts: what lies beside an index.md, or
 * in the shared files of a unit (content/<unit>/_files/), is an attachment, and
 * is published if its name and its bytes are of a kind that
 * may be (markup/file_kind.h); what lies elsewhere leads to nothing.
 *
 * Always true once checked: frozen. A file that is refused costs itself alone.
 * What an earlier build has found right is known by its blob id and its kind,
 * and is not read again; whatever there is something to say of is read again,
 * so that it is said again.
 */
#ifndef JIYUE_LIBRARY_ATTACHMENTS_H
#define JIYUE_LIBRARY_ATTACHMENTS_H

#include "base/list.h"
#include "cache/store.h"
#include "markup/file_kind.h"
#include "picture/image_size.h"
#include "snapshot/snapshot.h"

enum attachment_state {
	ATTACHMENT_NONE, /* no attachment */
	ATTACHMENT_PUBLISHED,
	ATTACHMENT_REFUSED,
};

struct attachments {
	const uint8_t *states; /* by file; NULL: none is refused */
	struct list pictures;  /* of which smaller ones may be made; by file */
	struct list fits;      /* of attachments.c: what a record keeps */
};

struct attachments_options {
	const struct snapshot *snapshot;
	struct file_allowance allowed;
	size_t threads;
	const struct store *store; /* of an earlier build, or NULL */
	/* By file: others say why it is not published; NULL: none. */
	const uint8_t *withheld;
};

/* False only when the world fails; mistakes are recorded. */
MUST_USE bool attachments_check(struct attachments *out,
				const struct attachments_options *options,
				struct arena *arena, struct diag_list *diags);

/*
 * Is it one of the shared files of a unit? `name` is its path below _files/,
 * and below /files/ of the site that owns the unit.
 */
bool attachment_is_shared(str path, str *unit, str *name);

/* Of a file beside an index.md, or a shared one; NULL: of a plan that refused
 * nothing. */
enum attachment_state attachments_state(const struct attachments *attachments,
					const struct snapshot *snapshot,
					size_t file);

/* A picture of which smaller ones may be made (picture/small_sizes.h). */
struct attachment_picture {
	uint32_t file;
	struct image_size size; /* as it is shown */
};

/* Or NULL. */
const struct attachment_picture *
attachments_picture(const struct attachments *attachments, size_t file);

/* Writes what changed; between store_begin and store_commit. */
MUST_USE bool attachments_write(const struct attachments *attachments,
				struct store *store, struct diag_list *diags);

/*
 * The bytes as they are published: a drawing (SVG) is cleaned. False when it
 * cannot be, which the check has told.
 */
MUST_USE bool attachment_bytes(str *out, str path, str bytes,
			       struct arena *arena);

#endif
