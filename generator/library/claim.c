/*
 * A search for the newest correct version without the claim; since the commit
 * after it the file has had it. Versions with mistakes were not published as
 * they were, so they neither begin nor end a claim.
 *
 * One search knows each file once, so several claims of one file are several
 * searches; that is rare.
 */
#include "library/claim.h"

#include <stdlib.h>

#include "base/pack.h"
#include "library/version_reader.h"
#include "markup/url_path.h"

struct dating {
	const struct catalog *catalog;
	const struct claim_sources *sources;
	struct version_reader reader;
	struct arena *arena;
};

str claim_address(const struct resource *resource, struct arena *arena)
{
	struct date date = moment_date(resource->date);

	return arena_printf(arena, "%06d/%.*s", date.year * 100 + date.month,
			    STR_ARG(resource->slug));
}

static bool has_alias(const struct resource *resource, str key,
		      struct arena *arena)
{
	str packed = resource->aliases;
	str written;

	while (unpack_text(&written, &packed))
		if (str_equal(url_path_folded_key(written, arena), key))
			return true;
	return false;
}

static bool has_claim(const struct resource *resource,
		      const struct name_claim *claim, struct arena *arena)
{
	switch (claim->kind) {
	case CLAIM_ID:
		return str_equal(resource->id, claim->text);
	case CLAIM_ADDRESS:
		return str_equal(claim_address(resource, arena), claim->text);
	case CLAIM_ALIAS:
		return has_alias(resource, claim->text, arena);
	}
	return true;
}

/* --- what the search asks ------------------------------------------------- */

static void begin(void *context, const struct version *version)
{
	struct dating *dating = context;

	version_reader_begin(&dating->reader, version);
}

static struct digest key(void *context, const struct version_sought *item,
			 const struct version *version)
{
	struct dating *dating = context;

	return version_reader_key(&dating->reader, item, version);
}

/* Correct, and without what is claimed. */
static bool take(void *context, struct version_sought *item,
		 const struct version *version)
{
	struct dating *dating = context;
	struct resource resource;
	bool is_without =
		version_reader_read(&resource, &dating->reader, item,
				    version) &&
		!has_claim(&resource, item->subject, &dating->reader.scratch);

	version_reader_forget(&dating->reader);
	return is_without;
}

/* --- the searches --------------------------------------------------------- */

static struct digest context_of(const struct dating *dating, str path,
				const struct name_claim *claim)
{
	struct digest context = version_reader_context(
		dating->catalog, dating->sources->verdicts, path);

	digest_add(&context, STR("claim"));
	digest_add_number(&context, claim->kind);
	digest_add(&context, claim->text);
	return context;
}

/*
 * Until the version that is found it had another one, so it comes after those
 * that the commit of that version brought in.
 */
static int64_t since_of(const struct dating *dating,
			const struct version_sought *item)
{
	int64_t since =
		item->is_found && item->time.is_set
			? item->time.seconds
			: history_since(dating->sources->history, item->file);

	return since == INT64_MAX ? since : since * 2 + item->is_found;
}

/* Claims that are all of different files, sorted by file. */
static void search(struct dating *dating, struct name_claim **claims,
		   size_t count)
{
	struct version_search search = {
		.snapshot = dating->catalog->snapshot,
		.folder = dating->sources->folder,
		.offset = dating->catalog->offset,
		.memory = dating->sources->memory,
		.items = arena_array(dating->arena, count,
				     sizeof(*search.items)),
		.count = count,
		.context = dating,
		.needs = version_reader_needs,
		.begin = begin,
		.key = key,
		.take = take,
	};

	for (size_t i = 0; i < count; i++) {
		struct version_sought *item = &search.items[i];

		item->file = claims[i]->file;
		item->path =
			snapshot_path(dating->catalog->snapshot, item->file);
		item->subject = claims[i];
		item->context = context_of(dating, item->path, claims[i]);
	}
	version_search_run(&search, dating->arena);
	for (size_t i = 0; i < count; i++)
		claims[i]->since = since_of(dating, &search.items[i]);
}

static int compare_claims(const void *left, const void *right)
{
	const struct name_claim *a = *(struct name_claim *const *)left;
	const struct name_claim *b = *(struct name_claim *const *)right;
	int order = (a->file > b->file) - (a->file < b->file);

	if (order == 0)
		order = (a->kind > b->kind) - (a->kind < b->kind);
	return order != 0 ? order : str_compare(a->text, b->text);
}

/* The first of each file that is left; the others stay in `left`. */
static size_t take_round(struct name_claim **round, struct name_claim **left,
			 size_t *count)
{
	size_t taken = 0;
	size_t kept = 0;

	for (size_t i = 0; i < *count; i++) {
		if (taken == 0 || round[taken - 1]->file != left[i]->file)
			round[taken++] = left[i];
		else
			left[kept++] = left[i];
	}
	*count = kept;
	return taken;
}

static void date_all(struct dating *dating, struct name_claim *claims,
		     size_t count)
{
	struct name_claim **left =
		arena_array(dating->arena, count, sizeof(struct name_claim *));
	struct name_claim **round =
		arena_array(dating->arena, count, sizeof(struct name_claim *));

	for (size_t i = 0; i < count; i++)
		left[i] = &claims[i];
	qsort(left, count, sizeof(struct name_claim *), compare_claims);
	while (count > 0) {
		size_t taken = take_round(round, left, &count);

		search(dating, round, taken);
	}
}

void claims_date(struct name_claim *claims, size_t count,
		 const struct catalog *catalog,
		 const struct claim_sources *sources)
{
	struct dating dating = { .catalog = catalog, .sources = sources };
	struct arena arena;

	for (size_t i = 0; i < count; i++)
		claims[i].since = 0;
	if (count == 0 || sources == NULL || sources->history == NULL)
		return;
	arena_init(&arena);
	dating.arena = &arena;
	version_reader_init(&dating.reader, catalog, &arena, sources->diags);
	date_all(&dating, claims, count);
	version_reader_release(&dating.reader);
	arena_release(&arena);
}
