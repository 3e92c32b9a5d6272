/* echelon params: the table of parameters. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "cli/columns.h"
#include "cli/commands.h"
#include "model/params.h"

enum { TEXT = 128, LABEL_AT = 4, RANGE_WIDTH = 22 };

/** The n-th word of "a|b|c". */
static void word_at(const char *words, int n, char *text, size_t size)
{
    for (; n > 0; n--) {
        words += strcspn(words, "|") + 1;
    }
    snprintf(text, size, "%.*s", (int)strcspn(words, "|"), words);
}

/** A value as scenario files spell it. */
static void value_text(const struct ech_param_row *row, double value, char *text, size_t size)
{
    switch (row->type) {
    case ECH_PARAM_LIMIT:
    case ECH_PARAM_CAP:
    case ECH_PARAM_MOST:
    case ECH_PARAM_DATE:
        if (value == ECH_OFF) {
            snprintf(text, size, "off");
            return;
        }
        break;
    case ECH_PARAM_FLAG:
        snprintf(text, size, "%s", value != 0 ? "true" : "false");
        return;
    case ECH_PARAM_CHOICE:
        word_at(row->unit, (int)lround(value), text, size);
        return;
    default:
        break;
    }
    snprintf(text, size, "%.15g", value);
}

/** "0 to 120 month", or the words of a choice. */
static void range_text(const struct ech_param_row *row, enum ech_lang lang, char *text, size_t size)
{
    if (row->type == ECH_PARAM_CHOICE || row->type == ECH_PARAM_FLAG) {
        snprintf(text, size, "%s", row->unit);
        return;
    }
    if (row->type == ECH_PARAM_DATE) {
        snprintf(text, size, lang == ECH_LANG_ZH ? "年月（YYYY-MM），或 off" : "YYYY-MM or off");
        return;
    }
    const char *off = !ech_param_may_be_off(row) ? ""
                      : lang == ECH_LANG_ZH      ? "，或 off"
                                                 : " or off";
    snprintf(text, size, lang == ECH_LANG_ZH ? "%.15g 至 %.15g %s%s" : "%.15g to %.15g %s%s",
             row->min, row->max, row->unit, off);
}

static const char *basis_word(enum ech_basis basis, enum ech_lang lang)
{
    static const char *const zh[] = {"制度", "数据", "假定", "拟合"};
    return lang == ECH_LANG_ZH ? zh[basis] : ech_basis_names[basis];
}

static const char *scope_word(enum ech_scope scope, enum ech_lang lang)
{
    static const char *const zh[] = {"全县", "全县人员", "单位", "职位", "任职人员"};
    return lang == ECH_LANG_ZH ? zh[scope] : ech_scope_names[scope];
}

/* Table */

static void put_head(enum ech_lang lang)
{
    static const char *const titles[4][ECH_N_LANGS] = {{"parameter", "参数"},
                                                       {"default", "默认值"},
                                                       {"range and unit", "范围和单位"},
                                                       {"basis", "依据"}};
    static const int widths[] = {29, 10, 23, 9};
    for (size_t i = 0; i < sizeof widths / sizeof widths[0]; i++) {
        ech_columns_put(stdout, titles[i][lang], widths[i], ECH_ALIGN_LEFT);
    }
    puts(lang == ECH_LANG_ZH ? "可按" : "by");
}

static void put_row(const struct ech_param_row *row, enum ech_lang lang, bool with_source)
{
    char path[TEXT];
    char value[TEXT];
    char range[TEXT];
    ech_param_path(row, path, sizeof path);
    value_text(row, row->def, value, sizeof value);
    range_text(row, lang, range, sizeof range);
    ech_columns_put(stdout, path, 28, ECH_ALIGN_LEFT);
    printf(" ");
    ech_columns_put(stdout, value, ech_columns_width(value) > 9 ? 0 : 9, ECH_ALIGN_LEFT);
    printf(" ");
    bool is_wide = ech_columns_width(range) > RANGE_WIDTH;
    ech_columns_put(stdout, is_wide ? "" : range, RANGE_WIDTH, ECH_ALIGN_LEFT);
    printf(" ");
    ech_columns_put(stdout, basis_word(row->basis, lang), 8, ECH_ALIGN_LEFT);
    printf(" %s\n%*s", scope_word(row->scope, lang), LABEL_AT, "");
    char label[2 * TEXT];
    snprintf(label, sizeof label, "%s%s%s", row->label[lang], is_wide ? ": " : "",
             is_wide ? range : "");
    ech_columns_wrap(stdout, label, LABEL_AT, LABEL_AT);
    if (with_source) {
        const char *title = lang == ECH_LANG_ZH ? "来源：" : "source: ";
        printf("%*s%s", LABEL_AT, "", title);
        ech_columns_wrap(stdout, row->source, LABEL_AT + ech_columns_width(title), LABEL_AT + 8);
    }
}

/** Whether `path` is `branch` or stands below it: whole words only. */
static bool is_in_branch(const char *path, const char *branch)
{
    size_t length = strlen(branch);
    return strncmp(path, branch, length) == 0 && (path[length] == '\0' || path[length] == '.');
}

/** Keeps the first `n` words of a dotted path; 0: all of them. */
static void cut_words(char *path, int n)
{
    for (char *dot = strchr(path, '.'); n > 0 && dot != NULL; dot = strchr(dot + 1, '.')) {
        if (--n == 0) {
            *dot = '\0';
            return;
        }
    }
}

static enum ech_status refuse_branch(const char *branch, struct ech_error *error)
{
    struct ech_guess guess = {.word = branch};
    static const int n_words = 3; /* a branch may be one word, two, or a whole path */
    char branches[3 * ECH_N_PARAMS][TEXT];
    for (int i = 0; i < n_words * ECH_N_PARAMS; i++) {
        ech_param_path(&ech_param_rows[i / n_words], branches[i], TEXT);
        cut_words(branches[i], i % n_words);
        ech_guess_try(&guess, branches[i]);
    }
    return ech_call_refuse_name(&guess, ECH_BOTH("parameter", "参数"),
                                ECH_BOTH("`echelon params` lists them", "参见 `echelon params`"),
                                error);
}

static enum ech_status put_table(const char *branch, enum ech_lang lang, struct ech_error *error)
{
    int n = 0;
    for (int i = 0; i < ECH_N_PARAMS; i++) {
        char path[TEXT];
        ech_param_path(&ech_param_rows[i], path, sizeof path);
        if (branch != NULL && !is_in_branch(path, branch)) {
            continue;
        }
        if (n++ == 0) {
            put_head(lang);
        }
        put_row(&ech_param_rows[i], lang, branch != NULL);
    }
    return n > 0 ? ECH_OK : refuse_branch(branch, error);
}

/* Scenario */

static void put_yaml_row(const struct ech_param_row *row, enum ech_lang lang)
{
    char path[TEXT];
    char value[TEXT];
    char range[TEXT];
    char setting[2 * TEXT + 4];
    ech_param_path(row, path, sizeof path);
    value_text(row, row->def, value, sizeof value);
    range_text(row, lang, range, sizeof range);
    snprintf(setting, sizeof setting, "  %s: %s", path, value);
    ech_columns_put(stdout, setting, ech_columns_width(setting) > 42 ? 0 : 42, ECH_ALIGN_LEFT);
    printf(" # %s; %s; %s (%s)\n", row->label[lang], range, basis_word(row->basis, lang),
           row->source);
}

/** Whether two groups begin with the same word. */
static bool is_same_branch(const char *a, const char *b)
{
    size_t length = strcspn(a, "_");
    return length == strcspn(b, "_") && strncmp(a, b, length) == 0;
}

static void put_yaml(enum ech_lang lang)
{
    puts(lang == ECH_LANG_ZH
             ? "# 全部参数及其默认值。修改所需的行，其余可以删去。\n"
               "# extends 是本情景所依据的文件，路径相对于本文件。"
             : "# Every parameter with its default. Change the lines that you need; the others can "
               "go.\n"
               "# extends names the scenario that this one starts from, relative to this file.");
    puts("extends: baseline.yaml\n"
         "name: my_policy\n"
         "title: {en: My policy, zh: 我的政策}\n"
         "policy:");
    const char *group = "";
    for (int i = 0; i < ECH_N_PARAMS; i++) {
        if (!is_same_branch(group, ech_param_rows[i].group)) {
            puts("");
        }
        group = ech_param_rows[i].group;
        put_yaml_row(&ech_param_rows[i], lang);
    }
}

enum ech_status ech_command_params(const struct ech_call *call, struct ech_error *error)
{
    if (call->given[ECH_OPT_YAML]) {
        if (call->n_operands > 0) {
            return ech_fail(
                error, ECH_ERR_OPTION,
                (struct ech_facts){.what = "--yaml",
                                   .value = ECH_BOTH("prints all parameters", "输出全部参数"),
                                   .hint = ECH_BOTH("leave the branch out", "请去掉分支名")});
        }
        put_yaml(call->lang);
        return ECH_OK;
    }
    return put_table(call->n_operands > 0 ? call->operands[0] : NULL, call->lang, error);
}
