/*
 * Keys stay where people have them: ssh-keygen signs and verifies, and this
 * program never sees a private one. It runs as a child with what it reads and
 * prints in nameless files, so that nothing of it lies on the disk afterwards.
 */
#include "release/signature.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "system/folder.h"
#include "system/program.h"

enum { READ_FLAGS = O_RDONLY | O_NOFOLLOW | O_CLOEXEC };

static bool run(const struct program *program)
{
	return program_run(program) == PROGRAM_YES;
}

static int open_folder(const struct releases *releases, uint64_t number)
{
	return openat(releases->claim.state, releases_name(number).text,
		      O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

static void close_all(const int *descriptors, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (descriptors[i] >= 0)
			close(descriptors[i]);
}

bool signature_make(const struct releases *releases, uint64_t number,
		    const char *key, struct diag_list *diags)
{
	char *const arguments[] = { (char *)"ssh-keygen",
				    (char *)"-Y",
				    (char *)"sign",
				    (char *)"-n",
				    (char *)SIGNATURE_NAMESPACE,
				    (char *)"-f",
				    (char *)key,
				    NULL };
	int folder = open_folder(releases, number);
	int files[] = { folder, openat(folder, "manifest", READ_FLAGS),
			openat(folder, "manifest.sig",
			       O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW |
				       O_CLOEXEC,
			       0666) };
	const struct program call = { arguments, files[1], files[2] };
	bool ok = files[1] >= 0 && files[2] >= 0 && run(&call);
	struct diag *diag;

	close_all(files, COUNT_OF(files));
	if (ok)
		return true;
	diag = diag_failure(diags, "release-sign",
			    _("ssh-keygen cannot sign with the key %s"), key);
	diag_help(diags, diag,
		  _("this says why: echo | ssh-keygen -Y sign -n %s -f %s; a "
		    "key with a pass phrase must be in an agent"),
		  SIGNATURE_NAMESPACE, key);
	return false;
}

static bool find_signer(str *signer, const struct releases *releases,
			const char *signature, const char *signers, int input)
{
	char *const arguments[] = { (char *)"ssh-keygen",      (char *)"-Y",
				    (char *)"find-principals", (char *)"-s",
				    (char *)signature,	       (char *)"-f",
				    (char *)signers,	       NULL };
	int output = memfd_create("principals", MFD_CLOEXEC);
	const struct program call = { arguments, input, output };
	bool ok = output >= 0 && run(&call);
	str text = ok ? str_trim(program_text(output, releases->arena))
		      : (str){ NULL, 0 };

	close_all(&output, 1);
	*signer = str_between(text, 0, str_find_byte(text, '\n'));
	return ok && signer->len > 0;
}

static bool check_as(str signer, const struct releases *releases,
		     const char *signature, const char *signers, int input)
{
	char *const arguments[] = { (char *)"ssh-keygen",
				    (char *)"-Y",
				    (char *)"verify",
				    (char *)"-n",
				    (char *)SIGNATURE_NAMESPACE,
				    (char *)"-s",
				    (char *)signature,
				    (char *)"-f",
				    (char *)signers,
				    (char *)"-I",
				    arena_c_string(releases->arena, signer),
				    NULL };
	int output = open("/dev/null", O_WRONLY | O_CLOEXEC);
	const struct program call = { arguments, input, output };
	bool ok = output >= 0 && run(&call);

	close_all(&output, 1);
	return ok;
}

bool signature_check(str *signer, const struct releases *releases,
		     uint64_t number, const char *signers,
		     struct diag_list *diags)
{
	int folder = open_folder(releases, number);
	int files[] = { folder, openat(folder, "manifest", READ_FLAGS),
			openat(folder, "manifest.sig", READ_FLAGS) };
	struct diag *diag;
	bool ok;
	str path;

	if (faccessat(AT_FDCWD, signers, R_OK, 0) != 0) {
		close_all(files, COUNT_OF(files));
		diag = claim_fail(diags, _("cannot open"), str_from_c(signers));
		diag_help(diags, diag,
			  _("--signers names a file of allowed signers, a line "
			    "each: NAME KEY-TYPE KEY (ssh-keygen(1))"));
		return false;
	}
	/* the signature by a path that leads to the very file */
	path = program_path(files[2], releases->arena);
	ok = files[1] >= 0 && files[2] >= 0 &&
	     find_signer(signer, releases, path.data, signers, files[1]) &&
	     lseek(files[1], 0, SEEK_SET) == 0 &&
	     check_as(*signer, releases, path.data, signers, files[1]);
	close_all(files, COUNT_OF(files));
	return ok;
}
