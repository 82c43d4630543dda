#include "site/equal_titles.h"

#include <stdlib.h>

#include "base/digest.h"

enum { DAYS_APART = 30, SECONDS_A_DAY = 86400 };

/* A page, by what is compared. */
struct titled {
	uint64_t title; /* digest */
	int64_t date;	/* seconds */
	uint32_t site;
	uint32_t column;
	uint32_t number;
};

static int compare_names(const struct titled *a, const struct titled *b)
{
	if (a->site != b->site)
		return a->site < b->site ? -1 : 1;
	if (a->column != b->column)
		return a->column < b->column ? -1 : 1;
	return (a->title > b->title) - (a->title < b->title);
}

static int compare(const void *left, const void *right)
{
	const struct titled *a = left;
	const struct titled *b = right;
	int order = compare_names(a, b);

	if (order == 0)
		order = (a->date > b->date) - (a->date < b->date);
	return order != 0 ? order
			  : (a->number > b->number) - (a->number < b->number);
}

/* Those that stand in ordinary lists. */
static struct titled *list_pages(size_t *count,
				 const struct arrangement *arrangement,
				 struct arena *arena)
{
	const struct catalog *catalog = arrangement->catalog;
	struct titled *pages =
		arena_array(arena, catalog->count, sizeof(*pages));

	*count = 0;
	for (uint32_t i = 0; i < catalog->count; i++) {
		struct placement place = arrangement_of(arrangement, i);
		struct resource resource;

		if (place.column == NULL || place.visibility != VISIBLE_LIVE)
			continue;
		catalog_get(&resource, catalog, i);
		pages[(*count)++] = (struct titled){
			.title = digest_of(resource.title).low,
			.date = resource.date.seconds,
			.site = place.site->number,
			.column =
				(uint32_t)(place.column - place.site->columns),
			.number = i,
		};
	}
	return pages;
}

static void report(const struct arrangement *arrangement,
		   const struct titled *page, const struct titled *before,
		   struct diag_list *diags)
{
	struct placement place = arrangement_of(arrangement, page->number);
	struct resource resource, other;
	struct diag *diag;

	catalog_get(&resource, arrangement->catalog, page->number);
	catalog_get(&other, arrangement->catalog, before->number);
	diag = diag_warning(diags, resource.title_span, "title-twice",
			    _("another page of “%.*s” has the same title, at "
			      "most %d days before: %.*s"),
			    STR_ARG(place.column->name), DAYS_APART,
			    STR_ARG(other.path));
	diag_help(diags, diag,
		  _("say in the title what is different, such as the place or "
		    "第二批; or take one of the two out"));
}

void equal_titles_check(const struct arrangement *arrangement,
			struct diag_list *diags)
{
	struct titled *pages;
	struct arena arena;
	size_t count;

	arena_init(&arena);
	pages = list_pages(&count, arrangement, &arena);
	if (count > 0)
		qsort(pages, count, sizeof(*pages), compare);
	for (size_t i = 1; i < count; i++)
		if (compare_names(&pages[i - 1], &pages[i]) == 0 &&
		    pages[i].date - pages[i - 1].date <=
			    (int64_t)DAYS_APART * SECONDS_A_DAY)
			report(arrangement, &pages[i], &pages[i - 1], diags);
	arena_release(&arena);
}
