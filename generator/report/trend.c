/*
 * A month is copied out of its check, numbers and fingerprints, since the check
 * is gone when the next one begins; the tables are made from what is left.
 */
#include "report/trend.h"

#include <stdlib.h>

#include "report/inspection.h"

void trend_init(struct trend *trend)
{
	*trend = (struct trend){ 0 };
	arena_init(&trend->arena);
}

void trend_release(struct trend *trend)
{
	arena_release(&trend->arena);
}

struct date trend_month_before(struct date day)
{
	struct moment first =
		moment_from_date((struct date){ day.year, day.month, 1 }, 0);

	first.seconds--;
	return moment_date(first);
}

/* --- a month -------------------------------------------------------------- */

static int compare_digests(const void *left, const void *right)
{
	const struct digest *a = left;
	const struct digest *b = right;

	if (a->high != b->high)
		return a->high < b->high ? -1 : 1;
	return (a->low > b->low) - (a->low < b->low);
}

static void fill_fingerprints(struct trend_point *point,
			      const struct report *found, struct arena *arena)
{
	point->open = found->count;
	point->fingerprints =
		arena_array(arena, found->count, sizeof(struct digest));
	for (size_t i = 0; i < found->count; i++)
		point->fingerprints[i] = found->messages[i].fingerprint;
	if (found->count > 0)
		qsort(point->fingerprints, found->count, sizeof(struct digest),
		      compare_digests);
}

static void fill_site(struct trend_point *point, const struct tallies *tallies,
		      const struct site_tally *tally, struct arena *arena)
{
	point->errors += tally->errors;
	point->warnings += tally->warnings;
	if (tally->site == NULL)
		return;
	point->sites[point->site_count++] = (struct trend_site){
		.id = arena_copy(arena, tally->site->id),
		.vetoes = tally_vetoes(tallies, tally),
		.open = tally->errors + tally->warnings,
	};
	point->live += tally->site->state == STATE_LIVE;
	point->failed += tally->site->state == STATE_LIVE &&
			 tally_vetoes(tallies, tally) > 0;
}

void trend_fill(struct trend_point *point, const struct tallies *tallies,
		const struct report *found, const char *site,
		struct arena *arena)
{
	size_t count = tallies->cluster->count;

	point->is_known = true;
	point->sites = arena_array(arena, count, sizeof(*point->sites));
	for (size_t i = 0; i <= count; i++) {
		const struct site_tally *tally = &tallies->items[i];

		if (site == NULL ||
		    (tally->site != NULL && str_equal_c(tally->site->id, site)))
			fill_site(point, tallies, tally, arena);
	}
	fill_fingerprints(point, found, arena);
}

static bool was_open(const struct trend_point *point, struct digest fingerprint)
{
	return point->open > 0 &&
	       bsearch(&fingerprint, point->fingerprints, point->open,
		       sizeof(fingerprint), compare_digests) != NULL;
}

struct date trend_open_since(const struct trend *trend,
			     struct digest fingerprint)
{
	struct date since = { 0 };

	/* the last point is the day of the report itself */
	for (size_t i = trend->count; i > 1; i--) {
		const struct trend_point *point = &trend->points[i - 2];

		if (!was_open(point, fingerprint))
			break;
		since = point->day;
	}
	return since;
}

/* --- tables --------------------------------------------------------------- */

static const struct sheet_column month_columns[] = {
	{ .key = "day", .label = "监测时间点", .is_short = true },
	{ .key = "revision", .label = "当日资源库版本", .is_id = true },
	{ .key = "sites", .label = "检查站点", .is_number = true },
	{ .key = "failed", .label = "单项否决站点", .is_number = true },
	{ .key = "errors", .label = "错误", .is_number = true },
	{ .key = "warnings", .label = "提示", .is_number = true },
};

static const struct sheet_chart month_chart = {
	.kind = CHART_LINES,
	.label = 0,
	.series = { 4, 5, 3 },
	.count = 3,
};

static void add_months(struct sheet *out, const struct trend *trend)
{
	struct sheet_table *table =
		sheet_add_table(out, "trend", "近十二个月走势", month_columns,
				COUNT_OF(month_columns));

	table->chart = &month_chart;
	table->note =
		STR("每月最后一天，以当日的资源库版本、当日为监测时间点重新"
		    "检查；空白表示当日资源库尚无版本或者未能检查。");
	for (size_t i = 0; i < trend->count; i++) {
		const struct trend_point *point = &trend->points[i];
		const size_t numbers[] = { point->live, point->failed,
					   point->errors, point->warnings };

		sheet_add_cell(out, table, report_day(point->day, out->arena));
		sheet_add_cell(out, table, point->revision);
		for (size_t k = 0; k < COUNT_OF(numbers); k++)
			if (point->is_known)
				sheet_add_number(out, table,
						 (int64_t)numbers[k]);
			else
				sheet_add_cell(out, table, STR(""));
	}
}

static const struct trend_site *find_site(const struct trend_point *point,
					  str id)
{
	for (size_t i = 0; i < point->site_count; i++)
		if (str_equal(point->sites[i].id, id))
			return &point->sites[i];
	return NULL;
}

/* "否 12": a veto among twelve that were open. */
static str site_cell(const struct trend_point *point, str id,
		     struct arena *arena)
{
	const struct trend_site *site = find_site(point, id);

	if (site == NULL)
		return STR("");
	return arena_printf(arena, "%s%zu", site->vetoes > 0 ? "否 " : "",
			    site->open);
}

static const struct sheet_column *site_columns(const struct trend *trend,
					       struct arena *arena)
{
	struct sheet_column *columns =
		arena_array(arena, trend->count + 2, sizeof(*columns));

	columns[0] = (struct sheet_column){ .key = "site",
					    .label = "站点",
					    .is_short = true };
	columns[1] =
		(struct sheet_column){ .key = "name", .label = "网站名称" };
	for (size_t i = 0; i < trend->count; i++) {
		struct date day = trend->points[i].day;

		columns[i + 2] = (struct sheet_column){
			.key = arena_printf(arena, "m%04d%02d", day.year,
					    day.month)
				       .data,
			.label = arena_printf(arena, "%02d/%d", day.year % 100,
					      day.month)
					 .data,
			.is_short = true,
			.is_narrow = true,
		};
	}
	return columns;
}

static void add_sites(struct sheet *out, const struct trend *trend,
		      const struct tallies *tallies, const char *wanted)
{
	const struct cluster *cluster = tallies->cluster;
	struct sheet_table *table = sheet_add_table(
		out, "trend_sites", "各站点近十二个月未整改问题数",
		site_columns(trend, out->arena), trend->count + 2);

	table->note = STR("“否”表示当日触发单项否决。");
	for (size_t i = 0; i < cluster->count; i++) {
		const struct site *site = &cluster->sites[i];

		if (wanted != NULL && !str_equal_c(site->id, wanted))
			continue;
		sheet_add_cell(out, table, site->id);
		sheet_add_cell(out, table, site->name);
		for (size_t k = 0; k < trend->count; k++)
			sheet_add_cell(out, table,
				       site_cell(&trend->points[k], site->id,
						 out->arena));
	}
}

void trend_add(struct sheet *out, const struct trend *trend,
	       const struct tallies *tallies, const char *site)
{
	if (trend->count < 2)
		return;
	add_months(out, trend);
	add_sites(out, trend, tallies, site);
}
