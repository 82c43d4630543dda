/*
 * robots.txt of somebody else: which of its addresses a program may ask for
 * (RFC 9309). The group of our own name counts, or that of "*"; of the rules
 * that fit, the longest, and Allow before Disallow.
 *
 * Limits: the first 512 KiB of the file, as the RFC asks for at the least.
 */
#ifndef JIYUE_RELEASE_ROBOTS_RULES_H
#define JIYUE_RELEASE_ROBOTS_RULES_H

#include "base/list.h"
#include "base/str.h"

enum { ROBOTS_LIMIT = 512 * 1024 };

struct robots_rules {
	struct list rows; /* struct robots_rule; empty: all is allowed */
};

/* `name` in small letters. Rules are slices of `text`. */
void robots_rules_read(struct robots_rules *out, str text, str name,
		       struct arena *arena);

/* `path` with its query, from "/" on. */
bool robots_rules_allow(const struct robots_rules *rules, str path);

#endif
