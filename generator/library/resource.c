/*
 * A resource from its front matter and its path: what each field means to the
 * library is told by tables (library/resource_member.h), the rest is checked
 * where it is taken. library/resource_pack.c has it as bytes.
 */
#include "library/resource.h"

#include <inttypes.h>
#include <string.h>

#include "base/diag.h"
#include "base/pack.h"
#include "library/field_format.h"
#include "library/front_matter.h"
#include "library/resource_member.h"

static const struct {
	const char *name;
	enum resource_status status;
} statuses[] = {
	{ "draft", STATUS_DRAFT },	   { "in_review", STATUS_IN_REVIEW },
	{ "published", STATUS_PUBLISHED }, { "withdrawn", STATUS_WITHDRAWN },
	{ "archived", STATUS_ARCHIVED },
};

/* --- from the front matter ------------------------------------------------ */

static void take_texts(struct resource *out, const struct front_matter *matter)
{
	for (size_t i = 0; i < RESOURCE_MEMBER_TEXTS; i++)
		*resource_member_text(out, i) =
			front_matter_get(matter,
					 resource_member_texts[i].meaning)
				->text;
}

static void take_lists(struct resource *out, const struct front_matter *matter,
		       struct arena *arena)
{
	for (size_t i = 0; i < RESOURCE_MEMBER_LISTS; i++) {
		const struct field_value *value = front_matter_get(
			matter, resource_member_lists[i].meaning);
		struct buf bytes;

		buf_init(&bytes, arena);
		for (size_t k = 0; k < value->item_count; k++)
			pack_text(&bytes, value->items[k]);
		*resource_member_list(out, i) = buf_str(&bytes);
	}
}

static void take_moments(struct resource *out,
			 const struct front_matter *matter)
{
	for (size_t i = 0; i < RESOURCE_MEMBER_MOMENTS; i++)
		*resource_member_moment(out, i) =
			front_matter_get(matter,
					 resource_member_moments[i].meaning)
				->moment;
}

/*
 * A notice that does not say until when it is kept stands for three months (the
 * Measures, article 11), that of a site that goes offline for thirty days.
 */
static void take_last_day(struct resource *out,
			  const struct front_matter *matter)
{
	enum { MOVED_DAYS = 92, OFFLINE_DAYS = 30 };
	bool is_offline =
		resource_type_field(matter->type, STR("offline_kind")) !=
		FIELD_NONE;
	int64_t seconds =
		out->date.seconds + (is_offline ? OFFLINE_DAYS : MOVED_DAYS) *
					    (int64_t)SECONDS_A_DAY;

	if (out->keep_until.is_set || !out->date.is_set ||
	    !resource_type_means(matter->type, MEANS_KEEP_UNTIL))
		return;
	out->keep_until = moment_from_date(
		moment_date(moment_from_seconds(seconds, out->date.offset)),
		out->date.offset);
}

static void take_spans(struct resource *out, const struct source *source,
		       const struct front_matter *matter)
{
	for (size_t i = 0; i < RESOURCE_MEMBER_SPANS; i++) {
		const struct yaml_node *node =
			front_matter_get(matter,
					 resource_member_spans[i].meaning)
				->node;

		*resource_member_span(out, i) =
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

/* What somebody wrote to an office is nobody else's without consent. */
static void take_consent(struct resource *out,
			 const struct front_matter *matter,
			 struct diag_list *diags)
{
	const struct field_value *value =
		front_matter_get(matter, MEANS_PUBLIC);
	struct diag *diag;

	if (value == NULL || value->node == NULL || value->number != 0 ||
	    out->status == STATUS_WITHDRAWN)
		return;
	out->status = STATUS_DRAFT;
	diag = diag_warning(diags, value->node->span, "consent-missing",
			    _("who wrote this does not agree to its "
			      "publication: this resource is not published"));
	diag_help(diags, diag,
		  _("keep it out of the library, which others can read; "
		    "statistics of messages may count it"));
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
	take_consent(out, matter, diags);
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

const char relation_kinds[] = { RELATION_AMENDS,
				RELATION_TRANSLATES,
				RELATION_SERVICE,
				RELATION_ACTIVITY,
				RELATION_BASIS,
				RELATION_MESSAGE,
				'\0' };

/* What an answer rests on may be a title or an address: no resource. */
static void pack_related(struct buf *out, enum relation_kind kind, str id,
			 struct arena *arena)
{
	if (id.len > 0 && (kind != RELATION_BASIS || id_is_valid(id)))
		pack_text(out,
			  arena_printf(arena, "%c%.*s", kind, STR_ARG(id)));
}

static void pack_relation(struct buf *out, enum relation_kind kind,
			  const struct yaml_node *node, struct arena *arena)
{
	if (node == NULL)
		return;
	if (node->kind == YAML_SCALAR && !node->is_null)
		pack_related(out, kind, node->text, arena);
	for (size_t i = 0; node->kind == YAML_SEQUENCE && i < node->count; i++)
		pack_related(out, kind, node->items[i].text, arena);
}

static const struct {
	enum relation_kind kind;
	const char *key;	    /* below `relations:`; or NULL */
	enum field_meaning meaning; /* of a field of its own */
} related_rows[] = {
	{ RELATION_AMENDS, "amends", MEANS_NOTHING },
	{ RELATION_TRANSLATES, "translation_of", MEANS_TRANSLATION_OF },
	{ RELATION_SERVICE, "about_service", MEANS_NOTHING },
	{ RELATION_ACTIVITY, NULL, MEANS_ACTIVITIES },
	{ RELATION_BASIS, "basis", MEANS_BASIS },
	{ RELATION_MESSAGE, NULL, MEANS_FROM_MESSAGES },
};

static void take_related(struct resource *out,
			 const struct front_matter *matter, struct arena *arena)
{
	const struct yaml_node *relations =
		front_matter_get(matter, MEANS_RELATIONS)->node;
	struct buf bytes;

	buf_init(&bytes, arena);
	for (size_t i = 0; i < COUNT_OF(related_rows); i++) {
		const struct yaml_node *node = NULL;

		if (relations != NULL && related_rows[i].key != NULL)
			pack_relation(&bytes, related_rows[i].kind,
				      yaml_get(relations,
					       str_from_c(related_rows[i].key)),
				      arena);
		if (related_rows[i].meaning != MEANS_NOTHING)
			node = front_matter_get(matter, related_rows[i].meaning)
				       ->node;
		pack_relation(&bytes, related_rows[i].kind, node, arena);
		if (node != NULL)
			out->related_span = node->span;
	}
	out->related = buf_str(&bytes);
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
		pack_text(out, field_choice_label(field, value->text));
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

/* --- the path --------------------------------------------------------------
 */

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
		  STR_ARG(str_file_name(resource->path)));
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
	resource_take_path(out);
	if (!check_place(out, source, diags))
		return false;
	if (id->node != NULL)
		out->id = id->text;
	if (slug->node != NULL)
		out->slug = slug->text;
	take_texts(out, matter);
	take_lists(out, matter, arena);
	take_moments(out, matter);
	take_last_day(out, matter);
	take_spans(out, source, matter);
	take_flags(out, matter);
	take_status(out, matter, diags);
	take_replaces(out, matter);
	take_sections(out, matter, arena);
	take_related(out, matter, arena);
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

enum consultation_state resource_consultation(int64_t *days,
					      const struct resource *resource,
					      struct moment as_of)
{
	int64_t end = moment_end(resource->closes_on).seconds;

	*days = 0;
	if (!resource->closes_on.is_set)
		return CONSULTING_NONE;
	if (end <= as_of.seconds)
		return CONSULTING_CLOSED;
	*days = (end - as_of.seconds - 1) / SECONDS_A_DAY;
	return resource->opens_on.is_set &&
			       resource->opens_on.seconds > as_of.seconds
		       ? CONSULTING_AHEAD
		       : CONSULTING_OPEN;
}
