#define _GNU_SOURCE /* memfd_create */
#include "system/pdf_text.h"

#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include "system/child.h"
#include "system/folder.h"

enum { NOT_FOUND = 127 };

const struct pdf_text_limits pdf_text_limits = {
	.milliseconds = 20 * 1000,
	.seconds = 15,
	.memory = (uint64_t)512 << 20,
	.text = (size_t)1024 * 1024,
};

struct job {
	const struct pdf_text_limits *limits;
	int from;
	int to;
};

/* In the child. */
static bool run(void *context)
{
	const struct job *job = context;
	const struct pdf_text_limits *limits = job->limits;
	const struct rlimit memory = { limits->memory, limits->memory };
	const struct rlimit time = { limits->seconds, limits->seconds };

	setrlimit(RLIMIT_AS, &memory);
	setrlimit(RLIMIT_CPU, &time);
	if (dup2(job->from, STDIN_FILENO) < 0 ||
	    dup2(job->to, STDOUT_FILENO) < 0)
		return false;
	execlp("pdftotext", "pdftotext", "-q", "-enc", "UTF-8", "-", "-",
	       (char *)NULL);
	_exit(NOT_FOUND);
}

static bool fill(int file, str bytes)
{
	while (bytes.len > 0) {
		ssize_t count = write(file, bytes.data, bytes.len);

		if (count <= 0)
			return false;
		bytes = str_from(bytes, (size_t)count);
	}
	return lseek(file, 0, SEEK_SET) == 0;
}

enum pdf_text pdf_text_read(str *out, str bytes,
			    const struct pdf_text_limits *limits,
			    struct arena *arena)
{
	struct job job = { limits, memfd_create("pdf", MFD_CLOEXEC),
			   memfd_create("text", MFD_CLOEXEC) };
	int status = -1;
	const struct child_options options = {
		.job = run,
		.context = &job,
		.descriptors = { job.from, job.to },
		.descriptor_count = 2,
		.file_size = limits->text,
		.milliseconds = limits->milliseconds,
		.status = &status,
	};
	bool ok = job.from >= 0 && job.to >= 0 && fill(job.from, bytes) &&
		  child_run(&options);

	*out = STR("");
	if (job.from >= 0)
		close(job.from);
	if (ok && lseek(job.to, 0, SEEK_SET) == 0)
		ok = folder_read_open(out, job.to, limits->text, arena);
	else if (job.to >= 0)
		close(job.to);
	if (ok)
		return PDF_TEXT_READ;
	return status == NOT_FOUND ? PDF_TEXT_NO_PROGRAM : PDF_TEXT_BROKEN;
}
