/*
 * What belongs to an article: lists of other resources, by the relations that
 * the plan knows. Most are one relation, one way, and rows of a table; what
 * rests on a document is parted into questions and all else, so that a list
 * that is called 相关问答 has nothing but questions.
 */
#include "render/article_relations.h"

#include "plan/permalink.h"

#include <string.h>

enum { POLICIES_LIMIT = 8 };

_Static_assert((int)POLICIES_LIMIT <= (int)RELATION_LIMIT &&
		       (int)RELATED_LIMIT <= (int)RELATION_LIMIT,
	       "one array holds each of the lists");

/* One row a list that is one kind of relation, one way. */
static const struct {
	int field; /* of article_shape */
	enum relation_kind kind;
	bool is_from; /* what it says of others, not others of it */
	bool is_news; /* the newest first, in whatever order it was written */
} relation_rows[] = {
	{ ARTICLE_AMENDS, RELATION_AMENDS, true, false },
	{ ARTICLE_AMENDED_BY, RELATION_AMENDS, false, false },
	{ ARTICLE_TRANSLATES, RELATION_TRANSLATES, true, false },
	{ ARTICLE_TRANSLATIONS, RELATION_TRANSLATES, false, false },
	{ ARTICLE_SERVICES, RELATION_SERVICE, true, false },
	{ ARTICLE_ACTIVITIES, RELATION_ACTIVITY, true, true },
	{ ARTICLE_BASIS, RELATION_BASIS, true, false },
	{ ARTICLE_MESSAGES, RELATION_MESSAGE, true, true },
};

static bool is_question(const struct render_job *job, uint32_t number)
{
	const char *layout = catalog_type(view_catalog(job), number)->layout;

	return layout != NULL && strcmp(layout, "questions") == 0;
}

/* What rests on it: the questions, or all that is none. */
static size_t based_on(const struct render_job *job, uint32_t number,
		       bool are_questions, uint32_t *out)
{
	size_t found = relations_to(&job->context->plan->relations, number,
				    RELATION_BASIS, out);
	size_t count = 0;

	for (size_t i = 0; i < found; i++)
		if (is_question(job, out[i]) == are_questions)
			out[count++] = out[i];
	return count;
}

/*
 * Who asks about a service, whose answer rests on a document, or was made of
 * a message.
 */
static struct value questions(const struct render_job *job, uint32_t number)
{
	const struct relations *relations = &job->context->plan->relations;
	uint32_t numbers[3 * RELATION_LIMIT];
	size_t count =
		relations_to(relations, number, RELATION_SERVICE, numbers);

	count += based_on(job, number, true, numbers + count);
	count += relations_to(relations, number, RELATION_MESSAGE,
			      numbers + count);
	return view_items(job, numbers, count, NULL);
}

/* Those without a page count, too: not everybody agrees to be published. */
static struct value message_count(const struct render_job *job)
{
	size_t count = relations_said(&job->context->plan->relations,
				      job->page->resource, RELATION_MESSAGE);

	return count == 0 ? value_none() : value_number((int64_t)count);
}

static struct moment changed(const struct resource *resource)
{
	return resource->updated.seconds > resource->date.seconds
		       ? resource->updated
		       : resource->date;
}

/* Was the original changed on a later day than it was translated? */
static bool is_behind(const struct render_job *job,
		      const struct front_matter *matter)
{
	const struct relations *relations = &job->context->plan->relations;
	const struct resource *resource =
		view_resource(job, job->page->resource);
	struct moment translated =
		front_matter_get(matter, MEANS_TRANSLATED_ON)->moment;
	uint32_t numbers[RELATION_LIMIT];
	size_t count = relations_from(relations, job->page->resource,
				      RELATION_TRANSLATES, numbers);

	if (!translated.is_set)
		translated = resource->date;
	for (size_t i = 0; i < count; i++)
		if (changed(view_resource(job, numbers[i])).seconds >=
		    moment_end(translated).seconds)
			return true;
	return false;
}

void article_relations(struct value *values, const struct render_job *job,
		       const struct front_matter *matter)
{
	const struct relations *relations = &job->context->plan->relations;
	uint32_t number = job->page->resource;
	struct relation_list interpretations =
		relations_interpretations(relations, number, job->arena);
	uint32_t numbers[RELATION_LIMIT];
	size_t count;

	for (size_t i = 0; i < COUNT_OF(relation_rows); i++) {
		count = (relation_rows[i].is_from ? relations_from
						  : relations_to)(
			relations, number, relation_rows[i].kind, numbers);
		if (relation_rows[i].is_news)
			qsort_r(numbers, count, sizeof(*numbers),
				catalog_compare_newest,
				(void *)view_catalog(job));
		values[relation_rows[i].field] =
			view_items(job, numbers, count, NULL);
	}
	values[ARTICLE_QUESTIONS] = questions(job, number);
	values[ARTICLE_MESSAGE_COUNT] = message_count(job);
	count = based_on(job, number, false, numbers);
	values[ARTICLE_BASED] = view_items(job, numbers, count, NULL);
	values[ARTICLE_IS_BEHIND] = value_truth(is_behind(job, matter));
	values[ARTICLE_INTERPRETATIONS] = view_items(
		job, interpretations.items, interpretations.count, NULL);
	count = relations_policies(relations, number, numbers, POLICIES_LIMIT);
	values[ARTICLE_POLICIES] = view_items(job, numbers, count, NULL);
	count = relations_related(relations, number, numbers);
	values[ARTICLE_RELATED] = view_items(job, numbers, count, NULL);
}

static struct value alternate(const struct render_job *job, uint32_t number)
{
	const struct resource *resource = view_resource(job, number);
	struct placement placement = view_placement(job, number);
	const struct value values[ALTERNATE_FIELDS] = {
		[ALTERNATE_LANGUAGE] = value_text(
			resource->lang.len > 0 ? resource->lang
					       : placement.site->language),
		[ALTERNATE_URL] = value_url(permalink_absolute(
			placement.site,
			permalink_path(resource, placement.column, job->arena),
			job->arena)),
	};

	return view_object(job, &alternate_shape, values);
}

struct value article_alternates(const struct render_job *job)
{
	const struct relations *relations = &job->context->plan->relations;
	uint32_t numbers[RELATION_LIMIT + 1];
	struct value *items;
	size_t count;

	if (job->page->kind != PAGE_ARTICLE)
		return value_list(NULL, 0);
	if (relations_from(relations, job->page->resource, RELATION_TRANSLATES,
			   numbers) == 0)
		numbers[0] = job->page->resource;
	count = 1 + relations_to(relations, numbers[0], RELATION_TRANSLATES,
				 numbers + 1);
	if (count < 2)
		return value_list(NULL, 0);
	items = arena_array(job->arena, count, sizeof(*items));
	for (size_t i = 0; i < count; i++)
		items[i] = alternate(job, numbers[i]);
	return value_list(items, count);
}
