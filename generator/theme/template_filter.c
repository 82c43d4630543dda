/*
 * A filter is a row: its name, the kinds that it takes and gives, its
 * argument, its function. The loader asks the same rows before any page is
 * made, so a filter cannot fail on a page for a reason that could have been
 * told with the theme.
 */
#include "theme/template_filter.h"

#include <string.h>

#include "base/unicode.h"
#include "theme/template_escape.h"
#include "theme/title_phrases.h"

enum argument_kind { ARGUMENT_NONE, ARGUMENT_TEXT, ARGUMENT_NUMBER };

struct filter {
	const char *name;
	enum argument_kind argument;
	unsigned takes;	       /* bits 1 << enum value_kind */
	enum value_kind gives; /* VALUE_NONE: what it takes */
	struct value (*apply)(const struct filter_call *call,
			      struct value value, struct arena *arena);
	bool (*check)(const struct filter_call *call, struct arena *arena);
	const char *example;
};

/* --- the filters ---------------------------------------------------------- */

static struct value apply_date(const struct filter_call *call,
			       struct value value, struct arena *arena)
{
	struct buf text;

	if (!value_is_true(value))
		return value_none();
	buf_init(&text, arena);
	moment_format(&text, value.as.moment, call->text);
	return value_text(buf_str(&text));
}

static bool check_date(const struct filter_call *call, struct arena *arena)
{
	struct buf text;

	buf_init(&text, arena);
	return moment_format(&text, moment_from_seconds(0, 0), call->text);
}

/* A Chinese character is a word of its own here. */
static bool splits_word(str text, size_t at)
{
	size_t before = at;
	size_t behind = at;
	uint32_t left = unicode_previous(text, &before);
	uint32_t right = unicode_next(text, &behind);

	return unicode_is_word(left) && !unicode_is_cjk(left) &&
	       unicode_is_word(right) && !unicode_is_cjk(right);
}

/* Where the text of so many cells ends; a word is not cut in two. */
static size_t fitting_end(str text, size_t cells)
{
	size_t used = 0;
	size_t at = 0;
	size_t end;

	while (at < text.len) {
		end = at;
		unicode_next(text, &at);
		used += unicode_cells(str_between(text, end, at));
		if (used <= cells)
			continue;
		at = end;
		while (at > 0 && splits_word(text, at))
			unicode_previous(text, &at);
		return at > 0 ? at : end;
	}
	return text.len;
}

static struct value apply_truncate(const struct filter_call *call,
				   struct value value, struct arena *arena)
{
	str text = value.as.text;
	size_t end = fitting_end(text, 2 * (size_t)call->number);

	if (end == text.len)
		return value;
	text = str_trim(str_between(text, 0, end));
	return value_text(arena_join(arena, (str[]){ text, STR("…") }, 2));
}

static bool check_truncate(const struct filter_call *call, struct arena *arena)
{
	(void)arena;
	return call->number > 0;
}

static str printed(struct value value, struct arena *arena)
{
	struct buf text;

	buf_init(&text, arena);
	switch (value.kind) {
	case VALUE_TEXT:
	case VALUE_URL:
		return value.as.text;
	case VALUE_NUMBER:
		filter_print_number(&text, value.as.number);
		break;
	case VALUE_MOMENT:
		filter_print_moment(&text, value.as.moment);
		break;
	default:
		break;
	}
	return buf_str(&text);
}

static struct value apply_url(const struct filter_call *call,
			      struct value value, struct arena *arena)
{
	struct buf text;

	(void)call;
	buf_init(&text, arena);
	template_escape_url(&text, printed(value, arena));
	return value_url(buf_str(&text));
}

static struct value apply_json(const struct filter_call *call,
			       struct value value, struct arena *arena)
{
	struct buf text;

	(void)call;
	buf_init(&text, arena);
	if (value.kind == VALUE_NONE ||
	    (value.kind == VALUE_MOMENT && !value.as.moment.is_set))
		return value_text(STR("null"));
	if (value.kind == VALUE_TRUTH)
		return value_text(value.as.truth ? STR("true") : STR("false"));
	if (value.kind == VALUE_NUMBER)
		filter_print_number(&text, value.as.number);
	else
		template_escape_json(&text, printed(value, arena));
	return value_text(buf_str(&text));
}

static struct value apply_default(const struct filter_call *call,
				  struct value value, struct arena *arena)
{
	(void)arena;
	if (value.kind == VALUE_NONE || value.as.text.len == 0)
		return (struct value){
			.kind = value.kind == VALUE_URL ? VALUE_URL
							: VALUE_TEXT,
			.as.text = call->text,
		};
	return value;
}

static struct value apply_size(const struct filter_call *call,
			       struct value value, struct arena *arena)
{
	(void)call;
	(void)arena;
	if (value.kind == VALUE_LIST)
		return value_number((int64_t)value.as.list.count);
	if (value.kind == VALUE_TEXT)
		return value_number((int64_t)unicode_count(value.as.text));
	return value_number(0);
}

/* A time as machines read it, and no hour that was not written. */
static struct value apply_iso(const struct filter_call *call,
			      struct value value, struct arena *arena)
{
	struct moment moment = value.as.moment;
	struct buf text;

	(void)call;
	if (!value_is_true(value))
		return value_none();
	buf_init(&text, arena);
	moment_format(&text, moment,
		      moment.has_time ? STR("%Y-%m-%dT%H:%M%z")
				      : STR("%Y-%m-%d"));
	return value_text(buf_str(&text));
}

/* A date in the form of the site's language, whatever hour was written. */
static struct value apply_day(const struct filter_call *call,
			      struct value value, struct arena *arena)
{
	(void)call;
	(void)arena;
	if (value.kind == VALUE_MOMENT)
		value.as.moment.has_time = false;
	return value;
}

/* ） after an area code, from its first byte to its last. */
static bool is_wide_bracket(str text, size_t at)
{
	const str bracket = STR("）");

	for (size_t i = 0; i < bracket.len && i <= at; i++)
		if (str_starts_with(str_from(text, at - i), bracket))
			return true;
	return false;
}

/* The address that dials the first number in a text; nothing if none is. */
static struct value apply_tel(const struct filter_call *call,
			      struct value value, struct arena *arena)
{
	enum { DIGITS_LEAST = 3, DIGITS_MOST = 15 };
	str text = value.as.text;
	struct buf address;
	size_t digits = 0;

	(void)call;
	buf_init(&address, arena);
	buf_add(&address, STR("tel:"));
	for (size_t i = 0; i < text.len && digits < DIGITS_MOST; i++) {
		char byte = text.data[i];

		if (byte >= '0' && byte <= '9') {
			buf_add_byte(&address, byte);
			digits++;
		} else if (byte == '+' && digits == 0) {
			buf_init(&address, arena);
			buf_add(&address, STR("tel:+"));
		} else if (digits >= DIGITS_LEAST && byte != ' ' &&
			   byte != '-' && byte != ')' &&
			   !is_wide_bracket(text, i)) {
			break;
		}
	}
	return digits < DIGITS_LEAST ? value_none()
				     : value_url(buf_str(&address));
}

/* Parts of a title that stay together on a line. */
static struct value apply_phrases(const struct filter_call *call,
				  struct value value, struct arena *arena)
{
	struct buf out;

	(void)call;
	buf_init(&out, arena);
	title_phrases(&out, value.as.text);
	return value_html(buf_str(&out));
}

/* A figure as drawings take it, 5.5 or -0.3; nothing if it is none. */
static struct value apply_number(const struct filter_call *call,
				 struct value value, struct arena *arena)
{
	str text = value.as.text;
	bool has_point = false;
	size_t digits = 0;

	(void)call;
	(void)arena;
	for (size_t i = 0; i < text.len; i++) {
		char byte = text.data[i];

		if (byte >= '0' && byte <= '9')
			digits++;
		else if (byte == '.' && !has_point && digits > 0)
			has_point = true;
		else if (byte != '-' || i > 0)
			return value_none();
	}
	return digits == 0 || text.data[text.len - 1] == '.' ? value_none()
							     : value;
}

static struct value apply_is(const struct filter_call *call, struct value value,
			     struct arena *arena)
{
	(void)arena;
	return value_truth(str_equal(value.as.text, call->text));
}

static const struct filter filters[] = {
	{
		.name = "date",
		.argument = ARGUMENT_TEXT,
		.takes = 1u << VALUE_MOMENT,
		.gives = VALUE_TEXT,
		.apply = apply_date,
		.check = check_date,
		.example = "date: \"%Y-%m-%d\"",
	},
	{
		.name = "truncate",
		.argument = ARGUMENT_NUMBER,
		.takes = 1u << VALUE_TEXT,
		.gives = VALUE_TEXT,
		.apply = apply_truncate,
		.check = check_truncate,
		.example = "truncate: 40",
	},
	{
		.name = "url",
		.takes =
			1u << VALUE_TEXT | 1u << VALUE_URL | 1u << VALUE_NUMBER,
		.gives = VALUE_URL,
		.apply = apply_url,
		.example = "url",
	},
	{
		.name = "json",
		.takes = 1u << VALUE_TEXT | 1u << VALUE_URL |
			 1u << VALUE_NUMBER | 1u << VALUE_TRUTH |
			 1u << VALUE_MOMENT,
		.gives = VALUE_TEXT,
		.apply = apply_json,
		.example = "json",
	},
	{
		.name = "default",
		.argument = ARGUMENT_TEXT,
		.takes = 1u << VALUE_TEXT | 1u << VALUE_URL,
		.apply = apply_default,
		.example = "default: \"—\"",
	},
	{
		.name = "size",
		.takes = 1u << VALUE_TEXT | 1u << VALUE_LIST,
		.gives = VALUE_NUMBER,
		.apply = apply_size,
		.example = "size",
	},
	{
		.name = "iso",
		.takes = 1u << VALUE_MOMENT,
		.gives = VALUE_TEXT,
		.apply = apply_iso,
		.example = "iso",
	},
	{
		.name = "day",
		.takes = 1u << VALUE_MOMENT,
		.gives = VALUE_MOMENT,
		.apply = apply_day,
		.example = "day",
	},
	{
		.name = "tel",
		.takes = 1u << VALUE_TEXT,
		.gives = VALUE_URL,
		.apply = apply_tel,
		.example = "tel",
	},
	{
		.name = "phrases",
		.takes = 1u << VALUE_TEXT,
		.gives = VALUE_HTML,
		.apply = apply_phrases,
		.example = "phrases",
	},
	{
		.name = "number",
		.takes = 1u << VALUE_TEXT,
		.gives = VALUE_TEXT,
		.apply = apply_number,
		.example = "number",
	},
	{
		.name = "is",
		.argument = ARGUMENT_TEXT,
		.takes = 1u << VALUE_TEXT,
		.gives = VALUE_TRUTH,
		.apply = apply_is,
		.example = "is: \"0\"",
	},
};

const char *filter_name(const struct filter *filter)
{
	return filter->name;
}

bool filter_is_json(const struct filter *filter)
{
	return filter->apply == apply_json;
}

bool filter_result(enum value_kind *out, const struct filter *filter,
		   enum value_kind kind)
{
	if ((filter->takes & 1u << kind) == 0)
		return false;
	*out = filter->gives == VALUE_NONE ? kind : filter->gives;
	return true;
}

static bool takes_absent(const struct filter *filter)
{
	return filter->apply == apply_json || filter->apply == apply_default ||
	       filter->apply == apply_size;
}

struct value filter_apply(const struct filter_call *call, struct value value,
			  struct arena *arena)
{
	enum value_kind ignored;

	if (value.kind == VALUE_NONE
		    ? !takes_absent(call->filter)
		    : !filter_result(&ignored, call->filter, value.kind))
		return value_none();
	return call->filter->apply(call, value, arena);
}

void filter_print_number(struct buf *out, int64_t number)
{
	char digits[20];
	size_t at = sizeof(digits);
	uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;

	do {
		digits[--at] = (char)('0' + rest % 10);
		rest /= 10;
	} while (rest > 0);
	if (number < 0)
		buf_add_byte(out, '-');
	buf_add(out, (str){ digits + at, sizeof(digits) - at });
}

void filter_print_moment(struct buf *out, struct moment moment)
{
	if (moment.is_set)
		moment_format(out, moment,
			      moment.has_time ? STR("%Y-%m-%d %H:%M")
					      : STR("%Y-%m-%d"));
}

const char *value_kind_name(enum value_kind kind)
{
	switch (kind) {
	case VALUE_NONE:
		return _("nothing");
	case VALUE_TEXT:
		return _("a text");
	case VALUE_HTML:
		return _("markup");
	case VALUE_URL:
		return _("an address");
	case VALUE_NUMBER:
		return _("a number");
	case VALUE_TRUTH:
		return _("true or false");
	case VALUE_MOMENT:
		return _("a time");
	case VALUE_LIST:
		return _("a list");
	case VALUE_OBJECT:
		return _("an object");
	}
	return "";
}

/* --- reading them --------------------------------------------------------- */

/* Walks over the text behind the first | of a tag. */
struct filter_reader {
	const struct source *source;
	str text;
	size_t at;
	struct arena *arena;
	struct diag_list *diags;
};

static void skip_space(struct filter_reader *reader)
{
	while (reader->at < reader->text.len &&
	       str_trim(str_between(reader->text, reader->at, reader->at + 1))
			       .len == 0)
		reader->at++;
}

static bool next_is(const struct filter_reader *reader, char byte)
{
	return reader->at < reader->text.len &&
	       reader->text.data[reader->at] == byte;
}

static struct span span_from(const struct filter_reader *reader, size_t start)
{
	size_t end = reader->at > start ? reader->at : start + 1;

	return span_of_part(reader->source,
			    str_between(reader->text, start, end));
}

static str read_word(struct filter_reader *reader)
{
	size_t start = reader->at;

	while (reader->at < reader->text.len) {
		char byte = reader->text.data[reader->at];

		if (!((byte >= 'a' && byte <= 'z') ||
		      (byte >= '0' && byte <= '9') || byte == '_' ||
		      (byte >= 'A' && byte <= 'Z')))
			break;
		reader->at++;
	}
	return str_between(reader->text, start, reader->at);
}

static const struct filter *find_filter(struct filter_reader *reader, str name,
					struct span span)
{
	str names[COUNT_OF(filters)];
	struct diag *diag;
	str nearest;

	for (size_t i = 0; i < COUNT_OF(filters); i++) {
		names[i] = str_from_c(filters[i].name);
		if (str_equal(name, names[i]))
			return &filters[i];
	}
	diag = diag_error(reader->diags, span, "template-filter",
			  _("there is no filter \"%.*s\""), STR_ARG(name));
	nearest = str_nearest(name, names, COUNT_OF(names));
	if (nearest.len > 0)
		diag_help(reader->diags, diag, _("did you mean \"%.*s\"?"),
			  STR_ARG(nearest));
	else
		diag_help(reader->diags, diag, _("the filters are %s"),
			  "date, truncate, url, json, default, size, iso, day, "
			  "tel, phrases, number, is");
	return NULL;
}

static bool bad_argument(struct filter_reader *reader, struct span span,
			 const struct filter *filter)
{
	struct diag *diag;

	diag = diag_error(reader->diags, span, "template-filter-argument",
			  _("the filter \"%s\" cannot be used like this"),
			  filter->name);
	diag_help(reader->diags, diag, _("write it as in {{x | %s}}"),
		  filter->example);
	return false;
}

static bool read_quoted(struct filter_reader *reader, str *out)
{
	size_t end;

	if (!next_is(reader, '"'))
		return false;
	end = str_find_byte(str_from(reader->text, reader->at + 1), '"');
	if (end == STR_NONE)
		return false;
	*out = str_between(reader->text, reader->at + 1, reader->at + 1 + end);
	reader->at += end + 2;
	return true;
}

static bool read_value(struct filter_reader *reader, struct filter_call *call)
{
	if (call->filter->argument == ARGUMENT_TEXT)
		return read_quoted(reader, &call->text);
	return str_to_u64(&call->number, read_word(reader)) &&
	       call->number <= FILTER_NUMBER_LIMIT;
}

static bool read_argument(struct filter_reader *reader,
			  struct filter_call *call)
{
	const struct filter *filter = call->filter;
	size_t start;
	bool given;

	skip_space(reader);
	given = next_is(reader, ':');
	if (given != (filter->argument != ARGUMENT_NONE))
		return bad_argument(reader, call->span, filter);
	if (!given)
		return true;
	reader->at++;
	skip_space(reader);
	start = reader->at;
	if (!read_value(reader, call) ||
	    (filter->check != NULL && !filter->check(call, reader->arena)))
		return bad_argument(reader, span_from(reader, start), filter);
	skip_space(reader);
	return true;
}

static bool read_call(struct filter_reader *reader, struct filter_call *call)
{
	size_t start;
	str name;

	skip_space(reader);
	start = reader->at;
	name = read_word(reader);
	call->span = span_from(reader, start);
	if (name.len == 0) {
		diag_error(reader->diags, call->span, "template-filter",
			   _("the name of a filter must stand behind |"));
		return false;
	}
	call->filter = find_filter(reader, name, call->span);
	return call->filter != NULL && read_argument(reader, call);
}

static bool read_separator(struct filter_reader *reader)
{
	size_t start = reader->at;

	if (next_is(reader, '|')) {
		reader->at++;
		return true;
	}
	reader->at = reader->text.len;
	diag_error(reader->diags, span_from(reader, start), "template-filter",
		   _("only | and another filter may stand here"));
	return false;
}

bool filter_parse(const struct filter_call **out, size_t *count,
		  const struct source *source, str text, struct arena *arena,
		  struct diag_list *diags)
{
	struct filter_reader reader = {
		.source = source, .text = text, .arena = arena, .diags = diags
	};
	struct filter_call calls[FILTER_CHAIN_LIMIT] = { 0 };
	struct filter_call *copy;

	*count = 0;
	do {
		if (*count == FILTER_CHAIN_LIMIT) {
			diag_error(diags, span_of_part(source, text),
				   "template-filter",
				   _("more than %d filters in one tag"),
				   FILTER_CHAIN_LIMIT);
			return false;
		}
		if (!read_call(&reader, &calls[*count]))
			return false;
		(*count)++;
	} while (reader.at < text.len && read_separator(&reader));
	copy = arena_array(arena, *count, sizeof(*copy));
	memcpy(copy, calls, *count * sizeof(*copy));
	*out = copy;
	return true;
}
