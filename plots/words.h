/* Words of values and units in both languages that no other table holds. */
#ifndef ECH_PLOT_WORDS_H
#define ECH_PLOT_WORDS_H

#include <stdbool.h>

#include "model/error.h"
#include "model/types.h"

/** A unit of params.def or measures.def as it is written behind a number; "" where nothing is. */
const char *ech_words_unit(const char *unit, enum ech_lang lang);
/** True if the unit has a row of its own here (a choice "a|b" needs none). */
bool ech_words_unit_is_known(const char *unit);
/**
 * A value of a setting as words: of a choice "law|old|none" (the unit of its row; NULL: of no row), of
 * true, false and off. In English, and what has no words here (numbers), the value itself.
 */
const char *ech_words_value(const char *choices, const char *value, enum ech_lang lang);
/** What a setting of a dated event says, "exam window: share that leaves"; "" of other paths. */
const char *ech_words_event(const char *path, enum ech_lang lang);
/** A cause of leaving: "retirement". */
const char *ech_words_cause(enum ech_cause cause, enum ech_lang lang);
/** A reason for a vacant post: "under procedure". */
const char *ech_words_vacancy(enum ech_vacancy vacancy, enum ech_lang lang);
/** A clause of eligibility that somebody failed: "age limit". */
const char *ech_words_clause(enum ech_clause clause, enum ech_lang lang);
/** A third of remoteness: "near". */
const char *ech_words_remoteness(int band, enum ech_lang lang);
/** What somebody was trained for: "finance". */
const char *ech_words_specialty(enum ech_specialty specialty, enum ech_lang lang);
/** A grade: "principal clerk, fourth grade". */
const char *ech_words_grade(enum ech_grade grade, enum ech_lang lang);
/** A class of posts: "chiefs". */
const char *ech_words_class(enum ech_class class, enum ech_lang lang);
/** A band of ages: "36–40", "≤35". */
const char *ech_words_age_band(int band);
/** What a parameter rests on ("rule", "data", "assumed", "fitted") in this language. */
const char *ech_words_basis(const char *basis, enum ech_lang lang);

#endif
