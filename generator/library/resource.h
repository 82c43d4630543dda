/*
 * One resource (信息资源): what the catalogue knows of one Markdown file.
 *
 * Always true: it is metadata only; the body and the fields that only its own
 * page shows are read again when that page is rendered, so that memory is
 * bounded by metadata. The catalogue keeps resources packed, as the record of
 * the last build has them too; a struct resource is one of them unpacked, a
 * view whose strings are slices of the packed bytes and of the path.
 */
#ifndef JIYUE_LIBRARY_RESOURCE_H
#define JIYUE_LIBRARY_RESOURCE_H

#include "base/date.h"
#include "base/source.h"
#include "library/resource_type.h"

enum resource_status {
	STATUS_DRAFT,
	STATUS_IN_REVIEW,
	STATUS_PUBLISHED, /* also when no status is written */
	STATUS_WITHDRAWN,
	STATUS_ARCHIVED, /* also when archived_on is written: compare that
			    date with the day the build speaks for */
};

/* What one resource says of another, beside `interprets` and `replaces`. */
enum relation_kind {
	RELATION_AMENDS = 'a',
	RELATION_TRANSLATES = 't',
	RELATION_SERVICE = 's',	 /* is about a service */
	RELATION_ACTIVITY = 'l', /* of a leader */
	RELATION_BASIS = 'b',
	RELATION_MESSAGE = 'm', /* an answer was made of */
};

/* All of their letters, NUL-terminated. */
extern const char relation_kinds[];

struct resource {
	uint32_t number; /* place in the catalogue */
	uint32_t file;	 /* of the snapshot; also the source number */
	uint32_t type;	 /* number of a struct resource_type */
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
	str keywords; /* packed texts (base/pack.h), like the next three */
	str audience;
	str aliases;
	str interprets; /* ids of policies */
	str sections;	/* topic: keywords of its sections; packed texts too */
	str related;	/* packed texts: a letter of enum relation_kind, id */
	str result;	/* consultation: id, path or address of what tells it */
	str listed;	/* fields that lists show: resource_listed_next */
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
	struct moment valid_until; /* policy */
	struct moment opens_on;	   /* consultation, like the next two */
	struct moment closes_on;
	struct moment feedback_on;
	struct moment keep_until; /* domain_notice, offline_notice */
	struct moment asked_at;	  /* message, like the next */
	struct moment answered_at;
	str replaced_by; /* id, path or address */
	str replaces;	 /* id: relations.replaces */

	struct span title_span;
	struct span date_span;
	struct span aliases_span;
	struct span replaced_by_span;
	struct span interprets_span;
	struct span replaces_span; /* of `relations:` */
	struct span related_span;  /* of the field that has them otherwise */
	struct span slug_span;	   /* of `slug:`, or the head of the file */
};

struct front_matter;
struct diag_list;
struct arena;
struct buf;

/*
 * Takes from the front matter what the catalogue knows. Strings are borrowed
 * from it and from `path`, the file's path in the snapshot, or stand in the
 * arena. False when the path does not give a unit, an id or a part of an
 * address.
 */
MUST_USE bool resource_build(struct resource *out, const struct source *source,
			     str path, const struct front_matter *matter,
			     struct arena *arena, struct diag_list *diags);

/*
 * Does this `disclosure:` keep a resource from being published? Only what is
 * disclosed to everyone is.
 */
bool resource_is_closed(str disclosure);

/* The status that is written like this, as in `status:`. */
MUST_USE bool resource_status_find(enum resource_status *out, str text);

/* All its places are the head of the file from now on. */
void resource_forget_spans(struct resource *resource, uint32_t file);

/* Is it on top of lists: pinned, and the pin not over? */
bool resource_is_pinned(const struct resource *resource, struct moment as_of);

/*
 * 有效性 as of the date: as written, or 已失效 once valid_until is over, unless
 * it was repealed before (rules.md D.3). Empty when none is written.
 */
str resource_validity(const struct resource *resource, struct moment as_of);

/*
 * Where a consultation stands as of the date. `days` is what is left of one
 * that is open: 0 on its last day.
 */
enum consultation_state {
	CONSULTING_NONE, /* it is none */
	CONSULTING_AHEAD,
	CONSULTING_OPEN,
	CONSULTING_CLOSED,
};

enum consultation_state resource_consultation(int64_t *days,
					      const struct resource *resource,
					      struct moment as_of);

/*
 * The fields that its type lets lists know (`listed:`), in the order of the
 * type: each is a packed text that holds its values as packed texts; of
 * records each value is a packed text of its parts once more. False at the end.
 */
bool resource_listed_next(str *values, str *rest);

/*
 * Whether the packed bytes mean the same for another build: they name no other
 * file (a span of an inherited value does).
 */
bool resource_is_lasting(const struct resource *resource);

/* Appends the resource; its path, number and file are left to the caller. */
void resource_pack(struct buf *out, const struct resource *resource);

/*
 * Are two versions of a resource the same but for what a list says of it: its
 * title, subtitle, summary, author, source, document number and region? Then
 * they stand at the same places, and the same refers to them. Where the values
 * are written does not count.
 */
bool resource_differs_in_words(const struct resource *a,
			       const struct resource *b);

/* Of a packed resource these can be had without the rest of it. */
enum resource_text {
	RESOURCE_KEYWORDS,
	RESOURCE_ALIASES,
	RESOURCE_INTERPRETS,
	RESOURCE_REPLACES,
	RESOURCE_REPLACED_BY,
	RESOURCE_RELATED,
	RESOURCE_TOPIC,
	RESOURCE_AUDIENCE,
	RESOURCE_TEXT_COUNT
};

/* As the member of the resource; false when the bytes are no packed one. */
MUST_USE bool resource_peek(str *out, str bytes, enum resource_text text);

/* False when the bytes are no packed resource. */
MUST_USE bool resource_unpack(struct resource *out, str bytes, str path,
			      uint32_t file);

#endif
