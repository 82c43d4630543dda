/*
 * One resource (信息资源): what the catalogue knows of one Markdown file.
 *
 * Always true: it is metadata only; the body and the fields that only its own
 * page shows are read again when that page is rendered, so that memory is
 * bounded by metadata. Strings live in the library's arena.
 */
#ifndef JIYUE_LIBRARY_RESOURCE_H
#define JIYUE_LIBRARY_RESOURCE_H

#include "base/date.h"
#include "base/source.h"
#include "library/field.h"

enum resource_status {
	STATUS_DRAFT,
	STATUS_IN_REVIEW,
	STATUS_PUBLISHED, /* also when no status is written */
	STATUS_WITHDRAWN,
	STATUS_ARCHIVED, /* also when archived_on is written: compare that
			    date with the day the build speaks for */
};

struct resource {
	uint32_t number; /* place in the catalogue */
	uint32_t file;	 /* of the snapshot; also the source number */
	enum resource_type type;
	enum resource_status status;
	str id;		 /* path without content/ and .md, or as written */
	str unit;	 /* first folder below content/ */
	str path;	 /* content/jyj/…/x.md */
	str slug;	 /* last part of the address, without .html */
	bool has_folder; /* …/index.md: images and attachments beside it */

	str title;
	str subtitle;
	str summary;
	str source_name; /* 来源 */
	str source_url;
	str author;
	str image; /* as written */
	str topic; /* 主题分类 */
	str region;
	str lang;
	str doc_no;   /* policy, notice */
	str validity; /* policy: 有效 … */
	const str *keywords;
	const str *audience;
	const str *aliases;
	const str *interprets; /* ids of policies */
	uint16_t keyword_count;
	uint16_t audience_count;
	uint16_t alias_count;
	uint16_t interprets_count;
	bool is_reprint;
	bool is_major;	 /* policy */
	bool is_pinned;	 /* news: `pin` */
	uint32_t weight; /* order among leaders and organs; 0: none */

	struct moment date; /* publishing time */
	struct moment updated;
	struct moment publish_at;
	struct moment expires_on;
	struct moment archived_on;
	struct moment pin_until;
	str replaced_by; /* id, path or address */
	str replaces;	 /* id: relations.replaces */

	struct span title_span;
	struct span date_span;
	struct span aliases_span;
	struct span replaced_by_span;
	struct span interprets_span;
	struct span replaces_span;
	struct span slug_span; /* of `slug:`, or the head of the file */
};

struct front_matter;
struct diag_list;
struct arena;
struct map;

/*
 * Takes from the front matter what the catalogue knows. Strings are borrowed
 * from it and from `path`, the file's path in the snapshot. False when the
 * path does not give a unit, an id or a part of an address.
 */
MUST_USE bool resource_build(struct resource *out, const struct source *source,
			     str path, const struct front_matter *matter,
			     struct diag_list *diags);

/*
 * Copies the borrowed strings into the arena, except those that are slices
 * of the path. Names that many resources share stand there once: `shared` has
 * them.
 */
void resource_keep(struct resource *resource, struct map *shared,
		   struct arena *arena);

/*
 * The resource as bytes for a cache, and back. Unpacked strings are slices of
 * `bytes` and `path`; lists of them stand in the arena; number and file are
 * left for the caller. Only a resource all of whose spans are in its own file
 * can be packed.
 */
struct buf;
bool resource_can_pack(const struct resource *resource);
void resource_pack(struct buf *out, const struct resource *resource);
MUST_USE bool resource_unpack(struct resource *out, str bytes, str path,
			      uint32_t file, struct arena *arena);

#endif
