#include "input/assign.h"

#include <string.h>

#include "input/rate.h"
#include "input/scalar.h"
#include "input/schema.h"

void ech_assign_index(struct ech_checker *checker)
{
    for (int i = 0; i < ECH_N_PARAMS; i++) {
        char path[128];
        ech_param_path(&ech_param_rows[i], path, sizeof path);
        ech_names_add(&checker->parameters, ech_arena_text(checker->arena, path, strlen(path)), i,
                      checker->arena);
    }
}

/* Values */

static int unit_months(const struct ech_param_row *row)
{
    return strcmp(row->unit, "year") == 0 ? 12 : 1;
}

/** What a value of this type looks like, in both languages. */
static const char *wanted(const struct ech_param_row *row)
{
    switch (row->type) {
    case ECH_PARAM_MONTHS:
        return ECH_BOTH("whole months such as 60, 5 y or 18 m", "整月数，如 60、5 y 或 18 m");
    case ECH_PARAM_LIMIT:
        return ECH_BOTH("whole months such as 60, 5 y or 18 m, or off",
                        "整月数，如 60、5 y 或 18 m，或 off");
    case ECH_PARAM_COUNT:
    case ECH_PARAM_CALENDAR:
        return ECH_BOTH("a whole number", "整数");
    case ECH_PARAM_CAP:
        return ECH_BOTH("a number or off", "数或 off");
    case ECH_PARAM_MOST:
        return ECH_BOTH("a whole number or off", "整数或 off");
    case ECH_PARAM_DATE:
        return ECH_BOTH("a month such as 2021-06, or off", "年月，如 2021-06，或 off");
    case ECH_PARAM_FLAG:
        return ECH_BOTH("true or false", "true 或 false");
    default:
        return ECH_BOTH("a number such as 0.5", "数，如 0.5");
    }
}

/** Reads a scalar that is not a choice in the row's unit; false if it is of another type. */
static bool read_scalar(struct ech_node *node, const struct ech_param_row *row)
{
    if (node->kind != ECH_NODE_SCALAR || node->quoted) {
        return false;
    }
    switch (row->type) {
    case ECH_PARAM_MONTHS:
    case ECH_PARAM_LIMIT:
        if (!ech_scalar_months(node->text, unit_months(row), &node->number)) {
            return false;
        }
        node->number /= unit_months(row);
        return true;
    case ECH_PARAM_FLAG:
        return ech_scalar_flag(node->text, &node->number);
    case ECH_PARAM_DATE:
        return ech_scalar_month(node->text, &node->number);
    case ECH_PARAM_COUNT:
    case ECH_PARAM_MOST:
    case ECH_PARAM_CALENDAR:
        return ech_schema_number(node, true);
    default:
        return ech_schema_number(node, false);
    }
}

/** Splits "a|b|c" into words. */
static const char *const *words_of(const struct ech_param_row *row, int *n_words,
                                   struct ech_arena *arena)
{
    const char **words = ech_arena_array(arena, strlen(row->unit) + 1, sizeof *words);
    *n_words = 0;
    for (const char *word = row->unit; *word != '\0';) {
        size_t length = strcspn(word, "|");
        words[(*n_words)++] = ech_arena_text(arena, word, length);
        word += length + (word[length] == '|');
    }
    return words;
}

static void read_choice(struct ech_checker *checker, struct ech_node *node,
                        const struct ech_param_row *row)
{
    int n_words = 0;
    const char *const *words = words_of(row, &n_words, checker->arena);
    if (node->kind != ECH_NODE_SCALAR || node->bad) {
        const char *all = ech_refuse_words(words, n_words, checker->arena);
        ech_refuse_type(
            checker, node, node->key,
            ech_arena_format(checker->arena, ECH_BOTH("one of %s", "%s 之一"), all, all));
        return;
    }
    for (int i = 0; i < n_words; i++) {
        if (strcmp(words[i], node->text) == 0) {
            node->number = i;
            return;
        }
    }
    ech_refuse_choice(checker, node, node->key, words, n_words);
}

static void read_number(struct ech_checker *checker, struct ech_node *node,
                        const struct ech_param_row *row)
{
    bool word = node->kind == ECH_NODE_SCALAR && !node->quoted;
    if (ech_param_may_be_off(row) && word && strcmp(node->text, "off") == 0) {
        node->number = ECH_OFF;
    } else if (!read_scalar(node, row)) {
        ech_refuse_type(checker, node, node->key, wanted(row));
    } else if (!(node->number >= row->min && node->number <= row->max)) {
        const char *unit = row->type == ECH_PARAM_FLAG ? NULL : row->unit;
        ech_refuse_range(checker, node, node->key, &(struct ech_range){row->min, row->max, unit},
                         ech_param_may_be_off(row) ? ECH_BOTH("or off", "或 off") : NULL);
    }
}

/* Entries */

static void refuse_path(struct ech_checker *checker, struct ech_node *node)
{
    struct ech_guess guess = {.word = node->key};
    for (int i = 0; i < ECH_N_PARAMS; i++) {
        char path[128];
        ech_param_path(&ech_param_rows[i], path, sizeof path);
        ech_guess_try(&guess, path);
        if (guess.best == path) { /* keep the name beyond this round */
            guess.best = ech_arena_text(checker->arena, path, strlen(path));
        }
    }
    ech_refuse_key(checker, node, ech_guess_hint(&guess, checker->arena));
}

/** The narrowest thing by which a layer can differ must not be narrower than the row allows. */
static bool scope_allows(const struct ech_param_row *row, enum ech_layer layer)
{
    return layer == ECH_LAYER_POLICY || row->scope >= ECH_SCOPE_POST ||
           (row->scope == ECH_SCOPE_UNIT && (layer == ECH_LAYER_TYPE || layer == ECH_LAYER_UNIT));
}

static void refuse_scope(struct ech_checker *checker, const struct ech_node *node,
                         const struct ech_param_row *row, const char *by)
{
    ech_fail(checker->error, ECH_ERR_SCOPE,
             (struct ech_facts){.what = node->key,
                                .value = by,
                                .allowed = row->scope == ECH_SCOPE_UNIT
                                               ? ECH_BOTH("unit", "整个单位")
                                               : ECH_BOTH("county", "全县"),
                                .at = node->key_at});
}

static void check_entry(struct ech_checker *checker, struct ech_node *node, enum ech_layer layer,
                        const char *by)
{
    int i = ech_names_find(&checker->parameters, node->key);
    if (i == ECH_NONE) {
        refuse_path(checker, node);
        return;
    }
    struct ech_assignment *assignment = ech_arena_take(checker->arena, sizeof *assignment);
    assignment->row = &ech_param_rows[i];
    assignment->at = node->key_at;
    if (assignment->row->type == ECH_PARAM_RATE) {
        assignment->rate = ech_rate_read(checker, node, assignment->row);
    } else if (assignment->row->type == ECH_PARAM_CHOICE) {
        read_choice(checker, node, assignment->row);
    } else {
        read_number(checker, node, assignment->row);
    }
    assignment->number = node->number;
    if (!scope_allows(assignment->row, layer)) {
        refuse_scope(checker, node, assignment->row, by);
        node->bad = true;
    }
    node->policy = node->bad ? NULL : assignment;
}

void ech_assign_check(struct ech_checker *checker, struct ech_node *map, enum ech_layer layer,
                      const char *by)
{
    for (struct ech_node *node = map->first; node != NULL; node = node->next) {
        check_entry(checker, node, layer, by);
        map->bad |= node->bad;
    }
}

/* Use */

void ech_assign_apply(const struct ech_assignment *assignment, struct ech_params *params)
{
    if (assignment->rate != NULL) {
        memcpy(ech_param_field(params, assignment->row), assignment->rate,
               sizeof *assignment->rate);
    } else {
        ech_param_set(params, assignment->row, assignment->number);
    }
}

const char *ech_assign_text(const struct ech_assignment *assignment, struct ech_arena *arena)
{
    const struct ech_param_row *row = assignment->row;
    if (row->type == ECH_PARAM_RATE) {
        return ech_rate_text(assignment->rate, arena);
    }
    if (ech_param_may_be_off(row) && assignment->number == ECH_OFF) {
        return "off";
    }
    if (row->type == ECH_PARAM_FLAG) {
        return assignment->number != 0 ? "true" : "false";
    }
    if (row->type == ECH_PARAM_DATE) {
        return ech_scalar_month_text((int)assignment->number, arena);
    }
    if (row->type == ECH_PARAM_CHOICE) {
        int n_words = 0;
        return words_of(row, &n_words, arena)[(int)assignment->number];
    }
    return ech_scalar_text(assignment->number, arena);
}

struct ech_assignment ech_assign_default(const struct ech_param_row *row, struct ech_arena *arena)
{
    struct ech_assignment assignment = {.row = row, .number = row->def, .target = ECH_NONE};
    if (row->type == ECH_PARAM_RATE) {
        struct ech_rate *rate = ech_arena_take(arena, sizeof *rate);
        *rate = ech_rate_constant(row->def);
        assignment.rate = rate;
    }
    return assignment;
}
