/*
 * The rows are made apart from the sheet, so that other reports have them too.
 * A term ends on the first day by which enough working days went by.
 */
#include "report/domains.h"

#include "markup/host_name.h"
#include "report/inspection.h"
#include "site/domain_form.h"

/* The last day of a term that began on a day: that is not counted itself. */
static struct date end_of_term(const struct holidays *holidays,
			       struct date from)
{
	struct moment day = moment_from_date(from, 0);

	/* no pause is longer than a year, whatever a file says */
	for (int i = 0; i < 366; i++) {
		struct date date = moment_date(day);

		if (holidays_between(holidays, from, date) >=
		    DOMAIN_CONTACT_DAYS)
			return date;
		day.seconds += SECONDS_A_DAY;
	}
	return moment_date(day);
}

static void fill_contact(struct domain_row *row,
			 const struct arrangement *arrangement)
{
	const struct site *site = row->site;
	struct date entered;

	if (!site->contact_changed_on.is_set)
		return;
	row->due = end_of_term(&arrangement->cluster->holidays,
			       moment_date(site->contact_changed_on));
	if (!site->contact_entered_on.is_set ||
	    moment_compare(site->contact_entered_on, site->contact_changed_on) <
		    0) {
		row->contact = date_compare(arrangement_today(arrangement),
					    row->due) > 0
				       ? CONTACT_LATE
				       : CONTACT_DUE;
		return;
	}
	entered = moment_date(site->contact_entered_on);
	row->contact = CONTACT_ENTERED;
	row->is_late = date_compare(entered, row->due) > 0;
}

void domains_list(struct list *out, const struct arrangement *arrangement,
		  struct arena *arena)
{
	const struct cluster *cluster = arrangement->cluster;

	list_init(out, sizeof(struct domain_row));
	for (size_t i = 0; i < cluster->count; i++) {
		const struct site *site = &cluster->sites[i];
		struct domain_row *row = list_add(out, arena);
		const char *reason;

		row->site = site;
		row->is_of_kind = domain_is_of_kind(site, cluster);
		row->is_chinese_right = domain_is_chinese(site);
		if (site->chinese_domain.len == 0 ||
		    !host_name_encode(&row->ascii, &reason,
				      site->chinese_domain, arena))
			row->ascii = (str){ NULL, 0 };
		fill_contact(row, arrangement);
	}
}

/* --- the sheet ------------------------------------------------------------ */

static const struct sheet_column columns[] = {
	{ .key = "site", .label = "站点", .is_short = true },
	{ .key = "name", .label = "网站名称" },
	{ .key = "kind", .label = "类别" },
	{ .key = "state", .label = "状态" },
	{ .key = "sponsor", .label = "主办单位" },
	{ .key = "domain", .label = "英文域名" },
	{ .key = "domain_form", .label = "英文域名规范" },
	{ .key = "chinese_domain", .label = "中文域名" },
	{ .key = "chinese_ascii", .label = "中文域名编码" },
	{ .key = "chinese_form", .label = "中文域名规范" },
	{ .key = "identity_code", .label = "网站标识码" },
	{ .key = "contact_changed_on", .label = "联系人变更日期" },
	{ .key = "contact_due", .label = "应录入日期" },
	{ .key = "contact_entered_on", .label = "录入日期" },
	{ .key = "contact", .label = "联系人录入情况" },
	{ .key = "moved_to", .label = "新网址" },
};

static const char *const states[] = {
	[STATE_LIVE] = "正常",	   [STATE_TEMPORARILY_OFFLINE] = "临时下线",
	[STATE_CLOSED] = "已关停", [STATE_ARCHIVED] = "已归档",
	[STATE_MOVED] = "已迁移",
};

static str moment_text(struct moment moment, struct arena *arena)
{
	return moment.is_set ? report_day(moment_date(moment), arena) : STR("");
}

static const char *contact_text(const struct domain_row *row)
{
	switch (row->contact) {
	case CONTACT_DUE:
		return "待录入";
	case CONTACT_LATE:
		return "逾期未录入";
	case CONTACT_ENTERED:
		return row->is_late ? "逾期录入" : "已录入";
	default:
		return "无变更";
	}
}

static void add_row(struct sheet *sheet, struct sheet_table *table,
		    const struct domain_row *row)
{
	const struct site *site = row->site;
	struct arena *arena = sheet->arena;
	const str cells[COUNT_OF(columns)] = {
		site->id,
		site->name,
		report_site_kind(site),
		str_from_c(states[site->state]),
		site->sponsor,
		site->domain,
		row->is_of_kind ? STR("符合") : STR("不符合"),
		site->chinese_domain,
		row->ascii,
		site->chinese_domain.len == 0 ? STR("未登记")
		: row->is_chinese_right	      ? STR("符合")
					      : STR("不符合"),
		site->identity_code,
		moment_text(site->contact_changed_on, arena),
		report_day(row->due, arena),
		moment_text(site->contact_entered_on, arena),
		str_from_c(contact_text(row)),
		site->moved_to,
	};

	for (size_t i = 0; i < COUNT_OF(cells); i++)
		sheet_add_cell(sheet, table, cells[i]);
}

void domains_add(struct sheet *out, const struct arrangement *arrangement,
		 const char *site, const char *title)
{
	const struct domain_row *rows;
	struct sheet_table *table;
	struct list list;

	domains_list(&list, arrangement, out->arena);
	rows = list.items;
	table = sheet_add_table(out, "domains", title, columns,
				COUNT_OF(columns));
	table->note = STR("每个网站原则上注册一个中文域名和一个英文域名；"
			  "联系人变更应在20个工作日内录入。");
	for (size_t i = 0; i < list.count; i++)
		if (site == NULL || str_equal_c(rows[i].site->id, site))
			add_row(out, table, &rows[i]);
}

void domains_make(struct sheet *out, const struct arrangement *arrangement,
		  const char *site, struct arena *arena)
{
	sheet_init(out, "domains", STR("政府网站域名登记表"), arena);
	sheet_add_fact(out, "as_of", "截止日期",
		       report_day(arrangement_today(arrangement), arena));
	domains_add(out, arrangement, site, "域名");
}
