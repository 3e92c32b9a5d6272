#include "bench/plain.h"

#include <gsl/gsl_rng.h>
#include <stdbool.h>
#include <stdlib.h>

enum { GRADES = 5, UNITS = 20, TENURE_BANDS = 4, RETIRE_AGE = 60 * 12, ENTRY_AGE = 22 * 12 };

/* Of all seats: staff, deputy heads, heads, ... */
static const double grade_share[GRADES] = {0.55, 0.25, 0.13, 0.05, 0.02};
/* Monthly chance of leaving by grade and by time in the grade: under 2, under 5, under 10 years, longer. */
static const double leaving[GRADES][TENURE_BANDS] = {{0.0083, 0.0061, 0.0042, 0.0031},
                                                     {0.0057, 0.0043, 0.0029, 0.0023},
                                                     {0.0041, 0.0033, 0.0024, 0.0019},
                                                     {0.0031, 0.0027, 0.0021, 0.0017},
                                                     {0.0023, 0.0021, 0.0018, 0.0013}};
static const double excellent = 0.15; /* of everybody, each year */
static const double swapped = 0.05;   /* likewise */

struct cadre {
    int age;    /* months */
    int tenure; /* months in the grade */
    int grade;
    int unit;
    int rating;
    double merit;
    bool serves;
};

struct model {
    gsl_rng *rng;
    struct cadre *people;
    int n;
    int vacant[GRADES];
    struct plain_result result;
};

static int band_of(int tenure)
{
    return tenure < 24 ? 0 : tenure < 60 ? 1 : tenure < 120 ? 2 : 3;
}

static void start(struct model *model)
{
    for (int i = 0; i < model->n; i++) {
        double u = (i + 0.5) / model->n;
        int grade = 0;
        while (grade < GRADES - 1 && u >= grade_share[grade]) {
            u -= grade_share[grade];
            grade++;
        }
        model->people[i] = (struct cadre){.age = ENTRY_AGE + grade * 60 +
                                                 (int)gsl_rng_uniform_int(model->rng, 200),
                                          .tenure = (int)gsl_rng_uniform_int(model->rng, 120),
                                          .grade = grade,
                                          .unit = i % UNITS,
                                          .merit = gsl_rng_uniform(model->rng),
                                          .serves = true};
    }
}

static void leave(struct model *model, struct cadre *cadre)
{
    cadre->serves = false;
    model->vacant[cadre->grade]++;
}

static void age_and_exit(struct model *model)
{
    for (int i = 0; i < model->n; i++) {
        struct cadre *cadre = &model->people[i];
        if (!cadre->serves) {
            continue;
        }
        cadre->age++;
        cadre->tenure++;
        if (gsl_rng_uniform(model->rng) < leaving[cadre->grade][band_of(cadre->tenure)]) {
            leave(model, cadre);
            model->result.exits++;
        } else if (cadre->age >= RETIRE_AGE) {
            leave(model, cadre);
            model->result.retirements++;
        }
    }
}

static struct cadre *longest_in(struct model *model, int grade)
{
    struct cadre *best = NULL;
    for (int i = 0; i < model->n; i++) {
        struct cadre *cadre = &model->people[i];
        if (cadre->serves && cadre->grade == grade &&
            (best == NULL || cadre->tenure > best->tenure)) {
            best = cadre;
        }
    }
    return best;
}

static void promote(struct model *model)
{
    for (int grade = GRADES - 1; grade > 0; grade--) {
        for (; model->vacant[grade] > 0; model->vacant[grade]--) {
            struct cadre *cadre = longest_in(model, grade - 1);
            if (cadre == NULL) {
                return;
            }
            cadre->grade = grade;
            cadre->tenure = 0;
            model->vacant[grade - 1]++;
            model->result.promotions++;
        }
    }
}

static void hire(struct model *model)
{
    for (int i = 0; i < model->n && model->vacant[0] > 0; i++) {
        if (!model->people[i].serves) {
            model->people[i] =
                (struct cadre){.age = ENTRY_AGE + (int)gsl_rng_uniform_int(model->rng, 96),
                               .unit = (int)gsl_rng_uniform_int(model->rng, UNITS),
                               .merit = gsl_rng_uniform(model->rng),
                               .serves = true};
            model->vacant[0]--;
        }
    }
}

static void assess(struct model *model)
{
    for (int i = 0; i < model->n; i++) {
        double seen = 0.5 * model->people[i].merit + 0.5 * gsl_rng_uniform(model->rng);
        model->people[i].rating = seen > 1 - excellent;
    }
}

/* Pairs of any two people of one grade in different units. */
static void swap_units(struct model *model)
{
    int wanted = (int)(swapped * model->n / 2);
    for (int k = 0; k < wanted; k++) {
        struct cadre *a = &model->people[gsl_rng_uniform_int(model->rng, (unsigned long)model->n)];
        struct cadre *b = &model->people[gsl_rng_uniform_int(model->rng, (unsigned long)model->n)];
        if (a->serves && b->serves && a->grade == b->grade && a->unit != b->unit) {
            int unit = a->unit;
            a->unit = b->unit;
            b->unit = unit;
            model->result.swaps++;
        }
    }
}

/* What a planner looks at each month. */
static void count(struct model *model)
{
    int heads[UNITS][GRADES] = {{0}};
    for (int i = 0; i < model->n; i++) {
        const struct cadre *cadre = &model->people[i];
        heads[cadre->unit][cadre->grade] += cadre->serves;
    }
    for (int unit = 0; unit < UNITS; unit++) {
        for (int grade = 0; grade < GRADES; grade++) {
            model->result.person_months += heads[unit][grade];
        }
    }
}

struct plain_result plain_run(int n_people, int n_months, unsigned long seed)
{
    struct model model = {.rng = gsl_rng_alloc(gsl_rng_mt19937),
                          .people = calloc((size_t)n_people, sizeof *model.people),
                          .n = n_people};
    if (model.rng == NULL || model.people == NULL) {
        abort();
    }
    gsl_rng_set(model.rng, seed);
    model.result.bytes = (size_t)n_people * sizeof *model.people;
    start(&model);
    for (int month = 1; month <= n_months; month++) {
        age_and_exit(&model);
        if (month % 12 == 0) {
            assess(&model);
            swap_units(&model);
        }
        promote(&model);
        hire(&model);
        count(&model);
    }
    gsl_rng_free(model.rng);
    free(model.people);
    return model.result;
}
