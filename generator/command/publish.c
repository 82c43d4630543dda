#include "release/publish.h"

#include "command/command.h"
#include "command/confine.h"
#include "command/release_work.h"

enum { NAMES = 20 }; /* of restored files */

static const int more[] = { OPTION_PACK, OPTION_SANDBOX, 0 };

const struct command_usage usage_publish = {
	.name = "publish",
	.letters = "oTKkRh",
	.about = N_("Makes a release of what was built and puts it live: two "
		    "trees of "
		    "files, and a link that says which of them is served. "
		    "Readers see "
		    "the old release or the new one, never some of each."),
	.example = "--out public --to /srv/www",
	.more = more,
};

static void tell_restored(const struct list *paths)
{
	const str *items = paths->items;

	fprintf(stderr, _("files restored: %zu\n"), paths->count);
	for (size_t i = 0; i < paths->count && i < NAMES; i++)
		fprintf(stderr, "  %.*s\n", STR_ARG(items[i]));
	if (paths->count > NAMES)
		fputs("  …\n", stderr);
}

static void tell(const struct publish_result *result,
		 const struct publish_options *options)
{
	struct release_name name = releases_name(result->number);

	if (result->is_same && options->repair)
		fprintf(stderr, _("release %s is live and is the same\n"),
			name.text);
	else if (result->is_same)
		fprintf(stderr,
			_("release %s is live and is the same: nothing to "
			  "do\n"),
			name.text);
	else
		fprintf(stderr, _("release %s is live; files changed: %zu\n"),
			name.text, result->changes);
	if (options->repair)
		tell_restored(&result->restored);
}

static int publish(const struct command_options *options, struct arena *arena,
		   struct diag_list *diags)
{
	const struct publish_options wanted = {
		.out = options->build.out == NULL ? "public"
						  : options->build.out,
		.to = options->to,
		.key = options->key,
		.keep = options->keep,
		.pack = options->pack,
		.repair = options->repair,
	};
	struct command_options mine = *options;
	struct publish_result result;
	struct releases releases;

	if (options->to == NULL) {
		fprintf(stderr, _("jiyue publish: --to DIR is needed: the "
				  "folder of the releases\n"));
		return EXIT_FAILED;
	}
	mine.build.out = wanted.out;
	if (!confine(&mine, &usage_publish) ||
	    !publish_run(&result, &releases, &wanted, arena, diags))
		return EXIT_FAILED;
	tell(&result, &wanted);
	if (!result.is_same)
		release_work_print_note(&releases, result.number, diags);
	releases_close(&releases);
	return EXIT_CLEAN;
}

int command_publish(int argc, char **argv)
{
	return release_work_run(&usage_publish, publish, argc, argv);
}
