/*
 * The table of the kinds of pages. A row says all that the plan, fingerprints,
 * a recalled plan and the proof of the columns must know of a kind; what makes
 * its bytes is the row of the same kind in render/render.c.
 */
#include "plan/page.h"

#include "plan/cards.h"
#include "plan/exports.h"
#include "plan/kiosk.h"
#include "plan/page_digests.h"
#include "plan/page_sources.h"
#include "plan/page_templates.h"

#define PROVES(set) (1u << (set))

static const char *const text_strings[] = { "text_file", "dates", "labels",
					    "values",	 "stamp", NULL };
static const char *const feed_strings[] = { "stamp", "values", NULL };
static const char *const index_strings[] = { "search", NULL };
static const char *const block_strings[] = { "types", "values", "stamp", NULL };

const struct page_kind_row page_kinds[PAGE_KIND_COUNT] = {
	[PAGE_HOME] = {
		.name = "home", .template_name = "home",
		.sites = ON_LIVE, .path = "index.html",
		.site = digest_of_site, .lists = digest_of_home,
		.recall = recall_fixed, .shows = shows_rows,
		.proofs = PROVES(SET_NAVIGATION),
	},
	[PAGE_NOTICE] = {
		.name = "notice", .template_name = "notice",
		.sites = ON_NOTICE, .path = "index.html",
		.site = digest_of_site,
	},
	[PAGE_LIST] = {
		.name = "column", .template_name = "column",
		.special = template_of_layout,
		.sites = ON_LIVE, .source = source_lists,
		.site = digest_of_site, .subject = digest_of_column,
		.lists = digest_of_list,
		.recall = recall_lists, .shows = shows_always,
		.proofs = PROVES(SET_NAVIGATION),
	},
	[PAGE_ARTICLE] = {
		.name = "article", .template_name = "article",
		.special = template_of_type,
		.sites = ON_LIVE, .source = source_articles,
		.site = digest_of_site, .subject = digest_of_resource,
		.links = digest_of_relations, .lists = digest_of_topic,
		.recall = recall_articles, .shows = shows_text,
	},
	[PAGE_COPY] = {
		.name = "copy", .template_name = "article",
		.special = template_of_type,
		.sites = ON_LIVE, .source = source_copies,
		.site = digest_of_site, .subject = digest_of_resource,
		.links = digest_of_relations, .lists = digest_of_topic,
		.recall = recall_copies, .shows = shows_text,
	},
	[PAGE_SITEMAP] = {
		.name = "sitemap", .template_name = "sitemap",
		.sites = ON_LIVE, .path = "sitemap.html",
		.site = digest_of_site, .proofs = PROVES(SET_SITEMAP_PAGE),
	},
	[PAGE_ARCHIVE] = {
		.name = "archive", .template_name = "archive",
		.sites = ON_LIVE, .path = "archive.html",
		.site = digest_of_site, .lists = digest_of_archived,
		.recall = recall_fixed, .shows = shows_moved,
	},
	[PAGE_SITES] = {
		.name = "sites", .template_name = "sites",
		.sites = ON_PORTAL, .path = "sites.html",
		.site = digest_of_site, .lists = digest_of_sites,
	},
	[PAGE_ACCESSIBILITY] = {
		.name = "accessibility", .template_name = "accessibility",
		.sites = ON_LIVE, .path = "accessibility.html",
		.site = digest_of_site, .lists = digest_of_accessibility,
	},
	[PAGE_FACETS] = {
		.name = "facets", .template_name = "facets",
		.sites = ON_LIVE, .source = source_facets,
		.site = digest_of_site, .subject = digest_of_column,
		.lists = digest_of_facets,
		.recall = recall_facets, .shows = shows_always,
	},
	[PAGE_STATISTICS] = {
		.name = "statistics", .template_name = "statistics",
		.sites = ON_LIVE, .source = source_statistics,
		.site = digest_of_site, .subject = digest_of_column,
		.lists = digest_of_statistics,
		.recall = recall_statistics, .shows = shows_always,
	},
	[PAGE_KIOSK] = {
		.name = "kiosk", .template_name = "kiosk",
		.sites = ON_LIVE, .source = source_kiosk_home,
		.site = digest_of_site, .lists = digest_of_kiosk,
		.recall = source_kiosk_home, .shows = shows_always,
		.is_alone = true,
	},
	[PAGE_KIOSK_LIST] = {
		.name = "kiosk-list", .template_name = "kiosk_list",
		.sites = ON_LIVE, .source = source_kiosk_lists,
		.site = digest_of_site, .subject = digest_of_column,
		.lists = digest_of_kiosk_list,
		.recall = source_kiosk_lists, .shows = shows_always,
		.is_alone = true,
	},
	[PAGE_KIOSK_TEXT] = {
		.name = "kiosk-text", .template_name = "kiosk_text",
		.sites = ON_LIVE, .source = source_kiosk_texts,
		.site = digest_of_site, .subject = digest_of_resource,
		.recall = source_kiosk_texts, .shows = shows_always,
		.is_alone = true,
	},
	[PAGE_SEARCH] = {
		.name = "search", .template_name = "search",
		.sites = ON_LIVE, .path = "search.html",
		.site = digest_of_site, .lists = digest_of_years,
		.recall = recall_fixed, .shows = shows_edit,
	},
	[PAGE_NOT_FOUND] = {
		.name = "not-found", .template_name = "not_found",
		.sites = ON_LIVE | ON_NOTICE, .path = "404.html",
		.site = digest_of_site,
	},
	[PAGE_GONE] = {
		.name = "gone", .template_name = "gone",
		.sites = ON_LIVE, .source = source_gone_pages,
		.site = digest_of_site, .subject = digest_of_resource,
		.links = digest_of_relations,
	},
	[PAGE_SITEMAP_INDEX] = {
		.name = "sitemap-index",
		.sites = ON_LIVE, .path = "sitemap.xml",
		.site = digest_of_site, .lists = digest_of_owned_dates,
		.recall = recall_fixed, .shows = shows_owned_dates,
		.proofs = PROVES(SET_SITEMAP_XML),
	},
	[PAGE_SITEMAP_COLUMNS] = {
		.name = "sitemap-columns",
		.sites = ON_LIVE, .path = "sitemap/columns.xml",
		.site = digest_of_site, .lists = digest_of_column_dates,
		.recall = recall_fixed, .shows = shows_column_dates,
		.proofs = PROVES(SET_SITEMAP_XML),
	},
	[PAGE_SITEMAP_PART] = {
		.name = "sitemap-part",
		.sites = ON_LIVE, .source = source_sitemap_parts,
		.site = digest_of_site_files, .subject = digest_of_column,
		.lists = digest_of_part_dates,
		.recall = source_sitemap_parts, .shows = shows_part_dates,
		.proofs = PROVES(SET_SITEMAP_XML),
	},
	[PAGE_ATOM] = {
		.name = "atom", .strings = feed_strings,
		.sites = ON_LIVE, .source = source_atom_feeds,
		.site = digest_of_site, .subject = digest_of_column,
		.lists = digest_of_newest,
		.recall = recall_atom_feeds, .shows = shows_always,
		.proofs = PROVES(SET_FEEDS),
	},
	[PAGE_JSON_FEED] = {
		.name = "json-feed", .strings = feed_strings,
		.sites = ON_LIVE, .source = source_json_feeds,
		.site = digest_of_site, .subject = digest_of_column,
		.lists = digest_of_newest,
		.recall = recall_json_feeds, .shows = shows_always,
	},
	[PAGE_RSS] = {
		.name = "rss", .strings = feed_strings,
		.sites = ON_LIVE, .source = source_rss_feeds,
		.site = digest_of_site, .subject = digest_of_column,
		.lists = digest_of_newest,
		.recall = recall_rss_feeds, .shows = shows_always,
	},
	[PAGE_GROUP_FEED] = {
		.name = "group-feed", .strings = feed_strings,
		.sites = ON_LIVE, .source = source_group_feeds,
		.site = digest_of_site, .subject = digest_of_column,
		.lists = digest_of_facets,
		.recall = recall_group_feeds, .shows = shows_always,
	},
	[PAGE_TOPIC_FEED] = {
		.name = "topic-feed", .strings = feed_strings,
		.sites = ON_LIVE, .source = source_beside,
		.site = digest_of_site, .subject = digest_of_resource,
		.lists = digest_of_topic,
		.recall = recall_beside, .shows = shows_always,
	},
	[PAGE_TEXT] = {
		.name = "text", .strings = text_strings,
		.sites = ON_LIVE, .source = source_beside,
		.site = digest_of_site_files, .subject = digest_of_resource,
		.lists = digest_of_row,
		.recall = recall_beside, .shows = shows_text,
	},
	[PAGE_EXPORT] = {
		.name = "export",
		.sites = ON_LIVE, .source = source_exports,
		.site = digest_of_site_files, .lists = digest_of_export,
		.recall = source_exports, .shows = shows_exported,
		.reads = reads_exported,
	},
	[PAGE_SEARCH_INDEX] = {
		.name = "search-index", .strings = index_strings,
		.sites = ON_LIVE, .path = "search/index.json",
		.site = digest_of_site_files, .lists = digest_of_blocks,
		.recall = recall_fixed, .shows = shows_edit,
	},
	[PAGE_SEARCH_BLOCK] = {
		.name = "search-block", .strings = block_strings,
		.sites = ON_LIVE, .source = source_search_blocks,
		.site = digest_of_site_files, .lists = digest_of_block_texts,
		.recall = recall_search_blocks, .shows = shows_block_texts,
		.turn = TURN_LATE, .reads_before = true,
	},
	[PAGE_SEARCH_SHARD] = {
		.name = "search-shard",
		.sites = ON_LIVE, .source = source_search_shards,
		.recall = source_search_shards, .shows = shows_never,
		.turn = TURN_LAST,
	},
	[PAGE_ROBOTS] = {
		.name = "robots",
		.sites = ON_LIVE | ON_NOTICE, .path = "robots.txt",
		.site = digest_of_site,
	},
	[PAGE_ATTACHMENT] = {
		.name = "attachment",
		.sites = ON_LIVE, .source = source_attachments,
		.subject = digest_of_file, .is_file = true,
	},
	[PAGE_PICTURE] = {
		.name = "picture",
		.sites = ON_LIVE, .source = source_pictures,
		.subject = digest_of_picture, .turn = TURN_ANY,
	},
	[PAGE_CARD] = {
		.name = "card",
		.sites = ON_LIVE, .source = source_cards,
		.subject = digest_of_card,
		.recall = recall_cards, .shows = shows_card,
		.is_alone = true,
	},
	[PAGE_ASSET] = {
		.name = "asset",
		.sites = ON_LIVE | ON_NOTICE, .source = source_assets,
		.subject = digest_of_asset,
	},
};

const char *const fingerprint_parts[PART_COUNT] = { "theme", "site", "subject",
						    "links", "lists" };
