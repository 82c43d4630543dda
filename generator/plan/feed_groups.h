/*
 * The topics and audiences of a column's newest rows, those its page of facets
 * shows: each has a feed.
 *
 * Always true: a group is known by a number made from its kind and its words
 * alone, so that a feed keeps its address while others come and go.
 */
#ifndef JIYUE_PLAN_FEED_GROUPS_H
#define JIYUE_PLAN_FEED_GROUPS_H

#include "plan/page_plan.h"

struct feed_group {
	uint32_t key;
	str name; /* 综合政务, 自然人 */
};

/* The first of the classes of a topic: 综合政务\政务公开 is 综合政务. */
str feed_group_topic(str topic);

uint32_t feed_group_topic_key(str topic);
uint32_t feed_group_audience_key(str audience);

/* Each struct feed_group of the column once, as its newest row comes. */
void feed_groups_find(struct list *out, const struct column *column,
		      const struct catalog *catalog, struct arena *arena);

/* Is the resource of the group? */
bool feed_group_has(const struct catalog *catalog, uint32_t number,
		    uint32_t key);

/* "zc/group-3f2a9c01.xml"; in the arena. */
str feed_group_path(const struct column *column, uint32_t key,
		    struct arena *arena);

#endif
