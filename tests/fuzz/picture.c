/*
 * Pictures: their size, what is taken out of them, and the smaller ones that
 * are made. What was taken out is out, and the picture is as large as before.
 */
#include <string.h>

#include "picture/image_size.h"
#include "picture/picture_bytes.h"
#include "picture/picture_facts.h"
#include "picture/small.h"
#include "picture/small_sizes.h"
#include "tests/fuzz/support/input.h"

/* Larger ones are as lawful, but no thousand of them is made in a second. */
enum { FUZZ_PIXELS = 1024 * 1024 };

static void take_out_facts(str bytes, struct arena *arena)
{
	bool has_position = false;
	struct image_size before, after;
	str clean = picture_without_facts(bytes, NULL, arena);
	str again = picture_without_facts(clean, &has_position, arena);

	fuzz_require(str_equal(clean, again), "facts are taken out once");
	fuzz_require(!has_position, "no picture says where it was taken");
	fuzz_require(clean.len <= bytes.len, "nothing is put in");
	if (image_size(&before, bytes) && image_size(&after, clean))
		fuzz_require(before.width == after.width &&
				     before.height == after.height,
			     "a picture without facts is as large");
}

static void make_small(str bytes, struct arena *arena)
{
	static const uint32_t wanted[] = { SMALL_WIDTH_LEAST, 320 };
	struct image_size size, found;
	struct small_sizes sizes;
	str small, again;

	if (!small_source(&size, bytes) ||
	    (uint64_t)size.width * size.height > FUZZ_PIXELS)
		return;
	small_sizes(&sizes, &size, wanted, 2);
	for (size_t i = 0; i < sizes.count; i++) {
		uint32_t width = sizes.widths[i];
		bool is_damaged;

		if (!small_picture(&small, &is_damaged, bytes, width, arena))
			continue;
		fuzz_require(image_size(&found, small) &&
				     found.width == width &&
				     found.height == small_height(&size, width),
			     "a smaller picture has the size it was made for");
		fuzz_require(small_picture(&again, NULL, bytes, width, arena) &&
				     str_equal(small, again),
			     "the same picture is made of the same bytes");
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	str file = { (const char *)data, size };
	struct arena arena;
	char *padded;

	arena_init(&arena);
	take_out_facts(file, &arena);
	(void)jpeg_orientation(file);
	/* of what has few bytes nothing smaller is made */
	padded = arena_raw(&arena, size + SMALL_LEAST_BYTES);
	if (size > 0)
		memcpy(padded, data, size);
	memset(padded + size, 0, SMALL_LEAST_BYTES);
	make_small((str){ padded, size + SMALL_LEAST_BYTES }, &arena);
	arena_release(&arena);
	return 0;
}
