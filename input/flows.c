/* Push flows and recruitment by plan, and the units with free head count that they are about. */
#include <stdlib.h>
#include <string.h>

#include "input/loading.h"
#include "input/scalar.h"
#include "model/key.h"

#define LEVEL ECH_BOTH("level", "级别")
#define TYPE ECH_BOTH("type of units", "单位类型")

/** The good entries of a list over all documents, by id; a later file replaces an entry. */
struct entries {
    struct ech_node **rows;
    int n;
};

static int by_id(const void *a, const void *b)
{
    const struct ech_node *const *x = a;
    const struct ech_node *const *y = b;
    return strcmp(ech_node_child(*x, "id")->text, ech_node_child(*y, "id")->text);
}

/** Row of the entry that has this id, or n. */
static int find(const struct entries *entries, const char *id)
{
    int row = 0;
    while (row < entries->n && strcmp(ech_node_child(entries->rows[row], "id")->text, id) != 0) {
        row++;
    }
    return row;
}

/** Adds the entries of one document; an id that stands in it twice is refused. */
static void add_document(struct ech_loading *loading, const struct ech_node *list,
                         struct entries *entries)
{
    struct ech_node *node = list != NULL ? ech_entry(list->first) : NULL;
    for (; node != NULL; node = ech_entry(node->next)) {
        const struct ech_node *id = ech_child_scalar(node, "id");
        if (id == NULL || node->bad) {
            continue;
        }
        int row = find(entries, id->text);
        const struct ech_node *old = row < entries->n ? entries->rows[row] : NULL;
        if (old != NULL && old->at.file == node->at.file) {
            ech_fail(loading->error, ECH_ERR_DUPLICATE,
                     (struct ech_facts){.what = id->text,
                                        .value = ech_arena_format(&loading->scratch, "%s:%d",
                                                                  old->at.file, old->at.line),
                                        .at = id->at});
        }
        entries->rows[row] = node;
        entries->n += old == NULL;
    }
}

static struct entries gather(struct ech_loading *loading, const char *key)
{
    struct entries entries = {NULL, 0};
    size_t most = 0;
    for (int d = 0; d < loading->documents.n; d++) {
        const struct ech_node *list = ech_child_list(loading->documents.rows[d]->tree.root, key);
        most += list != NULL ? (size_t)list->n : 0;
    }
    entries.rows = ech_arena_array(&loading->scratch, most, sizeof *entries.rows);
    for (int d = 0; d < loading->documents.n; d++) {
        add_document(loading, ech_child_list(loading->documents.rows[d]->tree.root, key), &entries);
    }
    qsort(entries.rows, (size_t)entries.n, sizeof *entries.rows, by_id);
    return entries;
}

/** Everything that an entry says, for the manifest: "flows[up].rate". */
static void note_settings(struct ech_loading *loading, const char *list,
                          const struct ech_node *entry)
{
    const char *id = ech_node_child(entry, "id")->text;
    for (const struct ech_node *child = entry->first; child != NULL; child = child->next) {
        if (strcmp(child->key, "id") != 0) {
            ech_override_add(&loading->overrides,
                             ech_arena_format(&loading->scratch, "%s[%s].%s", list, id, child->key),
                             "", child, &loading->scratch);
        }
    }
}

/** Exactly one of the keys must stand in an entry; records what is missing or contradicts. */
static bool exactly_one(struct ech_loading *loading, const struct ech_node *entry,
                        const char *const *keys, int n_keys)
{
    const struct ech_node *found = NULL;
    for (int k = 0; k < n_keys; k++) {
        const struct ech_node *node = ech_node_child(entry, keys[k]);
        if (node != NULL && found != NULL) {
            ech_fail(
                loading->error, ECH_ERR_CONFLICT,
                (struct ech_facts){.what = node->key,
                                   .value = found->key,
                                   .hint = ECH_BOTH("only one of them can hold", "二者只能取一"),
                                   .at = node->key_at});
            return false;
        }
        found = node != NULL ? node : found;
    }
    if (found == NULL) {
        ech_missing(loading, ech_refuse_words(keys, n_keys, &loading->scratch),
                    ech_node_child(entry, "id")->text, entry->at);
    }
    return found != NULL;
}

/** Row of an optional name; false if it is given and unknown. */
static bool optional_row(struct ech_loading *loading, const struct ech_node *entry, const char *key,
                         const struct ech_names *rows, const char *what, ech_id *row)
{
    struct ech_node *node = ech_child_scalar(entry, key);
    *row = node != NULL ? ech_row_of(loading, rows, node, what) : ECH_NONE;
    return node == NULL || *row != ECH_NONE;
}

/* Flows */

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
    bool good = exactly_one(loading, entry, ends, 2);
    good &= exactly_one(loading, entry, strengths, 2);
    good &= optional_row(loading, entry, "type", &loading->type_rows, TYPE, &flow->type);
    good &= optional_row(loading, entry, "from", &loading->level_rows, LEVEL, &flow->from);
    good &= optional_row(loading, entry, "to", &loading->level_rows, LEVEL, &flow->to);
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
static void check_flows(struct ech_loading *loading, const struct entries *entries)
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
    struct entries entries = gather(loading, "flows");
    scenario->flows = ech_arena_array(loading->keep, (size_t)entries.n, sizeof *scenario->flows);
    for (int i = 0; i < entries.n; i++) {
        if (read_flow(loading, entries.rows[i], &scenario->flows[scenario->n_flows])) {
            scenario->n_flows++;
            note_settings(loading, "flows", entries.rows[i]);
        }
    }
    check_flows(loading, &entries);
}

/* Recruitment */

/** What a list of shares is about. */
struct share_names {
    const struct ech_names *rows;
    const char *what;
};

/** Reads a name, or shares that sum to 1, into shares[]; absent: all of the first. */
static bool read_shares(struct ech_loading *loading, struct ech_node *node,
                        const struct share_names *names, double *shares)
{
    double sum = 0;
    bool good = true;
    if (node == NULL || node->kind == ECH_NODE_SCALAR) {
        ech_id row = node == NULL ? 0 : ech_row_of(loading, names->rows, node, names->what);
        if (row != ECH_NONE) {
            shares[row] = 1;
        }
        return row != ECH_NONE;
    }
    for (struct ech_node *share = node->first; share != NULL; share = share->next) {
        ech_id row = ech_row_of_key(loading, names->rows, share, names->what);
        good &= row != ECH_NONE;
        if (row != ECH_NONE) {
            shares[row] = share->number;
            sum += share->number;
        }
    }
    if (good && !(sum > 1 - 1e-9 && sum < 1 + 1e-9)) {
        ech_fail(loading->error, ECH_ERR_RANGE,
                 (struct ech_facts){.what = ech_arena_format(
                                        &loading->scratch, ECH_BOTH("the sum of '%s'", "'%s' 之和"),
                                        node->key, node->key),
                                    .value = ech_scalar_sum_text(sum, &loading->scratch),
                                    .allowed = "[1, 1]",
                                    .unit = "",
                                    .at = node->at});
        good = false;
    }
    return good;
}

static void read_ages(const struct ech_node *entry, struct ech_recruitment *plan)
{
    const struct ech_node *ages = ech_child_good(entry, "ages");
    double age = ech_child_number(entry, "age", ECH_NONE);
    plan->age_from = age >= 0 ? 12 * (int)age : ECH_NONE;
    plan->age_to = plan->age_from; /* to the month */
    if (ages != NULL) {
        plan->age_from = 12 * (int)ages->first->number;
        plan->age_to = 12 * (int)ages->last->number + 11;
    }
}

/** The words of channels as an index. */
static struct ech_names channel_rows(struct ech_loading *loading)
{
    struct ech_names rows = {NULL, NULL, 0, 0};
    for (int c = 0; c < ECH_N_CHANNELS; c++) {
        ech_names_add(&rows, ech_channel_names[c], c, &loading->scratch);
    }
    return rows;
}

/** At most one of age and ages; `of` only beside a total or a growth. */
static bool check_keys(struct ech_loading *loading, const struct ech_node *entry)
{
    static const char *const amounts[] = {"number", "total", "growth"};
    static const char *const ages[] = {"age", "ages"};
    const struct ech_node *of = ech_node_child(entry, "of");
    bool good = exactly_one(loading, entry, amounts, 3);
    if (ech_node_child(entry, "age") != NULL) {
        good &= exactly_one(loading, entry, ages, 2);
    }
    if (of != NULL && ech_node_child(entry, "number") != NULL) {
        ech_fail(loading->error, ECH_ERR_CONFLICT,
                 (struct ech_facts){
                     .what = "of",
                     .value = "number",
                     .hint = ECH_BOTH("it goes with total or growth", "仅与 total 或 growth 连用"),
                     .at = of->key_at});
        good = false;
    }
    return good;
}

static bool read_recruitment(struct ech_loading *loading, const struct ech_node *entry,
                             struct ech_recruitment *plan)
{
    static const char *const amounts[] = {"number", "total", "growth"};
    struct ech_names channels = channel_rows(loading);
    const struct share_names of_levels = {&loading->level_rows, LEVEL};
    const struct share_names of_channels = {&channels, ECH_BOTH("channel", "渠道")};
    const char *id = ech_keep(loading, ech_node_child(entry, "id")->text);
    *plan = (struct ech_recruitment){
        .id = id,
        .key = ech_key_of("recruitment", id),
        .whole_unit = ech_child_number(entry, "of", 0) != 0,
        .every = (int)ech_child_number(entry, "every", 1),
        .women = ech_child_number(entry, "women", -1),
    };
    bool good = check_keys(loading, entry);
    good &= optional_row(loading, entry, "type", &loading->type_rows, TYPE, &plan->type);
    good &= read_shares(loading, ech_node_child(entry, "level"), &of_levels, plan->level);
    good &= read_shares(loading, ech_node_child(entry, "channel"), &of_channels, plan->channel);
    read_ages(entry, plan);
    for (int by = 0; by < 3; by++) {
        if (ech_node_child(entry, amounts[by]) != NULL) {
            plan->by = (enum ech_recruit_by)by;
            plan->amount = ech_child_number(entry, amounts[by], 0);
        }
    }
    return good;
}

/** Two plans that fill the same heads up to a target, each on its own, would fill them twice. */
static bool fill_the_same(const struct ech_recruitment *a, const struct ech_recruitment *b)
{
    bool same = a->by != ECH_RECRUIT_NUMBER && b->by != ECH_RECRUIT_NUMBER &&
                (a->type == ECH_NONE || b->type == ECH_NONE || a->type == b->type);
    bool whole = a->whole_unit || b->whole_unit;
    for (int level = 0; level < ECH_MAX_LEVELS && same && !whole; level++) {
        whole = a->level[level] > 0 && b->level[level] > 0;
    }
    return same && whole;
}

static void check_plans(struct ech_loading *loading, const struct ech_recruitment *plan,
                        const struct ech_node *entry)
{
    const struct ech_scenario *scenario = loading->scenario;
    for (int r = 0; r < scenario->n_recruitments; r++) {
        const struct ech_recruitment *other = &scenario->recruitments[r];
        if (fill_the_same(plan, other)) {
            ech_fail(loading->error, ECH_ERR_CONFLICT,
                     (struct ech_facts){
                         .what = ech_arena_format(&loading->scratch, "recruitment[%s]", plan->id),
                         .value = ech_arena_format(&loading->scratch, "recruitment[%s]", other->id),
                         .hint = ECH_BOTH("both fill the same heads up to a target",
                                          "二者都把同一部分人员补足到目标数"),
                         .at = entry->at});
        }
    }
}

/** Refuses more people than are stated, before memory is taken for them. */
static void check_size(struct ech_loading *loading, struct ech_mark at)
{
    const struct ech_scenario *scenario = loading->scenario;
    int64_t most = 0;
    for (ech_id c = 0; c < scenario->n_counties; c++) {
        int64_t n = ech_scenario_free_people(scenario, &scenario->counties[c]);
        most = n > most ? n : most;
    }
    if (most > ECH_MOST_PLACES) {
        double mib = (double)most * 128 / (1024.0 * 1024.0);
        ech_fail(loading->error, ECH_ERR_TOO_LARGE,
                 (struct ech_facts){
                     .what = ECH_BOTH("the number of people in units with free head count",
                                      "不定编单位的人数"),
                     .value = ech_arena_format(&loading->scratch,
                                               ECH_BOTH("%lld, which would take about %.0f MiB",
                                                        "%lld，约需内存 %.0f MiB"),
                                               (long long)most, mib, (long long)most, mib),
                     .allowed = "20000000",
                     .at = at});
    }
}

static void load_recruitment(struct ech_loading *loading)
{
    struct ech_scenario *scenario = loading->scenario;
    struct entries entries = gather(loading, "recruitment");
    scenario->recruitments =
        ech_arena_array(loading->keep, (size_t)entries.n, sizeof *scenario->recruitments);
    for (int i = 0; i < entries.n; i++) {
        struct ech_recruitment plan;
        if (read_recruitment(loading, entries.rows[i], &plan)) {
            check_plans(loading, &plan, entries.rows[i]);
            scenario->recruitments[scenario->n_recruitments++] = plan;
            note_settings(loading, "recruitment", entries.rows[i]);
        }
    }
    if (entries.n > 0 || scenario->n_blocks > 0) {
        check_size(loading, entries.n > 0 ? entries.rows[entries.n - 1]->at
                                          : scenario->blocks[scenario->n_blocks - 1].at);
    }
}

/* Units */

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
    load_recruitment(loading);
}
