/*
 * The language of messages: --lang, then the locale (gettext). Only messages:
 * numbers, sorting and pages never follow the locale.
 */
#ifndef JIYUE_COMMAND_LANGUAGE_H
#define JIYUE_COMMAND_LANGUAGE_H

/* `language` may be NULL. */
void language_start(const char *language);

#endif
