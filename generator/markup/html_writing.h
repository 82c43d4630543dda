/*
 * A tag while it is written: what markup/html_attribute.c collects of its
 * attributes and markup/html_style.c adds of its style. Private to these.
 */
#ifndef JIYUE_MARKUP_HTML_WRITING_H
#define JIYUE_MARKUP_HTML_WRITING_H

#include "markup/html_attribute.h"

enum { HTML_CLASSES_LIMIT = 8 /* of one element */ };

struct html_writing {
	struct html_filter *filter;
	const struct html_element *element;
	struct html_written *out;
	struct buf text;
	str classes[HTML_CLASSES_LIMIT];
	size_t class_count;
	str id;
	str extra;		       /* attributes of ours */
	str size;		       /* of the picture, likewise */
	str found[HTML_CLASSES_LIMIT]; /* names that were written */
	size_t found_count;
};

/* Does the element take an attribute of this kind? */
bool html_writing_takes(const struct html_writing *writing,
			enum html_value value);

void html_writing_add_class(struct html_writing *writing, str name);

/* Classes for what was said; false when the element or the value has none. */
bool html_writing_add_align(struct html_writing *writing, str value);
bool html_writing_add_width(struct html_writing *writing, str value);

/* Keeps what the value of `style` means, and tells of the rest. */
void html_style_add(struct html_writing *writing, const char *attribute,
		    str value);

#endif
