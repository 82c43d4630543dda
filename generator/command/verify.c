#include "release/verify.h"

#include <inttypes.h>

#include "command/command.h"
#include "command/release_work.h"

static const int more[] = { OPTION_URL, OPTION_CA, OPTION_RATE, 0 };

const struct command_usage usage_verify = {
	.name = "verify",
	.letters = "Ah",
	.about = N_(
		"Compares every file that is live in DIR with the manifest "
		"of its "
		"release, and names each that is altered, missing or "
		"extra; then "
		"the exit code is 1. The tree that is not live is looked "
		"at too: it goes live next. With --url a server is asked for "
		"every file, each site under its own name."),
	.arguments = "DIR",
	.example = "--signers signers /srv/www",
	.more = more,
};

static const char *const words[] = {
	[VERIFY_ALTERED] = N_("altered"),
	[VERIFY_MISSING] = N_("missing"),
	[VERIFY_EXTRA] = N_("extra"),
	[VERIFY_UNSERVED] = N_("unserved"),
};

static void print_found(void *context, enum verify_kind kind, str path)
{
	(void)context;
	printf("%s %.*s\n", _(words[kind]), STR_ARG(path));
}

static void print_found_spare(void *context, enum verify_kind kind, str path)
{
	(void)context;
	printf(_("not live: %s %.*s\n"), _(words[kind]), STR_ARG(path));
}

static void tell_signature(const struct verify_result *result,
			   const char *signers, struct diag_list *diags)
{
	struct diag *diag;

	if (result->is_known) {
		fprintf(stderr, _("signed by %.*s\n"), STR_ARG(result->signer));
		return;
	}
	if (signers == NULL) {
		fprintf(stderr, _("whose signature it is was not asked: "
				  "--signers FILE asks\n"));
		return;
	}
	diag = diag_error(diags, span_none(), "release-unsigned",
			  result->is_signed
				  ? _("the manifest is not signed by any "
				      "signer in %s")
				  : _("the manifest is not signed (%s)"),
			  signers);
	diag_help(diags, diag,
		  _("find out who published it; jiyue publish --sign KEY "
		    "signs"));
}

static void tell_spare(const struct verify_result *result)
{
	if (result->spare_findings == 0)
		return;
	fprintf(stderr,
		_("release %s is not live; altered, missing or extra in its "
		  "tree: %zu\n"),
		releases_name(result->spare).text, result->spare_findings);
	fprintf(stderr, _("  help: the next jiyue publish or rollback puts "
			  "every file right before it goes live; find out who "
			  "wrote there\n"));
}

/* EXIT_MISTAKES when something is not as the manifest says. */
static int compare(const struct command_options *options,
		   struct releases *releases, struct diag_list *diags)
{
	const struct verify_options wanted = { .signers = options->signers,
					       .url = options->url,
					       .ca = options->ca,
					       .rate = options->rate,
					       .found = print_found,
					       .found_spare =
						       print_found_spare };
	struct verify_result result;

	if (!verify_run(&result, releases, &wanted, diags))
		return EXIT_FAILED;
	fprintf(stderr,
		_("release %s: files: %s; altered, missing or extra: %zu\n"),
		releases_name(result.number).text,
		releases_name(result.files).text, result.findings);
	if (options->url != NULL && result.unasked > 0)
		fprintf(stderr,
			_("files that no address serves, and that were not "
			  "asked for: %s\n"),
			releases_name(result.unasked).text);
	if (result.findings > 0 && options->url == NULL)
		fprintf(stderr, _("  help: jiyue publish --repair puts every "
				  "file right; find out who wrote there\n"));
	tell_spare(&result);
	tell_signature(&result, options->signers, diags);
	return result.findings > 0 || result.spare_findings > 0 ? EXIT_MISTAKES
								: EXIT_CLEAN;
}

static int verify(const struct command_options *options, struct arena *arena,
		  struct diag_list *diags)
{
	struct releases releases;
	int code;

	if (!releases_open(&releases, options->argument, RELEASES_READ, arena,
			   diags))
		return EXIT_FAILED;
	code = compare(options, &releases, diags);
	releases_close(&releases);
	return code;
}

int command_verify(int argc, char **argv)
{
	return release_work_run(&usage_verify, verify, argc, argv);
}
