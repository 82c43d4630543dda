#include "picture/image_size.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

struct row {
	str bytes;
	uint32_t width; /* 0: not known */
	uint32_t height;
};

#define EXIF(turn)                                                             \
	"\xff\xe1\0\x22"                                                       \
	"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0" turn      \
	"\0\0\0\0\0\0"
#define FRAME "\xff\xc0\0\x11\x08\x01\xe0\x02\x80\x03\x01"

static const struct row rows[] = {
	{ STR("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\x80\0\0\x01\xe0\x08"), 640,
	  480 },
	{ STR("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\x80"), 0, 0 },
	{ STR("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\0\0\0\x01\xe0\x08"), 0, 0 },
	{ STR("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\0\0\0\0\0\x01\xe0\x08"), 0,
	  0 },
	{ STR("GIF89a\x80\x02\xe0\x01"), 640, 480 },
	{ STR("GIF89a\x80"), 0, 0 },
	{ STR("RIFF\0\0\0\0WEBPVP8 \0\0\0\0\0\0\0\x9d\x01\x2a\x80\x02\xe0"
	      "\x01"),
	  640, 480 },
	{ STR("RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f\x7f\xc2\x77\0\0\0\0\0\0"), 640,
	  480 },
	{ STR("RIFF\0\0\0\0WEBPVP8X\0\0\0\0\0\0\0\0\x7f\x02\0\xdf\x01\0"), 640,
	  480 },
	{ STR("RIFF\0\0\0\0WEBPVP9 \0\0\0\0\0\0\0\0\x7f\x02\0\xdf\x01\0"), 0,
	  0 },
	{ STR("\xff\xd8\xff\xe0\0\x04JF" FRAME), 640, 480 },
	{ STR("\xff\xd8\xff\xff\xff\xe0\0\x04JF" FRAME), 640, 480 },
	{ STR("\xff\xd8" EXIF("\x01") FRAME), 640, 480 },
	{ STR("\xff\xd8" EXIF("\x06") FRAME), 480, 640 },
	{ STR("\xff\xd8\xff\xe0\0\0" FRAME), 0, 0 },
	{ STR("\xff\xd8\xff\xe0\xff\xff" FRAME), 0, 0 },
	{ STR("\xff\xd8\xff"), 0, 0 },
	{ STR("<svg xmlns=\"x\" width=\"640\" height='480px'/>"), 640, 480 },
	{ STR("<?xml version=\"1.0\"?>\n<svg stroke-width=\"2\" "
	      "viewBox=\"0 0 640.5 480\">"),
	  640, 480 },
	{ STR("<svg width=\"100%\" height=\"20em\" viewBox=\"-1,-1,640,480\">"),
	  640, 480 },
	{ STR("<svg width=\"100%\">"), 0, 0 },
	{ STR("<svg width=\"640>"), 0, 0 },
	{ STR("<p>"), 0, 0 },
	{ STR("BM"), 0, 0 },
	{ STR(""), 0, 0 },
};

static void test_sizes(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct image_size size = { 0, 0 };

		if (!image_size(&size, rows[i].bytes))
			size = (struct image_size){ 0, 0 };
		if (size.width != rows[i].width ||
		    size.height != rows[i].height)
			fail_msg("row %zu: %u x %u", i, size.width,
				 size.height);
	}
}

/* Whatever is cut off, nothing behind the end is read (the sanitizer sees). */
static void test_cut(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		for (size_t len = 0; len < rows[i].bytes.len; len++) {
			char *copy = malloc(len > 0 ? len : 1);
			struct image_size size;

			for (size_t k = 0; k < len; k++)
				copy[k] = rows[i].bytes.data[k];
			(void)!image_size(&size, (str){ copy, len });
			free(copy);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sizes),
		cmocka_unit_test(test_cut),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
