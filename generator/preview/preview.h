/*
 * The server of the preview: the sites of an output folder, each at
 * http://<id>.localhost:<port>/, on 127.0.0.1 and ::1.
 *
 * Always true: it reads the output folder and writes nothing; names that begin
 * with "." are not shown; a request with another host in it gets nothing, so
 * that no page on the net can read a library through its reader's browser (DNS
 * rebinding). GET and HEAD only; requests, connections and their time are
 * limited. Open pages are told when a newer build is shown (server-sent
 * events).
 */
#ifndef JIYUE_PREVIEW_PREVIEW_H
#define JIYUE_PREVIEW_PREVIEW_H

#include "base/diag.h"
#include "preview/rewrite.h"

struct preview;

/* What a build gave; all of it is copied. */
struct preview_build {
	const struct preview_site
		*sites; /* the portal first; none: as before */
	size_t count;
	int root;  /* the output folder, which stays the caller's; -1: none */
	str panel; /* see panel.h */
};

/*
 * Starts to listen; 0 is any port that is free. NULL after a message. Nothing
 * is shown before the first preview_show.
 */
struct preview *preview_start(uint16_t port, struct diag_list *diags);
void preview_stop(struct preview *preview);

uint16_t preview_port(const struct preview *preview);

/* The number that the next build has. */
uint64_t preview_next(const struct preview *preview);

void preview_show(struct preview *preview, const struct preview_build *build);

/* Now and then: connections of pages that were closed are given up. */
void preview_tick(struct preview *preview);

#endif
