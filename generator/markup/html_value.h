/*
 * What the value of an attribute may be, as far as its text alone decides.
 * Private to markup/html*.c. Nothing here allocates but
 * html_value_in_lower_case, and nothing fails.
 */
#ifndef JIYUE_MARKUP_HTML_VALUE_H
#define JIYUE_MARKUP_HTML_VALUE_H

#include "markup/html_allow.h"

struct arena;

enum { HTML_WORDS_LIMIT = 200 }; /* bytes of a value of words */

/* `choices` are separated by spaces. */
bool html_value_is_one_of(str value, const char *choices);

/* ASCII letters, digits and `others`: at least one, at most `limit`. */
bool html_value_has_only(str value, str others, size_t limit);

/* Something without white space. */
bool html_value_is_id(str value);

/* A font whose letters are seen as other signs: "l" as a bullet. */
bool html_value_names_signs(str value);

/* False for values of which more than the text decides: addresses, ids … */
bool html_value_is_plain(const struct html_attribute *attribute, str value);

/* "300px" is what browsers read as 300. */
str html_value_without_unit(str value);

str html_value_in_lower_case(str text, struct arena *arena);

#endif
