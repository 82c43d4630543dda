/*
 * Links to pages of the cluster by their addresses: those of today, those that
 * redirects.csv and aliases lead on, and paths as pages of an old platform have
 * them. What was looked up and not found is noted as well (view_depend): the
 * page is made again when something comes to stand there.
 */
#include "render/link.h"

#include "base/pack.h"
#include "markup/html.h"
#include "markup/url_path.h"
#include "plan/gone_pages.h"
#include "plan/near_file.h"
#include "plan/permalink.h"
#include "plan/redirects.h"

/* Both domains are of the cluster; "" is the own one. */
static void depend_on_page(const struct render_job *job,
			   const struct site_plan *site, char own, char other,
			   str path)
{
	if (site == job->site)
		view_depend(job, own, path);
	else
		view_depend(job, other,
			    arena_printf(job->arena, "%.*s/%.*s",
					 STR_ARG(site->site->domain),
					 STR_ARG(path)));
}

static bool to_site(struct link *link, const struct site_plan *site, str path);

static str key_with_query(const struct link *link, str path)
{
	const str parts[] = { url_path_key(path, link->links->job->arena),
			      link->query };

	return arena_join(link->links->job->arena, parts, COUNT_OF(parts));
}

/* What the row leads to, with what its "*" stood for. */
static str target_of(const struct old_address *old, struct arena *arena)
{
	const struct site_redirect *redirect = old->redirect;
	struct buf target;

	buf_init(&target, arena);
	buf_add(&target,
		redirect->site == NULL ? redirect->to : redirect->path);
	if (redirect->row->has_rest)
		url_path_encode(&target, old->rest);
	return buf_str(&target);
}

/* As a row of redirects.csv says; a fragment of the link stays. */
static bool follow(struct link *link, const struct old_address *old)
{
	const struct render_job *job = link->links->job;
	const struct site_redirect *redirect = old->redirect;
	str target;

	if (redirect->code == REDIRECT_GONE)
		return link_not_there(link, VISIBLE_GONE);
	if (redirect->fragment.len > 0) {
		link->fragment = redirect->fragment;
		link->has_row_fragment = true;
	}
	link->query = redirect->query;
	if (redirect->resource != RESOURCE_NONE)
		return link_to_resource(link, redirect->resource);
	target = target_of(old, job->arena);
	link->is_redirected = true;
	link->before = target;
	if (redirect->site == NULL) {
		link->out->address = target;
		link->out->is_outside = view_is_outside(job, target);
		return true;
	}
	if (redirect->site != job->site)
		link->before = arena_printf(
			job->arena, "https://%.*s%.*s",
			STR_ARG(redirect->site->site->domain), STR_ARG(target));
	return to_site(link, redirect->site, target);
}

/*
 * The text whose page has this address at another site of the cluster, so that
 * it can be named; or empty. That no site has it is noted, too.
 */
static str text_elsewhere(struct link *link, const struct site_plan *site,
			  str file)
{
	const struct render_job *job = link->links->job;
	const struct page_plan *plan = job->context->plan;

	for (size_t i = 0; i < plan->arrangement->cluster->count; i++) {
		const struct site_plan *other = &plan->sites[i];
		const struct page *page;
		str path;

		if (other == site)
			continue;
		depend_on_page(job, other, 'p', 'P', file);
		page = site_plan_find(other, file);
		if (page == NULL || page->kind != PAGE_ARTICLE)
			continue;
		path = snapshot_path(
			plan->snapshot,
			catalog_file(view_catalog(job), page->resource));
		view_depend(job, 'r', path);
		return path;
	}
	return STR("");
}

/*
 * "/jyj/dt/a.md" and "/content/jyj/dt/a.md": the file of the library was meant,
 * as other programs have it.
 */
static const char *no_page_help(struct link *link, const struct site_plan *site,
				str path)
{
	const struct render_job *job = link->links->job;
	const struct page_plan *plan = job->context->plan;
	str file = url_path_decode(path, job->arena);
	str near = STR("");

	if (str_ends_with(file, STR(".html")) &&
	    link->links->dead_files++ < DIAG_FILE_LIMIT)
		near = text_elsewhere(link, site, str_from(file, 1));
	if (!str_starts_with(file, STR("/content/")))
		file = arena_printf(job->arena, "/content%.*s", STR_ARG(file));
	file = str_from(file, 1);
	if (str_ends_with(file, STR(".md")) &&
	    link->links->dead_files++ < DIAG_FILE_LIMIT) {
		view_depend(job, 'f', file);
		view_depend(job, 'n', file);
		near = snapshot_find(plan->snapshot, file) != STR_NONE
			       ? file
			       : near_file(plan, file, job->arena);
	}
	if (near.len == 0)
		return _("the site has no page of this address; link to the "
			 ".md file instead");
	return arena_printf(job->arena, _("did you mean “%.*s”?"),
			    STR_ARG(near_file_relative(link_own_path(link),
						       near, job->arena)))
		.data;
}

/* An old address of a page leads to where the page is now. */
static bool to_old_address(struct link *link, const struct site_plan *site,
			   str path)
{
	const struct render_job *job = link->links->job;
	str key = key_with_query(link, path);
	struct old_address old = redirects_find(site, key);
	uint32_t number = old.resource;

	if (site->record != NULL)
		return link_unsure(link);
	depend_on_page(job, site, 'o', 'O', key);
	if (old.redirect != NULL && !link->is_redirected)
		return follow(link, &old);
	if (number == RESOURCE_NONE)
		number = gone_pages_at(job->context->plan, site->site,
				       url_path_key(path, job->arena),
				       job->arena);
	if (number != RESOURCE_NONE)
		return link_to_resource(link, number);
	if (link->is_redirected)
		return link_dead(
			link,
			arena_printf(job->arena,
				     _("redirects.csv leads it to %.*s, where "
				       "there is no page"),
				     STR_ARG(link->before))
				.data);
	return link_dead(link, no_page_help(link, site, path));
}

/* A recalled plan knows no old addresses. */
static bool is_recalled(const struct site_plan *site)
{
	return site->record != NULL && site->site->redirects.count > 0;
}

/* "/?p=12": the page is there, and was another one with this query. */
static bool is_old_query(struct link *link, const struct site_plan *site,
			 str path, struct old_address *old)
{
	str key;

	if (link->query.len == 0 || link->is_redirected)
		return false;
	key = key_with_query(link, path);
	depend_on_page(link->links->job, site, 'o', 'O', key);
	*old = redirects_find(site, key);
	return old->redirect != NULL && old->redirect->row->query.len > 0;
}

/* "/jyxw": servers send readers on to "/jyxw/". */
static bool is_folder(const struct link *link, const struct site_plan *site,
		      str file)
{
	const struct render_job *job = link->links->job;
	str index = arena_printf(job->arena, "%.*s/index.html", STR_ARG(file));

	if (file.len == 0 || str_ends_with(file, STR(".html")) ||
	    link->is_redirected)
		return false;
	depend_on_page(job, site, 'p', 'P', index);
	return site_plan_has(site, index);
}

static bool to_folder(struct link *link, const struct site_plan *site, str path)
{
	struct arena *arena = link->links->job->arena;

	link->before = arena_printf(arena, "%.*s/", STR_ARG(link->before));
	return to_site(link, site, arena_printf(arena, "%.*s/", STR_ARG(path)));
}

/*
 * "/sitemap.html", "/jyxw/" and the same behind "https://" and a domain of the
 * cluster: must be a page of the site. `path` begins with "/" or is empty.
 */
static bool to_site(struct link *link, const struct site_plan *site, str path)
{
	const struct render_job *job = link->links->job;
	str parts[2] = { url_path_decode(str_from(path, 1), job->arena),
			 STR("index.html") };
	str file = parts[0];
	struct old_address old;
	const struct page *page;

	if (link->query.len > 0 && is_recalled(site))
		return link_unsure(link);
	if (is_old_query(link, site, path, &old))
		return follow(link, &old);
	if (file.len == 0 || file.data[file.len - 1] == '/')
		file = arena_join(job->arena, parts, 2);
	depend_on_page(job, site, 'p', 'P', file);
	if (!site_plan_has(site, file) && is_folder(link, site, file))
		return to_folder(link, site, path);
	if (!site_plan_has(site, file))
		return to_old_address(link, site, path);
	if (link->is_image && str_ends_with(file, STR(".html")))
		return link_no_picture(link);
	page = site_plan_find(site, file);
	if (page != NULL && page->kind == PAGE_ARTICLE) {
		view_depend(job, 'r',
			    snapshot_path(job->context->plan->snapshot,
					  catalog_file(view_catalog(job),
						       page->resource)));
		link_find_anchor(link, page->resource);
	} else if (page == NULL && link->fragment.len > 0) {
		return link_unsure(link);
	}
	return link_set_address(link, link->before);
}

/* The site that a text was written for: a copy stands on another. */
static const struct site_plan *site_of_text(const struct render_job *job)
{
	if (job->page->kind != PAGE_COPY)
		return job->site;
	return &job->context->plan->sites
			[view_placement(job, job->page->resource).site->number];
}

/*
 * Is there a page, or was there one, at this place as seen from `base`? Then
 * the link goes there.
 */
static bool from_base(struct link *link, const struct site_plan *site, str base,
		      bool *is_link)
{
	const struct render_job *job = link->links->job;
	size_t hash = str_find_byte(link->destination, '#');
	str relative = str_between(link->destination, 0, hash);
	size_t mark = str_find_byte(relative, '?');
	struct link there = *link;
	struct old_address old;
	str key, path;

	while (!url_path_join(&path, base, str_between(relative, 0, mark),
			      job->arena)) {
		/* above the domain there is only the domain */
		if (!str_starts_with(relative, STR("../")))
			return false;
		relative = str_from(relative, 3);
		mark = str_find_byte(relative, '?');
	}
	there.query = mark == STR_NONE ? STR("") : str_from(relative, mark);
	there.fragment =
		hash == STR_NONE ? STR("") : str_from(link->destination, hash);
	key = key_with_query(&there, path);
	old = redirects_find(site, key);
	if (old.redirect == NULL && old.resource == RESOURCE_NONE &&
	    !site_plan_has(site,
			   url_path_decode(str_from(path, 1), job->arena))) {
		depend_on_page(job, site, 'o', 'O', key);
		depend_on_page(job, site, 'p', 'P',
			       url_path_decode(str_from(path, 1), job->arena));
		return false;
	}
	there.before = site == job->site
			       ? path
			       : arena_printf(job->arena, "https://%.*s%.*s",
					      STR_ARG(site->site->domain),
					      STR_ARG(path));
	*is_link = to_site(&there, site, path);
	return true;
}

/*
 * A path that is none of the library, as pages of an old platform have them:
 * from where the page stands, or stood.
 */
bool link_from_page(struct link *link, bool *is_link)
{
	const struct render_job *job = link->links->job;
	const struct site_plan *site = site_of_text(job);
	uint32_t number = job->page->resource;
	struct placement placement = view_placement(job, number);
	str base = arena_printf(
		job->arena, "/%.*s",
		STR_ARG(permalink_path(view_resource(job, number),
				       placement.column, job->arena)));
	str aliases = view_resource(job, number)->aliases;
	const uint32_t *rows;
	size_t count;

	if (site->record != NULL) {
		*is_link = link_unsure(link);
		return true;
	}
	view_depend(job, 'w', view_resource(job, number)->path);
	if (from_base(link, site, base, is_link))
		return true;
	while (unpack_text(&base, &aliases))
		if (from_base(link, site, base, is_link))
			return true;
	rows = redirects_to(site, number, &count);
	for (size_t i = 0; i < count; i++)
		if (from_base(link, site,
			      site->redirects.exact[rows[i]].row->old, is_link))
			return true;
	return false;
}

/* "/dt/" of a text means the site that the text was written for. */
bool link_to_own_site(struct link *link)
{
	const struct render_job *job = link->links->job;
	const struct site_plan *site = site_of_text(job);
	str path = link->before;

	if (site != job->site)
		link->before = arena_printf(job->arena, "https://%.*s%.*s",
					    STR_ARG(site->site->domain),
					    STR_ARG(path));
	return to_site(link, site, path);
}

/* A host of the cluster, and no other port of it; or NULL. */
const struct site_plan *link_cluster_site(const struct link *link)
{
	const struct page_plan *plan = link->links->job->context->plan;
	str host = url_path_host(link->before);
	size_t at = str_find(link->before, STR("//"));
	const struct site *site;
	str rest;

	if (host.len == 0 || at == STR_NONE)
		return NULL;
	rest = str_from(link->before, at + 2);
	if (!str_starts_with(rest, host) ||
	    (rest.len > host.len && rest.data[host.len] != '/'))
		return NULL;
	site = cluster_site_named(plan->arrangement->cluster, host);
	if (site == NULL)
		return NULL;
	view_depend(link->links->job, 's', host);
	return &plan->sites[site->number];
}

/* By whatever name: readers are led to the domain. */
static bool to_named(struct link *link, const struct site_plan *site)
{
	str host = url_path_host(link->before);
	str rest = str_from(link->before,
			    str_find(link->before, STR("//")) + 2 + host.len);

	if (!str_equal(host, site->site->domain))
		link->before = arena_printf(
			link->links->job->arena, "https://%.*s%.*s",
			STR_ARG(site->site->domain), STR_ARG(rest));
	return to_site(link, site, rest);
}

bool link_to_absolute(struct link *link)
{
	struct arena *arena = link->links->job->arena;
	str fault = link_address_fault(link->destination, arena);
	const struct site_plan *site;

	if (fault.len > 0)
		return link_dead(link, arena_c_string(arena, fault));
	link_look_at_end(link);
	link->before = link_address_form(link->before, arena);
	link->destination = link_address_form(link->destination, arena);
	site = link_cluster_site(link);
	if (site != NULL)
		return to_named(link, site);
	link->out->address = link->destination;
	link->out->is_outside =
		view_is_outside(link->links->job, link->destination);
	return true;
}
