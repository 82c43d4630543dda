/* Names of hosts as DNS has them. */
#ifndef JIYUE_MARKUP_HOST_NAME_H
#define JIYUE_MARKUP_HOST_NAME_H

#include "base/str.h"

struct arena;

/*
 * 示范市教育局.政务 as xn--….xn--zfr164b (IDNA 2008), in the arena. False when
 * DNS can have no such name; `reason` says why, in English.
 */
bool host_name_encode(str *out, const char **reason, str name,
		      struct arena *arena);

#endif
