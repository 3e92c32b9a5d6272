/* echelon measures: the table of measures. */
#include <stdio.h>
#include <string.h>

#include "cli/asked.h"
#include "cli/columns.h"
#include "cli/commands.h"
#include "model/measures.h"
#include "results/derived.h"

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

/** A measure that comes of a comparison: no run keeps it. */
static void put_derived(const struct ech_derived *row, enum ech_lang lang)
{
    char text[4 * TEXT];
    ech_columns_put(stdout, row->name, 37, ECH_ALIGN_LEFT);
    printf(" ");
    ech_columns_put(stdout, row->unit, 10, ECH_ALIGN_LEFT);
    printf(" ");
    ech_columns_put(stdout, lang == ECH_LANG_ZH ? "比较" : "compared", 15, ECH_ALIGN_LEFT);
    printf(" %s\n%*s", lang == ECH_LANG_ZH ? "compare 给出" : "compare", LABEL_AT, "");
    snprintf(text, sizeof text, "%s: %s", row->label[lang], row->text);
    ech_columns_wrap(stdout, lang == ECH_LANG_ZH ? row->label[lang] : text, LABEL_AT, LABEL_AT);
}

/** Whether a row is meant: by its name, or by one of its measures such as "exits[retire]". */
static bool is_meant(const char *row, const char *name)
{
    size_t stem = name != NULL ? strcspn(name, "[") : 0;
    return name == NULL || (strlen(row) == stem && strncmp(row, name, stem) == 0);
}

enum ech_status ech_command_measures(const struct ech_call *call, struct ech_error *error)
{
    const char *name = call->n_operands > 0 ? call->operands[0] : NULL;
    int n = 0;
    for (int i = 0; i < ECH_N_COUNTS + ECH_N_RATIOS + ech_n_derived; i++) {
        int derived = i - ECH_N_COUNTS - ECH_N_RATIOS;
        if (!is_meant(derived < 0 ? row_at(i)->name : ech_derived_rows[derived].name, name)) {
            continue;
        }
        if (n++ == 0) {
            put_head(call->lang);
        }
        if (derived < 0) {
            put_row(row_at(i), call->lang);
        } else {
            put_derived(&ech_derived_rows[derived], call->lang);
        }
    }
    return n > 0 ? ECH_OK : ech_asked_refuse(name, error);
}
