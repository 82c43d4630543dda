/*
 * The addresses in one Markdown file, changed where they stand: links and
 * pictures of the body, and values of the front matter.
 *
 * Always true: nothing but addresses changes, and of them only those that were
 * meant: what comes out is read again and has to have the links that it should
 * have. Or the file is refused, with the place.
 */
#ifndef JIYUE_EDITOR_RELINK_H
#define JIYUE_EDITOR_RELINK_H

#include "base/diag.h"

struct relink {
	struct source source; /* as the snapshot reads it */
	str bytes;	      /* as it is written on the disk */
	void *context;
	/*
	 * The path, decoded and without what stands behind "#", as it should be
	 * from now on; false: it stays.
	 */
	bool (*change)(void *context, str path, str *out, struct arena *arena);
};

/* The bytes as they should be: those of the file when nothing changes. */
MUST_USE bool relink_file(str *out, const struct relink *relink,
			  struct arena *arena, struct diag_list *diags);

/*
 * The file with one more field, or one more value of a field that has several:
 * `aliases: [/a.html]`. False when its front matter cannot be read, or has the
 * field in a form that cannot take one more.
 */
MUST_USE bool relink_add_field(str *out, const struct source *source, str bytes,
			       str key, str value, bool is_list,
			       struct arena *arena, struct diag_list *diags);

#endif
