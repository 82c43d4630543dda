#include "system/program.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include "system/child.h"

enum { SECONDS = 60, NOT_THERE = 127 };

static bool exec_job(void *context)
{
	const struct program *program = context;
	const struct rlimit most = { SECONDS, SECONDS };

	setrlimit(RLIMIT_CPU, &most);
	if (setsid() < 0 || dup2(program->input, STDIN_FILENO) < 0 ||
	    dup2(program->output, STDOUT_FILENO) < 0)
		return false;
	execvp(program->arguments[0], program->arguments);
	_exit(NOT_THERE);
}

enum program_end program_run(const struct program *program)
{
	int status = -1;
	struct child_options options = {
		.job = exec_job,
		.context = (void *)program,
		.descriptors = { program->input, program->output },
		.descriptor_count = 2,
		.file_size = PROGRAM_TEXT_LIMIT,
		.milliseconds = SECONDS * INT64_C(1000),
		.status = &status,
	};

	if (child_run(&options))
		return PROGRAM_YES;
	return status < 0 || status == NOT_THERE ? PROGRAM_FAILED : PROGRAM_NO;
}

/* Of this process, so that the child need not have it open. */
str program_path(int file, struct arena *arena)
{
	return arena_printf(arena, "/proc/%ld/fd/%d", (long)getpid(), file);
}

int program_file(str bytes)
{
	int file = memfd_create("jiyue", MFD_CLOEXEC);
	size_t done = 0;

	while (file >= 0 && done < bytes.len) {
		ssize_t count =
			write(file, bytes.data + done, bytes.len - done);

		if (count <= 0) {
			close(file);
			return -1;
		}
		done += (size_t)count;
	}
	if (file >= 0)
		lseek(file, 0, SEEK_SET);
	return file;
}

str program_text(int file, struct arena *arena)
{
	char *text = arena_alloc(arena, PROGRAM_TEXT_LIMIT);
	ssize_t length = pread(file, text, PROGRAM_TEXT_LIMIT - 1, 0);

	return (str){ text, length < 0 ? 0 : (size_t)length };
}
