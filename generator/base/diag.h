/*
 * Messages about mistakes, collected while work goes on.
 *
 * Always true: recording never fails and never prints; messages are copied
 * into the list's arena; a list belongs to one thread. Ids are stable: tests,
 * documents and machine-readable output use them.
 */
#ifndef JIYUE_BASE_DIAG_H
#define JIYUE_BASE_DIAG_H

#include "base/buf.h"
#include "base/list.h"
#include "base/source.h"

/* Message text is English here, Chinese through gettext. */
#define _(text) diag_translate(text)
/* In a table; translated where it is printed. */
#define N_(text) text
__attribute__((format_arg(1))) const char *diag_translate(const char *text);

enum diag_level { DIAG_ERROR, DIAG_WARNING, DIAG_FAILURE };

struct diag {
	enum diag_level level;
	struct span span;
	str path; /* sort key and head line; empty without a place */
	const char *id;
	str message;
	str help; /* empty: none */
};

struct diag_list {
	struct arena *arena;
	struct list items;  /* struct diag */
	size_t error_count; /* errors and failures */
	size_t warning_count;
	bool failed; /* there is a DIAG_FAILURE */
};

void diag_list_init(struct diag_list *list, struct arena *arena);

/* A mistake of the user's at a place of the library. */
__attribute__((format(printf, 4, 5))) struct diag *
diag_error(struct diag_list *list, struct span span, const char *id,
	   const char *format, ...);
__attribute__((format(printf, 4, 5))) struct diag *
diag_warning(struct diag_list *list, struct span span, const char *id,
	     const char *format, ...);

/* The world failed: disk, Git, permissions. */
__attribute__((format(printf, 3, 4))) struct diag *
diag_failure(struct diag_list *list, const char *id, const char *format, ...);

/* How to put it right. */
__attribute__((format(printf, 3, 4))) void
diag_help(struct diag_list *list, struct diag *diag, const char *format, ...);

/* Appends copies of all of `more`. */
void diag_merge(struct diag_list *list, const struct diag_list *more);

/* By path, offset, id; equal ones once. */
void diag_sort(struct diag_list *list);

/* Fills in `path` from the reader; call before diag_sort. */
void diag_resolve(struct diag_list *list, const struct source_reader *reader);

/*
 * `reader` may be NULL when no message has a place. Prints all as
 *	path:line:column: error: message [id]
 *	   4 | issued: 2024-13-01
 *	     |         ^^^^^^^^^^
 *	  help: write YYYY-MM-DD
 */
void diag_print(struct buf *out, const struct diag_list *list,
		const struct source_reader *reader);

#endif
