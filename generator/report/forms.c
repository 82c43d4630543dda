/*
 * The fields of each form stand in a table; what is known of one is a function
 * in its row. A new form is a new table and a row of `forms`.
 */
#include "report/forms.h"

#include <string.h>

#include "report/inspection.h"
#include "site/settings.h"

/* --- what settings know --------------------------------------------------- */

#define KNOWN(name, expression)                                                \
	static str known_##name(const struct site *site, struct arena *arena)  \
	{                                                                      \
		(void)arena;                                                   \
		return expression;                                             \
	}

KNOWN(sponsor, site->sponsor)
KNOWN(operator, site->operator_name)
KNOWN(name, site->name)
KNOWN(url, arena_printf(arena, "https://%.*s/", STR_ARG(site->domain)))
KNOWN(kind, report_site_kind(site))
KNOWN(domain, site->domain)
KNOWN(chinese_domain, site->chinese_domain)
KNOWN(code, site->identity_code)
KNOWN(conac, site->conac)
KNOWN(icp, site->icp)
KNOWN(police, site->police_record)
KNOWN(ipv6, site->ipv6 ? STR("支持") : STR(""))
KNOWN(phone, site->phone)
KNOWN(address, site->address)
KNOWN(postcode, site->postcode)
KNOWN(moved_to, site->moved_to)
KNOWN(reason, site->state_note)
KNOWN(closing_kind, site->state == STATE_TEMPORARILY_OFFLINE ? STR("临时下线")
		    : site->state == STATE_CLOSED || site->state == STATE_MOVED
			    ? STR("永久下线")
			    : STR(""))
KNOWN(columns, arena_printf(arena, "%zu", site->column_count))

#undef KNOWN

/* Those of the first level. */
static str known_main_columns(const struct site *site, struct arena *arena)
{
	struct buf names;

	buf_init(&names, arena);
	for (size_t i = 0; i < site->column_count; i++)
		if (str_find_byte(site->columns[i].path, '/') == STR_NONE)
			buf_printf(&names, "%s%.*s", names.len > 0 ? "、" : "",
				   STR_ARG(site->columns[i].name));
	return buf_str(&names);
}

static str known_domains(const struct site *site, struct arena *arena)
{
	return site->chinese_domain.len == 0
		       ? site->domain
		       : arena_printf(arena, "%.*s、%.*s",
				      STR_ARG(site->domain),
				      STR_ARG(site->chinese_domain));
}

/* --- the forms ------------------------------------------------------------ */

#define HALF(key, label, group, known)                                         \
	{                                                                      \
		key, label, group, false, false, NULL, known                   \
	}
#define FULL(key, label, known)                                                \
	{                                                                      \
		key, label, NULL, true, false, NULL, known                     \
	}
#define CHOICE(key, label, choices, known)                                     \
	{                                                                      \
		key, label, NULL, true, false, choices, known                  \
	}
#define OPINION(key, label)                                                    \
	{                                                                      \
		key, label, NULL, true, true, NULL, NULL                       \
	}

static const struct form_field site_fields[] = {
	FULL("sponsor", "主办单位", known_sponsor),
	FULL("supervisor", "主管单位", NULL),
	HALF("head_name", "姓名", "负责同志", NULL),
	HALF("head_post", "职务", "负责同志", NULL),
	HALF("head_phone", "联系电话", "负责同志", NULL),
	HALF("head_mobile", "手机", "负责同志", NULL),
	FULL("operator", "承办单位", known_operator),
	HALF("contact_name", "姓名", "联系人", NULL),
	HALF("contact_post", "职务", "联系人", NULL),
	HALF("contact_phone", "联系电话", "联系人", known_phone),
	HALF("contact_mobile", "手机", "联系人", NULL),
	HALF("contact_mail", "电子邮箱", "联系人", NULL),
	FULL("site_name", "网站名称", known_name),
	FULL("home_url", "首页网址", known_url),
	CHOICE("site_kind", "网站类型",
	       "政府门户网站 部门网站 县（区）门户网站 开发区网站 外文网站",
	       known_kind),
	HALF("domain_en", "英文域名", NULL, known_domain),
	HALF("domain_zh", "中文域名", NULL, known_chinese_domain),
	HALF("site_id_code", "政府网站标识码", NULL, known_code),
	HALF("conac_id", "党政机关网站标识", NULL, known_conac),
	HALF("icp_no", "ICP备案号", NULL, known_icp),
	HALF("psb_no", "公安机关备案号", NULL, known_police),
	HALF("hosting_place", "部署位置", "服务器", NULL),
	HALF("hosting_kind", "部署方式", "服务器", NULL),
	HALF("hosting_ip", "IP地址", "服务器", NULL),
	HALF("hosting_ipv6", "IPv6支持情况", "服务器", known_ipv6),
	HALF("mlps_level", "等级保护级别", NULL, NULL),
	HALF("mlps_record", "等级保护备案号", NULL, NULL),
	HALF("columns", "栏目数量", NULL, known_columns),
	HALF("new_media", "移动新媒体", NULL, NULL),
	FULL("main_columns", "主要栏目", known_main_columns),
	HALF("address", "办公地址", NULL, known_address),
	HALF("postcode", "邮政编码", NULL, known_postcode),
	OPINION("sponsor_opinion", "主办单位意见"),
	OPINION("audit_opinion", "审核意见"),
};

static const struct form_field closing_fields[] = {
	CHOICE("closing_kind", "下线类型", "永久下线 临时下线",
	       known_closing_kind),
	HALF("site_name", "网站名称", NULL, known_name),
	HALF("site_id_code", "政府网站标识码", NULL, known_code),
	FULL("domains", "域名", known_domains),
	FULL("sponsor", "主办单位", known_sponsor),
	FULL("reason", "下线原因", known_reason),
	HALF("from", "起始（下线）日期", NULL, NULL),
	HALF("until", "恢复日期（临时下线）", NULL, NULL),
	HALF("content_to", "内容迁移去向", NULL, NULL),
	HALF("new_url", "新网址", NULL, known_moved_to),
	FULL("backup", "数据备份说明", NULL),
	HALF("notice_url", "公告网址", NULL, NULL),
	HALF("notice_date", "公告日期", NULL, NULL),
	HALF("contact_name", "联系人", NULL, NULL),
	HALF("contact_phone", "联系电话", NULL, known_phone),
	OPINION("sponsor_opinion", "主办单位意见"),
	OPINION("supervisor_opinion", "市大数据发展服务局意见"),
	OPINION("office_opinion", "市政府办公室意见"),
};

static const struct form_field domain_fields[] = {
	CHOICE("business", "业务类型", "注册 注销 变更", NULL),
	FULL("applicant", "申请单位全称", known_sponsor),
	HALF("domain_en", "英文域名", NULL, known_domain),
	HALF("domain_zh", "中文域名", NULL, known_chinese_domain),
	HALF("years", "注册年限（不超过10年）", NULL, NULL),
	HALF("holder", "域名持有单位", NULL, known_sponsor),
	FULL("difference_note", "申请单位与持有单位不一致的说明", NULL),
	HALF("contact_name", "姓名", "域名联系人", NULL),
	HALF("contact_post", "职务", "域名联系人", NULL),
	HALF("contact_phone", "联系电话", "域名联系人", known_phone),
	HALF("contact_mail", "电子邮箱", "域名联系人", NULL),
	HALF("uscc", "统一社会信用代码", NULL, NULL),
	HALF("address", "单位地址", NULL, known_address),
	OPINION("seal", "申请单位（盖章）"),
};

static const struct form_field audit_fields[] = {
	FULL("auditor", "审核单位全称", NULL),
	CHOICE("business", "业务类型", "注册 注销 变更", NULL),
	FULL("domains", "域名", known_domains),
	HALF("applicant", "申请单位", NULL, known_sponsor),
	HALF("years", "注册年限（不超过10年）", NULL, NULL),
	HALF("contact_name", "姓名", "审核单位联系人", NULL),
	HALF("contact_post", "职务", "审核单位联系人", NULL),
	HALF("contact_phone", "联系电话", "审核单位联系人", NULL),
	HALF("contact_mail", "电子邮箱", "审核单位联系人", NULL),
	OPINION("audit_opinion", "审核意见"),
};

static const struct form_field platform_fields[] = {
	FULL("applicant", "申请单位", known_sponsor),
	HALF("site_name", "网站名称", NULL, known_name),
	HALF("domain", "拟用域名", NULL, known_domain),
	CHOICE("request", "申请类型", "新建 迁移 扩容 变更 退出", NULL),
	FULL("old_site", "原网站地址与技术情况", NULL),
	FULL("main_columns", "栏目清单", known_main_columns),
	HALF("data_size", "数据量", NULL, NULL),
	HALF("online_on", "计划上线日期", NULL, NULL),
	FULL("functions", "所需功能", NULL),
	HALF("office", "负责部门", NULL, NULL),
	HALF("head_name", "负责人", NULL, NULL),
	HALF("publisher", "内容发布员", NULL, NULL),
	HALF("reviewer", "信息审核员", NULL, NULL),
	HALF("security", "安全责任人", NULL, NULL),
	HALF("contact_phone", "联系电话", NULL, known_phone),
	OPINION("applicant_opinion", "申请单位意见"),
	OPINION("supervisor_opinion", "市大数据发展服务局意见"),
};

#undef HALF
#undef FULL
#undef CHOICE
#undef OPINION

#define FORM(name, number, title, note, fields)                                \
	{                                                                      \
		name, number, title, note, fields, COUNT_OF(fields)            \
	}

const struct form forms[] = {
	FORM("site", "附件1", "政府网站基本信息表", NULL, site_fields),
	FORM("closing", "附件2", "政府网站永久/临时下线申请表", NULL,
	     closing_fields),
	FORM("domain", "附件3", "政府网站域名业务申请基本信息表",
	     "填表说明：由注册或者注销域名的单位填写并盖章，单位全称与公章一致"
	     "；"
	     "同一单位注销多个域名可以填写一份；注册年限不超过10年；联系人须为"
	     "本单位在职人员；域名、单位名称和注册年限将对外公开。",
	     domain_fields),
	FORM("domain-audit", "", "政府网站域名业务审核表",
	     "填表说明：由审核单位填写并盖章，单位全称与公章一致，与《政府网站"
	     "域"
	     "名业务申请基本信息表》一并报送；联系人须为审核单位在职人员。",
	     audit_fields),
	FORM("platform", "附件4", "政府网站集约化平台使用申请表",
	     "填表说明：内容发布员与信息审核员不得为同一人。", platform_fields),
};

#undef FORM

const size_t form_count = COUNT_OF(forms);

const struct form *form_find(const char *name)
{
	for (size_t i = 0; i < form_count; i++)
		if (strcmp(forms[i].name, name) == 0)
			return &forms[i];
	return NULL;
}

/* --- what is written down ------------------------------------------------- */

enum { APPROVED_ON, APPROVED_BY, APPROVED_COUNT };

/* The values of the fields, and behind them who approved it and when. */
static str *read_values(const struct form *form, str path,
			const struct record_source *from)
{
	size_t count = form->count + APPROVED_COUNT;
	str *values = arena_array(from->arena, count, sizeof(str));
	struct setting *rows = arena_array(from->arena, count, sizeof(*rows));
	const struct settings_reader reader = { .offset = from->offset,
						.arena = from->arena,
						.diags = from->diags };
	struct yaml_node root;

	for (size_t i = 0; i < count; i++)
		rows[i] = (struct setting){ .kind = SETTING_TEXT,
					    .offset = i * sizeof(str) };
	for (size_t i = 0; i < form->count; i++)
		rows[i].key = form->fields[i].key;
	rows[form->count + APPROVED_ON].key = "approved_on";
	rows[form->count + APPROVED_BY].key = "approved_by";
	if (records_read(&root, path, from) &&
	    !settings_read(values, &root, rows, count, &reader))
		memset(values, 0, count * sizeof(str));
	return values;
}

static const struct sheet_column columns[] = {
	{ .key = "field", .label = "字段" },
	{ .key = "label", .label = "项目" },
	{ .key = "value", .label = "内容" },
	{ .key = "from", .label = "来源" },
};

static str source_of(str written, str known, str path, struct arena *arena)
{
	if (written.len > 0 && known.len > 0 && !str_equal(written, known))
		return arena_printf(arena, "%.*s（与站点设置不一致：%.*s）",
				    STR_ARG(path), STR_ARG(known));
	if (written.len > 0)
		return path;
	if (known.len > 0)
		return STR("站点设置");
	return arena_printf(arena, "待填写：%.*s", STR_ARG(path));
}

static void add_field(struct sheet *out, struct sheet_table *table,
		      const struct form_field *field, const struct site *site,
		      str written, str path)
{
	str known =
		field->known == NULL ? STR("") : field->known(site, out->arena);

	sheet_add_cell(out, table, str_from_c(field->key));
	sheet_add_cell(out, table,
		       field->group == NULL
			       ? str_from_c(field->label)
			       : arena_printf(out->arena, "%s%s", field->group,
					      field->label));
	sheet_add_cell(out, table, written.len > 0 ? written : known);
	sheet_add_cell(out, table,
		       field->is_opinion && written.len == 0
			       ? STR("")
			       : source_of(written, known, path, out->arena));
}

bool form_make(struct sheet *out, const struct form *form,
	       const struct site *site, const struct record_source *from)
{
	str path = records_path(site->id, form->name, from->arena);
	const str *values = read_values(form, path, from);
	struct sheet_table *table;

	sheet_init(out, "form", str_from_c(form->title), from->arena);
	out->form = form;
	sheet_add_fact(out, "form", "表格", str_from_c(form->name));
	sheet_add_fact(out, "site", "站点", site->id);
	sheet_add_fact(out, "approved_on", "批准日期",
		       values[form->count + APPROVED_ON]);
	sheet_add_fact(out, "approved_by", "批准单位",
		       values[form->count + APPROVED_BY]);
	sheet_add_fact(out, "revision", "资源库版本", from->snapshot->revision);
	table = sheet_add_table(out, "fields", form->title, columns,
				COUNT_OF(columns));
	for (size_t i = 0; i < form->count; i++)
		add_field(out, table, &form->fields[i], site, values[i], path);
	return !from->diags->failed;
}
