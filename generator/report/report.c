/*
 * The list that all formats write, made once: messages with and without their
 * text become one sorted list of diags, then each source is read for the places
 * in it, in rising order, and last equal fingerprints are told apart. So a
 * report costs what its files and messages are long.
 */
#include "report/report.h"

#include <stdlib.h>
#include <string.h>

#include "base/diag_cost.h"
#include "base/diag_kind.h"

enum { PASS_ON_BYTES = 64 * 1024 };

const struct report_format report_formats[] = {
	{ "json", report_write_json },	   { "sarif", report_write_sarif },
	{ "junit", report_write_junit },   { "github", report_write_github },
	{ "gitlab", report_write_gitlab },
};
const size_t report_format_count = COUNT_OF(report_formats);

const struct report_format *report_format_find(const char *name)
{
	for (size_t i = 0; i < report_format_count; i++)
		if (strcmp(report_formats[i].name, name) == 0)
			return &report_formats[i];
	return NULL;
}

/* --- all messages with a text --------------------------------------------- */

/* A kind behind the last has no row; it is a bug to say such a message. */
static struct diag of_mark(struct diag_mark mark)
{
	bool is_known = mark.kind < diag_kind_count;

	return (struct diag){
		.level = mark.level,
		.given = mark.given,
		.span = mark.span,
		.path = STR(""),
		.kind = mark.kind,
		.id = is_known ? diag_kinds[mark.kind].id : "unknown",
		.message = str_from_c(is_known ? _(diag_kinds[mark.kind].about)
					       : ""),
	};
}

static void add_shown(struct diag_list *out, const struct diag *diag,
		      bool with_warnings, struct arena *arena)
{
	if (with_warnings || diag->level != DIAG_WARNING)
		*(struct diag *)list_add(&out->items, arena) = *diag;
}

static void list_all(struct diag_list *out, const struct diag_list *diags,
		     const struct source_reader *reader, bool with_warnings,
		     struct arena *arena)
{
	const struct diag *items = diags->items.items;
	const struct diag_mark *marks = diags->marks.items;

	diag_list_init(out, arena);
	list_reserve(&out->items, diags->items.count + diags->marks.count,
		     arena);
	for (size_t i = 0; i < diags->items.count; i++)
		add_shown(out, &items[i], with_warnings, arena);
	for (size_t i = 0; i < diags->marks.count; i++) {
		struct diag diag = of_mark(marks[i]);

		add_shown(out, &diag, with_warnings, arena);
	}
	if (diags->marks.count > 0)
		diag_resolve(out, reader);
	diag_sort(out);
}

/* --- places --------------------------------------------------------------- */

static str text_at(struct span span, str text)
{
	size_t end = span.end < text.len ? span.end : text.len;

	return span.start < end ? str_between(text, span.start, end) : STR("");
}

static struct report_place place_of(struct place place)
{
	return (struct report_place){ place.line, place.column };
}

/* The end is looked for from the start on: a span costs its own length. */
static void fill_place(struct report_message *out, struct place_walk *walk)
{
	struct span span = out->diag->span;
	struct place_walk from_start;

	out->start = place_of(place_walk_to(walk, span.start));
	from_start = *walk;
	out->end = place_of(place_walk_to(
		&from_start, span.end > span.start ? span.end : span.start));
}

static void fill_message(struct report_message *out, str path, str known_by)
{
	out->path = path;
	out->cost = diag_cost_text(out->diag, path);
	out->fingerprint = digest_of(str_from_c(out->diag->id));
	digest_add(&out->fingerprint, path);
	digest_add(&out->fingerprint, known_by);
}

/* All of one source: places in an earlier version are none of today's file. */
static void fill_source(struct report_message *first,
			const struct report_message *behind,
			const struct source_reader *reader, struct arena *arena)
{
	uint32_t number = first->diag->span.source;
	struct source source;
	struct place_walk walk;
	struct arena scratch;
	bool is_placed;
	str path;

	arena_init(&scratch);
	is_placed = number != SOURCE_NONE && !source_is_earlier(number) &&
		    reader->read(reader->context, number, &source, &scratch);
	if (is_placed) {
		path = arena_copy(arena, source.path);
		place_walk_init(&walk, source.text);
	}
	for (; first < behind; first++) {
		const struct diag *diag = first->diag;

		if (!is_placed) {
			fill_message(first, diag->path, diag->message);
			continue;
		}
		fill_place(first, &walk);
		fill_message(first, path, text_at(diag->span, source.text));
	}
	arena_release(&scratch);
}

static void fill_all(struct report_message *messages, size_t count,
		     const struct source_reader *reader, struct arena *arena)
{
	size_t first = 0;

	for (size_t i = 1; i <= count; i++)
		if (i == count || messages[i].diag->span.source !=
					  messages[first].diag->span.source) {
			fill_source(messages + first, messages + i, reader,
				    arena);
			first = i;
		}
}

/* --- fingerprints --------------------------------------------------------- */

static int compare_fingerprints(const void *left, const void *right)
{
	const struct report_message *a = *(struct report_message *const *)left;
	const struct report_message *b = *(struct report_message *const *)right;
	struct digest x = a->fingerprint;
	struct digest y = b->fingerprint;

	if (x.high != y.high)
		return x.high < y.high ? -1 : 1;
	if (x.low != y.low)
		return x.low < y.low ? -1 : 1;
	return (a > b) - (a < b);
}

/* The second of equal ones is another finding than the first. */
static void tell_equals_apart(struct report_message *messages, size_t count,
			      struct arena *arena)
{
	struct report_message **order =
		arena_array(arena, count, sizeof(struct report_message *));
	struct digest before;
	size_t number = 0;

	for (size_t i = 0; i < count; i++)
		order[i] = &messages[i];
	if (count > 0)
		qsort(order, count, sizeof(struct report_message *),
		      compare_fingerprints);
	for (size_t i = 0; i < count; i++) {
		struct digest now = order[i]->fingerprint;

		number = i > 0 && digest_equal(now, before) ? number + 1 : 0;
		before = now;
		if (number > 0)
			digest_add_number(&order[i]->fingerprint, number);
	}
}

void report_make(struct report *out, const struct diag_list *diags,
		 const struct source_reader *reader, bool with_warnings,
		 struct arena *arena)
{
	struct report_message *messages;
	struct diag_list all;

	list_all(&all, diags, reader, with_warnings, arena);
	messages = arena_array(arena, all.items.count, sizeof(*messages));
	for (size_t i = 0; i < all.items.count; i++)
		messages[i].diag = (const struct diag *)all.items.items + i;
	fill_all(messages, all.items.count, reader, arena);
	tell_equals_apart(messages, all.items.count, arena);
	*out = (struct report){ .messages = messages,
				.count = all.items.count,
				.errors = diags->error_count,
				.warnings = diags->warning_count,
				.lowered = diags->lowered_count,
				.raised = diags->raised_count,
				.failed = diags->failed };
}

/* --- for the formats ------------------------------------------------------ */

void report_pass_on(const struct report *report, struct buf *out)
{
	if (report->take != NULL && out->len >= PASS_ON_BYTES)
		report->take(out, report->context);
}

str report_path(const struct report *report,
		const struct report_message *message, struct arena *arena)
{
	if (report->folder.len == 0 || message->path.len == 0)
		return message->path;
	return arena_printf(arena, "%.*s/%.*s", STR_ARG(report->folder),
			    STR_ARG(message->path));
}

const char *report_level(const struct report_message *message)
{
	switch (message->diag->level) {
	case DIAG_WARNING:
		return "warning";
	case DIAG_FAILURE:
		return "failure";
	default:
		return "error";
	}
}

void report_add_text(struct buf *out, const struct report_message *message)
{
	const struct diag *diag = message->diag;

	buf_add(out, diag->message);
	if (message->cost != NULL)
		buf_printf(out, _(" (%s)"), message->cost);
	if (diag->help.len > 0)
		buf_printf(out, "\n%s: %.*s", _("help"), STR_ARG(diag->help));
}
