/* What the files of the report share: one page in one language, written section by section. */
#ifndef ECH_REPORT_PAGE_H
#define ECH_REPORT_PAGE_H

#include "plots/effects.h"
#include "plots/text.h"
#include "results/results.h"

/** A page being written in one language. */
struct ech_page {
    const struct ech_results *results;
    const struct ech_policies *policies;
    enum ech_lang lang;
    struct ech_text *html;
};

/** The page in the page's language: heading, answer, tables, figures, notes, method, origin. */
enum ech_status ech_page_write(const struct ech_page *page, struct ech_error *error);

/** Table of what each policy reaches, each group's best for the reserve first. */
enum ech_status ech_page_comparison(const struct ech_page *page, struct ech_error *error);
/** What each policy changes for each type of units, for the leaders and in cost. */
enum ech_status ech_page_bearers(const struct ech_page *page, struct ech_error *error);
/** How rightly people are chosen and judged under each policy, who wants to leave, how evenly units fare. */
enum ech_status ech_page_people(const struct ech_page *page, struct ech_error *error);
/** Team reviews by unit: the references and the policies that help the structure of teams most. */
enum ech_status ech_page_teams(const struct ech_page *page, struct ech_error *error);
/** Rejections by clause, level and unit, of the references. */
enum ech_status ech_page_rejections(const struct ech_page *page, struct ech_error *error);
/** What each scenario sets otherwise than the baseline. */
void ech_page_settings(const struct ech_page *page);
/** All parameters that are assumed or fitted, with the values of the baseline. */
void ech_page_parameters(const struct ech_page *page);
/** Appends the style sheet. */
void ech_page_add_style(struct ech_text *html);

/** Words of the page's language, escaped. */
void ech_page_words(const struct ech_page *page, const char *en, const char *zh);
/** A warning in place of a table that needs sums over months, which a run cut short did not write. */
void ech_page_not_kept(const struct ech_page *page);
/** A heading of a section. */
void ech_page_heading(const struct ech_page *page, const char *en, const char *zh);
/** What a table of means tells: markup in which {1} stands for the years that the means are of. */
void ech_page_introduction(const struct ech_page *page, struct ech_window window, const char *en,
                           const char *zh);
/** Class of the style sheet for what is known of a difference. Static. */
const char *ech_page_verdict(enum ech_verdict verdict);
/** Title of a scenario. */
const char *ech_page_title(const struct ech_page *page, int scenario);

#endif
