/* Recomputes the constants of basis FITTED from a scenario (docs/calibration.md): the centres of the
   covariates of leaving at month 0 and the base rates of `upward` and `outward`, so that the first
   three years lose LOSSES people a year; the centres of the covariates of discipline.
   usage: bench_fit_constants SCENARIO LOSSES [REPLICATIONS]   (nanpiao: baseline.yaml 10) */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "input/load.h"
#include "model/discipline.h"
#include "model/leaving.h"
#include "model/run.h"
#include "model/state.h"

enum { FIT_MONTHS = 36, ROUNDS = 6 };
static const double upward_share = 0.6; /* assumed split 6 : 4 (MODEL: Baseline data) */

/* Sums over people and replications. */
struct sums {
    double n;
    struct ech_covariates x;
    struct ech_discipline_covariates discipline;
};

static void add_people(const struct ech_run *run, const char *process, void *context)
{
    struct sums *sums = context;
    if (run->month != 0) {
        return;
    }
    (void)process;
    for (ech_id id = 0; id < run->n_people; id++) {
        const struct ech_person *person = &run->people[id];
        if (person->presence != ECH_SERVING || person->track != ECH_ADMIN) {
            continue;
        }
        struct ech_covariates x = ech_leaving_covariates(run, person);
        sums->n++;
        sums->x.remote += x.remote;
        sums->x.pay_gap += x.pay_gap;
        sums->x.outsider += x.outsider;
        sums->x.young += x.young;
        struct ech_discipline_covariates y = ech_discipline_covariates_of(run, person);
        sums->discipline.tenure += y.tenure;
        sums->discipline.chief += y.chief;
    }
}

/* Upward and outward exits a year, administrative track, over the first three years. */
static double losses(const struct ech_scenario *s, int replications, struct sums *sums)
{
    struct ech_layout layout = ech_measure_layout(s->n_levels);
    size_t months = (size_t)s->n_months + 1;
    struct ech_output output = {
        .county = calloc(months * (size_t)(s->n_counties * layout.n), sizeof(int64_t)),
        .type = calloc(months * (size_t)(s->n_types * layout.n), sizeof(int64_t)),
        .unit = calloc(months * (size_t)(s->n_units * layout.n_unit), sizeof(int64_t))};
    struct ech_run *run;
    double sum = 0;
    if (ech_run_create(s, &run, NULL) != ECH_OK) {
        abort();
    }
    ech_run_set_check(run, add_people, sums);
    for (int r = 1; r <= replications; r++) {
        if (ech_run_replication(run, 20190805, r, &output, NULL, NULL) != ECH_OK) {
            abort();
        }
        for (int i = layout.n * s->n_counties; i < layout.n * s->n_counties * (FIT_MONTHS + 1);
             i++) {
            int slot = i % layout.n - layout.first[ECH_M_exits_CAUSE];
            sum += slot == ECH_CAUSE_UPWARD || slot == ECH_CAUSE_OUTWARD ? (double)output.county[i]
                                                                         : 0;
        }
    }
    ech_run_free(run);
    free(output.county);
    free(output.type);
    free(output.unit);
    return sum * 12 / FIT_MONTHS / replications;
}

static void set_rates(struct ech_scenario *s, double total, const struct sums *sums)
{
    for (int i = 0; i < s->n_sets; i++) {
        struct ech_params *p = &s->sets[i];
        p->exit_upward_rate = ech_rate_constant(total * upward_share);
        p->exit_outward_rate = ech_rate_constant(total * (1 - upward_share));
        if (sums->n > 0) {
            p->exit_centre_remote = sums->x.remote / sums->n;
            p->exit_centre_pay_gap = sums->x.pay_gap / sums->n;
            p->exit_centre_outsider = sums->x.outsider / sums->n;
            p->exit_centre_young = sums->x.young / sums->n;
            p->discipline_centre_tenure = sums->discipline.tenure / sums->n;
            p->discipline_centre_chief = sums->discipline.chief / sums->n;
        }
    }
}

int main(int argc, char **argv)
{
    struct ech_scenario s = {0};
    double target = argc > 2 ? atof(argv[2]) : 0;
    int replications = argc > 3 ? atoi(argv[3]) : 2000;
    if (!(target > 0) || replications < 1 || ech_scenario_load(argv[1], NULL, &s, NULL) != ECH_OK ||
        s.n_months < FIT_MONTHS) {
        fprintf(stderr, "usage: %s SCENARIO LOSSES [REPLICATIONS]; at least three years\n",
                argv[0]);
        return 2;
    }
    s.n_months = FIT_MONTHS;
    double total = 0.0166;
    struct sums sums = {0};
    for (int round = 0; round < ROUNDS; round++) {
        set_rates(&s, total, &sums);
        struct sums now = {0};
        double lost = losses(&s, round + 1 < ROUNDS ? replications / 4 + 1 : replications, &now);
        sums = now;
        total *= round + 1 < ROUNDS ? target / lost : 1;
        printf("# round %d: %.3f a year\n", round + 1, lost);
    }
    printf("exit.upward.rate: %.5f\nexit.outward.rate: %.5f\n", total * upward_share,
           total * (1 - upward_share));
    printf("exit.centre.remote: %.4f\nexit.centre.pay_gap: %.4f\n", sums.x.remote / sums.n,
           sums.x.pay_gap / sums.n);
    printf("exit.centre.outsider: %.4f\nexit.centre.young: %.4f\n", sums.x.outsider / sums.n,
           sums.x.young / sums.n);
    printf("discipline.centre.tenure: %.4f\ndiscipline.centre.chief: %.4f\n",
           sums.discipline.tenure / sums.n, sums.discipline.chief / sums.n);
    ech_scenario_free(&s);
    return 0;
}
