#include "input/schema.h"

#include <ctype.h>
#include <string.h>

#include "input/assign.h"
#include "input/encoding.h"
#include "input/names.h"
#include "input/rate.h"
#include "input/scalar.h"

/* Scalars */

typedef bool (*scalar_reader)(const char *text, double *number);

bool ech_schema_number(struct ech_node *node, bool whole)
{
    scalar_reader reader = whole ? ech_scalar_whole : ech_scalar_number;
    return node->kind == ECH_NODE_SCALAR && !node->quoted && !node->bad &&
           reader(node->text, &node->number);
}

static const char *name_of(const struct ech_node *node, const struct ech_field *field)
{
    return node->key != NULL ? node->key : field->key;
}

/** Reads a number in the field's range, or records why not. */
static void check_number(struct ech_checker *checker, struct ech_node *node,
                         const struct ech_field *field)
{
    bool whole = field->form != ECH_FORM_NUMBER && field->form != ECH_FORM_SPREAD &&
                 field->form != ECH_FORM_SHARES;
    if (!ech_schema_number(node, whole)) {
        ech_refuse_type(checker, node, name_of(node, field),
                        whole ? ECH_BOTH("a whole number", "整数")
                              : ECH_BOTH("a number such as 0.5", "数，如 0.5"));
    } else if (!(node->number >= field->range.min && node->number <= field->range.max)) {
        ech_refuse_range(checker, node, name_of(node, field), &field->range, NULL);
    }
}

static void check_months(struct ech_checker *checker, struct ech_node *node,
                         const struct ech_field *field)
{
    bool read = node->kind == ECH_NODE_SCALAR && !node->quoted &&
                ech_scalar_months(node->text, 1, &node->number);
    if (!read) {
        ech_refuse_type(
            checker, node, name_of(node, field),
            ECH_BOTH("whole months such as 60, 5 y or 18 m", "整月数，如 60、5 y 或 18 m"));
    } else if (!(node->number >= field->range.min && node->number <= field->range.max)) {
        ech_refuse_range(checker, node, name_of(node, field), &field->range, NULL);
    }
}

static void check_text(struct ech_checker *checker, struct ech_node *node,
                       const struct ech_field *field)
{
    if (node->kind != ECH_NODE_SCALAR || node->text[0] == '\0') {
        ech_refuse_type(checker, node, name_of(node, field), ECH_BOTH("text", "文字"));
    }
}

static void check_name(struct ech_checker *checker, struct ech_node *node,
                       const struct ech_field *field)
{
    if (node->kind != ECH_NODE_SCALAR || !ech_text_is_line(node->text)) {
        ech_refuse_type(checker, node, name_of(node, field),
                        ECH_BOTH("a line of at most 100 bytes", "一行文字，至多100字节"));
    }
}

/** Ids become groups in exports and parts of other names (unit/kind/1, post@month). */
static bool is_id(const char *text)
{
    size_t length = strlen(text);
    for (const char *c = text; *c != '\0'; c++) {
        unsigned char byte = (unsigned char)*c;
        if (!(byte >= 0x80 || isalnum(byte) || strchr("_-.", byte) != NULL)) {
            return false;
        }
    }
    return length > 0 && length <= 64;
}

static void check_id(struct ech_checker *checker, struct ech_node *node,
                     const struct ech_field *field)
{
    if (node->kind != ECH_NODE_SCALAR || !is_id(node->text)) {
        ech_refuse_type(checker, node, name_of(node, field),
                        ECH_BOTH("a name of at most 64 letters, digits, _ - .",
                                 "名称，至多64个字母、数字、_ - ."));
    }
}

static void check_flag(struct ech_checker *checker, struct ech_node *node,
                       const struct ech_field *field)
{
    if (node->kind != ECH_NODE_SCALAR || node->quoted ||
        !ech_scalar_flag(node->text, &node->number)) {
        ech_refuse_type(checker, node, name_of(node, field),
                        ECH_BOTH("true or false", "true 或 false"));
    }
}

static void check_date(struct ech_checker *checker, struct ech_node *node,
                       const struct ech_field *field)
{
    if (node->kind == ECH_NODE_SCALAR && ech_scalar_month(node->text, &node->number)) {
        return;
    }
    if (!node->bad) {
        ech_fail(checker->error, ECH_ERR_DATE,
                 (struct ech_facts){
                     .what = name_of(node, field),
                     .value = ech_refuse_value(node, checker->arena),
                     .allowed = ECH_BOTH("between 1900-01 and 2200-12", "（1900-01 至 2200-12）"),
                     .at = node->at});
    }
    node->bad = true;
}

static void check_choice(struct ech_checker *checker, struct ech_node *node,
                         const struct ech_field *field)
{
    if (node->kind != ECH_NODE_SCALAR || node->bad) {
        const char *words = ech_refuse_words(field->words, field->n_words, checker->arena);
        ech_refuse_type(
            checker, node, name_of(node, field),
            ech_arena_format(checker->arena, ECH_BOTH("one of %s", "%s 之一"), words, words));
        return;
    }
    for (int i = 0; i < field->n_words; i++) {
        if (strcmp(node->text, field->words[i]) == 0) {
            node->number = i;
            return;
        }
    }
    ech_refuse_choice(checker, node, name_of(node, field), field->words, field->n_words);
}

/* Lists and maps */

static const struct ech_field *find_field(const struct ech_field *fields, const char *key)
{
    for (const struct ech_field *field = fields; field->key != NULL; field++) {
        if (strcmp(field->key, key) == 0) {
            return field;
        }
    }
    return NULL;
}

static bool must_be(struct ech_checker *checker, struct ech_node *node,
                    const struct ech_field *field, enum ech_node_kind kind, const char *wanted)
{
    if (node->kind != kind) {
        ech_refuse_type(checker, node, name_of(node, field), wanted);
        return false;
    }
    return true;
}

static void check_map(struct ech_checker *checker, struct ech_node *node,
                      const struct ech_field *field)
{
    if (must_be(checker, node, field, ECH_NODE_MAP,
                ECH_BOTH("a map such as {key: value}", "映射，如 {键: 值}"))) {
        ech_schema_check(checker, node, field->of);
    }
}

static void check_list(struct ech_checker *checker, struct ech_node *node,
                       const struct ech_field *field)
{
    if (!must_be(checker, node, field, ECH_NODE_LIST,
                 ECH_BOTH("a list of entries, each beginning with -", "列表，每项以 - 开头"))) {
        return;
    }
    for (struct ech_node *entry = node->first; entry != NULL; entry = entry->next) {
        check_map(checker, entry, field);
        node->bad |= entry->bad;
    }
}

static void check_words(struct ech_checker *checker, struct ech_node *node,
                        const struct ech_field *field)
{
    static const struct ech_field languages[] = {
        {.key = "en", .form = ECH_FORM_TEXT}, {.key = "zh", .form = ECH_FORM_TEXT}, {.key = NULL}};
    if (node->kind == ECH_NODE_MAP) {
        ech_schema_check(checker, node, languages);
    } else if (node->kind != ECH_NODE_SCALAR || node->text[0] == '\0') {
        ech_refuse_type(checker, node, name_of(node, field),
                        ECH_BOTH("text, or {en: ..., zh: ...}", "文字，或 {en: ..., zh: ...}"));
    }
}

static void check_paths(struct ech_checker *checker, struct ech_node *node,
                        const struct ech_field *field)
{
    if (node->kind != ECH_NODE_LIST) {
        check_text(checker, node, field);
        return;
    }
    for (struct ech_node *path = node->first; path != NULL; path = path->next) {
        check_text(checker, path, field);
        node->bad |= path->bad;
    }
}

static void check_spread(struct ech_checker *checker, struct ech_node *node,
                         const struct ech_field *field)
{
    const struct ech_field ends[] = {
        {.key = "from", .form = ECH_FORM_NUMBER, .range = field->range, .required = true},
        {.key = "to", .form = ECH_FORM_NUMBER, .range = field->range, .required = true},
        {.key = NULL}};
    if (node->kind == ECH_NODE_MAP) {
        ech_schema_check(checker, node, ends);
    } else {
        check_number(checker, node, field);
    }
}

static void check_tracks(struct ech_checker *checker, struct ech_node *node,
                         const struct ech_field *field)
{
    const struct ech_field tracks[] = {
        {.key = "admin", .form = ECH_FORM_WHOLE, .range = field->range},
        {.key = "institution", .form = ECH_FORM_WHOLE, .range = field->range},
        {.key = NULL}};
    if (node->kind == ECH_NODE_MAP) {
        ech_schema_check(checker, node, tracks);
    } else {
        check_number(checker, node, field);
    }
}

static void check_counts(struct ech_checker *checker, struct ech_node *node,
                         const struct ech_field *field)
{
    if (!must_be(checker, node, field, ECH_NODE_MAP,
                 ECH_BOTH("a map such as {deputy: 6}", "映射，如 {deputy: 6}"))) {
        return;
    }
    for (struct ech_node *count = node->first; count != NULL; count = count->next) {
        check_number(checker, count, field);
        node->bad |= count->bad;
    }
}

static void check_shares(struct ech_checker *checker, struct ech_node *node,
                         const struct ech_field *field)
{
    if (node->kind == ECH_NODE_SCALAR) {
        check_id(checker, node, field);
        return;
    }
    if (node->kind != ECH_NODE_MAP) {
        ech_refuse_type(checker, node, name_of(node, field),
                        ECH_BOTH("a name, or shares such as {low: 0.7, high: 0.3}",
                                 "名称，或比例，如 {low: 0.7, high: 0.3}"));
        return;
    }
    for (struct ech_node *share = node->first; share != NULL; share = share->next) {
        check_number(checker, share, field);
        node->bad |= share->bad;
    }
}

static void check_rate(struct ech_checker *checker, struct ech_node *node,
                       const struct ech_field *field)
{
    (void)field;
    node->policy = ech_rate_read(checker, node, &ech_param_rows[ECH_PARAM_ID_push_up_rate]);
}

static const struct ech_field age_field = {
    .key = "ages", .form = ECH_FORM_WHOLE, .range = {0, 120, "years"}};

/** Checks [from, to, ...]: two ages, the second not below the first. */
static void check_age_range(struct ech_checker *checker, struct ech_node *pair)
{
    struct ech_node *from = pair->first;
    struct ech_node *to = from->next;
    check_number(checker, from, &age_field);
    check_number(checker, to, &age_field);
    pair->bad |= from->bad || to->bad;
    if (!pair->bad && from->number > to->number) {
        struct ech_range range = {from->number, age_field.range.max, age_field.range.unit};
        ech_refuse_range(checker, to, "ages", &range, NULL);
        pair->bad = true;
    }
}

static void check_ages(struct ech_checker *checker, struct ech_node *node,
                       const struct ech_field *field)
{
    if (node->kind != ECH_NODE_LIST || node->n != 2) {
        ech_refuse_type(checker, node, name_of(node, field),
                        ECH_BOTH("two ages [from, to]", "两个年龄 [从, 到]"));
        return;
    }
    check_age_range(checker, node);
}

static void check_band(struct ech_checker *checker, struct ech_node *band)
{
    static const struct ech_field people = {
        .key = "ages", .form = ECH_FORM_WHOLE, .range = {0, 20000000, "people"}};
    if (band->kind != ECH_NODE_LIST || band->n != 3) {
        ech_refuse_type(checker, band, "ages", ECH_BOTH("[from, to, people]", "[从, 到, 人数]"));
        return;
    }
    check_age_range(checker, band);
    if (band->last->kind == ECH_NODE_SCALAR && strcmp(band->last->text, "rest") == 0) {
        band->last->number = ECH_REST;
        return;
    }
    check_number(checker, band->last, &people);
    band->bad |= band->last->bad;
}

static void check_bands(struct ech_checker *checker, struct ech_node *node,
                        const struct ech_field *field)
{
    if (node->kind != ECH_NODE_LIST || node->n == 0) {
        ech_refuse_type(checker, node, name_of(node, field),
                        ECH_BOTH("a list of [from, to, people]", "[从, 到, 人数] 的列表"));
        return;
    }
    for (struct ech_node *band = node->first; band != NULL; band = band->next) {
        check_band(checker, band);
        node->bad |= band->bad;
    }
}

static void check_policy(struct ech_checker *checker, struct ech_node *node,
                         const struct ech_field *field)
{
    if (must_be(checker, node, field, ECH_NODE_MAP,
                ECH_BOTH("a map such as {hiring.quota: 9.4}", "映射，如 {hiring.quota: 9.4}"))) {
        ech_assign_check(checker, node, ECH_LAYER_POLICY, field->key);
    }
}

static void check_by(struct ech_checker *checker, struct ech_node *node,
                     const struct ech_field *field)
{
    enum ech_layer layer = field->form == ECH_FORM_BY_TYPE    ? ECH_LAYER_TYPE
                           : field->form == ECH_FORM_BY_LEVEL ? ECH_LAYER_LEVEL
                           : field->form == ECH_FORM_BY_KIND  ? ECH_LAYER_KIND
                                                              : ECH_LAYER_UNIT;
    const char *wanted = ECH_BOTH("a map such as {name: {incentive.allowance: 800}}",
                                  "映射，如 {名称: {incentive.allowance: 800}}");
    if (!must_be(checker, node, field, ECH_NODE_MAP, wanted)) {
        return;
    }
    for (struct ech_node *name = node->first; name != NULL; name = name->next) {
        if (must_be(checker, name, field, ECH_NODE_MAP, wanted)) {
            ech_assign_check(checker, name, layer, field->key);
        }
    }
}

/** How each form is checked. */
static void (*const checks[ECH_N_FORMS])(struct ech_checker *, struct ech_node *,
                                         const struct ech_field *) = {
    [ECH_FORM_TEXT] = check_text,     [ECH_FORM_NAME] = check_name,
    [ECH_FORM_ID] = check_id,         [ECH_FORM_WORDS] = check_words,
    [ECH_FORM_WHOLE] = check_number,  [ECH_FORM_NUMBER] = check_number,
    [ECH_FORM_FLAG] = check_flag,     [ECH_FORM_DATE] = check_date,
    [ECH_FORM_MONTHS] = check_months, [ECH_FORM_CHOICE] = check_choice,
    [ECH_FORM_MAP] = check_map,       [ECH_FORM_LIST] = check_list,
    [ECH_FORM_PATHS] = check_paths,   [ECH_FORM_SPREAD] = check_spread,
    [ECH_FORM_TRACKS] = check_tracks, [ECH_FORM_COUNTS] = check_counts,
    [ECH_FORM_AGES] = check_ages,     [ECH_FORM_BANDS] = check_bands,
    [ECH_FORM_POLICY] = check_policy, [ECH_FORM_BY_TYPE] = check_by,
    [ECH_FORM_BY_LEVEL] = check_by,   [ECH_FORM_BY_KIND] = check_by,
    [ECH_FORM_BY_UNIT] = check_by,    [ECH_FORM_SHARES] = check_shares,
    [ECH_FORM_RATE] = check_rate,
};

static void check_child(struct ech_checker *checker, struct ech_node *child,
                        const struct ech_field *fields)
{
    const struct ech_field *field = find_field(fields, child->key);
    if (field != NULL) {
        checks[field->form](checker, child, field);
        return;
    }
    struct ech_guess guess = {.word = child->key};
    for (field = fields; field->key != NULL; field++) {
        ech_guess_try(&guess, field->key);
    }
    ech_refuse_key(checker, child, ech_guess_hint(&guess, checker->arena));
}

void ech_schema_check(struct ech_checker *checker, struct ech_node *map,
                      const struct ech_field *fields)
{
    for (struct ech_node *child = map->first; child != NULL; child = child->next) {
        check_child(checker, child, fields);
        map->bad |= child->bad;
    }
    for (const struct ech_field *field = fields; field->key != NULL; field++) {
        if (field->required && ech_node_child(map, field->key) == NULL) {
            ech_refuse_missing(checker, map, field->key);
        }
    }
}
