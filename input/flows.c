/* Push flows, and the units with free head count that they and recruitment by plan are about. */
#include "input/entries.h"
#include "input/scalar.h"

/** A rate acts every month; a probability once in each interval. */
static bool read_strength(struct ech_loading *loading, const struct ech_node *entry,
                          struct ech_flow *flow)
{
    const struct ech_node *rate = ech_node_child(entry, "rate");
    const struct ech_node *every = ech_node_child(entry, "every");
    flow->every = (int)ech_child_number(entry, "every", 1);
    if (rate != NULL && every != NULL) {
        ech_fail(loading->error, ECH_ERR_CONFLICT,
                 (struct ech_facts){
                     .what = "every",
                     .value = "rate",
                     .hint = ECH_BOTH("a rate acts every month; use probability: p",
                                      "rate 每月起作用；按周期一次起作用请用 probability: p"),
                     .at = every->key_at});
        return false;
    }
    if (rate != NULL) {
        flow->rate = *(const struct ech_rate *)rate->policy;
        return true;
    }
    flow->rate = ech_rate_constant(ech_child_number(entry, "probability", 0));
    flow->rate.is_probability[0] = true;
    return true;
}

static bool read_flow(struct ech_loading *loading, const struct ech_node *entry,
                      struct ech_flow *flow)
{
    static const char *const ends[] = {"to", "exit"};
    static const char *const strengths[] = {"rate", "probability"};
    bool good = ech_entry_exactly_one(loading, entry, ends, 2);
    good &= ech_entry_exactly_one(loading, entry, strengths, 2);
    good &= ech_entry_row(loading, entry, "type", &loading->type_rows, ECH_WORD_TYPE, &flow->type);
    good &=
        ech_entry_row(loading, entry, "from", &loading->level_rows, ECH_WORD_LEVEL, &flow->from);
    good &= ech_entry_row(loading, entry, "to", &loading->level_rows, ECH_WORD_LEVEL, &flow->to);
    if (!good || !read_strength(loading, entry, flow)) {
        return false;
    }
    flow->id = ech_keep(loading, ech_node_child(entry, "id")->text);
    flow->cause = (enum ech_cause)ech_child_number(entry, "exit", 0);
    if (flow->to == flow->from) {
        ech_fail(loading->error, ECH_ERR_CONFLICT,
                 (struct ech_facts){
                     .what = "to",
                     .value = "from",
                     .hint = ECH_BOTH("a flow leads to another level", "流动须通往另一级别"),
                     .at = ech_node_child(entry, "to")->at});
        return false;
    }
    return true;
}

/** Largest exact probability of a flow in a month in which it acts; logits are not known before. */
static double most_of(const struct ech_rate *rate)
{
    double most = 0;
    for (int b = 0; b < rate->n_bands && rate->by != ECH_BY_LOGIT; b++) {
        most = rate->is_probability[b] && rate->value[b] > most ? rate->value[b] : most;
    }
    return most;
}

/** Largest sum of exact probabilities that can act together on people of a type and level. */
static double most_together(const struct ech_scenario *scenario, ech_id type, ech_id level)
{
    double sum = 0;
    for (int f = 0; f < scenario->n_flows; f++) {
        const struct ech_flow *flow = &scenario->flows[f];
        bool acts = flow->from == level && (flow->type == ECH_NONE || flow->type == type);
        sum += acts ? most_of(&flow->rate) : 0;
    }
    return sum;
}

/** Sum of the exact probabilities of leaving and of push.* in one set of values. */
static double most_of_set(const struct ech_params *params)
{
    return most_of(&params->exit_resign_rate) + most_of(&params->exit_upward_rate) +
           most_of(&params->exit_outward_rate) + most_of(&params->push_up_rate) +
           most_of(&params->push_down_rate);
}

/** Refuses flows that with the exits of the policy happen to more than everybody. */
static void check_flows(struct ech_loading *loading, const struct ech_entries *entries)
{
    const struct ech_scenario *scenario = loading->scenario;
    double most = 0;
    for (int e = 0; e < scenario->n_epochs && entries->n > 0; e++) {
        for (ech_id u = 0; u < scenario->n_units; u++) {
            for (ech_id level = 0; level < scenario->n_levels; level++) {
                double sum = most_together(scenario, scenario->units[u].type, level);
                sum += sum > 0 ? most_of_set(ech_scenario_params(scenario, e, u, level)) : 0;
                most = sum > most ? sum : most;
            }
        }
    }
    if (most > 1 + 1e-12) {
        ech_fail(loading->error, ECH_ERR_RANGE,
                 (struct ech_facts){
                     .what = ECH_BOTH("the probabilities of flows, exits and push from one level",
                                      "同一级别的流动、离开与推式概率之和"),
                     .value = ech_scalar_sum_text(most, &loading->scratch),
                     .allowed = "[0, 1]",
                     .unit = "",
                     .at = entries->rows[entries->n - 1]->at});
    }
}

static void load_flows(struct ech_loading *loading)
{
    struct ech_scenario *scenario = loading->scenario;
    struct ech_entries entries = ech_entries_gather(loading, "flows");
    scenario->flows = ech_arena_array(loading->keep, (size_t)entries.n, sizeof *scenario->flows);
    for (int i = 0; i < entries.n; i++) {
        if (read_flow(loading, entries.rows[i], &scenario->flows[scenario->n_flows])) {
            scenario->n_flows++;
            ech_entry_note(loading, "flows", entries.rows[i]);
        }
    }
    check_flows(loading, &entries);
}

/** Free head count knows neither places nor posts. */
static void check_units(struct ech_loading *loading)
{
    const struct ech_scenario *scenario = loading->scenario;
    const struct ech_node *reported = NULL;
    for (ech_id u = 0; u < scenario->n_units; u++) {
        const struct ech_unit *unit = &scenario->units[u];
        const struct ech_node *entry = loading->drafts[u].quota_entry;
        bool quota = unit->n_posts > 0 || unit->establishment[ECH_ADMIN] > 0 ||
                     unit->establishment[ECH_INSTITUTION] > 0;
        if (unit->free && quota && entry != reported) {
            reported = entry; /* once for all units of an entry */
            ech_fail(loading->error, ECH_ERR_CONFLICT,
                     (struct ech_facts){
                         .what = ech_arena_format(&loading->scratch,
                                                  ECH_BOTH("%s, free: true", "%s，free: true"),
                                                  unit->id, unit->id),
                         .value = unit->n_posts > 0 ? "posts" : "establishment",
                         .hint = ECH_BOTH("free head count has neither places nor posts",
                                          "不定编单位既无编制也无职位"),
                         .at = entry->at});
        }
    }
}

void ech_flows_load(struct ech_loading *loading)
{
    if (loading->county_bad) {
        return;
    }
    check_units(loading);
    load_flows(loading);
    ech_recruitment_load(loading);
}
