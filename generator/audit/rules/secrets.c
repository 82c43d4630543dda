/* Keys and passwords in texts (rules.md R-SEC-02). */
#include "audit/rule.h"
#include "base/unicode.h"

rule_function rule_secret_key;

/* As keys begin, whoever made them. */
static const char *const beginnings[] = {
	"-----BEGIN RSA PRIVATE KEY-----",
	"-----BEGIN OPENSSH PRIVATE KEY-----",
	"-----BEGIN EC PRIVATE KEY-----",
	"-----BEGIN PRIVATE KEY-----",
	"-----BEGIN ENCRYPTED PRIVATE KEY-----",
};

/* Behind these stands one, if it is of letters and digits. */
static const char *const names[] = { "密码",	   "口令",    "password",
				     "passwd",	   "secret",  "token",
				     "access_key", "api_key", NULL };

enum { LEAST = 6 };

/* Letters and digits, at least one of each, behind "：" or "=". */
static size_t password_behind(size_t *start, const struct text_points *text,
			      size_t point)
{
	bool has_digit = false;
	bool has_letter = false;

	if (text_points_at(text, point) == 0x4e3a ||
	    text_points_at(text, point) == 0x662f) /* 为, 是 */
		point++;
	else if (text_points_at(text, point) == ':' ||
		 text_points_at(text, point) == '=')
		point += text_points_at(text, point + 1) == ' ' ? 2 : 1;
	else
		return 0;
	*start = point;
	for (;; point++) {
		uint32_t sign = text_points_at(text, point);

		if (unicode_is_digit(sign))
			has_digit = true;
		else if (sign >= 'a' && sign <= 'z')
			has_letter = true;
		else if (sign != '@' && sign != '#' && sign != '!' &&
			 sign != '_' && sign != '-' && sign != '$')
			break;
	}
	return has_digit && has_letter && point - *start >= LEAST ? point : 0;
}

static void tell(struct finding_log *log, struct span span)
{
	diag_help(log->diags,
		  finding_add(log, span, "%s",
			      _("a key or password stands in the text")),
		  "%s",
		  _("have it changed at once: whoever has the library has it; "
		    "then take it out"));
}

void rule_secret_key(const struct rule_input *input, struct finding_log *log)
{
	const struct scanned_text *text = rule_scanned(input);
	size_t start;

	for (size_t i = 0; i < COUNT_OF(beginnings); i++)
		if (str_find(text->folded.text, str_from_c(beginnings[i])) !=
		    STR_NONE) {
			tell(log, rule_place(input, str_from_c(beginnings[i])));
			return;
		}
	for (size_t i = 1; i < text->folded.count; i++) {
		size_t end;

		if (text_points_at(&text->folded, i) != ':' &&
		    text_points_at(&text->folded, i) != '=' &&
		    text_points_at(&text->folded, i) != 0x4e3a &&
		    text_points_at(&text->folded, i) != 0x662f)
			continue;
		end = password_behind(&start, &text->folded, i);
		if (end == 0 ||
		    !text_points_has_before(&text->folded, i, 12, names))
			continue;
		tell(log, rule_place(input, text_points_slice(&text->folded,
							      start, end)));
		return;
	}
}
