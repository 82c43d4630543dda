/*
 * What attachments say, judged by the rules about words and persons as texts
 * are: office files (markup/office_text.h) and PDF (system/pdf_text.h). The
 * words are kept by the id of the file's bytes, so each file is read once.
 *
 * Always true: what cannot be read is counted, and told once in a daily check;
 * it costs nothing else.
 */
#ifndef JIYUE_AUDIT_ATTACHMENT_TEXT_H
#define JIYUE_AUDIT_ATTACHMENT_TEXT_H

#include "audit/judge.h"

/* While there is one thread. */
void attachments_judge(struct judging *judging, struct diag_list *diags);

#endif
