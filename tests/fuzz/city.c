/*
 * One resource, the _defaults.yaml above it and a second resource: read,
 * arranged and planned with a city around them. Aliases, dates, states and
 * relations are part of it.
 */
#include "support/city.h"
#include "tests/fuzz/support/input.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const paths[FUZZ_PARTS] = {
		"content/jyj/n1.md",
		"content/jyj/_defaults.yaml",
		"content/szf/b/index.md",
		"content/szf/b/附件.pdf",
	};
	struct fuzz_input input = fuzz_split(data, size);
	struct memory_file files[FUZZ_PARTS];
	struct source_reader reader;
	struct city city;

	for (size_t i = 0; i < input.count; i++)
		files[i] = (struct memory_file){ paths[i], input.parts[i] };
	city_open(&city, "2024-06-01", files, input.count);
	fuzz_require(city.cluster_ok, "the settings are as they were");
	reader = (struct source_reader){ .context = city.reader,
					 .read = snapshot_source_read };
	fuzz_print(&city.diags, &reader);
	city_close(&city);
	return 0;
}
