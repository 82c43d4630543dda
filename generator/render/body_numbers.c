/*
 * Two groups of figures with a blank between them are looked for from blank to
 * blank. Whether one stands in a tag is asked of those alone, and the way to
 * it is gone once, so that a body costs its length.
 */
#include "render/body_numbers.h"

#include "base/buf.h"

enum {
	GROUP_LEAST = 3,   /* figures: 12 5 is no telephone number */
	CALLED_LEAST = 10, /* with the area code */
	CALLED_MOST = 12,
};

struct body_numbers {
	str html;
	struct buf out;
	size_t copied; /* of `html` that is in `out` */
	size_t seen;   /* of `html`, for `is_in_tag` */
	bool is_in_tag;
	bool is_in_link;
};

static bool is_figure(char byte)
{
	return byte >= '0' && byte <= '9';
}

static bool is_of_group(char byte)
{
	return is_figure(byte) || byte == '(' || byte == ')' || byte == '-';
}

/* Where the group that ends at `end` begins; `end` itself when it is short. */
static size_t group_before(str html, size_t least, size_t end)
{
	size_t start = end;
	size_t figures = 0;

	while (start > least && is_of_group(html.data[start - 1]))
		figures += is_figure(html.data[--start]);
	return figures < GROUP_LEAST ? end : start;
}

static size_t group_behind(str html, size_t start)
{
	size_t end = start;

	while (end < html.len && is_figure(html.data[end]))
		end++;
	return end - start < GROUP_LEAST ? start : end;
}

/* Links do not nest. */
static void note_link(struct body_numbers *numbers, str tag)
{
	if (str_starts_with(tag, STR("<a ")) ||
	    str_starts_with(tag, STR("<a>")))
		numbers->is_in_link = true;
	else if (str_starts_with(tag, STR("</a>")))
		numbers->is_in_link = false;
}

/* Values of attributes have no bare < and >: markup/html_escape.c. */
static bool is_in_tag(struct body_numbers *numbers, size_t at)
{
	for (; numbers->seen < at; numbers->seen++) {
		char byte = numbers->html.data[numbers->seen];

		if (byte == '<' || byte == '>')
			numbers->is_in_tag = byte == '<';
		if (byte == '<')
			note_link(numbers,
				  str_from(numbers->html, numbers->seen));
	}
	return numbers->is_in_tag;
}

/* With an area code in brackets nothing else is meant than a telephone. */
static bool can_be_called(const struct body_numbers *numbers, str number)
{
	size_t figures = 0;

	for (size_t i = 0; i < number.len; i++)
		figures += is_figure(number.data[i]);
	return !numbers->is_in_link && str_starts_with(number, STR("(0")) &&
	       figures >= CALLED_LEAST && figures <= CALLED_MOST;
}

static void add_number(struct body_numbers *numbers, str number)
{
	bool is_link = can_be_called(numbers, number);

	if (is_link) {
		buf_add(&numbers->out, STR("<a class=\"number\" href=\"tel:"));
		for (size_t i = 0; i < number.len; i++)
			if (is_figure(number.data[i]))
				buf_add_byte(&numbers->out, number.data[i]);
		buf_add(&numbers->out, STR("\">"));
	} else {
		buf_add(&numbers->out, STR("<span class=\"number\">"));
	}
	buf_add(&numbers->out, number);
	buf_add(&numbers->out, is_link ? STR("</a>") : STR("</span>"));
}

/* Takes the number whose first blank is at `at`; returns where to go on. */
static size_t take_number(struct body_numbers *numbers, size_t at)
{
	str html = numbers->html;
	size_t start = group_before(html, numbers->copied, at);
	size_t end = start == at ? at : group_behind(html, at + 1);

	if (start == at || end == at + 1 || is_in_tag(numbers, at))
		return at + 1;
	while (end < html.len && html.data[end] == ' ' &&
	       group_behind(html, end + 1) > end + 1)
		end = group_behind(html, end + 1);
	buf_add(&numbers->out, str_between(html, numbers->copied, start));
	add_number(numbers, str_between(html, start, end));
	numbers->copied = end;
	return end;
}

str body_numbers(str html, struct arena *arena)
{
	struct body_numbers numbers = { .html = html };
	size_t at = 0;

	buf_init(&numbers.out, arena);
	while (at < html.len) {
		size_t blank = str_find_byte(str_from(html, at), ' ');

		if (blank == STR_NONE)
			break;
		at = take_number(&numbers, at + blank);
	}
	if (numbers.copied == 0)
		return html;
	buf_add(&numbers.out, str_from(html, numbers.copied));
	return buf_str(&numbers.out);
}
