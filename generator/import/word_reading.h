/*
 * A Word file in work: what import/word_import.c (the archive, the resource)
 * and import/word_body.c (the text) share. Private to these.
 */
#ifndef JIYUE_IMPORT_WORD_READING_H
#define JIYUE_IMPORT_WORD_READING_H

#include "import/making.h"
#include "import/markdown_out.h"
#include "import/word_numbering.h"
#include "markup/zip_reader.h"

struct word_item {
	size_t mark;	/* of markdown_out_enter */
	unsigned level; /* as Word has it: some may be left out */
	unsigned items; /* before this one */
};

struct word_reading {
	struct import_making making;
	struct arena *arena;
	struct zip_reader *archive;
	struct word_numbering numbering;
	struct map relations; /* Id: const struct page_node * */
	struct map notes;     /* of word/footnotes.xml, by id: the same */
	struct list used;     /* of them: const struct page_node * */
	struct markdown_out out;
	str place;
	size_t pictures;
	/* the list in work: items that are open, each in the one before */
	struct word_item items[WORD_LEVELS];
	size_t item_count;
	str list;	/* which it is of */
	unsigned lists; /* before it, for signs that differ */
	/* of a field that is written in parts (w:fldChar) */
	str field_target;
	bool in_instruction;
	bool in_link;
	struct map told; /* what was left out, once each */
	str first_text;	 /* of the first paragraph */
};

/* False: it is not there, broken, or larger than `limit`. */
MUST_USE bool word_read_part(str *out, struct word_reading *reading,
			     const char *name, size_t limit);

/* Writes w:body, and the footnotes that it leads to behind it. */
void word_walk_body(struct word_reading *reading, const struct page_node *body);

#endif
