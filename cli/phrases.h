/* Events in words: one row for each sort of event and cause. */
#ifndef ECH_PHRASES_H
#define ECH_PHRASES_H

#include <stdio.h>

#include "cli/journal.h"

/** A story on its way to a stream. */
struct ech_teller {
    const struct ech_journal *journal;
    enum ech_lang lang;
    FILE *out;
};

/** The row's words of an event and cause, with {from}, {to} and {detail}; NULL: there is no row. */
const char *ech_phrase(const char *event, const char *cause, enum ech_lang lang);

/** Writes what happened, such as "promoted from Township 1 (staff) to Township 2, deputy 3". */
void ech_phrase_event(const struct ech_teller *teller, const struct ech_event *event);

/** Writes who it was, such as "a woman of 43 (1f3a000000000000)", at the time of the event. */
void ech_phrase_person(const struct ech_teller *teller, const struct ech_event *event);

/** Writes all that is known of somebody on arrival: sex, birth, education and so on. */
void ech_phrase_description(const struct ech_teller *teller, const struct ech_event *arrival);

/** Writes a post in words, such as "Township 1, deputy 3". */
void ech_phrase_post(const struct ech_teller *teller, ech_id post);

/** The words of a clause by its name in the event log; the name itself where there are none. */
const char *ech_phrase_clause(const char *name, enum ech_lang lang);

/** Writes a span: "1 month", "14 months". */
void ech_phrase_months(const struct ech_teller *teller, int months);

/** `en` or `zh`. */
const char *ech_phrase_in(const struct ech_teller *teller, const char *en, const char *zh);

#endif
