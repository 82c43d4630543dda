#include "support/repository.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "support/temporary.h"

enum { ARGUMENT_LIMIT = 16 };

void repository_init(struct repository *repository, enum repository_kind kind)
{
	bool bare = kind == REPOSITORY_BARE;
	const char *arguments[] = {
		"init", "-q", "-b", "main", bare ? "--bare" : NULL, NULL
	};

	*repository = (struct repository){ .branch = "main" };
	arena_init(&repository->arena);
	repository->folder = temporary_make(&repository->arena);
	repository->directory =
		temporary_path(&repository->arena, repository->folder,
			       bare ? "library.git" : "library");
	temporary_write(repository->directory, "stray", STR(""));
	unlink(temporary_path(&repository->arena, repository->directory,
			      "stray"));
	repository_git(repository, arguments, STR(""));
	buf_init(&repository->changes, &repository->arena);
}

void repository_release(struct repository *repository)
{
	temporary_remove(repository->folder);
	arena_release(&repository->arena);
}

/* Paths of fast-import are quoted like strings of C. */
static void add_path(struct buf *out, const char *path)
{
	buf_add_byte(out, '"');
	for (; *path != '\0'; path++)
		buf_printf(out, "\\%03o", (unsigned char)*path);
	buf_add_byte(out, '"');
}

static void add_file(struct repository *repository, const char *mode,
		     const char *path, str data)
{
	struct buf *out = &repository->changes;

	buf_printf(out, "M %s inline ", mode);
	add_path(out, path);
	buf_printf(out, "\ndata %zu\n", data.len);
	buf_add(out, data);
	buf_add_byte(out, '\n');
}

static void add_object(struct repository *repository, const char *mode,
		       const char *id, const char *path)
{
	struct buf *out = &repository->changes;

	buf_printf(out, "M %s %s ", mode, id);
	add_path(out, path);
	buf_add_byte(out, '\n');
}

void repository_put(struct repository *repository, const char *path, str data)
{
	add_file(repository, "100644", path, data);
}

void repository_put_link(struct repository *repository, const char *path,
			 const char *target)
{
	add_file(repository, "120000", path, str_from_c(target));
}

void repository_put_submodule(struct repository *repository, const char *path)
{
	add_object(repository, "160000",
		   "1234567890123456789012345678901234567890", path);
}

void repository_put_tree(struct repository *repository, const char *path,
			 const char *id)
{
	add_object(repository, "040000", id, path);
}

void repository_delete(struct repository *repository, const char *path)
{
	struct buf *out = &repository->changes;

	buf_add_c(out, "D ");
	add_path(out, path);
	buf_add_byte(out, '\n');
}

void repository_add_entry(struct buf *tree, const char *mode, str name,
			  const char *id)
{
	buf_printf(tree, "%s ", mode);
	buf_add(tree, name);
	buf_add_byte(tree, '\0');
	for (size_t i = 0; i < 20; i++) {
		char digits[] = { id[2 * i], id[2 * i + 1], '\0' };

		buf_add_byte(tree, (char)strtoul(digits, NULL, 16));
	}
}

const char *repository_object(struct repository *repository, const char *type,
			      str data)
{
	const char *arguments[] = { "hash-object", "-w",      "-t", type,
				    "--literally", "--stdin", NULL };

	return repository_git(repository, arguments, data);
}

static const char *commit(struct repository *repository, const char *merged,
			  int64_t seconds)
{
	const char *import[] = { "fast-import", "--quiet", "--force", NULL };
	const char *head[] = { "rev-parse", repository->branch, NULL };
	const char *known[] = { "branch", "--list", repository->branch, NULL };
	struct buf in;

	buf_init(&in, &repository->arena);
	buf_printf(&in,
		   "commit refs/heads/%s\n"
		   "committer Editor <editor@example.cn> %lld +0800\n"
		   "data 6\nChange\n",
		   repository->branch, (long long)seconds);
	if (repository_git(repository, known, STR(""))[0] != '\0')
		buf_printf(&in, "from refs/heads/%s^0\n", repository->branch);
	if (merged != NULL)
		buf_printf(&in, "merge refs/heads/%s^0\n", merged);
	buf_add(&in, buf_str(&repository->changes));
	repository_git(repository, import, buf_str(&in));
	buf_init(&repository->changes, &repository->arena);
	return repository_git(repository, head, STR(""));
}

const char *repository_commit(struct repository *repository, int64_t seconds)
{
	return commit(repository, NULL, seconds);
}

const char *repository_merge(struct repository *repository, const char *branch,
			     int64_t seconds)
{
	return commit(repository, branch, seconds);
}

void repository_branch(struct repository *repository, const char *branch)
{
	const char *arguments[] = { "branch", branch, repository->branch,
				    NULL };

	repository_git(repository, arguments, STR(""));
	repository->branch = branch;
}

/* In the child: standard streams are the two files. */
static _Noreturn void run(const char *directory, const char *const *arguments,
			  const char *input, const char *output)
{
	const char *all[ARGUMENT_LIMIT + 4] = { "git", "-C", directory };
	size_t count = 3;

	for (size_t i = 0; arguments[i] != NULL && i < ARGUMENT_LIMIT; i++)
		all[count++] = arguments[i];
	setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
	setenv("GIT_CONFIG_GLOBAL", "/dev/null", 1);
	setenv("GIT_AUTHOR_NAME", "Editor", 1);
	setenv("GIT_AUTHOR_EMAIL", "editor@example.cn", 1);
	setenv("GIT_COMMITTER_NAME", "Editor", 1);
	setenv("GIT_COMMITTER_EMAIL", "editor@example.cn", 1);
	unsetenv("GIT_DIR");
	unsetenv("GIT_WORK_TREE");
	unsetenv("GIT_INDEX_FILE");
	if (dup2(open(input, O_RDONLY), STDIN_FILENO) < 0 ||
	    dup2(open(output, O_WRONLY | O_CREAT | O_TRUNC, 0666),
		 STDOUT_FILENO) < 0)
		_exit(126);
	execvp("git", (char *const *)all);
	_exit(127);
}

const char *repository_git(struct repository *repository,
			   const char *const *arguments, str input)
{
	struct arena *arena = &repository->arena;
	const char *in = temporary_path(arena, repository->folder, "stdin");
	const char *out = temporary_path(arena, repository->folder, "stdout");
	int status;
	pid_t child;

	temporary_write(repository->folder, "stdin", input);
	child = fork();
	assert_true(child >= 0);
	if (child == 0)
		run(repository->directory, arguments, in, out);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	return arena_c_string(arena, str_trim(temporary_read(arena, out)));
}
