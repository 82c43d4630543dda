/*
 * Fields are plain text: what a field says in HTML or Markdown is shown as it
 * is typed, on the page, in lists and in search results. Named, and no more.
 */
#ifndef JIYUE_LIBRARY_FIELD_MARKUP_H
#define JIYUE_LIBRARY_FIELD_MARKUP_H

#include "base/diag.h"
#include "library/field.h"

/* Warns of the first such thing in the text, and of what nobody sees. */
void field_markup_check(const struct field *field, str text, struct span span,
			struct diag_list *diags);

#endif
