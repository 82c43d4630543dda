#include "plan/relations.h"

/* How far around its own place a page looks for related ones. */
enum { RELATED_WINDOW = 40 };

const struct resource *relations_find(const struct catalog *catalog, str name)
{
	if (str_starts_with(name, STR("id:")))
		name = str_from(name, 3);
	if (str_starts_with(name, STR("content/")))
		return catalog_find_path(catalog, name);
	return catalog_find_id(catalog, name);
}

static void fill_positions(struct relations *relations, struct arena *arena)
{
	const struct arrangement *arrangement = relations->arrangement;
	const struct cluster *cluster = arrangement->cluster;
	size_t count = arrangement->catalog->count;
	uint32_t *positions = arena_array(arena, count, sizeof(*positions));

	memset(positions, 0xff, count * sizeof(*positions));
	for (size_t i = 0; i < cluster->count; i++)
		for (size_t j = 0; j < cluster->sites[i].column_count; j++) {
			const struct column *column =
				&cluster->sites[i].columns[j];

			for (size_t k = 0; k < column->list.live_count; k++) {
				uint32_t number = column->list.live[k];

				if (arrangement->placements[number].column ==
				    column)
					positions[number] = (uint32_t)k;
			}
		}
	relations->positions = positions;
}

/* --- interpretations --- */

static void unknown_policy(const struct resource *resource, str name,
			   struct diag_list *diags)
{
	struct diag *diag = diag_error(
		diags, resource->interprets_span, "interprets-unknown",
		_("there is no resource “%.*s” to interpret"), STR_ARG(name));

	diag_help(diags, diag,
		  _("write the policy's path below content/ without .md: "
		    "szf/zcwj/2026-3"));
}

static bool has_address(const struct arrangement *arrangement, uint32_t number)
{
	const struct placement *placement = &arrangement->placements[number];

	return placement->column != NULL &&
	       (placement->visibility == VISIBLE_LIVE ||
		placement->visibility == VISIBLE_ARCHIVED);
}

struct pairing {
	uint32_t policy;
	uint32_t interpretation;
};

/* In the order of dates, newest first, as the lists are shown. */
static struct list gather_pairs(const struct arrangement *arrangement,
				struct arena *arena, struct diag_list *diags)
{
	const struct catalog *catalog = arrangement->catalog;
	struct list pairs;

	list_init(&pairs, sizeof(struct pairing));
	for (size_t i = 0; i < catalog->count; i++) {
		const struct resource *resource =
			&catalog->resources[catalog->by_date[i]];

		for (size_t j = 0; j < resource->interprets_count; j++) {
			const struct resource *policy = relations_find(
				catalog, resource->interprets[j]);
			struct pairing *pair;

			if (policy == NULL) {
				unknown_policy(resource,
					       resource->interprets[j], diags);
				continue;
			}
			if (!has_address(arrangement, resource->number))
				continue;
			pair = list_add(&pairs, arena);
			*pair = (struct pairing){ policy->number,
						  resource->number };
		}
	}
	return pairs;
}

static void fill_interpretations(struct relations *relations,
				 struct arena *arena, struct diag_list *diags)
{
	size_t count = relations->arrangement->catalog->count;
	struct list pairs = gather_pairs(relations->arrangement, arena, diags);
	const struct pairing *items = pairs.items;
	struct relation_list *lists = arena_array(arena, count, sizeof(*lists));
	uint32_t *numbers = arena_array(arena, pairs.count, sizeof(*numbers));
	size_t begin = 0;

	for (size_t i = 0; i < pairs.count; i++)
		lists[items[i].policy].count++;
	for (size_t i = 0; i < count; i++) {
		lists[i].items = numbers + begin;
		begin += lists[i].count;
		lists[i].count = 0;
	}
	for (size_t i = 0; i < pairs.count; i++) {
		struct relation_list *list = &lists[items[i].policy];

		numbers[(size_t)(list->items - numbers) + list->count++] =
			items[i].interpretation;
	}
	relations->interpretations = lists;
}

/* --- replacements --- */

static bool is_address(str text)
{
	return str_starts_with(text, STR("https://")) ||
	       str_starts_with(text, STR("http://")) ||
	       str_starts_with(text, STR("/"));
}

static void unknown_replacement(const struct resource *resource,
				struct diag_list *diags)
{
	struct diag *diag = diag_error(diags, resource->replaced_by_span,
				       "replaced-by-unknown",
				       _("there is no resource “%.*s”"),
				       STR_ARG(resource->replaced_by));

	diag_help(diags, diag,
		  _("write a resource's path below content/ without .md, or a "
		    "whole address: https://…"));
}

static void unknown_replaced(const struct resource *resource,
			     struct diag_list *diags)
{
	struct diag *diag = diag_error(
		diags, resource->replaces_span, "replaces-unknown",
		_("there is no resource “%.*s”"), STR_ARG(resource->replaces));

	diag_help(diags, diag,
		  _("write a resource's path below content/ without .md; what "
		    "the library does not have is named in the text"));
}

static void fill_from_replaces(const struct catalog *catalog,
			       uint32_t *replacements, uint32_t *replaced,
			       struct diag_list *diags)
{
	for (size_t i = 0; i < catalog->count; i++) {
		const struct resource *resource = &catalog->resources[i];
		const struct resource *other;

		if (resource->replaces.len == 0)
			continue;
		other = relations_find(catalog, resource->replaces);
		if (other == NULL) {
			unknown_replaced(resource, diags);
			continue;
		}
		replaced[i] = other->number;
		replacements[other->number] = (uint32_t)i;
	}
}

/* `replaced_by` wins over `replaces` of the other. */
static void fill_from_replaced_by(const struct catalog *catalog,
				  uint32_t *replacements, uint32_t *replaced,
				  struct diag_list *diags)
{
	for (size_t i = 0; i < catalog->count; i++) {
		const struct resource *resource = &catalog->resources[i];
		const struct resource *other;

		if (resource->replaced_by.len == 0 ||
		    is_address(resource->replaced_by))
			continue;
		other = relations_find(catalog, resource->replaced_by);
		if (other == NULL) {
			unknown_replacement(resource, diags);
			continue;
		}
		replacements[i] = other->number;
		if (replaced[other->number] == RESOURCE_NONE)
			replaced[other->number] = (uint32_t)i;
	}
}

static void fill_replacements(struct relations *relations, struct arena *arena,
			      struct diag_list *diags)
{
	const struct catalog *catalog = relations->arrangement->catalog;
	size_t size = catalog->count * sizeof(uint32_t);
	uint32_t *replacements = arena_alloc(arena, size);
	uint32_t *replaced = arena_alloc(arena, size);

	memset(replacements, 0xff, size);
	memset(replaced, 0xff, size);
	fill_from_replaces(catalog, replacements, replaced, diags);
	fill_from_replaced_by(catalog, replacements, replaced, diags);
	relations->replacements = replacements;
	relations->replaced = replaced;
}

void relations_make(struct relations *out,
		    const struct arrangement *arrangement, struct arena *arena,
		    struct diag_list *diags)
{
	*out = (struct relations){ .arrangement = arrangement };
	fill_positions(out, arena);
	fill_interpretations(out, arena, diags);
	fill_replacements(out, arena, diags);
}

/* --- questions --- */

static const struct column_list *list_of(const struct relations *relations,
					 uint32_t number)
{
	return &relations->arrangement->placements[number].column->list;
}

uint32_t relations_newer(const struct relations *relations, uint32_t number)
{
	uint32_t position = relations->positions[number];

	if (position == RESOURCE_NONE || position == 0)
		return RESOURCE_NONE;
	return list_of(relations, number)->live[position - 1];
}

uint32_t relations_older(const struct relations *relations, uint32_t number)
{
	uint32_t position = relations->positions[number];

	if (position == RESOURCE_NONE ||
	    position + 1 >= list_of(relations, number)->live_count)
		return RESOURCE_NONE;
	return list_of(relations, number)->live[position + 1];
}

size_t relations_policies(const struct relations *relations, uint32_t number,
			  uint32_t *out, size_t limit)
{
	const struct catalog *catalog = relations->arrangement->catalog;
	const struct resource *resource = &catalog->resources[number];
	size_t count = 0;

	for (size_t i = 0; i < resource->interprets_count && count < limit;
	     i++) {
		const struct resource *policy =
			relations_find(catalog, resource->interprets[i]);

		if (policy != NULL &&
		    has_address(relations->arrangement, policy->number))
			out[count++] = policy->number;
	}
	return count;
}

static bool shares_keyword(const struct resource *a, const struct resource *b)
{
	for (size_t i = 0; i < a->keyword_count; i++)
		for (size_t j = 0; j < b->keyword_count; j++)
			if (str_equal(a->keywords[i], b->keywords[j]))
				return true;
	return false;
}

/* Nearest in time first, on both sides; the direct neighbours count too. */
size_t relations_related(const struct relations *relations, uint32_t number,
			 uint32_t *out)
{
	const struct resource *resources =
		relations->arrangement->catalog->resources;
	uint32_t position = relations->positions[number];
	const struct column_list *list;
	size_t count = 0;

	if (position == RESOURCE_NONE)
		return 0;
	list = list_of(relations, number);
	for (size_t step = 1; step <= RELATED_WINDOW && count < RELATED_LIMIT;
	     step++) {
		size_t places[2] = { position + step, position - step };

		for (size_t i = 0; i < 2 && count < RELATED_LIMIT; i++)
			if (places[i] < list->live_count &&
			    shares_keyword(&resources[number],
					   &resources[list->live[places[i]]]))
				out[count++] = list->live[places[i]];
	}
	return count;
}
