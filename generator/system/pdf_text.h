/*
 * The words of a PDF, by poppler's `pdftotext` in a process of its own: with
 * limits on its time, memory and output, and nothing of ours open.
 */
#ifndef JIYUE_SYSTEM_PDF_TEXT_H
#define JIYUE_SYSTEM_PDF_TEXT_H

#include "base/arena.h"
#include "base/str.h"

enum pdf_text {
	PDF_TEXT_READ,
	PDF_TEXT_BROKEN, /* or locked, or more than the limits allow */
	PDF_TEXT_NO_PROGRAM,
};

/* While there is one thread. */
enum pdf_text pdf_text_read(str *out, str bytes, struct arena *arena);

#endif
