/*
 * Old addresses in bulk: sites/<id>/redirects.csv, one row an address:
 *
 *	old,new,code
 *	/content.jsp?id=12,/zwgk/202603/banfa.html,301
 *	/news*,/xwzx*,
 *	/tmp.html,,410
 *
 * `old` is an address of the site, with its query where it has one, or what
 * addresses begin with and one "*" behind it. `new` is an address of the site
 * or of another one, or "id:" and the id of a resource; behind an old "*" a new
 * one takes what the old stood for. `code` is 301 unless it says another.
 *
 * Always true of a row that was read: `old` begins with "/", `target` is
 * checked as an address, and is empty where the code is 410. Whether both lead
 * where they should is known to the plan (plan/redirects.h).
 */
#ifndef JIYUE_SITE_REDIRECTS_H
#define JIYUE_SITE_REDIRECTS_H

#include "base/diag.h"
#include "site/settings.h"

enum { REDIRECT_LIMIT = 100000 }; /* rows of a file */

struct redirect_row {
	str written; /* the old address, for messages */
	str target_written;
	str old;	/* without its query, and without the "*" */
	str query;	/* with its "?", without the "*"; or empty */
	str target;	/* without the "*" */
	bool is_prefix; /* `old` had a "*" */
	bool has_rest;	/* `target` had one */
	uint16_t code;
	struct span span; /* of `old` */
	struct span target_span;
};

struct redirect_rows {
	const struct redirect_row *items; /* in the order of the file */
	size_t count;
};

/*
 * Reads the file of a site. A row with a mistake is recorded and left out;
 * false: the file as a whole cannot be read.
 */
MUST_USE bool redirects_read(struct redirect_rows *out,
			     const struct source *source, str domain,
			     struct arena *arena, struct diag_list *diags);

/* For help; ends with a row without rows. */
extern const struct setting_table redirect_settings[];

#endif
