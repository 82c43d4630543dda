/*
 * Where in a page a tag stands: a reader of HTML and XML text that follows a
 * template from its start and can say, at every tag, what a value printed
 * there would mean to a browser.
 *
 * It reads the text of themes only, never values: values are escaped so that
 * they cannot change the place.
 */
#ifndef JIYUE_THEME_TEMPLATE_CONTEXT_H
#define JIYUE_THEME_TEMPLATE_CONTEXT_H

#include "base/str.h"

/* By the template's name: "a.xml", "a.txt", "a.json"; all others are HTML. */
enum context_format {
	CONTEXT_FORMAT_HTML,
	CONTEXT_FORMAT_XML,
	CONTEXT_FORMAT_PLAIN,
	CONTEXT_FORMAT_JSON,
};

/* How a value is printed. */
enum print_context {
	PRINT_TEXT,	 /* between tags */
	PRINT_TITLE,	 /* in <title>, <textarea>: text, but no markup */
	PRINT_ATTRIBUTE, /* in quotes */
	PRINT_URL,	 /* in quotes, an address */
	PRINT_JSON,	 /* a value of JSON */
	PRINT_PLAIN,	 /* a text file: as it is */
	PRINT_NOWHERE,
};

enum context_place {
	PLACE_TEXT,
	PLACE_LESS_THAN, /* behind "<" */
	PLACE_BANG,	 /* behind "<!" */
	PLACE_TAG_NAME,
	PLACE_TAG,		/* between attributes */
	PLACE_TAG_GAP,		/* the same, but a space must come first */
	PLACE_ATTRIBUTE_NAME,	/* in it */
	PLACE_ATTRIBUTE_BEHIND, /* behind it and a space */
	PLACE_BEFORE_VALUE,	/* behind "=" */
	PLACE_QUOTED,
	PLACE_UNQUOTED,
	PLACE_DECLARATION, /* <!DOCTYPE …>, <?xml …?> */
	PLACE_COMMENT,
	PLACE_CDATA,
	PLACE_TITLE,  /* in an element that holds text only */
	PLACE_SCRIPT, /* in <script>, <style> and the like */
	PLACE_JSON,   /* in <script type="application/ld+json"> */
	PLACE_PLAIN,
};

enum attribute_kind {
	ATTRIBUTE_PLAIN,
	ATTRIBUTE_URL,
	ATTRIBUTE_URL_LIST, /* srcset */
	ATTRIBUTE_CODE,	    /* style, onclick, srcdoc: no values */
	ATTRIBUTE_EQUIV,    /* http-equiv: few words, no values */
	ATTRIBUTE_REFRESH,  /* content of such a meta: no values */
};

/* What a browser does with an address. */
enum url_use {
	URL_USE_LOAD,
	URL_USE_FOLLOW, /* only when somebody asks for it */
	URL_USE_SEND,	/* a form, ping */
};

/* What is known of the scheme of an address so far. */
enum url_progress {
	URL_SCHEME, /* what was read may still become a scheme */
	URL_SLASH,  /* "/" came first: another one would name a host */
	URL_MIXED,  /* and some of it is not known before the page is made */
	URL_SAFE,   /* relative, or behind a good scheme */
	URL_UNSAFE,
};

enum { CONTEXT_WORD = 24 };

struct context_word {
	char text[CONTEXT_WORD]; /* in lower case, cut when longer */
	uint8_t len;
};

struct context_state {
	enum context_format format;
	enum context_place place;
	enum attribute_kind attribute;
	enum url_use use;
	enum url_progress url;
	char quote;
	bool is_end_tag;
	bool is_data_script;	  /* <script type="application/ld+json"> */
	bool has_type;		  /* a `type` came: another has no effect */
	bool is_type;		  /* the attribute is the first `type` */
	bool has_content;	  /* a `content` came */
	bool is_refresh;	  /* the tag has an http-equiv of "refresh" */
	uint8_t match;		  /* bytes of the end of a comment, … read */
	struct context_word tag;  /* its name; of a SCRIPT or TITLE too */
	struct context_word word; /* attribute name, scheme, type */
};

enum context_format context_format_of(str template_name);

struct context_state context_start(enum context_format format);

/*
 * Reads on. Returns the offset of a byte that cannot stand where it does, with
 * the reason in `*wrong`, or STR_NONE.
 */
size_t context_read(struct context_state *state, str text, const char **wrong);

/*
 * How a value would be printed here. For PRINT_NOWHERE `*wrong` says why not.
 * The state moves on behind the value.
 */
enum print_context context_print(struct context_state *state,
				 const char **wrong);

/*
 * A section begins or ends here: names that were being read end. False with a
 * reason where no section may begin.
 */
bool context_divide(struct context_state *state, const char **wrong);

/*
 * Do both ways lead to one place? If so `*state` becomes what holds for both.
 */
bool context_join(struct context_state *state,
		  const struct context_state *other);

/* "in the value of an attribute" and the like. */
const char *context_describe(const struct context_state *state);

#endif
