#include "command/confine.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "command/language.h"
#include "output/claim.h"
#include "picture/card.h"
#include "snapshot/snapshot.h"
#include "system/reason.h"
#include "system/sandbox.h"

/* Is it confined unless somebody says otherwise? */
static bool is_usual(const struct command_usage *usage)
{
	for (const int *more = usage->more; more != NULL && *more != 0; more++)
		if (*more == OPTION_NO_SANDBOX)
			return true;
	return false;
}

/* No folder of results is made for a library that is not there. */
static void allow_results(struct sandbox *sandbox, const char *folder)
{
	if (folder != NULL && claim_make_folders(folder))
		sandbox_allow(sandbox, folder, SANDBOX_WRITE);
}

static void allow_library(struct sandbox *sandbox, const char *folder)
{
	struct list places;

	list_init(&places, sizeof(const char *));
	snapshot_places(&places, folder, sandbox->arena);
	sandbox_allow(sandbox, folder, SANDBOX_READ);
	for (size_t i = 0; i < places.count; i++)
		sandbox_allow(sandbox, ((const char **)places.items)[i],
			      SANDBOX_READ);
}

/* ssh-keygen signs with one and reads the other beside it. */
static void allow_key(struct sandbox *sandbox, const char *key)
{
	sandbox_allow(sandbox, key, SANDBOX_READ);
	sandbox_allow(sandbox, arena_printf(sandbox->arena, "%s.pub", key).data,
		      SANDBOX_READ);
}

/* Answers are written beside the file, then put in its place. */
static void allow_outside(struct sandbox *sandbox,
			  const struct command_options *options)
{
	const char *file = options->external_file;
	const char *slash = file == NULL ? NULL : strrchr(file, '/');

	sandbox->asks = options->build.external;
	if (file == NULL)
		return;
	sandbox_allow(sandbox,
		      slash == NULL   ? "."
		      : slash == file ? "/"
				      : arena_printf(sandbox->arena, "%.*s",
						     (int)(slash - file), file)
						.data,
		      SANDBOX_WRITE);
}

static void allow(struct sandbox *sandbox,
		  const struct command_options *options,
		  const struct command_usage *usage)
{
	const char *library = options->build.library.folder;
	bool reads_library = strchr(usage->letters, 'l') != NULL;

	if (reads_library)
		allow_library(sandbox, library);
	if (reads_library && access(library, F_OK) == 0)
		allow_results(sandbox, options->build.out);
	else if (options->build.out != NULL) /* it is there, or nothing is */
		sandbox_allow(sandbox, options->build.out, SANDBOX_WRITE);
	allow_results(sandbox, options->to);
	if (options->key != NULL)
		allow_key(sandbox, options->key);
	if (options->baseline != NULL)
		sandbox_allow(sandbox, options->baseline, SANDBOX_READ);
	allow_outside(sandbox, options);
	if (card_font() != NULL)
		sandbox_allow(sandbox, card_font(), SANDBOX_READ);
	sandbox_allow(sandbox, language_folder(sandbox->arena), SANDBOX_READ);
	sandbox->serves = is_usual(usage);
	sandbox->port = options->port;
}

static bool tell(enum sandbox_result result,
		 const struct command_options *options,
		 const struct command_usage *usage)
{
	const char *why = result == SANDBOX_MISSING
				  ? _("there is no Landlock (Linux 5.19 or "
				      "newer has it)")
				  : reason_text(errno);

	if (result == SANDBOX_ON)
		return true;
	if (options->sandbox || result == SANDBOX_FAILED) {
		fprintf(stderr,
			_("jiyue %s: --sandbox: %s\n  help: use a newer "
			  "kernel, or have it switched on (lsm=landlock); or "
			  "go on without it\n"),
			usage->name, why);
		return false;
	}
	fprintf(stderr,
		_("jiyue %s: warning: not confined, it may read and write "
		  "what its user may: %s; --no-sandbox goes on without this "
		  "warning\n"),
		usage->name, why);
	return true;
}

bool confine(const struct command_options *options,
	     const struct command_usage *usage)
{
	enum sandbox_result result;
	struct sandbox sandbox;
	struct arena arena;

	if (!options->sandbox && (options->no_sandbox || !is_usual(usage)))
		return true;
	arena_init(&arena);
	sandbox_init(&sandbox, &arena);
	allow(&sandbox, options, usage);
	result = sandbox_enter(&sandbox);
	arena_release(&arena);
	return tell(result, options, usage);
}
