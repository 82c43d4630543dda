/*
 * What the search knows of words, as data for the page's script: which words
 * mean the same, and which only ask.
 */
#ifndef JIYUE_RENDER_SEARCH_WORDS_H
#define JIYUE_RENDER_SEARCH_WORDS_H

struct json_writer;

/* Members of the object that is open. */
void search_words_write(struct json_writer *json);

#endif
