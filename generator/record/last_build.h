/*
 * What the last build was made from, when it was whole and met no mistake: the
 * same again gives the same bytes, so that nothing need be made. When it had
 * nothing to say either, nothing need even be read.
 */
#ifndef JIYUE_RECORD_LAST_BUILD_H
#define JIYUE_RECORD_LAST_BUILD_H

#include "cache/store.h"
#include "snapshot/snapshot.h"

struct last_build {
	char revision[40];   /* of a work tree HEAD's, or zeros */
	uint64_t place;	     /* digest: which library, dates of what */
	uint64_t names;	     /* digest: what was said of a work tree's files */
	uint64_t settings;   /* digest: what was said of settings */
	uint64_t as_of_text; /* digest of --as-of; 0: there was none */
	int64_t as_of;	     /* seconds */
	int64_t next; /* when time alone changes something; INT64_MAX: never */
	uint64_t pages;
	uint64_t sites;
	uint64_t findings; /* how much was said; none of it is an error */
};

/* What a build is asked for. */
struct build_request {
	const char *library;	/* folder */
	const char *revision;	/* NULL: HEAD */
	const char *as_of_text; /* NULL: `as_of` is the clock's */
	struct moment as_of;
	bool front_matter_dates;
	bool worktree; /* the files as they stand, and HEAD's dates */
	bool drafts;   /* with it: what is not published yet is shown */
};

/* What was said of no single file or page; a group of library/findings.h. */
#define FINDINGS_REST STR("rest")
#define FINDINGS_FILES STR("files")

/* False when the last build was not such a one, or nothing is known of it. */
MUST_USE bool last_build_read(struct last_build *out,
			      const struct store *store);

/*
 * What a build of now is made from: revision, place and as_of_text. Of a work
 * tree it is asked before the files are listed.
 */
MUST_USE bool last_build_resolve(struct last_build *out,
				 const struct build_request *request,
				 struct arena *arena, struct diag_list *diags);

/* A branch may have moved on since that; a work tree has none of its own. */
void last_build_set_revision(struct last_build *last,
			     const struct snapshot *snapshot);

/* Whether nothing that the last one depends on can have changed till now. */
bool last_build_is_current(const struct last_build *last,
			   const struct last_build *now,
			   const struct build_request *request);

/* Between store_begin and store_commit: in the first, and in the last. */
MUST_USE bool last_build_forget(struct store *store, struct diag_list *diags);
MUST_USE bool last_build_write(struct store *store,
			       const struct last_build *last,
			       struct diag_list *diags);

#endif
