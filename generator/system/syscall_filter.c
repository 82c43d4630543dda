/*
 * The filter is a program for the kernel's own little machine: it looks at the
 * processor and the number of the call, one number after the other, and at the
 * arguments of two calls. A list of what is refused stays right when the C
 * library begins to use other calls; files are Landlock's part.
 */
#include "system/syscall_filter.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/list.h"

#if defined(__x86_64__)
#define PROCESSOR AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define PROCESSOR AUDIT_ARCH_AARCH64
#elif defined(__riscv) && __riscv_xlen == 64
#define PROCESSOR AUDIT_ARCH_RISCV64
#elif defined(__loongarch64)
#define PROCESSOR AUDIT_ARCH_LOONGARCH64
#endif

#ifdef PROCESSOR

/* Numbers from here on are those of x32, the same calls once more. */
enum { X32_CALLS = 0x40000000 };

/* Own parts of the system for a child: another root, users, network. */
static const uint32_t new_parts = CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS |
				  CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID |
				  CLONE_NEWNET;

static const uint32_t refused[] = {
	/* other processes */
	__NR_process_vm_readv,
	__NR_process_vm_writev,
	__NR_kcmp,
	__NR_pidfd_getfd,
#ifndef __SANITIZE_ADDRESS__ /* which looks for leaks with it */
	__NR_ptrace,
#endif
	/* calls without calls: what they do passes no filter */
	__NR_io_uring_setup,
	__NR_io_uring_enter,
	__NR_io_uring_register,
	/* another view of the file system */
	__NR_chroot,
	__NR_pivot_root,
	__NR_mount,
	__NR_umount2,
	__NR_move_mount,
	__NR_open_tree,
	__NR_fsopen,
	__NR_fsconfig,
	__NR_fsmount,
	__NR_fspick,
	__NR_mount_setattr,
	__NR_unshare,
	__NR_setns,
	__NR_open_by_handle_at,
	__NR_mknodat,
	__NR_fanotify_init,
	__NR_quotactl,
	/* the kernel and the machine */
	__NR_bpf,
	__NR_perf_event_open,
	__NR_userfaultfd,
	__NR_init_module,
	__NR_finit_module,
	__NR_delete_module,
	__NR_kexec_load,
#ifdef __NR_kexec_file_load
	__NR_kexec_file_load,
#endif
	__NR_reboot,
	__NR_swapon,
	__NR_swapoff,
	__NR_acct,
	__NR_syslog,
	__NR_vhangup,
	__NR_sethostname,
	__NR_setdomainname,
	__NR_settimeofday,
	__NR_clock_settime,
	__NR_adjtimex,
	__NR_clock_adjtime,
	/* keys that the kernel keeps */
	__NR_add_key,
	__NR_request_key,
	__NR_keyctl,
#ifdef __x86_64__
	__NR_mknod,
	__NR_ioperm,
	__NR_iopl,
	__NR_modify_ldt,
#endif
};

struct writing {
	struct list steps; /* struct sock_filter */
	struct arena *arena;
};

static void step(struct writing *writing, struct sock_filter filter)
{
	*(struct sock_filter *)list_add(&writing->steps, writing->arena) =
		filter;
}

static void load(struct writing *writing, size_t offset)
{
	step(writing, (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
						   (uint32_t)offset));
}

/* The lower half; all processors of the table have it first. */
static void load_argument(struct writing *writing, size_t number)
{
	load(writing,
	     offsetof(struct seccomp_data, args) + number * sizeof(uint64_t));
}

static void give(struct writing *writing, uint32_t verdict)
{
	step(writing, (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, verdict));
}

/* The next `count` steps are for this value alone. */
static void when(struct writing *writing, uint32_t value, uint8_t count)
{
	step(writing, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K,
						   value, 0, count));
}

static void refuse(struct writing *writing, int error)
{
	give(writing, SECCOMP_RET_ERRNO | (uint32_t)error);
}

static void look_at_processor(struct writing *writing)
{
	load(writing, offsetof(struct seccomp_data, arch));
	step(writing, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K,
						   PROCESSOR, 1, 0));
	give(writing, SECCOMP_RET_KILL_PROCESS);
	load(writing, offsetof(struct seccomp_data, nr));
#ifdef __x86_64__
	step(writing, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K,
						   X32_CALLS, 0, 1));
	refuse(writing, ENOSYS);
#endif
}

/*
 * Threads and children as they are, nothing of their own. The kernel cannot
 * look into the arguments of clone3: without it the C library uses clone.
 */
static void look_at_clone(struct writing *writing)
{
	when(writing, __NR_clone3, 1);
	refuse(writing, ENOSYS);
	when(writing, __NR_clone, 4);
	load_argument(writing, 0);
	step(writing, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K,
						   new_parts, 0, 1));
	refuse(writing, EPERM);
	give(writing, SECCOMP_RET_ALLOW);
}

/* The next step is for these two families alone. */
static void unless_of_net(struct writing *writing)
{
	step(writing, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K,
						   AF_INET, 2, 0));
	step(writing, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K,
						   AF_INET6, 1, 0));
}

/*
 * Of the net, streams: no datagrams, which Landlock does not look at. Whoever
 * asks other hosts has both.
 */
static void look_at_socket(struct writing *writing,
			   enum syscall_sockets sockets)
{
	static const uint8_t steps[] = {
		[SOCKETS_NONE] = 1,
		[SOCKETS_STREAMS] = 8,
		[SOCKETS_ALL] = 4,
	};
	enum { UNIX_STEPS = 3, KIND = 0xf };

	when(writing, __NR_socket, UNIX_STEPS + steps[sockets]);
	load_argument(writing, 0);
	when(writing, AF_UNIX, 1);
	give(writing, SECCOMP_RET_ALLOW);
	if (sockets != SOCKETS_NONE)
		unless_of_net(writing);
	refuse(writing, EAFNOSUPPORT);
	if (sockets == SOCKETS_ALL)
		give(writing, SECCOMP_RET_ALLOW);
	if (sockets != SOCKETS_STREAMS)
		return;
	load_argument(writing, 1);
	step(writing,
	     (struct sock_filter)BPF_STMT(BPF_ALU | BPF_AND | BPF_K, KIND));
	when(writing, SOCK_STREAM, 1);
	give(writing, SECCOMP_RET_ALLOW);
	refuse(writing, EAFNOSUPPORT);
}

bool syscall_filter_enter(enum syscall_sockets sockets, struct arena *arena)
{
	struct writing writing = { .arena = arena };
	struct sock_fprog program;

	list_init(&writing.steps, sizeof(struct sock_filter));
	look_at_processor(&writing);
	for (size_t i = 0; i < COUNT_OF(refused); i++) {
		when(&writing, refused[i], 1);
		refuse(&writing, EPERM);
	}
	look_at_clone(&writing);
	look_at_socket(&writing, sockets);
	give(&writing, SECCOMP_RET_ALLOW);
	program = (struct sock_fprog){
		.len = (unsigned short)writing.steps.count,
		.filter = writing.steps.items,
	};
	return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

#else

bool syscall_filter_enter(enum syscall_sockets sockets, struct arena *arena)
{
	(void)sockets;
	(void)arena;
	return true;
}

#endif
