/*
 * What each of several threads has that go through files: a handle for reading,
 * as handles are not shared, memory that is emptied after each item, and its
 * own list of messages. Owned by who starts the threads; one that could not be
 * opened is closed all the same.
 */
#ifndef JIYUE_SNAPSHOT_READING_THREAD_H
#define JIYUE_SNAPSHOT_READING_THREAD_H

#include "snapshot/snapshot.h"

struct reading_thread {
	struct arena scratch; /* emptied after each item */
	struct arena talk;    /* until the messages are merged */
	struct diag_list diags;
	struct snapshot_reader *reader;
};

/* Messages have the bounds of `whole`. False: it cannot read, which is told. */
MUST_USE bool reading_thread_open(struct reading_thread *thread,
				  const struct snapshot *snapshot,
				  const struct diag_list *whole);

/* Merges what it said into `diags`; false when it met a failure. */
bool reading_thread_close(struct reading_thread *thread,
			  struct diag_list *diags);

#endif
