/* Step 6, once a year: everybody is assessed (年度考核) through a noisy lens, people are rated within their
   pools and teams ranked within their type, and what the rules attach to it follows. */
#ifndef ECH_ASSESSMENT_H
#define ECH_ASSESSMENT_H

#include "model/state.h"

/** The step of the month. */
void ech_assessment_step(struct ech_run *run);

/** Lays out the lens of the policy in force; called by ech_policy_apply. */
void ech_assessment_prepare(struct ech_run *run);

/** What the last three assessments of somebody were excellent. */
static inline bool ech_is_thrice_excellent(const struct ech_person *person)
{
    return person->rating == ECH_RATING_EXCELLENT &&
           person->earlier_ratings[0] == ECH_RATING_EXCELLENT &&
           person->earlier_ratings[1] == ECH_RATING_EXCELLENT;
}

/** The next assessments, so many, give somebody no rating: a sanction has fallen on him. */
void ech_assessment_suspend(struct ech_run *run, ech_id id, int n_assessments);

/** The next assessments, so many, do not rate somebody excellent. */
void ech_assessment_withhold_excellent(struct ech_run *run, ech_id id, int n_assessments);

/** Whether a sanction leaves somebody without the rating of an assessment this month. */
static inline bool ech_is_left_unrated(const struct ech_run *run, const struct ech_person *person)
{
    return run->month < person->unrated_until;
}

/** One person's assessment of this year. */
struct ech_assessed {
    double score; /* standard deviations of entrants */
    double truth; /* performance, both dimensions, without noise */
    bool assessed;
    bool among_lowest;   /* of his pool by truth: the lowest assessment.lowest, at least one */
    bool among_best;     /* of his pool by truth: as many as may be excellent */
    uint8_t rating;      /* enum ech_rating */
    uint8_t consequence; /* enum ech_consequence */
    bool right;          /* whom the consequence falls on deserves it by truth */
};

/** One team of this year: the holders of a unit's posts who are assessed. */
struct ech_team {
    double luck;  /* that its unit shares, in the noise of every score */
    double score; /* mean of its members' */
    double truth;
    int n;
    bool last;         /* of its type, where that has two teams or more */
    bool top;          /* among the assessment.top_units of its type */
    bool among_lowest; /* of its type by truth: the lowest assessment.lowest, at least one */
};

/* Parts of the step, in their order. */

/** Scores and truths of teams from those of their members, and their ranks within types. */
void ech_assessment_rank_teams(struct ech_run *run);

/** Pools that a scenario may have: those of each unit, each type and the county, leaders apart. */
int ech_rating_pools(const struct ech_scenario *scenario);

/** Rates everybody within his pool. */
void ech_assessment_rate(struct ech_run *run);

/** Consequences by ratings, votes and ranks of teams, and their execution. */
void ech_assessment_judge(struct ech_run *run);

/** Whether more than the allowed votes of colleagues are against a leader, or too few are for him. */
struct ech_votes {
    bool too_few_good;
    bool too_many_against;
};

/** The votes (民主测评) of this year on somebody. */
struct ech_votes ech_assessment_votes(const struct ech_run *run, ech_id id);

/** The head (一把手) of a unit: the holder of its highest chief's post, or ECH_NONE. */
ech_id ech_assessment_head(const struct ech_run *run, ech_id unit);

#endif
