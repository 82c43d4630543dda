/*
 * Hooks of Git that call this program: before a commit the changed files are
 * read, and a repository that is pushed to has the gate (gate.h). What is
 * installed is a line that calls the program at the place where it is now.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "command/changed_check.h"
#include "command/command.h"
#include "command/gate.h"
#include "command/messages.h"
#include "command/options.h"
#include "snapshot/hook_files.h"
#include "system/folder.h"
#include "system/reason.h"

const struct command_usage usage_hooks = {
	.name = "hooks",
	.letters = "lh",
	.about = N_(
		"install writes the hooks of Git that call this program: in "
		"a work tree pre-commit, which reads the files that a commit "
		"changes and stops it when they have errors; in a bare "
		"repository pre-receive, the gate: a push to the branch of "
		"HEAD is refused when it rewrites history, has reviews that "
		"are forged, takes away who reviews, or changes files so that "
		"they have errors. pre-commit and pre-receive are what these "
		"hooks call."),
	.arguments = "install|pre-commit|pre-receive",
	.example = "install --library /srv/git/city.git",
};

enum { LINE_LIMIT = 4096, HOOK_LIMIT = 64 * 1024 };

/* What an action works with. */
struct hooking {
	const char *directory; /* as it was asked for */
	struct arena *arena;
	struct diag_list *diags;
};

static const char mark[] = "# jiyue hooks install wrote this\n";

/* --- installing ----------------------------------------------------------- */

static bool refuse(struct diag_list *diags, str message, const char *help)
{
	diag_help(diags,
		  diag_error(diags, span_none(), "hooks-install", "%.*s",
			     STR_ARG(message)),
		  "%s", help);
	return false;
}

/* Where the program is that runs now; NULL: that cannot stand in a shell. */
static const char *program_place(struct arena *arena)
{
	char *path = realpath("/proc/self/exe", NULL);
	const char *copy = path == NULL || strpbrk(path, "'\n") != NULL
				   ? NULL
				   : arena_c_string(arena, str_from_c(path));

	free(path);
	return copy;
}

static str script_of(const char *hook, const struct hook_folder *folder,
		     struct arena *arena)
{
	const char *program = program_place(arena);
	str library = folder->library.len == 0 ? STR(".") : folder->library;

	if (program == NULL || str_find_byte(library, '\'') != STR_NONE)
		return STR("");
	return arena_printf(arena,
			    "#!/bin/sh\n%sexec '%s' hooks %s --lang zh_CN "
			    "--library '%.*s'\n",
			    mark, program, hook, STR_ARG(library));
}

/* Ours is written anew; that of somebody else stays. */
static bool may_write(const char *path, struct arena *arena,
		      struct diag_list *diags)
{
	str text;

	if (access(path, F_OK) != 0)
		return true;
	if (folder_read_path(&text, path, HOOK_LIMIT, arena) &&
	    str_find(text, str_from_c(mark)) != STR_NONE)
		return true;
	return refuse(diags,
		      arena_printf(arena,
				   _("%s is there already, and not ours"),
				   path),
		      _("call jiyue hooks from it, or move it away; then once "
			"more"));
}

static bool write_hook(const char *path, str text, struct arena *arena,
		       struct diag_list *diags)
{
	const char *new = arena_printf(arena, "%s.new", path).data;
	int file =
		open(new, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC,
		     0755);
	bool ok = file >= 0 &&
		  write(file, text.data, text.len) == (ssize_t)text.len;

	if (file >= 0)
		ok &= close(file) == 0;
	ok = ok && rename(new, path) == 0;
	if (!ok)
		diag_failure(diags, "hooks-write", _("cannot write %s: %s"),
			     path, reason_text(errno));
	return ok;
}

static bool install_in(const struct hook_folder *folder, struct arena *arena,
		       struct diag_list *diags)
{
	const char *hook = folder->is_bare ? "pre-receive" : "pre-commit";
	const char *path =
		arena_printf(arena, "%s/%s", folder->path, hook).data;
	str text = script_of(hook, folder, arena);

	if (text.len == 0)
		return refuse(diags,
			      str_from_c(_("the place of the program or the "
					   "library has a quotation mark")),
			      _("rename the folder"));
	if (mkdir(folder->path, 0755) != 0 && errno != EEXIST) {
		diag_failure(diags, "hooks-write", _("cannot write %s: %s"),
			     folder->path, reason_text(errno));
		return false;
	}
	if (!may_write(path, arena, diags) ||
	    !write_hook(path, text, arena, diags))
		return false;
	printf("%s\n", path);
	return true;
}

static void install_where_git_looks(const char *directory, struct arena *arena,
				    struct diag_list *diags)
{
	struct hook_folder folder;

	if (!hook_folder_find(&folder, directory, arena, diags))
		return;
	if (folder.named == NULL)
		(void)!install_in(&folder, arena, diags);
	else
		refuse(diags,
		       arena_printf(arena,
				    _("this repository takes its hooks from %s "
				      "(core.hooksPath)"),
				    folder.named),
		       _("call jiyue hooks pre-commit from the hook there"));
}

static int install(const struct hooking *hooking)
{
	install_where_git_looks(hooking->directory, hooking->arena,
				hooking->diags);
	return messages_finish_list(hooking->diags);
}

/* --- what the hooks call -------------------------------------------------- */

static int check_staged(const struct hooking *hooking)
{
	struct changed_files changed;

	return changed_files_staged(&changed, hooking->directory,
				    getenv("GIT_INDEX_FILE"), hooking->arena,
				    hooking->diags)
		       ? changed_check(hooking->directory, &changed)
		       : messages_finish_list(hooking->diags);
}

/* Every line of the published branch; the worst code is that of all. */
static int judge_lines(const char *directory, str branch)
{
	char line[LINE_LIMIT];
	int code = EXIT_CLEAN;

	while (fgets(line, sizeof(line), stdin) != NULL) {
		struct push push;
		int found;

		if (!push_parse(&push, str_trim(str_from_c(line))) ||
		    !str_equal(push.ref, branch))
			continue;
		found = gate_judge(directory, &push);
		code = found > code ? found : code;
	}
	return code;
}

static int judge_push(const struct hooking *hooking)
{
	str branch;

	return changed_files_branch(&branch, hooking->directory, hooking->arena,
				    hooking->diags)
		       ? judge_lines(hooking->directory, branch)
		       : messages_finish_list(hooking->diags);
}

typedef int hook_action(const struct hooking *hooking);

static int run_action(hook_action *action, const char *directory)
{
	struct diag_list diags;
	struct arena arena;
	const struct hooking hooking = { directory, &arena, &diags };
	int code;

	arena_init(&arena);
	diag_list_init(&diags, &arena);
	if (snapshot_library_init(&diags)) {
		code = action(&hooking);
		snapshot_library_shutdown();
	} else {
		code = messages_finish_list(&diags);
	}
	arena_release(&arena);
	return code;
}

static const struct {
	const char *name;
	hook_action *run;
} actions[] = {
	{ "install", install },
	{ "pre-commit", check_staged },
	{ "pre-receive", judge_push },
};

int command_hooks(int argc, char **argv)
{
	struct command_options options;

	if (!options_parse(&options, &usage_hooks, argc, argv))
		return EXIT_FAILED;
	if (options.help)
		return EXIT_CLEAN;
	for (size_t i = 0; i < COUNT_OF(actions); i++)
		if (strcmp(options.argument, actions[i].name) == 0)
			return run_action(actions[i].run,
					  options.build.library.folder);
	fprintf(stderr, _("jiyue hooks: there is no “%s”\n"), options.argument);
	fprintf(stderr, "  %s: %s\n", _("help"), usage_hooks.arguments);
	return EXIT_FAILED;
}
