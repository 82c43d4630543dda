/*
 * The files of an output folder: what a web server would send, pages with
 * their links and their panel as a preview has them.
 */
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "markup/file_kind.h"
#include "markup/url_path.h"
#include "preview/panel.h"
#include "preview/reply.h"
#include "preview/request.h"

enum { PAGE_LIMIT = 32 << 20 /* of HTML, which is held in memory */ };

/* Decoded already. Names that begin with "." are the program's own. */
static bool is_safe(str path)
{
	str rest = path;
	str part;

	if (path.len + 300 > FOLDER_PATH_LIMIT)
		return false;
	while (str_split_next(&rest, '/', &part))
		if (part.len == 0 || part.len > 255 || part.data[0] == '.')
			return false;
	return true;
}

/* Opens a regular file; -1 for anything else. */
static int open_file(struct folder *folder, str path, struct stat *out)
{
	char name[256];
	int file;

	if (!folder_of(folder, path, false, name))
		return -1;
	file = openat(folder->descriptor, name,
		      O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
	if (file < 0)
		return -1;
	if (fstat(file, out) == 0)
		return file;
	close(file);
	return -1;
}

/* What a build writes is UTF-8; a .txt or .csv is as its editor saved it. */
static const char *type_of(const struct request *request, str path)
{
	static const char *const written[] = { "text/html", "text/css",
					       "text/javascript",
					       "application/xml" };
	const char *mime = file_kind_mime(file_extension(path));

	if (mime == NULL)
		return "application/octet-stream";
	for (size_t i = 0; i < COUNT_OF(written); i++)
		if (strcmp(mime, written[i]) == 0)
			return arena_printf(request->arena, "%s; charset=utf-8",
					    mime)
				.data;
	return mime;
}

void request_fill_panel(struct panel *out, const struct request *request,
			str path)
{
	*out = (struct panel){
		.notes = &request->shown->notes,
		.domain =
			request->site == NULL ? STR("") : request->site->domain,
		.path = path,
		.number = request->preview->number,
		.as_of = request->shown->as_of,
	};
}

static str make_panel(const struct request *request, str path)
{
	struct panel panel;
	struct buf out;

	request_fill_panel(&panel, request, path);
	buf_init(&out, request->arena);
	panel_add(&out, &panel);
	return buf_str(&out);
}

static enum MHD_Result send_page(const struct request *request, unsigned status,
				 str path, int file)
{
	const struct preview_sites sites = { request->preview->now.sites,
					     request->preview->now.count };
	struct reply reply = { .status = status,
			       .type = "text/html; charset=utf-8" };
	const struct preview_links links = {
		.sites = &sites,
		.domain = request->site->domain,
		.name = request->name,
		.as_of = request->shown->as_of,
		.marks = &request->shown->notes.marks,
		.arena = request->arena,
	};
	struct buf page;
	str html;

	buf_init(&page, request->arena);
	if (!folder_read_open(&html, file, PAGE_LIMIT, request->arena))
		return reply_send_text(
			request->connection, MHD_HTTP_INTERNAL_SERVER_ERROR,
			_("this page is too large for a preview"));
	preview_add_page(&page, html, &links, make_panel(request, path));
	reply.body = buf_str(&page);
	return reply_send(request->connection, &reply);
}

static enum MHD_Result send_file(const struct request *request, str path,
				 int file, size_t size)
{
	struct MHD_Response *response;

	if (str_ends_with(path, STR(".html")))
		return send_page(request, MHD_HTTP_OK, path, file);
	response = MHD_create_response_from_fd64(size, file);
	if (response == NULL) {
		close(file);
		return MHD_NO;
	}
	reply_add_headers(response, type_of(request, path));
	return reply_queue(request->connection, MHD_HTTP_OK, response);
}

enum MHD_Result request_send_bare(const struct request *request,
				  unsigned status, const char *text,
				  bool is_to_come)
{
	struct reply reply = { .status = status,
			       .type = "text/html; charset=utf-8" };
	struct buf page;

	buf_init(&page, request->arena);
	buf_printf(&page,
		   "<!DOCTYPE html><meta charset=\"utf-8\">%s"
		   "<title>jiyue</title><p>%s</p>",
		   is_to_come ? "<meta http-equiv=\"refresh\" content=\"1\">"
			      : "",
		   text);
	if (!is_to_come)
		buf_add(&page, make_panel(request, STR("")));
	reply.body = buf_str(&page);
	return reply_send(request->connection, &reply);
}

enum MHD_Result request_send_away(const struct request *request, str location,
				  const char *cookie)
{
	const struct reply reply = { .status = MHD_HTTP_FOUND,
				     .type = "text/plain; charset=utf-8",
				     .body = location,
				     .location = location.data,
				     .cookie = cookie };

	return reply_send(request->connection, &reply);
}

static enum MHD_Result send_missing(struct request *request)
{
	const str parts[] = { request->site->domain, STR("/404.html") };
	struct stat status;
	int file = open_file(&request->folder,
			     arena_join(request->arena, parts, 2), &status);

	if (file >= 0)
		return send_page(request, MHD_HTTP_NOT_FOUND, STR(""), file);
	return request_send_bare(request, MHD_HTTP_NOT_FOUND,
				 _("there is no such page"), false);
}

/* What was taken down has a page about that. */
static enum MHD_Result send_gone(struct request *request, str address)
{
	const str parts[] = { request->site->domain, STR("/410"), address };
	const str page[] = { request->site->domain, address };
	struct stat status;
	int file = open_file(&request->folder,
			     arena_join(request->arena, parts, 3), &status);

	if (file >= 0 && S_ISREG(status.st_mode))
		return send_page(request, MHD_HTTP_GONE,
				 arena_join(request->arena, page, 2), file);
	if (file >= 0)
		close(file);
	return send_missing(request);
}

/* "/yw" is "/yw/", on the same day. */
static enum MHD_Result send_to_folder(const struct request *request,
				      str address)
{
	str day = request->shown->as_of;
	struct buf location;

	buf_init(&location, request->arena);
	url_path_encode(&location, address);
	buf_printf(&location, "/%s%.*s", day.len > 0 ? "?as-of=" : "",
		   STR_ARG(day));
	return request_send_away(request, buf_str(&location), NULL);
}

static enum MHD_Result send_below(struct request *request, str address)
{
	const str parts[] = { request->site->domain, address,
			      str_ends_with(address, STR("/"))
				      ? STR("index.html")
				      : STR("") };
	str path = arena_join(request->arena, parts, COUNT_OF(parts));
	struct stat status;
	int file;

	if (!is_safe(path))
		return send_missing(request);
	file = open_file(&request->folder, path, &status);
	if (file < 0)
		return send_gone(request, address);
	if (S_ISREG(status.st_mode))
		return send_file(request, path, file, (size_t)status.st_size);
	close(file);
	if (!S_ISDIR(status.st_mode))
		return send_missing(request);
	return send_to_folder(request, address);
}

enum MHD_Result request_send_file(struct request *request, str address)
{
	enum MHD_Result result;

	folder_init(&request->folder, request->shown->root);
	result = send_below(request, address);
	folder_release(&request->folder);
	return result;
}
