/*
 * libgit2 reads all certificate authorities of the system when it starts, for
 * connections that we never make: that was a third of what a build with nothing
 * to do took. It calls this library for it, and a program's own function
 * stands before that of a library. Where libgit2 was built with another
 * library nobody calls it.
 *
 * Without authorities no server is trusted, so nothing is less safe.
 */

__attribute__((used, visibility("default"))) int
mbedtls_x509_crt_parse_file(void *chain, const char *path);

/* Certificates that could not be read. */
int mbedtls_x509_crt_parse_file(void *chain, const char *path)
{
	(void)chain;
	(void)path;
	return 0;
}
