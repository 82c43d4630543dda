#include "preview/reply.h"

void reply_add_headers(struct MHD_Response *response, const char *type)
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

enum MHD_Result reply_queue(struct MHD_Connection *connection, unsigned status,
			    struct MHD_Response *response)
{
	enum MHD_Result result;

	if (response == NULL)
		return MHD_NO;
	result = MHD_queue_response(connection, status, response);
	MHD_destroy_response(response);
	return result;
}

enum MHD_Result reply_send(struct MHD_Connection *connection,
			   const struct reply *reply)
{
	struct MHD_Response *response = MHD_create_response_from_buffer(
		reply->body.len, (void *)(uintptr_t)reply->body.data,
		MHD_RESPMEM_MUST_COPY);

	if (response == NULL)
		return MHD_NO;
	reply_add_headers(response, reply->type);
	if (reply->location != NULL)
		MHD_add_response_header(response, "Location", reply->location);
	if (reply->cookie != NULL)
		MHD_add_response_header(response, "Set-Cookie", reply->cookie);
	return reply_queue(connection, reply->status, response);
}

enum MHD_Result reply_send_text(struct MHD_Connection *connection,
				unsigned status, const char *text)
{
	const struct reply reply = { .status = status,
				     .type = "text/plain; charset=utf-8",
				     .body = str_from_c(text) };

	return reply_send(connection, &reply);
}

enum MHD_Result reply_send_code(struct MHD_Connection *connection,
				const char *type, const char *text)
{
	const struct reply reply = { .status = MHD_HTTP_OK,
				     .type = type,
				     .body = str_from_c(text) };

	return reply_send(connection, &reply);
}

static str value_of(struct MHD_Connection *connection, enum MHD_ValueKind kind,
		    const char *name)
{
	return str_from_c(MHD_lookup_connection_value(connection, kind, name));
}

str reply_argument(struct MHD_Connection *connection, const char *name)
{
	return value_of(connection, MHD_GET_ARGUMENT_KIND, name);
}

str reply_cookie(struct MHD_Connection *connection, const char *name)
{
	return value_of(connection, MHD_COOKIE_KIND, name);
}

str reply_header(struct MHD_Connection *connection, const char *name)
{
	return value_of(connection, MHD_HEADER_KIND, name);
}
