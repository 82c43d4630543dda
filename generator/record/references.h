/*
 * What leads to a resource or an address: who must be looked at when that is
 * another, and which addresses nobody may take.
 *
 * Always true: what leads there is found; more may be found, as names are
 * digests and what a body led to before may be kept.
 */
#ifndef JIYUE_RECORD_REFERENCES_H
#define JIYUE_RECORD_REFERENCES_H

#include "record/page_work.h"
#include "record/plan_image.h"

/* Of a whole build, after its pages were made. */
void references_make(struct plan_references *out, const struct page_work *work,
		     struct arena *arena);

/*
 * The same with what the pages that were looked at lead to. False when nothing
 * is to be written.
 */
bool references_add(struct plan_references *references,
		    const struct page_work *work, struct arena *arena);

/* The digest of a text of the library, of an id, of a page of a domain. */
uint32_t reference_to_path(str path);
uint32_t reference_to_id(str id);
uint32_t reference_to_page(str domain, str path);

/* An address of a domain at which no page stood, by its folded key. */
uint32_t reference_to_old(str domain, str key);

/*
 * That of all bodies with a dead link to a file: which one was meant depends on
 * all names, and on those that files had before.
 */
uint32_t reference_to_near(void);

/* Does the body of any resource lead to the name? */
bool references_has(const struct plan_references *references, uint32_t name);

/* Adds the resources whose bodies lead to the name (uint32_t). */
void references_find(const struct plan_references *references, uint32_t name,
		     struct list *out, struct arena *arena);

/* Does a text say that another will be its result, which is not there yet? */
bool references_await(const struct plan_references *references);

/*
 * Is it an old address of the site, or that of something that was removed, or
 * one with capital letters? By its folded key (markup/url_path.h).
 */
bool references_has_old(const struct plan_references *references,
			const struct site *site, str key);

/* Have several it: what is one, and no more, may show what another is. */
bool references_share_old(const struct plan_references *references,
			  const struct site *site, str key);

/* Does a row of the site's redirects.csv mean the key, or what is above it? */
bool references_has_row(const struct site *site, str key, struct arena *arena);

/* Old addresses of before that are none any more, and new ones. */
struct moved_alias;
void references_move_aliases(struct plan_references *references,
			     const struct list *moved, struct arena *arena);

/* Either of them, of the page at this path. */
bool references_has_alias(const struct plan_references *references,
			  const struct site *site, str path,
			  struct arena *arena);

#endif
