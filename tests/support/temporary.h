/*
 * A fresh folder below build/ for one test, and files in it. Anything that
 * fails, fails the test.
 */
#ifndef JIYUE_TESTS_SUPPORT_TEMPORARY_H
#define JIYUE_TESTS_SUPPORT_TEMPORARY_H

#include "base/arena.h"

/* Makes the folder; its absolute path, in `arena`. */
const char *temporary_make(struct arena *arena);

/* Removes the folder and all below it. Follows no link. */
void temporary_remove(const char *folder);

/* The folder's descriptor, for the caller to close. */
int temporary_open(const char *folder);

/* `folder`/`path`, in `arena`. */
const char *temporary_path(struct arena *arena, const char *folder,
			   const char *path);

/* Writes a file, making the folders it lies in. */
void temporary_write(const char *folder, const char *path, str data);

/* All of a file. */
str temporary_read(struct arena *arena, const char *path);

#endif
