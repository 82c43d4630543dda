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

void asked_types_add(struct list *names, const struct catalog *catalog,
		     struct snapshot_reader *reader, struct arena *arena)
{
	struct asking asking = { .names = names,
				 .catalog = catalog,
				 .reader = reader,
				 .arena = arena };

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
	arena_release(&asking.scratch);
}
