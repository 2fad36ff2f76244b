#ifndef INGEST_SIGHT_H
#define INGEST_SIGHT_H

/* A labelled page as the decisions about it weigh its lines (story.py, titles.py, headline.py). */

#include "_page.h"

#include <math.h>

/* The labels, in the order of line.Label. */
enum { HEADLINE, DECK, BYLINE, DATE, PARAGRAPH, SUBHEADING, CAPTION, PUBLICATION, SECTION, TITLE, TEASER_DATE,
       TEASER_BYLINE, BLURB, CHROME, LABELS };

typedef struct {
    PyObject *shape, *kind; /* borrowed from the lists that the sight holds */
    int words, size, sentences, capitals, digits, dated, known, wide, prose; /* of the shape */
    int repeats, before, shared, rank, run, gap;                     /* of the context, and of the line */
} Spot;

/* The sums over the lines that stand in one place of their entries: titles.Places. */
typedef struct {
    uint64_t key;
    int lines;
    double sums[6];
} Place;

typedef struct {
    PyObject_HEAD
    PyObject *lines, *shapes, *context, *weights;
    int count, spaced;
    Spot *spots;
    Py_buffer columns[LABELS]; /* the chances of each label: a number a line */
    Place *places;  /* a table, made when it is asked for */
    uint64_t *keys; /* the place of each line in it */
    size_t mask;
} Sight;

/* Where evidence goes: into a sum, by its weights, or into a dict. */
typedef struct {
    PyObject *weights, *dict; /* one of them */
    double sum;
    int failed;
} Evidence;

typedef struct {
    const char *text;
    PyObject *name; /* made once */
} Name;

extern PyTypeObject sight_type;

static inline double chance_of(const Sight *sight, int label, int at) {
    return ((const double *)sight->columns[label].buf)[at];
}

static inline int are_alike(const Spot *one, const Spot *other) { return PyUnicode_Compare(one->kind, other->kind) == 0; }

static inline double odds(double chance) { return log((chance + 0.003) / (1 + 0.003 - chance)); } /* seen.odds */

void say(Evidence *evidence, Name *name, double value);
void flag_number(Evidence *evidence, const char *name, int value);
void flag_text(Evidence *evidence, const char *name, PyObject *value);
int open_evidence(Evidence *evidence, const Sight *sight, const char *question, PyObject *into);
PyObject *close_evidence(const Evidence *evidence);
int is_in_story(int label);
PyObject *sight_headline(Sight *sight, PyObject *args); /* in _headline.c */

#endif
