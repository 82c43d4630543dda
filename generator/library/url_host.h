/*
 * The host and port of an address that people may be sent to.
 *
 * Rules of web servers and forms take an address as it stands, so a host that
 * no DNS name can be ("$host", 70 letters without a dot, port 99999) is refused
 * where it is written. Lengths are of DNS (RFC 1035, 2.3.4); a Chinese name is
 * counted as written, for its punycode is made where it is needed.
 */
#ifndef JIYUE_LIBRARY_URL_HOST_H
#define JIYUE_LIBRARY_URL_HOST_H

#include "base/str.h"

/*
 * What is wrong with the part between "://" and the path, as a help, or NULL;
 * also NULL for an address without "://". The text is a constant.
 */
const char *url_host_mistake(str address);

#endif
