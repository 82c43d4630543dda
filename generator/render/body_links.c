#include "render/body_links.h"

#include "markup/html.h"
#include "markup/url_path.h"
#include "plan/address_check.h"
#include "plan/permalink.h"

struct link {
	struct body_links *links;
	struct markdown_target *out;
	str destination; /* as written, decoded */
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

/* What the page depends on beside its own file (plan/build_record.h). */
static void depend(const struct render_job *job, char letter, str name)
{
	if (job->dependencies != NULL)
		*(str *)list_add(job->dependencies, job->arena) = arena_printf(
			job->arena, "%c %.*s", letter, STR_ARG(name));
}

/* --- resources --- */

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

static bool to_resource(struct link *link, uint32_t number)
{
	const struct render_job *job = link->links->job;
	struct placement placement = view_placement(job, number);
	struct buf address;

	if (placement.visibility == VISIBLE_GONE ||
	    placement.visibility == VISIBLE_NOT)
		return not_there(link, placement.visibility);
	if (placement.column == NULL)
		return dead(link, _("no column publishes the resource"));
	buf_init(&address, job->arena);
	buf_add(&address, view_address(job, number, NULL));
	html_escape_url(&address, link->fragment);
	link->out->address = buf_str(&address);
	return true;
}

static bool to_id(struct link *link, str id)
{
	const struct render_job *job = link->links->job;
	uint32_t number = catalog_find_id(view_catalog(job), id);

	depend(job, 'i', id);
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
	str size;
	str data;

	if (!snapshot_read(&data, job->reader, file, job->arena, link->diags))
		return;
	size = file_size(data.len, job->arena);
	values[ATTACHMENT_NAME] =
		value_text(attachment_title(link->links, name));
	values[ATTACHMENT_URL] = value_url(link->out->address);
	values[ATTACHMENT_TYPE] = value_text(type);
	values[ATTACHMENT_SIZE] = value_text(size);
	*(struct value *)list_add(&link->links->attachments, job->arena) =
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

static bool to_path(struct link *link, str relative)
{
	const struct render_job *job = link->links->job;
	const struct page_plan *plan = job->context->plan;
	const struct catalog *catalog = view_catalog(job);
	uint32_t own_file = catalog->files[job->page->resource];
	uint32_t number;
	size_t file;
	str path;

	if (!join_path(&path, snapshot_path(plan->snapshot, own_file),
		       url_path_decode(relative, job->arena), job->arena))
		return dead(link, _("the path leads out of the library"));
	if (str_ends_with(path, STR(".md"))) {
		depend(job, 'r', path);
		number = catalog_find_path(catalog, path);
		if (number != RESOURCE_NONE)
			return to_resource(link, number);
		return dead(link, _("there is no such file in the library"));
	}
	depend(job, 'f', path);
	file = snapshot_find(plan->snapshot, path);
	if (file == STR_NONE)
		return dead(link,
			    _("there is no such file in the library; a page "
			      "ends in .md, an outside address begins with "
			      "https://"));
	return to_file(link, path, file);
}

/* --- addresses --- */

/* An old address of a page leads to where the page is now. */
static bool to_old_address(struct link *link)
{
	const struct render_job *job = link->links->job;
	str before = str_between(link->destination, 0,
				 link->destination.len - link->fragment.len);
	str key = url_path_key(before, job->arena);
	uint32_t number = site_plan_find_alias(job->site, key);

	depend(job, 'o', key);
	if (number != RESOURCE_NONE)
		return to_resource(link, number);
	return dead(link, _("this site has no such page; link to the .md file "
			    "instead"));
}

/* "/sitemap.html", "/jyxw/": must be a page of this site. */
static bool to_own_address(struct link *link)
{
	const struct render_job *job = link->links->job;
	str path = url_path_decode(str_from(link->destination, 1), job->arena);
	str parts[2] = { path, STR("index.html") };

	path.len -=
		str_ends_with(path, link->fragment) ? link->fragment.len : 0;
	parts[0] = path;
	if (path.len == 0 || path.data[path.len - 1] == '/')
		path = arena_join(job->arena, parts, 2);
	depend(job, 'p', path);
	if (!site_plan_has(job->site, path))
		return to_old_address(link);
	link->out->address = link->destination;
	return true;
}

static bool is_absolute(str destination)
{
	size_t colon = str_find_byte(destination, ':');
	size_t slash = str_find_byte(destination, '/');

	return str_starts_with(destination, STR("//")) ||
	       (colon != STR_NONE && (slash == STR_NONE || colon < slash));
}

bool body_links_resolve(void *context, struct markdown_target *out,
			str destination, bool is_image, struct span span,
			struct diag_list *diags)
{
	struct body_links *links = context;
	struct link link = { links,    out,  destination, STR(""),
			     is_image, span, diags };
	size_t hash = str_find_byte(destination, '#');
	str before = destination;

	*out = (struct markdown_target){ 0 };
	if (hash != STR_NONE) {
		link.fragment = str_from(destination, hash);
		before = str_between(destination, 0, hash);
	}
	if (str_starts_with(before, STR("id:")))
		return to_id(&link, url_path_decode(str_from(before, 3),
						    links->job->arena));
	if (str_starts_with(destination, STR("//")))
		return dead(&link, _("write https: in front of it"));
	if (is_absolute(destination)) {
		out->address = destination;
		out->is_outside = view_is_outside(links->job, destination);
		return true;
	}
	if (before.len == 0) {
		out->address = destination;
		return destination.len > 0 ||
		       dead(&link, _("write where the link leads"));
	}
	if (destination.data[0] == '/')
		return to_own_address(&link);
	return to_path(&link, before);
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

	return cluster_may_frame(cluster, view_host(address));
}
