/*
 * A type's file is front matter about front matter, so the same rows and the
 * same checks read it: each key has a kind, an unknown one gets a proposal.
 */
#include "library/type_file.h"

#include "library/field_check.h"
#include "library/front_matter_rules.h"

enum file_key {
	FILE_LABEL,
	FILE_LIKE,
	FILE_TEMPLATE,
	FILE_LAYOUT,
	FILE_FOUND,
	FILE_NEEDS_TEXT,
	FILE_FACTS,
	FILE_PARTS,
	FILE_SEARCHED,
	FILE_LISTED,
	FILE_FIELDS,
	FILE_NEEDS,
	FILE_EXCLUDES,
	FILE_ORDERS,
	FILE_KEY_COUNT
};

/* Of fields and of the parts of records, which have some of these only. */
static const struct field field_rows[] = {
	{ .key = "key",
	  .label = "字段名",
	  .kind = FIELD_TEXT,
	  .required = true,
	  .example = "approval_no" },
	{ .key = "label", .label = "名称", .kind = FIELD_TEXT },
	{ .key = "kind",
	  .label = "值的种类",
	  .kind = FIELD_CHOICE,
	  .choices = field_kinds },
	{ .key = "means",
	  .label = "含义",
	  .kind = FIELD_CHOICE,
	  .choices = field_meanings },
	{ .key = "required", .label = "必填", .kind = FIELD_TRUTH },
	{ .key = "format",
	  .label = "格式",
	  .kind = FIELD_CHOICE,
	  .choices = field_formats },
	{ .key = "choices", .label = "可选值", .kind = FIELD_FREE },
	{ .key = "inherited", .label = "可继承", .kind = FIELD_TRUTH },
	{ .key = "example", .label = "示例", .kind = FIELD_TEXT },
	{ .key = "record",
	  .label = "子字段",
	  .kind = FIELD_RECORDS,
	  .record = field_rows },
	{ 0 },
};

static const struct field need_rows[] = {
	{ .key = "field",
	  .label = "字段",
	  .kind = FIELD_TEXT,
	  .required = true,
	  .example = "notice_kind" },
	{ .key = "is", .label = "取值", .kind = FIELD_TEXT_LIST },
	{ .key = "needs",
	  .label = "须填",
	  .kind = FIELD_TEXT_LIST,
	  .required = true,
	  .example = "valid_to" },
	{ 0 },
};

static const struct field exclusion_rows[] = {
	{ .key = "field",
	  .label = "字段",
	  .kind = FIELD_TEXT,
	  .required = true,
	  .example = "status" },
	{ .key = "is", .label = "取值", .kind = FIELD_TEXT_LIST },
	{ .key = "excludes",
	  .label = "不得有",
	  .kind = FIELD_TEXT_LIST,
	  .required = true,
	  .example = "archived_on" },
	{ .key = "instead", .label = "改为", .kind = FIELD_TEXT },
	{ 0 },
};

static const struct field order_rows[] = {
	{ .key = "field",
	  .label = "字段",
	  .kind = FIELD_TEXT,
	  .required = true,
	  .example = "valid_from" },
	{ .key = "at_most",
	  .label = "不大于",
	  .kind = FIELD_TEXT,
	  .required = true,
	  .example = "valid_to" },
	{ 0 },
};

static const struct field file_rows[] = {
	[FILE_LABEL] = { .key = "label",
			 .label = "名称",
			 .kind = FIELD_TEXT,
			 .example = "通知公告" },
	[FILE_LIKE] = { .key = "like", .label = "同类", .kind = FIELD_TEXT },
	[FILE_TEMPLATE] = { .key = "template",
			    .label = "模板",
			    .kind = FIELD_TEXT,
			    .format = FORMAT_ID },
	[FILE_LAYOUT] = { .key = "layout",
			  .label = "列表版式",
			  .kind = FIELD_TEXT,
			  .format = FORMAT_SLUG },
	[FILE_FOUND] = { .key = "found_everywhere",
			 .label = "各站可搜索",
			 .kind = FIELD_TRUTH },
	[FILE_NEEDS_TEXT] = { .key = "needs_text",
			      .label = "须有正文",
			      .kind = FIELD_TRUTH },
	[FILE_FACTS] = { .key = "facts",
			 .label = "信息表",
			 .kind = FIELD_TEXT_LIST },
	[FILE_PARTS] = { .key = "parts",
			 .label = "分节显示",
			 .kind = FIELD_TEXT_LIST },
	[FILE_SEARCHED] = { .key = "searched",
			    .label = "可搜索字段",
			    .kind = FIELD_TEXT_LIST },
	[FILE_LISTED] = { .key = "listed",
			  .label = "列表所示",
			  .kind = FIELD_TEXT_LIST },
	[FILE_FIELDS] = { .key = "fields",
			  .label = "字段",
			  .kind = FIELD_RECORDS,
			  .record = field_rows },
	[FILE_NEEDS] = { .key = "needs",
			 .label = "须填规则",
			 .kind = FIELD_RECORDS,
			 .record = need_rows },
	[FILE_EXCLUDES] = { .key = "excludes",
			    .label = "互斥规则",
			    .kind = FIELD_RECORDS,
			    .record = exclusion_rows },
	[FILE_ORDERS] = { .key = "orders",
			  .label = "先后规则",
			  .kind = FIELD_RECORDS,
			  .record = order_rows },
	[FILE_KEY_COUNT] = { 0 },
};

static struct span span_at(const struct field_value *value)
{
	return value->node == NULL ? span_none() : value->node->span;
}

static bool read_pairs(struct field_value *values, const struct yaml_node *root,
		       const struct field_context *context)
{
	bool ok = true;

	for (size_t i = 0; i < root->count; i++) {
		const struct yaml_pair *pair = &root->pairs[i];
		const struct field *row = field_find(file_rows, pair->key);

		if (row == NULL) {
			field_report_unknown(file_rows, false, pair->key,
					     pair->key_span, context->diags);
			ok = false;
		} else {
			ok &= field_read(&values[row - file_rows], row,
					 &pair->value, pair->key_span, context);
		}
	}
	return ok;
}

bool type_file_read(struct type_file *out, const struct source *source,
		    struct arena *arena, struct diag_list *diags)
{
	const struct field_context context = { 0, arena, diags };
	struct field_value *values =
		arena_array(arena, FILE_KEY_COUNT, sizeof(*values));
	struct yaml_node root;

	out->head = span_of(source, 0, 0);
	out->is_broken = true;
	if (!yaml_parse(&root, source, 0, source->text.len, YAML_SETTINGS_LIMIT,
			arena, diags) ||
	    !read_pairs(values, &root, &context))
		return false;
	out->is_broken = false;
	out->label = values[FILE_LABEL].text;
	out->template_name = values[FILE_TEMPLATE].text;
	out->template_span = span_at(&values[FILE_TEMPLATE]);
	out->layout = values[FILE_LAYOUT].text;
	out->layout_span = span_at(&values[FILE_LAYOUT]);
	out->like = values[FILE_LIKE].text;
	out->like_span = span_at(&values[FILE_LIKE]);
	out->found_everywhere = values[FILE_FOUND].number != 0;
	out->needs_text = values[FILE_NEEDS_TEXT].number != 0;
	out->facts = values[FILE_FACTS].node;
	out->parts = values[FILE_PARTS].node;
	out->searched = values[FILE_SEARCHED].node;
	out->listed = values[FILE_LISTED].node;
	out->fields = values[FILE_FIELDS].node;
	out->needs = values[FILE_NEEDS].node;
	out->excludes = values[FILE_EXCLUDES].node;
	out->orders = values[FILE_ORDERS].node;
	return true;
}

void type_file_report_label(const struct type_file *file,
			    struct diag_list *diags)
{
	front_matter_report_missing(&file_rows[FILE_LABEL], (struct span){ 0 },
				    file->head, diags);
}
