#include "library/field.h"

#include <string.h>

const char *const field_kinds[] = {
	[FIELD_TEXT] = "text",
	[FIELD_PARAGRAPHS] = "paragraphs",
	[FIELD_TEXT_LIST] = "texts",
	[FIELD_DATE] = "date",
	[FIELD_MOMENT] = "moment",
	[FIELD_NUMBER] = "number",
	[FIELD_TRUTH] = "truth",
	[FIELD_CHOICE] = "choice",
	[FIELD_URL] = "address",
	[FIELD_RECORDS] = "records",
	[FIELD_RECORD] = "record",
	[FIELD_FREE] = "free",
	NULL,
};

const char *const field_formats[] = {
	[FORMAT_ANY] = "any",
	[FORMAT_LINES] = "lines",
	[FORMAT_ID] = "id",
	[FORMAT_SLUG] = "slug",
	[FORMAT_SITE_PATH] = "site_path",
	[FORMAT_DOC_NO] = "doc_no",
	[FORMAT_LANGUAGE] = "language",
	NULL,
};

/* Two bytes tell nearly all keys apart; a key of one byte is no field. */
static bool is_key(const char *key, str text)
{
	return key[0] == text.data[0] && key[1] == text.data[1] &&
	       strncmp(key, text.data, text.len) == 0 && key[text.len] == '\0';
}

const struct field *field_find(const struct field *table, str key)
{
	if (key.len < 2)
		return NULL;
	for (; table->key != NULL; table++)
		if (is_key(table->key, key))
			return table;
	return NULL;
}

str field_choice_label(const struct field *field, str value)
{
	for (size_t i = 0; field->choices[i] != NULL; i++)
		if (str_equal_c(value, field->choices[i]))
			return str_from_c(field->choice_labels[i]);
	return value;
}
