/*
 * Where in a file one text of a list, or of lists by key, of its front matter
 * stands, for messages:
 * what is kept of a resource has the place of the list alone. The file is read
 * again, so this is for whoever has found a mistake.
 */
#ifndef JIYUE_LIBRARY_LIST_PLACE_H
#define JIYUE_LIBRARY_LIST_PLACE_H

#include "markup/yaml.h"
#include "snapshot/snapshot.h"

/* Keeps the file that was asked of last. */
struct list_place {
	const struct snapshot *snapshot;
	struct snapshot_reader *reader; /* or NULL: not needed so far */
	struct arena arena;
	uint32_t file; /* SOURCE_NONE: there is none */
	struct yaml_node root;
};

void list_place_init(struct list_place *place, const struct snapshot *snapshot);

/* The place of the list itself when the item is not found in it. */
struct span list_place_find(struct list_place *place, struct span list,
			    str item);

void list_place_release(struct list_place *place);

#endif
