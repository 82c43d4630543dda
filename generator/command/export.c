#include "release/export.h"

#include "command/command.h"
#include "command/release_work.h"

static const int more[] = { OPTION_DOMAIN, 0 };

const struct command_usage usage_export = {
	.name = "export",
	.letters = "h",
	.about = N_("Gives out what is live in DIR. FORM is tar (one archive, "
		    "the same bytes for the same release) or list (what "
		    "carries files elsewhere, such as rclone, must know: path, "
		    "type, encoding, cache control, size, SHA-256, in the "
		    "order in which they are to be carried, and what is to be "
		    "deleted then), or warc (what archives of the web keep, "
		    "WARC 1.1; with --domain one site alone)."),
	.arguments = "FORM DIR",
	.example = "tar /srv/www",
	.more = more,
};

typedef bool export_form(FILE *out, const struct releases *releases,
			 const struct export_options *options,
			 struct diag_list *diags);

static const struct {
	const char *name;
	export_form *give;
} forms[] = {
	{ "tar", export_tar },
	{ "list", export_list },
	{ "warc", export_warc },
};

static int give(export_form *form, const struct command_options *options,
		struct arena *arena, struct diag_list *diags)
{
	const struct export_options wanted = {
		.domain = options->domain,
		.version = JIYUE_VERSION,
	};
	struct releases releases;
	bool ok = false;

	if (!releases_open(&releases, options->argument_2, RELEASES_READ, arena,
			   diags))
		return EXIT_FAILED;
	if (releases_live(&releases) == 0)
		diag_failure(diags, "release-none",
			     _("no release is live there"));
	else
		ok = form(stdout, &releases, &wanted, diags);
	releases_close(&releases);
	return ok ? EXIT_CLEAN : EXIT_FAILED;
}

static int export(const struct command_options *options, struct arena *arena,
		  struct diag_list *diags)
{
	for (size_t i = 0; i < COUNT_OF(forms); i++)
		if (strcmp(options->argument, forms[i].name) == 0)
			return give(forms[i].give, options, arena, diags);
	fprintf(stderr,
		_("jiyue export: there is no form “%s”; choose tar, list or "
		  "warc\n"),
		options->argument);
	return EXIT_FAILED;
}

int command_export(int argc, char **argv)
{
	return release_work_run(&usage_export, export, argc, argv);
}
