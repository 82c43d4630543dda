/*
 * 分类查找: the newest rows of a column by organ, issuer, year, topic, kind and
 * state, so that a document is found without script. Each row stands once in
 * each of the six, or with each of its issuers.
 */
#include <string.h>

#include "base/pack.h"
#include "plan/feed_groups.h"
#include "plan/permalink.h"
#include "render/page_frame.h"
#include "render/view.h"
#include "render/wording.h"

struct facet {
	const char *key;
	str (*value_of)(const struct render_job *job, uint32_t number);
	const char *listed; /* or all values of this field of its type */
};

static str organ_of(const struct render_job *job, uint32_t number)
{
	const struct site *site = view_placement(job, number).site;

	return site == NULL ? STR("") : site->short_name;
}

static str year_of(const struct render_job *job, uint32_t number)
{
	struct buf year;

	buf_init(&year, job->arena);
	moment_format(&year, view_resource(job, number)->date, STR("%Y"));
	return buf_str(&year);
}

static str topic_of(const struct render_job *job, uint32_t number)
{
	return feed_group_topic(view_resource(job, number)->topic);
}

static const struct facet facets[] = {
	{ "organ", organ_of, NULL },	  { "issuer", NULL, "issuer" },
	{ "year", year_of, NULL },	  { "topic", topic_of, NULL },
	{ "kind", NULL, "policy_kind" },  { "validity", view_validity, NULL },
	{ "audience", NULL, "audience" },
};

struct group {
	str name;
	struct list numbers; /* uint32_t */
};

static struct group *group_of(struct list *groups, str name,
			      struct arena *arena)
{
	struct group *items = groups->items;
	struct group *group;

	for (size_t i = 0; i < groups->count; i++)
		if (str_equal(items[i].name, name))
			return &items[i];
	group = list_add(groups, arena);
	group->name = name;
	list_init(&group->numbers, sizeof(uint32_t));
	return group;
}

/* Topics and audiences have one. */
static str feed_address(const struct render_job *job, const char *key, str name)
{
	uint32_t number;

	if (strcmp(key, "topic") == 0)
		number = feed_group_topic_key(name);
	else if (strcmp(key, "audience") == 0)
		number = feed_group_audience_key(name);
	else
		return STR("");
	return permalink_address(
		feed_group_path(job->page->column, number, job->arena),
		job->arena);
}

static struct value view_groups(const struct render_job *job,
				const struct facet *facet,
				const struct list *groups)
{
	const struct group *items = groups->items;
	struct value *values =
		arena_array(job->arena, groups->count, sizeof(*values));

	for (size_t i = 0; i < groups->count; i++) {
		const struct value fields[FACET_VALUE_FIELDS] = {
			[FACET_VALUE_NAME] =
				value_text(wording_value(job, items[i].name)),
			[FACET_VALUE_ID] = value_text(arena_printf(
				job->arena, "%s--%zu", facet->key, i + 1)),
			[FACET_VALUE_ITEMS] = view_items(
				job, items[i].numbers.items,
				items[i].numbers.count, job->page->column),
			[FACET_VALUE_FEED_URL] = value_url(
				feed_address(job, facet->key, items[i].name)),
		};

		values[i] = view_object(job, &facet_value_shape, fields);
	}
	return value_list(values, groups->count);
}

static void add_to_group(struct list *groups, str name, uint32_t number,
			 struct arena *arena)
{
	struct group *group;
	const uint32_t *numbers;

	if (name.len == 0)
		return;
	group = group_of(groups, name, arena);
	numbers = group->numbers.items;
	if (group->numbers.count > 0 &&
	    numbers[group->numbers.count - 1] == number)
		return;
	*(uint32_t *)list_add(&group->numbers, arena) = number;
}

static void add_row(struct list *groups, const struct facet *facet,
		    const struct render_job *job, uint32_t number)
{
	str packed, name;

	if (facet->value_of != NULL) {
		add_to_group(groups, facet->value_of(job, number), number,
			     job->arena);
		return;
	}
	packed = strcmp(facet->key, "audience") == 0
			 ? view_resource(job, number)->audience
			 : view_listed(job, view_resource(job, number),
				       facet->listed);
	while (unpack_text(&name, &packed))
		add_to_group(groups, name, number, job->arena);
}

/* In the order in which the newest of each comes. */
static struct value view_facet(const struct render_job *job,
			       const struct facet *facet)
{
	const struct column *column = job->page->column;
	struct value values[FACET_FIELDS];
	struct list groups;

	list_init(&groups, sizeof(struct group));
	for (size_t i = 0; i < facet_row_count(column); i++)
		add_row(&groups, facet, job, column->list.live[i]);
	values[FACET_KEY] = value_text(str_from_c(facet->key));
	values[FACET_VALUES] = view_groups(job, facet, &groups);
	return view_object(job, &facet_shape, values);
}

bool render_facets(str *out, const struct render_job *job)
{
	const struct column *column = job->page->column;
	struct value items[COUNT_OF(facets)];
	struct value values[FACETS_FIELDS];
	struct page_frame spare;
	struct page_head head = { .title =
					  view_string(job, "facets", "title") };
	bool trusted =
		view_trusts(job, column->list.live, facet_row_count(column));

	for (size_t i = 0; trusted && i < COUNT_OF(facets); i++)
		items[i] = view_facet(job, &facets[i]);
	values[FACETS_COLUMN] = page_frame_of(job, &spare)->column_value;
	values[FACETS_GROUPS] =
		value_list(items, trusted ? COUNT_OF(facets) : 0);
	return view_render(out, job, &facets_shape, values, &head);
}
