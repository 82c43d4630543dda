/*
 * What stands before jansson: it goes down into nested values by calling
 * itself, and keeps each value in some hundred bytes.
 */
#ifndef JIYUE_MARKUP_JSON_GUARD_H
#define JIYUE_MARKUP_JSON_GUARD_H

#include "base/str.h"

enum { JSON_DEPTH_LIMIT = 32 };

/*
 * May the first value of the text be read: is it no deeper than
 * JSON_DEPTH_LIMIT, with at most `values` values in it?
 */
bool json_guard_allows(str text, size_t values);

#endif
