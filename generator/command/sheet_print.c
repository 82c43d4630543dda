#include "command/sheet_print.h"

#include <stdio.h>

struct record_source sheet_records(struct build *build)
{
	struct library *library = &build->library;

	return (struct record_source){
		.snapshot = &library->snapshot,
		.reader = library->reader,
		.offset = library->cluster.platform.offset,
		.arena = &build->arena,
		.diags = &build->diags,
	};
}

bool sheet_print(struct sheet *sheet, const struct sheet_format *format,
		 struct build *build)
{
	const struct site *portal = build->library.cluster.portal;
	struct buf bytes;

	buf_init(&bytes, &build->arena);
	sheet->home = arena_printf(&build->arena, "https://%.*s/",
				   STR_ARG(portal->domain));
	if (format == NULL)
		format = &sheet_formats[0];
	if (!format->write(&bytes, sheet,
			   &build->library.themes[portal->number],
			   &build->diags))
		return false;
	fwrite(bytes.data, 1, bytes.len, stdout);
	return !build->diags.failed;
}
