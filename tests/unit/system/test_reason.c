/* What a call that failed for want of something says: the limit, the way out.
 */
#include "system/reason.h"

#include <errno.h>
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <sys/resource.h>

#include <cmocka.h>

static str help_of(int error, struct arena *arena)
{
	struct diag_list diags;
	struct diag *diag;

	diag_list_init(&diags, arena);
	diag = diag_failure(&diags, "record", "%s", reason_text(error));
	reason_explain(&diags, diag, error);
	return diag->help;
}

static void a_shortage_names_limit_and_option(void **state)
{
	static const struct {
		int error;
		const char *limit, *option;
	} rows[] = {
		{ EMFILE, "77 files", "--jobs 1" },
		{ EMFILE, "77 files", "ulimit -n" },
		{ ENFILE, "all programs together", "fs.file-max" },
		{ ENOSPC, "the disk is full", "--out" },
		{ EDQUOT, "the quota of user", "--out" },
		{ EFBIG, "123456 bytes", "ulimit -f" },
		{ ENOMEM, "16 GiB of addresses", "ulimit -v" },
		{ EROFS, "read-only", "--out" },
	};
	struct rlimit files = { 77, 77 };
	struct rlimit bytes = { 123456, 123456 };
	struct arena arena;

	(void)state;
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &files), 0);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &bytes), 0);
	arena_init(&arena);
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		str help = help_of(rows[i].error, &arena);

		if (str_find(help, str_from_c(rows[i].limit)) == STR_NONE ||
		    str_find(help, str_from_c(rows[i].option)) == STR_NONE)
			fail_msg("%s: %.*s", reason_text(rows[i].error),
				 STR_ARG(help));
	}
	arena_release(&arena);
}

static void what_has_no_way_out_has_no_help(void **state)
{
	struct arena arena;

	(void)state;
	arena_init(&arena);
	assert_int_equal(help_of(EIO, &arena).len, 0);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_shortage_names_limit_and_option),
		cmocka_unit_test(what_has_no_way_out_has_no_help),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
