/*
 * The library at one moment: read-only files by name.
 *
 * A snapshot lists the files below content/, sites/ and themes/ of a library,
 * of a Git revision, of a work tree or of memory, and reads each on demand.
 *
 * Always true: files are sorted by path (bytes), no two have the same path;
 * paths are relative to the library, NFC, valid UTF-8, with "/" between
 * names; the number of a file is its place in the list and serves as its source
 * number. A frozen snapshot is shared by all threads; each thread reads
 * through a reader of its own (libgit2 handles are not shared).
 */
#ifndef JIYUE_SNAPSHOT_SNAPSHOT_H
#define JIYUE_SNAPSHOT_SNAPSHOT_H

#include "base/arena.h"
#include "base/date.h"
#include "base/diag.h"
#include "base/list.h"
#include "base/source.h"
#include "base/trust.h"

#include <assert.h>

/* Limits that stand before every parser. */
enum {
	SNAPSHOT_TEXT_LIMIT = 8 * 1024 * 1024,	/* bytes of a text file */
	SNAPSHOT_BLOB_LIMIT = 64 * 1024 * 1024, /* bytes of any other file */
	SNAPSHOT_PATH_LIMIT = 1024,		/* bytes of a path */
	SNAPSHOT_DEPTH_LIMIT = 32,		/* names in a path */
	SNAPSHOT_ENTRY_LIMIT = 2 * 1000 * 1000, /* files and folders */
};

enum { SNAPSHOT_ID_SIZE = 20 };

/* A file's bytes are not those of the list any more. */
struct snapshot_patch {
	uint32_t file;
	uint8_t blob_id[SNAPSHOT_ID_SIZE];
	struct moment changed; /* when the file got them; or not set */
};

struct file_memory;
struct snapshot_reader;
struct snapshot_operations; /* one table a kind, private */

/*
 * A list that lies in a record may have been damaged there, and what belongs to
 * it too. Whoever reads an array asks snapshot_trusts; whoever follows a number
 * that leads nowhere says snapshot_damaged and goes on with something that is
 * there. What comes of it is thrown away.
 */
struct snapshot {
	size_t count;
	/* the list, as it can lie in a record too; see the functions below */
	const char *path_bytes; /* one path behind the other */
	size_t path_size;	/* of all */
	const uint32_t *path_ends;
	const uint8_t (*blob_ids)[SNAPSHOT_ID_SIZE];
	const struct snapshot_patch *patches; /* sorted by file */
	size_t patch_count;
	bool has_earlier; /* patches are of earlier versions; see SOURCE_EARLIER
			   */
	uint32_t source_base; /* added to the number of a file in places */
	struct trust *trust;  /* in a list from a record; NULL: it is ours */
	const struct snapshot *earlier; /* where patches of a work tree are
					   read; NULL: where all files are */
	str revision;	    /* 40 hex digits, or "worktree", or "memory" */
	struct moment time; /* of the commit; not set for others */
	const struct snapshot_operations *operations;
	void *state; /* of the kind */
};

static inline bool snapshot_trusts(const struct snapshot *snapshot,
				   const void *at, size_t size)
{
	return snapshot->trust == NULL ||
	       trust_holds(snapshot->trust, at, size);
}

/* Of a list that is ours, a number that leads nowhere is a bug. */
static inline void snapshot_damaged(const struct snapshot *snapshot)
{
	assert(snapshot->trust != NULL);
	snapshot->trust->is_lost = true;
}

str snapshot_path(const struct snapshot *snapshot, size_t file);

/* Git's object id, 20 bytes; the same for the same bytes of a file. */
str snapshot_blob(const struct snapshot *snapshot, size_t file);

/* Has the file other bytes than those of the list? */
bool snapshot_is_patched(const struct snapshot *snapshot, size_t file);

/* When a file got the bytes that it has instead; not set where it has none. */
struct moment snapshot_patched_since(const struct snapshot *snapshot,
				     size_t file);

/*
 * Prepares libgit2 for the whole process. Whoever opens a library calls both,
 * in pairs that may lie inside each other, while there is one thread. Directory
 * and revision snapshots and histories need it.
 */
MUST_USE bool snapshot_library_init(struct diag_list *diags);
void snapshot_library_shutdown(void);

/*
 * What cannot be listed (a symbolic link, a submodule, a name that is no clean
 * UTF-8, a path beyond the limits) is left out and recorded as an error whose
 * `path` and message name it; opening goes on. False means there is no
 * snapshot, and a failure says why. Files of Git's own are ignored; what
 * desktops and editors leave behind is left out with a warning.
 */

/*
 * Opens `revision` (anything git rev-parse takes; NULL for HEAD) of the
 * repository that holds `directory`, which may be bare, an ordinary work
 * tree, or a folder inside a larger repository: the library is then that
 * folder. Only objects are read, never a checkout. Strings live in `arena`.
 * A revision that is a bare tree has no time and no history.
 */
MUST_USE bool snapshot_open_revision(struct snapshot *out,
				     const char *directory,
				     const char *revision, struct arena *arena,
				     struct diag_list *diags);

/*
 * The same with a list that is known: paths, ids and count of `out` are set
 * before. Whoever calls it knows that the revision has exactly these files, or
 * asks snapshot_changes_since and sets the patches.
 */
MUST_USE bool snapshot_open_listed(struct snapshot *out, const char *directory,
				   const char *revision, struct arena *arena,
				   struct diag_list *diags);

/*
 * What snapshot_open_revision would open, without listing it: the revision's
 * 40 digits, a space and the library's folder in it. The same text means the
 * same files.
 */
MUST_USE bool snapshot_resolve(str *out, const char *directory,
			       const char *revision, struct arena *arena,
			       struct diag_list *diags);

/*
 * Which folder of its repository the library is, such as "work/city"; empty
 * for its root, and where there is no repository.
 */
str snapshot_folder(const char *directory, struct arena *arena);

/*
 * Files and folders beside the library's own that reading it opens: those of
 * its repository. Adds a `const char *` each; nothing where there is none.
 */
void snapshot_places(struct list *out, const char *directory,
		     struct arena *arena);

/*
 * Reads the files as they stand in the folder (preview). A file that is
 * changed or removed later is a failure when it is read, so that the bytes
 * always belong to the blob id. The blob id of a file above
 * SNAPSHOT_BLOB_LIMIT, which can never be read, is zero. With a `memory`
 * (snapshot/file_memory.h; or NULL) only those are read for their ids that are
 * not as they were at the last listing.
 */
MUST_USE bool snapshot_open_directory(struct snapshot *out,
				      const char *directory,
				      struct file_memory *memory,
				      struct arena *arena,
				      struct diag_list *diags);

/* For tests: files in memory, in any order. The bytes are borrowed. */
struct memory_file {
	const char *path;
	str data;
};

MUST_USE bool snapshot_open_memory(struct snapshot *out,
				   const struct memory_file *files,
				   size_t count, struct arena *arena,
				   struct diag_list *diags);

/*
 * Keeps the bytes of text files that are read in a nameless file below the
 * open folder, so that reading them again is cheap. Only a revision needs it;
 * nothing happens where it cannot be had.
 */
void snapshot_spool(struct snapshot *snapshot, int folder, struct arena *arena);

void snapshot_close(struct snapshot *snapshot);

/* One reader a thread, of memory of its own. NULL with a failure when it cannot
 * be had. */
struct snapshot_reader *snapshot_reader_open(const struct snapshot *snapshot,
					     struct diag_list *diags);
void snapshot_reader_close(struct snapshot_reader *reader);

/*
 * Puts file numbers into the order in which reading them is cheapest. A pack
 * of Git keeps most files as differences from one that lies near them.
 */
void snapshot_order(struct snapshot_reader *reader, uint32_t *files,
		    size_t count);

/* The bytes of a file, at most SNAPSHOT_BLOB_LIMIT, in the arena. */
MUST_USE bool snapshot_read(str *out, struct snapshot_reader *reader,
			    size_t file, struct arena *arena,
			    struct diag_list *diags);

/*
 * The same for what will be read again: where unpacking is dear and there is a
 * spool with room for it, it is done once.
 */
MUST_USE bool snapshot_read_early(str *out, struct snapshot_reader *reader,
				  size_t file, struct arena *arena,
				  struct diag_list *diags);

/*
 * Are these the bytes of a file, and not what Git LFS, git-annex or git-crypt
 * put in the place of one? False with an error.
 */
MUST_USE bool snapshot_is_file(size_t file, str data, struct diag_list *diags);

/* How many these are, without reading them. */
MUST_USE bool snapshot_size(size_t *out, struct snapshot_reader *reader,
			    size_t file, struct diag_list *diags);

/*
 * A text file: as snapshot_read, and then checked: at most SNAPSHOT_TEXT_LIMIT
 * bytes, UTF-8, no NUL. With a byte order mark at the head, the text starts
 * behind it. CRLF and a lone CR become LF. Spans count bytes of this text.
 */
MUST_USE bool snapshot_read_text(struct source *out,
				 struct snapshot_reader *reader, size_t file,
				 struct arena *arena, struct diag_list *diags);

/*
 * As struct source_reader wants it, with a struct snapshot_reader as the
 * context: a file that is no text has its path and an empty text. False when
 * there is no such file.
 */
bool snapshot_source_read(void *context, uint32_t number, struct source *out,
			  struct arena *arena);

/* Is it the path of a text of the library? */
bool snapshot_is_resource(str path);

/* Or has it what the texts of its folder inherit? */
bool snapshot_is_defaults(str path);

/* The file's number, or STR_NONE. Binary search. */
size_t snapshot_find(const struct snapshot *snapshot, str path);

/* Numbers [first, behind) of the files below `folder` ("content/", …). */
void snapshot_range(const struct snapshot *snapshot, str folder, size_t *first,
		    size_t *behind);

#endif
