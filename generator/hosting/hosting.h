/*
 * Configurations of web servers, made from the settings of the cluster and the
 * plan of its sites: whole files that are read as they are.
 *
 * Always true: the text is a function of revision, as-of date and options.
 */
#ifndef JIYUE_HOSTING_HOSTING_H
#define JIYUE_HOSTING_HOSTING_H

#include "plan/page_plan.h"

struct hosting {
	const struct cluster *cluster;
	const struct page_plan *plan;
	struct moment as_of;
	str revision;
	const char *root;   /* has a folder for each domain */
	const char *folder; /* --to */
	const char *tls;    /* folder of certificates by domain; NULL: no TLS */
	/*
	 * Folder of a log for each domain; NULL: the server's own settings
	 * hold. Such a log has neither whole addresses of readers nor what
	 * they asked for behind “?”, nor where they came from or with what:
	 * GoAccess counts by it, and nobody is found in it.
	 */
	const char *log;
	uint32_t hsts; /* days that browsers are to insist on TLS; 0: none */
	bool brotli;   /* .br files are sent */
	struct arena *arena;
	struct diag_list *diags;
};

/* The names of a site that lead to its domain, as DNS has them. */
struct hosting_names {
	struct list others; /* str */
};

/*
 * False with an error: a name is none that DNS can have. `www.a.cn` has `a.cn`
 * as another name, unless that is a site.
 */
MUST_USE bool hosting_names(struct hosting_names *out,
			    const struct hosting *hosting,
			    const struct site *site);

/*
 * Where a site that has moved is now, at the end of all moves. Empty: it has
 * not. False with an error: moves that lead in a circle.
 */
MUST_USE bool hosting_moved_to(str *out, const struct hosting *hosting,
			       const struct site *site);

/*
 * The text of security.txt; empty: no contact is named. False with an error:
 * the contact is none.
 */
MUST_USE bool hosting_security(str *out, const struct hosting *hosting);

/* A text as an expression that nothing else fits, of PCRE and of RE2. */
str hosting_literal(str text, struct arena *arena);

/* For nginx, to be included inside http { }. */
MUST_USE bool hosting_nginx(struct buf *out, const struct hosting *hosting);

/* For Caddy (2.6 and later), to be imported into a Caddyfile. */
MUST_USE bool hosting_caddy(struct buf *out, const struct hosting *hosting);

/*
 * For HAProxy (2.6 and later), two map files: of hosts and old addresses, and
 * of old addresses of which a beginning counts. The first says how both are
 * asked, as haproxy.map and haproxy-prefixes.map in hosting->folder.
 */
MUST_USE bool hosting_haproxy_maps(struct buf *out,
				   const struct hosting *hosting);
MUST_USE bool hosting_haproxy_prefixes(struct buf *out,
				       const struct hosting *hosting);

#endif
