#include "preview/clients.h"

#include <stdbool.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "system/clock.h"

enum client_state { CLIENT_ASKS, CLIENT_TAKES, CLIENT_LISTENS };

struct client {
	int socket;
	enum client_state state;
	int64_t since;
	struct client *next;
};

void clients_init(struct clients *clients)
{
	pthread_mutex_init(&clients->lock, NULL);
	clients->first = NULL;
}

void clients_release(struct clients *clients)
{
	pthread_mutex_destroy(&clients->lock);
}

static void begin(struct clients *clients, struct MHD_Connection *connection,
		  void **place)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(
		connection, MHD_CONNECTION_INFO_CONNECTION_FD);
	struct client *client = calloc(1, sizeof(*client));

	*place = client;
	if (client == NULL)
		return;
	client->socket = info == NULL ? -1 : info->connect_fd;
	client->since = clock_milliseconds();
	pthread_mutex_lock(&clients->lock);
	client->next = clients->first;
	clients->first = client;
	pthread_mutex_unlock(&clients->lock);
}

static void end(struct clients *clients, struct client *gone)
{
	pthread_mutex_lock(&clients->lock);
	for (struct client **at = &clients->first; *at != NULL;
	     at = &(*at)->next)
		if (*at == gone) {
			*at = gone->next;
			break;
		}
	pthread_mutex_unlock(&clients->lock);
	free(gone);
}

void clients_notify(void *context, struct MHD_Connection *connection,
		    void **client, enum MHD_ConnectionNotificationCode what)
{
	if (what == MHD_CONNECTION_NOTIFY_STARTED)
		begin(context, connection, client);
	else
		end(context, *client);
}

static void set_state(struct clients *clients,
		      struct MHD_Connection *connection,
		      enum client_state state)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(
		connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
	struct client *client = info == NULL ? NULL : info->socket_context;

	if (client == NULL)
		return;
	pthread_mutex_lock(&clients->lock);
	client->state = state;
	client->since = clock_milliseconds();
	pthread_mutex_unlock(&clients->lock);
}

/* The next request of the same connection has time of its own. */
void clients_completed(void *context, struct MHD_Connection *connection,
		       void **state, enum MHD_RequestTerminationCode how)
{
	(void)state;
	(void)how;
	set_state(context, connection, CLIENT_ASKS);
}

void clients_answer(struct clients *clients, struct MHD_Connection *connection)
{
	set_state(clients, connection, CLIENT_TAKES);
}

void clients_stream(struct clients *clients, struct MHD_Connection *connection)
{
	set_state(clients, connection, CLIENT_LISTENS);
}

static bool is_slow(const struct client *client, int64_t now)
{
	static const int64_t limits[] = {
		[CLIENT_ASKS] = CLIENT_HEAD_SECONDS,
		[CLIENT_TAKES] = CLIENT_ANSWER_SECONDS,
	};

	return client->state != CLIENT_LISTENS &&
	       now - client->since > limits[client->state] * 1000;
}

void clients_shut_slow(struct clients *clients)
{
	int64_t now = clock_milliseconds();

	pthread_mutex_lock(&clients->lock);
	for (struct client *client = clients->first; client != NULL;
	     client = client->next)
		if (client->socket >= 0 && is_slow(client, now))
			shutdown(client->socket, SHUT_RDWR);
	pthread_mutex_unlock(&clients->lock);
}
