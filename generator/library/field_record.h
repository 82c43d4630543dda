/*
 * The fields of records: what stands inside `materials:`, `reviews:` and the
 * other keys whose values are mappings. Each table ends with a row without
 * key; its first row is what a plain text in the list stands for.
 */
#ifndef JIYUE_LIBRARY_FIELD_RECORD_H
#define JIYUE_LIBRARY_FIELD_RECORD_H

#include "library/field.h"

extern const struct field record_attachment[];	   /* attachments */
extern const struct field record_secrecy_review[]; /* secrecy_review */
extern const struct field record_review[];	   /* reviews */
extern const struct field record_relations[];	   /* relations */
extern const struct field record_media[];	   /* media */
extern const struct field record_section[];	   /* sections */
extern const struct field record_material[];	   /* materials */
extern const struct field record_place[];	   /* places */
extern const struct field record_step[];	   /* steps */
extern const struct field record_question[];	   /* faq */
extern const struct field record_division[];	   /* divisions */
extern const struct field record_head[];	   /* head */

#endif
