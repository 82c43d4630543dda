/*
 * The man page and what shells complete, written from the tables that the
 * program itself follows: commands, their options, the topics of help.
 */
#ifndef JIYUE_COMMAND_MANUAL_H
#define JIYUE_COMMAND_MANUAL_H

#include "base/buf.h"

/* troff, for man(1). */
void manual_write(struct buf *out);

/* A script that bash, or zsh, reads. */
void completion_write_bash(struct buf *out);
void completion_write_zsh(struct buf *out);

/* What stands behind an option: which files, or which of a few words. */
enum completion_kind {
	COMPLETES_NOTHING,
	COMPLETES_FOLDER,
	COMPLETES_FILE,
	COMPLETES_WORDS,
};

/* `words` gets them with blanks between. */
enum completion_kind completion_of(struct buf *words, const char *argument);

#endif
