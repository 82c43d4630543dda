/*
 * Rules are gathered and sorted, so that the document is the same for the same
 * addresses. An address has two forms for a server (a folder and its
 * index.html), so a rule may become two; equal ones are neighbours then and
 * are written once.
 */
#include "render/redirects.h"

#include <stdlib.h>

#include "base/pack.h"
#include "markup/json_writer.h"
#include "markup/url_path.h"
#include "plan/address_check.h"
#include "plan/permalink.h"
#include "plan/redirects.h"

enum { MOVED = 301, VERSION = 1 };

struct writing {
	const struct page_plan *plan;
	const struct site_plan *site;
	struct redirect_rules *rules;
	struct arena *arena;
};

/* As it stands in a request: ASCII, and no blanks. */
static void add_encoded(struct buf *out, str address)
{
	for (size_t i = 0; i < address.len; i++) {
		unsigned char c = (unsigned char)address.data[i];

		if (c > ' ' && c < 0x7f)
			buf_add_byte(out, (char)c);
		else
			buf_printf(out, "%%%02X", c);
	}
}

static str encoded(const struct writing *writing, str address)
{
	struct buf out;

	buf_init(&out, writing->arena);
	add_encoded(&out, address);
	return buf_str(&out);
}

static void add_rule(const struct writing *writing, str from, str to,
		     uint16_t code)
{
	struct list *list = code == REDIRECT_GONE ? &writing->rules->gone
						  : &writing->rules->moved;

	*(struct redirect_rule *)list_add(list, writing->arena) =
		(struct redirect_rule){
			url_path_fold(url_path_decode(from, writing->arena),
				      writing->arena),
			from, to, code
		};
}

/* A folder and its index.html are one address in two forms. */
static void add_both_forms(const struct writing *writing, str from, str to,
			   uint16_t code)
{
	str index = STR("index.html");
	const str parts[] = { from, index };

	add_rule(writing, from, to, code);
	if (str_ends_with(from, STR("/")))
		add_rule(writing, arena_join(writing->arena, parts, 2), to,
			 code);
	else if (str_ends_with(from, STR("/index.html")))
		add_rule(writing, str_between(from, 0, from.len - index.len),
			 to, code);
}

/* "/旧/a b.html", written in whatever way. */
static void add_path(struct buf *out, const struct writing *writing, str path)
{
	url_path_encode(out, url_path_decode(path, writing->arena));
}

/* --- what a site has --- */

static str address_of(const struct writing *writing, uint32_t number)
{
	struct placement place =
		arrangement_of(writing->plan->arrangement, number);
	struct resource resource;

	catalog_get(&resource, writing->plan->arrangement->catalog, number);
	return permalink_address(
		permalink_path(&resource, place.column, writing->arena),
		writing->arena);
}

static void add_alias(const struct writing *writing, str written, str to)
{
	struct buf from;

	buf_init(&from, writing->arena);
	add_path(&from, writing, written);
	add_both_forms(writing, buf_str(&from), to, MOVED);
}

static void add_redirect(const struct writing *writing,
			 const struct site_redirect *redirect)
{
	const struct redirect_row *row = redirect->row;
	str to = encoded(writing, redirect->to);
	const str starred[] = { to, STR("*") };
	struct buf from;

	buf_init(&from, writing->arena);
	add_path(&from, writing, row->old);
	add_encoded(&from, row->query);
	if (row->has_rest)
		to = arena_join(writing->arena, starred, 2);
	if (row->is_prefix)
		buf_add_byte(&from, '*');
	if (row->is_prefix || row->query.len > 0)
		add_rule(writing, buf_str(&from), to, redirect->code);
	else
		add_both_forms(writing, buf_str(&from), to, redirect->code);
}

static int compare_rules(const void *left, const void *right)
{
	const struct redirect_rule *a = left;
	const struct redirect_rule *b = right;
	int order = str_compare(a->folded, b->folded);

	if (order == 0)
		order = str_compare(a->from, b->from);
	return order != 0 ? order : str_compare(a->to, b->to);
}

static int compare_from(const void *left, const void *right)
{
	const struct redirect_rule *a = left;
	const struct redirect_rule *b = right;

	return str_compare(a->from, b->from);
}

/*
 * Two forms of one address can give one rule twice, and servers that pass over
 * letter case would refuse to start with both.
 */
static void sort_rules(struct list *list)
{
	struct redirect_rule *rules = list->items;
	size_t kept = 0;

	if (list->count > 0)
		qsort(rules, list->count, sizeof(*rules), compare_rules);
	for (size_t i = 0; i < list->count; i++)
		if (kept == 0 ||
		    !str_equal(rules[kept - 1].folded, rules[i].folded))
			rules[kept++] = rules[i];
	list->count = kept;
	if (kept > 0)
		qsort(rules, kept, sizeof(*rules), compare_from);
}

static void collect(const struct writing *writing)
{
	const struct site_plan *site = writing->site;
	const uint32_t *gone = site->gone.items;
	const struct site_redirects *redirects = &site->redirects;

	list_init(&writing->rules->moved, sizeof(struct redirect_rule));
	list_init(&writing->rules->gone, sizeof(struct redirect_rule));
	for (size_t i = 0; i < redirects->exact_count; i++)
		add_redirect(writing, &redirects->exact[i]);
	for (size_t i = 0; i < redirects->prefix_count; i++)
		add_redirect(writing, &redirects->prefixes[i]);
	if (!site_is_notice_only(site->site)) {
		for (size_t i = 0; i < site->alias_count; i++)
			add_alias(
				writing, site->aliases[i].written,
				address_of(writing, site->aliases[i].resource));
		for (size_t i = 0; i < site->gone.count; i++)
			add_rule(writing, address_of(writing, gone[i]), STR(""),
				 REDIRECT_GONE);
	}
	sort_rules(&writing->rules->moved);
	sort_rules(&writing->rules->gone);
}

/* --- the document --- */

static void write_moved(struct json_writer *json, const struct list *list)
{
	const struct redirect_rule *rules = list->items;

	json_key(json, "redirects");
	json_open_array(json);
	for (size_t i = 0; i < list->count; i++) {
		buf_add_byte(json->out, '\n');
		json_open_object(json);
		json_member_text(json, "from", rules[i].from);
		json_member_text(json, "to", rules[i].to);
		json_member_number(json, "code", rules[i].code);
		json_close_object(json);
	}
	json_close_array(json);
}

static void write_gone(struct json_writer *json, const struct list *list)
{
	const struct redirect_rule *rules = list->items;

	json_key(json, "gone");
	json_open_array(json);
	for (size_t i = 0; i < list->count; i++) {
		buf_add_byte(json->out, '\n');
		json_text(json, rules[i].from);
	}
	json_close_array(json);
}

static void write_site(struct json_writer *json, const struct site *site,
		       const struct redirect_rules *rules)
{
	buf_add_byte(json->out, '\n');
	json_open_object(json);
	json_member_text(json, "id", site->id);
	json_member_text(json, "domain", site->domain);
	write_moved(json, &rules->moved);
	write_gone(json, &rules->gone);
	json_close_object(json);
}

void redirects_collect(struct redirect_rules *out, const struct page_plan *plan,
		       const struct site_plan *site, struct arena *arena)
{
	const struct writing writing = { plan, site, out, arena };

	collect(&writing);
}

/* --- what changes in them --- */

static bool has_folded(const struct list *list, str folded)
{
	const struct redirect_rule *rules = list->items;

	for (size_t i = 0; i < list->count; i++)
		if (str_equal(rules[i].folded, folded))
			return true;
	return false;
}

static void remove_all(struct list *from, const struct list *what)
{
	struct redirect_rule *rules = from->items;
	size_t kept = 0;

	for (size_t i = 0; i < from->count; i++)
		if (!has_folded(what, rules[i].folded))
			rules[kept++] = rules[i];
	from->count = kept;
}

void redirects_change(struct redirect_rules *rules, str written, str to,
		      struct arena *arena)
{
	const struct redirect_rule *all;
	struct redirect_rules changed;
	struct writing writing = { .rules = &changed, .arena = arena };

	list_init(&changed.moved, sizeof(struct redirect_rule));
	add_alias(&writing, written, to);
	remove_all(&rules->moved, &changed.moved);
	all = changed.moved.items;
	for (size_t i = 0; to.len > 0 && i < changed.moved.count; i++)
		*(struct redirect_rule *)list_add(&rules->moved, arena) =
			all[i];
	sort_rules(&rules->moved);
}

/* --- the record --- */

static void pack_list(struct buf *out, const struct list *list)
{
	const struct redirect_rule *rules = list->items;
	uint64_t count = list->count;

	pack_bytes(out, &count, sizeof(count));
	for (size_t i = 0; i < list->count; i++) {
		pack_text(out, rules[i].folded);
		pack_text(out, rules[i].from);
		pack_text(out, rules[i].to);
		pack_bytes(out, &rules[i].code, sizeof(rules[i].code));
	}
}

static bool unpack_list(struct list *out, str *rest, struct arena *arena)
{
	uint64_t count;

	list_init(out, sizeof(struct redirect_rule));
	if (!unpack_bytes(&count, sizeof(count), rest))
		return false;
	for (uint64_t i = 0; i < count; i++) {
		struct redirect_rule rule;

		if (!unpack_text(&rule.folded, rest) ||
		    !unpack_text(&rule.from, rest) ||
		    !unpack_text(&rule.to, rest) ||
		    !unpack_bytes(&rule.code, sizeof(rule.code), rest))
			return false;
		*(struct redirect_rule *)list_add(out, arena) = rule;
	}
	return true;
}

void redirects_pack(struct buf *out, const struct redirect_rules *rules)
{
	pack_list(out, &rules->moved);
	pack_list(out, &rules->gone);
}

bool redirects_unpack(struct redirect_rules *out, str bytes,
		      struct arena *arena)
{
	return unpack_list(&out->moved, &bytes, arena) &&
	       unpack_list(&out->gone, &bytes, arena) && bytes.len == 0;
}

str redirects_render(const struct cluster *cluster,
		     const struct redirect_rules *rules, struct arena *arena)
{
	struct json_writer json;
	struct buf out;

	buf_init(&out, arena);
	json_begin(&json, &out);
	json_open_object(&json);
	json_member_number(&json, "version", VERSION);
	json_key(&json, "sites");
	json_open_array(&json);
	for (size_t i = 0; i < cluster->count; i++)
		write_site(&json, &cluster->sites[i], &rules[i]);
	json_close_array(&json);
	json_close_object(&json);
	json_end(&json);
	buf_add_byte(&out, '\n');
	return buf_str(&out);
}
