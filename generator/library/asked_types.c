#include "library/asked_types.h"

#include "library/stand_in.h"
#include "library/takedown.h"

struct asking {
	struct list *names;
	const struct catalog *catalog;
	struct snapshot_reader *reader;
	struct arena *arena;
	struct arena scratch;
	struct diag_list ignored;
};

static void add_of(struct asking *asking, uint32_t file)
{
	str text, name;

	if (snapshot_read(&text, asking->reader, file, &asking->scratch,
			  &asking->ignored)) {
		name = takedown_type(text, asking->catalog->schema);
		if (name.len > 0 &&
		    schema_find(asking->catalog->schema, name) == NULL)
			*(str *)list_add(asking->names, asking->arena) =
				arena_copy(asking->arena, name);
	}
	arena_reset(&asking->scratch);
	diag_list_init(&asking->ignored, &asking->scratch);
}

/* Whatever the platform makes of mistakes. */
static bool is_only_mistake(struct span span, const struct diag_list *diags)
{
	for (size_t i = 0; i < diag_total(diags); i++) {
		struct diag_mark mark = diag_at(diags, i);

		if (mark.given != DIAG_WARNING &&
		    (mark.span.source != span.source ||
		     mark.span.start != span.start))
			return false;
	}
	return true;
}

str asked_types_lacking(const struct defaults *tried,
			const struct schema *schema,
			const struct diag_list *diags)
{
	const struct resource_type *any = &schema->any;
	const struct yaml_node *node = yaml_get(
		&tried->mapping,
		str_from_c(any->fields[any->meanings[MEANS_TYPE]].key));

	return node != NULL && node->kind == YAML_SCALAR &&
			       schema_find(schema, node->text) == NULL &&
			       is_only_mistake(node->span, diags)
		       ? node->text
		       : STR("");
}

void asked_types_note(struct catalog *catalog, str name,
		      struct version_sought *item, struct arena *arena)
{
	if (item->is_unsettled)
		return;
	item->is_unsettled = true;
	*(str *)list_add(&catalog->asked_types, arena) =
		arena_copy(arena, name);
}

void asked_types_add(struct list *names, const struct catalog *catalog,
		     struct snapshot_reader *reader, struct arena *arena)
{
	struct asking asking = { .names = names,
				 .catalog = catalog,
				 .reader = reader,
				 .arena = arena };
	const str *asked = catalog->asked_types.items;

	arena_init(&asking.scratch);
	diag_list_init(&asking.ignored, &asking.scratch);
	for (size_t i = 0; i < catalog->broken_count; i++)
		add_of(&asking, catalog->broken[i]);
	for (size_t i = 0; i < catalog->stand_in_count; i++)
		add_of(&asking, catalog->stand_ins[i].file);
	for (size_t i = 0; i < catalog->defaults.count; i++) {
		const struct defaults *defaults =
			catalog->defaults.entries[i].value;

		add_of(&asking, defaults->file);
	}
	for (size_t i = 0; i < catalog->asked_types.count; i++)
		*(str *)list_add(names, arena) = asked[i];
	arena_release(&asking.scratch);
}
