/*
 * For programs that build a hundred times: nothing they write is waited for.
 * Calling it once links the functions of its file in the place of the C
 * library's, for LMDB too. Never in a test of what a power cut leaves.
 */
#ifndef JIYUE_TESTS_SUPPORT_NO_SYNC_H
#define JIYUE_TESTS_SUPPORT_NO_SYNC_H

void no_sync(void);

#endif
