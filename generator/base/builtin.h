/*
 * Files that are part of the program, as bytes; made by generator/embed.sh.
 * Each table is sorted by path (bytes) and ends with a row without path.
 */
#ifndef JIYUE_BASE_BUILTIN_H
#define JIYUE_BASE_BUILTIN_H

struct builtin_file {
	const char *path; /* "templates/article.html"; NULL ends the table */
	const char *data;
	const char *end;
};

extern const struct builtin_file builtin_theme[];  /* themes/default */
extern const struct builtin_file builtin_types[];  /* library/types */
extern const struct builtin_file builtin_rules[];  /* audit/defaults */
extern const struct builtin_file builtin_report[]; /* report/page */

#endif
