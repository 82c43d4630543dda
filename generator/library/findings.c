/*
 * Messages as bytes:
 *
 *	u64 language | u8 of an imported file? | each message:
 *	u16 kind | u8 level | u8 given | u8 place | u32 start | u32 end |
 *	[text path of the file | 20 bytes blob] | text name | message | help
 *
 * `place` says whether the message has none, one in the file of the message
 * before, or one in another file, which follows. Numbers of files change from
 * one revision to the next, so a file goes by its path, and its blob says that
 * the place is still where it was.
 */
#include "library/findings.h"

#include <stdlib.h>

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
}

static bool can_be_kept(const struct diag *diag,
			const struct snapshot *snapshot)
{
	return diag->kind < diag_kind_count &&
	       (diag->span.source == SOURCE_NONE ||
		diag->span.source < snapshot->count);
}

bool findings_pack(struct buf *out, const struct diag_list *diags,
		   const struct snapshot *snapshot)
{
	const struct diag *items = diags->items.items;
	uint64_t words = language();
	uint8_t is_imported = diags->is_imported;

	if (diags->failed || diags->is_passing || diags->marks.count > 0)
		return false;
	for (size_t i = 0; i < diags->items.count; i++)
		if (!can_be_kept(&items[i], snapshot))
			return false;
	pack_bytes(out, &words, sizeof(words));
	pack_bytes(out, &is_imported, sizeof(is_imported));
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

/* --- repeating ------------------------------------------------------------ */

/* The messages of a packed text, one after the other. */
struct unpacking {
	str rest;
	const struct snapshot *snapshot;
	uint32_t source; /* of the message before */
	bool is_imported;
};

static bool begin(struct unpacking *unpacking, str packed,
		  const struct snapshot *snapshot)
{
	uint64_t words;
	uint8_t is_imported;

	*unpacking = (struct unpacking){ packed, snapshot, SOURCE_NONE, false };
	if (!unpack_bytes(&words, sizeof(words), &unpacking->rest) ||
	    !unpack_bytes(&is_imported, sizeof(is_imported), &unpacking->rest))
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
	       unpack_text(&out->help, rest);
}

/* The code went on, or not, by the level that the message had. */
static bool has_same_level(const struct diag *diag,
			   const struct unpacking *unpacking,
			   const struct diag_levels *levels)
{
	return diag_levels_apply(levels, diag->given, diag->kind,
				 diag->span.source,
				 unpacking->is_imported) == diag->level;
}

static bool is_as_before(str packed, const struct snapshot *snapshot,
			 const struct diag_levels *levels)
{
	struct unpacking unpacking;
	struct diag diag;

	if (!begin(&unpacking, packed, snapshot))
		return false;
	while (unpacking.rest.len > 0)
		if (!take_message(&unpacking, &diag) ||
		    !has_same_level(&diag, &unpacking, levels))
			return false;
	return true;
}

bool findings_repeat(struct diag_list *diags, str packed,
		     const struct snapshot *snapshot)
{
	struct unpacking unpacking;
	struct diag diag;

	if (!is_as_before(packed, snapshot, diags->levels) ||
	    !begin(&unpacking, packed, snapshot))
		return false;
	while (take_message(&unpacking, &diag))
		diag_repeat(diags, &diag);
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

static int compare_subjects(const void *left, const void *right)
{
	const struct finding_row *a = left;
	const struct finding_row *b = right;

	return str_compare(a->subject, b->subject);
}

str findings_of(const struct findings *findings, str subject)
{
	const struct finding_row wanted = { .subject = subject };
	const struct finding_row *row =
		findings->count == 0
			? NULL
			: bsearch(&wanted, findings->rows, findings->count,
				  sizeof(wanted), compare_subjects);

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
