/* Months in which somebody is to be looked at again, so that nobody need be looked at in every month. */
#ifndef ECH_DUE_H
#define ECH_DUE_H

/** Brings `next` forward to a month that lies before it and after `now`. */
static inline void ech_due_bring_forward(int *next, int month, int now)
{
    if (month > now && month < *next) {
        *next = month;
    }
}

#endif
