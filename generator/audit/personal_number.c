#include "audit/personal_number.h"

#include "base/str.h"

static int number_of(const uint8_t *digits, size_t count)
{
	int number = 0;

	for (size_t i = 0; i < count; i++)
		number = number * 10 + digits[i];
	return number;
}

bool personal_number_has_region(const uint8_t *digits)
{
	int region = number_of(digits, 2);

	return region >= 11 && region <= 82;
}

/* 29 February is let pass in any year: who mistypes a year is found, too. */
static bool is_birthday(const uint8_t digits[8])
{
	static const uint8_t days[] = { 31, 29, 31, 30, 31, 30,
					31, 31, 30, 31, 30, 31 };
	int year = number_of(digits, 4);
	int month = number_of(digits + 4, 2);
	int day = number_of(digits + 6, 2);

	return year >= 1800 && year < 2100 && month >= 1 && month <= 12 &&
	       day >= 1 && day <= days[month - 1];
}

bool personal_number_is_identity(const uint8_t digits[IDENTITY_DIGITS])
{
	static const uint8_t weights[] = { 7, 9, 10, 5,	 8, 4, 2, 1, 6,
					   3, 7, 9,  10, 5, 8, 4, 2 };
	static const uint8_t checks[] = { 1, 0, 10, 9, 8, 7, 6, 5, 4, 3, 2 };
	unsigned sum = 0;

	for (size_t i = 0; i < COUNT_OF(weights); i++) {
		if (digits[i] > 9)
			return false;
		sum += (unsigned)weights[i] * digits[i];
	}
	return personal_number_has_region(digits) && is_birthday(digits + 6) &&
	       digits[IDENTITY_DIGITS - 1] == checks[sum % 11];
}

bool personal_number_is_phone(const uint8_t digits[PHONE_DIGITS])
{
	for (size_t i = 0; i < PHONE_DIGITS; i++)
		if (digits[i] > 9)
			return false;
	return digits[0] == 1 && digits[1] >= 3;
}

/* The check digit of ISO/IEC 7812. */
static bool has_luhn(const uint8_t *digits, size_t count)
{
	unsigned sum = 0;

	for (size_t i = 0; i < count; i++) {
		unsigned digit = digits[count - 1 - i];

		if (digit > 9)
			return false;
		if (i % 2 == 1)
			digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
		sum += digit;
	}
	return sum % 10 == 0;
}

/* First digits that cards have, and how long such numbers are. */
static const struct {
	int first;
	uint8_t digits;
	uint8_t least;
	uint8_t most;
} issuers[] = {
	{ 62, 2, 16, 19 }, { 60, 2, 16, 19 },	{ 4, 1, 16, 19 },
	{ 51, 2, 16, 16 }, { 52, 2, 16, 16 },	{ 53, 2, 16, 16 },
	{ 54, 2, 16, 16 }, { 55, 2, 16, 16 },	{ 35, 2, 16, 16 },
	{ 34, 2, 15, 15 }, { 37, 2, 15, 15 },	{ 36, 2, 14, 14 },
	{ 30, 2, 14, 14 }, { 9558, 4, 19, 19 }, { 69, 2, 16, 19 },
};

bool personal_number_is_card(const uint8_t *digits, size_t count, bool is_named)
{
	if (count < CARD_LEAST || count > CARD_MOST || !has_luhn(digits, count))
		return false;
	for (size_t i = 0; i < COUNT_OF(issuers); i++)
		if (number_of(digits, issuers[i].digits) == issuers[i].first &&
		    count >= issuers[i].least && count <= issuers[i].most)
			return true;
	return is_named;
}
