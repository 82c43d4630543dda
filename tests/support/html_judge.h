/*
 * An independent judge of what html_clean wrote. It reads the one form that may
 * come out, byte by byte, so that it needs no parser and no table of the code
 * under test.
 */
#ifndef JIYUE_SUPPORT_HTML_JUDGE_H
#define JIYUE_SUPPORT_HTML_JUDGE_H

#include "base/str.h"

/* Fails the running test unless every browser reads only allowed things. */
void html_judge_safe(str text);

/* May the element stand in cleaned HTML? */
bool html_judge_knows(str element);

#endif
