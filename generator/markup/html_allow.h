/*
 * The allow-list of html_clean: which elements may stand in a page, where,
 * with what inside, and with which attributes.
 *
 * Always true: an element that has no row is taken away and its contents stay;
 * an attribute that has no row is dropped. The content model is stricter than
 * the HTML standard's, so that every tree that follows it is read back as the
 * same tree by the parser of a browser and by that of libxml2.
 *
 * Private to markup/html*.c.
 */
#ifndef JIYUE_MARKUP_HTML_ALLOW_H
#define JIYUE_MARKUP_HTML_ALLOW_H

#include "markup/html.h"

/* Where an element may stand: one bit each, for `accepts`. */
enum html_place {
	HTML_IN_LINE = 1 << 0,
	HTML_BLOCK = 1 << 1,
	HTML_TABLE = 1 << 2, /* a block that may not stand directly in <a> */
	HTML_ITEM = 1 << 3,
	HTML_TERM = 1 << 4,
	HTML_TABLE_PART = 1 << 5,
	HTML_COLUMN = 1 << 6,
	HTML_ROW = 1 << 7,
	HTML_CELL = 1 << 8,
	HTML_RUBY_PART = 1 << 9,
	HTML_SUMMARY = 1 << 10,
	HTML_FIGURE_PART = 1 << 11,
	HTML_MEDIA_PART = 1 << 12,
};

/* What may stand inside an element. */
enum html_content {
	HTML_VOID,
	HTML_PHRASES,
	HTML_FLOW,
	HTML_LINK_FLOW, /* in <a>, <ins> and <del> when they hold blocks */
	HTML_ITEMS,
	HTML_TERMS,
	HTML_TABLE_PARTS,
	HTML_COLUMNS,
	HTML_ROWS,
	HTML_CELLS,
	HTML_RUBY,
	HTML_DETAILS,
	HTML_FIGURE,
	HTML_MEDIA,
};

/* What becomes of an element that holds blocks but may not. */
enum html_with_blocks {
	HTML_HOLDS,    /* it may, or the blocks inside are dissolved */
	HTML_OPENS,    /* it stays and becomes a block */
	HTML_TURNS,    /* it becomes <div> */
	HTML_VANISHES, /* its tags go, the contents stay */
};

enum html_value {
	HTML_ANY,
	HTML_CHOICE, /* one of `choices` */
	HTML_DIGITS,
	HTML_INTEGER,
	HTML_WORDS, /* ASCII letters, digits, - and spaces */
	HTML_LANGUAGE,
	HTML_MOMENT,
	HTML_MEDIA_TYPE,
	HTML_ID,      /* of the element, or a second one inside it */
	HTML_CLASSES, /* of the closed list */
	HTML_ALIGN,   /* becomes a class */
	HTML_WIDTH,   /* a share becomes a class */
	HTML_STYLE,   /* what has a form of its own is kept in it */
	HTML_FLAG,
	HTML_LINK,    /* address: http, https, mailto, tel, or relative */
	HTML_SOURCE,  /* address: http, https, or relative */
	HTML_SOURCES, /* such addresses with their sizes, for srcset */
};

struct html_attribute {
	const char *name;
	enum html_value value;
	const char *choices; /* separated by spaces */
};

struct html_element {
	const char *name;
	enum html_place place;
	enum html_content content;
	enum html_with_blocks with_blocks;
	const char *home; /* put around it where it may not stand */
	const char
		*required;   /* dropped without; "a|b": one of them is enough */
	const char *instead; /* written as this element */
	const char *class_name;	 /* that it gets then */
	bool is_dropped;	 /* with everything inside */
	bool is_alone;		 /* of these, one that has no inside */
	bool is_unwrapped;	 /* its tags go, the contents stay */
	bool is_apart;		 /* its text is no part of the word before */
	enum html_reason reason; /* when it does not stay */
	bool may_stay_open;	 /* its end tag may be left out */
	bool is_idle_empty;	 /* nothing is lost without it when empty */
	const struct html_attribute *attributes;
	size_t attribute_count;
};

struct html_content_rule {
	unsigned accepts;    /* enum html_place, or-ed */
	const char *wrapper; /* put around what is not accepted; may be NULL */
};

extern const struct html_element html_elements[]; /* sorted by name */
extern const size_t html_element_count;

/* NULL: unknown. */
const struct html_element *html_element_find(const char *name);

/* Those that any element may have. */
const struct html_attribute *html_global_attributes(size_t *count);

/* What stands for a place of html_options. */
extern const struct html_element html_place_element;

/* May a text wear this class? */
bool html_class_is_allowed(str name);

/* Why an element or an attribute that has no row is left out. */
enum html_reason html_element_reason(str name);
enum html_reason html_attribute_reason(str name);

/* NULL: not allowed. `element` may have its own, then the global ones. */
const struct html_attribute *
html_attribute_find(const struct html_element *element, const char *name);

struct html_content_rule html_content_rule(enum html_content content);

#endif
