/*
 * What a test about snapshots holds: an arena, the messages and a snapshot.
 *
 *	snapshot_fixture_init(&fixture);
 *	snapshot_fixture_revision(&fixture, directory, NULL);
 *	...
 *	snapshot_fixture_release(&fixture);
 */
#ifndef JIYUE_TESTS_SUPPORT_SNAPSHOT_FIXTURE_H
#define JIYUE_TESTS_SUPPORT_SNAPSHOT_FIXTURE_H

#include "snapshot/snapshot.h"

struct snapshot_fixture {
	struct arena arena;
	struct diag_list diags;
	struct snapshot snapshot;
	struct snapshot_reader *reader; /* NULL until first used */
};

void snapshot_fixture_init(struct snapshot_fixture *fixture);
void snapshot_fixture_release(struct snapshot_fixture *fixture);

/* These open it without any message. */
void snapshot_fixture_revision(struct snapshot_fixture *fixture,
			       const char *directory, const char *revision);
void snapshot_fixture_directory(struct snapshot_fixture *fixture,
				const char *directory);

/* Asserts that the paths, one a line, are the snapshot's files. */
void snapshot_fixture_files(const struct snapshot_fixture *fixture,
			    const char *lines);

/* Asserts that a file can be read and has these bytes. */
void snapshot_fixture_bytes(struct snapshot_fixture *fixture, const char *path,
			    const char *bytes);

/* Asserts that reading it as text, or at all, gives this message. */
const struct diag *snapshot_fixture_bad_text(struct snapshot_fixture *fixture,
					     const char *path, const char *id);
const struct diag *snapshot_fixture_bad_file(struct snapshot_fixture *fixture,
					     const char *path, const char *id);

/* Asserts that there is one message, with this id, and forgets it. */
const struct diag *snapshot_fixture_message(struct snapshot_fixture *fixture,
					    const char *id);

/* Asserts that the path, the message or its help has this text. */
void snapshot_fixture_says(const struct diag *diag, const char *text);

#endif
