/*
 * Rows are settled in the order of the questions: is the old address free,
 * where does the new one lead, does that lead on. Chains are refused and not
 * followed, so that each answer of a server is the last.
 *
 * Exact addresses and those with "*" are two sorted arrays. The longest "*"
 * that fits is found by halving: what is left over between two steps has at
 * most what both rows have in common, so a lookup costs a few steps, however
 * many rows there are.
 */
#include "plan/redirects.h"

#include <stddef.h>
#include <stdlib.h>

#include "base/pack.h"
#include "base/sorted.h"
#include "markup/url_path.h"
#include "plan/address_check.h"
#include "plan/gone_pages.h"
#include "plan/permalink.h"

enum { KEY_LIMIT = 8192 };

struct settling {
	struct page_plan *plan;
	struct site_plan *site;
	struct arena *arena;   /* for what stays */
	struct arena *scratch; /* for one row */
	struct diag_list *diags;
};

/* --- looking up --- */

/* The first that does not come before the key. */
static size_t lower_bound(const struct site_redirect *items, size_t count,
			  str key)
{
	const struct sorted_rows rows = { items, count, sizeof(*items),
					  offsetof(struct site_redirect, key) };

	return sorted_count_before(&rows, key);
}

static const struct site_redirect *find_exact(const struct site_redirects *all,
					      str key)
{
	size_t at = lower_bound(all->exact, all->exact_count, key);

	return at < all->exact_count && str_equal(all->exact[at].key, key)
		       ? &all->exact[at]
		       : NULL;
}

/* The row with "*" of a folder whose own address this is, or NULL. */
static const struct site_redirect *find_folder(const struct site_redirects *all,
					       str key)
{
	char folder[KEY_LIMIT];
	size_t at;

	if (key.len + 1 > sizeof(folder))
		return NULL;
	memcpy(folder, key.data, key.len);
	folder[key.len] = '/';
	at = lower_bound(all->prefixes, all->prefix_count,
			 (str){ folder, key.len + 1 });
	return at < all->prefix_count && str_equal(all->prefixes[at].key,
						   (str){ folder, key.len + 1 })
		       ? &all->prefixes[at]
		       : NULL;
}

/*
 * The longest prefix of the key. Whatever stands between a prefix of the key
 * and the key begins with that prefix: so all that are left are as short as
 * what the key has in common with the row before it.
 */
static const struct site_redirect *find_prefix(const struct site_redirects *all,
					       str key)
{
	size_t at = lower_bound(all->prefixes, all->prefix_count, key);

	if (at < all->prefix_count && str_equal(all->prefixes[at].key, key))
		return &all->prefixes[at];
	while (at > 0) {
		str last = all->prefixes[at - 1].key;

		if (str_starts_with(key, last))
			return &all->prefixes[at - 1];
		key = str_between(key, 0, str_common_length(last, key));
		at = lower_bound(all->prefixes, at, key);
		if (at < all->prefix_count &&
		    str_equal(all->prefixes[at].key, key))
			return &all->prefixes[at];
	}
	return NULL;
}

/* Keys of old addresses are folded (markup/url_path.h). */
static bool fold(str *key, char text[KEY_LIMIT])
{
	if (key->len > KEY_LIMIT)
		return false;
	for (size_t i = 0; i < key->len; i++)
		text[i] = byte_lower(key->data[i]);
	*key = (str){ text, key->len };
	return true;
}

struct old_address redirects_find(const struct site_plan *site, str key)
{
	const struct site_redirects *all = &site->redirects;
	size_t mark = str_find_byte(key, '?');
	str given = str_between(key, 0, mark == STR_NONE ? key.len : mark);
	struct old_address found = { .resource = RESOURCE_NONE };
	char text[KEY_LIMIT];
	str path;

	if (!fold(&key, text))
		return found;
	path = str_between(key, 0, given.len);
	found.redirect = find_exact(all, key);
	if (found.redirect != NULL)
		return found;
	found.resource = site_plan_find_alias(site, path);
	if (found.resource != RESOURCE_NONE)
		return found;
	if (mark != STR_NONE)
		found.redirect = find_exact(all, path);
	if (found.redirect != NULL)
		return found;
	found.redirect = find_folder(all, path);
	if (found.redirect == NULL)
		found.redirect = find_prefix(all, key);
	if (found.redirect != NULL)
		found.rest = str_from(given, found.redirect->key.len);
	return found;
}

bool redirects_has(const struct site_plan *site, str key)
{
	char text[KEY_LIMIT];

	return fold(&key, text) &&
	       (find_exact(&site->redirects, key) != NULL ||
		site_plan_find_alias(site, key) != RESOURCE_NONE);
}

uint64_t redirects_digest(const struct site_redirect *redirect)
{
	struct digest digest = { 0 };

	digest_add(&digest, redirect->to);
	digest_add(&digest, redirect->fragment);
	digest_add_number(&digest, redirect->code);
	digest_add_number(&digest, redirect->row->is_prefix);
	digest_add_number(&digest, redirect->row->has_rest);
	return digest.low;
}

/* --- what a row says --- */

static bool refuse(const struct settling *settling, struct span span,
		   const char *id, str old, const char *help)
{
	struct diag *diag = diag_error(
		settling->diags, span, id,
		_("this row of redirects is left out: “%.*s”"), STR_ARG(old));

	diag_help(settling->diags, diag, "%s", help);
	return false;
}

/* "old/" + "?a=1": the path's key, with what a "*" needs of it. */
static str key_of(const struct settling *settling,
		  const struct redirect_row *row)
{
	str key = url_path_folded_key(row->old, settling->scratch);
	bool is_folder = row->is_prefix && row->query.len == 0 && key.len > 0 &&
			 str_ends_with(row->old, STR("/"));
	const str parts[] = { key, is_folder ? STR("/") : STR(""),
			      url_path_fold(row->query, settling->scratch) };

	return arena_join(settling->arena, parts, COUNT_OF(parts));
}

static bool is_of_assets(str key, bool is_prefix)
{
	str assets = STR("assets/");

	return str_starts_with(key, assets) ||
	       (is_prefix && str_starts_with(assets, key));
}

static bool is_taken(const struct settling *settling,
		     const struct site_redirect *redirect)
{
	const struct page *page;

	if (redirect->row->query.len > 0)
		return false;
	page = site_plan_find_any_case(settling->site, redirect->key,
				       redirect->row->is_prefix,
				       settling->arena);
	if (page == NULL) {
		if (!is_of_assets(redirect->key, redirect->row->is_prefix))
			return false;
		refuse(settling, redirect->row->span, "redirect-taken",
		       redirect->row->written,
		       _("addresses below /assets/ belong to the theme"));
		return true;
	}
	refuse(settling, redirect->row->span, "redirect-taken",
	       redirect->row->written,
	       arena_printf(settling->diags->arena,
			    _("/%.*s is a page of today; an old address is "
			      "one at which nothing stands any more, in "
			      "capital letters or small ones"),
			    STR_ARG(page->path))
		       .data);
	return true;
}

/* Cuts what stands behind the path off. */
static void split(struct site_redirect *redirect, str address)
{
	size_t hash = str_find_byte(address, '#');
	size_t mark;

	redirect->fragment =
		hash == STR_NONE ? STR("") : str_from(address, hash);
	address =
		str_between(address, 0, hash == STR_NONE ? address.len : hash);
	mark = str_find_byte(address, '?');
	redirect->query = mark == STR_NONE ? STR("") : str_from(address, mark);
	redirect->path =
		str_between(address, 0, mark == STR_NONE ? address.len : mark);
}

static const struct site_plan *site_of_host(const struct page_plan *plan,
					    str host)
{
	const struct site *site =
		cluster_site_at(plan->arrangement->cluster, host);

	return site == NULL ? NULL : &plan->sites[site->number];
}

static void find_site(const struct settling *settling,
		      struct site_redirect *redirect)
{
	str target = redirect->row->target;
	size_t at = str_find(target, STR("://"));
	size_t slash;
	str rest;

	if (target.data[0] == '/') {
		redirect->site = settling->site;
		split(redirect, target);
		return;
	}
	rest = str_from(target, at + 3);
	slash = str_find_byte(rest, '/');
	redirect->site = site_of_host(
		settling->plan,
		str_between(rest, 0, slash == STR_NONE ? rest.len : slash));
	if (redirect->site != NULL)
		split(redirect,
		      slash == STR_NONE ? STR("/") : str_from(rest, slash));
}

static void become_gone(const struct settling *settling,
			struct site_redirect *redirect)
{
	struct diag *diag = diag_warning(
		settling->diags, redirect->row->target_span, "redirect-gone",
		_("“%.*s” was withdrawn or has expired; its old address “%.*s” "
		  "answers with 410, as it does itself"),
		STR_ARG(redirect->row->target_written),
		STR_ARG(redirect->row->written));

	diag_help(settling->diags, diag,
		  _("write what has taken its place, or leave the new address "
		    "empty and write 410"));
	redirect->code = REDIRECT_GONE;
	redirect->to = STR("");
	redirect->resource = RESOURCE_NONE;
}

static bool refuse_dead(const struct settling *settling,
			const struct site_redirect *redirect, const char *help)
{
	return refuse(settling, redirect->row->target_span, "redirect-dead",
		      redirect->row->target_written, help);
}

static bool settle_resource(const struct settling *settling,
			    struct site_redirect *redirect)
{
	const struct arrangement *arrangement = settling->plan->arrangement;
	uint32_t number = catalog_find_id(arrangement->catalog,
					  str_from(redirect->row->target, 3));
	struct placement placement;
	struct resource resource;

	if (number == RESOURCE_NONE)
		return refuse_dead(settling, redirect,
				   _("there is no resource with this id; it is "
				     "the path below content/ without .md"));
	placement = arrangement_of(arrangement, number);
	redirect->resource = number;
	if (placement.visibility == VISIBLE_GONE) {
		become_gone(settling, redirect);
		return true;
	}
	if (!arrangement_has_page(arrangement, number))
		return refuse_dead(settling, redirect,
				   _("the resource is not published"));
	catalog_get(&resource, arrangement->catalog, number);
	redirect->site = &settling->plan->sites[placement.site->number];
	redirect->path = permalink_address(
		permalink_path(&resource, placement.column, settling->arena),
		settling->arena);
	redirect->query = redirect->fragment = STR("");
	redirect->to = permalink_from(
		settling->site->site, placement.site,
		permalink_path(&resource, placement.column, settling->arena),
		settling->arena);
	return true;
}

/* --- one row after another --- */

/* The resource whose page stands at the new address. */
static uint32_t find_shown(const struct settling *settling,
			   const struct site_redirect *redirect)
{
	const struct page *page;

	if (redirect->resource != RESOURCE_NONE || redirect->site == NULL)
		return redirect->resource;
	page = site_plan_find_key(
		redirect->site,
		url_path_key(redirect->path, settling->scratch));
	return page != NULL && page->kind == PAGE_ARTICLE ? page->resource
							  : RESOURCE_NONE;
}

static bool first_step(const struct settling *settling,
		       struct site_redirect *redirect)
{
	const struct redirect_row *row = redirect->row;

	redirect->code = row->code;
	redirect->resource = RESOURCE_NONE;
	redirect->key = key_of(settling, row);
	if (is_taken(settling, redirect))
		return false;
	redirect->shown = RESOURCE_NONE;
	if (row->code == REDIRECT_GONE)
		return true;
	redirect->to = row->target;
	if (str_starts_with(row->target, STR("id:"))) {
		if (!settle_resource(settling, redirect))
			return false;
	} else {
		find_site(settling, redirect);
	}
	redirect->shown = find_shown(settling, redirect);
	return true;
}

static int compare_keys(const void *left, const void *right)
{
	const struct site_redirect *a = left;
	const struct site_redirect *b = right;
	int order = str_compare(a->key, b->key);

	return order != 0 ? order : (a->row > b->row) - (a->row < b->row);
}

/* Old platforms answered at "/Old.asp" and "/old.asp"; one rule is for both. */
static bool says_the_same(const struct redirect_row *a,
			  const struct redirect_row *b)
{
	return !str_equal(a->written, b->written) && a->code == b->code &&
	       str_equal(a->target_written, b->target_written);
}

/* The first row in the file keeps the address. */
static size_t remove_twins(const struct settling *settling,
			   struct site_redirect *items, size_t count)
{
	size_t kept = 0;

	if (count > 0)
		qsort(items, count, sizeof(*items), compare_keys);
	for (size_t i = 0; i < count; i++)
		if (kept == 0 || !str_equal(items[kept - 1].key, items[i].key))
			items[kept++] = items[i];
		else if (!says_the_same(items[kept - 1].row, items[i].row))
			refuse(settling, items[i].row->span, "redirect-twice",
			       items[i].row->written,
			       _("a row above has the same old address; it "
				 "can lead to one page only, in capital "
				 "letters or small ones"));
	return kept;
}

/* Of an alias the front matter speaks; a row may say the same. */
static bool is_alias(const struct settling *settling,
		     const struct site_redirect *redirect)
{
	uint32_t owner =
		redirect->row->is_prefix || redirect->row->query.len > 0
			? RESOURCE_NONE
			: site_plan_find_alias(settling->site, redirect->key);
	const struct catalog *catalog = settling->plan->arrangement->catalog;
	struct resource resource;

	if (owner == RESOURCE_NONE)
		return false;
	if (redirect->shown == owner)
		return true;
	catalog_get(&resource, catalog, owner);
	refuse(settling, redirect->row->span, "redirect-twice",
	       redirect->row->written,
	       arena_printf(settling->diags->arena,
			    _("%.*s has it in its “aliases”, and that counts; "
			      "take it out of one of the two"),
			    STR_ARG(resource.path))
		       .data);
	return true;
}

static void collect(struct settling *settling)
{
	const struct redirect_rows *rows = &settling->site->site->redirects;
	struct site_redirects *all = &settling->site->redirects;

	all->exact = arena_array(settling->arena, rows->count + 1,
				 sizeof(*all->exact));
	all->prefixes = arena_array(settling->arena, rows->count + 1,
				    sizeof(*all->prefixes));
	for (size_t i = 0; i < rows->count; i++) {
		struct site_redirect redirect = { .row = &rows->items[i] };

		if (!first_step(settling, &redirect) ||
		    is_alias(settling, &redirect))
			continue;
		if (redirect.row->is_prefix)
			all->prefixes[all->prefix_count++] = redirect;
		else
			all->exact[all->exact_count++] = redirect;
		arena_reset(settling->scratch);
	}
	all->exact_count = remove_twins(settling, all->exact, all->exact_count);
	all->prefix_count =
		remove_twins(settling, all->prefixes, all->prefix_count);
}

/* --- where rows lead: they know of each other now --- */

static str target_key(const struct settling *settling,
		      const struct site_redirect *redirect)
{
	str key = url_path_key(redirect->path, settling->scratch);
	bool is_folder = redirect->row->has_rest && key.len > 0 &&
			 str_ends_with(redirect->path, STR("/"));
	const str parts[] = { key, is_folder ? STR("/") : STR(""),
			      redirect->query };

	return arena_join(settling->scratch, parts, COUNT_OF(parts));
}

/* Does a step from here come back to the row, sooner or later? */
static bool comes_back(const struct settling *settling,
		       const struct site_redirect *redirect)
{
	enum { STEPS = 64 };
	const struct site_redirect *step = redirect;

	for (size_t i = 0; i < STEPS && step != NULL && step->site != NULL;
	     i++) {
		step = redirects_find(step->site, target_key(settling, step))
			       .redirect;
		if (step == redirect)
			return true;
	}
	return false;
}

static bool refuse_chain(const struct settling *settling,
			 const struct site_redirect *redirect,
			 const struct old_address *next)
{
	const struct arrangement *arrangement = settling->plan->arrangement;
	str better = STR("");
	struct resource resource;

	if (comes_back(settling, redirect))
		return refuse(settling, redirect->row->target_span,
			      "redirect-loop", redirect->row->target_written,
			      _("its new address leads back to the old one; "
				"write where the page stands today"));
	if (next->resource != RESOURCE_NONE) {
		catalog_get(&resource, arrangement->catalog, next->resource);
		better = arena_printf(settling->scratch, "id:%.*s",
				      STR_ARG(resource.id));
	} else if (!next->redirect->row->has_rest) {
		better = next->redirect->row->target_written;
	}
	if (better.len == 0)
		return refuse(settling, redirect->row->target_span,
			      "redirect-chain", redirect->row->target_written,
			      _("its new address is an old one itself; write "
				"where the page stands today"));
	return refuse(settling, redirect->row->target_span, "redirect-chain",
		      redirect->row->target_written,
		      arena_printf(settling->diags->arena,
				   _("its new address is an old one itself; "
				     "write %.*s in its place"),
				   STR_ARG(better))
			      .data);
}

/* An old address below what a row with "*" leads to, or NULL. */
static const struct site_redirect *find_below(const struct site_plan *site,
					      str key)
{
	const struct site_redirects *all = &site->redirects;
	size_t exact = lower_bound(all->exact, all->exact_count, key);
	size_t prefix = lower_bound(all->prefixes, all->prefix_count, key);

	if (exact < all->exact_count &&
	    str_starts_with(all->exact[exact].key, key))
		return &all->exact[exact];
	if (prefix < all->prefix_count &&
	    str_starts_with(all->prefixes[prefix].key, key))
		return &all->prefixes[prefix];
	return find_prefix(all, key);
}

static bool settle_rest(const struct settling *settling,
			const struct site_redirect *redirect, str key)
{
	str folded = url_path_fold(key, settling->scratch);
	const struct site_redirect *below = find_below(redirect->site, folded);

	if (below != NULL && redirect->site == settling->site &&
	    (below == redirect || str_starts_with(folded, redirect->key) ||
	     str_starts_with(redirect->key, folded)))
		return refuse(settling, redirect->row->target_span,
			      "redirect-loop", redirect->row->target_written,
			      _("what it leads to is covered by its own \"*\"; "
				"write where the pages stand today"));
	if (below != NULL)
		return refuse(
			settling, redirect->row->target_span, "redirect-chain",
			redirect->row->target_written,
			arena_printf(settling->diags->arena,
				     _("/%.*s below it is an old address "
				       "itself; write where the pages stand "
				       "today"),
				     STR_ARG(below->key))
				.data);
	if (site_plan_find_below(redirect->site, key) != NULL)
		return true;
	return refuse_dead(settling, redirect,
			   _("the site has no page below this address"));
}

static bool leads_somewhere(const struct settling *settling,
			    struct site_redirect *redirect)
{
	struct old_address next = { .resource = RESOURCE_NONE };
	str key, path;

	if (redirect->site == NULL || redirect->code == REDIRECT_GONE ||
	    redirect->resource != RESOURCE_NONE)
		return true;
	if (!redirect->site->theme->is_usable)
		return true;
	key = target_key(settling, redirect);
	if (redirect->row->has_rest)
		return settle_rest(settling, redirect, key);
	path = url_path_key(redirect->path, settling->scratch);
	if (site_plan_find_key(redirect->site, path) != NULL &&
	    (redirect->query.len == 0 ||
	     find_exact(&redirect->site->redirects,
			url_path_fold(key, settling->scratch)) == NULL))
		return true;
	next = redirects_find(redirect->site, key);
	if (next.resource != RESOURCE_NONE || next.redirect != NULL)
		return refuse_chain(settling, redirect, &next);
	if (gone_pages_at(settling->plan, redirect->site->site, path,
			  settling->scratch) != RESOURCE_NONE) {
		become_gone(settling, redirect);
		return true;
	}
	return refuse_dead(settling, redirect,
			   _("the site has no page of this address"));
}

/* Each is judged by all that there are, so that their order means nothing. */
static void judge(const struct settling *settling, struct site_redirect *items,
		  size_t count, bool *is_right)
{
	for (size_t i = 0; i < count; i++) {
		is_right[i] = leads_somewhere(settling, &items[i]);
		arena_reset(settling->scratch);
	}
}

static size_t keep_right(struct site_redirect *items, size_t count,
			 const bool *is_right)
{
	size_t kept = 0;

	for (size_t i = 0; i < count; i++)
		if (is_right[i])
			items[kept++] = items[i];
	return kept;
}

static void for_sites(struct settling *settling,
		      void (*step)(struct settling *settling))
{
	for (size_t i = 0; i < settling->plan->count; i++) {
		settling->site = &settling->plan->sites[i];
		if (settling->site->theme->is_usable &&
		    settling->site->site->redirects.count > 0)
			step(settling);
	}
}

/* The first prefix's verdict stands behind that of the last exact row. */
static void judge_site(struct settling *settling)
{
	struct site_redirects *all = &settling->site->redirects;

	all->is_right = arena_array(
		settling->arena, all->exact_count + all->prefix_count + 1, 1);
	judge(settling, all->exact, all->exact_count, all->is_right);
	judge(settling, all->prefixes, all->prefix_count,
	      all->is_right + all->exact_count);
}

/* Numbers of rows, by what they lead to. */
struct row_order {
	uint32_t resource;
	uint32_t row;
};

static int compare_order(const void *left, const void *right)
{
	const struct row_order *a = left;
	const struct row_order *b = right;

	if (a->resource != b->resource)
		return a->resource < b->resource ? -1 : 1;
	return (a->row > b->row) - (a->row < b->row);
}

/* Those without a query: it says nothing of where a page stood. */
static void index_by_resource(struct settling *settling)
{
	struct site_redirects *all = &settling->site->redirects;
	struct row_order *order = arena_array(
		settling->scratch, all->exact_count + 1, sizeof(*order));
	size_t count = 0;

	for (size_t i = 0; i < all->exact_count; i++)
		if (all->exact[i].shown != RESOURCE_NONE &&
		    all->exact[i].row->query.len == 0)
			order[count++] =
				(struct row_order){ all->exact[i].shown,
						    (uint32_t)i };
	if (count > 0)
		qsort(order, count, sizeof(*order), compare_order);
	all->by_resource = arena_array(settling->arena, count + 1,
				       sizeof(*all->by_resource));
	all->by_resource_count = count;
	for (size_t i = 0; i < count; i++)
		all->by_resource[i] = order[i].row;
	arena_reset(settling->scratch);
}

const uint32_t *redirects_to(const struct site_plan *site, uint32_t resource,
			     size_t *count)
{
	const struct site_redirects *all = &site->redirects;
	size_t low = 0;
	size_t high = all->by_resource_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (all->exact[all->by_resource[middle]].shown < resource)
			low = middle + 1;
		else
			high = middle;
	}
	*count = 0;
	while (low + *count < all->by_resource_count &&
	       all->exact[all->by_resource[low + *count]].shown == resource)
		(*count)++;
	return all->by_resource + low;
}

static void keep_site(struct settling *settling)
{
	struct site_redirects *all = &settling->site->redirects;
	size_t exact_count = all->exact_count;

	all->exact_count = keep_right(all->exact, exact_count, all->is_right);
	all->prefix_count = keep_right(all->prefixes, all->prefix_count,
				       all->is_right + exact_count);
	index_by_resource(settling);
}

void redirects_settle(struct page_plan *plan, struct arena *arena,
		      struct diag_list *diags)
{
	struct arena scratch;
	struct settling settling = { .plan = plan,
				     .arena = arena,
				     .scratch = &scratch,
				     .diags = diags };

	arena_init(&scratch);
	for_sites(&settling, collect);
	for_sites(&settling, judge_site);
	for_sites(&settling, keep_site);
	arena_release(&scratch);
}
