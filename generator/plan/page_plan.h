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

#include "base/list.h"
#include "base/map.h"
#include "base/sorted.h"
#include "cache/store.h"
#include "library/attachments.h"
#include "plan/page.h"
#include "plan/relations.h"
#include "plan/site_lists.h"
#include "plan/topics.h"
#include "site/arrange.h"
#include "snapshot/history.h"
#include "theme/theme.h"

struct cased_page;
struct site_alias;
struct site_redirect;

/* Of the rows of redirects.csv; plan/redirects.h. */
struct site_redirects {
	struct site_redirect *exact; /* sorted by key */
	size_t exact_count;
	struct site_redirect *prefixes; /* those with "*"; sorted by key */
	size_t prefix_count;
	uint32_t *by_resource; /* exact rows that lead to one of the site */
	size_t by_resource_count;
	bool *is_right; /* while they are judged: of both, in this order */
};

struct site_plan {
	const struct site *site;
	const struct theme *theme;
	struct page *pages;
	size_t count;
	const struct store
		*record;	 /* has all other pages; NULL: there are none */
	struct sorted_rows left; /* str: but for these */
	const struct site_lists *lists;
	const struct site_alias *aliases; /* plan/address_check.h */
	size_t alias_count;
	struct cased_page *cased; /* see plan/address_check.c */
	size_t cased_count;
	struct list gone; /* uint32_t: what answers 410; plan/gone_pages.h */
	struct export_list *exports; /* one a row; plan/exports.h */
	struct site_redirects redirects;
};

struct page_plan {
	const struct arrangement *arrangement;
	const struct snapshot *snapshot;
	struct site_plan *sites; /* one a site of the cluster, same order */
	size_t count;
	size_t page_count; /* of all sites */
	struct relations relations;
	struct topics topics;
	const struct file_history *history;    /* one a file of the snapshot */
	const struct snapshot_change *changes; /* since that; sorted by file */
	size_t change_count;
	const struct renames *renames;	       /* NULL: none is known */
	const struct attachments *attachments; /* NULL: none is refused */
	struct map gone;		       /* see plan/gone_pages.h */
	const uint64_t *rows; /* each resource as a list shows it, 0: nowhere */
	struct list losers;   /* uint32_t: resources whose address belongs to
				 one that was there before */
};

struct plan_options {
	const struct arrangement *arrangement;
	const struct snapshot *snapshot;
	const struct theme *themes;	       /* one a site */
	const struct file_history *history;    /* one a file */
	const struct renames *renames;	       /* NULL: none is known */
	const struct attachments *attachments; /* NULL: none is refused */
	size_t threads;			       /* 0: one */
};

/* A column's list that is not what it was. */
struct list_change {
	bool is_other;
	size_t oldest; /* counted from the oldest: from there on */
	size_t before; /* how many it had */
};

/*
 * The same from the plan of an earlier build (record/plan_image.h) when nothing
 * but some bodies changed, and what lists say of some, or when it was edited
 * (record/plan_edit.h). Only the pages that may show that are there, and only
 * of the sites that are wanted. Fingerprints are left out: see
 * fingerprint_fill_page.
 */
struct recall_options {
	struct plan_options plan;
	struct relations relations; /* these five are as they were */
	struct topics topics;
	const struct site_lists *lists;
	const uint64_t *rows;
	const struct store *record; /* of all pages */
	const struct list *changes; /* struct snapshot_change */
	const uint32_t *shown;	    /* whose own page may show a change */
	size_t shown_count;
	const bool *is_shown;	   /* the same, one a resource */
	const bool *is_changed;	   /* one a resource: its file changed */
	const bool *has_new_row;   /* one a resource: lists say other words */
	const bool *lists_new_row; /* one a site: it has such a list */
	const struct list_change *const *lists_changed; /* one a site, of its
							   columns; or NULL */
	const struct search_cut *searches; /* one a site; or NULL */
	const bool *wanted;		   /* one a site */
};

void page_plan_recall(struct page_plan *out,
		      const struct recall_options *options, struct arena *arena,
		      struct diag_list *diags);

void page_plan_make(struct page_plan *out, const struct plan_options *options,
		    struct arena *arena, struct diag_list *diags);

/*
 * The template of a page: the theme's special one (article-policy,
 * column-services) when there is one, the general one, or NULL.
 */
const char *page_template(const struct page *page,
			  const struct catalog *catalog,
			  const struct template_set *templates);

/* The resource as a list shows it; 0: nowhere. */
static inline uint64_t page_plan_row(const struct page_plan *plan,
				     uint32_t number)
{
	return catalog_has_item(plan->arrangement->catalog, plan->rows,
				sizeof(*plan->rows), number)
		       ? plan->rows[number]
		       : 0;
}

/*
 * When the resource's file was changed last, or got the bytes of an earlier
 * version that stands in; not set without a history.
 */
struct moment page_plan_changed(const struct page_plan *plan,
				uint32_t resource);

/* Its pages, to be looked up by path. */
struct sorted_rows site_plan_rows(const struct site_plan *plan);

/* The page with this path, or NULL. */
const struct page *site_plan_find(const struct site_plan *plan, str path);

/* Has the site a page with this path, here or in the record? */
bool site_plan_has(const struct site_plan *plan, str path);

/*
 * The file `path` of the library as published beside a resource with a folder:
 * its owner, or RESOURCE_NONE when no resource publishes it.
 */
uint32_t page_plan_file_owner(const struct page_plan *plan, str path);

/*
 * The site that publishes the shared file `path` of the library, and where;
 * NULL when there is none. The path is in `arena`.
 */
const struct site_plan *page_plan_shared_file(const struct page_plan *plan,
					      str path, str *at,
					      struct arena *arena);

/* Has the site a page or file at "/tzgg/202603/a.png"? */
bool page_plan_has_address(const struct page_plan *plan,
			   const struct site *site, str address);

/*
 * The published file that a resource's `image:` names by its path, written as
 * it is or encoded: beside the resource, or shared. STR_NONE: there is none.
 * This is what lists show.
 */
size_t page_plan_image(const struct page_plan *plan,
		       const struct resource *resource);

/*
 * Number of numbered list pages beside index.html for `total` items. They are
 * numbered from the oldest and always full, so that a new item changes
 * index.html only; index.html shows one to two pages' worth.
 */
uint32_t list_page_count(size_t total, size_t page_size);

/* How many rows the page of facets shows of a column, the first of its list. */
size_t facet_row_count(const struct column *column);

/* One line a page: site, kind, path, fingerprint parts. */
void page_plan_print(struct buf *out, const struct page_plan *plan);

#endif
