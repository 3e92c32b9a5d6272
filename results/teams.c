#include "results/teams.h"

#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Three age bands take three people; and one is the oldest of few only by name. */
enum { AGES_ASKED = 3, FEWEST_OF_TYPE = 3, MAX_NAME = 64 };
/* A rule speaks up where it does so in at least this share of the replications. */
static const double usual = 0.5;

const char *const ech_advice_names[ECH_N_ADVICES] = {
    [ECH_DEMAND_POSTS] = "fill",
    [ECH_DEMAND_WOMAN] = "woman",
    [ECH_DEMAND_AGES] = "ages",
    [ECH_DEMAND_DEGREES] = "degrees",
    [ECH_DEMAND_SPECIALTIES] = "specialties",
    [ECH_DEMAND_TENURE] = "rotate",
    [ECH_ADVICE_OLDEST] = "oldest",
};

/* Measures with fields of their own; those of a dimension follow one another. */
static const struct {
    const char *measure;
    size_t offset;
    const char *const *words; /* of the dimension; NULL: none */
    int n_words;
} fields[] = {
    {"teams", offsetof(struct ech_team, teams), NULL, 1},
    {"posts", offsetof(struct ech_team, posts), NULL, 1},
    {"leaders", offsetof(struct ech_team, leaders), NULL, 1},
    {"team_index", offsetof(struct ech_team, index), NULL, 1},
    {"leaders_age_mean", offsetof(struct ech_team, age_mean), NULL, 1},
    {"team_oldest_mean", offsetof(struct ech_team, age_oldest), NULL, 1},
    {"team_youngest_mean", offsetof(struct ech_team, age_youngest), NULL, 1},
    {"leaders_education", offsetof(struct ech_team, education), ech_education_names,
     ECH_N_EDUCATIONS},
    {"leaders_tenure", offsetof(struct ech_team, tenure), ech_tenure_names, ECH_N_TENURES},
    {"leaders_long", offsetof(struct ech_team, over_long), NULL, 1},
    {"leaders_women", offsetof(struct ech_team, women), NULL, 1},
    {"leaders_nonparty", offsetof(struct ech_team, nonparty), NULL, 1},
    {"team_gaps", offsetof(struct ech_team, gaps), NULL, 1},
    {"team_gaps", offsetof(struct ech_team, lacks), ech_specialty_names, ECH_N_SPECIALTIES},
    {"team_met", offsetof(struct ech_team, met), ech_team_demand_names, ECH_N_DEMANDS},
};

void ech_teams_free(struct ech_teams *teams)
{
    free(teams->team);
    *teams = (struct ech_teams){0};
}

int ech_teams_dates(const struct ech_result_scenario *scenario, int **months)
{
    int n = 0;
    *months = calloc((size_t)scenario->n_months / 12 + 2, sizeof **months);
    for (int month = 0; *months && month < scenario->n_months; month += 12) {
        (*months)[n++] = month;
    }
    if (*months) {
        (*months)[n++] = scenario->n_months;
    }
    return n;
}

static struct ech_team *team_at(const struct ech_teams *teams, int date, int i)
{
    return &teams->team[(size_t)date * (size_t)teams->n + (size_t)i];
}

/* One measure of one unit into a field of all dates. */
static enum ech_status read_field(const struct ech_results *results, int s,
                                  const struct ech_teams *teams, int i, const int *months,
                                  const char *measure, size_t offset, struct ech_error *error)
{
    double *mean = NULL, *sd = NULL;
    int *n = NULL;
    enum ech_status status = ech_results_monthly(results, s, team_at(teams, 0, i)->group, measure,
                                                 &mean, &sd, &n, error);
    for (int date = 0; status == ECH_OK && date < teams->n_dates; date++) {
        struct ech_team *team = team_at(teams, date, i);
        int month = months[date];
        memcpy((char *)team + offset, &mean[month], sizeof mean[month]);
        if (offset == offsetof(struct ech_team, index)) {
            team->index_se = n[month] > 1 ? sd[month] / sqrt(n[month]) : NAN;
        }
    }
    free(mean);
    free(sd);
    free(n);
    return status;
}

static enum ech_status read_unit(const struct ech_results *results, int s,
                                 const struct ech_teams *teams, int i, const int *months,
                                 struct ech_error *error)
{
    enum ech_status status = ECH_OK;
    for (size_t f = 0; f < sizeof fields / sizeof *fields; f++) {
        for (int word = 0; word < fields[f].n_words && status == ECH_OK; word++) {
            char measure[MAX_NAME];
            snprintf(measure, sizeof measure, fields[f].words ? "%s[%s]" : "%s", fields[f].measure,
                     fields[f].words ? fields[f].words[word] : "");
            status = read_field(results, s, teams, i, months, measure,
                                fields[f].offset + (size_t)word * sizeof(double), error);
        }
    }
    return status;
}

/* Shares of the replications in which there is a team at all. */
static void share_met(struct ech_team *team)
{
    for (int demand = 0; demand < ECH_N_DEMANDS; demand++) {
        team->met[demand] = team->teams > 0 ? team->met[demand] / team->teams : NAN;
    }
}

int ech_teams_to_fill(const struct ech_team *team)
{
    return (int)lround(fmax(1, team->posts - team->leaders));
}

int ech_teams_to_rotate(const struct ech_team *team)
{
    return (int)lround(fmax(1, team->over_long));
}

bool ech_teams_lacks(const struct ech_team *team, enum ech_specialty specialty)
{
    return team->lacks[specialty] >= usual;
}

static bool lacks_any(const struct ech_team *team)
{
    for (int s = 0; s < ECH_N_SPECIALTIES; s++) {
        if (ech_teams_lacks(team, (enum ech_specialty)s)) {
            return true;
        }
    }
    return false;
}

/* What a team does not meet in half of the replications or more. */
static void advise(struct ech_team *team)
{
    for (int demand = 0; demand < ECH_N_DEMANDS; demand++) {
        if (team->met[demand] <= usual) {
            team->advice |= 1U << demand;
        }
    }
    if (team->posts < AGES_ASKED) {
        team->advice &= ~(1U << ECH_DEMAND_AGES);
    }
    if (!lacks_any(team)) { /* sometimes one, sometimes another */
        team->advice &= ~(1U << ECH_DEMAND_SPECIALTIES);
    }
    if (team->posts > 0 && !(team->teams > usual)) { /* usually nobody leads */
        team->advice = 1U << ECH_DEMAND_POSTS;
    }
}

/* What an index must be above another of the type to rank before it: two standard errors of the
   difference; with a single replication next to nothing. */
static double clear_difference(const struct ech_team *team, int n)
{
    double squares = 0;
    int known = 0;
    for (int i = 0; i < n; i++) {
        if (!isnan(team[i].index_se)) {
            squares += team[i].index_se * team[i].index_se;
            known++;
        }
    }
    return 1e-9 + (known > 0 ? 2 * sqrt(2 * squares / known) : 0);
}

static bool is_oldest(const struct ech_team *team, int n, int i)
{
    for (int other = 0; other < n; other++) {
        if (other != i && !(team[other].age_mean < team[i].age_mean) &&
            !isnan(team[other].age_mean)) {
            return false;
        }
    }
    return n >= FEWEST_OF_TYPE && !isnan(team[i].age_mean);
}

/* Ranks the teams of one type, the best first. */
static void rank_type(struct ech_team *team, int n)
{
    double clear = clear_difference(team, n);
    for (int i = 0, above = 0; i < n && !isnan(team[i].index); i++) {
        while (team[above].index > team[i].index + clear) {
            above++;
        }
        team[i].rank = above + 1;
    }
    for (int i = 0; i < n; i++) {
        for (int other = 0; other < n && team[i].rank > 0; other++) {
            team[i].n_equal += team[other].rank == team[i].rank;
        }
        team[i].advice |= is_oldest(team, n, i) ? 1U << ECH_ADVICE_OLDEST : 0;
    }
}

/* By type as in the file, the best first; without an index, last. */
static int best_first(const void *a, const void *b)
{
    const struct ech_team *x = a, *y = b;
    if (x->type != y->type) {
        return x->type - y->type;
    }
    if (isnan(x->index) || isnan(y->index) || x->index == y->index) {
        int undefined = isnan(x->index) - isnan(y->index);
        return undefined ? undefined : x->group - y->group;
    }
    return x->index < y->index ? 1 : -1;
}

static void judge(const struct ech_teams *teams)
{
    for (int date = 0; date < teams->n_dates; date++) {
        struct ech_team *team = team_at(teams, date, 0);
        for (int i = 0; i < teams->n; i++) {
            share_met(&team[i]);
            advise(&team[i]);
        }
        qsort(team, (size_t)teams->n, sizeof *team, best_first);
        for (int i = 0, next; i < teams->n; i = next) {
            for (next = i; next < teams->n && team[next].type == team[i].type;) {
                next++;
            }
            rank_type(&team[i], next - i);
        }
    }
}

static int count_units(const struct ech_result_scenario *scenario)
{
    int n = 0;
    for (int g = 0; g < scenario->n_groups; g++) {
        n += scenario->groups[g].kind == ECH_GROUP_UNIT;
    }
    return n;
}

/* Group and type of a unit at all dates. */
static void name_unit(const struct ech_results *results, int s, const struct ech_teams *teams,
                      int i, int group)
{
    const struct ech_result_scenario *scenario = ech_results_scenario(results, s);
    int type = ech_results_find_group(results, s, scenario->groups[group].type);
    for (int date = 0; date < teams->n_dates; date++) {
        team_at(teams, date, i)->group = group;
        team_at(teams, date, i)->type = type;
    }
}

enum ech_status ech_teams_read(const struct ech_results *results, int s, const int *months,
                               int n_months, struct ech_teams *teams, struct ech_error *error)
{
    const struct ech_result_scenario *scenario = ech_results_scenario(results, s);
    int n = count_units(scenario), i = 0;
    *teams = (struct ech_teams){.n = n, .n_dates = n_months};
    teams->team = calloc((size_t)n * (size_t)n_months + 1, sizeof *teams->team);
    if (!teams->team) {
        return ech_fail(error, ECH_ERR_MEMORY,
                        (struct ech_facts){.what = ECH_BOTH("team reviews", "班子分析研判")});
    }
    enum ech_status status = ECH_OK;
    for (int g = 0; g < scenario->n_groups && status == ECH_OK; g++) {
        if (scenario->groups[g].kind == ECH_GROUP_UNIT) {
            name_unit(results, s, teams, i, g);
            status = read_unit(results, s, teams, i++, months, error);
        }
    }
    if (status == ECH_OK) {
        judge(teams);
    }
    return status;
}
