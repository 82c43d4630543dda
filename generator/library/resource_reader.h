/*
 * From one Markdown file to a resource: what the catalogue does with the files
 * of today, and a search for earlier versions with those of another commit.
 */
#ifndef JIYUE_LIBRARY_RESOURCE_READER_H
#define JIYUE_LIBRARY_RESOURCE_READER_H

#include "library/catalog.h"
#include "library/front_matter.h"

struct resource_reader {
	struct catalog *catalog; /* its snapshot, schema and defaults */
	struct snapshot_reader *files;
	int32_t offset;	       /* the platform's time zone, minutes */
	struct arena *arena;   /* for what stays */
	struct arena *scratch; /* for one file */
	struct diag_list *diags;
	const struct yaml_pair *overlay; /* of a _defaults.yaml: they win */
	size_t overlay_count;
	const struct catalog *today; /* of an earlier version; or NULL */
	str *lacking; /* gets the one type that is not there today; or NULL */
};

/* A _defaults.yaml joins those of the catalogue; false: it has mistakes. */
bool resource_reader_add_defaults(const struct resource_reader *reader,
				  size_t file);

/* After the last of them: each inherits from the next one above. */
void resource_reader_link_defaults(struct catalog *catalog);

/*
 * Those of the folders above a path that were not read yet. Of an earlier
 * version one with mistakes counts as it counts today.
 */
void resource_reader_add_above(const struct resource_reader *reader, str path);

/*
 * Reads a file of the catalogue's snapshot. `number` is the source that spans
 * name. Types are those of `schema`, where they have the same names. False when
 * it has mistakes, in its front matter or in a body that gives no page.
 * Strings live in the scratch arena.
 */
MUST_USE bool resource_reader_read(struct resource *out,
				   const struct resource_reader *reader,
				   uint32_t file, uint32_t number,
				   const struct schema *schema);

/*
 * The front matter of a file of a catalogue that was read, with the file's
 * text: an earlier version that stands in for it is read as it was then, and
 * shown as today's are. False when it cannot be had.
 */
MUST_USE bool resource_reader_matter(struct front_matter *out,
				     struct source *source,
				     const struct catalog *catalog,
				     struct snapshot_reader *reader,
				     uint32_t file, struct arena *arena,
				     struct diag_list *diags);

/* The same of a file that was read before: its messages were told then. */
MUST_USE bool resource_reader_matter_again(struct front_matter *out,
					   const struct catalog *catalog,
					   struct snapshot_reader *reader,
					   uint32_t file, struct arena *arena);

/*
 * The front matter as today's types have it: a field that they lack is left
 * out. False when the type itself is not there.
 */
MUST_USE bool front_matter_translate(struct front_matter *matter,
				     const struct schema *schema,
				     struct arena *arena);

/* What a _defaults.yaml gives to the resources below it. */
void resource_reader_add_default_key(struct digest *key,
				     const struct defaults *defaults,
				     const struct snapshot *snapshot);

/*
 * The bytes of the file, of every _defaults.yaml that it inherits from and of
 * the platform's types.
 */
struct digest resource_reader_key(const struct catalog *catalog, int32_t offset,
				  uint32_t file);

#endif
