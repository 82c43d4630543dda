/*
 * Preloaded by sandbox.py: somebody has taken the process over. When it first
 * locks a folder or starts libgit2, which is after it confined itself, this
 * tries what such a person would, in the folder that ESCAPE names, and says
 * on standard error what was possible.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

int flock(int file, int operation);
int git_libgit2_init(void);

static void say(const char *what, int is_done)
{
	dprintf(STDERR_FILENO, "escape: %s: %s\n", what,
		is_done ? "done" : "refused");
}

static int can_open(const char *folder, const char *name, int flags)
{
	char path[4096];
	int file;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	file = open(path, flags | O_CLOEXEC, 0644);
	if (file >= 0)
		close(file);
	return file >= 0;
}

static int can_run(const char *folder)
{
	char path[4096];
	int status = 1;
	pid_t child = fork();

	snprintf(path, sizeof(path), "%s/run", folder);
	if (child == 0) {
		execl(path, "run", (char *)NULL);
		_exit(1);
	}
	return child > 0 && waitpid(child, &status, 0) == child && status == 0;
}

/* To the port of discard: refused by a listener that is not there is enough. */
static int can_send(void)
{
	struct sockaddr_in address = { .sin_family = AF_INET,
				       .sin_port = htons(9) };
	int end = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	int is_sent;

	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	is_sent =
		end >= 0 && sendto(end, "x", 1, 0, (struct sockaddr *)&address,
				   sizeof(address)) == 1;
	if (end >= 0)
		close(end);
	return is_sent;
}

static void try_all(void)
{
	static int is_over;
	const char *folder = getenv("ESCAPE");

	if (is_over || folder == NULL)
		return;
	is_over = 1;
	say("read", can_open(folder, "secret", O_RDONLY));
	say("write", can_open(folder, "planted", O_WRONLY | O_CREAT));
	say("change", can_open(folder, "secret", O_WRONLY | O_APPEND));
	say("run", can_run(folder));
	say("send", can_send());
}

int flock(int file, int operation)
{
	int (*next)(int, int);

	*(void **)&next = dlsym(RTLD_NEXT, "flock");
	try_all();
	return next(file, operation);
}

int git_libgit2_init(void)
{
	int (*next)(void);

	*(void **)&next = dlsym(RTLD_NEXT, "git_libgit2_init");
	try_all();
	return next();
}
