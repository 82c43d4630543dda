/*
 * Open data of a site for the hotline and answer robots (article 16): all
 * resources of some types as JSON, services.json, qa.json, policies.json.
 *
 * A file has EXPORT_SIZE resources. Those beside the newest are numbered from
 * the oldest and always full, as pages of lists are (list_page_count), so that
 * what comes changes the newest alone.
 */
#ifndef JIYUE_PLAN_EXPORTS_H
#define JIYUE_PLAN_EXPORTS_H

#include "plan/page_sources.h"

enum { EXPORT_SIZE = 200, EXPORT_COUNT = 3 };

struct export_row {
	const char *type; /* as in `type:` */
	const char *name; /* of the file, without .json */
};

extern const struct export_row export_rows[EXPORT_COUNT];

/* The number of the type's row; EXPORT_COUNT: it has none. */
size_t export_row_for(const struct resource_type *type);

/* Can pages of the type be had as plain text? Policies and services. */
bool type_has_text_file(const struct resource_type *type);

/* What a site publishes of the type of a row, the portal: what all do, newest
 * first. */
struct export_list {
	uint32_t *numbers; /* of resources */
	size_t count;
};

/* That of the row of a page of this kind. */
const struct export_list *export_list_of(const struct site_plan *site,
					 const struct page *page);

/* How many that is, with these lists of the site. */
size_t export_count(const struct arrangement *arrangement,
		    const struct site *site, const struct site_lists *lists,
		    const struct export_row *row);

/* How many files beside the newest has a list of this length? */
uint32_t export_page_count(size_t count);

/* The row and the number (0: the newest) of a page of this kind. */
const struct export_row *export_row_of(const struct page *page);
uint32_t export_number_of(const struct page *page);

/* "services.json", "services-1.json"; in the arena. */
str export_path(const struct export_row *row, uint32_t number,
		struct arena *arena);

page_source source_exports;
page_shows shows_exported;

/* The texts of one file, newest first. */
page_reads reads_exported;

#endif
