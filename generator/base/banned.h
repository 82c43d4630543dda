/*
 * Forced into every file by the Makefile: functions that have no length, a
 * hidden state, or that follow the locale are compile errors.
 */
#ifndef JIYUE_BASE_BANNED_H
#define JIYUE_BASE_BANNED_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#pragma GCC poison strcpy strcat sprintf vsprintf strncpy strncat strtok gets
#pragma GCC poison atoi atol atoll atof localtime gmtime ctime asctime strcoll

#endif
