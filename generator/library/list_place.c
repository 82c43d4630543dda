#include "library/list_place.h"

#include "library/front_matter.h"

void list_place_init(struct list_place *place, const struct snapshot *snapshot)
{
	*place = (struct list_place){ .snapshot = snapshot,
				      .file = SOURCE_NONE };
	arena_init(&place->arena);
}

/* Its mistakes, if there are any, have been told. */
static void read_file(struct list_place *place, uint32_t file)
{
	struct diag_list ignored;
	struct source source;
	size_t start, end, body;

	arena_reset(&place->arena);
	diag_list_init(&ignored, &place->arena);
	place->file = file;
	place->root = (struct yaml_node){ .kind = YAML_MAPPING };
	if (place->reader == NULL)
		place->reader = snapshot_reader_open(place->snapshot, &ignored);
	if (place->reader == NULL ||
	    !snapshot_read_text(&source, place->reader, file, &place->arena,
				&ignored) ||
	    !front_matter_find(&start, &end, &body, &source, &ignored))
		return;
	(void)!yaml_parse(&place->root, &source, start, end,
			  YAML_FRONT_MATTER_LIMIT, &place->arena, &ignored);
}

/* Lists stand below the kinds of relations, too; the parser bounds depth. */
static const struct yaml_node *find_text(const struct yaml_node *node, str text)
{
	const struct yaml_node *found = NULL;

	if (node->kind == YAML_SCALAR)
		return str_equal(node->text, text) ? node : NULL;
	for (size_t i = 0; i < node->count && found == NULL; i++)
		found = find_text(node->kind == YAML_SEQUENCE
					  ? &node->items[i]
					  : &node->pairs[i].value,
				  text);
	return found;
}

struct span list_place_find(struct list_place *place, struct span list,
			    str item)
{
	if (list.source >= place->snapshot->count)
		return list;
	if (place->file != list.source)
		read_file(place, list.source);
	for (size_t i = 0; i < place->root.count; i++) {
		const struct yaml_node *node = &place->root.pairs[i].value;
		const struct yaml_node *found = node->span.start == list.start
							? find_text(node, item)
							: NULL;

		if (found != NULL)
			return found->span;
	}
	return list;
}

void list_place_release(struct list_place *place)
{
	if (place->reader != NULL)
		snapshot_reader_close(place->reader);
	arena_release(&place->arena);
}
