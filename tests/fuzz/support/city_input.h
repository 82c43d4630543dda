/*
 * An input as files of the small city of support/city.h: part n of it is the
 * file paths[n], in the place of the city's own or beside them.
 */
#ifndef JIYUE_TESTS_FUZZ_SUPPORT_CITY_INPUT_H
#define JIYUE_TESTS_FUZZ_SUPPORT_CITY_INPUT_H

#include "support/city.h"
#include "tests/fuzz/support/input.h"

/* Reads and arranges the city; city_input_close() also prints its messages. */
void city_input_open(struct city *city, const char *const paths[FUZZ_PARTS],
		     const uint8_t *data, size_t size);
void city_input_close(struct city *city);

/* Plans it; the theme in the program is loaded once, for all inputs. */
void city_input_plan(struct city *city);

#endif
