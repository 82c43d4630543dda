/*
 * Who may do what of the review of a site's texts (三审三校): its
 * sites/<id>/roles.yaml.
 *
 *	steps: [first, second, final, publisher]
 *	people:
 *	  - name: 初审岗
 *	    mail: chushen@jyj.example.cn
 *	    roles: [writer, first]
 *	    posts: {zwgk/tzgg: a, jyxw: b}
 *
 * Source: the Measures, articles 17 and 32; rules.md D.0.1. `steps` are those
 * that a text has to take, in that order; all four, unless the file says
 * otherwise: at least one review, and the publisher's, who is somebody else.
 * `posts` are the A and B posts (AB岗) of columns: whom to ask first.
 *
 * Always true once read: no two people share an address of mail, letters of
 * either case being the same; every step has somebody who may take it.
 */
#ifndef JIYUE_SITE_ROLES_H
#define JIYUE_SITE_ROLES_H

#include "site/settings.h"

enum { ROLE_PEOPLE_LIMIT = 1000, ROLE_POST_LIMIT = 1000 };

/* The order is that of the steps, and of role_names. */
enum role {
	ROLE_WRITER,
	ROLE_FIRST,
	ROLE_SECOND,
	ROLE_FINAL,
	ROLE_PUBLISHER,
	ROLE_COUNT,
};

extern const char *const role_names[]; /* as they are written; NULL behind */

/* ROLE_COUNT: there is no such role. */
enum role role_find(str name);

/* As people read it; translated. */
const char *role_title(enum role role);

struct role_post {
	str column; /* its path */
	bool is_deputy;
};

struct role_person {
	str name;
	str mail;
	unsigned roles; /* bit set of enum role */
	const struct role_post *posts;
	size_t post_count;
};

struct roles {
	unsigned steps; /* bit set of enum role, ROLE_WRITER is none */
	const struct role_person *people;
	size_t count;
};

static inline unsigned role_bit(enum role role)
{
	return 1U << role;
}

/* Reads one roles.yaml. False after any mistake; each is recorded. */
MUST_USE bool roles_read(struct roles *out, const struct source *source,
			 int32_t offset, struct arena *arena,
			 struct diag_list *diags);

bool roles_has(const struct roles *roles, str mail, enum role role);

/*
 * Who may take the step, as people read it: "初审岗 <chushen@…>、…"; empty:
 * nobody. For a column (its path, or empty) who has its A post comes first,
 * then who has its B post, then all others as they stand there.
 */
str roles_takers_text(const struct roles *roles, enum role role, str column,
		      struct arena *arena);

/* For help; ends with a row without rows. */
extern const struct setting_table role_settings[];

#endif
