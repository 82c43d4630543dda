/*
 * One file for nginx: what holds for all sites, maps of old addresses, and a
 * server for each site.
 *
 * A map of nginx passes over letter case, and so do old addresses: no two of
 * them differ in nothing else (plan/address_check.h).
 */
#include "hosting/hosting.h"

#include <stdlib.h>

#include "hosting/headers.h"
#include "markup/file_kind.h"
#include "markup/url_path.h"
#include "render/redirects.h"

enum { NONE = 0 };

static const char head[] =
	"map_hash_max_size 262144;\n"
	"map_hash_bucket_size 8192;\n"
	"server_names_hash_max_size 4096;\n"
	"server_names_hash_bucket_size 256;\n"
	"limit_req_zone $binary_remote_addr zone=jiyue_requests:10m "
	"rate=500r/s;\n"
	"limit_conn_zone $binary_remote_addr zone=jiyue_connections:10m;\n"
	"\n";

/* What counts: with a query, without one, with a beginning. */
static const char pick[] = "map $jiyue_path $jiyue_without_query {\n"
			   "    default $jiyue_path;\n"
			   "    \"\" $jiyue_prefix;\n"
			   "}\n"
			   "map $jiyue_query $jiyue_answer {\n"
			   "    default $jiyue_query;\n"
			   "    \"\" $jiyue_without_query;\n"
			   "}\n";

/* Of every server that has files. */
static const char rules[] =
	"    charset utf-8;\n"
	"    default_type application/octet-stream;\n"
	"    index index.html;\n"
	"    autoindex off;\n"
	"    server_tokens off;\n"
	"    absolute_redirect off;\n"
	"    gzip on;\n"
	"    gzip_static on;\n"
	"    gzip_vary on;\n"
	"    gzip_proxied any;\n"
	"    gzip_min_length 512;\n"
	"    gzip_types "
	"application/json application/xml image/svg+xml text/css text/csv "
	"text/javascript text/plain;\n"
	"    client_max_body_size 1k;\n"
	"    client_header_timeout 15s;\n"
	"    client_body_timeout 15s;\n"
	"    send_timeout 30s;\n"
	"    limit_req zone=jiyue_requests burst=2000 nodelay;\n"
	"    limit_req_status 429;\n"
	"    limit_conn jiyue_connections 256;\n"
	"    limit_conn_status 429;\n"
	"    error_page 404 /404.html;\n"
	"    error_page 410 @gone;\n"
	"\n"
	"    add_header Content-Security-Policy $jiyue_policy always;\n"
	"    add_header Content-Disposition $jiyue_disposition always;\n"
	"    add_header Cache-Control $jiyue_cache;\n";

static const char answers[] =
	"\n"
	"    if ($jiyue_301) { return 301 $jiyue_301; }\n"
	"    if ($jiyue_302) { return 302 $jiyue_302; }\n"
	"    if ($jiyue_307) { return 307 $jiyue_307; }\n"
	"    if ($jiyue_308) { return 308 $jiyue_308; }\n"
	"    if ($jiyue_answer = 410) { return 410; }\n"
	"\n"
	"    location = /404.html { internal; }\n"
	"    location ^~ /410/ { internal; }\n"
	"    location ~ /\\. { return 404; }\n"
	"    location @gone { try_files /410$uri /404.html "
	"=410; }\n";

/* --- words of nginx --- */

/* Inside straight quotes; what stands there is no variable. */
static void add_quoted(struct buf *out, str text)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.data[i];

		if (c == '"' || c == '\\')
			buf_add_byte(out, '\\');
		buf_add_byte(out, c);
	}
}

/* Where variables are looked for: "$" is written as an address can have it. */
static void add_value(struct buf *out, str text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (text.data[i] == '$')
			buf_add_c(out, "%24");
		else
			add_quoted(out, str_between(text, i, i + 1));
	}
}

/* --- headers --- */

static void add_header_maps(struct buf *out)
{
	buf_printf(out,
		   "# Nothing runs in a page but the theme's own scripts; a "
		   "drawing that is\n"
		   "# opened by itself runs nothing at all.\n"
		   "map $uri $jiyue_policy {\n"
		   "    default \"%s\";\n"
		   "    \"~*\\.svg$\" \"%s\";\n"
		   "}\n"
		   "\n",
		   hosting_policy, hosting_policy_drawing);
	buf_printf(out,
		   "# Documents are saved, not opened by a program of the "
		   "browser.\n"
		   "map $uri $jiyue_disposition {\n"
		   "    default \"\";\n"
		   "    \"~*\\.(%s)$\" attachment;\n"
		   "}\n"
		   "\n",
		   hosting_saved);
	buf_printf(out,
		   "# The name of a file below /assets/ changes with its "
		   "bytes.\n"
		   "map $uri $jiyue_cache {\n"
		   "    default \"%s\";\n"
		   "    \"~%s\" \"%s\";\n"
		   "    \"~*\\.(%s)$\" \"%s\";\n"
		   "    \"~/$\" \"%s\";\n"
		   "}\n"
		   "\n",
		   hosting_cache_other, hosting_immutable,
		   hosting_cache_immutable, hosting_texts, hosting_cache_text,
		   hosting_cache_text);
}

static void add_headers(struct buf *out)
{
	buf_add_c(out, "    charset_types");
	for (size_t i = 0; i < hosting_charset_type_count; i++)
		buf_printf(out, " %s", hosting_charset_types[i]);
	buf_add_c(out, ";\n");
	for (size_t i = 0; i < hosting_header_count; i++)
		buf_printf(out, "    add_header %s \"%s\" always;\n",
			   hosting_headers[i].name, hosting_headers[i].value);
}

/* --- old addresses --- */

struct old_rule {
	str key;    /* host and address, or an expression */
	str answer; /* "301 /neu" or "410" */
};

struct old_rules {
	struct list paths;    /* struct old_rule */
	struct list queries;  /* the same */
	struct list prefixes; /* the same */
};

static void add_prefix(struct old_rules *out, str domain, str from, str to,
		       uint16_t code, struct arena *arena)
{
	const str start[] = { domain, str_between(from, 0, from.len - 1) };
	struct old_rule *rule = list_add(&out->prefixes, arena);
	bool has_rest = str_ends_with(to, STR("*"));
	struct buf answer;

	rule->key = arena_printf(
		arena, "~*^%.*s(?<jiyue_rest>[^?]*)",
		STR_ARG(hosting_literal(arena_join(arena, start, 2), arena)));
	buf_init(&answer, arena);
	if (to.len == 0) {
		buf_add_number(&answer, code, 1);
	} else {
		buf_printf(&answer, "%u ", code);
		add_value(&answer, str_between(to, 0, to.len - has_rest));
		if (has_rest)
			buf_add_c(&answer, "$jiyue_rest");
	}
	rule->answer = buf_str(&answer);
}

static void add_rule(struct old_rules *out, str domain,
		     const struct redirect_rule *given, uint16_t code,
		     struct arena *arena)
{
	size_t mark = str_find_byte(given->from, '?');
	str path = url_path_decode(str_between(given->from, 0, mark), arena);
	str key[] = { domain, path,
		      mark == STR_NONE ? STR("")
				       : str_from(given->from, mark) };
	struct old_rule *rule;
	struct buf answer;

	if (str_ends_with(given->from, STR("*"))) {
		add_prefix(out, domain, given->from, given->to, code, arena);
		return;
	}
	rule = list_add(mark == STR_NONE ? &out->paths : &out->queries, arena);
	rule->key = arena_join(arena, key, COUNT_OF(key));
	buf_init(&answer, arena);
	buf_add_number(&answer, code, 1);
	if (given->to.len > 0) {
		buf_add_byte(&answer, ' ');
		add_value(&answer, given->to);
	}
	rule->answer = buf_str(&answer);
}

static void collect(struct old_rules *out, const struct hosting *hosting)
{
	const struct page_plan *plan = hosting->plan;

	list_init(&out->paths, sizeof(struct old_rule));
	list_init(&out->queries, sizeof(struct old_rule));
	list_init(&out->prefixes, sizeof(struct old_rule));
	for (size_t i = 0; i < plan->count; i++) {
		const struct redirect_rule *items;
		struct redirect_rules found;
		str domain = plan->sites[i].site->domain;

		redirects_collect(&found, plan, &plan->sites[i],
				  hosting->arena);
		items = found.moved.items;
		for (size_t j = 0; j < found.moved.count; j++)
			add_rule(out, domain, &items[j], items[j].code,
				 hosting->arena);
		items = found.gone.items;
		for (size_t j = 0; j < found.gone.count; j++)
			add_rule(out, domain, &items[j], 410, hosting->arena);
	}
}

static int compare_keys(const void *left, const void *right)
{
	return str_compare(((const struct old_rule *)left)->key,
			   ((const struct old_rule *)right)->key);
}

/* The longest counts: nginx takes the first that fits. */
static int compare_lengths(const void *left, const void *right)
{
	const struct old_rule *a = left;
	const struct old_rule *b = right;

	if (a->key.len != b->key.len)
		return a->key.len < b->key.len ? 1 : -1;
	return str_compare(a->key, b->key);
}

static void sort(struct list *list, int (*compare)(const void *, const void *))
{
	if (list->count > 0)
		qsort(list->items, list->count, sizeof(struct old_rule),
		      compare);
}

static void add_map(struct buf *out, const char *source, const char *name,
		    const struct list *list)
{
	const struct old_rule *items = list->items;

	buf_printf(out, "map \"%s\" $%s {\n    default \"\";\n", source, name);
	for (size_t i = 0; i < list->count; i++) {
		buf_add_c(out, "    \"");
		add_quoted(out, items[i].key);
		buf_printf(out, "\" \"%.*s\";\n", STR_ARG(items[i].answer));
	}
	buf_add_c(out, "}\n");
}

static void add_old_addresses(struct buf *out, const struct hosting *hosting)
{
	static const int codes[] = { 301, 302, 307, 308 };
	struct old_rules found;

	collect(&found, hosting);
	sort(&found.paths, compare_keys);
	sort(&found.queries, compare_keys);
	sort(&found.prefixes, compare_lengths);
	buf_add_c(out,
		  "# Old addresses and those of pages that were removed.\n");
	add_map(out, "$host$uri", "jiyue_path", &found.paths);
	add_map(out, "$host$uri?$args", "jiyue_query", &found.queries);
	add_map(out, "$host$request_uri", "jiyue_prefix", &found.prefixes);
	buf_add_c(out, pick);
	for (size_t i = 0; i < COUNT_OF(codes); i++)
		buf_printf(out,
			   "map $jiyue_answer $jiyue_%d {\n"
			   "    default \"\";\n"
			   "    \"~^%d (?<jiyue_to_%d>.*)$\" $jiyue_to_%d;\n"
			   "}\n",
			   codes[i], codes[i], codes[i], codes[i]);
	buf_add_byte(out, '\n');
}

/* --- servers --- */

static void add_types(struct buf *out)
{
	const struct file_kind *kind;

	buf_add_c(out, "    types {\n");
	for (size_t i = 0; (kind = file_kind_next(&i)) != NULL;)
		buf_printf(out, "        %s %s;\n", kind->mime,
			   kind->extension);
	buf_add_c(out, "    }\n");
}

static void add_listen(struct buf *out, const struct hosting *hosting,
		       bool is_plain, const char *more)
{
	const char *rest =
		is_plain || hosting->tls == NULL ? "80" : "443 ssl http2";

	buf_printf(out,
		   "    listen %s%s%s;\n"
		   "    listen [::]:%s%s%s;\n",
		   rest, more[0] == '\0' ? "" : " ", more, rest,
		   more[0] == '\0' ? "" : " ", more);
}

/* Of an address of IPv4 the last byte goes, of IPv6 all but 48 bits. */
static const char log_format[] =
	"map $remote_addr $jiyue_reader {\n"
	"    default \"::\";\n"
	"    \"~^(?<jiyue_four>\\d+\\.\\d+\\.\\d+)\\.\" \"$jiyue_four.0\";\n"
	"    \"~^(?<jiyue_six>[0-9a-f]+:[0-9a-f]+(?::[0-9a-f]+)?):\" "
	"\"$jiyue_six::\";\n"
	"}\n"
	"map $request_uri $jiyue_asked {\n"
	"    \"~^(?<jiyue_before>[^?]*)\" $jiyue_before;\n"
	"}\n"
	"log_format jiyue '$jiyue_reader - - [$time_local] \"$request_method "
	"$jiyue_asked $server_protocol\" $status $body_bytes_sent \"-\" "
	"\"-\"';\n\n";

/* A server without files has no log of its own. */
static void add_log(struct buf *out, const struct hosting *hosting, str domain)
{
	if (hosting->log == NULL)
		return;
	if (domain.len == 0)
		buf_add_c(out, "    access_log off;\n");
	else
		buf_printf(out, "    access_log \"%s/%.*s.log\" jiyue;\n",
			   hosting->log, STR_ARG(domain));
}

static void add_tls(struct buf *out, const struct hosting *hosting, str domain)
{
	if (hosting->tls == NULL)
		return;
	buf_printf(out,
		   "    ssl_certificate %s/%.*s/fullchain.pem;\n"
		   "    ssl_certificate_key %s/%.*s/privkey.pem;\n"
		   "    ssl_protocols TLSv1.2 TLSv1.3;\n",
		   hosting->tls, STR_ARG(domain), hosting->tls,
		   STR_ARG(domain));
}

static void add_hsts(struct buf *out, const struct hosting *hosting)
{
	if (hosting->tls != NULL && hosting->hsts != NONE)
		buf_printf(out,
			   "    add_header Strict-Transport-Security "
			   "max-age=%llu always;\n",
			   (unsigned long long)hosting->hsts * SECONDS_A_DAY);
}

/*
 * There are no links below a document root, and `verify` names those that
 * somebody makes. Where links are looked for, Debian's module for brotli finds
 * hardly any file (1.0.0~rc: the name that it opens has no end).
 */
static void add_links(struct buf *out, const struct hosting *hosting)
{
	buf_add_c(out, hosting->brotli ? "    brotli_static on;\n"
				       : "    disable_symlinks on "
					 "from=$document_root;\n");
}

/* A server that has no files: all that it says is where they are. */
static void add_leading(struct buf *out, const struct hosting *hosting,
			const struct list *names, bool is_plain, str domain)
{
	const str *items = names->items;

	if (names->count == 0)
		return;
	buf_add_c(out, "server {\n");
	add_listen(out, hosting, is_plain, "");
	buf_add_c(out, "    server_name");
	for (size_t i = 0; i < names->count; i++)
		buf_printf(out, " %.*s", STR_ARG(items[i]));
	buf_add_c(out, ";\n    server_tokens off;\n");
	add_log(out, hosting, STR(""));
	if (!is_plain) {
		add_tls(out, hosting, domain);
		add_hsts(out, hosting);
	}
	buf_printf(out, "    return 301 %s://%.*s$request_uri;\n}\n\n",
		   hosting->tls == NULL ? "http" : "https", STR_ARG(domain));
}

static void add_security(struct buf *out, str security)
{
	if (security.len == 0)
		return;
	buf_add_c(out, "    location = /.well-known/security.txt {\n"
		       "        default_type text/plain;\n"
		       "        return 200 \"");
	for (size_t i = 0; i < security.len; i++)
		if (security.data[i] == '\n')
			buf_add_c(out, "\\n");
		else
			buf_add_byte(out, security.data[i]);
	buf_add_c(out, "\";\n    }\n");
}

/* What is not there any more is where the site is now. */
static void add_moved(struct buf *out, str moved_to)
{
	if (moved_to.len == 0)
		return;
	buf_add_c(out, "    location / { try_files $uri $uri/index.html "
		       "@moved; }\n"
		       "    location @moved { return 301 \"");
	add_value(out, moved_to);
	buf_add_c(out, "\"; }\n");
}

static bool add_site(struct buf *out, const struct hosting *hosting,
		     const struct site *site, str security)
{
	struct hosting_names names;
	str moved_to;

	if (!hosting_names(&names, hosting, site) ||
	    !hosting_moved_to(&moved_to, hosting, site))
		return false;
	buf_printf(out, "# %.*s\nserver {\n", STR_ARG(site->id));
	add_listen(out, hosting, false, "");
	buf_printf(out, "    server_name %.*s;\n    root \"%s/%.*s\";\n",
		   STR_ARG(site->domain), hosting->root, STR_ARG(site->domain));
	add_tls(out, hosting, site->domain);
	add_log(out, hosting, site->domain);
	add_types(out);
	buf_add_c(out, rules);
	add_headers(out);
	add_links(out, hosting);
	add_hsts(out, hosting);
	buf_add_c(out, answers);
	add_security(out, security);
	add_moved(out, moved_to);
	buf_add_c(out, "}\n\n");
	add_leading(out, hosting, &names.others, false, site->domain);
	if (hosting->tls == NULL)
		return true;
	*(str *)list_add(&names.others, hosting->arena) = site->domain;
	add_leading(out, hosting, &names.others, true, site->domain);
	return true;
}

/* Who asks for a host that is none of ours gets nothing. */
static void add_default(struct buf *out, const struct hosting *hosting)
{
	buf_add_c(out, "# Any other host. There can be one such server: remove "
		       "that of Debian,\n"
		       "# /etc/nginx/sites-enabled/default.\n"
		       "server {\n");
	add_listen(out, hosting, true, "default_server");
	buf_add_c(out, "    server_name _;\n");
	add_log(out, hosting, STR(""));
	buf_add_c(out, "    return 444;\n}\n");
	if (hosting->tls == NULL)
		return;
	buf_add_c(out, "server {\n");
	add_listen(out, hosting, false, "default_server");
	buf_add_c(out, "    server_name _;\n");
	add_log(out, hosting, STR(""));
	buf_add_c(out, "    ssl_reject_handshake on;\n}\n");
}

bool hosting_nginx(struct buf *out, const struct hosting *hosting)
{
	const struct cluster *cluster = hosting->cluster;
	bool ok = true;
	str security;

	buf_printf(out,
		   "# Made by jiyue hosting nginx of revision %.*s. To be "
		   "included inside\n"
		   "# http { }; to be made again when sites or old addresses "
		   "change.\n\n",
		   STR_ARG(hosting->revision));
	ok = hosting_security(&security, hosting);
	buf_add_c(out, head);
	if (hosting->log != NULL)
		buf_add_c(out, log_format);
	add_header_maps(out);
	add_old_addresses(out, hosting);
	for (size_t i = 0; i < cluster->count; i++)
		ok &= add_site(out, hosting, &cluster->sites[i], security);
	add_default(out, hosting);
	return ok;
}
