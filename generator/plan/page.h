/*
 * One page (网页): a file of the output, with what it is made from.
 *
 * A new kind of page is one value here, one row in plan/page.c and one function
 * and row in render/. Phases ask the row; only code that makes or looks for
 * pages of one kind names it.
 */
#ifndef JIYUE_PLAN_PAGE_H
#define JIYUE_PLAN_PAGE_H

#include "base/digest.h"
#include "library/catalog.h"
#include "site/site.h"

enum page_kind {
	PAGE_HOME,
	PAGE_NOTICE, /* home of a closed, moved or offline site */
	PAGE_LIST,   /* of a column */
	PAGE_ARTICLE,
	PAGE_COPY,	    /* an article on another site, with rel=canonical */
	PAGE_SITEMAP,	    /* 网站地图 */
	PAGE_ARCHIVE,	    /* 归档内容 */
	PAGE_SITES,	    /* 网站导航 */
	PAGE_ACCESSIBILITY, /* 无障碍说明 */
	PAGE_FACETS,	 /* the rows of a column by organ, year, topic, state */
	PAGE_STATISTICS, /* what messages of a column came to, by month */
	PAGE_KIOSK,	 /* for machines that people touch */
	PAGE_KIOSK_LIST, /* of a column */
	PAGE_KIOSK_TEXT,
	PAGE_SEARCH,
	PAGE_NOT_FOUND,
	PAGE_GONE, /* what answers 410: who took it down, when and why */
	PAGE_SITEMAP_INDEX,   /* sitemap.xml */
	PAGE_SITEMAP_COLUMNS, /* home, columns, own pages */
	PAGE_SITEMAP_PART,    /* articles of a column and year */
	PAGE_ATOM,
	PAGE_JSON_FEED,
	PAGE_RSS,
	PAGE_GROUP_FEED,   /* of a column: one topic or audience */
	PAGE_TOPIC_FEED,   /* what a topic site collects */
	PAGE_TEXT,	   /* a policy or service as plain text */
	PAGE_EXPORT,	   /* all of a type as JSON */
	PAGE_SEARCH_INDEX, /* what the search page reads first */
	PAGE_SEARCH_BLOCK, /* texts that are found, some at a time */
	PAGE_SEARCH_SHARD, /* terms, with the blocks that have them */
	PAGE_ROBOTS,
	PAGE_ATTACHMENT, /* bytes of a library file */
	PAGE_PICTURE,	 /* one of the smaller ones of such a picture */
	PAGE_CARD,	 /* a title as a picture, for Open Graph */
	PAGE_ASSET,	 /* bytes of a theme's file */
	PAGE_KIND_COUNT
};

/*
 * Why a page may change. A page is stale when any part differs from the last
 * build's. What the body of an article links to is not known before it is
 * rendered; it is part of `links` as the record of the last build has it.
 */
enum fingerprint_part {
	PART_THEME,   /* templates reachable from the page's, strings, assets */
	PART_SITE,    /* settings and navigation shown on every page */
	PART_SUBJECT, /* the resource's bytes, or the column's settings */
	PART_LINKS,   /* resources next to it or related to it */
	PART_LISTS,   /* the visible rows of each list shown */
	PART_COUNT
};

extern const char *const fingerprint_parts[PART_COUNT];

struct fingerprint {
	uint64_t parts[PART_COUNT];
};

struct page {
	enum page_kind kind;
	str path; /* below the document root, raw UTF-8, no leading "/" */
	const struct column *column; /* or NULL */
	uint32_t resource;	     /* number, or RESOURCE_NONE */
	uint32_t first; /* rows of the page's list, or number of a file */
	uint32_t count;
	uint32_t number; /* list page: 0 is index.html; sitemap: part; search:
			    place in site_lists.blocks, or shard; picture:
			    width */
	struct fingerprint fingerprint;
};

/*
 * What article 13 wants to be equal; audit/column_sets.h proves it. Each is
 * compared with the columns by itself.
 */
enum column_set {
	SET_NAVIGATION,
	SET_SITEMAP_PAGE,
	SET_SITEMAP_XML,
	SET_FEEDS,
	COLUMN_SET_COUNT
};

/* Which texts a recalled plan has anew, as one site sees it. */
struct changed_texts {
	const struct catalog *catalog;
	const bool *is_changed;	 /* one a resource */
	const bool *is_shown;	 /* one a resource: its own page shows one */
	const bool *has_new_row; /* one a resource: lists say other words */
	bool lists_new_row;	 /* the site has such a list */
	bool is_owner;		 /* the site publishes one of them */
	bool has_moved;		 /* what it publishes is not what it was */
	bool has_edit;		 /* lists or the search have others */
	const struct search_cut *search; /* which blocks; NULL: none */
	bool dates_columns;	/* one is among the newest of a column of its */
	unsigned exports_moved; /* a bit a row (plan/exports.h): one came or
				   went, or has another date */
};

struct search_cut;
struct planner;
struct fingerprinting;
struct template_set;
struct site_plan;

/* Adds the pages of a kind to a site's plan; plan/page_sources.h. */
typedef void page_source(struct planner *planner);

/* A part of a page's fingerprint; plan/page_digests.h. */
typedef uint64_t page_digest(const struct fingerprinting *fingerprinting,
			     const struct site_plan *site,
			     const struct page *page);

/* Does a page show a changed text, or when it was changed? */
typedef bool page_shows(const struct changed_texts *texts,
			const struct site_plan *site, const struct page *page);

/* The page's own template, or NULL: the kind's; plan/page_templates.h. */
typedef const char *page_special(const struct page *page,
				 const struct catalog *catalog,
				 const struct template_set *templates);

/* Which sites have it: see site_is_notice_only; the live portal alone. */
enum { ON_LIVE = 1 << 0, ON_NOTICE = 1 << 1, ON_PORTAL = 1 << 2 };

/* When its bytes can be made. */
enum page_turn {
	TURN_ANY,
	TURN_LATE, /* when most texts were read for pages of their own */
	TURN_LAST, /* of the bytes of others: pipeline/search_maker.h */
};

/* How many texts its bytes are read from, when not from `resource` alone. */
typedef size_t page_reads(const uint32_t **out, const struct site_plan *site,
			  const struct page *page);

struct page_kind_row {
	const char *name;	   /* in the plan's print, and {{page.kind}} */
	const char *template_name; /* NULL: no template */
	const char *const
		*strings;      /* groups that such a page prints, or NULL */
	page_special *special; /* which of several; or NULL */
	uint8_t sites;	       /* which have such pages: ON_LIVE … */
	const char *path;      /* of the only one of a site, or NULL */
	page_source *source;   /* adds all of them, if there is no path */
	page_digest *subject;  /* these four may be NULL: nothing */
	page_digest *links;
	page_digest *lists;
	page_digest *site;
	page_source *recall; /* adds those that may show a changed text */
	page_shows *shows;   /* which of them do */
	page_reads *reads;   /* NULL: `resource`, if it has one */
	uint8_t proofs;	     /* bit set of enum column_set: is part of */
	enum page_turn turn;
	bool reads_before; /* takes what did not change from its own file */
	bool is_alone;	   /* nothing else can have its address */
	bool is_file;	   /* `first` is the number of a file of the library */
};

_Static_assert(COLUMN_SET_COUNT <= 8, "sets of columns are bits of a byte");

extern const struct page_kind_row page_kinds[PAGE_KIND_COUNT];

#endif
