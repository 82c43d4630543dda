/*
 * The texts of a tree, one after the other, in two rounds: a text that leads to
 * one of which nothing is known yet waits for the second round; then
 * everything is known. What a text is and how it is made is the kind's.
 *
 * Private to import/.
 */
#ifndef JIYUE_IMPORT_TREE_IMPORT_H
#define JIYUE_IMPORT_TREE_IMPORT_H

#include "import/charset.h"
#include "import/link_book.h"

struct tree_import;

struct tree_import_kind {
	bool (*is_page)(str path);
	const char *const *endings; /* of struct link_book */
	const char *const *roots;
	void (*find)(void *context, str expression, struct list *values);
	const struct making_usual *usual;
	/* False: it waits for others; not asked in the second round. */
	bool (*make)(void *context, struct tree_import *tree,
		     struct import_making *making, size_t file, bool is_second);
	void *context;
};

struct tree_import {
	const struct tree_import_kind *kind;
	struct import *import;
	struct old_tree tree;
	struct link_book book;
	struct charset_reader charsets;
	struct arena scratch; /* of one text */
	bool *waits;
};

/* False with a failure, and nothing to close, when it cannot be read. */
MUST_USE bool tree_import_open(struct tree_import *out,
			       const struct tree_import_kind *kind,
			       struct import *import);

void tree_import_take(struct tree_import *tree);

/* False when the world failed meanwhile. */
MUST_USE bool tree_import_close(struct tree_import *tree);

/*
 * The text of a file, decoded. False, and it is said, when it is left out.
 * `is_page` as charset_decode has it.
 */
MUST_USE bool tree_import_read(struct decoded *out, struct tree_import *tree,
			       struct import_making *making, size_t file,
			       bool is_page);

#endif
