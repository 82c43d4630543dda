/* The register of domains, and what is made of it. */
#include "command/command.h"
#include "command/messages.h"
#include "command/options.h"
#include "hosting/zone.h"
#include "report/domains.h"
#include "report/lookalikes.h"

const struct command_usage usage_domains = {
	.name = "domains",
	.letters = "lrwsajdh",
	.more = (const int[]){ OPTION_AS, 0 },
	.about = N_(
		"Prints the register of domains in Chinese: English and "
		"Chinese names, whether they have the form of their kind, and "
		"until when a new contact is to be entered in the national "
		"system. lookalikes: names that could be taken for these, to "
		"be watched. zone: the zone file of the portal's domain, or of "
		"that of --site; chinese-zone: of its Chinese domain."),
	.arguments = "register|lookalikes|zone|chinese-zone",
	.example = "register --format csv",
};

enum { REGISTER, LOOKALIKES, ZONE, CHINESE_ZONE, WHAT_COUNT };

static const char *const whats[WHAT_COUNT] = { "register", "lookalikes", "zone",
					       "chinese-zone" };

static const struct site *chosen_site(const struct cluster *cluster,
				      const char *id)
{
	for (size_t i = 0; id != NULL && i < cluster->count; i++)
		if (str_equal_c(cluster->sites[i].id, id))
			return &cluster->sites[i];
	return cluster->portal;
}

/* A work tree has no time of its own. */
static int64_t serial_of(const struct library *library)
{
	return library->snapshot.time.is_set ? library->snapshot.time.seconds
					     : library->as_of.seconds;
}

static bool print_sheet(struct buf *out, struct build *build, size_t what,
			const struct command_options *options)
{
	const struct sheet_format *format =
		options->sheet == NULL ? &sheet_formats[0] : options->sheet;
	const struct cluster *cluster = &build->library.cluster;
	struct sheet sheet;

	if (what == REGISTER)
		domains_make(&sheet, build->library.plan.arrangement,
			     options->build.site, &build->arena);
	else
		lookalikes_make(&sheet, cluster, options->build.site,
				&build->arena);
	sheet.home = arena_printf(&build->arena, "https://%.*s/",
				  STR_ARG(cluster->portal->domain));
	return format->write(out, &sheet,
			     &build->library.themes[cluster->portal->number],
			     &build->diags);
}

static void print(struct build *build, size_t what,
		  const struct command_options *options)
{
	const struct library *library = &build->library;
	const struct zone_wanted wanted = {
		.site = chosen_site(&library->cluster, options->build.site),
		.is_chinese = what == CHINESE_ZONE,
		.serial = serial_of(library),
	};
	struct buf out;
	bool ok;

	buf_init(&out, &build->arena);
	if (what >= ZONE)
		ok = zone_write(&out, &library->cluster, &wanted,
				&build->diags);
	else
		ok = print_sheet(&out, build, what, options);
	if (ok)
		fwrite(out.data, 1, out.len, stdout);
}

int command_domains(int argc, char **argv)
{
	struct command_options options;
	struct build build;
	size_t what = 0;
	int code;

	if (!options_parse(&options, &usage_domains, argc, argv))
		return EXIT_FAILED;
	if (options.help)
		return EXIT_CLEAN;
	while (what < WHAT_COUNT && strcmp(options.argument, whats[what]) != 0)
		what++;
	if (what == WHAT_COUNT) {
		fprintf(stderr, _("jiyue domains: there is no “%s”\n"),
			options.argument);
		fprintf(stderr, "  %s: %s\n", _("help"),
			usage_domains.arguments);
		return EXIT_FAILED;
	}
	if (build_open(&build, &options.build))
		print(&build, what, &options);
	code = messages_finish(&build);
	build_close(&build);
	return code;
}
