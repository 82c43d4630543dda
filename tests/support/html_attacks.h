/*
 * Fragments that try to bring scripts, styles, forms or foreign addresses past
 * a filter, by family.
 */
#ifndef JIYUE_SUPPORT_HTML_ATTACKS_H
#define JIYUE_SUPPORT_HTML_ATTACKS_H

#include <stddef.h>

extern const char *const html_attacks[];
extern const size_t html_attack_count;

#endif
