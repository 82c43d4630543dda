/*
 * The zone of a site's domain, as name servers read it (RFC 1035): addresses
 * of all sites below it, IPv4 and IPv6, and who may give certificates (RFC
 * 8659). The addresses and servers are those of sites/platform.yaml.
 *
 * Always true: every value that stands in it was looked at; the serial is the
 * time of the revision, so a later one is greater.
 */
#ifndef JIYUE_HOSTING_ZONE_H
#define JIYUE_HOSTING_ZONE_H

#include "hosting/hosting.h"

/* "shifan.gov.cn" of www.shifan.gov.cn and of jyj.shifan.gov.cn. */
str zone_of(const struct site *site, const struct cluster *cluster);

struct zone_wanted {
	const struct site *site;
	bool is_chinese; /* of its Chinese domain, which is a zone by itself */
	int64_t serial;
};

/*
 * False with an error: an address is none, or one that is needed is missing,
 * or the site has no Chinese domain.
 */
MUST_USE bool zone_write(struct buf *out, const struct cluster *cluster,
			 const struct zone_wanted *wanted,
			 struct diag_list *diags);

#endif
