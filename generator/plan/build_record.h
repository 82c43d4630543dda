/*
 * The record of the last build: every page that stands in the output folder,
 * with its fingerprint and what its body led to.
 *
 * Kept in chunks of pages of a site, sorted by path like the plan, so that
 * comparing is one pass and a changed page rewrites its chunk. Correctness
 * rests on fingerprints alone; without a usable record everything is stale.
 */
#ifndef JIYUE_PLAN_BUILD_RECORD_H
#define JIYUE_PLAN_BUILD_RECORD_H

#include "base/sha256.h"
#include "cache/store.h"
#include "plan/page_plan.h"

/*
 * What a body leads to: a letter and a name.
 *	r content/…/x.md   a resource by its path
 *	i szf/zcwj/x       a resource by its id
 *	f content/…/a.csv  a file beside an index.md
 *	p gk/index.html    a page of the own site
 *	o gk/old.html      an old address of the own site, by its key
 *	s www.a.cn         whether a host is a site of the cluster
 *	w content/…/x.md   where the page of a resource stood before
 *	n content/…/x.md   which file was probably meant by a path that has none
 *	P www.a.cn/gk/index.html, O www.a.cn/gk/old.html
 *	                   the same of another site of the cluster
 *	h DIGEST content/…/x.md
 *	                   the anchors of a resource's text, by its path; 16 hex
 *	                   digits say what they were
 */
struct dependency_list {
	const str *names;
	size_t count;
};

struct recorded_page {
	str path;
	struct fingerprint fingerprint; /* PART_LINKS covers the body's */
	uint32_t reasons;     /* why it was made last: 1 << part; REASON_NEW */
	char revision[12];    /* the head of the revision it was made from */
	uint64_t size;	      /* bytes of its file */
	struct sha256 sha256; /* of them */
	uint64_t told;	      /* findings_digest of what was said of it */
	struct dependency_list dependencies;
};

enum { REASON_NEW = 1 << PART_COUNT };

struct recorded_site {
	struct recorded_page *pages; /* sorted by path */
	size_t count;
};

/* False when there is no usable record of the domain. */
MUST_USE bool build_record_read(struct recorded_site *out,
				const struct store *store, str domain,
				struct arena *arena);

/*
 * Size and digest of every page of a domain, in the order of the paths, and
 * nothing else of them. False when there is no usable record, or when `visit`
 * says so. The path lives as long as the store.
 */
typedef bool build_record_visit(void *context, str path, uint64_t size,
				const struct sha256 *sha256);

MUST_USE bool build_record_files(const struct store *store, str domain,
				 build_record_visit *visit, void *context);

/*
 * What "h" has behind it: false when the name is of another kind.
 */
MUST_USE bool dependency_anchors(uint64_t *digest, str *path, str name);

/* Does the name lead to a file beside an index.md, or perhaps to one? */
bool dependency_is_file(str name);

/*
 * One page and its place in the record, without reading the others; false when
 * it is not there.
 */
MUST_USE bool build_record_find(struct recorded_page *out, size_t *place,
				const struct store *store, str domain, str path,
				struct arena *arena);

/* Makes the record of a domain unusable until it is written again. */
MUST_USE bool build_record_forget(struct store *store, str domain,
				  struct diag_list *diags);

/*
 * Writes the record of a domain: begin, every page in the order of the paths,
 * end. Nothing that stands there already is written again.
 */
struct build_record_writer {
	struct store *store;
	str domain;
	size_t count;
	struct buf chunk;
	struct arena *scratch;
	struct diag_list *diags;
};

MUST_USE bool build_record_add(struct build_record_writer *writer,
			       const struct recorded_page *page);
MUST_USE bool build_record_end(struct build_record_writer *writer);

/* Pages and their places, in the order of the places: the rest stays. */
struct recorded_place {
	size_t place;
	struct recorded_page page;
};

MUST_USE bool build_record_update(struct store *store, str domain,
				  const struct recorded_place *places,
				  size_t count, struct arena *scratch,
				  struct diag_list *diags);

/*
 * Pages that came, changed or went, by path, each once: the rest stays, and
 * what is before the first of them is not written again.
 */
struct recorded_edit {
	bool has_gone;
	struct recorded_page page; /* its path alone, when it is gone */
};

MUST_USE bool build_record_edit(struct store *store, str domain,
				const struct recorded_edit *edits, size_t count,
				struct arena *scratch, struct diag_list *diags);

/*
 * The whole fingerprint of a page, once it is known what its body leads to:
 * the plan's, with the state of these dependencies in PART_LINKS.
 */
struct fingerprint
build_record_fingerprint(const struct page_plan *plan,
			 const struct site_plan *site, const struct page *page,
			 const struct dependency_list *dependencies);

/*
 * Paths that a build was about to write or remove when it ended; they may or
 * may not be there.
 */
MUST_USE bool build_record_pending(struct list *out, const struct store *store,
				   str domain, struct arena *arena);

/* What about the page differs from the record, for `jiyue explain`. */
enum page_freshness {
	FRESHNESS_SAME,
	FRESHNESS_STALE,
	FRESHNESS_NEW, /* not in the record */
};

struct page_comparison {
	enum page_freshness freshness;
	uint32_t reasons; /* as in struct recorded_page */
};

struct page_comparison build_record_compare(const struct page_plan *plan,
					    const struct site_plan *site,
					    const struct page *page,
					    const struct recorded_page *known);

#endif
