/* Whom a check of addresses outside may ask, and what robots.txt says. */
#include "release/public_address.h"
#include "release/robots_rules.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static bool is_public(const char *text)
{
	struct sockaddr_in four = { .sin_family = AF_INET };
	struct sockaddr_in6 six = { .sin6_family = AF_INET6 };

	if (inet_pton(AF_INET, text, &four.sin_addr) == 1)
		return public_address_is((const struct sockaddr *)&four);
	assert_int_equal(inet_pton(AF_INET6, text, &six.sin6_addr), 1);
	return public_address_is((const struct sockaddr *)&six);
}

static void addresses_of_inner_nets_are_none_of_the_world(void **state)
{
	static const char *const closed[] = {
		"0.0.0.0",
		"10.1.2.3",
		"100.64.0.1",
		"100.127.255.255",
		"127.0.0.1",
		"127.255.255.255",
		"169.254.169.254",
		"172.16.0.1",
		"172.31.255.255",
		"192.0.2.1",
		"192.168.0.1",
		"198.18.0.1",
		"198.51.100.7",
		"203.0.113.7",
		"224.0.0.1",
		"255.255.255.255",
		"::",
		"::1",
		"::127.0.0.1",
		"::ffff:127.0.0.1",
		"::ffff:10.0.0.1",
		"64:ff9b::a00:1",
		"fc00::1",
		"fdff::1",
		"fe80::1",
		"ff02::1",
		"2001:db8::1",
		"2001::1",
		"2002:7f00:1::",
		"2002:a00:1::",
		"3fff::1",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(closed) / sizeof(closed[0]); i++)
		if (is_public(closed[i]))
			fail_msg("%s", closed[i]);
}

static void all_others_are(void **state)
{
	static const char *const open[] = {
		"1.1.1.1",	  "9.255.255.255",    "11.0.0.0",
		"100.63.255.255", "100.128.0.0",      "126.255.255.255",
		"172.15.255.255", "172.32.0.0",	      "192.167.255.255",
		"198.17.255.255", "223.255.255.255",  "2400:cb00::1",
		"::ffff:8.8.8.8", "64:ff9b::808:808", "2001:4860::8888",
		"2002:808:808::",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(open) / sizeof(open[0]); i++)
		if (!is_public(open[i]))
			fail_msg("%s", open[i]);
}

static bool allows(const char *robots, const char *path)
{
	struct robots_rules rules;
	struct arena arena;
	bool is_allowed;

	arena_init(&arena);
	robots_rules_read(&rules, str_from_c(robots), STR("jiyue-check"),
			  &arena);
	is_allowed = robots_rules_allow(&rules, str_from_c(path));
	arena_release(&arena);
	return is_allowed;
}

static void the_longest_rule_counts_and_allow_before_disallow(void **state)
{
	const char *robots = "User-agent: *\n"
			     "Disallow: /a # all of it\r\n"
			     "Allow: /a/b\n"
			     "Disallow: /a/b/c\n"
			     "disallow: /x\nallow: /x\n";

	(void)state;
	assert_true(allows("", "/a"));
	assert_true(allows(robots, "/"));
	assert_false(allows(robots, "/a"));
	assert_false(allows(robots, "/abc"));
	assert_true(allows(robots, "/a/b"));
	assert_false(allows(robots, "/a/b/c?d"));
	assert_true(allows(robots, "/x"));
	assert_true(allows("User-agent: *\nDisallow:\n", "/a"));
	assert_false(allows("User-agent: *\nDisallow: /\n", "/a"));
}

static void stars_and_ends_are_kept_to(void **state)
{
	(void)state;
	assert_false(allows("User-agent: *\nDisallow: /*.pdf$\n", "/a/b.pdf"));
	assert_true(allows("User-agent: *\nDisallow: /*.pdf$\n", "/b.pdf?a"));
	assert_false(allows("User-agent: *\nDisallow: /*/x*y\n", "/a/b/xzzy/"));
	assert_true(allows("User-agent: *\nDisallow: /*/x*y\n", "/a/b/yx"));
	assert_false(allows("User-agent: *\nDisallow: /a$\n", "/a"));
	assert_true(allows("User-agent: *\nDisallow: /a$\n", "/a/"));
}

static void the_group_of_the_own_name_counts_alone(void **state)
{
	const char *robots = "User-agent: *\nDisallow: /\n\n"
			     "User-agent: other\nUser-agent: Jiyue-Check\n"
			     "Disallow: /b\n\n"
			     "User-agent: last\nDisallow: /c\n";

	(void)state;
	assert_true(allows(robots, "/a"));
	assert_false(allows(robots, "/b"));
	assert_true(allows(robots, "/c"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(addresses_of_inner_nets_are_none_of_the_world),
		cmocka_unit_test(all_others_are),
		cmocka_unit_test(
			the_longest_rule_counts_and_allow_before_disallow),
		cmocka_unit_test(stars_and_ends_are_kept_to),
		cmocka_unit_test(the_group_of_the_own_name_counts_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
