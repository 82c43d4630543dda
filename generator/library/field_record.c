#include "library/field_record.h"

#define ALL FIELD_ALL_TYPES /* as `required`: in every record */

static const char *const review_steps[] = { "first", "second", "final",
					    "publish", NULL };
static const char *const media_kinds[] = { "视频", "音频", "图集", NULL };

const struct field record_attachment[] = {
	{ .key = "file",
	  .label = "文件",
	  .kind = FIELD_URL,
	  .required = ALL,
	  .example = "附件1.pdf" },
	{ .key = "title", .label = "名称", .kind = FIELD_TEXT },
	{ .key = "size", .label = "大小", .kind = FIELD_TEXT },
	{ .key = "sha256", .label = "摘要值", .kind = FIELD_TEXT },
	{ 0 },
};

const struct field record_secrecy_review[] = {
	{ .key = "role", .label = "审查人岗位", .kind = FIELD_TEXT },
	{ .key = "account", .label = "账号", .kind = FIELD_TEXT },
	{ .key = "date",
	  .label = "审查时间",
	  .kind = FIELD_MOMENT,
	  .required = ALL,
	  .example = "2024-01-02" },
	{ .key = "result",
	  .label = "审查结果",
	  .kind = FIELD_TEXT,
	  .required = ALL,
	  .example = "可以公开" },
	{ 0 },
};

const struct field record_review[] = {
	{ .key = "step",
	  .label = "环节",
	  .kind = FIELD_CHOICE,
	  .required = ALL,
	  .choices = review_steps,
	  .example = "final" },
	{ .key = "role", .label = "岗位", .kind = FIELD_TEXT },
	{ .key = "account",
	  .label = "账号",
	  .kind = FIELD_TEXT,
	  .required = ALL,
	  .example = "jyj-a" },
	{ .key = "date",
	  .label = "时间",
	  .kind = FIELD_MOMENT,
	  .required = ALL,
	  .example = "2024-01-02 09:00" },
	{ .key = "verdict", .label = "结论", .kind = FIELD_TEXT },
	{ .key = "body_sha256", .label = "正文摘要值", .kind = FIELD_TEXT },
	{ 0 },
};

const struct field record_relations[] = {
	{ .key = "interprets", .label = "解读", .kind = FIELD_TEXT_LIST },
	{ .key = "interpreted_by", .label = "被解读", .kind = FIELD_TEXT_LIST },
	{ .key = "basis", .label = "依据", .kind = FIELD_TEXT_LIST },
	{ .key = "replaces", .label = "代替", .kind = FIELD_TEXT_LIST },
	{ .key = "replaced_by", .label = "被代替", .kind = FIELD_TEXT_LIST },
	{ .key = "amends", .label = "修改", .kind = FIELD_TEXT_LIST },
	{ .key = "translation_of", .label = "译自", .kind = FIELD_TEXT_LIST },
	{ .key = "feedback_of", .label = "反馈", .kind = FIELD_TEXT_LIST },
	{ .key = "about_service",
	  .label = "相关事项",
	  .kind = FIELD_TEXT_LIST },
	{ 0 },
};

const struct field record_media[] = {
	{ .key = "file",
	  .label = "文件",
	  .kind = FIELD_URL,
	  .required = ALL,
	  .example = "video.mp4" },
	{ .key = "kind",
	  .label = "类别",
	  .kind = FIELD_CHOICE,
	  .choices = media_kinds },
	{ .key = "title", .label = "名称", .kind = FIELD_TEXT },
	{ .key = "poster", .label = "封面", .kind = FIELD_URL },
	{ .key = "captions", .label = "字幕", .kind = FIELD_URL },
	{ .key = "transcript", .label = "文字稿", .kind = FIELD_PARAGRAPHS },
	{ 0 },
};

const struct field record_section[] = {
	{ .key = "name",
	  .label = "名称",
	  .kind = FIELD_TEXT,
	  .required = ALL,
	  .example = "背景依据" },
	{ .key = "keyword", .label = "关键词", .kind = FIELD_TEXT },
	{ .key = "id",
	  .label = "标识",
	  .kind = FIELD_TEXT,
	  .format = FORMAT_SLUG },
	{ .key = "text", .label = "内容", .kind = FIELD_PARAGRAPHS },
	{ .key = "url", .label = "链接", .kind = FIELD_URL },
	{ .key = "items", .label = "资源", .kind = FIELD_TEXT_LIST },
	{ 0 },
};

const struct field record_material[] = {
	{ .key = "name",
	  .label = "材料名称",
	  .kind = FIELD_TEXT,
	  .required = ALL,
	  .example = "申请人身份证" },
	{ .key = "basis", .label = "依据", .kind = FIELD_TEXT },
	{ .key = "format", .label = "形式", .kind = FIELD_TEXT },
	{ .key = "copies", .label = "份数", .kind = FIELD_TEXT },
	{ .key = "paper", .label = "纸质", .kind = FIELD_TEXT },
	{ .key = "electronic", .label = "电子", .kind = FIELD_TEXT },
	{ .key = "signature", .label = "签名签章", .kind = FIELD_TEXT },
	{ .key = "blank_form", .label = "空白表格", .kind = FIELD_URL },
	{ .key = "filled_sample", .label = "示例样表", .kind = FIELD_URL },
	{ .key = "notes", .label = "说明", .kind = FIELD_PARAGRAPHS },
	{ 0 },
};

const struct field record_place[] = {
	{ .key = "name",
	  .label = "名称",
	  .kind = FIELD_TEXT,
	  .required = ALL,
	  .example = "市政务服务中心" },
	{ .key = "address", .label = "地址", .kind = FIELD_TEXT },
	{ .key = "window", .label = "窗口", .kind = FIELD_TEXT },
	{ .key = "phone", .label = "电话", .kind = FIELD_TEXT },
	{ .key = "transport", .label = "交通", .kind = FIELD_TEXT },
	{ 0 },
};

const struct field record_step[] = {
	{ .key = "title",
	  .label = "环节",
	  .kind = FIELD_TEXT,
	  .required = ALL,
	  .example = "受理" },
	{ .key = "text", .label = "说明", .kind = FIELD_PARAGRAPHS },
	{ .key = "unit", .label = "办理单位", .kind = FIELD_TEXT },
	{ .key = "days", .label = "时限", .kind = FIELD_NUMBER },
	{ .key = "result", .label = "结果", .kind = FIELD_TEXT },
	{ 0 },
};

const struct field record_question[] = {
	{ .key = "question",
	  .label = "问题",
	  .kind = FIELD_TEXT,
	  .required = ALL,
	  .example = "可以代办吗？" },
	{ .key = "answer", .label = "答复", .kind = FIELD_PARAGRAPHS },
	{ .key = "url", .label = "链接", .kind = FIELD_URL },
	{ 0 },
};

const struct field record_division[] = {
	{ .key = "name",
	  .label = "内设机构",
	  .kind = FIELD_TEXT,
	  .required = ALL,
	  .example = "办公室" },
	{ .key = "duties", .label = "职责", .kind = FIELD_PARAGRAPHS },
	{ .key = "head", .label = "负责人", .kind = FIELD_TEXT },
	{ .key = "phone", .label = "电话", .kind = FIELD_TEXT },
	{ 0 },
};

const struct field record_head[] = {
	{ .key = "name",
	  .label = "姓名",
	  .kind = FIELD_TEXT,
	  .required = ALL,
	  .example = "张某某" },
	{ .key = "office", .label = "职务", .kind = FIELD_TEXT },
	{ 0 },
};
