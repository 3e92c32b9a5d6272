/* A ratio of means and its limits. */
#include "results/price.h"

#include <math.h>

#include <gsl/gsl_cdf.h>

/* Sums over the defined pairs. */
struct moments {
    int n;
    double cost, kept;          /* means */
    double cost2, kept2, cross; /* variances and covariance of the means */
};

static struct moments moments_of(const double *cost, const double *kept, int n)
{
    struct moments m = {0};
    for (int i = 0; i < n; i++) {
        if (!isnan(cost[i]) && !isnan(kept[i])) {
            m.n++;
            m.cost += cost[i];
            m.kept += kept[i];
        }
    }
    m.cost /= m.n;
    m.kept /= m.n;
    double scale = (double)m.n * (m.n - 1);
    for (int i = 0; i < n && m.n > 1; i++) {
        if (!isnan(cost[i]) && !isnan(kept[i])) {
            m.cost2 += (cost[i] - m.cost) * (cost[i] - m.cost) / scale;
            m.kept2 += (kept[i] - m.kept) * (kept[i] - m.kept) / scale;
            m.cross += (cost[i] - m.cost) * (kept[i] - m.kept) / scale;
        }
    }
    return m;
}

/* The roots of (kept^2 - t^2 kept2) R^2 - 2 (cost kept - t^2 cross) R + cost^2 - t^2 cost2. */
static void set_limits(const struct moments *m, struct ech_summary *price)
{
    double t = gsl_cdf_tdist_Pinv(0.975, m->n - 1);
    double a = m->kept * m->kept - t * t * m->kept2;
    double b = m->cost * m->kept - t * t * m->cross;
    double c = m->cost * m->cost - t * t * m->cost2;
    double root = b * b - a * c;
    if (a > 0) {
        double half = root > 0 ? sqrt(root) : 0; /* below 0 by rounding only */
        price->low = (b - half) / a;
        price->high = (b + half) / a;
    }
}

bool ech_price_is_told(const struct ech_summary *price)
{
    return isfinite(price->low) && isfinite(price->high);
}

struct ech_summary ech_price(const double *cost, const double *kept, int n)
{
    struct moments m = moments_of(cost, kept, n);
    struct ech_summary price = {m.n, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN};
    if (m.n > 0 && m.kept > 0) {
        price.mean = m.cost / m.kept;
    }
    if (m.n > 1 && m.kept > 0) {
        set_limits(&m, &price);
    }
    return price;
}
