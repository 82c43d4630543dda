/*
 * Most texts are counted by what the catalogue has of them. Fields that it does
 * not have are read of the few types that count by them.
 */
#include "audit/annual_counts.h"

#include "library/resource_reader.h"

#define OF_YEAR(key, member)                                                   \
	{                                                                      \
		key, offsetof(struct annual_counts, member), true              \
	}
#define OF_DAY(key, member)                                                    \
	{                                                                      \
		key, offsetof(struct annual_counts, member), false             \
	}

const struct annual_field annual_fields[] = {
	OF_YEAR("info_total", published),
	OF_YEAR("info_profile", profiles),
	OF_YEAR("info_news", news),
	OF_YEAR("info_catalog", disclosed),
	OF_YEAR("topics_kept", topics_kept),
	OF_YEAR("topics_new", topics_new),
	OF_YEAR("interp_total", interpretations),
	OF_YEAR("interp_material", interpretation_materials),
	OF_YEAR("interp_product", interpretation_products),
	OF_YEAR("interp_comment", interpretation_comments),
	OF_YEAR("hot_responses", hot_responses),
	OF_DAY("services", services),
	OF_DAY("services_online", services_online),
	OF_YEAR("msg_received", messages),
	OF_YEAR("msg_closed", messages_closed),
	OF_YEAR("msg_public", messages_public),
	OF_YEAR("consults", consultations),
	OF_YEAR("consult_received", consultation_opinions),
	OF_YEAR("consult_results", consultation_results),
	{ 0 },
};

#undef OF_DAY
#undef OF_YEAR

/* A text at hand. */
struct counted {
	const struct annual_scope *scope;
	const struct resource *resource;
	const struct resource_type *type;
	struct placement place;
	const struct front_matter *matter; /* NULL: it was not read */
};

static bool is_type(const struct counted *text, const char *name)
{
	return strcmp(text->type->name, name) == 0;
}

static bool is_of_year(const struct counted *text, struct moment moment)
{
	return moment.is_set && moment_date(moment).year == text->scope->year;
}

static str value_of(const struct counted *text, const char *key)
{
	return text->matter == NULL
		       ? STR("")
		       : front_matter_value(text->matter, str_from_c(key))
				 ->text;
}

static int64_t number_of(const struct counted *text, const char *key)
{
	return text->matter == NULL ? 0
				    : (int64_t)front_matter_value(
					      text->matter, str_from_c(key))
					      ->number;
}

static bool has_field(const struct counted *text, const char *key)
{
	return resource_type_field(text->type, str_from_c(key)) != FIELD_NONE;
}

static void count_by_column(struct annual_counts *counts,
			    const struct counted *text)
{
	counts->published++;
	if (text->place.column == NULL)
		return;
	switch (text->place.column->class_number) {
	case CLASS_STATIC:
		counts->profiles++;
		return;
	case CLASS_NEWS:
		counts->news++;
		return;
	case CLASS_NOTICE:
	case CLASS_POLICY:
	case CLASS_PERSONNEL_PLAN:
	case CLASS_STATISTIC:
	case CLASS_ANNUAL:
		counts->disclosed++;
		return;
	default:
		return;
	}
}

/* 媒体评论 has a form of its own; all else without a kind is material. */
static void count_interpretation(struct annual_counts *counts,
				 const struct counted *text)
{
	str kind = value_of(text, "product_kind");
	str form = value_of(text, "form");

	counts->interpretations++;
	if (str_equal_c(kind, "comment") || str_equal_c(form, "媒体评论"))
		counts->interpretation_comments++;
	else if (str_equal_c(kind, "product") ||
		 (kind.len == 0 && !str_equal_c(form, "文字")))
		counts->interpretation_products++;
	else
		counts->interpretation_materials++;
}

static void count_message(struct annual_counts *counts,
			  const struct counted *text)
{
	const struct cluster *cluster = text->scope->plan->arrangement->cluster;
	int64_t days;

	if (!is_of_year(text, text->resource->asked_at))
		return;
	counts->messages++;
	if (!holidays_answer(&days, &cluster->holidays, text->resource))
		return;
	counts->messages_closed++;
	counts->messages_public++;
	counts->message_days += days;
}

static void count_consultation(struct annual_counts *counts,
			       const struct counted *text)
{
	if (!is_of_year(text, text->resource->opens_on))
		return;
	counts->consultations++;
	counts->consultation_opinions += number_of(text, "received");
	counts->consultation_results += text->resource->feedback_on.is_set ||
					text->resource->result.len > 0;
}

static void count_topic(struct annual_counts *counts,
			const struct counted *text)
{
	const struct field_value *opened, *ended;
	int16_t year = text->scope->year;

	if (text->matter == NULL)
		return;
	opened = front_matter_value(text->matter, STR("opened_on"));
	ended = front_matter_value(text->matter, STR("ended_on"));
	counts->topics_kept += moment_date(opened->moment).year <= year &&
			       (ended->node == NULL ||
				moment_date(ended->moment).year >= year);
	counts->topics_new += moment_date(opened->moment).year == year;
}

static void count(struct annual_counts *counts, const struct counted *text)
{
	bool is_new = is_of_year(text, text->resource->date);

	if (resource_type_means(text->type, MEANS_ASKED_AT)) {
		count_message(counts, text);
		return;
	}
	if (is_new)
		count_by_column(counts, text);
	if (is_new && resource_type_means(text->type, MEANS_INTERPRETS))
		count_interpretation(counts, text);
	else if (resource_type_means(text->type, MEANS_CLOSES_ON))
		count_consultation(counts, text);
	else if (is_new &&
		 (is_type(text, "hot_response") || is_type(text, "rumor")))
		counts->hot_responses++;
	else if (has_field(text, "opened_on"))
		count_topic(counts, text);
	else if (has_field(text, "promised_days") &&
		 text->place.visibility == VISIBLE_LIVE) {
		counts->services++;
		counts->services_online += number_of(text, "online") == 1;
	}
}

/* Of which types fields beside those of the catalogue count. */
static bool needs_matter(const struct resource_type *type)
{
	return resource_type_means(type, MEANS_INTERPRETS) ||
	       resource_type_means(type, MEANS_CLOSES_ON) ||
	       resource_type_field(type, STR("opened_on")) != FIELD_NONE ||
	       resource_type_field(type, STR("promised_days")) != FIELD_NONE;
}

static bool count_one(struct annual_counts *counts, uint32_t number,
		      const struct annual_scope *scope, struct arena *scratch,
		      struct diag_list *diags)
{
	const struct arrangement *arrangement = scope->plan->arrangement;
	const struct catalog *catalog = arrangement->catalog;
	struct front_matter matter;
	struct resource resource;
	struct source source;
	struct counted text = { .scope = scope,
				.resource = &resource,
				.type = catalog_type(catalog, number),
				.place = arrangement_of(arrangement, number) };

	catalog_get(&resource, catalog, number);
	if (needs_matter(text.type)) {
		struct diag_list untold; /* it was told when it was read */

		diag_list_init(&untold, scratch);
		if (resource_reader_matter(
			    &matter, &source, catalog, scope->reader,
			    catalog_file(catalog, number), scratch, &untold))
			text.matter = &matter;
		if (untold.failed)
			diag_merge(diags, &untold);
	}
	count(&counts[text.place.site->number], &text);
	return !diags->failed;
}

bool annual_count(struct annual_counts *counts,
		  const struct annual_scope *scope, struct diag_list *diags)
{
	const struct arrangement *arrangement = scope->plan->arrangement;
	struct arena scratch;
	bool ok = true;

	arena_init(&scratch);
	for (uint32_t i = 0; ok && i < arrangement->catalog->count; i++) {
		if (!arrangement_has_page(arrangement, i))
			continue;
		ok = count_one(counts, i, scope, &scratch, diags);
		arena_reset(&scratch);
	}
	arena_release(&scratch);
	return ok;
}
