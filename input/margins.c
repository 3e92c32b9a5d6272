#include "input/margins.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "input/schema.h"

/** Records one margin that cannot be met. The texts are in both languages. */
static void fail_margin(struct ech_margins *margins, const char *key, const char *value,
                        const char *allowed, const char *hint)
{
    struct ech_loading *loading = margins->loading;
    const struct ech_node *node = ech_node_child(margins->entry, key);
    const char *id = ech_node_child(margins->entry, "id")->text;
    ech_fail(loading->error, ECH_ERR_MARGIN,
             (struct ech_facts){.what = ech_arena_format(&loading->scratch,
                                                         ECH_BOTH("block '%s', %s", "组 '%s'，%s"),
                                                         id, key, id, key),
                                .value = value,
                                .allowed = allowed,
                                .hint = hint,
                                .at = node != NULL ? node->at : margins->entry->at});
}

static const char *number(struct ech_margins *margins, const char *format, int64_t n)
{
    return ech_arena_format(&margins->loading->scratch, format, (long long)n, (long long)n);
}

#define PEOPLE ECH_BOTH("%lld people", "%lld 人")
#define AT_MOST ECH_BOTH("at most %lld", "至多 %lld")
#define EXACTLY ECH_BOTH("%lld, the people of the block", "%lld（该组人数）")

void ech_margins_span(struct ech_margins *margins, const char *key, int *from, int *to)
{
    struct ech_node *span = ech_child_map(margins->entry, key);
    *from = *to = ECH_NONE;
    if (span == NULL || span->bad) {
        return;
    }
    const struct ech_node *low = ech_node_child(span, "from");
    const struct ech_node *high = ech_node_child(span, "to");
    if (low == NULL || high == NULL) {
        ech_missing(margins->loading, low == NULL ? "from" : "to", key, span->at);
        return;
    }
    if (low->number > high->number) {
        fail_margin(margins, key, ech_node_text(span, &margins->loading->scratch),
                    ECH_BOTH("from the shorter to the longer", "由短到长"), NULL);
        return;
    }
    *from = (int)low->number;
    *to = (int)high->number;
}

/* Ages */

/** The bands as numbers; `rest` is still ECH_NONE. */
static void read_bands(struct ech_margins *margins, struct ech_block *block,
                       const struct ech_node *list)
{
    struct ech_age_band *bands =
        ech_arena_array(margins->loading->keep, (size_t)list->n, sizeof *bands);
    for (const struct ech_node *band = list->first; band != NULL; band = band->next) {
        bands[block->n_bands++] = (struct ech_age_band){
            (int)band->first->number, (int)band->first->next->number, (int)band->last->number};
    }
    block->bands = bands;
}

static int by_ages(const void *a, const void *b)
{
    const struct ech_age_band *x = a;
    const struct ech_age_band *y = b;
    int differ = x->from - y->from;
    differ = differ != 0 ? differ : x->to - y->to;
    return differ != 0 ? differ : x->n - y->n;
}

/** Resolves `rest`, and sorts the bands; false if the sum does not fit the count. */
static bool resolve_bands(struct ech_margins *margins, struct ech_block *block,
                          const struct ech_node *list, bool sure)
{
    struct ech_age_band *rest = NULL;
    struct ech_age_band *bands =
        ech_arena_array(margins->loading->keep, (size_t)list->n, sizeof *bands);
    int64_t sum = 0;
    int n_rests = 0;
    memcpy(bands, block->bands, (size_t)block->n_bands * sizeof *bands);
    for (int b = 0; b < block->n_bands; b++) {
        bool is_rest = bands[b].n == ECH_REST;
        n_rests += is_rest;
        rest = is_rest ? &bands[b] : rest;
        sum += is_rest ? 0 : bands[b].n;
    }
    if (n_rests > 1) {
        fail_margin(margins, "ages", ECH_BOTH("`rest` twice", "两个 rest"),
                    ECH_BOTH("given once", "只出现一次"), NULL);
    }
    bool fits = n_rests > 0 ? sum <= block->count : sum == block->count;
    if (sure && !fits) {
        fail_margin(margins, "ages", number(margins, PEOPLE, sum),
                    number(margins, EXACTLY, block->count), NULL);
    }
    if (rest != NULL) {
        rest->n = fits ? (int)(block->count - sum) : 0;
    }
    qsort(bands, (size_t)block->n_bands, sizeof *bands, by_ages);
    block->bands = bands;
    return fits && n_rests <= 1;
}

/** Youngest age at the start of a band, in months. */
static int youngest(const struct ech_block *block, const struct ech_age_band *band)
{
    int served = block->age_at_entry && block->service_from != ECH_NONE ? block->service_from : 0;
    return 12 * band->from + served;
}

/** People of the block who may be below an age limit, given their bands. */
static int64_t people_below(const struct ech_block *block, int limit)
{
    int64_t n = 0;
    for (int b = 0; b < block->n_bands; b++) {
        n += youngest(block, &block->bands[b]) < limit ? block->bands[b].n : 0;
    }
    return n;
}

/** Nobody starts at or above the age at which he retires. */
static void check_sexes(struct ech_margins *margins, const struct ech_block *block,
                        const struct ech_params *params)
{
    bool retires = params->retirement_rule != ECH_RETIRE_NONE;
    int women_limit = retires ? params->retirement_age_women : INT_MAX;
    int men_limit = retires ? params->retirement_age_men : INT_MAX;
    int64_t may_be_women = people_below(block, women_limit);
    int64_t may_be_men = people_below(block, men_limit);
    int64_t may_be_either = may_be_women > may_be_men ? may_be_women : may_be_men;
    if (may_be_either < block->count) {
        fail_margin(margins, "ages",
                    number(margins, ECH_BOTH("%lld people past retirement", "%lld 人已过退休年龄"),
                           block->count - may_be_either),
                    ECH_BOTH("below retirement.age_men and retirement.age_women",
                             "低于 retirement.age_men 和 retirement.age_women"),
                    NULL);
    } else if (block->women > may_be_women && block->women <= block->count) {
        fail_margin(margins, "women", number(margins, PEOPLE, block->women),
                    number(margins, AT_MOST, may_be_women),
                    ECH_BOTH("so many are young enough by `ages` and retirement.age_women",
                             "按 ages 与 retirement.age_women，年龄合适者仅此数"));
    } else if (block->count - block->women > may_be_men) {
        fail_margin(
            margins, "women", number(margins, PEOPLE, block->women),
            number(margins, ECH_BOTH("at least %lld", "至少 %lld"), block->count - may_be_men),
            ECH_BOTH("so many are too old for men by `ages` and retirement.age_men",
                     "按 ages 与 retirement.age_men，其余人年龄超过男性上限"));
    }
}

/** Nobody entered before initial.entry_age. */
static void check_service(struct ech_margins *margins, const struct ech_block *block,
                          const struct ech_params *params)
{
    int served = block->service_from != ECH_NONE ? block->service_from : 0;
    for (int b = 0; b < block->n_bands && !block->age_at_entry; b++) {
        const struct ech_age_band *band = &block->bands[b];
        if (band->n > 0 && 12 * band->from - served < params->initial_entry_age) {
            fail_margin(margins, "ages",
                        number(margins, ECH_BOTH("somebody aged %lld", "有人 %lld 岁"), band->from),
                        number(margins,
                               ECH_BOTH("at least initial.entry_age and %lld months of service",
                                        "不低于 initial.entry_age 加 %lld 个月工龄"),
                               served),
                        NULL);
            return;
        }
    }
}

/* Other margins */

static void check_at_most(struct ech_margins *margins, const char *key, int n, int most)
{
    if (n > most) {
        fail_margin(margins, key, number(margins, PEOPLE, n), number(margins, AT_MOST, most), NULL);
    }
}

static void read_education(struct ech_margins *margins, struct ech_block *block, bool sure)
{
    const struct ech_node *education = ech_child_map(margins->entry, "education");
    const struct ech_node *fulltime = ech_child_map(margins->entry, "fulltime");
    int64_t sum = 0;
    for (int e = 0; e < ECH_N_EDUCATIONS; e++) {
        block->education[e] = (int)ech_child_number(education, ech_education_names[e], 0);
        block->fulltime[e] = (int)ech_child_number(fulltime, ech_education_names[e], 0);
        sum += block->education[e];
    }
    if (education == NULL) {
        block->education[ECH_EDU_COLLEGE] = sum == 0 ? block->count : 0;
    } else if (sure && sum != block->count) {
        fail_margin(margins, "education", number(margins, PEOPLE, sum),
                    number(margins, EXACTLY, block->count), NULL);
    }
    for (int e = 0; e < ECH_N_EDUCATIONS; e++) {
        if (block->fulltime[e] > block->education[e]) {
            fail_margin(margins, "fulltime",
                        ech_arena_format(&margins->loading->scratch, "%s: %d",
                                         ech_education_names[e], block->fulltime[e]),
                        number(margins, AT_MOST, block->education[e]), NULL);
        }
    }
}

void ech_margins_fill(struct ech_margins *margins, struct ech_block *block, bool sure)
{
    const struct ech_scenario *scenario = margins->loading->scenario;
    const struct ech_node *ages = ech_child_good(margins->entry, "ages");
    if (margins->entry->bad) {
        return;
    }
    read_education(margins, block, sure);
    if (ages == NULL) {
        return; /* reported */
    }
    read_bands(margins, block, ages);
    bool fits = resolve_bands(margins, block, ages, sure);
    if (!sure || scenario->n_epochs == 0 || scenario->n_sets == 0 || scenario->n_units == 0) {
        return; /* without units, which were refused, there is no policy of the first one */
    }
    const struct ech_params *params = &scenario->sets[scenario->epochs[0].set_of[0]];
    if (fits) {
        check_sexes(margins, block, params);
    }
    check_service(margins, block, params);
    check_at_most(margins, "women", block->women, block->count);
    check_at_most(margins, "non_party", block->non_party, block->count);
    check_at_most(margins, "outsiders", block->outsiders, block->count);
}

/* Limits */

/** People whom the bands of a county's blocks force into a limit, and those given one by one. */
static int64_t forced(const struct ech_scenario *scenario, const struct ech_county *county,
                      const struct ech_age_limit *limit)
{
    int64_t n = 0;
    for (int p = county->first_person; p < county->first_person + county->n_people; p++) {
        const struct ech_initial_person *person = &scenario->people[p];
        int age = -person->birth_month / 12;
        n += age >= limit->from && age <= limit->to &&
             (limit->track == ECH_N_TRACKS || limit->track == (int)person->track);
    }
    for (int b = county->first_block; b < county->first_block + county->n_blocks; b++) {
        const struct ech_block *block = &scenario->blocks[b];
        bool counts = limit->track == ECH_N_TRACKS || limit->track == (int)block->track;
        for (int i = 0; i < block->n_bands && counts; i++) {
            const struct ech_age_band *band = &block->bands[i];
            int oldest = 12 * band->to + 11 + (block->age_at_entry ? block->service_to : 0);
            bool inside =
                youngest(block, band) >= 12 * limit->from && oldest < 12 * (limit->to + 1);
            n += inside ? band->n : 0;
        }
    }
    return n;
}

static void check_limit(struct ech_loading *loading, ech_id county,
                        const struct ech_age_limit *limit, const struct ech_node *entry)
{
    struct ech_arena *arena = &loading->scratch;
    int64_t n = forced(loading->scenario, &loading->scenario->counties[county], limit);
    if (n <= limit->at_most) {
        return;
    }
    ech_fail(loading->error, ECH_ERR_MARGIN,
             (struct ech_facts){
                 .what = ech_arena_format(arena, ECH_BOTH("limit '%s'", "限额 '%s'"), limit->id,
                                          limit->id),
                 .value = ech_arena_format(arena, PEOPLE, (long long)n, (long long)n),
                 .allowed = ech_arena_format(arena, ECH_BOTH("at most %d", "至多 %d"),
                                             limit->at_most, limit->at_most),
                 .hint = ECH_BOTH("the bands of the blocks, or the file of people, put them there",
                                  "各组的年龄段或人员文件已超过限额"),
                 .at = entry->at});
}

/** True if an entry is a limit of this county that can be used. */
static bool is_limit(struct ech_loading *loading, struct ech_node *entry, ech_id county)
{
    struct ech_node *named = ech_node_child(entry, "county");
    ech_id row = county;
    if (ech_child_scalar(entry, "id") == NULL || entry->bad) {
        return false;
    }
    if (named != NULL) {
        row = ech_row_of(loading, &loading->county_rows, named, ECH_BOTH("county", "县（区）"));
    }
    bool whole = true;
    static const char *const keys[] = {"ages", "at_most"};
    for (int i = 0; i < 2; i++) {
        if (ech_node_child(entry, keys[i]) == NULL) {
            whole = false;
            ech_missing(loading, keys[i], ech_node_child(entry, "id")->text, entry->at);
        }
    }
    return whole && row == county;
}

/** Limits of a track before those of all, then by ages and id: people are redrawn in this order. */
static int by_turn(const void *a, const void *b)
{
    const struct ech_age_limit *x = a;
    const struct ech_age_limit *y = b;
    int differ = x->track - y->track;
    differ = differ != 0 ? differ : x->from - y->from;
    differ = differ != 0 ? differ : x->to - y->to;
    return differ != 0 ? differ : strcmp(x->id, y->id);
}

void ech_margins_limits(struct ech_loading *loading, ech_id c, bool sure)
{
    struct ech_county *county = &loading->scenario->counties[c];
    const struct ech_node *list =
        ech_child_list(ech_child_map(loading->merged, "initial"), "limits");
    if (list == NULL) {
        return;
    }
    struct ech_age_limit *limits = ech_arena_array(loading->keep, (size_t)list->n, sizeof *limits);
    county->limits = limits;
    for (struct ech_node *entry = ech_entry(list->first); entry != NULL;
         entry = ech_entry(entry->next)) {
        if (!is_limit(loading, entry, c)) {
            continue;
        }
        struct ech_age_limit *limit = &limits[county->n_limits++];
        const struct ech_node *ages = ech_node_child(entry, "ages");
        *limit =
            (struct ech_age_limit){.id = ech_keep(loading, ech_node_child(entry, "id")->text),
                                   .track = (int)ech_child_number(entry, "track", ECH_N_TRACKS),
                                   .from = (int)ages->first->number,
                                   .to = (int)ages->last->number,
                                   .at_most = (int)ech_child_number(entry, "at_most", 0)};
        if (sure) {
            check_limit(loading, c, limit, entry);
        }
    }
    if (county->n_limits > 0) {
        qsort(limits, (size_t)county->n_limits, sizeof *limits, by_turn);
    }
}
