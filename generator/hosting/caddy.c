/*
 * One file for Caddy: what holds for all sites as snippets, and a server for
 * each site. It has no global options, so a Caddyfile that has its own can
 * import it.
 *
 * Caddy looks through its maps one row after the other and has no letter case
 * to pass over but in expressions: what an old address costs grows with the
 * number of them in the site. nginx has tables for that.
 */
#include "hosting/hosting.h"

#include <stdlib.h>

#include "hosting/headers.h"
#include "markup/file_kind.h"
#include "markup/url_path.h"
#include "render/redirects.h"

enum { NONE = 0 };

/* In this order they are asked; the first that has an answer gives it. */
enum { BY_QUERY, BY_PATH, BY_PREFIX, MAP_COUNT };

static const struct {
	const char *name;
	const char *source;
} maps[MAP_COUNT] = {
	[BY_QUERY] = { "query", "{path}?{query}" },
	[BY_PATH] = { "path", "{path}" },
	[BY_PREFIX] = { "prefix", "{uri}" },
};

/* The pages of a site that say that there is none. */
static const char errors[] = "\thandle_errors {\n"
			     "\t\timport jiyue_headers\n"
			     "\t\theader Content-Type \"text/html; "
			     "charset=utf-8\"\n"
			     "\t\t@gone expression {err.status_code} == 410\n"
			     "\t\thandle @gone {\n"
			     "\t\t\ttry_files /410{path} /404.html\n"
			     "\t\t\tfile_server {\n"
			     "\t\t\t\tstatus 410\n"
			     "\t\t\t}\n"
			     "\t\t}\n"
			     "\t\t@missing expression {err.status_code} == "
			     "404\n"
			     "\t\thandle @missing {\n"
			     "\t\t\trewrite * /404.html\n"
			     "\t\t\tfile_server {\n"
			     "\t\t\t\tstatus 404\n"
			     "\t\t\t}\n"
			     "\t\t}\n"
			     "\t}\n";

static const char refusals[] = "\t\t@method not method GET HEAD\n"
			       "\t\terror @method 405\n"
			       "\t\t@hidden path_regexp /\\.\n"
			       "\t\terror @hidden 404\n"
			       "\t\terror /404.html 404\n"
			       "\t\terror /410/* 404\n"
			       "\t\trequest_body {\n"
			       "\t\t\tmax_size 1KB\n"
			       "\t\t}\n";

/* --- words of Caddy --- */

/*
 * Between straight quotes, where "{" would begin a variable: such bytes are
 * written as an address can have them.
 */
static void add_value(struct buf *out, str text)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.data[i];

		if (strchr("\"\\{}", c) != NULL)
			buf_printf(out, "%%%02X", (unsigned)c);
		else
			buf_add_byte(out, c);
	}
}

/* --- what holds for all sites --- */

static void add_header_snippet(struct buf *out, const struct hosting *hosting)
{
	buf_add_c(out, "(jiyue_headers) {\n\theader -Server\n");
	for (size_t i = 0; i < hosting_header_count; i++)
		buf_printf(out, "\theader %s \"%s\"\n", hosting_headers[i].name,
			   hosting_headers[i].value);
	buf_printf(out, "\theader Content-Security-Policy \"%s\"\n",
		   hosting_policy);
	if (hosting->tls != NULL && hosting->hsts != NONE)
		buf_printf(out,
			   "\theader Strict-Transport-Security "
			   "max-age=%llu\n",
			   (unsigned long long)hosting->hsts * SECONDS_A_DAY);
	buf_add_c(out, "}\n\n");
}

static bool has_charset(const char *mime)
{
	for (size_t i = 0; i < hosting_charset_type_count; i++)
		if (strcmp(mime, hosting_charset_types[i]) == 0)
			return true;
	return strcmp(mime, "text/html") == 0;
}

static void add_types(struct buf *out)
{
	const struct file_kind *kind;

	buf_add_c(out, "\tmap {path} {jiyue_type} {\n");
	for (size_t i = 0; (kind = file_kind_next(&i)) != NULL;)
		buf_printf(out, "\t\t\"~(?i)\\.%s$\" \"%s%s\"\n",
			   kind->extension, kind->mime,
			   has_charset(kind->mime) ? "; charset=utf-8" : "");
	buf_add_c(out, "\t\tdefault \"text/html; charset=utf-8\"\n"
		       "\t}\n"
		       "\theader Content-Type {jiyue_type}\n");
}

static void add_file_snippet(struct buf *out)
{
	buf_printf(out,
		   "(jiyue_files) {\n"
		   "\t@drawing path_regexp \"(?i)\\.svg$\"\n"
		   "\theader @drawing Content-Security-Policy \"%s\"\n"
		   "\t@saved path_regexp \"(?i)\\.(%s)$\"\n"
		   "\theader @saved Content-Disposition attachment\n",
		   hosting_policy_drawing, hosting_saved);
	buf_printf(out,
		   "\theader Cache-Control \"%s\"\n"
		   "\t@text path_regexp \"(?i)(/|\\.(%s))$\"\n"
		   "\theader @text Cache-Control \"%s\"\n"
		   "\t@immutable path_regexp \"%s\"\n"
		   "\theader @immutable Cache-Control \"%s\"\n",
		   hosting_cache_other, hosting_texts, hosting_cache_text,
		   hosting_immutable, hosting_cache_immutable);
	add_types(out);
	buf_add_c(out, "}\n\n");
}

/* --- old addresses --- */

static int map_of(const struct redirect_rule *rule)
{
	if (str_ends_with(rule->from, STR("*")))
		return BY_PREFIX;
	return str_find_byte(rule->from, '?') == STR_NONE ? BY_PATH : BY_QUERY;
}

static void add_key(struct buf *out, const struct redirect_rule *rule,
		    struct arena *arena)
{
	size_t mark = str_find_byte(rule->from, '?');
	str path = url_path_decode(str_between(rule->from, 0, mark), arena);
	str key[] = { path,
		      mark == STR_NONE ? STR("") : str_from(rule->from, mark) };

	if (map_of(rule) == BY_PREFIX)
		buf_printf(
			out, "\"~(?i)^%.*s([^?]*)\"",
			STR_ARG(hosting_literal(
				str_between(rule->from, 0, rule->from.len - 1),
				arena)));
	else
		buf_printf(
			out, "\"~(?i)^%.*s$\"",
			STR_ARG(hosting_literal(
				arena_join(arena, key, COUNT_OF(key)), arena)));
}

static void add_answer(struct buf *out, const struct redirect_rule *rule,
		       uint16_t code)
{
	bool has_rest =
		map_of(rule) == BY_PREFIX && str_ends_with(rule->to, STR("*"));

	buf_printf(out, " %u \"", code);
	add_value(out, str_between(rule->to, 0, rule->to.len - has_rest));
	buf_add_c(out, has_rest ? "${1}\"\n" : "\"\n");
}

/* The longest counts: Caddy takes the first that fits. */
static int compare_lengths(const void *left, const void *right)
{
	const struct redirect_rule *a = left;
	const struct redirect_rule *b = right;

	if (a->from.len != b->from.len)
		return a->from.len < b->from.len ? 1 : -1;
	return str_compare(a->from, b->from);
}

/* Those that are moved and those that are gone, which have code 410. */
static void join_rules(struct list *out, struct redirect_rules *found,
		       struct arena *arena)
{
	const struct redirect_rule *gone = found->gone.items;
	struct redirect_rule *rule;

	*out = found->moved;
	for (size_t i = 0; i < found->gone.count; i++) {
		rule = list_add(out, arena);
		*rule = gone[i];
		rule->code = 410;
		rule->to = (str){ NULL, 0 };
	}
	if (out->count > 0)
		qsort(out->items, out->count, sizeof(*rule), compare_lengths);
}

static void add_map(struct buf *out, int map, const struct list *rules,
		    struct arena *arena)
{
	const struct redirect_rule *items = rules->items;
	const char *name = maps[map].name;

	buf_printf(out, "\t\tmap \"%s\" {jiyue_%s_code} {jiyue_%s_to} {\n",
		   maps[map].source, name, name);
	for (size_t i = 0; i < rules->count; i++) {
		if (map_of(&items[i]) != map)
			continue;
		buf_add_c(out, "\t\t\t");
		add_key(out, &items[i], arena);
		add_answer(out, &items[i], items[i].code);
	}
	buf_printf(out,
		   "\t\t\tdefault \"\" \"\"\n"
		   "\t\t}\n"
		   "\t\t@%s_gone vars {jiyue_%s_code} 410\n"
		   "\t\terror @%s_gone 410\n"
		   "\t\t@%s_moved not vars {jiyue_%s_code} \"\"\n",
		   name, name, name, name, name);
	buf_printf(out, "\t\tredir @%s_moved {jiyue_%s_to} {jiyue_%s_code}\n",
		   name, name, name);
}

static void add_old_addresses(struct buf *out, const struct hosting *hosting,
			      const struct site_plan *site)
{
	bool used[MAP_COUNT] = { false };
	struct redirect_rules found;
	const struct redirect_rule *items;
	struct list rules;

	redirects_collect(&found, hosting->plan, site, hosting->arena);
	join_rules(&rules, &found, hosting->arena);
	items = rules.items;
	for (size_t i = 0; i < rules.count; i++)
		used[map_of(&items[i])] = true;
	for (int map = 0; map < MAP_COUNT; map++)
		if (used[map])
			add_map(out, map, &rules, hosting->arena);
}

/* --- servers --- */

static const char *scheme(const struct hosting *hosting)
{
	return hosting->tls == NULL ? "http" : "https";
}

static void add_tls(struct buf *out, const struct hosting *hosting, str domain)
{
	if (hosting->tls != NULL)
		buf_printf(out,
			   "\ttls \"%s/%.*s/fullchain.pem\" "
			   "\"%s/%.*s/privkey.pem\" {\n"
			   "\t\tprotocols tls1.2 tls1.3\n"
			   "\t}\n",
			   hosting->tls, STR_ARG(domain), hosting->tls,
			   STR_ARG(domain));
}

/* Of an address of IPv4 the last byte goes, of IPv6 all but 48 bits. */
static void add_log(struct buf *out, const struct hosting *hosting, str domain)
{
	if (hosting->log != NULL)
		buf_printf(out,
			   "\tlog {\n"
			   "\t\toutput file \"%s/%.*s.log\"\n"
			   "\t\tformat filter {\n"
			   "\t\t\twrap json\n"
			   "\t\t\tfields {\n"
			   "\t\t\t\trequest>remote_ip ip_mask {\n"
			   "\t\t\t\t\tipv4 24\n"
			   "\t\t\t\t\tipv6 48\n"
			   "\t\t\t\t}\n"
			   "\t\t\t\trequest>remote_port delete\n"
			   "\t\t\t\trequest>uri regexp \\?.* \"\"\n"
			   "\t\t\t\trequest>headers delete\n"
			   "\t\t\t\trequest>tls delete\n"
			   "\t\t\t\tresp_headers delete\n"
			   "\t\t\t}\n"
			   "\t\t}\n"
			   "\t}\n",
			   hosting->log, STR_ARG(domain));
}

/* Names that have no files: all that they say is where those are. */
static void add_leading(struct buf *out, const struct hosting *hosting,
			const struct list *names, const char *by, str domain)
{
	const str *items = names->items;

	for (size_t i = 0; i < names->count; i++)
		buf_printf(out, "%s%s://%.*s", i == 0 ? "" : ", ", by,
			   STR_ARG(items[i]));
	if (names->count == 0)
		return;
	buf_add_c(out, " {\n\theader -Server\n");
	if (strcmp(by, "https") == 0)
		add_tls(out, hosting, domain);
	buf_printf(out, "\tredir %s://%.*s{uri} 301\n}\n\n", scheme(hosting),
		   STR_ARG(domain));
}

static void add_security(struct buf *out, str security)
{
	if (security.len > 0)
		buf_printf(out,
			   "\t\theader /.well-known/security.txt Content-Type "
			   "text/plain\n"
			   "\t\trespond /.well-known/security.txt \"%.*s\" "
			   "200\n",
			   STR_ARG(security));
}

/* What is not there any more is where the site is now. */
static void add_moved(struct buf *out, str moved_to)
{
	if (moved_to.len == 0)
		return;
	buf_add_c(out, "\t\t@elsewhere not file {path} {path}/index.html\n"
		       "\t\tredir @elsewhere \"");
	add_value(out, moved_to);
	buf_add_c(out, "\" 301\n");
}

static void add_files(struct buf *out, const struct hosting *hosting,
		      const struct site_plan *site, str security, str moved_to)
{
	buf_add_c(out, "\troute {\n\t\timport jiyue_headers\n");
	add_security(out, security);
	buf_add_c(out, refusals);
	add_old_addresses(out, hosting, site);
	add_moved(out, moved_to);
	buf_printf(out,
		   "\t\timport jiyue_files\n"
		   "\t\tencode {\n"
		   "\t\t\tgzip\n"
		   "\t\t\tminimum_length 512\n"
		   "\t\t}\n"
		   "\t\tfile_server {\n"
		   "\t\t\tprecompressed %s\n"
		   "\t\t}\n"
		   "\t}\n",
		   hosting->brotli ? "br gzip" : "gzip");
}

static bool add_site(struct buf *out, const struct hosting *hosting,
		     const struct site_plan *plan, str security)
{
	const struct site *site = plan->site;
	struct hosting_names names;
	str moved_to;

	if (!hosting_names(&names, hosting, site) ||
	    !hosting_moved_to(&moved_to, hosting, site))
		return false;
	buf_printf(out, "# %.*s\n%s://%.*s {\n\troot * \"%s/%.*s\"\n",
		   STR_ARG(site->id), scheme(hosting), STR_ARG(site->domain),
		   hosting->root, STR_ARG(site->domain));
	add_tls(out, hosting, site->domain);
	add_log(out, hosting, site->domain);
	buf_add_c(out, errors);
	add_files(out, hosting, plan, security, moved_to);
	buf_add_c(out, "}\n\n");
	add_leading(out, hosting, &names.others, scheme(hosting), site->domain);
	if (hosting->tls == NULL)
		return true;
	*(str *)list_add(&names.others, hosting->arena) = site->domain;
	add_leading(out, hosting, &names.others, "http", site->domain);
	return true;
}

bool hosting_caddy(struct buf *out, const struct hosting *hosting)
{
	const struct page_plan *plan = hosting->plan;
	bool ok = true;
	str security;

	buf_printf(out,
		   "# Made by jiyue hosting caddy of revision %.*s. To be "
		   "imported into\n"
		   "# a Caddyfile; to be made again when sites or old "
		   "addresses change.\n\n",
		   STR_ARG(hosting->revision));
	ok = hosting_security(&security, hosting);
	add_header_snippet(out, hosting);
	add_file_snippet(out);
	for (size_t i = 0; i < plan->count; i++)
		ok &= add_site(out, hosting, &plan->sites[i], security);
	buf_add_c(out, "# Any other host gets nothing.\n"
		       "http:// {\n"
		       "\tabort\n"
		       "}\n");
	return ok;
}
