/*
 * Attachments: drawings that are cleaned, data in XML, and the first bytes of
 * any file. What was cleaned stays as it is when it is cleaned again.
 */
#include "markup/file_kind.h"
#include "markup/svg.h"
#include "markup/xml_data.h"
#include "tests/fuzz/support/input.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	str file = { (const char *)data, size };
	struct xml_problem problem;
	struct svg_report report;
	struct arena arena;
	str cleaned, again;

	arena_init(&arena);
	if (svg_clean(&cleaned, &report, file, &arena))
		fuzz_require(svg_clean(&again, &report, cleaned, &arena) &&
				     report.kinds == 0 &&
				     str_equal(cleaned, again),
			     "a drawing that was cleaned stays as it is");
	(void)xml_data_check(file, &problem, &arena);
	for (int look = 0; look <= LOOK_UNKNOWN; look++)
		(void)file_bytes_fit((enum file_look)look,
				     str_between(file, 0, FILE_HEAD));
	(void)file_bytes_guess(str_between(file, 0, FILE_HEAD));
	arena_release(&arena);
	return 0;
}
