#include "markup/html_attribute.h"

enum {
	DIGITS_LIMIT = 5,    /* width, height, colspan */
	LANGUAGE_LIMIT = 35, /* RFC 5646, 4.4.1 */
	WORDS_LIMIT = 200,
};

void html_filter_removed(struct html_filter *filter, str what)
{
	if (filter->removed.count++ == 0)
		filter->removed.what = arena_copy(filter->arena, what);
}

static bool is_control(str text, size_t at)
{
	unsigned char c = (unsigned char)text.data[at];

	return (c < ' ' && c != '\n' && c != '\t') || c == 0x7f;
}

/* U+0080 to U+009F in UTF-8 */
static bool is_high_control(str text, size_t at)
{
	return (unsigned char)text.data[at] == 0xc2 && at + 1 < text.len &&
	       (unsigned char)text.data[at + 1] < 0xa0;
}

str html_filter_text(struct html_filter *filter, str text)
{
	char *data = arena_alloc(filter->arena, text.len + 1);
	size_t len = 0;

	for (size_t i = 0; i < text.len; i++) {
		if (is_high_control(text, i))
			i++;
		else if (!is_control(text, i))
			data[len++] = text.data[i];
	}
	return (str){ data, len };
}

/* --- values --------------------------------------------------------------- */

static bool is_one_of(str value, const char *choices)
{
	str rest = str_from_c(choices);
	str choice;

	while (str_split_next(&rest, ' ', &choice))
		if (str_equal(choice, value))
			return true;
	return false;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter_or_digit(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool has_only(str value, str others, size_t limit)
{
	if (value.len == 0 || value.len > limit)
		return false;
	for (size_t i = 0; i < value.len; i++)
		if (!is_letter_or_digit(value.data[i]) &&
		    str_find_byte(others, value.data[i]) == STR_NONE)
			return false;
	return true;
}

static bool is_number(str value)
{
	uint64_t number;

	return value.len <= DIGITS_LIMIT && str_to_u64(&number, value);
}

static bool is_integer(str value)
{
	return is_number(str_starts_with(value, STR("-")) ? str_from(value, 1)
							  : value);
}

static bool is_id(str value)
{
	if (value.len == 0)
		return false;
	for (size_t i = 0; i < value.len; i++)
		if ((unsigned char)value.data[i] <= ' ')
			return false;
	return true;
}

/* The values whose text alone decides; NULL in `choices` is no reason. */
static bool is_plain_value(const struct html_attribute *attribute, str value)
{
	switch (attribute->value) {
	case HTML_ANY:
	case HTML_FLAG:
		return true;
	case HTML_CHOICE:
		return is_one_of(value, attribute->choices);
	case HTML_DIGITS:
		return is_number(value);
	case HTML_INTEGER:
		return is_integer(value);
	case HTML_WORDS:
		return has_only(value, STR("- "), WORDS_LIMIT);
	case HTML_LANGUAGE:
		return has_only(value, STR("-"), LANGUAGE_LIMIT);
	case HTML_MOMENT:
		return has_only(value, STR("-:.+ "), WORDS_LIMIT);
	case HTML_MEDIA_TYPE:
		return has_only(value, STR("-.+/;=, "), WORDS_LIMIT);
	default:
		return false;
	}
}

/* --- addresses ------------------------------------------------------------ */

static bool is_scheme_allowed(str scheme, enum html_value kind)
{
	if (is_one_of(scheme, "http https") || scheme.len == 0)
		return true;
	return kind == HTML_LINK && is_one_of(scheme, "mailto tel");
}

static bool check_scheme(struct html_filter *filter, str address,
			 enum html_value kind)
{
	str scheme = html_url_scheme(address, filter->arena);

	if (is_scheme_allowed(scheme, kind))
		return true;
	html_filter_removed(
		filter, arena_printf(filter->arena, "%.*s:", STR_ARG(scheme)));
	return false;
}

/* Browsers throw line ends and tabs in addresses away, wherever they are. */
static str without_breaks(str address, struct arena *arena)
{
	char *data = arena_alloc(arena, address.len + 1);
	size_t len = 0;

	for (size_t i = 0; i < address.len; i++)
		if (address.data[i] != '\n' && address.data[i] != '\t')
			data[len++] = address.data[i];
	return str_trim((str){ data, len });
}

static bool resolve(struct html_filter *filter, str *address,
		    enum html_value kind)
{
	const struct html_options *options = filter->options;

	if (options->address == NULL)
		return true;
	return options->address(options->context, address,
				kind == HTML_SOURCE) &&
	       check_scheme(filter, *address, kind);
}

static bool clean_address(str *address, struct html_filter *filter,
			  enum html_value kind)
{
	struct buf encoded;
	str text = without_breaks(*address, filter->arena);

	if (text.len == 0 || !check_scheme(filter, text, kind))
		return false;
	buf_init(&encoded, filter->arena);
	if (text.data[0] == '#') {
		str prefix =
			text.len > 1 ? filter->options->id_prefix : STR("");

		text = arena_printf(filter->arena, "#%.*s%.*s", STR_ARG(prefix),
				    STR_ARG(str_from(text, 1)));
	} else if (!resolve(filter, &text, kind)) {
		return false;
	}
	html_escape_url(&encoded, text);
	*address = buf_str(&encoded);
	return true;
}

/* The second element with an id would never be found: it loses the id. */
static bool clean_id(str *id, struct html_filter *filter)
{
	str prefix = filter->options->id_prefix;

	if (!is_id(*id))
		return false;
	*id = arena_join(filter->arena, (const str[]){ prefix, *id }, 2);
	return map_add(&filter->ids, *id, "");
}

static bool clean_value(str *value, struct html_filter *filter,
			const struct html_attribute *attribute)
{
	switch (attribute->value) {
	case HTML_LINK:
	case HTML_SOURCE:
		return clean_address(value, filter, attribute->value);
	case HTML_ID:
		return clean_id(value, filter);
	case HTML_FLAG:
		*value = STR("");
		return true;
	case HTML_ANY:
		return true;
	default:
		*value = str_trim(*value);
		return is_plain_value(attribute, *value);
	}
}

/* --- all of one element --------------------------------------------------- */

static bool write_attribute(struct buf *out, struct html_filter *filter,
			    const struct html_attribute *attribute, str written)
{
	str value = html_filter_text(filter, written);
	size_t removed = filter->removed.count;

	if (!clean_value(&value, filter, attribute)) {
		if (filter->removed.count == removed)
			html_filter_removed(filter,
					    str_from_c(attribute->name));
		return false;
	}
	buf_add_byte(out, ' ');
	buf_add_c(out, attribute->name);
	buf_add(out, STR("=\""));
	html_escape(out, value);
	buf_add_byte(out, '"');
	return true;
}

static size_t count_words(const char *words)
{
	str rest = str_from_c(words);
	str word;
	size_t count = 0;

	while (rest.len > 0 && str_split_next(&rest, ' ', &word))
		count++;
	return count;
}

bool html_attributes(str *out, struct html_filter *filter,
		     const struct html_element *element,
		     const unsigned char **attributes)
{
	size_t missing = count_words(element->required);
	struct buf text;

	buf_init(&text, filter->arena);
	for (; attributes != NULL && attributes[0] != NULL; attributes += 2) {
		const char *name = (const char *)attributes[0];
		str value = str_from_c((const char *)attributes[1]);
		const struct html_attribute *found =
			html_attribute_find(element, name);

		if (found == NULL)
			html_filter_removed(filter, str_from_c(name));
		else if (write_attribute(&text, filter, found, value) &&
			 missing > 0 &&
			 is_one_of(str_from_c(name), element->required))
			missing--;
	}
	*out = buf_str(&text);
	return missing == 0;
}
