/*
 * The proof of article 13: columns, navigation, 网站地图 page, sitemap.xml and
 * feeds of a site are equal, read back from the files that were written.
 *
 * Live columns must be in all five; archived ones in all but the navigation.
 * Nothing that is no column may be among them.
 */
#ifndef JIYUE_AUDIT_COLUMN_SETS_H
#define JIYUE_AUDIT_COLUMN_SETS_H

#include "plan/page_plan.h"

/*
 * The bytes of a page of the site as they were published. False when there is
 * no such page, or with a failure when it cannot be read.
 */
typedef bool column_sets_read(void *context, const struct site *site, str path,
			      str *out, struct arena *arena,
			      struct diag_list *diags);

/* Has the page the bytes that an earlier proof has read? */
typedef bool column_sets_is_kept(void *context, const struct site *site,
				 str path);

struct column_sets_options {
	const struct site_plan *plan;
	uint32_t sets; /* bit set of enum column_set: which are proven */
	column_sets_read *read;
	column_sets_is_kept *is_kept; /* or NULL: none is */
	void *context;
	/*
	 * column_sets_note_count of them, as the last proof left them, or NULL:
	 * a set is proven without its kept pages when each of the others adds
	 * what it added then. Digests of 0 are of nothing proven.
	 */
	struct digest *notes;
};

size_t column_sets_note_count(const struct site *site);

/*
 * Records an error for each difference; false when there are some, or with a
 * failure when a page cannot be read.
 */
bool column_sets_check(const struct column_sets_options *options,
		       struct arena *arena, struct diag_list *diags);

#endif
