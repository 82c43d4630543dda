/*
 * One walk over the lists of all columns finds where a resource stands, and
 * around it the articles that lead to it: its neighbours and those that share a
 * keyword. What leads to it from elsewhere is known from the relations and the
 * topics. The lists are numbers only, so the walk costs little even when they
 * are long.
 */
#include "record/new_rows.h"

#include "base/pack.h"
#include "plan/fingerprint.h"

void new_rows_init(struct new_rows *rows, struct arena *arena)
{
	*rows = (struct new_rows){ .arena = arena };
	list_init(&rows->numbers, sizeof(uint32_t));
	list_init(&rows->shown, sizeof(uint32_t));
}

/* --- is it nothing but words? --- */

/* A column that leads to it says its title. */
static bool replaces_column(const struct plan_image *image, uint32_t number)
{
	const struct cluster *cluster = image->arrangement->cluster;

	for (size_t i = 0; i < cluster->count; i++)
		for (size_t j = 0; j < cluster->sites[i].column_count; j++) {
			str name = cluster->sites[i].columns[j].replaced_by;

			if (name.len > 0 &&
			    relations_find(image->catalog, name) == number)
				return true;
		}
	return false;
}

/*
 * The row of what replaces another is part of the other's row, and that of a
 * picture by its address asks whether the site has it.
 */
static bool is_apart(const struct plan_image *image,
		     const struct resource *resource)
{
	uint32_t number = resource->number;

	return resource->replaced_by.len == 0 &&
	       (resource->image.len == 0 ||
		str_starts_with(resource->image, STR("https://"))) &&
	       relations_replacement(&image->relations, number) ==
		       RESOURCE_NONE &&
	       relations_replaced(&image->relations, number) == RESOURCE_NONE &&
	       !replaces_column(image, number);
}

bool new_rows_fit(const struct plan_image *image, uint32_t number, str packed)
{
	struct resource before, now;

	catalog_get(&before, image->catalog, number);
	return resource_unpack(&now, packed, before.path, before.file) &&
	       resource_differs_in_words(&before, &now) &&
	       arrangement_of(image->arrangement, number).visibility ==
		       VISIBLE_LIVE &&
	       arrangement_has_page(image->arrangement, number) &&
	       is_apart(image, &before);
}

void new_rows_add(struct new_rows *rows, uint32_t number)
{
	*(uint32_t *)list_add(&rows->numbers, rows->arena) = number;
}

/* --- who shows it --- */

void new_rows_show(struct new_rows *rows, uint32_t number)
{
	if (rows->is_shown[number])
		return;
	rows->is_shown[number] = true;
	*(uint32_t *)list_add(&rows->shown, rows->arena) = number;
}

static void show_numbers(struct new_rows *rows, const struct plan_image *image,
			 const uint32_t *numbers, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (catalog_has(image->catalog, numbers[i]))
			new_rows_show(rows, numbers[i]);
}

/* Pages show what stands around them in the list of their own column. */
static void show_around(struct new_rows *rows, const struct plan_image *image,
			const struct column *column, size_t position)
{
	struct list around;
	const uint32_t *numbers;

	list_init(&around, sizeof(uint32_t));
	relations_around(&image->relations, &column->list, position, &around,
			 rows->arena);
	numbers = around.items;
	for (size_t i = 0; i < around.count; i++)
		if (catalog_has(image->catalog, numbers[i]) &&
		    arrangement_of(image->arrangement, numbers[i]).column ==
			    column)
			new_rows_show(rows, numbers[i]);
}

/* A list that is ordered by title has another order now. */
static bool scan_list(struct new_rows *rows, const struct plan_image *image,
		      const struct site *site, const struct column *column)
{
	const struct column_list *list = &column->list;

	if (!snapshot_trusts(image->catalog->snapshot, list->live,
			     list->live_count * sizeof(*list->live)))
		return false;
	for (size_t i = 0; i < list->live_count; i++) {
		if (!catalog_has(image->catalog, list->live[i]) ||
		    !rows->is_new[list->live[i]])
			continue;
		if (column->query.sort == SORT_TITLE)
			return false;
		rows->is_listed_on[site->number] = true;
		show_around(rows, image, column, i);
	}
	return true;
}

static bool scan_lists(struct new_rows *rows, const struct plan_image *image)
{
	const struct cluster *cluster = image->arrangement->cluster;

	for (size_t i = 0; i < cluster->count; i++) {
		const struct site *site = &cluster->sites[i];

		for (size_t j = 0; j < site->column_count; j++)
			if (!scan_list(rows, image, site, &site->columns[j]))
				return false;
	}
	return true;
}

/* Translations of one text show each other. */
static void show_related(struct new_rows *rows, const struct plan_image *image,
			 str name)
{
	uint32_t other = name.len < 2 ? RESOURCE_NONE
				      : relations_find(image->catalog,
						       str_from(name, 1));
	struct relation_list named;

	if (other == RESOURCE_NONE)
		return;
	new_rows_show(rows, other);
	if (name.data[0] != RELATION_TRANSLATES)
		return;
	named = relations_named(&image->relations, other);
	show_numbers(rows, image, named.items, named.count);
}

static void show_relations(struct new_rows *rows,
			   const struct plan_image *image, uint32_t number)
{
	struct relation_list named = relations_named(&image->relations, number);
	str rest = catalog_text(image->catalog, number, RESOURCE_INTERPRETS);
	str name;

	show_numbers(rows, image, named.items, named.count);
	while (unpack_text(&name, &rest)) {
		uint32_t policy = relations_find(image->catalog, name);

		if (policy != RESOURCE_NONE)
			new_rows_show(rows, policy);
	}
	rest = catalog_text(image->catalog, number, RESOURCE_RELATED);
	while (unpack_text(&name, &rest))
		show_related(rows, image, name);
}

static bool is_collected(const struct new_rows *rows,
			 const struct plan_image *image)
{
	const struct topics *topics = &image->topics;

	if (!snapshot_trusts(image->catalog->snapshot, topics->items,
			     topics->item_count * sizeof(*topics->items)))
		return false;
	for (size_t i = 0; i < topics->item_count; i++)
		if (catalog_has(image->catalog, topics->items[i]) &&
		    rows->is_new[topics->items[i]])
			return true;
	return false;
}

void new_rows_show_topics(struct new_rows *rows, const struct plan_image *image)
{
	const struct catalog *catalog = image->catalog;

	for (uint32_t i = 0; i < catalog->count; i++)
		if (resource_type_means(catalog_type(catalog, i),
					MEANS_SECTIONS))
			new_rows_show(rows, i);
}

static bool find_pages(struct new_rows *rows, const struct plan_image *image)
{
	const uint32_t *numbers = rows->numbers.items;

	for (size_t i = 0; i < rows->numbers.count; i++) {
		const struct resource_type *type =
			catalog_type(image->catalog, numbers[i]);

		/* the portal may show a notice that it does not list */
		if (resource_type_means(type, MEANS_KEEP_UNTIL))
			return false;
		show_relations(rows, image, numbers[i]);
	}
	if (is_collected(rows, image))
		new_rows_show_topics(rows, image);
	return scan_lists(rows, image);
}

/* --- the rows --- */

/* All of them, since the image is written with them. */
static bool make_rows(struct new_rows *rows, struct plan_image *image)
{
	const struct catalog *catalog = image->catalog;
	const struct page_plan plan = { .arrangement = image->arrangement,
					.snapshot = catalog->snapshot };
	size_t size = catalog->count * sizeof(*image->rows);
	const uint32_t *numbers = rows->numbers.items;
	uint64_t *all;

	if (!snapshot_trusts(catalog->snapshot, image->rows, size))
		return false;
	all = arena_raw(rows->arena, size);
	memcpy(all, image->rows, size);
	for (size_t i = 0; i < rows->numbers.count; i++) {
		struct resource resource;

		catalog_get(&resource, catalog, numbers[i]);
		all[numbers[i]] = fingerprint_row(&plan, &resource);
	}
	image->rows = all;
	return true;
}

bool new_rows_settle(struct new_rows *rows, struct plan_image *image,
		     const struct metadata_change *touched, size_t count)
{
	size_t resources = image->catalog->count;
	const uint32_t *numbers = rows->numbers.items;

	rows->is_new = arena_array(rows->arena, resources, 1);
	rows->is_shown = arena_array(rows->arena, resources, 1);
	rows->is_listed_on =
		arena_array(rows->arena, image->arrangement->cluster->count, 1);
	for (size_t i = 0; i < count; i++)
		new_rows_show(rows, touched[i].number);
	if (rows->numbers.count == 0)
		return true;
	for (size_t i = 0; i < rows->numbers.count; i++)
		rows->is_new[numbers[i]] = true;
	return make_rows(rows, image) && find_pages(rows, image);
}
