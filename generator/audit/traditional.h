/*
 * Traditional forms of Chinese characters that a text in simplified ones has no
 * use for.
 */
#ifndef JIYUE_AUDIT_TRADITIONAL_H
#define JIYUE_AUDIT_TRADITIONAL_H

#include "base/str.h"

bool traditional_has(uint32_t code_point);

/* All of them, in the order of their code points. */
extern const char traditional_characters[];

#endif
