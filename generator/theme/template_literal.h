/*
 * What a theme itself may not write in a page of HTML, whatever the spelling:
 * script and style, addresses of other hosts, what leads elsewhere by itself.
 *
 * Each function that returns text says what is wrong, or NULL. Nothing is
 * owned; the texts are constants.
 */
#ifndef JIYUE_THEME_TEMPLATE_LITERAL_H
#define JIYUE_THEME_TEMPLATE_LITERAL_H

#include "theme/template_context.h"

str word_text(const struct context_word *word);

/* In lower case; what a word has no room for is left out. */
void word_add(struct context_word *word, char byte);

bool word_is(const struct context_word *word, const char *name);

bool word_is_among(const struct context_word *word, const char *const *names,
		   size_t count);

/* "a page has no script or style of its own" */
const char *literal_own_code(void);

enum attribute_kind literal_attribute_kind(const struct context_word *name);

/* What is done with the address in the attribute that begins. */
enum url_use literal_url_use(const struct context_state *state);

/* Reads one byte of an address in quotes. */
const char *literal_read_url(struct context_state *state, char byte);

/* At the end of the name of an element. */
const char *literal_check_tag(const struct context_state *state);

/* At the end of a value of kind EQUIV or REFRESH. */
const char *literal_check_equiv(const struct context_state *state);

#endif
