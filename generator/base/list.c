#include "base/list.h"

#include <assert.h>
#include <string.h>

void list_init(struct list *list, size_t item_size)
{
	*list = (struct list){ .item_size = item_size };
}

void *list_add(struct list *list, struct arena *arena)
{
	assert(list->item_size > 0);
	if (list->count == list->capacity) {
		size_t capacity = list->capacity == 0 ? 8 : list->capacity * 2;
		void *items = arena_array(arena, capacity, list->item_size);

		if (list->count > 0)
			memcpy(items, list->items,
			       list->count * list->item_size);
		list->items = items;
		list->capacity = capacity;
	}
	return (char *)list->items + list->count++ * list->item_size;
}
