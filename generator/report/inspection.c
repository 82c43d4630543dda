/*
 * The tables of an inspection, one function each; what they count is in
 * report/tally.c, what was before in report/trend.c and report/first_seen.c.
 */
#include "report/inspection.h"

#include <stdlib.h>

#include "audit/freshness.h"
#include "report/bonus.h"
#include "report/first_seen.h"
#include "report/tally.h"
#include "site/arrange.h"

enum { SOON_DAYS = 14 };

struct inspecting {
	const struct inspection_input *input;
	const struct tallies *tallies;
	const struct cluster *cluster;
	struct date today;
	struct sheet *out;
	struct arena *arena;
};

str report_day(struct date day, struct arena *arena)
{
	return date_is_set(day) ? arena_printf(arena, "%04d-%02d-%02d",
					       day.year, day.month, day.day)
				: STR("");
}

str report_tenths(int64_t value, struct arena *arena)
{
	return arena_printf(arena, "%s%lld.%lld", value < 0 ? "-" : "",
			    (long long)llabs(value) / 10,
			    (long long)llabs(value) % 10);
}

str report_site_kind(const struct site *site)
{
	static const char *const labels[] = {
		[KIND_PORTAL] = "政府门户网站",
		[KIND_DEPARTMENT] = "部门网站",
		[KIND_COUNTY] = "县（区）门户网站",
		[KIND_ZONE] = "开发区网站",
		[KIND_FOREIGN] = "外文网站",
	};

	return str_from_c(labels[site->kind]);
}

static bool is_wanted(const struct inspecting *in, const struct site *site)
{
	return in->input->site == NULL ||
	       (site != NULL && str_equal_c(site->id, in->input->site));
}

static size_t check_count(const struct inspecting *in)
{
	return in->tallies->scores->checks.count;
}

static const struct site_tally *tally_at(const struct inspecting *in, size_t i)
{
	return &in->tallies->items[i];
}

/* --- tables --------------------------------------------------------------- */

static const struct sheet_column site_columns[] = {
	{ .key = "site", .label = "站点", .is_short = true },
	{ .key = "name", .label = "网站名称" },
	{ .key = "kind", .label = "类别" },
	{ .key = "verdict", .label = "结论" },
	{ .key = "vetoes", .label = "单项否决", .is_number = true },
	{ .key = "score", .label = "参考得分", .is_number = true },
	{ .key = "errors", .label = "错误", .is_number = true },
	{ .key = "warnings", .label = "提示", .is_number = true },
	{ .key = "soon", .label = "14天内将超期栏目", .is_number = true },
};

static const struct sheet_chart site_chart = {
	.kind = CHART_BARS,
	.label = 1,
	.series = { 6, 7 },
	.count = 2,
};

static void add_sites(const struct inspecting *in)
{
	struct sheet *out = in->out;
	struct sheet_table *table =
		sheet_add_table(out, "sites", "各站点结论", site_columns,
				COUNT_OF(site_columns));

	table->chart = &site_chart;
	table->note =
		STR("参考得分含未与国家正式文本核对的占位分值（标记U），不作"
		    "为正式评分；部门网站只适用单项否决，得分仅供参考。");
	for (size_t i = 0; i < in->cluster->count; i++) {
		const struct site_tally *tally = tally_at(in, i);

		if (!is_wanted(in, tally->site))
			continue;
		sheet_add_cell(out, table, tally->site->id);
		sheet_add_cell(out, table, tally->site->name);
		sheet_add_cell(out, table, report_site_kind(tally->site));
		sheet_add_cell(out, table, tally_verdict(in->tallies, tally));
		sheet_add_number(out, table,
				 (int64_t)tally_vetoes(in->tallies, tally));
		sheet_add_cell(
			out, table,
			tally->site->state != STATE_LIVE
				? STR("")
				: report_tenths(tally_score(in->tallies, tally),
						in->arena));
		sheet_add_number(out, table, (int64_t)tally->errors);
		sheet_add_number(out, table, (int64_t)tally->warnings);
		sheet_add_number(out, table, (int64_t)tally->soon);
	}
}

static const struct sheet_column veto_columns[] = {
	{ .key = "site", .label = "站点", .is_short = true },
	{ .key = "check", .label = "检查项" },
	{ .key = "title", .label = "内容" },
	{ .key = "count", .label = "问题数", .is_number = true },
	{ .key = "mark", .label = "依据标记" },
};

static void add_vetoes(const struct inspecting *in)
{
	struct sheet *out = in->out;
	struct sheet_table *table =
		sheet_add_table(out, "vetoes", "单项否决", veto_columns,
				COUNT_OF(veto_columns));

	for (size_t k = 0; k <= in->cluster->count; k++) {
		const struct site_tally *tally = tally_at(in, k);

		for (size_t i = 0; i < check_count(in); i++) {
			const struct score_check *check =
				tallies_check(in->tallies, i);

			if (check->effect != SCORE_VETO ||
			    tally->counts[i] == 0 ||
			    !is_wanted(in, tally->site))
				continue;
			sheet_add_cell(out, table,
				       tally->site == NULL ? STR("")
							   : tally->site->id);
			sheet_add_cell(out, table,
				       str_from_c(check->entry->id));
			sheet_add_cell(out, table,
				       str_from_c(_(check->entry->title)));
			sheet_add_number(out, table, (int64_t)tally->counts[i]);
			sheet_add_cell(out, table,
				       str_from_c(rule_marks[check->mark]));
		}
	}
}

static const struct sheet_column deduction_columns[] = {
	{ .key = "site", .label = "站点", .is_short = true },
	{ .key = "item", .label = "指标" },
	{ .key = "check", .label = "检查项" },
	{ .key = "title", .label = "内容" },
	{ .key = "count", .label = "问题数", .is_number = true },
	{ .key = "points", .label = "每处扣分", .is_number = true },
	{ .key = "mark", .label = "分值标记" },
	{ .key = "taken", .label = "应扣", .is_number = true },
	{ .key = "item_taken", .label = "该指标实扣", .is_number = true },
};

static void add_deduction(const struct inspecting *in,
			  struct sheet_table *table,
			  const struct site_tally *tally, size_t i)
{
	const struct score_check *check = tallies_check(in->tallies, i);
	struct sheet *out = in->out;

	sheet_add_cell(out, table, tally->site->id);
	sheet_add_cell(out, table, tallies_item(in->tallies, check)->name);
	sheet_add_cell(out, table, str_from_c(check->entry->id));
	sheet_add_cell(out, table, str_from_c(_(check->entry->title)));
	sheet_add_number(out, table, (int64_t)tally->counts[i]);
	sheet_add_cell(out, table, report_tenths(check->tenths, in->arena));
	sheet_add_cell(out, table, str_from_c(rule_marks[check->mark]));
	sheet_add_cell(out, table,
		       report_tenths(tally_taken_off(in->tallies, tally, i),
				     in->arena));
	sheet_add_cell(out, table,
		       report_tenths(tally_item_taken_off(in->tallies, tally,
							  check->item),
				     in->arena));
}

static void add_deductions(const struct inspecting *in)
{
	struct sheet_table *table =
		sheet_add_table(in->out, "deductions", "扣分（参考）",
				deduction_columns, COUNT_OF(deduction_columns));

	table->note = STR("标记：C 正式文本；L 地方做法；U 未核对的占位值；P "
			  "平台自定。同一指标实扣不超过该指标分值。");
	for (size_t k = 0; k < in->cluster->count; k++)
		for (size_t i = 0; i < check_count(in); i++)
			if (tally_taken_off(in->tallies, tally_at(in, k), i) >
				    0 &&
			    is_wanted(in, tally_at(in, k)->site))
				add_deduction(in, table, tally_at(in, k), i);
}

/* --- what is stale next --------------------------------------------------- */

struct soon {
	const struct site *site;
	const struct column *column;
	struct freshness fresh;
};

static int compare_soon(const void *left, const void *right)
{
	const struct soon *a = left;
	const struct soon *b = right;
	int order = (a->fresh.days_left > b->fresh.days_left) -
		    (a->fresh.days_left < b->fresh.days_left);

	if (order == 0)
		order = (a->site->number > b->site->number) -
			(a->site->number < b->site->number);
	return order != 0 ? order
			  : (a->column->number > b->column->number) -
				    (a->column->number < b->column->number);
}

static struct list find_soon(const struct inspecting *in)
{
	struct list found;

	list_init(&found, sizeof(struct soon));
	for (size_t i = 0; i < in->cluster->count; i++) {
		const struct site *site = &in->cluster->sites[i];

		for (size_t k = 0;
		     k < site->column_count && site->state == STATE_LIVE; k++) {
			struct soon soon = { site, &site->columns[k], { 0 } };

			soon.fresh = freshness_of(
				soon.column, in->tallies->arrangement->catalog,
				in->today);
			if (soon.fresh.state != FRESH_GOOD ||
			    soon.fresh.days_left >= SOON_DAYS)
				continue;
			*(struct soon *)list_add(&found, in->arena) = soon;
			tallies_of(in->tallies, site)->soon++;
		}
	}
	if (found.count > 0)
		qsort(found.items, found.count, sizeof(struct soon),
		      compare_soon);
	return found;
}

static const struct sheet_column soon_columns[] = {
	{ .key = "site", .label = "站点", .is_short = true },
	{ .key = "column", .label = "栏目" },
	{ .key = "name", .label = "栏目名称" },
	{ .key = "unit", .label = "责任单位" },
	{ .key = "a", .label = "A岗" },
	{ .key = "b", .label = "B岗" },
	{ .key = "newest", .label = "最近更新", .is_short = true },
	{ .key = "due", .label = "最迟更新日期", .is_short = true },
	{ .key = "days", .label = "剩余天数", .is_number = true },
};

static const struct sheet_chart soon_chart = {
	.kind = CHART_BARS,
	.label = 2,
	.has_site = true,
	.series = { 8 },
	.count = 1,
};

static void add_soon(const struct inspecting *in, const struct list *found)
{
	const struct soon *items = found->items;
	struct sheet *out = in->out;
	struct sheet_table *table =
		sheet_add_table(out, "soon", "14天内将超期的栏目", soon_columns,
				COUNT_OF(soon_columns));

	table->chart = &soon_chart;
	for (size_t i = 0; i < found->count; i++) {
		const struct column *column = items[i].column;

		if (!is_wanted(in, items[i].site))
			continue;
		sheet_add_cell(out, table, items[i].site->id);
		sheet_add_cell(out, table, column->path);
		sheet_add_cell(out, table, column->name);
		sheet_add_cell(out, table, column->owner_unit);
		sheet_add_cell(out, table, column->editor_a);
		sheet_add_cell(out, table, column->editor_b);
		sheet_add_cell(out, table,
			       report_day(items[i].fresh.newest, in->arena));
		sheet_add_cell(out, table,
			       report_day(items[i].fresh.due, in->arena));
		sheet_add_number(out, table, items[i].fresh.days_left);
	}
}

/* --- what is open --------------------------------------------------------- */

static const struct sheet_column open_columns[] = {
	{ .key = "site", .label = "站点", .is_short = true },
	{ .key = "rule", .label = "规则" },
	{ .key = "level", .label = "级别", .is_short = true },
	{ .key = "path", .label = "文件或网页" },
	{ .key = "line", .label = "行", .is_number = true },
	{ .key = "message", .label = "问题" },
	{ .key = "help", .label = "整改建议" },
	{ .key = "since", .label = "首次出现", .is_short = true },
	{ .key = "commit", .label = "提交", .is_id = true },
	{ .key = "month", .label = "最早见于月末检查", .is_short = true },
	{ .key = "fingerprint", .label = "指纹", .is_hidden = true },
};

static void add_since(const struct inspecting *in, struct sheet_table *table,
		      const struct first_seen *seen, struct digest fingerprint)
{
	struct date month = { 0 };

	if (in->input->trend != NULL)
		month = trend_open_since(in->input->trend, fingerprint);
	sheet_add_cell(in->out, table,
		       seen->time.is_set
			       ? report_day(moment_date(seen->time), in->arena)
			       : STR(""));
	sheet_add_cell(in->out, table, seen->commit);
	sheet_add_cell(in->out, table, report_day(month, in->arena));
}

static void add_open(const struct inspecting *in)
{
	struct sheet *out = in->out;
	struct sheet_table *table =
		sheet_add_table(out, "open", "未整改的问题", open_columns,
				COUNT_OF(open_columns));
	const struct report *found = in->input->found;
	const struct first_seen *seen =
		first_seen_find(found, in->input->history, in->arena);

	table->note = STR(
		"首次出现：由文件内容决定的问题，为该处文字连续存在的最早提"
		"交；随时间、栏目或者网页变化的问题，以月末检查为准，空白表示"
		"上月末尚未出现或者未追溯。");
	for (size_t i = 0; i < found->count; i++) {
		const struct report_message *message = &found->messages[i];
		const struct site *site =
			tallies_owner(in->tallies, message->path);
		struct buf digits;

		if (!is_wanted(in, site))
			continue;
		buf_init(&digits, in->arena);
		digest_print(&digits, message->fingerprint);
		sheet_add_cell(out, table, site == NULL ? STR("") : site->id);
		sheet_add_cell(out, table, str_from_c(message->diag->id));
		sheet_add_cell(out, table,
			       message->diag->level == DIAG_WARNING
				       ? STR("提示")
				       : STR("错误"));
		sheet_add_cell(out, table, message->path);
		if (message->start.line > 0)
			sheet_add_number(out, table,
					 (int64_t)message->start.line);
		else
			sheet_add_cell(out, table, STR(""));
		sheet_add_cell(out, table, message->diag->message);
		sheet_add_cell(out, table, message->diag->help);
		add_since(in, table, &seen[i], message->fingerprint);
		sheet_add_cell(out, table, buf_str(&digits));
	}
}

/* --- the whole ------------------------------------------------------------ */

static void add_figures(const struct inspecting *in)
{
	size_t live = 0, failed = 0, errors = 0, warnings = 0, soon = 0;

	for (size_t i = 0; i <= in->cluster->count; i++) {
		const struct site_tally *tally = tally_at(in, i);
		bool is_live =
			tally->site != NULL && tally->site->state == STATE_LIVE;

		if (!is_wanted(in, tally->site))
			continue;
		live += is_live;
		failed += is_live && tally_vetoes(in->tallies, tally) > 0;
		errors += tally->errors;
		warnings += tally->warnings;
		soon += tally->soon;
	}
	sheet_add_figure(in->out, "sites", "检查站点", live);
	sheet_add_figure(in->out, "failed", "单项否决站点", failed);
	sheet_add_figure(in->out, "errors", "错误", errors);
	sheet_add_figure(in->out, "warnings", "提示", warnings);
	sheet_add_figure(in->out, "soon", "14天内将超期栏目", soon);
	sheet_add_figure(in->out, "waived", "已豁免",
			 waived_count(in->tallies, &in->input->book->waivers,
				      in->input->site));
}

static void add_tables(const struct inspecting *in, const struct list *soon)
{
	unsigned tables = in->input->tables;

	if (tables & INSPECTION_SITES)
		add_sites(in);
	if (tables & INSPECTION_VETOES)
		add_vetoes(in);
	if (tables & INSPECTION_DEDUCTIONS)
		add_deductions(in);
	if (tables & INSPECTION_BONUS)
		bonus_add(in->out, in->tallies, in->input->site);
	if (tables & INSPECTION_TREND && in->input->trend != NULL)
		trend_add(in->out, in->input->trend, in->tallies,
			  in->input->site);
	if (tables & INSPECTION_SOON)
		add_soon(in, soon);
	if (tables & INSPECTION_WAIVED)
		waived_add(in->out, in->tallies, &in->input->book->waivers,
			   in->input->site);
	if (tables & INSPECTION_OPEN)
		add_open(in);
}

void inspection_make(struct sheet *out, const struct inspection_input *input,
		     struct arena *arena)
{
	const struct arrangement *arrangement = input->plan->arrangement;
	struct tallies tallies;
	struct inspecting in = { .input = input,
				 .tallies = &tallies,
				 .cluster = arrangement->cluster,
				 .today = arrangement_today(arrangement),
				 .out = out,
				 .arena = arena };
	struct list soon;

	sheet_init(
		out, input->kind,
		arena_join(arena,
			   (str[]){ in.cluster->platform.name, input->title },
			   2),
		arena);
	sheet_add_fact(out, "as_of", "监测时间点", report_day(in.today, arena));
	sheet_add_fact(out, "revision", "资源库版本",
		       input->plan->snapshot->revision);
	tallies_make(&tallies, input->plan, input->book, input->found, arena);
	soon = find_soon(&in);
	add_figures(&in);
	if (input->trend != NULL && input->trend->count > 0)
		trend_fill(&input->trend->points[input->trend->count - 1],
			   &tallies, input->found, input->site, arena);
	add_tables(&in, &soon);
}
