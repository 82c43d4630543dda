/*
 * Where the addresses in old texts lead: to texts that are taken over too, to
 * pictures and documents (which are taken along when a text leads to them), out
 * into the world, or nowhere.
 *
 * Private to import/.
 */
#ifndef JIYUE_IMPORT_LINK_BOOK_H
#define JIYUE_IMPORT_LINK_BOOK_H

#include "import/making.h"
#include "import/old_tree.h"

enum taking { TAKING_UNKNOWN, TAKING_TAKEN, TAKING_LEFT_OUT };

struct link_book {
	struct import *import;
	struct old_tree *tree;
	/* by number of the file in the tree */
	uint8_t *states; /* enum taking, of files too */
	str *places;	 /* in the library */
	bool (*is_page)(str path);
	const char *const
		*endings;	  /* tried behind an address; NULL at the end */
	const char *const *roots; /* folders that are the root of the site */
};

enum address_result {
	ADDRESS_LEADS,	 /* `out` is a path relative to the text */
	ADDRESS_OUTSIDE, /* `out` is an address */
	ADDRESS_NOWHERE,
	ADDRESS_LATER, /* to a text of which nothing is known yet */
};

/* The path of an address: "https://a.cn/sub/" has "/sub". */
str link_book_base_path(str base);

void link_book_init(struct link_book *book, struct import *import,
		    struct old_tree *tree);

void link_book_note(struct link_book *book, size_t file, enum taking state,
		    str place);

/* `from` is the file that the address stands in, `place` its place of today. */
enum address_result link_book_find(str *out, struct link_book *book,
				   size_t from, str place, str address,
				   struct arena *arena);

#endif
