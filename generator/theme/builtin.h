/* The files of themes/default inside the program; made by theme/embed.sh. */
#ifndef JIYUE_THEME_BUILTIN_H
#define JIYUE_THEME_BUILTIN_H

struct builtin_file {
	const char *path; /* "templates/article.html"; NULL ends the table */
	const char *data;
	const char *end;
};

extern const struct builtin_file builtin_theme[];

#endif
