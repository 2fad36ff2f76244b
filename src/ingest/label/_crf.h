#ifndef INGEST_CRF_H
#define INGEST_CRF_H

/* What the labeller's C files share: the model as it lies in memory, and how a feature finds its weights. */

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>

#define MOST_LABELS 64

typedef struct {
    uint64_t hash;
    uint32_t first, count; /* of its weights; count is 0 in an empty slot */
} Slot;

typedef struct {
    uint32_t label;
    double weight;
} Weight;

typedef struct {
    PyObject_HEAD
    int labels;
    uint32_t mask; /* slots - 1 */
    Slot *slots;
    Weight *weights;
    double transition[MOST_LABELS][MOST_LABELS]; /* [from][to], in logarithms */
    PyObject *names;                             /* tuple of str */
} Model;

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

/* Adds what a feature weighs to a line's own sums, one a label. */
static inline void add_slot(const Model *model, const Slot *slot, double *own) {
    const Weight *weight = model->weights + slot->first, *end = weight + slot->count;
    for (; weight < end; weight++)
        own[weight->label] += weight->weight;
}

PyObject *measure(PyObject *module, PyObject *const *args, Py_ssize_t count); /* in _shape.c */
PyObject *gather(PyObject *module, PyObject *const *args, Py_ssize_t count);  /* in _context.c */
PyObject *model_look(Model *model, PyObject *args);
PyObject *model_hashes(Model *model, PyObject *args);
PyObject *model_group(Model *model, PyObject *features);
PyObject *model_answer(Model *model, double *state, Py_ssize_t count); /* of sums from new_state */
double *new_state(Model *model, Py_ssize_t count);

#endif
