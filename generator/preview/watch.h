/*
 * Waits until files of a library change (inotify), or the process is asked to
 * end. Where the system has no more watches, files are looked at again and
 * again instead: the caller is told that something may have changed.
 */
#ifndef JIYUE_PREVIEW_WATCH_H
#define JIYUE_PREVIEW_WATCH_H

#include "base/diag.h"

enum watch_event {
	WATCH_CHANGED, /* and it has been quiet for a moment since */
	WATCH_TICK,    /* a few seconds went by */
	WATCH_ASKED,   /* somebody wrote into `asked` */
	WATCH_END,     /* SIGINT or SIGTERM came */
};

struct watch {
	const char *folder; /* the library; borrowed */
	int changes;	    /* of inotify; -1: every tick is a change */
	int root;	    /* its watch of `folder` itself */
	int signals;	    /* of signalfd */
	int asked;	    /* an eventfd, for other threads */
};

/*
 * Before any thread is started: SIGINT and SIGTERM come here from now on.
 * False after a message.
 */
MUST_USE bool watch_open(struct watch *out, const char *folder,
			 struct diag_list *diags);
void watch_close(struct watch *watch);

enum watch_event watch_wait(struct watch *watch);

#endif
