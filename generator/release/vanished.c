/*
 * Old addresses are taken from redirects.json as render/redirects.c writes it:
 * each on a line of its own, behind a line with the domain. A page is that of a
 * text when it has the ArticleTitle that the rules for page tags ask for; lists
 * come and go as they fill up.
 */
#include "release/vanished.h"

#include <fcntl.h>
#include <unistd.h>

#include "base/map.h"
#include "markup/page_facts.h"
#include "markup/url_path.h"
#include "system/folder.h"

enum { PAGE_LIMIT = 8 * 1024 * 1024 };

struct old_addresses {
	struct arena *arena;
	struct map whole;     /* by domain and key */
	struct list prefixes; /* str: the same, before a "*" */
};

/* --- what answers at old addresses --- */

static str key_of(str domain, str address, struct arena *arena)
{
	return arena_printf(arena, "%.*s/%.*s", STR_ARG(domain),
			    STR_ARG(url_path_folded_key(address, arena)));
}

/* The text in quotes behind `name`; false: the line has none. */
static bool quoted_behind(str *out, str line, str name)
{
	size_t at = str_find(line, name);

	if (at == STR_NONE)
		return false;
	*out = str_from(line, at + name.len);
	out->len = str_find_byte(*out, '"');
	return out->len != STR_NONE;
}

static void add(struct old_addresses *old, str domain, str from)
{
	bool is_prefix = str_ends_with(from, STR("*"));
	str key = key_of(domain,
			 str_between(from, 0, from.len - (is_prefix ? 1 : 0)),
			 old->arena);

	if (is_prefix)
		*(str *)list_add(&old->prefixes, old->arena) = key;
	else
		map_set(&old->whole, key, old);
}

static void read_old(struct old_addresses *old, str json, struct arena *arena)
{
	str domain = STR("");
	str line, from;

	*old = (struct old_addresses){ .arena = arena };
	map_init(&old->whole, arena);
	list_init(&old->prefixes, sizeof(str));
	while (str_split_next(&json, '\n', &line)) {
		if (quoted_behind(&from, line, STR("\"domain\":\"")))
			domain = from;
		else if (quoted_behind(&from, line, STR("{\"from\":\"")) ||
			 (str_find(line, STR("\":")) == STR_NONE &&
			  quoted_behind(&from, line, STR("\""))))
			add(old, domain, from);
	}
}

static bool is_answered(const struct old_addresses *old, str domain,
			str address)
{
	str key = key_of(domain, address, old->arena);
	const str *prefixes = old->prefixes.items;

	if (map_has(&old->whole, key))
		return true;
	for (size_t i = 0; i < old->prefixes.count; i++)
		if (str_starts_with(key, prefixes[i]))
			return true;
	return false;
}

/* --- files --- */

static bool read_below(str *out, struct folder *folder, str path,
		       struct arena *arena)
{
	char name[256];

	return folder->root >= 0 && folder_of(folder, path, false, name) &&
	       folder_read(out, folder->descriptor, name, arena);
}

static str read_redirects(const struct releases *releases)
{
	struct folder folder;
	str json = STR("");

	folder_init(&folder, releases->source);
	(void)!read_below(&json, &folder,
			  releases_source_path(releases, RELEASES_REDIRECTS),
			  releases->arena);
	folder_release(&folder);
	return json;
}

static bool is_text(struct folder *tree, str path, struct arena *scratch)
{
	struct xml_problem problem;
	struct page_facts facts;
	const struct page_meta *metas;
	str html;

	if (!read_below(&html, tree, path, scratch) || html.len > PAGE_LIMIT ||
	    !page_facts_read(&facts, html, scratch, &problem))
		return false;
	metas = facts.metas.items;
	for (size_t i = 0; i < facts.metas.count; i++)
		if (str_equal_c(metas[i].name, "ArticleTitle"))
			return true;
	return false;
}

/* --- telling --- */

static void tell_one(str domain, str address, const struct manifest *live,
		     const struct manifest *next, struct diag_list *diags)
{
	struct diag *diag =
		diag_warning(diags, span_none(), "address-vanished",
			     _("nothing answers at “%.*s” of %.*s any more"),
			     STR_ARG(address), STR_ARG(domain));

	diag_help(diags, diag,
		  _("write aliases: [%.*s] in the text that takes its place, "
		    "which jiyue diff %.*s %.*s names; or, if nothing does, "
		    "keep the text with status: withdrawn"),
		  STR_ARG(address), STR_ARG(str_between(live->commit, 0, 12)),
		  STR_ARG(str_between(next->commit, 0, 12)));
}

static void tell_rest(size_t count, const struct manifest *live,
		      const struct manifest *next, struct diag_list *diags)
{
	struct diag *diag;

	if (count == 0)
		return;
	diag = diag_warning(diags, span_none(), "address-vanished",
			    _("%zu more addresses may have vanished"), count);
	diag_help(diags, diag, _("jiyue diff %.*s %.*s names them all"),
		  STR_ARG(str_between(live->commit, 0, 12)),
		  STR_ARG(str_between(next->commit, 0, 12)));
}

static bool may_have_vanished(const struct release_change *change,
			      const struct old_addresses *old)
{
	str path = change->path;
	size_t slash = str_find_byte(path, '/');

	return change->after == NULL && slash != STR_NONE &&
	       str_ends_with(path, STR(".html")) &&
	       !is_answered(old, str_between(path, 0, slash),
			    str_from(path, slash));
}

void vanished_tell(const struct releases *releases, const struct manifest *live,
		   const struct manifest *next, const struct list *changes,
		   struct diag_list *diags)
{
	const struct release_change *items = changes->items;
	int root =
		openat(releases->claim.root, releases_tree_name(releases->live),
		       O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	size_t read = 0, told = 0, rest = 0;
	struct old_addresses old;
	struct arena scratch;
	struct folder tree;

	arena_init(&scratch);
	folder_init(&tree, root);
	read_old(&old, read_redirects(releases), releases->arena);
	for (size_t i = 0; i < changes->count; i++) {
		str path = items[i].path;
		size_t slash = str_find_byte(path, '/');

		if (!may_have_vanished(&items[i], &old))
			continue;
		if (read++ >= VANISHED_READ || told == VANISHED_TOLD) {
			rest++;
		} else if (is_text(&tree, path, &scratch)) {
			tell_one(str_between(path, 0, slash),
				 str_from(path, slash), live, next, diags);
			told++;
		}
		arena_reset(&scratch);
	}
	tell_rest(rest, live, next, diags);
	folder_release(&tree);
	if (root >= 0)
		close(root);
	arena_release(&scratch);
}
