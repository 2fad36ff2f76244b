/* The arithmetic of the labeller: the probabilities of a page's labels.

   What python-crfsuite does, three to five times as fast: it copies every feature of every line into a
   string of its own, this looks them up where they are. Without this module, python-crfsuite is used;
   a test holds the two together.

   Source of the arithmetic: Rabiner, "A tutorial on hidden Markov models", 1989 (scaled forward-backward),
   with the potentials of a linear-chain CRF in the place of probabilities. */

#include "_sight.h"
#include "_stems.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- a page ---- */

/* ``state`` becomes the probability of each label for each line; ``ahead`` and ``back`` are room to work in. */
static void marginals(Model *model, double *state, Py_ssize_t count, double *ahead, double *back) {
    int many = model->labels;
    double step[MOST_LABELS][MOST_LABELS];
    for (int from = 0; from < many; from++)
        for (int to = 0; to < many; to++)
            step[from][to] = exp(model->transition[from][to]);
    for (Py_ssize_t line = 0; line < count; line++) { /* exp, against the greatest, which cancels out */
        double *own = state + line * many, top = own[0];
        for (int one = 1; one < many; one++)
            top = own[one] > top ? own[one] : top;
        for (int one = 0; one < many; one++)
            own[one] = exp(own[one] - top);
    }
    for (Py_ssize_t line = 0; line < count; line++) {
        double *own = ahead + line * many, sum = 0;
        for (int to = 0; to < many; to++) {
            double reach = line ? 0 : 1;
            for (int from = 0; line && from < many; from++)
                reach += own[from - many] * step[from][to];
            own[to] = reach * state[line * many + to];
            sum += own[to];
        }
        for (int to = 0; to < many; to++)
            own[to] /= sum;
    }
    for (Py_ssize_t line = count; line-- > 0;) {
        double *own = back + line * many, sum = 0;
        for (int from = 0; from < many; from++) {
            double reach = line + 1 < count ? 0 : 1;
            for (int to = 0; line + 1 < count && to < many; to++)
                reach += step[from][to] * state[(line + 1) * many + to] * own[many + to];
            own[from] = reach;
            sum += reach;
        }
        for (int from = 0; from < many; from++)
            own[from] /= sum;
    }
    for (Py_ssize_t line = 0; line < count; line++) {
        double *own = state + line * many, sum = 0;
        for (int one = 0; one < many; one++)
            sum += own[one] = ahead[line * many + one] * back[line * many + one];
        for (int one = 0; one < many; one++)
            own[one] /= sum;
    }
}

/* array.array("d", a label's probabilities) */
static PyObject *column(const double *state, int label, int labels, Py_ssize_t count) {
    static PyObject *array; /* the type */
    PyObject *module = array ? NULL : PyImport_ImportModule("array"), *bytes = NULL, *made = NULL;
    if (module)
        array = PyObject_GetAttrString(module, "array");
    Py_XDECREF(module);
    if (array && (bytes = PyBytes_FromStringAndSize(NULL, count * (Py_ssize_t)sizeof *state))) {
        for (Py_ssize_t line = 0; line < count; line++)
            memcpy(PyBytes_AS_STRING(bytes) + line * (Py_ssize_t)sizeof *state, state + line * labels + label,
                   sizeof *state);
        made = PyObject_CallFunction(array, "sO", "d", bytes);
    }
    Py_XDECREF(bytes);
    return made;
}

/* ({name: probabilities}, the number of the likeliest of them for each line) */
static PyObject *told(Model *model, const double *state, Py_ssize_t count) {
    PyObject *columns = PyDict_New(), *best = PyBytes_FromStringAndSize(NULL, count), *pair = NULL;
    int whole = columns && best;
    for (int label = 0; whole && label < model->labels; label++) {
        PyObject *made = column(state, label, model->labels, count);
        whole = made && PyDict_SetItem(columns, PyTuple_GET_ITEM(model->names, label), made) == 0;
        Py_XDECREF(made);
    }
    for (Py_ssize_t line = 0; whole && line < count; line++) {
        const double *own = state + line * model->labels;
        int most = 0;
        for (int label = 1; label < model->labels; label++)
            most = own[label] > own[most] ? label : most;
        PyBytes_AS_STRING(best)[line] = (char)most;
    }
    if (whole)
        pair = PyTuple_Pack(2, columns, best);
    Py_XDECREF(columns);
    Py_XDECREF(best);
    return pair;
}

/* Room for a page's sums, and to work in behind them. */
double *new_state(Model *model, Py_ssize_t count) {
    double *state = NULL;
    if ((size_t)count < PY_SSIZE_T_MAX / (MOST_LABELS * 3 * sizeof(double)) - 1)
        state = PyMem_Calloc((size_t)(count + 1) * (size_t)model->labels * 3, sizeof(double));
    if (!state)
        PyErr_NoMemory();
    return state;
}

PyObject *model_answer(Model *model, double *state, Py_ssize_t count) {
    Py_ssize_t cells = (count + 1) * model->labels;
    marginals(model, state, count, state + cells, state + 2 * cells);
    return told(model, state, count);
}

PyDoc_STRVAR(look_doc, "look(lines, shapes, context, host, claims) -> tuple[dict[str, array[float]], bytes]\n\n"
                       "The probability of each label for each of the lines, and the number of the likeliest; ``claims``\n"
                       "are those of features.py.");
PyDoc_STRVAR(hashes_doc, "hashes(lines, shapes, context, host, claims) -> list[list[int]]: the features' hashes, for tests");

static PyMethodDef model_methods[] = {
    {"look", (PyCFunction)model_look, METH_VARARGS, look_doc},
    {"hashes", (PyCFunction)model_hashes, METH_VARARGS, hashes_doc},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject model_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "ingest.label._crf.Model",
    .tp_doc = "Model(source: str | bytes): a CRFsuite model, by the path of its file or as bytes.\n\n"
              "Raises ValueError for bytes that are none, OSError where nothing can be read.",
    .tp_basicsize = sizeof(Model),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = PyType_GenericNew,
    .tp_init = (initproc)model_init,
    .tp_dealloc = (destructor)model_dealloc,
    .tp_methods = model_methods,
};

PyDoc_STRVAR(measure_doc, "measure(text, shape, index, moments, date) -> shape: what shape.py tells of a line\n\n"
                          "``shape`` is the class, ``index`` the vocabulary's phrases by their first word, ``moments``\n"
                          "the words of dates without a digit; ``date`` is asked of texts that may hold one.");

PyDoc_STRVAR(gather_doc, "gather(lines, shapes) -> tuple: the fields of context.py's Context but the last");

static PyMethodDef functions[] = {
    {"gather", (PyCFunction)(void (*)(void))gather, METH_FASTCALL, gather_doc},
    {"measure", (PyCFunction)(void (*)(void))measure, METH_FASTCALL, measure_doc},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT, .m_name = "ingest.label._crf", .m_size = -1, .m_methods = functions};

PyMODINIT_FUNC PyInit__crf(void) {
    PyObject *made;
    if (PyType_Ready(&model_type) < 0 || PyType_Ready(&told_type) < 0 || PyType_Ready(&sight_type) < 0 ||
        !(made = PyModule_Create(&module)))
        return NULL;
    if (PyModule_AddObjectRef(made, "Model", (PyObject *)&model_type) < 0 ||
        PyModule_AddObjectRef(made, "Told", (PyObject *)&told_type) < 0 ||
        PyModule_AddObjectRef(made, "Sight", (PyObject *)&sight_type) < 0)
        Py_CLEAR(made);
    return made;
}
