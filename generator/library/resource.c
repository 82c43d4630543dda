/*
 * A packed resource is a head with bit masks, then only what the masks say is
 * there: most resources have few of the fields, and a hundred thousand of them
 * stay in memory. Which field of front matter goes where is told by tables,
 * which packing, unpacking and the digest of a row go over alike, so that none
 * can be forgotten in one of them.
 */
#include "library/resource.h"

#include <inttypes.h>
#include <string.h>

#include "base/diag.h"
#include "base/pack.h"
#include "library/field_format.h"
#include "library/front_matter.h"

/* Which field goes where. */
static const struct {
	enum field_meaning meaning;
	size_t offset; /* of a str */
} texts[] = {
	{ MEANS_TITLE, offsetof(struct resource, title) },
	{ MEANS_SUBTITLE, offsetof(struct resource, subtitle) },
	{ MEANS_SUMMARY, offsetof(struct resource, summary) },
	{ MEANS_SOURCE, offsetof(struct resource, source_name) },
	{ MEANS_SOURCE_URL, offsetof(struct resource, source_url) },
	{ MEANS_AUTHOR, offsetof(struct resource, author) },
	{ MEANS_IMAGE, offsetof(struct resource, image) },
	{ MEANS_TOPIC, offsetof(struct resource, topic) },
	{ MEANS_REGION, offsetof(struct resource, region) },
	{ MEANS_LANG, offsetof(struct resource, lang) },
	{ MEANS_DOC_NO, offsetof(struct resource, doc_no) },
	{ MEANS_VALIDITY, offsetof(struct resource, validity) },
	{ MEANS_RESULT, offsetof(struct resource, result) },
	{ MEANS_REPLACED_BY, offsetof(struct resource, replaced_by) },
};

static const struct {
	enum field_meaning meaning;
	size_t offset; /* of packed texts */
} lists[] = {
	{ MEANS_KEYWORDS, offsetof(struct resource, keywords) },
	{ MEANS_AUDIENCE, offsetof(struct resource, audience) },
	{ MEANS_ALIASES, offsetof(struct resource, aliases) },
	{ MEANS_INTERPRETS, offsetof(struct resource, interprets) },
};

static const struct {
	enum field_meaning meaning;
	size_t offset; /* of a struct moment */
} moments[] = {
	{ MEANS_DATE, offsetof(struct resource, date) },
	{ MEANS_UPDATED, offsetof(struct resource, updated) },
	{ MEANS_PUBLISH_AT, offsetof(struct resource, publish_at) },
	{ MEANS_EXPIRES_ON, offsetof(struct resource, expires_on) },
	{ MEANS_ARCHIVED_ON, offsetof(struct resource, archived_on) },
	{ MEANS_PIN_UNTIL, offsetof(struct resource, pin_until) },
	{ MEANS_VALID_UNTIL, offsetof(struct resource, valid_until) },
	{ MEANS_OPENS_ON, offsetof(struct resource, opens_on) },
	{ MEANS_CLOSES_ON, offsetof(struct resource, closes_on) },
};

static const struct {
	enum field_meaning meaning;
	size_t offset; /* of a struct span */
} spans[] = {
	{ MEANS_TITLE, offsetof(struct resource, title_span) },
	{ MEANS_DATE, offsetof(struct resource, date_span) },
	{ MEANS_ALIASES, offsetof(struct resource, aliases_span) },
	{ MEANS_REPLACED_BY, offsetof(struct resource, replaced_by_span) },
	{ MEANS_INTERPRETS, offsetof(struct resource, interprets_span) },
	{ MEANS_RELATIONS, offsetof(struct resource, replaces_span) },
	{ MEANS_SLUG, offsetof(struct resource, slug_span) },
};

static const struct {
	const char *name;
	enum resource_status status;
} statuses[] = {
	{ "draft", STATUS_DRAFT },	   { "in_review", STATUS_IN_REVIEW },
	{ "published", STATUS_PUBLISHED }, { "withdrawn", STATUS_WITHDRAWN },
	{ "archived", STATUS_ARCHIVED },
};

static void *member(struct resource *resource, size_t offset)
{
	return (char *)resource + offset;
}

static str *text_member(struct resource *resource, size_t i)
{
	return member(resource, texts[i].offset);
}

static str *list_member(struct resource *resource, size_t i)
{
	return member(resource, lists[i].offset);
}

static struct moment *moment_member(struct resource *resource, size_t i)
{
	return member(resource, moments[i].offset);
}

static struct span *span_member(struct resource *resource, size_t i)
{
	return member(resource, spans[i].offset);
}

/* --- from the front matter ------------------------------------------------ */

static void take_texts(struct resource *out, const struct front_matter *matter)
{
	for (size_t i = 0; i < COUNT_OF(texts); i++)
		*text_member(out, i) =
			front_matter_get(matter, texts[i].meaning)->text;
}

static void take_lists(struct resource *out, const struct front_matter *matter,
		       struct arena *arena)
{
	for (size_t i = 0; i < COUNT_OF(lists); i++) {
		const struct field_value *value =
			front_matter_get(matter, lists[i].meaning);
		struct buf bytes;

		buf_init(&bytes, arena);
		for (size_t k = 0; k < value->item_count; k++)
			pack_text(&bytes, value->items[k]);
		*list_member(out, i) = buf_str(&bytes);
	}
}

static void take_moments(struct resource *out,
			 const struct front_matter *matter)
{
	for (size_t i = 0; i < COUNT_OF(moments); i++)
		*moment_member(out, i) =
			front_matter_get(matter, moments[i].meaning)->moment;
}

static void take_spans(struct resource *out, const struct source *source,
		       const struct front_matter *matter)
{
	for (size_t i = 0; i < COUNT_OF(spans); i++) {
		const struct yaml_node *node =
			front_matter_get(matter, spans[i].meaning)->node;

		*span_member(out, i) =
			node != NULL ? node->span : span_of(source, 0, 3);
	}
}

static bool is_true(const struct front_matter *matter,
		    enum field_meaning meaning)
{
	return front_matter_get(matter, meaning)->number != 0;
}

static void take_flags(struct resource *out, const struct front_matter *matter)
{
	uint64_t weight = front_matter_get(matter, MEANS_WEIGHT)->number;

	out->weight = weight > UINT32_MAX ? UINT32_MAX : (uint32_t)weight;
	out->is_reprint = str_equal(
		front_matter_get(matter, MEANS_ORIGIN)->text, STR("reprint"));
	out->is_major = is_true(matter, MEANS_MAJOR);
	out->is_pinned = is_true(matter, MEANS_PIN);
}

bool resource_status_find(enum resource_status *out, str text)
{
	for (size_t i = 0; i < COUNT_OF(statuses); i++)
		if (str_equal_c(text, statuses[i].name)) {
			*out = statuses[i].status;
			return true;
		}
	return false;
}

bool resource_is_closed(str disclosure)
{
	return disclosure.len > 0 && !str_equal_c(disclosure, "主动公开");
}

/* It is no page, whatever its status; a withdrawal has its own answer. */
static void take_disclosure(struct resource *out,
			    const struct front_matter *matter,
			    struct diag_list *diags)
{
	const struct field_value *value =
		front_matter_get(matter, MEANS_DISCLOSURE);
	struct diag *diag;

	if (!resource_is_closed(value->text) || out->status == STATUS_WITHDRAWN)
		return;
	out->status = STATUS_DRAFT;
	diag = diag_warning(diags,
			    value->node == NULL ? out->title_span
						: value->node->span,
			    "disclosure-closed",
			    _("“%.*s” is not for everyone: this resource is "
			      "not published"),
			    STR_ARG(value->text));
	diag_help(diags, diag,
		  _("write 主动公开 when everyone may read it; else keep it "
		    "out of the library, which others can read"));
}

static void take_status(struct resource *out, const struct front_matter *matter,
			struct diag_list *diags)
{
	str text = front_matter_get(matter, MEANS_STATUS)->text;

	if (!resource_status_find(&out->status, text))
		out->status = STATUS_PUBLISHED;
	if (out->archived_on.is_set && out->status == STATUS_PUBLISHED)
		out->status = STATUS_ARCHIVED;
	take_disclosure(out, matter, diags);
}

static void take_replaces(struct resource *out,
			  const struct front_matter *matter)
{
	const struct yaml_node *node =
		front_matter_get(matter, MEANS_RELATIONS)->node;

	if (node != NULL)
		node = yaml_get(node, STR("replaces"));
	if (node != NULL && node->kind == YAML_SEQUENCE && node->count > 0)
		node = &node->items[0];
	if (node != NULL && node->kind == YAML_SCALAR && !node->is_null) {
		out->replaces = node->text;
		out->replaces_span = node->span;
	}
}

/* A section without a keyword collects nothing. */
static void take_sections(struct resource *out,
			  const struct front_matter *matter,
			  struct arena *arena)
{
	const struct yaml_node *node =
		front_matter_get(matter, MEANS_SECTIONS)->node;
	struct buf bytes;

	if (node == NULL || node->kind != YAML_SEQUENCE)
		return;
	buf_init(&bytes, arena);
	for (size_t i = 0; i < node->count; i++) {
		str keyword = yaml_text(&node->items[i], "keyword");

		if (keyword.len > 0)
			pack_text(&bytes, keyword);
	}
	out->sections = buf_str(&bytes);
}

static void pack_date(struct buf *out, struct moment moment,
		      struct arena *arena)
{
	struct buf text;

	buf_init(&text, arena);
	moment_format(&text, moment,
		      moment.has_time ? STR("%Y-%m-%d %H:%M")
				      : STR("%Y-%m-%d"));
	pack_text(out, buf_str(&text));
}

/* One that is written as a text stands for its first part. */
static str pack_record(const struct field *field, const struct yaml_node *node,
		       struct arena *arena)
{
	struct buf out;

	buf_init(&out, arena);
	for (size_t i = 0; field->record[i].key != NULL; i++)
		if (node->kind == YAML_MAPPING)
			pack_text(&out, yaml_text(node, field->record[i].key));
		else
			pack_text(&out, i == 0 ? node->text : STR(""));
	return buf_str(&out);
}

static void pack_records(struct buf *out, const struct field *field,
			 const struct yaml_node *node, struct arena *arena)
{
	if (node->kind != YAML_SEQUENCE)
		pack_text(out, pack_record(field, node, arena));
	else
		for (size_t i = 0; i < node->count; i++)
			pack_text(out,
				  pack_record(field, &node->items[i], arena));
}

/* What pages show of a choice. */
static str label_of(const struct field *field, str value)
{
	for (size_t i = 0; field->choices[i] != NULL; i++)
		if (str_equal_c(value, field->choices[i]))
			return str_from_c(field->choice_labels[i]);
	return value;
}

static void pack_value(struct buf *out, const struct field *field,
		       const struct field_value *value, struct arena *arena)
{
	switch (field->kind) {
	case FIELD_TEXT_LIST:
		for (size_t i = 0; i < value->item_count; i++)
			pack_text(out, value->items[i]);
		break;
	case FIELD_DATE:
	case FIELD_MOMENT:
		pack_date(out, value->moment, arena);
		break;
	case FIELD_NUMBER:
		pack_text(out, arena_printf(arena, "%" PRIu64, value->number));
		break;
	case FIELD_TRUTH:
		if (value->number != 0)
			pack_text(out, STR("是"));
		break;
	case FIELD_RECORDS:
	case FIELD_RECORD:
		pack_records(out, field, value->node, arena);
		break;
	case FIELD_CHOICE:
		pack_text(out, label_of(field, value->text));
		break;
	case FIELD_FREE:
		break;
	default:
		pack_text(out, value->text);
	}
}

static void take_listed(struct resource *out, const struct front_matter *matter,
			struct arena *arena)
{
	const struct resource_type *type = matter->type;
	bool is_there = false;
	struct buf all;

	buf_init(&all, arena);
	for (size_t i = 0; i < type->listed_count; i++) {
		uint16_t number = type->listed[i];
		const struct field_value *value = &matter->values[number];
		struct buf packed;

		buf_init(&packed, arena);
		if (value->node != NULL)
			pack_value(&packed, &type->fields[number], value,
				   arena);
		is_there |= packed.len > 0;
		pack_text(&all, buf_str(&packed));
	}
	if (is_there)
		out->listed = buf_str(&all);
}

bool resource_listed_next(str *values, str *rest)
{
	return unpack_text(values, rest);
}

/* --- from the path -------------------------------------------------------- */

static str last_name(str path)
{
	size_t slash = str_find_last_byte(path, '/');

	return slash == STR_NONE ? path : str_from(path, slash + 1);
}

static void take_path(struct resource *out)
{
	str below = str_from(out->path, STR("content/").len);
	size_t slash = str_find_byte(below, '/');

	out->unit = str_between(below, 0, slash == STR_NONE ? 0 : slash);
	out->id = str_between(below, 0, below.len - STR(".md").len);
	out->has_folder = str_ends_with(out->id, STR("/index"));
	if (out->has_folder)
		out->id.len -= STR("/index").len;
	out->slug = last_name(out->id);
}

static bool check_place(const struct resource *resource,
			const struct source *source, struct diag_list *diags)
{
	struct diag *diag;

	if (resource->unit.len > 0)
		return true;
	diag = diag_error(diags, span_of(source, 0, 3), "resource-place",
			  _("this file belongs to no unit: it stands directly "
			    "in content/"));
	diag_help(diags, diag,
		  _("move it into the folder of a unit, for example "
		    "content/jyj/%.*s"),
		  STR_ARG(last_name(resource->path)));
	return false;
}

static size_t longest_name(str path)
{
	size_t longest = 0;
	str name;

	while (str_split_next(&path, '/', &name))
		if (name.len > longest)
			longest = name.len;
	return longest;
}

/* A long name is no name of wrong characters. */
static void report_long(const struct resource *resource,
			const struct source *source, struct diag_list *diags)
{
	struct diag *diag = diag_error(
		diags, span_of(source, 0, 3), "resource-path-long",
		_("the path has %zu bytes, its longest name %zu: an address "
		  "has at most %d, a name in it %d"),
		resource->id.len, longest_name(resource->id), ID_LIMIT,
		SLUG_LIMIT);

	diag_help(diags, diag,
		  _("give folders and files shorter names (a Chinese character "
		    "has 3 bytes); or write both id: and slug:"));
}

static bool check_names(const struct resource *resource, bool own_id,
			bool own_slug, const struct source *source,
			struct diag_list *diags)
{
	struct diag *diag;

	if ((own_slug || slug_is_valid(resource->slug)) &&
	    (own_id || id_is_valid(resource->id)))
		return true;
	if (longest_name(resource->id) > SLUG_LIMIT ||
	    resource->id.len > ID_LIMIT) {
		report_long(resource, source, diags);
		return false;
	}
	diag = diag_error(diags, span_of(source, 0, 3), "resource-path",
			  _("the path \"%.*s\" has characters that an address "
			    "cannot have"),
			  STR_ARG(resource->path));
	if (str_find_byte(resource->path, ' ') != STR_NONE) {
		diag_help(diags, diag,
			  _("it has a space; write “-” in its place, or write "
			    "both id: and slug:"));
		return false;
	}
	diag_help(diags, diag,
		  _("name folders and files with letters, digits, \"-\" and "
		    "\"_\"; or write both id: and slug:"));
	return false;
}

bool resource_build(struct resource *out, const struct source *source, str path,
		    const struct front_matter *matter, struct arena *arena,
		    struct diag_list *diags)
{
	const struct field_value *id = front_matter_get(matter, MEANS_ID);
	const struct field_value *slug = front_matter_get(matter, MEANS_SLUG);

	*out = (struct resource){ .file = source_file(source->number),
				  .type = matter->type->number,
				  .path = path };
	take_path(out);
	if (!check_place(out, source, diags))
		return false;
	if (id->node != NULL)
		out->id = id->text;
	if (slug->node != NULL)
		out->slug = slug->text;
	take_texts(out, matter);
	take_lists(out, matter, arena);
	take_moments(out, matter);
	take_spans(out, source, matter);
	take_flags(out, matter);
	take_status(out, matter, diags);
	take_replaces(out, matter);
	take_sections(out, matter, arena);
	take_listed(out, matter, arena);
	return check_names(out, id->node != NULL, slug->node != NULL, source,
			   diags);
}

/* --- as of a date --------------------------------------------------------- */

static bool is_over(struct moment until, struct moment as_of)
{
	return until.is_set && moment_end(until).seconds <= as_of.seconds;
}

bool resource_is_pinned(const struct resource *resource, struct moment as_of)
{
	return resource->is_pinned && !is_over(resource->pin_until, as_of);
}

str resource_validity(const struct resource *resource, struct moment as_of)
{
	if (resource->validity.len == 0 ||
	    str_equal(resource->validity, STR("已废止")) ||
	    !is_over(resource->valid_until, as_of))
		return resource->validity;
	return STR("已失效");
}

enum consultation_state
resource_consultation(int64_t *days, const struct resource *resource,
		      struct moment as_of)
{
	enum { DAY = 86400 };
	int64_t end = moment_end(resource->closes_on).seconds;

	*days = 0;
	if (!resource->closes_on.is_set)
		return CONSULTING_NONE;
	if (end <= as_of.seconds)
		return CONSULTING_CLOSED;
	*days = (end - as_of.seconds - 1) / DAY;
	return resource->opens_on.is_set &&
			       resource->opens_on.seconds > as_of.seconds
		       ? CONSULTING_AHEAD
		       : CONSULTING_OPEN;
}

/* --- as bytes ------------------------------------------------------------- */

/*
 * A packed resource: the head, then for each bit of its masks, lowest first:
 *
 *	u32 length of a text | i64 seconds, i32 offset of a moment |
 *	u32 start, u32 end of a span | u32 source of one in another file
 *
 * and the bytes of the texts. What is not set, and what the path says, takes
 * no room. A record is of one program on one machine, so the numbers stand as
 * they are in memory.
 */
struct packed_head {
	uint32_t texts;
	uint32_t weight;
	uint16_t moments;
	uint16_t with_time; /* of the moments */
	uint8_t spans;	   /* not the first three bytes of the own file */
	uint8_t foreign;   /* of the spans: in another file */
	uint8_t type;
	uint8_t status;
	uint8_t flags;
	uint8_t zero[3];
};

enum { FLAG_REPRINT = 1, FLAG_MAJOR = 2, FLAG_PINNED = 4 };

/* Every string that can be packed; the path gives what has length 0 here. */
enum { OTHER_COUNT = 5 };
enum { STRING_COUNT = COUNT_OF(texts) + COUNT_OF(lists) + OTHER_COUNT };

_Static_assert(STRING_COUNT < 32, "a bit of head.texts for each");
_Static_assert(COUNT_OF(moments) <= 16, "a bit of head.moments for each");
_Static_assert(COUNT_OF(spans) <= 8, "a bit of head.spans for each");
_Static_assert(RESOURCE_TYPE_LIMIT <= UINT8_MAX + 1, "head.type has 8 bits");

static str *string_member(struct resource *resource, size_t i)
{
	str *others[OTHER_COUNT] = { &resource->id, &resource->slug,
				     &resource->replaces, &resource->sections,
				     &resource->listed };

	if (i < COUNT_OF(texts))
		return text_member(resource, i);
	i -= COUNT_OF(texts);
	return i < COUNT_OF(lists) ? list_member(resource, i)
				   : others[i - COUNT_OF(lists)];
}

static bool is_plain_span(const struct resource *resource, struct span span)
{
	return span.source == resource->file && span.start == 0 &&
	       span.end == 3;
}

static bool is_foreign(const struct resource *resource, struct span span)
{
	return span.source != resource->file;
}

void resource_forget_spans(struct resource *resource, uint32_t file)
{
	for (size_t i = 0; i < COUNT_OF(spans); i++)
		*span_member(resource, i) = (struct span){ file, 0, 3 };
}

bool resource_is_lasting(const struct resource *resource)
{
	struct resource copy = *resource;

	for (size_t i = 0; i < COUNT_OF(spans); i++) {
		struct span span = *span_member(&copy, i);

		if (is_foreign(resource, span) && span.source != SOURCE_NONE &&
		    span.end != 0)
			return false;
	}
	return true;
}

/* Without the id and the slug that the path gives. */
static struct packed_head head_of(struct resource *copy)
{
	struct resource derived = { .path = copy->path };
	struct packed_head head = { .weight = copy->weight,
				    .type = (uint8_t)copy->type,
				    .status = (uint8_t)copy->status };

	take_path(&derived);
	if (str_equal(derived.id, copy->id))
		copy->id.len = 0;
	if (str_equal(derived.slug, copy->slug))
		copy->slug.len = 0;
	head.flags = (uint8_t)((copy->is_reprint ? FLAG_REPRINT : 0) |
			       (copy->is_major ? FLAG_MAJOR : 0) |
			       (copy->is_pinned ? FLAG_PINNED : 0));
	for (size_t i = 0; i < STRING_COUNT; i++)
		if (string_member(copy, i)->len > 0)
			head.texts |= UINT32_C(1) << i;
	for (size_t i = 0; i < COUNT_OF(moments); i++) {
		const struct moment *moment = moment_member(copy, i);

		head.moments |= (uint16_t)(moment->is_set << i);
		head.with_time |= (uint16_t)(moment->has_time << i);
	}
	for (size_t i = 0; i < COUNT_OF(spans); i++) {
		struct span span = *span_member(copy, i);

		head.spans |= (uint8_t)(!is_plain_span(copy, span) << i);
		head.foreign |= (uint8_t)(is_foreign(copy, span) << i);
	}
	return head;
}

static void pack_numbers(struct buf *out, struct resource *copy,
			 const struct packed_head *head)
{
	for (size_t i = 0; i < STRING_COUNT; i++) {
		uint32_t length = (uint32_t)string_member(copy, i)->len;

		if (length > 0)
			pack_bytes(out, &length, sizeof(length));
	}
	for (size_t i = 0; i < COUNT_OF(moments); i++) {
		const struct moment *moment = moment_member(copy, i);

		if (!(head->moments & 1u << i))
			continue;
		pack_bytes(out, &moment->seconds, sizeof(moment->seconds));
		pack_bytes(out, &moment->offset, sizeof(moment->offset));
	}
	for (size_t i = 0; i < COUNT_OF(spans); i++) {
		const struct span *span = span_member(copy, i);

		if (!(head->spans & 1u << i))
			continue;
		pack_bytes(out, &span->start, sizeof(span->start));
		pack_bytes(out, &span->end, sizeof(span->end));
		if (head->foreign & 1u << i)
			pack_bytes(out, &span->source, sizeof(span->source));
	}
}

void resource_pack(struct buf *out, const struct resource *resource)
{
	struct resource copy = *resource;
	struct packed_head head = head_of(&copy);

	pack_bytes(out, &head, sizeof(head));
	pack_numbers(out, &copy, &head);
	for (size_t i = 0; i < STRING_COUNT; i++)
		buf_add(out, *string_member(&copy, i));
}

static bool unpack_moments(struct resource *out, const struct packed_head *head,
			   str *rest)
{
	for (size_t i = 0; head->moments >> i != 0; i++) {
		struct moment *moment = moment_member(out, i);

		if (!(head->moments & 1u << i))
			continue;
		if (!unpack_bytes(&moment->seconds, sizeof(moment->seconds),
				  rest) ||
		    !unpack_bytes(&moment->offset, sizeof(moment->offset),
				  rest))
			return false;
		moment->is_set = true;
		moment->has_time = (head->with_time & 1u << i) != 0;
		if (!moment_is_valid(moment)) {
			*moment = (struct moment){ 0 };
			return false;
		}
	}
	return true;
}

static bool unpack_spans(struct resource *out, const struct packed_head *head,
			 str *rest)
{
	for (size_t i = 0; i < COUNT_OF(spans); i++) {
		struct span *span = span_member(out, i);

		*span = (struct span){ out->file, 0, 3 };
		if (!(head->spans & 1u << i))
			continue;
		if (!unpack_bytes(&span->start, sizeof(span->start), rest) ||
		    !unpack_bytes(&span->end, sizeof(span->end), rest))
			return false;
		if ((head->foreign & 1u << i) &&
		    !unpack_bytes(&span->source, sizeof(span->source), rest))
			return false;
	}
	return true;
}

/* Catalogues are unpacked many times over, so it asks nothing twice. */
static bool unpack_texts(struct resource *out, const struct packed_head *head,
			 str lengths, str bytes)
{
	for (size_t i = 0; head->texts >> i != 0; i++) {
		uint32_t length;

		if (!(head->texts & UINT32_C(1) << i))
			continue;
		if (!unpack_bytes(&length, sizeof(length), &lengths) ||
		    length > bytes.len)
			return false;
		*string_member(out, i) = (str){ bytes.data, length };
		bytes.data += length;
		bytes.len -= length;
	}
	return bytes.len == 0;
}

static size_t count_bits(uint32_t mask)
{
	size_t count = 0;

	for (; mask != 0; mask &= mask - 1)
		count++;
	return count;
}

/* Which string of the packed ones each is. */
static const uint8_t peeked[RESOURCE_TEXT_COUNT] = {
	[RESOURCE_REPLACED_BY] = COUNT_OF(texts) - 1,
	[RESOURCE_KEYWORDS] = COUNT_OF(texts),
	[RESOURCE_ALIASES] = COUNT_OF(texts) + 2,
	[RESOURCE_INTERPRETS] = COUNT_OF(texts) + 3,
	[RESOURCE_REPLACES] = COUNT_OF(texts) + COUNT_OF(lists) + 2,
};

/* What stands between the lengths of the texts and their bytes. */
static size_t numbers_size(const struct packed_head *head)
{
	enum { MOMENT_SIZE = 12, SPAN_SIZE = 8, SOURCE_SIZE = 4 };

	return count_bits(head->moments) * MOMENT_SIZE +
	       count_bits(head->spans) * SPAN_SIZE +
	       count_bits(head->spans & head->foreign) * SOURCE_SIZE;
}

bool resource_peek(str *out, str bytes, enum resource_text text)
{
	uint32_t bit = UINT32_C(1) << peeked[text];
	struct packed_head head;
	size_t skipped = 0;
	uint32_t length = 0;
	str lengths;

	*out = STR("");
	if (!unpack_bytes(&head, sizeof(head), &bytes))
		return false;
	if (!(head.texts & bit))
		return true;
	lengths = bytes;
	for (uint32_t mask = head.texts & (2 * bit - 1); mask != 0;
	     mask &= mask - 1) {
		skipped += length;
		if (!unpack_bytes(&length, sizeof(length), &lengths))
			return false;
	}
	skipped +=
		count_bits(head.texts) * sizeof(length) + numbers_size(&head);
	if (skipped > bytes.len || length > bytes.len - skipped)
		return false;
	*out = (str){ bytes.data + skipped, length };
	return true;
}

bool resource_unpack(struct resource *out, str bytes, str path, uint32_t file)
{
	struct packed_head head;
	str lengths;
	size_t size;

	*out = (struct resource){ .path = path, .file = file };
	if (!unpack_bytes(&head, sizeof(head), &bytes) ||
	    head.texts >> STRING_COUNT != 0 ||
	    head.moments >> COUNT_OF(moments) != 0 ||
	    head.type >= RESOURCE_TYPE_LIMIT || head.status > STATUS_ARCHIVED)
		return false;
	size = count_bits(head.texts) * sizeof(uint32_t);
	if (size > bytes.len)
		return false;
	lengths = str_between(bytes, 0, size);
	bytes = str_from(bytes, size);
	take_path(out);
	out->type = head.type;
	out->status = head.status;
	out->weight = head.weight;
	out->is_reprint = (head.flags & FLAG_REPRINT) != 0;
	out->is_major = (head.flags & FLAG_MAJOR) != 0;
	out->is_pinned = (head.flags & FLAG_PINNED) != 0;
	return unpack_moments(out, &head, &bytes) &&
	       unpack_spans(out, &head, &bytes) &&
	       unpack_texts(out, &head, lengths, bytes);
}

bool resource_differs_in_words(const struct resource *a,
			       const struct resource *b)
{
	struct resource one = *a;
	struct resource other = *b;
	struct arena arena;
	struct buf packed, wanted;
	bool same;

	other.title = one.title;
	other.subtitle = one.subtitle;
	other.summary = one.summary;
	other.author = one.author;
	other.source_name = one.source_name;
	other.source_url = one.source_url;
	other.doc_no = one.doc_no;
	other.region = one.region;
	resource_forget_spans(&one, one.file);
	resource_forget_spans(&other, other.file);
	arena_init(&arena);
	buf_init(&packed, &arena);
	buf_init(&wanted, &arena);
	resource_pack(&packed, &other);
	resource_pack(&wanted, &one);
	same = str_equal(buf_str(&packed), buf_str(&wanted));
	arena_release(&arena);
	return same;
}
