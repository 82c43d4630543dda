/*
 * The parts that many pages show, as values for templates: the site, the
 * navigation, the breadcrumbs, rows of lists, stamps.
 */
#ifndef JIYUE_RENDER_VIEW_H
#define JIYUE_RENDER_VIEW_H

#include "render/render.h"
#include "render/shapes.h"

/* Outside addresses that a page asks about before it is left. */
struct leaves {
	struct list items; /* struct value: objects of leave_shape */
};

/* What the head of a page says. */
struct page_head {
	str title; /* as its h1; empty on the home page */
	str description;
	struct value stamp;
	struct value meta_list; /* of meta_shape; see view_site_meta */
	struct value properties;
	struct value alternates; /* of alternate_shape; none: no other */
	bool has_image;		 /* one of them is a picture */
	str canonical;		 /* empty: its own address */
	struct leaves leaves;
};

/* An object of `shape` with these values, as many as it has fields. */
struct value view_object(const struct render_job *job,
			 const struct shape *shape, const struct value *values);

struct value view_link(const struct render_job *job, str name, str url);
struct value view_texts(const struct render_job *job, const str *texts,
			size_t count);
struct value view_packed_texts(const struct render_job *job, str packed);

/* Archive stamp, or none. `replaced_by` is an id, a path or an address. */
struct value view_stamp(const struct render_job *job, struct moment since,
			str replaced_by);
struct value view_column_stamp(const struct render_job *job,
			       const struct column *column);

/*
 * Rows of a list, as seen from the job's site in `column` (may be NULL); what
 * is pinned to it stands first of them.
 */
struct value view_item(const struct render_job *job, uint32_t number,
		       const struct column *column);
struct value view_items(const struct render_job *job, const uint32_t *numbers,
			size_t count, const struct column *column);

/* The same where their pictures are shown: with the smaller ones of each. */
struct value view_pictured_items(const struct render_job *job,
				 const uint32_t *numbers, size_t count,
				 const struct column *column);

/* Rows of a column's own pages, which has a layout of its own or not. */
struct value view_column_items(const struct render_job *job,
			       const uint32_t *numbers, size_t count,
			       const struct column *column);

/* Packed texts; empty when its type does not let lists know the field. */
str view_listed(const struct render_job *job, const struct resource *resource,
		const char *key);

/* 综合政务\政务公开 is a path through the classes: 综合政务 › 政务公开. */
str view_topic(const struct render_job *job, str topic);

/* Where a consultation stands; none for any other resource. */
struct value view_consultation(const struct render_job *job,
			       const struct resource *resource);

/* The address of a resource's page from the job's site; empty without one. */
str view_address(const struct render_job *job, uint32_t number,
		 const struct column *column);

/* An address of the job's site with its domain; any other as it is. */
str view_absolute(const struct render_job *job, str address);

/* An address that needs nothing added: of a site, or absolute. */
bool view_is_whole_address(str address);

/* Children of `parent` (NULL: the top), with all below them. */
struct value view_columns(const struct render_job *job,
			  const struct column *parent, bool archived_too);
/* One column with all below it, as the navigation shows it. */
struct value view_column_entry(const struct render_job *job,
			       const struct column *column, bool archived_too);
struct value view_column(const struct render_job *job,
			 const struct column *column);

/* The three site tags, then what `more` of them was added (rules.md B). */
struct meta_list {
	struct list items; /* struct value */
	struct arena *arena;
};
void meta_begin(struct meta_list *list, const struct render_job *job);
void meta_add(struct meta_list *list, const char *name, str content);
void meta_add_column(struct meta_list *list, const struct render_job *job,
		     const struct column *column);
struct value meta_value(const struct meta_list *list);

/* What both say is told once: each such pair gets the name of the other. */
void meta_pair(struct value *meta, struct value *properties,
	       struct arena *arena);
str view_join(const struct render_job *job, str packed); /* with "," */

/*
 * If the address leads out of the cluster, adds a notice and returns "#leave-…"
 * to link to; otherwise the address itself.
 */
str leaves_guard(struct leaves *leaves, const struct render_job *job,
		 str address);
bool view_is_outside(const struct render_job *job, str address);

/* What the page depends on beside its own file (plan/build_record.h). */
void view_depend(const struct render_job *job, char letter, str name);

/* The sites of the cluster; PART_LISTS of who shows them has them. */
struct value view_directory(const struct render_job *job);

/*
 * Renders a template. `values` are those of `shape`, whose first four are
 * filled in here.
 */
MUST_USE bool view_render(str *out, const struct render_job *job,
			  const struct shape *shape, struct value *values,
			  struct page_head *head);

/* og:locale of the page: "zh_CN", by the language it is written in. */
str view_locale(const struct render_job *job);

/* {{strings.<group>.<name>}} of the site's theme; empty when it has none. */
str view_string(const struct render_job *job, const char *group,
		const char *name);
/* The same where the name comes from the library. */
str view_string_at(const struct render_job *job, const char *group, str name);

const struct platform *view_platform(const struct render_job *job);

/*
 * The resource of that number, in the job's arena; where there may be very
 * many, catalog_get needs no memory.
 */
const struct resource *view_resource(const struct render_job *job,
				     uint32_t number);
const struct catalog *view_catalog(const struct render_job *job);
/* Numbers that may lie in the record: see snapshot_trusts. */
bool view_trusts(const struct render_job *job, const uint32_t *numbers,
		 size_t count);

/* What a policy's state is as of the date; empty: none. */
str view_validity(const struct render_job *job, uint32_t number);
struct placement view_placement(const struct render_job *job, uint32_t number);

#endif
