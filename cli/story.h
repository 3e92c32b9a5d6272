/* A chain, a career or a post told in words, a line for each thing that happened. */
#ifndef ECH_STORY_H
#define ECH_STORY_H

#include "cli/journal.h"

/**
 * Prints the story of journal->choice on stdout, in lines of at most ECH_COLUMNS columns. The choice
 * must have events. ECH_MEMORY is recorded when a line could not be held.
 */
enum ech_status ech_story_tell(const struct ech_journal *journal, enum ech_lang lang,
                               struct ech_error *error);

#endif
