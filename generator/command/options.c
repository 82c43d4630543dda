/*
 * One table for all commands: its row says how an option is written, and the
 * usage of a command says whether it takes it. So the same option means the
 * same everywhere. getopt_long does the reading; its own messages are switched
 * off, as they know one language.
 */
#include "command/options.h"

#include <getopt.h>
#include <unistd.h>

#include "command/command.h"
#include "command/language.h"
#include "command/option_values.h"
#include "release/releases.h"
#include "report/trend.h"
#include "system/clock.h"
#include "system/memory.h"
#include "system/workers.h"

enum {
	MESSAGES_OF_A_KIND = 20,
	DEFAULT_PORT = 8080,
	DEFAULT_RATE = 50, /* requests a second */
};

static const struct option_row option_rows[] = {
	{ 'l', "library", "DIR",
	  N_("the library: a Git repository or a folder in one (default: .)") },
	{ 'r', "rev", "REV", N_("the revision to read (default: HEAD)") },
	{ 'w', "worktree", NULL,
	  N_("read the files as they stand, committed or not (preview)") },
	{ 'D', "drafts", NULL,
	  N_("with --worktree: show drafts, and what is to come, as if "
	     "published") },
	{ 'E', "drafts", NULL,
	  N_("show drafts, and what is to come, as if published") },
	{ 'o', "out", "DIR", N_("where the sites go (default: public)") },
	{ 'O', "out", "DIR",
	  N_("where the preview goes (default: public-preview)") },
	{ 'C', "out", "DIR",
	  N_("where the sites stand: what was found is kept there") },
	{ 's', "site", "ID", N_("this site only") },
	{ 'a', "as-of", "DATE",
	  N_("as on this day (YYYY-MM-DD, its end) or minute (default: now)") },
	{ 'j', "jobs", "N", N_("threads (default: all processors)") },
	{ 'd', "dates", "git|front-matter",
	  N_("where dates of change come from (default: git)") },
	{ 'n', "limit", "N",
	  N_("show at most N messages of each kind (default: 20; 0: all)") },
	{ 'F', "format", "FORMAT",
	  N_("text (default), or on standard output, for programs: json, "
	     "sarif, junit, github, gitlab") },
	{ 'q', "quiet", NULL,
	  N_("tell errors alone; warnings are only counted (short: -q)") },
	{ 'S', "strict", NULL,
	  N_("write nothing at all when there is any error") },
	{ 'b', "baseline", "FILE",
	  N_("findings that are known: only others are told and count") },
	{ 'B', "update-baseline", NULL,
	  N_("write what is found today into the file of --baseline") },
	{ 'L', "list", NULL,
	  N_("print the rules, what each judges and what it is based on") },
	{ 't', "timings", NULL, N_("say how long each phase took") },
	{ 'f', "fields", NULL, N_("print the names that templates may use") },
	{ 'u', "defaults", NULL, N_("of _defaults.yaml files") },
	{ 'W', "whole", NULL,
	  N_("of front matter together with what it inherits") },
	{ 'g', "lang", "zh_CN|en",
	  N_("language of messages (default: as the locale says)") },
	{ 'T', "to", "DIR",
	  N_("the folder of the releases; servers serve DIR/live/<domain>") },
	{ 'I', "to", "ID", N_("the release (default: the one before)") },
	{ 'N', "note", "ID", N_("print what this release changed") },
	{ 'K', "sign", "KEY", N_("sign the manifest with this SSH key") },
	{ 'A', "signers", "FILE",
	  N_("whose signature counts: allowed signers, as ssh-keygen has "
	     "them") },
	{ 'k', "keep", "N", N_("keep N releases (default: 10)") },
	{ 'R', "repair", NULL,
	  N_("look at every file of both trees, and put right what somebody "
	     "changed") },
	{ 'X', "tls", "DIR",
	  N_("with TLS: DIR/<domain>/fullchain.pem and privkey.pem") },
	{ 'H', "hsts", "DAYS",
	  N_("with --tls: browsers insist on TLS for so long") },
	{ 'G', "in", "FOLDER",
	  N_("write it there, below content/ (default: where its type "
	     "lies)") },
	{ 'U', "slug", "NAME",
	  N_("the last part of its address (default: from the title)") },
	{ 'y', "unit", "UNIT", N_("the unit whose texts they are") },
	{ 'i', "in", "FOLDER",
	  N_("write below this folder of the unit (default: imported)") },
	{ 'm', "map", "FILE",
	  N_("what becomes of which field, type and folder (YAML)") },
	{ 'e', "base", "URL", N_("the address that the old site had") },
	{ 'P', "port", "N",
	  N_("listen at this port (default: 8080; 0: any that is free)") },
	{ OPTION_LISTEN, "listen", "ADDRESS",
	  N_("listen at this address, so that others can reach it; needs "
	     "--token") },
	{ OPTION_TOKEN, "token", "TOKEN",
	  N_("show it to whoever knows this word of 16 or more characters: "
	     "?token=TOKEN") },
	{ OPTION_CHECK, "check", NULL,
	  N_("change nothing: list what is not so yet, and exit with 1") },
	{ OPTION_ON, "on", "DATE", N_("on this day (default: today)") },
	{ OPTION_PACK, "pack", NULL,
	  N_("also put .br and .gz beside each text, for servers that send "
	     "them as they are") },
	{ OPTION_URL, "url", "URL",
	  N_("ask this server for every file of the release, instead of "
	     "looking at DIR/live") },
	{ OPTION_CA, "ca", "FILE",
	  N_("with --url: the server's certificate is by an authority in this "
	     "file (PEM), and by no other") },
	{ OPTION_RATE, "rate", "N",
	  N_("with --url: at most N requests a second (default: 50)") },
	{ OPTION_LOG, "log", "DIR",
	  N_("each site's requests go to DIR/<domain>.log, without what tells "
	     "readers apart") },
	{ OPTION_BROTLI, "brotli", NULL,
	  N_("send .br files; nginx needs libnginx-mod-http-brotli-static") },
	{ OPTION_DAILY, "daily", NULL,
	  N_("also what time alone brings about: columns that are stale, "
	     "messages that wait") },
	{ OPTION_DRAFT, "draft", NULL,
	  N_("print the report as a resource that is still a draft") },
	{ OPTION_EXTERNAL, "external", NULL,
	  N_("also ask every address outside the cluster that a page leads "
	     "to; robots.txt is kept to") },
	{ OPTION_EXTERNAL_FILE, "external-file", "FILE",
	  N_("keep the answers there: good ones hold for 7 days, others for "
	     "one") },
	{ OPTION_EXTERNAL_PRIVATE, "external-private", NULL,
	  N_("ask addresses of inner nets and of this machine too") },
	{ OPTION_AS, "format", "text|csv|json|html",
	  N_("how it is written (default: text)") },
	{ OPTION_YEAR, "year", "YEAR",
	  N_("the year of the report (default: the one before)") },
	{ OPTION_EXPLAIN, "explain", "TEMPLATE",
	  N_("print what of a template is made once for all pages of a site "
	     "or column, and what for each page") },
	{ OPTION_MONTHS, "months", "N",
	  N_("months of the trend of an inspection; each costs a check of its "
	     "own (default: 12; 1: none)") },
	{ OPTION_ROLE, "role", "first|second|final|publisher",
	  N_("the step that is taken (default: the one that is missing)") },
	{ OPTION_SANDBOX, "sandbox", NULL,
	  N_("read and write nothing but what the command needs, with "
	     "Landlock and seccomp of Linux; fails where there is none") },
	{ OPTION_NO_SANDBOX, "no-sandbox", NULL,
	  N_("may read and write what its user may (default: only what it "
	     "needs, where Linux has Landlock)") },
	{ OPTION_NO_BODY_CACHE, "no-body-cache", NULL,
	  N_("keep no rendered texts (default: 1 GiB in .jiyue/bodies)") },
	{ OPTION_DOMAIN, "domain", "DOMAIN",
	  N_("of a WARC: this site only, by its domain (default: all)") },
	{ OPTION_ZONE, "zone", "FILE",
	  N_("a signed zone: look how long its signatures hold") },
	{ 'h', "help", NULL, N_("this help") },
};

/* Every command has its help, in both languages. */
static bool takes(const struct command_usage *usage, int letter)
{
	for (const int *more = usage->more; more != NULL && *more != 0; more++)
		if (*more == letter)
			return true;
	return letter == 'g' || (letter < OPTION_CHECK &&
				 strchr(usage->letters, letter) != NULL);
}

const struct option_row *options_next(const struct command_usage *usage,
				      size_t *at)
{
	while (*at < COUNT_OF(option_rows)) {
		const struct option_row *row = &option_rows[(*at)++];

		if (takes(usage, row->letter))
			return row;
	}
	return NULL;
}

static void print_help(const struct command_usage *usage)
{
	const struct option_row *row;

	printf(_("usage: jiyue %s [options]%s%s\n\n%s\n\n"), usage->name,
	       usage->arguments == NULL ? "" : " ",
	       usage->arguments == NULL ? "" : usage->arguments,
	       _(usage->about));
	for (size_t at = 0; (row = options_next(usage, &at)) != NULL;) {
		char left[48];

		snprintf(left, sizeof(left), "--%s%s%s", row->name,
			 row->argument == NULL ? "" : " ",
			 row->argument == NULL ? "" : row->argument);
		printf("  %-26s %s\n", left, _(row->help));
	}
	if (usage->example != NULL)
		printf(_("\nfor example: jiyue %s %s\n"), usage->name,
		       usage->example);
}

static bool take(struct command_options *out, const struct command_usage *usage,
		 int letter, const char *value)
{
	struct build_options *options = &out->build;

	switch (letter) {
	case 'l':
		options->library.folder = value;
		return true;
	case 'r':
		options->library.revision = value;
		return true;
	case 'w':
		options->library.worktree = true;
		return true;
	case 'D':
	case 'E':
		options->library.drafts = true;
		return true;
	case 'o':
	case 'O':
	case 'C':
		options->out = value;
		return true;
	case 's':
		options->site = value;
		return true;
	case 'a':
		return option_as_of(options, usage, value);
	case 'j':
		return option_jobs(&options->library.threads, usage, value);
	case 'd':
		return option_dates(&options->library.front_matter_dates, usage,
				    value);
	case 'n':
		return option_limit(&options->message_limit, usage, value);
	case 'F':
		return option_format(&out->format, usage, value);
	case 'q':
		options->quiet = true;
		return true;
	case 'S':
		options->strict = true;
		return true;
	case 'b':
		out->baseline = value;
		return true;
	case 'B':
		out->update_baseline = true;
		return true;
	case 'L':
		out->list = true;
		return true;
	case 't':
		out->timings = true;
		return true;
	case 'f':
		out->fields = true;
		return true;
	case 'u':
		out->defaults = true;
		return true;
	case 'W':
		out->whole = true;
		return true;
	case 'g':
		out->has_language = true;
		return language_choose(value);
	case 'T':
		out->to = value;
		return true;
	case 'I':
	case 'N':
		return option_release(&out->release, usage, value);
	case 'K':
		out->key = value;
		return true;
	case 'A':
		out->signers = value;
		return true;
	case 'k':
		return option_keep(&out->keep, usage, value);
	case 'R':
		out->repair = true;
		return true;
	case 'X':
		out->tls = value;
		return true;
	case 'H':
		return option_hsts(&out->hsts, usage, value);
	case 'y':
		out->unit = value;
		return true;
	case 'm':
		out->map = value;
		return true;
	case 'e':
		out->base = value;
		return true;
	case 'G':
	case 'i':
		out->in = value;
		return true;
	case 'U':
		out->slug = value;
		return true;
	case 'P':
		return option_port(&out->port, usage, value);
	case OPTION_LISTEN:
		out->listen = value;
		return true;
	case OPTION_TOKEN:
		out->token = value;
		return true;
	case OPTION_PACK:
		out->pack = true;
		return true;
	case OPTION_URL:
		out->url = value;
		return true;
	case OPTION_CA:
		out->ca = value;
		return true;
	case OPTION_RATE:
		out->rate_is_given = true;
		return option_rate(&out->rate, usage, value);
	case OPTION_LOG:
		out->log = value;
		return true;
	case OPTION_BROTLI:
		out->brotli = true;
		return true;
	case OPTION_CHECK:
		out->check = true;
		return true;
	case OPTION_DAILY:
		options->daily = true;
		return true;
	case OPTION_DRAFT:
		out->draft = true;
		return true;
	case OPTION_EXTERNAL:
		options->external = true;
		return true;
	case OPTION_EXTERNAL_FILE:
		out->external_file = value;
		return true;
	case OPTION_EXTERNAL_PRIVATE:
		out->external_private = true;
		return true;
	case OPTION_AS:
		return option_sheet(&out->sheet, usage, value);
	case OPTION_YEAR:
		return option_year(&out->year, usage, value);
	case OPTION_MONTHS:
		return option_months(&out->months, usage, value);
	case OPTION_ROLE:
		return option_role(&out->role, usage, value);
	case OPTION_EXPLAIN:
		out->explain = value;
		return true;
	case OPTION_ON:
		return option_on(&out->on, usage, value);
	case OPTION_ZONE:
		out->zone = value;
		return true;
	case OPTION_DOMAIN:
		out->domain = value;
		return true;
	case OPTION_NO_BODY_CACHE:
		options->no_body_cache = true;
		return true;
	case OPTION_SANDBOX:
		out->sandbox = true;
		return true;
	case OPTION_NO_SANDBOX:
		out->no_sandbox = true;
		return true;
	case 'h':
		print_help(usage);
		out->help = true;
		return true;
	default:
		return false;
	}
}

/* The rows that the command takes, in the form of getopt_long. */
static void fill_long(struct option *rows, const struct command_usage *usage)
{
	size_t count = 0;

	for (size_t i = 0; i < COUNT_OF(option_rows); i++) {
		const struct option_row *row = &option_rows[i];
		int argument =
			row->argument == NULL ? no_argument : required_argument;

		if (takes(usage, row->letter))
			rows[count++] = (struct option){ row->name, argument,
							 NULL, row->letter };
	}
	rows[count] = (struct option){ 0 };
}

static void refuse_unknown(const struct command_usage *usage, const char *text)
{
	str names[COUNT_OF(option_rows)];
	str wanted = str_from_c(text + strspn(text, "-"));
	size_t count = 0;
	str nearest;

	for (size_t i = 0; i < COUNT_OF(option_rows); i++)
		if (takes(usage, option_rows[i].letter))
			names[count++] = str_from_c(option_rows[i].name);
	wanted = str_between(wanted, 0, str_find_byte(wanted, '='));
	nearest = str_nearest(wanted, names, count);
	option_complain(usage, _("there is no option “%s”"), text);
	if (nearest.len > 0)
		fprintf(stderr, _("  help: did you mean “--%.*s”?\n"),
			STR_ARG(nearest));
	else
		fprintf(stderr, _("  help: jiyue %s --help lists them\n"),
			usage->name);
}

/* `text` is what getopt_long could not take; `letter` what it said of it. */
static bool refuse_option(const struct command_usage *usage, const char *text,
			  int letter)
{
	for (size_t i = 0; i < COUNT_OF(option_rows); i++) {
		const struct option_row *row = &option_rows[i];

		if (optopt != row->letter || text[1] != '-')
			continue;
		return letter == ':'
			       ? option_complain(usage,
						 _("--%s needs a value: %s"),
						 row->name, row->argument)
			       : option_complain(usage,
						 _("--%s takes no value"),
						 row->name);
	}
	refuse_unknown(usage, text);
	return false;
}

static bool refuse_empty(const struct command_usage *usage, int letter)
{
	for (size_t i = 0; i < COUNT_OF(option_rows); i++)
		if (option_rows[i].letter == letter)
			return option_complain(
				usage,
				_("--%s is empty; it needs a value: "
				  "%s"),
				option_rows[i].name, option_rows[i].argument);
	return false;
}

static bool lacks_arguments(const struct command_usage *usage)
{
	option_complain(usage, _("this command needs: %s"), usage->arguments);
	fprintf(stderr, _("  help: for example: jiyue %s %s\n"), usage->name,
		usage->example);
	return false;
}

static bool takes_any_number(const struct command_usage *usage)
{
	return usage->arguments != NULL &&
	       strstr(usage->arguments, "...]") != NULL;
}

static bool take_arguments(struct command_options *out,
			   const struct command_usage *usage, int count,
			   char **arguments)
{
	const char **places[] = { &out->argument, &out->argument_2,
				  &out->title };
	int wanted = 0;

	if (takes_any_number(usage)) {
		out->rest = arguments;
		out->rest_count = (size_t)count;
		return true;
	}
	for (const char *at = usage->arguments; at != NULL;
	     at = strchr(at + 1, ' '))
		wanted++;
	if (count > wanted)
		return option_complain(usage, _("“%s” is not expected here"),
				       arguments[wanted]);
	if (count < wanted)
		return lacks_arguments(usage);
	for (int i = 0; i < wanted; i++) {
		*places[i] = arguments[i];
		if (arguments[i][0] == '\0')
			return option_complain(
				usage,
				_("an argument is empty; this command "
				  "needs: %s"),
				usage->arguments);
	}
	return true;
}

static bool take_option(struct command_options *out,
			const struct command_usage *usage, const char *text,
			int letter)
{
	/* “--out ""” is mostly a variable that is not set */
	if (optarg != NULL && optarg[0] == '\0')
		return refuse_empty(usage, letter);
	if (letter == '?' || letter == ':')
		return refuse_option(usage, text, letter);
	/* an option that takes no value has no text to look at */
	return take(out, usage, letter, optarg == NULL ? "" : optarg);
}

/*
 * Options may stand before and behind the arguments, which come to stand at the
 * head of argv; behind “--” there are no options. False after a message.
 */
static bool take_all(struct command_options *out,
		     const struct command_usage *usage, int argc, char **argv)
{
	struct option rows[COUNT_OF(option_rows) + 1];
	const char *letters = takes(usage, 'q') ? "+:q" : "+:";
	bool is_option = true;
	int count = 0;

	fill_long(rows, usage);
	opterr = 0;
	optind = 1;
	while (!out->help && optind < argc) {
		const char *text = argv[optind];
		int letter =
			is_option ? getopt_long(argc, argv, letters, rows, NULL)
				  : -1;

		if (letter != -1) {
			if (!take_option(out, usage, text, letter))
				return false;
		} else if (is_option && strcmp(text, "--") == 0) {
			is_option = false;
		} else {
			argv[count++] = argv[optind++];
		}
	}
	return out->help || take_arguments(out, usage, count, argv);
}

bool options_parse(struct command_options *out,
		   const struct command_usage *usage, int argc, char **argv)
{
	*out = (struct command_options){ 0 };
	out->build.library.folder = ".";
	out->port = DEFAULT_PORT;
	out->build.library.threads = workers_available();
	out->build.message_limit = MESSAGES_OF_A_KIND;
	out->keep = RELEASE_KEEP;
	out->rate = DEFAULT_RATE;
	out->months = TREND_MONTHS;
	out->build.library.as_of = moment_from_seconds(clock_now(), 0);
	if (!take_all(out, usage, argc, argv))
		return false;
	out->build.library.threads = workers_affordable(
		out->build.library.threads, memory_available());
	if (!out->help && takes(usage, 'w') && out->build.library.drafts &&
	    !out->build.library.worktree)
		return option_complain(usage,
				       _("--drafts needs --worktree: drafts "
					 "are never part of a release"));
	if (!out->help && out->update_baseline && out->baseline == NULL)
		return option_complain(
			usage, _("--update-baseline needs --baseline FILE"));
	if (!out->help && out->update_baseline && out->format != NULL)
		return option_complain(
			usage, _("--update-baseline tells no findings; leave "
				 "out --format"));
	if (!out->help && out->update_baseline && out->sandbox)
		return option_complain(
			usage, _("--update-baseline writes beside what is "
				 "checked; leave out --sandbox"));
	if (out->sandbox && out->no_sandbox)
		return option_complain(usage,
				       _("--sandbox or --no-sandbox, not "
					 "both"));
	return true;
}
