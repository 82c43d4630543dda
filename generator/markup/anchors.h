/*
 * The places of one page that a link can lead to: ids of headings, of
 * footnotes, and of raw HTML.
 *
 * What stands behind "#" is written by people: as the heading reads
 * ("一、总则"), as another generator made it ("11-总则"), percent-encoded, or
 * as the name of an old <a name>. All of these find the id.
 */
#ifndef JIYUE_MARKUP_ANCHORS_H
#define JIYUE_MARKUP_ANCHORS_H

#include "base/digest.h"
#include "base/map.h"

struct anchors {
	struct arena *arena;
	str raw_prefix;	     /* of ids of raw HTML: "user-" */
	str reserved_prefix; /* see heading_id.h */
	struct map ids;
	struct map loose;     /* letters and digits alone: to a str, the id */
	struct digest digest; /* of all of them */
};

void anchors_init(struct anchors *anchors, str reserved_prefix,
		  struct arena *arena);

/* In the order of the page; `id` must outlive the anchors. */
void anchors_add(struct anchors *anchors, str id);

/* What people may call the place with this id; an id of its own goes first. */
void anchors_add_name(struct anchors *anchors, str name, str id);

/*
 * The id that this leads to, as written behind "#"; "top" where the page has
 * nothing of this name: there browsers go to its top. Empty: none.
 */
str anchors_find(const struct anchors *anchors, str fragment,
		 struct arena *arena);

/* The id that was most likely meant, or empty. */
str anchors_nearest(const struct anchors *anchors, str fragment,
		    struct arena *arena);

#endif
