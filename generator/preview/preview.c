/*
 * libmicrohttpd asks in a thread of its own, one for each address; what they
 * show is replaced under a lock.
 */
#include "preview/preview.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>

#include "preview/reply.h"
#include "preview/show.h"
#include "system/reason.h"

enum {
	CONNECTIONS = 512,
	CONNECTIONS_EACH =
		128, /* from one address, if it is another computer */
	REQUEST_MEMORY = 64 * 1024, /* of its head */
	IDLE_SECONDS = 30,
};

/*
 * libmicrohttpd comes twice: who answers before the whole request is there
 * cannot be asked again over the same connection. A request with a body is not
 * read to its end.
 */
static enum MHD_Result answer(void *context, struct MHD_Connection *connection,
			      const char *address, const char *method,
			      const char *version, const char *data,
			      size_t *data_size, void **state)
{
	static const char is_known;
	struct preview *preview = context;
	enum MHD_Result result;

	(void)version;
	(void)data;
	clients_answer(&preview->clients, connection);
	if ((strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0) ||
	    *data_size > 0)
		return reply_send_text(connection, MHD_HTTP_METHOD_NOT_ALLOWED,
				       _("a preview is there to be read"));
	if (*state == NULL) {
		*state = (void *)(uintptr_t)&is_known;
		return MHD_YES;
	}
	pthread_mutex_lock(&preview->lock);
	result = request_answer(preview, connection, address);
	pthread_mutex_unlock(&preview->lock);
	return result;
}

/* --- addresses ------------------------------------------------------------ */

union listen_address {
	struct sockaddr any;
	struct sockaddr_in four;
	struct sockaddr_in6 six;
};

static bool read_address(union listen_address *out, const char *text)
{
	*out = (union listen_address){ .six = { 0 } };
	if (inet_pton(AF_INET, text, &out->four.sin_addr) == 1)
		out->any.sa_family = AF_INET;
	else if (inet_pton(AF_INET6, text, &out->six.sin6_addr) == 1)
		out->any.sa_family = AF_INET6;
	else
		return false;
	return true;
}

bool preview_read_address(bool *is_loopback, const char *text)
{
	enum { LOOPBACK_NET = 127 };
	union listen_address address;

	if (!read_address(&address, text))
		return false;
	*is_loopback =
		address.any.sa_family == AF_INET
			? ntohl(address.four.sin_addr.s_addr) >> 24 ==
				  LOOPBACK_NET
			: IN6_IS_ADDR_LOOPBACK(&address.six.sin6_addr) != 0;
	return true;
}

static bool listen_at(struct preview *preview, size_t number, const char *text,
		      uint16_t port)
{
	bool is_other = preview->address[0] != '\0';
	const union MHD_DaemonInfo *info;
	union listen_address address;
	bool is_six;

	if (!read_address(&address, text))
		return false;
	is_six = address.any.sa_family == AF_INET6;
	*(is_six ? &address.six.sin6_port : &address.four.sin_port) =
		htons(port);
	/* its own words go nowhere: the terminal is for messages */
	preview->daemons[number] = MHD_start_daemon(
		MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_AUTO |
			MHD_ALLOW_SUSPEND_RESUME | (is_six ? MHD_USE_IPv6 : 0),
		0, NULL, NULL, answer, preview, MHD_OPTION_SOCK_ADDR,
		&address.any, MHD_OPTION_CONNECTION_LIMIT,
		(unsigned)CONNECTIONS, MHD_OPTION_PER_IP_CONNECTION_LIMIT,
		is_other ? (unsigned)CONNECTIONS_EACH : 0u,
		MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_SECONDS,
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)REQUEST_MEMORY,
		MHD_OPTION_NOTIFY_CONNECTION, clients_notify, &preview->clients,
		MHD_OPTION_NOTIFY_COMPLETED, clients_completed,
		&preview->clients, MHD_OPTION_END);
	if (preview->daemons[number] == NULL)
		return false;
	info = MHD_get_daemon_info(preview->daemons[number],
				   MHD_DAEMON_INFO_BIND_PORT);
	preview->port = info == NULL ? port : info->port;
	return true;
}

/* A computer may have no addresses of version 6. */
static bool listen_all(struct preview *preview,
		       const struct preview_options *options)
{
	if (options->address != NULL)
		return listen_at(preview, 0, options->address, options->port);
	if (!listen_at(preview, 0, "127.0.0.1", options->port))
		return false;
	(void)listen_at(preview, 1, "::1", preview->port);
	return true;
}

/* --- the whole ------------------------------------------------------------ */

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
	else if (error == EADDRNOTAVAIL)
		diag_help(diags, diag,
			  _("this computer has no such address: see --listen"));
	preview_stop(preview);
	return NULL;
}

/* As a request names it. */
static void keep_address(struct preview *preview, const char *address)
{
	bool is_six = strchr(address, ':') != NULL;

	snprintf(preview->address, sizeof(preview->address),
		 is_six ? "[%s]" : "%s", address);
}

struct preview *preview_start(const struct preview_options *options,
			      struct diag_list *diags)
{
	struct preview *preview = calloc(1, sizeof(*preview));

	if (preview == NULL)
		arena_out_of_memory(sizeof(*preview));
	preview->asked = options->asked;
	if (options->address != NULL)
		keep_address(preview, options->address);
	access_init(&preview->access, options->token);
	preview->now.root = -1;
	preview->then.root = -1;
	pthread_mutex_init(&preview->lock, NULL);
	clients_init(&preview->clients);
	arena_init(&preview->now.arena);
	arena_init(&preview->then.arena);
	preview_notes_init(&preview->now.notes, &preview->now.arena);
	errno = 0;
	if (!listen_all(preview, options))
		return refuse(preview, options->port, errno, diags);
	return preview;
}

void preview_stop(struct preview *preview)
{
	if (preview == NULL)
		return;
	pthread_mutex_lock(&preview->lock);
	preview->is_ending = true;
	streams_wake(preview, false);
	pthread_mutex_unlock(&preview->lock);
	for (size_t i = 0; i < PREVIEW_DAEMONS; i++)
		if (preview->daemons[i] != NULL)
			MHD_stop_daemon(preview->daemons[i]);
	arena_release(&preview->now.arena);
	arena_release(&preview->then.arena);
	clients_release(&preview->clients);
	pthread_mutex_destroy(&preview->lock);
	free(preview);
}

uint16_t preview_port(const struct preview *preview)
{
	return preview->port;
}

/* A build that came to nothing says of no sites what they are called. */
static void keep_sites(struct preview_build *build,
		       const struct preview_build *before)
{
	struct preview_site *items;

	if (build->count > 0)
		return;
	items = arena_array(&build->arena, before->count + 1, sizeof(*items));
	for (size_t i = 0; i < before->count; i++)
		items[i] = (struct preview_site){
			.id = arena_copy(&build->arena, before->sites[i].id),
			.domain = arena_copy(&build->arena,
					     before->sites[i].domain),
		};
	build->sites = items;
	build->count = before->count;
}

static void replace(struct preview_build *out, struct preview_build *build)
{
	keep_sites(build, out);
	arena_release(&out->arena);
	*out = *build;
}

/* The arena's maps know it by its address. */
static void adopt(struct preview_build *build)
{
	build->notes.marks.arena = &build->arena;
	build->notes.notes.arena = &build->arena;
}

void preview_show(struct preview *preview, struct preview_build *build)
{
	pthread_mutex_lock(&preview->lock);
	if (build->as_of.len > 0) {
		replace(&preview->then, build);
		adopt(&preview->then);
		preview->is_then_old = false;
	} else {
		replace(&preview->now, build);
		adopt(&preview->now);
		preview->is_then_old = true;
		preview->number++;
		streams_wake(preview, false);
	}
	pthread_mutex_unlock(&preview->lock);
}

bool preview_wanted(struct preview *preview, char day[PREVIEW_DAY])
{
	bool is_wanted;

	pthread_mutex_lock(&preview->lock);
	is_wanted = preview->wanted[0] != '\0';
	memcpy(day, preview->wanted, PREVIEW_DAY);
	preview->wanted[0] = '\0';
	pthread_mutex_unlock(&preview->lock);
	return is_wanted;
}

void preview_tick(struct preview *preview)
{
	pthread_mutex_lock(&preview->lock);
	streams_wake(preview, true);
	pthread_mutex_unlock(&preview->lock);
	clients_shut_slow(&preview->clients);
}
