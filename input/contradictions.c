/* What contradicts itself in one set of parameters. */
#include <math.h>
#include <string.h>

#include "input/policy.h"
#include "input/scalar.h"

static const char *path_of(struct ech_loading *loading, const struct ech_param_row *row)
{
    char path[128];
    ech_param_path(row, path, sizeof path);
    return ech_arena_text(&loading->scratch, path, strlen(path));
}

/** The place of the later of two assignments; defaults have none. */
static struct ech_mark later(const struct ech_loading *loading, const struct ech_assignment *a,
                             const struct ech_assignment *b)
{
    if (a != NULL && b != NULL) {
        return a->order > b->order ? a->at : b->at;
    }
    const struct ech_document *first = loading->documents.rows[loading->documents.n - 1];
    return a != NULL ? a->at : b != NULL ? b->at : (struct ech_mark){first->file.path, 0, 0};
}

/** "hiring.age_min: 40" */
static const char *said(struct ech_loading *loading, const struct ech_draft_set *set,
                        enum ech_param_id id)
{
    const struct ech_param_row *row = &ech_param_rows[id];
    struct ech_assignment silent = ech_assign_default(row, &loading->scratch);
    const struct ech_assignment *by = set->by[id] != NULL ? set->by[id] : &silent;
    return ech_arena_format(&loading->scratch, "%s: %s", path_of(loading, row),
                            ech_assign_text(by, &loading->scratch));
}

static void contradict(struct ech_loading *loading, const struct ech_draft_set *set,
                       enum ech_param_id a, enum ech_param_id b, const char *hint)
{
    ech_fail(loading->error, ECH_ERR_CONFLICT,
             (struct ech_facts){.what = said(loading, set, a),
                                .value = said(loading, set, b),
                                .hint = hint,
                                .at = later(loading, set->by[a], set->by[b])});
}

/** A parameter against something that is no parameter. */
static void contradict_fact(struct ech_loading *loading, const struct ech_draft_set *set,
                            enum ech_param_id a, const char *fact, const char *hint)
{
    ech_fail(loading->error, ECH_ERR_CONFLICT,
             (struct ech_facts){.what = said(loading, set, a),
                                .value = fact,
                                .hint = hint,
                                .at = later(loading, set->by[a], NULL)});
}

static void contradict_table(struct ech_loading *loading, const struct ech_draft_set *set,
                             enum ech_param_id a, const char *table)
{
    contradict_fact(loading, set, a, table, ECH_BOTH("the table is missing", "缺少该表"));
}

/* Exact probabilities */

/** Adds the starts of a rate's bands to months[n], and the month before the first. */
static int add_starts(const struct ech_rate *rate, enum ech_band_by by, int *months, int n)
{
    for (int b = 0; b < rate->n_bands && rate->by == by; b++) {
        months[n++] = rate->from_month[b];
    }
    return n;
}

/** Rates whose exact probabilities compete in one draw. */
enum { N_RATES = 5 };

/** Largest sum of their exact monthly probabilities over all services and ages; logits not counted. */
static double most_probable(const struct ech_rate *const rates[N_RATES])
{
    int service[N_RATES * ECH_MAX_BANDS + 1] = {0};
    int age[N_RATES * ECH_MAX_BANDS + 1] = {0};
    int n_service = 1;
    int n_age = 1;
    for (int r = 0; r < N_RATES; r++) {
        n_service = add_starts(rates[r], ECH_BY_SERVICE, service, n_service);
        n_age = add_starts(rates[r], ECH_BY_AGE, age, n_age);
    }
    double most = 0;
    for (int i = 0; i < n_service * n_age; i++) {
        double sum = 0;
        for (int r = 0; r < N_RATES; r++) {
            bool exact = false;
            double value = rates[r]->by == ECH_BY_LOGIT
                               ? 0
                               : ech_rate_at(rates[r], service[i / n_age], age[i % n_age], &exact);
            sum += exact ? value : 0;
        }
        most = sum > most ? sum : most;
    }
    return most;
}

static bool has_probability(const struct ech_rate *rate)
{
    bool has = false;
    for (int b = 0; b < rate->n_bands; b++) {
        has |= rate->is_probability[b] && rate->value[b] > 0;
    }
    return has;
}

static void check_probabilities(struct ech_loading *loading, const struct ech_draft_set *set)
{
    const struct ech_params *params = &set->params;
    const struct ech_rate *const rates[N_RATES] = {
        &params->exit_resign_rate, &params->exit_upward_rate, &params->exit_outward_rate,
        &params->push_up_rate, &params->push_down_rate};
    static const enum ech_param_id ids[N_RATES] = {
        ECH_PARAM_ID_exit_resign_rate, ECH_PARAM_ID_exit_upward_rate,
        ECH_PARAM_ID_exit_outward_rate, ECH_PARAM_ID_push_up_rate, ECH_PARAM_ID_push_down_rate};
    double sum = most_probable(rates);
    if (!(sum > 1 + 1e-12)) {
        return;
    }
    const char *text = ech_scalar_text(sum, &loading->scratch);
    const struct ech_assignment *last = NULL;
    const char *what = NULL; /* all but the last of those that are not 0 */
    const char *value = NULL;
    for (int r = 0; r < N_RATES; r++) {
        const struct ech_assignment *by = set->by[ids[r]];
        last = last == NULL || (by != NULL && by->order > last->order) ? by : last;
        if (has_probability(rates[r])) {
            what = value == NULL  ? NULL
                   : what == NULL ? value
                                  : ech_arena_format(&loading->scratch, "%s + %s", what, value);
            value = said(loading, set, ids[r]);
        }
    }
    ech_fail(loading->error, ECH_ERR_CONFLICT,
             (struct ech_facts){
                 .what = what != NULL ? what : value,
                 .value = what != NULL ? value : "1",
                 .hint = ech_arena_format(&loading->scratch,
                                          ECH_BOTH("monthly probabilities sum to %s, more than 1",
                                                   "月概率之和为 %s，超过1"),
                                          text, text),
                 .at = later(loading, last, NULL)});
}

void ech_contradictions_check(struct ech_loading *loading, const struct ech_draft_set *set)
{
    static const struct {
        enum ech_param_id low, high;
    } ordered[] = {
        {ECH_PARAM_ID_hiring_age_min, ECH_PARAM_ID_hiring_age_max},
        {ECH_PARAM_ID_entry_age_min, ECH_PARAM_ID_entry_age_max},
        {ECH_PARAM_ID_outside_age_min, ECH_PARAM_ID_outside_age_max},
        {ECH_PARAM_ID_rotation_min_tenure, ECH_PARAM_ID_rotation_max_tenure},
        {ECH_PARAM_ID_rotation_min_tenure, ECH_PARAM_ID_rotation_max_unit_time},
    };
    const struct ech_params *params = &set->params;
    const char *bytes = (const char *)params;
    for (size_t i = 0; i < sizeof ordered / sizeof ordered[0]; i++) {
        int low = 0;
        int high = 0;
        memcpy(&low, bytes + ech_param_rows[ordered[i].low].offset, sizeof low);
        memcpy(&high, bytes + ech_param_rows[ordered[i].high].offset, sizeof high);
        if (low > high) {
            contradict(loading, set, ordered[i].low, ordered[i].high,
                       ECH_BOTH("the first is larger than the second", "前者大于后者"));
        }
    }
    if (params->hiring_bachelor + params->hiring_postgraduate > 1 + 1e-12) {
        contradict(loading, set, ECH_PARAM_ID_hiring_bachelor, ECH_PARAM_ID_hiring_postgraduate,
                   ECH_BOTH("they sum to more than 1", "二者之和超过1"));
    }
    if (params->background_finance + params->background_audit + params->background_engineering +
            params->background_law + params->background_agriculture >
        1 + 1e-12) {
        contradict(loading, set, ECH_PARAM_ID_background_finance,
                   ECH_PARAM_ID_background_agriculture,
                   ECH_BOTH("the shares of specialties sum to more than 1", "各专业比例之和超过1"));
    }
    if (isfinite(params->term_most) && params->term_counts_from > params->term_length) {
        contradict(loading, set, ECH_PARAM_ID_term_counts_from, ECH_PARAM_ID_term_length,
                   ECH_BOTH("no term would ever count", "任何一届都不会计入"));
    }
    if (params->conflict_rate.by != ECH_BY_NOTHING) {
        contradict_fact(loading, set, ECH_PARAM_ID_conflict_rate, ECH_BOTH("two people", "两个人"),
                        ECH_BOTH("a pair has no age or service of its own: give one number",
                                 "两人没有共同的年龄或工龄，请给一个数"));
    }
    if (isfinite(params->hiring_budget) && !(params->hiring_cost > 0)) {
        contradict(loading, set, ECH_PARAM_ID_hiring_budget, ECH_PARAM_ID_hiring_cost,
                   ECH_BOTH("a budget needs a cost of each recruit", "设经费上限须同时设人均经费"));
    }
    const struct ech_node *tables = ech_child_map(loading->merged, "tables");
    if (params->retirement_rule == ECH_RETIRE_LAW && ech_node_child(tables, "retirement") == NULL) {
        contradict_table(loading, set, ECH_PARAM_ID_retirement_rule, "tables.retirement");
    }
    if (params->exit_death_factor > 0 && ech_node_child(tables, "mortality") == NULL) {
        contradict_table(loading, set, ECH_PARAM_ID_exit_death_factor, "tables.mortality");
    }
    check_probabilities(loading, set);
}
