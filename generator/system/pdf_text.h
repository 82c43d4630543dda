/*
 * The words of a PDF, by poppler's `pdftotext` in a process of its own: with
 * limits on its time, memory and output, and nothing of ours open.
 */
#ifndef JIYUE_SYSTEM_PDF_TEXT_H
#define JIYUE_SYSTEM_PDF_TEXT_H

#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

enum pdf_text {
	PDF_TEXT_READ,
	PDF_TEXT_BROKEN, /* or locked, or more than the limits allow */
	PDF_TEXT_NO_PROGRAM,
};

/* What the process may take; beyond it the PDF counts as broken. */
struct pdf_text_limits {
	unsigned milliseconds; /* by the clock */
	unsigned seconds;      /* of the processor */
	uint64_t memory;       /* bytes */
	size_t text;	       /* bytes that it prints */
};

/* 20 s, of which 15 are worked; 512 MiB; 1 MiB of text. */
extern const struct pdf_text_limits pdf_text_limits;

/* While there is one thread. */
enum pdf_text pdf_text_read(str *out, str bytes,
			    const struct pdf_text_limits *limits,
			    struct arena *arena);

#endif
