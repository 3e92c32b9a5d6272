#include "plots/style.h"

#include <math.h>

static const struct ech_look looks[] = {
    {0x4D4D4D, 0xBEBEBE, 0xDEDEDE, 0}, {0x0072B2, 0x8FC1DE, 0xC7E0EF, 0},
    {0xD55E00, 0xEBB48C, 0xF7DCC9, 0}, {0x009E73, 0x87CFB8, 0xC5E8DD, 0},
    {0xE69F00, 0xF4D48B, 0xFAEBC8, 0}, {0x56B4E9, 0xB4DDF5, 0xDBEFFA, 0},
    {0xAA4499, 0xDAB0D3, 0xEED9EA, 0}};
enum { N_LOOKS = sizeof looks / sizeof *looks };

struct ech_look ech_look(int rank)
{
    if (rank < N_LOOKS) {
        return looks[rank > 0 ? rank : 0];
    }
    struct ech_look look = looks[1 + (rank - 1) % (N_LOOKS - 1)];
    look.dash = (rank - 1) / (N_LOOKS - 1) == 1 ? 7 : 3;
    return look;
}

static unsigned mix(unsigned from, unsigned to, double share)
{
    unsigned mixed = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
        double a = from >> shift & 255, b = to >> shift & 255;
        mixed |= (unsigned)lround(a + (b - a) * share) << shift;
    }
    return mixed;
}

unsigned ech_tint(unsigned colour, double share)
{
    return mix(ECH_PAPER, colour, share);
}

unsigned ech_heat(double share)
{
    static const unsigned stops[] = {0xF7FBFF, 0xDEEBF7, 0xC6DBEF, 0x9ECAE1, 0x6BAED6,
                                     0x4292C6, 0x2171B5, 0x08519C, 0x08306B};
    enum { LAST = sizeof stops / sizeof *stops - 1 };
    double at = share > 0 ? (share < 1 ? share * LAST : LAST) : 0;
    int below = at < LAST ? (int)at : LAST - 1;
    return mix(stops[below], stops[below + 1], at - below);
}

void ech_range_line(struct ech_canvas *canvas, double x, double top, double bottom)
{
    struct ech_point ends[] = {{x, top}, {x, bottom}};
    ech_canvas_line(canvas, 2, ends, (struct ech_pen){ECH_PAPER, 2.6, 0});
    ech_canvas_line(canvas, 2, ends, (struct ech_pen){ECH_INK, 1.1, 0});
}

struct ech_type ech_label(unsigned colour, enum ech_align align)
{
    return (struct ech_type){ECH_SIZE_LABEL, colour, false, align};
}

struct ech_type ech_bold(unsigned colour, enum ech_align align)
{
    return (struct ech_type){ECH_SIZE_LABEL, colour, true, align};
}

struct ech_type ech_small(unsigned colour, enum ech_align align)
{
    return (struct ech_type){ECH_SIZE_SMALL, colour, false, align};
}
