/*
 * libcurl speaks HTTP and TLS. Each domain is asked for under its own name, and
 * led to the one server that was named: so a server can be looked at before
 * names lead to it. An answer in fewer bytes is unpacked before it is compared,
 * so packed files (release/packed.h) are looked at through their sources.
 *
 * Not asked for: 404.html and 410/, which servers send with other answers, and
 * what stands beside the document roots.
 */
#include "release/served.h"

#include <curl/curl.h>
#include <time.h>

#include "markup/url_path.h"
#include "release/packed.h"
#include "system/clock.h"

enum {
	CONNECT_SECONDS = 10,
	ANSWER_SECONDS = 120,
	TRIES = 5, /* while the server says that it has too much to do */
};

struct asking {
	struct verify_result *result;
	const struct releases *releases;
	const struct verify_options *options;
	struct diag_list *diags;
	CURL *curl;
	struct curl_slist *target; /* of CURLOPT_CONNECT_TO */
	const char *scheme;
	const char *port;
	int64_t begun;	/* of all requests; milliseconds */
	uint64_t asked; /* requests */
	struct arena scratch;
};

/* --- the server ----------------------------------------------------------- */

static bool refuse_url(const char *url, struct diag_list *diags)
{
	struct diag *diag = diag_failure(
		diags, "release-url",
		_("--url: “%s” is not the address of a server"), url);

	diag_help(diags, diag,
		  _("write http://HOST:PORT or https://HOST; nothing behind "
		    "it"));
	return false;
}

static str url_part(CURLU *url, CURLUPart part, struct arena *arena)
{
	char *text = NULL;
	str out = { NULL, 0 };

	if (curl_url_get(url, part, &text, CURLU_DEFAULT_PORT) == CURLUE_OK) {
		out = arena_copy(arena, str_from_c(text));
		curl_free(text);
	}
	return out;
}

static bool read_url(struct asking *asking, const char *text)
{
	struct arena *arena = asking->releases->arena;
	CURLU *url = curl_url();
	bool ok = url != NULL &&
		  curl_url_set(url, CURLUPART_URL, text, 0) == CURLUE_OK;
	str scheme = ok ? url_part(url, CURLUPART_SCHEME, arena) : STR("");
	str host = ok ? url_part(url, CURLUPART_HOST, arena) : STR("");
	str port = ok ? url_part(url, CURLUPART_PORT, arena) : STR("");
	str path = ok ? url_part(url, CURLUPART_PATH, arena) : STR("");

	curl_url_cleanup(url);
	ok = ok &&
	     (str_equal_c(scheme, "http") || str_equal_c(scheme, "https"));
	if (!ok || host.len == 0 || path.len > 1)
		return refuse_url(text, asking->diags);
	asking->scheme = arena_c_string(arena, scheme);
	asking->port = arena_c_string(arena, port);
	asking->target = curl_slist_append(
		NULL,
		arena_printf(arena, "::%.*s:%.*s", STR_ARG(host), STR_ARG(port))
			.data);
	if (asking->target == NULL)
		arena_out_of_memory(port.len);
	return true;
}

static size_t take_bytes(char *bytes, size_t size, size_t count, void *maker)
{
	file_digest_add(maker, (str){ bytes, size * count });
	return size * count;
}

static void set_options(const struct asking *asking)
{
	CURL *curl = asking->curl;

	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(curl, CURLOPT_NOPROXY, "*");
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)ANSWER_SECONDS);
	curl_easy_setopt(curl, CURLOPT_ACCEPT_ENCODING, "");
	curl_easy_setopt(curl, CURLOPT_USERAGENT,
			 "jiyue-verify/" JIYUE_VERSION);
	curl_easy_setopt(curl, CURLOPT_CONNECT_TO, asking->target);
	if (asking->options->ca != NULL) {
		curl_easy_setopt(curl, CURLOPT_CAINFO, asking->options->ca);
		curl_easy_setopt(curl, CURLOPT_CAPATH, NULL);
	}
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_bytes);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, asking->releases->maker);
}

/* --- one file ------------------------------------------------------------- */

static void sleep_milliseconds(int64_t count)
{
	const struct timespec time = { .tv_sec = (time_t)(count / 1000),
				       .tv_nsec =
					       (long)(count % 1000) * 1000000 };

	if (count > 0)
		nanosleep(&time, NULL);
}

/* The request number n comes n / rate seconds behind the first. */
static void wait_for_turn(struct asking *asking)
{
	int64_t due = asking->begun +
		      (int64_t)(asking->asked * 1000 / asking->options->rate);

	sleep_milliseconds(due - clock_milliseconds());
	asking->asked++;
}

/* What has no address of its own has none. */
static const char *address_of(const struct asking *asking, str path,
			      struct arena *arena)
{
	size_t slash = str_find_byte(path, '/');
	enum packing packing;
	struct buf out;
	str below;

	if (slash == STR_NONE || packed_source(&packing, path).len > 0)
		return NULL;
	below = str_from(path, slash + 1);
	if (str_equal_c(below, "404.html") ||
	    str_starts_with(below, STR("410/")))
		return NULL;
	if (str_equal_c(below, "index.html") ||
	    str_ends_with(below, STR("/index.html")))
		below.len -= strlen("index.html");
	buf_init(&out, arena);
	buf_printf(&out, "%s://%.*s:%s/", asking->scheme,
		   STR_ARG(str_between(path, 0, slash)), asking->port);
	url_path_encode(&out, below);
	return buf_str(&out).data;
}

static bool refuse_server(const struct asking *asking, CURLcode code)
{
	struct diag *diag =
		diag_failure(asking->diags, "release-unreachable",
			     _("%s cannot be asked: %s"), asking->options->url,
			     curl_easy_strerror(code));

	diag_help(asking->diags, diag,
		  _("see that the server runs and that its certificate is "
		    "good"));
	return false;
}

/* `*status` is 0 when the answer broke off. */
static bool ask(struct asking *asking, const char *address, long *status,
		struct file_digest *found)
{
	struct file_digest_maker *maker = asking->releases->maker;
	CURLcode code = CURLE_OK;

	*status = 0;
	curl_easy_setopt(asking->curl, CURLOPT_URL, address);
	for (int i = 0; i < TRIES; i++) {
		wait_for_turn(asking);
		file_digest_begin(maker);
		code = curl_easy_perform(asking->curl);
		*found = file_digest_end(maker);
		if (code == CURLE_PARTIAL_FILE ||
		    code == CURLE_BAD_CONTENT_ENCODING)
			return true;
		if (code != CURLE_OK)
			return refuse_server(asking, code);
		curl_easy_getinfo(asking->curl, CURLINFO_RESPONSE_CODE, status);
		if (*status != 429 && *status != 503)
			return true;
		sleep_milliseconds(1000);
	}
	return true;
}

static bool check_file(struct asking *asking, const struct manifest_file *file)
{
	const char *address;
	struct file_digest found;
	enum verify_kind kind = VERIFY_ALTERED;
	long status;

	arena_reset(&asking->scratch);
	address = address_of(asking, file->path, &asking->scratch);
	if (address == NULL)
		return true;
	if (!ask(asking, address, &status, &found))
		return false;
	asking->result->files++;
	if (status == 200 && file_digest_equal(&found, &file->digest))
		return true;
	if (status == 404 || status == 410)
		kind = VERIFY_MISSING;
	else if (status != 0 && status != 200)
		kind = VERIFY_UNSERVED;
	asking->result->findings++;
	asking->options->found(asking->options->context, kind, file->path);
	return true;
}

/* --- all of them ---------------------------------------------------------- */

static bool check_part(struct asking *asking, const struct manifest_part *part)
{
	const struct manifest_file *files;
	struct arena arena;
	struct list list;
	bool ok;

	arena_init(&arena);
	ok = releases_part(&list, asking->releases, part, &arena,
			   asking->diags);
	files = list.items;
	for (size_t i = 0; ok && i < list.count; i++)
		ok = check_file(asking, &files[i]);
	arena_release(&arena);
	return ok;
}

static bool check_all(struct asking *asking, const struct manifest *manifest)
{
	const struct manifest_part *parts = manifest->parts.items;

	set_options(asking);
	asking->begun = clock_milliseconds();
	for (size_t i = 0; i < manifest->parts.count; i++)
		if (!check_part(asking, &parts[i]))
			return false;
	return true;
}

bool served_check(struct verify_result *result, const struct releases *releases,
		  const struct manifest *manifest,
		  const struct verify_options *options, struct diag_list *diags)
{
	struct asking asking = { .result = result,
				 .releases = releases,
				 .options = options,
				 .diags = diags };
	bool ok;

	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		arena_out_of_memory(0);
	arena_init(&asking.scratch);
	asking.curl = curl_easy_init();
	if (asking.curl == NULL)
		arena_out_of_memory(0);
	ok = read_url(&asking, options->url) && check_all(&asking, manifest);
	result->unasked = manifest->files - result->files;
	curl_easy_cleanup(asking.curl);
	curl_slist_free_all(asking.target);
	arena_release(&asking.scratch);
	curl_global_cleanup();
	return ok;
}
