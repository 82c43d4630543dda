/*
 * What the settings of a repository ask for. libgit2 refuses a repository with
 * a setting below “extensions” that it does not know; most of them are of no
 * concern to whoever only reads objects, and of the others we say what to do.
 */
#include "snapshot/gitdir.h"

#include <git2/config.h>
#include <git2/errors.h>
#include <git2/repository.h>

#include <strings.h>
#include <sys/stat.h>

#include "snapshot/location.h"
#include "system/child.h"
#include "system/folder.h"

struct settings {
	git_config *config;
	const struct gitdir *gitdir;
	const char *path; /* of the file */
	struct gitdir_objects *objects;
	bool is_strict; /* what is not known must not be passed over */
	struct arena *arena;
	struct diag_list *diags;
};

/* --- the file --- */

static bool report_unread(const struct settings *settings, const char *reason)
{
	struct diag *diag;

	if (location_report_no_files(str_from_c(settings->path),
				     settings->diags))
		return false;
	diag = diag_failure(
		settings->diags, "snapshot-git-config",
		_("the Git settings %s cannot be read (libgit2: %s)"),
		settings->path, reason);
	diag_help(settings->diags, diag,
		  _("git config --list --file %s names the line to correct"),
		  settings->path);
	return false;
}

static bool report_include(const struct settings *settings)
{
	struct diag *diag =
		diag_failure(settings->diags, "snapshot-git-special",
			     _("a file that %s includes is no ordinary file: "
			       "who reads it may wait for ever"),
			     settings->path);

	diag_help(settings->diags, diag,
		  _("git config --file %s --get-regexp '^include' shows which "
		    "files these are"),
		  settings->path);
	return false;
}

static bool report_size(const struct settings *settings)
{
	struct diag *diag =
		diag_failure(settings->diags, "snapshot-git-config",
			     _("the Git settings %s have more than %d KiB"),
			     settings->path, GITDIR_SETTINGS_LIMIT / 1024);

	diag_help(settings->diags, diag,
		  _("git config --list --file %s shows what is in them; take "
		    "out what nobody needs"),
		  settings->path);
	return false;
}

/* Sections are called the same in any case, and may stand behind others. */
static bool includes(str text)
{
	static const char name[] = "[include";
	size_t length = sizeof(name) - 1;

	while (text.len >= length) {
		size_t at = str_find_byte(text, '[');

		if (at == STR_NONE || text.len - at < length)
			return false;
		if (strncasecmp(text.data + at, name, length) == 0)
			return true;
		text = str_from(text, at + 1);
	}
	return false;
}

/*
 * As it is read later: what stands below includeIf is read for a repository
 * only.
 */
static bool read_once(void *context)
{
	const struct settings *settings = context;
	git_repository *repository = NULL;
	git_config *config = NULL;

	git_config_open_ondisk(&config, settings->path);
	git_config_free(config);
	git_repository_open_ext(
		&repository, settings->gitdir->path,
		GIT_REPOSITORY_OPEN_NO_SEARCH | GIT_REPOSITORY_OPEN_BARE, NULL);
	git_repository_free(repository);
	return true;
}

/*
 * A file that is included may be anything, and includes others: only trying
 * shows whether reading them has an end.
 */
static bool has_an_end(struct settings *settings)
{
	enum { SECONDS = 5 };
	const struct child_options options = {
		.job = read_once,
		.context = settings,
		.file_size = 0,
		.milliseconds = SECONDS * INT64_C(1000),
	};

	str text = { NULL, 0 };

	if (!folder_read_path(&text, settings->path, GITDIR_SETTINGS_LIMIT,
			      settings->arena))
		return true; /* libgit2 says why */
	return !includes(text) || child_run(&options) ||
	       report_include(settings);
}

/* --- what it asks for --- */

static const char *text_of(const struct settings *settings, const char *name)
{
	git_buf value = { 0 };
	const char *copy = NULL;

	if (git_config_get_string_buf(&value, settings->config, name) == 0)
		copy = arena_c_string(settings->arena,
				      (str){ value.ptr, value.size });
	git_buf_dispose(&value);
	return copy;
}

static bool report(const struct settings *settings, const char *what,
		   const char *help)
{
	struct diag *diag =
		diag_failure(settings->diags, "snapshot-git-format", "%s: %s",
			     settings->gitdir->path, what);

	diag_help(settings->diags, diag, "%s", help);
	return false;
}

static bool check_sha1(const struct settings *settings, const char *value)
{
	if (strcmp(value, "sha1") == 0)
		return true;
	return report(settings,
		      _("the repository names its objects by SHA-256, which "
			"cannot be read"),
		      _("make one that uses SHA-1 and bring everything over: "
			"git init --object-format=sha1 NEW, then git "
			"fast-export --all | git -C NEW fast-import; or "
			"preview with --worktree"));
}

static bool check_files(const struct settings *settings, const char *value)
{
	if (strncmp(value, "files", 5) == 0)
		return true;
	return report(settings,
		      _("the repository keeps its branches in a reftable, "
			"which cannot be read"),
		      _("git refs migrate --ref-format=files, or git clone "
			"--ref-format=files; or preview with --worktree"));
}

static bool check_partial(const struct settings *settings, const char *value)
{
	(void)value;
	settings->objects->is_partial = true;
	return true;
}

/* Extensions of the format; NULL: what it changes is not read here. */
static const struct extension {
	const char *name;
	bool (*check)(const struct settings *settings, const char *value);
} extensions[] = {
	{ "compatobjectformat", NULL },
	{ "noop", NULL },
	{ "noop-v1", NULL },
	{ "objectformat", check_sha1 },
	{ "partialclone", check_partial },
	{ "preciousobjects", NULL },
	{ "refstorage", check_files },
	{ "relativeworktrees", NULL },
	{ "submodulepathconfig", NULL },
	{ "worktreeconfig", NULL },
};

bool gitdir_allow_extensions(void)
{
	const char *names[COUNT_OF(extensions)];

	for (size_t i = 0; i < COUNT_OF(extensions); i++)
		names[i] = extensions[i].name;
	return git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, names,
				COUNT_OF(extensions)) == 0;
}

static bool check_extension(const struct settings *settings, const char *name,
			    const char *value)
{
	for (size_t i = 0; i < COUNT_OF(extensions); i++)
		if (strcmp(name, extensions[i].name) == 0)
			return extensions[i].check == NULL ||
			       extensions[i].check(settings, value);
	return !settings->is_strict ||
	       report(settings,
		      arena_printf(settings->arena,
				   _("nobody here knows what extensions.%s "
				     "means for the repository"),
				   name)
			      .data,
		      _("clone it with an older Git, or ask for a newer "
			"version of jiyue; or preview with --worktree"));
}

/* Names come in lower case, but for the part between the points. */
static bool check_entry(const struct settings *settings,
			const git_config_entry *entry)
{
	static const char prefix[] = "extensions.";
	str name = str_from_c(entry->name);
	const char *value;

	if (str_starts_with(name, STR("remote.")) &&
	    str_ends_with(name, STR(".promisor")))
		return check_partial(settings, "");
	if (!str_starts_with(name, str_from_c(prefix)))
		return true;
	/* of several lines the last one counts */
	value = text_of(settings, entry->name);
	return check_extension(settings, entry->name + sizeof(prefix) - 1,
			       value == NULL ? "" : value);
}

static bool check_entries(const struct settings *settings)
{
	git_config_iterator *iterator = NULL;
	git_config_entry *entry;
	bool ok = true;

	if (git_config_iterator_new(&iterator, settings->config) < 0)
		return report_unread(settings, location_reason());
	while (ok && git_config_next(&entry, iterator) == 0)
		ok = check_entry(settings, entry);
	git_config_iterator_free(iterator);
	return ok;
}

/* In the first format, extensions that are not known are passed over. */
static bool check_version(struct settings *settings)
{
	static const char name[] = "core.repositoryformatversion";
	const char *value = text_of(settings, name);

	settings->is_strict = value != NULL && strcmp(value, "1") == 0;
	if (value == NULL || strcmp(value, "0") == 0 || strcmp(value, "1") == 0)
		return true;
	return report(settings,
		      arena_printf(settings->arena,
				   _("the repository has the format %s, which "
				     "is not known here"),
				   value)
			      .data,
		      _("clone it with an older Git, or ask for a newer "
			"version of jiyue; or preview with --worktree"));
}

bool gitdir_settings(const char **work, struct gitdir_objects *objects,
		     const struct gitdir *gitdir, struct arena *arena,
		     struct diag_list *diags)
{
	struct settings settings = {
		.gitdir = gitdir,
		.path = arena_printf(arena, "%s/config", gitdir->common).data,
		.objects = objects,
		.arena = arena,
		.diags = diags,
	};
	struct stat status;
	bool ok = false;

	*work = NULL;
	if (stat(settings.path, &status) != 0)
		return true;
	if (status.st_size > GITDIR_SETTINGS_LIMIT)
		return report_size(&settings);
	if (!has_an_end(&settings))
		return false;
	if (git_config_open_ondisk(&settings.config, settings.path) < 0) {
		report_unread(&settings, location_reason());
		goto done;
	}
	*work = text_of(&settings, "core.worktree");
	ok = check_version(&settings) && check_entries(&settings);
done:
	git_config_free(settings.config);
	return ok;
}
