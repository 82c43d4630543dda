#include "markup/svg_uses.h"

struct svg_part {
	size_t elements;      /* in it, without what they use */
	struct list targets;  /* str: ids that are used in it */
	struct list children; /* struct svg_part * */
	uint64_t drawn;	      /* 0: not counted yet */
	bool is_counting;     /* it uses itself: it is never drawn */
};

static struct svg_part *innermost(const struct svg_uses *uses)
{
	struct svg_part **open = uses->parts.items;

	return open[uses->parts.count - 1];
}

static struct svg_part *new_part(struct svg_uses *uses)
{
	struct svg_part *part = arena_alloc(uses->arena, sizeof(*part));

	list_init(&part->targets, sizeof(str));
	list_init(&part->children, sizeof(part));
	return part;
}

void svg_uses_init(struct svg_uses *uses, struct arena *arena)
{
	*uses = (struct svg_uses){ .arena = arena };
	map_init(&uses->ids, arena);
	list_init(&uses->parts, sizeof(struct svg_part *));
	uses->root = new_part(uses);
	*(struct svg_part **)list_add(&uses->parts, arena) = uses->root;
}

/* An element without an id belongs to the part it stands in. */
void svg_uses_open(struct svg_uses *uses, str id, str target)
{
	struct svg_part *part = innermost(uses);

	if (id.len > 0) {
		struct svg_part *inner = new_part(uses);

		*(struct svg_part **)list_add(&part->children, uses->arena) =
			inner;
		map_add(&uses->ids, arena_copy(uses->arena, id), inner);
		part = inner;
	}
	part->elements++;
	if (target.len > 0)
		*(str *)list_add(&part->targets, uses->arena) =
			arena_copy(uses->arena, target);
	*(struct svg_part **)list_add(&uses->parts, uses->arena) = part;
}

void svg_uses_close(struct svg_uses *uses)
{
	uses->parts.count--;
}

/* Above the limit it need not be exact. */
static uint64_t count(struct svg_uses *uses, struct svg_part *part,
		      size_t depth)
{
	struct svg_part **children = part->children.items;
	const str *targets = part->targets.items;
	uint64_t drawn = part->elements;

	if (part->drawn > 0 || part->is_counting)
		return part->drawn;
	if (depth > SVG_USES_DEEP)
		return SVG_USES_DRAWN + 1;
	part->is_counting = true;
	for (size_t i = 0; i < part->children.count; i++)
		drawn += count(uses, children[i], depth);
	for (size_t i = 0; i < part->targets.count; i++) {
		struct svg_part *used = map_get(&uses->ids, targets[i]);

		if (used != NULL)
			drawn += count(uses, used, depth + 1);
		if (drawn > SVG_USES_DRAWN)
			break;
	}
	part->is_counting = false;
	part->drawn = drawn > SVG_USES_DRAWN ? SVG_USES_DRAWN + 1 : drawn;
	return part->drawn;
}

bool svg_uses_fit(struct svg_uses *uses)
{
	return uses->root->targets.count == 0 && uses->ids.count == 0
		       ? true
		       : count(uses, uses->root, 0) <= SVG_USES_DRAWN;
}
