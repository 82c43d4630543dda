/*
 * Only tables. A name that is not here is an error when a theme loads, and a
 * value that is not filled is seen by the test that renders every page: so the
 * place in the enum, the row here and the code that fills it cannot drift
 * apart unseen.
 */
#include "render/shapes.h"

#define TEXT VALUE_TEXT
#define URL VALUE_URL

#define SHAPE(name_, fields_)                                                  \
	{                                                                      \
		.name = (name_), .fields = (fields_),                          \
		.count = COUNT_OF(fields_)                                     \
	}

static const struct shape_field link_fields[] = {
	{ "name", TEXT, NULL, "名称" },
	{ "url", URL, NULL, "地址" },
	{ "absolute", URL, NULL, "完整地址" },
	{ "is_outside", VALUE_TRUTH, NULL, "离开本站前要提示" },
};
const struct shape link_shape = SHAPE("link", link_fields);

static const struct shape_field navigation_fields[] = {
	{ "name", TEXT, NULL, "栏目名称" },
	{ "url", URL, NULL, "栏目地址" },
	{ "description", TEXT, NULL, "栏目描述" },
	{ "is_current", VALUE_TRUTH, NULL, "当前栏目或其上级" },
	{ "is_archived", VALUE_TRUTH, NULL, "已归档的栏目" },
	{ "feed_url", URL, NULL, "栏目的 Atom 订阅地址" },
	{ "columns", VALUE_LIST, &navigation_shape, "下级栏目" },
};
const struct shape navigation_shape = SHAPE("navigation", navigation_fields);

static const struct shape_field stamp_fields[] = {
	{ "text", TEXT, NULL, "归档标识，默认“内容已保存”" },
	{ "date", VALUE_MOMENT, NULL, "归档日期" },
	{ "replacement", VALUE_OBJECT, &link_shape, "替代内容" },
};
const struct shape stamp_shape = SHAPE("stamp", stamp_fields);

static const struct shape_field site_fields[] = {
	{ "name", TEXT, NULL, "网站名称" },
	{ "short_name", TEXT, NULL, "网站简称" },
	{ "kind", TEXT, NULL, "portal、department、county、zone、foreign" },
	{ "is_portal", VALUE_TRUTH, NULL, "政府门户网站" },
	{ "is_department", VALUE_TRUTH, NULL, "部门网站" },
	{ "is_county", VALUE_TRUTH, NULL, "县区政府网站" },
	{ "domain", TEXT, NULL, "英文域名" },
	{ "chinese_domain", TEXT, NULL, "中文域名" },
	{ "url", URL, NULL, "首页地址" },
	{ "description", TEXT, NULL, "网站描述" },
	{ "language", TEXT, NULL, "语言" },
	{ "identity_code", TEXT, NULL, "政府网站标识码" },
	{ "sponsor", TEXT, NULL, "主办单位" },
	{ "operator", TEXT, NULL, "承办单位" },
	{ "phone", TEXT, NULL, "联系电话" },
	{ "address", TEXT, NULL, "联系地址" },
	{ "office_hours", TEXT, NULL, "办公时间" },
	{ "postcode", TEXT, NULL, "邮政编码" },
	{ "icp", TEXT, NULL, "ICP备案编号" },
	{ "police_record", TEXT, NULL, "公安机关备案号" },
	{ "police_url", URL, NULL, "公安机关备案查询地址" },
	{ "conac_url", URL, NULL, "党政机关网站标识地址" },
	{ "error_report_url", URL, NULL, "“我为政府网站找错”地址" },
	{ "ipv6", VALUE_TRUTH, NULL, "本网站支持IPv6" },
	{ "notice", TEXT, NULL, "每页页脚的提示" },
	{ "state_note", TEXT, NULL, "网站状态的说明" },
	{ "stamp", VALUE_OBJECT, &stamp_shape, "整个网站的归档标识" },
	{ "portal", VALUE_OBJECT, &link_shape, "政府门户网站" },
	{ "moved", VALUE_OBJECT, &link_shape,
	  "内容迁往的网站（已关闭、已迁移）" },
	{ "map_url", URL, NULL, "网站地图（已关闭的网站没有）" },
	{ "search_url", URL, NULL, "搜索页（同上）" },
	{ "archive_url", URL, NULL, "归档内容（同上）" },
	{ "links", VALUE_LIST, &link_shape, "友情链接（仅首页）" },
	{ "sites_url", URL, NULL, "网站导航（在门户网站上）" },
	{ "accessibility_url", URL, NULL, "无障碍说明（已关闭的网站没有）" },
};
const struct shape site_shape = SHAPE("site", site_fields);

static const struct shape_field meta_fields[] = {
	{ "name", TEXT, NULL, "标签名" },
	{ "content", TEXT, NULL, "标签内容" },
	{ "also", TEXT, NULL,
	  "内容相同的另一标签：meta 中为 Open Graph 标签名，properties "
	  "中为网页标签名" },
};
const struct shape meta_shape = SHAPE("meta", meta_fields);

static const struct shape_field feed_fields[] = {
	{ "title", TEXT, NULL, "订阅源名称" },
	{ "url", URL, NULL, "订阅源地址" },
	{ "type", TEXT, NULL, "application/atom+xml 等" },
};
const struct shape feed_shape = SHAPE("feed", feed_fields);

static const struct shape_field alternate_fields[] = {
	{ "language", TEXT, NULL, "语言" },
	{ "url", URL, NULL, "该语言版本的地址（完整）" },
};
const struct shape alternate_shape = SHAPE("alternate", alternate_fields);

static const struct shape_field leave_fields[] = {
	{ "id", TEXT, NULL, "提示的标识，链接指向 #标识" },
	{ "url", URL, NULL, "站外地址" },
	{ "address", TEXT, NULL, "显示的站外地址" },
};
const struct shape leave_shape = SHAPE("leave", leave_fields);

static const struct shape_field page_fields[] = {
	{ "kind", TEXT, NULL, "home、column、article 等" },
	{ "title", TEXT, NULL, "页面标题" },
	{ "full_title", TEXT, NULL, "title 元素的内容" },
	{ "url", URL, NULL, "本页地址（站内）" },
	{ "canonical", URL, NULL, "规范地址（完整）" },
	{ "description", TEXT, NULL, "页面描述" },
	{ "language", TEXT, NULL,
	  "本页的语言（内容的语言，没有写明时是网站的语言）" },
	{ "direction", TEXT, NULL, "本页文字的方向：ltr 或 rtl" },
	{ "alternates", VALUE_LIST, &alternate_shape, "本页的各语言版本" },
	{ "is_home", VALUE_TRUTH, NULL, "首页" },
	{ "meta", VALUE_LIST, &meta_shape, "网页标签" },
	{ "properties", VALUE_LIST, &meta_shape, "Open Graph 标签" },
	{ "has_image", VALUE_TRUTH, NULL, "Open Graph 标签中有图片" },
	{ "card", URL, NULL, "标题卡片（PNG，设置了 cards 时）的完整地址" },
	{ "feeds", VALUE_LIST, &feed_shape, "本页的订阅源" },
	{ "stamp", VALUE_OBJECT, &stamp_shape, "归档标识" },
	{ "leaves", VALUE_LIST, &leave_shape, "离站提示" },
};
const struct shape page_shape = SHAPE("page", page_fields);

static const struct shape_field listed_part_fields[] = {
	{ "key", TEXT, NULL, "字段" },
	{ "label", TEXT, NULL, "字段名称" },
	{ "text", TEXT, NULL, "值" },
};
const struct shape listed_part_shape = SHAPE("listed_part", listed_part_fields);

static const struct shape_field listed_record_fields[] = {
	{ "parts", VALUE_LIST, &listed_part_shape, "记录的各项" },
};
const struct shape listed_record_shape =
	SHAPE("listed_record", listed_record_fields);

static const struct shape_field listed_fields[] = {
	{ "key", TEXT, NULL, "字段" },
	{ "label", TEXT, NULL, "字段名称" },
	{ "values", VALUE_LIST, NULL, "值（文字）" },
	{ "records", VALUE_LIST, &listed_record_shape, "值（记录）" },
};
const struct shape listed_shape = SHAPE("listed", listed_fields);

static const struct shape_field consultation_fields[] = {
	{ "is_ahead", VALUE_TRUTH, NULL, "尚未开始" },
	{ "is_open", VALUE_TRUTH, NULL, "正在征集" },
	{ "is_closed", VALUE_TRUTH, NULL, "已经结束" },
	{ "opens_on", VALUE_MOMENT, NULL, "开始日期" },
	{ "closes_on", VALUE_MOMENT, NULL, "截止日期" },
	{ "days_left", VALUE_NUMBER, NULL, "剩余天数（正在征集的）" },
	{ "is_last_day", VALUE_TRUTH, NULL, "今天截止" },
	{ "result", VALUE_OBJECT, &link_shape, "结果反馈" },
};
const struct shape consultation_shape =
	SHAPE("consultation", consultation_fields);

static const struct shape_field small_picture_fields[] = {
	{ "url", URL, NULL, "地址" },
	{ "width", VALUE_NUMBER, NULL, "宽度（像素）" },
};
const struct shape small_picture_shape =
	SHAPE("small_picture", small_picture_fields);

static const struct shape_field item_fields[] = {
	{ "title", TEXT, NULL, "标题" },
	{ "url", URL, NULL, "地址" },
	{ "date", VALUE_MOMENT, NULL, "发布时间" },
	{ "source", TEXT, NULL, "来源" },
	{ "summary", TEXT, NULL, "摘要" },
	{ "image", URL, NULL, "图片" },
	{ "small", VALUE_LIST, &small_picture_shape,
	  "图片的较小版本（WebP；仅头条、专题、概况、领导）" },
	{ "type", TEXT, NULL, "类型" },
	{ "language", TEXT, NULL, "文字的语言（与本网站不同的）" },
	{ "type_label", TEXT, NULL, "类型名称" },
	{ "column_name", TEXT, NULL, "所属栏目" },
	{ "column_url", URL, NULL, "所属栏目地址" },
	{ "site_name", TEXT, NULL, "所属网站" },
	{ "is_elsewhere", VALUE_TRUTH, NULL, "在集群的另一网站上" },
	{ "is_pinned", VALUE_TRUTH, NULL, "置顶" },
	{ "is_archived", VALUE_TRUTH, NULL, "已归档" },
	{ "stamp", VALUE_OBJECT, &stamp_shape, "归档标识" },
	{ "doc_no", TEXT, NULL, "发文字号" },
	{ "validity", TEXT, NULL, "有效性" },
	{ "validity_label", TEXT, NULL, "有效性（本网站的语言）" },
	{ "topic", TEXT, NULL, "主题分类" },
	{ "facts", VALUE_LIST, &listed_shape,
	  "该类型在列表中显示的字段（仅栏目和首页）" },
	{ "consultation", VALUE_OBJECT, &consultation_shape,
	  "意见征集的状态（其他类型没有）" },
};
const struct shape item_shape = SHAPE("item", item_fields);

static const struct shape_field column_fields[] = {
	{ "name", TEXT, NULL, "栏目名称" },
	{ "url", URL, NULL, "栏目地址" },
	{ "description", TEXT, NULL, "栏目描述" },
	{ "class_label", TEXT, NULL, "栏目类别" },
	{ "atom_url", URL, NULL, "Atom 订阅" },
	{ "json_url", URL, NULL, "JSON 订阅" },
	{ "rss_url", URL, NULL, "RSS 订阅" },
	{ "stamp", VALUE_OBJECT, &stamp_shape, "归档标识" },
	{ "siblings", VALUE_LIST, &navigation_shape, "同级栏目（含本栏目）" },
	{ "parent", VALUE_OBJECT, &link_shape, "上级栏目" },
	{ "facets_url", URL, NULL, "分类查找（设置了 facets 的栏目）" },
	{ "statistics_url", URL, NULL, "留言统计（设置了 statistics 的栏目）" },
};
const struct shape column_shape = SHAPE("column", column_fields);

static const struct shape_field block_fields[] = {
	{ "name", TEXT, NULL, "区块名称" },
	{ "url", URL, NULL, "栏目地址" },
	{ "description", TEXT, NULL, "栏目描述" },
	{ "is_lead", VALUE_TRUTH, NULL, "头条区" },
	{ "is_list", VALUE_TRUTH, NULL, "标题列表" },
	{ "is_services", VALUE_TRUTH, NULL, "办事入口" },
	{ "is_policies", VALUE_TRUTH, NULL, "政策文件" },
	{ "is_topics", VALUE_TRUTH, NULL, "专题" },
	{ "is_profile", VALUE_TRUTH, NULL, "概况、机构" },
	{ "is_shortcut", VALUE_TRUTH, NULL, "快捷入口（只有栏目名称）" },
	{ "is_people", VALUE_TRUTH, NULL, "领导" },
	{ "is_figures", VALUE_TRUTH, NULL, "主要数据（带图表）" },
	{ "items", VALUE_LIST, &item_shape, "条目" },
	{ "picture", VALUE_OBJECT, &item_shape, "有图片的第一条" },
	{ "columns", VALUE_LIST, &navigation_shape, "下级栏目" },
};
const struct shape block_shape = SHAPE("block", block_fields);

static const struct shape_field page_link_fields[] = {
	{ "number", VALUE_NUMBER, NULL, "页码（1 为最新）" },
	{ "url", URL, NULL, "地址" },
	{ "is_current", VALUE_TRUTH, NULL, "本页" },
};
const struct shape pager_link_shape = SHAPE("page_link", page_link_fields);

static const struct shape_field pagination_fields[] = {
	{ "number", VALUE_NUMBER, NULL, "本页页码，1 为最新（其余页为 0）" },
	{ "count", VALUE_NUMBER, NULL, "总页数（仅最新页，其余为 0）" },
	{ "total", VALUE_NUMBER, NULL, "总条数（仅最新页，其余为 0）" },
	{ "newest_url", URL, NULL, "首页" },
	{ "newer_url", URL, NULL, "上一页" },
	{ "older_url", URL, NULL, "下一页" },
	{ "oldest_url", URL, NULL, "末页" },
	{ "pages", VALUE_LIST, &pager_link_shape, "邻近页码（仅最新页）" },
};
const struct shape pagination_shape = SHAPE("pagination", pagination_fields);

static const struct shape_field heading_fields[] = {
	{ "id", TEXT, NULL, "标题的标识" },
	{ "text", TEXT, NULL, "标题文字" },
	{ "level", VALUE_NUMBER, NULL, "级别 2–6" },
	{ "is_top", VALUE_TRUTH, NULL, "第一级（2）" },
	{ "url", URL, NULL, "指向标题的地址（#…）" },
};
const struct shape heading_shape = SHAPE("heading", heading_fields);

static const struct shape_field fact_fields[] = {
	{ "key", TEXT, NULL, "字段" },
	{ "label", TEXT, NULL, "字段名称" },
	{ "values", VALUE_LIST, NULL, "值（文字）" },
};
const struct shape fact_shape = SHAPE("fact", fact_fields);

static const struct shape_field attachment_fields[] = {
	{ "name", TEXT, NULL, "名称" },
	{ "url", URL, NULL, "地址" },
	{ "type", TEXT, NULL, "格式，如 PDF" },
	{ "size", TEXT, NULL, "大小，如 1.2 MB" },
};
const struct shape attachment_shape = SHAPE("attachment", attachment_fields);

static const struct shape_field section_fields[] = {
	{ "name", TEXT, NULL, "专题子栏目" },
	{ "items", VALUE_LIST, &item_shape, "条目" },
};
const struct shape section_shape = SHAPE("section", section_fields);

static const struct shape_field cell_fields[] = {
	{ "label", TEXT, NULL, "所在列的名称" },
	{ "texts", VALUE_LIST, NULL, "内容（文字）" },
	{ "url", URL, NULL, "链接" },
};
const struct shape cell_shape = SHAPE("cell", cell_fields);

static const struct shape_field row_fields[] = {
	{ "cells", VALUE_LIST, &cell_shape, "单元格" },
};
const struct shape row_shape = SHAPE("row", row_fields);

static const struct shape_field part_fields[] = {
	{ "key", TEXT, NULL, "字段" },
	{ "label", TEXT, NULL, "字段名称" },
	{ "values", VALUE_LIST, NULL, "段落（文字）" },
	{ "url", URL, NULL, "链接" },
	{ "heads", VALUE_LIST, NULL, "表头（文字）" },
	{ "rows", VALUE_LIST, &row_shape, "表格的行" },
};
const struct shape part_shape = SHAPE("part", part_fields);

static const struct shape_field flow_line_fields[] = {
	{ "y", VALUE_NUMBER, NULL, "文字中线的位置" },
	{ "text", TEXT, NULL, "一行文字" },
};
const struct shape flow_line_shape = SHAPE("flow_line", flow_line_fields);

static const struct shape_field flow_box_fields[] = {
	{ "top", VALUE_NUMBER, NULL, "上边的位置" },
	{ "height", VALUE_NUMBER, NULL, "高度" },
	{ "bottom", VALUE_NUMBER, NULL, "下边的位置" },
	{ "next", VALUE_NUMBER, NULL, "箭头尖的位置（最后一步没有）" },
	{ "is_end", VALUE_TRUTH, NULL, "第一步或者最后一步" },
	{ "titles", VALUE_LIST, &flow_line_shape, "环节名称，按行" },
	{ "notes", VALUE_LIST, &flow_line_shape, "办理单位和时限，按行" },
};
const struct shape flow_box_shape = SHAPE("flow_box", flow_box_fields);

static const struct shape_field flow_fields[] = {
	{ "height", VALUE_NUMBER, NULL, "图的高度（宽度为 320）" },
	{ "boxes", VALUE_LIST, &flow_box_shape, "各环节" },
};
const struct shape flow_shape = SHAPE("flow", flow_fields);

static const struct shape_field article_fields[] = {
	{ "id", TEXT, NULL, "资源标识符" },
	{ "type", TEXT, NULL, "类型" },
	{ "type_label", TEXT, NULL, "类型名称" },
	{ "title", TEXT, NULL, "标题" },
	{ "subtitle", TEXT, NULL, "副标题" },
	{ "kicker", TEXT, NULL, "引题" },
	{ "date", VALUE_MOMENT, NULL, "发布时间" },
	{ "updated", VALUE_MOMENT, NULL, "更新时间" },
	{ "source", TEXT, NULL, "来源" },
	{ "source_url", URL, NULL, "原文链接" },
	{ "author", TEXT, NULL, "作者" },
	{ "editor", TEXT, NULL, "责任编辑" },
	{ "publisher", TEXT, NULL, "发布机构" },
	{ "index_no", TEXT, NULL, "索引号" },
	{ "map_number", TEXT, NULL, "审图号" },
	{ "correction", TEXT, NULL, "更正说明" },
	{ "summary", TEXT, NULL, "摘要" },
	{ "keywords", VALUE_LIST, NULL, "关键词（文字）" },
	{ "image", URL, NULL, "图片" },
	{ "image_absolute", URL, NULL, "图片的完整网址" },
	{ "own_image", URL, NULL, "头信息写明、正文开头没有用到的图片" },
	{ "body", VALUE_HTML, NULL, "正文" },
	{ "headings", VALUE_LIST, &heading_shape, "正文目录" },
	{ "has_contents", VALUE_TRUTH, NULL, "显示目录" },
	{ "facts", VALUE_LIST, &fact_shape, "信息表（政策、机构等）" },
	{ "parts", VALUE_LIST, &part_shape, "分节显示的字段" },
	{ "record", VALUE_OBJECT, NULL, "该类型的字段，见下" },
	{ "flow", VALUE_OBJECT, &flow_shape, "办理流程图（两个以上环节的）" },
	{ "attachments", VALUE_LIST, &attachment_shape, "附件" },
	{ "interpretations", VALUE_LIST, &item_shape, "政策的解读" },
	{ "policies", VALUE_LIST, &item_shape, "被解读的文件" },
	{ "amends", VALUE_LIST, &item_shape, "本文修改的文件" },
	{ "amended_by", VALUE_LIST, &item_shape, "修改本文的文件" },
	{ "translations", VALUE_LIST, &item_shape, "外文版" },
	{ "translates", VALUE_LIST, &item_shape, "译自的原文" },
	{ "is_behind", VALUE_TRUTH, NULL, "原文在翻译之后有更新" },
	{ "services", VALUE_LIST, &item_shape, "相关办事事项" },
	{ "questions", VALUE_LIST, &item_shape,
	  "关于本事项、依据本文、根据本留言整理的问答等" },
	{ "activities", VALUE_LIST, &item_shape, "领导活动" },
	{ "basis", VALUE_LIST, &item_shape, "依据的文件" },
	{ "based", VALUE_LIST, &item_shape, "依据本文制定的文件等" },
	{ "messages", VALUE_LIST, &item_shape, "问答所依据的留言（公开的）" },
	{ "message_count", VALUE_NUMBER, NULL,
	  "问答根据几条留言整理（包括没有公开的；没有写明时为空）" },
	{ "replacement", VALUE_OBJECT, &link_shape, "替代内容" },
	{ "replaces", VALUE_OBJECT, &link_shape, "被替代的内容" },
	{ "validity", TEXT, NULL, "有效性" },
	{ "validity_label", TEXT, NULL, "有效性（本网站的语言）" },
	{ "is_valid", VALUE_TRUTH, NULL, "有效" },
	{ "consultation", VALUE_OBJECT, &consultation_shape,
	  "征集到哪一步、还剩几天" },
	{ "sections", VALUE_LIST, &section_shape, "专题子栏目" },
	{ "related", VALUE_LIST, &item_shape, "相关内容" },
	{ "newer", VALUE_OBJECT, &item_shape, "上一篇" },
	{ "older", VALUE_OBJECT, &item_shape, "下一篇" },
	{ "qr_code", VALUE_HTML, NULL, "本页地址的二维码（图片）" },
	{ "text_url", URL, NULL, "纯文本（政策文件和办事指南）" },
	{ "feed_url", URL, NULL, "RSS 订阅（专题）" },
	{ "original", VALUE_OBJECT, &link_shape, "原发布网站（副本页）" },
};
const struct shape article_shape = SHAPE("article", article_fields);

#define ROOT                                                                   \
	{ "site", VALUE_OBJECT, &site_shape, "网站" },                         \
		{ "page", VALUE_OBJECT, &page_shape, "页面" },                 \
		{ "navigation", VALUE_LIST, &navigation_shape, "导航" },       \
	{                                                                      \
		"breadcrumbs", VALUE_LIST, &link_shape, "当前位置"         \
	}

/* What page_frame.c makes once for a site, and for a column. */
#define BIT(field_) (UINT64_C(1) << (field_))
#define FRAME (BIT(ROOT_SITE) | BIT(ROOT_NAVIGATION))
#define COLUMN BIT(DETAIL_COLUMN)

_Static_assert(DETAIL_COLUMN == (int)LISTING_COLUMN &&
		       DETAIL_COLUMN == (int)FACETS_COLUMN &&
		       DETAIL_COLUMN == (int)STATISTICS_COLUMN,
	       "COLUMN is the bit of all four");

#define ROOT_SHAPE(name_, fields_, of_column_)                                 \
	{                                                                      \
		.name = (name_), .fields = (fields_),                          \
		.count = COUNT_OF(fields_),                                    \
		.of_site = (of_column_)&BIT(ROOT_SITE),                        \
		.of_column = (of_column_)                                      \
	}

static const struct shape_field site_entry_fields[] = {
	{ "name", TEXT, NULL, "网站简称" },
	{ "url", URL, NULL, "首页地址" },
	{ "full_name", TEXT, NULL, "网站名称" },
	{ "domain", TEXT, NULL, "域名" },
	{ "description", TEXT, NULL, "网站说明" },
	{ "phone", TEXT, NULL, "联系电话" },
};
const struct shape site_entry_shape = SHAPE("site_entry", site_entry_fields);

static const struct shape_field directory_fields[] = {
	{ "departments", VALUE_LIST, &site_entry_shape, "集群内部门网站" },
	{ "counties", VALUE_LIST, &site_entry_shape, "集群内县区网站" },
	{ "zones", VALUE_LIST, &site_entry_shape, "集群内开发区网站" },
	{ "foreign", VALUE_LIST, &site_entry_shape, "集群内外文版网站" },
	{ "others", VALUE_LIST, &site_entry_shape,
	  "集群内其他网站：主办单位另有自己的网站" },
};
const struct shape directory_shape = SHAPE("directory", directory_fields);

static const struct shape_field home_fields[] = {
	ROOT,
	{ "blocks", VALUE_LIST, &block_shape, "首页区块" },
	{ "directory", VALUE_OBJECT, &directory_shape,
	  "各网站（仅门户网站首页）" },
	{ "hot", VALUE_LIST, &link_shape, "搜索框下的热词" },
	{ "hot_pages", VALUE_LIST, &item_shape,
	  "热门信息：按访问统计排列，最多5条，本页已列出的除外" },
	{ "notices", VALUE_LIST, &item_shape,
	  "公告期内的网站下线、域名变更公告" },
};
/* Its site has links that no other page has. */
const struct shape home_shape =
	ROOT_SHAPE("home", home_fields, BIT(ROOT_NAVIGATION));

static const struct shape_field listing_fields[] = {
	ROOT,
	{ "column", VALUE_OBJECT, &column_shape, "栏目" },
	{ "items", VALUE_LIST, &item_shape, "条目" },
	{ "pagination", VALUE_OBJECT, &pagination_shape, "翻页" },
	{ "blocks", VALUE_LIST, &block_shape, "下级栏目的最新条目" },
	{ "hot_pages", VALUE_LIST, &item_shape,
	  "本栏目及下级栏目的热门信息，本页已列出的除外" },
};
const struct shape listing_shape =
	ROOT_SHAPE("listing", listing_fields, FRAME | COLUMN);

static const struct shape_field facet_value_fields[] = {
	{ "name", TEXT, NULL, "取值，如 2026" },
	{ "id", TEXT, NULL, "页内锚点" },
	{ "items", VALUE_LIST, &item_shape, "条目" },
	{ "feed_url", URL, NULL, "RSS 订阅（主题分类和服务对象）" },
};
const struct shape facet_value_shape = SHAPE("facet_value", facet_value_fields);

static const struct shape_field facet_fields[] = {
	{ "key", TEXT, NULL,
	  "organ、issuer、year、topic、kind、validity、audience" },
	{ "values", VALUE_LIST, &facet_value_shape, "各取值" },
};
const struct shape facet_shape = SHAPE("facet", facet_fields);

static const struct shape_field facets_fields[] = {
	ROOT,
	{ "column", VALUE_OBJECT, &column_shape, "栏目" },
	{ "facets", VALUE_LIST, &facet_shape, "分类" },
};
const struct shape facets_shape =
	ROOT_SHAPE("facets", facets_fields, FRAME | COLUMN);

static const struct shape_field tally_fields[] = {
	{ "name", TEXT, NULL, "月份（如 2026-11）或者答复单位" },
	{ "received", VALUE_NUMBER, NULL, "收到（条）" },
	{ "answered", VALUE_NUMBER, NULL, "已答复（条）" },
	{ "average", TEXT, NULL, "平均办理时间（工作日）" },
	{ "top", VALUE_NUMBER, NULL, "在统计图中的位置" },
	{ "received_bar", VALUE_NUMBER, NULL, "“收到”的条形长度（0–190）" },
	{ "answered_bar", VALUE_NUMBER, NULL, "“已答复”的条形长度（0–190）" },
};
const struct shape tally_shape = SHAPE("tally", tally_fields);

static const struct shape_field statistics_fields[] = {
	ROOT,
	{ "column", VALUE_OBJECT, &column_shape, "栏目" },
	{ "months", VALUE_LIST, &tally_shape, "各月，最近的在前" },
	{ "chart_height", VALUE_NUMBER, NULL, "统计图的高度" },
	{ "total", VALUE_OBJECT, &tally_shape, "各月合计" },
	{ "units", VALUE_LIST, &tally_shape, "各答复单位" },
};
const struct shape statistics_shape =
	ROOT_SHAPE("statistics", statistics_fields, FRAME | COLUMN);

static const struct shape_field detail_fields[] = {
	ROOT,
	{ "column", VALUE_OBJECT, &column_shape, "栏目" },
	{ "article", VALUE_OBJECT, &article_shape, "内容" },
};
const struct shape detail_shape =
	ROOT_SHAPE("detail", detail_fields, FRAME | COLUMN);

static const struct shape_field sitemap_fields[] = {
	ROOT,
	{ "columns", VALUE_LIST, &navigation_shape, "全部栏目" },
};
const struct shape sitemap_shape = ROOT_SHAPE("sitemap", sitemap_fields, FRAME);

static const struct shape_field archive_fields[] = {
	ROOT,
	{ "items", VALUE_LIST, &item_shape, "归档条目" },
	{ "columns", VALUE_LIST, &navigation_shape, "归档栏目" },
};
const struct shape archive_shape = ROOT_SHAPE("archive", archive_fields, FRAME);

static const struct shape_field gone_fields[] = {
	ROOT,
	{ "title", TEXT, NULL, "已撤下内容的标题" },
	{ "is_withdrawn", VALUE_TRUTH, NULL, "是撤回的，不是到期下线的" },
	{ "since", VALUE_MOMENT, NULL, "撤回或者下线的日期" },
	{ "reason", TEXT, NULL, "撤回原因" },
	{ "replacement", VALUE_OBJECT, &link_shape, "替代内容" },
};
const struct shape gone_shape = ROOT_SHAPE("gone", gone_fields, FRAME);

static const struct shape_field sites_fields[] = {
	ROOT,
	{ "directory", VALUE_OBJECT, &directory_shape, "各网站" },
};
const struct shape sites_shape = ROOT_SHAPE("sites", sites_fields, FRAME);

static const struct shape_field accessibility_row_fields[] = {
	{ "number", TEXT, NULL, "准则编号，如 1.4.3（第二组没有）" },
	{ "level", TEXT, NULL, "等级：A、AA、AAA（第二组没有）" },
	{ "basis", TEXT, NULL, "依据（仅第二组）" },
	{ "name", TEXT, NULL, "要求的名称" },
	{ "state", TEXT, NULL, "满足、部分满足、不适用" },
	{ "is_met", VALUE_TRUTH, NULL, "满足" },
	{ "is_partial", VALUE_TRUTH, NULL, "部分满足" },
	{ "how", TEXT, NULL, "如何做到，或者还差什么" },
};
const struct shape accessibility_row_shape =
	SHAPE("accessibility_row", accessibility_row_fields);

static const struct shape_field accessibility_part_fields[] = {
	{ "number", TEXT, NULL, "原则的编号：1 至 4" },
	{ "name", TEXT, NULL, "原则的名称" },
	{ "rows", VALUE_LIST, &accessibility_row_shape, "各项准则" },
};
const struct shape accessibility_part_shape =
	SHAPE("accessibility_part", accessibility_part_fields);

static const struct shape_field accessibility_fields[] = {
	ROOT,
	{ "principles", VALUE_LIST, &accessibility_part_shape,
	  "WCAG 2.2 的准则，按四项原则" },
	{ "national", VALUE_LIST, &accessibility_row_shape,
	  "国家标准和规范的要求" },
	{ "partial", VALUE_LIST, &accessibility_row_shape,
	  "两组中部分满足的各项" },
	{ "met", VALUE_NUMBER, NULL, "WCAG 2.2 中满足的项数" },
	{ "partly_met", VALUE_NUMBER, NULL, "WCAG 2.2 中部分满足的项数" },
	{ "not_applicable", VALUE_NUMBER, NULL, "WCAG 2.2 中不适用的项数" },
};
const struct shape accessibility_shape =
	ROOT_SHAPE("accessibility", accessibility_fields, FRAME);

static const struct shape_field search_column_fields[] = {
	{ "name", TEXT, NULL, "栏目名称" },
	{ "url", URL, NULL, "栏目地址" },
	{ "years", VALUE_LIST, &link_shape, "各年内容所在的列表页" },
};
const struct shape search_column_shape =
	SHAPE("search-column", search_column_fields);

static const struct shape_field search_fields[] = {
	ROOT,
	{ "index_url", URL, NULL, "检索数据所在的目录" },
	{ "portal_url", URL, NULL, "政府门户网站的搜索页（本网站不是门户时）" },
	{ "columns", VALUE_LIST, &search_column_shape, "有内容的各栏目" },
};
const struct shape search_shape = ROOT_SHAPE("search", search_fields, FRAME);

static const struct shape_field kiosk_section_fields[] = {
	{ "name", TEXT, NULL, "栏目名称" },
	{ "url", URL, NULL, "该栏目在自助终端的列表页" },
	{ "description", TEXT, NULL, "栏目描述" },
	{ "is_services", VALUE_TRUTH, NULL, "办事服务栏目" },
	{ "items", VALUE_LIST, &item_shape, "条目（地址为自助终端页）" },
};
const struct shape kiosk_section_shape =
	SHAPE("kiosk_section", kiosk_section_fields);

static const struct shape_field kiosk_fields[] = {
	ROOT,
	{ "sections", VALUE_LIST, &kiosk_section_shape, "各栏目" },
};
const struct shape kiosk_shape = ROOT_SHAPE("kiosk", kiosk_fields, FRAME);

static const struct shape_field kiosk_list_fields[] = {
	ROOT,
	{ "section", VALUE_OBJECT, &kiosk_section_shape, "栏目" },
};
const struct shape kiosk_list_shape =
	ROOT_SHAPE("kiosk_list", kiosk_list_fields, FRAME);

static const struct shape_field kiosk_text_fields[] = {
	ROOT,
	{ "list", VALUE_OBJECT, &link_shape, "所在的列表页" },
	{ "is_service", VALUE_TRUTH, NULL, "在办事服务栏目" },
	{ "source", TEXT, NULL, "来源" },
	{ "date", VALUE_MOMENT, NULL, "发布时间" },
	{ "facts", VALUE_LIST, &fact_shape, "只有一个值的字段" },
	{ "parts", VALUE_LIST, &fact_shape, "有多个值的字段" },
	{ "body", VALUE_HTML, NULL, "正文，不含链接" },
	{ "qr_code", VALUE_HTML, NULL, "网页地址的二维码（图片）" },
};
const struct shape kiosk_text_shape =
	ROOT_SHAPE("kiosk_text", kiosk_text_fields, FRAME);

static const struct shape_field plain_fields[] = {
	ROOT,
};
const struct shape plain_shape = ROOT_SHAPE("plain", plain_fields, FRAME);
