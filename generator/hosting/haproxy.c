/*
 * Map files for HAProxy, which stands in front of web servers: which hosts
 * there are, where other names lead, and old addresses. It has tables that are
 * as fast with a hundred thousand rows as with ten (map_str), and those that
 * are looked through one row after the other but can keep what a "*" stood for
 * (map_regm); a file is of one kind, so there are two.
 *
 * A key of the first begins with what it is asked for:
 *
 *	site:jyj.a.cn jyj			a host that has files
 *	host:a.cn http://www.a.cn		a name that leads to another
 *	path:jyj.a.cn/old.html 301 /new.html	an old address, in small letters
 *	query:jyj.a.cn/x.jsp?id=1 410		one with a query
 *
 * The lines of a frontend that ask them stand at the head of the file, as a
 * comment: HAProxy has no include.
 */
#include "hosting/hosting.h"

#include <stdlib.h>

#include "markup/url_path.h"
#include "render/redirects.h"

enum { GONE = 410 };

/* @TO@ stands for the folder of the maps. */
static const char lines[] =
	"#\thttp-request set-var-fmt(txn.jiyue_host) "
	"%[req.hdr(host),field(1,:),lower]\n"
	"#\thttp-request set-var-fmt(txn.jiyue_key) "
	"\"host:%[var(txn.jiyue_host)]\"\n"
	"#\thttp-request redirect prefix "
	"%[var(txn.jiyue_key),map_str(@TO@/haproxy.map)] code 301 if "
	"{ var(txn.jiyue_key),map_str(@TO@/haproxy.map) -m found }\n"
	"#\thttp-request set-var-fmt(txn.jiyue_key) "
	"\"site:%[var(txn.jiyue_host)]\"\n"
	"#\thttp-request set-var(txn.jiyue_site) "
	"var(txn.jiyue_key),map_str(@TO@/haproxy.map)\n"
	"#\thttp-request deny deny_status 421 unless "
	"{ var(txn.jiyue_site) -m found }\n"
	"#\thttp-request set-var-fmt(txn.jiyue_key) "
	"\"query:%[var(txn.jiyue_host)]%[pathq,lower]\"\n"
	"#\thttp-request set-var(txn.jiyue_old) "
	"var(txn.jiyue_key),map_str(@TO@/haproxy.map)\n"
	"#\thttp-request set-var-fmt(txn.jiyue_key) "
	"\"path:%[var(txn.jiyue_host)]%[path,lower]\"\n"
	"#\thttp-request set-var(txn.jiyue_old) "
	"var(txn.jiyue_key),map_str(@TO@/haproxy.map) unless "
	"{ var(txn.jiyue_old) -m found }\n"
	"#\thttp-request set-var-fmt(txn.jiyue_key) "
	"\"%[var(txn.jiyue_host)]%[path]\"\n"
	"#\thttp-request set-var(txn.jiyue_old) "
	"var(txn.jiyue_key),map_regm(@TO@/haproxy-prefixes.map) unless "
	"{ var(txn.jiyue_old) -m found }\n";

static const int codes[] = { 301, 302, 307, 308 };

/* A page about what is gone stands below /410/ (ARCHITECTURE.md). */
static const char last_lines[] = "#\thttp-request set-path /410%[path] if "
				 "{ var(txn.jiyue_old) -m str 410 }\n"
				 "#\thttp-response set-status 410 if "
				 "{ var(txn.jiyue_old) -m str 410 }\n";

/* --- words of a map ------------------------------------------------------- */

/*
 * A key ends at a blank; a value is the rest of the line, in which "\1" is what
 * an expression found. Such bytes are written as an address can have them.
 */
static void add_word(struct buf *out, str text)
{
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.data[i];

		if (c <= ' ' || c == '\\' || c >= 127)
			buf_printf(out, "%%%02X", c);
		else
			buf_add_byte(out, (char)c);
	}
}

static bool is_prefix(const struct redirect_rule *rule)
{
	return str_ends_with(rule->from, STR("*"));
}

/* --- hosts ---------------------------------------------------------------- */

static bool add_hosts(struct buf *out, const struct hosting *hosting,
		      const struct site *site)
{
	const char *scheme = hosting->tls == NULL ? "http" : "https";
	struct hosting_names names;
	const str *items;

	if (!hosting_names(&names, hosting, site))
		return false;
	buf_printf(out, "site:%.*s %.*s\n", STR_ARG(site->domain),
		   STR_ARG(site->id));
	items = names.others.items;
	for (size_t i = 0; i < names.others.count; i++)
		buf_printf(out, "host:%.*s %s://%.*s\n", STR_ARG(items[i]),
			   scheme, STR_ARG(site->domain));
	return true;
}

/* --- old addresses -------------------------------------------------------- */

static void add_exact(struct buf *out, const struct hosting *hosting,
		      str domain, const struct redirect_rule *rule,
		      uint16_t code)
{
	bool has_query = str_find_byte(rule->from, '?') != STR_NONE;

	if (is_prefix(rule))
		return;
	buf_printf(out, "%s:%.*s", has_query ? "query" : "path",
		   STR_ARG(domain));
	add_word(out, url_path_fold(rule->from, hosting->arena));
	buf_printf(out, " %u", code);
	if (code != GONE) {
		buf_add_byte(out, ' ');
		add_word(out, rule->to);
	}
	buf_add_byte(out, '\n');
}

static void add_expression(struct buf *out, const struct hosting *hosting,
			   str domain, const struct redirect_rule *rule,
			   uint16_t code)
{
	str from = str_between(rule->from, 0, rule->from.len - 1);
	bool has_rest = str_ends_with(rule->to, STR("*"));

	buf_printf(out, "(?i)^%.*s%.*s(.*)$ %u",
		   STR_ARG(hosting_literal(domain, hosting->arena)),
		   STR_ARG(hosting_literal(from, hosting->arena)), code);
	if (code != GONE) {
		buf_add_byte(out, ' ');
		add_word(out,
			 str_between(rule->to, 0, rule->to.len - has_rest));
		buf_add_c(out, has_rest ? "\\1" : "");
	}
	buf_add_byte(out, '\n');
}

static void add_old_addresses(struct buf *out, const struct hosting *hosting,
			      const struct site_plan *site)
{
	str domain = site->site->domain;
	const struct redirect_rule *items;
	struct redirect_rules found;

	redirects_collect(&found, hosting->plan, site, hosting->arena);
	items = found.moved.items;
	for (size_t i = 0; i < found.moved.count; i++)
		add_exact(out, hosting, domain, &items[i], items[i].code);
	items = found.gone.items;
	for (size_t i = 0; i < found.gone.count; i++)
		add_exact(out, hosting, domain, &items[i], GONE);
}

/* Of a site, those with "*": the longest first, as the first that fits counts.
 */
static int compare_lengths(const void *left, const void *right)
{
	const struct redirect_rule *a = left;
	const struct redirect_rule *b = right;

	if (a->from.len != b->from.len)
		return a->from.len < b->from.len ? 1 : -1;
	return str_compare(a->from, b->from);
}

static void take_prefixes(struct list *out, const struct list *rules,
			  bool is_gone, struct arena *arena)
{
	const struct redirect_rule *items = rules->items;

	for (size_t i = 0; i < rules->count; i++)
		if (is_prefix(&items[i])) {
			struct redirect_rule *rule = list_add(out, arena);

			*rule = items[i];
			rule->code = is_gone ? GONE : rule->code;
		}
}

static void add_prefixes(struct buf *out, const struct hosting *hosting,
			 const struct site_plan *site)
{
	struct redirect_rules found;
	struct redirect_rule *items;
	struct list rules;

	redirects_collect(&found, hosting->plan, site, hosting->arena);
	list_init(&rules, sizeof(*items));
	take_prefixes(&rules, &found.moved, false, hosting->arena);
	take_prefixes(&rules, &found.gone, true, hosting->arena);
	items = rules.items;
	if (rules.count > 0)
		qsort(items, rules.count, sizeof(*items), compare_lengths);
	for (size_t i = 0; i < rules.count; i++)
		add_expression(out, hosting, site->site->domain, &items[i],
			       items[i].code);
}

/* --- files ---------------------------------------------------------------- */

static void add_lines(struct buf *out, const char *text, const char *to)
{
	str rest = str_from_c(text);
	size_t at;

	while ((at = str_find(rest, STR("@TO@"))) != STR_NONE) {
		buf_add(out, str_between(rest, 0, at));
		buf_add_c(out, to);
		rest = str_from(rest, at + strlen("@TO@"));
	}
	buf_add(out, rest);
}

static void add_head(struct buf *out, const struct hosting *hosting,
		     const char *name)
{
	buf_printf(out,
		   "# Made by jiyue hosting %s of revision %.*s; to be made "
		   "again when\n"
		   "# sites or old addresses change.\n",
		   name, STR_ARG(hosting->revision));
}

bool hosting_haproxy_maps(struct buf *out, const struct hosting *hosting)
{
	const struct page_plan *plan = hosting->plan;
	bool ok = true;

	add_head(out, hosting, "haproxy-maps");
	buf_printf(out,
		   "# This file is %s/haproxy.map; %s/haproxy-prefixes.map is "
		   "what\n"
		   "# jiyue hosting haproxy-prefixes prints. A frontend asks "
		   "them with:\n#\n",
		   hosting->folder, hosting->folder);
	add_lines(out, lines, hosting->folder);
	for (size_t i = 0; i < COUNT_OF(codes); i++)
		buf_printf(out,
			   "#\thttp-request redirect location "
			   "%%[var(txn.jiyue_old),field(2,' ')] code %d if "
			   "{ var(txn.jiyue_old),field(1,' ') -m str %d }\n",
			   codes[i], codes[i]);
	buf_printf(out, "%s#\n", last_lines);
	for (size_t i = 0; i < plan->count; i++)
		ok &= add_hosts(out, hosting, plan->sites[i].site);
	for (size_t i = 0; i < plan->count; i++)
		add_old_addresses(out, hosting, &plan->sites[i]);
	return ok;
}

bool hosting_haproxy_prefixes(struct buf *out, const struct hosting *hosting)
{
	const struct page_plan *plan = hosting->plan;

	add_head(out, hosting, "haproxy-prefixes");
	for (size_t i = 0; i < plan->count; i++)
		add_prefixes(out, hosting, &plan->sites[i]);
	return true;
}
