/*
 * What stays of the attributes of a tag.
 *
 * Old pages say in attributes and styles what a theme says today (colours,
 * fonts, borders), and some of what the text itself says: a centred line, a
 * numbering with letters, a struck price. The first goes; the second is kept
 * in the form that has taken its place: a class of the closed list, `type` of
 * a list, an element inside. Whatever does not stay as it was written is told,
 * with its place, to whoever asked.
 */
#include "markup/html_attribute.h"

#include <string.h>

#include "markup/html_value.h"
#include "markup/html_writing.h"

/* --- places --------------------------------------------------------------- */

/* The end of a value that starts here, with its quotes. */
static size_t value_end(str text, size_t at)
{
	char quote = str_at(text, at);

	if (quote == '"' || quote == '\'') {
		for (at++; at < text.len && text.data[at] != quote; at++)
			;
		return at < text.len ? at + 1 : at;
	}
	while (at < text.len && !byte_is_space(text.data[at]) &&
	       text.data[at] != '>')
		at++;
	return at;
}

/* One attribute of the tag: where its name starts and its value ends. */
static bool next_attribute(str tag, size_t *at, size_t *start, str *name)
{
	size_t i = *at;

	while (i < tag.len &&
	       (byte_is_space(tag.data[i]) || tag.data[i] == '/'))
		i++;
	*start = i;
	while (i < tag.len && !byte_is_space(tag.data[i]) &&
	       tag.data[i] != '=' && tag.data[i] != '/' && tag.data[i] != '>')
		i++;
	*name = str_between(tag, *start, i);
	*at = i;
	while (i < tag.len && byte_is_space(tag.data[i]))
		i++;
	if (i < tag.len && tag.data[i] == '=') {
		for (i++; i < tag.len && byte_is_space(tag.data[i]); i++)
			;
		*at = value_end(tag, i);
	}
	return *at > *start;
}

static void find_attribute(struct html_filter *filter, const char *wanted,
			   size_t *start, size_t *end)
{
	str tag = str_between(filter->text, filter->start, filter->end);
	size_t at = 1 + filter->element.len;
	size_t from;
	str name;

	if (filter->found != NULL && filter->found_tag == filter->start &&
	    strcmp(filter->found, wanted) == 0) {
		*start = filter->found_start;
		*end = filter->found_end;
		return;
	}
	while (at < tag.len && next_attribute(tag, &at, &from, &name))
		if (str_equal_ignoring_case(name, str_from_c(wanted))) {
			*start = filter->start + from;
			*end = filter->start + at;
			filter->found = wanted;
			filter->found_tag = filter->start;
			filter->found_start = *start;
			filter->found_end = *end;
			return;
		}
}

void html_filter_tell(const struct html_filter *filter,
		      struct html_remark *remark)
{
	if (filter->options->report == NULL || remark->start < filter->before)
		return;
	remark->start -= filter->before;
	remark->end -= filter->before;
	filter->options->report(filter->options->context, remark);
}

void html_filter_remark(struct html_filter *filter, enum html_reason reason,
			const char *attribute, str value)
{
	struct html_remark remark = { .reason = reason,
				      .element = filter->element,
				      .attribute = str_from_c(attribute),
				      .value = value,
				      .start = filter->start,
				      .end = filter->end };

	if (attribute != NULL)
		find_attribute(filter, attribute, &remark.start, &remark.end);
	html_filter_tell(filter, &remark);
}

/* --- text ----------------------------------------------------------------- */

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

/* --- addresses ------------------------------------------------------------ */

static bool is_scheme_allowed(str scheme, enum html_use use)
{
	if (html_value_is_one_of(scheme, "http https") || scheme.len == 0)
		return true;
	return use == HTML_USE_LINK &&
	       html_value_is_one_of(scheme, "mailto tel");
}

/* Nobody who resolves addresses is asked about these. */
static bool is_dangerous(str scheme)
{
	return html_value_is_one_of(scheme,
				    "javascript data vbscript file blob");
}

static bool check_scheme(struct html_writing *writing, const char *attribute,
			 str address, enum html_use use, bool is_resolved)
{
	struct arena *arena = writing->filter->arena;
	str scheme = html_url_scheme(address, arena);

	if (is_resolved ? is_scheme_allowed(scheme, use)
			: !is_dangerous(scheme))
		return true;
	html_filter_remark(writing->filter, HTML_REASON_SCHEME, attribute,
			   arena_printf(arena, "%.*s:", STR_ARG(scheme)));
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

/* Without somebody who knows, an anchor is one of this text. */
static bool resolve(struct html_writing *writing, const char *attribute,
		    struct html_target *target, enum html_use use)
{
	struct html_filter *filter = writing->filter;
	const struct html_options *options = filter->options;
	str address = target->address;
	size_t start = filter->start;
	size_t end = filter->end;

	if (options->address == NULL) {
		if (address.data[0] == '#' && address.len > 1)
			target->address =
				arena_printf(filter->arena, "#%.*s%.*s",
					     STR_ARG(options->id_prefix),
					     STR_ARG(str_from(address, 1)));
		return use != HTML_USE_FRAME;
	}
	find_attribute(filter, attribute, &start, &end);
	return options->address(options->context, target, use,
				start - filter->before);
}

static bool clean_address(str *address, struct html_writing *writing,
			  const char *attribute, enum html_use use)
{
	struct html_filter *filter = writing->filter;
	struct html_target target = { .address = without_breaks(
					      *address, filter->arena) };
	struct buf encoded;

	if (target.address.len == 0 &&
	    (use != HTML_USE_LINK || filter->options->address == NULL)) {
		html_filter_remark(filter, HTML_REASON_VALUE, attribute,
				   *address);
		return false;
	}
	if (!check_scheme(writing, attribute, target.address, use,
			  filter->options->address == NULL))
		return false;
	if (!resolve(writing, attribute, &target, use)) {
		writing->out->is_dead = use == HTML_USE_LINK;
		return false;
	}
	if (!check_scheme(writing, attribute, target.address, use, true))
		return false;
	buf_init(&encoded, filter->arena);
	html_escape_url(&encoded, target.address);
	*address = buf_str(&encoded);
	writing->extra = target.attributes;
	if (strcmp(attribute, "src") == 0 &&
	    str_equal_c(STR("img"), writing->element->name))
		writing->size = target.size;
	return true;
}

/*
 * "a.png 1x, b.png 2x": an address ends at white space, or at the comma behind
 * it; what stands up to the next comma is its size.
 */
static bool clean_addresses(str *value, struct html_writing *writing,
			    const char *attribute)
{
	struct html_filter *filter = writing->filter;
	str rest = *value;
	struct buf out;

	buf_init(&out, filter->arena);
	while (str_trim(rest).len > 0) {
		str size = STR("");
		str address;
		bool ends;

		(void)str_next_word(&rest, &address);
		ends = str_ends_with(address, STR(","));
		if (ends)
			address.len--;
		else
			(void)str_split_next(&rest, ',', &size);
		size = str_trim(size);
		if (address.len == 0 ||
		    (size.len > 0 &&
		     !html_value_has_only(size, STR("."), HTML_WORDS_LIMIT)) ||
		    !clean_address(&address, writing, attribute,
				   HTML_USE_IMAGE))
			continue;
		buf_add(&out, out.len > 0 ? STR(", ") : STR(""));
		buf_add(&out, address);
		buf_add(&out, size.len > 0 ? STR(" ") : STR(""));
		buf_add(&out, size);
	}
	*value = buf_str(&out);
	return out.len > 0;
}

/* --- ids and classes ------------------------------------------------------ */

static struct map *ids_of(struct html_filter *filter)
{
	return filter->options->ids != NULL ? filter->options->ids
					    : &filter->own_ids;
}

/* The second element with an id would never be found: it loses the id. */
static void add_id(struct html_writing *writing, const char *attribute, str id)
{
	struct html_filter *filter = writing->filter;
	str prefix = filter->options->id_prefix;

	if (!html_value_is_id(id)) {
		html_filter_remark(filter, HTML_REASON_VALUE, attribute, id);
		return;
	}
	id = arena_join(filter->arena, (const str[]){ prefix, id }, 2);
	if (str_equal(id, writing->id))
		return; /* name and id are often the same */
	if (!map_add(ids_of(filter), id, ""))
		html_filter_remark(filter, HTML_REASON_TWICE, attribute,
				   str_from(id, prefix.len));
	else if (writing->id.len == 0)
		writing->id = id;
	else
		writing->out->inner_id = id;
}

void html_writing_add_class(struct html_writing *writing, str name)
{
	for (size_t i = 0; i < writing->class_count; i++)
		if (str_equal(writing->classes[i], name))
			return;
	if (writing->class_count < HTML_CLASSES_LIMIT)
		writing->classes[writing->class_count++] = name;
}

static void add_classes(struct html_writing *writing, const char *attribute,
			str value)
{
	str word;

	while (str_next_word(&value, &word)) {
		if (html_class_is_allowed(word))
			html_writing_add_class(writing, word);
		else
			html_filter_remark(writing->filter,
					   str_starts_with(word, STR("Mso"))
						   ? HTML_REASON_WORD
						   : HTML_REASON_CLASS,
					   attribute, word);
	}
}

bool html_writing_takes(const struct html_writing *writing,
			enum html_value value)
{
	const struct html_element *element = writing->element;

	for (size_t i = 0; i < element->attribute_count; i++)
		if (element->attributes[i].value == value)
			return true;
	return false;
}

bool html_writing_add_align(struct html_writing *writing, str value)
{
	static const struct {
		const char *value;
		const char *name;
	} rows[] = {
		{ "center", "align-center" },	{ "middle", "align-center" },
		{ "left", "align-left" },	{ "start", "align-left" },
		{ "right", "align-right" },	{ "end", "align-right" },
		{ "justify", "align-justify" },
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		if (html_writing_takes(writing, HTML_ALIGN) &&
		    str_equal_ignoring_case(str_trim(value),
					    str_from_c(rows[i].value))) {
			html_writing_add_class(writing,
					       str_from_c(rows[i].name));
			return true;
		}
	return false;
}

/* "33%" becomes width-35; a number of pixels fits no telephone. */
bool html_writing_add_width(struct html_writing *writing, str value)
{
	uint64_t share;
	str number = value = str_trim(value);

	if (!html_writing_takes(writing, HTML_WIDTH) ||
	    !str_ends_with(value, STR("%")))
		return false;
	number.len = str_find_byte(number, '.') != STR_NONE
			     ? str_find_byte(number, '.')
			     : number.len - 1;
	if (!str_to_u64(&share, number) || share > 100)
		return false;
	share = share < 3 ? 5 : (share + 2) / 5 * 5;
	html_writing_add_class(writing,
			       arena_printf(writing->filter->arena, "width-%u",
					    (unsigned)share));
	return true;
}

/* --- all of one element --------------------------------------------------- */

static void write_value(struct buf *out, const char *name, str value)
{
	buf_printf(out, " %s=\"", name);
	html_escape(out, value);
	buf_add_byte(out, '"');
}

static void note_found(struct html_writing *writing, const char *name)
{
	if (writing->found_count < HTML_CLASSES_LIMIT)
		writing->found[writing->found_count++] = str_from_c(name);
}

static enum html_use use_of(const struct html_element *element,
			    const struct html_attribute *attribute)
{
	if (element->is_dropped)
		return HTML_USE_FRAME;
	return attribute->value == HTML_LINK ? HTML_USE_LINK : HTML_USE_IMAGE;
}

/* Returns whether `*value` is to be written; if not, all is done or told. */
static bool clean_value(str *value, struct html_writing *writing,
			const struct html_attribute *attribute)
{
	const char *name = attribute->name;

	switch (attribute->value) {
	case HTML_LINK:
	case HTML_SOURCE:
		return clean_address(value, writing, name,
				     use_of(writing->element, attribute));
	case HTML_SOURCES:
		return clean_addresses(value, writing, name);
	case HTML_ID:
		add_id(writing, name, *value);
		return false;
	case HTML_CLASSES:
		add_classes(writing, name, *value);
		return false;
	case HTML_STYLE:
		html_style_add(writing, name, *value);
		return false;
	case HTML_ALIGN:
		if (!html_writing_add_align(writing, *value))
			html_filter_remark(writing->filter, HTML_REASON_LOOK,
					   name, STR(""));
		return false;
	case HTML_WIDTH:
		if (!html_writing_add_width(writing, *value))
			html_filter_remark(writing->filter, HTML_REASON_LOOK,
					   name, STR(""));
		return false;
	case HTML_FLAG:
		*value = STR("");
		return true;
	case HTML_ANY:
		return true;
	case HTML_DIGITS:
		*value = html_value_without_unit(*value);
		break;
	default:
		*value = str_trim(*value);
		break;
	}
	if (html_value_is_plain(attribute, *value))
		return true;
	html_filter_remark(writing->filter, HTML_REASON_VALUE, name, *value);
	return false;
}

static void add_attribute(struct html_writing *writing, const char *name,
			  str value)
{
	const struct html_attribute *attribute =
		html_attribute_find(writing->element, name);

	value = html_filter_text(writing->filter, value);
	if (attribute == NULL && writing->element->is_dropped)
		return; /* a frame that becomes a link */
	if (attribute == NULL) {
		html_filter_remark(writing->filter,
				   html_attribute_reason(str_from_c(name)),
				   name, STR(""));
		return;
	}
	if (strcmp(name, "title") == 0)
		writing->out->label = str_trim(value);
	if (strcmp(name, "alt") == 0)
		writing->out->alt = str_trim(value);
	if (!clean_value(&value, writing, attribute))
		return;
	write_value(&writing->text, name, value);
	note_found(writing, name);
}

static bool has_found(const struct html_writing *writing,
		      const unsigned char **attributes, str name)
{
	if (writing == NULL)
		return html_attribute_value(attributes, name) != NULL;
	for (size_t i = 0; i < writing->found_count; i++)
		if (str_equal(writing->found[i], name))
			return true;
	return false;
}

/* Of what was written (`writing` is NULL), or of what stays of it. */
static bool has_required(const struct html_element *element,
			 const struct html_writing *writing,
			 const unsigned char **attributes)
{
	str rest = str_from_c(element->required);
	str names;
	str name;

	while (rest.len > 0 && str_split_next(&rest, ' ', &names)) {
		bool found = false;

		while (names.len > 0 && str_split_next(&names, '|', &name))
			found |= has_found(writing, attributes, name);
		if (!found)
			return false;
	}
	return true;
}

bool html_has_required(const struct html_element *element,
		       const unsigned char **attributes)
{
	return has_required(element, NULL, attributes);
}

static bool has_own_size(const struct html_writing *writing)
{
	for (size_t i = 0; i < writing->found_count; i++)
		if (str_equal_c(writing->found[i], "width") ||
		    str_equal_c(writing->found[i], "height"))
			return true;
	return false;
}

/* What is ours wins: a link out of the cluster has its own class and id. */
static void write_rest(struct html_writing *writing)
{
	struct buf *out = &writing->text;

	if (writing->out->is_dead)
		html_writing_add_class(writing, STR("dead-link"));
	if (!has_own_size(writing))
		buf_add(out, writing->size);
	if (writing->extra.len > 0) {
		if (writing->id.len > 0 && writing->out->inner_id.len == 0) {
			writing->out->inner_id = writing->id;
			writing->id = STR("");
		}
		buf_add(out, writing->extra);
	}
	if (writing->id.len > 0)
		write_value(out, "id", writing->id);
	if (writing->class_count == 0 || writing->extra.len > 0)
		return;
	buf_add(out, STR(" class=\""));
	for (size_t i = 0; i < writing->class_count; i++) {
		buf_add(out, i > 0 ? STR(" ") : STR(""));
		buf_add(out, writing->classes[i]);
	}
	buf_add_byte(out, '"');
}

void html_attributes(struct html_written *out, struct html_filter *filter,
		     const struct html_element *element,
		     const unsigned char **attributes)
{
	struct html_writing writing = { .filter = filter,
					.element = element,
					.out = out };

	*out = (struct html_written){ 0 };
	buf_init(&writing.text, filter->arena);
	for (; attributes != NULL && attributes[0] != NULL; attributes += 2)
		add_attribute(&writing, (const char *)attributes[0],
			      str_from_c((const char *)attributes[1]));
	write_rest(&writing);
	out->text = buf_str(&writing.text);
	out->is_whole = has_required(element, &writing, attributes);
}

/* --- tags of ours --------------------------------------------------------- */

const char *html_attribute_value(const unsigned char **attributes, str name)
{
	for (; attributes != NULL && attributes[0] != NULL; attributes += 2)
		if (str_equal_c(name, (const char *)attributes[0]))
			return attributes[1] == NULL
				       ? ""
				       : (const char *)attributes[1];
	return NULL;
}

str html_trusted_attributes(struct html_filter *filter,
			    const unsigned char **attributes)
{
	struct buf out;

	buf_init(&out, filter->arena);
	for (; attributes != NULL && attributes[0] != NULL; attributes += 2) {
		const char *name = (const char *)attributes[0];
		const char *value = (const char *)attributes[1];

		if (str_equal_c(filter->options->mark, name))
			continue;
		if (value == NULL)
			buf_printf(&out, " %s", name);
		else
			write_value(&out, name, str_from_c(value));
	}
	return buf_str(&out);
}
