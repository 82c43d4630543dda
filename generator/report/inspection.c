/*
 * Findings are counted in one pass, a number for each site and each check of
 * the score book; tables are made from these numbers. Whose a finding is, its
 * path says: that of a text, of settings, or of a finished page.
 */
#include "report/inspection.h"

#include <stdlib.h>

#include "audit/freshness.h"
#include "site/arrange.h"

enum {
	SOON_DAYS = 14,
	PASS_TENTHS = 600,
	FULL_TENTHS = 1000,
	/* bodies without services: 75 points are counted as 100 (MH19) */
	SERVICES_TENTHS = 250,
};

#define SERVICES_ITEM STR("办事服务")

/* What was found of one site. */
struct tally {
	const struct site *site; /* NULL: of none */
	size_t *counts;		 /* one a check of the score book */
	size_t errors;
	size_t warnings;
	size_t soon;
};

struct inspecting {
	const struct inspection_input *input;
	const struct arrangement *arrangement;
	const struct cluster *cluster;
	struct date today;
	struct tally *tallies; /* one a site, and behind them that of none */
	size_t check_count;
	struct sheet *out;
	struct arena *arena;
};

static const struct score_check *check_at(const struct inspecting *in, size_t i)
{
	return (const struct score_check *)
		       in->input->book->scores.checks.items +
	       i;
}

static const struct score_item *item_of(const struct inspecting *in,
					const struct score_check *check)
{
	return (const struct score_item *)in->input->book->scores.items.items +
	       check->item;
}

str report_day(struct date day, struct arena *arena)
{
	return date_is_set(day) ? arena_printf(arena, "%04d-%02d-%02d",
					       day.year, day.month, day.day)
				: STR("");
}

static str tenths(int64_t value, struct arena *arena)
{
	return arena_printf(arena, "%s%lld.%lld", value < 0 ? "-" : "",
			    (long long)llabs(value) / 10,
			    (long long)llabs(value) % 10);
}

static bool is_wanted(const struct inspecting *in, const struct site *site)
{
	return in->input->site == NULL ||
	       (site != NULL && str_equal_c(site->id, in->input->site));
}

/* --- whose a finding is --------------------------------------------------- */

static const struct site *site_with_id(const struct cluster *cluster, str id)
{
	for (size_t i = 0; i < cluster->count; i++)
		if (str_equal(cluster->sites[i].id, id))
			return &cluster->sites[i];
	return NULL;
}

static const struct site *owner_of_text(const struct inspecting *in, str path)
{
	const struct catalog *catalog = in->arrangement->catalog;
	uint32_t number = catalog_find_path(catalog, path);
	str rest = str_from(path, STR("content/").len);
	str unit = STR("");

	if (number != RESOURCE_NONE) {
		struct placement place =
			arrangement_of(in->arrangement, number);

		if (place.site != NULL)
			return place.site;
	}
	(void)!str_split_next(&rest, '/', &unit);
	return cluster_owner(in->cluster, unit);
}

/* By the file, or by the address of a finished page. */
static const struct site *owner_of(const struct inspecting *in, str path)
{
	str rest = path;
	str first;

	if (!str_split_next(&rest, '/', &first))
		return NULL;
	if (str_equal_c(first, "content"))
		return owner_of_text(in, path);
	if (!str_equal_c(first, "sites"))
		return cluster_site_at(in->cluster, first);
	return str_split_next(&rest, '/', &first)
		       ? site_with_id(in->cluster, first)
		       : NULL;
}

static struct tally *tally_of(const struct inspecting *in,
			      const struct site *site)
{
	return &in->tallies[site == NULL ? in->cluster->count : site->number];
}

static void count_finding(const struct inspecting *in,
			  const struct report_message *message)
{
	struct tally *tally = tally_of(in, owner_of(in, message->path));
	const struct score_check *check =
		score_book_find(&in->input->book->scores, message->diag->id);

	if (message->diag->level == DIAG_WARNING)
		tally->warnings++;
	else
		tally->errors++;
	if (check != NULL)
		tally->counts[check - check_at(in, 0)]++;
}

/* --- the score ------------------------------------------------------------ */

static size_t vetoes_of(const struct inspecting *in, const struct tally *tally)
{
	size_t count = 0;

	for (size_t i = 0; i < in->check_count; i++)
		count += check_at(in, i)->effect == SCORE_VETO &&
			 tally->counts[i] > 0;
	return count;
}

/* What one check takes off before it is held against its item. */
static int64_t taken_off(const struct inspecting *in, const struct tally *tally,
			 size_t check)
{
	return check_at(in, check)->effect == SCORE_DEDUCTION
		       ? (int64_t)tally->counts[check] *
				 check_at(in, check)->tenths
		       : 0;
}

static int64_t item_taken_off(const struct inspecting *in,
			      const struct tally *tally, size_t item)
{
	const struct score_item *items = in->input->book->scores.items.items;
	int64_t sum = 0;

	for (size_t i = 0; i < in->check_count; i++)
		if (check_at(in, i)->effect == SCORE_DEDUCTION &&
		    check_at(in, i)->item == item)
			sum += taken_off(in, tally, i);
	return sum < items[item].tenths ? sum : items[item].tenths;
}

static int64_t score_of(const struct inspecting *in, const struct tally *tally)
{
	const struct list *items = &in->input->book->scores.items;
	bool skips = tally->site->no_services;
	int64_t score = skips ? FULL_TENTHS - SERVICES_TENTHS : FULL_TENTHS;

	for (size_t i = 0; i < items->count; i++)
		if (!skips ||
		    !str_equal(
			    ((const struct score_item *)items->items)[i].name,
			    SERVICES_ITEM))
			score -= item_taken_off(in, tally, i);
	return skips ? score * FULL_TENTHS / (FULL_TENTHS - SERVICES_TENTHS)
		     : score;
}

/* --- tables --------------------------------------------------------------- */

static const struct sheet_column site_columns[] = {
	{ "site", "站点", false },
	{ "name", "网站名称", false },
	{ "kind", "类别", false },
	{ "verdict", "结论", false },
	{ "vetoes", "单项否决", true },
	{ "score", "参考得分", true },
	{ "errors", "错误", true },
	{ "warnings", "提示", true },
	{ "soon", "14天内将超期栏目", true },
};

static const char *const kind_labels[] = {
	[KIND_PORTAL] = "政府门户网站",	    [KIND_DEPARTMENT] = "部门网站",
	[KIND_COUNTY] = "县（区）门户网站", [KIND_ZONE] = "开发区网站",
	[KIND_FOREIGN] = "外文网站",
};

/* The national table scores portals alone; others are held to its vetoes. */
static str verdict_of(const struct inspecting *in, const struct tally *tally)
{
	if (tally->site->state != STATE_LIVE)
		return STR("未运行，不检查");
	if (vetoes_of(in, tally) > 0)
		return STR("不合格（单项否决）");
	if (tally->site->kind == KIND_PORTAL &&
	    score_of(in, tally) < PASS_TENTHS)
		return STR("参考得分低于60分");
	return STR("未触发单项否决");
}

static void add_sites(const struct inspecting *in)
{
	struct sheet *out = in->out;
	struct sheet_table *table =
		sheet_add_table(out, "sites", "各站点结论", site_columns,
				COUNT_OF(site_columns));

	table->note =
		STR("参考得分含未与国家正式文本核对的占位分值（标记U），不作"
		    "为正式评分；部门网站只适用单项否决，得分仅供参考。");
	for (size_t i = 0; i < in->cluster->count; i++) {
		const struct tally *tally = &in->tallies[i];

		if (!is_wanted(in, tally->site))
			continue;
		sheet_add_cell(out, table, tally->site->id);
		sheet_add_cell(out, table, tally->site->name);
		sheet_add_cell(out, table,
			       str_from_c(kind_labels[tally->site->kind]));
		sheet_add_cell(out, table, verdict_of(in, tally));
		sheet_add_number(out, table, (int64_t)vetoes_of(in, tally));
		sheet_add_cell(out, table,
			       tenths(score_of(in, tally), in->arena));
		sheet_add_number(out, table, (int64_t)tally->errors);
		sheet_add_number(out, table, (int64_t)tally->warnings);
		sheet_add_number(out, table, (int64_t)tally->soon);
	}
}

static const struct sheet_column veto_columns[] = {
	{ "site", "站点", false },     { "check", "检查项", false },
	{ "title", "内容", false },    { "count", "问题数", true },
	{ "mark", "依据标记", false },
};

static void add_vetoes(const struct inspecting *in)
{
	struct sheet *out = in->out;
	struct sheet_table *table =
		sheet_add_table(out, "vetoes", "单项否决", veto_columns,
				COUNT_OF(veto_columns));

	for (size_t k = 0; k <= in->cluster->count; k++) {
		const struct tally *tally = &in->tallies[k];

		for (size_t i = 0; i < in->check_count; i++) {
			const struct score_check *check = check_at(in, i);

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
	{ "site", "站点", false },
	{ "item", "指标", false },
	{ "check", "检查项", false },
	{ "title", "内容", false },
	{ "count", "问题数", true },
	{ "points", "每处扣分", true },
	{ "mark", "分值标记", false },
	{ "taken", "应扣", true },
	{ "item_taken", "该指标实扣", true },
};

static void add_deduction(const struct inspecting *in,
			  struct sheet_table *table, const struct tally *tally,
			  size_t i)
{
	const struct score_check *check = check_at(in, i);
	struct sheet *out = in->out;

	sheet_add_cell(out, table, tally->site->id);
	sheet_add_cell(out, table, item_of(in, check)->name);
	sheet_add_cell(out, table, str_from_c(check->entry->id));
	sheet_add_cell(out, table, str_from_c(_(check->entry->title)));
	sheet_add_number(out, table, (int64_t)tally->counts[i]);
	sheet_add_cell(out, table, tenths(check->tenths, in->arena));
	sheet_add_cell(out, table, str_from_c(rule_marks[check->mark]));
	sheet_add_cell(out, table, tenths(taken_off(in, tally, i), in->arena));
	sheet_add_cell(
		out, table,
		tenths(item_taken_off(in, tally, check->item), in->arena));
}

static void add_deductions(const struct inspecting *in)
{
	struct sheet_table *table =
		sheet_add_table(in->out, "deductions", "扣分（参考）",
				deduction_columns, COUNT_OF(deduction_columns));

	table->note = STR("标记：C 正式文本；L 地方做法；U 未核对的占位值；P "
			  "平台自定。同一指标实扣不超过该指标分值。");
	for (size_t k = 0; k < in->cluster->count; k++)
		for (size_t i = 0; i < in->check_count; i++)
			if (taken_off(in, &in->tallies[k], i) > 0 &&
			    is_wanted(in, in->tallies[k].site))
				add_deduction(in, table, &in->tallies[k], i);
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

			soon.fresh = freshness_of(soon.column,
						  in->arrangement->catalog,
						  in->today);
			if (soon.fresh.state != FRESH_GOOD ||
			    soon.fresh.days_left >= SOON_DAYS)
				continue;
			*(struct soon *)list_add(&found, in->arena) = soon;
			tally_of(in, site)->soon++;
		}
	}
	if (found.count > 0)
		qsort(found.items, found.count, sizeof(struct soon),
		      compare_soon);
	return found;
}

static const struct sheet_column soon_columns[] = {
	{ "site", "站点", false },	 { "column", "栏目", false },
	{ "name", "栏目名称", false },	 { "unit", "责任单位", false },
	{ "a", "A岗", false },		 { "b", "B岗", false },
	{ "newest", "最近更新", false }, { "due", "应在此日前更新", false },
	{ "days", "剩余天数", true },
};

static void add_soon(const struct inspecting *in, const struct list *found)
{
	const struct soon *items = found->items;
	struct sheet *out = in->out;
	struct sheet_table *table =
		sheet_add_table(out, "soon", "14天内将超期的栏目", soon_columns,
				COUNT_OF(soon_columns));

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
	{ "site", "站点", false },	  { "rule", "规则", false },
	{ "level", "级别", false },	  { "path", "文件或网页", false },
	{ "line", "行", true },		  { "message", "问题", false },
	{ "help", "整改建议", false },	  { "since", "文件最近修改", false },
	{ "fingerprint", "指纹", false },
};

/* The file has been so since that day; of finished pages nobody knows. */
static str since(const struct inspecting *in,
		 const struct report_message *message)
{
	const struct page_plan *plan = in->input->plan;
	uint32_t source = message->diag->span.source;
	struct moment changed;

	if (message->path.len == 0 || plan->history == NULL ||
	    source >= plan->snapshot->count)
		return STR("");
	changed = plan->history[source].changed;
	return changed.is_set ? report_day(moment_date(changed), in->arena)
			      : STR("");
}

static void add_open(const struct inspecting *in)
{
	struct sheet *out = in->out;
	struct sheet_table *table =
		sheet_add_table(out, "open", "未整改的问题", open_columns,
				COUNT_OF(open_columns));
	const struct report *found = in->input->found;

	for (size_t i = 0; i < found->count; i++) {
		const struct report_message *message = &found->messages[i];
		const struct site *site = owner_of(in, message->path);
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
		sheet_add_cell(out, table, since(in, message));
		sheet_add_cell(out, table, buf_str(&digits));
	}
}

static void start(struct inspecting *in)
{
	size_t count = in->cluster->count + 1;

	in->check_count = in->input->book->scores.checks.count;
	in->tallies = arena_array(in->arena, count, sizeof(*in->tallies));
	for (size_t i = 0; i < count; i++) {
		if (i < in->cluster->count)
			in->tallies[i].site = &in->cluster->sites[i];
		in->tallies[i].counts =
			arena_array(in->arena, in->check_count, sizeof(size_t));
	}
}

void inspection_make(struct sheet *out, const struct inspection_input *input,
		     struct arena *arena)
{
	const struct arrangement *arrangement = input->plan->arrangement;
	struct inspecting in = { .input = input,
				 .arrangement = arrangement,
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
	start(&in);
	for (size_t i = 0; i < input->found->count; i++)
		count_finding(&in, &input->found->messages[i]);
	soon = find_soon(&in);
	if (input->tables & INSPECTION_SITES)
		add_sites(&in);
	if (input->tables & INSPECTION_VETOES)
		add_vetoes(&in);
	if (input->tables & INSPECTION_DEDUCTIONS)
		add_deductions(&in);
	if (input->tables & INSPECTION_SOON)
		add_soon(&in, &soon);
	if (input->tables & INSPECTION_OPEN)
		add_open(&in);
}
