/* Months in which somebody is to be looked at again, so that nobody need be looked at in every month. */
#ifndef ECH_DUE_H
#define ECH_DUE_H

#include "model/types.h"

/** Brings `next` forward to a month that lies before it and after `now`. */
static inline void ech_due_bring_forward(int *next, int month, int now)
{
    if (month > now && month < *next) {
        *next = month;
    }
}

/** The first row of months[n], from `from` on, whose month has come; n: none. Made for calendars in which
    of most rows it has not. */
static inline ech_id ech_due_next(const int *months, ech_id from, ech_id n, int now)
{
    enum { SOME = 32 }; /* looked at together */
    for (; from + SOME <= n; from += SOME) {
        int any = 0;
        for (int i = 0; i < SOME; i++) {
            any |= months[from + i] <= now;
        }
        if (any) {
            break;
        }
    }
    while (from < n && months[from] > now) {
        from++;
    }
    return from;
}

#endif
