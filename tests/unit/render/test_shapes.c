/* The shapes against the front matter table and their enums. */
#include "render/shapes.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/schema_fixture.h"

static struct arena arena;

static const struct field *any_fields(void)
{
	return schema_fixture(&arena)->any.fields;
}

static const struct field *find(const struct field *table, const char *key)
{
	const struct field *field = field_find(table, str_from_c(key));

	if (field == NULL)
		fail_msg("there is no field %s", key);
	return field;
}

static bool is_list(enum field_kind kind)
{
	return kind == FIELD_TEXT_LIST || kind == FIELD_RECORDS;
}

/* A list of the record is any field as texts, or records as objects. */
static void check_record_field(const struct shape_field *shape)
{
	const struct field *field = find(any_fields(), shape->name);

	switch (shape->kind) {
	case VALUE_TRUTH:
		assert_int_equal(field->kind, FIELD_TRUTH);
		break;
	case VALUE_URL:
		assert_int_equal(field->kind, FIELD_URL);
		break;
	case VALUE_LIST:
		if (shape->of != NULL)
			assert_int_equal(field->kind, FIELD_RECORDS);
		else
			assert_true(field->kind != FIELD_FREE);
		break;
	default:
		fail_msg("%s has a kind that records do not have", shape->name);
	}
}

static void test_record(void **state)
{
	(void)state;
	for (size_t i = 0; i < record_shape.count; i++)
		check_record_field(&record_shape.fields[i]);
}

static void check_parts(const struct shape *shape, const char *key)
{
	const struct field *record = find(any_fields(), key)->record;

	assert_non_null(record);
	for (size_t i = 0; i < shape->count; i++) {
		const struct shape_field *part = &shape->fields[i];
		const struct field *field = find(record, part->name);

		if (part->kind == VALUE_LIST)
			assert_true(is_list(field->kind) ||
				    field->kind == FIELD_PARAGRAPHS);
		else if (part->kind == VALUE_URL)
			assert_int_equal(field->kind, FIELD_URL);
		else
			assert_int_equal(part->kind, VALUE_TEXT);
	}
}

static void test_records_of_records(void **state)
{
	(void)state;
	check_parts(&material_shape, "materials");
	check_parts(&division_shape, "divisions");
}

#define NAMED(shape, number, text)                                             \
	assert_string_equal((shape).fields[number].name, text)

/* The places that page code fills by name. */
static void test_enums(void **state)
{
	(void)state;
	NAMED(record_shape, RECORD_MATERIALS, "materials");
	NAMED(record_shape, RECORD_DIVISIONS, "divisions");
	NAMED(record_shape, RECORD_ONLINE, "online");
	NAMED(material_shape, MATERIAL_NAME, "name");
	NAMED(material_shape, MATERIAL_BLANK_FORM, "blank_form");
	NAMED(material_shape, MATERIAL_NOTES, "notes");
	NAMED(division_shape, DIVISION_DUTIES, "duties");
	NAMED(link_shape, LINK_IS_OUTSIDE, "is_outside");
	NAMED(navigation_shape, NAVIGATION_COLUMNS, "columns");
	NAMED(stamp_shape, STAMP_REPLACEMENT, "replacement");
	NAMED(site_shape, SITE_NAME, "name");
	NAMED(site_shape, SITE_ICP, "icp");
	NAMED(site_shape, SITE_PORTAL, "portal");
	NAMED(site_shape, SITE_COUNTIES, "counties");
	NAMED(page_shape, PAGE_CANONICAL, "canonical");
	NAMED(page_shape, PAGE_LEAVES, "leaves");
	NAMED(item_shape, ITEM_IS_PINNED, "is_pinned");
	NAMED(item_shape, ITEM_VALIDITY, "validity");
	NAMED(column_shape, COLUMN_STAMP, "stamp");
	NAMED(column_shape, COLUMN_PARENT, "parent");
	NAMED(block_shape, BLOCK_IS_PROFILE, "is_profile");
	NAMED(block_shape, BLOCK_COLUMNS, "columns");
	NAMED(pagination_shape, PAGINATION_TOTAL, "total");
	NAMED(pagination_shape, PAGINATION_PAGES, "pages");
	NAMED(article_shape, ARTICLE_BODY, "body");
	NAMED(article_shape, ARTICLE_RECORD, "record");
	NAMED(article_shape, ARTICLE_QR_CODE, "qr_code");
	NAMED(article_shape, ARTICLE_ORIGINAL, "original");
	NAMED(home_shape, HOME_BLOCKS, "blocks");
	NAMED(listing_shape, LISTING_PAGINATION, "pagination");
	NAMED(listing_shape, LISTING_BLOCKS, "blocks");
	NAMED(detail_shape, DETAIL_ARTICLE, "article");
	NAMED(sitemap_shape, SITEMAP_COLUMNS, "columns");
	NAMED(archive_shape, ARCHIVE_COLUMNS, "columns");
	NAMED(search_shape, SEARCH_INDEX_URL, "index_url");
}

static void test_counts(void **state)
{
	static const struct {
		const struct shape *shape;
		size_t count;
	} rows[] = {
		{ &link_shape, LINK_FIELDS },
		{ &navigation_shape, NAVIGATION_FIELDS },
		{ &stamp_shape, STAMP_FIELDS },
		{ &site_shape, SITE_FIELDS },
		{ &meta_shape, META_FIELDS },
		{ &feed_shape, FEED_FIELDS },
		{ &leave_shape, LEAVE_FIELDS },
		{ &page_shape, PAGE_FIELDS },
		{ &item_shape, ITEM_FIELDS },
		{ &column_shape, COLUMN_FIELDS },
		{ &block_shape, BLOCK_FIELDS },
		{ &page_link_shape, PAGE_LINK_FIELDS },
		{ &pagination_shape, PAGINATION_FIELDS },
		{ &heading_shape, HEADING_FIELDS },
		{ &fact_shape, FACT_FIELDS },
		{ &attachment_shape, ATTACHMENT_FIELDS },
		{ &section_shape, SECTION_FIELDS },
		{ &article_shape, ARTICLE_FIELDS },
		{ &material_shape, MATERIAL_FIELDS },
		{ &division_shape, DIVISION_FIELDS },
		{ &home_shape, HOME_FIELDS },
		{ &listing_shape, LISTING_FIELDS },
		{ &detail_shape, DETAIL_FIELDS },
		{ &sitemap_shape, SITEMAP_FIELDS },
		{ &archive_shape, ARCHIVE_FIELDS },
		{ &search_shape, SEARCH_FIELDS },
		{ &plain_shape, ROOT_FIELDS },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		assert_int_equal(rows[i].shape->count, rows[i].count);
}

/* Every name has its explanation, and no two of a shape are the same. */
static void check_names(const struct shape *shape)
{
	for (size_t i = 0; i < shape->count; i++) {
		assert_true(strlen(shape->fields[i].help) > 0);
		for (size_t j = 0; j < i; j++)
			assert_string_not_equal(shape->fields[i].name,
						shape->fields[j].name);
	}
}

/* All pages begin with the same four. */
static void test_roots(void **state)
{
	static const struct shape *const roots[] = {
		&home_shape,	&listing_shape, &detail_shape, &sitemap_shape,
		&archive_shape, &search_shape,	&plain_shape,
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(roots); i++) {
		NAMED(*roots[i], ROOT_SITE, "site");
		NAMED(*roots[i], ROOT_PAGE, "page");
		NAMED(*roots[i], ROOT_NAVIGATION, "navigation");
		NAMED(*roots[i], ROOT_BREADCRUMBS, "breadcrumbs");
		check_names(roots[i]);
	}
	check_names(&article_shape);
	check_names(&record_shape);
	check_names(&site_shape);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_record),
		cmocka_unit_test(test_records_of_records),
		cmocka_unit_test(test_enums),
		cmocka_unit_test(test_counts),
		cmocka_unit_test(test_roots),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
