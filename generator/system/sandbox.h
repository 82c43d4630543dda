/*
 * From here on the process reads and writes a few named places and no others,
 * whatever happens in it: Landlock (files, TCP) and seccomp (calls to the
 * system) of Linux. Should a parser be tricked by the text it reads, it still
 * finds nothing but the library and changes nothing but the output.
 *
 * Always true: what is allowed can only become less; threads and children that
 * are started later are bound alike; files that are open stay open.
 *
 * Landlock counts from version 2 of its interface (Linux 5.19): the first did
 * not let files be moved between folders, which every build does. Versions are
 * those of https://docs.kernel.org/userspace-api/landlock.html.
 */
#ifndef JIYUE_SYSTEM_SANDBOX_H
#define JIYUE_SYSTEM_SANDBOX_H

#include <stdint.h>

#include "base/arena.h"
#include "base/list.h"

enum sandbox_right {
	SANDBOX_READ,
	SANDBOX_RUN,   /* read, and run programs that lie there */
	SANDBOX_WRITE, /* read, make, change and remove; no devices, no links
			  to run */
};

struct sandbox {
	struct arena *arena; /* borrowed */
	struct list places;  /* struct sandbox_place */
	bool serves;	     /* answers at one port of TCP */
	uint16_t port;	     /* 0: any */
	bool asks;	     /* connects to any host, and asks for its name */
};

enum sandbox_result {
	SANDBOX_ON,
	SANDBOX_MISSING, /* the kernel has none, or it is switched off */
	SANDBOX_FAILED,	 /* errno says why */
};

/* Nothing but what every process of ours needs of the system. */
void sandbox_init(struct sandbox *sandbox, struct arena *arena);

/* A file, or a folder with all below it; what is not there is left out. */
void sandbox_allow(struct sandbox *sandbox, const char *path,
		   enum sandbox_right right);

/* Can the kernel do it? */
bool sandbox_is_there(void);

/* While there is one thread. When it is missing, nothing has changed. */
enum sandbox_result sandbox_enter(const struct sandbox *sandbox);

#endif
