/*
 * The front matter fields: one table (library/field_table.c) says what each
 * key is, for which types it stands and how its value is checked. Front
 * matter reading, messages and the JSON Schemas all come from it.
 * Source: rules.md D.
 */
#ifndef JIYUE_LIBRARY_FIELD_H
#define JIYUE_LIBRARY_FIELD_H

#include "base/str.h"

enum resource_type {
	TYPE_NEWS,
	TYPE_NOTICE,
	TYPE_POLICY,
	TYPE_INTERPRETATION,
	TYPE_SERVICE,
	TYPE_PROFILE,
	TYPE_ORGAN,
	TYPE_LEADER,
	TYPE_TOPIC_SITE,
	RESOURCE_TYPE_COUNT
};

struct resource_type_row {
	const char *name;  /* as written in `type:` */
	const char *label; /* 新闻动态 */
};

extern const struct resource_type_row resource_types[RESOURCE_TYPE_COUNT];

enum field_kind {
	FIELD_TEXT,	  /* one line */
	FIELD_PARAGRAPHS, /* text that may have line breaks */
	FIELD_TEXT_LIST,  /* a scalar or a sequence of scalars */
	FIELD_DATE,	  /* YYYY-MM-DD */
	FIELD_MOMENT,	  /* YYYY-MM-DD HH:MM */
	FIELD_NUMBER,	  /* a whole number, 0 or more */
	FIELD_TRUTH,	  /* true or false */
	FIELD_CHOICE,	  /* one of `choices` */
	FIELD_URL,	  /* http, https, or a path */
	FIELD_RECORDS,	  /* a sequence of mappings with `record` fields; a
			     text stands for a mapping with the first one */
	FIELD_RECORD,	  /* one mapping with `record` fields */
	FIELD_FREE,	  /* anything; for themes */
};

/* What is asked of a text, or of each text of a list, beyond its kind. */
enum field_format {
	FORMAT_ANY,
	FORMAT_LINES,	  /* list items may have line breaks */
	FORMAT_ID,	  /* names joined by "/" */
	FORMAT_SLUG,	  /* one name of an address */
	FORMAT_SITE_PATH, /* "/old/page.html" */
	FORMAT_DOC_NO,	  /* 发文字号, rules.md J.3 */
	FORMAT_LANGUAGE,  /* zh-CN */
};

struct field {
	const char *key;
	const char *label; /* Chinese, for pages and messages */
	enum field_kind kind;
	uint32_t types;	   /* bit set of resource_type; FIELD_ALL_TYPES */
	uint32_t required; /* bit set of the types that must have it */
	const char *const *choices; /* NULL-terminated; see field_choice */
	const struct field *record; /* ends with a row without key */
	enum field_format format;
	bool not_inherited;  /* has no place in _defaults.yaml */
	const char *example; /* a value for messages, or NULL */
};

/* In `required` of a record's field, FIELD_ALL_TYPES says "always". */
#define FIELD_ALL_TYPES UINT32_MAX
#define FIELD_TYPE(type) (UINT32_C(1) << (type))

extern const struct field field_table[]; /* ends with a row without key */
extern const size_t field_count;

/* The row of `key` in a table that ends with a row without key, or NULL. */
const struct field *field_find(const struct field *table, str key);

/* Choice number `number`, or NULL behind the last; `type` has the types. */
const char *field_choice(const struct field *field, size_t number);

/* The type of that name; false when there is none. */
MUST_USE bool resource_type_find(enum resource_type *out, str name);

/* The row of a key of field_table; the key must be there. */
size_t field_number(const char *key);

#endif
