#include "picture/picture_facts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct row {
	str bytes;
	str wanted; /* as it is published */
	bool has_position;
};

#define ENTRY(tag, value) tag "\0\x03\0\0\0\x01\0" value "\0\0"
#define TURN(value) ENTRY("\x01\x12", value)
#define PLACE ENTRY("\x88\x25", "\x40")
/* an Exif of one or two entries */
#define EXIF_1(entry)                                                          \
	"\xff\xe1\0\x22"                                                       \
	"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01" entry "\0\0\0\0"
#define EXIF_2(one, two)                                                       \
	"\xff\xe1\0\x2e"                                                       \
	"Exif\0\0MM\0\x2a\0\0\0\x08\0\x02" one two "\0\0\0\0"
#define XMP "\xff\xe1\0\x13<GPSLatitude>35,1"
#define FRAME "\xff\xc0\0\x0b\x08\x01\xe0\x02\x80\x01\x01\x11\0"
#define SCAN "\xff\xda\0\x08\x01\x01\0\0\x3f\0"
#define PICTURE FRAME SCAN "\x12\xff\0\x34\xff\xd0\x56"
#define END "\xff\xd9"
#define JPEG(head) STR("\xff\xd8" head PICTURE END)

#define PNG "\x89PNG\r\n\x1a\n"
#define IHDR "\0\0\0\x05IHDR12345sum1"
#define IEND "\0\0\0\0IENDsum3"
#define WEBP(size) "RIFF" size "\0\0\0WEBP"

static const struct row rows[] = {
	/* nothing of it is anyone's affair */
	{ JPEG(""), JPEG(""), false },
	{ JPEG("\xff\xe0\0\x04JF"), JPEG("\xff\xe0\0\x04JF"), false },
	{ JPEG("\xff\xe2\0\x0dICC_PROFILE"), JPEG("\xff\xe2\0\x0dICC_PROFILE"),
	  false },
	{ JPEG("\xff\xee\0\x07"
	       "Adobe"),
	  JPEG("\xff\xee\0\x07"
	       "Adobe"),
	  false },
	/* facts */
	{ JPEG(EXIF_1(PLACE)), JPEG(""), true },
	{ JPEG(EXIF_1(TURN("\x01"))), JPEG(""), false },
	{ JPEG(EXIF_2(TURN("\x06"), PLACE)), JPEG(EXIF_1(TURN("\x06"))), true },
	{ JPEG(EXIF_2(TURN("\x06"), PLACE) EXIF_1(TURN("\x08"))),
	  JPEG(EXIF_1(TURN("\x06"))), true },
	{ JPEG(EXIF_1(TURN("\x06"))), JPEG(EXIF_1(TURN("\x06"))), false },
	{ JPEG(XMP), JPEG(""), true },
	{ JPEG("\xff\xed\0\x07"
	       "Photo"
	       "\xff\xfe\0\x05who"),
	  JPEG(""), false },
	{ JPEG("\xff\xe2\0\x06MPF\0"), JPEG(""), false },
	/* between scans, and behind the end */
	{ STR("\xff\xd8" PICTURE "\xff\xfe\0\x05who" SCAN "\x77" END),
	  STR("\xff\xd8" PICTURE SCAN "\x77" END), false },
	{ STR("\xff\xd8" PICTURE END "\xff\xd8" EXIF_1(PLACE) PICTURE END),
	  JPEG(""), false },
	/* damaged: up to there */
	{ STR("\xff\xd8" EXIF_1(PLACE) "\xff\xe1\0\x01" EXIF_1(PLACE)),
	  STR("\xff\xd8"
	      "\xff\xe1\0\x01" EXIF_1(PLACE)),
	  true },
	{ STR("\xff\xd8\xff\xe1\xff\xff"
	      "Exif\0\0MM"),
	  STR("\xff\xd8"), false },
	{ STR("\xff\xd8\xff"), STR("\xff\xd8\xff"), false },

	{ STR(PNG IHDR IEND), STR(PNG IHDR IEND), false },
	{ STR(PNG IHDR "\0\0\0\x03tEXtwhosum2" IEND "tail"), STR(PNG IHDR IEND),
	  false },
	{ STR(PNG IHDR "\0\0\0\x1a"
		       "eXIfMM\0\x2a\0\0\0\x08\0\x01" PLACE "\0\0\0\0"
		       "sum2" IEND),
	  STR(PNG IHDR IEND), true },
	{ STR(PNG IHDR "\0\0\0\xfftEXtwho"), STR(PNG IHDR "\0\0\0\xfftEXtwho"),
	  false },
	{ STR(PNG), STR(PNG), false },

	{ STR(WEBP("\x0e") "VP8 \x02\0\0\0ab"),
	  STR(WEBP("\x0e") "VP8 \x02\0\0\0ab"), false },
	{ STR(WEBP("\x20") "VP8X\x02\0\0\0\x1c"
			   "x"
			   "EXIF\x03\0\0\0who\0"
			   "XMP \x01\0\0\0a\0"),
	  STR(WEBP("\x0e") "VP8X\x02\0\0\0\x10x"), false },
	{ STR(WEBP("\x20") "EXIF\xff\xff\xff\xffwho"),
	  STR(WEBP("\x20") "EXIF\xff\xff\xff\xffwho"), false },

	{ STR("GIF89a"), STR("GIF89a"), false },
	{ STR(""), STR(""), false },
};

static void test_facts(void **state)
{
	struct arena arena;

	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		bool has_position;
		str found = picture_without_facts(rows[i].bytes, &has_position,
						  &arena);

		if (!str_equal(found, rows[i].wanted) ||
		    has_position != rows[i].has_position) {
			print_error("row %zu: %zu bytes, not %zu\n", i,
				    found.len, rows[i].wanted.len);
			fail();
		}
		/* what is clean stays as it is, and is not copied */
		assert_ptr_equal(
			picture_without_facts(found, NULL, &arena).data,
			found.data);
	}
	arena_release(&arena);
}

/*
 * Whatever is cut off, nothing is read behind the end; an Exif that was cut may
 * be shorter than what says which side is up.
 */
static void test_cut(void **state)
{
	enum { EXIF = 36 };
	struct arena arena;

	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		for (size_t len = 0; len < rows[i].bytes.len; len++) {
			char *copy = malloc(len > 0 ? len : 1);
			str cut = { copy, len }, found;

			assert_non_null(copy);
			memcpy(copy, rows[i].bytes.data, len);
			found = picture_without_facts(cut, NULL, &arena);
			assert_true(found.len <= len + EXIF);
			free(copy);
		}
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_facts),
		cmocka_unit_test(test_cut),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
