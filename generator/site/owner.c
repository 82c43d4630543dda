/*
 * Each domain belongs to one site: to the one that has had it for longest,
 * whatever their folders are called and however old they are. A wrong domain in
 * a site.yaml is a mistake of that file, so it counts in its newest version
 * that has another one; without such a version the site is not there.
 *
 *	commit      1    2    3    4        3: b takes the domain of a. a has
 *	sites/a/    x    x    x    x        had it since 1, b since 3; b counts
 *	sites/b/    -    y    x    x        as it was at 2
 *
 * The version that stands in may have the domain of a third site. Then it is
 * asked again, of these two; after ROUNDS times whoever loses goes.
 */
#include "site/cluster_reader.h"
#include "snapshot/version_search.h"

enum { ROUNDS = 8 };

/* A site with the domain of another one. */
struct site_claim {
	struct site *site;
	int64_t since;	  /* when it got it, in half seconds */
	struct list lost; /* str: domains that it does not get */
	bool is_lost;	  /* of the domain at hand */
	bool is_out;	  /* it has no version that could stand in */
	struct span span; /* of the domain, as it was written */
};

struct settling {
	struct cluster *cluster;
	const struct cluster_reader *reader;
	struct site_claim *claims; /* one a site */
};

static bool has_lost(const struct site_claim *claim, str domain)
{
	const str *lost = claim->lost.items;

	for (size_t i = 0; i < claim->lost.count; i++)
		if (str_equal(lost[i], domain))
			return true;
	return str_equal(claim->site->domain, domain);
}

/* --- who has claims --- */

/* Marks of each domain whether several sites have it. */
static void count_domains(struct map *out, const struct settling *settling)
{
	map_init(out, settling->reader->arena);
	for (size_t i = 0; i < settling->cluster->count; i++) {
		struct site_claim *claim = &settling->claims[i];
		bool is_there = map_has(out, claim->site->domain);

		if (!claim->is_out)
			map_set(out, claim->site->domain,
				is_there ? settling->cluster : (void *)claim);
	}
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

static void find_claims(struct list *out, const struct settling *settling)
{
	struct map domains;

	list_init(out, sizeof(struct version_sought));
	count_domains(&domains, settling);
	for (size_t i = 0; i < settling->cluster->count; i++) {
		struct site_claim *claim = &settling->claims[i];

		if (!claim->is_out && map_get(&domains, claim->site->domain) ==
					      (void *)settling->cluster)
			add_claim(out, claim, settling);
	}
}

/* --- since when --- */

/* Correct, and without what is claimed. Nothing is kept of what is read. */
static bool is_without(void *context, const struct version_sought *item,
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
	ok = cluster_read_site(&site, &reader, version->reader, file,
			       &ignored) &&
	     !has_lost(item->subject, site.domain);
	arena_release(&scratch);
	return ok;
}

static struct digest context_of(const struct settling *settling,
				const struct site_claim *claim)
{
	const str *lost = claim->lost.items;
	struct digest context = cluster_digest_settings(
		settling->cluster, settling->reader->snapshot);

	digest_add(&context, claim->site->domain);
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

static bool comes_first(const struct settling *settling,
			const struct site_claim *a, const struct site_claim *b)
{
	if (a->since != b->since)
		return a->since < b->since;
	return history_order(settling->reader->sources->history, a->site->file,
			     b->site->file) < 0;
}

/* struct site_claim * by domain. */
static void find_owners(struct map *out, const struct settling *settling,
			const struct list *items)
{
	const struct version_sought *all = items->items;

	map_init(out, settling->reader->arena);
	for (size_t i = 0; i < items->count; i++) {
		struct site_claim *claim = all[i].subject;
		struct site_claim *owner = map_get(out, claim->site->domain);

		claim->is_lost =
			owner != NULL && !comes_first(settling, claim, owner);
		if (claim->is_lost)
			continue;
		if (owner != NULL)
			owner->is_lost = true;
		map_set(out, claim->site->domain, claim);
	}
}

static void report(const struct site_claim *owner,
		   const struct site_claim *claim, struct diag_list *diags)
{
	struct diag *diag =
		diag_error(diags, claim->span, "site-twice",
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

	*(str *)list_add(&claim->lost, reader->arena) = claim->site->domain;
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
		report(map_get(&owners, claim->site->domain), claim,
		       reader->diags);
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
		claims[i].span = cluster->sites[i].domain_span;
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
