/*
 * The server of the preview: the sites of an output folder, each at
 * http://<id>.localhost:<port>/, on 127.0.0.1 and ::1, or at an address that
 * is chosen; and beside what they are now, what they are on another day.
 *
 * Always true: it reads output folders and writes nothing; names that begin
 * with "." are not shown; a request with another host in it gets nothing, so
 * that no page on the net can read a library through its reader's browser (DNS
 * rebinding), unless it has the token that was asked for. GET and HEAD only;
 * requests, connections and their time are limited. Open pages are told when a
 * newer build is shown (server-sent events).
 *
 * At an address that is not this computer's, `<id>.<name>` is a site under any
 * name that leads there; at the bare address sites are told apart by ?site=,
 * which the browser remembers in a cookie.
 */
#ifndef JIYUE_PREVIEW_PREVIEW_H
#define JIYUE_PREVIEW_PREVIEW_H

#include "base/diag.h"
#include "preview/notes.h"
#include "preview/rewrite.h"

enum { PREVIEW_DAY = 11 }; /* "2026-05-01" and its end */

struct preview;

struct preview_options {
	uint16_t port;	     /* 0: any that is free */
	const char *address; /* NULL: 127.0.0.1 and ::1 */
	const char *token;   /* NULL: none is asked for */
	int asked;	     /* an eventfd: somebody wants another day */
};

/* Is it one that only this computer can reach? False: it is no address. */
MUST_USE bool preview_read_address(bool *is_loopback, const char *address);

/* What a build gave; all of it but the folder is in `arena`. */
struct preview_build {
	struct arena arena; /* the server takes it over */
	const struct preview_site
		*sites; /* the portal first; none: as before */
	size_t count;
	int root;  /* the output folder, which stays the caller's; -1: none */
	str as_of; /* the day; empty: today */
	struct preview_notes notes;
};

/* NULL after a message. Nothing is shown before the first preview_show. */
struct preview *preview_start(const struct preview_options *options,
			      struct diag_list *diags);
void preview_stop(struct preview *preview);

uint16_t preview_port(const struct preview *preview);

/*
 * A build of today makes that of another day an old one, which is not shown.
 */
void preview_show(struct preview *preview, struct preview_build *build);

/* The day that was asked for last; false: none since the last call. */
bool preview_wanted(struct preview *preview, char day[PREVIEW_DAY]);

/* Now and then: what is over, or takes too long, is given up. */
void preview_tick(struct preview *preview);

#endif
