/*
 * Notices of a site that closes or moves: home pages show them until their last
 * day (rules.md D.14), those of the site itself and the portal's.
 */
#ifndef JIYUE_PLAN_NOTICES_H
#define JIYUE_PLAN_NOTICES_H

#include "site/arrange.h"

enum { NOTICES_LIMIT = 5 };

/*
 * Numbers of what the home page of a site shows today, newest first. A notice
 * without `keep_until` is in its column alone.
 */
size_t notices_of(const struct arrangement *arrangement,
		  const struct site *site, uint32_t out[NOTICES_LIMIT]);

#endif
