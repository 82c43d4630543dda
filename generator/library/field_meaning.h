/*
 * The fields that the program itself reasons about: each is named here and
 * nowhere else. `means:` in a type's file says which of its fields is meant,
 * so a leader's `photo` can be the image that lists show. All other fields
 * only go through to the page.
 */
#ifndef JIYUE_LIBRARY_FIELD_MEANING_H
#define JIYUE_LIBRARY_FIELD_MEANING_H

#include "base/str.h"

enum field_meaning {
	MEANS_NOTHING,
	MEANS_TITLE,
	MEANS_TYPE,
	MEANS_DATE,
	MEANS_SOURCE,
	MEANS_ID,
	MEANS_SLUG,
	MEANS_ALIASES,
	MEANS_SUBTITLE,
	MEANS_KICKER,
	MEANS_SUMMARY,
	MEANS_KEYWORDS,
	MEANS_IMAGE,
	MEANS_AUTHOR,
	MEANS_EDITOR,
	MEANS_PUBLISHER,
	MEANS_INDEX_NO,
	MEANS_MAP_NUMBER,
	MEANS_ORIGIN,
	MEANS_SOURCE_URL,
	MEANS_STATUS,
	MEANS_PUBLISH_AT,
	MEANS_EXPIRES_ON,
	MEANS_ARCHIVED_ON,
	MEANS_REPLACED_BY,
	MEANS_UPDATED,
	MEANS_TOPIC,
	MEANS_AUDIENCE,
	MEANS_REGION,
	MEANS_ATTACHMENTS,
	MEANS_RELATIONS,
	MEANS_LANG,
	MEANS_CORRECTION,
	MEANS_TOC,
	MEANS_BODY_FORM,
	MEANS_WEIGHT,
	MEANS_IMPORTED,
	MEANS_DISCLOSURE,
	MEANS_WITHDRAWN_ON,
	MEANS_WITHDRAWN_REASON,
	/* of some types only */
	MEANS_DOC_NO,
	MEANS_VALIDITY,
	MEANS_VALID_UNTIL,
	MEANS_MAJOR,
	MEANS_INTERPRETS,
	MEANS_PIN,
	MEANS_PIN_UNTIL,
	MEANS_SECTIONS, /* they collect by keyword from the library */
	MEANS_OPENS_ON, /* of a consultation */
	MEANS_CLOSES_ON,
	MEANS_FEEDBACK_ON,
	MEANS_RESULT,	/* what tells how it ended */
	MEANS_ASKED_AT, /* of a message */
	MEANS_ANSWERED_AT,
	MEANS_KEEP_UNTIL,     /* of a notice that home pages show */
	MEANS_TRANSLATION_OF, /* ids: of a text in another language */
	MEANS_TRANSLATED_ON,
	MEANS_ACTIVITIES,    /* ids: what a leader did */
	MEANS_BASIS,	     /* ids: what an answer rests on */
	MEANS_FROM_MESSAGES, /* ids: messages that an answer was made of */
	MEANS_STEPS,	     /* of a service; drawn as a chart */
	MEANS_PUBLIC,	     /* who wrote it agrees to its publication */
	FIELD_MEANING_COUNT
};

/* As YAML has them: "title". NULL-terminated. */
extern const char *const field_meanings[FIELD_MEANING_COUNT + 1];

struct field_meaning_row {
	int kind;		    /* enum field_kind it must have */
	bool is_needed;		    /* every type has it: types/common.yaml */
	const char *const *parts;   /* keys its records have, or NULL */
	const char *const *choices; /* values that C asks about, or NULL */
};

extern const struct field_meaning_row field_meaning_rows[FIELD_MEANING_COUNT];

#endif
