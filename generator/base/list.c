#include "base/list.h"

#include <assert.h>
#include <string.h>

void list_init(struct list *list, size_t item_size)
{
	*list = (struct list){ .item_size = item_size };
}

void list_reserve(struct list *list, size_t count, struct arena *arena)
{
	void *items;

	assert(list->item_size > 0);
	if (count <= list->capacity)
		return;
	/* list_add empties each item when it gives it out */
	items = arena_raw_array(arena, count, list->item_size);
	if (list->count > 0)
		memcpy(items, list->items, list->count * list->item_size);
	list->items = items;
	list->capacity = count;
}

void *list_add(struct list *list, struct arena *arena)
{
	char *item;

	if (list->count == list->capacity)
		list_reserve(list, list->capacity == 0 ? 8 : list->capacity * 2,
			     arena);
	item = (char *)list->items + list->count++ * list->item_size;
	/* it may have been another before the list was made shorter */
	return memset(item, 0, list->item_size);
}
