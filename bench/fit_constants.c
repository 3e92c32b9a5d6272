/* Recomputes the constants of basis FITTED from a scenario (docs/calibration.md): the centres of the
   covariates of leaving and of discipline at month 0; the base rates of `upward` and `outward`, so that the first three years
   lose LOSSES people a year; and the threshold of wanting to leave, so that after a year a share WANTING of
   the leaders of type TYPE is above it. Each is printed with the error of the fit.
   usage: bench_fit_constants SCENARIO LOSSES TYPE WANTING [REPLICATIONS [SIGMA]]
   (nanpiao: baseline.yaml 10 township 0.44) */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "input/load.h"
#include "model/discipline.h"
#include "model/leaving.h"
#include "model/run.h"
#include "model/state.h"

enum { FIT_MONTHS = 36, SURVEY_MONTH = 12, ROUNDS = 6, N_COVARIATES = 10, N_BINS = 20000 };
static const double upward_share = 0.6; /* assumed split 6 : 4 (MODEL: Baseline data) */
static const double least_ratio = -10, most_ratio = 10; /* logarithms, in N_BINS bins */

/** A number of each replication: its sum and sum of squares. */
struct series {
    double sum;
    double squares;
};

/** What one round of replications shows. */
struct round {
    int n; /* replications */
    struct series lost;
    struct series centre[N_COVARIATES];
    double covariates[N_COVARIATES]; /* of this replication, over n_people */
    double n_people;
    int survey_type;
    double bins[N_BINS]; /* leaders of that type by the logarithm of their rate ratio */
};

static void add(struct series *series, double x)
{
    series->sum += x;
    series->squares += x * x;
}

static double mean_of(const struct series *series, int n)
{
    return series->sum / n;
}

static double error_of(const struct series *series, int n)
{
    double mean = series->sum / n;
    return n > 1 ? sqrt(fmax(series->squares / n - mean * mean, 0) / (n - 1)) : NAN;
}

/* The covariates of leaving and of discipline in the order of `centres`. */
static void list(const struct ech_covariates *x, const struct ech_discipline_covariates *y,
                 double *values)
{
    const double all[N_COVARIATES] = {x->remote,   x->pay_gap, x->load,       x->accountability,
                                      x->outsider, x->young,   x->stagnation, x->strain,
                                      y->tenure,   y->chief};
    memcpy(values, all, sizeof all);
}

static const enum ech_param_id centres[N_COVARIATES] = {
    ECH_PARAM_ID_exit_centre_remote,       ECH_PARAM_ID_exit_centre_pay_gap,
    ECH_PARAM_ID_exit_centre_load,         ECH_PARAM_ID_exit_centre_accountability,
    ECH_PARAM_ID_exit_centre_outsider,     ECH_PARAM_ID_exit_centre_young,
    ECH_PARAM_ID_exit_centre_stagnation,   ECH_PARAM_ID_exit_centre_strain,
    ECH_PARAM_ID_discipline_centre_tenure, ECH_PARAM_ID_discipline_centre_chief};

static void add_person(struct round *round, const struct ech_run *run, ech_id id)
{
    double values[N_COVARIATES];
    struct ech_covariates x = ech_leaving_covariates(run, &run->people[id]);
    struct ech_discipline_covariates y = ech_discipline_covariates_of(run, &run->people[id]);
    list(&x, &y, values);
    round->n_people++;
    for (int i = 0; i < N_COVARIATES; i++) {
        round->covariates[i] += values[i];
    }
}

static void add_leader(struct round *round, const struct ech_run *run, ech_id id)
{
    double at = (ech_leaving_ratio(run, id) - least_ratio) / (most_ratio - least_ratio) * N_BINS;
    int bin = (int)fmin(fmax(at, 0), N_BINS - 1);
    if (run->scenario->units[run->people[id].unit].type == round->survey_type) {
        round->bins[bin]++;
    }
}

static void look(const struct ech_run *run, const char *process, void *context)
{
    bool start = strcmp(process, "start") == 0;
    bool survey = run->month == SURVEY_MONTH && strcmp(process, "record") == 0;
    for (ech_id id = 0; id < run->n_people && (start || survey); id++) {
        const struct ech_person *person = &run->people[id];
        if (person->presence != ECH_SERVING || person->track != ECH_ADMIN) {
            continue;
        }
        if (start) {
            add_person(context, run, id);
        } else if (person->post != ECH_NONE) {
            add_leader(context, run, id);
        }
    }
}

static void end_replication(struct round *round, const struct ech_scenario *s,
                            const struct ech_output *output, const struct ech_layout *layout)
{
    int n = layout->n * s->n_counties;
    double lost = 0;
    for (int i = n; i < n * (FIT_MONTHS + 1); i++) {
        int slot = i % layout->n - layout->first[ECH_M_exits_CAUSE];
        bool counts = slot == ECH_CAUSE_UPWARD || slot == ECH_CAUSE_OUTWARD;
        lost += counts ? (double)output->county[i] : 0;
    }
    add(&round->lost, lost * 12 / FIT_MONTHS);
    for (int i = 0; i < N_COVARIATES; i++) {
        add(&round->centre[i], round->covariates[i] / round->n_people);
        round->covariates[i] = 0;
    }
    round->n_people = 0;
}

static void run_round(const struct ech_scenario *s, struct round *round)
{
    struct ech_layout layout = ech_measure_layout(s->n_levels);
    size_t months = (size_t)s->n_months + 1;
    struct ech_output output = {
        .county = calloc(months * (size_t)(s->n_counties * layout.n), sizeof(int64_t)),
        .type = calloc(months * (size_t)(s->n_types * layout.n), sizeof(int64_t)),
        .unit = calloc(months * (size_t)(s->n_units * layout.n_unit), sizeof(int64_t))};
    struct ech_run *run;
    if (output.county == NULL || output.type == NULL || output.unit == NULL ||
        ech_run_create(s, &run, NULL) != ECH_OK) {
        abort();
    }
    ech_run_set_check(run, look, round);
    for (int r = 1; r <= round->n; r++) {
        if (ech_run_replication(run, 20190805, r, &output, NULL, NULL) != ECH_OK) {
            abort();
        }
        end_replication(round, s, &output, &layout);
    }
    ech_run_free(run);
    free(output.county);
    free(output.type);
    free(output.unit);
}

/* The point that a share `wanting` of the leaders lies above, and leaders by unit of the logarithm there. */
static double threshold_of(const struct round *round, double wanting, double *density, double *n)
{
    double width = (most_ratio - least_ratio) / N_BINS;
    double above = 0;
    int bin = N_BINS;
    *n = 0;
    for (int i = 0; i < N_BINS; i++) {
        *n += round->bins[i];
    }
    while (bin > 0 && above + round->bins[bin - 1] <= wanting * *n) {
        above += round->bins[--bin];
    }
    double near = 0; /* within 0.1 on both sides */
    int reach = (int)(0.1 / width);
    for (int i = bin > reach ? bin - reach : 0; i < bin + reach && i < N_BINS; i++) {
        near += round->bins[i];
    }
    *density = near / *n / 0.2;
    return least_ratio + bin * width;
}

static void set_rates(struct ech_scenario *s, double total, const struct round *round, double sigma)
{
    for (int i = 0; i < s->n_sets; i++) {
        struct ech_params *p = &s->sets[i];
        p->exit_upward_rate = ech_rate_constant(total * upward_share);
        p->exit_outward_rate = ech_rate_constant(total * (1 - upward_share));
        p->taste_sigma = sigma >= 0 ? sigma : p->taste_sigma;
        for (int c = 0; c < N_COVARIATES && round->n > 0; c++) {
            ech_param_set(p, &ech_param_rows[centres[c]], mean_of(&round->centre[c], round->n));
        }
    }
}

static void print_round(const struct round *round, double total, double wanting)
{
    double density, n;
    double relative = error_of(&round->lost, round->n) / mean_of(&round->lost, round->n);
    double threshold = threshold_of(round, wanting, &density, &n);
    printf("exit.upward.rate: %.5f    # +- %.5f\nexit.outward.rate: %.5f   # +- %.5f\n",
           total * upward_share, total * upward_share * relative, total * (1 - upward_share),
           total * (1 - upward_share) * relative);
    for (int c = 0; c < N_COVARIATES; c++) {
        char path[128];
        ech_param_path(&ech_param_rows[centres[c]], path, sizeof path);
        printf("%s: %.4f   # +- %.4f\n", path, mean_of(&round->centre[c], round->n),
               error_of(&round->centre[c], round->n));
    }
    printf("wants.threshold: %.4f   # +- %.4f\n", threshold,
           sqrt(wanting * (1 - wanting) / n) / density);
}

static int survey_type(const struct ech_scenario *s, const char *id)
{
    for (int t = 0; t < s->n_types; t++) {
        if (strcmp(s->types[t].id, id) == 0) {
            return t;
        }
    }
    return ECH_NONE;
}

static int usage(const char *program)
{
    fprintf(stderr, "usage: %s SCENARIO LOSSES TYPE WANTING [REPLICATIONS [SIGMA]]; three years\n",
            program);
    return 2;
}

int main(int argc, char **argv)
{
    static struct round round, before;
    struct ech_scenario s = {0};
    double target = argc > 2 ? atof(argv[2]) : 0, wanting = argc > 4 ? atof(argv[4]) : 0;
    int replications = argc > 5 ? atoi(argv[5]) : 2000;
    double sigma = argc > 6 ? atof(argv[6]) : -1, total = 0.0166;
    if (!(target > 0) || !(wanting > 0 && wanting < 1) || replications < 1 ||
        ech_scenario_load(argv[1], NULL, &s, NULL) != ECH_OK || s.n_months < FIT_MONTHS ||
        survey_type(&s, argv[3]) == ECH_NONE) {
        return usage(argv[0]);
    }
    s.n_months = FIT_MONTHS;
    for (int i = 0; i < ROUNDS; i++) {
        bool last = i + 1 == ROUNDS;
        set_rates(&s, total, &before, sigma);
        memset(&round, 0, sizeof round);
        round.n = last ? replications : replications / 4 + 1;
        round.survey_type = survey_type(&s, argv[3]);
        run_round(&s, &round);
        printf("# round %d: %.3f a year\n", i + 1, mean_of(&round.lost, round.n));
        total *= target / mean_of(&round.lost, round.n);
        before = round;
    }
    print_round(&round, total, wanting);
    ech_scenario_free(&s);
    return 0;
}
