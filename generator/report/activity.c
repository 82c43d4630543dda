/*
 * One pass over the catalogue counts for all sites, since it is long and they
 * are few; the last row adds up.
 */
#include "report/activity.h"

#include "library/resource_reader.h"

#include "report/inspection.h"
#include "site/arrange.h"

struct activity {
	int64_t published;
	int64_t original;
	int64_t asked;
	int64_t answered;
	int64_t days; /* working days of these answers, together */
	int64_t open; /* still, whenever they were asked */
};

struct counting {
	const struct arrangement *arrangement;
	struct date from;
	struct date to;
	struct activity *sites; /* one a site */
};

struct date period_start(enum period period, struct date today)
{
	struct date start = today;

	if (period == PERIOD_DAY)
		return start;
	start.day = 1;
	if (period == PERIOD_QUARTER)
		start.month = (uint8_t)((start.month - 1) / 3 * 3 + 1);
	else if (period == PERIOD_YEAR)
		start.month = 1;
	return start;
}

static bool is_within(const struct counting *counting, struct moment moment)
{
	struct date day = moment_date(moment);

	return moment.is_set && date_compare(counting->from, day) <= 0 &&
	       date_compare(day, counting->to) <= 0;
}

static void count_message(struct activity *activity,
			  const struct counting *counting,
			  const struct resource *resource)
{
	const struct holidays *holidays =
		&counting->arrangement->cluster->holidays;
	int64_t days;

	activity->asked += is_within(counting, resource->asked_at);
	if (!holidays_answer(&days, holidays, resource)) {
		activity->open += resource->asked_at.is_set;
		return;
	}
	if (!is_within(counting, resource->answered_at))
		return;
	activity->answered++;
	activity->days += days;
}

static void count_all(struct counting *counting)
{
	const struct arrangement *arrangement = counting->arrangement;
	const struct catalog *catalog = arrangement->catalog;
	struct resource resource;

	for (uint32_t i = 0; i < catalog->count; i++) {
		struct placement place = arrangement_of(arrangement, i);
		struct activity *activity;

		if (!arrangement_has_page(arrangement, i))
			continue;
		activity = &counting->sites[place.site->number];
		catalog_get(&resource, catalog, i);
		if (resource_type_means(catalog_type(catalog, i),
					MEANS_ASKED_AT)) {
			count_message(activity, counting, &resource);
			continue;
		}
		if (!is_within(counting, resource.date))
			continue;
		activity->published++;
		activity->original += !resource.is_reprint;
	}
}

/* --- interpretations ------------------------------------------------------ */

struct explained_policies {
	int64_t policies;
	int64_t explained;
	int64_t products;
	int64_t others; /* in another form than words */
};

static const struct sheet_column explained_columns[] = {
	{ .key = "site", .label = "站点", .is_short = true },
	{ .key = "name", .label = "网站名称" },
	{ .key = "policies", .label = "政策文件（件）", .is_number = true },
	{ .key = "explained", .label = "其中有解读", .is_number = true },
	{ .key = "explained_share",
	  .label = "解读比例（%）",
	  .is_number = true },
	{ .key = "interpretations",
	  .label = "解读信息（条）",
	  .is_number = true },
	{ .key = "other_forms", .label = "其中非文字", .is_number = true },
	{ .key = "other_share", .label = "非文字占比（%）", .is_number = true },
};

static str form_of(const struct catalog *catalog,
		   struct snapshot_reader *reader, uint32_t number,
		   struct arena *arena)
{
	const struct field_value *form;
	struct front_matter matter;

	if (!resource_reader_matter_again(&matter, catalog, reader,
					  catalog_file(catalog, number), arena))
		return STR("");
	form = front_matter_value(&matter, STR("form"));
	return form == NULL ? STR("") : arena_copy(arena, form->text);
}

static void count_explained(struct explained_policies *sites,
			    const struct counting *counting,
			    const struct page_plan *plan,
			    struct snapshot_reader *reader, struct arena *arena)
{
	const struct catalog *catalog = plan->arrangement->catalog;
	struct resource resource;

	for (uint32_t i = 0; i < catalog->count; i++) {
		const struct resource_type *type = catalog_type(catalog, i);
		struct explained_policies *site;

		if (!arrangement_has_page(plan->arrangement, i))
			continue;
		catalog_get(&resource, catalog, i);
		if (!is_within(counting, resource.date))
			continue;
		site = &sites[arrangement_of(plan->arrangement, i)
				      .site->number];
		if (resource_type_means(type, MEANS_MAJOR)) {
			site->policies++;
			site->explained += relations_interpretations(
						   &plan->relations, i, arena)
						   .count > 0;
		} else if (resource_type_means(type, MEANS_INTERPRETS)) {
			site->products++;
			site->others += !str_equal_c(
				form_of(catalog, reader, i, arena), "文字");
		}
	}
}

static const struct sheet_column columns[] = {
	{ .key = "site", .label = "站点", .is_short = true },
	{ .key = "name", .label = "网站名称" },
	{ .key = "published", .label = "发布信息（条）", .is_number = true },
	{ .key = "original", .label = "其中原创", .is_number = true },
	{ .key = "original_share",
	  .label = "原创占比（%）",
	  .is_number = true },
	{ .key = "asked", .label = "收到留言（条）", .is_number = true },
	{ .key = "answered", .label = "办结留言（条）", .is_number = true },
	{ .key = "average_days",
	  .label = "平均用时（工作日）",
	  .is_number = true },
	{ .key = "open", .label = "未办结（条）", .is_number = true },
};

static str ratio(int64_t part, int64_t whole, int64_t scale,
		 struct arena *arena)
{
	int64_t tenths;

	if (whole == 0)
		return STR("");
	tenths = (part * scale * 10 + whole / 2) / whole;
	return arena_printf(arena, "%lld.%lld", (long long)tenths / 10,
			    (long long)tenths % 10);
}

static void add_row(struct sheet *out, struct sheet_table *table, str id,
		    str name, const struct activity *activity)
{
	sheet_add_cell(out, table, id);
	sheet_add_cell(out, table, name);
	sheet_add_number(out, table, activity->published);
	sheet_add_number(out, table, activity->original);
	sheet_add_cell(out, table,
		       ratio(activity->original, activity->published, 100,
			     out->arena));
	sheet_add_number(out, table, activity->asked);
	sheet_add_number(out, table, activity->answered);
	sheet_add_cell(
		out, table,
		ratio(activity->days, activity->answered, 1, out->arena));
	sheet_add_number(out, table, activity->open);
}

static void add_up(struct activity *all, const struct activity *one)
{
	all->published += one->published;
	all->original += one->original;
	all->asked += one->asked;
	all->answered += one->answered;
	all->days += one->days;
	all->open += one->open;
}

static void add_explained(struct sheet *out, struct sheet_table *table, str id,
			  str name, const struct explained_policies *row)
{
	sheet_add_cell(out, table, id);
	sheet_add_cell(out, table, name);
	sheet_add_number(out, table, row->policies);
	sheet_add_number(out, table, row->explained);
	sheet_add_cell(out, table,
		       ratio(row->explained, row->policies, 100, out->arena));
	sheet_add_number(out, table, row->products);
	sheet_add_number(out, table, row->others);
	sheet_add_cell(out, table,
		       ratio(row->others, row->products, 100, out->arena));
}

static void explained_add(struct sheet *out, const struct page_plan *plan,
			  const struct counting *counting, const char *site,
			  struct diag_list *diags)
{
	const struct cluster *cluster = plan->arrangement->cluster;
	struct explained_policies *sites =
		arena_array(out->arena, cluster->count, sizeof(*sites));
	struct sheet_table *table =
		sheet_add_table(out, "explained", "政策解读", explained_columns,
				COUNT_OF(explained_columns));
	struct snapshot_reader *reader =
		snapshot_reader_open(plan->snapshot, diags);
	struct explained_policies all = { 0 };

	if (reader == NULL)
		return;
	count_explained(sites, counting, plan, reader, out->arena);
	snapshot_reader_close(reader);
	for (size_t i = 0; i < cluster->count; i++) {
		const struct site *one = &cluster->sites[i];

		if (site != NULL && !str_equal_c(one->id, site))
			continue;
		add_explained(out, table, one->id, one->name, &sites[i]);
		all.policies += sites[i].policies;
		all.explained += sites[i].explained;
		all.products += sites[i].products;
		all.others += sites[i].others;
	}
	if (site == NULL)
		add_explained(out, table, STR(""), STR("合计"), &all);
}

void activity_add(struct sheet *out, const struct page_plan *plan,
		  enum period period, const char *site, struct diag_list *diags)
{
	const struct cluster *cluster = plan->arrangement->cluster;
	struct counting counting = {
		.arrangement = plan->arrangement,
		.to = arrangement_today(plan->arrangement),
		.sites = arena_array(out->arena, cluster->count,
				     sizeof(struct activity)),
	};
	struct activity all = { 0 };
	struct sheet_table *table =
		sheet_add_table(out, "activity", "信息发布和留言办理", columns,
				COUNT_OF(columns));

	counting.from = period_start(period, counting.to);
	table->note =
		arena_printf(out->arena, "统计周期：%.*s 至 %.*s",
			     STR_ARG(report_day(counting.from, out->arena)),
			     STR_ARG(report_day(counting.to, out->arena)));
	count_all(&counting);
	for (size_t i = 0; i < cluster->count; i++) {
		const struct site *one = &cluster->sites[i];

		if (site != NULL && !str_equal_c(one->id, site))
			continue;
		add_row(out, table, one->id, one->name, &counting.sites[i]);
		add_up(&all, &counting.sites[i]);
	}
	if (site == NULL)
		add_row(out, table, STR(""), STR("合计"), &all);
	explained_add(out, plan, &counting, site, diags);
}
