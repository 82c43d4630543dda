/*
 * libmicrohttpd asks in a thread of its own, one for each address; what they
 * show is replaced under a lock. Streams of events sleep (are suspended) until
 * there is something to tell.
 */
#include "preview/preview.h"

#include <errno.h>
#include <fcntl.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sys/stat.h>
#include <unistd.h>

#include "markup/file_kind.h"
#include "preview/panel.h"
#include "system/folder.h"
#include "system/reason.h"

enum {
	CONNECTIONS = 512,
	REQUEST_MEMORY = 64 * 1024, /* of its head */
	IDLE_SECONDS = 30,
	PAGE_LIMIT = 32 << 20, /* of HTML, which is held in memory */
	DAEMONS = 2,
	EVENT_SIZE = 64,
};

struct stream {
	struct preview *preview;
	struct MHD_Connection *connection;
	uint64_t seen;
	bool is_asleep;
	bool is_woken; /* to say that it is still there */
	struct stream *next;
};

struct preview {
	struct MHD_Daemon *daemons[DAEMONS];
	uint16_t port;
	pthread_mutex_t lock; /* of all below */
	struct arena arena;   /* of the sites and the panel */
	struct preview_sites sites;
	str panel;
	int root;
	uint64_t number; /* of the build that is shown; 0: none yet */
	bool is_ending;
	struct stream *streams;
};

/* --- answers -------------------------------------------------------------- */

struct answer {
	unsigned status;
	const char *type;
	str body;
	const char *location; /* or NULL */
};

static void add_headers(struct MHD_Response *response, const char *type)
{
	MHD_add_response_header(response, "Content-Type", type);
	MHD_add_response_header(response, "Cache-Control", "no-store");
	MHD_add_response_header(response, "X-Content-Type-Options", "nosniff");
	MHD_add_response_header(response, "Referrer-Policy", "no-referrer");
	MHD_add_response_header(
		response, "Content-Security-Policy",
		"default-src 'none'; script-src 'self'; style-src 'self'; "
		"img-src 'self' data:; font-src 'self'; media-src 'self'; "
		"connect-src 'self'; manifest-src 'self'; base-uri 'none'; "
		"frame-ancestors 'none'");
}

static enum MHD_Result queue(struct MHD_Connection *connection, unsigned status,
			     struct MHD_Response *response)
{
	enum MHD_Result result;

	if (response == NULL)
		return MHD_NO;
	result = MHD_queue_response(connection, status, response);
	MHD_destroy_response(response);
	return result;
}

static enum MHD_Result send_answer(struct MHD_Connection *connection,
				   const struct answer *answer)
{
	struct MHD_Response *response = MHD_create_response_from_buffer(
		answer->body.len, (void *)(uintptr_t)answer->body.data,
		MHD_RESPMEM_MUST_COPY);

	if (response == NULL)
		return MHD_NO;
	add_headers(response, answer->type);
	if (answer->location != NULL)
		MHD_add_response_header(response, "Location", answer->location);
	return queue(connection, answer->status, response);
}

static enum MHD_Result send_text(struct MHD_Connection *connection,
				 unsigned status, const char *text)
{
	const struct answer answer = { .status = status,
				       .type = "text/plain; charset=utf-8",
				       .body = str_from_c(text) };

	return send_answer(connection, &answer);
}

static enum MHD_Result send_code(struct MHD_Connection *connection,
				 const char *type, const char *text)
{
	const struct answer answer = { .status = MHD_HTTP_OK,
				       .type = type,
				       .body = str_from_c(text) };

	return send_answer(connection, &answer);
}

static enum MHD_Result send_away(struct MHD_Connection *connection,
				 unsigned status, str location)
{
	const struct answer answer = { .status = status,
				       .type = "text/plain; charset=utf-8",
				       .body = location,
				       .location = location.data };

	return send_answer(connection, &answer);
}

/* --- events --------------------------------------------------------------- */

/* The lock is held. */
static void wake(struct preview *preview, bool with_word)
{
	for (struct stream *stream = preview->streams; stream != NULL;
	     stream = stream->next)
		if (stream->is_asleep) {
			stream->is_asleep = false;
			stream->is_woken = with_word;
			MHD_resume_connection(stream->connection);
		}
}

static ssize_t write_event(void *context, uint64_t position, char *out,
			   size_t size)
{
	struct stream *stream = context;
	struct preview *preview = stream->preview;
	ssize_t count = 0;

	(void)position;
	pthread_mutex_lock(&preview->lock);
	if (preview->is_ending) {
		count = MHD_CONTENT_READER_END_OF_STREAM;
	} else if (preview->number != stream->seen && size >= EVENT_SIZE) {
		stream->seen = preview->number;
		count = snprintf(out, size, "data: %llu\n\n",
				 (unsigned long long)preview->number);
	} else if (stream->is_woken) {
		/* a line that means nothing finds out who is gone */
		stream->is_woken = false;
		count = snprintf(out, size, ":\n\n");
	} else {
		stream->is_asleep = true;
		MHD_suspend_connection(stream->connection);
	}
	pthread_mutex_unlock(&preview->lock);
	return count;
}

static void forget_stream(void *context)
{
	struct stream *stream = context;
	struct preview *preview = stream->preview;

	pthread_mutex_lock(&preview->lock);
	for (struct stream **at = &preview->streams; *at != NULL;
	     at = &(*at)->next)
		if (*at == stream) {
			*at = stream->next;
			break;
		}
	pthread_mutex_unlock(&preview->lock);
	free(stream);
}

/* The lock is held. */
static enum MHD_Result send_events(struct preview *preview,
				   struct MHD_Connection *connection)
{
	const char *seen = MHD_lookup_connection_value(
		connection, MHD_GET_ARGUMENT_KIND, "seen");
	struct stream *stream = malloc(sizeof(*stream));
	struct MHD_Response *response;

	if (stream == NULL)
		return MHD_NO;
	*stream = (struct stream){ .preview = preview,
				   .connection = connection,
				   .is_woken = true,
				   .next = preview->streams };
	if (seen == NULL || !str_to_u64(&stream->seen, str_from_c(seen)))
		stream->seen = preview->number;
	response = MHD_create_response_from_callback(
		MHD_SIZE_UNKNOWN, (size_t)EVENT_SIZE * 4, write_event, stream,
		forget_stream);
	if (response == NULL) {
		free(stream);
		return MHD_NO;
	}
	preview->streams = stream;
	add_headers(response, "text/event-stream");
	MHD_set_connection_option(connection, MHD_CONNECTION_OPTION_TIMEOUT, 0);
	return queue(connection, MHD_HTTP_OK, response);
}

/* --- files ---------------------------------------------------------------- */

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

struct request {
	struct preview *preview;
	struct MHD_Connection *connection;
	const struct preview_site *site;
	struct folder folder;
	struct arena *arena;
};

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

static enum MHD_Result send_page(const struct request *request, unsigned status,
				 int file)
{
	struct answer answer = { .status = status,
				 .type = "text/html; charset=utf-8" };
	struct buf page;
	str html;

	buf_init(&page, request->arena);
	if (!folder_read_open(&html, file, PAGE_LIMIT, request->arena))
		return send_text(request->connection,
				 MHD_HTTP_INTERNAL_SERVER_ERROR,
				 _("this page is too large for a preview"));
	preview_add_page(&page, html, &request->preview->sites,
			 request->preview->panel);
	answer.body = buf_str(&page);
	return send_answer(request->connection, &answer);
}

static enum MHD_Result send_file(const struct request *request, str path,
				 int file, size_t size)
{
	struct MHD_Response *response;

	if (str_ends_with(path, STR(".html")))
		return send_page(request, MHD_HTTP_OK, file);
	response = MHD_create_response_from_fd64(size, file);
	if (response == NULL) {
		close(file);
		return MHD_NO;
	}
	add_headers(response, type_of(request, path));
	return queue(request->connection, MHD_HTTP_OK, response);
}

/* With what the build said, so that a mistake can be found and put right. */
static enum MHD_Result send_bare(const struct request *request, unsigned status,
				 const char *text)
{
	struct answer answer = { .status = status,
				 .type = "text/html; charset=utf-8" };
	struct buf page;

	buf_init(&page, request->arena);
	buf_printf(&page,
		   "<!doctype html><meta charset=\"utf-8\">%s"
		   "<title>jiyue</title><p>%s</p>%.*s",
		   request->preview->number == 0
			   ? "<meta http-equiv=\"refresh\" content=\"1\">"
			   : "",
		   text, STR_ARG(request->preview->panel));
	answer.body = buf_str(&page);
	return send_answer(request->connection, &answer);
}

static enum MHD_Result send_missing(struct request *request)
{
	const str parts[] = { request->site->domain, STR("/404.html") };
	struct stat status;
	int file = open_file(&request->folder,
			     arena_join(request->arena, parts, 2), &status);

	if (file >= 0)
		return send_page(request, MHD_HTTP_NOT_FOUND, file);
	return send_bare(request, MHD_HTTP_NOT_FOUND,
			 _("there is no such page"));
}

/* What was taken down has a page about that. */
static enum MHD_Result send_gone(struct request *request, str address)
{
	const str parts[] = { request->site->domain, STR("/410"), address };
	struct stat status;
	int file = open_file(&request->folder,
			     arena_join(request->arena, parts, 3), &status);

	if (file >= 0 && S_ISREG(status.st_mode))
		return send_page(request, MHD_HTTP_GONE, file);
	if (file >= 0)
		close(file);
	return send_missing(request);
}

static enum MHD_Result send_path(struct request *request, str address)
{
	const str parts[] = { request->site->domain, address,
			      str_ends_with(address, STR("/"))
				      ? STR("index.html")
				      : STR("") };
	str path = arena_join(request->arena, parts, COUNT_OF(parts));
	const str with_slash[] = { address, STR("/") };
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
	return send_away(request->connection, MHD_HTTP_FOUND,
			 arena_join(request->arena, with_slash, 2));
}

/* --- requests ------------------------------------------------------------- */

/* Without its port; an address of version 6 keeps its brackets. */
static str host_of(struct MHD_Connection *connection)
{
	const char *text = MHD_lookup_connection_value(connection,
						       MHD_HEADER_KIND, "Host");
	str host = str_from_c(text == NULL ? "" : text);
	size_t colon = str_find_last_byte(host, ':');

	if (colon != STR_NONE && !str_ends_with(host, STR("]")))
		host.len = colon;
	return host;
}

static bool is_own_host(str host)
{
	return str_equal_ignoring_case(host, STR("localhost")) ||
	       str_equal(host, STR("127.0.0.1")) ||
	       str_equal(host, STR("[::1]"));
}

/* The "www" of "www.localhost", which is this computer too (RFC 6761). */
static bool take_id(str *out, str host)
{
	str suffix = STR(".localhost");

	if (host.len <= suffix.len ||
	    !str_equal_ignoring_case(str_from(host, host.len - suffix.len),
				     suffix))
		return false;
	*out = str_between(host, 0, host.len - suffix.len);
	return true;
}

/* The lock is held. */
static enum MHD_Result answer_site(struct request *request, const char *address)
{
	struct preview *preview = request->preview;
	struct MHD_Connection *connection = request->connection;
	enum MHD_Result result;

	if (strcmp(address, "/.jiyue/events") == 0)
		return send_events(preview, connection);
	if (strcmp(address, "/.jiyue/preview.css") == 0)
		return send_code(connection, "text/css; charset=utf-8",
				 preview_css);
	if (strcmp(address, "/.jiyue/preview.js") == 0)
		return send_code(connection, "text/javascript; charset=utf-8",
				 preview_js);
	if (preview->root < 0 || request->site == NULL)
		return send_bare(request, MHD_HTTP_SERVICE_UNAVAILABLE,
				 _("there is nothing to show yet"));
	folder_init(&request->folder, preview->root);
	result = send_path(request, str_from_c(address));
	folder_release(&request->folder);
	return result;
}

/* The lock is held. */
static enum MHD_Result answer_host(struct request *request, const char *address)
{
	struct preview *preview = request->preview;
	str host = host_of(request->connection);
	bool is_local = is_own_host(host);
	str id;

	if (take_id(&id, host)) {
		request->site = preview_site_of_id(&preview->sites, id);
		is_local = preview->number == 0;
	}
	if (request->site != NULL)
		return answer_site(request, address);
	if (!is_local)
		return send_text(request->connection,
				 MHD_HTTP_MISDIRECTED_REQUEST,
				 _("no site of the library has this name; "
				   "the preview is at http://localhost"));
	if (preview->root < 0 || preview->sites.count == 0 ||
	    strncmp(address, "/.jiyue/", strlen("/.jiyue/")) == 0)
		return answer_site(request, address);
	return send_away(request->connection, MHD_HTTP_FOUND,
			 arena_printf(request->arena,
				      "http://%.*s.localhost:%u/",
				      STR_ARG(preview->sites.items[0].id),
				      preview->port));
}

static enum MHD_Result answer(void *context, struct MHD_Connection *connection,
			      const char *address, const char *method,
			      const char *version, const char *data,
			      size_t *data_size, void **state)
{
	struct preview *preview = context;
	struct request request = { .preview = preview,
				   .connection = connection };
	struct arena arena;
	enum MHD_Result result;

	(void)version;
	(void)data;
	(void)data_size;
	(void)state;
	if (strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0)
		return send_text(connection, MHD_HTTP_METHOD_NOT_ALLOWED,
				 _("a preview is there to be read"));
	arena_init(&arena);
	request.arena = &arena;
	pthread_mutex_lock(&preview->lock);
	result = answer_host(&request, address);
	pthread_mutex_unlock(&preview->lock);
	arena_release(&arena);
	return result;
}

/* --- the whole ------------------------------------------------------------ */

static struct MHD_Daemon *listen_at(struct preview *preview,
				    const struct sockaddr *address,
				    unsigned more)
{
	/* its own words go nowhere: the terminal is for messages */
	return MHD_start_daemon(
		MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_AUTO |
			MHD_ALLOW_SUSPEND_RESUME | more,
		0, NULL, NULL, answer, preview, MHD_OPTION_SOCK_ADDR, address,
		MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS,
		MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_SECONDS,
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)REQUEST_MEMORY,
		MHD_OPTION_END);
}

static bool listen_4(struct preview *preview, uint16_t port)
{
	const struct sockaddr_in address = {
		.sin_family = AF_INET,
		.sin_port = htons(port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	const union MHD_DaemonInfo *info;

	preview->daemons[0] =
		listen_at(preview, (const struct sockaddr *)&address, 0);
	if (preview->daemons[0] == NULL)
		return false;
	info = MHD_get_daemon_info(preview->daemons[0],
				   MHD_DAEMON_INFO_BIND_PORT);
	preview->port = info == NULL ? port : info->port;
	return true;
}

/* A computer may have no such addresses. */
static void listen_6(struct preview *preview)
{
	const struct sockaddr_in6 address = {
		.sin6_family = AF_INET6,
		.sin6_port = htons(preview->port),
		.sin6_addr = IN6ADDR_LOOPBACK_INIT,
	};

	preview->daemons[1] = listen_at(
		preview, (const struct sockaddr *)&address, MHD_USE_IPv6);
}

static struct preview *refuse(struct preview *preview, uint16_t port, int error,
			      struct diag_list *diags)
{
	struct diag *diag =
		diag_failure(diags, "serve", _("cannot listen at port %u: %s"),
			     port, reason_text(error));

	if (error == EADDRINUSE)
		diag_help(diags, diag,
			  _("another program has it, a preview perhaps; choose "
			    "another one with --port %u"),
			  port + 1u);
	else if (error == EACCES)
		diag_help(diags, diag,
			  _("ports below 1024 are for the system; choose "
			    "another one with --port 8080"));
	preview_stop(preview);
	return NULL;
}

struct preview *preview_start(uint16_t port, struct diag_list *diags)
{
	struct preview *preview = calloc(1, sizeof(*preview));

	if (preview == NULL)
		arena_out_of_memory(sizeof(*preview));
	preview->root = -1;
	pthread_mutex_init(&preview->lock, NULL);
	arena_init(&preview->arena);
	errno = 0;
	if (!listen_4(preview, port))
		return refuse(preview, port, errno, diags);
	listen_6(preview);
	preview->sites.port = preview->port;
	return preview;
}

void preview_stop(struct preview *preview)
{
	if (preview == NULL)
		return;
	pthread_mutex_lock(&preview->lock);
	preview->is_ending = true;
	wake(preview, false);
	pthread_mutex_unlock(&preview->lock);
	for (size_t i = 0; i < DAEMONS; i++)
		if (preview->daemons[i] != NULL)
			MHD_stop_daemon(preview->daemons[i]);
	arena_release(&preview->arena);
	pthread_mutex_destroy(&preview->lock);
	free(preview);
}

uint16_t preview_port(const struct preview *preview)
{
	return preview->port;
}

uint64_t preview_next(const struct preview *preview)
{
	return preview->number + 1;
}

static void copy_sites(struct preview *preview, struct arena *arena,
		       const struct preview_site *sites, size_t count)
{
	struct preview_site *items = arena_array(arena, count, sizeof(*items));

	for (size_t i = 0; i < count; i++)
		items[i] = (struct preview_site){
			.id = arena_copy(arena, sites[i].id),
			.domain = arena_copy(arena, sites[i].domain),
		};
	preview->sites.items = items;
	preview->sites.count = count;
}

void preview_show(struct preview *preview, const struct preview_build *build)
{
	struct arena arena;

	arena_init(&arena);
	pthread_mutex_lock(&preview->lock);
	if (build->count > 0)
		copy_sites(preview, &arena, build->sites, build->count);
	else
		copy_sites(preview, &arena, preview->sites.items,
			   preview->sites.count);
	preview->panel = arena_copy(&arena, build->panel);
	preview->root = build->root;
	preview->number++;
	arena_release(&preview->arena);
	arena_take(&preview->arena, &arena);
	wake(preview, false);
	pthread_mutex_unlock(&preview->lock);
}

void preview_tick(struct preview *preview)
{
	pthread_mutex_lock(&preview->lock);
	wake(preview, true);
	pthread_mutex_unlock(&preview->lock);
}
