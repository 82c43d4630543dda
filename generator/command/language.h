/*
 * The language of messages: --lang, then the locale (gettext). Only messages:
 * numbers, sorting and pages never follow the locale.
 */
#ifndef JIYUE_COMMAND_LANGUAGE_H
#define JIYUE_COMMAND_LANGUAGE_H

#include "base/arena.h"

/* The locale's, or English; before anything is said. */
void language_start(void);

/* Where the messages of each language lie; it need not be there. */
const char *language_folder(struct arena *arena);

/*
 * What --lang names. False after a message: there are no messages in it. Where
 * the program has them and does not find their file, that is said, once.
 */
MUST_USE bool language_choose(const char *wanted);

#endif
