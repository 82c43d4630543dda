/*
 * A commit costs its own object and no tree: only where one speaks of reviews,
 * the tree of the commit before it says which settings counted. What was said
 * does not change with later commits, so the log of the last build is gone on
 * with, and a build after one commit reads one commit.
 *
 * A trailer is ours when its first word is followed by an address in angle
 * brackets and the 40 digits of a blob. Others ("Reviewed-by: Name <mail>") are
 * of the people who look at programs; they say nothing of a text.
 */
#include "snapshot/review_log.h"

#include <strings.h>

#include <git2/graph.h>
#include <git2/message.h>

#include "base/pack.h"
#include "snapshot/revision_snapshot.h"

static const str trailer_key = { "Reviewed-by", 11 };

void review_log_init(struct review_log *log, struct arena *arena)
{
	*log = (struct review_log){ .arena = arena,
				    .end = VERSION_END_NOTHING };
	list_init(&log->entries, sizeof(struct review_entry));
	list_init(&log->states, sizeof(struct review_state));
	list_init(&log->seals, sizeof(struct review_seal));
	map_init(&log->sealed, arena);
}

bool review_log_seal(bool *is_good, struct review_log *log, str key)
{
	size_t place = (size_t)(uintptr_t)map_get(&log->sealed, key);
	struct review_seal *seal;

	if (place == 0)
		return false;
	seal = (struct review_seal *)log->seals.items + place - 1;
	seal->is_used = true;
	*is_good = seal->is_good;
	return true;
}

void review_log_add_seal(struct review_log *log, str key, bool is_good)
{
	struct review_seal *seal;
	str kept;

	assert(key.len == REVIEW_SEAL_SIZE);
	if (map_has(&log->sealed, key))
		return;
	kept = arena_copy(log->arena, key);
	seal = list_add(&log->seals, log->arena);
	memcpy(seal->key, key.data, REVIEW_SEAL_SIZE);
	seal->is_good = is_good;
	seal->is_used = true;
	map_set(&log->sealed, kept, (void *)(uintptr_t)log->seals.count);
}

str review_id_text(const uint8_t *id, struct arena *arena)
{
	char hex[GIT_OID_HEXSZ + 1];
	git_oid oid;

	git_oid_fromraw(&oid, id);
	git_oid_tostr(hex, sizeof(hex), &oid);
	return arena_copy(arena, str_from_c(hex));
}

bool review_id_read(uint8_t *out, str text)
{
	git_oid oid;

	if (text.len != GIT_OID_HEXSZ ||
	    git_oid_fromstrn(&oid, text.data, text.len) < 0)
		return false;
	memcpy(out, oid.id, SNAPSHOT_ID_SIZE);
	return true;
}

/* --- a commit ------------------------------------------------------------- */

struct log_walk {
	struct review_log *log;
	const struct revision *revision;
	git_repository *repository;
	struct list fresh; /* struct review_entry: the newest first */
	struct list states;
	struct arena scratch;
	struct diag_list *diags;
};

/* "final <mail> blob": false when it is not of this form. */
static bool read_trailer(struct review_entry *out, str value)
{
	str rest = str_trim(value);
	size_t close;

	if (!str_next_word(&rest, &out->role))
		return false;
	rest = str_trim(rest);
	close = str_find_byte(rest, '>');
	if (!str_take_byte(&rest, '<') || close == STR_NONE)
		return false;
	out->mail = str_between(rest, 0, close - 1);
	return review_id_read(out->blob, str_trim(str_from(rest, close)));
}

static bool speaks(const char *message)
{
	for (const char *at = message; *at != '\0'; at++)
		if ((*at == 'R' || *at == 'r') &&
		    strncasecmp(at, trailer_key.data, trailer_key.len) == 0)
			return true;
	return false;
}

/* The lines of a commit are gone through backwards, as all is turned later. */
static void add_lines(struct log_walk *walk, const git_commit *commit,
		      const git_message_trailer_array *lines)
{
	const git_signature *author = git_commit_author(commit);
	size_t count = lines->count < REVIEW_LINE_LIMIT ? lines->count
							: REVIEW_LINE_LIMIT;
	struct arena *arena = walk->log->arena;

	while (count-- > 0) {
		const git_message_trailer *line = &lines->trailers[count];
		struct review_entry found = { 0 };
		struct review_entry *entry;

		if (!str_equal_ignoring_case(str_from_c(line->key),
					     trailer_key) ||
		    !read_trailer(&found, str_from_c(line->value)))
			continue;
		entry = list_add(&walk->fresh, arena);
		*entry = found;
		entry->role = arena_copy(arena, found.role);
		entry->mail = arena_copy(arena, found.mail);
		entry->author = arena_copy(arena, str_from_c(author->email));
		entry->seconds = (int64_t)git_commit_time(commit);
		memcpy(entry->commit, git_commit_id(commit)->id,
		       SNAPSHOT_ID_SIZE);
	}
}

static void read_commit(struct log_walk *walk, const git_commit *commit)
{
	const char *message = git_commit_message(commit);
	git_message_trailer_array lines = { 0 };

	if (message == NULL ||
	    strnlen(message, REVIEW_MESSAGE_LIMIT) == REVIEW_MESSAGE_LIMIT ||
	    !speaks(message) || git_message_trailers(&lines, message) < 0)
		return;
	add_lines(walk, commit, &lines);
	git_message_trailer_array_free(&lines);
}

/* --- what counted before it ----------------------------------------------- */

static bool library_tree(git_tree **out, struct log_walk *walk,
			 const git_commit *commit)
{
	git_tree *root = NULL;
	int error = git_commit_tree(&root, commit);

	*out = NULL;
	if (error < 0)
		return false;
	error = location_tree(out, &walk->revision->location, root,
			      walk->diags);
	git_tree_free(root);
	return error == 0 || error == GIT_ENOTFOUND;
}

/* Before the first commit there is nothing, and nobody has a role. */
static bool read_state(struct review_state *out, struct log_walk *walk,
		       const git_commit *parent)
{
	const git_tree_entry *sites;
	git_tree *tree = NULL;

	*out = (struct review_state){ 0 };
	if (parent == NULL)
		return true;
	memcpy(out->commit, git_commit_id(parent)->id, SNAPSHOT_ID_SIZE);
	if (!library_tree(&tree, walk, parent))
		return false;
	sites = tree == NULL ? NULL : git_tree_entry_byname(tree, "sites");
	if (sites != NULL)
		memcpy(out->tree, git_tree_entry_id(sites)->id,
		       SNAPSHOT_ID_SIZE);
	git_tree_free(tree);
	return true;
}

/* Most have the settings of the one that was looked at before. */
static uint32_t add_state(struct log_walk *walk,
			  const struct review_state *state)
{
	const struct review_state *states = walk->states.items;
	size_t count = walk->states.count;

	if (count > 0 &&
	    memcmp(states[count - 1].tree, state->tree, SNAPSHOT_ID_SIZE) == 0)
		return (uint32_t)count - 1;
	*(struct review_state *)list_add(&walk->states, walk->log->arena) =
		*state;
	return (uint32_t)count;
}

static bool set_states(struct log_walk *walk, size_t first,
		       const git_commit *parent)
{
	struct review_entry *entries = walk->fresh.items;
	struct review_state state;
	uint32_t number;

	if (first == walk->fresh.count)
		return true;
	if (!read_state(&state, walk, parent))
		return false;
	number = add_state(walk, &state);
	for (; first < walk->fresh.count; first++)
		entries[first].state = number;
	return true;
}

/* --- the walk ------------------------------------------------------------- */

static bool is_known(const struct review_log *log, const git_commit *commit)
{
	uint8_t id[SNAPSHOT_ID_SIZE];

	return review_id_read(id, log->revision) &&
	       memcmp(id, git_commit_id(commit)->id, sizeof(id)) == 0;
}

/* What a shallow clone does not have is no failure. */
static bool parent_of(git_commit **out, struct log_walk *walk,
		      const git_commit *commit)
{
	*out = NULL;
	if (git_commit_parentcount(commit) == 0)
		return true;
	if (git_commit_parent(out, commit, 0) == 0)
		return true;
	walk->log->end = VERSION_END_CUT;
	return false;
}

/* One commit, then its parent in its place; NULL ends the walk. */
static void step(struct log_walk *walk, git_commit **commit)
{
	size_t first = walk->fresh.count;
	git_commit *parent = NULL;
	bool ok;

	read_commit(walk, *commit);
	ok = parent_of(&parent, walk, *commit);
	if (!ok || !set_states(walk, first, parent))
		walk->fresh.count = first; /* nobody knows who had a role */
	git_commit_free(*commit);
	*commit = parent;
	walk->log->walked++;
}

/* What is known comes first, and what is fresh behind it, turned. */
static void join(struct log_walk *walk, bool is_met)
{
	struct review_log *log = walk->log;
	const struct review_entry *fresh = walk->fresh.items;
	const struct review_state *states = walk->states.items;
	uint32_t before;

	if (!is_met) {
		log->entries.count = 0;
		log->states.count = 0;
	}
	before = (uint32_t)log->states.count;
	for (size_t i = 0; i < walk->states.count; i++)
		*(struct review_state *)list_add(&log->states, log->arena) =
			states[i];
	for (size_t i = walk->fresh.count; i > 0; i--) {
		struct review_entry *entry =
			list_add(&log->entries, log->arena);

		*entry = fresh[i - 1];
		entry->state += before;
	}
}

static void walk_back(struct log_walk *walk, git_commit *commit)
{
	struct review_log *log = walk->log;
	enum version_end end = log->end;
	bool is_met = false;

	log->end = VERSION_END_FIRST;
	while (commit != NULL && !is_met) {
		if (log->walked == REVIEW_COMMIT_LIMIT) {
			log->end = VERSION_END_LIMIT;
			break;
		}
		is_met = is_known(log, commit);
		if (!is_met)
			step(walk, &commit);
	}
	log->is_continued = is_met;
	if (is_met)
		log->end = end;
	git_commit_free(commit);
	join(walk, is_met);
}

bool review_log_read(struct review_log *log, const struct snapshot *snapshot,
		     struct diag_list *diags)
{
	struct log_walk walk = { .log = log,
				 .revision = revision_of(snapshot),
				 .diags = diags };
	git_commit *commit = NULL;

	log->walked = 0;
	/* what was not there then may have been fetched */
	if (log->end == VERSION_END_CUT)
		review_log_init(log, log->arena);
	if (walk.revision == NULL || !walk.revision->is_commit) {
		review_log_init(log, log->arena);
		return true;
	}
	walk.repository = location_open(&walk.revision->location, diags);
	if (walk.repository == NULL)
		return false;
	list_init(&walk.fresh, sizeof(struct review_entry));
	list_init(&walk.states, sizeof(struct review_state));
	if (git_commit_lookup(&commit, walk.repository, &walk.revision->id) ==
	    0)
		walk_back(&walk, commit);
	log->revision = arena_copy(log->arena, snapshot->revision);
	git_repository_free(walk.repository);
	return !diags->failed;
}

bool review_log_is_before(const struct snapshot *snapshot, str older, str newer)
{
	const struct revision *revision = revision_of(snapshot);
	git_repository *repository;
	struct diag_list ignored;
	struct arena arena;
	git_oid a, b;
	bool is_before = false;

	if (revision == NULL || older.len != GIT_OID_HEXSZ ||
	    newer.len != GIT_OID_HEXSZ ||
	    git_oid_fromstrn(&a, older.data, older.len) < 0 ||
	    git_oid_fromstrn(&b, newer.data, newer.len) < 0)
		return false;
	if (git_oid_equal(&a, &b))
		return true;
	arena_init(&arena);
	diag_list_init(&ignored, &arena);
	repository = location_open(&revision->location, &ignored);
	if (repository != NULL)
		is_before = git_graph_descendant_of(repository, &b, &a) == 1;
	git_repository_free(repository);
	arena_release(&arena);
	return is_before;
}

/* --- for a record --------------------------------------------------------- */

/* How an entry lies there, before its texts. */
struct stored_entry {
	uint8_t commit[SNAPSHOT_ID_SIZE];
	uint8_t blob[SNAPSHOT_ID_SIZE];
	uint32_t state;
	uint32_t rest; /* 0 */
	int64_t seconds;
};

static void pack_seals(struct buf *out, const struct review_log *log)
{
	const struct review_seal *seals = log->seals.items;
	uint64_t count = 0;

	for (size_t i = 0; i < log->seals.count; i++)
		count += seals[i].is_used;
	pack_bytes(out, &count, sizeof(count));
	for (size_t i = 0; i < log->seals.count; i++)
		if (seals[i].is_used) {
			pack_bytes(out, seals[i].key, REVIEW_SEAL_SIZE);
			buf_add_byte(out, (char)seals[i].is_good);
		}
}

void review_log_pack(struct buf *out, const struct review_log *log)
{
	const struct review_entry *entries = log->entries.items;
	uint32_t end = (uint32_t)log->end;
	uint64_t count = log->states.count;

	if (log->revision.len != GIT_OID_HEXSZ)
		return;
	pack_text(out, log->revision);
	pack_bytes(out, &end, sizeof(end));
	pack_bytes(out, &count, sizeof(count));
	if (count > 0)
		pack_bytes(out, log->states.items,
			   count * sizeof(struct review_state));
	pack_seals(out, log);
	for (size_t i = 0; i < log->entries.count; i++) {
		const struct review_entry *entry = &entries[i];
		struct stored_entry stored = { .state = entry->state,
					       .seconds = entry->seconds };

		memcpy(stored.commit, entry->commit, SNAPSHOT_ID_SIZE);
		memcpy(stored.blob, entry->blob, SNAPSHOT_ID_SIZE);
		pack_bytes(out, &stored, sizeof(stored));
		pack_text(out, entry->role);
		pack_text(out, entry->mail);
		pack_text(out, entry->author);
	}
}

static bool unpack_entry(struct review_entry *out, str *bytes)
{
	struct stored_entry stored;

	if (!unpack_bytes(&stored, sizeof(stored), bytes) ||
	    !unpack_text(&out->role, bytes) ||
	    !unpack_text(&out->mail, bytes) ||
	    !unpack_text(&out->author, bytes))
		return false;
	memcpy(out->commit, stored.commit, SNAPSHOT_ID_SIZE);
	memcpy(out->blob, stored.blob, SNAPSHOT_ID_SIZE);
	out->state = stored.state;
	out->seconds = stored.seconds;
	return true;
}

static bool unpack_states(struct review_log *log, str *bytes)
{
	struct review_state state;
	uint64_t count;

	if (!unpack_bytes(&count, sizeof(count), bytes))
		return false;
	while (count-- > 0) {
		if (!unpack_bytes(&state, sizeof(state), bytes))
			return false;
		*(struct review_state *)list_add(&log->states, log->arena) =
			state;
	}
	return true;
}

static bool unpack_seals(struct review_log *log, str *bytes)
{
	uint64_t count;

	if (!unpack_bytes(&count, sizeof(count), bytes))
		return false;
	while (count-- > 0) {
		struct review_seal seal = { .is_used = false };
		struct review_seal *kept;
		uint8_t is_good;

		if (!unpack_bytes(seal.key, REVIEW_SEAL_SIZE, bytes) ||
		    !unpack_bytes(&is_good, sizeof(is_good), bytes))
			return false;
		seal.is_good = is_good != 0;
		kept = list_add(&log->seals, log->arena);
		*kept = seal;
		map_set(&log->sealed,
			arena_copy(log->arena, (str){ (const char *)seal.key,
						      REVIEW_SEAL_SIZE }),
			(void *)(uintptr_t)log->seals.count);
	}
	return true;
}

static bool unpack_log(struct review_log *log, str bytes)
{
	uint32_t end;

	if (!unpack_text(&log->revision, &bytes) ||
	    !unpack_bytes(&end, sizeof(end), &bytes) ||
	    end > VERSION_END_NOTHING || !unpack_states(log, &bytes) ||
	    !unpack_seals(log, &bytes))
		return false;
	log->end = (enum version_end)end;
	while (bytes.len > 0) {
		struct review_entry *entry =
			list_add(&log->entries, log->arena);

		if (!unpack_entry(entry, &bytes) ||
		    entry->state >= log->states.count)
			return false;
	}
	return true;
}

void review_log_unpack(struct review_log *log, str bytes)
{
	struct arena *arena = log->arena;

	review_log_init(log, arena);
	if (bytes.len > 0 && !unpack_log(log, bytes))
		review_log_init(log, arena);
}
