#include "base/diag.h"
#include "command/command.h"
#include "command/language.h"
#include "command/messages.h"
#include "command/options.h"
#include "command/sheet_print.h"
#include "report/forms.h"

const struct command_usage usage_form = {
	.name = "form",
	.letters = "lrwsh",
	.more = (const int[]){ OPTION_AS, 0 },
	.about = N_(
		"Prints a form of the annexes in Chinese, for A4: site (the "
		"register of a site), closing, domain, domain-audit, platform. "
		"It is filled from the settings of --site (default: the "
		"portal) and from sites/<id>/records/<form>.yaml; that file, "
		"with approved_on and approved_by, is also the record of what "
		"was approved. What nobody knows stays empty."),
	.arguments = "site|closing|domain|domain-audit|platform",
	.example = "site --site jyj --format html",
};

static const struct site *site_of(const struct build *build)
{
	const struct cluster *cluster = &build->library.cluster;
	const char *wanted = build->options->site;

	/* build_open knows that it is there */
	for (size_t i = 0; wanted != NULL && i < cluster->count; i++)
		if (str_equal_c(cluster->sites[i].id, wanted))
			return &cluster->sites[i];
	return cluster->portal;
}

static int print_form(struct build *build, const struct form *form,
		      const struct sheet_format *format)
{
	const struct record_source from = sheet_records(build);
	struct diag_list said = build->diags;
	struct sheet sheet;

	/* what is wrong elsewhere is no matter of a form */
	diag_list_init(&build->diags, &build->arena);
	build->diags.levels = said.levels;
	if (form_make(&sheet, form, site_of(build), &from))
		(void)!sheet_print(&sheet, format, build);
	return messages_finish(build);
}

int command_form(int argc, char **argv)
{
	struct command_options options;
	const struct form *form;
	struct build build;
	int code;

	if (!options_parse(&options, &usage_form, argc, argv))
		return EXIT_FAILED;
	if (options.help)
		return EXIT_CLEAN;
	if (!options.has_language)
		(void)!language_choose("zh_CN");
	form = form_find(options.argument);
	if (form == NULL) {
		fprintf(stderr, _("jiyue form: there is no form “%s”\n"),
			options.argument);
		fprintf(stderr, "  %s: %s\n", _("help"), usage_form.arguments);
		return EXIT_FAILED;
	}
	if (build_open(&build, &options.build))
		code = print_form(&build, form, options.sheet);
	else
		code = messages_finish(&build);
	build_close(&build);
	return code;
}
