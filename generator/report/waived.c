/*
 * What is lived with (sites/rules/waivers.yaml): a row for each site and waiver
 * that took findings of it out, so that who reads the figure sees who decided
 * it, why and until when, and whether a veto is among them.
 */
#include "audit/rule.h"
#include "report/inspection.h"
#include "report/tally.h"

static const struct sheet_column columns[] = {
	{ .key = "site", .label = "站点", .is_short = true },
	{ .key = "rule", .label = "规则" },
	{ .key = "title", .label = "内容" },
	{ .key = "effect", .label = "评分影响", .is_short = true },
	{ .key = "count", .label = "豁免数", .is_number = true },
	{ .key = "path", .label = "范围" },
	{ .key = "reason", .label = "原因" },
	{ .key = "role", .label = "决定岗位" },
	{ .key = "until", .label = "截止日期", .is_short = true },
};

static bool is_wanted(const struct site *site, const char *wanted)
{
	return wanted == NULL ||
	       (site != NULL && str_equal_c(site->id, wanted));
}

static const struct waived *waived_at(const struct waivers *waivers, size_t i)
{
	return (const struct waived *)waivers->waived.items + i;
}

size_t waived_count(const struct tallies *tallies,
		    const struct waivers *waivers, const char *site)
{
	size_t count = 0;

	if (site == NULL)
		return waivers->waived.count;
	for (size_t i = 0; i < waivers->waived.count; i++)
		count += is_wanted(
			tallies_owner(tallies, waived_at(waivers, i)->path),
			site);
	return count;
}

static str effect_of(const struct tallies *tallies, str rule,
		     struct arena *arena)
{
	const struct score_check *check =
		score_book_find(tallies->scores, arena_c_string(arena, rule));

	if (check == NULL)
		return STR("");
	switch (check->effect) {
	case SCORE_VETO:
		return STR("单项否决");
	case SCORE_DEDUCTION:
		return STR("扣分");
	default:
		return STR("");
	}
}

static const char *title_of(str rule)
{
	for (size_t i = 0; i < rule_count; i++)
		if (str_equal_c(rule, rules[i].id))
			return _(rules[i].title);
	return "";
}

static void add_row(struct sheet *out, struct sheet_table *table,
		    const struct tallies *tallies, const struct site *site,
		    const struct waiver *waiver, size_t count)
{
	sheet_add_cell(out, table, site == NULL ? STR("") : site->id);
	sheet_add_cell(out, table, waiver->rule);
	sheet_add_cell(out, table, str_from_c(title_of(waiver->rule)));
	sheet_add_cell(out, table,
		       effect_of(tallies, waiver->rule, out->arena));
	sheet_add_number(out, table, (int64_t)count);
	sheet_add_cell(out, table, waiver->path);
	sheet_add_cell(out, table, waiver->reason);
	sheet_add_cell(out, table, waiver->role);
	sheet_add_cell(out, table,
		       report_day(moment_date(waiver->until), out->arena));
}

/* One a site (and behind them for none) and waiver. */
static size_t *count_rows(const struct tallies *tallies,
			  const struct waivers *waivers, struct arena *arena)
{
	size_t *counts = arena_array(
		arena, (tallies->cluster->count + 1) * waivers->count,
		sizeof(*counts));

	for (size_t i = 0; i < waivers->waived.count; i++) {
		const struct waived *waived = waived_at(waivers, i);
		const struct site *site = tallies_owner(tallies, waived->path);
		size_t number =
			site == NULL ? tallies->cluster->count : site->number;

		counts[number * waivers->count +
		       (size_t)(waived->waiver - waivers->items)]++;
	}
	return counts;
}

void waived_add(struct sheet *out, const struct tallies *tallies,
		const struct waivers *waivers, const char *site)
{
	struct sheet_table *table = sheet_add_table(
		out, "waived", "已豁免的问题", columns, COUNT_OF(columns));
	const size_t *counts = count_rows(tallies, waivers, out->arena);

	table->note = STR("依据 sites/rules/waivers.yaml，不计入结论和得分。评"
			  "分影响为“单项否决”的，不豁免即为单项否决，应从严复"
			  "核。");
	for (size_t k = 0; k <= tallies->cluster->count; k++) {
		const struct site *of = tallies->items[k].site;

		if (!is_wanted(of, site))
			continue;
		for (size_t i = 0; i < waivers->count; i++)
			if (counts[k * waivers->count + i] > 0)
				add_row(out, table, tallies, of,
					&waivers->items[i],
					counts[k * waivers->count + i]);
	}
}
