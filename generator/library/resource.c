#include "library/resource.h"

#include <string.h>

#include "base/diag.h"
#include "base/map.h"
#include "base/pack.h"
#include "library/field_format.h"
#include "library/front_matter.h"

/* Which field goes where. Shared texts are names that come again and again. */
static const struct {
	const char *key;
	size_t offset; /* of a str */
	bool is_shared;
} texts[] = {
	{ "title", offsetof(struct resource, title), false },
	{ "subtitle", offsetof(struct resource, subtitle), false },
	{ "summary", offsetof(struct resource, summary), false },
	{ "source", offsetof(struct resource, source_name), true },
	{ "source_url", offsetof(struct resource, source_url), false },
	{ "author", offsetof(struct resource, author), true },
	{ "image", offsetof(struct resource, image), false },
	{ "topic", offsetof(struct resource, topic), true },
	{ "region", offsetof(struct resource, region), true },
	{ "lang", offsetof(struct resource, lang), true },
	{ "doc_no", offsetof(struct resource, doc_no), false },
	{ "validity", offsetof(struct resource, validity), true },
	{ "replaced_by", offsetof(struct resource, replaced_by), false },
};

static const struct {
	const char *key;
	size_t offset; /* of the pointer to the items */
	size_t count;  /* offset of their number */
	bool is_shared;
} lists[] = {
	{ "keywords", offsetof(struct resource, keywords),
	  offsetof(struct resource, keyword_count), true },
	{ "audience", offsetof(struct resource, audience),
	  offsetof(struct resource, audience_count), true },
	{ "aliases", offsetof(struct resource, aliases),
	  offsetof(struct resource, alias_count), false },
	{ "interprets", offsetof(struct resource, interprets),
	  offsetof(struct resource, interprets_count), false },
};

static const struct {
	const char *key;
	size_t offset; /* of a struct moment */
} moments[] = {
	{ "date", offsetof(struct resource, date) },
	{ "updated", offsetof(struct resource, updated) },
	{ "publish_at", offsetof(struct resource, publish_at) },
	{ "expires_on", offsetof(struct resource, expires_on) },
	{ "archived_on", offsetof(struct resource, archived_on) },
	{ "pin_until", offsetof(struct resource, pin_until) },
};

static const struct {
	const char *key;
	size_t offset; /* of a struct span */
} spans[] = {
	{ "title", offsetof(struct resource, title_span) },
	{ "date", offsetof(struct resource, date_span) },
	{ "aliases", offsetof(struct resource, aliases_span) },
	{ "replaced_by", offsetof(struct resource, replaced_by_span) },
	{ "interprets", offsetof(struct resource, interprets_span) },
	{ "relations", offsetof(struct resource, replaces_span) },
	{ "slug", offsetof(struct resource, slug_span) },
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

static const str **list_member(struct resource *resource, size_t i)
{
	return member(resource, lists[i].offset);
}

static uint16_t *list_count(struct resource *resource, size_t i)
{
	return member(resource, lists[i].count);
}

/* --- from the front matter ------------------------------------------------ */

static void take_texts(struct resource *out, const struct front_matter *matter)
{
	for (size_t i = 0; i < COUNT_OF(texts); i++)
		*text_member(out, i) =
			front_matter_get(matter, texts[i].key)->text;
}

static void take_lists(struct resource *out, const struct front_matter *matter)
{
	for (size_t i = 0; i < COUNT_OF(lists); i++) {
		const struct field_value *value =
			front_matter_get(matter, lists[i].key);

		/* 64 KiB of front matter cannot hold 65535 items. */
		*list_member(out, i) = value->items;
		*list_count(out, i) = (uint16_t)value->item_count;
	}
}

static void take_moments(struct resource *out,
			 const struct front_matter *matter)
{
	for (size_t i = 0; i < COUNT_OF(moments); i++)
		*(struct moment *)member(out, moments[i].offset) =
			front_matter_get(matter, moments[i].key)->moment;
}

static void take_spans(struct resource *out, const struct source *source,
		       const struct front_matter *matter)
{
	for (size_t i = 0; i < COUNT_OF(spans); i++) {
		const struct yaml_node *node =
			front_matter_get(matter, spans[i].key)->node;

		*(struct span *)member(out, spans[i].offset) =
			node != NULL ? node->span : span_of(source, 0, 3);
	}
}

static bool is_true(const struct front_matter *matter, const char *key)
{
	return front_matter_get(matter, key)->number != 0;
}

static void take_flags(struct resource *out, const struct front_matter *matter)
{
	uint64_t weight = front_matter_get(matter, "weight")->number;

	if (weight == 0)
		weight = front_matter_get(matter, "order")->number;
	out->weight = weight > UINT32_MAX ? UINT32_MAX : (uint32_t)weight;
	out->is_reprint = str_equal(front_matter_get(matter, "origin")->text,
				    STR("reprint"));
	out->is_major = is_true(matter, "major");
	out->is_pinned = is_true(matter, "pin");
}

static void take_status(struct resource *out, const struct front_matter *matter)
{
	str text = front_matter_get(matter, "status")->text;

	out->status = STATUS_PUBLISHED;
	for (size_t i = 0; i < COUNT_OF(statuses); i++)
		if (str_equal_c(text, statuses[i].name))
			out->status = statuses[i].status;
	if (out->archived_on.is_set)
		out->status = STATUS_ARCHIVED;
}

static void take_replaces(struct resource *out,
			  const struct front_matter *matter)
{
	const struct yaml_node *node =
		front_matter_get(matter, "relations")->node;

	if (node != NULL)
		node = yaml_get(node, STR("replaces"));
	if (node != NULL && node->kind == YAML_SEQUENCE && node->count > 0)
		node = &node->items[0];
	if (node != NULL && node->kind == YAML_SCALAR && !node->is_null) {
		out->replaces = node->text;
		out->replaces_span = node->span;
	}
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

static bool check_names(const struct resource *resource, bool own_id,
			bool own_slug, const struct source *source,
			struct diag_list *diags)
{
	struct diag *diag;

	if ((own_slug || slug_is_valid(resource->slug)) &&
	    (own_id || id_is_valid(resource->id)))
		return true;
	diag = diag_error(diags, span_of(source, 0, 3), "resource-path",
			  _("the path \"%.*s\" has characters that an address "
			    "cannot have"),
			  STR_ARG(resource->path));
	diag_help(diags, diag,
		  _("name folders and files with letters, digits, \"-\" and "
		    "\"_\"; or write both id: and slug:"));
	return false;
}

bool resource_build(struct resource *out, const struct source *source, str path,
		    const struct front_matter *matter, struct diag_list *diags)
{
	const struct field_value *id = front_matter_get(matter, "id");
	const struct field_value *slug = front_matter_get(matter, "slug");

	*out = (struct resource){ .file = source->number,
				  .type = matter->type,
				  .path = path };
	take_path(out);
	if (!check_place(out, source, diags))
		return false;
	if (id->node != NULL)
		out->id = id->text;
	if (slug->node != NULL)
		out->slug = slug->text;
	take_texts(out, matter);
	if (out->image.len == 0) /* lists show a leader's photo */
		out->image = front_matter_get(matter, "photo")->text;
	take_lists(out, matter);
	take_moments(out, matter);
	take_spans(out, source, matter);
	take_flags(out, matter);
	take_status(out, matter);
	take_replaces(out, matter);
	return check_names(out, id->node != NULL, slug->node != NULL, source,
			   diags);
}

/* --- for keeps ------------------------------------------------------------ */

static str share(str text, struct map *shared, struct arena *arena)
{
	str *kept = map_get(shared, text);

	if (kept == NULL) {
		kept = arena_alloc(arena, sizeof(*kept));
		*kept = arena_copy(arena, text);
		map_add(shared, *kept, kept);
	}
	return *kept;
}

static bool is_within(str part, str whole)
{
	return part.data >= whole.data &&
	       part.data + part.len <= whole.data + whole.len;
}

/* Bytes of all strings that the resource has for itself. */
static size_t own_bytes(struct resource *resource)
{
	size_t bytes = resource->replaces.len;

	if (!is_within(resource->id, resource->path))
		bytes += resource->id.len;
	if (!is_within(resource->slug, resource->path))
		bytes += resource->slug.len;
	for (size_t i = 0; i < COUNT_OF(texts); i++)
		if (!texts[i].is_shared)
			bytes += text_member(resource, i)->len;
	for (size_t i = 0; i < COUNT_OF(lists); i++) {
		const str *items = *list_member(resource, i);

		for (size_t k = 0; k < *list_count(resource, i); k++)
			bytes += lists[i].is_shared ? 0 : items[k].len;
	}
	return bytes;
}

static void move_to(str *text, char **memory)
{
	if (text->len > 0)
		memcpy(*memory, text->data, text->len);
	text->data = *memory;
	*memory += text->len;
}

static void keep_texts(struct resource *resource, char **memory,
		       struct map *shared, struct arena *arena)
{
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		str *text = text_member(resource, i);

		if (text->len == 0)
			*text = (str){ "", 0 };
		else if (texts[i].is_shared)
			*text = share(*text, shared, arena);
		else
			move_to(text, memory);
	}
}

static void keep_lists(struct resource *resource, char **memory,
		       struct map *shared, struct arena *arena)
{
	for (size_t i = 0; i < COUNT_OF(lists); i++) {
		size_t count = *list_count(resource, i);
		const str *items = *list_member(resource, i);
		str *kept;

		if (count == 0)
			continue;
		kept = arena_array(arena, count, sizeof(*kept));
		for (size_t k = 0; k < count; k++) {
			kept[k] = items[k];
			if (lists[i].is_shared)
				kept[k] = share(kept[k], shared, arena);
			else
				move_to(&kept[k], memory);
		}
		*list_member(resource, i) = kept;
	}
}

void resource_keep(struct resource *resource, struct map *shared,
		   struct arena *arena)
{
	char *memory = arena_alloc(arena, own_bytes(resource));

	if (!is_within(resource->id, resource->path))
		move_to(&resource->id, &memory);
	if (!is_within(resource->slug, resource->path))
		move_to(&resource->slug, &memory);
	move_to(&resource->replaces, &memory);
	keep_texts(resource, &memory, shared, arena);
	keep_lists(resource, &memory, shared, arena);
}

/* --- as bytes ------------------------------------------------------------- */

/*
 * The struct as it stands in memory, then every string: its length and its
 * bytes. A cache is of one program on one machine, so no form is needed that
 * others could read.
 */
static struct span *span_member(struct resource *resource, size_t i)
{
	return member(resource, spans[i].offset);
}

bool resource_can_pack(const struct resource *resource)
{
	struct resource copy = *resource;

	for (size_t i = 0; i < COUNT_OF(spans); i++) {
		const struct span *span = span_member(&copy, i);

		if (span->source != resource->file &&
		    span->source != SOURCE_NONE && span->end != 0)
			return false;
	}
	return true;
}

void resource_pack(struct buf *out, const struct resource *resource)
{
	struct resource copy = *resource;

	pack_bytes(out, &copy, sizeof(copy));
	pack_text(out, copy.id);
	pack_text(out, copy.slug);
	pack_text(out, copy.replaces);
	for (size_t i = 0; i < COUNT_OF(texts); i++)
		pack_text(out, *text_member(&copy, i));
	for (size_t i = 0; i < COUNT_OF(lists); i++)
		for (size_t k = 0; k < *list_count(&copy, i); k++)
			pack_text(out, (*list_member(&copy, i))[k]);
}

static bool unpack_lists(struct resource *out, str *bytes, struct arena *arena)
{
	for (size_t i = 0; i < COUNT_OF(lists); i++) {
		size_t count = *list_count(out, i);
		str *items = NULL;

		if (count > 0)
			items = arena_array(arena, count, sizeof(*items));
		for (size_t k = 0; k < count; k++)
			if (!unpack_text(&items[k], bytes))
				return false;
		*list_member(out, i) = items;
	}
	return true;
}

static void move_spans(struct resource *resource, uint32_t file)
{
	for (size_t i = 0; i < COUNT_OF(spans); i++) {
		struct span *span = span_member(resource, i);

		if (span->source == resource->file)
			span->source = file;
	}
	resource->file = file;
}

bool resource_unpack(struct resource *out, str bytes, str path, uint32_t file,
		     struct arena *arena)
{
	size_t unit_length;

	if (!unpack_bytes(out, sizeof(*out), &bytes))
		return false;
	unit_length = out->unit.len;
	out->path = path;
	out->unit = str_between(path, STR("content/").len,
				STR("content/").len + unit_length);
	move_spans(out, file);
	if (!unpack_text(&out->id, &bytes) ||
	    !unpack_text(&out->slug, &bytes) ||
	    !unpack_text(&out->replaces, &bytes))
		return false;
	for (size_t i = 0; i < COUNT_OF(texts); i++)
		if (!unpack_text(text_member(out, i), &bytes))
			return false;
	return unpack_lists(out, &bytes, arena);
}
