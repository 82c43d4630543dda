/* platform.yaml and two site.yaml of a small city. */
#include "support/city.h"
#include "tests/fuzz/support/input.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const paths[FUZZ_PARTS] = {
		"sites/jyj/site.yaml",
		"sites/platform.yaml",
		"sites/www/site.yaml",
		"sites/types/notice.yaml",
	};
	struct fuzz_input input = fuzz_split(data, size);
	struct memory_file files[FUZZ_PARTS];
	struct source_reader reader;
	struct city city;

	for (size_t i = 0; i < input.count; i++)
		files[i] = (struct memory_file){ paths[i], input.parts[i] };
	city_open(&city, "2024-06-01", files, input.count);
	reader = (struct source_reader){ .context = city.reader,
					 .read = snapshot_source_read };
	fuzz_print(&city.diags, &reader);
	city_close(&city);
	return 0;
}
