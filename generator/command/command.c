#include "command/command.h"

#include "base/diag.h"

const struct command commands[] = {
	{ "build", N_("build the sites of a library"), command_build },
	{ "check", N_("check content, settings, templates and links"),
	  command_check },
	{ "plan", N_("print every page with what it depends on"),
	  command_plan },
};

const size_t command_count = COUNT_OF(commands);
