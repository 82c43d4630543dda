/*
 * SHA-1, since lists of what a program is made of (SPDX 2.3, 8.4) ask for it
 * beside better ones. Nothing of ours rests on it.
 */
#ifndef JIYUE_BASE_SHA1_H
#define JIYUE_BASE_SHA1_H

#include "base/arena.h"

/* 40 hexadecimal digits. Without memory the program ends (base/arena.h). */
str sha1_of(str data, struct arena *arena);

#endif
