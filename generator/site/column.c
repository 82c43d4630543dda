#include "site/column.h"

const struct column_class_row column_classes[CLASS_COUNT] = {
	{ "news", "工作动态", 14 },	{ "notice", "通知公告", 182 },
	{ "policy", "政策文件", 182 },	{ "interpretation", "政策解读", 182 },
	{ "message", "留言公开", 61 },	{ "service_stats", "办事统计", 92 },
	{ "consult", "政务咨询", 0 },	{ "survey", "征集调查", 0 },
	{ "interview", "在线访谈", 0 }, { "personnel_plan", "规划计划", 365 },
	{ "static", "概况信息", 0 },	{ "statistic", "数据发布", 0 },
	{ "annual", "年度报表", 365 },	{ "knowledge", "问答知识", 90 },
	{ "topic", "专题专栏", 0 },	{ "reprint", "上级信息", 1 },
	{ "service", "办事服务", 0 },	{ "other", "其他信息", 365 },
};
