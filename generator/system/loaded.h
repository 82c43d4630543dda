/*
 * What runs in this process beside the program itself: the shared libraries
 * that the loader brought, its own included, and the packages of the system
 * that they came with.
 */
#ifndef JIYUE_SYSTEM_LOADED_H
#define JIYUE_SYSTEM_LOADED_H

#include "base/arena.h"

struct loaded_library {
	const char *path; /* of the file itself, no link */
	str soname;	  /* as programs ask for it: "libcmark.so.0.30.2" */
	str package;	  /* of dpkg; empty: none that is known */
	str version;	  /* of the package; or what the file's name says */
	str architecture;
	bool is_direct; /* the program itself asks for it */
};

/* Sorted by soname, in the arena. */
struct loaded_library *loaded_libraries(size_t *count, struct arena *arena);

/* ID of /etc/os-release, such as "debian"; empty when nobody says. */
str loaded_system(struct arena *arena);

#endif
