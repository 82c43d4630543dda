/*
 * What topics collect: for each keyword that a section of a topic names, the
 * newest resources that have it. What an archived topic collected on its last
 * day stays.
 *
 * Always true: no more of a keyword is kept than a section shows, so that a new
 * resource is seen by those topics alone that show it, and costs what its own
 * keywords cost.
 */
#ifndef JIYUE_PLAN_TOPICS_H
#define JIYUE_PLAN_TOPICS_H

#include "site/arrange.h"

/* One more is kept than is shown: a topic that has the keyword leaves itself
 * out. */
enum { SECTION_ITEMS_LIMIT = 8, SECTION_ITEMS_KEPT = 9 };

struct topics {
	const struct arrangement *arrangement;
	const str
		*keywords; /* sorted, each once; with a day for archived ones */
	size_t count;
	const uint32_t *starts; /* one more than keywords; of `items` */
	const uint32_t *items;	/* resource numbers, newest first */
	size_t item_count;
	size_t looked_at; /* resources, while it was made */
};

void topics_make(struct topics *out, const struct arrangement *arrangement,
		 struct arena *arena);

/*
 * The newest with the keyword, without the topic itself: at most
 * SECTION_ITEMS_LIMIT.
 */
size_t topics_items(const struct topics *topics, str keyword, uint32_t topic,
		    uint32_t *out);

#endif
