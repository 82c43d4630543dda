/*
 * What says too much of a person (rules.md E.9). Numbers are decided by their
 * check digits, everything else by the words around it.
 */
#include "audit/number_finder.h"
#include "audit/rule.h"
#include "base/unicode.h"

rule_function rule_private_identity, rule_private_phone, rule_private_card,
	rule_private_masking, rule_private_address, rule_private_document,
	rule_private_mail, rule_private_column, rule_private_person;

/* --- telling -------------------------------------------------------------- */

static bool says(const struct yaml_node *node, str words)
{
	if (node->kind == YAML_SCALAR)
		return str_find(node->text, words) != STR_NONE;
	for (size_t i = 0; i < node->count; i++)
		if (says(node->kind == YAML_MAPPING ? &node->pairs[i].value
						    : &node->items[i],
			 words))
			return true;
	return false;
}

/* A field that is there for the public to call or write to. */
static bool is_contact(const struct rule_input *input, size_t point, str found)
{
	const struct text_list *keys = &input->book->sources.contact_fields;
	const struct front_matter *matter;

	if (scanned_text_part(rule_scanned(input), point) != SAID_FIELDS)
		return false;
	matter = input->text->matter(input->text->context);
	for (size_t i = 0; matter != NULL && i < keys->count; i++) {
		const struct field_value *value =
			front_matter_value(matter, keys->items[i]);

		if (value->node != NULL && says(value->node, found))
			return true;
	}
	return false;
}

static void help_hide(struct finding_log *log, struct diag *diag)
{
	diag_help(log->diags, diag, "%s",
		  _("take it out, or hide enough of it: 610000********0000"));
}

/* Each once; the message has the number itself nowhere but in the file. */
static void tell_numbers(const struct rule_input *input,
			 struct finding_log *log, enum number_kind kind,
			 const char *what)
{
	const struct scanned_text *text = rule_scanned(input);
	const struct number_hit *hits = text->numbers;
	struct map told;

	map_init(&told, input->arena);
	for (size_t i = 0; i < text->number_count; i++) {
		str found = text_points_slice(&text->folded, hits[i].start,
					      hits[i].end);

		if (hits[i].kind != kind || !map_add(&told, found, &told) ||
		    (kind == NUMBER_WEAKLY_MASKED &&
		     hits[i].masked >= rule_book_limit(input->book,
						       LIMIT_MASKED_DIGITS)) ||
		    (kind == NUMBER_PHONE &&
		     is_contact(input, hits[i].start, found)))
			continue;
		help_hide(log, finding_add(log, rule_place(input, found), "%s",
					   what));
	}
}

void rule_private_identity(const struct rule_input *input,
			   struct finding_log *log)
{
	tell_numbers(input, log, NUMBER_IDENTITY,
		     _("the identity number of a citizen stands in the text"));
}

void rule_private_phone(const struct rule_input *input, struct finding_log *log)
{
	tell_numbers(input, log, NUMBER_PHONE,
		     _("the number of a mobile phone stands in the text"));
}

void rule_private_card(const struct rule_input *input, struct finding_log *log)
{
	tell_numbers(input, log, NUMBER_CARD,
		     _("the number of a bank card stands in the text"));
}

void rule_private_masking(const struct rule_input *input,
			  struct finding_log *log)
{
	tell_numbers(input, log, NUMBER_WEAKLY_MASKED,
		     _("too few digits of an identity number are hidden"));
}

/* --- lines ---------------------------------------------------------------- */

static bool has_word(const struct text_points *text,
		     const struct text_line *line, const char *const *words)
{
	return text_points_has_within(text, line->start, line->end, words);
}

static bool is_digit(const struct text_points *text, size_t at)
{
	return unicode_is_digit(text_points_at(text, at));
}

static bool is_name_sign(const struct text_points *text, size_t at)
{
	uint32_t point = at < text->count ? text->points[at] : 0;

	return is_digit(text, at) || (point >= 'a' && point <= 'z') ||
	       point == '.' || point == '_' || point == '-';
}

/* --- addresses ------------------------------------------------------------ */

static const char *const persons[] = {
	"姓名",	  "先生",     "女士",	    "住址", "家住", "现住",   "户主",
	"业主",	  "申请人",   "当事人",	    "患者", "同志", "受害人", "被害人",
	"联系人", "被执行人", "法定代表人", "居民", "住户", NULL
};
/* What says of a line that somebody lives there. */
static const char *const residents[] = { "住址", "家住", "现住", "居住",
					 "户主", "业主", "住户", NULL };
static const char *const houses[] = { "号楼", "栋", "幢", "座", "楼", NULL };
static const char *const rooms[] = { "室", "号", "户", NULL };
static const char numerals[] = "〇零一二三四五六七八九十";

static bool is_numeral(const struct text_points *text, size_t at)
{
	return is_digit(text, at) ||
	       (at < text->count &&
		unicode_is_among(text->points[at], numerals));
}

/* Digits that end before `at`; the result is where they begin. */
static size_t back_digits(const struct text_points *text, size_t at)
{
	while (at > 0 && is_numeral(text, at - 1))
		at--;
	return at;
}

static size_t stands_before(const struct text_points *text, size_t at,
			    const char *const *words)
{
	for (size_t i = 0; words[i] != NULL; i++) {
		size_t length = unicode_count(str_from_c(words[i]));

		if (at >= length &&
		    text_points_has(text, at - length, str_from_c(words[i])))
			return length;
	}
	return 0;
}

/* "501室", or 501 alone: three digits are the number of a room. */
static bool is_room(size_t *end, const struct text_points *text, size_t at)
{
	enum { FLOOR_AND_ROOM = 3 };
	size_t behind = at;

	while (is_numeral(text, behind))
		behind++;
	*end = behind;
	if (behind == at)
		return false;
	for (size_t i = 0; rooms[i] != NULL; i++)
		if (text_points_has(text, behind, str_from_c(rooms[i]))) {
			*end = behind + 1;
			return true;
		}
	return behind - at >= FLOOR_AND_ROOM;
}

/* "3号楼2单元501室", found at "单元". */
static bool is_flat(size_t *start, size_t *end, const struct text_points *text,
		    size_t at)
{
	size_t entrance = back_digits(text, at);
	size_t house = stands_before(text, entrance, houses);

	if (!text_points_has(text, at, STR("单元")) || entrance == at ||
	    house == 0)
		return false;
	*start = back_digits(text, entrance - house);
	return is_room(end, text, at + unicode_count(STR("单元")));
}

/* "12栋1203室", found at "栋"; offices have such numbers, too. */
static bool is_tower(size_t *start, size_t *end, const struct text_points *text,
		     size_t at)
{
	*start = back_digits(text, at);
	if (*start == at)
		return false;
	for (size_t i = 0; houses[i] != NULL; i++)
		if (text_points_has(text, at, str_from_c(houses[i])))
			return is_room(
				end, text,
				at + unicode_count(str_from_c(houses[i])));
	return false;
}

/* The first in the line. */
static bool find_home(size_t *start, size_t *end,
		      const struct text_points *text,
		      const struct text_line *line)
{
	bool has_person = has_word(text, line, persons);
	bool has_resident = has_word(text, line, residents);

	if (!has_person && !has_resident)
		return false;
	for (size_t at = line->start; at + 1 < line->end; at++)
		if (is_flat(start, end, text, at) ||
		    (has_resident && is_tower(start, end, text, at)))
			return true;
	return false;
}

void rule_private_address(const struct rule_input *input,
			  struct finding_log *log)
{
	const struct text_points *folded = &rule_scanned(input)->folded;
	struct text_line line;
	size_t next = 0;
	size_t start, end;

	while (text_points_next(&line, folded, &next))
		if (find_home(&start, &end, folded, &line))
			help_hide(
				log,
				finding_add(log,
					    rule_place(input,
						       text_points_slice(folded,
									 start,
									 end)),
					    "%s",
					    _("where a person lives stands in "
					      "the text")));
}

/* --- numbers of papers, by their names ------------------------------------ */

/* Letters and digits behind the name of a paper. */
static bool paper_number(size_t *start, size_t *end,
			 const struct text_points *text, size_t at)
{
	bool has_digit = false;
	size_t skipped = 0;

	while (!is_name_sign(text, at) && skipped < 5 && at < text->count &&
	       text->points[at] != '\n') {
		at++;
		skipped++;
	}
	*start = at;
	for (; is_name_sign(text, at); at++)
		has_digit |= is_digit(text, at);
	*end = at;
	return has_digit && at - *start >= 7 &&
	       (at >= text->count || text->points[at] != '*');
}

void rule_private_document(const struct rule_input *input,
			   struct finding_log *log)
{
	const struct scanned_text *text = rule_scanned(input);
	size_t start, end;

	for (size_t i = 0; i < text->hit_count; i++) {
		const struct word_hit *hit = &text->hits[i];

		if (hit->entry->list != WORDS_PAPERS ||
		    !paper_number(&start, &end, &text->folded, hit->end))
			continue;
		help_hide(log,
			  finding_add(log,
				      rule_place(input, text_points_slice(
								&text->folded,
								start, end)),
				      _("a number of a person's papers stands "
					"in the text: %.*s"),
				      STR_ARG(hit->found)));
	}
}

void rule_private_mail(const struct rule_input *input, struct finding_log *log)
{
	const struct text_points *text = &rule_scanned(input)->folded;
	const struct text_list *hosts = &input->book->sources.mail_hosts;

	for (size_t at = 1; at + 1 < text->count; at++) {
		size_t start = at;
		size_t end = at + 1;
		str host;

		if (text->points[at] != '@')
			continue;
		while (start > 0 && is_name_sign(text, start - 1))
			start--;
		while (is_name_sign(text, end))
			end++;
		host = text_points_slice(text, at + 1, end);
		for (size_t i = 0; start < at && i < hosts->count; i++)
			if (str_equal(host, hosts->items[i]) &&
			    !is_contact(input, start,
					text_points_slice(text, start, end)))
				help_hide(
					log,
					finding_add(
						log,
						rule_place(input,
							   text_points_slice(
								   text, start,
								   end)),
						"%s",
						_("a private mail address "
						  "stands in the text")));
	}
}

/* --- tables --------------------------------------------------------------- */

static const char *const name_cells[] = { "姓名", NULL };
static const char *const number_cells[] = { "身份证", "公民身份", "证件号",
					    "手机", NULL };
static const char *const phone_cells[] = { "电话", "联系方式", NULL };
static const char *const office_cells[] = { "单位", "部门", "职务", "岗位",
					    "科室", "机构", NULL };

static bool has_long_number(const struct text_points *text,
			    const struct text_line *line)
{
	size_t digits = 0;

	for (size_t at = line->start; at < line->end && digits < 7; at++)
		digits = is_digit(text, at) ? digits + 1 : 0;
	return digits >= 7;
}

static bool is_head(const struct text_points *text,
		    const struct text_line *line)
{
	return line->end - line->start <= 120 &&
	       has_word(text, line, name_cells) &&
	       (has_word(text, line, number_cells) ||
		(has_word(text, line, phone_cells) &&
		 !has_word(text, line, office_cells)));
}

/* A row of heads with a row of numbers below it. */
void rule_private_column(const struct rule_input *input,
			 struct finding_log *log)
{
	const struct scanned_text *text = rule_scanned(input);
	const struct text_points *folded = &text->folded;
	struct text_line head = { 0, 0 };
	struct text_line line;
	size_t next = 0;

	while (text_points_next(&line, &text->folded, &next)) {
		if (head.end > head.start && is_head(folded, &head) &&
		    has_long_number(folded, &line)) {
			help_hide(log,
				  finding_add(log,
					      rule_place(input, STR("姓名")),
					      "%s",
					      _("a table has names and the "
						"numbers of persons beside "
						"them")));
			return;
		}
		head = line;
	}
}

/* --- persons that are to be protected ------------------------------------- */

static const char surnames[] =
	"王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖"
	"田董袁潘蔡蒋余于杜叶程苏魏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付"
	"方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向汤";
static const char *const after_name[] = { ",男",  ",女",  "(男", "(女",
					  "、男", "、女", NULL };

static bool is_age(const struct text_points *text, size_t at)
{
	size_t digits;

	if (at >= text->count ||
	    (text->points[at] != ',' && text->points[at] != '('))
		return false;
	digits = ++at;
	while (is_digit(text, at))
		at++;
	return at > digits && text_points_has(text, at, STR("岁"));
}

/* "患者" and a name of two or three characters that says how old it is. */
static bool is_named_person(size_t *end, const struct text_points *text,
			    size_t at)
{
	if (at >= text->count || !unicode_is_among(text->points[at], surnames))
		return false;
	for (size_t length = 2; length <= 3; length++) {
		size_t behind = at + length;

		if (behind >= text->count ||
		    !unicode_is_ideograph(text->points[behind - 1]) ||
		    text_points_has(text, behind - 1, STR("某")))
			return false;
		*end = behind;
		if (is_age(text, behind))
			return true;
		for (size_t i = 0; after_name[i] != NULL; i++)
			if (text_points_has(text, behind,
					    str_from_c(after_name[i])))
				return true;
	}
	return false;
}

void rule_private_person(const struct rule_input *input,
			 struct finding_log *log)
{
	const struct scanned_text *text = rule_scanned(input);
	size_t end;

	for (size_t i = 0; i < text->hit_count; i++) {
		const struct word_hit *hit = &text->hits[i];
		str name;

		if (hit->entry->list != WORDS_PROTECTED ||
		    !is_named_person(&end, &text->folded, hit->end))
			continue;
		name = text_points_slice(&text->folded, hit->start, end);
		diag_help(log->diags,
			  finding_add(log, rule_place(input, name), "%s",
				      _("somebody who is to be protected is "
					"named")),
			  "%s", _("write the surname and “某”"));
	}
}
