/*
 * What is signed is the commit without its signature; libgit2 takes them apart.
 * All that the programs read lies in files without a name, which they open by
 * /proc: nobody can put another one in their place.
 */
#include "snapshot/commit_signature.h"

#include <unistd.h>

#include <git2/commit.h>

#include "snapshot/revision_snapshot.h"
#include "system/program.h"

enum { KEYS_LIMIT = PROGRAM_TEXT_LIMIT };

/* Files that are open while one signature is looked at. */
struct checking {
	const struct commit_signature *asked;
	str signature;
	str bytes; /* that it signs */
	int64_t seconds;
	int signature_file;
	int bytes_file;
	int keys_file;
	int output;
	struct arena *scratch;
};

static enum signature_end run(const struct checking *checking,
			      char *const *arguments)
{
	const struct program program = { arguments, checking->bytes_file,
					 checking->output };

	switch (program_run(&program)) {
	case PROGRAM_YES:
		return SIGNATURE_GOOD;
	case PROGRAM_NO:
		return SIGNATURE_BAD;
	default:
		return SIGNATURE_UNKNOWN;
	}
}

static char *path_of(const struct checking *checking, int file)
{
	return (char *)program_path(file, checking->scratch).data;
}

/* "verify-time=20260501010000Z" */
static char *time_option(const struct checking *checking)
{
	struct buf text;

	buf_init(&text, checking->scratch);
	buf_add_c(&text, "verify-time=");
	moment_format(&text, moment_from_seconds(checking->seconds, 0),
		      STR("%Y%m%d%H%M%S"));
	buf_add_c(&text, "Z");
	return arena_c_string(checking->scratch, buf_str(&text));
}

static enum signature_end run_ssh(const struct checking *checking)
{
	char *const arguments[] = { (char *)"ssh-keygen",
				    (char *)"-Y",
				    (char *)"verify",
				    (char *)"-n",
				    (char *)"git",
				    (char *)"-O",
				    time_option(checking),
				    (char *)"-I",
				    arena_c_string(checking->scratch,
						   checking->asked->mail),
				    (char *)"-s",
				    path_of(checking, checking->signature_file),
				    (char *)"-f",
				    path_of(checking, checking->keys_file),
				    NULL };

	return run(checking, arguments);
}

static enum signature_end run_gpgv(const struct checking *checking)
{
	char *const arguments[] = { (char *)"gpgv",
				    (char *)"--quiet",
				    (char *)"--keyring",
				    path_of(checking, checking->keys_file),
				    path_of(checking, checking->signature_file),
				    path_of(checking, checking->bytes_file),
				    NULL };

	return run(checking, arguments);
}

/* One row a kind of signature: how it begins. */
static const struct {
	str head;
	bool is_ssh;
	enum signature_end (*run)(const struct checking *checking);
} kinds[] = {
	{ { "-----BEGIN SSH SIGNATURE-----", 29 }, true, run_ssh },
	{ { "-----BEGIN PGP SIGNATURE-----", 29 }, false, run_gpgv },
};

static void close_all(const struct checking *checking)
{
	const int files[] = { checking->signature_file, checking->bytes_file,
			      checking->keys_file, checking->output };

	for (size_t i = 0; i < COUNT_OF(files); i++)
		if (files[i] >= 0)
			close(files[i]);
}

static enum signature_end check_with(struct checking *checking, str keys,
				     size_t kind)
{
	enum signature_end end = SIGNATURE_UNKNOWN;

	if (keys.len == 0 || keys.len > KEYS_LIMIT)
		return SIGNATURE_BAD;
	checking->signature_file = program_file(checking->signature);
	checking->bytes_file = program_file(checking->bytes);
	checking->keys_file = program_file(keys);
	checking->output = program_file(STR(""));
	if (checking->signature_file >= 0 && checking->bytes_file >= 0 &&
	    checking->keys_file >= 0 && checking->output >= 0)
		end = kinds[kind].run(checking);
	close_all(checking);
	return end;
}

static enum signature_end check(struct checking *checking)
{
	for (size_t i = 0; i < COUNT_OF(kinds); i++)
		if (str_starts_with(checking->signature, kinds[i].head))
			return check_with(checking,
					  kinds[i].is_ssh
						  ? checking->asked->signers
						  : checking->asked->keyring,
					  i);
	return SIGNATURE_BAD;
}

/* False: it has none. */
static bool extract(struct checking *checking, git_repository *repository)
{
	git_buf signature = { 0 };
	git_buf bytes = { 0 };
	git_commit *commit = NULL;
	git_oid id;
	bool ok;

	git_oid_fromraw(&id, checking->asked->commit);
	ok = git_commit_lookup(&commit, repository, &id) == 0 &&
	     git_commit_extract_signature(&signature, &bytes, repository, &id,
					  NULL) == 0;
	if (ok) {
		checking->seconds = (int64_t)git_commit_time(commit);
		checking->signature =
			arena_copy(checking->scratch,
				   (str){ signature.ptr, signature.size });
		checking->bytes = arena_copy(checking->scratch,
					     (str){ bytes.ptr, bytes.size });
	}
	git_buf_dispose(&signature);
	git_buf_dispose(&bytes);
	git_commit_free(commit);
	return ok;
}

enum signature_end commit_signature_check(const struct snapshot *snapshot,
					  const struct commit_signature *asked,
					  struct arena *scratch)
{
	const struct revision *revision = revision_of(snapshot);
	struct checking checking = { .asked = asked, .scratch = scratch };
	enum signature_end end = SIGNATURE_BAD;
	git_repository *repository;
	struct diag_list ignored;

	diag_list_init(&ignored, scratch);
	if (revision == NULL)
		return SIGNATURE_BAD;
	repository = location_open(&revision->location, &ignored);
	if (repository == NULL)
		return SIGNATURE_UNKNOWN;
	if (extract(&checking, repository))
		end = check(&checking);
	git_repository_free(repository);
	return end;
}
