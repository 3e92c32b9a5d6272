/* How often the best of n is first in one noisy look.

   Merit is standard normal; what a look sees is normal too, so it is known by its correlation r with
   merit. Given the best one's merit x (density n phi(x) Phi(x)^(n-1)) the others are independent,
   each with a merit y below x, and he comes first if all of them score less:
   P = int n phi(x) Phi(x)^(n-1) int phi(e) G(r x + s e | x)^(n-1) de dx,  s = sqrt(1 - r^2),
   G(t | x) = E[Phi((t - r y) / s) | y < x].
   By symmetry the last one comes last as often. The integrals are sums over fine grids. */
#ifndef BEST_OF_H
#define BEST_OF_H

#include "theory.h"

enum { BEST_N = 400 };
#define BEST_STEP 0.1
#define BEST_WIDE 6.5

/* Merits below x, each as likely: y with Phi(y) = Phi(x) (k + 1/2) / BEST_N. */
static inline void best_rivals(double x, double *y)
{
    for (int k = 0; k < BEST_N; k++) {
        y[k] = gsl_cdf_ugaussian_Pinv(gsl_cdf_ugaussian_P(x) * (k + 0.5) / BEST_N);
    }
}

static inline double best_noise(double r)
{
    return sqrt(1 - r * r);
}

/* Mean over y of the chance that somebody of merit y scores below t. */
static inline double best_scores_below(double t, double r, const double *y)
{
    double sum = 0;
    for (int k = 0; k < BEST_N; k++) {
        sum += gsl_cdf_ugaussian_P((t - r * y[k]) / best_noise(r));
    }
    return sum / BEST_N;
}

/* Density of the best merit of n. */
static inline double best_density(double x, int n)
{
    return n * gsl_ran_ugaussian_pdf(x) * pow(gsl_cdf_ugaussian_P(x), n - 1);
}

/* The best of n beats `rivals` of the others in one look. */
static inline double best_beats(int n, int rivals, double r)
{
    double sum = 0, y[BEST_N];
    for (double x = -BEST_WIDE; x < BEST_WIDE; x += BEST_STEP) {
        double inner = 0;
        best_rivals(x, y);
        for (double e = -BEST_WIDE; e < BEST_WIDE; e += BEST_STEP) {
            double wins = pow(best_scores_below(r * x + best_noise(r) * e, r, y), rivals);
            inner += BEST_STEP * gsl_ran_ugaussian_pdf(e) * wins;
        }
        sum += BEST_STEP * best_density(x, n) * inner;
    }
    return sum;
}

static inline double best_of(int n, double r)
{
    return best_beats(n, n - 1, r);
}

#endif
