/*
 * HTML that strangers wrote, made safe: parsed by libxml2 into a tree, and
 * written again from an allow-list of elements, attributes and URL schemes.
 *
 * Always true: nothing that is not on the list survives, whatever encoding or
 * nesting it is written in: no script, style, event handler, form, frame,
 * object, SVG, MathML, comment, or address with a scheme other than http,
 * https, mailto, tel, or none; no class but those of html_allow.c, so that no
 * text can look like a part of the theme. Text is kept, whatever stands around
 * it; what is not kept is told.
 */
#ifndef JIYUE_MARKUP_HTML_H
#define JIYUE_MARKUP_HTML_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/map.h"

enum {
	HTML_LIMIT = 16 * 1024 * 1024, /* bytes of a fragment; depth 256 */
};

/* What an address is for. */
enum html_use {
	HTML_USE_LINK,
	HTML_USE_IMAGE, /* anything that is shown or played on the page */
	HTML_USE_FRAME, /* a page inside the page: kept as a link to it */
};

struct html_target {
	str address;
	str attributes; /* more of ours, written as they are; may be empty */
	str size; /* width and height of an <img> that has none of its own */
};

/*
 * Called for each address that is left; `target->address` is as written and
 * may be replaced. `at` is the byte of the fragment where the attribute
 * stands. Returns false when it leads nowhere: a link becomes text then.
 * Without it, "#…" gets the prefix of ids, and frames are not kept.
 */
typedef bool html_address(void *context, struct html_target *target,
			  enum html_use use, size_t at);

/* Why something was not kept as it was written. */
enum html_reason {
	HTML_REASON_ACTIVE,  /* a script, or what needs one */
	HTML_REASON_HEAD,    /* belongs into the head of a page */
	HTML_REASON_LOOK,    /* how it looks, which the theme says */
	HTML_REASON_SIGNS,   /* a font whose letters are seen as signs */
	HTML_REASON_FORM,    /* of a form */
	HTML_REASON_FRAME,   /* a page inside the page */
	HTML_REASON_EMBED,   /* an object, a drawing, a formula */
	HTML_REASON_WORD,    /* of a word processor */
	HTML_REASON_UNKNOWN, /* no HTML */
	HTML_REASON_NO_USE,  /* an attribute that texts do not need */
	HTML_REASON_VALUE,   /* the attribute cannot have this value */
	HTML_REASON_SCHEME,  /* an address of this kind */
	HTML_REASON_CLASS,   /* a class that is not for texts */
	HTML_REASON_MISSING, /* useless without the attribute */
	HTML_REASON_HIDDEN,  /* was hidden, and is seen now */
	HTML_REASON_TWICE,   /* an id that is there already */
	HTML_REASON_TITLE,   /* <h1>, which is the page's own title */
	HTML_REASON_LINK_IN_LINK,
	HTML_REASON_STRAY,     /* closes nothing */
	HTML_REASON_UNCLOSED,  /* is never closed where it was opened */
	HTML_REASON_SWALLOWED, /* nothing behind it is seen: a comment, a script
				*/
	HTML_REASON_COUNT
};

struct html_remark {
	enum html_reason reason;
	str element;
	str attribute; /* empty: the element itself */
	str value;     /* what of the attribute; may be empty */
	bool has_gone; /* the element, with all that is in it */
	size_t start;  /* in the fragment */
	size_t end;
};

typedef void html_report(void *context, const struct html_remark *remark);

struct html_options {
	html_address *address; /* may be NULL */
	html_report *report;   /* may be NULL */
	void *context;
	str id_prefix;	 /* put before every id: "user-" */
	str frame_label; /* of a frame without a title */
	struct map *ids; /* given away already; NULL: none */
	/* Take line breaks inside Chinese out, as Markdown's text has them. */
	bool joins_lines;
	/*
	 * HTML of ours inside the fragment. A tag that has `mark` as an
	 * attribute is trusted and its attributes are written as they are;
	 * with a number as its value it is replaced by that one of `places`,
	 * whole blocks, which are dissolved where no block may stand.
	 */
	str mark;
	const str *places;
	size_t place_count;
};

/*
 * A fragment to a safe fragment, well-formed. Returns false over limits: bytes,
 * nesting, 256 attributes in one tag.
 *
 * What comes out is read as the same tree by every parser, so cleaning it again
 * changes nothing (but for `id_prefix`, which is put before ids each time, and
 * `joins_lines`, for which texts count as they stand side by side).
 */
MUST_USE bool html_clean(str *out, str fragment,
			 const struct html_options *options,
			 struct arena *arena);

/*
 * Trusted HTML (well-formed, "<" and ">" only around tags) with the mark in
 * each tag that opens an element.
 */
void html_mark_tags(struct buf *out, str html, str mark);

/* Text and attribute escaping: & < > " ' */
void html_escape(struct buf *out, str text);

/* Percent-encodes what may not stand in a URL; leaves % alone. */
void html_escape_url(struct buf *out, str url);

/*
 * The scheme of an address as a browser sees it: entities are already
 * decoded; control characters and white space are ignored. Lower case,
 * without the colon; empty when relative; "https" for //host.
 */
str html_url_scheme(str address, struct arena *arena);

#endif
