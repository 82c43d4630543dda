/*
 * Cuts a template into texts and tags, and takes the lines that hold tags only
 * out of the text (Mustache's standalone tags).
 *
 * Always true: tokens lie in the order of the source and each is a slice of
 * it; the time is linear in the length of the source.
 */
#ifndef JIYUE_THEME_TEMPLATE_LEXER_H
#define JIYUE_THEME_TEMPLATE_LEXER_H

#include "base/diag.h"
#include "base/list.h"

enum token_kind {
	TOKEN_TEXT,
	TOKEN_VALUE,
	TOKEN_RAW,	  /* {{{ }}} and {{& }} */
	TOKEN_SECTION,	  /* # */
	TOKEN_INVERTED,	  /* ^ */
	TOKEN_CLOSE,	  /* / */
	TOKEN_PARTIAL,	  /* > */
	TOKEN_PARENT,	  /* < */
	TOKEN_BLOCK,	  /* $ */
	TOKEN_COMMENT,	  /* ! */
	TOKEN_DELIMITERS, /* = */
};

struct token {
	enum token_kind kind;
	uint32_t start; /* of the whole tag in the source */
	uint32_t end;
	str text;	/* TEXT: what is left of it; tags: what stands inside */
	str indent;	/* white space between the line's start and the tag */
	bool opens;	/* nothing but tags stands before it in its line … */
	bool ends;	/* … and nothing behind it: the line was taken out */
	bool is_block;	/* CLOSE: of a block or a parent */
	size_t partner; /* CLOSE: number of its opening token, or STR_NONE */
};

/* Appends struct token to `tokens`, a list in `arena`. */
MUST_USE bool template_lex(struct list *tokens, const struct source *source,
			   struct arena *arena, struct diag_list *diags);

/* Takes tag lines out of the texts. template_lines.c */
void template_take_lines(struct list *tokens, str source);

#endif
