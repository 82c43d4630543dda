#include "base/certificate.h"

#include <openssl/pem.h>
#include <openssl/x509.h>

#include "base/date.h"

enum { PEM_LIMIT = 1024 * 1024 };

bool certificate_end(int64_t *out, str pem)
{
	BIO *bio = pem.len > PEM_LIMIT
			   ? NULL
			   : BIO_new_mem_buf(pem.data, (int)pem.len);
	X509 *certificate =
		bio == NULL ? NULL : PEM_read_bio_X509(bio, NULL, NULL, NULL);
	ASN1_TIME *epoch = ASN1_TIME_set(NULL, 0);
	int days = 0, seconds = 0;
	bool ok = certificate != NULL && epoch != NULL &&
		  ASN1_TIME_diff(&days, &seconds, epoch,
				 X509_get0_notAfter(certificate)) == 1;

	*out = (int64_t)days * SECONDS_A_DAY + seconds;
	ASN1_TIME_free(epoch);
	X509_free(certificate);
	BIO_free(bio);
	return ok;
}
