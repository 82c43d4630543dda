/*
 * Lines are judged for one blob and one site when somebody asks: those of a
 * blob are a chain through the log, in the order of the commits.
 */
#include "site/reviews_state.h"

enum { COMMIT_DIGITS = 10 }; /* in messages */

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

const struct site *reviews_guarded(const struct cluster *cluster, str path)
{
	static const char *const names[] = { "roles.yaml", "allowed_signers",
					     "signers/" };
	str id;

	if (!str_take(&path, STR("sites/")) || !str_split_next(&path, '/', &id))
		return NULL;
	for (size_t i = 0; i < cluster->count; i++) {
		const struct site *site = &cluster->sites[i];

		for (size_t k = 0; k < COUNT_OF(names); k++)
			if (site->review != REVIEW_OFF &&
			    str_equal(site->id, id) &&
			    (str_equal_c(path, names[k]) ||
			     (str_ends_with(str_from_c(names[k]), STR("/")) &&
			      str_starts_with(path, str_from_c(names[k])))))
				return site;
	}
	return NULL;
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

/* Signed, where its site asks for that. */
static bool is_signed(const struct reviews *reviews, const struct asker *asker,
		      const struct review_entry *entry)
{
	const struct review_entry *entries = reviews->log->entries.items;

	return asker->is_signed == NULL || asker->is_signed[entry - entries];
}

/* Has he reviewed the text before that line, be it too early? NULL: ever. */
static bool is_reviewer(const struct reviews *reviews,
			const struct asker *asker, const uint8_t *blob,
			str mail, const struct review_entry *before)
{
	for (uint32_t i = first_of(reviews, blob); i != 0;
	     i = reviews->next[i - 1]) {
		const struct review_entry *entry = entry_at(reviews, i);

		if (entry == before)
			break;
		if (role_find(entry->role) < ROLE_PUBLISHER &&
		    str_equal_ignoring_case(entry->mail, mail) &&
		    is_by_role(asker, entry) &&
		    is_signed(reviews, asker, entry))
			return true;
	}
	return false;
}

/* Whatever was done about the text before. */
static enum review_flaw line_flaw(const struct reviews *reviews,
				  const struct asker *asker,
				  const struct review_entry *entry)
{
	if (!str_equal_ignoring_case(entry->mail, entry->author))
		return FLAW_AUTHOR;
	if (!is_by_role(asker, entry))
		return FLAW_ROLE;
	return is_signed(reviews, asker, entry) ? FLAW_COUNT : FLAW_KEY;
}

enum review_flaw reviews_line_flaw(const struct reviews *reviews,
				   const struct review_entry *entry)
{
	enum review_flaw nearest = FLAW_AUTHOR;

	for (size_t i = 0; i < reviews->cluster->count; i++) {
		const struct asker *asker = &reviews->askers[i];
		enum review_flaw flaw;

		if (asker->site->review == REVIEW_OFF)
			continue;
		flaw = line_flaw(reviews, asker, entry);
		nearest = flaw > nearest ? flaw : nearest;
	}
	return nearest;
}

/* FLAW_COUNT: it counts. */
static enum review_flaw flaw_of(const struct reviews *reviews,
				const struct asker *asker,
				const struct review_entry *entry,
				unsigned taken)
{
	enum review_flaw flaw = line_flaw(reviews, asker, entry);
	enum role role = role_find(entry->role);
	unsigned before;

	if (flaw != FLAW_COUNT)
		return flaw;
	before = asker->states[entry->state]->steps & (role_bit(role) - 1);
	if ((taken & before) != before)
		return FLAW_ORDER;
	if (role == ROLE_PUBLISHER &&
	    is_reviewer(reviews, asker, entry->blob, entry->mail, entry))
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

void reviews_judge_lines(struct review_verdict *out,
			 const struct reviews *reviews, const struct site *site,
			 const uint8_t *blob, const struct line_filter *filter)
{
	const struct asker *asker = asker_of(reviews, site);

	*out = (struct review_verdict){ .reviewed = INT64_MIN,
					.last = INT64_MIN };
	for (uint32_t i = first_of(reviews, blob); i != 0;
	     i = reviews->next[i - 1]) {
		const struct review_entry *entry = entry_at(reviews, i);

		if (filter != NULL && !filter->takes(filter->context, entry))
			continue;
		take_line(out, reviews, asker, entry);
		out->is_shared |= reviews->is_shared[i - 1];
	}
	out->is_shared |= map_has(&reviews->copies, (str){ (const char *)blob,
							   SNAPSHOT_ID_SIZE });
	out->next = out->is_whole ? ROLE_COUNT
				  : next_step(asker->today, out->taken);
}

void reviews_judge(struct review_verdict *out, const struct reviews *reviews,
		   const struct site *site, const uint8_t *blob)
{
	reviews_judge_lines(out, reviews, site, blob, NULL);
}

void reviews_judge_wait(struct review_verdict *out,
			const struct reviews *reviews, const struct site *site,
			const uint8_t *blob, const struct review_wait *wait)
{
	if (wait != NULL && wait->beside != NULL)
		*out = *wait->beside;
	else
		reviews_judge(out, reviews, site, blob);
}

void reviews_lines_of(struct list *out, const struct reviews *reviews,
		      const uint8_t *blob, struct arena *arena)
{
	for (uint32_t i = first_of(reviews, blob); i != 0;
	     i = reviews->next[i - 1])
		*(const struct review_entry **)list_add(out, arena) =
			entry_at(reviews, i);
}

const struct snapshot *reviews_start_of(const struct reviews *reviews,
					const struct site *site)
{
	return &asker_of(reviews, site)->start;
}

enum review_flaw reviews_would_be(const struct reviews *reviews,
				  const struct site *site, const uint8_t *blob,
				  const struct review_wait *wait, str mail,
				  enum role role)
{
	const struct asker *asker = asker_of(reviews, site);
	const struct roles *roles = asker->today;
	struct review_verdict verdict;
	unsigned before;

	if (roles == NULL || !roles_has(roles, mail, role))
		return FLAW_ROLE;
	reviews_judge_wait(&verdict, reviews, site, blob, wait);
	before = roles->steps & (role_bit(role) - 1);
	if ((verdict.taken & before) != before)
		return FLAW_ORDER;
	if (role == ROLE_PUBLISHER &&
	    is_reviewer(reviews, asker, blob, mail, NULL))
		return FLAW_SAME;
	return FLAW_COUNT;
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
			   _("who has the role looks at it (jiyue review diff) "
			     "and takes the step: jiyue review approve, which "
			     "writes the line Reviewed-by: %s <MAIL> %.*s"),
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

struct review_wait *reviews_add_wait(struct reviews *reviews, uint32_t file)
{
	struct review_wait *found = list_add(&reviews->waiting, reviews->arena);

	*found = (struct review_wait){ .file = file, .shown = STR("") };
	list_init(&found->held, sizeof(uint32_t));
	if (reviews->waits == NULL)
		reviews->waits =
			arena_array(reviews->arena, reviews->snapshot->count,
				    sizeof(*reviews->waits));
	reviews->waits[file] = (uint32_t)reviews->waiting.count;
	return found;
}

static void wait(void *context, const struct version_sought *item, bool is_down,
		 struct diag_list *diags)
{
	struct reviews *reviews = context;
	struct review_wait *found = reviews_add_wait(reviews, item->file);

	found->is_shown = item->is_found;
	found->is_down = is_down;
	if (item->is_found)
		found->shown = arena_copy(reviews->arena, item->commit);
	if (!is_down)
		tell(reviews, item, diags);
}

void reviews_answer(struct reviews *reviews, struct digest digest)
{
	reviews->gate = (struct review_gate){ .context = reviews,
					      .digest = digest,
					      .asks = asks,
					      .passes = passes,
					      .wait = wait };
}

const struct review_gate *reviews_gate(const struct reviews *reviews)
{
	return reviews == NULL ? NULL : &reviews->gate;
}

const struct snapshot *reviews_written(const struct reviews *reviews)
{
	return reviews->snapshot;
}

const struct list *reviews_waiting(const struct reviews *reviews)
{
	return &reviews->waiting;
}

const struct review_wait *reviews_wait_of(const struct reviews *reviews,
					  uint32_t file)
{
	const struct review_wait *items = reviews->waiting.items;
	uint32_t place = reviews->waits == NULL ? 0 : reviews->waits[file];

	return place == 0 ? NULL : &items[place - 1];
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
	case FLAW_KEY:
		return arena_printf(arena,
				    _("commit %.*s is not signed by a key that "
				      "%.*s had in allowed_signers before it"),
				    STR_ARG(commit), STR_ARG(entry->mail));
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
