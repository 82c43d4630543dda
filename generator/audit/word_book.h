/*
 * The words that rules look for: sites/rules/words.yaml laid over what the
 * program knows (audit/defaults/words.yaml).
 *
 *	misspelt:
 *	  source: 常见错别字
 *	  mark: P
 *	  words:
 *	    关健: 关键
 *	    登陆: {right: 登录, near: [系统, 平台], except: [台风]}
 *	  except: [机关健康]
 *
 * A word of a list without right ones stands alone: `words: [内部资料]`. One
 * with `near` is meant where one of these stands in the same clause behind it.
 * What is covered by a text of `except` is not meant. `names` are long names
 * that are wrong when one character differs.
 *
 * Always true once read: frozen, shared by threads; a text is gone through once
 * for all words, whatever their number.
 */
#ifndef JIYUE_AUDIT_WORD_BOOK_H
#define JIYUE_AUDIT_WORD_BOOK_H

#include "audit/text_points.h"
#include "base/digest.h"
#include "base/word_finder.h"
#include "site/settings.h"

/* rules.md 0.1: how sure it is that a figure or a list is the official one. */
enum rule_mark { MARK_CONFIRMED, MARK_LOCAL, MARK_UNSURE, MARK_PRODUCT };

extern const char *const rule_marks[]; /* "C" …, NULL-terminated */

enum word_list {
	WORDS_SERIOUS,
	WORDS_MISSPELT,
	WORDS_FORBIDDEN,
	WORDS_SECRET,
	WORDS_UNFINISHED,
	WORDS_OUTDATED,
	WORDS_ADVERT,
	WORDS_VAGUE,
	WORDS_STOCK,
	WORDS_PAPERS,
	WORDS_PROTECTED,
	WORDS_NAMES, /* of which near misses are told as serious */
	WORD_LIST_COUNT
};

/* Words of all lists together; characters of one. */
enum { WORD_BOOK_LIMIT = 20000, WORD_LIMIT = 40 };

struct word_entry {
	enum word_list list;
	bool is_exception;
	str wrong;
	str right; /* empty: there is none */
	struct text_list near;
	/* of a name: all of it, and where in it this piece stands */
	const uint32_t *name;
	size_t name_count;
	size_t piece_start;
	size_t piece_count;
};

struct word_list_about {
	str source; /* where the list comes from */
	int mark;   /* enum rule_mark */
};

struct word_book {
	struct list entries; /* struct word_entry; numbers of the finder */
	struct word_finder finder;
	struct word_list_about about[WORD_LIST_COUNT];
	size_t counts[WORD_LIST_COUNT]; /* words, without exceptions */
};

/* A word that stands in a text. */
struct word_hit {
	const struct word_entry *entry;
	str found;    /* as it was written */
	size_t start; /* points */
	size_t end;
};

void word_book_init(struct word_book *book, struct arena *arena);

/*
 * Adds what a file says; false after a mistake. Words of the platform that the
 * program has too take their place.
 */
MUST_USE bool word_book_add(struct word_book *book,
			    const struct yaml_node *root,
			    const struct settings_reader *reader);
void word_book_freeze(struct word_book *book);

/*
 * All hits (struct word_hit) in the order of their ends; words that blanks
 * stand in (内 部 资 料) as well.
 */
void word_book_scan(struct list *out, const struct word_book *book,
		    const struct text_points *text, struct arena *arena);

/* For help; ends with a row without rows. */
extern const struct setting_table word_settings[];

#endif
