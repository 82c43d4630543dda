/*
 * What the server shows, and to whom it says so: the state that its threads
 * share, under one lock.
 */
#ifndef JIYUE_PREVIEW_SHOW_H
#define JIYUE_PREVIEW_SHOW_H

#include "preview/access.h"
#include "preview/clients.h"
#include "preview/preview.h"

enum { PREVIEW_DAEMONS = 2, PREVIEW_HOST = 64 };

struct stream;

struct preview {
	struct MHD_Daemon *daemons[PREVIEW_DAEMONS];
	uint16_t port;
	char address[PREVIEW_HOST]; /* as a host has it; empty: loopback */
	struct access access;
	struct clients clients;
	int asked;
	pthread_mutex_t lock; /* of all below */
	struct preview_build now;
	struct preview_build then; /* of another day */
	bool is_then_old;	   /* files were changed since */
	char wanted[PREVIEW_DAY];  /* a day; empty: none */
	uint64_t number;	   /* of builds of today; 0: none yet */
	bool is_ending;
	struct stream *streams;
};

/* --- streams of events; the lock is held --- */

enum MHD_Result streams_send(struct preview *preview,
			     struct MHD_Connection *connection);

/* With a word they find out who is gone. */
void streams_wake(struct preview *preview, bool with_word);

/* --- one request; the lock is held --- */

enum MHD_Result request_answer(struct preview *preview,
			       struct MHD_Connection *connection,
			       const char *address);

#endif
