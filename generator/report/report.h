/*
 * What a check found, for programs: one list of messages, and a table of the
 * formats in which it is written.
 *
 * Always true: a report has every message, whatever was kept of it: one whose
 * text was left out (base/diag.h) has what its kind is about in its place. The
 * order is that of messages to people: path, place, id, text. What is written
 * is a function of the messages and their language.
 */
#ifndef JIYUE_REPORT_REPORT_H
#define JIYUE_REPORT_REPORT_H

#include "base/diag.h"
#include "base/digest.h"

/* Both count from 1; a column counts characters. Zero: no place is known. */
struct report_place {
	size_t line;
	size_t column;
};

struct report_message {
	const struct diag *diag;
	str path; /* relative to the library; empty: of no file */
	struct report_place start;
	struct report_place end; /* one behind the last character */
	const char *cost;	 /* of base/diag_cost.h; NULL: none is said */

	/*
	 * Of id, path and the text at the place, or of the message where there
	 * is none, and which it is of equal ones: lines above may come and go.
	 */
	struct digest fingerprint;
};

struct arrangement;

struct report {
	const struct report_message *messages;
	size_t count;
	size_t errors; /* failures too */
	size_t warnings;
	size_t lowered; /* of the warnings, by `severity` */
	size_t raised;	/* of the errors */
	bool failed;
	int exit_code;
	str folder; /* of its repository that the library is; may be empty */
	/* whose findings are; NULL: nothing was arranged */
	const struct arrangement *arrangement;

	/*
	 * Takes what was written so far and empties it, so that a report of
	 * half a million messages is never in memory as a whole. May be NULL.
	 */
	void (*take)(struct buf *out, void *context);
	void *context;
};

/*
 * Of a sorted list. Everything in it lives as long as the arena and the list.
 * Each source is read once. Without warnings they are counted all the same.
 */
void report_make(struct report *out, const struct diag_list *diags,
		 const struct source_reader *reader, bool with_warnings,
		 struct arena *arena);

typedef void report_writer(struct buf *out, const struct report *report);

struct report_format {
	const char *name;
	report_writer *write;
};

extern const struct report_format report_formats[];
extern const size_t report_format_count;

/* NULL: there is none of this name. */
const struct report_format *report_format_find(const char *name);

/* --- for those who write one ---------------------------------------------- */

report_writer report_write_json, report_write_sarif, report_write_junit,
	report_write_github, report_write_gitlab;

/* To be called behind each message: `take` gets what has become much. */
void report_pass_on(const struct report *report, struct buf *out);

/* "failure", "error" or "warning": never translated. */
const char *report_level(const struct report_message *message);

/*
 * The path from the root of the repository, as programs that show a repository
 * have it; empty: of no file.
 */
str report_path(const struct report *report,
		const struct report_message *message, struct arena *arena);

/* The message, what it costs and, in a line of its own, the way out. */
void report_add_text(struct buf *out, const struct report_message *message);

#endif
