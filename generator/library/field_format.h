/*
 * The forms of single texts: ids, parts of addresses, old addresses, links,
 * 发文字号. Every mistake is recorded at `span`; false after one.
 */
#ifndef JIYUE_LIBRARY_FIELD_FORMAT_H
#define JIYUE_LIBRARY_FIELD_FORMAT_H

#include "base/diag.h"
#include "library/field.h"

MUST_USE bool field_format_check(enum field_format format, str text,
				 struct span span, struct diag_list *diags);

MUST_USE bool field_url_check(str text, struct span span,
			      struct diag_list *diags);

enum { SLUG_LIMIT = 200, ID_LIMIT = 400 }; /* bytes */

/* The same questions without messages, for names made from paths. */
bool slug_is_valid(str text);
bool id_is_valid(str text);

#endif
