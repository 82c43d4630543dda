/*
 * Recording messages within bounds.
 *
 * Of one kind the `limit` smallest messages keep their text, in the order of
 * their places: the smallest of all are among the smallest of every part, so
 * that lists of several threads can be joined in any order and the same texts
 * stay. The kept ones of a kind are a heap with the greatest on top; one that
 * is pushed out leaves its memory to the one that takes its slot.
 *
 * In one file the first DIAG_FILE_LIMIT count, in the order in which they are
 * recorded: a file is read by one thread, from its start to its end.
 */
#include "base/diag.h"

#include <libintl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag_cost.h"
#include "base/diag_kind.h"
#include "base/diag_levels.h"
#include "base/digest.h"
#include "base/number.h"
#include "base/unicode.h"

/* Items of one kind: a heap, the greatest first. */
struct diag_kept {
	struct list items; /* uint32_t */
};

enum { KIND_LIMIT = 1024, KINDS_A_WORD = 64 };

struct diag_file {
	uint32_t source;
	size_t kept;
	uint64_t met[KIND_LIMIT / KINDS_A_WORD]; /* a bit for each kind */
};

const char *diag_translate(const char *text)
{
	return gettext(text);
}

void diag_list_init(struct diag_list *list, struct arena *arena)
{
	*list = (struct diag_list){ .arena = arena };
	list_init(&list->items, sizeof(struct diag));
	list_init(&list->marks, sizeof(struct diag_mark));
	map_init(&list->files, arena);
}

void diag_list_init_part(struct diag_list *list, struct arena *arena,
			 const struct diag_list *whole)
{
	diag_list_init(list, arena);
	list->limit = whole->limit;
	list->levels = whole->levels;
}

/* --- one message ---------------------------------------------------------- */

static uint16_t kind_of(const char *id)
{
	const struct diag_kind *row = diag_kind_find(id);

	return (uint16_t)(row == NULL ? diag_kind_count
				      : (size_t)(row - diag_kinds));
}

static uint64_t digest_of_message(const struct diag *diag)
{
	struct digest digest = digest_of(diag->message);

	digest_add_number(&digest, diag->span.source);
	digest_add_number(&digest, diag->span.start);
	digest_add(&digest, str_from_c(diag->id));
	digest_add(&digest, diag->path); /* of a name without a place */
	return digest.low;
}

static struct diag_mark mark_of(const struct diag *diag)
{
	return (struct diag_mark){ .digest = diag->digest,
				   .span = diag->span,
				   .kind = diag->kind,
				   .level = (uint8_t)diag->level,
				   .given = (uint8_t)diag->given };
}

/* By place alone; the text decides where two stand at one. */
static int compare_places(const struct diag *a, const struct diag *b)
{
	int order = (a->span.source > b->span.source) -
		    (a->span.source < b->span.source);

	if (order == 0)
		order = (a->span.start > b->span.start) -
			(a->span.start < b->span.start);
	return order != 0 ? order : str_compare(a->message, b->message);
}

_Static_assert(DIAG_TEXT_LIMIT < UINT16_MAX, "the room of a text is 16 bits");

/* Copies a text into the room that a slot has, or into more. */
static str keep_text(struct diag_list *list, str old, uint16_t *room, str text)
{
	char *data = (char *)old.data;

	if (*room < text.len + 1) {
		*room = (uint16_t)(text.len + 1);
		data = arena_raw(list->arena, *room);
	}
	if (text.len > 0)
		memcpy(data, text.data, text.len);
	data[text.len] = '\0';
	return (str){ data, text.len };
}

/* --- which are kept ------------------------------------------------------- */

static struct diag *item_at(const struct diag_list *list, uint32_t number)
{
	return (struct diag *)list->items.items + number;
}

static int compare_marks(const void *left, const void *right)
{
	const struct diag_mark *a = left;
	const struct diag_mark *b = right;
	int order = (a->span.source > b->span.source) -
		    (a->span.source < b->span.source);

	if (order == 0)
		order = (a->span.start > b->span.start) -
			(a->span.start < b->span.start);
	if (order == 0)
		order = (a->kind > b->kind) - (a->kind < b->kind);
	return order != 0 ? order
			  : (a->digest > b->digest) - (a->digest < b->digest);
}

static void drop_equal_marks(struct diag_list *list)
{
	struct diag_mark *marks = list->marks.items;
	size_t kept = 0;

	qsort(marks, list->marks.count, sizeof(*marks), compare_marks);
	for (size_t i = 0; i < list->marks.count; i++)
		if (kept == 0 ||
		    compare_marks(&marks[kept - 1], &marks[i]) != 0)
			marks[kept++] = marks[i];
	list->marks.count = kept;
}

enum { MANY_MARKS = 4096 };

/*
 * What is found again on the way to each page, as in a template that all have,
 * counts once in the end: it takes no room meanwhile. Half of the room is free
 * afterwards, so that this is not done again at once.
 */
static void make_room_for_marks(struct diag_list *list)
{
	drop_equal_marks(list);
	if (list->marks.count > list->marks.capacity / 2)
		list_reserve(&list->marks, list->marks.capacity * 2,
			     list->arena);
}

static void add_mark(struct diag_list *list, struct diag_mark mark)
{
	if (list->marks.count >= MANY_MARKS &&
	    list->marks.count == list->marks.capacity)
		make_room_for_marks(list);
	*(struct diag_mark *)list_add(&list->marks, list->arena) = mark;
}

static void swap(uint32_t *a, uint32_t *b)
{
	uint32_t kept = *a;

	*a = *b;
	*b = kept;
}

static bool is_greater(const struct diag_list *list, uint32_t a, uint32_t b)
{
	return compare_places(item_at(list, a), item_at(list, b)) > 0;
}

static void heap_up(struct diag_list *list, struct diag_kept *kept)
{
	uint32_t *heap = kept->items.items;
	size_t at = kept->items.count - 1;

	while (at > 0 && is_greater(list, heap[at], heap[(at - 1) / 2])) {
		swap(&heap[at], &heap[(at - 1) / 2]);
		at = (at - 1) / 2;
	}
}

static void heap_down(struct diag_list *list, struct diag_kept *kept)
{
	uint32_t *heap = kept->items.items;
	size_t count = kept->items.count;
	size_t at = 0;

	for (;;) {
		size_t child = 2 * at + 1;

		if (child + 1 < count &&
		    is_greater(list, heap[child + 1], heap[child]))
			child++;
		if (child >= count || !is_greater(list, heap[child], heap[at]))
			return;
		swap(&heap[at], &heap[child]);
		at = child;
	}
}

static bool is_kept(const struct diag_list *list, const struct diag_kept *kept,
		    uint64_t digest)
{
	const uint32_t *heap = kept->items.items;

	for (size_t i = 0; i < kept->items.count; i++)
		if (item_at(list, heap[i])->digest == digest)
			return true;
	return false;
}

static struct diag_kept *kept_of(struct diag_list *list, uint16_t kind)
{
	if (list->kinds == NULL) {
		list->kinds = arena_array(list->arena, diag_kind_count + 1,
					  sizeof(*list->kinds));
		for (size_t i = 0; i <= diag_kind_count; i++)
			list_init(&list->kinds[i].items, sizeof(uint32_t));
	}
	return &list->kinds[kind];
}

/* A slot of its own, empty. */
static struct diag *add_item(struct diag_list *list)
{
	return list_add(&list->items, list->arena);
}

/* Fills a slot; the room for texts is that of whoever had it before. */
static struct diag *fill(struct diag_list *list, struct diag *slot,
			 const struct diag *draft)
{
	struct diag before = *slot;

	*slot = *draft;
	slot->message_room = before.message_room;
	slot->help_room = before.help_room;
	slot->message = keep_text(list, before.message, &slot->message_room,
				  draft->message);
	slot->help = (str){ before.help.data, 0 };
	slot->path = (str){ "", 0 };
	return slot;
}

static struct diag *drop(struct diag_list *list, const struct diag *draft)
{
	list->dropped = *draft;
	return &list->dropped;
}

/* Among the smallest of its kind, in a slot; else a mark is all that stays. */
static struct diag *keep_of_kind(struct diag_list *list,
				 const struct diag *draft)
{
	struct diag_kept *kept = kept_of(list, draft->kind);
	uint32_t *heap = kept->items.items;

	if (kept->items.count == list->limit &&
	    compare_places(draft, item_at(list, heap[0])) >= 0) {
		add_mark(list, mark_of(draft));
		return drop(list, draft);
	}
	if (is_kept(list, kept, draft->digest))
		return drop(list, draft);
	if (kept->items.count == list->limit) {
		struct diag *slot = item_at(list, heap[0]);

		add_mark(list, mark_of(slot));
		fill(list, slot, draft);
		heap_down(list, kept);
		return slot;
	}
	*(uint32_t *)list_add(&kept->items, list->arena) =
		(uint32_t)list->items.count;
	fill(list, add_item(list), draft);
	heap_up(list, kept);
	return item_at(list, (uint32_t)list->items.count - 1);
}

/* Whether the file has none of the kind yet. */
static bool is_first_of_kind(struct diag_file *file, uint16_t kind)
{
	uint64_t *word = &file->met[kind % KIND_LIMIT / KINDS_A_WORD];
	uint64_t bit = UINT64_C(1) << kind % KINDS_A_WORD;
	bool is_first = (*word & bit) == 0;

	*word |= bit;
	return is_first;
}

/*
 * Counts for the file; false when it has its share of texts already. The first
 * of a kind is told all the same: what made a file unreadable often comes last.
 */
static bool has_room_in_file(struct diag_list *list, uint32_t source,
			     uint16_t kind)
{
	struct diag_file *file = list->file;
	bool is_first;

	if (file == NULL || file->source != source)
		file = map_get(&list->files,
			       (str){ (const char *)&source, sizeof(source) });
	if (file == NULL) {
		file = arena_alloc(list->arena, sizeof(*file));
		file->source = source;
		map_set(&list->files,
			(str){ (const char *)&file->source, sizeof(source) },
			file);
	}
	list->file = file;
	is_first = is_first_of_kind(file, kind);
	return file->kept++ < DIAG_FILE_LIMIT || is_first;
}

static void count(struct diag_list *list, enum diag_level level,
		  enum diag_level given)
{
	list->count++;
	if (level == DIAG_WARNING)
		list->warning_count++;
	else
		list->error_count++;
	list->lowered_count += level == DIAG_WARNING && given != level;
	list->raised_count += level == DIAG_ERROR && given != level;
	list->failed |= level == DIAG_FAILURE;
}

/*
 * Names without a place have their path set later, and are limited where they
 * are found.
 */
static struct diag *keep(struct diag_list *list, const struct diag *draft)
{
	if (list->limit > 0 && draft->span.source != SOURCE_NONE)
		return keep_of_kind(list, draft);
	return fill(list, add_item(list), draft);
}

/* --- recording ------------------------------------------------------------ */

__attribute__((format(printf, 2, 0))) static str
format_text(char *buffer, const char *format, va_list arguments)
{
	int length = vsnprintf(buffer, DIAG_TEXT_LIMIT, format, arguments);
	size_t len = length < 0 ? 0 : (size_t)length;

	if (len >= DIAG_TEXT_LIMIT) { /* cut at a whole character */
		len = DIAG_TEXT_LIMIT - 1 - sizeof("…");
		while (len > 0 && ((unsigned char)buffer[len] & 0xc0) == 0x80)
			len--;
		memcpy(buffer + len, "…", sizeof("…"));
		len += sizeof("…") - 1;
	}
	return (str){ buffer, len };
}

static struct diag *add(struct diag_list *list, enum diag_level given,
			struct span span, const char *id, str message)
{
	struct diag draft = { .given = given,
			      .span = span,
			      .id = id,
			      .message = message,
			      .kind = kind_of(id) };

	draft.level = diag_levels_apply(list->levels, given, draft.kind,
					span.source, list->is_imported);
	count(list, draft.level, given);
	draft.digest = digest_of_message(&draft);
	if (span.source != SOURCE_NONE &&
	    !has_room_in_file(list, span.source, draft.kind)) {
		add_mark(list, mark_of(&draft));
		return drop(list, &draft);
	}
	return keep(list, &draft);
}

struct diag *diag_error(struct diag_list *list, struct span span,
			const char *id, const char *format, ...)
{
	char buffer[DIAG_TEXT_LIMIT];
	va_list arguments;
	str message;

	va_start(arguments, format);
	message = format_text(buffer, format, arguments);
	va_end(arguments);
	return add(list, DIAG_ERROR, span, id, message);
}

struct diag *diag_warning(struct diag_list *list, struct span span,
			  const char *id, const char *format, ...)
{
	char buffer[DIAG_TEXT_LIMIT];
	va_list arguments;
	str message;

	va_start(arguments, format);
	message = format_text(buffer, format, arguments);
	va_end(arguments);
	return add(list, DIAG_WARNING, span, id, message);
}

struct diag *diag_failure(struct diag_list *list, const char *id,
			  const char *format, ...)
{
	char buffer[DIAG_TEXT_LIMIT];
	va_list arguments;
	str message;

	va_start(arguments, format);
	message = format_text(buffer, format, arguments);
	va_end(arguments);
	return add(list, DIAG_FAILURE, span_none(), id, message);
}

void diag_help(struct diag_list *list, struct diag *diag, const char *format,
	       ...)
{
	char buffer[DIAG_TEXT_LIMIT];
	va_list arguments;
	str help;

	if (diag == &list->dropped)
		return;
	va_start(arguments, format);
	help = format_text(buffer, format, arguments);
	va_end(arguments);
	diag->help = keep_text(list, diag->help, &diag->help_room, help);
}

/* --- levels --------------------------------------------------------------- */

static void count_anew(struct diag_list *list)
{
	list->count = 0;
	list->error_count = 0;
	list->warning_count = 0;
	list->lowered_count = 0;
	list->raised_count = 0;
	for (size_t i = 0; i < diag_total(list); i++) {
		struct diag_mark mark = diag_at(list, i);

		count(list, mark.level, mark.given);
	}
}

bool diag_is_lowered(const struct diag *diag)
{
	return diag->level == DIAG_WARNING && diag->given != DIAG_WARNING;
}

void diag_set_levels(struct diag_list *list, const struct diag_levels *levels)
{
	struct diag *items = list->items.items;
	struct diag_mark *marks = list->marks.items;

	list->levels = levels;
	for (size_t i = 0; i < list->items.count; i++)
		items[i].level =
			diag_levels_apply(levels, items[i].given, items[i].kind,
					  items[i].span.source, false);
	for (size_t i = 0; i < list->marks.count; i++)
		marks[i].level = (uint8_t)diag_levels_apply(
			levels, marks[i].given, marks[i].kind,
			marks[i].span.source, false);
	count_anew(list);
}

/* --- joining -------------------------------------------------------------- */

static void merge_item(struct diag_list *list, const struct diag *item)
{
	struct diag *copy = keep(list, item);

	if (copy == &list->dropped)
		return;
	if (item->help.len > 0)
		copy->help = keep_text(list, copy->help, &copy->help_room,
				       item->help);
	copy->path = arena_copy(list->arena, item->path);
}

void diag_repeat(struct diag_list *list, const struct diag *diag)
{
	struct diag draft = *diag;

	draft.message_room = 0;
	draft.help_room = 0;
	draft.digest = digest_of_message(&draft);
	count(list, draft.level, draft.given);
	merge_item(list, &draft);
}

void diag_repeat_mark(struct diag_list *list, const struct diag_mark *mark)
{
	count(list, mark->level, mark->given);
	add_mark(list, *mark);
}

void diag_merge(struct diag_list *list, const struct diag_list *more)
{
	const struct diag *items = more->items.items;
	const struct diag_mark *marks = more->marks.items;

	for (size_t i = 0; i < more->items.count; i++)
		merge_item(list, &items[i]);
	if (more->marks.count > list->marks.capacity)
		list_reserve(&list->marks,
			     list->marks.count + more->marks.count,
			     list->arena);
	for (size_t i = 0; i < more->marks.count; i++)
		add_mark(list, marks[i]);
	list->count += more->count;
	list->error_count += more->error_count;
	list->warning_count += more->warning_count;
	list->lowered_count += more->lowered_count;
	list->raised_count += more->raised_count;
	list->failed |= more->failed;
}

static int compare_sources(const void *left, const void *right)
{
	const struct diag *a = left;
	const struct diag *b = right;

	return (a->span.source > b->span.source) -
	       (a->span.source < b->span.source);
}

static int compare_items(const void *left, const void *right)
{
	const struct diag *a = left;
	const struct diag *b = right;
	int order = str_compare(a->path, b->path);

	if (order == 0)
		order = compare_sources(a, b);
	if (order == 0)
		order = (a->span.start > b->span.start) -
			(a->span.start < b->span.start);
	if (order == 0)
		order = strcmp(a->id, b->id);
	return order != 0 ? order : str_compare(a->message, b->message);
}

static void sort_items(struct diag_list *list)
{
	struct diag *items = list->items.items;
	size_t kept = 0;

	if (list->items.count == 0)
		return;
	qsort(items, list->items.count, sizeof(*items), compare_items);
	for (size_t i = 0; i < list->items.count; i++)
		if (kept == 0 ||
		    compare_items(&items[kept - 1], &items[i]) != 0)
			items[kept++] = items[i];
	list->items.count = kept;
}

/*
 * Leaves at most the limit of each kind with their texts. Messages with a place
 * are limited as they are recorded, names without one only here.
 */
static void trim(struct diag_list *list, bool placeless_only)
{
	struct diag *items = list->items.items;
	size_t *counts;
	size_t kept = 0;

	if (list->limit == 0)
		return;
	counts = arena_array(list->arena, diag_kind_count + 1, sizeof(*counts));
	for (size_t i = 0; i < list->items.count; i++)
		if ((!placeless_only || items[i].span.source == SOURCE_NONE) &&
		    items[i].level != DIAG_FAILURE &&
		    ++counts[items[i].kind] > list->limit) {
			items[i].digest = digest_of_message(&items[i]);
			add_mark(list, mark_of(&items[i]));
		} else {
			items[kept++] = items[i];
		}
	list->items.count = kept;
}

/* Marks of messages whose text was kept elsewhere go, and equal ones. */
static void sort_marks(struct diag_list *list)
{
	const struct diag *items = list->items.items;
	struct diag_mark *marks = list->marks.items;
	uint64_t *digests;
	size_t kept = 0;

	if (list->marks.count == 0)
		return;
	digests = arena_array(list->arena, list->items.count, sizeof(*digests));
	for (size_t i = 0; i < list->items.count; i++)
		digests[i] = items[i].digest;
	qsort(digests, list->items.count, sizeof(*digests), u64_compare_items);
	drop_equal_marks(list);
	for (size_t i = 0; i < list->marks.count; i++)
		if (bsearch(&marks[i].digest, digests, list->items.count,
			    sizeof(*digests), u64_compare_items) == NULL)
			marks[kept++] = marks[i];
	list->marks.count = kept;
}

void diag_sort(struct diag_list *list)
{
	sort_items(list);
	trim(list, true);
	sort_marks(list);
	list->kinds = NULL; /* its numbers are of another order */
	count_anew(list);
}

/* The first error in a file that costs more than a place; or NULL. */
static struct diag *find_cause(struct diag *items, size_t count, str path)
{
	struct diag *cause = NULL;

	while (count-- > 0 && str_equal(items[count].path, path))
		if (items[count].level == DIAG_ERROR &&
		    items[count].kind < diag_kind_count &&
		    diag_kinds[items[count].kind].cost >= DIAG_COSTS_RESOURCE)
			cause = &items[count];
	return cause;
}

void diag_fold(struct diag_list *list)
{
	struct diag *items = list->items.items;
	size_t count = 0;

	for (size_t i = 0; i < list->items.count; i++) {
		bool folds =
			items[i].fold != NULL && items[i].level == DIAG_WARNING;
		struct diag *cause =
			folds ? find_cause(items, count, items[i].path) : NULL;

		if (cause == NULL) {
			items[count++] = items[i];
			continue;
		}
		cause->cost = arena_printf(list->arena, _("%s: %s"),
					   diag_cost_text(cause, cause->path),
					   items[i].fold)
				      .data;
	}
	list->items.count = count;
	count_anew(list);
}

static bool read_path(str *out, const struct source_reader *reader,
		      uint32_t number, struct arena *arena)
{
	struct arena scratch;
	struct source source;
	bool ok;

	if (reader->path != NULL)
		return reader->path(reader->context, number, out, arena);
	arena_init(&scratch);
	ok = reader->read(reader->context, number, &source, &scratch);
	if (ok)
		*out = arena_copy(arena, source.path);
	arena_release(&scratch);
	return ok;
}

void diag_resolve(struct diag_list *list, const struct source_reader *reader)
{
	struct diag *items = list->items.items;
	str path = { "", 0 };
	bool found = false;

	if (list->items.count == 0)
		return;
	list->kinds = NULL;
	qsort(items, list->items.count, sizeof(*items), compare_sources);
	for (size_t i = 0; i < list->items.count; i++) {
		uint32_t number = items[i].span.source;

		if (number == SOURCE_NONE)
			break; /* the greatest number */
		if (i == 0 || items[i - 1].span.source != number)
			found = read_path(&path, reader, number, list->arena);
		if (found)
			items[i].path = path;
	}
}

/* `is_out` is of the items, then of the marks. */
static void drop_marked(struct diag_list *list, const bool *is_out)
{
	struct diag *items = list->items.items;
	struct diag_mark *marks = list->marks.items;
	size_t item_count = list->items.count;
	size_t mark_count = list->marks.count;

	list->items.count = 0;
	for (size_t i = 0; i < item_count; i++)
		if (!is_out[i])
			items[list->items.count++] = items[i];
	list->marks.count = 0;
	for (size_t i = 0; i < mark_count; i++)
		if (!is_out[item_count + i])
			marks[list->marks.count++] = marks[i];
}

void diag_take_out(struct diag_list *list, const bool *is_out, size_t limit)
{
	drop_marked(list, is_out);
	list->limit = limit;
	trim(list, false);
	sort_marks(list);
	count_anew(list);
}

size_t diag_total(const struct diag_list *list)
{
	return list->items.count + list->marks.count;
}

struct diag_mark diag_at(const struct diag_list *list, size_t number)
{
	const struct diag *items = list->items.items;
	const struct diag_mark *marks = list->marks.items;

	return number < list->items.count ? mark_of(&items[number])
					  : marks[number - list->items.count];
}

uint64_t diag_list_digest(const struct diag_list *list)
{
	uint64_t sum = diag_total(list);

	for (size_t i = 0; i < diag_total(list); i++)
		sum += diag_at(list, i).digest;
	return sum;
}
