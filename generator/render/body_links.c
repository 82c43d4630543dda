/*
 * Where the links of a body lead. Whatever is of the cluster is looked up, in
 * whatever form it is written: a path of the library, an id, an address of the
 * own site, of another one, with its domain. What is found is noted, so that
 * the page is made again when it changes (plan/build_record.h).
 */
#include "render/body_links.h"

#include <inttypes.h>

#include "markup/html.h"
#include "markup/url_path.h"
#include "plan/address_check.h"
#include "plan/gone_pages.h"
#include "plan/permalink.h"

struct link {
	struct body_links *links;
	struct markdown_target *out;
	str destination; /* as written, decoded */
	str before;	 /* of it, what stands before the next two */
	str query;	 /* with its "?", or empty */
	str fragment;	 /* with its "#", or empty */
	bool is_image;
	struct span span;
	struct diag_list *diags;
};

/* --- paths --- */

/* "content/jyj/a/b.md" + "../c/d.md" → "content/jyj/c/d.md"; false above. */
static bool join_path(str *out, str base, str relative, struct arena *arena)
{
	struct buf path;
	str part;

	buf_init(&path, arena);
	buf_add(&path, str_between(base, 0, str_find_last_byte(base, '/')));
	while (str_split_next(&relative, '/', &part)) {
		if (part.len == 0 || str_equal(part, STR(".")))
			continue;
		if (str_equal(part, STR(".."))) {
			size_t slash = str_find_last_byte(buf_str(&path), '/');

			if (slash == STR_NONE)
				return false;
			path.len = slash;
			continue;
		}
		buf_add_byte(&path, '/');
		buf_add(&path, part);
	}
	*out = buf_str(&path);
	return true;
}

/* --- links that lead nowhere --- */

static bool dead(struct link *link, const char *help)
{
	struct diag *diag = diag_error(link->diags, link->span, "link-dead",
				       _("the link “%.*s” leads nowhere"),
				       STR_ARG(link->destination));

	diag_help(link->diags, diag, "%s", help);
	return false;
}

/*
 * What was withdrawn or is not published yet holds nothing up: neither itself
 * nor the pages that lead to it, whose links become text.
 */
static bool not_there(struct link *link, enum visibility visibility)
{
	bool is_gone = visibility == VISIBLE_GONE;
	struct diag *diag = diag_warning(
		link->diags, link->span,
		is_gone ? "link-gone" : "link-unpublished",
		is_gone ? _("the link “%.*s” leads to what was withdrawn or "
			    "has expired; it becomes text")
			: _("the link “%.*s” leads to what is not published "
			    "yet; it becomes text"),
		STR_ARG(link->destination));

	diag_help(link->diags, diag, "%s",
		  is_gone ? _("take the link out, or link to what has taken "
			      "its place")
			  : _("it becomes a link by itself once that is "
			      "published"));
	return false;
}

/* Why is said once, at the file. */
static bool refused(struct link *link)
{
	struct diag *diag = diag_warning(
		link->diags, link->span, "link-refused",
		_("the link “%.*s” leads to a file that is not published; it "
		  "becomes text"),
		STR_ARG(link->destination));

	diag_help(link->diags, diag, "%s",
		  _("the message about the file itself says why, and what to "
		    "do"));
	return false;
}

/* --- what stands behind "#" --- */

static void dead_anchor(struct link *link, const struct anchors *anchors)
{
	const struct render_job *job = link->links->job;
	str near = anchors_nearest(anchors, str_from(link->fragment, 1),
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
	if (id.len == 0)
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
		return not_there(link, placement.visibility);
	if (placement.column == NULL)
		return dead(link, _("no column publishes the resource"));
	find_anchor(link, number);
	return set_address(link, view_address(job, number, NULL));
}

static bool to_id(struct link *link, str id)
{
	const struct render_job *job = link->links->job;
	uint32_t number = catalog_find_id(view_catalog(job), id);

	view_depend(job, 'i', id);
	if (number == RESOURCE_NONE)
		return dead(link, _("there is no resource with this id; it is "
				    "the path below content/ without .md"));
	return to_resource(link, number);
}

/* --- files beside an index.md --- */

static str file_type(str name, struct arena *arena)
{
	size_t dot = str_find_last_byte(name, '.');
	struct buf type;

	buf_init(&type, arena);
	if (dot == STR_NONE || name.len - dot > 8)
		return STR("");
	for (size_t i = dot + 1; i < name.len; i++) {
		char c = name.data[i];

		buf_add_byte(&type,
			     (char)(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c));
	}
	return buf_str(&type);
}

static str file_size(size_t bytes, struct arena *arena)
{
	const size_t kilobyte = 1024;
	const size_t megabyte = kilobyte * kilobyte;

	if (bytes < kilobyte)
		return arena_printf(arena, "%zu B", bytes);
	if (bytes < megabyte)
		return arena_printf(arena, "%zu KB",
				    (bytes + kilobyte / 2) / kilobyte);
	return arena_printf(arena, "%zu.%zu MB", bytes / megabyte,
			    bytes % megabyte * 10 / megabyte);
}

static str file_name(str path)
{
	size_t slash = str_find_last_byte(path, '/');

	return slash == STR_NONE ? path : str_from(path, slash + 1);
}

/* Its title in `attachments:`, or its file name. */
static str attachment_title(const struct body_links *links, str name)
{
	const struct yaml_node *titles = links->titles;

	for (size_t i = 0; titles != NULL && i < titles->count; i++) {
		str title = yaml_text(&titles->items[i], "title");

		if (title.len > 0 &&
		    str_equal(yaml_text(&titles->items[i], "file"), name))
			return title;
	}
	return name;
}

static void note_attachment(struct link *link, size_t file, str name)
{
	const struct render_job *job = link->links->job;
	struct value values[ATTACHMENT_FIELDS];
	str type = file_type(name, job->arena);
	size_t bytes;
	str size;

	if (!snapshot_size(&bytes, job->reader, file, link->diags))
		return;
	size = file_size(bytes, job->arena);
	values[ATTACHMENT_NAME] =
		value_text(attachment_title(link->links, name));
	values[ATTACHMENT_URL] = value_url(link->out->address);
	values[ATTACHMENT_TYPE] = value_text(type);
	values[ATTACHMENT_SIZE] = value_text(size);
	if (map_add(&link->links->listed, link->out->address, NULL))
		*(struct value *)list_add(&link->links->attachments,
					  job->arena) =
			view_object(job, &attachment_shape, values);
	link->out->note = arena_printf(job->arena, "（%.*s，%.*s）",
				       STR_ARG(type), STR_ARG(size));
	link->out->download = name;
}

/* Is the page a copy of the resource that has the files? */
static bool is_own_copy(const struct render_job *job, uint32_t owner)
{
	return job->page->kind == PAGE_COPY && job->page->resource == owner;
}

static bool to_file(struct link *link, str path, size_t file)
{
	const struct render_job *job = link->links->job;
	uint32_t owner = page_plan_file_owner(job->context->plan, path);
	struct placement placement;
	bool is_copy;
	str parts[2];

	if (owner == RESOURCE_NONE)
		return dead(link, _("files are published only beside an "
				    "index.md; put both into one folder"));
	if (attachments_state(job->context->plan->attachments,
			      job->context->plan->snapshot,
			      file) != ATTACHMENT_PUBLISHED)
		return refused(link);
	placement = view_placement(job, owner);
	if (placement.visibility == VISIBLE_NOT ||
	    placement.visibility == VISIBLE_GONE)
		return not_there(link, placement.visibility);
	if (placement.column == NULL)
		return dead(link, _("the resource that has this file is not "
				    "published"));
	is_copy = is_own_copy(job, owner);
	parts[0] = permalink_folder(
		view_resource(job, owner),
		is_copy ? job->page->column : placement.column, job->arena);
	parts[1] = file_name(path);
	link->out->address = permalink_from(
		job->site->site, is_copy ? job->site->site : placement.site,
		arena_join(job->arena, parts, 2), job->arena);
	if (!link->is_image)
		note_attachment(link, file, parts[1]);
	return true;
}

/* The path in the library; false when it leads out of it. */
static bool library_path(str *out, const struct link *link, str relative)
{
	const struct render_job *job = link->links->job;
	uint32_t own_file =
		catalog_file(view_catalog(job), job->page->resource);

	return join_path(out,
			 snapshot_path(job->context->plan->snapshot, own_file),
			 relative, job->arena);
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

static bool to_path(struct link *link)
{
	const struct render_job *job = link->links->job;
	const struct page_plan *plan = job->context->plan;
	const struct catalog *catalog = view_catalog(job);
	uint32_t number;
	size_t file;
	str path;

	if (!(has_signs(link->destination) && find_file(link, &path)) &&
	    !library_path(&path, link,
			  url_path_decode(link->before, job->arena)))
		return dead(link, _("the path leads out of the library"));
	if (str_ends_with(path, STR(".md"))) {
		view_depend(job, 'r', path);
		number = catalog_find_path(catalog, path);
		if (number != RESOURCE_NONE)
			return to_resource(link, number);
		return dead(link, _("there is no such file in the library"));
	}
	view_depend(job, 'f', path);
	file = snapshot_find(plan->snapshot, path);
	if (file == STR_NONE)
		return dead(link,
			    _("there is no such file in the library; a page "
			      "ends in .md, an outside address begins with "
			      "https://"));
	return to_file(link, path, file);
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

/* An old address of a page leads to where the page is now. */
static bool to_old_address(struct link *link, const struct site_plan *site,
			   str path)
{
	const struct render_job *job = link->links->job;
	str key = url_path_key(path, job->arena);
	uint32_t number = site_plan_find_alias(site, key);

	depend_on_page(job, site, 'o', 'O', key);
	if (number == RESOURCE_NONE)
		number = gone_pages_at(job->context->plan, site->site, key,
				       job->arena);
	if (number != RESOURCE_NONE)
		return to_resource(link, number);
	return dead(link, _("the site has no page of this address; link to "
			    "the .md file instead"));
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
	const struct page *page;

	if (file.len == 0 || file.data[file.len - 1] == '/')
		file = arena_join(job->arena, parts, 2);
	depend_on_page(job, site, 'p', 'P', file);
	if (!site_plan_has(site, file))
		return to_old_address(link, site, path);
	page = site_plan_find(site, file);
	if (page != NULL && page->kind == PAGE_ARTICLE) {
		view_depend(job, 'r',
		       snapshot_path(job->context->plan->snapshot,
				     catalog_file(view_catalog(job),
						  page->resource)));
		find_anchor(link, page->resource);
	} else if (page == NULL && link->fragment.len > 0) {
		/* a recalled plan has not all pages; it is made anew */
		return dead(link, "");
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
	site = cluster_site_at(plan->arrangement->cluster, host);
	return site == NULL ? NULL : &plan->sites[site->number];
}

static bool to_absolute(struct link *link)
{
	const struct site_plan *site = find_site(link);
	str address = link->before;

	if (site != NULL) {
		address = str_from(address, str_find(address, STR("//")) + 2);
		return to_site(link, site,
			       str_from(address, site->site->domain.len));
	}
	link->out->address = link->destination;
	link->out->is_outside =
		view_is_outside(link->links->job, link->destination);
	return true;
}

static bool is_absolute(str destination)
{
	size_t colon = str_find_byte(destination, ':');
	size_t slash = str_find_byte(destination, '/');

	return colon != STR_NONE && (slash == STR_NONE || colon < slash);
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

bool body_links_resolve(void *context, struct markdown_target *out,
			str destination, bool is_image, struct span span,
			struct diag_list *diags)
{
	struct body_links *links = context;
	struct link link = { .links = links,
			     .out = out,
			     .destination = destination,
			     .is_image = is_image,
			     .span = span,
			     .diags = diags };

	*out = (struct markdown_target){ 0 };
	split(&link);
	if (link.before.len == 0)
		return dead(&link, _("write where the link leads"));
	if (str_starts_with(link.before, STR("id:")))
		return to_id(&link, url_path_decode(str_from(link.before, 3),
						    links->job->arena));
	if (str_starts_with(destination, STR("//")))
		return dead(&link, _("write https: in front of it"));
	if (is_absolute(destination))
		return to_absolute(&link);
	if (destination.data[0] == '/')
		return to_own_site(&link);
	return to_path(&link);
}

str body_links_field(struct body_links *links, str written, struct span span)
{
	const struct render_job *job = links->job;
	struct markdown_target target = { 0 };
	struct link link = { .links = links,
			     .out = &target,
			     .destination = written,
			     .span = span,
			     .diags = job->diags };

	if (written.len == 0 || written.data[0] == '/' || is_absolute(written))
		return written;
	view_depend(job, 'i', written);
	if (catalog_find_id(view_catalog(job), written) != RESOURCE_NONE)
		return to_id(&link, written) ? target.address : STR("");
	return body_links_resolve(links, &target, written, true, span,
				  job->diags)
		       ? target.address
		       : STR("");
}

static bool is_listed(const struct body_links *links, str title)
{
	const struct value *items = links->attachments.items;

	for (size_t i = 0; i < links->attachments.count; i++)
		if (str_equal(
			    items[i].as.object->values[ATTACHMENT_NAME].as.text,
			    title))
			return true;
	return false;
}

void body_links_add_rest(struct body_links *links, struct diag_list *diags)
{
	const struct yaml_node *titles = links->titles;

	for (size_t i = 0; titles != NULL && i < titles->count; i++) {
		str file = yaml_text(&titles->items[i], "file");
		struct markdown_target target;

		/* a dead one is recorded with its place */
		if (file.len > 0 &&
		    !is_listed(links, attachment_title(links, file)))
			(void)!body_links_resolve(links, &target, file, false,
						  titles->items[i].span, diags);
	}
}

bool body_links_frame(void *context, str address)
{
	const struct body_links *links = context;
	const struct cluster *cluster =
		links->job->context->plan->arrangement->cluster;

	return cluster_may_frame(cluster, url_path_host(address));
}
