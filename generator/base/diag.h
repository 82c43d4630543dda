/*
 * Messages about mistakes, collected while work goes on.
 *
 * Always true: recording never fails and never prints; messages are copied
 * into the list's arena; a list belongs to one thread. Ids are stable: tests,
 * documents and machine-readable output use them; each has a row in
 * base/diag_kind.c.
 *
 * Bounded: the text of a message is kept for the first DIAG_FILE_LIMIT that a
 * list gets of one file, and for the first `limit` of one kind, by file and
 * place, whatever the order in which they come. Any other message leaves a mark
 * of 24 bytes, so that it is counted once and has its place. Which texts are
 * kept does not depend on the threads: lists are merged in any order.
 *
 * A platform can make warnings of errors, and errors of warnings, by kind
 * (base/diag_levels.h). Whoever has something right to go on with after an
 * error asks the message that it got back: diag_is_lowered.
 */
#ifndef JIYUE_BASE_DIAG_H
#define JIYUE_BASE_DIAG_H

#include "base/buf.h"
#include "base/list.h"
#include "base/map.h"
#include "base/source.h"

/* Message text is English here, Chinese through gettext. */
#define _(text) diag_translate(text)
/* In a table; translated where it is printed. */
#define N_(text) text
__attribute__((format_arg(1))) const char *diag_translate(const char *text);

enum {
	DIAG_FILE_LIMIT = 200,	/* texts kept of one file, and one a kind */
	DIAG_TEXT_LIMIT = 2000, /* bytes of a message or a help */
};

enum diag_level { DIAG_ERROR, DIAG_WARNING, DIAG_FAILURE };

struct diag_levels;

/* What is left of a message when its text is not kept. */
struct diag_mark {
	uint64_t digest; /* of place, kind and text: equal ones are one */
	struct span span;
	uint16_t kind; /* row of diag_kinds; behind the last: none */
	uint8_t level; /* enum diag_level */
	uint8_t given; /* the level that the code gave it */
};

struct diag {
	enum diag_level level;
	struct span span;
	str path; /* sort key and head line; empty without a place */
	const char *id;
	str message;
	str help; /* empty: none */

	enum diag_level given; /* `level`, before the platform had its say */

	const char *fold; /* what diag_fold says of it elsewhere; or NULL */
	const char *cost; /* instead of what its kind costs; or NULL */

	/* of base/diag.c */
	uint64_t digest;
	uint16_t kind;
	uint16_t message_room; /* bytes that stand ready behind `message` */
	uint16_t help_room;
};

struct diag_list {
	struct arena *arena;
	struct list items;  /* struct diag: those with their text */
	struct list marks;  /* struct diag_mark: the others */
	size_t count;	    /* recorded so far, equal ones too */
	size_t error_count; /* errors and failures */
	size_t warning_count;
	size_t lowered_count; /* of the warnings: errors to the code */
	size_t raised_count;  /* of the errors: warnings to the code */
	bool failed;	      /* there is a DIAG_FAILURE */
	size_t limit;	      /* texts kept of one kind; 0: all */
	const struct diag_levels *levels; /* what the platform says, or NULL */
	bool is_imported; /* the file at hand has "imported: true" */

	/* of base/diag.c */
	struct diag_kept *kinds; /* one a kind, when there is a limit */
	struct map files;	 /* struct diag_file *: by source number */
	struct diag_file *file;	 /* the last one of these */
	struct diag dropped;	 /* stands for a message without text */
};

/* Keeps the texts of all kinds; set `limit` before anything is recorded. */
void diag_list_init(struct diag_list *list, struct arena *arena);

/* For messages that will be merged into `whole`: same bounds, same levels. */
void diag_list_init_part(struct diag_list *list, struct arena *arena,
			 const struct diag_list *whole);

/* From now on, and for what was recorded before; `levels` outlive the list. */
void diag_set_levels(struct diag_list *list, const struct diag_levels *levels);

/*
 * A mistake of the user's at a place of the library. The result is for
 * diag_help and for `path`, at once: a later message may take its place.
 */
__attribute__((format(printf, 4, 5))) struct diag *
diag_error(struct diag_list *list, struct span span, const char *id,
	   const char *format, ...);
__attribute__((format(printf, 4, 5))) struct diag *
diag_warning(struct diag_list *list, struct span span, const char *id,
	     const char *format, ...);

/* The world failed: disk, Git, permissions. */
__attribute__((format(printf, 3, 4))) struct diag *
diag_failure(struct diag_list *list, const char *id, const char *format, ...);

/* Whether an error is a warning to the platform: work can go on after it. */
bool diag_is_lowered(const struct diag *diag);

/* How to put it right. */
__attribute__((format(printf, 3, 4))) void
diag_help(struct diag_list *list, struct diag *diag, const char *format, ...);

/*
 * Records a message as it was recorded before; of its members `digest` and the
 * rooms are worked out anew.
 */
void diag_repeat(struct diag_list *list, const struct diag *diag);

/* The same of one without its text, in a file with the number that it had. */
void diag_repeat_mark(struct diag_list *list, const struct diag_mark *mark);

/*
 * Of a sorted list: what a message with `fold` says becomes part of what the
 * first error in its file costs, and is no message of its own any more. It
 * stays where no such error has its text.
 */
void diag_fold(struct diag_list *list);

/* Adds copies of all of `more`. */
void diag_merge(struct diag_list *list, const struct diag_list *more);

/*
 * Fills in `path` from the reader, asked once for each file. Then diag_sort
 * puts all by path, offset and id, and equal ones once; from then on counts
 * are of different messages.
 */
void diag_resolve(struct diag_list *list, const struct source_reader *reader);
void diag_sort(struct diag_list *list);

/*
 * Takes messages out of a sorted list, those whose number (of diag_at) is set;
 * then shows at most `limit` of each kind.
 */
void diag_take_out(struct diag_list *list, const bool *is_out, size_t limit);

/* Whatever was recorded, item or mark, as a mark; `number` < diag_total. */
size_t diag_total(const struct diag_list *list);
struct diag_mark diag_at(const struct diag_list *list, size_t number);

/* Of all that was recorded, in whatever order. */
uint64_t diag_list_digest(const struct diag_list *list);

/*
 * Prints a sorted list, file by file, each source read once, as
 *	path:line:column: error: message (costs this resource) [id]
 *	   4 | issued: 2024-13-01
 *	     |         ^^^^^^^^^^
 *	  help: write YYYY-MM-DD
 * and behind the last message of a file how many more there are in it.
 * `reader` may be NULL when no message has a place.
 */
struct diag_printer {
	const struct diag_list *list;
	const struct source_reader *reader;
	size_t next; /* item */
};

/* Adds the messages of the next file; false when none is left. */
bool diag_print_next(struct buf *out, struct diag_printer *printer);

/* All of them at once. */
void diag_print(struct buf *out, const struct diag_list *list,
		const struct source_reader *reader);

#endif
