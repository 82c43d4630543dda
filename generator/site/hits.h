/*
 * How often the texts of a site are read: the newest .json file of its
 * sites/<id>/statistics/, as GoAccess writes it. Home pages show a hot list of
 * it (plan/hot_pages.h); article 21 of the measures.
 *
 * Always true once read: rows have the form of a text's address, are sorted by
 * hits, then by key, and no two have the same key.
 */
#ifndef JIYUE_SITE_HITS_H
#define JIYUE_SITE_HITS_H

#include "base/diag.h"
#include "site/settings.h"

enum {
	HITS_KEPT = 200,     /* rows of a site: the first of them */
	HITS_ADDRESS = 1000, /* bytes of an address; longer ones are none */
};

/* "jyxw/202603/kaixue.html" and how often it was asked for. */
struct page_hits {
	str key;    /* as url_path_key gives it */
	str column; /* its path */
	str slug;
	int32_t month; /* 202603 */
	uint64_t hits;
};

struct site_hits {
	const struct page_hits *items;
	size_t count;
	uint32_t file; /* of the snapshot; of the caller */
};

/* "sites/jyj/statistics/2026-10.json"; of several the last by name counts. */
bool hits_has_path(str path);

/* False, with an error: this is no report of GoAccess. */
MUST_USE bool hits_read(struct site_hits *out, const struct source *source,
			struct arena *arena, struct diag_list *diags);

/* For help; ends with a row without rows. */
extern const struct setting_table hits_settings[];

#endif
