/* The platform and its sites: what is refused, who owns what. */
#include "site/cluster.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/city.h"

#define SITE(domain, code, more)                                               \
	STR("kind: department\nname: 局\ndomain: " domain                      \
	    "\nidentity_code: \"" code                                         \
	    "\"\nsponsor: 办公室\nphone: \"1\"\nicp: 示1号\n"             \
	    "police_record: 示2号\ndescription: 网站\n" more                   \
	    "columns:\n  - id: xw\n    name: xw\n    class: news\n"            \
	    "    description: 栏目\n    keywords: [栏目]\n"                \
	    "    owner_unit: 办公室\n    editors: {a: 甲, b: 乙}\n"       \
	    "    select: {unit: rsj}\n")

/* The city with one file more; the ids of the messages. */
static void open_with(struct city *city, const char *path, str text)
{
	struct memory_file edit = { path, text };

	city_open(city, "2024-06-01", &edit, 1);
}

static void refused(const char *path, str text, const char *ids)
{
	struct city city;

	open_with(&city, path, text);
	city_says(&city, ids);
	city_close(&city);
}

static void test_city(void **state)
{
	struct city city;

	(void)state;
	city_open(&city, "2024-06-01", NULL, 0);
	assert_true(city.cluster_ok);
	assert_int_equal(city.cluster.count, 3);
	assert_ptr_equal(city.cluster.portal, city_site(&city, "www"));
	for (uint32_t i = 0; i < 3; i++)
		assert_int_equal(city.cluster.sites[i].number, i);
	assert_true(str_equal_c(city.cluster.sites[0].id, "gone"));
	assert_true(
		str_equal_c(city.cluster.platform.archive_stamp, "内容已保存"));
	assert_int_equal(city.cluster.platform.offset, 480);
	assert_int_equal(city.cluster.broken.count, 0);
	city_close(&city);
}

static void test_owners(void **state)
{
	struct city city;

	(void)state;
	city_open(&city, "2024-06-01", NULL, 0);
	/* by name, and by default the site of the same id */
	assert_ptr_equal(cluster_owner(&city.cluster, STR("szf")),
			 city_site(&city, "www"));
	assert_ptr_equal(cluster_owner(&city.cluster, STR("jyj")),
			 city_site(&city, "jyj"));
	assert_null(cluster_owner(&city.cluster, STR("www")));
	assert_null(cluster_owner(&city.cluster, STR("jy")));
	city_close(&city);
}

static void test_inside(void **state)
{
	static const struct {
		const char *host;
		bool inside;
	} hosts[] = {
		{ "jyj.example.cn", true },
		{ "x.jyj.example.cn", false },
		{ "example.cn", true }, /* www.example.cn without "www." */
		{ "ww.example.cn", false },
		{ "www.moe.gov.cn", true },
		{ "gov.cn", false },
		{ "evilgov.cn", false },
		{ "gov.cn.example.org", false },
		{ "示范市.政务", true },
		{ "", false },
	};
	struct city city;

	(void)state;
	city_open(&city, "2024-06-01", NULL, 0);
	for (size_t i = 0; i < COUNT_OF(hosts); i++)
		assert_int_equal(cluster_is_inside(&city.cluster,
						   str_from_c(hosts[i].host)),
				 hosts[i].inside);
	city_close(&city);
}

/* An ending without a dot is a host and what is below it. */
static void test_exempt_host(void **state)
{
	struct city city;

	(void)state;
	open_with(&city, "sites/platform.yaml",
		  STR("name: 市\nportal: www\nleave_exempt: [a.org]\n"));
	assert_true(cluster_is_inside(&city.cluster, STR("a.org")));
	assert_true(cluster_is_inside(&city.cluster, STR("b.a.org")));
	assert_false(cluster_is_inside(&city.cluster, STR("ba.org")));
	assert_false(cluster_is_inside(&city.cluster, STR("x.gov.cn")));
	city_close(&city);
}

static void test_platform(void **state)
{
	(void)state;
	refused("sites/platform.yaml", (str){ NULL, 0 }, "platform-missing");
	refused("sites/platform.yaml", STR("name: 市\n"),
		"setting-missing version-none platform-none");
	refused("sites/platform.yaml", STR("name: 市\nportal: nix\n"),
		"portal-missing");
	refused("sites/platform.yaml",
		STR("name: 市\nportal: www\ntime_zone: 8\n"),
		"setting-value version-none platform-none");
}

static void test_doubles(void **state)
{
	(void)state;
	refused("sites/rsj/site.yaml", SITE("jyj.example.cn", "6199000004", ""),
		"site-twice version-none");
	refused("sites/rsj/site.yaml",
		SITE("rsj.example.cn", "6199000004", "units: [rsj, jyj]\n"),
		"unit-twice");
}

static void test_domains(void **state)
{
	static const char *const wrong[] = { "..",	  "a/b.cn", "A.cn",
					     ".jiyue.cn", "a..cn",  "-a.cn",
					     "localhost", "a.cn.",  "政务.cn" };
	struct arena arena;
	(void)state;

	arena_init(&arena);
	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		str text = SITE("HOST", "6199000004", "");
		size_t at = str_find(text, STR("HOST"));
		str parts[] = { str_between(text, 0, at), str_from_c(wrong[i]),
				str_from(text, at + 4) };

		refused("sites/rsj/site.yaml", arena_join(&arena, parts, 3),
			"site-domain version-none");
	}
	arena_release(&arena);
}

static void test_identity_codes(void **state)
{
	(void)state;
	refused("sites/rsj/site.yaml", SITE("rsj.example.cn", "bm00000004", ""),
		"");
	refused("sites/rsj/site.yaml", SITE("rsj.example.cn", "619900000", ""),
		"site-identity-code version-none");
	refused("sites/rsj/site.yaml", SITE("rsj.example.cn", "bm0000004x", ""),
		"site-identity-code version-none");
	refused("sites/rsj/site.yaml",
		SITE("rsj.example.cn", "61990000041", ""),
		"site-identity-code version-none");
}

/* The others go on. */
static void test_broken_site(void **state)
{
	struct city city;

	(void)state;
	open_with(&city, "sites/jyj/site.yaml", STR("kind: department\n"));
	assert_true(city.cluster_ok);
	assert_int_equal(city.cluster.broken.count, 1);
	assert_int_equal(city.cluster.count, 2);
	assert_true(city.diags.error_count > 0);
	city_list(&city, "www", "yw", "a1 a2");
	city_close(&city);
}

/* Only sites/<id>/site.yaml is a site; what looks like one is said. */
static void test_other_files(void **state)
{
	(void)state;
	refused("sites/site.yaml", STR("x"), "setting-file");
	refused("sites/a/b/site.yaml", STR("x"),
		"setting-unread site-no-settings");
	refused("sites/a/site.yaml.old", STR("x"), "file-junk");
	refused("sites/jyj/site.yaml.old", STR("x"), "file-junk");
}

static void test_states(void **state)
{
	struct city city;

	(void)state;
	city_open(&city, "2024-06-01", NULL, 0);
	assert_true(site_is_notice_only(city_site(&city, "gone")));
	assert_false(site_is_notice_only(city_site(&city, "www")));
	city_close(&city);
	refused("sites/rsj/site.yaml",
		SITE("rsj.example.cn", "6199000004", "state: archived\n"),
		"site-archived version-none");
	refused("sites/rsj/site.yaml",
		SITE("rsj.example.cn", "6199000004",
		     "home:\n  - {column: xq, as: list}\n"),
		"column-unknown version-none");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_city),
		cmocka_unit_test(test_owners),
		cmocka_unit_test(test_inside),
		cmocka_unit_test(test_exempt_host),
		cmocka_unit_test(test_platform),
		cmocka_unit_test(test_doubles),
		cmocka_unit_test(test_domains),
		cmocka_unit_test(test_identity_codes),
		cmocka_unit_test(test_broken_site),
		cmocka_unit_test(test_other_files),
		cmocka_unit_test(test_states),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
