/* echelon measures: the table of measures. */
#include <stdio.h>
#include <string.h>

#include "cli/columns.h"
#include "cli/commands.h"
#include "model/measures.h"

enum { LABEL_AT = 4, TEXT = 128 };

static const struct ech_measure_row *row_at(int i)
{
    return i < ECH_N_COUNTS ? &ech_count_rows[i] : &ech_ratio_rows[i - ECH_N_COUNTS];
}

/** "exits[retire]" as the example of a row: its name with the first word of its dimension. */
static void example_name(const struct ech_measure_row *row, char *text, size_t size)
{
    static const struct ech_level level = {.id = "LEVEL"};
    ech_measure_name(row, 0, &level, text, size);
}

/** All words of the dimension: "retire death resign ...". */
static void dimension_words(const struct ech_measure_row *row, char *text, size_t size)
{
    static const struct ech_level level = {.id = "ID"};
    text[0] = '\0';
    for (int i = 0; row->dim != ECH_DIM_NONE && i < ech_dim_size(row->dim, 1); i++) {
        char word[TEXT];
        ech_dim_word(row->dim, i, &level, word, sizeof word);
        size_t used = strlen(text);
        snprintf(text + used, size - used, "%s%s", i > 0 ? " " : "", word);
    }
}

static const char *kind_word(enum ech_measure_kind kind, enum ech_lang lang)
{
    static const char *const words[][ECH_N_LANGS] = {[ECH_KIND_END] = {"at the end", "期末"},
                                                     [ECH_KIND_MEAN] = {"mean of months", "月均"},
                                                     [ECH_KIND_SUM] = {"sum of months", "合计"}};
    return words[kind][lang];
}

static const char *detail_word(enum ech_detail detail, enum ech_lang lang)
{
    static const char *const words[][ECH_N_LANGS] = {
        [ECH_DETAIL_UNIT_YEAR] = {"unit, each", "单位（逐次）"},
        [ECH_DETAIL_UNIT] = {"unit, mean", "单位（均值）"},
        [ECH_DETAIL_REVIEW] = {"unit, year end", "单位（年末）"},
        [ECH_DETAIL_TYPE] = {"county, type", "全县、类型"}};
    return words[detail][lang];
}

static void put_head(enum ech_lang lang)
{
    static const char *const titles[][ECH_N_LANGS] = {
        {"measure", "指标"}, {"unit", "单位"}, {"of a year", "年度值"}};
    static const int widths[] = {38, 11, 16};
    for (size_t i = 0; i < sizeof widths / sizeof widths[0]; i++) {
        ech_columns_put(stdout, titles[i][lang], widths[i], ECH_ALIGN_LEFT);
    }
    puts(lang == ECH_LANG_ZH ? "保存到" : "kept by");
}

static void put_row(const struct ech_measure_row *row, enum ech_lang lang)
{
    char name[TEXT];
    char words[4 * TEXT];
    example_name(row, name, sizeof name);
    ech_columns_put(stdout, name, 37, ECH_ALIGN_LEFT);
    printf(" ");
    ech_columns_put(stdout, row->unit, 10, ECH_ALIGN_LEFT);
    printf(" ");
    ech_columns_put(stdout, kind_word(row->kind, lang), 15, ECH_ALIGN_LEFT);
    printf(" %s\n%*s", detail_word(row->detail, lang), LABEL_AT, "");
    char text[4 * TEXT];
    snprintf(text, sizeof text, "%s: %s", row->label[lang], row->text);
    ech_columns_wrap(stdout, lang == ECH_LANG_ZH ? row->label[lang] : text, LABEL_AT, LABEL_AT);
    dimension_words(row, words, sizeof words);
    if (words[0] != '\0') {
        printf("%*s[] ", LABEL_AT, "");
        ech_columns_wrap(stdout, words, LABEL_AT + 3, LABEL_AT + 3);
    }
}

static enum ech_status refuse_name(const char *name, struct ech_error *error)
{
    struct ech_guess guess = {.word = name};
    for (int i = 0; i < ECH_N_COUNTS + ECH_N_RATIOS; i++) {
        ech_guess_try(&guess, row_at(i)->name);
    }
    char hint[2 * TEXT];
    ech_call_hint(&guess, hint, sizeof hint);
    return ech_fail(
        error, ECH_ERR_UNKNOWN_NAME,
        (struct ech_facts){.what = ECH_BOTH("measure", "指标"), .value = name, .hint = hint});
}

enum ech_status ech_command_measures(const struct ech_call *call, struct ech_error *error)
{
    const char *name = call->n_operands > 0 ? call->operands[0] : NULL;
    int n = 0;
    for (int i = 0; i < ECH_N_COUNTS + ECH_N_RATIOS; i++) {
        if (name != NULL && strcmp(row_at(i)->name, name) != 0) {
            continue;
        }
        if (n++ == 0) {
            put_head(call->lang);
        }
        put_row(row_at(i), call->lang);
    }
    return n > 0 ? ECH_OK : refuse_name(name, error);
}
