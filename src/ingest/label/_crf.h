#ifndef INGEST_CRF_H
#define INGEST_CRF_H

/* What the labeller's C files share: the model as it lies in memory, and how a feature finds its weights. */

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>
#include <string.h>

#define MOST_LABELS 64

typedef struct {
    uint64_t hash;
    uint32_t first, count; /* of its records; count is 0 in an empty slot */
} Slot;

typedef struct {
    PyObject_HEAD
    int labels;
    uint32_t count; /* of the records */
    const unsigned char *records;
    uint32_t mask; /* slots - 1 */
    Slot *slots;
    double transition[MOST_LABELS][MOST_LABELS]; /* [from][to], in logarithms */
    PyObject *names;                             /* tuple of str */
    Py_buffer view;                              /* the bytes that the model lies in */
    void *mapped;                                /* or the file, of ``size`` bytes */
    size_t size;
} Model;

/* A record of the file, one weight: four bytes each for the kind, what it is of and the label, then a double. */
#define RECORD 20

/* FNV-1a, 64 bits: two of some hundred thousand texts share one by chance once in a hundred million models. */
#define HASH_START 14695981039346656037ULL
#define HASH_STEP(hash, byte) (((hash) ^ (unsigned char)(byte)) * 1099511628211ULL)

static inline uint64_t hash_on(uint64_t hash, const char *text, Py_ssize_t size) {
    for (Py_ssize_t at = 0; at < size; at++)
        hash = HASH_STEP(hash, text[at]);
    return hash;
}

static inline Slot *slot_of(const Model *model, uint64_t hash) {
    uint32_t at = (uint32_t)(hash ^ (hash >> 32)) & model->mask;
    while (model->slots[at].count && model->slots[at].hash != hash)
        at = (at + 1) & model->mask;
    return &model->slots[at];
}

static inline uint32_t number_of(const unsigned char *at) {
    return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

/* Adds a record's weight to the sum of its label. */
static inline void add_weight(const Model *model, uint32_t number, double *sums) {
    const unsigned char *record = model->records + RECORD * (size_t)number;
    uint64_t bits = (uint64_t)number_of(record + 12) | (uint64_t)number_of(record + 16) << 32;
    uint32_t label = number_of(record + 8);
    double weight;
    memcpy(&weight, &bits, 8);
    if (label < (uint32_t)model->labels)
        sums[label] += weight;
}

/* Adds what a feature weighs to a line's own sums, one a label. */
static inline void add_slot(const Model *model, const Slot *slot, double *own) {
    for (uint32_t number = slot->first, end = number + slot->count; number < end; number++)
        add_weight(model, number, own);
}

PyObject *measure(PyObject *module, PyObject *const *args, Py_ssize_t count); /* in _shape.c */
PyObject *gather(PyObject *module, PyObject *const *args, Py_ssize_t count);  /* in _context.c */
int model_init(Model *model, PyObject *args, PyObject *named); /* in _model.c */
void model_dealloc(Model *model);
PyObject *model_look(Model *model, PyObject *args);
PyObject *model_hashes(Model *model, PyObject *args);
PyObject *model_answer(Model *model, double *state, Py_ssize_t count); /* of sums from new_state */
double *new_state(Model *model, Py_ssize_t count);

#endif
