#include "system/child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "system/clock.h"

enum { FIRST_FREE = 3, CLOSED_ONE_BY_ONE = 65536 };

static int compare(const void *left, const void *right)
{
	const int *a = left;
	const int *b = right;

	return (*a > *b) - (*a < *b);
}

/* An old kernel has no close_range. */
static void close_between(int first, int last)
{
	if (first > last ||
	    close_range((unsigned int)first, (unsigned int)last, 0) == 0)
		return;
	for (int i = first; i <= last && i < CLOSED_ONE_BY_ONE; i++)
		close(i);
}

static void close_others(const struct child_options *options, int life)
{
	int kept[CHILD_DESCRIPTORS + 1];
	size_t count = options->descriptor_count;
	int first = FIRST_FREE;

	memcpy(kept, options->descriptors, count * sizeof(*kept));
	kept[count++] = life;
	qsort(kept, count, sizeof(*kept), compare);
	for (size_t i = 0; i < count; i++) {
		close_between(first, kept[i] - 1);
		first = kept[i] + 1;
	}
	close_between(first, INT32_MAX);
}

static void be_silent(void)
{
	int nowhere = open("/dev/null", O_RDWR | O_CLOEXEC);

	for (int i = 0; nowhere >= 0 && i < FIRST_FREE; i++)
		dup2(nowhere, i);
}

/* Gives nothing back when it ends: the system does. */
static _Noreturn void be_the_child(const struct child_options *options,
				   pid_t parent, int life)
{
	const struct rlimit none = { 0, 0 };
	const struct rlimit most = { options->file_size, options->file_size };

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent) /* it died before */
		_exit(1);
	setrlimit(RLIMIT_CORE, &none);
	setrlimit(RLIMIT_FSIZE, &most);
	be_silent();
	close_others(options, life);
	fcntl(life, F_SETFD,
	      0); /* a program that takes its place has it, too */
	_exit(options->job(options->context) ? 0 : 1);
}

/* The pipe ends when the child does, as nobody else holds its other end. */
static bool ends_in_time(int life, int64_t milliseconds)
{
	int64_t until = clock_milliseconds() + milliseconds;
	struct pollfd end = { .fd = life };
	int64_t left = milliseconds;
	int found;

	while ((found = poll(&end, 1, (int)left)) <= 0) {
		left = until - clock_milliseconds();
		if (left <= 0 || (found < 0 && errno != EINTR))
			return false;
	}
	return true;
}

bool child_run(const struct child_options *options)
{
	pid_t parent = getpid();
	int life[2];
	int status = 1;
	pid_t child;

	if (pipe2(life, O_CLOEXEC) != 0)
		return false;
	child = fork();
	if (child == 0)
		be_the_child(options, parent, life[1]);
	close(life[1]);
	if (child > 0) {
		if (!ends_in_time(life[0], options->milliseconds))
			kill(child, SIGKILL);
		while (waitpid(child, &status, 0) < 0 && errno == EINTR)
			;
	}
	close(life[0]);
	if (options->status != NULL)
		*options->status = child > 0 && WIFEXITED(status)
					   ? WEXITSTATUS(status)
					   : -1;
	return child > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}
