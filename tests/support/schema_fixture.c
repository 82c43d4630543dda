#include "support/schema_fixture.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

const struct schema *schema_fixture(struct arena *arena)
{
	const struct schema_sources sources = { .builtin = builtin_type_files };
	struct schema *schema = arena_alloc(arena, sizeof(*schema));
	struct diag_list diags;

	diag_list_init(&diags, arena);
	assert_true(schema_read(schema, &sources, arena, &diags));
	assert_int_equal(diags.items.count, 0);
	return schema;
}

uint32_t schema_fixture_type(const char *name)
{
	const struct resource_type *type;
	struct arena arena;
	uint32_t number;

	arena_init(&arena);
	type = schema_find(schema_fixture(&arena), str_from_c(name));
	assert_non_null(type);
	number = type->number;
	arena_release(&arena);
	return number;
}
