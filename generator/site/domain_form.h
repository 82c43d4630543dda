/* The forms that domains of government sites have (rules.md H.2). */
#ifndef JIYUE_SITE_DOMAIN_FORM_H
#define JIYUE_SITE_DOMAIN_FORM_H

#include "site/cluster.h"

/* www.<place>.gov.cn, or <name>.<place>.gov.cn; of foreign sites any. */
bool domain_is_of_kind(const struct site *site, const struct cluster *cluster);

/* <body>.政务, the body's name or short name; false of none. */
bool domain_is_chinese(const struct site *site);

#endif
