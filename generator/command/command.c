#include "command/command.h"

#include "base/diag.h"
#include "command/options.h"

const struct command commands[] = {
	{ "build", N_("build the sites of a library"), command_build,
	  &usage_build },
	{ "check", N_("check content, settings, templates and links"),
	  command_check, &usage_check },
	{ "new", N_("write the draft of a resource"), command_new, &usage_new },
	{ "format", N_("write front matter in order, with quotes in place"),
	  command_format },
	{ "import", N_("take over texts of an old site or another program"),
	  command_import },
	{ "move", N_("move a resource, with all links to it"), command_move },
	  command_format, &usage_format },
	{ "move", N_("move a resource, with all links to it"), command_move,
	  &usage_move },
	{ "serve", N_("preview the files as they stand in a browser"),
	  command_serve, &usage_serve },
	{ "publish", N_("put what was built live, as one release"),
	  command_publish, &usage_publish },
	{ "rollback", N_("put an earlier release live again"), command_rollback,
	  &usage_rollback },
	{ "releases", N_("list the releases, or say what one changed"),
	  command_releases, &usage_releases },
	{ "verify", N_("compare what is live with its signed manifest"),
	  command_verify, &usage_verify },
	{ "hosting", N_("print the configuration of a web server"),
	  command_hosting, &usage_hosting },
	{ "plan", N_("print every page with what it depends on"), command_plan,
	  &usage_plan },
	{ "explain", N_("say why a page was made"), command_explain,
	  &usage_explain },
	{ "diff", N_("list the pages that two revisions change"), command_diff,
	  &usage_diff },
	{ "theme", N_("help for theme designers"), command_theme,
	  &usage_theme },
	{ "schema", N_("print the types of resources as a JSON Schema"),
	  command_schema, &usage_schema },
	{ "help", N_("tables of fields, settings, Markdown, HTML, messages"),
	  command_help, NULL },
	{ "next", N_("say when time alone changes the output next"),
	  command_next, &usage_next },
};

const size_t command_count = COUNT_OF(commands);
