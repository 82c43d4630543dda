/*
 * Each unit belongs to one site: to the one that has had it for longest. The
 * others do not own it, and stay as they are. Since when is found in one walk
 * for all sites and all units that several of them have: each version of a
 * site.yaml is read once, and answers for every unit that it is without.
 */
#include "site/cluster_reader.h"

/* That a site has a unit which others have, too. */
struct unit_claim {
	struct site *site;
	int64_t since; /* when it got it, in half seconds */
	bool is_known;
};

struct contest {
	str unit;
	struct list claims; /* struct unit_claim * */
};

/* A site, and for which units it is not known yet since when. */
struct claimant {
	struct site *site;
	struct list open;   /* struct contest * */
	struct list claims; /* struct unit_claim *: at the same places */
};

struct settling {
	struct cluster *cluster;
	const struct cluster_reader *reader;
	struct map contests; /* struct contest * by unit */
};

/* --- who has claims --- */

static struct contest *contest_of(struct settling *settling, str unit)
{
	struct contest *contest = map_get(&settling->contests, unit);

	if (contest != NULL)
		return contest;
	contest = arena_alloc(settling->reader->arena, sizeof(*contest));
	contest->unit = unit;
	list_init(&contest->claims, sizeof(struct unit_claim *));
	map_set(&settling->contests, unit, contest);
	return contest;
}

static struct unit_claim **claims_of(const struct contest *contest)
{
	return contest->claims.items;
}

/* A site may name a unit twice. */
static void add_claim(struct settling *settling, struct site *site, str unit)
{
	struct arena *arena = settling->reader->arena;
	struct contest *contest = contest_of(settling, unit);
	size_t count = contest->claims.count;
	struct unit_claim *claim;

	if (count > 0 && claims_of(contest)[count - 1]->site == site)
		return;
	claim = arena_alloc(arena, sizeof(*claim));
	claim->site = site;
	*(struct unit_claim **)list_add(&contest->claims, arena) = claim;
}

static void list_claims(struct settling *settling)
{
	struct cluster *cluster = settling->cluster;

	map_init(&settling->contests, settling->reader->arena);
	for (size_t i = 0; i < cluster->count; i++) {
		struct site *site = &cluster->sites[i];

		for (size_t j = 0; j < site->units.count; j++)
			add_claim(settling, site, site->units.items[j]);
	}
}

static void open_claims(struct claimant *claimants,
			const struct settling *settling)
{
	struct arena *arena = settling->reader->arena;

	for (size_t i = 0; i < settling->contests.count; i++) {
		struct contest *contest = settling->contests.entries[i].value;

		for (size_t j = 0;
		     contest->claims.count > 1 && j < contest->claims.count;
		     j++) {
			struct unit_claim *claim = claims_of(contest)[j];
			struct claimant *claimant =
				&claimants[claim->site -
					   settling->cluster->sites];

			claimant->site = claim->site;
			*(struct contest **)list_add(&claimant->open, arena) =
				contest;
			*(struct unit_claim **)list_add(&claimant->claims,
							arena) = claim;
		}
	}
}

/* --- since when --- */

/*
 * Until that version they had it not, so they come after those that were
 * created by its commit.
 */
static void close_claims(struct claimant *claimant, const struct map *units,
			 struct moment time)
{
	struct contest **open = claimant->open.items;
	struct unit_claim **claims = claimant->claims.items;
	size_t left = 0;

	for (size_t i = 0; i < claimant->open.count; i++) {
		if (map_has(units, open[i]->unit)) {
			open[left] = open[i];
			claims[left++] = claims[i];
		} else if (time.is_set) {
			claims[i]->since = time.seconds * 2 + 1;
			claims[i]->is_known = true;
		}
	}
	claimant->open.count = left;
	claimant->claims.count = left;
}

/* Whether nothing is open any more. Nothing is kept of what is read. */
static bool closes_all(void *context, struct version_sought *item,
		       const struct version *version)
{
	const struct settling *settling = context;
	struct cluster_reader reader = *settling->reader;
	struct claimant *claimant = item->subject;
	struct arena scratch;
	struct diag_list ignored;
	struct site site;
	struct map units;

	arena_init(&scratch);
	reader.arena = &scratch;
	reader.unknown_types = NULL;
	diag_list_init_part(&ignored, &scratch, reader.diags);
	if (cluster_read_site(&site, &reader, version->reader,
			      snapshot_find(version->snapshot, item->path),
			      &ignored)) {
		map_init(&units, &scratch);
		for (size_t i = 0; i < site.units.count; i++)
			map_set(&units, site.units.items[i], &site);
		close_claims(claimant, &units, version->snapshot->time);
	}
	arena_release(&scratch);
	return claimant->open.count == 0;
}

/* What is never without it has had it since it was created. */
static void fill_rest(const struct settling *settling)
{
	const struct file_history *history = settling->reader->sources->history;

	for (size_t i = 0; i < settling->contests.count; i++) {
		const struct contest *contest =
			settling->contests.entries[i].value;

		for (size_t j = 0; j < contest->claims.count; j++) {
			struct unit_claim *claim = claims_of(contest)[j];

			if (claim->is_known)
				continue;
			claim->since =
				history_since(history, claim->site->file);
			if (claim->since != INT64_MAX)
				claim->since *= 2;
		}
	}
}

/* An answer for each unit has no place in the memory of searches. */
static void look_back(struct settling *settling)
{
	const struct cluster_reader *reader = settling->reader;
	struct cluster *cluster = settling->cluster;
	struct claimant *claimants =
		arena_array(reader->arena, cluster->count, sizeof(*claimants));
	struct version_search search = {
		.snapshot = reader->snapshot,
		.folder = reader->sources->folder,
		.offset = cluster->platform.offset,
		.items = arena_array(reader->arena, cluster->count,
				     sizeof(*search.items)),
		.context = settling,
		.key = version_key_bytes,
		.take = closes_all,
	};

	for (size_t i = 0; i < cluster->count; i++) {
		list_init(&claimants[i].open, sizeof(struct contest *));
		list_init(&claimants[i].claims, sizeof(struct unit_claim *));
	}
	open_claims(claimants, settling);
	for (size_t i = 0; i < cluster->count; i++) {
		struct version_sought *item = &search.items[search.count];

		if (claimants[i].open.count == 0)
			continue;
		item->file = claimants[i].site->file;
		item->path = snapshot_path(reader->snapshot, item->file);
		item->subject = &claimants[i];
		search.count++;
	}
	if (search.count == 0)
		return;
	version_search_run(&search, reader->arena);
	fill_rest(settling);
}

/* --- who keeps it --- */

static bool comes_first(const struct settling *settling,
			const struct unit_claim *a, const struct unit_claim *b)
{
	if (a->since != b->since)
		return a->since < b->since;
	return history_order(settling->reader->sources->history, a->site->file,
			     b->site->file) < 0;
}

static void report(const struct site *owner, const struct site *site, str unit,
		   struct diag_list *diags)
{
	struct diag *diag = diag_error(
		diags, site->units_span, "unit-twice",
		_("the unit “%.*s” belongs to the site “%.*s”, which had it "
		  "first: “%.*s” does not publish it"),
		STR_ARG(unit), STR_ARG(owner->id), STR_ARG(site->id));

	diag_help(diags, diag, _("take it out of “units” of one of the two"));
}

static void settle(struct settling *settling, const struct contest *contest)
{
	struct unit_claim **claims = claims_of(contest);
	const struct unit_claim *owner = claims[0];

	for (size_t i = 1; i < contest->claims.count; i++)
		if (comes_first(settling, claims[i], owner))
			owner = claims[i];
	for (size_t i = 0; i < contest->claims.count; i++)
		if (claims[i] != owner)
			report(owner->site, claims[i]->site, contest->unit,
			       settling->reader->diags);
	map_set(&settling->cluster->by_unit, contest->unit, owner->site);
}

void cluster_settle_units(struct cluster *cluster,
			  const struct cluster_reader *reader)
{
	struct settling settling = { .cluster = cluster, .reader = reader };

	list_claims(&settling);
	look_back(&settling);
	for (size_t i = 0; i < settling.contests.count; i++)
		settle(&settling, settling.contests.entries[i].value);
}
