/*
 * Messages as bytes:
 *
 *	u64 language | u8 of an imported file? | u32 texts kept of a kind |
 *	u32 marks | each mark | each message
 *
 * A message without its text (base/diag.h) is
 *
 *	u32 file | 8 bytes of the file's path | 20 bytes blob | a struct
 *diag_mark
 *
 * and one with it is
 *
 *	u16 kind | u8 level | u8 given | u8 place | u32 start | u32 end |
 *	[text path of the file | 20 bytes blob] | text name | message | help |
 *	cost | fold
 *
 * `place` says whether the message has none, one in the file of the message
 * before, or one in another file, which follows. Numbers of files change from
 * one revision to the next, so a file goes by its path, and its blob says that
 * the place is still where it was. The digest of a mark has the number in it;
 * so a mark is repeated only where the file has the number that it had.
 */
#include "library/findings.h"

#include <stdlib.h>
#include <string.h>

#include "base/diag_kind.h"
#include "base/diag_levels.h"
#include "base/digest.h"
#include "base/pack.h"

enum place_form { PLACE_NONE, PLACE_SAME_FILE, PLACE_FILE };

/* A word in the language that messages have now. */
static uint64_t language(void)
{
	return digest_hash(str_from_c(_("warning")));
}

/* --- packing -------------------------------------------------------------- */

static enum place_form form_of(const struct diag *diag,
			       const struct diag *before)
{
	if (diag->span.source == SOURCE_NONE)
		return PLACE_NONE;
	return before != NULL && before->span.source == diag->span.source
		       ? PLACE_SAME_FILE
		       : PLACE_FILE;
}

static void pack_c(struct buf *out, const char *text)
{
	pack_text(out, text == NULL ? STR("") : str_from_c(text));
}

static void pack_message(struct buf *out, const struct diag *diag,
			 const struct diag *before,
			 const struct snapshot *snapshot)
{
	uint8_t form = (uint8_t)form_of(diag, before);
	uint8_t level = (uint8_t)diag->level;
	uint8_t given = (uint8_t)diag->given;

	pack_bytes(out, &diag->kind, sizeof(diag->kind));
	pack_bytes(out, &level, sizeof(level));
	pack_bytes(out, &given, sizeof(given));
	pack_bytes(out, &form, sizeof(form));
	pack_bytes(out, &diag->span.start, sizeof(diag->span.start));
	pack_bytes(out, &diag->span.end, sizeof(diag->span.end));
	if (form == PLACE_FILE) {
		pack_text(out, snapshot_path(snapshot, diag->span.source));
		buf_add(out, snapshot_blob(snapshot, diag->span.source));
	}
	pack_text(out, diag->path);
	pack_text(out, diag->message);
	pack_text(out, diag->help);
	pack_c(out, diag->cost);
	pack_c(out, diag->fold);
}

static bool can_be_kept(uint16_t kind, struct span span,
			const struct snapshot *snapshot)
{
	return kind < diag_kind_count &&
	       (span.source == SOURCE_NONE || span.source < snapshot->count);
}

/* A mark has its place, or it is of no file. */
static void pack_mark(struct buf *out, const struct diag_mark *mark,
		      const struct snapshot *snapshot)
{
	static const char no_blob[SNAPSHOT_ID_SIZE];
	uint32_t file = mark->span.source;
	bool has_file = file != SOURCE_NONE;
	uint64_t path =
		has_file ? digest_hash(snapshot_path(snapshot, file)) : 0;

	pack_bytes(out, &file, sizeof(file));
	pack_bytes(out, &path, sizeof(path));
	buf_add(out, has_file ? snapshot_blob(snapshot, file)
			      : (str){ no_blob, sizeof(no_blob) });
	pack_bytes(out, mark, sizeof(*mark));
}

static void pack_marks(struct buf *out, const struct diag_list *diags,
		       const struct snapshot *snapshot)
{
	const struct diag_mark *marks = diags->marks.items;
	uint32_t limit = (uint32_t)diags->limit;
	uint32_t count = (uint32_t)diags->marks.count;

	pack_bytes(out, &limit, sizeof(limit));
	pack_bytes(out, &count, sizeof(count));
	for (size_t i = 0; i < diags->marks.count; i++)
		pack_mark(out, &marks[i], snapshot);
}

static bool can_all_be_kept(const struct diag_list *diags,
			    const struct snapshot *snapshot)
{
	const struct diag *items = diags->items.items;
	const struct diag_mark *marks = diags->marks.items;

	for (size_t i = 0; i < diags->items.count; i++)
		if (!can_be_kept(items[i].kind, items[i].span, snapshot))
			return false;
	for (size_t i = 0; i < diags->marks.count; i++)
		if (!can_be_kept(marks[i].kind, marks[i].span, snapshot))
			return false;
	return true;
}

bool findings_pack(struct buf *out, const struct diag_list *diags,
		   const struct snapshot *snapshot)
{
	const struct diag *items = diags->items.items;
	uint64_t words = language();
	uint8_t is_imported = diags->is_imported;

	if (diags->failed || diags->limit > UINT32_MAX ||
	    !can_all_be_kept(diags, snapshot))
		return false;
	pack_bytes(out, &words, sizeof(words));
	pack_bytes(out, &is_imported, sizeof(is_imported));
	pack_marks(out, diags, snapshot);
	for (size_t i = 0; i < diags->items.count; i++)
		pack_message(out, &items[i], i == 0 ? NULL : &items[i - 1],
			     snapshot);
	return true;
}

bool findings_are_mild(const struct diag_list *diags)
{
	return diags->error_count == diags->raised_count &&
	       diags->lowered_count == 0;
}

bool findings_spare_plan(const struct diag_list *diags)
{
	size_t total = findings_are_mild(diags) ? 0 : diag_total(diags);

	if (diags->failed)
		return false;
	for (size_t i = 0; i < total; i++) {
		struct diag_mark mark = diag_at(diags, i);

		if (mark.given != DIAG_WARNING &&
		    (mark.kind >= diag_kind_count ||
		     strcmp(diag_kinds[mark.kind].id, "link-dead") != 0))
			return false;
	}
	return true;
}

/* --- repeating ------------------------------------------------------------ */

/* The messages of a packed text, one after the other. */
struct unpacking {
	str rest;
	const struct snapshot *snapshot;
	uint32_t source; /* of the message before */
	bool is_imported;
	uint32_t limit; /* texts kept of a kind, 0: all */
	uint32_t marks; /* that are still to come */
	str cost;	/* of the message: no C string */
	str fold;
};

static bool begin(struct unpacking *unpacking, str packed,
		  const struct snapshot *snapshot)
{
	uint64_t words;
	uint8_t is_imported;

	*unpacking = (struct unpacking){ .rest = packed,
					 .snapshot = snapshot,
					 .source = SOURCE_NONE };
	if (!unpack_bytes(&words, sizeof(words), &unpacking->rest) ||
	    !unpack_bytes(&is_imported, sizeof(is_imported),
			  &unpacking->rest) ||
	    !unpack_bytes(&unpacking->limit, sizeof(unpacking->limit),
			  &unpacking->rest) ||
	    !unpack_bytes(&unpacking->marks, sizeof(unpacking->marks),
			  &unpacking->rest))
		return false;
	unpacking->is_imported = is_imported != 0;
	return words == language();
}

/* The file of a place, if it has the bytes that it had. */
static bool take_file(struct unpacking *unpacking)
{
	const struct snapshot *snapshot = unpacking->snapshot;
	uint8_t blob[SNAPSHOT_ID_SIZE];
	size_t file;
	str path;

	if (!unpack_text(&path, &unpacking->rest) ||
	    !unpack_bytes(blob, sizeof(blob), &unpacking->rest))
		return false;
	file = snapshot_find(snapshot, path);
	if (file == STR_NONE ||
	    !str_equal(snapshot_blob(snapshot, file),
		       (str){ (const char *)blob, sizeof(blob) }))
		return false;
	unpacking->source = (uint32_t)file;
	return true;
}

static bool take_place(struct unpacking *unpacking, struct span *span)
{
	uint8_t form;

	if (!unpack_bytes(&form, sizeof(form), &unpacking->rest) ||
	    !unpack_bytes(&span->start, sizeof(span->start),
			  &unpacking->rest) ||
	    !unpack_bytes(&span->end, sizeof(span->end), &unpacking->rest))
		return false;
	if (form == PLACE_FILE && !take_file(unpacking))
		return false;
	span->source = form == PLACE_NONE ? SOURCE_NONE : unpacking->source;
	return form == PLACE_NONE || span->source != SOURCE_NONE;
}

static bool take_message(struct unpacking *unpacking, struct diag *out)
{
	str *rest = &unpacking->rest;
	uint8_t level, given;

	*out = (struct diag){ 0 };
	if (!unpack_bytes(&out->kind, sizeof(out->kind), rest) ||
	    !unpack_bytes(&level, sizeof(level), rest) ||
	    !unpack_bytes(&given, sizeof(given), rest) ||
	    out->kind >= diag_kind_count || level > DIAG_WARNING ||
	    given > DIAG_WARNING || !take_place(unpacking, &out->span))
		return false;
	out->id = diag_kinds[out->kind].id;
	out->level = (enum diag_level)level;
	out->given = (enum diag_level)given;
	return unpack_text(&out->path, rest) &&
	       unpack_text(&out->message, rest) &&
	       unpack_text(&out->help, rest) &&
	       unpack_text(&unpacking->cost, rest) &&
	       unpack_text(&unpacking->fold, rest);
}

static bool is_same_file(const struct snapshot *snapshot, uint32_t file,
			 uint64_t path, str blob)
{
	return file < snapshot->count &&
	       digest_hash(snapshot_path(snapshot, file)) == path &&
	       str_equal(snapshot_blob(snapshot, file), blob);
}

static bool take_mark(struct unpacking *unpacking, struct diag_mark *out)
{
	char blob[SNAPSHOT_ID_SIZE];
	uint64_t path;
	uint32_t file;
	str *rest = &unpacking->rest;

	if (!unpack_bytes(&file, sizeof(file), rest) ||
	    !unpack_bytes(&path, sizeof(path), rest) ||
	    !unpack_bytes(blob, sizeof(blob), rest) ||
	    !unpack_bytes(out, sizeof(*out), rest) ||
	    out->kind >= diag_kind_count || out->level > DIAG_WARNING ||
	    out->given > DIAG_WARNING || out->span.source != file)
		return false;
	unpacking->marks--;
	return file == SOURCE_NONE ||
	       is_same_file(unpacking->snapshot, file, path,
			    (str){ blob, sizeof(blob) });
}

/* The code went on, or not, by the level that the message had. */
static bool has_same_level(uint8_t level, uint8_t given, uint16_t kind,
			   struct span span, const struct unpacking *unpacking,
			   const struct diag_levels *levels)
{
	return diag_levels_apply(levels, (enum diag_level)given, kind,
				 span.source, unpacking->is_imported) ==
	       (enum diag_level)level;
}

/* Marks have no text to give to a reader who wants more of them. */
static bool has_texts_for(const struct unpacking *unpacking,
			  const struct diag_list *diags)
{
	return unpacking->marks == 0 || unpacking->limit == 0 ||
	       (diags->limit != 0 && diags->limit <= unpacking->limit);
}

static bool is_as_before(str packed, const struct snapshot *snapshot,
			 const struct diag_list *diags)
{
	struct unpacking unpacking;
	struct diag_mark mark;
	struct diag diag;

	if (!begin(&unpacking, packed, snapshot) ||
	    !has_texts_for(&unpacking, diags))
		return false;
	while (unpacking.marks > 0)
		if (!take_mark(&unpacking, &mark) ||
		    !has_same_level(mark.level, mark.given, mark.kind,
				    mark.span, &unpacking, diags->levels))
			return false;
	while (unpacking.rest.len > 0)
		if (!take_message(&unpacking, &diag) ||
		    !has_same_level((uint8_t)diag.level, (uint8_t)diag.given,
				    diag.kind, diag.span, &unpacking,
				    diags->levels))
			return false;
	return true;
}

static const char *c_text(struct arena *arena, str text)
{
	return text.len == 0 ? NULL : arena_c_string(arena, text);
}

bool findings_repeat(struct diag_list *diags, str packed,
		     const struct snapshot *snapshot)
{
	struct unpacking unpacking;
	struct diag_mark mark;
	struct diag diag;

	if (!is_as_before(packed, snapshot, diags) ||
	    !begin(&unpacking, packed, snapshot))
		return false;
	while (unpacking.marks > 0 && take_mark(&unpacking, &mark))
		diag_repeat_mark(diags, &mark);
	while (take_message(&unpacking, &diag)) {
		diag.cost = c_text(diags->arena, unpacking.cost);
		diag.fold = c_text(diags->arena, unpacking.fold);
		diag_repeat(diags, &diag);
	}
	return true;
}

uint64_t findings_digest(str packed)
{
	return packed.len == 0 ? 0 : digest_hash(packed) | 1;
}

/* --- the record ----------------------------------------------------------- */

void findings_read(struct findings *out, const struct store *store, str group,
		   struct arena *arena)
{
	str value = store_get(store, STORE_FINDINGS, group);
	struct finding_row row;
	struct list rows;

	list_init(&rows, sizeof(row));
	while (unpack_text(&row.subject, &value) &&
	       unpack_text(&row.packed, &value))
		*(struct finding_row *)list_add(&rows, arena) = row;
	*out = (struct findings){ rows.items, rows.count };
}

void findings_merge(struct findings *out, const struct findings *before,
		    const struct list *now, struct arena *arena)
{
	const struct finding_row *fresh = now->items;
	struct list rows;
	size_t at = 0;

	list_init(&rows, sizeof(struct finding_row));
	for (size_t i = 0; i < before->count || at < now->count;) {
		int order = at == now->count ? -1
			    : i == before->count
				    ? 1
				    : str_compare(before->rows[i].subject,
						  fresh[at].subject);
		const struct finding_row *row =
			order < 0 ? &before->rows[i] : &fresh[at];

		i += order <= 0;
		at += order >= 0;
		if (row->packed.len > 0)
			*(struct finding_row *)list_add(&rows, arena) = *row;
	}
	*out = (struct findings){ rows.items, rows.count };
}

str findings_of(const struct findings *findings, str subject)
{
	const struct finding_row wanted = { .subject = subject };
	const struct finding_row *row =
		findings->count == 0
			? NULL
			: bsearch(&wanted, findings->rows, findings->count,
				  sizeof(wanted), finding_row_compare);

	return row == NULL ? STR("") : row->packed;
}

bool findings_write(struct store *store, str group,
		    const struct findings *findings, struct diag_list *diags)
{
	struct arena scratch;
	struct buf bytes;
	bool ok = true;

	arena_init(&scratch);
	buf_init(&bytes, &scratch);
	for (size_t i = 0; i < findings->count; i++) {
		pack_text(&bytes, findings->rows[i].subject);
		pack_text(&bytes, findings->rows[i].packed);
	}
	if (!str_equal(store_get(store, STORE_FINDINGS, group),
		       buf_str(&bytes)))
		ok = bytes.len == 0
			     ? store_remove(store, STORE_FINDINGS, group, diags)
			     : store_put(store, STORE_FINDINGS, group,
					 buf_str(&bytes), diags);
	arena_release(&scratch);
	return ok;
}

int finding_row_compare(const void *left, const void *right)
{
	const struct finding_row *a = left;
	const struct finding_row *b = right;

	return str_compare(a->subject, b->subject);
}
