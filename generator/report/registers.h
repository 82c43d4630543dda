/*
 * The registers (台账) that a cluster keeps: sites, domains, outside links of
 * their pages' foot and texts, posts of columns, checks of security, training.
 *
 * Always true: what stands in settings is in no other file; what only people
 * know is read from sites/<id>/records/ (audit/records.h), and where there is
 * none, the row names the file to write.
 */
#ifndef JIYUE_REPORT_REGISTERS_H
#define JIYUE_REPORT_REGISTERS_H

#include "audit/records.h"
#include "report/sheet.h"

/* `site`: this one alone; NULL: all. False when the world fails. */
MUST_USE bool registers_make(struct sheet *out, const struct page_plan *plan,
			     const struct record_source *from,
			     const char *site);

#endif
