#include "release/releases.h"

#include <inttypes.h>

#include "command/command.h"
#include "command/release_work.h"

const struct command_usage usage_releases = {
	.name = "releases",
	.letters = "Nh",
	.about = N_("Lists the releases that are kept in DIR, a line each: “*” "
		    "at the "
		    "one that is live, number, time (that of China), commit, "
		    "files, bytes, root of the manifest, and whether it is "
		    "signed."),
	.arguments = "DIR",
	.example = "--note 12 /srv/www",
};

static bool print_release(const struct releases *releases, uint64_t number,
			  struct diag_list *diags)
{
	bool is_signed =
		releases_try_file(releases, number, "manifest.sig").len > 0;
	struct manifest manifest;
	struct buf root;

	if (!releases_manifest(&manifest, releases, number, diags))
		return false;
	buf_init(&root, releases->arena);
	file_digest_print(&root, &manifest.root);
	printf("%c %" PRIu64 "  %.*s  %.*s  %" PRIu64 "  %" PRIu64
	       "  %.*s  %s\n",
	       number == releases_live(releases) ? '*' : ' ', number,
	       STR_ARG(manifest_published(&manifest, releases->arena)),
	       STR_ARG(manifest.commit), manifest.files, manifest.bytes,
	       STR_ARG(buf_str(&root)),
	       is_signed ? _("signed") : _("unsigned"));
	return true;
}

static void print_list(const struct releases *releases, struct diag_list *diags)
{
	const uint64_t *numbers = releases->list.items;

	if (releases->list.count > 0)
		puts(_("  number  published (UTC+8)  commit  files  bytes  "
		       "root of the manifest  signature"));
	for (size_t i = 0; i < releases->list.count; i++)
		if (!print_release(releases, numbers[i], diags))
			return;
}

static int list(const struct command_options *options, struct arena *arena,
		struct diag_list *diags)
{
	struct releases releases;

	if (!releases_open(&releases, options->argument, RELEASES_READ, arena,
			   diags))
		return EXIT_FAILED;
	if (options->release != 0)
		release_work_print_note(&releases, options->release, diags);
	else
		print_list(&releases, diags);
	releases_close(&releases);
	return EXIT_CLEAN;
}

int command_releases(int argc, char **argv)
{
	return release_work_run(&usage_releases, list, argc, argv);
}
