/*
 * Open pages listen for builds. A stream sleeps (is suspended) until there is
 * something to tell.
 */
#include <stdlib.h>

#include "preview/reply.h"
#include "preview/show.h"

enum { EVENT_SIZE = 64 };

struct stream {
	struct preview *preview;
	struct MHD_Connection *connection;
	uint64_t seen;
	bool is_asleep;
	bool is_woken; /* to say that it is still there */
	struct stream *next;
};

void streams_wake(struct preview *preview, bool with_word)
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

enum MHD_Result streams_send(struct preview *preview,
			     struct MHD_Connection *connection)
{
	struct stream *stream = malloc(sizeof(*stream));
	struct MHD_Response *response;

	if (stream == NULL)
		return MHD_NO;
	*stream = (struct stream){ .preview = preview,
				   .connection = connection,
				   .is_woken = true,
				   .next = preview->streams };
	if (!str_to_u64(&stream->seen, reply_argument(connection, "seen")))
		stream->seen = preview->number;
	response = MHD_create_response_from_callback(
		MHD_SIZE_UNKNOWN, (size_t)EVENT_SIZE * 4, write_event, stream,
		forget_stream);
	if (response == NULL) {
		free(stream);
		return MHD_NO;
	}
	preview->streams = stream;
	reply_add_headers(response, "text/event-stream");
	clients_stream(&preview->clients, connection);
	MHD_set_connection_option(connection, MHD_CONNECTION_OPTION_TIMEOUT, 0);
	return reply_queue(connection, MHD_HTTP_OK, response);
}
