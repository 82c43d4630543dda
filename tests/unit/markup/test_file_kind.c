/* Which files may be published: by their names, and by their bytes. */
#include "markup/file_kind.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const str allowed_items[] = { { "dwg", 3 }, { "xml", 3 } };
static const struct file_allowance allowed = { allowed_items, 2 };
static const struct file_allowance none = { NULL, 0 };

struct name {
	const char *name;
	enum file_name fits;
};

static void test_names(void **state)
{
	static const struct name names[] = {
		{ "a.pdf", FILE_NAME_FITS },
		{ "公告.DOCX", FILE_NAME_FITS },
		{ "a.tar.gz", FILE_NAME_FITS },
		{ "a.html.pdf", FILE_NAME_INSIDE },
		{ "a.html.et", FILE_NAME_INSIDE },
		{ "a.xhtml.ofd", FILE_NAME_INSIDE },
		{ "a.mml.zip", FILE_NAME_INSIDE },
		{ "a.swf.zip", FILE_NAME_INSIDE },
		{ "a.js.gz", FILE_NAME_INSIDE },
		{ "a.svg.gz", FILE_NAME_INSIDE },
		{ "a.xml.zip", FILE_NAME_FITS },
		{ "a.php .pdf", FILE_NAME_SERVED },
		{ "a.asp;.pdf", FILE_NAME_SERVED },
		{ "a.phtml;.pdf", FILE_NAME_SERVED },
		{ "a.php%00.pdf", FILE_NAME_SERVED },
		{ "No. 3 v1. do not.pdf", FILE_NAME_FITS },
		{ "php.pdf", FILE_NAME_FITS },
		{ "a.php.pdf", FILE_NAME_SERVED },
		{ "a.PHP5.jpg", FILE_NAME_SERVED },
		{ "a.shtml", FILE_NAME_SERVED },
		{ "a.jsp", FILE_NAME_SERVED },
		{ "a.html", FILE_NAME_ACTIVE },
		{ "a.HTM", FILE_NAME_ACTIVE },
		{ "a.js", FILE_NAME_ACTIVE },
		{ "a.mjs", FILE_NAME_ACTIVE },
		{ "a.svgz", FILE_NAME_ACTIVE },
		{ "a.exe", FILE_NAME_ACTIVE },
		{ "a.xlsm", FILE_NAME_ACTIVE },
		{ "a.swf", FILE_NAME_ACTIVE },
		{ ".htaccess", FILE_NAME_SETTINGS },
		{ "a.htaccess", FILE_NAME_SETTINGS },
		{ "Web.Config", FILE_NAME_SETTINGS },
		{ "nginx.conf", FILE_NAME_SETTINGS },
		{ ".user.ini", FILE_NAME_SETTINGS },
		{ ".env", FILE_NAME_SETTINGS },
		{ "jianjie", FILE_NAME_BARE },
		{ "a.", FILE_NAME_BARE },
		{ ".pdf", FILE_NAME_BARE },
		{ "a.pdf ", FILE_NAME_UNKNOWN },
		{ "a.php::$DATA", FILE_NAME_SERVED },
		{ "a.dwg", FILE_NAME_UNKNOWN },
		{ "a.xml", FILE_NAME_UNKNOWN },
		{ "a.kml", FILE_NAME_UNKNOWN },
	};
	struct file_kind kind;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(names); i++)
		assert_int_equal(file_name_judge(&kind,
						 str_from_c(names[i].name),
						 &none),
				 names[i].fits);
	assert_int_equal(file_name_judge(&kind, STR("a.DWG"), &allowed),
			 FILE_NAME_FITS);
	assert_int_equal(kind.look, LOOK_UNKNOWN);
	assert_int_equal(file_name_judge(&kind, STR("a.xml"), &allowed),
			 FILE_NAME_FITS);
	assert_int_equal(kind.look, LOOK_XML);
	assert_int_equal(file_name_judge(&kind, STR("a.kml"), &allowed),
			 FILE_NAME_UNKNOWN);
}

/* No row of the table is something that runs; no platform can add any. */
static void test_table(void **state)
{
	static const char *const refused[] = {
		"php",
		"html",
		"js",
		"svgz",
		"exe",
		"conf",
		"htaccess",
		"md",
		"",
		".pdf",
		"PDF",
		"a b",
		"xlsm",
		"shtml",
		"swf",
		"averylongextension",
		/* readers of news, books and mail, installers, servers */
		"rss",
		"atom",
		"mml",
		"mathml",
		"xul",
		"xbl",
		"htmls",
		"wsc",
		"ws",
		"msh",
		"xll",
		"scf",
		"shs",
		"application",
		"appimage",
		"appinstaller",
		"crx",
		"xpi",
		"snap",
		"iso",
		"vhd",
		"workflow",
		"command",
		"php9",
		"phpt",
		"jhtml",
		"jsf",
		"svc",
		"rhtml",
		"es",
		"ecma",
		"nothing",
	};

	(void)state;
	for (size_t i = 0; i < file_kind_count; i++) {
		const struct file_kind *row = &file_kinds[i];

		assert_true(file_extension_may_be_allowed(
			str_from_c(row->extension)));
		assert_non_null(strchr(row->mime, '/'));
		for (size_t j = 0; j < i; j++)
			assert_string_not_equal(row->extension,
						file_kinds[j].extension);
	}
	for (size_t i = 0; i < COUNT_OF(refused); i++)
		assert_false(
			file_extension_may_be_allowed(str_from_c(refused[i])));
	assert_true(file_extension_may_be_allowed(STR("dwg")));
}

struct bytes {
	enum file_look look;
	str bytes;
};

#define BYTES(look, bytes)                                                     \
	{                                                                      \
		look,                                                          \
		{                                                              \
			"" bytes, sizeof(bytes) - 1                            \
		}                                                              \
	}

static const struct bytes good[] = {
	BYTES(LOOK_PDF, "%PDF-1.7\n"),
	BYTES(LOOK_OFFICE_OLD, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
	BYTES(LOOK_OFFICE_OLD, "PK\3\4"), /* as WPS writes .doc */
	BYTES(LOOK_OFFICE_OLD, "{\\rtf1"),
	BYTES(LOOK_OFFICE, "PK\3\4"),
	BYTES(LOOK_OFFICE, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
	BYTES(LOOK_ZIP, "PK\5\6"),
	BYTES(LOOK_PNG, "\x89PNG\r\n\x1a\n<script>"),
	BYTES(LOOK_JPEG, "\xff\xd8\xff\xe0"),
	BYTES(LOOK_GIF, "GIF89a"),
	BYTES(LOOK_WEBP, "RIFF\1\0\0\0WEBPVP8 "),
	BYTES(LOOK_BMP, "BM\1\0\0\0\0\0\0\0"),
	BYTES(LOOK_MP4, "\0\0\0\x18"
			"ftypmp42"),
	BYTES(LOOK_MP3, "ID3\3"),
	BYTES(LOOK_MP3, "\xff\xfb\x90"),
	BYTES(LOOK_WAV, "RIFF\1\0\0\0WAVEfmt "),
	BYTES(LOOK_7Z, "7z\xbc\xaf\x27\x1c\0\4"),
	BYTES(LOOK_TEXT, ""),
	BYTES(LOOK_TEXT, "\xef\xbb\xbf甲,乙\r\n"),
	BYTES(LOOK_TEXT, "1 < 2\n"),
	BYTES(LOOK_TEXT, "\xd0\xd5\xc3\xfb,\xb5\xa5\xce\xbb\r\n"), /* GBK */
	BYTES(LOOK_TEXT, "\x81\x30\x81\x30\xb0\xa1\n"),		   /* GB18030 */
	BYTES(LOOK_JSON, " {\"a\": 1}"),
	BYTES(LOOK_SVG, "<svg"),
	BYTES(LOOK_XML, "\xef\xbb\xbf<?xml"),
	BYTES(LOOK_UNKNOWN, "AC1032\0"),
};

static const struct bytes bad[] = {
	BYTES(LOOK_PDF, ""),
	BYTES(LOOK_PDF, "<html>%PDF-1.7"),
	BYTES(LOOK_PDF, " %PDF-1.7"),
	BYTES(LOOK_PDF, "%PDF"),
	BYTES(LOOK_PNG, "GIF89a<script>"),
	BYTES(LOOK_WEBP, "RIFF\1\0\0\0WAVE"),
	BYTES(LOOK_BMP, "BM<script>alert(1)"),
	BYTES(LOOK_OFFICE, "<html"),
	BYTES(LOOK_OFFICE_OLD, "<table><tr>"),
	BYTES(LOOK_MP4, "ftypmp42"),
	BYTES(LOOK_TAR, "ustar"),
	BYTES(LOOK_TEXT, " \n<script>"),
	BYTES(LOOK_TEXT, "\xef\xbb\xbf<!DOCTYPE html>"),
	BYTES(LOOK_TEXT, "<?php"),
	BYTES(LOOK_TEXT, "#!/bin/sh"),
	BYTES(LOOK_TEXT, "a\0b"),
	BYTES(LOOK_TEXT, "\xff\xfe"
			 "a\0"),
	BYTES(LOOK_TEXT, "\xff\xff\xff"),
	BYTES(LOOK_JSON, "alert(1)"),
	BYTES(LOOK_JSON, ""),
	BYTES(LOOK_SVG, "svg"),
	BYTES(LOOK_UNKNOWN, ""),
	BYTES(LOOK_UNKNOWN, "  <svg"),
	BYTES(LOOK_UNKNOWN, "MZ\x90"),
	BYTES(LOOK_UNKNOWN, "#!/bin/sh"),
	BYTES(LOOK_UNKNOWN, "\x7f"
			    "ELF"),
	BYTES(LOOK_UNKNOWN, "\xff\xfe<\0"),
};

static void test_bytes(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(good); i++)
		assert_true(file_bytes_fit(good[i].look, good[i].bytes));
	for (size_t i = 0; i < COUNT_OF(bad); i++)
		assert_false(file_bytes_fit(bad[i].look, bad[i].bytes));
}

/* A character may be cut where the head ends, and nowhere else. */
static void test_cut(void **state)
{
	char head[FILE_HEAD];

	(void)state;
	memset(head, 'a', sizeof(head));
	memcpy(head + sizeof(head) - 2, "\xe7\x94", 2);
	assert_true(file_bytes_fit(LOOK_TEXT, (str){ head, sizeof(head) }));
	memset(head, 'a', sizeof(head));
	head[10] = '\0';
	assert_false(file_bytes_fit(LOOK_TEXT, (str){ head, sizeof(head) }));
	memset(head, 0, sizeof(head));
	memcpy(head + 257, "ustar", 5);
	assert_true(file_bytes_fit(LOOK_TAR, (str){ head, sizeof(head) }));
}

static void test_guess(void **state)
{
	(void)state;
	assert_true(str_equal_c(file_bytes_guess(STR("GIF89a")), "gif"));
	assert_true(str_equal_c(file_bytes_guess(STR("%PDF-1")), "pdf"));
	assert_true(str_equal_c(file_bytes_guess(STR(" <html>")), "html"));
	assert_true(str_equal_c(file_bytes_guess(STR("MZ")), "exe"));
	assert_true(str_equal_c(file_bytes_guess(STR("[1]")), "json"));
	assert_true(str_equal_c(file_bytes_guess(STR("abc")), "txt"));
	assert_int_equal(file_bytes_guess(STR("\0\1\2")).len, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names), cmocka_unit_test(test_table),
		cmocka_unit_test(test_bytes), cmocka_unit_test(test_cut),
		cmocka_unit_test(test_guess),
	};

	return cmocka_run_group_tests_name("markup/file_kind", tests, NULL,
					   NULL);
}
