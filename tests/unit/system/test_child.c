/* A child process: what it must not outlive, and what it must not hold. */
#include "system/child.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/temporary.h"
#include "system/clock.h"

static bool says(void *context)
{
	return *(const bool *)context;
}

static bool crashes(void *context)
{
	(void)context;
	raise(SIGKILL);
	return true;
}

static bool never_ends(void *context)
{
	(void)context;
	for (;;)
		pause();
	return true;
}

/* Another program in its place is held to the deadline, too. */
static bool becomes_another(void *context)
{
	(void)context;
	execlp("sleep", "sleep", "60", (char *)NULL);
	return true;
}

static bool tells_and_never_ends(void *context)
{
	const int *descriptor = context;

	assert_int_equal(write(*descriptor, "x", 1), 1);
	return never_ends(NULL);
}

static bool run(child_job *job, void *context, int descriptor)
{
	const struct child_options options = {
		.job = job,
		.context = context,
		.descriptors = { descriptor },
		.descriptor_count = descriptor >= 0,
		.file_size = 1 << 20,
		.milliseconds = job == never_ends || job == becomes_another
					? 50
					: 20000,
	};

	return child_run(&options);
}

static void it_gives_an_answer(void **state)
{
	bool yes = true, no = false;

	(void)state;
	assert_true(run(says, &yes, -1));
	assert_false(run(says, &no, -1));
	assert_false(run(crashes, NULL, -1));
}

static void it_has_a_deadline(void **state)
{
	int64_t start = clock_milliseconds();

	(void)state;
	assert_false(run(never_ends, NULL, -1));
	assert_false(run(becomes_another, NULL, -1));
	assert_true(clock_milliseconds() - start < 10000);
}

/* Only what it was given: no lock, no pipe of whoever waits for the end. */
static bool has_no_other(void *context)
{
	const int *descriptors = context;

	return fcntl(descriptors[0], F_GETFD) >= 0 &&
	       fcntl(descriptors[1], F_GETFD) < 0 &&
	       write(STDOUT_FILENO, "x", 1) == 1;
}

static void it_holds_what_it_was_given(void **state)
{
	int descriptors[2];

	(void)state;
	assert_int_equal(pipe(descriptors), 0);
	assert_true(run(has_no_other, descriptors, descriptors[0]));
	close(descriptors[0]);
	close(descriptors[1]);
}

/* A parent that is killed while its child runs; the lock is free at once. */
static void it_dies_with_its_parent(void **state)
{
	struct arena arena;
	const char *folder;
	struct pollfd end;
	int begun[2], lock;
	pid_t parent;
	char byte;

	(void)state;
	arena_init(&arena);
	folder = temporary_make(&arena);
	temporary_write(folder, "lock", STR(""));
	assert_int_equal(pipe(begun), 0);
	parent = fork();
	if (parent == 0) {
		lock = open(temporary_path(&arena, folder, "lock"), O_RDWR);
		close(begun[0]);
		_exit(flock(lock, LOCK_EX) == 0 &&
		      run(tells_and_never_ends, &begun[1], begun[1]));
	}
	close(begun[1]);
	assert_int_equal(read(begun[0], &byte, 1), 1);
	assert_int_equal(kill(parent, SIGKILL), 0);
	assert_int_equal(waitpid(parent, NULL, 0), parent);
	lock = open(temporary_path(&arena, folder, "lock"), O_RDWR);
	assert_int_equal(flock(lock, LOCK_EX | LOCK_NB), 0);
	end = (struct pollfd){ .fd = begun[0] };
	assert_int_equal(poll(&end, 1, 20000), 1); /* the child's end */
	close(lock);
	close(begun[0]);
	temporary_remove(folder);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_gives_an_answer),
		cmocka_unit_test(it_has_a_deadline),
		cmocka_unit_test(it_holds_what_it_was_given),
		cmocka_unit_test(it_dies_with_its_parent),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
