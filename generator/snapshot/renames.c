/*
 * Pairs are looked for from the surest kind to the least: each kind takes what
 * it can of what is left over by those before it.
 */
#include "snapshot/renames.h"

/* A chain of names as long as this is a circle, or nobody's. */
enum { CHAIN_LIMIT = 64 };

/* Files of one commit while pairs are made. */
struct pairing {
	const struct rename_file *gone;
	const struct rename_file *came;
	size_t gone_count;
	size_t came_count;
	bool *is_taken;	 /* one a file that came */
	size_t *partner; /* one a file that is gone; STR_NONE: none */
	str *names;	 /* room for those that are not taken */
	size_t *numbers; /* and for which they are */
};

typedef bool match(const struct rename_file *gone,
		   const struct rename_file *came);

static bool has_same_bytes(const struct rename_file *gone,
			   const struct rename_file *came)
{
	return memcmp(gone->blob_id, came->blob_id, SNAPSHOT_ID_SIZE) == 0;
}

/* Every folder of its own has an index.md. */
static bool has_same_name(const struct rename_file *gone,
			  const struct rename_file *came)
{
	str name = str_file_name(gone->path);

	return str_equal(name, str_file_name(came->path)) &&
	       !str_equal(name, STR("index.md"));
}

static bool has_both(const struct rename_file *gone,
		     const struct rename_file *came)
{
	return has_same_bytes(gone, came) &&
	       str_equal(str_file_name(gone->path), str_file_name(came->path));
}

static void pair_by(struct pairing *pairing, match *is_match)
{
	for (size_t i = 0; i < pairing->gone_count; i++)
		for (size_t k = 0;
		     pairing->partner[i] == STR_NONE && k < pairing->came_count;
		     k++) {
			if (pairing->is_taken[k] ||
			    !is_match(&pairing->gone[i], &pairing->came[k]))
				continue;
			pairing->partner[i] = k;
			pairing->is_taken[k] = true;
		}
}

static str ending_of(str path)
{
	size_t dot = str_find_last_byte(path, '.');

	return dot == STR_NONE ? STR("") : str_from(path, dot);
}

/* Fills in `names` and `numbers`: what came, is left, and ends so. */
static size_t left_over(struct pairing *pairing, str ending)
{
	size_t count = 0;

	for (size_t k = 0; k < pairing->came_count; k++) {
		str path = pairing->came[k].path;

		if (pairing->is_taken[k] || !str_equal(ending_of(path), ending))
			continue;
		path = str_file_name(path);
		pairing->numbers[count] = k;
		pairing->names[count++] =
			str_between(path, 0, path.len - ending.len);
	}
	return count;
}

static size_t nearest(struct pairing *pairing, size_t gone)
{
	str name = str_file_name(pairing->gone[gone].path);
	str ending = ending_of(name);
	size_t count = left_over(pairing, ending);
	str found = str_nearest(str_between(name, 0, name.len - ending.len),
				pairing->names, count);

	for (size_t k = 0; found.len > 0 && k < count; k++)
		if (pairing->names[k].data == found.data)
			return pairing->numbers[k];
	return STR_NONE;
}

static void pair_nearest(struct pairing *pairing)
{
	for (size_t i = 0; i < pairing->gone_count; i++) {
		size_t found;

		if (pairing->partner[i] != STR_NONE)
			continue;
		found = nearest(pairing, i);
		if (found == STR_NONE)
			continue;
		pairing->partner[i] = found;
		pairing->is_taken[found] = true;
	}
}

/* Exactly one text went, and exactly one came. */
static void pair_last(struct pairing *pairing)
{
	size_t last = STR_NONE;

	for (size_t i = 0; i < pairing->gone_count; i++) {
		if (pairing->partner[i] != STR_NONE ||
		    !str_ends_with(pairing->gone[i].path, STR(".md")))
			continue;
		if (last != STR_NONE)
			return;
		last = i;
	}
	if (last != STR_NONE && left_over(pairing, STR(".md")) == 1)
		pairing->partner[last] = pairing->numbers[0];
}

static void make_pairs(struct pairing *pairing)
{
	enum { COMPARED = 250000 }; /* gone times came */

	for (size_t i = 0; i < pairing->gone_count; i++)
		pairing->partner[i] = STR_NONE;
	if (pairing->came_count == 0 ||
	    pairing->gone_count > COMPARED / pairing->came_count)
		return;
	pair_by(pairing, has_both);
	pair_by(pairing, has_same_bytes);
	pair_by(pairing, has_same_name);
	pair_nearest(pairing);
	pair_last(pairing);
}

void renames_init(struct renames *renames, struct arena *arena)
{
	renames->arena = arena;
	map_init(&renames->to, arena);
}

void renames_add(struct renames *renames, str from, str to)
{
	str *kept;

	if (renames->to.count == RENAME_LIMIT || map_has(&renames->to, from))
		return;
	kept = arena_alloc(renames->arena, sizeof(*kept));
	*kept = arena_copy(renames->arena, to);
	map_set(&renames->to, arena_copy(renames->arena, from), kept);
}

void renames_add_commit(struct renames *renames,
			const struct rename_commit *commit,
			struct arena *scratch)
{
	struct pairing pairing = {
		.gone = commit->gone.items,
		.came = commit->came.items,
		.gone_count = commit->gone.count,
		.came_count = commit->came.count,
	};
	size_t came = pairing.came_count + 1;

	if (pairing.gone_count == 0)
		return;
	pairing.is_taken = arena_array(scratch, came, 1);
	pairing.names = arena_array(scratch, came, sizeof(str));
	pairing.numbers = arena_array(scratch, came, sizeof(size_t));
	pairing.partner =
		arena_array(scratch, pairing.gone_count, sizeof(size_t));
	make_pairs(&pairing);
	for (size_t i = 0; i < pairing.gone_count; i++)
		renames_add(renames, pairing.gone[i].path,
			    pairing.partner[i] == STR_NONE
				    ? STR("")
				    : pairing.came[pairing.partner[i]].path);
}

str renames_follow(const struct renames *renames,
		   const struct snapshot *snapshot, str path)
{
	for (int i = 0; renames != NULL && i < CHAIN_LIMIT; i++) {
		const str *to = map_get(&renames->to, path);

		if (to == NULL || to->len == 0)
			break;
		path = *to;
		if (snapshot_find(snapshot, path) != STR_NONE)
			return path;
	}
	return STR("");
}
