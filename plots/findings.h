/* The answer in words: four findings, composed from the numbers and only as strong as these. */
#ifndef ECH_FINDINGS_H
#define ECH_FINDINGS_H

#include "plots/effects.h"
#include "plots/number.h"
#include "plots/series.h"
#include "plots/text.h"

enum ech_finding {
    ECH_FINDING_VACANT,  /* how many leading posts stand vacant, when, and why */
    ECH_FINDING_RESERVE, /* whether the reserve rule can be kept, and how many people are missing */
    ECH_FINDING_POLICIES, /* which policy helps most, for the reserve and for vacancies */
    ECH_FINDING_LOSSES,   /* which policies clearly do harm, in the mean or in single years */
    ECH_N_FINDINGS
};

enum { ECH_FINDING_PARTS = 8 };

/** A text for each finding, without a line break. Owns the texts. */
struct ech_findings {
    struct ech_text text[ECH_N_FINDINGS];
    int n_parts[ECH_N_FINDINGS];                    /* behind the first */
    size_t part[ECH_N_FINDINGS][ECH_FINDING_PARTS]; /* bytes at which a new paragraph may begin */
};

/** What policies are for, in the order in which it is told. */
struct ech_goal {
    const char *measure;
    int better;               /* +1: more is better */
    const char *what[2];      /* by enum ech_lang: "the reserve" */
    const char *unit[2];      /* "one person" */
    const char *count[2];     /* behind a number: " people" */
    const char *count_one[2]; /* behind 1: " person" */
};
enum { ECH_N_GOALS = 2 };
extern const struct ech_goal ech_goals[ECH_N_GOALS];

/** What vacant posts lack, apart from a procedure that is under way. */
enum ech_lack {
    ECH_LACK_NO_VACANCY,     /* no post is ever vacant */
    ECH_LACK_NOTHING,        /* all are under procedure */
    ECH_LACK_ALMOST_NOTHING, /* never more than one post, and a small part of those vacant */
    ECH_LACK_LITTLE,         /* never more than one post */
    ECH_LACK_MUCH            /* more than one post in a year */
};

/** Judges means of years: posts vacant, and those without a candidate or a place. */
enum ech_lack ech_findings_lack(const struct ech_series *vacant, const struct ech_series *lacking);

/** "2026", or "2026–2028" where the years of a peak are several: calendar years, of years that are
    counted from the start. */
struct ech_number ech_findings_years(int start_month, const struct ech_peak *peak,
                                     enum ech_lang lang);

/** Short label of a finding ("Vacant posts"). Static. */
const char *ech_finding_label(enum ech_finding finding, enum ech_lang lang);

/** Composes the four, the last one empty where there is no policy; `baseline` a row of the results. The caller frees. */
enum ech_status ech_findings_compose(const struct ech_results *results, int baseline,
                                     enum ech_lang lang, struct ech_findings *findings,
                                     struct ech_error *error);
/** Frees; empty again. */
void ech_findings_free(struct ech_findings *findings);

/** What a scenario is called in this language (its label). */
const char *ech_findings_title(const struct ech_results *results, int scenario, enum ech_lang lang);

/** Decimals of percentage points that a difference of shares deserves: two where it is known so well. */
int ech_findings_decimals(const struct ech_summary *difference);
/** The same for a column of effects: as many as the one that is known best deserves. */
int ech_findings_column_decimals(const struct ech_effect *first, int n);
/** A difference of shares in percentage points with its sign: "+4.1". */
struct ech_number ech_findings_points(double share, int decimals);

/** Appends when effects are taken: "mean of years 6–15", "at the start". */
void ech_findings_window(struct ech_window window, enum ech_lang lang, struct ech_text *text);

/** Of what, over which years and where to something is told of policies. */
struct ech_telling {
    const struct ech_results *results;
    struct ech_window window;
    enum ech_lang lang;
    struct ech_text *text;
};

/** Appends ", for 234 thousand yuan a year more": what a policy costs beside its reference, if that is
    known; where the text speaks of costs for the first time, that no salaries are in it. */
enum ech_status ech_findings_cost(const struct ech_telling *telling,
                                  const struct ech_effect *effect, struct ech_error *error);

/** What policies do to leaders themselves, in the order in which gains are told. */
enum ech_people { ECH_PEOPLE_LEAVE, ECH_PEOPLE_PERFORM, ECH_N_PEOPLE };

/** Which policy does most for leaders: `effect` says which, NULL where none clearly does anything. */
struct ech_people_gain {
    const struct ech_effect *effect;
    struct ech_summary difference;
};

/** Finds it among effects[n]. */
enum ech_status ech_findings_people_best(const struct ech_telling *telling, enum ech_people what,
                                         const struct ech_effect *effects, int n,
                                         struct ech_people_gain *best, struct ech_error *error);
/** Appends "fewest leaders leave by choice with “A”: −1.33 a year (95%: ...)". */
void ech_findings_people_gain(const struct ech_telling *telling, enum ech_people what,
                              const struct ech_people_gain *best);
/** Appends ", but leaders perform worse: −0.045 ..." for all that a policy clearly does to leaders. */
enum ech_status ech_findings_people_but(const struct ech_telling *telling,
                                        const struct ech_effect *effect, struct ech_error *error);
/** Appends sentences on those of effects[n] under which leaders perform clearly worse, and under which
    more leave by choice, if there are any. */
enum ech_status ech_findings_people_losses(const struct ech_telling *telling,
                                           const struct ech_effect *effects, int n,
                                           struct ech_error *error);

/** Appends the findings on policies: which helps most against its reference, and which do harm. */
enum ech_status ech_findings_policies(const struct ech_results *results,
                                      const struct ech_policies *policies, enum ech_lang lang,
                                      struct ech_findings *findings, struct ech_error *error);

#endif
