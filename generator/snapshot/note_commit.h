/*
 * A commit that changes no file and says something in its message: of a review.
 *
 * Always true: it has the files of the commit before it. The index and the work
 * tree are neither read nor written, so that whatever is staged stays staged
 * and is part of no such commit. The branch moves only if nobody else has moved
 * it meanwhile.
 */
#ifndef JIYUE_SNAPSHOT_NOTE_COMMIT_H
#define JIYUE_SNAPSHOT_NOTE_COMMIT_H

#include "base/arena.h"
#include "base/diag.h"

/* Who commits, as Git would say it of the same person. */
struct note_author {
	str name;
	str mail;
	const char *key; /* user.signingkey, of SSH; NULL: there is none */
};

/*
 * From GIT_AUTHOR_NAME and GIT_AUTHOR_EMAIL, else from the settings of the
 * repository, else from those of the user. False after an error when it is not
 * known who it is.
 */
MUST_USE bool note_author_find(struct note_author *out, const char *directory,
			       struct arena *arena, struct diag_list *diags);

struct note {
	const char *directory; /* of the library */
	str parent;	       /* 40 hex digits: the branch ends there */
	str message;
	const struct note_author *author;
	int64_t seconds;
	int32_t offset; /* minutes east of UTC */
	bool is_signed;
};

/* `commit` gets its 40 hex digits. */
MUST_USE bool note_commit(str *commit, const struct note *note,
			  struct arena *arena, struct diag_list *diags);

#endif
