/* The types of the program, for tests that need no platform. */
#ifndef JIYUE_TESTS_SUPPORT_SCHEMA_FIXTURE_H
#define JIYUE_TESTS_SUPPORT_SCHEMA_FIXTURE_H

#include "library/schema.h"

/* Read into the arena anew each time. */
const struct schema *schema_fixture(struct arena *arena);

/* The number of a type of the program. */
uint32_t schema_fixture_type(const char *name);

#endif
