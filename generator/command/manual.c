#include "command/manual.h"

#include "base/diag.h"
#include "command/command.h"
#include "command/help.h"
#include "command/options.h"

#include <string.h>

/* A line may not begin with a dot; "-" is a sign to copy, not a hyphen. */
static void add_text(struct buf *out, const char *text)
{
	for (const char *at = text; *at != '\0'; at++) {
		if (*at == '\\')
			buf_add_c(out, "\\e");
		else if (*at == '-')
			buf_add_c(out, "\\-");
		else if ((*at == '.' || *at == '\'') &&
			 (at == text || at[-1] == '\n'))
			buf_printf(out, "\\&%c", *at);
		else
			buf_add_byte(out, *at);
	}
}

static void add_section(struct buf *out, const char *name)
{
	buf_printf(out, ".SH %s\n", name);
}

static void add_option(struct buf *out, const struct option_row *row)
{
	buf_add_c(out, ".TP\n\\fB");
	add_text(out, "--");
	add_text(out, row->name);
	buf_add_c(out, "\\fR");
	if (row->argument != NULL) {
		buf_add_c(out, " \\fI");
		add_text(out, row->argument);
		buf_add_c(out, "\\fR");
	}
	buf_add_byte(out, '\n');
	add_text(out, _(row->help));
	buf_add_byte(out, '\n');
}

static void add_usage(struct buf *out, const struct command_usage *usage)
{
	const struct option_row *row;
	size_t at = 0;

	buf_printf(out, ".SS jiyue %s", usage->name);
	if (usage->arguments != NULL) {
		buf_add_c(out, " \\fI");
		add_text(out, usage->arguments);
		buf_add_c(out, "\\fR");
	}
	buf_add_byte(out, '\n');
	add_text(out, _(usage->about));
	buf_add_byte(out, '\n');
	while ((row = options_next(usage, &at)) != NULL)
		add_option(out, row);
	if (usage->example == NULL)
		return;
	buf_add_c(out, ".PP\n.nf\n");
	add_text(out, "jiyue ");
	add_text(out, usage->name);
	buf_add_byte(out, ' ');
	add_text(out, usage->example);
	buf_add_c(out, "\n.fi\n");
}

static void add_topics(struct buf *out, const struct command *command)
{
	buf_printf(out, ".SS jiyue %s \\fITOPIC\\fR\n", command->name);
	add_text(out, _(command->summary));
	buf_add_byte(out, '\n');
	for (size_t i = 0; i < help_topic_count; i++) {
		buf_printf(out, ".TP\n\\fB%s\\fR", help_topics[i].name);
		if (help_topics[i].argument != NULL)
			buf_printf(out, " [\\fI%s\\fR]",
				   help_topics[i].argument);
		buf_add_byte(out, '\n');
		add_text(out, _(help_topics[i].about));
		buf_add_byte(out, '\n');
	}
}

void manual_write(struct buf *out)
{
	buf_add_c(out, ".TH JIYUE 1 \"\" \"jiyue\"\n.ad l\n.nh\n");
	add_section(out, _("NAME"));
	add_text(out, "jiyue - ");
	add_text(out, _("a static site generator for a city's government "
			"websites"));
	buf_add_byte(out, '\n');
	add_section(out, _("SYNOPSIS"));
	buf_add_c(out, "\\fBjiyue\\fR [\\fB\\-\\-lang\\fR zh_CN|en] "
		       "\\fICOMMAND\\fR [options]\n");
	add_section(out, _("COMMANDS"));
	for (size_t i = 0; i < command_count; i++)
		if (commands[i].usage != NULL)
			add_usage(out, commands[i].usage);
		else
			add_topics(out, &commands[i]);
	add_section(out, _("EXIT STATUS"));
	add_text(out, _("0 clean, 1 mistakes in content or settings, 2 "
			"failure"));
	buf_add_byte(out, '\n');
}
