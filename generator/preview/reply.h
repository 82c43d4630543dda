/* Answers of the server, with the headers that each of them has. */
#ifndef JIYUE_PREVIEW_REPLY_H
#define JIYUE_PREVIEW_REPLY_H

#include <microhttpd.h>

#include "base/str.h"

struct reply {
	unsigned status;
	const char *type;
	str body;
	const char *location; /* or NULL */
	const char *cookie;   /* or NULL */
};

void reply_add_headers(struct MHD_Response *response, const char *type);

/* Queues it and gives it up; NULL ends the connection. */
enum MHD_Result reply_queue(struct MHD_Connection *connection, unsigned status,
			    struct MHD_Response *response);

/* The body is copied. */
enum MHD_Result reply_send(struct MHD_Connection *connection,
			   const struct reply *reply);

enum MHD_Result reply_send_text(struct MHD_Connection *connection,
				unsigned status, const char *text);

/* `text` of that type; there it is. */
enum MHD_Result reply_send_code(struct MHD_Connection *connection,
				const char *type, const char *text);

/* What the request says; empty where it says nothing. */
str reply_argument(struct MHD_Connection *connection, const char *name);
str reply_cookie(struct MHD_Connection *connection, const char *name);
str reply_header(struct MHD_Connection *connection, const char *name);

#endif
