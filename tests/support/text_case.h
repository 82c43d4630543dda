/*
 * One text under test: an arena, a message list and the text as a source with
 * the number 0, so that messages can be compared as they are printed.
 */
#ifndef JIYUE_TESTS_TEXT_CASE_H
#define JIYUE_TESTS_TEXT_CASE_H

#include "base/diag.h"

struct text_case {
	struct arena arena;
	struct diag_list diags;
	struct source source;
};

void text_case_init(struct text_case *test, const char *path, str text);
void text_case_release(struct text_case *test);

/* The first message's id, or "" when there is none. */
const char *text_case_id(const struct text_case *test);

/* How many messages have the id. */
size_t text_case_count(const struct text_case *test, const char *id);

/* The text that the first message with the id points at. */
str text_case_marked(const struct text_case *test, const char *id);

/* The help of the first message with the id. */
str text_case_help(const struct text_case *test, const char *id);

/* All messages as a terminal shows them. */
str text_case_print(struct text_case *test);

#endif
