#include "input/rate.h"

#include <math.h>
#include <string.h>

#include "input/scalar.h"
#include "input/schema.h"

enum { LAST_MONTH = 1440 };

static const char *const forms[] = {"annual", "monthly", "logit", "service", "age"};
enum { N_VALUE_FORMS = 3, N_FORMS = 5 };

#define WANTED                                                                                     \
    ECH_BOTH("a hazard such as 0.02, {annual: p}, {monthly: p}, {logit: x}, "                      \
             "{service: [[0, value], ...]} or {age: ...}",                                         \
             "年风险率（如 0.02）、{annual: p}、{monthly: p}、{logit: x}、"             \
             "{service: [[0, 值], ...]} 或 {age: ...}")

/** The only entry of a map if its key is one of the first n_forms words, else NULL with an error. */
static struct ech_node *only_entry(struct ech_checker *checker, struct ech_node *node,
                                   const char *what, int n_forms)
{
    if (node->kind != ECH_NODE_MAP || node->n != 1) {
        ech_refuse_type(checker, node, what, WANTED);
        return NULL;
    }
    struct ech_guess guess = {.word = node->first->key};
    for (int i = 0; i < n_forms; i++) {
        if (strcmp(node->first->key, forms[i]) == 0) {
            return node->first;
        }
        ech_guess_try(&guess, forms[i]);
    }
    ech_refuse_key(checker, node->first, ech_guess_hint(&guess, checker->arena));
    node->bad = true;
    return NULL;
}

/** Reads the number of {annual: p}, {monthly: p} or {logit: x} into band b. */
static void read_form(struct ech_checker *checker, struct ech_node *entry, struct ech_rate *rate,
                      int b)
{
    static const struct ech_range share = {0, 1, NULL};
    bool logit = strcmp(entry->key, "logit") == 0;
    bool annual = strcmp(entry->key, "annual") == 0;
    if (!ech_schema_number(entry, false)) {
        ech_refuse_type(checker, entry, entry->key, ECH_BOTH("a number such as 0.5", "数，如 0.5"));
    } else if (logit && isinf(entry->number)) {
        ech_refuse_range(checker, entry, entry->key, &(struct ech_range){-1e300, 1e300, NULL},
                         NULL);
    } else if (!logit && !(entry->number >= 0 && entry->number <= 1)) {
        ech_refuse_range(checker, entry, entry->key, &share, NULL);
    } else if (annual && entry->number == 1) {
        ech_refuse_range(checker, entry, entry->key, &share,
                         ECH_BOTH("1 a year would be an infinite hazard, use {monthly: 1}",
                                  "年概率1意味着无穷大的风险率，请用 {monthly: 1}"));
    }
    double number = entry->number;
    rate->value[b] = annual ? -log1p(-number) : logit ? 1 / (1 + exp(-number)) : number;
    rate->is_probability[b] = !annual;
}

/** Reads a number or one of the forms into band b. */
static void read_value(struct ech_checker *checker, struct ech_node *node, const char *what,
                       const struct ech_param_row *row, struct ech_rate *rate, int b)
{
    if (ech_schema_number(node, false)) {
        rate->value[b] = node->number;
        if (!(node->number >= row->min && node->number <= row->max)) {
            ech_refuse_range(checker, node, what,
                             &(struct ech_range){row->min, row->max, row->unit}, NULL);
        }
        return;
    }
    struct ech_node *entry = only_entry(checker, node, what, N_VALUE_FORMS);
    if (entry != NULL) {
        read_form(checker, entry, rate, b);
        node->bad |= entry->bad;
    }
}

/* Logits with covariates */

static void read_coefficient(struct ech_checker *checker, struct ech_node *node,
                             struct ech_rate *rate)
{
    static const struct ech_range finite = {-1e6, 1e6, NULL};
    struct ech_guess guess = {.word = node->key};
    for (int term = 0; term < ECH_N_LOGIT_TERMS; term++) {
        if (strcmp(node->key, ech_logit_names[term]) == 0) {
            if (!ech_schema_number(node, false)) {
                ech_refuse_type(checker, node, node->key,
                                ECH_BOTH("a number such as 0.5", "数，如 0.5"));
            } else if (!(node->number >= finite.min && node->number <= finite.max)) {
                ech_refuse_range(checker, node, node->key, &finite, NULL);
            }
            rate->value[term] = node->number;
            return;
        }
        ech_guess_try(&guess, ech_logit_names[term]);
    }
    ech_refuse_key(checker, node, ech_guess_hint(&guess, checker->arena));
    node->bad = true;
}

/** {logit: {intercept: -4, age: 0.03, ...}, frozen: true}: the probability of a month by covariates. */
static void read_covariates(struct ech_checker *checker, struct ech_node *node,
                            struct ech_node *logit, struct ech_node *frozen, struct ech_rate *rate)
{
    rate->by = ECH_BY_LOGIT;
    rate->is_probability[0] = true;
    for (struct ech_node *child = logit->first; child != NULL; child = child->next) {
        read_coefficient(checker, child, rate);
        node->bad |= child->bad;
    }
    double flag = 0;
    if (frozen != NULL && (frozen->kind != ECH_NODE_SCALAR || frozen->quoted ||
                           !ech_scalar_flag(frozen->text, &flag))) {
        ech_refuse_type(checker, frozen, "frozen", ECH_BOTH("true or false", "true 或 false"));
        node->bad = true;
    }
    rate->frozen = flag != 0;
    if (rate->frozen && rate->value[ECH_LOGIT_REMOTE] != 0) {
        ech_fail(
            checker->error, ECH_ERR_CONFLICT,
            (struct ech_facts){.what = "remote",
                               .value = "frozen: true",
                               .hint = ECH_BOTH("the unit of a person is always the present one",
                                                "所在单位总以当前为准"),
                               .at = frozen->at});
        node->bad = true;
    }
}

/** The map of a logit with covariates, or NULL; *frozen is the entry beside it, or NULL. */
static struct ech_node *covariates_of(const struct ech_node *node, struct ech_node **frozen)
{
    struct ech_node *logit = node->kind == ECH_NODE_MAP ? ech_node_child(node, "logit") : NULL;
    *frozen = logit != NULL ? ech_node_child(node, "frozen") : NULL;
    bool alone = logit != NULL && node->n == (*frozen != NULL ? 2 : 1);
    return alone && logit->kind == ECH_NODE_MAP ? logit : NULL;
}

/** Reads [months, value] as band b. */
static void read_band(struct ech_checker *checker, struct ech_node *band, const char *what,
                      const struct ech_param_row *row, struct ech_rate *rate, int b)
{
    if (band->kind != ECH_NODE_LIST || band->n != 2) {
        ech_refuse_type(checker, band, what, ECH_BOTH("[months, value]", "[月数, 值]"));
        return;
    }
    struct ech_node *from = band->first;
    double least = b > 0 ? rate->from_month[b - 1] + 1 : 0;
    bool read = from->kind == ECH_NODE_SCALAR && !from->quoted &&
                ech_scalar_months(from->text, 1, &from->number);
    if (!read) {
        ech_refuse_type(checker, from, what, ECH_BOTH("whole months", "整月数"));
    } else if (!(from->number >= least && from->number <= LAST_MONTH)) {
        ech_refuse_range(checker, from, what, &(struct ech_range){least, LAST_MONTH, "months"},
                         ECH_BOTH("bands rise", "各段须递增"));
    }
    rate->from_month[b] = from->bad ? (int)least : (int)from->number;
    read_value(checker, from->next, what, row, rate, b);
    band->bad |= from->bad || from->next->bad;
}

static void read_table(struct ech_checker *checker, struct ech_node *table,
                       const struct ech_param_row *row, struct ech_rate *rate)
{
    if (table->kind != ECH_NODE_LIST || table->n == 0 || table->n > ECH_MAX_BANDS) {
        ech_refuse_type(
            checker, table, table->key,
            ECH_BOTH("a list of 1 to 24 bands [months, value]", "1至24个 [月数, 值] 的列表"));
        return;
    }
    rate->by = strcmp(table->key, "service") == 0 ? ECH_BY_SERVICE : ECH_BY_AGE;
    rate->n_bands = 0;
    for (struct ech_node *band = table->first; band != NULL; band = band->next) {
        read_band(checker, band, table->key, row, rate, rate->n_bands);
        table->bad |= band->bad;
        rate->n_bands++;
    }
}

const struct ech_rate *ech_rate_read(struct ech_checker *checker, struct ech_node *node,
                                     const struct ech_param_row *row)
{
    struct ech_rate *rate = ech_arena_take(checker->arena, sizeof *rate);
    *rate = ech_rate_constant(0);
    if (node->kind == ECH_NODE_SCALAR) {
        read_value(checker, node, node->key, row, rate, 0);
        return node->bad ? NULL : rate;
    }
    struct ech_node *frozen = NULL;
    struct ech_node *logit = covariates_of(node, &frozen);
    if (logit != NULL) {
        read_covariates(checker, node, logit, frozen, rate);
        return node->bad ? NULL : rate;
    }
    struct ech_node *entry = only_entry(checker, node, node->key, N_FORMS);
    if (entry == NULL) {
        return NULL;
    }
    if (entry->key[0] == 's' || strcmp(entry->key, "age") == 0) {
        read_table(checker, entry, row, rate);
    } else {
        read_form(checker, entry, rate, 0);
    }
    node->bad |= entry->bad;
    return node->bad ? NULL : rate;
}

/* Writing */

static const char *value_text(const struct ech_rate *rate, int b, struct ech_arena *arena)
{
    const char *number = ech_scalar_text(rate->value[b], arena);
    return rate->is_probability[b] ? ech_arena_format(arena, "{monthly: %s}", number) : number;
}

static const char *logit_text(const struct ech_rate *rate, struct ech_arena *arena)
{
    const char *terms = "";
    for (int term = 0; term < ECH_N_LOGIT_TERMS; term++) {
        if (rate->value[term] != 0) {
            terms =
                ech_arena_format(arena, "%s%s%s: %s", terms, *terms != '\0' ? ", " : "",
                                 ech_logit_names[term], ech_scalar_text(rate->value[term], arena));
        }
    }
    return ech_arena_format(arena, "{logit: {%s}%s}", terms, rate->frozen ? ", frozen: true" : "");
}

const char *ech_rate_text(const struct ech_rate *rate, struct ech_arena *arena)
{
    if (rate->by == ECH_BY_NOTHING) {
        return value_text(rate, 0, arena);
    }
    if (rate->by == ECH_BY_LOGIT) {
        return logit_text(rate, arena);
    }
    const char *bands = "";
    for (int b = 0; b < rate->n_bands; b++) {
        bands = ech_arena_format(arena, "%s%s[%d, %s]", bands, b > 0 ? ", " : "",
                                 rate->from_month[b], value_text(rate, b, arena));
    }
    return ech_arena_format(arena, "{%s: [%s]}", rate->by == ECH_BY_SERVICE ? "service" : "age",
                            bands);
}
