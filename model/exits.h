/* Step 3: death, voluntary exits, exam windows, statutory retirement. */
#ifndef ECH_EXITS_H
#define ECH_EXITS_H

#include "model/state.h"

/** The step of the month. */
void ech_exits_step(struct ech_run *run);

/** Lays out the factors and the mortality of the policy in force; called by ech_policy_apply. */
void ech_exits_prepare(struct ech_run *run);

/** What may happen to somebody in one month (MODEL.md: Rates): exact probabilities and hazards. */
struct ech_risks {
    double probability[ECH_N_CAUSES]; /* exact, by cause */
    double rate[ECH_N_CAUSES]; /* hazards in 1/year, which share what the probabilities leave */
};

/** Risks of a person in the current month. */
struct ech_risks ech_exit_risks(const struct ech_run *run, const struct ech_person *person);

/** Probability that he leaves this month for any cause: P + (1 - P) (1 - exp(-R / 12)). */
double ech_exit_probability(const struct ech_risks *risks);

/** The cause to which v in (0, 1) falls, causes in table order with their shares of the total. */
enum ech_cause ech_exit_cause(const struct ech_risks *risks, double v);

/** Covariates of leaving, uncentred: remoteness, pay gap, outsider, young. */
struct ech_covariates {
    double remote;
    double pay_gap;
    double outsider;
    double young;
};

/** Covariates of a person in the current month. */
struct ech_covariates ech_exit_covariates(const struct ech_run *run,
                                          const struct ech_person *person);

#endif
