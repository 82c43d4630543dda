/*
 * `jiyue help`: what an editor can write, printed from the tables that the
 * program itself follows, so that it cannot be out of date. The same stands in
 * generator/REFERENCE.md (tests/support/reference.py compares).
 */
#include "command/help.h"

#include "audit/rule_book.h"

#include "base/diag.h"
#include "base/unicode.h"
#include "command/command.h"
#include "command/help_markdown.h"
#include "command/language.h"
#include "command/manual.h"
#include "library/schema.h"
#include "markup/html_help.h"
#include "audit/records.h"
#include "site/cluster.h"
#include "site/column_reader.h"
#include "site/roles.h"

/* Text up to a column; at least one space behind it. */
static void add_cell(struct buf *out, str text, size_t width)
{
	size_t cells = unicode_cells(text);

	buf_add(out, text);
	do
		buf_add_byte(out, ' ');
	while (++cells < width);
}

static void put(struct buf *text)
{
	fwrite(text->data, 1, text->len, stdout);
}

/* --- messages ------------------------------------------------------------- */

static const char *cost_of(const struct diag_kind *kind)
{
	static const char *const costs[] = {
		[DIAG_COSTS_NOTHING] = N_("the page is published all the same"),
		[DIAG_COSTS_PLACE] =
			N_("the page is published, this place altered"),
		[DIAG_COSTS_LINK] =
			N_("the page is published without the link"),
		[DIAG_COSTS_ADDRESS] = N_("the old address leads nowhere"),
		[DIAG_COSTS_ATTACHMENT] = N_("an attachment is left out"),
		[DIAG_COSTS_RESOURCE] =
			N_("the resource is not published as it stands"),
		[DIAG_COSTS_SITE] =
			N_("the site is not published as it stands"),
		[DIAG_COSTS_BUILD] = N_("nothing is built"),
	};

	return _(costs[kind->cost]);
}

void help_message(const struct diag_kind *kind)
{
	printf("%s\n  %s\n  %s\n  %s\n", kind->id, _(kind->about),
	       cost_of(kind),
	       diag_kind_may_be_lowered(kind)
		       ? _("“severity” of sites/platform.yaml can make a "
			   "warning of it")
		       : _("it cannot be made a warning"));
}

static bool list_messages(struct buf *out)
{
	for (size_t i = 0; i < diag_kind_count; i++) {
		add_cell(out, str_from_c(diag_kinds[i].id), 28);
		buf_add_c(out, _(diag_kinds[i].about));
		buf_add_byte(out, '\n');
	}
	return true;
}

static bool unknown(str message, str nearest)
{
	fprintf(stderr, "jiyue help: %.*s\n", STR_ARG(message));
	if (nearest.len > 0)
		fprintf(stderr, _("  help: did you mean “%.*s”?\n"),
			STR_ARG(nearest));
	else
		fprintf(stderr, _("  help: `jiyue help` lists the topics\n"));
	return false;
}

static bool help_messages(struct buf *out, const char *id)
{
	const struct diag_kind *kind;
	str *names;

	if (id == NULL)
		return list_messages(out);
	kind = diag_kind_find(id);
	if (kind != NULL) {
		help_message(kind);
		return true;
	}
	names = arena_array(out->arena, diag_kind_count, sizeof(*names));
	for (size_t i = 0; i < diag_kind_count; i++)
		names[i] = str_from_c(diag_kinds[i].id);
	return unknown(arena_printf(out->arena,
				    _("there is no kind of message “%s”"), id),
		       str_nearest(str_from_c(id), names, diag_kind_count));
}

/* --- fields --------------------------------------------------------------- */

static void add_choices(struct buf *out, const struct field *field)
{
	for (size_t i = 0; field->choices[i] != NULL; i++) {
		buf_printf(out, "%s%s", i == 0 ? "" : ", ", field->choices[i]);
		if (field->choice_labels != NULL &&
		    field->choice_labels[i] != NULL &&
		    strcmp(field->choice_labels[i], field->choices[i]) != 0)
			buf_printf(out, " (%s)", field->choice_labels[i]);
	}
}

static void add_field(struct buf *out, const struct field *field,
		      const char *indent)
{
	buf_add_c(out, indent);
	add_cell(out, str_from_c(field->key), 20);
	add_cell(out, str_from_c(field->label), 20);
	add_cell(out, str_from_c(field_kinds[field->kind]), 12);
	if (field->required)
		buf_printf(out, "%s  ", _("required"));
	if (field->choices != NULL)
		add_choices(out, field);
	else if (field->example != NULL)
		buf_add_c(out, field->example);
	while (out->data[out->len - 1] == ' ')
		out->len--;
	buf_add_byte(out, '\n');
	for (const struct field *row = field->record;
	     row != NULL && row->key != NULL; row++)
		add_field(out, row, "    ");
}

static void add_type(struct buf *out, const struct resource_type *type)
{
	buf_printf(out, "%s (%s)\n", type->name, type->label);
	for (size_t i = 0; i < type->field_count; i++)
		add_field(out, &type->fields[i], "  ");
}

/* The types of the program; a library's own are in its sites/types/. */
static bool help_fields(struct buf *out, const char *name)
{
	const struct schema_sources sources = { .builtin = builtin_type_files };
	const struct resource_type *type;
	struct diag_list diags;
	struct schema schema;

	diag_list_init(&diags, out->arena);
	if (!schema_read(&schema, &sources, out->arena, &diags))
		return false;
	if (name == NULL) {
		for (size_t i = 0; i < schema.type_count; i++) {
			add_cell(out, str_from_c(schema.types[i].name), 20);
			buf_printf(out, "%s\n", schema.types[i].label);
		}
		buf_printf(out, "\n%s\n",
			   _("`jiyue help fields TYPE` lists the fields of "
			     "one."));
		return true;
	}
	type = schema_find(&schema, str_from_c(name));
	if (type == NULL)
		return unknown(arena_printf(out->arena,
					    _("there is no resource type “%s”"),
					    name),
			       str_nearest(str_from_c(name),
					   schema_names(&schema, out->arena),
					   schema.type_count));
	add_type(out, type);
	return true;
}

/* --- settings ------------------------------------------------------------- */

static void add_setting(struct buf *out, const struct setting *row)
{
	buf_add_c(out, "  ");
	add_cell(out, str_from_c(row->key), 16);
	if (row->kind == SETTING_CHOICE)
		for (size_t i = 0; row->choices[i] != NULL; i++)
			buf_printf(out, "%s%s", i == 0 ? "" : ", ",
				   row->choices[i]);
	else
		buf_add_c(out, setting_kind_name(row->kind));
	if (row->required != NULL)
		buf_printf(out, "; %s", _("required"));
	buf_printf(out, "\n    %s\n", _(row->about));
	if (row->required != NULL)
		buf_printf(out, _("    for example: %s: %s\n"), row->key,
			   row->required);
}

static bool help_settings(struct buf *out, const char *name)
{
	static const struct setting_table *const files[] = {
		platform_settings,    site_settings,	 column_settings,
		query_settings,	      redirect_settings, synonym_settings,
		traditional_settings, hits_settings,	 holiday_settings,
		record_settings,      rule_settings,	 score_settings,
		word_settings,	      waiver_settings,	 role_settings
	};

	(void)name;
	for (size_t i = 0; i < COUNT_OF(files); i++)
		for (const struct setting_table *table = files[i];
		     table->rows != NULL; table++) {
			buf_printf(out, "%s%s\n", out->len == 0 ? "" : "\n",
				   _(table->about));
			for (size_t j = 0; j < table->count; j++)
				add_setting(out, &table->rows[j]);
		}
	return true;
}

/* --- topics --------------------------------------------------------------- */

static bool print_markdown(struct buf *out, const char *name)
{
	(void)name;
	help_markdown(out);
	return true;
}

static bool print_html(struct buf *out, const char *name)
{
	(void)name;
	html_help(out);
	return true;
}

static bool print_man(struct buf *out, const char *name)
{
	(void)name;
	manual_write(out);
	return true;
}

static bool print_bash(struct buf *out, const char *name)
{
	(void)name;
	completion_write_bash(out);
	return true;
}

static bool print_zsh(struct buf *out, const char *name)
{
	(void)name;
	completion_write_zsh(out);
	return true;
}

const struct help_topic help_topics[] = {
	{ "fields", "TYPE", N_("types of resources, and the fields of one"),
	  help_fields },
	{ "settings", NULL, N_("what stands in files below sites/"),
	  help_settings },
	{ "markdown", NULL, N_("what texts are written in"), print_markdown },
	{ "html", NULL, N_("what raw HTML may have"), print_html },
	{ "messages", "ID", N_("kinds of messages, and what one costs"),
	  help_messages },
	{ "man", NULL, N_("the man page"), print_man },
	{ "bash", NULL, N_("completion for bash"), print_bash },
	{ "zsh", NULL, N_("completion for zsh"), print_zsh },
};
const size_t help_topic_count = COUNT_OF(help_topics);

static void list_topics(void)
{
	printf(_("usage: jiyue help TOPIC\n\n"));
	for (size_t i = 0; i < help_topic_count; i++) {
		char left[32];

		snprintf(left, sizeof(left), "%s%s%s%s", help_topics[i].name,
			 help_topics[i].argument == NULL ? "" : " [",
			 help_topics[i].argument == NULL
				 ? ""
				 : help_topics[i].argument,
			 help_topics[i].argument == NULL ? "" : "]");
		printf("  %-16s %s\n", left, _(help_topics[i].about));
	}
	printf(_("\n`jiyue COMMAND --help` explains a command.\n"));
}

static const struct help_topic *find_topic(const char *name)
{
	for (size_t i = 0; i < help_topic_count; i++)
		if (strcmp(help_topics[i].name, name) == 0)
			return &help_topics[i];
	return NULL;
}

static const struct command *find_command(const char *name)
{
	for (size_t i = 0; i < command_count; i++)
		if (strcmp(commands[i].name, name) == 0)
			return &commands[i];
	return NULL;
}

static bool unknown_topic(const char *name, struct arena *arena)
{
	str *names = arena_array(arena, help_topic_count + command_count,
				 sizeof(*names));
	size_t count = 0;

	for (size_t i = 0; i < help_topic_count; i++)
		names[count++] = str_from_c(help_topics[i].name);
	for (size_t i = 0; i < command_count; i++)
		names[count++] = str_from_c(commands[i].name);
	unknown(arena_printf(arena, _("there is no topic “%s”"), name),
		str_nearest(str_from_c(name), names, count));
	return false;
}

static bool print_topic(const struct help_topic *topic, const char *name,
			struct arena *arena)
{
	struct buf text;
	bool ok;

	buf_init(&text, arena);
	ok = topic->print(&text, name);
	if (ok && text.len > 0)
		put(&text);
	return ok;
}

/* `jiyue help build` is `jiyue build --help`. */
static int explain_command(const struct command *command)
{
	char option[] = "--help";
	char name[32];
	char *arguments[] = { name, option, NULL };

	snprintf(name, sizeof(name), "%s", command->name);
	return command->run(2, arguments);
}

static int run(int argc, char **argv, struct arena *arena)
{
	const char *name = argc > 2 ? argv[2] : NULL;
	const struct command *command = find_command(argv[1]);
	const struct help_topic *topic = find_topic(argv[1]);

	if (topic == NULL && command != NULL && argc == 2)
		return explain_command(command);
	if (topic == NULL)
		return unknown_topic(argv[1], arena) ? EXIT_CLEAN : EXIT_FAILED;
	if (argc > (topic->argument == NULL ? 2 : 3)) {
		fprintf(stderr, _("jiyue help: “%s” is not expected here\n"),
			argv[argc - 1]);
		return EXIT_FAILED;
	}
	return print_topic(topic, name, arena) ? EXIT_CLEAN : EXIT_FAILED;
}

/*
 * "--lang zh_CN" and "--lang=zh_CN" stand where people are used to write them,
 * behind the topic; taken out of the arguments. False after a message.
 */
static bool take_language(int *argc, char **argv)
{
	int count = 0;

	for (int i = 0; i < *argc; i++) {
		const char *value = NULL;

		if (strncmp(argv[i], "--lang=", 7) == 0)
			value = argv[i] + 7;
		else if (strcmp(argv[i], "--lang") == 0 && i + 1 < *argc)
			value = argv[++i];
		if (value == NULL)
			argv[count++] = argv[i];
		else if (!language_choose(value))
			return false;
	}
	argv[count] = NULL;
	*argc = count;
	return true;
}

int command_help(int argc, char **argv)
{
	struct arena arena;
	int code;

	if (!take_language(&argc, argv))
		return EXIT_FAILED;

	if (argc < 2 || strcmp(argv[1], "--help") == 0) {
		list_topics();
		return EXIT_CLEAN;
	}
	arena_init(&arena);
	code = run(argc, argv, &arena);
	arena_release(&arena);
	return code;
}
