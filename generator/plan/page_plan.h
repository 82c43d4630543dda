/*
 * The page plan: every page of every site, with what each depends on.
 *
 * Built once from the frozen catalogue and columns, read-only afterwards, so
 * that workers share it without locks.
 *
 * Always true: the pages of a site are sorted by path; no two share one; every
 * pointer is into the build arena.
 */
#ifndef JIYUE_PLAN_PAGE_PLAN_H
#define JIYUE_PLAN_PAGE_PLAN_H

#include "plan/page.h"
#include "plan/relations.h"
#include "plan/site_lists.h"
#include "site/arrange.h"
#include "snapshot/history.h"
#include "theme/theme.h"

struct site_plan {
	const struct site *site;
	const struct theme *theme;
	struct page *pages;
	size_t count;
	bool has_errors; /* found while planning: keep the last pages */
	const struct site_lists *lists;
};

struct page_plan {
	const struct arrangement *arrangement;
	const struct snapshot *snapshot;
	struct site_plan *sites; /* one a site of the cluster, same order */
	size_t count;
	size_t page_count; /* of all sites */
	struct relations relations;
	const struct file_history *history; /* one a file of the snapshot */
	const uint64_t *rows; /* each resource as a list shows it, 0: nowhere */
};

struct plan_options {
	const struct arrangement *arrangement;
	const struct snapshot *snapshot;
	const struct theme *themes;	    /* one a site */
	const struct file_history *history; /* one a file */
};

void page_plan_make(struct page_plan *out, const struct plan_options *options,
		    struct arena *arena, struct diag_list *diags);

/*
 * The template of a page: the theme's special one (article-policy,
 * column-services) when there is one, the general one, or NULL.
 */
const char *page_template(const struct page *page,
			  const struct catalog *catalog,
			  const struct template_set *templates);

/* The page with this path, or NULL. */
const struct page *site_plan_find(const struct site_plan *plan, str path);

/*
 * The file `path` of the library as published beside a resource with a folder:
 * its owner, or RESOURCE_NONE when no resource publishes it.
 */
uint32_t page_plan_file_owner(const struct page_plan *plan, str path);

/*
 * Number of numbered list pages beside index.html for `total` items. They are
 * numbered from the oldest and always full, so that a new item changes
 * index.html only; index.html shows one to two pages' worth.
 */
uint32_t list_page_count(size_t total, size_t page_size);

/* One line a page: site, kind, path, fingerprint parts. */
void page_plan_print(struct buf *out, const struct page_plan *plan);

#endif
