/*
 * What can be counted is a row of the table below, by the id of its check; what
 * it earns stands in the score book alone.
 */
#include "report/bonus.h"

#include <string.h>

#include "report/inspection.h"
#include "site/arrange.h"

/* A site on a day. */
struct counted {
	const struct arrangement *arrangement;
	const struct site *site;
	struct date from; /* a year before */
	struct date to;
	struct arena *arena;
};

static bool is_of_year(const struct counted *counted, struct moment moment)
{
	struct date day = moment_date(moment);

	return moment.is_set && date_compare(counted->from, day) < 0 &&
	       date_compare(day, counted->to) <= 0;
}

static int64_t consultations_among(const struct counted *counted,
				   const uint32_t *numbers, size_t count,
				   bool *is_counted)
{
	const struct catalog *catalog = counted->arrangement->catalog;
	int64_t found = 0;

	for (size_t i = 0; i < count; i++) {
		struct resource resource;

		if (is_counted[numbers[i]] ||
		    !resource_type_means(catalog_type(catalog, numbers[i]),
					 MEANS_CLOSES_ON))
			continue;
		is_counted[numbers[i]] = true;
		catalog_get(&resource, catalog, numbers[i]);
		found += is_of_year(counted, resource.opens_on.is_set
						     ? resource.opens_on
						     : resource.date);
	}
	return found;
}

/* A text that several columns show counts once. */
static int64_t count_consultations(const struct counted *counted)
{
	bool *is_counted = arena_array(counted->arena,
				       counted->arrangement->catalog->count + 1,
				       sizeof(*is_counted));
	int64_t count = 0;

	for (size_t i = 0; i < counted->site->column_count; i++) {
		const struct column_list *list =
			&counted->site->columns[i].list;

		count += consultations_among(counted, list->live,
					     list->live_count, is_counted);
		count += consultations_among(counted, list->archived,
					     list->archived_count, is_counted);
	}
	return count;
}

static const struct {
	const char *check;
	int64_t (*count)(const struct counted *counted);
} counts[] = {
	{ "R-INT-17", count_consultations },
};

static const struct sheet_column columns[] = {
	{ .key = "site", .label = "站点", .is_short = true },
	{ .key = "item", .label = "指标" },
	{ .key = "check", .label = "检查项" },
	{ .key = "title", .label = "内容" },
	{ .key = "found", .label = "近一年", .is_number = true },
	{ .key = "least", .label = "应达到", .is_number = true },
	{ .key = "reached", .label = "是否达到" },
	{ .key = "points", .label = "分值" },
	{ .key = "mark", .label = "依据标记" },
};

static void add_row(struct sheet *out, struct sheet_table *table,
		    const struct tallies *tallies, const struct site *site,
		    const struct score_check *check, int64_t found)
{
	sheet_add_cell(out, table, site->id);
	sheet_add_cell(out, table, tallies_item(tallies, check)->name);
	sheet_add_cell(out, table, str_from_c(check->entry->id));
	sheet_add_cell(out, table, str_from_c(_(check->entry->title)));
	sheet_add_number(out, table, found);
	sheet_add_number(out, table, check->at_least);
	sheet_add_cell(out, table,
		       found >= check->at_least ? STR("达到") : STR("未达到"));
	sheet_add_cell(out, table,
		       check->tenths == 0
			       ? STR("未核对，不计分")
			       : report_tenths(check->tenths, out->arena));
	sheet_add_cell(out, table, str_from_c(rule_marks[check->mark]));
}

static void add_site(struct sheet *out, struct sheet_table *table,
		     const struct tallies *tallies, const struct site *site)
{
	struct counted counted = { .arrangement = tallies->arrangement,
				   .site = site,
				   .to = arrangement_today(
					   tallies->arrangement),
				   .arena = out->arena };

	counted.from = counted.to;
	counted.from.year--;
	for (size_t i = 0; i < tallies->scores->checks.count; i++) {
		const struct score_check *check = tallies_check(tallies, i);

		for (size_t k = 0; k < COUNT_OF(counts); k++)
			if (check->effect == SCORE_BONUS &&
			    strcmp(check->entry->id, counts[k].check) == 0)
				add_row(out, table, tallies, site, check,
					counts[k].count(&counted));
	}
}

void bonus_add(struct sheet *out, const struct tallies *tallies,
	       const char *site)
{
	struct sheet_table *table =
		sheet_add_table(out, "bonus", "加分项（仅门户网站）", columns,
				COUNT_OF(columns));

	table->note = STR("仅列资源库能够统计的项目；分值未与正式文本核对的不计"
			  "分，加分不计入参考得分。");
	for (size_t i = 0; i < tallies->cluster->count; i++) {
		const struct site *one = &tallies->cluster->sites[i];

		if (one->kind == KIND_PORTAL && one->state == STATE_LIVE &&
		    (site == NULL || str_equal_c(one->id, site)))
			add_site(out, table, tallies, one);
	}
}
