/*
 * Every value is made by the kind of its field in the type, so that types of a
 * platform can be imported too. What is written is read again by the reader of
 * the library before it goes to the disk: the one proof that it will be taken.
 */
#include "import/new_resource.h"

#include "base/buf.h"
#include "base/unicode.h"
#include "editor/format.h"
#include "import/foreign_date.h"
#include "library/field_format.h"
#include "markup/markdown.h"
#include "markup/markdown_guard.h"

enum { TEXT_LIMIT = 2000, ITEMS_LIMIT = 200 };

void new_resource_init(struct new_resource *out, const struct schema *schema,
		       const struct resource_type *type, struct arena *arena)
{
	*out = (struct new_resource){ .schema = schema,
				      .type = type,
				      .arena = arena };
	out->values =
		arena_array(arena, type->field_count, sizeof(struct list));
	for (size_t i = 0; i < type->field_count; i++)
		list_init(&out->values[i], sizeof(str));
}

/* --- one value ------------------------------------------------------------ */

/* One line, white space of any sort as one blank. */
static str one_line(str text, struct arena *arena)
{
	struct buf out;
	bool gap = false;
	size_t at = 0;

	buf_init(&out, arena);
	while (at < text.len) {
		size_t start = at;
		uint32_t code = unicode_next(text, &at);

		if (unicode_is_blank(code)) {
			gap = true;
			continue;
		}
		if (unicode_is_unsafe(code))
			continue;
		if (gap && out.len > 0)
			buf_add_byte(&out, ' ');
		gap = false;
		buf_add(&out, str_between(text, start, at));
	}
	return buf_str(&out);
}

static bool as_date(str *out, const struct new_resource *resource, str text,
		    bool with_time)
{
	struct moment moment;
	struct buf written;

	if (!foreign_date(&moment, text, resource->date_formats,
			  resource->date_format_count, resource->offset))
		return false;
	moment.offset = resource->offset;
	buf_init(&written, resource->arena);
	moment_format(&written, moment,
		      with_time && moment.has_time ? STR("%Y-%m-%d %H:%M")
						   : STR("%Y-%m-%d"));
	*out = buf_str(&written);
	return true;
}

static bool as_choice(str *out, const struct field *field, str text)
{
	for (size_t i = 0; field->choices != NULL && field->choices[i] != NULL;
	     i++) {
		if (!str_equal_c(text, field->choices[i]) &&
		    !(field->choice_labels != NULL &&
		      str_equal_c(text, field->choice_labels[i])))
			continue;
		*out = str_from_c(field->choices[i]);
		return true;
	}
	return false;
}

static bool as_truth(str *out, str text)
{
	static const char *const yes[] = { "true", "1", "yes", "是" };
	static const char *const no[] = { "false", "0", "no", "否" };

	for (size_t i = 0; i < COUNT_OF(yes); i++) {
		bool is_yes = str_equal_ignoring_case(text, str_from_c(yes[i]));

		if (!is_yes &&
		    !str_equal_ignoring_case(text, str_from_c(no[i])))
			continue;
		*out = is_yes ? STR("true") : STR("false");
		return true;
	}
	return false;
}

static bool convert(str *out, const struct new_resource *resource,
		    const struct field *field, str text)
{
	struct diag_list ignored;
	uint64_t number;

	diag_list_init(&ignored, resource->arena);
	*out = text;
	switch (field->kind) {
	case FIELD_DATE:
	case FIELD_MOMENT:
		return as_date(out, resource, text,
			       field->kind == FIELD_MOMENT);
	case FIELD_CHOICE:
		return as_choice(out, field, text);
	case FIELD_TRUTH:
		return as_truth(out, text);
	case FIELD_NUMBER:
		return str_to_u64(&number, text);
	case FIELD_URL:
		return field_url_check(text, span_none(), &ignored);
	case FIELD_TEXT:
	case FIELD_TEXT_LIST:
		return field->format == FORMAT_ANY ||
		       field->format == FORMAT_LINES ||
		       field_format_check(field->format, text, span_none(),
					  &ignored);
	case FIELD_PARAGRAPHS:
		return true;
	default:
		return false;
	}
}

static bool is_there(const struct list *values, str text)
{
	const str *items = values->items;

	for (size_t i = 0; i < values->count; i++)
		if (str_equal(items[i], text))
			return true;
	return false;
}

enum new_value new_resource_add(struct new_resource *resource, str key,
				str value)
{
	uint16_t number = resource_type_field(resource->type, key);
	const struct field *field;
	struct list *values;
	str text;

	if (number == FIELD_NONE)
		return NEW_VALUE_UNKNOWN;
	field = &resource->type->fields[number];
	values = &resource->values[number];
	text = one_line(value, resource->arena);
	if (text.len == 0)
		return NEW_VALUE_EMPTY;
	text = unicode_prefix(text, TEXT_LIMIT);
	if (values->count >= ITEMS_LIMIT ||
	    !convert(&text, resource, field, text))
		return NEW_VALUE_WRONG;
	if (!is_there(values, text))
		*(str *)list_add(values, resource->arena) =
			arena_copy(resource->arena, text);
	return NEW_VALUE_SET;
}

/* "教育，招生;入学" is three keywords. */
static enum new_value add_words(struct new_resource *resource, str key,
				str value)
{
	enum new_value result = NEW_VALUE_EMPTY;
	size_t start = 0;
	size_t at = 0;

	while (at <= value.len) {
		size_t here = at;
		uint32_t code = at < value.len ? unicode_next(value, &at) : ',';
		enum new_value one;

		if (!unicode_is_among(code, ",;，；、|"))
			continue;
		one = new_resource_add(resource, key,
				       str_between(value, start, here));
		if (one != NEW_VALUE_EMPTY)
			result = one;
		start = at;
		if (here == value.len)
			break;
	}
	return result;
}

enum new_value new_resource_set(struct new_resource *resource, str key,
				const str *values, size_t count)
{
	uint16_t number = resource_type_field(resource->type, key);
	enum new_value result = NEW_VALUE_EMPTY;
	bool is_list;

	if (number == FIELD_NONE)
		return NEW_VALUE_UNKNOWN;
	is_list = resource->type->fields[number].kind == FIELD_TEXT_LIST;
	if (resource->values[number].count > 0)
		return NEW_VALUE_SET;
	for (size_t i = 0; i < count; i++) {
		enum new_value one =
			is_list && count == 1 &&
					resource->type->fields[number].format ==
						FORMAT_ANY
				? add_words(resource, key, values[i])
				: new_resource_add(resource, key, values[i]);

		if (one != NEW_VALUE_EMPTY)
			result = one;
		if (one == NEW_VALUE_SET && !is_list)
			break;
	}
	return result;
}

static const struct list *values_of(const struct new_resource *resource,
				    const char *key)
{
	uint16_t number = resource_type_field(resource->type, str_from_c(key));

	return number == FIELD_NONE ? NULL : &resource->values[number];
}

bool new_resource_has(const struct new_resource *resource, const char *key)
{
	const struct list *values = values_of(resource, key);

	return values != NULL && values->count > 0;
}

str new_resource_text(const struct new_resource *resource, const char *key)
{
	const struct list *values = values_of(resource, key);

	return values != NULL && values->count > 0 ? *(const str *)values->items
						   : STR("");
}

void new_resource_clear(struct new_resource *resource, const char *key)
{
	uint16_t number = resource_type_field(resource->type, str_from_c(key));

	if (number != FIELD_NONE)
		resource->values[number].count = 0;
}

/* --- the file ------------------------------------------------------------- */

static void add_value(struct buf *out, const struct field *field, str value,
		      struct arena *arena)
{
	switch (field->kind) {
	case FIELD_DATE:
	case FIELD_MOMENT:
	case FIELD_NUMBER:
	case FIELD_TRUTH:
		buf_add(out, value);
		return;
	default:
		buf_add(out, yaml_quoted(value, arena));
	}
}

static void add_field(struct buf *out, const struct new_resource *resource,
		      size_t number)
{
	const struct field *field = &resource->type->fields[number];
	const struct list *values = &resource->values[number];
	const str *items = values->items;

	if (values->count == 0)
		return;
	buf_printf(out, "%s: ", field->key);
	if (field->kind != FIELD_TEXT_LIST) {
		add_value(out, field, items[0], resource->arena);
	} else {
		buf_add_byte(out, '[');
		for (size_t i = 0; i < values->count; i++) {
			if (i > 0)
				buf_add_c(out, ", ");
			add_value(out, field, items[i], resource->arena);
		}
		buf_add_byte(out, ']');
	}
	buf_add_byte(out, '\n');
}

static bool is_right(const struct new_resource *resource, str text,
		     struct diag_list *diags)
{
	const struct source source = { .number = SOURCE_NONE, .text = text };
	const struct front_matter_options options = {
		.schema = resource->schema, .offset = resource->offset
	};
	struct front_matter matter;

	return front_matter_parse(&matter, &source, &options, resource->arena,
				  diags) &&
	       diags->error_count == 0 &&
	       markdown_guard(&source, matter.body_start, MARKDOWN_MEMORY_LIMIT,
			      diags) &&
	       diags->error_count == 0;
}

/* As `jiyue format` leaves it: a text that is imported is no text to format. */
static str formatted(const struct new_resource *resource, str text)
{
	const struct format_file file = {
		.source = { .number = SOURCE_NONE, .text = text },
		.bytes = text,
		.schema = resource->schema,
		.type = str_from_c(resource->type->name),
	};
	struct diag_list unsaid; /* the check behind it says it */
	str out;

	diag_list_init(&unsaid, resource->arena);
	return format_file(&out, &file, resource->arena, &unsaid) ? out : text;
}

static str first_error(const struct diag_list *diags)
{
	const struct diag *items = diags->items.items;

	for (size_t i = 0; i < diags->items.count; i++)
		if (items[i].level != DIAG_WARNING)
			return items[i].message;
	return STR("");
}

bool new_resource_write(str *out, const struct new_resource *resource, str *why)
{
	struct diag_list diags;
	struct buf text;

	diag_list_init(&diags, resource->arena);
	buf_init(&text, resource->arena);
	buf_add_c(&text, "---\n");
	for (size_t i = 0; i < resource->type->field_count; i++)
		add_field(&text, resource, i);
	buf_add_c(&text, "---\n\n");
	buf_add(&text, unicode_trim(resource->body));
	buf_add_byte(&text, '\n');
	*out = formatted(resource, buf_str(&text));
	if (is_right(resource, *out, &diags))
		return true;
	*why = first_error(&diags);
	return false;
}
