/*
 * One resource, the _defaults.yaml above it and a second resource: read and
 * arranged with a city around them. Aliases, dates, states and relations are
 * part of it.
 */
#include "tests/fuzz/support/city_input.h"

static const char *const paths[FUZZ_PARTS] = {
	"content/jyj/n1.md",
	"content/jyj/_defaults.yaml",
	"content/szf/b/index.md",
	"content/szf/b/附件.pdf",
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct city city;

	city_input_open(&city, paths, data, size);
	fuzz_require(city.cluster_ok, "the settings are as they were");
	city_input_close(&city);
	return 0;
}
