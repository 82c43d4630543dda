/*
 * Lines are judged for one blob and one site when somebody asks: those of a
 * blob are a chain through the log, in the order of the commits. The roles that
 * counted before each are read when the log is: one look at a commit for each
 * state of sites/ in which somebody reviewed.
 */
#include "site/reviews.h"

#include "base/number.h"

enum { COMMIT_DIGITS = 10 }; /* in messages */

/* A site that asks. */
struct asker {
	const struct site *site;
	str path; /* of its roles.yaml */
	const struct roles *today;
	const struct roles **states; /* one a state of the log; or NULL */
	str last; /* the blob of `found`, while they are read */
	const struct roles *found; /* what counted in the state before */
	struct snapshot start;	   /* texts that count as reviewed */
};

struct reviews {
	struct arena *arena;
	const struct snapshot *snapshot;
	const struct cluster *cluster;
	const struct review_log *log;
	struct asker *askers; /* one a site of the cluster */
	struct map chains;    /* entry + 1, by blob: the first of it */
	uint32_t *next;	      /* one an entry: the next of its blob + 1 */
	bool *is_shared;      /* one an entry: its commit speaks of others */
	struct map copies;    /* blobs that several texts have */
	struct review_gate gate;
	struct list waiting; /* struct review_wait */
};

bool reviews_are_asked(const struct cluster *cluster)
{
	for (size_t i = 0; i < cluster->count; i++)
		if (cluster->sites[i].review != REVIEW_OFF)
			return true;
	return false;
}

/* --- who asks ------------------------------------------------------------- */

/* "content/jyj/x.md" -> the site that has the unit "jyj". */
static const struct site *owner_of(const struct reviews *reviews, str path)
{
	str unit;

	if (!snapshot_is_resource(path) || !str_take(&path, STR("content/")))
		return NULL;
	return str_split_next(&path, '/', &unit)
		       ? cluster_owner(reviews->cluster, unit)
		       : NULL;
}

const struct site *reviews_asker(const struct reviews *reviews, str path)
{
	const struct site *site =
		reviews == NULL ? NULL : owner_of(reviews, path);

	return site == NULL || site->review == REVIEW_OFF ? NULL : site;
}

static const struct asker *asker_of(const struct reviews *reviews,
				    const struct site *site)
{
	return &reviews->askers[site - reviews->cluster->sites];
}

const struct roles *reviews_roles(const struct reviews *reviews,
				  const struct site *site)
{
	return asker_of(reviews, site)->today;
}

/* --- lines ---------------------------------------------------------------- */

static uint32_t first_of(const struct reviews *reviews, const uint8_t *blob)
{
	str key = { (const char *)blob, SNAPSHOT_ID_SIZE };

	return (uint32_t)(uintptr_t)map_get(&reviews->chains, key);
}

static const struct review_entry *entry_at(const struct reviews *reviews,
					   uint32_t number)
{
	return (const struct review_entry *)reviews->log->entries.items +
	       number - 1;
}

/* Is the line by the one it names, and did he have the role then? */
static bool is_by_role(const struct asker *asker,
		       const struct review_entry *entry)
{
	const struct roles *roles = asker->states[entry->state];
	enum role role = role_find(entry->role);

	return str_equal_ignoring_case(entry->mail, entry->author) &&
	       roles != NULL && role != ROLE_COUNT && role != ROLE_WRITER &&
	       roles_has(roles, entry->mail, role);
}

/* Has he reviewed the text before, be it too early? */
static bool is_reviewer(const struct reviews *reviews,
			const struct asker *asker,
			const struct review_entry *publisher)
{
	for (uint32_t i = first_of(reviews, publisher->blob); i != 0;
	     i = reviews->next[i - 1]) {
		const struct review_entry *entry = entry_at(reviews, i);

		if (entry == publisher)
			break;
		if (role_find(entry->role) < ROLE_PUBLISHER &&
		    str_equal_ignoring_case(entry->mail, publisher->mail) &&
		    is_by_role(asker, entry))
			return true;
	}
	return false;
}

/* FLAW_COUNT: it counts. */
static enum review_flaw flaw_of(const struct reviews *reviews,
				const struct asker *asker,
				const struct review_entry *entry,
				unsigned taken)
{
	enum role role = role_find(entry->role);
	unsigned before;

	if (!str_equal_ignoring_case(entry->mail, entry->author))
		return FLAW_AUTHOR;
	if (!is_by_role(asker, entry))
		return FLAW_ROLE;
	before = asker->states[entry->state]->steps & (role_bit(role) - 1);
	if ((taken & before) != before)
		return FLAW_ORDER;
	if (role == ROLE_PUBLISHER && is_reviewer(reviews, asker, entry))
		return FLAW_SAME;
	return FLAW_COUNT;
}

static void take_line(struct review_verdict *out, const struct reviews *reviews,
		      const struct asker *asker,
		      const struct review_entry *entry)
{
	const struct roles *roles = asker->states[entry->state];
	enum role role = role_find(entry->role);
	enum review_flaw flaw = flaw_of(reviews, asker, entry, out->taken);

	if (flaw < FLAW_COUNT) {
		out->flaws[flaw] = entry;
		return;
	}
	out->taken |= role_bit(role);
	out->last = entry->seconds;
	if (role != ROLE_PUBLISHER)
		out->reviewed = entry->seconds;
	out->is_whole |= (out->taken & roles->steps) == roles->steps;
}

static enum role next_step(const struct roles *roles, unsigned taken)
{
	enum role role = ROLE_FIRST;

	if (roles == NULL)
		return ROLE_COUNT;
	while (role < ROLE_COUNT && ((roles->steps & role_bit(role)) == 0 ||
				     (taken & role_bit(role)) != 0))
		role++;
	return role;
}

void reviews_judge(struct review_verdict *out, const struct reviews *reviews,
		   const struct site *site, const uint8_t *blob)
{
	const struct asker *asker = asker_of(reviews, site);

	*out = (struct review_verdict){ .reviewed = INT64_MIN,
					.last = INT64_MIN };
	for (uint32_t i = first_of(reviews, blob); i != 0;
	     i = reviews->next[i - 1]) {
		take_line(out, reviews, asker, entry_at(reviews, i));
		out->is_shared |= reviews->is_shared[i - 1];
	}
	out->is_shared |= map_has(&reviews->copies, (str){ (const char *)blob,
							   SNAPSHOT_ID_SIZE });
	out->next = out->is_whole ? ROLE_COUNT
				  : next_step(asker->today, out->taken);
}

bool reviews_is_older(const struct reviews *reviews, str path, str blob)
{
	const struct site *site = reviews_asker(reviews, path);
	const struct snapshot *start;
	size_t file;

	if (site == NULL || site->review_since.len == 0)
		return false;
	start = &asker_of(reviews, site)->start;
	file = start->count == 0 ? STR_NONE : snapshot_find(start, path);
	return file != STR_NONE && str_equal(snapshot_blob(start, file), blob);
}

/* --- what the library asks ------------------------------------------------ */

static bool asks(void *context, str path)
{
	return reviews_asker(context, path) != NULL;
}

/* What came before the first commit that counts was not reviewed anywhere. */
static bool is_from_before(const struct reviews *reviews,
			   const struct site *site, str commit)
{
	return commit.len > 0 && site->review_since.len > 0 &&
	       asker_of(reviews, site)->start.count > 0 &&
	       review_log_is_before(reviews->snapshot, commit,
				    site->review_since);
}

static bool passes(void *context, str path, str blob, str commit)
{
	const struct reviews *reviews = context;
	const struct site *site = reviews_asker(reviews, path);
	struct review_verdict verdict;

	reviews_judge(&verdict, reviews, site, (const uint8_t *)blob.data);
	return verdict.is_whole || reviews_is_older(reviews, path, blob) ||
	       is_from_before(reviews, site, commit);
}

static void add_flaws(struct buf *out, const struct review_verdict *verdict)
{
	for (size_t i = 0; i < FLAW_COUNT; i++)
		if (verdict->flaws[i] != NULL)
			buf_printf(out, "; %.*s",
				   STR_ARG(review_flaw_text((enum review_flaw)i,
							    verdict->flaws[i],
							    out->arena)));
}

static const char *step_title(const struct review_verdict *verdict)
{
	return verdict->next == ROLE_COUNT ? _("review")
					   : role_title(verdict->next);
}

/* The line that takes the next step, as it is written. */
static void add_line(struct buf *out, const struct review_verdict *verdict,
		     str blob)
{
	if (verdict->next == ROLE_COUNT)
		buf_add(out, str_from_c(_("roles.yaml says who reviews")));
	else
		buf_printf(out,
			   _("a commit by who has the role takes it, with the "
			     "line: Reviewed-by: %s <MAIL> %.*s"),
			   role_names[verdict->next],
			   STR_ARG(review_id_text((const uint8_t *)blob.data,
						  out->arena)));
}

static struct diag *warn(const struct version_sought *item,
			 const struct review_verdict *verdict,
			 struct diag_list *diags)
{
	str commit = str_between(item->commit, 0, COMMIT_DIGITS);

	return item->is_found
		       ? diag_warning(diags, span_none(), "review-waiting",
				      _("readers see this as it was in commit "
					"%.*s: what is written now waits for "
					"%s"),
				      STR_ARG(commit), step_title(verdict))
		       : diag_warning(diags, span_none(), "review-waiting",
				      _("readers see nothing of this: it waits "
					"for %s"),
				      step_title(verdict));
}

static void tell(const struct reviews *reviews,
		 const struct version_sought *item, struct diag_list *diags)
{
	const struct site *site = reviews_asker(reviews, item->path);
	str blob = snapshot_blob(reviews->snapshot, item->file);
	struct review_verdict verdict;
	struct buf help;
	struct diag *diag;

	reviews_judge(&verdict, reviews, site, (const uint8_t *)blob.data);
	diag = warn(item, &verdict, diags);
	diag->path = item->path;
	buf_init(&help, diags->arena);
	add_line(&help, &verdict, blob);
	if (reviews->log->end != VERSION_END_FIRST)
		buf_printf(&help, "; %s", version_none_help(reviews->log->end));
	add_flaws(&help, &verdict);
	diag_help(diags, diag, "%.*s", STR_ARG(buf_str(&help)));
}

static void wait(void *context, const struct version_sought *item, bool is_down,
		 struct diag_list *diags)
{
	struct reviews *reviews = context;
	struct review_wait *found = list_add(&reviews->waiting, reviews->arena);

	*found = (struct review_wait){
		.file = item->file,
		.is_shown = item->is_found,
		.is_down = is_down,
		.shown = item->is_found
				 ? arena_copy(reviews->arena, item->commit)
				 : STR(""),
	};
	if (!is_down)
		tell(reviews, item, diags);
}

const struct review_gate *reviews_gate(const struct reviews *reviews)
{
	return reviews == NULL ? NULL : &reviews->gate;
}

const struct list *reviews_waiting(const struct reviews *reviews)
{
	return &reviews->waiting;
}

const struct review_wait *reviews_wait_of(const struct reviews *reviews,
					  uint32_t file)
{
	const struct review_wait *items = reviews->waiting.items;

	for (size_t i = 0; i < reviews->waiting.count; i++)
		if (items[i].file == file)
			return &items[i];
	return NULL;
}

str review_flaw_text(enum review_flaw flaw, const struct review_entry *entry,
		     struct arena *arena)
{
	enum { DIGITS = 10 };
	str commit =
		str_between(review_id_text(entry->commit, arena), 0, DIGITS);

	switch (flaw) {
	case FLAW_AUTHOR:
		return arena_printf(
			arena,
			_("in commit %.*s, which is by somebody "
			  "else, stands the name of %.*s as “%.*s”"),
			STR_ARG(commit), STR_ARG(entry->mail),
			STR_ARG(entry->role));
	case FLAW_ROLE:
		return arena_printf(arena,
				    _("in commit %.*s %.*s did not have the "
				      "role “%.*s”"),
				    STR_ARG(commit), STR_ARG(entry->mail),
				    STR_ARG(entry->role));
	case FLAW_ORDER:
		return arena_printf(arena,
				    _("in commit %.*s %.*s was too early as "
				      "“%.*s”: a step before it was missing"),
				    STR_ARG(commit), STR_ARG(entry->mail),
				    STR_ARG(entry->role));
	case FLAW_SAME:
	case FLAW_COUNT:
		break;
	}
	return arena_printf(arena,
			    _("in commit %.*s %.*s published what he or she "
			      "had reviewed"),
			    STR_ARG(commit), STR_ARG(entry->mail));
}

/* --- reading: roles ------------------------------------------------------- */

struct roles_reading {
	struct reviews *reviews;
	struct version_walk *walk;
	struct arena talk; /* mistakes of the past are no message of today */
	struct diag_list *diags;
};

static bool wants_roles(void *context, str path)
{
	(void)context;
	return str_equal(path, STR("sites/")) ||
	       (str_starts_with(path, STR("sites/")) &&
		(str_ends_with(path, STR("/")) ||
		 str_ends_with(path, STR("/roles.yaml"))));
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

static void read_state(struct roles_reading *reading, uint32_t number)
{
	struct reviews *reviews = reading->reviews;
	const struct review_state *states = reviews->log->states.items;
	struct snapshot *snapshot =
		arena_alloc(reviews->arena, sizeof(*snapshot));
	struct snapshot_reader *reader = NULL;
	str commit = review_id_text(states[number].commit, reviews->arena);

	if (version_walk_look(snapshot, reading->walk, commit))
		reader = snapshot_reader_open(snapshot, reading->diags);
	for (size_t i = 0; i < reviews->cluster->count; i++) {
		struct asker *asker = &reviews->askers[i];

		if (asker->site->review == REVIEW_OFF)
			continue;
		if (reader == NULL)
			asker->found = NULL;
		else
			find_roles(reading, asker, snapshot, reader);
		asker->states[number] = asker->found;
	}
	snapshot_reader_close(reader);
}

static void read_states(struct roles_reading *reading)
{
	const struct review_log *log = reading->reviews->log;
	const struct review_entry *entries = log->entries.items;
	bool *is_read =
		arena_array(reading->reviews->arena, log->states.count + 1, 1);

	for (size_t i = 0; i < log->entries.count; i++)
		if (!is_read[entries[i].state]) {
			is_read[entries[i].state] = true;
			read_state(reading, entries[i].state);
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

/* With mistakes the roles of the last review go on. */
static void read_today(struct reviews *reviews, struct asker *asker,
		       struct snapshot_reader *reader, struct diag_list *diags)
{
	size_t file = snapshot_find(reviews->snapshot, asker->path);

	if (file == STR_NONE)
		report_no_roles(asker, diags);
	else
		asker->today = read_file(reviews, reader, file, diags);
	if (file != STR_NONE && asker->today == NULL)
		asker->today = asker->found;
}

static bool read_roles(struct reviews *reviews, struct diag_list *diags)
{
	struct roles_reading reading = { .reviews = reviews, .diags = diags };
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
	read_states(&reading);
	version_walk_close(reading.walk);
	for (size_t i = 0; i < reviews->cluster->count; i++)
		if (reviews->askers[i].site->review != REVIEW_OFF)
			read_today(reviews, &reviews->askers[i], reader, diags);
	arena_release(&reading.talk);
	snapshot_reader_close(reader);
	return !diags->failed;
}

/* --- reading: what was there before --------------------------------------- */

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

/* --- reading: lines ------------------------------------------------------- */

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
	for (size_t i = 0; i < reviews->cluster->count; i++)
		digest_add(&digest, reviews->cluster->sites[i].review_since);
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
		asker->states =
			arena_array(arena, sources->log->states.count + 1,
				    sizeof(const struct roles *));
		read_start(reviews, asker, diags);
	}
	chain_lines(reviews);
	find_copies(reviews);
	reviews->gate = (struct review_gate){ .context = reviews,
					      .digest = digest_of_all(reviews),
					      .asks = asks,
					      .passes = passes,
					      .wait = wait };
	return read_roles(reviews, diags);
}
