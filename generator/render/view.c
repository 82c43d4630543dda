/*
 * Values are made where they are shown and point into the catalogue; nothing
 * is copied but what has to be put together (addresses, dates). A list is
 * filled with what its rows show and no more, since lists are most of what a
 * build makes.
 */
#include "render/view.h"
#include "render/wording.h"

#include "base/pack.h"
#include "markup/html.h"
#include "markup/url_path.h"
#include "plan/permalink.h"
#include "render/known_picture.h"

#include <string.h>

const struct platform *view_platform(const struct render_job *job)
{
	return &job->context->plan->arrangement->cluster->platform;
}

const struct catalog *view_catalog(const struct render_job *job)
{
	return job->context->plan->arrangement->catalog;
}

const struct resource *view_resource(const struct render_job *job,
				     uint32_t number)
{
	struct resource *resource = arena_raw(job->arena, sizeof(*resource));

	catalog_get(resource, view_catalog(job), number);
	return resource;
}

bool view_trusts(const struct render_job *job, const uint32_t *numbers,
		 size_t count)
{
	return snapshot_trusts(job->context->plan->snapshot, numbers,
			       count * sizeof(*numbers));
}

struct placement view_placement(const struct render_job *job, uint32_t number)
{
	return arrangement_of(job->context->plan->arrangement, number);
}

struct value view_object(const struct render_job *job,
			 const struct shape *shape, const struct value *values)
{
	struct object *object = arena_alloc(job->arena, sizeof(*object));
	struct value *copy =
		arena_array(job->arena, shape->count, sizeof(*copy));

	memcpy(copy, values, shape->count * sizeof(*copy));
	*object = (struct object){ shape, copy };
	return value_object(object);
}

str view_string(const struct render_job *job, const char *group,
		const char *name)
{
	struct value found = object_member(job->site->theme->base, "strings");

	if (found.kind == VALUE_OBJECT)
		found = object_member(found.as.object, group);
	if (found.kind == VALUE_OBJECT)
		found = object_member(found.as.object, name);
	return found.kind == VALUE_TEXT ? found.as.text : STR("");
}

str view_string_at(const struct render_job *job, const char *group, str name)
{
	struct value found = object_member(job->site->theme->base, "strings");

	if (found.kind == VALUE_OBJECT)
		found = object_member(found.as.object, group);
	return found.kind != VALUE_OBJECT
		       ? STR("")
		       : view_string(job, group,
				     arena_c_string(job->arena, name));
}

struct value view_link(const struct render_job *job, str name, str url)
{
	const str parts[3] = { STR("https://"), job->site->site->domain, url };
	bool is_outside = view_is_outside(job, url) ||
			  str_starts_with(url, STR("#leave"));
	const struct value values[LINK_FIELDS] = {
		[LINK_NAME] = value_text(name),
		[LINK_URL] = value_url(url),
		[LINK_ABSOLUTE] =
			value_url(str_starts_with(url, STR("/"))
					  ? arena_join(job->arena, parts, 3)
					  : url),
		[LINK_IS_OUTSIDE] = value_truth(is_outside),
	};

	return view_object(job, &link_shape, values);
}

struct value view_texts(const struct render_job *job, const str *texts,
			size_t count)
{
	struct value *items = arena_array(job->arena, count, sizeof(*items));

	for (size_t i = 0; i < count; i++)
		items[i] = value_text(texts[i]);
	return value_list(items, count);
}

struct value view_packed_texts(const struct render_job *job, str packed)
{
	struct list items;
	str text;

	list_init(&items, sizeof(struct value));
	while (unpack_text(&text, &packed))
		*(struct value *)list_add(&items, job->arena) =
			value_text(text);
	return value_list(items.items, items.count);
}

str view_join(const struct render_job *job, str packed)
{
	struct buf joined;
	str text;

	buf_init(&joined, job->arena);
	while (unpack_text(&text, &packed)) {
		if (joined.len > 0)
			buf_add_byte(&joined, ',');
		buf_add(&joined, text);
	}
	return buf_str(&joined);
}

/* --- addresses --- */

str view_address(const struct render_job *job, uint32_t number,
		 const struct column *column)
{
	struct placement placement = view_placement(job, number);
	const struct site *here = job->site->site;
	struct resource resource;

	if (placement.column == NULL)
		return STR("");
	catalog_get(&resource, view_catalog(job), number);
	if (column != NULL && column->show == SHOW_COPY &&
	    placement.site != here)
		return permalink_address(
			permalink_path(&resource, column, job->arena),
			job->arena);
	return permalink_from(
		here, placement.site,
		permalink_path(&resource, placement.column, job->arena),
		job->arena);
}

void view_depend(const struct render_job *job, char letter, str name)
{
	if (job->dependencies != NULL)
		*(str *)list_add(job->dependencies, job->arena) = arena_printf(
			job->arena, "%c %.*s", letter, STR_ARG(name));
}

bool view_is_outside(const struct render_job *job, str address)
{
	str host = url_path_host(address);

	if (host.len == 0)
		return false;
	view_depend(job, 's', host);
	return !cluster_is_inside(job->context->plan->arrangement->cluster,
				  host);
}

str leaves_guard(struct leaves *leaves, const struct render_job *job,
		 str address)
{
	struct value values[LEAVE_FIELDS];
	str id;

	if (!view_is_outside(job, address))
		return address;
	if (leaves->items.item_size == 0)
		list_init(&leaves->items, sizeof(struct value));
	id = arena_printf(job->arena, "leave-site-%zu",
			  leaves->items.count + 1);
	values[LEAVE_ID] = value_text(id);
	values[LEAVE_URL] = value_url(address);
	values[LEAVE_ADDRESS] = value_text(address);
	*(struct value *)list_add(&leaves->items, job->arena) =
		view_object(job, &leave_shape, values);
	return arena_printf(job->arena, "#%.*s", STR_ARG(id));
}

/* --- stamps --- */

/* What replaces something: a resource, or an address as written. */
static struct value view_replacement(const struct render_job *job,
				     str replaced_by)
{
	uint32_t number;

	if (replaced_by.len == 0)
		return value_none();
	number = relations_find(view_catalog(job), replaced_by);
	if (number != RESOURCE_NONE) {
		str address = view_address(job, number, NULL);

		return address.len == 0
			       ? value_none()
			       : view_link(job,
					   view_resource(job, number)->title,
					   address);
	}
	if (str_find(replaced_by, STR("://")) == STR_NONE &&
	    !str_starts_with(replaced_by, STR("/")))
		return value_none();
	return view_link(job, replaced_by, replaced_by);
}

struct value view_stamp(const struct render_job *job, struct moment since,
			str replaced_by)
{
	struct value values[STAMP_FIELDS];

	if (!since.is_set)
		return value_none();
	values[STAMP_TEXT] = value_text(wording_stamp(job));
	values[STAMP_DATE] = value_moment(since);
	values[STAMP_REPLACEMENT] = view_replacement(job, replaced_by);
	return view_object(job, &stamp_shape, values);
}

struct value view_column_stamp(const struct render_job *job,
			       const struct column *column)
{
	if (!column->is_archived)
		return value_none();
	return view_stamp(job, column->archived_since, column->replaced_by);
}

/* --- rows of lists --- */

bool view_is_whole_address(str address)
{
	return str_starts_with(address, STR("/")) ||
	       str_find(address, STR("://")) != STR_NONE;
}

str view_absolute(const struct render_job *job, str address)
{
	const str parts[] = { STR("https://"), job->site->site->domain,
			      address };

	return str_starts_with(address, STR("/"))
		       ? arena_join(job->arena, parts, COUNT_OF(parts))
		       : address;
}

/* An address of another site is a whole one. */
static str site_address(const struct render_job *job, const struct site *site,
			str address)
{
	const str parts[] = { STR("https://"), site->domain, address };

	return site == job->site->site || !str_starts_with(address, STR("/"))
		       ? address
		       : arena_join(job->arena, parts, COUNT_OF(parts));
}

/* `column` lists it, and shows a copy perhaps. */
static str item_image(const struct render_job *job,
		      const struct resource *resource,
		      const struct column *column)
{
	const struct page_plan *plan = job->context->plan;
	struct placement placement = view_placement(job, resource->number);
	const struct site *here = job->site->site;
	size_t file;
	const struct site_plan *shared;
	str path, at;
	str parts[2];

	if (resource->image.len == 0 || placement.column == NULL)
		return STR("");
	if (str_starts_with(resource->image, STR("/")) &&
	    !page_plan_has_address(plan, placement.site, resource->image))
		return STR(""); /* told at the page itself */
	if (view_is_whole_address(resource->image))
		return site_address(job, placement.site, resource->image);
	file = page_plan_image(plan, resource);
	if (file == STR_NONE)
		return STR("");
	path = snapshot_path(plan->snapshot, file);
	shared = page_plan_shared_file(plan, path, &at, job->arena);
	if (shared != NULL)
		return permalink_from(here, shared->site, at, job->arena);
	if (column != NULL && column->show == SHOW_COPY &&
	    placement.site != here) {
		placement.site = here;
		placement.column = column;
	}
	parts[0] = permalink_folder(resource, placement.column, job->arena);
	parts[1] = str_file_name(path);
	return permalink_from(here, placement.site,
			      arena_join(job->arena, parts, 2), job->arena);
}

/* Of a picture beside the text or of its unit. */
static struct value item_small(const struct render_job *job,
			       const struct resource *resource, str address)
{
	size_t file = address.len > 0
			      ? page_plan_image(job->context->plan, resource)
			      : STR_NONE;

	return file == STR_NONE ? value_list(NULL, 0)
				: view_small_pictures(job, file, address);
}

static void item_place(struct value *values, const struct render_job *job,
		       struct placement placement)
{
	bool is_elsewhere = placement.site != job->site->site;

	values[ITEM_IS_ELSEWHERE] = value_truth(is_elsewhere);
	if (placement.column == NULL) {
		values[ITEM_COLUMN_NAME] = value_text(STR(""));
		values[ITEM_COLUMN_URL] = value_url(STR(""));
		values[ITEM_SITE_NAME] = value_text(STR(""));
		return;
	}
	values[ITEM_COLUMN_NAME] = value_text(placement.column->name);
	values[ITEM_COLUMN_URL] = value_url(permalink_from(
		job->site->site, placement.site,
		permalink_column_path(placement.column, job->arena),
		job->arena));
	values[ITEM_SITE_NAME] = value_text(placement.site->short_name);
}

/* --- what lists know of a type's own fields --- */

static struct value listed_record(const struct render_job *job,
				  const struct field *field, str packed)
{
	struct list parts;
	str text;
	struct value values[LISTED_RECORD_FIELDS];

	list_init(&parts, sizeof(struct value));
	for (size_t i = 0;
	     field->record[i].key != NULL && unpack_text(&text, &packed); i++) {
		const struct value part[LISTED_PART_FIELDS] = {
			[LISTED_PART_KEY] =
				value_text(str_from_c(field->record[i].key)),
			[LISTED_PART_LABEL] = value_text(
				wording_field(job, &field->record[i])),
			[LISTED_PART_TEXT] = value_text(text),
		};

		*(struct value *)list_add(&parts, job->arena) =
			view_object(job, &listed_part_shape, part);
	}
	values[LISTED_RECORD_PARTS] = value_list(parts.items, parts.count);
	return view_object(job, &listed_record_shape, values);
}

static struct value listed_records(const struct render_job *job,
				   const struct field *field, str packed)
{
	struct list records;
	str record;

	list_init(&records, sizeof(struct value));
	while (unpack_text(&record, &packed))
		*(struct value *)list_add(&records, job->arena) =
			listed_record(job, field, record);
	return value_list(records.items, records.count);
}

/* A row of the catalogue that does not fit its type has fewer fields. */
static struct value listed_facts(const struct render_job *job,
				 const struct resource_type *type, str listed)
{
	struct value *items =
		arena_array(job->arena, type->listed_count, sizeof(*items));
	size_t count = 0;
	str packed;

	for (size_t i = 0;
	     i < type->listed_count && resource_listed_next(&packed, &listed);
	     i++) {
		const struct field *field = &type->fields[type->listed[i]];
		bool has_parts = field->record != NULL;
		const struct value values[LISTED_FIELDS] = {
			[LISTED_KEY] = value_text(str_from_c(field->key)),
			[LISTED_LABEL] = value_text(wording_field(job, field)),
			[LISTED_VALUES] =
				has_parts ? value_list(NULL, 0)
					  : view_packed_texts(job, packed),
			[LISTED_RECORDS] =
				has_parts ? listed_records(job, field, packed)
					  : value_list(NULL, 0),
		};

		if (packed.len > 0)
			items[count++] =
				view_object(job, &listed_shape, values);
	}
	return value_list(items, count);
}

str view_topic(const struct render_job *job, str topic)
{
	struct buf text;
	str part;

	buf_init(&text, job->arena);
	while (str_split_next(&topic, '\\', &part)) {
		if (text.len > 0)
			buf_add(&text, STR(" › "));
		buf_add(&text, wording_value(job, part));
	}
	return buf_str(&text);
}

struct value view_consultation(const struct render_job *job,
			       const struct resource *resource)
{
	struct moment as_of = job->context->plan->arrangement->as_of;
	int64_t days;
	enum consultation_state state =
		resource_consultation(&days, resource, as_of);
	bool is_open = state == CONSULTING_OPEN;
	const struct value values[CONSULTATION_FIELDS] = {
		[CONSULTATION_IS_AHEAD] =
			value_truth(state == CONSULTING_AHEAD),
		[CONSULTATION_IS_OPEN] = value_truth(is_open),
		[CONSULTATION_IS_CLOSED] =
			value_truth(state == CONSULTING_CLOSED),
		[CONSULTATION_OPENS_ON] = value_moment(resource->opens_on),
		[CONSULTATION_CLOSES_ON] = value_moment(resource->closes_on),
		[CONSULTATION_DAYS_LEFT] = value_number(is_open ? days : 0),
		[CONSULTATION_IS_LAST_DAY] = value_truth(is_open && days == 0),
		[CONSULTATION_RESULT] =
			state == CONSULTING_CLOSED
				? view_replacement(job, resource->result)
				: value_none(),
	};

	return state == CONSULTING_NONE
		       ? value_none()
		       : view_object(job, &consultation_shape, values);
}

/* Of a text in another language than the site's; else empty. */
static str language_elsewhere(const struct render_job *job,
			      const struct resource *resource)
{
	str own = job->site->site->language;
	struct placement placement = view_placement(job, resource->number);
	str language = resource->lang;

	if (language.len == 0 && placement.site != NULL)
		language = placement.site->language;
	return str_equal(language, own) ? STR("") : language;
}

static struct value make_item(const struct render_job *job, uint32_t number,
			      const struct column *column, bool is_pictured)
{
	const struct resource *resource = view_resource(job, number);
	struct placement placement = view_placement(job, number);
	const struct resource_type *type =
		catalog_type(view_catalog(job), number);
	struct moment as_of = job->context->plan->arrangement->as_of;
	str validity = resource_validity(resource, as_of);
	str address = view_address(job, number, column);
	str image = item_image(job, resource, column);
	struct value values[ITEM_FIELDS] = {
		[ITEM_TITLE] = value_text(resource->title),
		[ITEM_URL] = value_url(address),
		[ITEM_DATE] = value_moment(resource->date),
		[ITEM_SOURCE] = value_text(resource->source_name),
		[ITEM_SUMMARY] = value_text(resource->summary),
		[ITEM_IMAGE] = value_url(image),
		[ITEM_SMALL] = is_pictured ? item_small(job, resource, image)
					   : value_list(NULL, 0),
		[ITEM_TYPE] = value_text(str_from_c(type->name)),
		[ITEM_LANGUAGE] = value_text(language_elsewhere(job, resource)),
		[ITEM_TYPE_LABEL] = value_text(wording_type(job, type)),
		/* where it is pinned: on top of its column */
		[ITEM_IS_PINNED] = value_truth(
			column != NULL && resource_is_pinned(resource, as_of)),
		[ITEM_IS_ARCHIVED] =
			value_truth(placement.visibility == VISIBLE_ARCHIVED),
		[ITEM_STAMP] = view_stamp(job, placement.archived_since,
					  resource->replaced_by),
		[ITEM_DOC_NO] = value_text(resource->doc_no),
		[ITEM_VALIDITY] = value_text(validity),
		[ITEM_VALIDITY_LABEL] =
			value_text(wording_value(job, validity)),
		[ITEM_TOPIC] = value_text(view_topic(job, resource->topic)),
		[ITEM_FACTS] = listed_facts(job, type, resource->listed),
		[ITEM_CONSULTATION] = view_consultation(job, resource),
	};

	item_place(values, job, placement);
	return view_object(job, &item_shape, values);
}

struct value view_item(const struct render_job *job, uint32_t number,
		       const struct column *column)
{
	return make_item(job, number, column, false);
}

static bool is_pinned(struct value item)
{
	return item.as.object->values[ITEM_IS_PINNED].as.truth;
}

/* What is pinned to the column stands first; the order stays otherwise. */
static void put_pinned_first(struct value *items, size_t count)
{
	size_t put = 0;

	for (size_t i = 0; i < count; i++) {
		struct value item = items[i];

		if (!is_pinned(item))
			continue;
		memmove(items + put + 1, items + put,
			(i - put) * sizeof(*items));
		items[put++] = item;
	}
}

static struct value make_items(const struct render_job *job,
			       const uint32_t *numbers, size_t count,
			       const struct column *column, bool is_pictured)
{
	struct value *items = arena_array(job->arena, count, sizeof(*items));

	if (!view_trusts(job, numbers, count))
		return value_list(NULL, 0);
	for (size_t i = 0; i < count; i++)
		items[i] = make_item(job, numbers[i], column, is_pictured);
	put_pinned_first(items, count);
	return value_list(items, count);
}

struct value view_items(const struct render_job *job, const uint32_t *numbers,
			size_t count, const struct column *column)
{
	return make_items(job, numbers, count, column, false);
}

struct value view_pictured_items(const struct render_job *job,
				 const uint32_t *numbers, size_t count,
				 const struct column *column)
{
	return make_items(job, numbers, count, column, true);
}

struct value view_column_items(const struct render_job *job,
			       const uint32_t *numbers, size_t count,
			       const struct column *column)
{
	/* a plain list has no pictures */
	bool is_plain = strcmp(column->layout, LAYOUT_LIST) == 0;

	return make_items(job, numbers, count, column, !is_plain);
}

/* --- columns --- */

static bool is_current(const struct render_job *job,
		       const struct column *column)
{
	const struct column *shown = job->page->column;

	return shown != NULL && shown->number >= column->number &&
	       shown->number < column->subtree_end;
}

static str column_address(const struct render_job *job,
			  const struct column *column)
{
	return permalink_address(permalink_column_path(column, job->arena),
				 job->arena);
}

static str column_file(const struct render_job *job,
		       const struct column *column, const char *name)
{
	return permalink_address(arena_printf(job->arena, "%.*s/%s",
					      STR_ARG(column->path), name),
				 job->arena);
}

struct value view_column_entry(const struct render_job *job,
			       const struct column *column, bool archived_too)
{
	const struct value values[NAVIGATION_FIELDS] = {
		[NAVIGATION_NAME] = value_text(column->name),
		[NAVIGATION_URL] = value_url(column_address(job, column)),
		[NAVIGATION_DESCRIPTION] = value_text(column->description),
		[NAVIGATION_IS_CURRENT] = value_truth(is_current(job, column)),
		[NAVIGATION_IS_ARCHIVED] = value_truth(column->is_archived),
		[NAVIGATION_FEED_URL] = value_url(
			column->is_archived
				? STR("")
				: column_file(job, column, "feed.xml")),
		[NAVIGATION_COLUMNS] = view_columns(job, column, archived_too),
	};

	return view_object(job, &navigation_shape, values);
}

/* Children follow their parent; each is skipped with its subtree. */
struct value view_columns(const struct render_job *job,
			  const struct column *parent, bool archived_too)
{
	const struct site *site = job->site->site;
	size_t first = parent == NULL ? 0 : parent->number + 1;
	size_t behind =
		parent == NULL ? site->column_count : parent->subtree_end;
	struct value *items;
	size_t count = 0;

	for (size_t i = first; i < behind; i = site->columns[i].subtree_end)
		count++;
	items = arena_array(job->arena, count, sizeof(*items));
	count = 0;
	for (size_t i = first; i < behind; i = site->columns[i].subtree_end)
		if (archived_too || !site->columns[i].is_archived)
			items[count++] = view_column_entry(
				job, &site->columns[i], archived_too);
	return value_list(items, count);
}

str view_listed(const struct render_job *job, const struct resource *resource,
		const char *key)
{
	const struct resource_type *type =
		catalog_type(view_catalog(job), resource->number);
	str rest = resource->listed;
	str packed;

	for (size_t i = 0;
	     i < type->listed_count && resource_listed_next(&packed, &rest);
	     i++)
		if (strcmp(type->fields[type->listed[i]].key, key) == 0)
			return packed;
	return STR("");
}

struct value view_column(const struct render_job *job,
			 const struct column *column)
{
	const struct column *parent = column->parent;
	const struct value values[COLUMN_FIELDS] = {
		[COLUMN_NAME] = value_text(column->name),
		[COLUMN_URL] = value_url(column_address(job, column)),
		[COLUMN_DESCRIPTION] = value_text(column->description),
		[COLUMN_CLASS_LABEL] =
			value_text(wording_class(job, column->class_number)),
		[COLUMN_ATOM_URL] =
			value_url(column_file(job, column, "feed.xml")),
		[COLUMN_JSON_URL] =
			value_url(column_file(job, column, "feed.json")),
		[COLUMN_RSS_URL] =
			value_url(column_file(job, column, "rss.xml")),
		[COLUMN_STAMP] = view_column_stamp(job, column),
		[COLUMN_SIBLINGS] =
			view_columns(job, parent, column->is_archived),
		[COLUMN_PARENT] =
			parent == NULL ? value_none()
				       : view_link(job, parent->name,
						   column_address(job, parent)),
		[COLUMN_FACETS_URL] = value_url(
			column->has_facets
				? column_file(job, column, "facets.html")
				: STR("")),
		[COLUMN_STATISTICS_URL] = value_url(
			column->has_statistics
				? column_file(job, column, "statistics.html")
				: STR("")),
	};

	return view_object(job, &column_shape, values);
}

/* --- meta tags (rules.md B) --- */

void meta_add(struct meta_list *list, const char *name, str content)
{
	struct object *object;
	struct value *values;

	if (content.len == 0)
		return;
	object = arena_alloc(list->arena, sizeof(*object));
	values = arena_array(list->arena, META_FIELDS, sizeof(*values));
	values[META_NAME] = value_text(str_from_c(name));
	values[META_CONTENT] = value_text(content);
	values[META_ALSO] = value_text(STR(""));
	*object = (struct object){ &meta_shape, values };
	*(struct value *)list_add(&list->items, list->arena) =
		value_object(object);
}

void meta_begin(struct meta_list *list, const struct render_job *job)
{
	const struct site *site = job->site->site;

	list->arena = job->arena;
	list_init(&list->items, sizeof(struct value));
	meta_add(list, "SiteName", site->name);
	meta_add(list, "SiteDomain", site->domain);
	meta_add(list, "SiteIDCode", site->identity_code);
}

void meta_add_column(struct meta_list *list, const struct render_job *job,
		     const struct column *column)
{
	struct buf keywords;

	buf_init(&keywords, list->arena);
	for (size_t i = 0; i < column->keywords.count; i++) {
		if (i > 0)
			buf_add_byte(&keywords, ',');
		buf_add(&keywords, column->keywords.items[i]);
	}
	meta_add(list, "ColumnName", column->name);
	meta_add(list, "ColumnDescription", column->description);
	meta_add(list, "ColumnKeywords", buf_str(&keywords));
	meta_add(list, "ColumnType", wording_class(job, column->class_number));
}

struct value meta_value(const struct meta_list *list)
{
	return value_list(list->items.items, list->items.count);
}

str view_validity(const struct render_job *job, uint32_t number)
{
	return resource_validity(view_resource(job, number),
				 job->context->plan->arrangement->as_of);
}

/* The same list, of which fields can be changed. */
static struct value *meta_copy(struct value *list, struct arena *arena)
{
	size_t count = list->as.list.count;
	struct value *fields =
		arena_array(arena, count * META_FIELDS, sizeof(*fields));
	struct object *objects = arena_array(arena, count, sizeof(*objects));
	struct value *items = arena_array(arena, count, sizeof(*items));

	for (size_t i = 0; i < count; i++) {
		memcpy(fields + i * META_FIELDS,
		       list->as.list.items[i].as.object->values,
		       META_FIELDS * sizeof(*fields));
		objects[i] = (struct object){ &meta_shape,
					      fields + i * META_FIELDS };
		items[i] = value_object(&objects[i]);
	}
	*list = value_list(items, count);
	return fields;
}

void meta_pair(struct value *meta, struct value *properties,
	       struct arena *arena)
{
	struct value *tags = meta_copy(meta, arena);
	struct value *tags_end = tags + meta->as.list.count * META_FIELDS;
	struct value *also = meta_copy(properties, arena);

	for (size_t i = 0; i < properties->as.list.count; i++) {
		struct value *property = also + i * META_FIELDS;
		struct value *tag = tags;

		while (tag < tags_end &&
		       (tag[META_ALSO].as.text.len > 0 ||
			!str_equal(tag[META_CONTENT].as.text,
				   property[META_CONTENT].as.text)))
			tag += META_FIELDS;
		if (tag == tags_end)
			continue;
		tag[META_ALSO] = property[META_NAME];
		property[META_ALSO] = tag[META_NAME];
	}
}
