/* What the program is made of, on standard output. */
#include "report/sbom.h"

#include <stdlib.h>

#include "command/command.h"
#include "command/release_work.h"

const struct command_usage usage_sbom = {
	.name = "sbom",
	.letters = "h",
	.about = N_("Prints what the program is made of (SBOM) as JSON of SPDX "
		    "2.3: the program, every shared library that runs in it, "
		    "with the version of its package, and the files of the "
		    "theme in it, each with its digests. The same program with "
		    "the same libraries gives the same bytes."),
};

/* For builds that are to be the same everywhere: reproducible-builds.org */
static int64_t wanted_moment(void)
{
	const char *text = getenv("SOURCE_DATE_EPOCH");
	uint64_t seconds;

	if (text == NULL || !str_to_u64(&seconds, str_from_c(text)) ||
	    seconds > INT32_MAX)
		return 0;
	return (int64_t)seconds;
}

static int print(const struct command_options *options, struct arena *arena,
		 struct diag_list *diags)
{
	const struct sbom_options wanted = {
		.version = JIYUE_VERSION,
		.created = wanted_moment(),
	};
	struct buf text;

	(void)options;
	buf_init(&text, arena);
	if (!sbom_write(&text, &wanted, diags))
		return EXIT_FAILED;
	fwrite(text.data, 1, text.len, stdout);
	return EXIT_CLEAN;
}

int command_sbom(int argc, char **argv)
{
	return release_work_run(&usage_sbom, print, argc, argv);
}
