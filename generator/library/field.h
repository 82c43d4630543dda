/*
 * A front matter field: what a key is and how its value is checked. The rows
 * come from the files of library/types/ and of a platform's sites/types/
 * (library/schema.h). Reading, messages, templates and the JSON Schemas all
 * use them.
 *
 * Always true: texts end in NUL and live as long as the schema.
 */
#ifndef JIYUE_LIBRARY_FIELD_H
#define JIYUE_LIBRARY_FIELD_H

#include "library/field_meaning.h"

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
	enum field_format format;
	enum field_meaning meaning; /* what the program takes it for */
	bool required;
	bool not_inherited;		  /* has no place in _defaults.yaml */
	const char *const *choices;	  /* NULL-terminated */
	const char *const *choice_labels; /* as many; how pages show them */
	const struct field *record;	  /* ends with a row without key */
	const char *example;		  /* a value for messages, or NULL */
	uint32_t form; /* fields of one form are read alike */
};

/* As YAML has them: "paragraphs", "site_path". NULL-terminated. */
extern const char *const field_kinds[];
extern const char *const field_formats[];

/*
 * The row of `key` in a table that ends with a row without key, or NULL: for
 * short tables, see resource_type_field for those of types.
 */
const struct field *field_find(const struct field *table, str key);

/* What pages show of a choice: itself, if it is none of the field's. */
str field_choice_label(const struct field *field, str value);

#endif
