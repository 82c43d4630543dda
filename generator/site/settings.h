/*
 * Settings files read by tables: each row names a key, the kind of its value
 * and where it goes in a struct. An unknown key is an error that proposes the
 * nearest known one.
 */
#ifndef JIYUE_SITE_SETTINGS_H
#define JIYUE_SITE_SETTINGS_H

#include "base/date.h"
#include "markup/yaml.h"

struct text_list {
	const str *items;
	size_t count;
};

/* Of pictures, in pixels; ascending. */
struct width_list {
	const uint32_t *items;
	size_t count;
};

/* The first of the list that stands anywhere in the text; or empty. */
str text_list_word_in(const struct text_list *list, str text);

enum setting_kind {
	SETTING_TEXT,	    /* str */
	SETTING_TEXTS,	    /* struct text_list: a scalar or a sequence */
	SETTING_EXTENSIONS, /* struct text_list: of files that nobody runs */
	SETTING_DATE,	    /* struct moment, at 00:00 of the platform's zone */
	SETTING_NUMBER,	    /* uint32_t, at least 1 */
	SETTING_WIDTHS,	    /* struct width_list: a sequence, ascending */
	SETTING_COUNT,	    /* uint32_t, from 0 on */
	SETTING_DAYS,	    /* uint32_t: 14d, 6m, 1y */
	SETTING_TRUTH,	    /* bool */
	SETTING_CHOICE,	    /* int: place in `choices` */
	SETTING_LAYOUT,	    /* const char *: of the schema's */
	SETTING_OFFSET,	    /* int32_t: "+08:00" */
	SETTING_ID,	    /* str: a-z 0-9 - */
	SETTING_URL,	    /* str: an address, with https:// or from "/" on */
	SETTING_REFERENCE,  /* str: an address, or the id of a resource */
	SETTING_LANGUAGE,   /* str: zh-CN */
	SETTING_HOSTS, /* struct text_list: hosts, or "." and what they end in
			*/
	SETTING_NODE,  /* const struct yaml_node *: read by its owner */
};

struct setting {
	const char *key;
	enum setting_kind kind;
	size_t offset;	      /* of the member */
	const char *required; /* an example of its value; NULL: optional */
	const char *const *choices; /* NULL-terminated */
	const char *about; /* for help: not a sentence, translated; or NULL */
};

/* The rows of one place in a settings file, for `jiyue help settings`. */
struct setting_table {
	const char *about; /* where they stand; translated */
	const struct setting *rows;
	size_t count;
};

/* As help shows it: "text", "YYYY-MM-DD", …; translated. */
const char *setting_kind_name(enum setting_kind kind);

struct list;
struct schema;
struct snapshot;

struct settings_reader {
	const struct schema *schema; /* for what columns select; or NULL */
	int32_t offset;		     /* minutes, for dates */
	struct arena *arena;
	struct diag_list *diags;
	const struct snapshot *snapshot; /* whose names are looked for; or NULL
					  */
	struct list *unknown_types;	 /* str: gets those selected; or NULL */
};

/* Fills `out` from `mapping`; members without a key keep their value. */
MUST_USE bool settings_read(void *out, const struct yaml_node *mapping,
			    const struct setting *rows, size_t count,
			    const struct settings_reader *reader);

#endif
