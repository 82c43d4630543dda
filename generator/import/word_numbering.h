/*
 * Numbers that Word does not write but draws: word/numbering.xml, and what
 * styles (word/styles.xml) say of it. A bullet, a number as Markdown has it
 * ("1." or "1)"), or any other label, which becomes text: “（一）”, “第三条”.
 *
 * Always true: every element is looked at once when the file is opened, and a
 * paragraph costs what it has, whatever the files are.
 *
 * Private to import/.
 */
#ifndef JIYUE_IMPORT_WORD_NUMBERING_H
#define JIYUE_IMPORT_WORD_NUMBERING_H

#include "base/map.h"
#include "markup/page_tree.h"

enum {
	WORD_LEVELS = 9,
	WORD_LABEL_LIMIT = 200, /* bytes of a pattern */
	WORD_NUMBER_MOST = 999999,
};

enum word_mark {
	WORD_MARK_NONE,
	WORD_MARK_BULLET,
	WORD_MARK_NUMBER, /* `number`, and `ending` behind it */
	WORD_MARK_LABEL,  /* `label` */
};

struct word_number {
	enum word_mark mark;
	unsigned level; /* from 0 */
	unsigned number;
	char ending; /* '.' or ')' */
	str label;
	str list; /* which list it is of */
};

struct word_numbering {
	struct arena *arena;
	struct map lists;  /* numId: struct word_list * */
	struct map styles; /* styleId: const struct page_node * */
};

/* The trees may be NULL, and must live as long as it. */
void word_numbering_open(struct word_numbering *out,
			 const struct page_tree *numbering,
			 const struct page_tree *styles, struct arena *arena);

/* The number of the next paragraph with these properties (w:pPr, or NULL). */
void word_numbering_next(struct word_number *out,
			 struct word_numbering *numbering,
			 const struct page_node *properties);

/* 1 to 9 by the style's own level or name; 0: it is no heading. */
int word_style_heading(const struct word_numbering *numbering,
		       const struct page_node *properties);

/* The first child of that name, or NULL; `node` may be NULL. */
const struct page_node *word_child(const struct page_node *node,
				   const char *name);
/* Its attribute "val". */
str word_value(const struct page_node *node, const char *name);

#endif
