/*
 * Where the links of a body lead. Whatever is of the cluster is looked up, in
 * whatever form it is written: a path of the library, an id, an address of the
 * own site, of another one, with its domain. What is found is noted, so that
 * the page is made again when it changes (plan/build_record.h).
 */
#include "render/body_links.h"

#include <inttypes.h>

#include "base/unicode.h"
#include "markup/html.h"
#include "markup/url_path.h"
#include "plan/near_file.h"
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
void link_find_anchor(struct link *link, uint32_t number)
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

bool link_set_address(struct link *link, str address)
{
	struct buf whole;

	buf_init(&whole, link->links->job->arena);
	buf_add(&whole, address);
	html_escape_url(&whole, link->query);
	html_escape_url(&whole, link->fragment);
	link->out->address = buf_str(&whole);
	return true;
}

bool link_to_resource(struct link *link, uint32_t number)
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
	link_find_anchor(link, number);
	return link_set_address(link, view_address(job, number, NULL));
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
	return link_to_resource(link, number);
}

str link_own_path(const struct link *link)
{
	const struct render_job *job = link->links->job;

	return snapshot_path(
		job->context->plan->snapshot,
		catalog_file(view_catalog(job), job->page->resource));
}

/* The path in the library; false when it leads out of it. */
static bool library_path(str *out, const struct link *link, str relative)
{
	return url_path_join(out, link_own_path(link), relative,
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

static bool no_file(struct link *link, str path, const char *help)
{
	struct arena *arena = link->links->job->arena;
	const struct page_plan *plan = link->links->job->context->plan;
	str near = STR("");

	/* a recalled plan may know no names of before */
	if (link->links->job->site->record != NULL && plan->renames == NULL)
		return link_unsure(link);
	if (link->links->dead_files++ < DIAG_FILE_LIMIT) {
		near = near_file(plan, path, arena);
		view_depend(link->links->job, 'n', path);
	}
	if (near.len > 0)
		help = arena_printf(arena, _("did you mean “%.*s”?"),
				    STR_ARG(near_file_relative(
					    link_own_path(link), near, arena)))
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
		return link_from_page(link, &is_link)
			       ? is_link
			       : link_dead(link, _("the path leads out of the "
						   "library"));
	if (str_ends_with(path, STR(".md"))) {
		view_depend(job, 'r', path);
		number = catalog_find_path(catalog, path);
		if (number != RESOURCE_NONE)
			return link_to_resource(link, number);
		return no_file(link, path,
			       _("there is no such file in the library"));
	}
	view_depend(job, 'f', path);
	file = snapshot_find(plan->snapshot, path);
	if (file != STR_NONE)
		return link_to_file(link, path, file);
	if (link_from_page(link, &is_link))
		return is_link;
	return no_file(link, path, no_file_help(link));
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
		return link_to_absolute(link);
	if (link->destination.data[0] == '/')
		return link_to_own_site(link);
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

	*out = (struct markdown_target){ .text = out->text };
	return resolve(&link);
}

/* An address that leads out of the cluster. */
static bool is_outside(const struct link *link, str address)
{
	struct link whole = *link;

	if (!is_absolute(address))
		return false;
	whole.before = link_address_form(address, link->links->job->arena);
	return link_cluster_site(&whole) == NULL;
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
	struct markdown_target target = { 0 };
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
