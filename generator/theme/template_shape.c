#include "theme/template_tree.h"

enum { SHAPE_FIELD_LIMIT = UINT16_MAX - 1, SHAPE_SLOTS = 64 };

static void place(struct template_set *set, struct shape_index index)
{
	size_t mask = set->shape_slots - 1;
	size_t at = ((uintptr_t)index.shape >> 4) & mask;

	while (set->shapes[at].shape != NULL)
		at = (at + 1) & mask;
	set->shapes[at] = index;
}

static void grow(struct template_set *set)
{
	struct shape_index *old = set->shapes;
	size_t old_slots = set->shape_slots;

	set->shape_slots = old_slots == 0 ? SHAPE_SLOTS : old_slots * 2;
	set->shapes =
		arena_array(set->arena, set->shape_slots, sizeof(*set->shapes));
	for (size_t i = 0; i < old_slots; i++)
		if (old[i].shape != NULL)
			place(set, old[i]);
}

static void index_shape(struct template_set *set, const struct shape *shape)
{
	struct shape_index index = {
		.shape = shape,
		.field_of = arena_array(set->arena, set->names.count + 1,
					sizeof(*index.field_of)),
	};

	for (size_t i = shape->count; i-- > 0;) {
		const struct name *name =
			map_get(&set->names, str_from_c(shape->fields[i].name));

		if (name != NULL)
			index.field_of[name->id] = (uint16_t)(i + 1);
	}
	if ((set->shape_count + 1) * 2 > set->shape_slots)
		grow(set);
	place(set, index);
	set->shape_count++;
}

/* A shape may hold itself (a menu in a menu), so the walk keeps a list. */
void template_add_shape(struct template_set *set, const struct shape *shape)
{
	struct list waiting;

	list_init(&waiting, sizeof(shape));
	*(const struct shape **)list_add(&waiting, set->arena) = shape;
	for (size_t i = 0; i < waiting.count; i++) {
		shape = ((const struct shape **)waiting.items)[i];
		if (shape == NULL || shape->count > SHAPE_FIELD_LIMIT ||
		    template_shape(set, shape) != NULL)
			continue;
		index_shape(set, shape);
		for (size_t j = 0; j < shape->count; j++)
			if (shape->fields[j].of != NULL)
				*(const struct shape **)list_add(&waiting,
								 set->arena) =
					shape->fields[j].of;
	}
}
