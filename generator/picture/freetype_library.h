/*
 * What FreeType's headers want to know of the C library. Its own header names
 * functions that base/banned.h forbids, though nobody here calls them.
 */
#ifndef JIYUE_PICTURE_FREETYPE_LIBRARY_H
#define JIYUE_PICTURE_FREETYPE_LIBRARY_H

#include <limits.h>
#include <stddef.h>

#define ft_ptrdiff_t ptrdiff_t
#define FT_CHAR_BIT CHAR_BIT
#define FT_USHORT_MAX USHRT_MAX
#define FT_INT_MAX INT_MAX
#define FT_INT_MIN INT_MIN
#define FT_UINT_MAX UINT_MAX
#define FT_LONG_MIN LONG_MIN
#define FT_LONG_MAX LONG_MAX
#define FT_ULONG_MAX ULONG_MAX

#endif
