/*
 * Pages that readers take for one: the same title in one column, at most 30
 * days apart.
 */
#include <stdlib.h>

#include "audit/rule.h"
#include "base/digest.h"

rule_function rule_title_twice;

enum { DAYS_APART = 30 };

/* A page, by what is compared. */
struct titled {
	uint64_t title; /* digest */
	int64_t date;	/* seconds */
	uint32_t number;
};

static int compare(const void *left, const void *right)
{
	const struct titled *a = left;
	const struct titled *b = right;
	int order = (a->title > b->title) - (a->title < b->title);

	if (order == 0)
		order = (a->date > b->date) - (a->date < b->date);
	return order != 0 ? order
			  : (a->number > b->number) - (a->number < b->number);
}

/* Those that the column publishes and shows in its ordinary list. */
static struct titled *list_pages(size_t *count, const struct rule_input *input)
{
	const struct arrangement *arrangement = input->arrangement;
	const struct column_list *list = &input->column->list;
	struct titled *pages =
		arena_array(input->arena, list->live_count, sizeof(*pages));

	*count = 0;
	for (size_t i = 0; i < list->live_count; i++) {
		struct resource resource;

		if (arrangement_of(arrangement, list->live[i]).column !=
		    input->column)
			continue;
		catalog_get(&resource, arrangement->catalog, list->live[i]);
		pages[(*count)++] = (struct titled){
			.title = digest_of(resource.title).low,
			.date = resource.date.seconds,
			.number = resource.number,
		};
	}
	return pages;
}

static void report(const struct rule_input *input, const struct titled *page,
		   const struct titled *before, struct finding_log *log)
{
	const struct catalog *catalog = input->arrangement->catalog;
	struct resource resource, other;
	struct diag *diag;

	catalog_get(&resource, catalog, page->number);
	catalog_get(&other, catalog, before->number);
	diag = finding_add(log, resource.title_span,
			   _("another page of “%.*s” has the same title, at "
			     "most %d days before: %.*s"),
			   STR_ARG(input->column->name), DAYS_APART,
			   STR_ARG(other.path));
	diag_help(log->diags, diag,
		  _("say in the title what is different, such as the place or "
		    "第二批; or take one of the two out"));
}

void rule_title_twice(const struct rule_input *input, struct finding_log *log)
{
	size_t count;
	struct titled *pages = list_pages(&count, input);

	if (count > 0)
		qsort(pages, count, sizeof(*pages), compare);
	for (size_t i = 1; i < count; i++)
		if (pages[i].title == pages[i - 1].title &&
		    pages[i].date - pages[i - 1].date <=
			    (int64_t)DAYS_APART * SECONDS_A_DAY)
			report(input, &pages[i], &pages[i - 1], log);
}
