/*
 * Where the links of a body lead. Whatever is of the cluster is looked up, in
 * whatever form it is written: a path of the library, an id, an address of the
 * own site, of another one, with its domain. What is found is noted, so that
 * the page is made again when it changes (plan/build_record.h).
 */
#include "render/body_links.h"

#include <inttypes.h>

#include "base/pack.h"
#include "base/unicode.h"
#include "markup/html.h"
#include "markup/url_path.h"
#include "plan/address_check.h"
#include "plan/gone_pages.h"
#include "plan/near_file.h"
#include "plan/permalink.h"
#include "plan/redirects.h"
#include "render/link.h"

/* --- what stands behind "#" --- */

static void dead_anchor(struct link *link, const struct anchors *anchors)
{
	const struct render_job *job = link->links->job;
	str near =
		link->links->dead_anchors++ >= DIAG_FILE_LIMIT
			? STR("")
			: anchors_nearest(anchors, str_from(link->fragment, 1),
					  job->arena);
	struct diag *diag = diag_error(link->diags, link->span, "link-dead",
				       _("the link “%.*s” leads nowhere"),
				       STR_ARG(link->destination));

	if (near.len > 0)
		diag_help(link->diags, diag, _("did you mean “#%.*s”?"),
			  STR_ARG(near));
	else
		diag_help(link->diags, diag,
			  _("the page is there, but no heading on it has this "
			    "text, and no <a name>"));
}

/*
 * Turns the fragment into the id that it means on the page of the resource. A
 * dead one is left out: the link leads to the page.
 */
static void find_anchor(struct link *link, uint32_t number)
{
	const struct render_job *job = link->links->job;
	const struct page_plan *plan = job->context->plan;
	uint32_t file = catalog_file(view_catalog(job), number);
	const struct anchors *anchors;
	str id;

	if (link->fragment.len <= 1) {
		link->fragment = STR("");
		return;
	}
	anchors = target_anchors_of(link->links->targets, job, number);
	if (anchors == NULL)
		return; /* told where that page is made */
	view_depend(job, 'h',
		    arena_printf(job->arena, "%016" PRIx64 " %.*s",
				 anchors->digest.low,
				 STR_ARG(snapshot_path(plan->snapshot, file))));
	id = anchors_find(anchors, str_from(link->fragment, 1), job->arena);
	if (id.len == 0 && !link->has_row_fragment)
		dead_anchor(link, anchors);
	link->fragment =
		id.len == 0 || str_equal_c(id, "top")
			? STR("")
			: arena_printf(job->arena, "#%.*s", STR_ARG(id));
}

/* --- resources --- */

static bool set_address(struct link *link, str address)
{
	struct buf whole;

	buf_init(&whole, link->links->job->arena);
	buf_add(&whole, address);
	html_escape_url(&whole, link->query);
	html_escape_url(&whole, link->fragment);
	link->out->address = buf_str(&whole);
	return true;
}

static bool to_resource(struct link *link, uint32_t number)
{
	const struct render_job *job = link->links->job;
	struct placement placement = view_placement(job, number);

	if (placement.visibility == VISIBLE_GONE ||
	    placement.visibility == VISIBLE_NOT)
		return link_not_there(link, placement.visibility);
	if (placement.column == NULL)
		return link_dead(link, _("no column publishes the resource"));
	if (link->is_image)
		return link_no_picture(link);
	find_anchor(link, number);
	return set_address(link, view_address(job, number, NULL));
}

static bool to_id(struct link *link, str id)
{
	const struct render_job *job = link->links->job;
	uint32_t number = catalog_find_id(view_catalog(job), id);

	view_depend(job, 'i', id);
	if (number == RESOURCE_NONE)
		return link_dead(link,
				 _("there is no resource with this id; it is "
				   "the path below content/ without .md"));
	return to_resource(link, number);
}

static str own_path(const struct link *link)
{
	const struct render_job *job = link->links->job;

	return snapshot_path(
		job->context->plan->snapshot,
		catalog_file(view_catalog(job), job->page->resource));
}

/* The path in the library; false when it leads out of it. */
static bool library_path(str *out, const struct link *link, str relative)
{
	return url_path_join(out, own_path(link), relative,
			     link->links->job->arena);
}

/* That it is not there counts too: it may come, and be meant. */
static bool is_file(const struct link *link, str name, str *path)
{
	const struct render_job *job = link->links->job;

	if (name.len == 0 || !library_path(path, link, name))
		return false;
	if (snapshot_find(job->context->plan->snapshot, *path) != STR_NONE)
		return true;
	view_depend(job, 'f', *path);
	return false;
}

/*
 * Names may have "%", "#" and "?" in them, written as they are or encoded: the
 * longest that is a file counts, as written before decoded. What is left behind
 * it is the fragment.
 */
static bool find_file(struct link *link, str *path)
{
	enum { TRIES = 4 };
	const struct render_job *job = link->links->job;
	size_t end = link->destination.len;

	for (int i = 0; i < TRIES && end != STR_NONE; i++) {
		str name = str_between(link->destination, 0, end);
		str decoded = url_path_decode(name, job->arena);

		if (is_file(link, name, path) ||
		    (decoded.data != name.data &&
		     is_file(link, decoded, path))) {
			link->fragment = str_from(link->destination, end);
			link->query = STR("");
			return true;
		}
		end = str_find_last_byte(name, '#');
	}
	return false;
}

static bool has_signs(str destination)
{
	return str_find_byte(destination, '%') != STR_NONE ||
	       str_find_byte(destination, '#') != STR_NONE ||
	       str_find_byte(destination, '?') != STR_NONE;
}

static bool from_page(struct link *link, bool *is_link);

static bool no_file(struct link *link, str path, const char *help)
{
	struct arena *arena = link->links->job->arena;
	const struct page_plan *plan = link->links->job->context->plan;
	str near = STR("");

	if (link->links->dead_files++ < DIAG_FILE_LIMIT) {
		near = near_file(plan, path, arena);
		view_depend(link->links->job, 'n', path);
	}
	if (near.len > 0)
		help = arena_printf(arena, _("did you mean “%.*s”?"),
				    STR_ARG(near_file_relative(own_path(link),
							       near, arena)))
			       .data;
	return link_dead(link, help);
}

static const char *no_file_help(const struct link *link)
{
	struct arena *arena = link->links->job->arena;
	str meant = link_address_meant(link->destination, arena);

	if (meant.len > 0)
		return arena_printf(arena, _("write %.*s"), STR_ARG(meant))
			.data;
	if (str_find_byte(link->destination, '\\') != STR_NONE)
		return _("write / in the place of \\: folders of an address "
			 "are parted by /, on Windows too");
	return _("there is no such file in the library; a page ends in .md, "
		 "an outside address begins with https://");
}

static bool to_path(struct link *link)
{
	const struct render_job *job = link->links->job;
	const struct page_plan *plan = job->context->plan;
	const struct catalog *catalog = view_catalog(job);
	bool is_link = false;
	uint32_t number;
	size_t file;
	str path;

	if (!(has_signs(link->destination) && find_file(link, &path)) &&
	    !library_path(&path, link,
			  url_path_decode(link->before, job->arena)))
		return from_page(link, &is_link)
			       ? is_link
			       : link_dead(link, _("the path leads out of the "
						   "library"));
	if (str_ends_with(path, STR(".md"))) {
		view_depend(job, 'r', path);
		number = catalog_find_path(catalog, path);
		if (number != RESOURCE_NONE)
			return to_resource(link, number);
		return no_file(link, path,
			       _("there is no such file in the library"));
	}
	view_depend(job, 'f', path);
	file = snapshot_find(plan->snapshot, path);
	if (file != STR_NONE)
		return link_to_file(link, path, file);
	if (from_page(link, &is_link))
		return is_link;
	return no_file(link, path, no_file_help(link));
}

/* --- addresses --- */

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
		return to_resource(link, redirect->resource);
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
 * "/jyj/dt/a.md" and "/content/jyj/dt/a.md": the file of the library was meant,
 * as other programs have it.
 */
static const char *no_page_help(struct link *link, str path)
{
	const struct render_job *job = link->links->job;
	const struct page_plan *plan = job->context->plan;
	str file = url_path_decode(path, job->arena);
	str near = STR("");

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
			    STR_ARG(near_file_relative(own_path(link), near,
						       job->arena)))
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

	depend_on_page(job, site, 'o', 'O', key);
	if (old.redirect != NULL && !link->is_redirected)
		return follow(link, &old);
	if (number == RESOURCE_NONE)
		number = gone_pages_at(job->context->plan, site->site,
				       url_path_key(path, job->arena),
				       job->arena);
	if (number != RESOURCE_NONE)
		return to_resource(link, number);
	if (link->is_redirected)
		return link_dead(
			link,
			arena_printf(job->arena,
				     _("redirects.csv leads it to %.*s, where "
				       "there is no page"),
				     STR_ARG(link->before))
				.data);
	return link_dead(link, no_page_help(link, path));
}

/*
 * A recalled plan knows no old addresses; what would ask for them makes it give
 * up, by an error.
 */
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
		return link_dead(link, "");
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
		find_anchor(link, page->resource);
	} else if (page == NULL && link->fragment.len > 0) {
		/* a recalled plan has not all pages; it is made anew */
		return link_dead(link, "");
	}
	return set_address(link, link->before);
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
static bool from_page(struct link *link, bool *is_link)
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
		*is_link = link_dead(link, "");
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
static bool to_own_site(struct link *link)
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
static const struct site_plan *find_site(const struct link *link)
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

static bool to_absolute(struct link *link)
{
	struct arena *arena = link->links->job->arena;
	str fault = link_address_fault(link->destination, arena);
	const struct site_plan *site;

	if (fault.len > 0)
		return link_dead(link, arena_c_string(arena, fault));
	link_look_at_end(link);
	link->before = link_address_form(link->before, arena);
	link->destination = link_address_form(link->destination, arena);
	site = find_site(link);
	if (site != NULL)
		return to_named(link, site);
	link->out->address = link->destination;
	link->out->is_outside =
		view_is_outside(link->links->job, link->destination);
	return true;
}

/* "https:…", but not 附件1:名单.pdf: a scheme has no Chinese. */
static bool is_absolute(str destination)
{
	size_t colon = str_find_byte(destination, ':');
	size_t slash = str_find_byte(destination, '/');

	return colon != STR_NONE && (slash == STR_NONE || colon < slash) &&
	       unicode_is_ascii(str_between(destination, 0, colon));
}

/* A "?" in the name of a file is no query. */
static void split(struct link *link)
{
	str before = link->destination;
	size_t hash = str_find_byte(before, '#');
	size_t mark;

	if (hash != STR_NONE) {
		link->fragment = str_from(before, hash);
		before = str_between(before, 0, hash);
	}
	mark = str_find_byte(before, '?');
	if (mark != STR_NONE &&
	    (before.data[0] == '/' || is_absolute(before) ||
	     str_ends_with(str_between(before, 0, mark), STR(".md")))) {
		link->query = str_from(before, mark);
		before = str_between(before, 0, mark);
	}
	link->before = before;
}

static bool resolve(struct link *link)
{
	struct arena *arena = link->links->job->arena;

	split(link);
	if (link->before.len == 0)
		return link_dead(link, _("write where the link leads"));
	if (str_starts_with(link->before, STR("id:")))
		return to_id(link,
			     url_path_decode(str_from(link->before, 3), arena));
	if (str_starts_with(link->destination, STR("//")))
		return link_dead(link, _("write https: in front of it"));
	if (is_absolute(link->destination))
		return to_absolute(link);
	if (link->destination.data[0] == '/')
		return to_own_site(link);
	return to_path(link);
}

bool body_links_resolve(void *context, struct markdown_target *out,
			str destination, bool is_image, struct span span,
			struct diag_list *diags)
{
	struct link link = { .links = context,
			     .out = out,
			     .destination = destination,
			     .is_image = is_image,
			     .is_unlisted = is_image,
			     .is_sized = is_image,
			     .span = span,
			     .diags = diags };

	*out = (struct markdown_target){ 0 };
	return resolve(&link);
}

/* An address that leads out of the cluster. */
static bool is_outside(const struct link *link, str address)
{
	struct link whole = *link;

	if (!is_absolute(address))
		return false;
	whole.before = link_address_form(address, link->links->job->arena);
	return find_site(&whole) == NULL;
}

str body_links_field(struct body_links *links, str written, bool is_image,
		     struct span span)
{
	const struct render_job *job = links->job;
	struct markdown_target target = { 0 };
	struct link link = { .links = links,
			     .out = &target,
			     .destination = written,
			     .is_image = is_image,
			     .is_unlisted = true,
			     .span = span,
			     .diags = job->diags };

	if (written.len == 0 || is_outside(&link, written))
		return written;
	view_depend(job, 'i', written);
	if (catalog_find_id(view_catalog(job), written) != RESOURCE_NONE)
		return to_id(&link, written) ? target.address : STR("");
	return resolve(&link) ? target.address : STR("");
}

static bool is_listed(const struct body_links *links, str title)
{
	const struct value *items = links->attachments.items;

	for (size_t i = 0; i < links->attachments.count; i++)
		if (str_equal(items[i].as.object->values[ATTACHMENT_FIELD_NAME]
				      .as.text,
			      title))
			return true;
	return false;
}

/* A dead one is recorded with its place, which the record has, too. */
static void add_attachment(struct body_links *links,
			   const struct yaml_node *entry,
			   struct diag_list *diags)
{
	str file = yaml_text(entry, "file");
	const struct yaml_node *node = yaml_get(entry, STR("file"));
	struct markdown_target target;
	struct link link = { .links = links,
			     .out = &target,
			     .destination = file,
			     .span = node == NULL ? entry->span : node->span,
			     .diags = diags };

	if (file.len == 0 ||
	    is_listed(links, link_attachment_title(links, file)) ||
	    !body_links_resolve(links, &target, file, false, link.span, diags))
		return;
	if (target.download.len == 0)
		(void)!link_dead(&link, _("an attachment is a file of the "
					  "library; of anything else write a "
					  "link into the text"));
}

void body_links_add_rest(struct body_links *links, struct diag_list *diags)
{
	const struct yaml_node *titles = links->titles;

	for (size_t i = 0; titles != NULL && i < titles->count; i++)
		add_attachment(links, &titles->items[i], diags);
}

bool body_links_frame(void *context, str address)
{
	const struct body_links *links = context;
	const struct cluster *cluster =
		links->job->context->plan->arrangement->cluster;

	return cluster_may_frame(cluster, url_path_host(address));
}
