#include "support/html_judge.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/unicode.h"

static const char elements[] =
	" p div span br hr h2 h3 h4 h5 h6 strong b em i u s del ins sub sup "
	"small mark abbr cite q blockquote code pre kbd samp ul ol li dl dt dd "
	"table caption colgroup col thead tbody tfoot tr th td figure "
	"figcaption img a ruby rt rp details summary time section article "
	"aside audio video source track input dfn var wbr ";

static const char voids[] = " br hr col img source track input wbr ";

static const char attributes[] =
	" class id lang dir title role aria-label aria-hidden tabindex href "
	"src alt width height colspan rowspan scope start value type datetime "
	"controls poster kind srclang label loading decoding download rel "
	"disabled checked srcset ";

/* May not stand anywhere inside <p>, or a browser closes it. */
static const char closes_paragraph[] =
	" p div hr h2 h3 h4 h5 h6 blockquote pre ul ol li dl dt dd table "
	"figure figcaption details summary section article aside ";

static bool is_in(const char *list, str word)
{
	char key[64];

	if (word.len == 0 || word.len > 60)
		return false;
	snprintf(key, sizeof(key), " %.*s ", STR_ARG(word));
	return strstr(list, key) != NULL;
}

struct judge {
	str text;
	size_t at;
	str open[2048];
	size_t depth;
};

static void judge_fail(const struct judge *judge, const char *why)
{
	fail_msg("%s at byte %zu of: %.*s", why, judge->at,
		 STR_ARG(judge->text));
}

static str take_name(struct judge *judge)
{
	size_t start = judge->at;
	str name;

	while (judge->at < judge->text.len &&
	       str_find_byte(STR("abcdefghijklmnopqrstuvwxyz0123456789-"),
			     judge->text.data[judge->at]) != STR_NONE)
		judge->at++;
	name = str_between(judge->text, start, judge->at);
	return name;
}

static bool take(struct judge *judge, str expected)
{
	if (!str_starts_with(str_from(judge->text, judge->at), expected))
		return false;
	judge->at += expected.len;
	return true;
}

static void judge_address(const struct judge *judge, str value)
{
	static const char *const good[] = { "http:", "https:", "mailto:",
					    "tel:" };
	size_t colon = str_find_byte(value, ':');
	bool ok = false;

	for (size_t i = 0; i < value.len; i++)
		if ((unsigned char)value.data[i] <= ' ' ||
		    (unsigned char)value.data[i] >= 0x7f)
			judge_fail(judge, "raw byte in an address");
	for (size_t i = 0; i < COUNT_OF(good); i++)
		ok = ok || str_equal_ignoring_case(
				   str_between(value, 0, strlen(good[i])),
				   str_from_c(good[i]));
	for (size_t i = 0; colon != STR_NONE && i < colon; i++)
		ok = ok || str_find_byte(STR("/?#%_~!*();@&=$,"),
					 value.data[i]) != STR_NONE;
	if (colon != STR_NONE && colon > 0 && !ok &&
	    !(value.data[0] >= '0' && value.data[0] <= '9'))
		judge_fail(judge, "a scheme that is not allowed");
}

/* Of width-5 to width-100 only the form. */
static void judge_classes(const struct judge *judge, str value)
{
	str word;

	while (str_split_next(&value, ' ', &word))
		if (!is_in(" align-left align-center align-right align-justify "
			   "indent no-indent dead-link ",
			   word) &&
		    !str_starts_with(word, STR("width-")))
			judge_fail(judge, "a class that is not for texts");
}

static void judge_attribute(struct judge *judge)
{
	str name = take_name(judge);
	size_t start;
	str value;

	if (!is_in(attributes, name))
		judge_fail(judge, "an attribute that is not allowed");
	if (!take(judge, STR("=\"")))
		judge_fail(judge, "an attribute without a quoted value");
	start = judge->at;
	while (judge->at < judge->text.len &&
	       str_find_byte(STR("\"<>'"), judge->text.data[judge->at]) ==
		       STR_NONE)
		judge->at++;
	value = str_between(judge->text, start, judge->at);
	if (!take(judge, STR("\"")))
		judge_fail(judge, "a value that does not end");
	if (is_in(" href src poster ", name))
		judge_address(judge, value);
	if (str_equal_c(name, "class"))
		judge_classes(judge, value);
}

static void judge_nesting(struct judge *judge, str name)
{
	for (size_t i = 0; i < judge->depth; i++) {
		if (str_equal_c(judge->open[i], "p") &&
		    is_in(closes_paragraph, name))
			judge_fail(judge, "a block in a paragraph");
		if (str_equal_c(judge->open[i], "a") && str_equal_c(name, "a"))
			judge_fail(judge, "a link in a link");
	}
}

static bool is_inside(const struct judge *judge, const char *list)
{
	return judge->depth > 0 && is_in(list, judge->open[judge->depth - 1]);
}

static const struct {
	const char *children;
	const char *parents;
} homes[] = {
	{ " li ", " ul ol " },
	{ " dt dd ", " dl " },
	{ " tr ", " thead tbody tfoot " },
	{ " td th ", " tr " },
	{ " caption colgroup thead tbody tfoot ", " table " },
	{ " col ", " colgroup " },
	{ " rt rp ", " ruby " },
	{ " source track ", " audio video " },
	{ " summary ", " details " },
	{ " figcaption ", " figure " },
};

static void judge_parent(struct judge *judge, str name)
{
	static const char structure[] =
		" ul ol dl table thead tbody tfoot tr colgroup ";
	bool has_home = false;

	for (size_t i = 0; i < COUNT_OF(homes); i++) {
		if (!is_in(homes[i].children, name))
			continue;
		has_home = true;
		if (!is_inside(judge, homes[i].parents))
			judge_fail(judge, "an element outside its home");
	}
	if (!has_home && is_inside(judge, structure))
		judge_fail(judge, "a stranger in a list or table");
}

static void judge_tag(struct judge *judge)
{
	bool closes = take(judge, STR("/"));
	str name = take_name(judge);

	if (!is_in(elements, name))
		judge_fail(judge, "an element that is not allowed");
	if (closes) {
		if (judge->depth == 0 ||
		    !str_equal(judge->open[--judge->depth], name))
			judge_fail(judge, "tags that do not match");
	} else {
		judge_nesting(judge, name);
		judge_parent(judge, name);
		while (take(judge, STR(" ")))
			judge_attribute(judge);
		if (!is_in(voids, name) && judge->depth < COUNT_OF(judge->open))
			judge->open[judge->depth++] = name;
	}
	if (!take(judge, STR(">")))
		judge_fail(judge, "a tag that does not end");
}

static void judge_character(struct judge *judge)
{
	static const char *const references[] = { "&amp;", "&lt;", "&gt;",
						  "&quot;", "&#39;" };
	unsigned char c = (unsigned char)judge->text.data[judge->at];

	if (c == '&') {
		for (size_t i = 0; i < COUNT_OF(references); i++)
			if (take(judge, str_from_c(references[i])))
				return;
		judge_fail(judge, "a bare &");
	}
	if (c == '>' || c == '"' || c == '\'' || c == '\r' || c == 0x7f ||
	    (c < ' ' && c != '\n' && c != '\t'))
		judge_fail(judge, "a character that is not escaped");
	judge->at++;
}

bool html_judge_knows(str element)
{
	return is_in(elements, element);
}

void html_judge_safe(str text)
{
	static struct judge judge;

	judge = (struct judge){ .text = text };
	assert_true(unicode_invalid_at(text) == STR_NONE);
	while (judge.at < text.len) {
		if (take(&judge, STR("<")))
			judge_tag(&judge);
		else
			judge_character(&judge);
	}
	if (judge.depth > 0)
		judge_fail(&judge, "an element that is not closed");
}
