/*
 * Signs of ours in the text that cmark reads, which tell it what Chinese
 * writers mean, and which are taken out of its tree again:
 *
 *	在**“五日”**内      a sign of punctuation or a space beside the stars
 *	![图](xian chang.png)    a letter in the place of the blank
 *
 * So cmark alone knows what is code, an address or an escape: there a sign
 * changes nothing, and is gone afterwards.
 *
 * Always true: a sign is a character that the text neither has nor can get
 * from a character reference; without a free one nothing is put in. Cost is
 * linear.
 */
#ifndef JIYUE_MARKUP_MARKDOWN_SIGNS_H
#define JIYUE_MARKUP_MARKDOWN_SIGNS_H

#include "markup/markdown_text.h"

struct cmark_node;

struct markdown_signs {
	str punctuation;
	str space;
	str blank; /* stands for one space of an address */
	bool used;
	bool plain; /* CommonMark alone */
};

/*
 * A character of `candidates` (UTF-8, three bytes each) that is neither in the
 * text nor meant by a reference in it; empty: all are taken.
 */
str markdown_free_sign(str text, str candidates);

/* Rewrites `text` where signs are needed; says in `out` which were used. */
void markdown_signs_put(struct markdown_signs *out, struct markdown_text *text);

/* Takes them out of every node; line breaks in titles end here, too. */
void markdown_signs_take(const struct markdown_signs *signs,
			 struct cmark_node *tree, struct arena *arena);

#endif
