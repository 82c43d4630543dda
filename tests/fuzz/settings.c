/* platform.yaml, two site.yaml and a type of a small city. */
#include "tests/fuzz/support/city_input.h"

static const char *const paths[FUZZ_PARTS] = {
	"sites/jyj/site.yaml",
	"sites/platform.yaml",
	"sites/www/site.yaml",
	"sites/types/notice.yaml",
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct city city;

	city_input_open(&city, paths, data, size);
	city_input_close(&city);
	return 0;
}
