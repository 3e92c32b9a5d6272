/* Settings that differ, and the parameters that are assumed or fitted. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "model/params.h"
#include "plots/html.h"
#include "plots/number.h"
#include "plots/report_page.h"
#include "plots/words.h"

/* More scenarios than these are folded. */
enum { MOST_UNFOLDED = 12 };

static const struct ech_setting *find(const struct ech_result_scenario *scenario,
                                      const struct ech_setting *like)
{
    for (int i = 0; i < scenario->n_settings; i++) {
        const struct ech_setting *setting = &scenario->settings[i];
        if (strcmp(setting->path, like->path) == 0 && strcmp(setting->scope, like->scope) == 0 &&
            setting->from_month == like->from_month) {
            return setting;
        }
    }
    return NULL;
}

/* True if the other scenario has no such setting or another value of it. */
static bool differs(const struct ech_setting *setting, const struct ech_result_scenario *other)
{
    const struct ech_setting *same = find(other, setting);
    return !same || strcmp(same->value, setting->value) != 0;
}

/* Title of a type, a unit, a level or a kind of posts; the id where there is none. */
static const char *scope_title(const struct ech_page *page, int scenario, const char *scope)
{
    const struct ech_result_scenario *s = ech_results_scenario(page->results, scenario);
    int group = ech_results_find_group(page->results, scenario, scope);
    if (group != ECH_NONE) {
        return s->groups[group].title.text[page->lang];
    }
    for (int l = 0; l < s->n_levels; l++) {
        if (strcmp(s->levels[l].id, scope) == 0) {
            return s->levels[l].title.text[page->lang];
        }
    }
    for (int k = 0; k < s->n_kinds; k++) {
        if (strcmp(s->kinds[k].id, scope) == 0) {
            return s->kinds[k].title.text[page->lang];
        }
    }
    return scope;
}

/* Row of a parameter whose setting spares whoever is in office, or NULL. */
static const struct ech_param_row *spared_row(const char *path)
{
    static const char suffix[] = ECH_GRANDFATHER_SUFFIX;
    char row[128];
    size_t length = strlen(path);
    size_t end = sizeof suffix - 1;
    if (length <= end || length - end >= sizeof row || strcmp(path + length - end, suffix) != 0) {
        return NULL;
    }
    memcpy(row, path, length - end);
    row[length - end] = '\0';
    return ech_param_find(row);
}

static void add_label(const struct ech_page *page, const char *path)
{
    const struct ech_param_row *spared = spared_row(path);
    if (spared) {
        ech_html_fill(page->html,
                      ech_pick(page->lang, "{1}: whoever is in office keeps the old value ",
                               "{1}：在任者保留原值 "),
                      spared->label[page->lang], NULL);
    }
    const struct ech_param_row *row = ech_param_find(path);
    const char *label = row ? row->label[page->lang] : ech_words_event(path, page->lang);
    if (*label) {
        ech_html_fill(page->html, "{1} ", label, NULL);
    }
    ech_html_fill(page->html, "<code>{1}</code>", path, NULL);
}

static const char *unit_of(const struct ech_page *page, const char *path, const char *value)
{
    const struct ech_param_row *row = ech_param_find(path);
    bool is_number = strspn(value, "0123456789.-+eE") == strlen(value);
    return row && is_number ? ech_words_unit(row->unit, page->lang) : "";
}

static const char *value_words(const struct ech_page *page, const struct ech_setting *setting)
{
    const struct ech_param_row *row = ech_param_find(setting->path);
    return ech_words_value(row ? row->unit : NULL, setting->value, page->lang);
}

/* "Township 10, from 2024-09: 1000 yuan a month". */
static void add_value(const struct ech_page *page, int scenario, const struct ech_setting *setting)
{
    int start = ech_results_scenario(page->results, scenario)->start_month;
    bool dated = setting->from_month > 0;
    if (*setting->scope) {
        ech_html_fill(page->html, "{1} ", scope_title(page, scenario, setting->scope), NULL);
    }
    if (dated) {
        ech_html_fill(page->html, ech_pick(page->lang, "from {1} ", "{1}起 "),
                      ech_number_month(start + setting->from_month).s, NULL);
    }
    ech_html_fill(page->html, "<b>{1}</b>{2}", value_words(page, setting),
                  unit_of(page, setting->path, setting->value), NULL);
}

/* What the baseline has in its place. */
static void add_before(const struct ech_page *page, const struct ech_setting *setting)
{
    const struct ech_result_scenario *baseline =
        ech_results_scenario(page->results, page->policies->baseline);
    struct ech_setting everywhere = {.path = setting->path, .scope = "", .from_month = 0};
    const struct ech_setting *before = find(baseline, setting);
    before = before ? before : find(baseline, &everywhere);
    if (before) {
        ech_html_fill(page->html, ech_pick(page->lang, " (baseline {1})", "（基准{1}）"),
                      value_words(page, before), NULL);
    }
}

/* One item for each path; settings of one path follow one another in the manifest. */
static int add_differences(const struct ech_page *page, int scenario)
{
    const struct ech_result_scenario *own = ech_results_scenario(page->results, scenario);
    const struct ech_result_scenario *baseline =
        ech_results_scenario(page->results, page->policies->baseline);
    const char *path = NULL;
    const struct ech_setting *last = NULL;
    int n = 0;
    for (int i = 0; i < own->n_settings; i++) {
        const struct ech_setting *setting = &own->settings[i];
        if (!differs(setting, baseline)) {
            continue;
        }
        bool same_path = path && strcmp(path, setting->path) == 0;
        if (!same_path) {
            if (last) {
                add_before(page, last);
            }
            ech_text_add(page->html, last ? "</li>\n<li>" : "<ul>\n<li>");
            add_label(page, setting->path);
            ech_text_add(page->html, ech_pick(page->lang, ": ", "："));
        } else {
            ech_text_add(page->html, ech_pick(page->lang, ", ", "，"));
        }
        add_value(page, scenario, setting);
        path = setting->path;
        last = setting;
        n++;
    }
    if (last) {
        add_before(page, last);
        ech_text_add(page->html, "</li>\n</ul>\n");
    }
    return n;
}

/* A value of the baseline that a scenario takes back: it has no such setting of its own. */
static void add_dropped(const struct ech_page *page, int scenario)
{
    const struct ech_result_scenario *own = ech_results_scenario(page->results, scenario);
    int baseline = page->policies->baseline;
    const struct ech_result_scenario *other = ech_results_scenario(page->results, baseline);
    for (int i = 0; i < other->n_settings; i++) {
        if (!find(own, &other->settings[i])) {
            ech_text_add(page->html, "<p>");
            ech_page_words(page, "without: ", "取消：");
            add_label(page, other->settings[i].path);
            ech_text_add(page->html, " ");
            add_value(page, baseline, &other->settings[i]);
            ech_text_add(page->html, "</p>\n");
        }
    }
}

/* A scenario under its title; folded where they are many. */
static void add_scenario(const struct ech_page *page, int scenario)
{
    const struct ech_result_scenario *s = ech_results_scenario(page->results, scenario);
    ech_html_fill(page->html,
                  page->policies->n > MOST_UNFOLDED ? "<details class=\"settings\">"
                                                    : "<details class=\"settings\" open=\"open\">",
                  NULL);
    ech_html_fill(page->html, "<summary><b>{1}</b> <code>{2}</code></summary>\n<div><p>{3}</p>\n",
                  ech_page_title(page, scenario), s->name, s->note.text[page->lang], NULL);
    if (scenario != page->policies->baseline) {
        if (add_differences(page, scenario) == 0) {
            ech_html_fill(
                page->html, "<p>{1}</p>\n",
                ech_pick(page->lang, "No setting differs from the baseline.", "与基准设置相同。"),
                NULL);
        }
        add_dropped(page, scenario);
    }
    ech_text_add(page->html, "</div></details>\n");
}

void ech_page_settings(const struct ech_page *page)
{
    ech_page_heading(page, "What each scenario changes", "各情景的不同设置");
    for (int i = 0; i < page->policies->n; i++) {
        add_scenario(page, page->policies->order[i]);
    }
}

/* A number without needless zeros. */
static struct ech_number plain(double value)
{
    int decimals = 0;
    double scaled = value;
    while (decimals < 5 && fabs(scaled - round(scaled)) > 1e-7) {
        scaled *= 10;
        decimals++;
    }
    return ech_number(value, decimals);
}

/* A word of a choice as it is typed, and behind it what it means. */
static void add_choice(const struct ech_page *page, const struct ech_param_row *row,
                       const char *start, size_t length)
{
    char word[64];
    snprintf(word, sizeof word, "%.*s", (int)length, start);
    const char *words = ech_words_value(row->unit, word, page->lang);
    ech_html_fill(page->html, words == word ? "{1}" : "{1} {2}", word, words, NULL);
}

/* The range as the table has it; of a choice its words. */
static void add_range(const struct ech_page *page, const struct ech_param_row *row)
{
    if (row->type == ECH_PARAM_CHOICE || row->type == ECH_PARAM_FLAG) {
        for (const char *at = row->unit; *at;) {
            size_t length = strcspn(at, "|");
            add_choice(page, row, at, length);
            at += length;
            ech_text_add(page->html, *at ? ech_pick(page->lang, ", ", "，") : "");
            at += *at ? 1 : 0;
        }
        return;
    }
    if (row->type == ECH_PARAM_DATE) {
        ech_text_add(page->html, ech_pick(page->lang, "a month, off", "年月，off"));
        return;
    }
    ech_html_fill(page->html, "{1}–{2}", plain(row->min).s, plain(row->max).s, NULL);
}

/* All values that the baseline has for a parameter; the default if the manifest is silent. */
static void add_values(const struct ech_page *page, const struct ech_param_row *row,
                       const char *path)
{
    int baseline = page->policies->baseline;
    const struct ech_result_scenario *scenario = ech_results_scenario(page->results, baseline);
    bool any = false;
    for (int i = 0; i < scenario->n_settings; i++) {
        const struct ech_setting *setting = &scenario->settings[i];
        if (strcmp(setting->path, path) == 0) {
            ech_text_add(page->html, any ? "<br/>" : "");
            add_value(page, baseline, setting);
            any = true;
        }
    }
    if (!any) {
        bool off = row->def <= ECH_OFF && row->min > ECH_OFF;
        ech_html_fill(page->html, "<b>{1}</b>",
                      off ? ech_words_value(NULL, "off", page->lang) : plain(row->def).s, NULL);
    }
}

/* Sources are ids of the list of sources; remarks behind "assumed:" are in English only. */
static const char *source_of(const struct ech_page *page, const struct ech_param_row *row)
{
    bool remark = strncmp(row->source, "assumed", 7) == 0;
    return remark && page->lang == ECH_LANG_ZH ? "假定" : row->source;
}

static void add_parameter(const struct ech_page *page, const struct ech_param_row *row)
{
    char path[128];
    ech_param_path(row, path, sizeof path);
    ech_html_fill(page->html, "<tr><td>{1}<br/><code>{2}</code></td><td>", row->label[page->lang],
                  path, NULL);
    add_values(page, row, path);
    ech_text_add(page->html, "</td><td>");
    add_range(page, row);
    ech_html_fill(page->html, "</td><td>{1}</td><td>{2}</td></tr>\n",
                  ech_words_basis(ech_basis_names[row->basis], page->lang), source_of(page, row),
                  NULL);
}

static bool is_doubtful(const struct ech_param_row *row)
{
    return row->basis == ECH_BASIS_ASSUMED || row->basis == ECH_BASIS_FITTED;
}

static int n_doubtful(void)
{
    int n = 0;
    for (int i = 0; i < ECH_N_PARAMS; i++) {
        n += is_doubtful(&ech_param_rows[i]);
    }
    return n;
}

void ech_page_parameters(const struct ech_page *page)
{
    ech_page_heading(page, "Parameters that are assumed or fitted", "假定与拟合的参数");
    ech_text_add(page->html, "<p>");
    ech_page_words(
        page,
        "Nobody has measured these for this county. Values of the baseline; the range is "
        "what the program accepts. Change them in a scenario file to see what depends on "
        "them.",
        "这些参数没有本县的实测值。表中为基准情景的取值，范围为程序允许的范围；"
        "可在情景文件中修改，以检验结论对其是否敏感。");
    ech_html_fill(page->html,
                  ech_pick(page->lang,
                           "</p>\n<details><summary>All {1} with their ranges</summary>\n",
                           "</p>\n<details><summary>全部{1}项及范围</summary>\n"),
                  ech_number(n_doubtful(), 0).s, NULL);
    ech_html_fill(page->html,
                  "<div class=\"scroll\"><table "
                  "class=\"parameters\">\n<thead><tr><th>{1}</th><th>{2}</th>"
                  "<th>{3}</th><th>{4}</th><th>{5}</th></tr></thead>\n<tbody>\n",
                  ech_pick(page->lang, "parameter", "参数"), ech_pick(page->lang, "value", "取值"),
                  ech_pick(page->lang, "range", "范围"), ech_pick(page->lang, "basis", "依据"),
                  ech_pick(page->lang, "source", "来源"), NULL);
    for (int i = 0; i < ECH_N_PARAMS; i++) {
        if (is_doubtful(&ech_param_rows[i])) {
            add_parameter(page, &ech_param_rows[i]);
        }
    }
    ech_text_add(page->html, "</tbody>\n</table></div>\n</details>\n");
}
