/*
 * Whoever has, had or means an old address by any other way makes the whole
 * plan necessary: then it is a matter of who was there first.
 */
#include "record/moved_aliases.h"

#include "base/pack.h"
#include "markup/url_path.h"
#include "plan/permalink.h"
#include "record/plan_edit_shown.h"
#include "record/references.h"

/* A resource on the site that publishes it, as it was or as it is. */
struct published {
	const struct resource *resource;
	const struct site *site; /* NULL: no page of it is there */
	str address;
};

static struct published publish(const struct plan_edit *edit,
				const struct resource *resource,
				const struct stored_placement *place)
{
	const struct cluster *cluster = edit->arrangement.cluster;
	struct published out = { .resource = resource };

	if (!stored_placement_has_page(place))
		return out;
	out.site = &cluster->sites[place->site - 1];
	out.address = permalink_address(
		permalink_path(resource, &out.site->columns[place->column],
			       edit->arena),
		edit->arena);
	return out;
}

static bool are_same(const struct published *a, const struct published *b)
{
	return a->site == b->site && str_equal(a->address, b->address) &&
	       str_equal(a->resource->aliases, b->resource->aliases);
}

static void add_all(struct list *out, const struct plan_edit *edit,
		    const struct published *published, bool is_new)
{
	str rest = published->resource->aliases;
	str written;

	while (published->site != NULL && unpack_text(&written, &rest))
		*(struct moved_alias *)list_add(
			out, edit->arena) = (struct moved_alias){
			.site = published->site,
			.key = url_path_folded_key(written, edit->arena),
			.written = written,
			.to = is_new ? published->address : STR(""),
		};
}

static void add_moved(struct list *out, const struct plan_edit *edit,
		      const struct moved_resource *moved, bool is_new)
{
	static const struct resource nobody;
	struct published was = { .resource = &nobody };
	struct published is = was;

	if (moved->before != RESOURCE_NONE)
		was = publish(edit, &moved->was, &moved->from);
	if (moved->now != RESOURCE_NONE)
		is = publish(edit, &moved->is, &moved->to);
	if (!are_same(&was, &is))
		add_all(out, edit, is_new ? &is : &was, is_new);
}

void moved_aliases_find(struct list *out, const struct plan_edit *edit)
{
	const struct moved_resource *moved = edit->moved.items;

	list_init(out, sizeof(struct moved_alias));
	for (size_t i = 0; i < edit->moved.count; i++)
		add_moved(out, edit, &moved[i], false);
	for (size_t i = 0; i < edit->moved.count; i++)
		add_moved(out, edit, &moved[i], true);
}

/* --- whose it is --- */

/* Of what stands before it in the list. */
static const struct moved_alias *find_before(const struct list *aliases,
					     size_t number, bool is_new)
{
	const struct moved_alias *all = aliases->items;

	for (size_t i = 0; i < number; i++)
		if (all[i].site == all[number].site &&
		    (all[i].to.len > 0) == is_new &&
		    str_equal(all[i].key, all[number].key))
			return &all[i];
	return NULL;
}

static str index_of(const struct moved_alias *alias, struct arena *arena)
{
	return alias->key.len == 0 ? STR("index.html")
				   : arena_printf(arena, "%.*s/index.html",
						  STR_ARG(alias->key));
}

/* A link that is dead, or leads to the old address, or a row that does. */
static bool is_meant(const struct moved_alias *alias,
		     const struct plan_edit *edit)
{
	const struct plan_references *references = &edit->image->references;
	str domain = alias->site->domain;
	str index = index_of(alias, edit->arena);

	return references_has(references,
			      reference_to_page(domain, alias->key)) ||
	       references_has(references, reference_to_page(domain, index)) ||
	       references_has(references,
			      reference_to_old(domain, alias->key)) ||
	       plan_edit_is_target(edit, alias->key) ||
	       plan_edit_is_target(edit, index);
}

static bool is_page(const struct moved_alias *alias,
		    const struct page_plan *plan, struct arena *arena)
{
	const struct site_plan *site = &plan->sites[alias->site->number];

	return str_equal(alias->key, STR("assets")) ||
	       str_starts_with(alias->key, STR("assets/")) ||
	       site_plan_has(site, alias->key) ||
	       site_plan_has(site, index_of(alias, arena));
}

bool moved_aliases_are_free(const struct list *aliases,
			    const struct plan_edit *edit,
			    const struct page_plan *plan)
{
	enum { LIMIT = 256 }; /* each is compared with those before it */
	const struct moved_alias *all = aliases->items;
	const struct plan_references *references = &edit->image->references;

	if (aliases->count > LIMIT)
		return false;
	for (size_t i = 0; i < aliases->count; i++) {
		const struct moved_alias *alias = &all[i];
		bool is_new = alias->to.len > 0;

		if (references_has_row(alias->site, alias->key, edit->arena) ||
		    references_share_old(references, alias->site, alias->key) ||
		    is_meant(alias, edit) ||
		    find_before(aliases, i, is_new) != NULL)
			return false;
		if (is_new &&
		    (is_page(alias, plan, edit->arena) ||
		     (references_has_old(references, alias->site, alias->key) &&
		      find_before(aliases, i, false) == NULL)))
			return false;
	}
	return true;
}
