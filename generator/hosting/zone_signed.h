/* A zone that was signed (DNSSEC, RFC 4034): how long that holds. */
#ifndef JIYUE_HOSTING_ZONE_SIGNED_H
#define JIYUE_HOSTING_ZONE_SIGNED_H

#include "base/str.h"

/*
 * When the first of its signatures is over, in seconds; of a zone file as
 * ldns-signzone and dnssec-signzone write it. False: it has none.
 */
MUST_USE bool zone_signed_end(int64_t *out, str text);

#endif
