/* What is to be known of a certificate of a web server (libcrypto). */
#ifndef JIYUE_BASE_CERTIFICATE_H
#define JIYUE_BASE_CERTIFICATE_H

#include <stdint.h>

#include "base/str.h"

/* Seconds since 1970 when the first certificate of a PEM text ends. False: it
 * is none. */
MUST_USE bool certificate_end(int64_t *out, str pem);

#endif
