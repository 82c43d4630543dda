/*
 * The shapes: every name that a template may ask for, by kind of page.
 *
 * `jiyue theme --fields` prints these tables; the theme loader checks each
 * template against them; page code fills objects of them. The enums name the
 * places of the fields, in the order of the tables in shapes.c.
 */
#ifndef JIYUE_RENDER_SHAPES_H
#define JIYUE_RENDER_SHAPES_H

#include "theme/value.h"

enum link_field {
	LINK_NAME,
	LINK_URL,
	LINK_ABSOLUTE,
	LINK_IS_OUTSIDE,
	LINK_FIELDS
};
extern const struct shape link_shape;

enum navigation_field {
	NAVIGATION_NAME,
	NAVIGATION_URL,
	NAVIGATION_DESCRIPTION,
	NAVIGATION_IS_CURRENT,
	NAVIGATION_IS_ARCHIVED,
	NAVIGATION_FEED_URL,
	NAVIGATION_COLUMNS,
	NAVIGATION_FIELDS
};
extern const struct shape navigation_shape;

enum stamp_field { STAMP_TEXT, STAMP_DATE, STAMP_REPLACEMENT, STAMP_FIELDS };
extern const struct shape stamp_shape;

enum site_field {
	SITE_NAME,
	SITE_SHORT_NAME,
	SITE_KIND,
	SITE_IS_PORTAL,
	SITE_IS_DEPARTMENT,
	SITE_IS_COUNTY,
	SITE_DOMAIN,
	SITE_CHINESE_DOMAIN,
	SITE_URL,
	SITE_DESCRIPTION,
	SITE_LANGUAGE,
	SITE_IDENTITY_CODE,
	SITE_SPONSOR,
	SITE_OPERATOR,
	SITE_PHONE,
	SITE_ADDRESS,
	SITE_OFFICE_HOURS,
	SITE_POSTCODE,
	SITE_ICP,
	SITE_POLICE_RECORD,
	SITE_POLICE_URL,
	SITE_CONAC_URL,
	SITE_ERROR_REPORT_URL,
	SITE_IPV6,
	SITE_NOTICE,
	SITE_STATE_NOTE,
	SITE_STAMP,
	SITE_PORTAL,
	SITE_MOVED,
	SITE_MAP_URL,
	SITE_SEARCH_URL,
	SITE_ARCHIVE_URL,
	SITE_LINKS,
	SITE_SITES_URL,
	SITE_ACCESSIBILITY_URL,
	SITE_FIELDS
};
extern const struct shape site_shape;

enum meta_field { META_NAME, META_CONTENT, META_ALSO, META_FIELDS };
extern const struct shape meta_shape;

enum alternate_field { ALTERNATE_LANGUAGE, ALTERNATE_URL, ALTERNATE_FIELDS };
extern const struct shape alternate_shape;

enum feed_field { FEED_TITLE, FEED_URL, FEED_TYPE, FEED_FIELDS };
extern const struct shape feed_shape;

enum leave_field { LEAVE_ID, LEAVE_URL, LEAVE_ADDRESS, LEAVE_FIELDS };
extern const struct shape leave_shape;

enum page_field {
	PAGE_FIELD_KIND,
	PAGE_FIELD_TITLE,
	PAGE_FIELD_FULL_TITLE,
	PAGE_FIELD_URL,
	PAGE_FIELD_CANONICAL,
	PAGE_FIELD_DESCRIPTION,
	PAGE_FIELD_LANGUAGE,
	PAGE_FIELD_DIRECTION,
	PAGE_FIELD_ALTERNATES,
	PAGE_FIELD_IS_HOME,
	PAGE_FIELD_META,
	PAGE_FIELD_PROPERTIES,
	PAGE_FIELD_HAS_IMAGE,
	PAGE_FIELD_CARD,
	PAGE_FIELD_FEEDS,
	PAGE_FIELD_STAMP,
	PAGE_FIELD_LEAVES,
	PAGE_FIELD_COUNT
};
extern const struct shape page_shape;

/* A smaller one of a picture, as WebP. */
enum small_picture_field {
	SMALL_PICTURE_URL,
	SMALL_PICTURE_WIDTH,
	SMALL_PICTURE_FIELDS
};
extern const struct shape small_picture_shape;

enum item_field {
	ITEM_TITLE,
	ITEM_URL,
	ITEM_DATE,
	ITEM_SOURCE,
	ITEM_SUMMARY,
	ITEM_IMAGE,
	ITEM_SMALL,
	ITEM_TYPE,
	ITEM_LANGUAGE,
	ITEM_TYPE_LABEL,
	ITEM_COLUMN_NAME,
	ITEM_COLUMN_URL,
	ITEM_SITE_NAME,
	ITEM_IS_ELSEWHERE,
	ITEM_IS_PINNED,
	ITEM_IS_ARCHIVED,
	ITEM_STAMP,
	ITEM_DOC_NO,
	ITEM_VALIDITY,
	ITEM_VALIDITY_LABEL,
	ITEM_TOPIC,
	ITEM_FACTS,
	ITEM_CONSULTATION,
	ITEM_FIELDS
};
extern const struct shape item_shape;

/* A field that lists know, and a record of one that has some. */
enum listed_field {
	LISTED_KEY,
	LISTED_LABEL,
	LISTED_VALUES,
	LISTED_RECORDS,
	LISTED_FIELDS
};
extern const struct shape listed_shape;

enum listed_record_field { LISTED_RECORD_PARTS, LISTED_RECORD_FIELDS };
extern const struct shape listed_record_shape;

enum listed_part_field {
	LISTED_PART_KEY,
	LISTED_PART_LABEL,
	LISTED_PART_TEXT,
	LISTED_PART_FIELDS
};
extern const struct shape listed_part_shape;

enum consultation_field {
	CONSULTATION_IS_AHEAD,
	CONSULTATION_IS_OPEN,
	CONSULTATION_IS_CLOSED,
	CONSULTATION_OPENS_ON,
	CONSULTATION_CLOSES_ON,
	CONSULTATION_DAYS_LEFT,
	CONSULTATION_IS_LAST_DAY,
	CONSULTATION_RESULT,
	CONSULTATION_FIELDS
};
extern const struct shape consultation_shape;

enum column_field {
	COLUMN_NAME,
	COLUMN_URL,
	COLUMN_DESCRIPTION,
	COLUMN_CLASS_LABEL,
	COLUMN_ATOM_URL,
	COLUMN_JSON_URL,
	COLUMN_RSS_URL,
	COLUMN_STAMP,
	COLUMN_SIBLINGS,
	COLUMN_PARENT,
	COLUMN_FACETS_URL,
	COLUMN_STATISTICS_URL,
	COLUMN_FIELDS
};
extern const struct shape column_shape;

enum block_field {
	BLOCK_NAME,
	BLOCK_URL,
	BLOCK_DESCRIPTION,
	BLOCK_IS_LEAD,
	BLOCK_IS_LIST,
	BLOCK_IS_SERVICES,
	BLOCK_IS_POLICIES,
	BLOCK_IS_TOPICS,
	BLOCK_IS_PROFILE,
	BLOCK_IS_SHORTCUT,
	BLOCK_IS_PEOPLE,
	BLOCK_IS_FIGURES,
	BLOCK_ITEMS,
	BLOCK_PICTURE,
	BLOCK_COLUMNS,
	BLOCK_FIELDS
};
extern const struct shape block_shape;

enum pager_link_field {
	PAGER_LINK_NUMBER,
	PAGER_LINK_URL,
	PAGER_LINK_IS_CURRENT,
	PAGER_LINK_FIELDS
};
extern const struct shape pager_link_shape;

enum pagination_field {
	PAGINATION_NUMBER,
	PAGINATION_COUNT,
	PAGINATION_TOTAL,
	PAGINATION_NEWEST_URL,
	PAGINATION_NEWER_URL,
	PAGINATION_OLDER_URL,
	PAGINATION_OLDEST_URL,
	PAGINATION_PAGES,
	PAGINATION_FIELDS
};
extern const struct shape pagination_shape;

enum heading_field {
	HEADING_ID,
	HEADING_TEXT,
	HEADING_LEVEL,
	HEADING_IS_TOP,
	HEADING_URL,
	HEADING_FIELDS
};
extern const struct shape heading_shape;

enum fact_field { FACT_KEY, FACT_LABEL, FACT_VALUES, FACT_FIELDS };
extern const struct shape fact_shape;

enum attachment_field {
	ATTACHMENT_FIELD_NAME,
	ATTACHMENT_FIELD_URL,
	ATTACHMENT_FIELD_TYPE,
	ATTACHMENT_FIELD_SIZE,
	ATTACHMENT_FIELD_COUNT
};
extern const struct shape attachment_shape;

/* A field that a page shows below a heading: texts, a link or a table. */
enum part_field {
	PART_FIELD_KEY,
	PART_FIELD_LABEL,
	PART_FIELD_VALUES,
	PART_FIELD_URL,
	PART_FIELD_HEADS,
	PART_FIELD_ROWS,
	PART_FIELD_COUNT
};
extern const struct shape part_shape;

enum row_field { ROW_CELLS, ROW_FIELDS };
extern const struct shape row_shape;

enum cell_field { CELL_LABEL, CELL_TEXTS, CELL_URL, CELL_FIELDS };
extern const struct shape cell_shape;

/* Steps drawn as a chart, in units of an SVG that is 320 wide. */
enum flow_line_field { FLOW_LINE_Y, FLOW_LINE_TEXT, FLOW_LINE_FIELDS };
extern const struct shape flow_line_shape;

enum flow_box_field {
	FLOW_BOX_TOP,
	FLOW_BOX_HEIGHT,
	FLOW_BOX_BOTTOM,
	FLOW_BOX_NEXT,
	FLOW_BOX_IS_END,
	FLOW_BOX_TITLES,
	FLOW_BOX_NOTES,
	FLOW_BOX_FIELDS
};
extern const struct shape flow_box_shape;

enum flow_field { FLOW_HEIGHT, FLOW_BOXES, FLOW_FIELDS };
extern const struct shape flow_shape;

enum section_field { SECTION_NAME, SECTION_ITEMS, SECTION_FIELDS };
extern const struct shape section_shape;

enum article_field {
	ARTICLE_ID,
	ARTICLE_TYPE,
	ARTICLE_TYPE_LABEL,
	ARTICLE_TITLE,
	ARTICLE_SUBTITLE,
	ARTICLE_KICKER,
	ARTICLE_DATE,
	ARTICLE_UPDATED,
	ARTICLE_SOURCE,
	ARTICLE_SOURCE_URL,
	ARTICLE_AUTHOR,
	ARTICLE_EDITOR,
	ARTICLE_PUBLISHER,
	ARTICLE_INDEX_NO,
	ARTICLE_MAP_NUMBER,
	ARTICLE_CORRECTION,
	ARTICLE_SUMMARY,
	ARTICLE_KEYWORDS,
	ARTICLE_IMAGE,
	ARTICLE_IMAGE_ABSOLUTE,
	ARTICLE_OWN_IMAGE,
	ARTICLE_BODY,
	ARTICLE_HEADINGS,
	ARTICLE_HAS_CONTENTS,
	ARTICLE_FACTS,
	ARTICLE_PARTS,
	ARTICLE_RECORD,
	ARTICLE_FLOW,
	ARTICLE_ATTACHMENTS,
	ARTICLE_INTERPRETATIONS,
	ARTICLE_POLICIES,
	ARTICLE_AMENDS,
	ARTICLE_AMENDED_BY,
	ARTICLE_TRANSLATIONS,
	ARTICLE_TRANSLATES,
	ARTICLE_IS_BEHIND,
	ARTICLE_SERVICES,
	ARTICLE_QUESTIONS,
	ARTICLE_ACTIVITIES,
	ARTICLE_BASIS,
	ARTICLE_BASED,
	ARTICLE_MESSAGES,
	ARTICLE_MESSAGE_COUNT,
	ARTICLE_REPLACEMENT,
	ARTICLE_REPLACES,
	ARTICLE_VALIDITY,
	ARTICLE_VALIDITY_LABEL,
	ARTICLE_IS_VALID,
	ARTICLE_CONSULTATION,
	ARTICLE_SECTIONS,
	ARTICLE_RELATED,
	ARTICLE_NEWER,
	ARTICLE_OLDER,
	ARTICLE_QR_CODE,
	ARTICLE_TEXT_URL,
	ARTICLE_FEED_URL,
	ARTICLE_ORIGINAL,
	ARTICLE_FIELDS
};
extern const struct shape article_shape;

/* The roots, one a kind of page. All begin with these four. */
enum root_field {
	ROOT_SITE,
	ROOT_PAGE,
	ROOT_NAVIGATION,
	ROOT_BREADCRUMBS,
	ROOT_FIELDS
};

enum site_entry_field {
	SITE_ENTRY_NAME,
	SITE_ENTRY_URL,
	SITE_ENTRY_FULL_NAME,
	SITE_ENTRY_DOMAIN,
	SITE_ENTRY_DESCRIPTION,
	SITE_ENTRY_PHONE,
	SITE_ENTRY_FIELDS
};
extern const struct shape site_entry_shape;

enum directory_field {
	DIRECTORY_DEPARTMENTS,
	DIRECTORY_COUNTIES,
	DIRECTORY_ZONES,
	DIRECTORY_FOREIGN,
	DIRECTORY_OTHERS,
	DIRECTORY_FIELDS
};
extern const struct shape directory_shape;

enum {
	HOME_BLOCKS = ROOT_FIELDS,
	HOME_DIRECTORY,
	HOME_HOT,
	HOME_HOT_PAGES,
	HOME_NOTICES,
	HOME_FIELDS
};
extern const struct shape home_shape;

enum {
	LISTING_COLUMN = ROOT_FIELDS,
	LISTING_ITEMS,
	LISTING_PAGINATION,
	LISTING_BLOCKS,
	LISTING_HOT_PAGES,
	LISTING_FIELDS
};
extern const struct shape listing_shape;

/* Messages of a month or unit. */
enum tally_field {
	TALLY_NAME,
	TALLY_RECEIVED,
	TALLY_ANSWERED,
	TALLY_AVERAGE,
	TALLY_TOP,
	TALLY_RECEIVED_BAR,
	TALLY_ANSWERED_BAR,
	TALLY_FIELDS
};
extern const struct shape tally_shape;

enum {
	STATISTICS_COLUMN = ROOT_FIELDS,
	STATISTICS_MONTHS,
	STATISTICS_HEIGHT,
	STATISTICS_TOTAL,
	STATISTICS_UNITS,
	STATISTICS_FIELDS
};
extern const struct shape statistics_shape;

enum { DETAIL_COLUMN = ROOT_FIELDS, DETAIL_ARTICLE, DETAIL_FIELDS };
extern const struct shape detail_shape;

enum { SITEMAP_COLUMNS = ROOT_FIELDS, SITEMAP_FIELDS };
extern const struct shape sitemap_shape;

enum { ARCHIVE_ITEMS = ROOT_FIELDS, ARCHIVE_COLUMNS, ARCHIVE_FIELDS };
extern const struct shape archive_shape;

/* The rows of a column that have one value in common. */
enum facet_value_field {
	FACET_VALUE_NAME,
	FACET_VALUE_ID,
	FACET_VALUE_ITEMS,
	FACET_VALUE_FEED_URL,
	FACET_VALUE_FIELDS
};
extern const struct shape facet_value_shape;

enum facet_field { FACET_KEY, FACET_VALUES, FACET_FIELDS };
extern const struct shape facet_shape;

enum { FACETS_COLUMN = ROOT_FIELDS, FACETS_GROUPS, FACETS_FIELDS };
extern const struct shape facets_shape;

enum {
	GONE_TITLE = ROOT_FIELDS,
	GONE_IS_WITHDRAWN,
	GONE_SINCE,
	GONE_REASON,
	GONE_REPLACEMENT,
	GONE_FIELDS
};
extern const struct shape gone_shape;

enum { SITES_DIRECTORY = ROOT_FIELDS, SITES_FIELDS };
extern const struct shape sites_shape;

/* A success criterion, or what a national norm asks for. */
enum accessibility_row_field {
	ACCESSIBILITY_ROW_NUMBER,
	ACCESSIBILITY_ROW_LEVEL,
	ACCESSIBILITY_ROW_BASIS,
	ACCESSIBILITY_ROW_NAME,
	ACCESSIBILITY_ROW_STATE,
	ACCESSIBILITY_ROW_IS_MET,
	ACCESSIBILITY_ROW_IS_PARTIAL,
	ACCESSIBILITY_ROW_HOW,
	ACCESSIBILITY_ROW_FIELDS
};
extern const struct shape accessibility_row_shape;

enum {
	ACCESSIBILITY_PART_NUMBER,
	ACCESSIBILITY_PART_NAME,
	ACCESSIBILITY_PART_ROWS,
	ACCESSIBILITY_PART_FIELDS
};
extern const struct shape accessibility_part_shape;

enum {
	ACCESSIBILITY_PRINCIPLES = ROOT_FIELDS,
	ACCESSIBILITY_NATIONAL,
	ACCESSIBILITY_PARTIALS,
	ACCESSIBILITY_COUNT_MET,
	ACCESSIBILITY_COUNT_PARTIAL,
	ACCESSIBILITY_COUNT_NOT_APPLICABLE,
	ACCESSIBILITY_FIELDS
};
extern const struct shape accessibility_shape;

enum {
	SEARCH_COLUMN_NAME,
	SEARCH_COLUMN_URL,
	SEARCH_COLUMN_YEARS,
	SEARCH_COLUMN_FIELDS
};
extern const struct shape search_column_shape;

enum {
	SEARCH_INDEX_URL = ROOT_FIELDS,
	SEARCH_PORTAL_URL,
	SEARCH_COLUMNS,
	SEARCH_FIELDS
};
extern const struct shape search_shape;

/* A column on the first page for machines. */
enum kiosk_section_field {
	KIOSK_SECTION_NAME,
	KIOSK_SECTION_URL,
	KIOSK_SECTION_DESCRIPTION,
	KIOSK_SECTION_IS_SERVICES,
	KIOSK_SECTION_ITEMS,
	KIOSK_SECTION_FIELDS
};
extern const struct shape kiosk_section_shape;

enum { KIOSK_SECTIONS = ROOT_FIELDS, KIOSK_FIELDS };
extern const struct shape kiosk_shape;

enum { KIOSK_LIST_SECTION = ROOT_FIELDS, KIOSK_LIST_FIELDS };
extern const struct shape kiosk_list_shape;

enum {
	KIOSK_TEXT_LIST = ROOT_FIELDS,
	KIOSK_TEXT_IS_SERVICE,
	KIOSK_TEXT_SOURCE,
	KIOSK_TEXT_DATE,
	KIOSK_TEXT_FACTS,
	KIOSK_TEXT_PARTS,
	KIOSK_TEXT_BODY,
	KIOSK_TEXT_QR_CODE,
	KIOSK_TEXT_FIELDS
};
extern const struct shape kiosk_text_shape;

/* 404 and other pages without a subject. */
extern const struct shape plain_shape;

#endif
