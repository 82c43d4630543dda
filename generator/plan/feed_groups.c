/*
 * A group has no row in any list: its number is the digest of what it is
 * called, and which resources are of it is asked of each of a few rows.
 */
#include "plan/feed_groups.h"

#include "base/pack.h"

str feed_group_topic(str topic)
{
	str first;

	return str_split_next(&topic, '\\', &first) ? first : STR("");
}

static uint32_t key_of(const char *kind, str name)
{
	struct digest digest = { 0 };

	digest_add(&digest, str_from_c(kind));
	digest_add(&digest, name);
	return (uint32_t)digest.low;
}

uint32_t feed_group_topic_key(str topic)
{
	return key_of("topic", feed_group_topic(topic));
}

uint32_t feed_group_audience_key(str audience)
{
	return key_of("audience", audience);
}

static void add_group(struct list *groups, uint32_t key, str name,
		      struct arena *arena)
{
	struct feed_group *items = groups->items;
	struct feed_group *group;

	for (size_t i = 0; i < groups->count; i++)
		if (items[i].key == key)
			return;
	group = list_add(groups, arena);
	group->key = key;
	group->name = arena_copy(arena, name);
}

void feed_groups_find(struct list *out, const struct column *column,
		      const struct catalog *catalog, struct arena *arena)
{
	size_t count = facet_row_count(column);

	list_init(out, sizeof(struct feed_group));
	if (!snapshot_trusts(catalog->snapshot, column->list.live,
			     count * sizeof(uint32_t)))
		return;
	for (size_t i = 0; i < count; i++) {
		uint32_t number = column->list.live[i];
		str topic, audience, name;

		if (!catalog_has(catalog, number))
			continue;
		topic = feed_group_topic(
			catalog_text(catalog, number, RESOURCE_TOPIC));
		if (topic.len > 0)
			add_group(out, feed_group_topic_key(topic), topic,
				  arena);
		audience = catalog_text(catalog, number, RESOURCE_AUDIENCE);
		while (unpack_text(&name, &audience))
			add_group(out, feed_group_audience_key(name), name,
				  arena);
	}
}

bool feed_group_has(const struct catalog *catalog, uint32_t number,
		    uint32_t key)
{
	str topic = catalog_text(catalog, number, RESOURCE_TOPIC);
	str audience = catalog_text(catalog, number, RESOURCE_AUDIENCE);
	str name;

	if (topic.len > 0 && feed_group_topic_key(topic) == key)
		return true;
	while (unpack_text(&name, &audience))
		if (feed_group_audience_key(name) == key)
			return true;
	return false;
}

str feed_group_path(const struct column *column, uint32_t key,
		    struct arena *arena)
{
	return arena_printf(arena, "%.*s/group-%08x.xml", STR_ARG(column->path),
			    key);
}
