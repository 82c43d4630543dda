/*
 * A review names the bytes of a text; who takes a step has the commit before
 * him, with the files beside the text. So a line counts for such a file when
 * the commit that it stands in has it as it is, and a file may be published
 * when the steps of the text that readers see are all taken by such lines. It
 * goes by what commits have and not by their dates, which their author writes.
 *
 * What a commit has never changes, so it is kept in the log as signatures are.
 */
#include <stdlib.h>

#include "base/sha256.h"
#include "site/reviews_state.h"

enum { COMMIT_DIGITS = 10 }; /* in messages */

/* The folder as it was at a commit. */
struct look {
	const uint8_t *commit;
	struct snapshot snapshot;
};

/* One text, and what stands beside it. */
struct beside {
	const struct reviews *reviews;
	const struct site *site;
	struct sha256_maker *sums;
	struct arena *arena; /* of this text */
	str folder;	     /* "content/…/" */
	const uint8_t *blob; /* of the text that readers see */
	struct list files;   /* uint32_t */
	struct list lines;   /* const struct review_entry *, oldest first */
	struct list looks;   /* struct look */
	struct version_walk *walk; /* NULL: nothing was looked at */
};

/* One file in one version. */
struct version_asked {
	struct beside *beside;
	str path;
	str blob;
};

/* What may be published instead of a file. */
struct reviewed_file {
	uint32_t file;
	bool is_shown;
	uint8_t blob[SNAPSHOT_ID_SIZE];
	str commit; /* 40 hex digits */
	int64_t seconds;
};

/* --- what a commit has ---------------------------------------------------- */

static bool wants_folder(void *context, str path)
{
	const struct beside *beside = context;

	return str_ends_with(path, STR("/"))
		       ? str_starts_with(beside->folder, path)
		       : str_starts_with(path, beside->folder);
}

static const struct snapshot *look_at(struct beside *beside,
				      const struct review_entry *entry)
{
	const struct version_walk_options options = {
		.snapshot = beside->reviews->snapshot,
		.context = beside,
		.wants = wants_folder,
	};
	struct look *looks = beside->looks.items;
	struct look *look;

	for (size_t i = 0; i < beside->looks.count; i++)
		if (memcmp(looks[i].commit, entry->commit, SNAPSHOT_ID_SIZE) ==
		    0)
			return &looks[i].snapshot;
	if (beside->walk == NULL)
		beside->walk = version_walk_open(&options, beside->arena);
	look = list_add(&beside->looks, beside->arena);
	*look = (struct look){ .commit = entry->commit };
	if (!version_walk_look(&look->snapshot, beside->walk,
			       review_id_text(entry->commit, beside->arena)))
		look->snapshot = (struct snapshot){ 0 };
	return &look->snapshot;
}

/* Empty: it was not there. */
static str blob_at(const struct snapshot *snapshot, str path)
{
	size_t file =
		snapshot->count == 0 ? STR_NONE : snapshot_find(snapshot, path);

	return file == STR_NONE ? STR("") : snapshot_blob(snapshot, file);
}

/* 32 bytes that stand for the question. */
static str key_of(const struct version_asked *asked,
		  const struct review_entry *entry)
{
	const str parts[] = {
		STR("beside\n"),
		{ (const char *)entry->commit, SNAPSHOT_ID_SIZE },
		asked->path,
		STR("\n"),
		asked->blob,
	};
	struct arena *arena = asked->beside->arena;
	struct sha256 *sum = arena_alloc(arena, sizeof(*sum));

	*sum = sha256_of(asked->beside->sums,
			 arena_join(arena, parts, COUNT_OF(parts)));
	return (str){ (const char *)sum->bytes, SHA256_SIZE };
}

static bool has_version(void *context, const struct review_entry *entry)
{
	const struct version_asked *asked = context;
	struct review_log *log = asked->beside->reviews->log;
	str key = key_of(asked, entry);
	bool has;

	if (review_log_seal(&has, log, key))
		return has;
	has = str_equal(blob_at(look_at(asked->beside, entry), asked->path),
			asked->blob);
	review_log_add_seal(log, key, has);
	return has;
}

/* Of all files as they are written. */
static bool has_all(void *context, const struct review_entry *entry)
{
	struct beside *beside = context;
	const struct snapshot *written = beside->reviews->snapshot;
	const uint32_t *files = beside->files.items;

	for (size_t i = 0; i < beside->files.count; i++) {
		struct version_asked asked = {
			beside,
			snapshot_path(written, files[i]),
			snapshot_blob(written, files[i]),
		};

		if (!has_version(&asked, entry))
			return false;
	}
	return true;
}

/* --- what may be published ------------------------------------------------ */

/* Was it there before reviews began? */
static bool is_older(const struct beside *beside, str path, str blob)
{
	return str_equal(
		blob_at(reviews_start_of(beside->reviews, beside->site), path),
		blob);
}

static bool is_reviewed(struct beside *beside, str path, str blob)
{
	struct version_asked asked = { beside, path, blob };
	const struct line_filter filter = { &asked, has_version };
	struct review_verdict verdict;

	if (is_older(beside, path, blob))
		return true;
	reviews_judge_lines(&verdict, beside->reviews, beside->site,
			    beside->blob, &filter);
	return verdict.is_whole;
}

static void take_version(struct reviewed_file *out, str blob, str commit,
			 int64_t seconds)
{
	out->is_shown = true;
	memcpy(out->blob, blob.data, SNAPSHOT_ID_SIZE);
	out->commit = commit;
	out->seconds = seconds;
}

/* The newest version that was reviewed with the text, if there is one. */
static void find_version(struct reviewed_file *out, struct beside *beside)
{
	const struct site *site = beside->site;
	const struct review_entry **lines = beside->lines.items;
	struct arena *arena = beside->reviews->arena;
	str path = snapshot_path(beside->reviews->snapshot, out->file);
	str blob;

	for (size_t i = beside->lines.count; i > 0; i--) {
		blob = blob_at(look_at(beside, lines[i - 1]), path);
		if (blob.len == 0 || !is_reviewed(beside, path, blob))
			continue;
		take_version(out, blob,
			     review_id_text(lines[i - 1]->commit, arena),
			     lines[i - 1]->seconds);
		return;
	}
	blob = blob_at(reviews_start_of(beside->reviews, site), path);
	if (blob.len > 0)
		take_version(out, blob, site->review_since, INT64_MIN);
}

/* --- a text --------------------------------------------------------------- */

static bool is_beside(str path, str folder)
{
	str name = str_from(path, folder.len);

	return str_find_byte(name, '/') == STR_NONE &&
	       !snapshot_is_resource(path) && str_at(name, 0) != '_' &&
	       str_at(name, 0) != '.';
}

static void list_files(struct beside *beside)
{
	const struct snapshot *written = beside->reviews->snapshot;
	size_t first, behind;

	snapshot_range(written, beside->folder, &first, &behind);
	for (; first < behind; first++)
		if (is_beside(snapshot_path(written, first), beside->folder))
			*(uint32_t *)list_add(&beside->files, beside->arena) =
				(uint32_t)first;
}

/* Do readers see the text at all? */
static bool is_seen(const struct beside *beside,
		    const struct snapshot *snapshot, uint32_t text)
{
	str path = snapshot_path(snapshot, text);
	str blob = { (const char *)beside->blob, SNAPSHOT_ID_SIZE };
	struct review_verdict verdict;

	reviews_judge(&verdict, beside->reviews, beside->site, beside->blob);
	return verdict.is_whole || snapshot_is_patched(snapshot, text) ||
	       reviews_is_older(beside->reviews, path, blob);
}

/* False: nothing stands beside it, or nobody asks. */
static bool open_beside(struct beside *out, const struct reviews *reviews,
			const struct snapshot *snapshot, uint32_t text,
			struct arena *arena)
{
	const str name = STR("index.md");
	str path = snapshot_path(snapshot, text);

	if (!str_equal(str_file_name(path), name))
		return false;
	*out = (struct beside){
		.reviews = reviews,
		.site = reviews_asker(reviews, path),
		.arena = arena,
		.folder = str_between(path, 0, path.len - name.len),
		.blob = (const uint8_t *)snapshot_blob(snapshot, text).data,
	};
	if (out->site == NULL)
		return false;
	list_init(&out->files, sizeof(uint32_t));
	list_init(&out->lines, sizeof(const struct review_entry *));
	list_init(&out->looks, sizeof(struct look));
	list_files(out);
	return out->files.count > 0 && is_seen(out, snapshot, text);
}

static void begin_lines(struct beside *beside)
{
	reviews_lines_of(&beside->lines, beside->reviews, beside->blob,
			 beside->arena);
	beside->sums = sha256_open();
}

static void close_beside(struct beside *beside)
{
	sha256_close(beside->sums);
	if (beside->walk != NULL)
		version_walk_close(beside->walk);
}

static bool passes(struct beside *beside, uint32_t file)
{
	const struct snapshot *written = beside->reviews->snapshot;

	return is_reviewed(beside, snapshot_path(written, file),
			   snapshot_blob(written, file));
}

bool reviews_holds_beside(const struct reviews *reviews,
			  const struct snapshot *snapshot, uint32_t text)
{
	struct arena scratch;
	struct beside beside;
	bool holds = false;

	arena_init(&scratch);
	if (open_beside(&beside, reviews, snapshot, text, &scratch)) {
		const uint32_t *files = beside.files.items;

		begin_lines(&beside);
		for (size_t i = 0; !holds && i < beside.files.count; i++)
			holds = !passes(&beside, files[i]);
		close_beside(&beside);
	}
	arena_release(&scratch);
	return holds;
}

/* --- all texts ------------------------------------------------------------ */

struct holding {
	struct reviews *reviews;
	const struct snapshot *snapshot;
	struct list held; /* struct reviewed_file */
	struct arena *arena;
	struct diag_list *diags;
};

static void tell(const struct holding *holding,
		 const struct reviewed_file *held, str text)
{
	struct diag_list *diags = holding->diags;
	struct diag *diag;

	if (held->is_shown)
		diag = diag_warning(
			diags, span_none(), "review-waiting",
			_("readers see this file as it was in commit %.*s: "
			  "what it is now was not reviewed with its text"),
			STR_ARG(str_between(held->commit, 0, COMMIT_DIGITS)));
	else
		diag = diag_warning(
			diags, span_none(), "review-waiting",
			_("readers see nothing of this file: it was not "
			  "reviewed with its text"));
	diag->path = snapshot_path(holding->snapshot, held->file);
	diag_help(diags, diag,
		  _("have the text reviewed once more, with what stands beside "
		    "it: jiyue review approve %.*s"),
		  STR_ARG(text));
}

/* A text that waits itself already does, or one that does for these files. */
static struct review_wait *wait_for(const struct holding *holding,
				    struct beside *beside, uint32_t text)
{
	struct reviews *reviews = holding->reviews;
	const struct line_filter filter = { beside, has_all };
	struct review_wait *waits = reviews->waiting.items;
	struct review_verdict *verdict;
	struct review_wait *wait;

	if (reviews_wait_of(reviews, text) != NULL)
		return &waits[reviews->waits[text] - 1];
	verdict = arena_alloc(reviews->arena, sizeof(*verdict));
	reviews_judge_lines(verdict, reviews, beside->site, beside->blob,
			    &filter);
	wait = reviews_add_wait(reviews, text);
	wait->is_shown = true;
	wait->beside = verdict;
	return wait;
}

static void hold(struct holding *holding, struct beside *beside, uint32_t text)
{
	const uint32_t *files = beside->files.items;
	struct review_wait *wait;

	for (size_t i = 0; i < beside->files.count; i++) {
		struct reviewed_file *held;

		if (passes(beside, files[i]))
			continue;
		held = list_add(&holding->held, holding->arena);
		*held = (struct reviewed_file){ .file = files[i] };
		find_version(held, beside);
		tell(holding, held, snapshot_path(holding->snapshot, text));
		wait = wait_for(holding, beside, text);
		*(uint32_t *)list_add(&wait->held, holding->reviews->arena) =
			files[i];
	}
}

static void hold_all(struct holding *holding)
{
	struct arena scratch;
	size_t first, behind;

	arena_init(&scratch);
	snapshot_range(holding->snapshot, STR("content/"), &first, &behind);
	for (; first < behind; first++) {
		struct beside beside;

		if (open_beside(&beside, holding->reviews, holding->snapshot,
				(uint32_t)first, &scratch)) {
			begin_lines(&beside);
			hold(holding, &beside, (uint32_t)first);
			close_beside(&beside);
		}
		arena_reset(&scratch);
	}
	arena_release(&scratch);
}

static int compare_patches(const void *left, const void *right)
{
	const struct snapshot_patch *a = left, *b = right;

	return (a->file > b->file) - (a->file < b->file);
}

/* Beside the patches that are there: those are of texts and settings. */
static void patch(struct snapshot *snapshot, const struct holding *holding,
		  uint8_t *withheld)
{
	const struct reviewed_file *held = holding->held.items;
	int32_t offset = holding->reviews->cluster->platform.offset;
	size_t count = snapshot->patch_count;
	struct snapshot_patch *patches = arena_array(
		holding->arena, count + holding->held.count, sizeof(*patches));

	if (count > 0)
		memcpy(patches, snapshot->patches, count * sizeof(*patches));
	for (size_t i = 0; i < holding->held.count; i++) {
		withheld[held[i].file] = !held[i].is_shown;
		if (!held[i].is_shown)
			continue;
		patches[count].file = held[i].file;
		if (held[i].seconds != INT64_MIN)
			patches[count].changed =
				moment_from_seconds(held[i].seconds, offset);
		memcpy(patches[count++].blob_id, held[i].blob,
		       SNAPSHOT_ID_SIZE);
	}
	qsort(patches, count, sizeof(*patches), compare_patches);
	snapshot_patch(snapshot, patches, count, NULL, holding->arena);
}

void reviews_hold_beside(struct reviews *reviews, struct snapshot *snapshot,
			 uint8_t **withheld, struct arena *arena,
			 struct diag_list *diags)
{
	struct holding holding = { .reviews = reviews,
				   .snapshot = snapshot,
				   .arena = arena,
				   .diags = diags };

	list_init(&holding.held, sizeof(struct reviewed_file));
	hold_all(&holding);
	if (holding.held.count == 0)
		return;
	*withheld = arena_array(arena, snapshot->count, 1);
	if (holding.held.count > 0)
		patch(snapshot, &holding, *withheld);
}
