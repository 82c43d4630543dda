/*
 * Addresses are put in rows, one a host. A row does one thing at a time: first
 * its robots.txt, then its addresses, each when its turn has come. libcurl's
 * multi interface waits for all rows that are asking.
 */
#include "release/outside.h"

#include <curl/curl.h>

#include "base/map.h"
#include "release/outside_answers.h"
#include "release/public_address.h"
#include "release/robots_rules.h"
#include "system/clock.h"

enum {
	ROWS_AT_ONCE = 8,
	CONNECT_SECONDS = 10,
	ANSWER_SECONDS = 20,
	REDIRECTIONS = 5,
	WAIT_MILLISECONDS = 200,
};

/* A host, with its scheme and port. */
struct row {
	str origin;	   /* "https://reading.example.org:8080" */
	struct list items; /* size_t: of the addresses */
	size_t next;
	bool has_robots;
	bool is_closed; /* its robots.txt cannot be had: RFC 9309, 2.3.1.4 */
	struct robots_rules robots;
	int64_t due;	 /* milliseconds: when the next request may come */
	CURL *curl;	 /* NULL: it is not asking */
	bool is_refused; /* an address that only an inner net has */
	struct buf robots_text;
};

struct asking {
	struct outside_address *addresses;
	const struct outside_options *options;
	struct row *rows;
	size_t count;
	CURLM *multi;
	size_t done;
	size_t total; /* of addresses that are asked for */
	struct arena *arena;
};

/* --- addresses ------------------------------------------------------------ */

static str part_of(CURLU *url, CURLUPart part, struct arena *arena)
{
	char *text = NULL;
	str out = STR("");

	if (curl_url_get(url, part, &text,
			 part == CURLUPART_PORT ? CURLU_DEFAULT_PORT : 0) ==
	    CURLUE_OK) {
		out = arena_copy(arena, str_from_c(text));
		curl_free(text);
	}
	return out;
}

/* Empty: it is none of HTTP. "//host/a" is of https. */
static str origin_of(str *path, str href, struct arena *arena)
{
	str whole = str_starts_with(href, STR("//"))
			    ? arena_printf(arena, "https:%.*s", STR_ARG(href))
			    : href;
	CURLU *url = curl_url();
	str origin = STR("");

	if (url == NULL)
		arena_out_of_memory(0);
	*path = STR("/");
	if (curl_url_set(url, CURLUPART_URL, arena_c_string(arena, whole),
			 CURLU_URLENCODE) == CURLUE_OK) {
		str scheme = part_of(url, CURLUPART_SCHEME, arena);
		str query = part_of(url, CURLUPART_QUERY, arena);

		*path = part_of(url, CURLUPART_PATH, arena);
		if (query.len > 0)
			*path = arena_printf(arena, "%.*s?%.*s", STR_ARG(*path),
					     STR_ARG(query));
		if (str_equal_c(scheme, "http") || str_equal_c(scheme, "https"))
			origin = arena_printf(
				arena, "%.*s://%.*s:%.*s", STR_ARG(scheme),
				STR_ARG(part_of(url, CURLUPART_HOST, arena)),
				STR_ARG(part_of(url, CURLUPART_PORT, arena)));
	}
	curl_url_cleanup(url);
	return origin;
}

static void make_rows(struct asking *asking, size_t count)
{
	struct map known;
	struct list rows;
	str path;

	list_init(&rows, sizeof(struct row));
	map_init(&known, asking->arena);
	/* numbers, since rows move while they come; 0 is none */
	for (size_t i = 0; i < count; i++) {
		struct outside_address *address = &asking->addresses[i];
		str origin;
		size_t number;

		if (address->is_kept)
			continue;
		origin = origin_of(&path, address->href, asking->arena);
		if (origin.len == 0)
			continue;
		number = (size_t)map_get(&known, origin);
		if (number == 0) {
			struct row *row = list_add(&rows, asking->arena);

			row->origin = origin;
			list_init(&row->items, sizeof(size_t));
			number = rows.count;
			map_add(&known, origin, (void *)number);
		}
		*(size_t *)list_add(
			&((struct row *)rows.items)[number - 1].items,
			asking->arena) = i;
		asking->total++;
	}
	asking->rows = rows.items;
	asking->count = rows.count;
}

/* --- one request ---------------------------------------------------------- */

/* Whatever a name or a redirection leads to, it passes here. */
static curl_socket_t open_socket(void *context, curlsocktype purpose,
				 struct curl_sockaddr *address)
{
	struct row *row = context;

	(void)purpose;
	if (!public_address_is(&address->addr)) {
		row->is_refused = true;
		return CURL_SOCKET_BAD;
	}
	return socket(address->family, address->socktype | SOCK_CLOEXEC,
		      address->protocol);
}

/* The head of an answer says it all; its body is not read. */
static size_t leave_body(char *bytes, size_t size, size_t count, void *context)
{
	(void)bytes;
	(void)size;
	(void)count;
	(void)context;
	return 0;
}

static size_t take_robots(char *bytes, size_t size, size_t count, void *context)
{
	struct row *row = context;

	if (row->robots_text.len >= ROBOTS_LIMIT)
		return 0;
	buf_add(&row->robots_text, (str){ bytes, size * count });
	return size * count;
}

static void set_options(CURL *curl, struct row *row, bool is_private)
{
	curl_easy_setopt(curl, CURLOPT_PRIVATE, row);
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 1L);
	curl_easy_setopt(curl, CURLOPT_MAXREDIRS, (long)REDIRECTIONS);
	curl_easy_setopt(curl, CURLOPT_NOPROXY, "*");
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)ANSWER_SECONDS);
	curl_easy_setopt(curl, CURLOPT_IPRESOLVE,
			 (long)CURL_IPRESOLVE_WHATEVER);
	curl_easy_setopt(curl, CURLOPT_USERAGENT, "jiyue-check/" JIYUE_VERSION);
	if (is_private)
		return;
	curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, open_socket);
	curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, row);
}

static size_t address_of(const struct row *row)
{
	return ((const size_t *)row->items.items)[row->next];
}

static void begin(struct asking *asking, struct row *row, str url)
{
	row->curl = curl_easy_init();
	if (row->curl == NULL)
		arena_out_of_memory(0);
	row->is_refused = false;
	set_options(row->curl, row, asking->options->is_private);
	curl_easy_setopt(row->curl, CURLOPT_URL,
			 arena_c_string(asking->arena, url));
	curl_easy_setopt(row->curl, CURLOPT_WRITEFUNCTION,
			 row->has_robots ? leave_body : take_robots);
	curl_easy_setopt(row->curl, CURLOPT_WRITEDATA, row);
	if (curl_multi_add_handle(asking->multi, row->curl) != CURLM_OK)
		arena_out_of_memory(0);
	row->due = clock_milliseconds() + 1000 / asking->options->rate;
}

static void end_address(struct asking *asking, struct row *row,
			enum outside_answer answer, long status,
			const char *why)
{
	struct outside_address *address = &asking->addresses[address_of(row)];

	address->answer = answer;
	address->status = status;
	address->why = why;
	address->asked_at = clock_now();
	row->next++;
	asking->done++;
	if (asking->options->asked != NULL)
		asking->options->asked(asking->options->context, asking->done,
				       asking->total);
}

/* What a row does next, if its turn has come. */
static void step(struct asking *asking, struct row *row)
{
	while (row->next < row->items.count) {
		str href = asking->addresses[address_of(row)].href;
		str path;

		if (!row->has_robots) {
			buf_init(&row->robots_text, asking->arena);
			begin(asking, row,
			      arena_printf(asking->arena, "%.*s/robots.txt",
					   STR_ARG(row->origin)));
			return;
		}
		(void)origin_of(&path, href, asking->arena);
		if (!row->is_closed && robots_rules_allow(&row->robots, path)) {
			begin(asking, row,
			      arena_printf(asking->arena, "%.*s%.*s",
					   STR_ARG(row->origin),
					   STR_ARG(path)));
			return;
		}
		end_address(asking, row,
			    row->is_closed ? OUTSIDE_TROUBLED
					   : OUTSIDE_FORBIDDEN,
			    0, NULL);
	}
}

/* --- answers -------------------------------------------------------------- */

static enum outside_answer answer_of(const struct row *row, CURLcode code,
				     long status)
{
	if (status == 0 && row->is_refused)
		return OUTSIDE_PRIVATE;
	if (code == CURLE_OPERATION_TIMEDOUT)
		return OUTSIDE_TROUBLED;
	if (code != CURLE_OK && code != CURLE_WRITE_ERROR)
		return row->is_refused ? OUTSIDE_PRIVATE : OUTSIDE_BROKEN;
	if (status == 404 || status == 410)
		return OUTSIDE_GONE;
	return status >= 500 ? OUTSIDE_TROUBLED : OUTSIDE_GOOD;
}

/* No file: nothing is forbidden. Trouble: nothing is asked (RFC 9309). */
static void end_robots(struct asking *asking, struct row *row, CURLcode code,
		       long status)
{
	enum outside_answer answer = answer_of(row, code, status);
	const char *why = code == CURLE_OK ? NULL : curl_easy_strerror(code);

	row->has_robots = true;
	list_init(&row->robots.rows, sizeof(struct row)); /* none */
	if (status >= 200 && status < 300)
		robots_rules_read(&row->robots, buf_str(&row->robots_text),
				  STR("jiyue-check"), asking->arena);
	row->is_closed = answer == OUTSIDE_TROUBLED;
	/* who has no host has no pages either */
	while ((answer == OUTSIDE_BROKEN || answer == OUTSIDE_PRIVATE) &&
	       row->next < row->items.count)
		end_address(asking, row, answer, 0, why);
}

static void end_request(struct asking *asking, CURL *curl, CURLcode code)
{
	struct row *row = NULL;
	long status = 0;

	curl_easy_getinfo(curl, CURLINFO_PRIVATE, &row);
	curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
	if (row->has_robots)
		end_address(asking, row, answer_of(row, code, status), status,
			    code == CURLE_OK || code == CURLE_WRITE_ERROR
				    ? NULL
				    : curl_easy_strerror(code));
	else
		end_robots(asking, row, code, status);
	curl_multi_remove_handle(asking->multi, curl);
	curl_easy_cleanup(curl);
	row->curl = NULL;
}

/* --- all of them ---------------------------------------------------------- */

/* Starts rows whose turn has come; false: none is left. */
static bool start_rows(struct asking *asking)
{
	int64_t now = clock_milliseconds();
	size_t running = 0;
	bool is_left = false;

	for (size_t i = 0; i < asking->count; i++)
		running += asking->rows[i].curl != NULL;
	for (size_t i = 0; i < asking->count; i++) {
		struct row *row = &asking->rows[i];

		is_left |= row->next < row->items.count;
		if (row->curl != NULL || row->next == row->items.count ||
		    row->due > now || running >= ROWS_AT_ONCE)
			continue;
		step(asking, row);
		running += row->curl != NULL;
	}
	return is_left;
}

static void ask_rows(struct asking *asking)
{
	int running, left;

	while (start_rows(asking)) {
		CURLMsg *message;

		curl_multi_perform(asking->multi, &running);
		while ((message = curl_multi_info_read(asking->multi, &left)) !=
		       NULL)
			if (message->msg == CURLMSG_DONE)
				end_request(asking, message->easy_handle,
					    message->data.result);
		curl_multi_poll(asking->multi, NULL, 0, WAIT_MILLISECONDS,
				NULL);
	}
}

bool outside_ask(struct outside_address *addresses, size_t count,
		 const struct outside_options *options, struct arena *arena,
		 struct diag_list *diags)
{
	struct asking asking = { .addresses = addresses,
				 .options = options,
				 .arena = arena };

	if (options->file != NULL)
		outside_answers_read(addresses, count, options->file,
				     clock_now(), arena);
	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		arena_out_of_memory(0);
	asking.multi = curl_multi_init();
	if (asking.multi == NULL)
		arena_out_of_memory(0);
	make_rows(&asking, count);
	ask_rows(&asking);
	curl_multi_cleanup(asking.multi);
	curl_global_cleanup();
	return options->file == NULL ||
	       outside_answers_write(addresses, count, options->file, arena,
				     diags);
}
