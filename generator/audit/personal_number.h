/*
 * Numbers that belong to a person or to an account, by their form and check
 * digit alone.
 *
 * Source: rules.md J.6 (GB 11643-1999), E.9.
 */
#ifndef JIYUE_AUDIT_PERSONAL_NUMBER_H
#define JIYUE_AUDIT_PERSONAL_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	IDENTITY_DIGITS = 18,
	PHONE_DIGITS = 11,
	CARD_LEAST = 13,
	CARD_MOST = 19,
};

/* 0 to 9, and 10 for the x at the end of an identity number. */
bool personal_number_is_identity(const uint8_t digits[IDENTITY_DIGITS]);
bool personal_number_is_phone(const uint8_t digits[PHONE_DIGITS]);

/* `is_named`: words before it say that it is one. */
bool personal_number_is_card(const uint8_t *digits, size_t count,
			     bool is_named);

/* Do the first digits look like those of an identity number? */
bool personal_number_has_region(const uint8_t *digits);

#endif
