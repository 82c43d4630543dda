/*
 * Looks at what the program needs around it, and says of each thing whether it
 * is as it should be: a line a thing, and the way out below what is not. It
 * changes nothing and asks nobody over the net.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/certificate.h"
#include "base/diag.h"
#include "command/command.h"
#include "command/messages.h"
#include "command/options.h"
#include "hosting/zone_signed.h"
#include "system/child.h"
#include "system/clock.h"
#include "system/folder.h"
#include "system/reason.h"
#include "system/sandbox.h"

static const int more[] = { OPTION_ZONE, 0 };

const struct command_usage usage_doctor = {
	.name = "doctor",
	.letters = "lroTKXh",
	.about = N_("Looks at what stands around the program: library, clock, "
		    "Git, folders and the room in them; with --sign the key, "
		    "with --tls the certificates of all sites, with --zone "
		    "the signatures of a zone. What is wrong is told with the "
		    "way out; then the exit code is 1."),
	.more = more,
};

enum {
	DAYS_LEFT = 21,
	ZONE_DAYS_LEFT = 7, /* they are made for a month mostly */
	CHILD_SECONDS = 30,
	MEGABYTE = 1024 * 1024,
	ROOM_WANTED = 512, /* megabytes */
	CERTIFICATE_LIMIT = MEGABYTE,
	ZONE_LIMIT = 64 * MEGABYTE,
};

struct doctor {
	const struct command_options *options;
	struct build *build; /* NULL: no library */
	struct arena *arena;
	size_t wrong;
};

__attribute__((format(printf, 1, 2))) static void good(const char *format, ...)
{
	va_list arguments;

	printf("%s ", _("ok"));
	va_start(arguments, format);
	vprintf(format, arguments);
	va_end(arguments);
	putchar('\n');
}

__attribute__((format(printf, 3, 4))) static void
bad(struct doctor *doctor, const char *help, const char *format, ...)
{
	va_list arguments;

	printf("%s ", _("WRONG"));
	va_start(arguments, format);
	vprintf(format, arguments);
	va_end(arguments);
	printf("\n  %s: %s\n", _("help"), help);
	doctor->wrong++;
}

/* --- programs ------------------------------------------------------------- */

static bool version_job(void *context)
{
	char *arguments[] = { context, (char *)"--version", NULL };

	execvp(arguments[0], arguments);
	return false;
}

static void look_at_git(struct doctor *doctor)
{
	char name[] = "git";
	const struct child_options options = {
		.job = version_job,
		.context = name,
		.milliseconds = CHILD_SECONDS * INT64_C(1000),
	};

	if (child_run(&options))
		good(_("git can be run"));
	else
		bad(doctor, _("install it: apt-get install git"),
		    _("git cannot be run: repositories are looked after with "
		      "it"));
}

/* --- the library, and the clock beside it --------------------------------- */

static void look_at_library(struct doctor *doctor)
{
	const struct snapshot *snapshot;

	if (doctor->build == NULL) {
		bad(doctor, _("the messages say why"),
		    _("the library %s cannot be read"),
		    doctor->options->build.library.folder);
		return;
	}
	snapshot = &doctor->build->library.snapshot;
	good(_("the library has %zu files in revision %.*s"), snapshot->count,
	     STR_ARG(snapshot->revision));
	if (snapshot->time.is_set && snapshot->time.seconds > clock_now())
		bad(doctor,
		    _("set the clock; texts appear and go by their hour"),
		    _("the clock is before the newest commit"));
	else
		good(_("the clock is behind the newest commit"));
}

/* --- folders -------------------------------------------------------------- */

static void look_at_room(struct doctor *doctor, const char *folder)
{
	struct statvfs room;
	unsigned long long megabytes;

	if (statvfs(folder, &room) != 0)
		return;
	megabytes =
		(unsigned long long)room.f_bavail * room.f_frsize / MEGABYTE;
	if (megabytes < ROOM_WANTED || (room.f_files > 0 && room.f_favail == 0))
		bad(doctor, _("make room before the next build"),
		    _("%s has %llu MiB left"), folder, megabytes);
	else
		good(_("%s has %llu MiB left"), folder, megabytes);
}

/* One that others may write to is one that others publish with. */
static void look_at_folder(struct doctor *doctor, const char *folder)
{
	struct stat status;

	if (stat(folder, &status) != 0 || !S_ISDIR(status.st_mode)) {
		bad(doctor,
		    _("a build or publish makes it; or correct the "
		      "path"),
		    _("%s is no folder"), folder);
		return;
	}
	if (access(folder, W_OK | X_OK) != 0)
		bad(doctor, _("run it as the owner, or change the owner"),
		    _("%s cannot be written to: %s"), folder,
		    reason_text(errno));
	else if ((status.st_mode & S_IWOTH) != 0)
		bad(doctor, _("take that away: chmod o-w"),
		    _("everybody may write to %s"), folder);
	else
		good(_("%s can be written to, and not by everybody"), folder);
	look_at_room(doctor, folder);
}

/* --- keys and certificates ------------------------------------------------ */

static void look_at_key(struct doctor *doctor, const char *key)
{
	struct stat status;

	if (stat(key, &status) != 0 || access(key, R_OK) != 0)
		bad(doctor, _("correct the path, or run it as its owner"),
		    _("the key %s cannot be read: %s"), key,
		    reason_text(errno));
	else if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0)
		bad(doctor, _("take that away: chmod 600"),
		    _("others than its owner may read the key %s"), key);
	else
		good(_("the key %s is its owner's alone"), key);
}

static void look_at_certificate(struct doctor *doctor, str domain)
{
	str path = arena_printf(doctor->arena, "%s/%.*s/fullchain.pem",
				doctor->options->tls, STR_ARG(domain));
	int64_t end, days;
	str pem;

	if (!folder_read_path(&pem, path.data, CERTIFICATE_LIMIT,
			      doctor->arena)) {
		bad(doctor, _("order one before the site is served"),
		    _("there is no certificate %s"), path.data);
		return;
	}
	if (!certificate_end(&end, pem)) {
		bad(doctor, _("put the certificate in its place, as PEM"),
		    _("%s is no certificate"), path.data);
		return;
	}
	days = (end - clock_now()) / SECONDS_A_DAY;
	if (days < DAYS_LEFT)
		bad(doctor, _("renew it, and find out why nothing did"),
		    _("the certificate of %.*s ends in %lld days"),
		    STR_ARG(domain), (long long)days);
	else
		good(_("the certificate of %.*s ends in %lld days"),
		     STR_ARG(domain), (long long)days);
}

static void look_at_certificates(struct doctor *doctor)
{
	const struct cluster *cluster;

	if (doctor->build == NULL)
		return;
	cluster = &doctor->build->library.cluster;
	for (size_t i = 0; i < cluster->count; i++)
		look_at_certificate(doctor, cluster->sites[i].domain);
}

/* Whoever verifies answers takes none any more when they are over. */
static void look_at_zone(struct doctor *doctor)
{
	const char *path = doctor->options->zone;
	int64_t end, days;
	str text;

	if (!folder_read_path(&text, path, ZONE_LIMIT, doctor->arena)) {
		bad(doctor, _("correct the path, or run it as its owner"),
		    _("the zone %s cannot be read: %s"), path,
		    reason_text(errno));
		return;
	}
	if (!zone_signed_end(&end, text)) {
		bad(doctor, _("sign it, for example with ldns-signzone"),
		    _("the zone %s has no signatures"), path);
		return;
	}
	days = (end - clock_now()) / SECONDS_A_DAY;
	if (days < ZONE_DAYS_LEFT)
		bad(doctor, _("sign it again, and find out why nothing did"),
		    _("signatures of the zone %s end in %lld days"), path,
		    (long long)days);
	else
		good(_("signatures of the zone %s end in %lld days"), path,
		     (long long)days);
}

/* An older kernel is no mistake: jiyue serve says so by itself. */
static void look_at_kernel(void)
{
	if (sandbox_is_there())
		good(_("the kernel can confine programs (Landlock)"));
	else
		printf("-- %s\n", _("the kernel cannot confine programs: "
				    "jiyue serve may read what its user may"));
}

static void examine(struct doctor *doctor)
{
	const struct command_options *options = doctor->options;

	good("jiyue " JIYUE_VERSION);
	look_at_kernel();
	look_at_git(doctor);
	look_at_library(doctor);
	if (options->build.out != NULL)
		look_at_folder(doctor, options->build.out);
	if (options->to != NULL)
		look_at_folder(doctor, options->to);
	if (options->key != NULL)
		look_at_key(doctor, options->key);
	if (options->tls != NULL)
		look_at_certificates(doctor);
	if (options->zone != NULL)
		look_at_zone(doctor);
}

int command_doctor(int argc, char **argv)
{
	struct command_options options;
	struct build_options without_out;
	struct doctor doctor = { .options = &options };
	struct build build;
	int code;

	if (!options_parse(&options, &usage_doctor, argc, argv))
		return EXIT_FAILED;
	if (options.help)
		return EXIT_CLEAN;
	without_out = options.build;
	without_out.out = NULL;
	without_out.quiet = true;
	if (build_open_library(&build, &without_out) &&
	    library_read_settings(&build.library, &build.diags))
		doctor.build = &build;
	doctor.arena = &build.arena;
	examine(&doctor);
	code = messages_finish(&build);
	build_close(&build);
	return code == EXIT_CLEAN && doctor.wrong > 0 ? EXIT_MISTAKES : code;
}
