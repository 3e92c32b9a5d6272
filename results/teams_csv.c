/* Team reviews as CSV: one line for each unit and date, as a table on paper would have it. */
#include "results/teams.h"

#include <math.h>
#include <stdlib.h>

#include "results/export.h"

static void put(FILE *out, double value)
{
    char text[40];
    ech_export_number(value, text, sizeof text);
    fprintf(out, ",%s", text);
}

static void put_several(FILE *out, const double *values, int n)
{
    for (int i = 0; i < n; i++) {
        put(out, values[i]);
    }
}

/* "finance+law" */
static void put_specialties(FILE *out, const struct ech_team *team)
{
    const char *before = ":";
    for (int s = 0; s < ECH_N_SPECIALTIES; s++) {
        if (ech_teams_lacks(team, (enum ech_specialty)s)) {
            fprintf(out, "%s%s", before, ech_specialty_names[s]);
            before = "+";
        }
    }
}

/* "fill:2 woman rotate:1 specialties:finance+law oldest" */
static void put_advice(FILE *out, const struct ech_team *team)
{
    const char *before = "";
    for (int advice = 0; advice < ECH_N_ADVICES; advice++) {
        if (!ech_teams_advises(team, advice)) {
            continue;
        }
        fprintf(out, "%s%s", before, ech_advice_names[advice]);
        if (advice == ECH_DEMAND_POSTS) {
            fprintf(out, ":%d", ech_teams_to_fill(team));
        } else if (advice == ECH_DEMAND_TENURE) {
            fprintf(out, ":%d", ech_teams_to_rotate(team));
        } else if (advice == ECH_DEMAND_SPECIALTIES) {
            put_specialties(out, team);
        }
        before = " ";
    }
}

/* 0 where there is no rank. */
static double known_count(int n)
{
    return n > 0 ? (double)n : (double)NAN;
}

static void put_team(FILE *out, const struct ech_result_scenario *scenario, int month,
                     const struct ech_team *team)
{
    char date[16];
    ech_export_date(scenario->start_month + month, date, sizeof date);
    ech_export_field(out, scenario->name);
    fprintf(out, ",%d,%s,", month, date);
    ech_export_field(out, scenario->groups[team->group].type);
    fputc(',', out);
    ech_export_field(out, scenario->groups[team->group].id);
    put(out, known_count(team->rank));
    put(out, known_count(team->n_equal));
    put(out, team->index);
    put(out, team->index_se);
    put(out, team->posts);
    put(out, team->leaders);
    put(out, team->posts - team->leaders);
    put(out, team->age_mean);
    put(out, team->age_oldest);
    put(out, team->age_youngest);
    put_several(out, team->education, ECH_N_EDUCATIONS);
    put_several(out, team->tenure, ECH_N_TENURES);
    put(out, team->over_long);
    put(out, team->women);
    put(out, team->nonparty);
    put(out, team->gaps);
    fputc(',', out);
    put_advice(out, team);
    fputc('\n', out);
}

static void put_head(FILE *out)
{
    fputs("scenario,month,date,type,unit,rank,equal,index,index_se,posts,leaders,vacant,age_mean,"
          "age_oldest,age_youngest",
          out);
    for (int e = 0; e < ECH_N_EDUCATIONS; e++) {
        fprintf(out, ",%s", ech_education_names[e]);
    }
    for (int t = 0; t < ECH_N_TENURES; t++) {
        fprintf(out, ",%s", ech_tenure_names[t]);
    }
    fputs(",over_10,women,nonparty,specialty_gaps,suggestion\n", out);
}

static enum ech_status put_scenario(const struct ech_results *results, int s, FILE *out,
                                    struct ech_error *error)
{
    const struct ech_result_scenario *scenario = ech_results_scenario(results, s);
    struct ech_teams teams = {0};
    int *months = NULL;
    int n_months = ech_teams_dates(scenario, &months);
    enum ech_status status =
        months ? ech_teams_read(results, s, months, n_months, &teams, error)
               : ech_fail(error, ECH_ERR_MEMORY,
                          (struct ech_facts){.what = ECH_BOTH("team reviews", "班子分析研判")});
    for (int i = 0; status == ECH_OK && i < teams.n_dates * teams.n; i++) {
        if (teams.team[i].posts > 0) {
            put_team(out, scenario, months[i / teams.n], &teams.team[i]);
        }
    }
    free(months);
    ech_teams_free(&teams);
    return status;
}

/* Sums of all scenarios are there, before the first line is written. */
static enum ech_status check_kept(const struct ech_results *results, struct ech_error *error)
{
    enum ech_status status = ECH_OK;
    for (int s = 0; status == ECH_OK && s < ech_results_n_scenarios(results); s++) {
        double *mean = NULL, *sd = NULL;
        int *n = NULL;
        if (!ech_results_keeps_monthly(results, s, 0, "team_index")) {
            status = ech_results_monthly(results, s, 0, "team_index", &mean, &sd, &n, error);
        }
        free(mean);
        free(sd);
        free(n);
    }
    return status;
}

enum ech_status ech_teams_csv(const struct ech_results *results, FILE *out, struct ech_error *error)
{
    enum ech_status status = check_kept(results, error);
    if (status != ECH_OK) {
        return status;
    }
    put_head(out);
    for (int s = 0; status == ECH_OK && s < ech_results_n_scenarios(results); s++) {
        status = put_scenario(results, s, out, error);
    }
    return status == ECH_OK ? ech_export_end(out, error) : status;
}
