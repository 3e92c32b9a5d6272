/* What two settings of a set do to each other: which goes first, which stops everything, which changes
   nothing. */
#ifndef ECH_PAIRS_H
#define ECH_PAIRS_H

#include "input/policy.h"

/** In place of the second of two settings: the length of the run. */
#define ECH_PAIR_LENGTH ECH_N_PARAMS

/** Where and how long a set acts. What is said of the county is found once for all sets. */
struct ech_stage {
    double posts;      /* leading posts of a mean county */
    double places;     /* its administrative places */
    bool higher_posts; /* leading posts stand at more than one level */
    bool terms;        /* some of them serve terms */
    bool free_units;   /* some units have free head count */
    int start_month;   /* the first month of the set, as start_month of the scenario, */
    int from_month;    /* and as it has it */
    int n_months;      /* left from there to the end of the run */
};

/** Two settings that meet, and what comes of it. */
struct ech_pair {
    enum ech_param_id a;
    enum ech_param_id b;                              /* or ECH_PAIR_LENGTH */
    bool (*meets)(const struct ech_params *params);   /* NULL: it takes the stage to say */
    bool (*certain)(const struct ech_params *params); /* then it is refused if it holds from the
                                                         start; NULL: it is only remarked */
    const char *words;                                /* ECH_BOTH */
    bool (*meets_there)(const struct ech_params *params, const struct ech_stage *stage);
};

#define ECH_REMARKED(a_, b_, meets_, words_)                                                       \
    {                                                                                              \
        .a = ECH_PARAM_ID_##a_, .b = ECH_PARAM_ID_##b_, .meets = (meets_), .words = words_         \
    }
#define ECH_REFUSED(a_, b_, meets_, certain_, words_)                                              \
    {                                                                                              \
        .a = ECH_PARAM_ID_##a_, .b = ECH_PARAM_ID_##b_, .meets = (meets_), .certain = (certain_),  \
        .words = words_                                                                            \
    }

/** Looks at pairs[n] under a set: refuses or remarks those that meet. */
void ech_pairs_check(struct ech_loading *loading, const struct ech_draft_set *set,
                     const struct ech_pair *pairs, size_t n);

/** Remarks two settings of a set, with their values: `words`, ECH_BOTH, says what comes of them. */
void ech_pair_remark(struct ech_loading *loading, const struct ech_draft_set *set,
                     enum ech_param_id a, enum ech_param_id b, const char *words);

/** Records that two settings of a set cannot hold together; `hint`, ECH_BOTH, says why. */
void ech_pair_contradict(struct ech_loading *loading, const struct ech_draft_set *set,
                         enum ech_param_id a, enum ech_param_id b, const char *hint);

/** Records that a setting cannot hold together with something that is none. */
void ech_pair_contradict_fact(struct ech_loading *loading, const struct ech_draft_set *set,
                              enum ech_param_id a, const char *fact, const char *hint);

/** "hiring.age_min: 40": a setting of a set; the arena's. */
const char *ech_pair_said(struct ech_loading *loading, const struct ech_draft_set *set,
                          enum ech_param_id id);

/** The place of the later of two assignments; defaults, NULL, have none. */
struct ech_mark ech_pair_later(const struct ech_loading *loading, const struct ech_assignment *a,
                               const struct ech_assignment *b);

/** Whether another setting, NULL: a default, was put over this one on purpose: later, and by another
    file. */
bool ech_pair_is_meant(const struct ech_assignment *by, const struct ech_assignment *other);

/* What is looked at; each adds its remarks and contradictions. */

/** Limits that stand the wrong way round. */
void ech_limits_check(struct ech_loading *loading, const struct ech_draft_set *set);
/** What stops promotions or hiring in a set. */
void ech_standstill_check(struct ech_loading *loading, const struct ech_draft_set *set);
/** What comes to nothing in so short a run or so small a county. */
void ech_scale_check(struct ech_loading *loading, const struct ech_draft_set *set);
/** What goes first in a set whose rules can be asked for together, but not kept together. */
void ech_precedence_check(struct ech_loading *loading, const struct ech_draft_set *set);
/** What goes first where terms bind the holders of some posts under a set. */
void ech_precedence_check_terms(struct ech_loading *loading, const struct ech_draft_set *set);

/** Notes which settings of a set act, for ech_idle_remark; for each set of everybody and every month. */
void ech_idle_note(struct ech_loading *loading, const struct ech_draft_set *set);
/** Notes which settings hold in a set; `fills_posts`: posts are filled by it, which settings of posts
    alone are about. */
void ech_shadow_note(struct ech_loading *loading, const struct ech_draft_set *set,
                     bool fills_posts);

/** Remarks the settings that acted in no set. */
void ech_idle_remark(struct ech_loading *loading);

/** Remarks the settings over which narrower ones of what is extended stand everywhere. */
void ech_shadow_remark(struct ech_loading *loading);

#endif
