/*
 * Pairs are gathered once from what resources say of each other, sorted by the
 * resource they lead to, and become slices: both ways of a relation are then
 * one lookup. What is related by keyword is looked for around the resource's
 * own place in its column, in a window, so that a column of a hundred thousand
 * costs as much as a small one.
 */
#include "plan/relations.h"

#include "base/pack.h"
#include "library/list_place.h"

uint32_t relations_find(const struct catalog *catalog, str name)
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
	uint32_t *positions = arena_raw(arena, count * sizeof(*positions));

	memset(positions, 0xff, count * sizeof(*positions));
	for (uint32_t i = 0; i < cluster->count; i++)
		for (uint32_t j = 0; j < cluster->sites[i].column_count; j++) {
			const struct column_list *list =
				&cluster->sites[i].columns[j].list;

			for (size_t k = 0; k < list->live_count; k++) {
				uint32_t number = list->live[k];
				const struct stored_placement *place =
					&arrangement->places[number];

				if (place->site == i + 1 && place->column == j)
					positions[number] = (uint32_t)k;
			}
		}
	relations->positions = positions;
}

/* --- who names whom --- */

struct pairing {
	uint32_t named;
	uint32_t by;
};

struct pairs {
	const struct arrangement *arrangement;
	struct list items; /* struct pairing */
	struct list_place place;
	struct arena *arena;
	struct diag_list *diags;
};

static void unknown_policy(struct pairs *pairs, const struct resource *resource,
			   str name)
{
	struct diag *diag = diag_error(
		pairs->diags,
		list_place_find(&pairs->place, resource->interprets_span, name),
		"interprets-unknown",
		_("there is no resource “%.*s” to interpret"), STR_ARG(name));

	diag_help(pairs->diags, diag,
		  _("write the policy's path below content/ without .md: "
		    "szf/zcwj/2026-3"));
}

static void add_pair(struct pairs *pairs, uint32_t named, uint32_t by)
{
	struct pairing *pair;

	if (!arrangement_has_page(pairs->arrangement, by))
		return;
	pair = list_add(&pairs->items, pairs->arena);
	*pair = (struct pairing){ named, by };
}

static void add_interpreted(struct pairs *pairs,
			    const struct resource *resource)
{
	str rest = resource->interprets;
	str name;

	while (unpack_text(&name, &rest)) {
		uint32_t policy =
			relations_find(pairs->arrangement->catalog, name);

		if (policy == RESOURCE_NONE)
			unknown_policy(pairs, resource, name);
		else
			add_pair(pairs, policy, resource->number);
	}
}

/* What an answer rests on is looked up where its page shows it. */
static void unknown_related(struct pairs *pairs,
			    const struct resource *resource, str name)
{
	enum relation_kind kind = (enum relation_kind)name.data[0];
	bool is_own = kind == RELATION_ACTIVITY ||
		      kind == RELATION_TRANSLATES || kind == RELATION_MESSAGE;
	struct span span =
		is_own ? resource->related_span : resource->replaces_span;
	struct diag *diag;

	if (kind == RELATION_BASIS)
		return;
	name = str_from(name, 1);
	diag = diag_error(pairs->diags,
			  list_place_find(&pairs->place, span, name),
			  "relation-unknown", _("there is no resource “%.*s”"),
			  STR_ARG(name));
	diag_help(pairs->diags, diag,
		  _("write a resource's path below content/ without .md; what "
		    "the library does not have is named in the text"));
}

/* One that is named twice in a relation is still one. */
static bool is_repeated(str all, str name)
{
	str rest = all;
	str other;

	while (unpack_text(&other, &rest) && other.data != name.data)
		if (str_equal(other, name))
			return true;
	return false;
}

static void add_related(struct pairs *pairs, const struct resource *resource)
{
	str rest = resource->related;
	str name;

	while (unpack_text(&name, &rest)) {
		uint32_t other;

		if (name.len < 2 || is_repeated(resource->related, name))
			continue;
		other = relations_find(pairs->arrangement->catalog,
				       str_from(name, 1));
		if (other == RESOURCE_NONE)
			unknown_related(pairs, resource, name);
		else
			add_pair(pairs, other, resource->number);
	}
}

/* In the order of dates, newest first, as the lists are shown. */
static void gather_pairs(struct pairs *pairs)
{
	const struct catalog *catalog = pairs->arrangement->catalog;

	list_init(&pairs->items, sizeof(struct pairing));
	for (size_t i = 0; i < catalog->count; i++) {
		uint32_t number = catalog->by_date[i];
		struct resource resource;

		if (catalog_text(catalog, number, RESOURCE_INTERPRETS).len ==
			    0 &&
		    catalog_text(catalog, number, RESOURCE_RELATED).len == 0)
			continue;
		catalog_get(&resource, catalog, number);
		add_interpreted(pairs, &resource);
		add_related(pairs, &resource);
	}
}

/* What names resource n is items [starts[n], starts[n + 1]). */
static void fill_named(struct relations *relations, struct arena *arena,
		       struct diag_list *diags)
{
	size_t count = relations->arrangement->catalog->count;
	struct arena scratch;
	struct pairs pairs = { .arrangement = relations->arrangement,
			       .arena = &scratch,
			       .diags = diags };
	const struct pairing *items;
	uint32_t *starts = arena_array(arena, count + 1, sizeof(*starts));
	uint32_t *numbers;

	arena_init(&scratch);
	list_place_init(&pairs.place,
			relations->arrangement->catalog->snapshot);
	gather_pairs(&pairs);
	list_place_release(&pairs.place);
	items = pairs.items.items;
	numbers = arena_array(arena, pairs.items.count, sizeof(*numbers));
	for (size_t i = 0; i < pairs.items.count; i++)
		starts[items[i].named + 1]++;
	for (size_t i = 0; i < count; i++)
		starts[i + 1] += starts[i];
	/* from the last, so that the starts are right again at the end */
	for (size_t i = pairs.items.count; i > 0; i--)
		numbers[--starts[items[i - 1].named + 1]] = items[i - 1].by;
	memmove(starts, starts + 1, count * sizeof(*starts));
	starts[count] = (uint32_t)pairs.items.count;
	relations->named_starts = starts;
	relations->named_items = numbers;
	relations->named_count = pairs.items.count;
	arena_release(&scratch);
}

struct relation_list relations_named(const struct relations *relations,
				     uint32_t number)
{
	const struct catalog *catalog = relations->arrangement->catalog;
	uint32_t start, end;

	if (!catalog_has_item(catalog, relations->named_starts, sizeof(start),
			      number) ||
	    !snapshot_trusts(catalog->snapshot,
			     relations->named_starts + number + 1, sizeof(end)))
		return (struct relation_list){ NULL, 0 };
	start = relations->named_starts[number];
	end = relations->named_starts[number + 1];
	if (start <= end && end <= relations->named_count &&
	    snapshot_trusts(catalog->snapshot, relations->named_items + start,
			    (end - start) * sizeof(start)))
		return (struct relation_list){ relations->named_items + start,
					       end - start };
	snapshot_damaged(catalog->snapshot);
	return (struct relation_list){ NULL, 0 };
}

/* Is the resource among those of a packed list, behind `kind`? */
static bool names(const struct catalog *catalog, str packed, char kind,
		  uint32_t number)
{
	str name;

	while (unpack_text(&name, &packed)) {
		if (kind != '\0' && (name.len < 2 || name.data[0] != kind))
			continue;
		if (relations_find(catalog, str_from(name, kind != '\0')) ==
		    number)
			return true;
	}
	return false;
}

struct relation_list
relations_interpretations(const struct relations *relations, uint32_t number,
			  struct arena *arena)
{
	const struct catalog *catalog = relations->arrangement->catalog;
	struct relation_list named = relations_named(relations, number);
	uint32_t *items = arena_array(arena, named.count, sizeof(*items));
	size_t count = 0;

	for (size_t i = 0; i < named.count; i++)
		if (catalog_has(catalog, named.items[i]) &&
		    names(catalog,
			  catalog_text(catalog, named.items[i],
				       RESOURCE_INTERPRETS),
			  '\0', number))
			items[count++] = named.items[i];
	return (struct relation_list){ items, count };
}

size_t relations_to(const struct relations *relations, uint32_t number,
		    enum relation_kind kind, uint32_t *out)
{
	const struct catalog *catalog = relations->arrangement->catalog;
	struct relation_list named = relations_named(relations, number);
	size_t count = 0;

	for (size_t i = 0; i < named.count && count < RELATION_LIMIT; i++) {
		uint32_t by = named.items[i];

		if (catalog_has(catalog, by) &&
		    (i == 0 || named.items[i - 1] != by) &&
		    names(catalog, catalog_text(catalog, by, RESOURCE_RELATED),
			  (char)kind, number))
			out[count++] = by;
	}
	return count;
}

size_t relations_from(const struct relations *relations, uint32_t number,
		      enum relation_kind kind, uint32_t *out)
{
	const struct arrangement *arrangement = relations->arrangement;
	str all = catalog_text(arrangement->catalog, number, RESOURCE_RELATED);
	str rest = all;
	size_t count = 0;
	str name;

	while (count < RELATION_LIMIT && unpack_text(&name, &rest)) {
		uint32_t other;

		if (name.len < 2 || name.data[0] != (char)kind ||
		    is_repeated(all, name))
			continue;
		other = relations_find(arrangement->catalog, str_from(name, 1));
		if (other != RESOURCE_NONE &&
		    arrangement_has_page(arrangement, other))
			out[count++] = other;
	}
	return count;
}

size_t relations_said(const struct relations *relations, uint32_t number,
		      enum relation_kind kind)
{
	str all = catalog_text(relations->arrangement->catalog, number,
			       RESOURCE_RELATED);
	str rest = all;
	size_t count = 0;
	str name;

	while (unpack_text(&name, &rest))
		count += name.len > 1 && name.data[0] == (char)kind &&
			 !is_repeated(all, name);
	return count;
}

/* --- replacements --- */

struct relations_made {
	uint32_t *replacements;
	uint32_t *replaced;
};

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

/* Only the stamp of the archive and the note of what holds no more show it. */
static void unseen_replacement(const struct resource *resource,
			       struct diag_list *diags)
{
	struct diag *diag;

	if (resource->archived_on.is_set || resource->validity.len > 0 ||
	    resource->valid_until.is_set)
		return;
	diag = diag_warning(diags, resource->replaced_by_span,
			    "replaced-by-unseen",
			    _("the page says what replaces it only once it is "
			      "archived"));
	diag_help(diags, diag,
		  _("write archived_on: too, or a link in the text"));
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

static void take_replaces(const struct catalog *catalog,
			  const struct resource *resource,
			  struct relations_made *made, struct diag_list *diags)
{
	uint32_t other = relations_find(catalog, resource->replaces);

	if (other == RESOURCE_NONE) {
		unknown_replaced(resource, diags);
		return;
	}
	made->replaced[resource->number] = other;
	made->replacements[other] = resource->number;
}

/* `replaced_by` wins over `replaces` of the other. */
static void take_replaced_by(const struct catalog *catalog,
			     const struct resource *resource,
			     struct relations_made *made,
			     struct diag_list *diags)
{
	uint32_t other = relations_find(catalog, resource->replaced_by);

	if (other == RESOURCE_NONE) {
		unknown_replacement(resource, diags);
		return;
	}
	made->replacements[resource->number] = other;
	if (made->replaced[other] == RESOURCE_NONE)
		made->replaced[other] = resource->number;
}

static void take_all(const struct catalog *catalog, struct relations_made *made,
		     bool replaced_by, struct diag_list *diags)
{
	enum resource_text text =
		replaced_by ? RESOURCE_REPLACED_BY : RESOURCE_REPLACES;

	for (uint32_t i = 0; i < catalog->count; i++) {
		str name = catalog_text(catalog, i, text);
		struct resource resource;

		if (name.len == 0)
			continue;
		catalog_get(&resource, catalog, i);
		if (replaced_by)
			unseen_replacement(&resource, diags);
		if (replaced_by && is_address(name))
			continue;
		if (replaced_by)
			take_replaced_by(catalog, &resource, made, diags);
		else
			take_replaces(catalog, &resource, made, diags);
	}
}

static void fill_replacements(struct relations *relations, struct arena *arena,
			      struct diag_list *diags)
{
	const struct catalog *catalog = relations->arrangement->catalog;
	size_t size = catalog->count * sizeof(uint32_t);
	struct relations_made made = { arena_raw(arena, size),
				       arena_raw(arena, size) };

	memset(made.replacements, 0xff, size);
	memset(made.replaced, 0xff, size);
	take_all(catalog, &made, false, diags);
	take_all(catalog, &made, true, diags);
	relations->replacements = made.replacements;
	relations->replaced = made.replaced;
}

void relations_make(struct relations *out,
		    const struct arrangement *arrangement, struct arena *arena,
		    struct diag_list *diags)
{
	*out = (struct relations){ .arrangement = arrangement };
	fill_positions(out, arena);
	fill_named(out, arena, diags);
	fill_replacements(out, arena, diags);
}

/* --- questions --- */

/* One of an array by resource number; NONE, or a resource that is there. */
static uint32_t other(const struct relations *relations,
		      const uint32_t *numbers, uint32_t number)
{
	const struct catalog *catalog = relations->arrangement->catalog;
	uint32_t found =
		catalog_has_item(catalog, numbers, sizeof(found), number)
			? numbers[number]
			: RESOURCE_NONE;

	return found == RESOURCE_NONE || catalog_has(catalog, found)
		       ? found
		       : RESOURCE_NONE;
}

uint32_t relations_replacement(const struct relations *relations,
			       uint32_t number)
{
	return other(relations, relations->replacements, number);
}

uint32_t relations_replaced(const struct relations *relations, uint32_t number)
{
	return other(relations, relations->replaced, number);
}

/* All of a list that is looked at for a resource at that place of it. */
static bool trusts_around(const struct snapshot *snapshot,
			  const struct column_list *list, size_t position)
{
	size_t first =
		position > RELATED_WINDOW ? position - RELATED_WINDOW : 0;
	size_t behind = position + RELATED_WINDOW + 1;

	if (behind > list->live_count)
		behind = list->live_count;
	return snapshot_trusts(snapshot, list->live + first,
			       (behind - first) * sizeof(*list->live));
}

/* Where it stands in its column's list, or NULL when it does not. */
static const struct column_list *
list_of(uint32_t *position, const struct relations *relations, uint32_t number)
{
	const struct arrangement *arrangement = relations->arrangement;
	const struct column *column =
		arrangement_of(arrangement, number).column;

	if (!catalog_has_item(arrangement->catalog, relations->positions,
			      sizeof(*position), number))
		return NULL;
	*position = relations->positions[number];
	if (*position == RESOURCE_NONE)
		return NULL;
	if (column != NULL && *position < column->list.live_count &&
	    trusts_around(arrangement->catalog->snapshot, &column->list,
			  *position))
		return &column->list;
	snapshot_damaged(arrangement->catalog->snapshot);
	return NULL;
}

uint32_t relations_newer(const struct relations *relations, uint32_t number)
{
	uint32_t position;
	const struct column_list *list = list_of(&position, relations, number);

	return list == NULL || position == 0 ? RESOURCE_NONE
					     : list->live[position - 1];
}

uint32_t relations_older(const struct relations *relations, uint32_t number)
{
	uint32_t position;
	const struct column_list *list = list_of(&position, relations, number);

	return list == NULL || position + 1 >= list->live_count
		       ? RESOURCE_NONE
		       : list->live[position + 1];
}

size_t relations_policies(const struct relations *relations, uint32_t number,
			  uint32_t *out, size_t limit)
{
	const struct arrangement *arrangement = relations->arrangement;
	size_t count = 0;
	str rest =
		catalog_text(arrangement->catalog, number, RESOURCE_INTERPRETS);
	str name;

	while (count < limit && unpack_text(&name, &rest)) {
		uint32_t policy = relations_find(arrangement->catalog, name);

		if (policy != RESOURCE_NONE &&
		    arrangement_has_page(arrangement, policy))
			out[count++] = policy;
	}
	return count;
}

/* Both are packed texts. */
static bool shares_keyword(str a, str b)
{
	str one, other;

	while (unpack_text(&one, &a))
		for (str rest = b; unpack_text(&other, &rest);)
			if (str_equal(one, other))
				return true;
	return false;
}

/* What makes two related, the strongest first. */
enum likeness { LIKE_KEYWORD, LIKE_TOPIC, LIKE_AUDIENCE, LIKENESSES };

static bool is_like(const struct catalog *catalog, enum likeness likeness,
		    uint32_t a, uint32_t b)
{
	static const enum resource_text texts[] = {
		[LIKE_KEYWORD] = RESOURCE_KEYWORDS,
		[LIKE_TOPIC] = RESOURCE_TOPIC,
		[LIKE_AUDIENCE] = RESOURCE_AUDIENCE,
	};
	str one = catalog_text(catalog, a, texts[likeness]);
	str other = catalog_text(catalog, b, texts[likeness]);

	if (likeness == LIKE_TOPIC)
		return one.len > 0 && str_equal(one, other);
	return shares_keyword(one, other);
}

/* The strongest likeness of two counts. */
static enum likeness likeness_of(const struct catalog *catalog, uint32_t a,
				 uint32_t b)
{
	int likeness = 0;

	while (likeness < LIKENESSES &&
	       !is_like(catalog, (enum likeness)likeness, a, b))
		likeness++;
	return (enum likeness)likeness;
}

/* Nearest in time first, on both sides; the direct neighbours count too. */
size_t relations_related(const struct relations *relations, uint32_t number,
			 uint32_t *out)
{
	const struct catalog *catalog = relations->arrangement->catalog;
	uint32_t found[LIKENESSES + 1][RELATED_LIMIT] = { 0 };
	size_t counts[LIKENESSES + 1] = { 0 };
	uint32_t position;
	const struct column_list *list = list_of(&position, relations, number);
	size_t count = 0;

	for (size_t step = 1; list != NULL && step <= RELATED_WINDOW &&
			      counts[LIKE_KEYWORD] < RELATED_LIMIT;
	     step++) {
		size_t places[2] = { position + step, position - step };

		for (size_t i = 0; i < 2; i++) {
			enum likeness likeness;

			if (places[i] >= list->live_count)
				continue;
			likeness = likeness_of(catalog, number,
					       list->live[places[i]]);
			if (counts[likeness] < RELATED_LIMIT)
				found[likeness][counts[likeness]++] =
					list->live[places[i]];
		}
	}
	for (size_t i = 0; i < LIKENESSES; i++)
		for (size_t j = 0; j < counts[i] && count < RELATED_LIMIT; j++)
			out[count++] = found[i][j];
	return count;
}

void relations_around(const struct relations *relations,
		      const struct column_list *list, size_t position,
		      struct list *out, struct arena *arena)
{
	const struct catalog *catalog = relations->arrangement->catalog;
	size_t first =
		position > RELATED_WINDOW ? position - RELATED_WINDOW : 0;
	size_t behind = position + RELATED_WINDOW + 1;

	for (size_t i = first; i < behind && i < list->live_count; i++)
		if (i + 1 == position || i == position + 1 ||
		    likeness_of(catalog, list->live[position], list->live[i]) <
			    LIKENESSES)
			*(uint32_t *)list_add(out, arena) = list->live[i];
}
