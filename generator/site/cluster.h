/*
 * The cluster (集约化平台): the platform's settings and all its sites.
 *
 * Source: design.md 2; sites/platform.yaml and sites/<id>/site.yaml.
 *
 * Always true once read: frozen; sites are sorted by id; no two sites have
 * the same domain; every unit has at most one owner.
 */
#ifndef JIYUE_SITE_CLUSTER_H
#define JIYUE_SITE_CLUSTER_H

#include "base/diag_levels.h"
#include "base/list.h"
#include "base/map.h"
#include "site/holidays.h"
#include "site/site.h"
#include "site/synonyms.h"
#include "site/traditional.h"
#include "snapshot/history.h"

struct reviews;

/* Which pages have a picture of their own for Open Graph (plan/cards.h). */
enum cards {
	CARDS_NONE,
	CARDS_SITES,
	CARDS_COLUMNS, /* and sites */
	CARDS_TEXTS,   /* and columns and sites */
};

struct platform {
	str name;
	str portal;	/* id of the portal's site */
	int32_t offset; /* minutes east of UTC */
	str language;
	str theme;
	struct span theme_span;	       /* none: the program's */
	str archive_stamp;	       /* 内容已保存 (article 20) */
	str notice;		       /* shown in the footer of every page */
	struct text_list leave_exempt; /* host endings without a notice */
	struct text_list frames;       /* of players that raw HTML may show */
	struct text_list attachments;  /* extensions beside the usual ones */
	struct width_list picture_widths; /* of smaller pictures */
	int cards;			  /* enum cards; none without a font */
	str security_contact;		  /* for security.txt; may be empty */
	struct text_list addresses;	  /* for the zone file, like these */
	struct text_list name_servers;
	struct text_list certificate_issuers;
	uint32_t page_size;
	uint32_t feed_size;
	const struct yaml_node *severity; /* as written, or NULL */
	struct span portal_span;
};

struct cluster {
	struct platform platform;
	struct diag_levels levels; /* severity: of platform.yaml */
	struct schema schema;	   /* types of resources: sites/types/ */
	struct site *sites;
	size_t count;
	struct list broken;	   /* str: ids of sites that no version gives */
	struct list unknown_types; /* str: named in settings, and not there */
	const struct site *portal; /* NULL when there is none */
	struct map by_unit;	   /* struct site *: who owns content/<unit>/ */
	struct map by_domain;	   /* struct site * */
	struct map by_name;	   /* struct site *: all its names in DNS */
	struct synonyms synonyms;  /* sites/vocabulary/synonyms.yaml */
	struct traditional traditional; /* sites/vocabulary/traditional.yaml */
	struct holidays holidays;	/* sites/holidays/ */
	struct digest verdicts; /* of the settings that say what is correct */
	const struct reviews *reviews; /* site/reviews.h; NULL: nobody asks */
};

struct cluster_sources {
	struct snapshot *snapshot; /* gets the bytes of earlier versions */
	struct snapshot_reader *reader;
	struct version_memory *memory; /* of earlier versions; or NULL */
	const char *folder; /* where a work tree has its repository; or NULL */
	const struct file_history *history; /* NULL: paths say who was first */
	const struct list *gone_types;	    /* struct gone_type; or NULL */
};

/*
 * Each file counts in its newest version without mistakes: platform.yaml, the
 * types, the sites, the synonyms, the holidays of each year. A site without
 * such a version is not there. False when there is no platform, no portal, or
 * the world fails.
 */
MUST_USE bool cluster_read(struct cluster *out,
			   const struct cluster_sources *sources,
			   struct arena *arena, struct diag_list *diags);

const struct site *cluster_owner(const struct cluster *cluster, str unit);

/* The site with this domain, or NULL. */
const struct site *cluster_site_at(const struct cluster *cluster, str host);

/*
 * The site that answers at this host, or NULL: its domain, that without "www.",
 * its Chinese domain as it reads and as DNS has it.
 */
const struct site *cluster_site_named(const struct cluster *cluster, str host);

/*
 * The names (str) beside its domain under which a site answers, as DNS has
 * them: without "www." unless that is another's, and its Chinese domain. False
 * with a reason when DNS cannot have that.
 */
MUST_USE bool cluster_other_names(struct list *out, const char **reason,
				  const struct cluster *cluster,
				  const struct site *site, struct arena *arena);

/* Has any site the 党政机关网站标识? */
bool cluster_has_mark(const struct cluster *cluster);

/* The site that an absolute address leads to, or NULL. */
const struct site *cluster_site_in(const struct cluster *cluster, str address);

/* Is the host the cluster's own, or exempt from the leave-site notice? */
bool cluster_is_inside(const struct cluster *cluster, str host);

/* May raw HTML show a player of this host? It becomes a link. */
bool cluster_may_frame(const struct cluster *cluster, str host);

/* For help; ends with a row without rows. */
extern const struct setting_table platform_settings[];

#endif
