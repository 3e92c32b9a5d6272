/* The table of team reviews (班子分析研判): what the leaders of each unit add up to at a date, how the
   teams of a type rank, and what rules suggest. All numbers are means over the replications, so that two teams
   may differ by chance alone: one ranks above another only beyond two standard errors of the
   difference, those of a type taken as one. */
#ifndef ECH_TEAMS_H
#define ECH_TEAMS_H

#include <stdio.h>

#include "model/types.h"
#include "results/results.h"

/** What a rule suggests: the demands that are not met, and who is the oldest. */
enum ech_advice { ECH_ADVICE_OLDEST = ECH_N_DEMANDS, ECH_N_ADVICES };
/** The word of each, as the CSV spells it; the first are those of the demands. */
extern const char *const ech_advice_names[ECH_N_ADVICES];

/** One team at one date. */
struct ech_team {
    int group;    /* of the scenario */
    int type;     /* group of its type, or ECH_NONE */
    double teams; /* share of replications in which the unit has any leader */
    double posts;
    double leaders;
    double index;    /* share of demands met; NAN without leaders, and so for the ages */
    double index_se; /* its standard error; NAN with one replication */
    double age_mean; /* years, and so for the next two */
    double age_oldest;
    double age_youngest;
    double education[ECH_N_EDUCATIONS]; /* people, and so for the next three rows */
    double tenure[ECH_N_TENURES];
    double over_long; /* over ten years in post */
    double women, nonparty;
    double gaps;                     /* specialties */
    double lacks[ECH_N_SPECIALTIES]; /* share of replications without the specialty asked for */
    double met[ECH_N_DEMANDS];       /* share of replications with any leader; NAN without */
    int rank;                        /* 1 + teams of its type clearly above; 0 without an index */
    int n_equal;                     /* teams of this rank */
    unsigned advice;                 /* 1 << enum ech_advice */
};

/** The teams of a scenario at some dates. Owns `team`. */
struct ech_teams {
    int n; /* units; those without leading posts too */
    int n_dates;
    struct ech_team *team; /* [n_dates * n], of each date by type as in the file, the best first */
};

/**
 * Reads the teams of scenario s at the ends of the months [n_months], which are the start, ends of
 * years or the last month. The caller frees, after an error too.
 */
enum ech_status ech_teams_read(const struct ech_results *results, int s, const int *months,
                               int n_months, struct ech_teams *teams, struct ech_error *error);
/** Frees; empty again. */
void ech_teams_free(struct ech_teams *teams);

/** Months of the start and the ends of years, the last month too; returns how many. The array [n] is
    the caller's, to free(); NULL: out of memory. */
int ech_teams_dates(const struct ech_result_scenario *scenario, int **months);

/** Whether a rule suggests something: one of enum ech_team_demand or enum ech_advice. */
static inline bool ech_teams_advises(const struct ech_team *team, int advice)
{
    return (team->advice >> advice & 1U) != 0;
}
/** Posts to be filled, at least 1; of advice on ECH_DEMAND_POSTS. */
int ech_teams_to_fill(const struct ech_team *team);
/** Leaders to be moved, at least 1; of advice on ECH_DEMAND_TENURE. */
int ech_teams_to_rotate(const struct ech_team *team);
/** Whether the team lacks a specialty in at least half of the replications. */
bool ech_teams_lacks(const struct ech_team *team, enum ech_specialty specialty);

/**
 * Writes all teams of all scenarios at the start and the ends of years, a line each: columns as in
 * docs/results.md. ECH_ERR_UNFINISHED before the first line if sums are missing.
 */
enum ech_status ech_teams_csv(const struct ech_results *results, FILE *out,
                              struct ech_error *error);

#endif
