/*
 * Connections that take their time: one that sends the head of a request, or
 * takes an answer, byte by byte would be kept for ever, as it is never idle.
 *
 * Always true: a descriptor is in the list only while its connection is open,
 * so none is shut that is another's by now. Streams of events are not counted.
 */
#ifndef JIYUE_PREVIEW_CLIENTS_H
#define JIYUE_PREVIEW_CLIENTS_H

#include <microhttpd.h>
#include <pthread.h>
#include <stdint.h>

enum {
	CLIENT_HEAD_SECONDS = 10,    /* for the head of a request */
	CLIENT_ANSWER_SECONDS = 300, /* for the whole of an answer */
};

struct client;

struct clients {
	pthread_mutex_t lock;
	struct client *first;
};

void clients_init(struct clients *clients);
void clients_release(struct clients *clients); /* all are closed by then */

/* For MHD_OPTION_NOTIFY_CONNECTION and MHD_OPTION_NOTIFY_COMPLETED. */
void clients_notify(void *clients, struct MHD_Connection *connection,
		    void **client, enum MHD_ConnectionNotificationCode what);
void clients_completed(void *clients, struct MHD_Connection *connection,
		       void **state, enum MHD_RequestTerminationCode how);

/* The head of a request is there; an answer without end is a stream. */
void clients_answer(struct clients *clients, struct MHD_Connection *connection);
void clients_stream(struct clients *clients, struct MHD_Connection *connection);

/* Now and then. */
void clients_shut_slow(struct clients *clients);

#endif
