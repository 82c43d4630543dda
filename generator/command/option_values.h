/*
 * What may stand behind an option: each is read into the form in which commands
 * use it. False with a message: the value is none.
 */
#ifndef JIYUE_COMMAND_OPTION_VALUES_H
#define JIYUE_COMMAND_OPTION_VALUES_H

#include "command/options.h"

/* Says it, with the name of the command in front, and is false. */
__attribute__((format(printf, 2, 3))) bool
option_complain(const struct command_usage *usage, const char *format, ...);

/* Read again in the platform's time zone, once that is known. */
bool option_as_of(struct build_options *options,
		  const struct command_usage *usage, const char *text);
bool option_on(const char **out, const struct command_usage *usage,
	       const char *text);
bool option_dates(bool *front_matter, const struct command_usage *usage,
		  const char *text);

bool option_jobs(size_t *out, const struct command_usage *usage,
		 const char *text);
bool option_limit(size_t *out, const struct command_usage *usage,
		  const char *text);
bool option_release(uint64_t *out, const struct command_usage *usage,
		    const char *text);
bool option_keep(size_t *out, const struct command_usage *usage,
		 const char *text);
bool option_hsts(uint32_t *out, const struct command_usage *usage,
		 const char *text);
bool option_rate(uint32_t *out, const struct command_usage *usage,
		 const char *text);
bool option_port(uint16_t *out, const struct command_usage *usage,
		 const char *text);
bool option_year(uint32_t *out, const struct command_usage *usage,
		 const char *text);
bool option_months(uint32_t *out, const struct command_usage *usage,
		   const char *text);

/* NULL is the text that people read. */
bool option_format(const struct report_format **out,
		   const struct command_usage *usage, const char *text);
bool option_sheet(const struct sheet_format **out,
		  const struct command_usage *usage, const char *text);
bool option_role(const char **out, const struct command_usage *usage,
		 const char *text);

#endif
