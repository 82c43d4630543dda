/*
 * All else here is read with no settings but the repository's own, so that a
 * build is the same everywhere. Who commits is a question about the person at
 * the machine, and the user's settings answer it, as they do for git commit.
 */
#include "snapshot/note_commit.h"

#include <stdlib.h>
#include <unistd.h>

#include <git2/config.h>
#include <git2/odb.h>
#include <git2/refs.h>
#include <git2/signature.h>

#include "snapshot/location.h"
#include "system/program.h"

/* --- who it is ------------------------------------------------------------ */

static bool refuse(struct diag_list *diags, const char *message,
		   const char *help)
{
	diag_help(diags,
		  diag_error(diags, span_none(), "review", "%s", message), "%s",
		  help);
	return false;
}

static void add_level(git_config *config, const char *path,
		      git_config_level_t level)
{
	if (access(path, R_OK) == 0)
		(void)git_config_add_file_ondisk(config, path, level, NULL, 1);
}

static git_config *open_settings(const struct location *location,
				 struct arena *arena)
{
	const char *home = getenv("HOME");
	const char *xdg = getenv("XDG_CONFIG_HOME");
	git_config *config = NULL;

	if (git_config_new(&config) < 0)
		return NULL;
	if (xdg != NULL && xdg[0] != '\0')
		add_level(config,
			  arena_printf(arena, "%s/git/config", xdg).data,
			  GIT_CONFIG_LEVEL_XDG);
	else if (home != NULL)
		add_level(
			config,
			arena_printf(arena, "%s/.config/git/config", home).data,
			GIT_CONFIG_LEVEL_XDG);
	if (home != NULL)
		add_level(config,
			  arena_printf(arena, "%s/.gitconfig", home).data,
			  GIT_CONFIG_LEVEL_GLOBAL);
	add_level(config,
		  arena_printf(arena, "%s/config", location->common).data,
		  GIT_CONFIG_LEVEL_LOCAL);
	return config;
}

static str setting(git_config *config, const char *name, struct arena *arena)
{
	git_buf value = { 0 };
	str copy = STR("");

	if (config != NULL &&
	    git_config_get_string_buf(&value, config, name) == 0)
		copy = str_trim(
			arena_copy(arena, (str){ value.ptr, value.size }));
	git_buf_dispose(&value);
	return copy;
}

static str either(const char *variable, git_config *config, const char *name,
		  struct arena *arena)
{
	const char *text = getenv(variable);

	return text != NULL && text[0] != '\0'
		       ? str_trim(arena_copy(arena, str_from_c(text)))
		       : setting(config, name, arena);
}

/* A key may also stand there itself; only one in a file can be used here. */
static const char *key_of(git_config *config, struct arena *arena)
{
	str key = setting(config, "user.signingkey", arena);
	str rest = key;
	const char *home = getenv("HOME");

	if (key.len == 0 || str_starts_with(key, STR("key::")) ||
	    str_starts_with(key, STR("ssh-")))
		return NULL;
	if (str_take(&rest, STR("~/")) && home != NULL)
		return arena_printf(arena, "%s/%.*s", home, STR_ARG(rest)).data;
	return arena_c_string(arena, key);
}

bool note_author_find(struct note_author *out, const char *directory,
		      struct arena *arena, struct diag_list *diags)
{
	struct location location;
	git_config *config;

	*out = (struct note_author){ STR(""), STR(""), NULL };
	if (!location_find(&location, directory, arena, diags))
		return false;
	config = open_settings(&location, arena);
	out->mail = either("GIT_AUTHOR_EMAIL", config, "user.email", arena);
	out->name = either("GIT_AUTHOR_NAME", config, "user.name", arena);
	out->key = key_of(config, arena);
	git_config_free(config);
	if (out->name.len == 0)
		out->name = out->mail;
	return out->mail.len > 0 ||
	       refuse(diags, _("it is not known who you are"),
		      _("say it once: git config --global user.email "
			"YOUR-ADDRESS, the one that roles.yaml has of you"));
}

/* --- the commit ----------------------------------------------------------- */

struct writing {
	const struct note *note;
	git_repository *repository;
	git_commit *parent;
	git_tree *tree;
	git_signature *by;
	git_reference *head; /* the branch itself */
	git_buf bytes;
	str signature;
	struct arena *arena;
	struct diag_list *diags;
};

static bool fail(const struct writing *writing)
{
	diag_failure(writing->diags, "review-commit",
		     _("the commit cannot be written (libgit2: %s)"),
		     location_reason());
	return false;
}

/* Git keeps a file for what is begun and not ended. */
static bool is_busy(git_repository *repository)
{
	return git_repository_state(repository) != GIT_REPOSITORY_STATE_NONE;
}

static bool find_branch(struct writing *writing)
{
	char hex[GIT_OID_HEXSZ + 1];

	if (git_repository_head_detached(writing->repository) == 1)
		return refuse(writing->diags,
			      _("no branch is checked out, so that a review "
				"would be lost"),
			      _("git switch main, or what your branch is "
				"called; then once more"));
	if (is_busy(writing->repository))
		return refuse(writing->diags,
			      _("a merge or rebase is going on"),
			      _("end it (git status says how), then once "
				"more"));
	if (git_repository_head(&writing->head, writing->repository) < 0)
		return fail(writing);
	git_oid_tostr(hex, sizeof(hex), git_reference_target(writing->head));
	return str_equal_c(writing->note->parent, hex) ||
	       refuse(writing->diags,
		      _("somebody has committed meanwhile; nothing was "
			"written"),
		      _("look at the text again, then once more"));
}

static bool compose(struct writing *writing)
{
	const struct note *note = writing->note;
	const git_commit *parents[1];

	if (git_commit_lookup(&writing->parent, writing->repository,
			      git_reference_target(writing->head)) < 0 ||
	    git_commit_tree(&writing->tree, writing->parent) < 0 ||
	    git_signature_new(
		    &writing->by,
		    arena_c_string(writing->arena, note->author->name),
		    arena_c_string(writing->arena, note->author->mail),
		    note->seconds, note->offset) < 0)
		return fail(writing);
	parents[0] = writing->parent;
	return git_commit_create_buffer(
		       &writing->bytes, writing->repository, writing->by,
		       writing->by, NULL,
		       arena_c_string(writing->arena, note->message),
		       writing->tree, 1, parents) == 0 ||
	       fail(writing);
}

static enum program_end run_signer(const char *key, int input, int output)
{
	char *const arguments[] = { (char *)"ssh-keygen", (char *)"-Y",
				    (char *)"sign",	  (char *)"-n",
				    (char *)"git",	  (char *)"-f",
				    (char *)key,	  NULL };
	const struct program program = { arguments, input, output };

	return input < 0 || output < 0 ? PROGRAM_FAILED : program_run(&program);
}

/* As git commit -S does with gpg.format=ssh. */
static bool sign(struct writing *writing)
{
	const char *key = writing->note->author->key;
	int input, output;
	enum program_end end;

	if (key == NULL)
		return refuse(writing->diags,
			      _("this site asks for signed reviews, and you "
				"have no key"),
			      _("git config --global user.signingkey "
				"~/.ssh/id_ed25519.pub names it; the same key "
				"stands in sites/<id>/allowed_signers"));
	input = program_file((str){ writing->bytes.ptr, writing->bytes.size });
	output = program_file(STR(""));
	end = run_signer(key, input, output);
	if (end == PROGRAM_YES)
		writing->signature = program_text(output, writing->arena);
	if (input >= 0)
		close(input);
	if (output >= 0)
		close(output);
	return end == PROGRAM_YES ||
	       refuse(writing->diags,
		      _("ssh-keygen cannot sign with your key "
			"(user.signingkey)"),
		      _("a key with a pass phrase must be in an agent (by "
			"ssh-add)"));
}

static bool store(git_oid *out, struct writing *writing)
{
	git_odb *odb = NULL;
	int error;

	if (writing->note->is_signed) {
		error = git_commit_create_with_signature(
			out, writing->repository, writing->bytes.ptr,
			arena_c_string(writing->arena, writing->signature),
			NULL);
		return error == 0 || fail(writing);
	}
	error = git_repository_odb(&odb, writing->repository);
	if (error == 0)
		error = git_odb_write(out, odb, writing->bytes.ptr,
				      writing->bytes.size, GIT_OBJECT_COMMIT);
	git_odb_free(odb);
	return error == 0 || fail(writing);
}

/* Fails when the branch is not where it was any more. */
static bool move_branch(struct writing *writing, const git_oid *commit)
{
	git_reference *moved = NULL;
	int error = git_reference_create_matching(
		&moved, writing->repository, git_reference_name(writing->head),
		commit, 1, git_reference_target(writing->head),
		"jiyue review: approve");

	git_reference_free(moved);
	return error == 0 || fail(writing);
}

static void release(struct writing *writing)
{
	git_buf_dispose(&writing->bytes);
	git_signature_free(writing->by);
	git_tree_free(writing->tree);
	git_commit_free(writing->parent);
	git_reference_free(writing->head);
	git_repository_free(writing->repository);
}

bool note_commit(str *commit, const struct note *note, struct arena *arena,
		 struct diag_list *diags)
{
	struct writing writing = { .note = note,
				   .arena = arena,
				   .diags = diags };
	struct location location;
	char hex[GIT_OID_HEXSZ + 1];
	git_oid id;
	bool ok = false;

	if (!location_find(&location, note->directory, arena, diags))
		return false;
	writing.repository = location_open(&location, diags);
	if (writing.repository == NULL)
		return false;
	if (!find_branch(&writing) || !compose(&writing) ||
	    (note->is_signed && !sign(&writing)) || !store(&id, &writing) ||
	    !move_branch(&writing, &id))
		goto done;
	git_oid_tostr(hex, sizeof(hex), &id);
	*commit = arena_copy(arena, str_from_c(hex));
	ok = true;
done:
	release(&writing);
	return ok;
}
