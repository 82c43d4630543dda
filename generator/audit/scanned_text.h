/*
 * All that a resource says, in one text, gone through once for every rule that
 * looks for words or numbers: title, summary, fields, body, names of files.
 *
 * Always true: parts follow each other with a line end between them; points and
 * hits are those of the folded text (audit/text_points.h).
 */
#ifndef JIYUE_AUDIT_SCANNED_TEXT_H
#define JIYUE_AUDIT_SCANNED_TEXT_H

#include "audit/number_finder.h"
#include "audit/word_book.h"
#include "library/extract.h"

enum text_part {
	SAID_TITLE,
	SAID_SUMMARY, /* with subtitle */
	SAID_FIELDS,
	SAID_BODY,
	SAID_FILES,
	SAID_COUNT
};

struct scanned_text {
	struct text_points folded;
	struct text_points typed;      /* the same text, nothing folded */
	size_t starts[SAID_COUNT + 1]; /* point at which each part begins */
	const struct word_hit *hits;
	size_t hit_count;
	const struct number_hit *numbers;
	size_t number_count;
};

void scanned_text_make(struct scanned_text *out,
		       const struct resource *resource,
		       const struct extract *extract,
		       const struct word_book *words, struct arena *arena);

enum text_part scanned_text_part(const struct scanned_text *text, size_t point);

#endif
