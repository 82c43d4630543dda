/*
 * jiyue (集约): a static site generator for a city's government websites.
 *
 * Where things are: command/ has one file per subcommand, pipeline/ the order
 * of a build's phases; generator/ARCHITECTURE.md walks one resource through
 * all of them.
 */
#include <errno.h>
#include <getopt.h>
#include <libintl.h>
#include <locale.h>
#include <malloc.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/str.h"
#include "command/command.h"
#include "command/language.h"
#include "markup/library.h"
#include "system/process.h"
#include "system/reason.h"

static void print_help(void)
{
	printf(_("usage: jiyue [--lang zh_CN|en] COMMAND [options]\n\n"
		 "A static site generator for a city's government websites.\n\n"
		 "Commands:\n"));
	for (size_t i = 0; i < command_count; i++)
		printf("  %-10s %s\n", commands[i].name,
		       _(commands[i].summary));
	printf(_("\njiyue COMMAND --help explains one.\n"
		 "Exit codes: 0 clean, 1 mistakes in content or settings, "
		 "2 failure.\n"));
}

static str nearest_command(const char *wanted)
{
	struct arena arena;
	str *names;
	str nearest;

	arena_init(&arena);
	names = arena_array(&arena, command_count, sizeof(*names));
	for (size_t i = 0; i < command_count; i++)
		names[i] = str_from_c(commands[i].name);
	nearest = str_nearest(str_from_c(wanted), names, command_count);
	arena_release(&arena);
	return nearest; /* a slice of the table's own text */
}

static int unknown_command(const char *name)
{
	str nearest = nearest_command(name);

	fprintf(stderr, _("jiyue: there is no command “%s”\n"), name);
	if (nearest.len > 0)
		fprintf(stderr, _("  help: did you mean “%.*s”?\n"),
			STR_ARG(nearest));
	else
		fprintf(stderr, _("  help: jiyue --help lists them\n"));
	return EXIT_FAILED;
}

static int run(int argc, char **argv)
{
	for (size_t i = 0; i < command_count; i++)
		if (strcmp(argv[0], commands[i].name) == 0)
			return commands[i].run(argc, argv);
	return unknown_command(argv[0]);
}

static int run_with_libraries(int argc, char **argv)
{
	int code;

	markup_library_init();
	code = run(argc, argv);
	markup_library_shutdown();
	return code;
}

/*
 * A page needs a megabyte for a moment, again and again: the system should not
 * take it back in between.
 */
static void keep_memory(void)
{
	enum { MOST = 32 << 20 };

	mallopt(M_MMAP_THRESHOLD, MOST);
	mallopt(M_TRIM_THRESHOLD, MOST);
}

/*
 * Results that nobody has got are no results. Whoever closes the pipe has read
 * enough, and needs no message.
 */
static int finish(int code)
{
	errno = 0;
	if (fflush(stdout) == 0 && !ferror(stdout))
		return code;
	if (errno != EPIPE)
		fprintf(stderr,
			_("jiyue: error: the results cannot be written to "
			  "standard output: %s\n  help: make room where it "
			  "goes, or send it elsewhere\n"),
			reason_text(errno == 0 ? EIO : errno));
	return EXIT_FAILED;
}

/* NULL: there are no messages in it. */
static const char *language_of(const char *wanted)
{
	if (strncmp(wanted, "zh", 2) == 0)
		return "zh_CN";
	if (strncmp(wanted, "en", 2) == 0 || strcmp(wanted, "C") == 0)
		return "en";
	return NULL;
}

static int unknown_language(const char *wanted)
{
	language_start(NULL);
	fprintf(stderr,
		_("jiyue: --lang: there are no messages in “%s”; choose zh_CN "
		  "or en\n"),
		wanted);
	return EXIT_FAILED;
}

static int take_options(int argc, char **argv)
{
	static const struct option rows[] = {
		{ "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'v' },
		{ "lang", required_argument, NULL, 'l' },
		{ 0 },
	};
	const char *language = NULL;
	int letter;

	while ((letter = getopt_long(argc, argv, "+", rows, NULL)) != -1) {
		if (letter == 'l') {
			language = language_of(optarg);
			if (language == NULL)
				return unknown_language(optarg);
		}
		language_start(language);
		if (letter == 'v') {
			printf("jiyue %s\n", JIYUE_VERSION);
			return EXIT_CLEAN;
		}
		if (letter != 'l') {
			print_help();
			return letter == 'h' ? EXIT_CLEAN : EXIT_FAILED;
		}
	}
	language_start(language);
	if (optind >= argc) {
		print_help();
		return EXIT_FAILED;
	}
	return run_with_libraries(argc - optind, argv + optind);
}

int main(int argc, char **argv)
{
	process_prepare();
	keep_memory();
	return finish(take_options(argc, argv));
}
