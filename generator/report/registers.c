/*
 * One function for each register, and a loop over the sites around them; each
 * is a table of the sheet.
 */
#include "report/registers.h"

#include <stdlib.h>

#include "audit/page_links.h"
#include "library/extract.h"
#include "report/domains.h"
#include "report/inspection.h"
#include "site/arrange.h"

struct register_input {
	const struct page_plan *plan;
	const struct record_source *from;
};

typedef void register_rows(struct sheet *out, struct sheet_table *table,
			   const struct register_input *input,
			   const struct site *site);

static const char *const states[] = {
	[STATE_LIVE] = "运行",	     [STATE_TEMPORARILY_OFFLINE] = "临时下线",
	[STATE_CLOSED] = "永久下线", [STATE_ARCHIVED] = "归档",
	[STATE_MOVED] = "迁移",
};

/* --- sites ---------------------------------------------------------------- */

static const struct sheet_column site_columns[] = {
	{ .key = "site", .label = "站点", .is_short = true },
	{ .key = "name", .label = "网站名称" },
	{ .key = "kind", .label = "类别" },
	{ .key = "state", .label = "状态", .is_short = true },
	{ .key = "domain", .label = "域名", .is_short = true },
	{ .key = "identity_code", .label = "标识码", .is_short = true },
	{ .key = "sponsor", .label = "主办单位" },
	{ .key = "operator", .label = "承办单位" },
	{ .key = "icp", .label = "ICP备案号" },
	{ .key = "police_record", .label = "公安机关备案号" },
	{ .key = "phone", .label = "联系电话", .is_short = true },
};

static void add_site(struct sheet *out, struct sheet_table *table,
		     const struct register_input *input,
		     const struct site *site)
{
	const str cells[] = {
		site->id,
		site->name,
		report_site_kind(site),
		str_from_c(states[site->state]),
		site->domain,
		site->identity_code,
		site->sponsor,
		site->operator_name,
		site->icp,
		site->police_record,
		site->phone,
	};

	(void)input;
	for (size_t i = 0; i < COUNT_OF(cells); i++)
		sheet_add_cell(out, table, cells[i]);
}

/* --- links ---------------------------------------------------------------- */

static const struct sheet_column link_columns[] = {
	{ .key = "site", .label = "站点", .is_short = true },
	{ .key = "name", .label = "名称" },
	{ .key = "url", .label = "网址" },
	{ .key = "outside", .label = "是否提示离开网站" },
	{ .key = "from", .label = "位置" },
	{ .key = "texts", .label = "信息数（条）", .is_number = true },
};

/* An address that texts of a site lead to. */
struct text_link {
	str address;
	str name; /* as the first of them calls it */
	size_t texts;
};

static void add_link(struct sheet *out, struct sheet_table *table,
		     const struct register_input *input,
		     const struct site *site, const struct text_link *link)
{
	str host = page_link_host(link->address);

	sheet_add_cell(out, table, site->id);
	sheet_add_cell(out, table, link->name);
	sheet_add_cell(out, table, link->address);
	sheet_add_cell(
		out, table,
		cluster_is_inside(input->plan->arrangement->cluster, host)
			? STR("否")
			: STR("是"));
	sheet_add_cell(out, table,
		       link->texts == 0 ? STR("友情链接") : STR("正文"));
	if (link->texts == 0)
		sheet_add_cell(out, table, STR(""));
	else
		sheet_add_number(out, table, (int64_t)link->texts);
}

static bool is_of_cluster(const struct register_input *input, str host)
{
	const struct page_plan *plan = input->plan;

	for (size_t i = 0; i < plan->count; i++)
		if (str_equal_ignoring_case(plan->sites[i].site->domain, host))
			return true;
	return host.len == 0;
}

/* Of one text each address counts once. */
static void note_links(struct map *links, const struct register_input *input,
		       str rest, struct arena *arena)
{
	str address, text;
	struct map seen;

	map_init(&seen, arena);
	while (extract_next_link(&address, &text, &rest)) {
		struct text_link *link;

		if (is_of_cluster(input, page_link_host(address)) ||
		    !map_add(&seen, arena_copy(arena, address), links))
			continue;
		link = map_get(links, address);
		if (link == NULL) {
			link = arena_alloc(arena, sizeof(*link));
			link->address = arena_copy(arena, address);
			link->name = arena_copy(arena, text);
			map_add(links, link->address, link);
		}
		link->texts++;
	}
}

static void list_text_links(struct map *links,
			    const struct register_input *input,
			    const struct site *site, struct arena *arena)
{
	const struct arrangement *arrangement = input->plan->arrangement;
	struct arena scratch;

	map_init(links, arena);
	arena_init(&scratch);
	for (uint32_t i = 0; i < arrangement->catalog->count; i++) {
		struct extract extract;

		if (!arrangement_has_page(arrangement, i) ||
		    arrangement_of(arrangement, i).site != site)
			continue;
		if (extract_read(&extract, arrangement->catalog,
				 input->from->reader, i, &scratch))
			note_links(links, input, extract.links, arena);
		arena_reset(&scratch);
	}
	arena_release(&scratch);
}

static int compare_links(const void *left, const void *right)
{
	const struct map_entry *a = left;
	const struct map_entry *b = right;

	return str_compare(a->key, b->key);
}

/* Those of the foot in their order, then those of texts by address. */
static void add_links(struct sheet *out, struct sheet_table *table,
		      const struct register_input *input,
		      const struct site *site)
{
	struct map links;

	for (size_t i = 0; i < site->link_count; i++) {
		const struct text_link link = { site->links[i].url,
						site->links[i].name, 0 };

		if (page_link_host(link.address).len > 0)
			add_link(out, table, input, site, &link);
	}
	list_text_links(&links, input, site, out->arena);
	if (links.count > 0)
		qsort(links.entries, links.count, sizeof(*links.entries),
		      compare_links);
	for (size_t i = 0; i < links.count; i++)
		add_link(out, table, input, site, links.entries[i].value);
}

/* --- posts ---------------------------------------------------------------- */

static const struct sheet_column post_columns[] = {
	{ .key = "site", .label = "站点", .is_short = true },
	{ .key = "column", .label = "栏目" },
	{ .key = "name", .label = "栏目名称" },
	{ .key = "unit", .label = "责任单位" },
	{ .key = "a", .label = "A岗" },
	{ .key = "b", .label = "B岗" },
	{ .key = "days", .label = "更新周期（天）", .is_number = true },
};

static void add_posts(struct sheet *out, struct sheet_table *table,
		      const struct register_input *input,
		      const struct site *site)
{
	(void)input;
	for (size_t i = 0; i < site->column_count; i++) {
		const struct column *column = &site->columns[i];

		sheet_add_cell(out, table, site->id);
		sheet_add_cell(out, table, column->path);
		sheet_add_cell(out, table, column->name);
		sheet_add_cell(out, table, column->owner_unit);
		sheet_add_cell(out, table, column->editor_a);
		sheet_add_cell(out, table, column->editor_b);
		if (column->update_days > 0)
			sheet_add_number(out, table, column->update_days);
		else
			sheet_add_cell(out, table, STR(""));
	}
}

/* --- what people write down ----------------------------------------------- */

static const struct sheet_column check_columns[] = {
	{ .key = "site", .label = "站点", .is_short = true },
	{ .key = "date", .label = "日期", .is_short = true },
	{ .key = "subject", .label = "内容" },
	{ .key = "unit", .label = "实施单位" },
	{ .key = "found", .label = "发现问题（个）" },
	{ .key = "fixed", .label = "已整改（个）" },
	{ .key = "note", .label = "备注" },
};

static const struct sheet_column training_columns[] = {
	{ .key = "site", .label = "站点", .is_short = true },
	{ .key = "date", .label = "日期", .is_short = true },
	{ .key = "subject", .label = "内容" },
	{ .key = "unit", .label = "组织单位" },
	{ .key = "people", .label = "参加人次" },
	{ .key = "note", .label = "备注" },
};

/* The cells between the name of the site and the note. */
typedef void record_cells(struct sheet *out, struct sheet_table *table,
			  const struct record_row *row);

static void add_check(struct sheet *out, struct sheet_table *table,
		      const struct record_row *row)
{
	sheet_add_cell(out, table, row->unit);
	sheet_add_cell(out, table, row->found);
	sheet_add_cell(out, table, row->fixed);
}

static void add_training(struct sheet *out, struct sheet_table *table,
			 const struct record_row *row)
{
	sheet_add_cell(out, table, row->unit);
	sheet_add_cell(out, table, row->people);
}

static void add_records(struct sheet *out, struct sheet_table *table,
			const struct register_input *input,
			const struct site *site, record_cells *add)
{
	str path = records_path(site->id, table->key, out->arena);
	const struct record_row none = {
		.note = arena_printf(out->arena, "待填写：%.*s", STR_ARG(path))
	};
	const struct record_row *rows = &none;
	struct list found;
	size_t count = 1;

	if (records_read_rows(&found, site->id, table->key, input->from) &&
	    found.count > 0) {
		rows = found.items;
		count = found.count;
	} else if (site->state != STATE_LIVE) {
		return;
	}
	for (size_t i = 0; i < count; i++) {
		struct date day = { 0 };

		if (rows[i].date.is_set)
			day = moment_date(rows[i].date);
		sheet_add_cell(out, table, site->id);
		sheet_add_cell(out, table, report_day(day, out->arena));
		sheet_add_cell(out, table, rows[i].subject);
		add(out, table, &rows[i]);
		sheet_add_cell(out, table, rows[i].note);
	}
}

static void add_checks(struct sheet *out, struct sheet_table *table,
		       const struct register_input *input,
		       const struct site *site)
{
	add_records(out, table, input, site, add_check);
}

static void add_trainings(struct sheet *out, struct sheet_table *table,
			  const struct register_input *input,
			  const struct site *site)
{
	add_records(out, table, input, site, add_training);
}

/* --- the sheet ------------------------------------------------------------ */

static const struct {
	const char *key;
	const char *title;
	const struct sheet_column *columns;
	size_t column_count;
	register_rows *add;
} registers[] = {
	/* that of domains is `jiyue domains` */
	{ "sites", "网站台账", site_columns, COUNT_OF(site_columns), add_site },
	{ "domains", "域名台账", NULL, 0, NULL },
	{ "links", "站外链接台账", link_columns, COUNT_OF(link_columns),
	  add_links },
	{ "posts", "栏目责任岗位台账", post_columns, COUNT_OF(post_columns),
	  add_posts },
	{ "checks", "安全检测台账", check_columns, COUNT_OF(check_columns),
	  add_checks },
	{ "training", "业务培训台账", training_columns,
	  COUNT_OF(training_columns), add_trainings },
};

bool registers_make(struct sheet *out, const struct page_plan *plan,
		    const struct record_source *from, const char *site)
{
	const struct arrangement *arrangement = plan->arrangement;
	const struct cluster *cluster = arrangement->cluster;
	const struct register_input input = { plan, from };

	sheet_init(out, "registers",
		   arena_printf(from->arena, "%.*s台账",
				STR_ARG(cluster->platform.name)),
		   from->arena);
	sheet_add_fact(out, "as_of", "统计时间点",
		       report_day(arrangement_today(arrangement), from->arena));
	sheet_add_fact(out, "revision", "资源库版本", plan->snapshot->revision);
	for (size_t i = 0; i < COUNT_OF(registers); i++) {
		struct sheet_table *table;

		if (registers[i].add == NULL) {
			domains_add(out, arrangement, site, registers[i].title);
			continue;
		}
		table = sheet_add_table(
			out, registers[i].key, registers[i].title,
			registers[i].columns, registers[i].column_count);
		for (size_t k = 0; k < cluster->count; k++)
			if (site == NULL ||
			    str_equal_c(cluster->sites[k].id, site))
				registers[i].add(out, table, &input,
						 &cluster->sites[k]);
	}
	return !from->diags->failed;
}
