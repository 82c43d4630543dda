/*
 * The front matter of a resource as everybody would write it: fields in the
 * order of its type's table, quotes where YAML needs them and nowhere else.
 *
 * Always true: what it says stays the same, as YAML reads it (this is looked
 * at before anything is given back); every comment stands above the field that
 * it stood above; the body, a byte order mark and the ends of lines stay byte
 * for byte; formatting twice is formatting once.
 */
#ifndef JIYUE_EDITOR_FORMAT_H
#define JIYUE_EDITOR_FORMAT_H

#include "base/diag.h"
#include "library/schema.h"

struct format_file {
	struct source source; /* as the snapshot reads it */
	str bytes;	      /* as it is written on the disk */
	/* gives the fields and their order, by the file's own `type:` */
	const struct schema *schema;
	str type; /* inherited, for a file that names none; may be empty */
};

/*
 * The bytes as they should be: those of the file when there is nothing to do.
 * False after a mistake in the front matter: there is nothing to go by.
 */
MUST_USE bool format_file(str *out, const struct format_file *file,
			  struct arena *arena, struct diag_list *diags);

#endif
