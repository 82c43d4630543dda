#include "plan/page.h"

const struct page_kind_row page_kinds[PAGE_KIND_COUNT] = {
	[PAGE_HOME] = { "home", "home" },
	[PAGE_NOTICE] = { "notice", "notice" },
	[PAGE_LIST] = { "column", "column" },
	[PAGE_ARTICLE] = { "article", "article" },
	[PAGE_COPY] = { "copy", "article" },
	[PAGE_SITEMAP] = { "sitemap", "sitemap" },
	[PAGE_ARCHIVE] = { "archive", "archive" },
	[PAGE_SEARCH] = { "search", "search" },
	[PAGE_NOT_FOUND] = { "not-found", "not_found" },
	[PAGE_SITEMAP_INDEX] = { "sitemap-index", NULL },
	[PAGE_SITEMAP_COLUMNS] = { "sitemap-columns", NULL },
	[PAGE_SITEMAP_PART] = { "sitemap-part", NULL },
	[PAGE_ATOM] = { "atom", NULL },
	[PAGE_JSON_FEED] = { "json-feed", NULL },
	[PAGE_SEARCH_INDEX] = { "search-index", NULL },
	[PAGE_ROBOTS] = { "robots", NULL },
	[PAGE_REDIRECTS] = { "redirects", NULL },
	[PAGE_ATTACHMENT] = { "attachment", NULL },
	[PAGE_ASSET] = { "asset", NULL },
};

const char *const fingerprint_parts[PART_COUNT] = { "theme", "site", "subject",
						    "links", "lists" };
