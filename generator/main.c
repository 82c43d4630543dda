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
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/str.h"
#include "command/command.h"
#include "command/language.h"
#include "markup/library.h"
#include "system/process.h"
#include "system/reason.h"

static void print_help(FILE *out)
{
	fprintf(out, _("usage: jiyue [--lang zh_CN|en] COMMAND [options]\n\n"
		       "A static site generator for a city's government "
		       "websites.\n\n"
		       "Commands:\n"));
	for (size_t i = 0; i < command_count; i++)
		fprintf(out, "  %-10s %s\n", commands[i].name,
			_(commands[i].summary));
	fprintf(out,
		_("\njiyue COMMAND --help explains one.\n"
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

	if (!process_has_stack()) {
		fprintf(stderr,
			_("jiyue: error: the stack may not grow to what a long "
			  "page needs\n  help: allow it with ulimit -s "
			  "8192\n"));
		return EXIT_FAILED;
	}
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

/* The reader of the pipe is gone. */
static bool is_closed(int descriptor)
{
	struct pollfd row = { .fd = descriptor, .events = POLLOUT };

	return poll(&row, 1, 0) > 0 && (row.revents & POLLERR) != 0;
}

/* Why it could not be written to; the stream has forgotten it. */
static int reason_of(int descriptor)
{
	errno = 0;
	return write(descriptor, "\n", 1) < 0 ? errno : EIO;
}

/*
 * Results that nobody has got are no results, and messages neither. Whoever
 * closes the pipe has read enough, and needs no message.
 */
static int finish(int code)
{
	errno = 0;
	if (fflush(stdout) == 0 && !ferror(stdout))
		return ferror(stderr) ? EXIT_FAILED : code;
	if (errno != EPIPE && !is_closed(STDOUT_FILENO))
		fprintf(stderr,
			_("jiyue: error: the results cannot be written to "
			  "standard output: %s\n  help: make room where it "
			  "goes, or send it elsewhere\n"),
			reason_text(errno == 0 ? reason_of(STDOUT_FILENO)
					       : errno));
	return EXIT_FAILED;
}

/* `text` is what getopt_long could not take. */
static int refuse_option(const char *text)
{
	if (strcmp(text, "--lang") == 0) {
		fprintf(stderr, _("jiyue: --lang needs a value: zh_CN or "
				  "en\n"));
		return EXIT_FAILED;
	}
	fprintf(stderr,
		_("jiyue: there is no option “%s” before the command\n"
		  "  help: options stand behind it: jiyue check --worktree; "
		  "jiyue COMMAND --help lists them\n"),
		text);
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
	int letter;

	language_start();
	opterr = 0;
	while (true) {
		const char *text = optind < argc ? argv[optind] : "";

		letter = getopt_long(argc, argv, "+", rows, NULL);
		if (letter == -1)
			break;
		if (letter == '?')
			return refuse_option(text);
		if (letter == 'l') {
			if (!language_choose(optarg))
				return EXIT_FAILED;
			continue;
		}
		if (letter == 'v') {
			printf("jiyue %s\n", JIYUE_VERSION);
			return EXIT_CLEAN;
		}
		print_help(stdout);
		return EXIT_CLEAN;
	}
	if (optind >= argc) {
		print_help(stderr);
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
