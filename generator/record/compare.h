/* The plan beside the record of the last build. */
#ifndef JIYUE_RECORD_COMPARE_H
#define JIYUE_RECORD_COMPARE_H

#include "record/page_work.h"

/* What stands in the output folder, as far as comparing needs it. */
struct compare_options {
	const struct store *store;
	bool (*has_site)(void *context, str domain);
	/*
	 * Has the file <domain>/<path> this size? NULL when the record is
	 * intact: then every file is as it says.
	 */
	bool (*has_page)(void *context, str path, uint64_t size);
	void *context;
	struct arena *arena;
};

/*
 * What the record knows of each wanted site and page: fills `known`, and of
 * the sites is_fresh, is_recorded, known and pending.
 */
void record_compare(struct page_work *work,
		    const struct compare_options *options);

/* How a site changes: what is to be moved, removed and noted. */
struct site_change {
	struct list gone; /* str: pages that no plan has any more */
	bool is_any;	  /* files, or what is known of them */
	bool is_file;	  /* something is written or removed */
};

/* After the pages were made. */
struct site_change record_site_change(const struct page_work *work,
				      size_t number, struct arena *arena);

#endif
