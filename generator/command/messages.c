/*
 * What a command says in the end: its messages by place, equal ones once, a
 * table of their kinds before them where they are many, and counts behind them.
 * Every command ends here, so they all count alike and have the same exit
 * codes. The text for people goes to standard error and may be cut; what
 * programs read is whole and goes to standard output.
 */
#include "command/messages.h"

#include <stdio.h>

#include "base/diag_kind.h"
#include "command/command.h"
#include "snapshot/uncommitted.h"

/* From so many on they begin with a table of their kinds. */
enum { MANY = 50 };

struct kind_count {
	size_t errors;
	size_t warnings;
	size_t shown;
};

static struct kind_count *count_kinds(const struct diag_list *diags,
				      struct arena *arena)
{
	struct kind_count *counts =
		arena_array(arena, diag_kind_count + 1, sizeof(*counts));

	for (size_t i = 0; i < diag_total(diags); i++) {
		struct diag_mark mark = diag_at(diags, i);
		struct kind_count *count = &counts[mark.kind];

		count->errors += mark.level != DIAG_WARNING;
		count->warnings += mark.level == DIAG_WARNING;
		count->shown += i < diags->items.count;
	}
	return counts;
}

static void print_count(const char *level, size_t count, size_t shown,
			size_t kind)
{
	const struct diag_kind *row = &diag_kinds[kind];

	if (count == 0)
		return;
	fprintf(stderr, "%8zu %s  %s: %s", count, level, row->id,
		_(row->about));
	if (shown < count)
		fprintf(stderr, _(" (shown: %zu)"), shown);
	fputc('\n', stderr);
}

static void print_kinds(const struct diag_list *diags, struct arena *arena)
{
	const struct kind_count *counts = count_kinds(diags, arena);

	fprintf(stderr, _("errors: %zu, warnings: %zu; by kind:\n"),
		diags->error_count, diags->warning_count);
	for (size_t i = 0; i < diag_kind_count; i++) {
		print_count(_("error"), counts[i].errors, counts[i].shown, i);
		print_count(_("warning"), counts[i].warnings, counts[i].shown,
			    i);
	}
	fputc('\n', stderr);
}

static void print_left_out(const struct diag_list *diags)
{
	size_t left_out = diags->marks.count;

	if (left_out == 0)
		return;
	fprintf(stderr, _("\nmessages left out: %zu. "), left_out);
	if (diags->limit > 0)
		fprintf(stderr,
			_("At most %zu of each kind are shown; --limit 0 shows "
			  "all, but at most %d of each file\n"),
			diags->limit, DIAG_FILE_LIMIT);
	else
		fprintf(stderr, _("At most %d of each file are shown\n"),
			DIAG_FILE_LIMIT);
}

/* What sites/platform.yaml made of messages. */
static void print_changed(const struct diag_list *diags)
{
	if (diags->lowered_count > 0)
		fprintf(stderr,
			_("errors that “severity” makes warnings: %zu\n"),
			diags->lowered_count);
	if (diags->raised_count > 0)
		fprintf(stderr,
			_("warnings that “severity” makes errors: %zu\n"),
			diags->raised_count);
}

/* The same without its warnings, in memory of its own. */
static struct diag_list errors_of(const struct diag_list *diags,
				  struct arena *arena)
{
	const struct diag *items = diags->items.items;
	const struct diag_mark *marks = diags->marks.items;
	struct diag_list errors;

	diag_list_init(&errors, arena);
	errors.limit = diags->limit;
	errors.warning_count = diags->warning_count;
	for (size_t i = 0; i < diags->items.count; i++) {
		if (items[i].level == DIAG_WARNING)
			continue;
		*(struct diag *)list_add(&errors.items, arena) = items[i];
		errors.error_count++;
	}
	for (size_t i = 0; i < diags->marks.count; i++) {
		if (marks[i].level == DIAG_WARNING)
			continue;
		*(struct diag_mark *)list_add(&errors.marks, arena) = marks[i];
		errors.error_count++;
	}
	return errors;
}

static void print_all(const struct diag_list *diags,
		      const struct source_reader *reader)
{
	struct diag_printer printer = { .list = diags, .reader = reader };
	struct arena arena;
	struct buf text;

	arena_init(&arena);
	buf_init(&text, &arena);
	if (diag_total(diags) > MANY)
		print_kinds(diags, &arena);
	while (diag_print_next(&text, &printer)) {
		fwrite(text.data, 1, text.len, stderr);
		text.len = 0;
	}
	print_left_out(diags);
	print_changed(diags);
	arena_release(&arena);
}

static void print_errors(const struct diag_list *diags,
			 const struct source_reader *reader)
{
	struct diag_list errors;
	struct arena arena;

	arena_init(&arena);
	errors = errors_of(diags, &arena);
	print_all(&errors, reader);
	if (diags->warning_count > 0)
		fprintf(stderr, _("warnings not shown: %zu\n"),
			diags->warning_count);
	arena_release(&arena);
}

void messages_sort(struct build *build)
{
	struct source_reader reader = library_source_reader(&build->library);

	diag_resolve(&build->diags, &reader);
	diag_sort(&build->diags);
	diag_fold(&build->diags);
}

static int exit_code(const struct diag_list *diags)
{
	if (diags->failed)
		return EXIT_FAILED;
	return diags->error_count > 0 ? EXIT_MISTAKES : EXIT_CLEAN;
}

int messages_tell(struct build *build)
{
	struct source_reader reader = library_source_reader(&build->library);

	if (build->options->quiet)
		print_errors(&build->diags, &reader);
	else
		print_all(&build->diags, &reader);
	return exit_code(&build->diags);
}

static void write_out(struct buf *text, void *context)
{
	(void)context;
	if (text->len > 0)
		fwrite(text->data, 1, text->len, stdout);
	text->len = 0;
}

int messages_tell_as(struct build *build, const struct report_format *format)
{
	struct source_reader reader = library_source_reader(&build->library);
	struct report report;
	struct arena arena;
	struct buf text;

	if (format == NULL)
		return messages_tell(build);
	arena_init(&arena);
	buf_init(&text, &arena);
	report_make(&report, &build->diags, &reader, !build->options->quiet,
		    &arena);
	report.exit_code = exit_code(&build->diags);
	report.arrangement = build->library.plan.arrangement;
	if (build->has_git)
		report.folder =
			snapshot_folder(build->options->library.folder, &arena);
	report.take = write_out;
	format->write(&text, &report);
	write_out(&text, NULL);
	arena_release(&arena);
	return report.exit_code;
}

int messages_finish(struct build *build)
{
	messages_sort(build);
	return messages_tell(build);
}

int messages_finish_list(struct diag_list *diags)
{
	diag_sort(diags);
	print_all(diags, NULL);
	return exit_code(diags);
}

void messages_tell_uncommitted(const struct build *build)
{
	const struct library_options *options = &build->options->library;
	struct uncommitted found;
	struct arena arena;

	if (options->worktree || options->revision != NULL)
		return;
	arena_init(&arena);
	found = uncommitted_find(options->folder, &arena);
	if (found.count > 0)
		fprintf(stderr,
			_("files that are not committed and do not count: %zu "
			  "(%.*s%s); --worktree reads them\n"),
			found.count, STR_ARG(found.first),
			found.count > 1 ? ", …" : "");
	arena_release(&arena);
}
