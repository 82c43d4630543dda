/* Options that several commands share, and how their results are told. */
#ifndef JIYUE_COMMAND_OPTIONS_H
#define JIYUE_COMMAND_OPTIONS_H

#include "pipeline/build.h"
#include "report/report.h"

struct command_options {
	struct build_options build;
	bool help;	      /* was asked for and printed */
	const char *argument; /* what stands behind the options */
	const char *argument_2;
	const char *title;		    /* the third one */
	const char *in;			    /* --in FOLDER; NULL: none */
	const char *slug;		    /* --slug NAME; NULL: none */
	bool fields;			    /* --fields */
	bool list;			    /* --list */
	bool timings;			    /* --timings */
	const struct report_format *format; /* --format; NULL: text */
	const char *baseline;		    /* --baseline; NULL: none */
	bool update_baseline;
	bool defaults;	     /* --defaults */
	bool whole;	     /* --whole */
	const char *to;	     /* --to DIR */
	uint64_t release;    /* --to ID, --note ID; 0: none */
	const char *key;     /* --sign; NULL: none */
	const char *signers; /* --signers; NULL: none */
	size_t keep;	     /* --keep */
	bool repair;	     /* --repair */
	const char *tls;     /* --tls; NULL: none */
	uint32_t hsts;	     /* --hsts, days; 0: none */
	uint16_t port;	     /* --port; 0: any */
};

/* Which options a command takes, and what its help says. */
struct command_usage {
	const char *name;
	const char *letters; /* of option_rows in options.c */
	const char *about;
	const char *arguments; /* "PAGE", "REV REV", or NULL: none */
	const char *example;   /* of these */
};

/* False after a message: the command ends with EXIT_FAILED. */
MUST_USE bool options_parse(struct command_options *out,
			    const struct command_usage *usage, int argc,
			    char **argv);

#endif
