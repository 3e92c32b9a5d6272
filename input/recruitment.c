/* Recruitment by plan into units with free head count. */
#include "input/entries.h"
#include "input/scalar.h"
#include "model/key.h"

/** By what a plan is told: exactly one of these keys, by enum ech_recruit_by. */
static const char *const amounts[] = {[ECH_RECRUIT_NUMBER] = "number",
                                      [ECH_RECRUIT_TOTAL] = "total",
                                      [ECH_RECRUIT_GROWTH] = "growth"};
enum { N_AMOUNTS = sizeof amounts / sizeof *amounts };

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

/** Exactly one amount, at most one of age and ages; `of` only beside a total or a growth. */
static bool check_keys(struct ech_loading *loading, const struct ech_node *entry)
{
    static const char *const ages[] = {"age", "ages"};
    const struct ech_node *of = ech_node_child(entry, "of");
    bool good = ech_entry_exactly_one(loading, entry, amounts, N_AMOUNTS);
    if (ech_node_child(entry, "age") != NULL) {
        good &= ech_entry_exactly_one(loading, entry, ages, 2);
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
    struct ech_names channels = channel_rows(loading);
    const struct share_names of_levels = {&loading->level_rows, ECH_WORD_LEVEL};
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
    good &= ech_entry_row(loading, entry, "type", &loading->type_rows, ECH_WORD_TYPE, &plan->type);
    good &= read_shares(loading, ech_node_child(entry, "level"), &of_levels, plan->level);
    good &= read_shares(loading, ech_node_child(entry, "channel"), &of_channels, plan->channel);
    read_ages(entry, plan);
    for (int by = 0; by < N_AMOUNTS; by++) {
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
        ech_too_large(
            loading,
            ECH_BOTH("the number of people in units with free head count", "不定编单位的人数"),
            most, ECH_MOST_PLACES, ECH_BYTES_OF_PERSON, at);
    }
}

void ech_recruitment_load(struct ech_loading *loading)
{
    struct ech_scenario *scenario = loading->scenario;
    struct ech_entries entries = ech_entries_gather(loading, "recruitment");
    scenario->recruitments =
        ech_arena_array(loading->keep, (size_t)entries.n, sizeof *scenario->recruitments);
    for (int i = 0; i < entries.n; i++) {
        struct ech_recruitment plan;
        if (read_recruitment(loading, entries.rows[i], &plan)) {
            check_plans(loading, &plan, entries.rows[i]);
            scenario->recruitments[scenario->n_recruitments++] = plan;
            ech_entry_note(loading, "recruitment", entries.rows[i]);
        }
    }
    if (entries.n > 0 || scenario->n_blocks > 0) {
        check_size(loading, entries.n > 0 ? entries.rows[entries.n - 1]->at
                                          : scenario->blocks[scenario->n_blocks - 1].at);
    }
}
