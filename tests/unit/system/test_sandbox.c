/*
 * A process that confines itself: what it can still do and what not, each case
 * in a child, since there is no way back.
 */
#include "system/sandbox.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/temporary.h"

#define PRIVATE_TEXT "secret\n"

/* The folder has `in/`, which is allowed, and `secret` and `run` beside it. */
struct desk {
	struct arena arena;
	const char *folder;
};

/* What went otherwise than it should, or NULL; in a child. */
typedef const char *attempt(struct desk *desk);

static void open_desk(struct desk *desk)
{
	arena_init(&desk->arena);
	desk->folder = temporary_make(&desk->arena);
	temporary_write(desk->folder, "in/a/x", STR("x\n"));
	temporary_write(desk->folder, "in/b/y", STR("y\n"));
	temporary_write(desk->folder, "read/z", STR("z\n"));
	temporary_write(desk->folder, "secret", STR(PRIVATE_TEXT));
	temporary_write(desk->folder, "run", STR("#!/bin/sh\nexit 0\n"));
	assert_int_equal(
		chmod(temporary_path(&desk->arena, desk->folder, "run"), 0755),
		0);
	assert_int_equal(chdir(desk->folder), 0);
}

static void close_desk(struct desk *desk)
{
	assert_int_equal(chdir("/"), 0);
	temporary_remove(desk->folder);
	arena_release(&desk->arena);
}

static enum sandbox_result enter(struct desk *desk, bool serves, uint16_t port)
{
	struct sandbox sandbox;

	sandbox_init(&sandbox, &desk->arena);
	sandbox_allow(&sandbox, "in", SANDBOX_WRITE);
	sandbox_allow(&sandbox, "read", SANDBOX_READ);
	sandbox_allow(&sandbox, "not there", SANDBOX_WRITE);
	sandbox.serves = serves;
	sandbox.port = port;
	return sandbox_enter(&sandbox);
}

static void in_a_child(attempt *tried)
{
	struct desk desk;
	char *said = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
			  MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	const char *wrong;
	int status;
	pid_t child;

	open_desk(&desk);
	fflush(NULL);
	child = fork();
	if (child == 0) {
		wrong = tried(&desk);
		if (wrong != NULL)
			snprintf(said, 4096, "%s: %s", wrong, strerror(errno));
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	assert_string_equal(said, "");
	munmap(said, 4096);
	close_desk(&desk);
}

static bool can_open(const char *path, int flags)
{
	int file = open(path, flags | O_CLOEXEC, 0644);

	if (file >= 0)
		close(file);
	return file >= 0;
}

static bool is_refused(bool done)
{
	return !done && (errno == EACCES || errno == EPERM || errno == EXDEV ||
			 errno == EAFNOSUPPORT);
}

/* --- files --- */

static const char *works_inside(struct desk *desk)
{
	if (enter(desk, false, 0) != SANDBOX_ON)
		return "it cannot be entered";
	if (!can_open("in/a/x", O_RDONLY) || !can_open("read/z", O_RDONLY) ||
	    !can_open("in/new", O_WRONLY | O_CREAT | O_TRUNC) ||
	    !can_open("in", O_TMPFILE | O_RDWR))
		return "a file that is allowed";
	if (mkdir("in/c", 0755) != 0 || rename("in/a/x", "in/b/x") != 0 ||
	    link("in/b/x", "in/c/x") != 0 || symlink("b", "in/live") != 0 ||
	    unlink("in/b/y") != 0 || rmdir("in/a") != 0)
		return "a change that is allowed";
	if (!can_open("/usr/bin/env", O_RDONLY) ||
	    !can_open("/dev/null", O_WRONLY))
		return "what the system needs";
	return NULL;
}

static const char *stays_inside(struct desk *desk)
{
	if (enter(desk, false, 0) != SANDBOX_ON)
		return "it cannot be entered";
	if (!is_refused(can_open("secret", O_RDONLY)) ||
	    !is_refused(can_open("/etc/shadow", O_RDONLY)) ||
	    !is_refused(can_open("in/../secret", O_RDONLY)) ||
	    !is_refused(can_open("/proc/1/environ", O_RDONLY)))
		return "a file beside it is read";
	if (!is_refused(can_open("secret", O_WRONLY | O_TRUNC)) ||
	    !is_refused(can_open("more", O_WRONLY | O_CREAT)) ||
	    !is_refused(can_open("read/z", O_WRONLY)) ||
	    !is_refused(can_open("/dev/zero", O_WRONLY)))
		return "a file beside it is written";
	if (!is_refused(unlink("secret") == 0) ||
	    !is_refused(mkdir("more", 0755) == 0) ||
	    !is_refused(rename("in/b/y", "y") == 0) ||
	    !is_refused(rename("secret", "in/secret") == 0) ||
	    !is_refused(link("secret", "in/secret") == 0))
		return "a name beside it is changed";
	if (!is_refused(mkfifo("in/pipe", 0644) == 0))
		return "a pipe is made";
	if (symlink("../secret", "in/link") != 0 ||
	    !is_refused(can_open("in/link", O_RDONLY)))
		return "a link leads out";
	return NULL;
}

static void what_is_allowed_works(void **state)
{
	(void)state;
	in_a_child(works_inside);
}

static void nothing_else_is_read_or_written(void **state)
{
	(void)state;
	in_a_child(stays_inside);
}

/* --- children and threads --- */

static void *read_secret(void *out)
{
	*(bool *)out = is_refused(can_open("secret", O_RDONLY));
	return NULL;
}

static const char *binds_others(struct desk *desk)
{
	bool is_bound = false;
	pthread_t thread;
	pid_t child;
	int status;

	if (enter(desk, false, 0) != SANDBOX_ON)
		return "it cannot be entered";
	if (pthread_create(&thread, NULL, read_secret, &is_bound) != 0 ||
	    pthread_join(thread, NULL) != 0 || !is_bound)
		return "a thread is not bound";
	child = fork();
	if (child == 0) {
		execl("/bin/cat", "cat", "secret", (char *)NULL);
		_exit(0); /* it must run, and fail */
	}
	if (waitpid(child, &status, 0) != child || !WIFEXITED(status) ||
	    WEXITSTATUS(status) == 0)
		return "a program of the system is not bound";
	child = fork();
	if (child == 0) {
		execl("./run", "run", (char *)NULL);
		_exit(is_refused(false) ? 0 : 1);
	}
	if (waitpid(child, &status, 0) != child || status != 0)
		return "a program that lies elsewhere is run";
	return NULL;
}

static void children_and_threads_are_bound_too(void **state)
{
	(void)state;
	in_a_child(binds_others);
}

/* --- the net --- */

static bool can_socket(int family, int kind)
{
	int end = socket(family, kind | SOCK_CLOEXEC, 0);

	if (end >= 0)
		close(end);
	return end >= 0;
}

static bool can_bind(uint16_t port)
{
	struct sockaddr_in address = { .sin_family = AF_INET,
				       .sin_port = htons(port) };
	int end = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	bool ok;
	int reason;

	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	ok = bind(end, (struct sockaddr *)&address, sizeof(address)) == 0;
	reason = errno;
	close(end);
	errno = reason;
	return ok;
}

static long landlock_version(void)
{
	return syscall(SYS_landlock_create_ruleset, NULL, (size_t)0, 1u);
}

static const char *has_no_net(struct desk *desk)
{
	if (enter(desk, false, 0) != SANDBOX_ON)
		return "it cannot be entered";
	if (!is_refused(can_socket(AF_INET, SOCK_STREAM)) ||
	    !is_refused(can_socket(AF_INET6, SOCK_DGRAM)))
		return "there is a net";
	if (!can_socket(AF_UNIX, SOCK_STREAM))
		return "an agent of keys cannot be reached";
	return NULL;
}

static const char *has_one_port(struct desk *desk)
{
	enum { PORT = 28471, OTHER = 28472 };
	struct sockaddr_in address = { .sin_family = AF_INET,
				       .sin_port = htons(OTHER) };
	int end;

	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (enter(desk, true, PORT) != SANDBOX_ON)
		return "it cannot be entered";
	if (!can_socket(AF_INET6, SOCK_STREAM) || !can_bind(PORT))
		return "it cannot serve";
	if (!is_refused(can_socket(AF_INET, SOCK_DGRAM)) ||
	    !is_refused(can_socket(AF_PACKET, SOCK_RAW)))
		return "it has more than streams";
	if (landlock_version() < 4)
		return NULL; /* then ports are not looked at */
	if (!is_refused(can_bind(OTHER)))
		return "it serves at another port";
	end = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (!is_refused(connect(end, (struct sockaddr *)&address,
				sizeof(address)) == 0))
		return "it reaches others";
	close(end);
	return NULL;
}

static const char *serves_at_any_port(struct desk *desk)
{
	if (enter(desk, true, 0) != SANDBOX_ON)
		return "it cannot be entered";
	return can_bind(0) ? NULL : "it cannot serve";
}

/* Who asks addresses outside answers nobody. */
static const char *asks_others(struct desk *desk)
{
	struct sandbox sandbox;
	struct sockaddr_in address = { .sin_family = AF_INET,
				       .sin_port = htons(1) };
	int end;

	sandbox_init(&sandbox, &desk->arena);
	sandbox_allow(&sandbox, "in", SANDBOX_WRITE);
	sandbox.asks = true;
	if (sandbox_enter(&sandbox) != SANDBOX_ON)
		return "it cannot be entered";
	if (!can_socket(AF_INET, SOCK_DGRAM) ||
	    !can_socket(AF_INET6, SOCK_STREAM))
		return "it has no net";
	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	end = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (connect(end, (struct sockaddr *)&address, sizeof(address)) != 0 &&
	    errno != ECONNREFUSED)
		return "it reaches nobody";
	close(end);
	if (!is_refused(can_socket(AF_PACKET, SOCK_RAW)))
		return "it has more than the net";
	if (landlock_version() >= 4 && !is_refused(can_bind(0)))
		return "it serves";
	if (!is_refused(can_open("secret", O_RDONLY)) ||
	    !can_open("/etc/hosts", O_RDONLY))
		return "it reads other files than it needs";
	return NULL;
}

static void others_are_asked(void **state)
{
	(void)state;
	in_a_child(asks_others);
}

static void nothing_is_sent(void **state)
{
	(void)state;
	in_a_child(has_no_net);
}

static void one_port_answers(void **state)
{
	(void)state;
	in_a_child(has_one_port);
	in_a_child(serves_at_any_port);
}

/* --- calls --- */

static const char *calls_nothing_odd(struct desk *desk)
{
	struct desk copy = *desk;

	if (enter(&copy, false, 0) != SANDBOX_ON)
		return "it cannot be entered";
	if (!is_refused(unshare(CLONE_NEWUSER) == 0) ||
	    !is_refused(syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, 0, 0, 0,
				0) >= 0))
		return "it has users of its own";
	if (!is_refused(syscall(SYS_bpf, 0, NULL, 0) >= 0) ||
	    !is_refused(syscall(SYS_io_uring_setup, 1, NULL) >= 0) ||
	    !is_refused(syscall(SYS_keyctl, 0, 0, 0, 0, 0) >= 0) ||
	    !is_refused(syscall(SYS_mount, NULL, NULL, NULL, 0, NULL) >= 0))
		return "a call of an administrator";
	if (prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 1 ||
	    prctl(PR_GET_SECCOMP, 0, 0, 0, 0) != 2)
		return "there is no filter";
	return NULL;
}

static void calls_of_an_administrator_fail(void **state)
{
	(void)state;
	in_a_child(calls_nothing_odd);
}

/* --- a kernel without it --- */

/* As an older kernel answers: there is no such call. */
static bool forget_landlock(void)
{
	struct sock_filter steps[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
			 offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_landlock_create_ruleset,
			 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	const struct sock_fprog program = { 4, steps };

	return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
	       prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

static const char *says_so(struct desk *desk)
{
	if (!forget_landlock())
		return "no filter";
	if (enter(desk, false, 0) != SANDBOX_MISSING)
		return "it is said to be there";
	return can_open("secret", O_RDONLY) ? NULL : "something has changed";
}

static void an_old_kernel_is_told_from_a_new_one(void **state)
{
	(void)state;
	in_a_child(says_so);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_allowed_works),
		cmocka_unit_test(nothing_else_is_read_or_written),
		cmocka_unit_test(children_and_threads_are_bound_too),
		cmocka_unit_test(nothing_is_sent),
		cmocka_unit_test(one_port_answers),
		cmocka_unit_test(others_are_asked),
		cmocka_unit_test(calls_of_an_administrator_fail),
	};
	const struct CMUnitTest always[] = {
		cmocka_unit_test(an_old_kernel_is_told_from_a_new_one),
	};
	int failed = cmocka_run_group_tests(always, NULL, NULL);

	if (landlock_version() < 2) {
		puts("this kernel has no Landlock: the rest cannot be tested");
		return failed;
	}
	return failed + cmocka_run_group_tests(tests, NULL, NULL);
}
