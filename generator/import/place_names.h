/*
 * Names of today from paths of the old site: parts of addresses, of which the
 * library's folders and files are made.
 *
 * Always true: every part is a slug that begins with a letter or a digit, in
 * small letters as far as ASCII goes, of 80 bytes at most; the whole has 300
 * bytes and 12 parts at most.
 */
#ifndef JIYUE_IMPORT_PLACE_NAMES_H
#define JIYUE_IMPORT_PLACE_NAMES_H

#include "base/arena.h"
#include "base/str.h"

/* "Zwgk/t2018 (1).html" gives "zwgk/t2018-1", "zt/index.html" "zt". */
str place_of_page(str path, struct arena *arena);

/* The same with the extension kept: "img/A B.JPG" gives "img/a-b.jpg". */
str place_of_file(str path, struct arena *arena);

/* One part, or an empty text. */
str place_part(str text, struct arena *arena);

#endif
