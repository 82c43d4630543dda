/*
 * Files that call the program: the hook of a repository, units of systemd,
 * pipelines of CI, a container. Their text is part of the program, so that it
 * has the commands and options of this version; the paths are the caller's.
 */
#ifndef JIYUE_HOSTING_RECIPES_H
#define JIYUE_HOSTING_RECIPES_H

#include "base/buf.h"

/* Paths from / on, without blanks and quotes. */
struct recipe_paths {
	const char *library;
	const char *out;
	const char *to;
};

struct recipe {
	const char *name; /* as it is asked for */
	bool has_paths;	  /* it is about folders of one machine */
	const char *text; /* @LIBRARY@, @OUT@ and @TO@ stand for paths */
};

extern const struct recipe recipes[];
extern const size_t recipe_count;

void recipe_write(struct buf *out, const struct recipe *recipe,
		  const struct recipe_paths *paths);

#endif
