/*
 * Subcommands: one file each, one row in command/command.c.
 *
 * Results go to stdout, talk to stderr. Exit codes: 0 clean, 1 mistakes in
 * content or settings, 2 failure.
 */
#ifndef JIYUE_COMMAND_COMMAND_H
#define JIYUE_COMMAND_COMMAND_H

#include <stddef.h>

enum { EXIT_CLEAN = 0, EXIT_MISTAKES = 1, EXIT_FAILED = 2 };

struct command_usage;

struct command {
	const char *name;
	const char *summary;		   /* one line for --help; translated */
	int (*run)(int argc, char **argv); /* argv[0] is its name */
	const struct command_usage *usage; /* NULL: it has topics */
};

extern const struct command commands[];
extern const size_t command_count;

int command_build(int argc, char **argv);
int command_check(int argc, char **argv);
int command_new(int argc, char **argv);
int command_form(int argc, char **argv);
int command_format(int argc, char **argv);
int command_import(int argc, char **argv);
int command_move(int argc, char **argv);
int command_archive(int argc, char **argv);
int command_serve(int argc, char **argv);
int command_publish(int argc, char **argv);
int command_hooks(int argc, char **argv);
int command_review(int argc, char **argv);
int command_rollback(int argc, char **argv);
int command_report(int argc, char **argv);
int command_releases(int argc, char **argv);
int command_verify(int argc, char **argv);
int command_domains(int argc, char **argv);
int command_doctor(int argc, char **argv);
int command_sbom(int argc, char **argv);
int command_hosting(int argc, char **argv);
int command_plan(int argc, char **argv);
int command_export(int argc, char **argv);
int command_explain(int argc, char **argv);
int command_theme(int argc, char **argv);
int command_next(int argc, char **argv);
int command_diff(int argc, char **argv);
int command_schema(int argc, char **argv);
int command_help(int argc, char **argv);

#endif
