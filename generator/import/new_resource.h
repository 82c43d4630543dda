/*
 * A resource in the making: fields as texts that strangers wrote, checked one
 * by one against the type, and written as a file that the library can read.
 *
 * Always true of what new_resource_write gives: it was read by the library's
 * own reader without a mistake, and its body is within the limits of Markdown.
 */
#ifndef JIYUE_IMPORT_NEW_RESOURCE_H
#define JIYUE_IMPORT_NEW_RESOURCE_H

#include "base/list.h"
#include "library/front_matter.h"

struct new_resource {
	const struct schema *schema;
	const struct resource_type *type;
	struct list *values; /* str; one list a field of the type */
	str body;
	struct arena *arena;
	const str *date_formats;
	size_t date_format_count;
	int32_t offset; /* of the platform */
};

void new_resource_init(struct new_resource *out, const struct schema *schema,
		       const struct resource_type *type, struct arena *arena);

enum new_value {
	NEW_VALUE_SET,
	NEW_VALUE_EMPTY,
	NEW_VALUE_UNKNOWN, /* the type has no such field */
	NEW_VALUE_WRONG,   /* cannot be one of the field */
};

/* What is there already stays, so the first that says something counts. */
enum new_value new_resource_set(struct new_resource *resource, str key,
				const str *values, size_t count);
/* Adds to a list. */
enum new_value new_resource_add(struct new_resource *resource, str key,
				str value);

bool new_resource_has(const struct new_resource *resource, const char *key);
str new_resource_text(const struct new_resource *resource, const char *key);
void new_resource_clear(struct new_resource *resource, const char *key);

/* False: `why` says what the library would say of it. */
MUST_USE bool new_resource_write(str *out, const struct new_resource *resource,
				 str *why);

#endif
