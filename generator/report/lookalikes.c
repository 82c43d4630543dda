/*
 * A stranger cannot have a name below .gov.cn or .政务, but one that reads like
 * it: the label of the place or body with one slip (left out, doubled, two
 * changed about, a sign that looks the same), below an ending that everybody
 * gets; "gov" as a part of the label; letters of other scripts that are drawn
 * alike, which DNS has as xn--…; and, below .cn, every label that is one letter
 * away.
 */
#include "report/lookalikes.h"

#include <stdlib.h>
#include <string.h>

#include "markup/host_name.h"

enum { LABEL_LIMIT = 63 };

static const char *const endings[] = { "cn",  "com.cn", "org.cn", "net.cn",
				       "com", "net",	"org" };
static const char *const chinese_endings[] = { "中国", "公司", "网络",
					       "网址", "cn",   "com" };

/* Drawn alike, of the same script. */
static const struct {
	const char *sign;
	const char *other;
} twins[] = {
	{ "l", "1" }, { "l", "i" },  { "i", "l" },  { "i", "1" },
	{ "o", "0" }, { "m", "rn" }, { "w", "vv" }, { "d", "cl" },
	{ "g", "q" }, { "u", "v" },  { "n", "m" },  { "z", "s" },
};

/* Said alike: what many mix up when they spell Chinese names. */
static const struct {
	const char *sound;
	const char *other;
} sounds[] = {
	{ "zh", "z" },	 { "ch", "c" },	  { "sh", "s" },   { "z", "zh" },
	{ "c", "ch" },	 { "s", "sh" },	  { "ang", "an" }, { "eng", "en" },
	{ "ing", "in" }, { "an", "ang" }, { "en", "eng" }, { "in", "ing" },
	{ "n", "l" },	 { "l", "n" },	  { "f", "h" },	   { "h", "f" },
};

/* Of the Cyrillic script. */
static const struct {
	char sign;
	const char *other;
} foreign[] = {
	{ 'a', "а" }, { 'c', "с" }, { 'e', "е" }, { 'h', "һ" },
	{ 'i', "і" }, { 'j', "ј" }, { 'o', "о" }, { 'p', "р" },
	{ 's', "ѕ" }, { 'x', "х" }, { 'y', "у" },
};

struct lookalike {
	str name;
	str ascii;
	const char *how;
};

struct watching {
	const struct cluster *cluster;
	struct list found; /* struct lookalike, of one site */
	struct map seen;
	struct arena *arena;
};

/* --- one name ------------------------------------------------------------- */

static void add_name(struct watching *watching, str name, const char *how)
{
	struct lookalike *found;
	const char *reason;
	str ascii;

	if (watching->found.count >= LOOKALIKE_LIMIT ||
	    !host_name_encode(&ascii, &reason, name, watching->arena) ||
	    cluster_site_named(watching->cluster, ascii) != NULL ||
	    !map_add(&watching->seen, ascii, watching))
		return;
	found = list_add(&watching->found, watching->arena);
	*found = (struct lookalike){ name, ascii, how };
}

static void add_ending(struct watching *watching, str label, const char *ending,
		       const char *how)
{
	if (label.len == 0 || label.len > LABEL_LIMIT || label.data[0] == '-' ||
	    label.data[label.len - 1] == '-')
		return;
	add_name(watching,
		 arena_printf(watching->arena, "%.*s.%s", STR_ARG(label),
			      ending),
		 how);
}

static void add_label(struct watching *watching, str label, const char *how)
{
	for (size_t i = 0; i < COUNT_OF(endings); i++)
		add_ending(watching, label, endings[i], how);
}

/* --- slips ---------------------------------------------------------------- */

/* `count` bytes at `at` are `other`. */
static str with(const struct watching *watching, str label, size_t at,
		size_t count, str other)
{
	const str parts[] = { str_between(label, 0, at), other,
			      str_from(label, at + count) };

	return arena_join(watching->arena, parts, COUNT_OF(parts));
}

static void add_slips(struct watching *watching, str label)
{
	for (size_t i = 0; i < label.len; i++) {
		str sign = str_between(label, i, i + 1);
		const char twice[] = { sign.data[0], sign.data[0] };
		const char swapped[] = { str_at(label, i + 1), sign.data[0] };

		add_label(watching, with(watching, label, i, 1, STR("")),
			  "漏一字母");
		add_label(watching,
			  with(watching, label, i, 1, (str){ twice, 2 }),
			  "重复字母");
		if (i + 1 < label.len)
			add_label(watching,
				  with(watching, label, i, 2,
				       (str){ swapped, 2 }),
				  "相邻字母颠倒");
	}
}

/* `sign` is `other` wherever it stands. */
static void add_other(struct watching *watching, str label, const char *sign,
		      const char *other, const char *how)
{
	for (size_t i = 0; i < label.len; i++)
		if (str_starts_with(str_from(label, i), str_from_c(sign)))
			add_label(watching,
				  with(watching, label, i, strlen(sign),
				       str_from_c(other)),
				  how);
}

static void add_twins(struct watching *watching, str label)
{
	for (size_t i = 0; i < COUNT_OF(twins); i++)
		add_other(watching, label, twins[i].sign, twins[i].other,
			  "形近字符");
	for (size_t i = 0; i < COUNT_OF(sounds); i++)
		add_other(watching, label, sounds[i].sound, sounds[i].other,
			  "音近拼写");
}

/* One letter is another, or one more; what is one less is a slip. */
static void add_edits(struct watching *watching, str label)
{
	for (size_t i = 0; i < label.len; i++)
		for (char c = 'a'; c <= 'z'; c++)
			add_ending(watching,
				   with(watching, label, i, 1, (str){ &c, 1 }),
				   "cn", "改一字母");
	for (size_t i = 0; i <= label.len; i++)
		for (char c = 'a'; c <= 'z'; c++)
			add_ending(watching,
				   with(watching, label, i, 0, (str){ &c, 1 }),
				   "cn", "多一字母");
}

/* Every letter that has a twin, at once: registries mix no scripts. */
static void add_foreign(struct watching *watching, str label)
{
	struct buf out;
	bool is_other = false;

	buf_init(&out, watching->arena);
	for (size_t i = 0; i < label.len; i++) {
		size_t j = 0;

		while (j < COUNT_OF(foreign) &&
		       foreign[j].sign != label.data[i])
			j++;
		if (j < COUNT_OF(foreign))
			buf_add_c(&out, foreign[j].other);
		else
			buf_add_byte(&out, label.data[i]);
		is_other |= j < COUNT_OF(foreign);
	}
	if (is_other)
		add_label(watching, buf_str(&out), "国际化域名混淆");
}

/* --- a site --------------------------------------------------------------- */

/* "jyj" of jyj.shifan.gov.cn, "shifan" of www.shifan.gov.cn. */
static str own_label(str domain)
{
	(void)str_take(&domain, STR("www."));
	return str_between(domain, 0, str_find_byte(domain, '.'));
}

/* "jyj-shifan": a name of two labels as one. */
static void add_joined(struct watching *watching, str domain)
{
	static const char *const signs[] = { "", "-" };
	str label = own_label(domain);
	str rest = domain;

	(void)str_take(&rest, STR("www."));
	rest = str_from(rest, label.len + 1);
	for (size_t i = 0; i < COUNT_OF(signs); i++) {
		str place = str_between(rest, 0, str_find_byte(rest, '.'));

		add_label(watching,
			  arena_printf(watching->arena, "%.*s%s%.*s",
				       STR_ARG(label), signs[i],
				       STR_ARG(place)),
			  "拼接域名");
		add_label(watching,
			  arena_printf(watching->arena, "%.*s%sgov",
				       STR_ARG(label), signs[i]),
			  "拼接 gov");
		add_label(watching,
			  arena_printf(watching->arena, "gov%s%.*s", signs[i],
				       STR_ARG(label)),
			  "拼接 gov");
	}
}

static void add_chinese(struct watching *watching, const struct site *site)
{
	const str labels[] = {
		str_between(site->chinese_domain, 0,
			    str_find_byte(site->chinese_domain, '.')),
		site->name,
		site->short_name,
	};

	for (size_t i = 0; i < COUNT_OF(labels); i++)
		for (size_t j = 0;
		     labels[i].len > 0 && j < COUNT_OF(chinese_endings); j++)
			add_name(watching,
				 arena_printf(watching->arena, "%.*s.%s",
					      STR_ARG(labels[i]),
					      chinese_endings[j]),
				 "中文域名其他后缀");
}

static int compare_names(const void *left, const void *right)
{
	return str_compare(((const struct lookalike *)left)->ascii,
			   ((const struct lookalike *)right)->ascii);
}

/* What is likeliest comes first, so that a limit cuts off what is not. */
static void watch_site(struct watching *watching, const struct site *site)
{
	str label = own_label(site->domain);

	list_init(&watching->found, sizeof(struct lookalike));
	map_init(&watching->seen, watching->arena);
	add_label(watching, label, "其他后缀");
	add_joined(watching, site->domain);
	add_chinese(watching, site);
	add_foreign(watching, label);
	add_twins(watching, label);
	add_slips(watching, label);
	add_edits(watching, label);
	if (watching->found.count > 0)
		qsort(watching->found.items, watching->found.count,
		      sizeof(struct lookalike), compare_names);
}

/* --- the sheet ------------------------------------------------------------ */

static const struct sheet_column columns[] = {
	{ .key = "site", .label = "站点", .is_short = true },
	{ .key = "domain", .label = "本站域名" },
	{ .key = "name", .label = "近似域名" },
	{ .key = "ascii", .label = "编码" },
	{ .key = "how", .label = "方式" },
};

static void add_rows(struct sheet *sheet, struct sheet_table *table,
		     const struct watching *watching, const struct site *site)
{
	const struct lookalike *found = watching->found.items;

	for (size_t i = 0; i < watching->found.count; i++) {
		sheet_add_cell(sheet, table, site->id);
		sheet_add_cell(sheet, table, site->domain);
		sheet_add_cell(sheet, table, found[i].name);
		sheet_add_cell(sheet, table, found[i].ascii);
		sheet_add_cell(sheet, table, str_from_c(found[i].how));
	}
}

void lookalikes_make(struct sheet *out, const struct cluster *cluster,
		     const char *site, struct arena *arena)
{
	struct watching watching = { .cluster = cluster, .arena = arena };
	struct sheet_table *table;

	sheet_init(out, "lookalikes", STR("近似域名监测清单"), arena);
	table = sheet_add_table(out, "lookalikes", "近似域名", columns,
				COUNT_OF(columns));
	table->note = STR("按本站域名推算，供监测假冒网站使用；"
			  "是否已被注册须另行查询。");
	for (size_t i = 0; i < cluster->count; i++) {
		const struct site *at = &cluster->sites[i];

		if (site != NULL && !str_equal_c(at->id, site))
			continue;
		watch_site(&watching, at);
		add_rows(out, table, &watching, at);
	}
}
