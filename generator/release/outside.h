/*
 * Addresses outside the cluster that pages lead to: whether they answer. Asked
 * over IPv4 and IPv6, some hosts at a time and each at its pace; what is
 * answered is kept in a file for some days, so that a daily check asks little.
 *
 * Always true: one request to a host at a time, and not more a second than was
 * said; robots.txt of the host is kept to; no address of the own machine or of
 * an inner net is connected to unless that was asked for, whatever a name or a
 * redirection leads to; no proxy is asked, no cookie kept, no body read. It
 * judges no text: it fills answers in.
 */
#ifndef JIYUE_RELEASE_OUTSIDE_H
#define JIYUE_RELEASE_OUTSIDE_H

#include "base/diag.h"

enum outside_answer {
	OUTSIDE_UNASKED,   /* not http: nobody asks for it */
	OUTSIDE_GOOD,	   /* it is there, or asks who is there */
	OUTSIDE_GONE,	   /* 404, 410 */
	OUTSIDE_BROKEN,	   /* no such host, nobody answers, bad certificate */
	OUTSIDE_TROUBLED,  /* 5xx, or too slow: it may be there tomorrow */
	OUTSIDE_PRIVATE,   /* only an inner net has it */
	OUTSIDE_FORBIDDEN, /* robots.txt says that programs do not ask */
};

struct outside_address {
	str href; /* as the page has it */
	enum outside_answer answer;
	long status;	  /* of HTTP; 0: there was none */
	const char *why;  /* of libcurl, when there was none; or NULL */
	int64_t asked_at; /* seconds; 0: it was not asked */
	bool is_kept;	  /* the answer is from the file */
};

struct outside_options {
	uint32_t rate;	  /* requests a second to each host, at the most */
	bool is_private;  /* inner nets and the own machine are asked too */
	const char *file; /* of answers; NULL: none is kept */
	void (*asked)(void *context, size_t done, size_t count); /* or NULL */
	void *context;
};

/*
 * Fills in the answer of each. False with a failure: the file of answers
 * cannot be written.
 */
MUST_USE bool outside_ask(struct outside_address *addresses, size_t count,
			  const struct outside_options *options,
			  struct arena *arena, struct diag_list *diags);

#endif
