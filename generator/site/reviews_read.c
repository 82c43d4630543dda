/*
 * The roles that counted before a line are read when the log is: one look at a
 * commit for each state of sites/ in which somebody reviewed. The lines of a
 * blob become a chain, so that judging one reads no others.
 */
#include "base/sha256.h"
#include "site/reviews_state.h"

/* --- roles ---------------------------------------------------------------- */

struct roles_reading {
	struct reviews *reviews;
	struct version_walk *walk;
	struct arena talk; /* mistakes of the past are no message of today */
	bool is_known;	   /* which lines are signed */
	struct diag_list *diags;
};

static bool wants_roles(void *context, str path)
{
	(void)context;
	return str_equal(path, STR("sites/")) ||
	       (str_starts_with(path, STR("sites/")) &&
		(str_ends_with(path, STR("/")) ||
		 str_ends_with(path, STR("/roles.yaml")) ||
		 str_ends_with(path, STR("/allowed_signers")) ||
		 str_ends_with(path, STR(".gpg"))));
}

/* NULL after mistakes, or when the file is not there. */
static const struct roles *read_file(const struct reviews *reviews,
				     struct snapshot_reader *reader,
				     size_t file, struct diag_list *diags)
{
	struct roles *roles = arena_alloc(reviews->arena, sizeof(*roles));
	struct source source;

	return file != STR_NONE &&
			       snapshot_read_text(&source, reader, file,
						  reviews->arena, diags) &&
			       roles_read(roles, &source,
					  reviews->cluster->platform.offset,
					  reviews->arena, diags)
		       ? roles
		       : NULL;
}

/* One with mistakes leaves in force what counted before; one gone does not. */
static void find_roles(struct roles_reading *reading, struct asker *asker,
		       const struct snapshot *snapshot,
		       struct snapshot_reader *reader)
{
	size_t file = snapshot_find(snapshot, asker->path);
	const struct roles *found;
	struct diag_list ignored;

	if (file == STR_NONE) {
		asker->found = NULL;
		asker->last = STR("");
		return;
	}
	if (str_equal(asker->last, snapshot_blob(snapshot, file)))
		return;
	diag_list_init(&ignored, &reading->talk);
	found = read_file(reading->reviews, reader, file, &ignored);
	arena_reset(&reading->talk);
	asker->last = snapshot_blob(snapshot, file);
	if (found != NULL)
		asker->found = found;
}

/* What a site had in a state, and which lines are signed by that. */
static void read_asker(struct roles_reading *reading, struct asker *asker,
		       const struct sign_input *input, uint32_t number)
{
	if (input->reader == NULL)
		asker->found = NULL;
	else
		find_roles(reading, asker, input->snapshot, input->reader);
	asker->states[number] = asker->found;
	if (asker->is_signed != NULL && input->reader != NULL)
		reading->is_known &= reviews_sign(input, asker);
}

/* The lines [first, behind) are those of one state. */
static void read_state(struct roles_reading *reading, size_t first,
		       size_t behind)
{
	struct reviews *reviews = reading->reviews;
	const struct review_entry *entries = reviews->log->entries.items;
	const struct review_state *states = reviews->log->states.items;
	struct snapshot *snapshot =
		arena_alloc(reviews->arena, sizeof(*snapshot));
	uint32_t number = entries[first].state;
	str commit = review_id_text(states[number].commit, reviews->arena);
	struct sign_input input = { .reviews = reviews,
				    .snapshot = snapshot,
				    .first = first,
				    .behind = behind,
				    .diags = reading->diags };

	if (version_walk_look(snapshot, reading->walk, commit))
		input.reader = snapshot_reader_open(snapshot, reading->diags);
	for (size_t i = 0; i < reviews->cluster->count; i++)
		if (reviews->askers[i].site->review != REVIEW_OFF)
			read_asker(reading, &reviews->askers[i], &input,
				   number);
	snapshot_reader_close(input.reader);
}

/* Lines of one state follow each other, as commits do. */
static void read_states(struct roles_reading *reading)
{
	const struct review_log *log = reading->reviews->log;
	const struct review_entry *entries = log->entries.items;
	size_t first = 0;

	for (size_t i = 1; i <= log->entries.count; i++)
		if (i == log->entries.count ||
		    entries[i].state != entries[first].state) {
			read_state(reading, first, i);
			first = i;
		}
}

static void report_no_roles(const struct asker *asker, struct diag_list *diags)
{
	struct diag *diag =
		diag_error(diags, asker->site->review_span, "roles-missing",
			   _("this site publishes what was reviewed, and has "
			     "no %.*s that says by whom"),
			   STR_ARG(asker->path));

	diag->cost = _("costs what is new of this site");
	diag_help(diags, diag, "%s",
		  _("jiyue help settings shows what stands in it; until then "
		    "nothing new of the site is published"));
}

/* OpenPGP alone needs no file of signers. */
static void check_keys(const struct reviews *reviews, const struct asker *asker,
		       struct diag_list *diags)
{
	str path = arena_printf(reviews->arena, "sites/%.*s/allowed_signers",
				STR_ARG(asker->site->id));
	str folder = arena_printf(reviews->arena, "sites/%.*s/signers/",
				  STR_ARG(asker->site->id));
	struct diag *diag;
	size_t first, behind;

	snapshot_range(reviews->snapshot, folder, &first, &behind);
	if (first < behind ||
	    snapshot_find(reviews->snapshot, path) != STR_NONE)
		return;
	diag = diag_error(diags, asker->site->review_span, "signers-missing",
			  _("this site publishes what was reviewed and signed, "
			    "and has no %.*s that says by which keys"),
			  STR_ARG(path));
	diag->cost = _("costs what is new of this site");
	diag_help(diags, diag, "%s",
		  _("a line a person: MAIL ssh-ed25519 AAAA…, as in the .pub "
		    "file of the key; it counts for commits after the one that "
		    "brings it in"));
}

/* With mistakes the roles of the last review go on. */
static void read_today(struct reviews *reviews, struct asker *asker,
		       struct snapshot_reader *reader, struct diag_list *diags)
{
	size_t file = snapshot_find(reviews->snapshot, asker->path);

	if (asker->is_signed != NULL)
		check_keys(reviews, asker, diags);
	if (file == STR_NONE)
		report_no_roles(asker, diags);
	else
		asker->today = read_file(reviews, reader, file, diags);
	if (file != STR_NONE && asker->today == NULL)
		asker->today = asker->found;
}

static bool read_roles(struct reviews *reviews, struct diag_list *diags)
{
	struct roles_reading reading = { .reviews = reviews,
					 .is_known = true,
					 .diags = diags };
	const struct version_walk_options options = {
		.snapshot = reviews->snapshot,
		.wants = wants_roles,
	};
	struct snapshot_reader *reader =
		snapshot_reader_open(reviews->snapshot, diags);

	if (reader == NULL)
		return false;
	arena_init(&reading.talk);
	reading.walk = version_walk_open(&options, reviews->arena);
	reviews->sums = sha256_open();
	read_states(&reading);
	sha256_close(reviews->sums);
	version_walk_close(reading.walk);
	for (size_t i = 0; i < reviews->cluster->count; i++)
		if (reviews->askers[i].site->review != REVIEW_OFF)
			read_today(reviews, &reviews->askers[i], reader, diags);
	arena_release(&reading.talk);
	snapshot_reader_close(reader);
	return reading.is_known && !diags->failed;
}

/* --- what was there before ------------------------------------------------ */

static bool wants_texts(void *context, str path)
{
	const struct site *site = context;

	if (str_equal(path, STR("content/")))
		return true;
	if (!str_take(&path, STR("content/")))
		return false;
	for (size_t i = 0; i < site->units.count; i++) {
		str rest = path;

		if (str_take(&rest, site->units.items[i]) &&
		    str_at(rest, 0) == '/')
			return true;
	}
	return false;
}

static void report_since(const struct site *site, struct diag_list *diags)
{
	struct diag *diag = diag_error(diags, site->review_span, "review-since",
				       _("“%.*s” is no commit of this history"),
				       STR_ARG(site->review_since));

	diag->cost = _("costs what was there before");
	diag_help(diags, diag, "%s",
		  _("write the 40 digits that git rev-parse HEAD prints, in "
		    "quotation marks; until then only what was reviewed is "
		    "published"));
}

static void read_start(struct reviews *reviews, struct asker *asker,
		       struct diag_list *diags)
{
	const struct site *site = asker->site;
	const struct version_walk_options options = {
		.snapshot = reviews->snapshot,
		.context = (void *)site,
		.wants = wants_texts,
	};
	struct version_walk *walk;

	if (site->review == REVIEW_OFF || site->review_since.len == 0 ||
	    reviews->log->end == VERSION_END_NOTHING)
		return;
	walk = version_walk_open(&options, reviews->arena);
	if (!review_log_is_before(reviews->snapshot, site->review_since,
				  reviews->snapshot->revision) ||
	    !version_walk_look(&asker->start, walk, site->review_since)) {
		asker->start = (struct snapshot){ 0 };
		report_since(site, diags);
	}
	version_walk_close(walk);
}

/* --- lines ---------------------------------------------------------------- */

static bool is_same(const uint8_t *a, const uint8_t *b)
{
	return memcmp(a, b, SNAPSHOT_ID_SIZE) == 0;
}

/* The lines of a commit follow each other. */
static void mark_shared(struct reviews *reviews, size_t first, size_t behind)
{
	const struct review_entry *entries = reviews->log->entries.items;
	bool is_shared = false;

	for (size_t i = first + 1; i < behind; i++)
		is_shared |= !is_same(entries[i].blob, entries[first].blob);
	for (size_t i = first; i < behind; i++)
		reviews->is_shared[i] = is_shared;
}

static void chain_lines(struct reviews *reviews)
{
	const struct review_log *log = reviews->log;
	const struct review_entry *entries = log->entries.items;
	size_t count = log->entries.count;
	size_t first = 0;

	reviews->next =
		arena_array(reviews->arena, count + 1, sizeof(*reviews->next));
	reviews->is_shared = arena_array(reviews->arena, count + 1, 1);
	map_init(&reviews->chains, reviews->arena);
	map_reserve(&reviews->chains, count);
	for (size_t i = count; i > 0; i--) {
		str key = { (const char *)entries[i - 1].blob,
			    SNAPSHOT_ID_SIZE };

		reviews->next[i - 1] =
			(uint32_t)(uintptr_t)map_get(&reviews->chains, key);
		map_set(&reviews->chains, key, (void *)(uintptr_t)i);
	}
	for (size_t i = 1; i <= count; i++)
		if (i == count ||
		    !is_same(entries[i].commit, entries[first].commit)) {
			mark_shared(reviews, first, i);
			first = i;
		}
}

static void find_copies(struct reviews *reviews)
{
	const struct snapshot *snapshot = reviews->snapshot;
	struct arena scratch;
	struct map seen;
	size_t first, behind;

	arena_init(&scratch);
	map_init(&seen, &scratch);
	map_init(&reviews->copies, reviews->arena);
	snapshot_range(snapshot, STR("content/"), &first, &behind);
	for (; first < behind; first++) {
		str blob = snapshot_blob(snapshot, first);

		if (reviews_asker(reviews, snapshot_path(snapshot, first)) ==
			    NULL ||
		    map_add(&seen, blob, reviews))
			continue;
		map_set(&reviews->copies, blob, reviews);
	}
	arena_release(&scratch);
}

/* Whatever is said later about anything: a search is begun anew. */
static struct digest digest_of_all(const struct reviews *reviews)
{
	const struct review_entry *entries = reviews->log->entries.items;
	struct digest digest = { 0 };

	for (size_t i = 0; i < reviews->log->entries.count; i++) {
		digest_add(&digest, (str){ (const char *)entries[i].commit,
					   SNAPSHOT_ID_SIZE });
		digest_add(&digest, entries[i].role);
	}
	for (size_t i = 0; i < reviews->cluster->count; i++) {
		const struct site *site = &reviews->cluster->sites[i];

		digest_add(&digest, site->review_since);
		digest_add_number(&digest, (uint64_t)site->review);
	}
	return digest;
}

bool reviews_read(struct reviews **out, const struct reviews_sources *sources,
		  struct arena *arena, struct diag_list *diags)
{
	struct reviews *reviews = arena_alloc(arena, sizeof(*reviews));
	const struct cluster *cluster = sources->cluster;

	*reviews = (struct reviews){ .arena = arena,
				     .snapshot = sources->snapshot,
				     .cluster = cluster,
				     .log = sources->log };
	*out = reviews;
	list_init(&reviews->waiting, sizeof(struct review_wait));
	if (!review_log_read(sources->log, sources->snapshot, diags))
		return false;
	reviews->askers =
		arena_array(arena, cluster->count, sizeof(*reviews->askers));
	for (size_t i = 0; i < cluster->count; i++) {
		struct asker *asker = &reviews->askers[i];

		asker->site = &cluster->sites[i];
		asker->path = arena_printf(arena, "sites/%.*s/roles.yaml",
					   STR_ARG(asker->site->id));
		if (asker->site->review == REVIEW_SIGNED)
			asker->is_signed = arena_array(
				arena, sources->log->entries.count + 1, 1);
		asker->states =
			arena_array(arena, sources->log->states.count + 1,
				    sizeof(const struct roles *));
		read_start(reviews, asker, diags);
	}
	chain_lines(reviews);
	find_copies(reviews);
	reviews_answer(reviews, digest_of_all(reviews));
	return read_roles(reviews, diags);
}
