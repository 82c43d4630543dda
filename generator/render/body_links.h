/*
 * What links and images in a body point to: resources by path or id, files
 * beside an index.md, addresses of the site, the world outside.
 */
#ifndef JIYUE_RENDER_BODY_LINKS_H
#define JIYUE_RENDER_BODY_LINKS_H

#include "base/map.h"
#include "markup/markdown.h"
#include "markup/yaml.h"
#include "render/target_anchors.h"
#include "render/view.h"

struct body_links {
	const struct render_job *job;
	struct target_anchors *targets;
	const struct yaml_node *titles; /* `attachments:`, or NULL */
	struct list attachments;	/* struct value, of attachment_shape */
	struct map listed;		/* addresses of those */
	struct map sizes;		/* of pictures, by path: link_files.c */
	size_t dead_anchors; /* links to no place of a page, so far */
	size_t dead_files;   /* likewise, with no file */
};

/* Adds the files of `attachments:` that the body does not link to. */
void body_links_add_rest(struct body_links *links, struct diag_list *diags);

/*
 * Where an address of the front matter leads: a file beside the index.md, a
 * resource by its path or id, a page of the cluster. Empty when that is not
 * there, or is no picture where one is wanted, which is recorded at its place;
 * an address outside the cluster is left as it is.
 */
str body_links_field(struct body_links *links, str written, bool is_image,
		     struct span span);

/* For struct markdown_options; the context is a struct body_links. */
bool body_links_resolve(void *context, struct markdown_target *out,
			str destination, bool is_image, struct span span,
			struct diag_list *diags);

/* Does sites/platform.yaml allow to link to this player? */
bool body_links_frame(void *context, str address);

#endif
