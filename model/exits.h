/* Step 3: death, voluntary exits, exam windows, statutory retirement. */
#ifndef ECH_EXITS_H
#define ECH_EXITS_H

#include "model/state.h"

/** The step of the month. */
void ech_exits_step(struct ech_run *run);

/** Lays out the factors and the mortality of the policy in force; called by ech_policy_apply. */
void ech_exits_prepare(struct ech_run *run);

/** What the draw of a month decides between: a cause of leaving, or ECH_N_CAUSES + the level to which
    somebody is pushed. */
enum { ECH_N_RISKS = ECH_N_CAUSES + ECH_MAX_LEVELS };

/** What may happen to somebody in one month (docs/ODD.md, Exits): exact probabilities and hazards. */
struct ech_risks {
    int n;                           /* ECH_N_CAUSES, and with push flows the levels besides */
    double probability[ECH_N_RISKS]; /* exact */
    double rate[ECH_N_RISKS]; /* hazards in 1/year, which share what the probabilities leave */
};

/** Risks of a person in the current month. */
struct ech_risks ech_exit_risks(const struct ech_run *run, const struct ech_person *person);

/**
 * Probability that any of them happens this month: P + (1 - P) (1 - exp(-R / 12)). Logits may give a sum
 * P above 1, which the input cannot know: then it is 1 and they share it in proportion.
 */
double ech_exit_probability(const struct ech_risks *risks);

/** The risk to which v in (0, 1) falls, risks in order with their shares of the total. */
int ech_exit_risk(const struct ech_risks *risks, double v);

/** First month after `now` in which a rate passes to its next value for somebody, if before `month`. */
int ech_rate_change(int month, const struct ech_rate *rate, const struct ech_person *person,
                    int now);

/** What a logit asks of somebody in the current month. */
struct ech_rate_facts ech_rate_facts_of(const struct ech_run *run, const struct ech_person *person);

/** Value and kind of a rate of any form for somebody in the current month. */
double ech_rate_for(const struct ech_run *run, const struct ech_person *person,
                    const struct ech_rate *rate, bool *is_probability);

/** Lays out anew what exits keep of somebody, up to the next month in which it changes. */
void ech_exits_refresh(struct ech_run *run, ech_id id);

#endif
