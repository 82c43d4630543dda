/*
 * Another program, run as a child (child.h) with limits of time, bytes written
 * and processor: what it reads and prints lies in files that are open, so that
 * nothing of it has a name on the disk.
 *
 * Always true: it has no terminal that it could ask anybody at.
 */
#ifndef JIYUE_SYSTEM_PROGRAM_H
#define JIYUE_SYSTEM_PROGRAM_H

#include "base/arena.h"
#include "base/str.h"

enum { PROGRAM_TEXT_LIMIT = 64 * 1024 };

struct program {
	char *const *arguments; /* the first is its name; NULL behind */
	int input;
	int output;
};

enum program_end {
	PROGRAM_YES,	/* it ended with 0 */
	PROGRAM_NO,	/* with anything else */
	PROGRAM_FAILED, /* it is not there, or did not end in time */
};

enum program_end program_run(const struct program *program);

/* The path by which the program reads an open file of ours. */
str program_path(int file, struct arena *arena);

/* A file without a name that has these bytes; -1: see errno. */
int program_file(str bytes);

/* What was printed into it, at most PROGRAM_TEXT_LIMIT bytes. */
str program_text(int file, struct arena *arena);

#endif
