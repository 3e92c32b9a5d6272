#include "plots/report.h"

#include <string.h>

#include "plots/fonts.h"
#include "plots/html.h"
#include "plots/report_page.h"
#include "results/whole.h"

static const char *lang_code(enum ech_lang lang)
{
    return ech_pick(lang, "en", "zh");
}

static bool has_language(enum ech_report_lang wanted, enum ech_lang lang)
{
    return wanted == ECH_REPORT_BOTH || (wanted == ECH_REPORT_ZH) == (lang == ECH_LANG_ZH);
}

/* The switch between two languages: two radio buttons and the style sheet. */
static void add_switch(struct ech_text *body)
{
    ech_text_add(body, "<input class=\"choice\" type=\"radio\" name=\"show\" id=\"show-zh\" "
                       "checked=\"checked\"/>\n"
                       "<input class=\"choice\" type=\"radio\" name=\"show\" id=\"show-en\"/>\n"
                       "<div class=\"choices\"><label for=\"show-zh\" lang=\"zh-CN\">中文</label>"
                       "<label for=\"show-en\" lang=\"en\">English</label></div>\n");
}

static enum ech_status add_pages(const struct ech_results *results,
                                 const struct ech_policies *policies, enum ech_report_lang wanted,
                                 struct ech_text *body, struct ech_error *error)
{
    static const enum ech_lang order[ECH_N_LANGS] = {ECH_LANG_ZH, ECH_LANG_EN};
    enum ech_status status = ECH_OK;
    if (wanted == ECH_REPORT_BOTH) {
        add_switch(body);
    }
    for (int i = 0; i < ECH_N_LANGS && status <= ECH_PARTIAL; i++) {
        enum ech_lang lang = order[i];
        if (has_language(wanted, lang)) {
            struct ech_page page = {results, policies, lang, body};
            ech_html_fill(body, "<main class=\"{1}\" lang=\"{2}\">\n", lang_code(lang),
                          ech_pick(lang, "en", "zh-CN"), NULL);
            status = ech_status_worse(status, ech_page_write(&page, error));
            ech_text_add(body, "</main>\n");
        }
    }
    return status;
}

/* The font with the characters of the page; false if there is none. */
static bool add_font(const struct ech_text *body, struct ech_text *head)
{
    struct ech_text font = {0};
    bool embedded = ech_font_subset(body, &font, NULL) == ECH_OK;
    if (embedded) {
        ech_text_add(head, "@font-face{font-family:echelon;src:url(data:font/ttf;base64,");
        ech_html_base64(head, &font);
        ech_text_add(head, ") format('truetype')}\n");
    }
    ech_text_free(&font);
    return embedded;
}

static void add_page_without_font(enum ech_report_lang wanted, struct ech_text *page)
{
    ech_text_add(page, "<footer style=\"max-width:980px;margin:0 auto;padding:0 20px 40px\">");
    ech_text_add(page,
                 has_language(wanted, ECH_LANG_ZH)
                     ? "<p class=\"meta\" lang=\"zh-CN\">本页未嵌入字体（缺少 fonts-wqy-zenhei 或 "
                       "hb-subset），使用系统字体显示。</p>"
                     : "");
    ech_text_add(page,
                 has_language(wanted, ECH_LANG_EN)
                     ? "<p class=\"meta\" lang=\"en\">No font is embedded (fonts-wqy-zenhei or "
                       "hb-subset is missing); the page uses fonts of the system.</p>"
                     : "");
    ech_text_add(page, "</footer>\n");
}

static void assemble(enum ech_report_lang wanted, const struct ech_text *body,
                     struct ech_text *page)
{
    bool chinese = has_language(wanted, ECH_LANG_ZH);
    ech_html_fill(page,
                  "<!DOCTYPE html>\n<html lang=\"{1}\">\n<head>\n<meta charset=\"utf-8\"/>\n"
                  "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
                  "<title>{2}</title>\n<style>\n",
                  chinese ? "zh-CN" : "en",
                  chinese ? "干部梯队模拟报告" : "Report on the cadre pipeline", NULL);
    bool embedded = add_font(body, page);
    ech_page_add_style(page);
    ech_text_add(page, "</style>\n</head>\n<body>\n");
    ech_text_bytes(page, ech_text_string(body), body->length);
    if (!embedded) {
        add_page_without_font(wanted, page);
    }
    ech_text_add(page, "</body>\n</html>\n");
    page->failed = page->failed || body->failed;
}

enum ech_status ech_report_write(const struct ech_results *results, int baseline,
                                 enum ech_report_lang lang, const char *path,
                                 struct ech_error *error)
{
    struct ech_policies policies;
    struct ech_text body = {0}, page = {0};
    enum ech_status status = ech_policies_sort(results, baseline, &policies, error);
    if (status == ECH_OK) {
        status = add_pages(results, &policies, lang, &body, error);
    }
    if (status <= ECH_PARTIAL) {
        assemble(lang, &body, &page);
        status = ech_status_worse(status, ech_text_status(&page, path, error));
    }
    if (status <= ECH_PARTIAL) {
        status = ech_status_worse(status, ech_whole_write(path, page.bytes, page.length, error));
    }
    ech_policies_free(&policies);
    ech_text_free(&body);
    ech_text_free(&page);
    return status;
}
