/*
 * redirects.json: what a web server must answer beside the files, of all sites
 * in one document that any server's configuration can be made from:
 *
 *	{"version":1,"sites":[
 *	{"id":"jyj","domain":"jyj.example.cn","redirects":[
 *	{"from":"/content.jsp?id=12","to":"/zwgk/202603/a.html","code":301}
 *	,{"from":"/news*","to":"https://www.example.cn/xw*","code":301}
 *	],"gone":[
 *	"/dt/202401/b.html"
 *	]}
 *	]}
 *
 * `from` and what stands in `gone` (410) are addresses below the domain,
 * percent-encoded as browsers send them, with the query where it counts; a "*"
 * at the end stands for anything, and what it stood for takes the place of the
 * "*" at the end of `to`. Without a query in `from` any query will do. The
 * longest `from` counts; one without a "*" before all with one.
 *
 * Always true: sites are in the order of their ids, addresses in that of their
 * bytes; the document is a function of the plan.
 */
#ifndef JIYUE_RENDER_REDIRECTS_H
#define JIYUE_RENDER_REDIRECTS_H

#include "plan/page_plan.h"

struct redirect_rule {
	str folded; /* `from`, as the tables of servers have it */
	str from;
	str to;
	uint16_t code;
};

/* Of one site, each sorted by `from`. */
struct redirect_rules {
	struct list moved; /* struct redirect_rule */
	struct list gone;  /* the same, without `to` */
};

/* What the document has of one site; slices of the plan, or in `arena`. */
void redirects_collect(struct redirect_rules *out, const struct page_plan *plan,
		       const struct site_plan *site, struct arena *arena);

/*
 * Without the rules of one that is no old address any more, as in `aliases:`,
 * and with those of one that leads to the address `to`, if there is one.
 */
void redirects_change(struct redirect_rules *rules, str written, str to,
		      struct arena *arena);

/* The document of rules, one a site; in `arena`. */
str redirects_render(const struct cluster *cluster,
		     const struct redirect_rules *rules, struct arena *arena);

/* The rules as bytes of a record; unpacked they are slices of them. */
void redirects_pack(struct buf *out, const struct redirect_rules *rules);
MUST_USE bool redirects_unpack(struct redirect_rules *out, str bytes,
			       struct arena *arena);

#endif
