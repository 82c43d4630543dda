/*
 * What shells offer behind "jiyue". Both scripts are one function with a case
 * a command; they ask nobody, so that a key costs nothing.
 */
#include "command/manual.h"

#include <string.h>

#include "base/diag.h"
#include "command/command.h"
#include "command/help.h"
#include "command/options.h"

enum completion_kind completion_of(struct buf *words, const char *argument)
{
	if (strcmp(argument, "DIR") == 0 || strcmp(argument, "FOLDER") == 0)
		return COMPLETES_FOLDER;
	if (strcmp(argument, "FILE") == 0 || strcmp(argument, "KEY") == 0)
		return COMPLETES_FILE;
	if (strcmp(argument, "FORMAT") == 0) {
		buf_add_c(words, "text");
		for (size_t i = 0; i < report_format_count; i++)
			buf_printf(words, " %s", report_formats[i].name);
		return COMPLETES_WORDS;
	}
	if (strchr(argument, '|') == NULL)
		return COMPLETES_NOTHING;
	for (const char *at = argument; *at != '\0'; at++)
		if (*at == '|')
			buf_add_byte(words, ' ');
		else
			buf_add_byte(words, *at);
	return COMPLETES_WORDS;
}

static void add_command_names(struct buf *out)
{
	for (size_t i = 0; i < command_count; i++)
		buf_printf(out, "%s%s", i == 0 ? "" : " ", commands[i].name);
}

static void add_topics(struct buf *out)
{
	for (size_t i = 0; i < help_topic_count; i++)
		buf_printf(out, "%s ", help_topics[i].name);
	add_command_names(out);
}

/* --- bash ----------------------------------------------------------------- */

static void add_bash_value(struct buf *out, const struct command_usage *usage,
			   const struct option_row *row)
{
	struct buf words;

	buf_init(&words, out->arena);
	switch (completion_of(&words, row->argument)) {
	case COMPLETES_FOLDER:
		buf_printf(out,
			   "\t'%s --%s') COMPREPLY=($(compgen -d -- "
			   "\"$cur\")); return ;;\n",
			   usage->name, row->name);
		return;
	case COMPLETES_FILE:
		buf_printf(out,
			   "\t'%s --%s') COMPREPLY=($(compgen -f -- "
			   "\"$cur\")); return ;;\n",
			   usage->name, row->name);
		return;
	case COMPLETES_WORDS:
		buf_printf(out,
			   "\t'%s --%s') COMPREPLY=($(compgen -W '%.*s' "
			   "-- \"$cur\")); return ;;\n",
			   usage->name, row->name, STR_ARG(buf_str(&words)));
		return;
	default:
		buf_printf(out, "\t'%s --%s') return ;;\n", usage->name,
			   row->name);
	}
}

static void add_bash_options(struct buf *out, const struct command_usage *usage)
{
	const struct option_row *row;
	size_t at = 0;

	buf_printf(out, "\t%s) words='", usage->name);
	while ((row = options_next(usage, &at)) != NULL)
		buf_printf(out, " --%s", row->name);
	buf_add_c(out, "' ;;\n");
}

void completion_write_bash(struct buf *out)
{
	const struct option_row *row;

	buf_add_c(out, "# bash completion of jiyue; jiyue help bash prints it\n"
		       "_jiyue()\n{\n"
		       "\tlocal cur=${COMP_WORDS[COMP_CWORD]} command= words= "
		       "i\n"
		       "\tCOMPREPLY=()\n"
		       "\tfor ((i = 1; i < COMP_CWORD; i++)); do\n"
		       "\t\tcase ${COMP_WORDS[i]} in\n"
		       "\t\t--lang) ((i++)) ;;\n"
		       "\t\t-*) ;;\n"
		       "\t\t*) command=${COMP_WORDS[i]}; break ;;\n"
		       "\t\tesac\n\tdone\n"
		       "\tif [ -z \"$command\" ]; then\n"
		       "\t\tCOMPREPLY=($(compgen -W '");
	add_command_names(out);
	buf_add_c(out,
		  " --lang --help --version' -- \"$cur\"))\n"
		  "\t\treturn\n\tfi\n"
		  "\tcase \"$command ${COMP_WORDS[COMP_CWORD - 1]}\" in\n");
	for (size_t i = 0; i < command_count; i++) {
		const struct command_usage *usage = commands[i].usage;

		for (size_t at = 0;
		     usage != NULL && (row = options_next(usage, &at)) != NULL;)
			if (row->argument != NULL)
				add_bash_value(out, usage, row);
	}
	buf_add_c(out, "\tesac\n\tcase $command in\n\thelp) words='");
	add_topics(out);
	buf_add_c(out, "' ;;\n");
	for (size_t i = 0; i < command_count; i++)
		if (commands[i].usage != NULL)
			add_bash_options(out, commands[i].usage);
	buf_add_c(out, "\tesac\n"
		       "\tcase $command$cur in\n"
		       "\thelp* | *-*) COMPREPLY=($(compgen -W \"$words\" -- "
		       "\"$cur\")) ;;\n"
		       "\t*) COMPREPLY=($(compgen -f -- \"$cur\")) ;;\n"
		       "\tesac\n}\n"
		       "complete -o filenames -F _jiyue jiyue\n");
}

/* --- zsh ------------------------------------------------------------------ */

/* In '…[…]': quotes end it, brackets and colons mean something. */
static void add_zsh_text(struct buf *out, const char *text)
{
	for (; *text != '\0'; text++) {
		if (*text == '\'')
			buf_add_c(out, "'\\''");
		else if (strchr("[]:\\", *text) != NULL)
			buf_printf(out, "\\%c", *text);
		else
			buf_add_byte(out, *text);
	}
}

static void add_zsh_value(struct buf *out, const char *argument)
{
	struct buf words;

	buf_add_byte(out, ':');
	add_zsh_text(out, argument);
	buf_init(&words, out->arena);
	switch (completion_of(&words, argument)) {
	case COMPLETES_FOLDER:
		buf_add_c(out, ":_files -/");
		return;
	case COMPLETES_FILE:
		buf_add_c(out, ":_files");
		return;
	case COMPLETES_WORDS:
		buf_printf(out, ":(%.*s)", STR_ARG(buf_str(&words)));
		return;
	default:
		buf_add_c(out, ": ");
	}
}

static void add_zsh_command(struct buf *out, const struct command_usage *usage)
{
	const struct option_row *row;

	buf_printf(out, "\t%s)\n\t\t_arguments", usage->name);
	for (size_t at = 0; (row = options_next(usage, &at)) != NULL;) {
		buf_printf(out, " \\\n\t\t\t'--%s[", row->name);
		add_zsh_text(out, _(row->help));
		buf_add_byte(out, ']');
		if (row->argument != NULL)
			add_zsh_value(out, row->argument);
		buf_add_byte(out, '\'');
	}
	if (usage->arguments != NULL)
		buf_add_c(out, " \\\n\t\t\t'*:file:_files'");
	buf_add_c(out, "\n\t\t;;\n");
}

void completion_write_zsh(struct buf *out)
{
	buf_add_c(out, "#compdef jiyue\n"
		       "# zsh completion of jiyue; jiyue help zsh prints it\n"
		       "_jiyue()\n{\n"
		       "\tlocal -a commands\n"
		       "\tlocal context state line\n"
		       "\tcommands=(\n");
	for (size_t i = 0; i < command_count; i++) {
		buf_printf(out, "\t\t'%s:", commands[i].name);
		add_zsh_text(out, _(commands[i].summary));
		buf_add_c(out, "'\n");
	}
	buf_add_c(out, "\t)\n"
		       "\t_arguments -C '--lang[]: :(zh_CN en)' '--help[]' "
		       "'--version[]' '1: :->command' '*:: :->rest'\n"
		       "\tcase $state in\n"
		       "\tcommand) _describe command commands; return ;;\n"
		       "\tesac\n"
		       "\tcase $line[1] in\n"
		       "\thelp) _arguments '1: :(");
	add_topics(out);
	buf_add_c(out, ")' ;;\n");
	for (size_t i = 0; i < command_count; i++)
		if (commands[i].usage != NULL)
			add_zsh_command(out, commands[i].usage);
	buf_add_c(out, "\tesac\n}\n"
		       "if [ \"$funcstack[1]\" = _jiyue ]; then\n"
		       "\t_jiyue \"$@\"\nelse\n\tcompdef _jiyue jiyue\nfi\n");
}
