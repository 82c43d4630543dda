#include "release/publish.h"

#include "command/command.h"
#include "command/release_work.h"

const struct command_usage usage_rollback = {
	.name = "rollback",
	.letters = "Ih",
	.about = N_("Puts an earlier release live again: the one that was live "
		    "before, "
		    "or the one that --to names. DIR is the folder of the "
		    "releases."),
	.arguments = "DIR",
	.example = "/srv/www",
};

static int rollback(const struct command_options *options, struct arena *arena,
		    struct diag_list *diags)
{
	struct publish_result result;
	struct releases releases;

	if (!releases_open(&releases, options->argument, RELEASES_CHANGE, arena,
			   diags))
		return EXIT_FAILED;
	if (publish_rollback(&result, &releases, options->release, diags)) {
		struct release_name name = releases_name(result.number);

		if (result.is_same)
			fprintf(stderr, _("release %s is live already\n"),
				name.text);
		else
			fprintf(stderr,
				_("release %s is live; files changed: %zu\n"),
				name.text, result.changes);
	}
	releases_close(&releases);
	return EXIT_CLEAN;
}

int command_rollback(int argc, char **argv)
{
	return release_work_run(&usage_rollback, rollback, argc, argv);
}
