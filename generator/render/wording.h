/*
 * Names that the program's own tables give in Chinese (types, fields, classes
 * of columns, values of choices, the stamp of what is archived), in the
 * language of the job's site: the theme's strings win, and what they lack is
 * said as the table says it.
 *
 *	types:   {policy: Policy}        by the name of the type
 *	labels:  {issuer: Issued by}     by the key of the field
 *	classes: {other: Other}          by the name of the class
 *	values:  {有效: in force}        by the value, and by a part of a topic
 *	stamp:   {text: Archived}        instead of the platform's
 *archive_stamp, with its brackets
 */
#ifndef JIYUE_RENDER_WORDING_H
#define JIYUE_RENDER_WORDING_H

#include "base/date.h"
#include "base/str.h"

struct buf;
struct field;
struct render_job;
struct resource_type;

str wording_type(const struct render_job *job,
		 const struct resource_type *type);
str wording_field(const struct render_job *job, const struct field *field);
str wording_class(const struct render_job *job, int class_number);
str wording_value(const struct render_job *job, str value);

str wording_stamp(const struct render_job *job);

/* "内容已保存 2024-05-01", as it stands in files that no template makes. */
void wording_add_stamp(struct buf *out, const struct render_job *job,
		       struct moment since);

/* 【 and 】 around what is said before a title in a feed. */
void wording_add_mark_open(struct buf *out, const struct render_job *job);
void wording_add_mark_close(struct buf *out, const struct render_job *job);

/* The stamp behind a title, in the brackets of the language. */
void wording_add_title_stamp(struct buf *out, const struct render_job *job,
			     struct moment since);

#endif
