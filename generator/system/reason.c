#include "system/reason.h"

#include <errno.h>
#include <sys/resource.h>
#include <unistd.h>

/*
 * The C library's own words, so that they are translated even where its
 * catalogues are not installed.
 */
static const char *const texts[] = {
	N_("Operation not permitted"),
	N_("No such file or directory"),
	N_("Input/output error"),
	N_("Cannot allocate memory"),
	N_("Permission denied"),
	N_("Device or resource busy"),
	N_("Not a directory"),
	N_("Is a directory"),
	N_("Invalid argument"),
	N_("Too many open files in system"),
	N_("Too many open files"),
	N_("File too large"),
	N_("No space left on device"),
	N_("Read-only file system"),
	N_("File name too long"),
	N_("Too many levels of symbolic links"),
	N_("Disk quota exceeded"),
	N_("Resource temporarily unavailable"),
	N_("Broken pipe"),
	N_("Stale file handle"),
};

const char *reason_text(int error)
{
	const char *text = strerror(error);

	for (size_t i = 0; i < COUNT_OF(texts); i++)
		if (strcmp(text, texts[i]) == 0)
			return diag_translate(texts[i]);
	return text;
}

static unsigned long long limit_of(int resource)
{
	struct rlimit limit = { 0 };

	getrlimit((__rlimit_resource_t)resource, &limit);
	return (unsigned long long)limit.rlim_cur;
}

void reason_explain(struct diag_list *diags, struct diag *diag, int error)
{
	switch (error) {
	case EMFILE:
		diag_help(diags, diag,
			  _("a process may have %llu files open here: allow "
			    "more with ulimit -n 4096, or use fewer threads "
			    "with --jobs 1"),
			  limit_of(RLIMIT_NOFILE));
		return;
	case ENFILE:
		diag_help(diags, diag, "%s",
			  _("all programs together have too many files open: "
			    "end some, or raise fs.file-max with sysctl"));
		return;
	case ENOSPC:
		diag_help(diags, diag, "%s",
			  _("the disk is full: make room, or name a folder on "
			    "another disk with --out; the next build repairs "
			    "what this one has begun"));
		return;
	case EDQUOT:
		diag_help(diags, diag,
			  _("the quota of user %u is used up: make room or "
			    "have it raised, or name another folder with "
			    "--out; the next build repairs what this one has "
			    "begun"),
			  (unsigned int)geteuid());
		return;
	case EFBIG:
		diag_help(diags, diag,
			  _("a file may have %llu bytes here: allow more with "
			    "ulimit -f unlimited"),
			  limit_of(RLIMIT_FSIZE));
		return;
	case ENOMEM:
		diag_help(diags, diag, "%s",
			  _("the record takes 16 GiB of addresses, not of "
			    "memory: allow them with ulimit -v unlimited"));
		return;
	case EROFS:
		diag_help(diags, diag, "%s",
			  _("the disk is mounted read-only: name a folder on "
			    "another one with --out"));
		return;
	case EACCES:
	case EPERM:
		diag_help(diags, diag,
			  _("user %u may not: give it the right, or name "
			    "another folder"),
			  (unsigned int)geteuid());
		return;
	default:
		return;
	}
}
