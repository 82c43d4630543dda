#include "tests/fuzz/support/city_input.h"

void city_input_open(struct city *city, const char *const paths[FUZZ_PARTS],
		     const uint8_t *data, size_t size)
{
	struct fuzz_input input = fuzz_split(data, size);
	struct memory_file files[FUZZ_PARTS];

	for (size_t i = 0; i < input.count; i++)
		files[i] = (struct memory_file){ paths[i], input.parts[i] };
	city_open(city, "2024-06-01", files, input.count);
}

/* Its types are those of the program, whatever the input. */
static const struct theme *theme(void)
{
	static struct city city;
	static bool is_loaded;

	if (!is_loaded) {
		city_open(&city, "2024-06-01", NULL, 0);
		city_plan(&city);
		is_loaded = true;
	}
	return &city.themes[0];
}

void city_input_plan(struct city *city)
{
	city_plan_with(city, theme());
}

void city_input_close(struct city *city)
{
	const struct source_reader reader = { .context = city->reader,
					      .read = snapshot_source_read };

	fuzz_print(&city->diags, &reader);
	city_close(city);
}
