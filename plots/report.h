/* The report: one page of HTML that carries everything it needs and can be mailed. */
#ifndef ECH_REPORT_H
#define ECH_REPORT_H

#include "results/results.h"

/** Languages of a page; both means one page with a switch that needs no script. */
enum ech_report_lang { ECH_REPORT_EN, ECH_REPORT_ZH, ECH_REPORT_BOTH };

/**
 * Writes the report of a results file to `path`, complete or not at all; `baseline` is a row of the
 * results. No address of a network is loaded. Pictures that gnuplot could not draw are named on the
 * page and give ECH_PARTIAL; without a font to embed the page says so and uses those of the system.
 */
enum ech_status ech_report_write(const struct ech_results *results, int baseline,
                                 enum ech_report_lang lang, const char *path,
                                 struct ech_error *error);

#endif
