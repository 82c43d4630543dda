/*
 * Arrays of plain numbers: how they are sorted and looked through.
 */
#ifndef JIYUE_BASE_NUMBER_H
#define JIYUE_BASE_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* For qsort and bsearch of numbers of 32 or 64 bits. */
int u32_compare_items(const void *left, const void *right);
int u64_compare_items(const void *left, const void *right);

/* The numbers may be in any order. */
bool u32_is_among(uint32_t wanted, const uint32_t *numbers, size_t count);

#endif
