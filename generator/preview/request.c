/*
 * What a request asks for: by which host, with which token, which site, which
 * day. Only then a file is looked for.
 */
#include "preview/request.h"

#include <unistd.h>

#include "base/date.h"
#include "markup/url_path.h"
#include "preview/reply.h"
#include "theme/template_escape.h"

/* --- the host ------------------------------------------------------------- */

/* An address of version 6 keeps its brackets. */
static void split_host(struct request *request)
{
	str host = reply_header(request->connection, "Host");
	size_t colon = str_find_last_byte(host, ':');

	request->host = host;
	if (colon == STR_NONE || str_ends_with(host, STR("]")))
		return;
	request->host = str_between(host, 0, colon);
	request->port = str_from(host, colon);
}

static bool is_this_computer(str host)
{
	return str_equal_ignoring_case(host, STR("localhost")) ||
	       str_equal(host, STR("127.0.0.1")) ||
	       str_equal(host, STR("[::1]"));
}

/*
 * "www.localhost", which is this computer too (RFC 6761); with a token under
 * any name: a stranger's page has none.
 */
static bool take_site(struct request *request)
{
	const struct preview *preview = request->preview;
	const struct preview_sites sites = { preview->now.sites,
					     preview->now.count };
	size_t dot = str_find_byte(request->host, '.');
	str rest = str_from(request->host, dot == STR_NONE ? 0 : dot + 1);

	if (dot == STR_NONE ||
	    (!str_equal_ignoring_case(rest, STR("localhost")) &&
	     !(preview->address[0] != '\0' && preview->access.is_needed)))
		return false;
	request->site =
		preview_site_of_id(&sites, str_between(request->host, 0, dot));
	request->name = arena_printf(request->arena, "%.*s%.*s", STR_ARG(rest),
				     STR_ARG(request->port));
	return request->site != NULL ||
	       (preview->number == 0 &&
		str_equal_ignoring_case(rest, STR("localhost")));
}

/* The bare address, or whatever leads to it where there is a token. */
static bool is_bare_address(const struct request *request)
{
	const struct preview *preview = request->preview;

	return preview->address[0] != '\0' &&
	       (preview->access.is_needed ||
		str_equal_c(request->host, preview->address));
}

/* --- the token ------------------------------------------------------------ */

/* Cookies know no ports. */
static const char *cookie_name(const struct request *request, const char *what)
{
	return arena_printf(request->arena, "jiyue-%s-%u", what,
			    request->preview->port)
		.data;
}

struct arguments {
	const struct request *request;
	struct buf *out;
	const char *left_out;
	bool has_any;
};

static enum MHD_Result add_argument(void *context, enum MHD_ValueKind kind,
				    const char *name, const char *value)
{
	struct arguments *arguments = context;

	(void)kind;
	if (strcmp(name, arguments->left_out) == 0)
		return MHD_YES;
	buf_add_byte(arguments->out, arguments->has_any ? '&' : '?');
	arguments->has_any = true;
	template_escape_url(arguments->out, str_from_c(name));
	buf_add_byte(arguments->out, '=');
	template_escape_url(arguments->out, str_from_c(value));
	return MHD_YES;
}

/* "//x" would lead to another host. */
static str address_without(const struct request *request, const char *address,
			   const char *argument)
{
	struct buf out;
	struct arguments arguments = { .request = request,
				       .out = &out,
				       .left_out = argument };

	buf_init(&out, request->arena);
	while (address[0] == '/' && address[1] == '/')
		address++;
	url_path_encode(&out, str_from_c(address));
	MHD_get_connection_values(request->connection, MHD_GET_ARGUMENT_KIND,
				  add_argument, &arguments);
	return buf_str(&out);
}

/* A cookie for this session, and the same address without the argument. */
static enum MHD_Result remember(const struct request *request,
				const char *address, const char *argument,
				str value)
{
	str cookie = arena_printf(
		request->arena, "%s=%.*s; Path=/; HttpOnly; SameSite=Lax",
		cookie_name(request, argument), STR_ARG(value));

	return request_send_away(request,
				 address_without(request, address, argument),
				 cookie.data);
}

static enum MHD_Result ask_for_token(const struct request *request)
{
	str page = arena_printf(
		request->arena,
		"<!DOCTYPE html><meta charset=\"utf-8\"><title>jiyue</title>"
		"<form><label>%s <input type=\"password\" name=\"token\" "
		"autocomplete=\"off\" required autofocus></label> "
		"<button type=\"submit\">%s</button></form>",
		_("the token of this preview:"), _("show"));
	const struct reply reply = { .status = MHD_HTTP_UNAUTHORIZED,
				     .type = "text/html; charset=utf-8",
				     .body = page };

	return reply_send(request->connection, &reply);
}

static bool has_access(const struct request *request)
{
	return !request->preview->access.is_needed ||
	       access_fits_cookie(&request->preview->access,
				  reply_cookie(request->connection,
					       cookie_name(request, "token")));
}

/* --- the day -------------------------------------------------------------- */

static bool is_day(str text)
{
	struct date date;

	return text.len < PREVIEW_DAY && date_parse(&date, text);
}

/* A page of somebody else's must not make work, as a picture would. */
static bool is_by_stranger(const struct request *request)
{
	return str_equal(reply_header(request->connection, "Sec-Fetch-Site"),
			 STR("cross-site")) &&
	       !str_equal(reply_header(request->connection, "Sec-Fetch-Dest"),
			  STR("document"));
}

static void ask_for_day(struct preview *preview, str day)
{
	const uint64_t one = 1;

	memcpy(preview->wanted, day.data, day.len);
	preview->wanted[day.len] = '\0';
	if (write(preview->asked, &one, sizeof(one)) < 0)
		preview->wanted[0] = '\0'; /* the page asks again */
}

static bool is_page(str address)
{
	return str_ends_with(address, STR("/")) ||
	       str_ends_with(address, STR(".html")) ||
	       str_find_byte(str_file_name(address), '.') == STR_NONE;
}

static bool is_shown(const struct preview *preview, str day)
{
	return str_equal(preview->then.as_of, day) && !preview->is_then_old;
}

/*
 * What is not a page may be of another day: its address changes with its
 * bytes, or it is the same as today.
 */
static enum MHD_Result answer_day(struct request *request, str address, str day)
{
	struct preview *preview = request->preview;

	if (!is_day(day))
		return reply_send_text(
			request->connection, MHD_HTTP_BAD_REQUEST,
			_("?as-of= needs a day: write YYYY-MM-DD"));
	if (is_by_stranger(request))
		return reply_send_text(request->connection, MHD_HTTP_FORBIDDEN,
				       _("only a page of the preview asks for "
					 "another day"));
	if (str_equal(preview->then.as_of, day))
		request->shown = &preview->then;
	if (is_page(address) && !is_shown(preview, day)) {
		ask_for_day(preview, day);
		return request_send_bare(
			request, MHD_HTTP_SERVICE_UNAVAILABLE,
			arena_printf(request->arena,
				     _("the pages as on %.*s are being made"),
				     STR_ARG(day))
				.data,
			true);
	}
	if (request->shown->root < 0)
		return request_send_bare(request, MHD_HTTP_SERVICE_UNAVAILABLE,
					 _("there is nothing to show yet"),
					 false);
	return request_send_file(request, address);
}

/* --- what is asked for ---------------------------------------------------- */

static enum MHD_Result send_messages(const struct request *request)
{
	struct reply reply = { .status = MHD_HTTP_OK,
			       .type = "text/html; charset=utf-8" };
	struct panel panel;
	struct buf page;

	request_fill_panel(&panel, request, STR(""));
	buf_init(&page, request->arena);
	panel_add_all(&page, &panel);
	reply.body = buf_str(&page);
	return reply_send(request->connection, &reply);
}

static enum MHD_Result answer_site(struct request *request, const char *address)
{
	struct preview *preview = request->preview;
	struct MHD_Connection *connection = request->connection;
	str day = reply_argument(connection, "as-of");

	if (strcmp(address, "/.jiyue/events") == 0)
		return streams_send(preview, connection);
	if (strcmp(address, "/.jiyue/preview.css") == 0)
		return reply_send_code(connection, "text/css; charset=utf-8",
				       preview_css);
	if (strcmp(address, "/.jiyue/preview.js") == 0)
		return reply_send_code(connection,
				       "text/javascript; charset=utf-8",
				       preview_js);
	if (strcmp(address, PANEL_ALL) == 0)
		return send_messages(request);
	if (preview->now.root < 0 || request->site == NULL)
		return request_send_bare(request, MHD_HTTP_SERVICE_UNAVAILABLE,
					 _("there is nothing to show yet"),
					 preview->number == 0);
	if (day.len > 0)
		return answer_day(request, str_from_c(address), day);
	return request_send_file(request, str_from_c(address));
}

/* Of one that is told by a cookie, or else the portal. */
static enum MHD_Result answer_bare_address(struct request *request,
					   const char *address)
{
	const struct preview_build *now = &request->preview->now;
	const struct preview_sites sites = { now->sites, now->count };
	str wanted = reply_argument(request->connection, "site");

	request->site = preview_site_of_id(&sites, wanted);
	if (request->site != NULL)
		return remember(request, address, "site", request->site->id);
	request->site = preview_site_of_id(
		&sites, reply_cookie(request->connection,
				     cookie_name(request, "site")));
	if (request->site == NULL && sites.count > 0)
		request->site = &sites.items[0];
	return answer_site(request, address);
}

/* A name that is no site's leads to the portal's. */
static bool is_led_on(const struct request *request, const char *address)
{
	const struct preview_build *now = &request->preview->now;

	return request->name.len == 0 && !is_bare_address(request) &&
	       now->root >= 0 && now->count > 0 &&
	       strncmp(address, "/.jiyue/", strlen("/.jiyue/")) != 0;
}

/* The cookie of one name is not that of another. */
static enum MHD_Result lead_on(const struct request *request, str token)
{
	return request_send_away(
		request,
		arena_printf(request->arena, "http://%.*s.localhost%.*s/%s%.*s",
			     STR_ARG(request->preview->now.sites[0].id),
			     STR_ARG(request->port),
			     token.len > 0 ? "?token=" : "", STR_ARG(token)),
		NULL);
}

static enum MHD_Result take_token(const struct request *request,
				  const char *address, str token)
{
	struct buf cookie;

	if (is_led_on(request, address))
		return lead_on(request, token);
	buf_init(&cookie, request->arena);
	access_print_cookie(&cookie, &request->preview->access);
	return remember(request, address, "token", buf_str(&cookie));
}

static enum MHD_Result answer_host(struct request *request, const char *address)
{
	if (is_led_on(request, address))
		return lead_on(request, STR(""));
	if (request->name.len == 0 && is_bare_address(request))
		return answer_bare_address(request, address);
	return answer_site(request, address);
}

static enum MHD_Result answer(struct request *request, const char *address)
{
	const struct access *access = &request->preview->access;
	str token = reply_argument(request->connection, "token");

	split_host(request);
	if (!take_site(request)) {
		request->name = (str){ NULL, 0 };
		if (!is_this_computer(request->host) &&
		    !is_bare_address(request))
			return reply_send_text(
				request->connection,
				MHD_HTTP_MISDIRECTED_REQUEST,
				_("no site of the library has this name; "
				  "the preview is at http://localhost"));
	}
	if (access->is_needed && token.len > 0 &&
	    access_fits_token(access, token))
		return take_token(request, address, token);
	if (!has_access(request))
		return ask_for_token(request);
	return answer_host(request, address);
}

enum MHD_Result request_answer(struct preview *preview,
			       struct MHD_Connection *connection,
			       const char *address)
{
	struct request request = { .preview = preview,
				   .connection = connection,
				   .shown = &preview->now };
	enum MHD_Result result;
	struct arena arena;

	arena_init(&arena);
	request.arena = &arena;
	result = answer(&request, address);
	arena_release(&arena);
	return result;
}
