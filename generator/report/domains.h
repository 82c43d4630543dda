/*
 * The register of domains (article 11; rules.md H): what each site is called,
 * whether its names have the form of their kind, and until when a new contact
 * is to be entered in the national system. Another report may print the rows.
 */
#ifndef JIYUE_REPORT_DOMAINS_H
#define JIYUE_REPORT_DOMAINS_H

#include "report/sheet.h"
#include "site/arrange.h"

enum { DOMAIN_CONTACT_DAYS = 20 }; /* working days */

enum domain_contact {
	CONTACT_SAME,	 /* no change is known */
	CONTACT_DUE,	 /* it is to be entered until `due` */
	CONTACT_LATE,	 /* and is not, and that day is over */
	CONTACT_ENTERED, /* in time, or `is_late` */
};

struct domain_row {
	const struct site *site;
	str ascii;	       /* the Chinese domain as DNS has it; or empty */
	bool is_of_kind;       /* the English one */
	bool is_chinese_right; /* its Chinese one, if there is any */
	enum domain_contact contact;
	bool is_late;	 /* entered, and after `due` */
	struct date due; /* not set without a change */
};

/* One a site of the cluster, in its order; in the arena. */
void domains_list(struct list *out, const struct arrangement *arrangement,
		  struct arena *arena);

/* The table alone, for a sheet that has others too. */
void domains_add(struct sheet *out, const struct arrangement *arrangement,
		 const char *site, const char *title);

/* The rows as a sheet; `site` is the id of one, or NULL. */
void domains_make(struct sheet *out, const struct arrangement *arrangement,
		  const char *site, struct arena *arena);

#endif
