/*
 * One site (站点) of the cluster.
 *
 * Always true: `domain` is the only source of every address of the site;
 * `columns` is the tree in the order of the settings, parents before children.
 */
#ifndef JIYUE_SITE_SITE_H
#define JIYUE_SITE_SITE_H

#include "site/column.h"
#include "site/hits.h"
#include "site/redirects.h"

/* rules.md H.2; the order is that of site_kinds. */
enum site_kind {
	KIND_PORTAL,
	KIND_DEPARTMENT,
	KIND_COUNTY,
	KIND_ZONE,
	KIND_FOREIGN, /* the last */
};

_Static_assert(KIND_FOREIGN < 16, "sets of kinds are bits of an int");

/* rules.md C.5 */
enum site_state {
	STATE_LIVE,
	STATE_TEMPORARILY_OFFLINE,
	STATE_CLOSED,
	STATE_ARCHIVED,
	STATE_MOVED,
};

/* What has to be done before a text of the site is published. */
enum site_review {
	REVIEW_OFF,
	REVIEW_TRAILERS,
	REVIEW_SIGNED,
};

extern const char *const site_kinds[];
extern const char *const site_states[];

struct site_link {
	str name;
	str url;
};

/* One block of the home page. */
enum block_kind {
	AS_LEAD,
	AS_LIST,
	AS_SERVICES,
	AS_POLICIES,
	AS_TOPICS,
	AS_PROFILE,
	AS_SHORTCUT,
	AS_PEOPLE,
	AS_FIGURES,
};

struct home_block {
	const struct column *column;
	int kind; /* enum block_kind */
	uint32_t limit;
	str name; /* in place of the column's, or empty */
};

struct site {
	uint32_t number;
	str id;
	uint32_t file; /* of the snapshot: its site.yaml */
	int kind;      /* enum site_kind */
	int state;     /* enum site_state */
	str name;
	str short_name;
	str domain;
	str chinese_domain;
	str identity_code; /* 政府网站标识码 */
	struct moment archived_on;
	str moved_to;
	str state_note;
	struct text_list units;
	str theme;
	str language;
	str sponsor;	   /* 主办单位 */
	str operator_name; /* 承办单位 */
	str phone;
	str address;
	str office_hours;
	str postcode;
	str icp;
	str police_record;
	str conac;	  /* 党政机关网站标识 */
	int review;	  /* enum site_review */
	str review_since; /* a commit, 40 hex digits; empty: the first one */
	struct moment contact_changed_on; /* of the domain, like the next */
	struct moment contact_entered_on;
	bool ipv6;
	bool no_services;
	bool kiosk; /* has pages for self-service machines */
	str description;
	str notice; /* in place of the platform's, or empty */
	struct text_list keywords;
	const struct site_link *links;
	size_t link_count;
	const struct site_link *hot; /* what many look for */
	size_t hot_count;
	const struct home_block *blocks;
	size_t block_count;
	struct column *columns;
	size_t column_count;
	struct redirect_rows redirects;
	struct site_hits hits;
	struct span domain_span;
	struct span chinese_domain_span;
	struct span theme_span;	 /* of whoever names it; none: nobody */
	struct span review_span; /* of `review`, where it is written */
	struct span units_span;	 /* of `units`, or domain_span */
};

struct site_context {
	const struct source *source;
	str id;
	str language; /* the platform's */
	str theme;    /* the platform's */
	struct span theme_span;
	struct settings_reader reader;
};

/* Reads one site.yaml. False when the site cannot be used. */
MUST_USE bool site_read(struct site *out, const struct site_context *context);

/* Only a notice is published: closed, moved, temporarily offline. */
bool site_is_notice_only(const struct site *site);

const struct column *site_find_column(const struct site *site, str path);

/* For help; ends with a row without rows. */
extern const struct setting_table site_settings[];

#endif
