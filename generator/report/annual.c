/*
 * A field of the report's type is looked for in the file first, then among what
 * is known (a row below for each), so that the order and the words of the
 * report are the type's and stand nowhere else. Whether they fit each other is
 * annual_sums.c's.
 */
#include "report/annual.h"

#include "audit/annual_counts.h"
#include "report/annual_records.h"
#include "report/annual_sums.h"
#include "report/inspection.h"
#include "site/arrange.h"

/* A report that is being filled: a site's, or the city's (no site). */
struct filling {
	const struct annual_input *input;
	const struct cluster *cluster;
	const struct site *site;
	const struct annual_counts *counts;   /* of all sites */
	const struct annual_records *records; /* the same, and the city's */
	const struct resource_type *type;
	struct yaml_node written; /* the file; no pairs: there is none */
	str path;		  /* of the file */
	str *values;		  /* one a field of the type */
	struct arena *arena;
};

/* --- what is known -------------------------------------------------------- */

enum known_from {
	FROM_SETTINGS,
	FROM_LIBRARY,
	FROM_CHECKS, /* a list of records: in the order of enum annual_list */
	FROM_CORRECTIONS,
	FROM_TRAINING,
};

struct known {
	const char *key;
	enum known_from from;
	str (*value)(const struct filling *filling);
};

static str yes_or_no(bool is_true)
{
	return is_true ? STR("是") : STR("否");
}

static const struct annual_counts *counts_of(const struct filling *filling)
{
	return &filling->counts[filling->site->number];
}

static str number(const struct filling *filling, int64_t value)
{
	return arena_printf(filling->arena, "%lld", (long long)value);
}

/* Empty where the list is missing, or a number of it. */
static str recorded(const struct filling *filling, enum annual_list list,
		    int64_t (*value)(const struct annual_records *records))
{
	const struct annual_records *records =
		&filling->records[filling->site == NULL
					  ? filling->cluster->count
					  : filling->site->number];

	return records->sites[list] == 0 || value(records) == ANNUAL_UNKNOWN
		       ? STR("")
		       : number(filling, value(records));
}

#define RECORDED(member, list)                                                 \
	static int64_t get_##member(const struct annual_records *records)      \
	{                                                                      \
		return records->member;                                        \
	}                                                                      \
	static str known_##member(const struct filling *filling)               \
	{                                                                      \
		return recorded(filling, list, get_##member);                  \
	}
RECORDED(checks, ANNUAL_CHECKS)
RECORDED(checked_sites, ANNUAL_CHECKS)
RECORDED(found, ANNUAL_CHECKS)
RECORDED(fixed, ANNUAL_CHECKS)
RECORDED(received, ANNUAL_CORRECTIONS)
RECORDED(in_time, ANNUAL_CORRECTIONS)
RECORDED(late, ANNUAL_CORRECTIONS)
RECORDED(open, ANNUAL_CORRECTIONS)
RECORDED(trainings, ANNUAL_TRAINING)
RECORDED(people, ANNUAL_TRAINING)

#undef RECORDED

#define TEXT(name, expression)                                                 \
	static str known_##name(const struct filling *f)                       \
	{                                                                      \
		return expression;                                             \
	}
TEXT(filler_unit, f->site->sponsor)
TEXT(site_name, f->site->name)
TEXT(home_url,
     arena_printf(f->arena, "https://%.*s/", STR_ARG(f->site->domain)))
TEXT(site_kind,
     f->site->kind == KIND_DEPARTMENT ? STR("部门网站") : STR("政府门户网站"))
TEXT(site_id_code, f->site->identity_code)
TEXT(icp_no, f->site->icp)
TEXT(psb_no, f->site->police_record)
TEXT(service_list, yes_or_no(counts_of(f)->services > 0))

#undef TEXT

static str known_average(const struct filling *filling)
{
	const struct annual_counts *counts = counts_of(filling);
	int64_t tenths;

	if (counts->messages_closed == 0)
		return STR("");
	tenths = (counts->message_days * 10 + counts->messages_closed / 2) /
		 counts->messages_closed;
	return arena_printf(filling->arena, "%lld.%lld", (long long)tenths / 10,
			    (long long)tenths % 10);
}

static str known_year(const struct filling *filling)
{
	return number(filling, filling->input->year);
}

static const struct known known_of_site[] = {
	{ "year", FROM_SETTINGS, known_year },
	{ "filler_unit", FROM_SETTINGS, known_filler_unit },
	{ "site_name", FROM_SETTINGS, known_site_name },
	{ "home_url", FROM_SETTINGS, known_home_url },
	{ "sponsor", FROM_SETTINGS, known_filler_unit },
	{ "site_kind", FROM_SETTINGS, known_site_kind },
	{ "site_id_code", FROM_SETTINGS, known_site_id_code },
	{ "icp_no", FROM_SETTINGS, known_icp_no },
	{ "psb_no", FROM_SETTINGS, known_psb_no },
	{ "service_list", FROM_LIBRARY, known_service_list },
	{ "msg_avg_days", FROM_LIBRARY, known_average },
	{ "sec_checks", FROM_CHECKS, known_checks },
	{ "sec_found", FROM_CHECKS, known_found },
	{ "sec_fixed", FROM_CHECKS, known_fixed },
	{ 0 },
};

/* Sites of the kinds of a set that are there for readers. */
static str count_sites(const struct filling *filling, unsigned kinds)
{
	int64_t count = 0;

	for (size_t i = 0; i < filling->cluster->count; i++) {
		const struct site *site = &filling->cluster->sites[i];

		count += (site->state == STATE_LIVE ||
			  site->state == STATE_TEMPORARILY_OFFLINE) &&
			 (kinds & 1u << site->kind) != 0;
	}
	return number(filling, count);
}

static str known_all(const struct filling *filling)
{
	return count_sites(filling, ~0u);
}

static str known_portals(const struct filling *filling)
{
	return count_sites(filling, 1u << KIND_PORTAL);
}

static str known_departments(const struct filling *filling)
{
	return count_sites(filling, 1u << KIND_DEPARTMENT);
}

static str known_counties(const struct filling *filling)
{
	return count_sites(filling, 1u << KIND_COUNTY);
}

static str known_others(const struct filling *filling)
{
	return count_sites(filling, 1u << KIND_ZONE | 1u << KIND_FOREIGN);
}

static const struct known known_of_city[] = {
	{ "year", FROM_SETTINGS, known_year },
	{ "sites_total", FROM_SETTINGS, known_all },
	{ "sites_portal", FROM_SETTINGS, known_portals },
	{ "sites_department", FROM_SETTINGS, known_departments },
	{ "sites_county", FROM_SETTINGS, known_counties },
	{ "sites_other", FROM_SETTINGS, known_others },
	{ "sec_checks", FROM_CHECKS, known_checks },
	{ "sec_sites", FROM_CHECKS, known_checked_sites },
	{ "sec_found", FROM_CHECKS, known_found },
	{ "sec_fixed", FROM_CHECKS, known_fixed },
	{ "jiucuo_received", FROM_CORRECTIONS, known_received },
	{ "jiucuo_in_time", FROM_CORRECTIONS, known_in_time },
	{ "jiucuo_late", FROM_CORRECTIONS, known_late },
	{ "jiucuo_open", FROM_CORRECTIONS, known_open },
	{ "train_times", FROM_TRAINING, known_trainings },
	{ "train_people", FROM_TRAINING, known_people },
	{ 0 },
};

/* Empty: neither settings nor library know it. */
static str find_known(enum known_from *from, const struct filling *filling,
		      const char *key)
{
	const struct known *row =
		filling->site == NULL ? known_of_city : known_of_site;
	const struct annual_field *field = annual_fields;

	while (row->key != NULL && strcmp(row->key, key) != 0)
		row++;
	*from = row->from;
	if (row->key != NULL)
		return row->value(filling);
	while (field->key != NULL && strcmp(field->key, key) != 0)
		field++;
	*from = FROM_LIBRARY;
	return filling->site == NULL || field->key == NULL
		       ? STR("")
		       : number(filling,
				annual_counts_get(counts_of(filling), field));
}

/* --- what is written ------------------------------------------------------ */

static void tell_unknown(const struct filling *filling,
			 const struct yaml_pair *pair, struct diag_list *diags)
{
	str *names = arena_array(filling->arena, filling->type->field_count,
				 sizeof(*names));
	struct diag *diag = diag_error(diags, pair->key_span, "setting-unknown",
				       _("there is no setting “%.*s” here"),
				       STR_ARG(pair->key));
	str nearest;

	for (size_t i = 0; i < filling->type->field_count; i++)
		names[i] = str_from_c(filling->type->fields[i].key);
	nearest = str_nearest(pair->key, names, filling->type->field_count);
	if (nearest.len > 0)
		diag_help(diags, diag, _("did you mean “%.*s”?"),
			  STR_ARG(nearest));
	else
		diag_help(diags, diag,
			  _("“jiyue help fields %s” has what can stand here"),
			  filling->type->name);
}

static bool read_written(struct filling *filling, struct diag_list *diags)
{
	const struct annual_input *input = filling->input;
	size_t file = snapshot_find(input->plan->snapshot, filling->path);
	struct source source;

	if (file == STR_NONE)
		return true;
	if (!snapshot_read_text(&source, input->reader, file, filling->arena,
				diags))
		return !diags->failed;
	if (!yaml_parse(&filling->written, &source, 0, source.text.len,
			YAML_SETTINGS_LIMIT, filling->arena, diags))
		filling->written.count = 0;
	for (size_t i = 0; i < filling->written.count; i++)
		if (resource_type_field(filling->type,
					filling->written.pairs[i].key) ==
		    FIELD_NONE)
			tell_unknown(filling, &filling->written.pairs[i],
				     diags);
	return true;
}

static str written_value(const struct filling *filling,
			 const struct field *field)
{
	const struct yaml_node *node =
		yaml_get(&filling->written, str_from_c(field->key));
	struct buf joined;

	if (node == NULL || node->kind == YAML_MAPPING)
		return STR("");
	if (node->kind == YAML_SCALAR)
		return field->kind == FIELD_TRUTH
			       ? yes_or_no(str_equal_c(node->text, "true"))
			       : node->text;
	buf_init(&joined, filling->arena);
	for (size_t i = 0; i < node->count; i++)
		buf_printf(&joined, "%s%.*s", i > 0 ? "、" : "",
			   STR_ARG(node->items[i].text));
	return buf_str(&joined);
}

/* --- tables --------------------------------------------------------------- */

static const struct sheet_column field_columns[] = {
	{ .key = "field", .label = "字段" },
	{ .key = "label", .label = "项目" },
	{ .key = "value", .label = "内容" },
	{ .key = "from", .label = "数据来源" },
};

static str source_of(const struct filling *filling, enum known_from from)
{
	size_t list = from - FROM_CHECKS;

	if (from == FROM_SETTINGS)
		return STR("站点设置");
	if (from == FROM_LIBRARY)
		return STR("资源库统计");
	if (filling->site != NULL)
		return records_path(filling->site->id, annual_list_names[list],
				    filling->arena);
	return arena_printf(
		filling->arena, "sites/*/records/%s.yaml（%zu个网站）",
		annual_list_names[list],
		filling->records[filling->cluster->count].sites[list]);
}

/* What people wrote counts; what the library counts then stands beside it. */
static str fill_field(const struct filling *filling, size_t field)
{
	const struct field *row = &filling->type->fields[field];
	enum known_from from;
	str counted = find_known(&from, filling, row->key);
	str written = written_value(filling, row);

	filling->values[field] = written.len > 0 ? written : counted;
	if (written.len > 0 && counted.len > 0 && !str_equal(written, counted))
		return arena_printf(
			filling->arena, "%.*s（与%.*s不一致：%.*s）",
			STR_ARG(filling->path),
			STR_ARG(source_of(filling, from)), STR_ARG(counted));
	if (written.len > 0)
		return filling->path;
	if (counted.len > 0)
		return source_of(filling, from);
	return arena_printf(filling->arena, "待填写：%.*s",
			    STR_ARG(filling->path));
}

/* Fields of every resource are none of the report's. */
static bool is_of_report(const struct filling *filling, size_t field)
{
	for (size_t i = 0; i < filling->type->fact_count; i++)
		if (filling->type->facts[i] == field)
			return true;
	return false;
}

static void add_fields(struct sheet *out, const struct filling *filling,
		       const char *key, const char *title)
{
	struct sheet_table *table = sheet_add_table(
		out, key, title, field_columns, COUNT_OF(field_columns));

	for (size_t i = 0; i < filling->type->field_count; i++) {
		str from;

		if (!is_of_report(filling, i))
			continue;
		from = fill_field(filling, i);
		sheet_add_cell(out, table,
			       str_from_c(filling->type->fields[i].key));
		sheet_add_cell(out, table,
			       str_from_c(filling->type->fields[i].label));
		sheet_add_cell(out, table, filling->values[i]);
		sheet_add_cell(out, table, from);
	}
}

/* --- the reports ---------------------------------------------------------- */

static const char *kept(struct arena *arena, str text)
{
	return arena_c_string(arena, text);
}

static bool fill(struct sheet *out, struct filling *filling,
		 struct diag_list *diags)
{
	struct arena *arena = filling->arena;
	const char *key, *title;

	filling->values =
		arena_array(arena, filling->type->field_count, sizeof(str));
	if (!read_written(filling, diags))
		return false;
	key = filling->site == NULL ? "supervision"
				    : kept(arena, filling->site->id);
	title = filling->site == NULL
			? "政府网站监管年度报表"
			: kept(arena,
			       arena_printf(arena,
					    "政府网站工作年度报表："
					    "%.*s",
					    STR_ARG(filling->site->name)));
	add_fields(out, filling, key, title);
	return true;
}

/* Their numbers are kept until all tables are there, then held together. */
static bool fill_all(struct sheet *out, struct filling *fillings, size_t *count,
		     const struct filling *all, struct diag_list *diags)
{
	const struct annual_input *input = all->input;
	const struct schema *schema = input->plan->arrangement->catalog->schema;
	const struct cluster *cluster = all->cluster;

	for (size_t i = 0; i <= cluster->count; i++) {
		struct filling *filling = &fillings[*count];
		const struct site *site =
			i < cluster->count ? &cluster->sites[i] : NULL;

		if (site == NULL
			    ? input->site != NULL
			    : site_is_notice_only(site) ||
				      site->state == STATE_ARCHIVED ||
				      (input->site != NULL &&
				       !str_equal_c(site->id, input->site)))
			continue;
		*filling = *all;
		filling->site = site;
		filling->type = schema_find(
			schema, site == NULL ? STR("supervision_report")
					     : STR("annual_report"));
		filling->path = arena_printf(
			all->arena, "sites/%.*s/statistics/%d%s.yaml",
			STR_ARG(site == NULL ? cluster->portal->id : site->id),
			input->year, site == NULL ? "-supervision" : "");
		if (!fill(out, filling, diags))
			return false;
		++*count;
	}
	return true;
}

/* All that are asked for, filled in; the sheet gets a table for each. */
static bool make_fillings(struct sheet *out, struct filling **fillings,
			  size_t *count, const struct annual_input *input,
			  struct diag_list *diags)
{
	const struct cluster *cluster = input->plan->arrangement->cluster;
	const struct annual_scope scope = { input->plan, input->reader,
					    input->year };
	struct annual_counts *counts =
		arena_array(out->arena, cluster->count, sizeof(*counts));
	struct annual_records *records =
		arena_array(out->arena, cluster->count + 1, sizeof(*records));
	const struct filling all = { .input = input,
				     .cluster = cluster,
				     .counts = counts,
				     .records = records,
				     .arena = out->arena };

	*count = 0;
	*fillings =
		arena_array(out->arena, cluster->count + 1, sizeof(**fillings));
	annual_records_count(records, input->plan, input->reader, input->year,
			     out->arena, diags);
	return annual_count(counts, &scope, diags) &&
	       fill_all(out, *fillings, count, &all, diags);
}

bool annual_make(struct sheet *out, const struct annual_input *input,
		 struct arena *arena, struct diag_list *diags)
{
	struct filling *fillings;
	struct sheet_table *sums;
	size_t count;

	sheet_init(
		out, "annual",
		arena_printf(arena, "政府网站年度报表（%d年度）", input->year),
		arena);
	sheet_add_fact(out, "year", "年度",
		       arena_printf(arena, "%d", input->year));
	sheet_add_fact(
		out, "as_of", "统计时间点",
		report_day(arrangement_today(input->plan->arrangement), arena));
	sheet_add_fact(out, "due", "公布期限",
		       arena_printf(arena, "%d-01-20", input->year + 1));
	sheet_add_fact(out, "revision", "资源库版本",
		       input->plan->snapshot->revision);
	if (!make_fillings(out, &fillings, &count, input, diags))
		return false;
	sums = annual_sums_table(out);
	for (size_t i = 0; i < count; i++)
		annual_sums_add(out, sums,
				fillings[i].site == NULL ? STR("")
							 : fillings[i].site->id,
				fillings[i].type, fillings[i].values);
	return true;
}

/* --- a report as a resource ----------------------------------------------- */

/* "甲、乙" -> ["甲", "乙"] */
static void add_list(struct buf *out, str value, struct arena *arena)
{
	const str mark = STR("、");
	bool is_first = true;

	buf_add_c(out, "[");
	while (value.len > 0) {
		size_t end = str_find(value, mark);
		str item = str_between(value, 0, end);

		if (!is_first)
			buf_add_c(out, ", ");
		buf_add(out, yaml_quoted(item, arena));
		is_first = false;
		value = end == STR_NONE ? STR("")
					: str_from(value, end + mark.len);
	}
	buf_add_c(out, "]\n");
}

static void add_draft_field(struct buf *out, const struct filling *filling,
			    size_t number)
{
	const struct field *field = &filling->type->fields[number];
	str value = filling->values[number];

	if (value.len == 0) {
		buf_printf(out, "# %s：待填写\n%s%s:\n", field->label,
			   field->required ? "" : "# ", field->key);
		return;
	}
	buf_printf(out, "%s: ", field->key);
	switch (field->kind) {
	case FIELD_TRUTH:
		buf_add_c(out, str_equal_c(value, "是") ? "true\n" : "false\n");
		return;
	case FIELD_NUMBER:
	case FIELD_DATE:
		buf_printf(out, "%.*s\n", STR_ARG(value));
		return;
	case FIELD_TEXT_LIST:
		add_list(out, value, filling->arena);
		return;
	default:
		buf_printf(out, "%.*s\n",
			   STR_ARG(yaml_quoted(value, filling->arena)));
		return;
	}
}

static void write_draft(struct buf *out, const struct filling *filling)
{
	const struct site *site = filling->site == NULL
					  ? filling->cluster->portal
					  : filling->site;
	struct arena *arena = filling->arena;
	str title = arena_printf(
		arena, "%.*s%d年%s",
		STR_ARG(filling->site == NULL ? site->sponsor : site->name),
		filling->input->year, filling->type->label);
	struct date day = arrangement_today(filling->input->plan->arrangement);

	buf_printf(out, "---\ntitle: %.*s\ntype: %s\n",
		   STR_ARG(yaml_quoted(title, arena)), filling->type->name);
	buf_printf(out, "date: %.*s\nsource: %.*s\n",
		   STR_ARG(report_day(day, arena)),
		   STR_ARG(yaml_quoted(site->sponsor, arena)));
	for (size_t i = 0; i < filling->type->field_count; i++)
		if (is_of_report(filling, i))
			add_draft_field(out, filling, i);
	buf_printf(out,
		   "# 填写完整后删去下一行；公布期限：%d-01-20\n"
		   "status: draft\n---\n",
		   filling->input->year + 1);
}

bool annual_draft(struct buf *out, const struct annual_input *input,
		  struct arena *arena, struct diag_list *diags)
{
	struct filling *fillings;
	struct sheet sheet;
	size_t count;

	buf_init(out, arena);
	sheet_init(&sheet, "annual", STR(""), arena);
	if (!make_fillings(&sheet, &fillings, &count, input, diags))
		return false;
	if (count > 0)
		write_draft(out, &fillings[count - 1]);
	return true;
}
