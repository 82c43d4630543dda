/* Options that several commands share, and how their results are told. */
#ifndef JIYUE_COMMAND_OPTIONS_H
#define JIYUE_COMMAND_OPTIONS_H

#include "pipeline/build.h"
#include "report/report.h"
#include "report/sheet.h"

struct command_options {
	struct build_options build;
	bool has_language;    /* --lang */
	bool help;	      /* was asked for and printed */
	const char *argument; /* what stands behind the options */
	const char *argument_2;
	const char *title;		    /* the third one */
	const char *in;			    /* --in FOLDER; NULL: none */
	const char *slug;		    /* --slug NAME; NULL: none */
	const char *unit;		    /* --unit ID; NULL: none */
	const char *map;		    /* --map FILE; NULL: none */
	const char *base;		    /* --base URL; NULL: none */
	bool fields;			    /* --fields */
	const char *explain;		    /* --explain; NULL: none */
	bool list;			    /* --list */
	bool timings;			    /* --timings */
	const struct report_format *format; /* --format; NULL: text */
	const char *baseline;		    /* --baseline; NULL: none */
	bool update_baseline;
	const struct sheet_format *sheet; /* --format of reports; NULL: text */
	uint32_t year;			  /* --year; 0: the one before */
	uint32_t months;		  /* --months */
	bool defaults;			  /* --defaults */
	bool whole;			  /* --whole */
	const char *to;			  /* --to DIR */
	uint64_t release;		  /* --to ID, --note ID; 0: none */
	const char *key;		  /* --sign; NULL: none */
	const char *signers;		  /* --signers; NULL: none */
	size_t keep;			  /* --keep */
	bool repair;			  /* --repair */
	bool pack;			  /* --pack */
	const char *url;		  /* --url; NULL: none */
	const char *ca;			  /* --ca; NULL: those of the machine */
	uint32_t rate;			  /* --rate, requests a second */
	bool brotli;			  /* --brotli */
	const char *tls;		  /* --tls; NULL: none */
	const char *log;		  /* --log; NULL: none */
	uint32_t hsts;			  /* --hsts, days; 0: none */
	uint16_t port;			  /* --port; 0: any */
	const char *listen;		  /* --listen; NULL: loopback */
	const char *token;		  /* --token; NULL: none */
	bool check;			  /* --check */
	const char *on;			  /* --on, a day; NULL: today */
	const char *role;		  /* --role; NULL: the next step's */
	const char *domain;		  /* --domain; NULL: all */
	const char *zone;		  /* --zone FILE; NULL: none */
	bool sandbox;			  /* --sandbox */
	bool no_sandbox;		  /* --no-sandbox */
	char **rest; /* of arguments that may be any number */
	size_t rest_count;

	/* of check --external */
	const char *external_file; /* --external-file, or NULL */
	bool external_private;
	bool rate_is_given;

	bool draft; /* of report annual */
};

/* Options without a letter; `more` of struct command_usage has them. */
enum option_number {
	OPTION_CHECK = 256,
	OPTION_ON,
	OPTION_PACK,
	OPTION_URL,
	OPTION_CA,
	OPTION_RATE,
	OPTION_LOG,
	OPTION_BROTLI,
	OPTION_DAILY,
	OPTION_DRAFT,
	OPTION_EXTERNAL,
	OPTION_EXTERNAL_FILE,
	OPTION_EXTERNAL_PRIVATE,
	OPTION_AS,
	OPTION_YEAR,
	OPTION_LISTEN,
	OPTION_TOKEN,
	OPTION_MONTHS,
	OPTION_ROLE,
	OPTION_SANDBOX,
	OPTION_NO_SANDBOX,
	OPTION_DOMAIN,
	OPTION_ZONE,
	OPTION_EXPLAIN,
	OPTION_NO_BODY_CACHE,
};

/* How an option is written. */
struct option_row {
	int letter; /* or enum option_number */
	const char *name;
	const char *argument; /* NULL: takes none */
	const char *help;     /* translated where it is printed */
};

/* Which options a command takes, and what its help says. */
struct command_usage {
	const char *name;
	const char *letters; /* of option_rows in options.c */
	const char *about;
	const char *arguments; /* "PAGE", "REV REV", "[PATH...]": any number;
				  NULL: none */
	const char *example;   /* of these */
	const int *more;       /* enum option_number, ends with 0; or NULL */
};

/* Of each command, in its own file. */
extern const struct command_usage usage_archive;
extern const struct command_usage usage_build;
extern const struct command_usage usage_check;
extern const struct command_usage usage_diff;
extern const struct command_usage usage_doctor;
extern const struct command_usage usage_domains;
extern const struct command_usage usage_explain;
extern const struct command_usage usage_export;
extern const struct command_usage usage_form;
extern const struct command_usage usage_format;
extern const struct command_usage usage_hosting;
extern const struct command_usage usage_import;
extern const struct command_usage usage_move;
extern const struct command_usage usage_new;
extern const struct command_usage usage_next;
extern const struct command_usage usage_plan;
extern const struct command_usage usage_publish;
extern const struct command_usage usage_releases;
extern const struct command_usage usage_report;
extern const struct command_usage usage_hooks;
extern const struct command_usage usage_review;
extern const struct command_usage usage_rollback;
extern const struct command_usage usage_sbom;
extern const struct command_usage usage_schema;
extern const struct command_usage usage_serve;
extern const struct command_usage usage_theme;
extern const struct command_usage usage_verify;

/*
 * The options of a command, one after the other; `*at` begins as 0. NULL behind
 * the last.
 */
const struct option_row *options_next(const struct command_usage *usage,
				      size_t *at);

/* False after a message: the command ends with EXIT_FAILED. */
MUST_USE bool options_parse(struct command_options *out,
			    const struct command_usage *usage, int argc,
			    char **argv);

#endif
