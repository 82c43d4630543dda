/*
 * Taking over what stands elsewhere (旧站迁移): old pages, trees of other
 * generators, exports of content systems, Word files become resources below
 * one folder of content/.
 *
 * Always true: what is written is what the library reads without a mistake;
 * same input, same files; what was not taken is told with the reason. Memory
 * grows with the number of files and never with what is in them.
 */
#ifndef JIYUE_IMPORT_IMPORT_H
#define JIYUE_IMPORT_IMPORT_H

#include "import/import_map.h"
#include "import/shelf.h"

enum import_event {
	IMPORT_WRITTEN,
	IMPORT_SAME,
	IMPORT_KEPT,	 /* changed, removed or put there by somebody */
	IMPORT_LEFT_OUT, /* not taken */
	IMPORT_NOTE,	 /* taken, but for this */
	IMPORT_EVENT_COUNT
};

/*
 * `from` is what it was made from, below the old folder; `text` the path in the
 * library, or the reason. Both are valid during the call.
 */
typedef void import_tell(void *context, enum import_event event, str from,
			 str text);

struct import {
	const char *from;
	str folder;  /* "content/szf" */
	str in;	     /* below it: "imported" */
	str base;    /* "https://old.example.cn", without a slash; or empty */
	str source;  /* of texts that name none */
	int library; /* its open root */
	const struct schema *schema;
	const struct import_map *map;
	const struct resource_type *type; /* of what has no other */
	struct moment archived;		  /* the day of archiving */
	int32_t offset;			  /* of the platform, minutes */
	import_tell *tell;
	void *context;
	struct arena *arena; /* until the end */
	struct diag_list *diags;

	/* of the import itself */
	struct shelf shelf;
	size_t counts[IMPORT_EVENT_COUNT];
};

/* False: the world failed, and a message says why. */
typedef bool import_kind(struct import *import);
MUST_USE bool import_html(struct import *import);
MUST_USE bool import_word(struct import *import);
MUST_USE bool import_markdown(struct import *import);
MUST_USE bool import_table(struct import *import); /* CSV or JSON */

#endif
