/*
 * Words are tables here for Chinese, which nearly every site is in: a theme
 * without words of its own searches well. Other languages have theirs in the
 * strings, so that a language is one file. In index.json the words of a group
 * have blanks between them, or "|" where words themselves have blanks.
 */
#include "render/search_words.h"

#include "base/str.h"
#include "markup/json_writer.h"
#include "site/synonyms.h"

/* The first is what official texts say; who types another finds it too. */
static const char *const same[] = {
	"供热 供暖 取暖 暖气",
	"企业开办 开公司 办公司 注册公司 公司注册 开办企业",
	"地区生产总值 gdp",
	"身份证 居民身份证 身份证件",
	"营业执照 执照 工商执照",
	"公积金 住房公积金",
	"社会保险 社保",
	"医疗保险 医保",
	"养老保险 养老金",
	"最低生活保障 低保",
	"入学 上学 幼升小 小升初 小学报名",
	"义务教育 小学初中",
	"资助 助学金 补助",
	"招聘 招考 招录 招人",
	"不动产登记 房产证 房本 过户",
	"公共租赁住房 公租房 廉租房",
	"农民工工资 欠薪 拖欠工资 讨薪",
	"公交优待卡 公交卡 老年卡 老年公交卡",
	"线路 改线",
	"轻微违法行为 首违不罚",
	"读者证 借书证 图书证",
	"母婴休息区 母婴室",
	"新生儿 生孩子 刚出生",
	"灵活就业 自由职业",
	"空置 空着",
	"食品经营许可 食品许可证 卫生许可证 开饭店 开餐馆 开食品店",
	"道路运输 营运",
	"就业 找工作 求职",
	"失业 下岗",
	"创业担保贷款 创业贷款",
	"许可 许可证",
	"参保登记 交社保 上社保",
	"投诉 举报 反映问题",
	"依申请公开 申请公开",
	"预算 部门预算",
	"决算 部门决算",
	"领导 领导分工 局长 市长",
	"机构职能 职责 三定",
	"停水 断水",
	"停电 断电",
	"户口 户籍 落户",
	"残疾人 残疾",
	"老年人 老人",
	"示范市人民政府 市政府",
};

/* Left out when nothing has all that was typed: the longest first. */
static const char *const asking[] = {
	"需要什么材料", "需要哪些材料", "要什么材料", "什么时候", "在什么地方",
	"在哪里",	"多少钱",	"怎么办理",   "如何办理", "怎样办理",
	"怎么办",	"怎么查",	"办什么证",   "要办什么", "手续",
	"丢了",		"如何查询",	"怎么申请",   "如何申请", "怎么样",
	"是什么",	"有哪些",	"去哪里",     "可以吗",	  "请问",
	"怎么",		"如何",		"怎样",	      "哪里",	  "哪些",
	"多久",		"多少",		"什么",	      "能不能",	  "可不可以",
	"我想",		"我要",		"想要",	      "为什么",	  "吗",
	"呢",		"的",		"了",	      "去哪",	  "在哪",
	"办",
};

static void write_asking(struct json_writer *json)
{
	json_key(json, "asking");
	json_open_array(json);
	for (size_t i = 0; i < COUNT_OF(asking); i++)
		json_text(json, str_from_c(asking[i]));
	json_close_array(json);
}

static void write_own(struct json_writer *json,
		      const struct synonym_group *group, struct arena *arena)
{
	struct buf line;

	if (group->others.count == 0)
		return;
	buf_init(&line, arena);
	buf_add(&line, group->official);
	for (size_t i = 0; i < group->others.count; i++) {
		buf_add_byte(&line, ' ');
		buf_add(&line, group->others.items[i]);
	}
	json_text(json, buf_str(&line));
}

static void write_builtin(struct json_writer *json, str group,
			  const struct synonyms *synonyms, struct arena *arena)
{
	struct buf line;
	size_t words = 0;
	str word;

	buf_init(&line, arena);
	for (; str_split_next(&group, ' ', &word); words++) {
		if (map_has(&synonyms->words, word) && words == 0)
			return;
		if (map_has(&synonyms->words, word))
			continue;
		buf_add(&line, words == 0 ? STR("") : STR(" "));
		buf_add(&line, word);
	}
	json_text(json, buf_str(&line));
}

/* "licence | license; child | baby": groups of the strings of a language. */
static void write_groups(struct json_writer *json, str groups,
			 struct arena *arena)
{
	str group, word;

	while (groups.len > 0 && str_split_next(&groups, ';', &group)) {
		struct buf line;

		buf_init(&line, arena);
		while (str_split_next(&group, '|', &word)) {
			buf_add(&line, line.len > 0 ? STR("|") : STR(""));
			buf_add(&line, str_trim(word));
		}
		json_text(json, buf_str(&line));
	}
}

static void write_words(struct json_writer *json, str words)
{
	str word;

	json_key(json, "asking");
	json_open_array(json);
	while (words.len > 0 && str_split_next(&words, ';', &word))
		json_text(json, str_trim(word));
	json_close_array(json);
}

void search_words_write(struct json_writer *json,
			const struct synonyms *synonyms,
			const struct search_language *language,
			struct arena *arena)
{
	bool is_chinese = str_starts_with(language->name, STR("zh"));

	json_key(json, "same");
	json_open_array(json);
	for (size_t i = 0; i < synonyms->count; i++)
		write_own(json, &synonyms->groups[i], arena);
	for (size_t i = 0; is_chinese && i < COUNT_OF(same); i++)
		write_builtin(json, str_from_c(same[i]), synonyms, arena);
	write_groups(json, language->same, arena);
	json_close_array(json);
	if (is_chinese)
		write_asking(json);
	else
		write_words(json, language->asking);
}
