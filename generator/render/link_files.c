/*
 * A link to a file decides whether the file has an address (beside its text,
 * or shared by a unit), whether it is a document of its own with size and
 * kind, and whether it was refused. Its size comes from the object's head: 60
 * links to one large file must not read it 60 times.
 */
#include "render/link.h"

#include "markup/file_kind.h"
#include "plan/permalink.h"
#include "plan/small_pictures.h"
#include "render/known_picture.h"

/* --- links that lead nowhere --- */

bool link_dead(struct link *link, const char *help)
{
	struct diag *diag = diag_error(link->diags, link->span, "link-dead",
				       _("the link “%.*s” leads nowhere"),
				       STR_ARG(link->destination));

	diag_help(link->diags, diag, "%s", help);
	return false;
}

bool link_unsure(struct link *link)
{
	bool *asks_all = link->links->job->asks_all;

	if (asks_all != NULL)
		*asks_all = true;
	return false;
}

bool link_not_there(struct link *link, enum visibility visibility)
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

bool link_no_picture(struct link *link)
{
	return link_dead(link, _("a picture is wanted here, and it is none; "
				 "for a link to it in a text write […](…), "
				 "without a \"!\""));
}

/* Why is said once, at the file. */
bool link_refused(struct link *link)
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

str link_attachment_title(const struct body_links *links, str name)
{
	const struct yaml_node *titles = links->titles;

	for (size_t i = 0; titles != NULL && i < titles->count; i++) {
		str title = yaml_text(&titles->items[i], "title");

		if (title.len > 0 &&
		    str_equal(yaml_text(&titles->items[i], "file"), name))
			return title;
	}
	return STR("");
}

/* A file's name says least: what it is called in `attachments:` comes first. */
static str listed_name(const struct link *link, str name)
{
	str title = link_attachment_title(link->links, name);

	if (title.len == 0)
		title = link->out->text;
	return title.len > 0 ? title : name;
}

static void note_attachment(struct link *link, size_t file, str name)
{
	const struct render_job *job = link->links->job;
	struct value values[ATTACHMENT_FIELD_COUNT];
	str type = file_type(name, job->arena);
	size_t bytes;
	str size;

	if (!snapshot_size(&bytes, job->reader, file, link->diags))
		return;
	size = file_size(bytes, job->arena);
	values[ATTACHMENT_FIELD_NAME] = value_text(listed_name(link, name));
	values[ATTACHMENT_FIELD_URL] = value_url(link->out->address);
	values[ATTACHMENT_FIELD_TYPE] = value_text(type);
	values[ATTACHMENT_FIELD_SIZE] = value_text(size);
	if (map_add(&link->links->listed, link->out->address, NULL))
		*(struct value *)list_add(&link->links->attachments,
					  job->arena) =
			view_object(job, &attachment_shape, values);
	link->out->note = arena_printf(job->arena, "（%.*s，%.*s）",
				       STR_ARG(type), STR_ARG(size));
	link->out->download = name;
}

static bool is_picture(str name)
{
	static const struct file_allowance none = { 0 };
	struct file_kind kind;

	return file_name_judge(&kind, name, &none) == FILE_NAME_FITS &&
	       (kind.look == LOOK_JPEG || kind.look == LOOK_PNG ||
		kind.look == LOOK_GIF || kind.look == LOOK_WEBP ||
		kind.look == LOOK_SVG);
}

static struct known_picture *know_picture(struct link *link, str path,
					  size_t file)
{
	const struct render_job *job = link->links->job;
	struct known_picture *known = map_get(&link->links->sizes, path);

	if (known != NULL)
		return known;
	known = arena_alloc(job->arena, sizeof(*known));
	*known = known_picture_read(job, file, link->diags);
	map_add(&link->links->sizes, arena_copy(job->arena, path), known);
	return known;
}

/* "/a/1b2c-640.webp 640w, /a/1b2c-1280.webp 1280w" */
static void note_small(struct link *link, const struct image_size *size,
		       size_t file)
{
	const struct render_job *job = link->links->job;
	const struct page_plan *plan = job->context->plan;
	struct small_pictures small;
	struct buf text;

	small_pictures_make(&small, plan->arrangement->cluster, plan->snapshot,
			    file, size);
	buf_init(&text, job->arena);
	for (size_t i = 0; i < small.sizes.count; i++)
		buf_printf(&text, "%s%.*s %uw", i == 0 ? "" : ", ",
			   STR_ARG(small_pictures_path(
				   &small, i, link->out->address, job->arena)),
			   (unsigned)small.sizes.widths[i]);
	link->out->small = buf_str(&text);
}

/* So that the room is there before the picture; read once a page. */
static void note_size(struct link *link, str path, size_t file)
{
	const struct known_picture *known;

	if (!link->is_sized || !is_picture(str_file_name(path)))
		return;
	known = know_picture(link, path, file);
	link->out->width = known->size.width;
	link->out->height = known->size.height;
	if (known->has_small)
		note_small(link, &known->size, file);
}

/* Is the page a copy of the resource that has the files? */
static bool is_own_copy(const struct render_job *job, uint32_t owner)
{
	return job->page->kind == PAGE_COPY && job->page->resource == owner;
}

/* Documents, archives and data, which no page shows; captions it does. */
static bool is_document(str name)
{
	static const struct file_allowance none = { 0 };
	struct file_kind kind;

	if (file_name_judge(&kind, name, &none) != FILE_NAME_FITS)
		return false;
	if (kind.look >= LOOK_TEXT)
		return kind.look != LOOK_SVG && kind.look != LOOK_UNKNOWN &&
		       !str_equal_c(file_extension(name), "vtt");
	return kind.look <= LOOK_PDF ||
	       (kind.look >= LOOK_RAR && kind.look <= LOOK_TAR);
}

/* To a file that a unit's texts share. */
static bool to_shared_file(struct link *link, str path, size_t file)
{
	const struct render_job *job = link->links->job;
	const struct page_plan *plan = job->context->plan;
	const struct site_plan *site;
	str at;

	if (attachments_state(plan->attachments, plan->snapshot, file) !=
	    ATTACHMENT_PUBLISHED)
		return link_refused(link);
	site = page_plan_shared_file(plan, path, &at, job->arena);
	if (site == NULL)
		return link_dead(link, _("no site publishes the shared files "
					 "of this unit"));
	link->out->address =
		permalink_from(job->site->site, site->site, at, job->arena);
	if (!link->is_unlisted)
		note_attachment(link, file, str_file_name(path));
	note_size(link, path, file);
	return true;
}

bool link_to_file(struct link *link, str path, size_t file)
{
	const struct render_job *job = link->links->job;
	uint32_t owner = page_plan_file_owner(job->context->plan, path);
	struct placement placement;
	bool is_copy;
	str parts[2];
	str unit, below;

	if (link->is_image && is_document(str_file_name(path)))
		return link_no_picture(link);
	if (attachment_is_shared(path, &unit, &below))
		return to_shared_file(link, path, file);
	if (owner == RESOURCE_NONE)
		return link_dead(link,
				 _("files are published only beside an "
				   "index.md, or below content/<unit>/_files/ "
				   "for all texts; move this one"));
	if (attachments_state(job->context->plan->attachments,
			      job->context->plan->snapshot,
			      file) != ATTACHMENT_PUBLISHED)
		return link_refused(link);
	placement = view_placement(job, owner);
	if (placement.visibility == VISIBLE_NOT ||
	    placement.visibility == VISIBLE_GONE)
		return link_not_there(link, placement.visibility);
	if (placement.column == NULL)
		return link_dead(link,
				 _("the resource that has this file is not "
				   "published"));
	is_copy = is_own_copy(job, owner);
	parts[0] = permalink_folder(
		view_resource(job, owner),
		is_copy ? job->page->column : placement.column, job->arena);
	parts[1] = str_file_name(path);
	link->out->address = permalink_from(
		job->site->site, is_copy ? job->site->site : placement.site,
		arena_join(job->arena, parts, 2), job->arena);
	if (!link->is_unlisted)
		note_attachment(link, file, parts[1]);
	note_size(link, path, file);
	return true;
}
