/* Lists have pinned texts first, so the newest one is looked for. */
#include "audit/freshness.h"

/* The first or last of the list in the order of dates. */
static uint32_t pick(uint32_t best, const uint32_t *numbers, size_t count,
		     bool is_newest, const struct catalog *catalog)
{
	for (size_t i = 0; i < count; i++) {
		bool is_newer = best == RESOURCE_NONE ||
				(catalog->ranks[numbers[i]] <
				 catalog->ranks[best]) == is_newest;

		if (is_newer)
			best = numbers[i];
	}
	return best;
}

static struct date day_of(uint32_t number, const struct catalog *catalog)
{
	struct resource resource;

	if (number == RESOURCE_NONE)
		return (struct date){ 0 };
	catalog_get(&resource, catalog, number);
	return moment_date(resource.date);
}

static struct date newest_of(const struct column_list *list,
			     const struct catalog *catalog)
{
	uint32_t number = pick(RESOURCE_NONE, list->live, list->live_count,
			       true, catalog);

	if (number == RESOURCE_NONE)
		number = pick(number, list->archived, list->archived_count,
			      true, catalog);
	return day_of(number, catalog);
}

static struct date day_after(struct date day, uint32_t days)
{
	struct moment moment = moment_from_date(day, 0);

	moment.seconds += (int64_t)days * SECONDS_A_DAY;
	return moment_date(moment);
}

struct freshness freshness_of(const struct column *column,
			      const struct catalog *catalog, struct date today)
{
	const struct column_list *list = &column->list;
	struct freshness out = { FRESH_UNTIMED, { 0 }, { 0 }, { 0 }, 0 };

	if (!column->has_query || column->is_archived)
		return out;
	if (list->live_count + list->archived_count == 0) {
		out.state = FRESH_BARE;
		return out;
	}
	out.newest = newest_of(list, catalog);
	out.oldest = day_of(pick(RESOURCE_NONE, list->live, list->live_count,
				 false, catalog),
			    catalog);
	if (column->update_days == 0)
		return out;
	out.due = day_after(out.newest, column->update_days);
	out.days_left = date_days_between(today, out.due);
	out.state = out.days_left < 0 ? FRESH_STALE : FRESH_GOOD;
	return out;
}

static struct date later(struct date a, struct date b)
{
	return date_compare(a, b) < 0 ? b : a;
}

struct date freshness_of_home(const struct site *site,
			      const struct catalog *catalog)
{
	struct date newest = { 0 };

	for (size_t i = 0; i < site->block_count; i++)
		newest = later(newest, newest_of(&site->blocks[i].column->list,
						 catalog));
	if (site->block_count > 0)
		return newest;
	for (size_t i = 0; i < site->column_count; i++)
		newest = later(newest,
			       newest_of(&site->columns[i].list, catalog));
	return newest;
}

bool freshness_counts_as_news(const struct column *column)
{
	return column->class_number == CLASS_NEWS ||
	       (column->depth == 0 && (column->class_number == CLASS_NOTICE ||
				       column->class_number == CLASS_POLICY));
}
