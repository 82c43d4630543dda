/*
 * A folder that is ours: its own state folder lies in it, and one process at a
 * time has the lock there. A build's output folder and a folder of releases
 * are opened with this, so that neither is taken for the other.
 *
 * Always true: a folder with other people's files is refused; a link in the
 * place of the state folder or of the lock is refused and left alone.
 */
#ifndef JIYUE_OUTPUT_CLAIM_H
#define JIYUE_OUTPUT_CLAIM_H

#include "base/diag.h"

struct claim {
	int root;  /* the folder, which may itself be reached by a link */
	int state; /* <folder>/<state> */
	int lock;  /* held until it is closed */
};

struct claim_kind {
	const char *state;  /* the name of the state folder */
	const char *option; /* that names the folder, for help */
	bool is_publish;    /* what its holder is doing, for messages */
};

/* mkdir -p; false: see errno. */
MUST_USE bool claim_make_folders(const char *directory);

/* Makes the folder when it is missing. False with a failure. */
MUST_USE bool claim_open(struct claim *out, const struct claim_kind *kind,
			 const char *directory, struct arena *arena,
			 struct diag_list *diags);
void claim_close(struct claim *claim);

/* Opens or makes a folder below an open one; a link is not followed. */
int claim_folder(int parent, const char *name);

/* Does the errno say that something odd stands in the place? */
bool claim_is_odd(int reason);

/* Says that a call failed, with what to do about it. */
struct diag *claim_fail(struct diag_list *diags, const char *what, str path);

#endif
