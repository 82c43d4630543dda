/*
 * The schema: all types of resources of a library, those in the program
 * (library/types/) and those of the platform (sites/types/<type>.yaml: more
 * fields for a type of the program, or a type of its own).
 *
 * Always true once read: frozen and shared by all threads; types are sorted by
 * name. A type whose file has mistakes is there and marked as broken, so that
 * the mistake costs that type alone and is said once.
 *
 * Limits: 128 types, 200 fields a type, 64 KiB a file.
 */
#ifndef JIYUE_LIBRARY_SCHEMA_H
#define JIYUE_LIBRARY_SCHEMA_H

#include "base/builtin.h"
#include "base/diag.h"
#include "base/list.h"
#include "library/resource_type.h"
#include "library/type_file.h"
#include "snapshot/snapshot.h"

struct gone_type;

struct schema {
	const struct resource_type *types; /* sorted by name */
	size_t type_count;
	struct resource_type any;   /* every key of every type, each once: for
				       files whose type is not known */
	struct digest digest;	    /* of all files in sites/types/ */
	const char *const *layouts; /* of lists; NULL-terminated */
	size_t layout_count;
	const struct gone_type *gone; /* of the sources */
	size_t gone_count;
};

/* Layouts that no type must ask for; all others are those of types. */
#define LAYOUT_LIST "list" /* the template column, not column-list */
#define LAYOUT_PAGE "page"

/* A file of sites/types/ that is gone, as an earlier commit had it. */
struct gone_type {
	str name;	      /* of the type */
	struct source source; /* whose number is that of no file */
	str blob;	      /* its id */
	str commit;	      /* 40 hex digits */
	struct moment time;   /* of the commit */
};

struct schema_sources {
	const struct type_file *builtin; /* builtin_type_files */
	const struct snapshot *snapshot; /* NULL: no platform */
	struct snapshot_reader *reader;
	const uint32_t *left_out; /* files that count as not there */
	size_t left_out_count;
	const struct gone_type *gone; /* that count as if they were there */
	size_t gone_count;
	struct list *unknown; /* str: gets what a type is like and is not
				 there; or NULL */
};

/*
 * The types' files of the program, as the Makefile has them read by
 * compile_types.c: without a mistake, or there is no program. Ends with a row
 * without name.
 */
extern const struct type_file builtin_type_files[];

/* Reads such files; false after a mistake. Their numbers: see below. */
MUST_USE bool schema_read_builtin(struct type_file **out,
				  const struct builtin_file *files,
				  struct arena *arena, struct diag_list *diags);

/*
 * Makes the types of the program and reads those of the platform. False only
 * when there is no schema: the files in the program are wrong, or lack a field
 * that the program needs.
 */
MUST_USE bool schema_read(struct schema *out,
			  const struct schema_sources *sources,
			  struct arena *arena, struct diag_list *diags);

/* May a type be called so? */
bool schema_is_type_name(str name);

/* The type of that name, or NULL. */
const struct resource_type *schema_find(const struct schema *schema, str name);

/* The type of that number; a number that no type has gives the first. */
const struct resource_type *schema_type(const struct schema *schema,
					uint32_t number);

/* The names of all types, for proposals; in the arena. */
const str *schema_names(const struct schema *schema, struct arena *arena);

/*
 * The text of a type's file in the program, whose source numbers begin at
 * SOURCE_TYPES; for printing messages.
 */
#define SOURCE_TYPES UINT32_C(0xc0000000)
MUST_USE bool schema_builtin_source(struct source *out, uint32_t number,
				    struct arena *arena);

#endif
