/*
 * One link of a body on its way to where it leads: what render/body_links.c
 * and render/link_files.c share.
 */
#ifndef JIYUE_RENDER_LINK_H
#define JIYUE_RENDER_LINK_H

#include "render/body_links.h"

struct link {
	struct body_links *links;
	struct markdown_target *out;
	str destination;       /* as written, decoded */
	str before;	       /* of it, what stands before the next two */
	str query;	       /* with its "?", or empty */
	str fragment;	       /* with its "#", or empty */
	bool is_image;	       /* shown or played on the page */
	bool is_sized;	       /* its width and height are wanted */
	bool is_unlisted;      /* a file that the page shows in another way */
	bool is_redirected;    /* a row of redirects.csv led here */
	bool has_row_fragment; /* and said what stands behind the "#" */
	struct span span;
	struct diag_list *diags;
};

/* --- why a link becomes text; each records it and returns false --- */

/* It leads nowhere; `help` says what to do. */
bool link_dead(struct link *link, const char *help);

/*
 * A recalled plan has not all pages, no old addresses and no names that files
 * had before: where it leads, or was to lead, only a whole plan knows, which is
 * made then.
 */
bool link_unsure(struct link *link);

/*
 * What was withdrawn or is not published yet holds nothing up: neither itself
 * nor the pages that lead to it, whose links become text.
 */
bool link_not_there(struct link *link, enum visibility visibility);

/* A picture was wanted, and this is a page or a document. */
bool link_no_picture(struct link *link);

/* To a file of the library that is not published. */
bool link_refused(struct link *link);

/* --- where it leads (body_links.c) --- */

/* The path of the text in the library. */
str link_own_path(const struct link *link);

/* To the page of a resource, with what stands behind "#" found there. */
bool link_to_resource(struct link *link, uint32_t number);
void link_find_anchor(struct link *link, uint32_t number);

/* To this address, with the query and the fragment. */
bool link_set_address(struct link *link, str address);

/* --- pages by their addresses (link_pages.c) --- */

/*
 * A path that is none of the library, as pages of an old platform have them:
 * from where the page stands, or stood. False when nothing was there.
 */
bool link_from_page(struct link *link, bool *is_link);

/* "/dt/" of a text means the site that the text was written for. */
bool link_to_own_site(struct link *link);

/* To an address with its scheme, of the cluster or outside. */
bool link_to_absolute(struct link *link);

/* A host of the cluster, and no other port of it; or NULL. */
const struct site_plan *link_cluster_site(const struct link *link);

/* --- addresses (link_address.c) --- */

/* Why no browser can go to an address with a scheme, and what to write. */
str link_address_fault(str address, struct arena *arena);

/* Warns of an address that ends in a sign of a Chinese sentence. */
void link_look_at_end(struct link *link);

/* "https://www.a.cn" of "www.a.cn" and "https//www.a.cn"; empty: a path. */
str link_address_meant(str address, struct arena *arena);

/* The scheme and host in small letters, without the port that is implied. */
str link_address_form(str address, struct arena *arena);

/* --- files of the library --- */

/* Its title in `attachments:`, or empty. */
str link_attachment_title(const struct body_links *links, str name);

/* To the file `file` of the snapshot, whose path is `path`. */
bool link_to_file(struct link *link, str path, size_t file);

#endif
