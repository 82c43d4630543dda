/* The shapes against the front matter table and their enums. */
#include "render/shapes.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "render/type_shape.h"
#include "support/schema_fixture.h"

/* Each type's record has its fields, and objects for what is inside them. */
static void check_record(const struct resource_type *type,
			 const struct shape *record)
{
	size_t at = 0;

	for (size_t i = 0; i < type->field_count; i++) {
		const struct field *field = &type->fields[i];
		const struct shape_field *shape = &record->fields[at];

		if (field->kind == FIELD_FREE)
			continue;
		assert_string_equal(shape->name, field->key);
		assert_true((shape->of != NULL) == (field->record != NULL));
		assert_true((shape->kind == VALUE_TRUTH) ==
			    (field->kind == FIELD_TRUTH));
		assert_true((shape->kind == VALUE_URL) ==
			    (field->kind == FIELD_URL));
		assert_true((shape->kind == VALUE_OBJECT) ==
			    (field->kind == FIELD_RECORD));
		at++;
	}
	assert_int_equal(at, record->count);
}

static void test_records(void **state)
{
	const struct schema *schema;
	struct arena arena;

	(void)state;
	arena_init(&arena);
	schema = schema_fixture(&arena);
	for (size_t i = 0; i < schema->type_count; i++) {
		const struct resource_type *type = &schema->types[i];
		const struct shape *detail = type_shape_make(type, &arena);

		assert_int_equal(detail->count, DETAIL_FIELDS);
		assert_int_equal(type_shape_article(detail)->count,
				 ARTICLE_FIELDS);
		check_record(type, type_shape_record(detail));
	}
	arena_release(&arena);
}

#define NAMED(shape, number, text)                                             \
	assert_string_equal((shape).fields[number].name, text)

/* The places that page code fills by name. */
static void test_enums(void **state)
{
	(void)state;
	NAMED(link_shape, LINK_IS_OUTSIDE, "is_outside");
	NAMED(navigation_shape, NAVIGATION_COLUMNS, "columns");
	NAMED(stamp_shape, STAMP_REPLACEMENT, "replacement");
	NAMED(site_shape, SITE_NAME, "name");
	NAMED(site_shape, SITE_ICP, "icp");
	NAMED(site_shape, SITE_PORTAL, "portal");
	NAMED(site_shape, SITE_LINKS, "links");
	NAMED(directory_shape, DIRECTORY_COUNTIES, "counties");
	NAMED(page_shape, PAGE_FIELD_CANONICAL, "canonical");
	NAMED(page_shape, PAGE_FIELD_LEAVES, "leaves");
	NAMED(item_shape, ITEM_IS_PINNED, "is_pinned");
	NAMED(item_shape, ITEM_VALIDITY, "validity");
	NAMED(column_shape, COLUMN_STAMP, "stamp");
	NAMED(column_shape, COLUMN_PARENT, "parent");
	NAMED(block_shape, BLOCK_IS_PROFILE, "is_profile");
	NAMED(block_shape, BLOCK_COLUMNS, "columns");
	NAMED(pagination_shape, PAGINATION_TOTAL, "total");
	NAMED(pagination_shape, PAGINATION_PAGES, "pages");
	NAMED(part_shape, PART_FIELD_ROWS, "rows");
	NAMED(cell_shape, CELL_URL, "url");
	NAMED(article_shape, ARTICLE_PARTS, "parts");
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
		{ &page_shape, PAGE_FIELD_COUNT },
		{ &item_shape, ITEM_FIELDS },
		{ &column_shape, COLUMN_FIELDS },
		{ &block_shape, BLOCK_FIELDS },
		{ &pager_link_shape, PAGER_LINK_FIELDS },
		{ &pagination_shape, PAGINATION_FIELDS },
		{ &heading_shape, HEADING_FIELDS },
		{ &fact_shape, FACT_FIELDS },
		{ &attachment_shape, ATTACHMENT_FIELD_COUNT },
		{ &part_shape, PART_FIELD_COUNT },
		{ &row_shape, ROW_FIELDS },
		{ &cell_shape, CELL_FIELDS },
		{ &section_shape, SECTION_FIELDS },
		{ &article_shape, ARTICLE_FIELDS },
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
	check_names(&site_shape);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_records),
		cmocka_unit_test(test_enums),
		cmocka_unit_test(test_counts),
		cmocka_unit_test(test_roots),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
