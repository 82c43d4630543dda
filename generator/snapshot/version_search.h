/*
 * Which earlier version of a file is the newest that is correct. Whoever asks
 * says what else reading it needs, and reads it; here are the walk, the order
 * and the bounds, and one walk serves all files that are looked for.
 *
 * A file that was not there at a commit has no version before it: what was
 * removed does not come back. Unless it is `is_elsewhere`: correct without
 * being there, or missed since it is gone.
 */
#ifndef JIYUE_SNAPSHOT_VERSION_SEARCH_H
#define JIYUE_SNAPSHOT_VERSION_SEARCH_H

#include "snapshot/version_memory.h"

enum {
	VERSION_TRY_LIMIT = 200,	       /* versions of one file */
	VERSION_BYTE_LIMIT = 64 * 1024 * 1024, /* of them all */
};

struct version_sought {
	str path; /* a file, or a folder ("themes/x/") that counts as one */
	uint32_t file;	   /* of the snapshot of today */
	void *subject;	   /* of the caller */
	bool is_elsewhere; /* a commit without it is not the first of it */
	bool is_waiting; /* it has no mistakes; others say what it waits for */
	bool is_unsettled;     /* by `take`: the caller will ask again */
	struct digest context; /* all else that the verdict depends on */

	/* the answer */
	bool is_found;
	enum version_end end;  /* why it is not */
	str commit;	       /* 40 hex digits */
	struct moment time;    /* of the commit */
	struct moment changed; /* when the file got what it had there */
	uint8_t blob_id[SNAPSHOT_ID_SIZE];

	/* of the search */
	bool is_done;
	bool is_dated;	/* `changed` is known, as far as it can be */
	bool is_due;	/* to be read of the version at hand */
	bool is_beyond; /* too many versions, or too many bytes */
	uint32_t round; /* in which it was found to differ */
	struct version_cost cost;
	struct digest key; /* of what was read last */
};

/* An older commit, with all files that the search may read. */
struct version {
	const struct snapshot *snapshot;
	struct snapshot_reader *reader;
};

struct version_search {
	const struct snapshot *snapshot;
	const char *folder; /* of a work tree; or NULL */
	int32_t offset;
	struct version_memory *memory; /* of earlier searches; or NULL */
	struct version_sought *items;  /* sorted by path */
	size_t count;

	void *context;
	/* What reading needs beside the files themselves; NULL: nothing. */
	bool (*needs)(void *context, str path);
	/* Before the first `take` of a version; NULL: nothing to do. */
	void (*begin)(void *context, const struct version *version);
	/*
	 * Equal keys: the same would be read again. Called before `take`, of
	 * the version that was begun last.
	 */
	struct digest (*key)(void *context, const struct version_sought *item,
			     const struct version *version);
	/*
	 * Whether this version is correct; then it is kept. One that lacks
	 * nothing but what the caller may still find leaves the item unsettled:
	 * its answer is not remembered, so that the next search comes to the
	 * same version.
	 */
	bool (*take)(void *context, struct version_sought *item,
		     const struct version *version);

	/*
	 * A key follows from the file's own bytes and from what `needs` names.
	 * Then only what differs from the version before is listed and judged,
	 * so the search costs what commits changed, however many files it is
	 * for. No item may be a folder or `is_elsewhere`.
	 */
	bool is_by_file;

	struct map paths;   /* struct version_sought * by path */
	struct map folders; /* those above with their "/", uint32_t *: round */
	struct version_walk *walk;
	uint32_t round;	 /* one a version */
	bool is_for_all; /* which differ in this round is not known */
};

/* For `key`: where reading needs the file's own bytes and nothing else. */
struct digest version_key_bytes(void *context,
				const struct version_sought *item,
				const struct version *version);

/* Fills the answers in. Strings live in `arena`. */
void version_search_run(struct version_search *search, struct arena *arena);

/*
 * Lets the files that were found have those bytes from now on, beside those
 * that have other ones already and are not among them; `snapshot` is that of
 * the search.
 */
void version_search_patch(struct snapshot *snapshot,
			  const struct version_search *search,
			  struct arena *arena);

/*
 * Says at the head of each file what readers see while its mistakes are not
 * mended; of those that are waiting it says nothing.
 */
void version_search_tell(const struct version_search *search,
			 struct diag_list *diags);

/* The same of those alone that have an earlier version. */
void version_search_tell_found(const struct version_search *search,
			       struct diag_list *diags);

/* Why there is none, and what may help; translated. */
const char *version_none_help(enum version_end end);

#endif
