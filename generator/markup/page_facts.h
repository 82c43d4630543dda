/*
 * What a written page, sitemap or feed says, as plain lists, so that columns,
 * navigation, site map page, sitemap.xml and feeds can be compared.
 *
 * Always true: lists are in the order of the file; all text is in the arena,
 * with runs of white space as one space.
 */
#ifndef JIYUE_MARKUP_PAGE_FACTS_H
#define JIYUE_MARKUP_PAGE_FACTS_H

#include "base/list.h"
#include "markup/xml_reader.h"

/*
 * The part of a page a link stands in. A breadcrumb is a breadcrumb wherever
 * it stands: an element whose class or id has the word "breadcrumb", or whose
 * label has it or 面包屑, 当前位置, 您的位置, 所在位置. <header> and <footer>
 * inside <main> belong to <main>.
 */
enum landmark {
	LANDMARK_NONE,
	LANDMARK_HEADER,     /* the header's links outside its <nav> */
	LANDMARK_NAVIGATION, /* <nav> outside main and footer */
	LANDMARK_BREADCRUMB,
	LANDMARK_MAIN,
	LANDMARK_SIDE, /* <nav> inside main */
	LANDMARK_FOOTER,
};

struct page_link {
	str href;
	str rel;
	str text;
	str label; /* aria-label */
	enum landmark part;
};

struct page_image {
	str src;
	str alt;
	bool has_alt; /* an empty one says "decoration" */
};

struct page_meta {
	str name; /* or property, or http-equiv */
	str content;
};

struct page_facts {
	str language;
	str title;
	str canonical;
	struct list links;    /* struct page_link */
	struct list images;   /* struct page_image */
	struct list metas;    /* struct page_meta */
	struct list ids;      /* str */
	struct list headings; /* str, of h1 */
};

MUST_USE bool page_facts_read(struct page_facts *out, str html,
			      struct arena *arena, struct xml_problem *problem);

/* The loc of each url, or of each sitemap of an index: a list of str. */
MUST_USE bool sitemap_read(struct list *out, str xml, struct arena *arena,
			   struct xml_problem *problem);

/* The address of each entry of an Atom feed (rel alternate): a list of str. */
MUST_USE bool feed_read(struct list *out, str xml, struct arena *arena,
			struct xml_problem *problem);

#endif
