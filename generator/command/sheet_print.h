/* A sheet on standard output, and what reading its records needs. */
#ifndef JIYUE_COMMAND_SHEET_PRINT_H
#define JIYUE_COMMAND_SHEET_PRINT_H

#include "pipeline/build.h"
#include "audit/records.h"
#include "report/sheet.h"

struct record_source sheet_records(struct build *build);

/* In the style of the portal; NULL: as text. False after a message. */
MUST_USE bool sheet_print(struct sheet *sheet,
			  const struct sheet_format *format,
			  struct build *build);

#endif
