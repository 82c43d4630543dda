/*
 * Numbers share one reading; what differs is between what they must lie, and
 * that a message can say so in words that can be translated whole.
 */
#include "command/option_values.h"

#include <stdarg.h>

#include "command/command.h"
#include "release/releases.h"
#include "report/trend.h"
#include "site/roles.h"

enum {
	THREADS_LIMIT = 64,
	MESSAGES_LIMIT = 10000, /* of a kind; --limit 0 has none */
	HSTS_LIMIT = 3650,	/* days: ten years */
	RATE_LIMIT = 10000,	/* requests a second */
	YEAR_FIRST = 1990,
	YEAR_LAST = 9999,
};

bool option_complain(const struct command_usage *usage, const char *format, ...)
{
	va_list arguments;

	fprintf(stderr, "jiyue %s: ", usage->name);
	va_start(arguments, format);
	vfprintf(stderr, format, arguments);
	va_end(arguments);
	fputc('\n', stderr);
	return false;
}

static bool is_between(uint64_t *out, const char *text, uint64_t first,
		       uint64_t last)
{
	return str_to_u64(out, str_from_c(text)) && *out >= first &&
	       *out <= last;
}

bool option_as_of(struct build_options *options,
		  const struct command_usage *usage, const char *text)
{
	struct moment moment;

	options->library.as_of_text = text;
	return moment_parse(&moment, str_from_c(text), 0) ||
	       option_complain(
		       usage,
		       _("--as-of: “%s” is not a date; write YYYY-MM-DD or "
			 "“YYYY-MM-DD HH:MM”"),
		       text);
}

bool option_jobs(size_t *out, const struct command_usage *usage,
		 const char *text)
{
	uint64_t number;

	if (!is_between(&number, text, 1, THREADS_LIMIT))
		return option_complain(
			usage, _("--jobs: “%s” is not a number from 1 to 64"),
			text);
	*out = (size_t)number;
	return true;
}

bool option_limit(size_t *out, const struct command_usage *usage,
		  const char *text)
{
	uint64_t number;

	if (!is_between(&number, text, 0, MESSAGES_LIMIT))
		return option_complain(
			usage,
			_("--limit: “%s” is not a number from 1 to "
			  "10000, or 0 for all"),
			text);
	*out = (size_t)number;
	return true;
}

bool option_format(const struct report_format **out,
		   const struct command_usage *usage, const char *text)
{
	*out = report_format_find(text);
	if (*out != NULL || strcmp(text, "text") == 0)
		return true;
	option_complain(usage, _("--format: there is no format “%s”"), text);
	fprintf(stderr, "  %s: text", _("help"));
	for (size_t i = 0; i < report_format_count; i++)
		fprintf(stderr, ", %s", report_formats[i].name);
	fputc('\n', stderr);
	return false;
}

bool option_dates(bool *front_matter, const struct command_usage *usage,
		  const char *text)
{
	*front_matter = strcmp(text, "front-matter") == 0;
	return *front_matter || strcmp(text, "git") == 0 ||
	       option_complain(
		       usage,
		       _("--dates: “%s” is neither git nor front-matter"),
		       text);
}

bool option_release(uint64_t *out, const struct command_usage *usage,
		    const char *text)
{
	return (str_to_u64(out, str_from_c(text)) && *out > 0) ||
	       option_complain(
		       usage,
		       _("“%s” is not the number of a release; jiyue releases "
			 "lists them"),
		       text);
}

bool option_hsts(uint32_t *out, const struct command_usage *usage,
		 const char *text)
{
	uint64_t number;

	if (!is_between(&number, text, 0, HSTS_LIMIT))
		return option_complain(
			usage,
			_("--hsts: “%s” is not a number of days up to "
			  "3650"),
			text);
	*out = (uint32_t)number;
	return true;
}

bool option_keep(size_t *out, const struct command_usage *usage,
		 const char *text)
{
	uint64_t number;

	if (!is_between(&number, text, 2, RELEASE_KEEP_LIMIT))
		return option_complain(
			usage,
			_("--keep: “%s” is not a number from 2 to "
			  "1000"),
			text);
	*out = (size_t)number;
	return true;
}

bool option_rate(uint32_t *out, const struct command_usage *usage,
		 const char *text)
{
	uint64_t number;

	if (!is_between(&number, text, 1, RATE_LIMIT))
		return option_complain(
			usage,
			_("--rate: “%s” is not a number from 1 to "
			  "10000"),
			text);
	*out = (uint32_t)number;
	return true;
}

bool option_port(uint16_t *out, const struct command_usage *usage,
		 const char *text)
{
	uint64_t number;

	if (!is_between(&number, text, 0, UINT16_MAX))
		return option_complain(
			usage,
			_("--port: “%s” is not a number from 1 to "
			  "65535"),
			text);
	*out = (uint16_t)number;
	return true;
}

bool option_on(const char **out, const struct command_usage *usage,
	       const char *text)
{
	struct moment moment;

	*out = text;
	return (strlen(text) == strlen("2026-01-01") &&
		moment_parse(&moment, str_from_c(text), 0)) ||
	       option_complain(usage,
			       _("--on: “%s” is not a day; write YYYY-MM-DD"),
			       text);
}

bool option_role(const char **out, const struct command_usage *usage,
		 const char *text)
{
	enum role role = role_find(str_from_c(text));

	*out = text;
	return (role != ROLE_COUNT && role != ROLE_WRITER) ||
	       option_complain(
		       usage,
		       _("--role: “%s” is none of first, second, final and "
			 "publisher"),
		       text);
}

bool option_sheet(const struct sheet_format **out,
		  const struct command_usage *usage, const char *text)
{
	*out = sheet_format_find(text);
	if (*out != NULL)
		return true;
	option_complain(usage, _("--format: there is no format “%s”"), text);
	fprintf(stderr, "  %s: ", _("help"));
	for (size_t i = 0; sheet_formats[i].name != NULL; i++)
		fprintf(stderr, "%s%s", i == 0 ? "" : ", ",
			sheet_formats[i].name);
	fputc('\n', stderr);
	return false;
}

bool option_year(uint32_t *out, const struct command_usage *usage,
		 const char *text)
{
	uint64_t number;

	if (!is_between(&number, text, YEAR_FIRST, YEAR_LAST))
		return option_complain(usage, _("--year: “%s” is no year"),
				       text);
	*out = (uint32_t)number;
	return true;
}

bool option_months(uint32_t *out, const struct command_usage *usage,
		   const char *text)
{
	uint64_t number;

	if (!is_between(&number, text, 1, TREND_MONTHS))
		return option_complain(
			usage,
			_("--months: “%s” is not a number from 1 to "
			  "12"),
			text);
	*out = (uint32_t)number;
	return true;
}
