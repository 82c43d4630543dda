#include "release/export.h"

#include "command/command.h"
#include "command/release_work.h"

const struct command_usage usage_export = {
	.name = "export",
	.letters = "h",
	.about = N_("Gives out what is live in DIR. FORM is tar (one archive, "
		    "the same bytes for the same release) or list (what "
		    "carries files elsewhere, such as rclone, must know: path, "
		    "type, encoding, cache control, size, SHA-256, in the "
		    "order in which they are to be carried, and what is to be "
		    "deleted then)."),
	.arguments = "FORM DIR",
	.example = "tar /srv/www",
};

typedef bool export_form(FILE *out, const struct releases *releases,
			 struct diag_list *diags);

static const struct {
	const char *name;
	export_form *give;
} forms[] = {
	{ "tar", export_tar },
	{ "list", export_list },
};

static int give(export_form *form, const char *directory, struct arena *arena,
		struct diag_list *diags)
{
	struct releases releases;
	bool ok = false;

	if (!releases_open(&releases, directory, RELEASES_READ, arena, diags))
		return EXIT_FAILED;
	if (releases_live(&releases) == 0)
		diag_failure(diags, "release-none",
			     _("no release is live there"));
	else
		ok = form(stdout, &releases, diags);
	releases_close(&releases);
	return ok ? EXIT_CLEAN : EXIT_FAILED;
}

static int export(const struct command_options *options, struct arena *arena,
		  struct diag_list *diags)
{
	for (size_t i = 0; i < COUNT_OF(forms); i++)
		if (strcmp(options->argument, forms[i].name) == 0)
			return give(forms[i].give, options->argument_2, arena,
				    diags);
	fprintf(stderr,
		_("jiyue export: there is no form “%s”; choose tar or list\n"),
		options->argument);
	return EXIT_FAILED;
}

int command_export(int argc, char **argv)
{
	return release_work_run(&usage_export, export, argc, argv);
}
