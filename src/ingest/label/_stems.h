#ifndef INGEST_STEMS_H
#define INGEST_STEMS_H

/* told.stems: the first five letters of a longer word, or two of a script without spaces; and a set of them. */

#include "_page.h"

typedef struct {
    uint64_t head, tail; /* three letters of 21 bits each; two more */
    uint32_t id;         /* which of the set it is, from 1 */
    int times, lede;     /* how often it was told; whether among the first lines */
} Stem;

typedef struct {
    Stem *slots;
    size_t mask, count;
} Stems;

/* Where one is in reading the stems of some words. */
typedef struct {
    PyObject *words; /* a tuple of str */
    int wide;
    Py_ssize_t word, place;
} Walk;

int next_stem(Walk *walk, Stem *stem);                /* 0 behind the last */
Stem *slot_for(const Stems *stems, const Stem *stem); /* where it is, or could be put; of a set that is not empty */
int tell_stem(Stems *stems, Stem *stem);              /* puts it in, once more; -1 where there is no room */

extern PyTypeObject told_type; /* in _told.c */

#endif
