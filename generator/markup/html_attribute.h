/*
 * The attributes of one element as they may be written. Private to
 * markup/html*.c.
 */
#ifndef JIYUE_MARKUP_HTML_ATTRIBUTE_H
#define JIYUE_MARKUP_HTML_ATTRIBUTE_H

#include "markup/html_allow.h"

/* What one call of html_clean knows while it goes through the fragment. */
struct html_filter {
	const struct html_options *options;
	struct map own_ids; /* where options->ids is NULL */
	struct arena *arena;
	/* the tag that is read now */
	str text;      /* of which the fragment is the end */
	size_t before; /* bytes that come before the fragment */
	str element;   /* its name as written */
	size_t start;  /* of the tag; the end is behind its attributes */
	size_t end;
	/* the attribute that was looked for last: an attribute with a list in
	   it has a remark for each item */
	const char *found;
	size_t found_tag; /* `start` of that time */
	size_t found_start;
	size_t found_end;
};

/* An element whose attributes were read. */
struct html_written {
	str text;     /* behind the name */
	str inner_id; /* a second anchor, of an element inside; may be empty */
	str label;    /* its title, for what stands in its place */
	str alt;
	bool is_dead;	 /* a link that leads nowhere */
	bool is_whole;	 /* nothing required is missing */
	unsigned inside; /* of html_style_elements, one bit each */
};

/* Elements that say what a style said: <span style="…"> holds <b>, <s> … */
extern const char *const html_style_elements[];
extern const size_t html_style_element_count;

/* Tells of something with its place in the text. */
void html_filter_tell(const struct html_filter *filter,
		      struct html_remark *remark);

/* Tells of the tag, or of one attribute of it. */
void html_filter_remark(struct html_filter *filter, enum html_reason reason,
			const char *attribute, str value);

/*
 * A copy of what libxml2 gives, without the characters that may not stand in a
 * page: control characters, and carriage returns, which nobody sees.
 */
str html_filter_text(struct html_filter *filter, str text);

/*
 * `attributes` are names and values as libxml2 gives them, decoded, up to a
 * NULL.
 */
void html_attributes(struct html_written *out, struct html_filter *filter,
		     const struct html_element *element,
		     const unsigned char **attributes);

/* Is everything written that the element is nothing without? */
bool html_has_required(const struct html_element *element,
		       const unsigned char **attributes);

/* The attributes of a tag of ours, but for the mark. */
str html_trusted_attributes(struct html_filter *filter,
			    const unsigned char **attributes);

/* The value of an attribute as libxml2 has it, or NULL. */
const char *html_attribute_value(const unsigned char **attributes, str name);

#endif
