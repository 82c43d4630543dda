#include "command/release_work.h"

#include "command/command.h"
#include "command/messages.h"
#include "release/note.h"

int release_work_run(const struct command_usage *usage, release_work *work,
		     int argc, char **argv)
{
	struct command_options options;
	struct diag_list diags;
	struct arena arena;
	int code, told;

	if (!options_parse(&options, usage, argc, argv))
		return EXIT_FAILED;
	if (options.help)
		return EXIT_CLEAN;
	arena_init(&arena);
	diag_list_init(&diags, &arena);
	code = work(&options, &arena, &diags);
	told = messages_finish_list(&diags);
	arena_release(&arena);
	return told == EXIT_CLEAN ? code : told;
}

void release_work_print_note(const struct releases *releases, uint64_t number,
			     struct diag_list *diags)
{
	struct buf text;

	buf_init(&text, releases->arena);
	if (note_print(&text, releases, number, diags))
		fwrite(text.data, 1, text.len, stdout);
}
