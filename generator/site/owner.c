/*
 * Each domain belongs to one site, as its domain or its Chinese one: to the one
 * that has had it for longest, whatever their folders are called and however
 * old they are. A wrong domain in a site.yaml is a mistake of that file, so it
 * counts in its newest version that has another one; without such a version the
 * site is not there.
 *
 *	commit      1    2    3    4        3: b takes the domain of a. a has
 *	sites/a/    x    x    x    x        had it since 1, b since 3; b counts
 *	sites/b/    -    y    x    x        as it was at 2
 *
 * The version that stands in may have the domain of a third site. Then it is
 * asked again, of these two; after ROUNDS times whoever loses goes. One name of
 * a site is settled in a round: first its domain, then the Chinese one.
 */
#include "markup/host_name.h"
#include "site/cluster_reader.h"
#include "snapshot/version_search.h"

enum { ROUNDS = 8 };

enum { DOMAIN, CHINESE_DOMAIN, NAME_COUNT };

/* A site with a name of another one. */
struct site_claim {
	struct site *site;
	size_t at;	  /* which of its names is at hand */
	str name;	  /* that one, as DNS has it */
	int64_t since;	  /* when it got it, in half seconds */
	struct list lost; /* str: names that it does not get */
	bool is_lost;	  /* of the name at hand */
	bool is_out;	  /* it has no version that could stand in */
	struct span spans[NAME_COUNT]; /* of the names, as they were written */
};

struct settling {
	struct cluster *cluster;
	const struct cluster_reader *reader;
	struct site_claim *claims; /* one a site */
};

/* Without a Chinese domain that is the empty text. */
static str name_of(const struct site *site, size_t at, struct arena *arena)
{
	const char *reason;
	str encoded;

	if (at == DOMAIN)
		return site->domain;
	if (site->chinese_domain.len > 0 &&
	    host_name_encode(&encoded, &reason, site->chinese_domain, arena))
		return encoded;
	return site->chinese_domain;
}

static bool has_lost(const struct site_claim *claim, str name)
{
	const str *lost = claim->lost.items;

	for (size_t i = 0; i < claim->lost.count; i++)
		if (str_equal(lost[i], name))
			return true;
	return str_equal(claim->name, name);
}

/* --- who has claims --- */

/* Marks of each name whether several sites have it. */
static void count_name(struct map *names, struct settling *settling,
		       struct site_claim *claim, str name)
{
	const void *owner = map_get(names, name);

	if (name.len > 0 && owner != claim)
		map_set(names, name,
			owner == NULL ? (void *)claim : settling->cluster);
}

static void count_names(struct map *out, struct settling *settling)
{
	struct arena *arena = settling->reader->arena;

	map_init(out, arena);
	for (size_t i = 0; i < settling->cluster->count; i++) {
		struct site_claim *claim = &settling->claims[i];

		for (size_t at = 0; !claim->is_out && at < NAME_COUNT; at++)
			count_name(out, settling, claim,
				   name_of(claim->site, at, arena));
	}
}

/* False when all its names are its own. */
static bool find_name(struct site_claim *claim, const struct map *names,
		      const struct settling *settling)
{
	for (claim->at = 0; claim->at < NAME_COUNT; claim->at++) {
		claim->name = name_of(claim->site, claim->at,
				      settling->reader->arena);
		if (map_get(names, claim->name) == (void *)settling->cluster)
			return true;
	}
	return false;
}

/* Sorted by path, as sites are. */
static void add_claim(struct list *out, struct site_claim *claim,
		      const struct settling *settling)
{
	struct version_sought *item = list_add(out, settling->reader->arena);

	item->file = claim->site->file;
	item->path = snapshot_path(settling->reader->snapshot, item->file);
	item->subject = claim;
}

static void find_claims(struct list *out, struct settling *settling)
{
	struct map names;

	list_init(out, sizeof(struct version_sought));
	count_names(&names, settling);
	for (size_t i = 0; i < settling->cluster->count; i++) {
		struct site_claim *claim = &settling->claims[i];

		if (!claim->is_out && find_name(claim, &names, settling))
			add_claim(out, claim, settling);
	}
}

/* --- since when --- */

/* Correct, and without what is claimed. Nothing is kept of what is read. */
static bool is_without(void *context, struct version_sought *item,
		       const struct version *version)
{
	const struct settling *settling = context;
	struct cluster_reader reader = *settling->reader;
	size_t file = snapshot_find(version->snapshot, item->path);
	struct arena scratch;
	struct diag_list ignored;
	struct site site;
	bool ok;

	arena_init(&scratch);
	reader.arena = &scratch;
	diag_list_init_part(&ignored, &scratch, reader.diags);
	ok = cluster_read_site(&site, &reader, version->reader, file, &ignored);
	for (size_t at = 0; ok && at < NAME_COUNT; at++)
		ok = !has_lost(item->subject, name_of(&site, at, &scratch));
	arena_release(&scratch);
	return ok;
}

static struct digest context_of(const struct settling *settling,
				const struct site_claim *claim)
{
	const str *lost = claim->lost.items;
	struct digest context = cluster_digest_settings(
		settling->cluster, settling->reader->snapshot);

	digest_add(&context, claim->name);
	for (size_t i = 0; i < claim->lost.count; i++)
		digest_add(&context, lost[i]);
	return context;
}

static struct version_search search_of(struct settling *settling,
				       const struct list *items)
{
	const struct cluster_reader *reader = settling->reader;

	return (struct version_search){
		.snapshot = reader->snapshot,
		.folder = reader->sources->folder,
		.offset = settling->cluster->platform.offset,
		.memory = reader->sources->memory,
		.items = items->items,
		.count = items->count,
		.context = settling,
		.key = version_key_bytes,
		.take = is_without,
	};
}

/*
 * Until the version that is found they had another one, so they come after
 * those that were created by its commit.
 */
static int64_t since_of(const struct settling *settling,
			const struct version_sought *item)
{
	int64_t since =
		item->is_found && item->time.is_set
			? item->time.seconds
			: history_since(settling->reader->sources->history,
					item->file);

	return since == INT64_MAX ? since : since * 2 + item->is_found;
}

static void look_back(struct settling *settling, const struct list *items)
{
	struct version_search search = search_of(settling, items);

	for (size_t i = 0; i < search.count; i++)
		search.items[i].context =
			context_of(settling, search.items[i].subject);
	version_search_run(&search, settling->reader->arena);
	for (size_t i = 0; i < search.count; i++)
		((struct site_claim *)search.items[i].subject)->since =
			since_of(settling, &search.items[i]);
}

/* --- who keeps it --- */

/* Of one day a domain comes before a Chinese one: a site is known by it. */
static bool comes_first(const struct settling *settling,
			const struct site_claim *a, const struct site_claim *b)
{
	if (a->since != b->since)
		return a->since < b->since;
	if (a->at != b->at)
		return a->at == DOMAIN;
	return history_order(settling->reader->sources->history, a->site->file,
			     b->site->file) < 0;
}

/* struct site_claim * by name. */
static void find_owners(struct map *out, const struct settling *settling,
			const struct list *items)
{
	const struct version_sought *all = items->items;

	map_init(out, settling->reader->arena);
	for (size_t i = 0; i < items->count; i++) {
		struct site_claim *claim = all[i].subject;
		struct site_claim *owner = map_get(out, claim->name);

		claim->is_lost =
			owner != NULL && !comes_first(settling, claim, owner);
		if (claim->is_lost)
			continue;
		if (owner != NULL)
			owner->is_lost = true;
		map_set(out, claim->name, claim);
	}
}

static void report(const struct site_claim *owner,
		   const struct site_claim *claim, struct diag_list *diags)
{
	struct diag *diag =
		diag_error(diags, claim->spans[claim->at], "site-twice",
			   _("the site “%.*s” has the domain of “%.*s”, which "
			     "had it first"),
			   STR_ARG(claim->site->id), STR_ARG(owner->site->id));

	diag_help(diags, diag, _("give it a domain of its own"));
}

static void stand_in(struct settling *settling, struct site_claim *claim)
{
	const struct cluster_reader *reader = settling->reader;
	struct diag_list ignored;
	struct site site;

	*(str *)list_add(&claim->lost, reader->arena) = claim->name;
	diag_list_init_part(&ignored, reader->arena, reader->diags);
	claim->is_out = !cluster_read_site(&site, reader, reader->files,
					   claim->site->file, &ignored);
	if (!claim->is_out)
		*claim->site = site;
}

/* Those that lost become what they were before, or go. */
static void settle(struct settling *settling, const struct list *items,
		   bool is_last)
{
	const struct cluster_reader *reader = settling->reader;
	const struct version_sought *all = items->items;
	struct version_search search;
	struct list losers;
	struct map owners;

	find_owners(&owners, settling, items);
	list_init(&losers, sizeof(struct version_sought));
	for (size_t i = 0; i < items->count; i++) {
		struct site_claim *claim = all[i].subject;

		if (!claim->is_lost)
			continue;
		report(map_get(&owners, claim->name), claim, reader->diags);
		*(struct version_sought *)list_add(&losers, reader->arena) =
			all[i];
	}
	search = search_of(settling, &losers);
	for (size_t i = 0; is_last && i < losers.count; i++)
		search.items[i].is_found = false;
	version_search_patch(reader->snapshot, &search, reader->arena);
	version_search_tell(&search, reader->diags);
	for (size_t i = 0; i < losers.count; i++) {
		struct site_claim *claim = search.items[i].subject;

		if (search.items[i].is_found)
			stand_in(settling, claim);
		else
			claim->is_out = true;
	}
}

static void keep_sites(struct settling *settling)
{
	struct cluster *cluster = settling->cluster;
	size_t kept = 0;

	for (size_t i = 0; i < cluster->count; i++) {
		if (settling->claims[i].is_out)
			continue;
		cluster->sites[kept] = cluster->sites[i];
		cluster->sites[kept].number = (uint32_t)kept;
		kept++;
	}
	cluster->count = kept;
}

static struct site_claim *claims_of(struct cluster *cluster,
				    struct arena *arena)
{
	struct site_claim *claims =
		arena_array(arena, cluster->count, sizeof(*claims));

	for (size_t i = 0; i < cluster->count; i++) {
		claims[i].site = &cluster->sites[i];
		claims[i].spans[DOMAIN] = cluster->sites[i].domain_span;
		claims[i].spans[CHINESE_DOMAIN] =
			cluster->sites[i].chinese_domain_span;
		list_init(&claims[i].lost, sizeof(str));
	}
	return claims;
}

void cluster_settle_domains(struct cluster *cluster,
			    const struct cluster_reader *reader)
{
	struct settling settling = {
		.cluster = cluster,
		.reader = reader,
		.claims = claims_of(cluster, reader->arena),
	};
	struct list items;

	for (size_t round = 0; round <= ROUNDS; round++) {
		find_claims(&items, &settling);
		if (items.count == 0)
			break;
		look_back(&settling, &items);
		settle(&settling, &items, round == ROUNDS);
	}
	keep_sites(&settling);
}
